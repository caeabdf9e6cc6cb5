//! Fill-in pages: written in Markdown, with tables whose cells are empty, to print and fill in.

use super::RenderError;
use super::template::Templates;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use serde::Serialize;

/// A fill-in page, ready for a page that has it as one of its parts.
#[derive(Clone, Debug, Serialize)]
pub struct Aid {
    /// The id that steps name it by.
    pub id: String,
    /// Its first heading.
    pub title: String,
    /// The page in HTML, its first heading an `h2`.
    pub html: String,
    /// The page in Markdown, its first heading of level 2.
    pub markdown: String,
}

/// The fill-in page with this id.
///
/// # Errors
/// There is none.
pub fn aid(id: &str, templates: &Templates) -> Result<Aid, RenderError> {
    let text = templates.text(&format!("aids/{id}.md"));
    let text = text.ok_or_else(|| RenderError(format!("there is no fill-in page `{id}`")))?;
    let title = title(&text);
    let deeper =
        |line: &str| if line.starts_with('#') { format!("#{line}\n") } else { format!("{line}\n") };
    Ok(Aid {
        id: id.to_owned(),
        html: to_html(id, &title, &text),
        markdown: text.lines().map(deeper).collect(),
        title,
    })
}

/// The words of the first heading.
fn title(text: &str) -> String {
    let is_end = |event: &Event<'_>| matches!(event, Event::End(TagEnd::Heading(_)));
    let heading = Parser::new(text).take_while(|event| !is_end(event));
    let word = |event: Event<'_>| match event {
        Event::Text(text) | Event::Code(text) => Some(text.to_string()),
        _ => None,
    };
    heading.filter_map(word).collect()
}

/// Headings go one level down, tables scroll where they are too wide, and HTML is shown, not passed on.
fn to_html(id: &str, title: &str, text: &str) -> String {
    let mut tables = 0;
    let events = Parser::new_ext(text, Options::ENABLE_TABLES).flat_map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => vec![Event::Text(text)],
        Event::Start(Tag::Heading { level, classes, attrs, .. }) => {
            let id = (level == HeadingLevel::H1).then(|| format!("aid-{id}").into());
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

fn below(level: HeadingLevel) -> HeadingLevel {
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
    fn every_page_has_a_title() {
        for id in builtin::aids() {
            let aid = aid(id, &Templates::default()).expect("built in");
            assert!(!aid.title.is_empty(), "{id}");
            assert_eq!(aid.markdown.matches(&format!("## {}\n", aid.title)).count(), 1, "{id}");
        }
        assert!(aid("no-such-page", &Templates::default()).is_err());
    }
}
