//! The template environment: built-in templates, one's own before them, and how each format escapes.

use super::RenderError;
use crate::builtin;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior};
use std::sync::Arc;

/// How much a template may do before it is stopped. The largest report takes a hundredth of it.
const MOST_FUEL: u64 = 50_000_000;

/// Templates by their path below `templates/`.
#[derive(Debug)]
pub struct Templates {
    environment: Environment<'static>,
    texts: Texts,
}

/// The built-in files of `templates/`, with one's own (path, text) standing before them.
#[derive(Clone, Debug)]
struct Texts(Arc<[(String, String)]>);

impl Texts {
    fn get(&self, path: &str) -> Option<&str> {
        let own = self.0.iter().find(|(name, _)| name == path).map(|(_, text)| text.as_str());
        own.or_else(|| builtin::template(path))
    }
}

impl Default for Templates {
    fn default() -> Self {
        Self::with(Vec::new())
    }
}

impl Templates {
    /// The built-in templates, with those of one's own (path, text) standing before them.
    ///
    /// Templates are trusted code: they are named on the command line only, never in an answers file.
    pub fn with(own: Vec<(String, String)>) -> Self {
        let texts = Texts(own.into());
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_fuel(Some(MOST_FUEL));
        environment.set_auto_escape_callback(escape_of);
        environment.set_formatter(write);
        environment.set_syntax(block_tags_leave_no_lines());
        let to_load = texts.clone();
        environment.set_loader(move |name| Ok(to_load.get(name).map(str::to_owned)));
        Self { environment, texts }
    }

    /// The text of a file of `templates/` as it stands; `None` where there is none.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.texts.get(path)
    }

    /// Renders the template with this path.
    ///
    /// # Errors
    /// It asks for what the values lack, or is broken; with its name and line.
    pub fn render(&self, path: &str, values: Value) -> Result<String, RenderError> {
        let rendered =
            self.environment.get_template(path).and_then(|template| template.render(values));
        rendered.map_err(|why| RenderError(explain(path, &why)))
    }
}

/// A block tag on a line of its own leaves no line behind.
fn block_tags_leave_no_lines() -> SyntaxConfig {
    SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build()
        .unwrap_or_default()
}

fn explain(path: &str, why: &Error) -> String {
    let name = why.name().unwrap_or(path);
    let line = why.line().map_or(String::new(), |line| format!(", line {line}"));
    let detail = why.detail().map_or(String::new(), |detail| format!(": {detail}"));
    format!("template `{name}`{line}: {}{detail}", why.kind())
}

/// The escaping that a template's name asks for.
fn escape_of(name: &str) -> AutoEscape {
    match name.trim_end_matches(".j2").rsplit('.').next() {
        Some("html" | "svg" | "xml") => AutoEscape::Html,
        Some("md") => AutoEscape::Custom("markdown".into()),
        _ => AutoEscape::None,
    }
}

fn write(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    if *state.auto_escape() != AutoEscape::Custom("markdown".into()) || value.is_safe() {
        return minijinja::escape_formatter(out, state, value);
    }
    match value.kind() {
        ValueKind::None => Ok(()),
        ValueKind::Undefined => Err(Error::from(ErrorKind::UndefinedError)),
        _ => out.write_str(&markdown(&value.to_string())).map_err(Error::from),
    }
}

/// A text so that Markdown shows it and does nothing else with it; on one line.
pub fn markdown(text: &str) -> String {
    let text = text.trim_start();
    let mut escaped = String::with_capacity(text.len() + 8);
    let marker = list_marker(text);
    for (at, c) in text.char_indices() {
        match c {
            _ if Some(at) == marker => escaped.extend(['\\', c]),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '$' => escaped.extend(['\\', c]),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '\n' | '\r' => escaped.push(' '),
            _ => escaped.push(c),
        }
    }
    escaped
}

/// Where the character stands that would make a list, a rule or a heading of a text at the beginning
/// of a line: `- a`, `---`, `+ a`, `===`, `1. a`.
fn list_marker(text: &str) -> Option<usize> {
    if text.starts_with(['-', '+', '=']) {
        return Some(0);
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let mut rest = text[digits..].chars();
    let is_marker = digits > 0 && matches!(rest.next(), Some('.' | ')'));
    (is_marker && rest.next().is_none_or(char::is_whitespace)).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_begins_no_list() {
        let shown = [("- a", "\\- a"), ("---", "\\---"), ("    a", "a"), ("+ a", "\\+ a")];
        shown.iter().for_each(|(text, wanted)| assert_eq!(markdown(text), *wanted));
        assert_eq!(markdown("12. a"), "12\\. a");
        assert_eq!(markdown("1)"), "1\\)");
        assert_eq!(markdown("39.06"), "39.06");
    }

    #[test]
    fn markdown_is_shown_and_not_done() {
        assert_eq!(markdown("a | [b](c) *d*\n# e <f>"), "a \\| \\[b\\](c) \\*d\\* \\# e &lt;f&gt;");
    }

    #[test]
    fn a_misspelt_field_is_an_error_that_names_the_place() {
        let own = vec![("x.md.j2".to_owned(), "line\n{{ naem }}".to_owned())];
        let why = Templates::with(own).render("x.md.j2", minijinja::context! { name => 1 });
        assert!(why.expect_err("misspelt").0.contains("`x.md.j2`, line 2"));
    }
}
