//! Fill-in pages: written in Markdown, with tables whose cells are empty, to print and fill in.

use super::RenderError;
use super::template::Templates;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// A fill-in page, ready for a page that has it as one of its parts.
#[derive(Clone, Debug)]
pub struct Aid {
    /// The id that steps name it by.
    pub id: String,
    /// Its first heading.
    pub title: String,
    /// The page as it is written.
    pub written: String,
    /// The page in HTML, its headings one level down.
    pub html: String,
    /// The page in Markdown, its headings one level down.
    pub markdown: String,
}

/// The fill-in page with this id.
///
/// # Errors
/// There is none, or it has no heading that it could be named by.
pub fn aid(id: &str, templates: &Templates) -> Result<Aid, RenderError> {
    let text = templates.text(&format!("aids/{id}.md"));
    let text = text.ok_or_else(|| RenderError(format!("there is no fill-in page `{id}`")))?;
    let title = title(text);
    let title =
        title.ok_or_else(|| RenderError(format!("the fill-in page `{id}` has no heading")))?;
    Ok(Aid {
        id: id.to_owned(),
        written: text.to_owned(),
        html: to_html(id, &title, text),
        markdown: to_markdown(text),
        title,
    })
}

/// The parts of a page that is written in Markdown.
pub(super) fn parser(text: &str) -> Parser<'_> {
    Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS)
}

/// The words of the first heading that has any.
fn title(text: &str) -> Option<String> {
    let mut words = None;
    for event in parser(text) {
        match (event, &mut words) {
            (Event::Start(Tag::Heading { .. }), _) => words = Some(String::new()),
            (Event::End(TagEnd::Heading(_)), Some(said)) if !said.trim().is_empty() => break,
            (Event::End(TagEnd::Heading(_)), _) => words = None,
            (Event::Text(text) | Event::Code(text), Some(said)) => said.push_str(&text),
            (Event::SoftBreak | Event::HardBreak, Some(said)) => said.push(' '),
            _ => {}
        }
    }
    words
}

/// Headings go one level down; all else stays as it is written.
fn to_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut copied = 0;
    for (event, place) in parser(text).into_offset_iter() {
        if let Event::Start(Tag::Heading { level, .. }) = event {
            out.push_str(&text[copied..place.start]);
            out.push_str(&deeper(level, &text[place.clone()]));
            copied = place.end;
        }
    }
    out.push_str(&text[copied..]);
    out.truncate(out.trim_end().len());
    out + "\n"
}

/// A heading as it is written, one level down: marked by `#`, or underlined.
fn deeper(level: HeadingLevel, written: &str) -> String {
    let marks = "#".repeat(below(level) as usize);
    if written.starts_with('#') {
        return format!("{marks}{}", written.trim_start_matches('#'));
    }
    let lines: Vec<_> = written.trim_end().lines().map(str::trim).collect();
    format!("{marks} {}\n", lines[..lines.len() - 1].join(" "))
}

/// Headings go one level down, tables scroll where they are too wide, and HTML is shown, not passed on.
fn to_html(id: &str, title: &str, text: &str) -> String {
    let mut tables = 0;
    let mut is_first = true;
    let events = parser(text).flat_map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => vec![Event::Text(text)],
        Event::Start(Tag::Heading { level, classes, attrs, .. }) => {
            let id = std::mem::take(&mut is_first).then(|| format!("aid-{id}").into());
            vec![Event::Start(Tag::Heading { level: below(level), id, classes, attrs })]
        }
        Event::End(TagEnd::Heading(level)) => vec![Event::End(TagEnd::Heading(below(level)))],
        Event::Start(Tag::Table(columns)) => {
            tables += 1;
            let mut label = String::new();
            html::push_html(&mut label, [Event::Text(title.to_owned().into())].into_iter());
            let label = label.replace('"', "&quot;");
            let open = format!(
                "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{label}, table {tables}\">\n"
            );
            vec![Event::Html(open.into()), Event::Start(Tag::Table(columns))]
        }
        Event::End(TagEnd::Table) => {
            vec![Event::End(TagEnd::Table), Event::Html("</div>\n".into())]
        }
        other => vec![other],
    });
    let mut out = String::new();
    html::push_html(&mut out, events);
    out
}

/// One level down.
pub(super) fn below(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H2,
        HeadingLevel::H2 => HeadingLevel::H3,
        HeadingLevel::H3 => HeadingLevel::H4,
        HeadingLevel::H4 => HeadingLevel::H5,
        HeadingLevel::H5 | HeadingLevel::H6 => HeadingLevel::H6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtin;

    #[test]
    fn html_in_a_page_is_shown_and_not_done() {
        let page = "# A <b>page</b>\n\n<script>x</script>\n\n| A | B |\n|---|---|\n| | |\n";
        let html = to_html("x", "A \"page\"", page);
        assert!(!html.contains("<script") && !html.contains("<b>"), "{html}");
        assert!(html.contains("<h2 id=\"aid-x\">") && html.contains("<td></td>"), "{html}");
        assert!(html.contains("aria-label=\"A &quot;page&quot;, table 1\""), "{html}");
    }

    #[test]
    fn the_title_is_the_first_heading() {
        assert_eq!(title("Ours.\n\n# A `b` c\n\n# D\n").as_deref(), Some("A b c"));
        assert_eq!(title("#\n\nTwo\nlines\n---\n").as_deref(), Some("Two lines"));
        assert_eq!(title("```\n# no heading\n```\n"), None);
    }

    #[test]
    fn headings_alone_go_one_level_down() {
        let page = "  # A\n\n```sh\n# a remark\n```\n\nB\n===\n\nC\n---\ntext # here\n\n###### F";
        let deeper = "  ## A\n\n```sh\n# a remark\n```\n\n## B\n\n### C\ntext # here\n\n###### F\n";
        assert_eq!(to_markdown(page), deeper);
    }

    #[test]
    fn a_page_is_no_template() {
        let own = vec![("aids/x.md".to_owned(), "# X\n\n{% bad %} {{ bad }}\n".to_owned())];
        let page = aid("x", &Templates::with(own)).expect("has a heading");
        assert_eq!(page.markdown, "## X\n\n{% bad %} {{ bad }}\n");
        assert!(page.html.contains("{% bad %} {{ bad }}"), "{}", page.html);
        let untitled = Templates::with(vec![("aids/x.md".to_owned(), "X".to_owned())]);
        assert!(aid("x", &untitled).is_err_and(|why| why.0.contains("no heading")));
    }

    #[test]
    fn every_page_has_a_title() {
        for id in builtin::aids() {
            let aid = aid(id, &Templates::default()).expect("built in");
            assert!(!aid.title.is_empty(), "{id}");
            assert_eq!(aid.markdown.matches(&format!("## {}\n", aid.title)).count(), 1, "{id}");
        }
        assert!(aid("no-such-page", &Templates::default()).is_err());
    }
}
