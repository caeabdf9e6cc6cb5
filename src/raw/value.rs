//! What stands behind a key: a text, a number, a flag, a list, a mapping with keys of the author.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{Span, Spanned};
use crate::yaml::{Data, Node};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// What a mapping looks like, for help.
pub(super) const MAPPING: &str = "write keys with their values, each as `key: value`";

/// A text and its place.
pub type Text = Spanned<String>;

/// Something that can be read from a node. `None` where the node is nothing of the kind; what is
/// wrong has then been said.
pub trait Read: Sized + JsonSchema {
    /// Reads it; goes on after a fault.
    fn read(node: &Node, out: &mut Diagnostics) -> Option<Self>;
}

/// Y016: the value has another shape than its key expects. `help` is what to do about it.
pub fn wrong_shape(node: &Node, expected: &str, help: impl Into<String>, out: &mut Diagnostics) {
    if !matches!(node.data, Data::Refused) {
        let message = format!("expected {expected}, found {}", node.found());
        out.push(Diagnostic::error(Code::Y016, message, node.span).help(help));
    }
}

impl Read for Text {
    fn read(node: &Node, out: &mut Diagnostics) -> Option<Self> {
        match node.text() {
            Some(text) if !text.trim().is_empty() => {
                Some(Spanned { value: text.to_owned(), span: node.span })
            }
            Some(_) => {
                let message = "expected a text, found an empty one";
                let fault = Diagnostic::error(Code::Y016, message, node.span);
                out.push(fault.help("write the text, or leave it out"));
                None
            }
            None => {
                wrong_shape(node, "a text", "write one text, without brackets or braces", out);
                None
            }
        }
    }
}

impl JsonSchema for Text {
    fn schema_name() -> Cow<'static, str> {
        "text".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": ["string", "number", "boolean"], "minLength": 1})
    }
}

/// A whole number and its place.
pub type Whole = Spanned<u32>;

/// The number that a scalar is, where it is written in decimal digits only.
pub fn whole(text: &str) -> Option<u32> {
    let leading_zero = text.len() > 1 && text.starts_with('0');
    if is_digits(text) && !leading_zero { text.parse().ok() } else { None }
}

/// Whether a text has digits and nothing else.
pub fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Y018: the number is too large for any count of ours.
pub fn too_large(text: &str, span: Span) -> Diagnostic {
    let message = format!("`{text}` is larger than any number that is meant here");
    Diagnostic::error(Code::Y018, message, span).help(format!("write at most {}", u32::MAX))
}

impl Read for Whole {
    fn read(node: &Node, out: &mut Diagnostics) -> Option<Self> {
        let mut help = "write it in digits, without quotes, as `3`";
        match &node.data {
            Data::Refused => return None,
            Data::Scalar { text, plain: true } => match whole(text) {
                Some(value) => return Some(Spanned { value, span: node.span }),
                None if is_digits(text) && text.starts_with('0') => {
                    help = "write it without leading zeros";
                }
                None if is_digits(text) => {
                    out.push(too_large(text, node.span));
                    return None;
                }
                None => {}
            },
            _ => {}
        }
        let message = format!("expected a whole number, found {}", node.found());
        out.push(Diagnostic::error(Code::Y017, message, node.span).help(help));
        None
    }
}

impl JsonSchema for Whole {
    fn schema_name() -> Cow<'static, str> {
        "whole".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "integer", "minimum": 0})
    }
}

/// `true` or `false` and its place.
pub type Flag = Spanned<bool>;

impl Read for Flag {
    fn read(node: &Node, out: &mut Diagnostics) -> Option<Self> {
        match &node.data {
            Data::Scalar { text, plain: true } if text == "true" || text == "false" => {
                Some(Spanned { value: text == "true", span: node.span })
            }
            Data::Refused => None,
            _ => {
                let message = format!("expected `true` or `false`, found {}", node.found());
                let fault = Diagnostic::error(Code::Y019, message, node.span);
                out.push(fault.help("write `true` or `false`, without quotes"));
                None
            }
        }
    }
}

impl JsonSchema for Flag {
    fn schema_name() -> Cow<'static, str> {
        "flag".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "boolean"})
    }
}

/// A list: each entry that can be read, in order.
#[derive(Clone, Debug)]
pub struct List<T> {
    /// Where it stands.
    pub span: Span,
    /// The entries that could be read.
    pub items: Vec<T>,
    /// How many entries the file has, readable or not.
    pub written: usize,
}

impl<T: Read> Read for List<T> {
    fn read(node: &Node, out: &mut Diagnostics) -> Option<Self> {
        let Data::List(nodes) = &node.data else {
            wrong_shape(node, "a list", as_list::<T>(node), out);
            return None;
        };
        let items = nodes.iter().filter_map(|item| T::read(item, out)).collect();
        Some(Self { span: node.span, items, written: nodes.len() })
    }
}

/// How to write as a list what stands without brackets.
fn as_list<T: Read>(node: &Node) -> String {
    let is_entry = T::read(node, &mut Diagnostics::default()).is_some();
    match &node.data {
        Data::Scalar { text, plain: true } if is_entry && text.len() <= 40 => {
            format!("write `[{text}]`")
        }
        _ => "write a line for each entry, begun with `- `".to_owned(),
    }
}

impl<T: JsonSchema> JsonSchema for List<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("list-of-{}", T::schema_name()).into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "array", "items": generator.subschema_for::<T>()})
    }
}

/// One thing, or a list of them.
#[derive(Clone, Debug)]
pub struct OneOrMany<T>(pub Vec<T>);

impl<T: Read> Read for OneOrMany<T> {
    fn read(node: &Node, out: &mut Diagnostics) -> Option<Self> {
        match &node.data {
            Data::List(_) => List::read(node, out).map(|list| Self(list.items)),
            _ => T::read(node, out).map(|one| Self(vec![one])),
        }
    }
}

impl<T: JsonSchema> JsonSchema for OneOrMany<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("one-or-many-{}", T::schema_name()).into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = generator.subschema_for::<T>();
        json_schema!({"anyOf": [one.clone(), {"type": "array", "items": one}]})
    }
}

/// A mapping whose keys are the author's.
#[derive(Clone, Debug)]
pub struct Entries<T> {
    /// Where it stands.
    pub span: Span,
    /// Keys and values, in the order of the file.
    pub entries: Vec<(Text, T)>,
    /// Keys whose values could not be read.
    pub unread: Vec<Text>,
}

impl<T> Entries<T> {
    /// All keys, whether or not their values could be read.
    pub fn keys(&self) -> impl Iterator<Item = &Text> {
        self.entries.iter().map(|(key, _)| key).chain(&self.unread)
    }
}

impl<T: Read> Read for Entries<T> {
    fn read(node: &Node, out: &mut Diagnostics) -> Option<Self> {
        let Data::Map { entries, .. } = &node.data else {
            wrong_shape(node, "a mapping", MAPPING, out);
            return None;
        };
        let mut whole = Self { span: node.span, entries: Vec::new(), unread: Vec::new() };
        for (key, value) in entries {
            match T::read(value, out) {
                Some(value) => whole.entries.push((key.clone(), value)),
                None => whole.unread.push(key.clone()),
            }
        }
        Some(whole)
    }
}

impl<T: JsonSchema> JsonSchema for Entries<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("entries-of-{}", T::schema_name()).into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "object", "additionalProperties": generator.subschema_for::<T>()})
    }
}
