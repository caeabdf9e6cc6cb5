//! When something applies: `{fact: [values]}`, tests of answers, and `all`, `any`, `not`.

use super::{Fields, List, Read, Text, Whole, wrong_shape};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;
use crate::yaml::{Data, Node};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// The words of conditions, which no fact may be called.
pub const WORDS: [&str; 6] = ["all", "any", "not", "answer", "at-least-level", "is"];

/// A condition: all of its parts must hold.
#[derive(Clone, Debug)]
pub struct RawCondition {
    /// Where it stands.
    pub span: Span,
    /// The parts.
    pub parts: Vec<RawPart>,
}

/// One part of a condition.
#[derive(Clone, Debug)]
pub enum RawPart {
    /// Each of the list holds.
    All(List<RawCondition>),
    /// At least one of the list holds.
    Any(List<RawCondition>),
    /// It does not hold.
    Not(Box<RawCondition>),
    /// The fact has one of the values.
    Fact(Text, List<Text>),
    /// The question is answered at this level or above.
    AtLeastLevel(Text, Whole),
    /// The question is answered with one of these.
    Is(Text, List<Text>),
}

impl RawCondition {
    /// The questions whose answers it tests.
    pub fn questions(&self) -> Vec<&Text> {
        self.parts.iter().flat_map(RawPart::questions).collect()
    }
}

impl RawPart {
    fn questions(&self) -> Vec<&Text> {
        match self {
            Self::All(list) | Self::Any(list) => {
                list.items.iter().flat_map(RawCondition::questions).collect()
            }
            Self::Not(inner) => inner.questions(),
            Self::Fact(..) => Vec::new(),
            Self::AtLeastLevel(name, _) | Self::Is(name, _) => vec![name],
        }
    }
}

impl Read for RawCondition {
    fn read(node: &Node, out: &mut Diagnostics) -> Option<Self> {
        let Data::Map { entries, .. } = &node.data else {
            wrong_shape(node, "a condition", "write it as `{role: [deployer]}`", out);
            return None;
        };
        if node.get("answer").is_some() {
            return answer_test(node, out);
        }
        let mut parts = Vec::new();
        for (key, value) in entries {
            let part = match key.value.as_str() {
                "all" => List::read(value, out).map(RawPart::All),
                "any" => List::read(value, out).map(RawPart::Any),
                "not" => Self::read(value, out).map(|inner| RawPart::Not(Box::new(inner))),
                "is" | "at-least-level" => {
                    let message =
                        format!("`{}` tests an answer, and no `answer` is named", key.value);
                    let help = "name the question, as `{answer: RSK-1, at-least-level: 2}`";
                    out.push(Diagnostic::error(Code::Y015, message, key.span).help(help));
                    None
                }
                _ => List::read(value, out).map(|values| RawPart::Fact(key.clone(), values)),
            };
            parts.extend(part);
        }
        if entries.is_empty() {
            let fault = Diagnostic::error(Code::Y025, "the condition is empty", node.span);
            out.push(fault.help("delete it, or name a fact"));
        }
        Some(Self { span: node.span, parts })
    }
}

fn answer_test(node: &Node, out: &mut Diagnostics) -> Option<RawCondition> {
    let mut fields = Fields::of(node, "a test of an answer", out)?;
    let question: Option<Text> = fields.required("answer", out);
    let level: Option<Whole> = fields.optional("at-least-level", out);
    let is: Option<List<Text>> = fields.optional("is", out);
    let keys = fields.finish(out);
    // What is there and cannot be read has its own fault.
    if keys.has_value("at-least-level") == keys.has_value("is") {
        let at = keys.at("answer").unwrap_or(node.span);
        let message = "a test of an answer needs `at-least-level` or `is`, and only one of them";
        let help = "write `{answer: RSK-1, at-least-level: 2}` or `{answer: SCR-1, is: [yes]}`";
        out.push(Diagnostic::error(Code::Y015, message, at).help(help));
        return None;
    }
    let part = match (level, is) {
        (Some(level), _) => RawPart::AtLeastLevel(question?, level),
        (None, is) => RawPart::Is(question?, is?),
    };
    Some(RawCondition { span: node.span, parts: vec![part] })
}

impl JsonSchema for RawCondition {
    fn schema_name() -> Cow<'static, str> {
        "Condition".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let condition = generator.subschema_for::<Self>();
        let texts = generator.subschema_for::<List<Text>>();
        json_schema!({
            "description": "Facts with their values (all must hold), a test of an answer, or a combination of conditions.",
            "type": "object",
            "minProperties": 1,
            "properties": {
                "all": {"type": "array", "items": condition.clone()},
                "any": {"type": "array", "items": condition.clone()},
                "not": condition,
                "answer": {"type": "string"},
                "at-least-level": {"type": "integer", "minimum": 0},
                "is": texts.clone(),
            },
            "additionalProperties": texts,
        })
    }
}
