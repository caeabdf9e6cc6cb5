//! Text to a tree of values with their places; the only file that names the YAML crate.
//!
//! The tree keeps what the author wrote: a scalar stays text until the key that it stands under
//! says what it is. Duplicate keys, anchors, aliases, tags and a second document are faults.

pub mod json;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{SourceId, Sources, Span, Spanned, is_invisible};
use serde_yaml::granit_parser as yaml;
use std::collections::{BTreeMap, BTreeSet};
use yaml::{Event, Parser, ScalarStyle, StrInput, StructureStyle};

/// How deep lists and mappings may nest.
pub const DEEPEST: usize = 32;
/// How many values a document may hold.
pub const MOST_VALUES: usize = 100_000;

/// A value of a document and its place.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub data: Data,
}

/// What a value is before anything is known of its meaning.
#[derive(Clone, Debug)]
pub enum Data {
    /// Nothing, `~` or `null`.
    Null,
    /// An alias: that there is none here has been said, and no more is to be said of it.
    Refused,
    /// One word or text. `plain` is without quotes and not in block style.
    Scalar {
        /// The text, escapes resolved.
        text: String,
        /// Whether it stood without quotes.
        plain: bool,
    },
    /// A list.
    List(Vec<Node>),
    /// A mapping, in the order of the file, each key once.
    Map {
        /// Keys and values.
        entries: Vec<(Spanned<String>, Node)>,
        /// Whether it was written as `{…}`.
        flow: bool,
    },
}

impl Node {
    /// What the value is, in words for a message.
    pub fn shape(&self) -> &'static str {
        match &self.data {
            Data::Null | Data::Refused => "nothing",
            Data::Scalar { .. } => "a text",
            Data::List(_) => "a list",
            Data::Map { .. } => "a mapping",
        }
    }

    /// The value in words for a message: a short scalar as it was written, else the shape.
    pub fn found(&self) -> String {
        match &self.data {
            Data::Scalar { text, .. } if text.chars().count() > 40 || text.contains('\n') => {
                self.shape().to_owned()
            }
            Data::Scalar { text, plain: true } => format!("`{text}`"),
            Data::Scalar { text, .. } => format!("`\"{text}\"`"),
            _ => self.shape().to_owned(),
        }
    }

    /// The value of a key, where this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        let Data::Map { entries, .. } = &self.data else { return None };
        entries.iter().find(|(name, _)| name.value == key).map(|(_, value)| value)
    }

    /// The text, where this is a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.data {
            Data::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }
}

/// The one document of a text. `None` where it could not be read to its end.
pub fn parse(
    source: SourceId,
    sources: &Sources,
    limit: usize,
    out: &mut Diagnostics,
) -> Option<Node> {
    let text = &sources.get(source).text;
    if text.len() > limit {
        let message = format!("the file has {} bytes, more than the {limit} allowed", text.len());
        out.push(
            Diagnostic::of_file(Code::Y004, message, source)
                .help("split it, or move long texts elsewhere"),
        );
        return None;
    }
    let mut reader = Reader {
        events: Parser::new_from_str_with_options(
            text,
            yaml::options! { emit_anchor_events: true },
        ),
        source,
        size: text.len() as u32,
        values: 0,
        out,
    };
    reader.document()
}

/// Y021: each kind of character that cannot be seen, by its code point.
pub fn everything_can_be_seen(text: &str, span: Span, out: &mut Diagnostics) {
    let kinds: BTreeSet<char> = text.chars().filter(|c| is_invisible(*c)).collect();
    for c in kinds {
        let code = format!("U+{:04X}", c as u32);
        let message = format!("the text holds the character {code}, which cannot be seen");
        let help = format!("delete the character shown as `[{code}]`");
        out.push(Diagnostic::warning(Code::Y021, message, span).help(help));
    }
}

struct Reader<'a, 'out> {
    events: Parser<'a, StrInput<'a>>,
    source: SourceId,
    size: u32,
    values: usize,
    out: &'out mut Diagnostics,
}

/// Reading cannot go on; what is wrong has been said.
struct Stop;

impl<'a> Reader<'a, '_> {
    fn document(&mut self) -> Option<Node> {
        let mut root = None;
        loop {
            match self.next() {
                Ok((Event::StreamStart | Event::DocumentEnd, _)) => {}
                Ok((Event::DocumentStart(..), span)) if root.is_some() => {
                    let fault = Diagnostic::error(Code::Y011, "a second document begins", span);
                    self.out
                        .push(fault.help("keep one document in a file, without `---` in between"));
                    return None;
                }
                Ok((Event::DocumentStart(..), _)) => {}
                Ok((Event::StreamEnd, _)) => break,
                Ok((event, span)) => root = Some(self.node(event, span, 0).ok()?),
                Err(Stop) => return None,
            }
        }
        if root.is_none() {
            let fault = Diagnostic::of_file(Code::Y005, "the file holds no data", self.source);
            self.out.push(fault.help("`gapwise init` writes an answers file to start from"));
        }
        root
    }

    fn next(&mut self) -> Result<(Event<'a>, Span), Stop> {
        match self.events.next() {
            Some(Ok((Event::Anchor(..), span))) => {
                self.refuse_anchor(self.span(&span));
                self.next()
            }
            Some(Ok((event, span))) => {
                self.refuse_tag(&event, &span);
                Ok((event, self.span(&span)))
            }
            Some(Err(fault)) => {
                let at = fault.marker().byte_offset().unwrap_or(0).min(self.size as usize) as u32;
                let span = Span { source: self.source, start: at, end: at };
                let message = format!("this is not YAML: {}", fault.info());
                let help = "often a text with `: ` or ` #` that needs quotes, a quote that is not closed, or a line indented wrongly; look at the line before, too";
                self.out.push(Diagnostic::error(Code::Y006, message, span).help(help));
                Err(Stop)
            }
            None => Ok((Event::StreamEnd, self.empty())),
        }
    }

    /// Y009: said to be wrong where `&name` or `*name` stands, then passed over.
    fn refuse_anchor(&mut self, span: Span) {
        let fault = Diagnostic::error(Code::Y009, "anchors and aliases are not used here", span);
        self.out.push(fault.help("write the value out where it is needed"));
    }

    /// Y010: said to be wrong where `!name` stands, then passed over.
    fn refuse_tag(&mut self, event: &Event<'_>, span: &yaml::Span) {
        if let Some(tag) = event.tag() {
            let message = format!("the tag `{}` is not used here", tag.original());
            let at = self.span(&span.tag_span().unwrap_or(*span));
            self.out.push(Diagnostic::error(Code::Y010, message, at).help("delete the tag"));
        }
    }

    fn span(&self, span: &yaml::Span) -> Span {
        let at = |marker: yaml::Marker| {
            marker.byte_offset().map_or(self.size, |at| (at as u32).min(self.size))
        };
        Span { source: self.source, start: at(span.start), end: at(span.end) }
    }

    fn empty(&self) -> Span {
        Span { source: self.source, start: self.size, end: self.size }
    }

    fn node(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<Node, Stop> {
        self.values += 1;
        if depth > DEEPEST {
            let message = format!("lists and mappings are nested more than {DEEPEST} deep");
            self.out.push(Diagnostic::error(Code::Y007, message, span).help("flatten the file"));
            return Err(Stop);
        }
        if self.values > MOST_VALUES {
            let message = format!("the file holds more than {MOST_VALUES} values");
            self.out.push(Diagnostic::error(Code::Y004, message, span).help("split the file"));
            return Err(Stop);
        }
        match event {
            Event::Scalar(text, style, ..) => {
                everything_can_be_seen(&text, span, self.out);
                let plain = style == ScalarStyle::Plain;
                let null = plain && matches!(&*text, "" | "~" | "null" | "Null" | "NULL");
                let data =
                    if null { Data::Null } else { Data::Scalar { text: text.into_owned(), plain } };
                Ok(Node { span, data })
            }
            Event::SequenceStart(..) => self.list(span, depth),
            Event::MappingStart(style, ..) => self.map(span, style == StructureStyle::Flow, depth),
            _ => {
                self.refuse_anchor(span);
                Ok(Node { span, data: Data::Refused })
            }
        }
    }

    fn list(&mut self, mut span: Span, depth: usize) -> Result<Node, Stop> {
        let mut items = Vec::new();
        loop {
            let (event, at) = self.next()?;
            if event == Event::SequenceEnd {
                span.end = at.end.max(span.end);
                return Ok(Node { span, data: Data::List(items) });
            }
            items.push(self.node(event, at, depth + 1)?);
        }
    }

    fn map(&mut self, mut span: Span, flow: bool, depth: usize) -> Result<Node, Stop> {
        let mut entries: Vec<(Spanned<String>, Node)> = Vec::new();
        let mut seen = BTreeMap::new();
        loop {
            let (event, at) = self.next()?;
            if event == Event::MappingEnd {
                span.end = at.end.max(span.end);
                return Ok(Node { span, data: Data::Map { entries, flow } });
            }
            let key = self.node(event, at, depth + 1)?;
            let (event, at) = self.next()?;
            let value = self.node(event, at, depth + 1)?;
            let Some(name) = key.text() else {
                if matches!(key.data, Data::Refused) {
                    continue;
                }
                let message = format!("a key is a word, not {}", key.shape());
                let fault = Diagnostic::error(Code::Y016, message, key.span);
                self.out.push(fault.help("write one word before the colon"));
                continue;
            };
            if name == "<<" {
                let fault = Diagnostic::error(Code::Y009, "merge keys are not used here", key.span);
                self.out.push(fault.help("write the values out where they are needed"));
            } else if let Some(first) = seen.insert(name.to_owned(), key.span) {
                let fault =
                    Diagnostic::error(Code::Y008, format!("`{name}` stands twice"), key.span);
                self.out.push(
                    fault
                        .label("again here")
                        .related(first, "first here")
                        .help("keep one of the two"),
                );
            } else {
                entries.push((Spanned { value: name.to_owned(), span: key.span }, value));
            }
        }
    }
}
