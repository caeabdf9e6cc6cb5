//! Records: mappings whose keys are known.

use super::value::{MAPPING, Read, Text, wrong_shape};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest, one_of};
use crate::source::Span;
use crate::yaml::{Data, Node};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

/// Where the keys of a record stand.
#[derive(Clone, Debug, Default)]
pub struct Keys(Vec<Key>);

#[derive(Clone, Debug)]
struct Key {
    name: &'static str,
    span: Span,
    has_value: bool,
}

impl Keys {
    /// Where a key stands; `None` where it is left out.
    pub fn at(&self, key: &str) -> Option<Span> {
        self.find(key).map(|found| found.span)
    }

    /// Whether a value, good or bad, stands behind a key.
    pub fn has_value(&self, key: &str) -> bool {
        self.find(key).is_some_and(|found| found.has_value)
    }

    fn find(&self, key: &str) -> Option<&Key> {
        self.0.iter().find(|found| found.name == key)
    }
}

/// The fields of a mapping while a record is read from it.
pub struct Fields<'a> {
    span: Span,
    flow: bool,
    entries: &'a [(Text, Node)],
    known: Vec<&'static str>,
    keys: Keys,
}

impl<'a> Fields<'a> {
    /// The fields of a node that should be a mapping. `what` names it, with an example behind
    /// `, as ` where one helps.
    pub fn of(node: &'a Node, what: &str, out: &mut Diagnostics) -> Option<Self> {
        let Data::Map { entries, flow } = &node.data else {
            match what.split_once(", as ") {
                Some((what, example)) => {
                    wrong_shape(node, what, format!("write it as {example}"), out);
                }
                None => wrong_shape(node, what, MAPPING, out),
            }
            return None;
        };
        let (known, keys) = (Vec::new(), Keys::default());
        Some(Self { span: node.span, flow: *flow, entries, known, keys })
    }

    /// The value of a key, now known to the record.
    pub fn node(&mut self, key: &'static str) -> Option<&'a Node> {
        if !self.known.contains(&key) {
            self.known.push(key);
        }
        let (name, node) = self.entries.iter().find(|(name, _)| name.value == key)?;
        let has_value = !matches!(node.data, Data::Null);
        self.keys.0.push(Key { name: key, span: name.span, has_value });
        Some(node)
    }

    /// A field that may be left out; a key without a value counts as left out.
    pub fn optional<T: Read>(&mut self, key: &'static str, out: &mut Diagnostics) -> Option<T> {
        let node = self.node(key)?;
        if matches!(node.data, Data::Null) { None } else { T::read(node, out) }
    }

    /// Y015: a field that must be there.
    pub fn required<T: Read>(&mut self, key: &'static str, out: &mut Diagnostics) -> Option<T> {
        let (message, at, help) = match self.node(key) {
            Some(node) if !matches!(node.data, Data::Null) => return T::read(node, out),
            Some(node) => (
                format!("`{key}` has no value"),
                self.keys.at(key).unwrap_or(node.span),
                format!("write a value behind `{key}:`"),
            ),
            None => (format!("`{key}` is missing"), self.span, format!("add `{key}:`")),
        };
        out.push(Diagnostic::error(Code::Y015, message, at).help(help));
        None
    }

    /// Y025: a field that must be there and have an entry.
    pub fn filled<T: Read>(&mut self, key: &'static str, out: &mut Diagnostics) -> Option<T> {
        let value = self.required(key, out);
        let node = self.node(key)?;
        let is_empty = match &node.data {
            Data::List(items) => items.is_empty(),
            Data::Map { entries, .. } => entries.is_empty(),
            _ => false,
        };
        if !is_empty {
            return value;
        }
        let at = self.keys.at(key).unwrap_or(node.span);
        let fault = Diagnostic::error(Code::Y025, format!("`{key}` is empty"), at);
        out.push(fault.help("write at least one entry"));
        None
    }

    /// Y014: what is left is no key of the record. Says where the known ones stand.
    pub fn finish(self, out: &mut Diagnostics) -> Keys {
        for (key, value) in self.entries {
            if self.known.contains(&key.value.as_str()) {
                continue;
            }
            let message = format!("`{}` is no key that is known here", key.value);
            let cut = self.flow && matches!(value.data, Data::Null);
            let near = nearest(&key.value, self.known.iter().copied());
            let help = if cut && near.is_none() {
                Some("inside `{}` a comma ends a text; put the text in quotes".to_owned())
            } else {
                one_of(&key.value, self.known.iter().copied())
            };
            out.push(Diagnostic::error(Code::Y014, message, key.span).maybe_help(help));
        }
        self.keys
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
            /// Where its keys stand.
            pub keys: $crate::raw::Keys,
            $($(#[doc = $field_doc])+ pub $field: Option<$type>,)+
        }

        impl $crate::raw::Read for $name {
            fn read(
                node: &$crate::yaml::Node,
                out: &mut $crate::diagnostic::Diagnostics,
            ) -> Option<Self> {
                let mut fields = $crate::raw::Fields::of(node, $what, out)?;
                let mut record = Self {
                    span: node.span,
                    keys: Default::default(),
                    $($field: fields.$need($key, out),)+
                };
                record.keys = fields.finish(out);
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
        let description = description.trim();
        if need != "optional" {
            self.required.push(key);
        }
        let property = match need {
            "filled" => json_schema!({
                "description": description,
                "allOf": [schema],
                "minItems": 1,
                "minProperties": 1,
            }),
            "required" => json_schema!({"description": description, "allOf": [schema]}),
            _ => json_schema!({"description": description, "anyOf": [schema, {"type": "null"}]}),
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
