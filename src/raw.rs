//! What a file says, field by field, with places; nothing is believed yet.
//!
//! Each record is declared once, with [`record!`]: its fields, their shapes and which are needed.
//! The reader, which goes on after a fault, and the JSON Schema both follow from that.

pub mod answers;
pub mod bank;
pub mod condition;
pub mod profile;
pub mod questionnaire;
pub mod target;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, one_of};
use crate::source::{Span, Spanned};
use crate::yaml::{Data, Node};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// A kind of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DocumentKind {
    /// `questions/1`
    Bank,
    /// `questionnaire/1`
    Questionnaire,
    /// `profile/1`
    Profile,
    /// `target/1`
    Target,
    /// `glossary/1`
    Glossary,
    /// `answers/1`
    Answers,
}

impl DocumentKind {
    /// All kinds.
    pub const ALL: [Self; 6] = [
        Self::Bank,
        Self::Questionnaire,
        Self::Profile,
        Self::Target,
        Self::Glossary,
        Self::Answers,
    ];

    /// The word before the slash.
    pub fn word(self) -> &'static str {
        match self {
            Self::Bank => "questions",
            Self::Questionnaire => "questionnaire",
            Self::Profile => "profile",
            Self::Target => "target",
            Self::Glossary => "glossary",
            Self::Answers => "answers",
        }
    }

    /// The kind with this word.
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Kind and edition that a header such as `answers/1` declares.
    pub fn declared(header: &str) -> Option<(Self, &str)> {
        let (word, edition) = header.split_once('/')?;
        Some((Self::find(word)?, edition))
    }
}

/// A document as its file says it.
#[derive(Clone, Debug)]
pub enum Document {
    /// Questions.
    Bank(bank::RawBank),
    /// What a source asks for.
    Questionnaire(questionnaire::RawQuestionnaire),
    /// Facts that can be stated.
    Profile(profile::RawFacts),
    /// Scores that are wanted.
    Target(target::RawTarget),
    /// Words explained.
    Glossary(bank::RawGlossary),
    /// Answers.
    Answers(answers::RawAnswers),
}

impl Document {
    /// Which kind it is.
    pub fn kind(&self) -> DocumentKind {
        match self {
            Self::Bank(_) => DocumentKind::Bank,
            Self::Questionnaire(_) => DocumentKind::Questionnaire,
            Self::Profile(_) => DocumentKind::Profile,
            Self::Target(_) => DocumentKind::Target,
            Self::Glossary(_) => DocumentKind::Glossary,
            Self::Answers(_) => DocumentKind::Answers,
        }
    }
}

/// Reads a document of whichever kind its first key declares.
pub fn document(node: &Node, out: &mut Diagnostics) -> Option<Document> {
    match declared_kind(node, out)? {
        DocumentKind::Bank => Read::read(node, out).map(Document::Bank),
        DocumentKind::Questionnaire => Read::read(node, out).map(Document::Questionnaire),
        DocumentKind::Profile => Read::read(node, out).map(Document::Profile),
        DocumentKind::Target => Read::read(node, out).map(Document::Target),
        DocumentKind::Glossary => Read::read(node, out).map(Document::Glossary),
        DocumentKind::Answers => Read::read(node, out).map(Document::Answers),
    }
}

/// Y012, Y013: the first key declares a kind and an edition that are known.
fn declared_kind(node: &Node, out: &mut Diagnostics) -> Option<DocumentKind> {
    let help = "begin the file with kind and edition, as `gapwise: answers/1`";
    let Data::Map { entries, .. } = &node.data else {
        let message = format!("a document of Gapwise is a mapping; this is {}", node.shape());
        out.push(Diagnostic::error(Code::Y012, message, node.span).help(help));
        return None;
    };
    let Some((key, value)) = entries.first().filter(|(key, _)| key.value == "gapwise") else {
        let span = entries.first().map_or(node.span, |(key, _)| key.span);
        out.push(Diagnostic::error(Code::Y012, "the first key is not `gapwise`", span).help(help));
        return None;
    };
    let header = value.text().unwrap_or_default();
    match DocumentKind::declared(header) {
        Some((kind, "1")) => Some(kind),
        Some((kind, edition)) => {
            let message = format!("edition `{edition}` of `{}` is not known", kind.word());
            let help = format!("this program reads `{}/1`", kind.word());
            out.push(Diagnostic::error(Code::Y013, message, value.span).help(help));
            None
        }
        None => {
            let word = header.split('/').next().unwrap_or_default();
            let message = format!("`{header}` is no kind of document");
            let kinds = DocumentKind::ALL.map(DocumentKind::word);
            let fault = Diagnostic::error(
                Code::Y012,
                message,
                if header.is_empty() { key.span } else { value.span },
            );
            out.push(fault.help(one_of(word, kinds).unwrap_or(help.to_owned())));
            None
        }
    }
}

/// A text and its place.
pub type Text = Spanned<String>;

/// Something that can be read from a node. `None` where the node is nothing of the kind; what is
/// wrong has then been said.
pub trait Read: Sized + JsonSchema {
    /// Reads it; goes on after a fault.
    fn read(node: &Node, out: &mut Diagnostics) -> Option<Self>;
}

/// Y016: the value has another shape than its key expects.
pub fn wrong_shape(node: &Node, expected: &str, out: &mut Diagnostics) {
    let message = format!("expected {expected}, found {}", node.shape());
    out.push(Diagnostic::error(Code::Y016, message, node.span));
}

impl Read for Text {
    fn read(node: &Node, out: &mut Diagnostics) -> Option<Self> {
        match node.text() {
            Some(text) if !text.trim().is_empty() => {
                Some(Spanned { value: text.to_owned(), span: node.span })
            }
            Some(_) => {
                out.push(Diagnostic::error(
                    Code::Y016,
                    "expected a text, found an empty one",
                    node.span,
                ));
                None
            }
            None => {
                wrong_shape(node, "a text", out);
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
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let leading_zero = text.len() > 1 && text.starts_with('0');
    if digits && !leading_zero { text.parse().ok() } else { None }
}

impl Read for Whole {
    fn read(node: &Node, out: &mut Diagnostics) -> Option<Self> {
        if let Data::Scalar { text, plain: true } = &node.data
            && let Some(value) = whole(text)
        {
            return Some(Spanned { value, span: node.span });
        }
        let found = node.text().map_or(node.shape().to_owned(), |text| format!("`{text}`"));
        let message = format!("expected a whole number, found {found}");
        let fault = Diagnostic::error(Code::Y017, message, node.span);
        out.push(fault.help("write it in digits, without quotes, as `3`"));
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
            _ => {
                let found = node.text().map_or(node.shape().to_owned(), |text| format!("`{text}`"));
                let message = format!("expected `true` or `false`, found {found}");
                out.push(Diagnostic::error(Code::Y019, message, node.span));
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
    /// The entries.
    pub items: Vec<T>,
}

impl<T: Read> Read for List<T> {
    fn read(node: &Node, out: &mut Diagnostics) -> Option<Self> {
        let Data::List(items) = &node.data else {
            wrong_shape(node, "a list", out);
            return None;
        };
        let items = items.iter().filter_map(|item| T::read(item, out)).collect();
        Some(Self { span: node.span, items })
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
}

impl<T: Read> Read for Entries<T> {
    fn read(node: &Node, out: &mut Diagnostics) -> Option<Self> {
        let Data::Map { entries, .. } = &node.data else {
            wrong_shape(node, "a mapping", out);
            return None;
        };
        let read = |(key, value): &(Text, Node)| Some((key.clone(), T::read(value, out)?));
        Some(Self { span: node.span, entries: entries.iter().filter_map(read).collect() })
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

/// The fields of a mapping while a record is read from it.
pub struct Fields<'a> {
    span: Span,
    flow: bool,
    entries: &'a [(Text, Node)],
    known: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    /// The fields of a node that should be a mapping.
    pub fn of(node: &'a Node, what: &str, out: &mut Diagnostics) -> Option<Self> {
        match &node.data {
            Data::Map { entries, flow } => {
                Some(Self { span: node.span, flow: *flow, entries, known: Vec::new() })
            }
            _ => {
                wrong_shape(node, what, out);
                None
            }
        }
    }

    /// The value of a key, now known to the record.
    pub fn node(&mut self, key: &'static str) -> Option<&'a Node> {
        self.known.push(key);
        self.entries.iter().find(|(name, _)| name.value == key).map(|(_, node)| node)
    }

    /// A field that may be left out; a key without a value counts as left out.
    pub fn optional<T: Read>(&mut self, key: &'static str, out: &mut Diagnostics) -> Option<T> {
        let node = self.node(key)?;
        if matches!(node.data, Data::Null) { None } else { T::read(node, out) }
    }

    /// Y015: a field that must be there.
    pub fn required<T: Read>(&mut self, key: &'static str, out: &mut Diagnostics) -> Option<T> {
        match self.node(key) {
            Some(node) if !matches!(node.data, Data::Null) => T::read(node, out),
            Some(node) => {
                let at = self
                    .entries
                    .iter()
                    .find(|(name, _)| name.value == key)
                    .map_or(node.span, |(name, _)| name.span);
                let message = format!("`{key}` has no value");
                out.push(
                    Diagnostic::error(Code::Y015, message, at)
                        .help(format!("write a value behind `{key}:`")),
                );
                None
            }
            None => {
                let message = format!("`{key}` is missing");
                out.push(
                    Diagnostic::error(Code::Y015, message, self.span).help(format!("add `{key}:`")),
                );
                None
            }
        }
    }

    /// Y014: what is left is no key of the record.
    pub fn finish(self, out: &mut Diagnostics) {
        for (key, value) in self.entries {
            if self.known.contains(&key.value.as_str()) {
                continue;
            }
            let message = format!("`{}` is no key that is known here", key.value);
            let cut = self.flow && matches!(value.data, Data::Null);
            let help = if cut {
                Some("inside `{}` a comma ends a text; put the text in quotes".to_owned())
            } else {
                one_of(&key.value, self.known.iter().copied())
            };
            out.push(Diagnostic::error(Code::Y014, message, key.span).maybe_help(help));
        }
    }
}

/// Declares a record: the struct, its reader and its schema, from one list of fields.
macro_rules! record {
    ($(#[doc = $doc:literal])+ $name:ident($what:literal) {
        $($(#[doc = $field_doc:literal])+ $field:ident: $key:literal $need:ident $type:ty,)+
    }) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug)]
        pub struct $name {
            /// Where it stands.
            pub span: $crate::source::Span,
            $($(#[doc = $field_doc])+ pub $field: Option<$type>,)+
        }

        impl $crate::raw::Read for $name {
            fn read(
                node: &$crate::yaml::Node,
                out: &mut $crate::diagnostic::Diagnostics,
            ) -> Option<Self> {
                let mut fields = $crate::raw::Fields::of(node, $what, out)?;
                let record = Self { span: node.span, $($field: fields.$need($key, out),)+ };
                fields.finish(out);
                Some(record)
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).trim_start_matches("Raw").into()
            }
            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let mut schema = $crate::raw::RecordSchema::new(concat!($($doc),+));
                $(schema.field::<$type>($key, stringify!($need), concat!($($field_doc),+), generator);)+
                schema.finish()
            }
        }
    };
}
pub(crate) use record;

/// The JSON Schema of a record while its fields are gathered.
pub struct RecordSchema {
    description: &'static str,
    properties: serde_json::Map<String, serde_json::Value>,
    required: Vec<&'static str>,
}

impl RecordSchema {
    /// A record with this description and no fields yet.
    pub fn new(description: &'static str) -> Self {
        Self { description, properties: serde_json::Map::new(), required: Vec::new() }
    }

    /// Adds a field.
    pub fn field<T: JsonSchema>(
        &mut self,
        key: &'static str,
        need: &str,
        description: &str,
        generator: &mut SchemaGenerator,
    ) {
        let schema = generator.subschema_for::<T>();
        let property = if need == "required" {
            self.required.push(key);
            json_schema!({"description": description.trim(), "allOf": [schema]})
        } else {
            json_schema!({"description": description.trim(), "anyOf": [schema, {"type": "null"}]})
        };
        self.properties.insert(key.to_owned(), property.into());
    }

    /// The schema; a key that is not declared is refused.
    pub fn finish(self) -> Schema {
        json_schema!({
            "type": "object",
            "description": self.description.trim(),
            "properties": self.properties,
            "required": self.required,
            "additionalProperties": false,
        })
    }
}
