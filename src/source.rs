//! Texts and places in them.

use std::borrow::Cow;

/// Which of the [`Sources`] a place is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceId(u32);

/// A stretch of a text. Unit: bytes from the start of the text, end exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The text it lies in.
    pub source: SourceId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

/// A value and the place that it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What was read.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

/// A line and a column, both counted from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The character in the line.
    pub column: usize,
}

/// A text under the name that its reader knows it by.
#[derive(Clone, Debug)]
pub struct Source {
    /// A path, or `<stdin>`, or `built-in:…`.
    pub name: String,
    /// The text, without a byte order mark.
    pub text: String,
    /// Where each line begins. Unit: bytes.
    line_starts: Vec<usize>,
    /// The number of the first line: more than 1 where this is a part of a file.
    pub first_line: usize,
}

impl Source {
    fn new(name: String, text: String) -> Self {
        let after_breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        let line_starts = std::iter::once(0).chain(after_breaks).collect();
        Self { name, text, line_starts, first_line: 1 }
    }

    /// The line of the file that a byte lies in, and where in the text it begins.
    pub fn line_at(&self, byte: usize) -> (usize, usize) {
        let line = self.line_starts.partition_point(|start| *start <= byte);
        (self.first_line + line - 1, self.line_starts[line - 1])
    }
}

/// All texts of one run.
#[derive(Clone, Debug, Default)]
pub struct Sources(Vec<Source>);

impl Sources {
    /// Adds a text and says where it is.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        let id = SourceId(self.0.len() as u32);
        self.0.push(Source::new(name.into(), text.into()));
        id
    }

    /// Puts a text in the place of another; spans in that mean nothing any more.
    pub fn replace(&mut self, id: SourceId, text: impl Into<String>) {
        let source = &mut self.0[id.0 as usize];
        *source = Source::new(std::mem::take(&mut source.name), text.into());
    }

    /// Puts a text of another name in the place of one; it begins at this line of its file.
    pub fn put(
        &mut self,
        id: SourceId,
        name: impl Into<String>,
        text: impl Into<String>,
        first_line: usize,
    ) {
        self.0[id.0 as usize] = Source { first_line, ..Source::new(name.into(), text.into()) };
    }

    /// The text with this id.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.0[id.0 as usize]
    }

    /// All texts with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        self.0.iter().enumerate().map(|(at, source)| (SourceId(at as u32), source))
    }

    /// Line and column of the first byte of a span.
    pub fn position(&self, span: Span) -> Position {
        let source = self.get(span.source);
        let (line, start) = source.line_at(span.start as usize);
        Position { line, column: source.text[start..span.start as usize].chars().count() + 1 }
    }

    /// The text that a span covers.
    pub fn slice(&self, span: Span) -> &str {
        &self.get(span.source).text[span.start as usize..span.end as usize]
    }
}

/// The largest answers file. Unit: bytes.
pub const LARGEST_ANSWERS: usize = 1024 * 1024;
/// The largest document of any other kind. Unit: bytes.
pub const LARGEST_DOCUMENT: usize = 8 * 1024 * 1024;

/// Why bytes are no text for us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undecodable {
    /// A UTF-16 byte order mark, or every other byte zero.
    Utf16,
    /// The first byte that is not UTF-8, counted from 0.
    Utf8(usize),
    /// A NUL character at this byte.
    Nul(usize),
}

/// Bytes as text: UTF-8, with or without a byte order mark, without NUL. A lone carriage return,
/// which old Mac files end their lines with, becomes a line feed.
///
/// # Errors
/// The bytes are UTF-16, not UTF-8, or hold a NUL.
pub fn decode(bytes: &[u8]) -> Result<String, Undecodable> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(Undecodable::Utf16);
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text =
        std::str::from_utf8(bytes).map_err(|fault| Undecodable::Utf8(fault.valid_up_to()))?;
    match text.find('\0') {
        Some(1) | Some(0) if text.len() > 2 => Err(Undecodable::Utf16),
        Some(at) => Err(Undecodable::Nul(at)),
        None => Ok(with_line_feeds(text)),
    }
}

/// The text with each lone carriage return as a line feed; no byte moves. `text` has no NUL.
fn with_line_feeds(text: &str) -> String {
    if text.contains('\r') {
        text.replace("\r\n", "\0").replace('\r', "\n").replace('\0', "\r\n")
    } else {
        text.to_owned()
    }
}

/// Whether a character is invisible or turns the reading direction, so that a text could show
/// something else than it says. Tab and line feed are not, nor are the joiners, direction marks
/// and variation selectors that Persian, Hebrew and emoji are ordinarily written with.
pub fn is_invisible(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{200B}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2064}')
        || matches!(c, '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
        || matches!(c, '\u{180E}' | '\u{3164}' | '\u{E0000}'..='\u{E007F}')
}

/// The text with each invisible character spelt out, `[U+202E]`.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_invisible) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_invisible(c) {
            shown.push_str(&format!("[U+{:04X}]", c as u32));
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// The same on one line: a name must not look like a line of ours.
pub fn one_line(text: &str) -> String {
    visible(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// JSON text in which each character that cannot be seen is escaped; it says the same, YAML reads
/// it, and nothing in it turns the reading direction of a screen.
pub fn escaped(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    let mut rest = json;
    // JSON has escaped all control characters below already.
    while let Some(at) = rest.bytes().position(|byte| byte >= 0x7F) {
        let (before, from) = rest.split_at(at);
        escaped.push_str(before);
        let mut after = from.chars();
        match after.next() {
            Some(c) if is_invisible(c) || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {
                let mut units = [0; 2];
                let units = c.encode_utf16(&mut units).iter();
                units.for_each(|unit| escaped.push_str(&format!("\\u{unit:04x}")));
            }
            c => escaped.extend(c),
        }
        rest = after.as_str();
    }
    escaped + rest
}

/// A text in double quotes, as JSON and YAML both read it.
pub fn quoted(text: &str) -> String {
    escaped(&serde_json::Value::from(text).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_text_or_say_why_not() {
        assert_eq!(decode(b"\xEF\xBB\xBFa: 1\r\n").as_deref(), Ok("a: 1\r\n"));
        assert_eq!(decode(b"a: \xFF"), Err(Undecodable::Utf8(3)));
        assert_eq!(decode(b"a: \0"), Err(Undecodable::Nul(3)));
        assert_eq!(decode(b"\xFF\xFEa\0"), Err(Undecodable::Utf16));
        assert_eq!(decode(b"a\0:\0 \0"), Err(Undecodable::Utf16));
    }

    #[test]
    fn lone_carriage_returns_end_lines() {
        assert_eq!(decode(b"a: 1\rb: 2\r\nc: 3\n").as_deref(), Ok("a: 1\nb: 2\r\nc: 3\n"));
    }

    #[test]
    fn positions_count_characters() {
        let mut sources = Sources::default();
        let source = sources.add("x", "é: 1\nab: ü?\n");
        let span = Span { source, start: 12, end: 13 };
        assert_eq!(sources.slice(span), "?");
        assert_eq!(sources.position(span), Position { line: 2, column: 6 });
    }

    #[test]
    fn direction_marks_are_spelt_out() {
        assert_eq!(visible("a\u{202E}b"), "a[U+202E]b");
        for ordinary in ["é – ok", "می\u{200C}خواهم", "👩\u{200D}🔬", "❤\u{FE0F}", "שלום\u{200F}"]
        {
            assert_eq!(visible(ordinary), ordinary);
        }
    }
}
