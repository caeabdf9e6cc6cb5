//! `answers/1`: what one organisation answered on one date.
//!
//! Short forms are a level, `yes` or `no`, an option, a list of options, a whole number, `unknown`, or
//! nothing while open. Long forms are `{level: 3}`, `{yes-no: yes}`, `{option: draft}`,
//! `{options: [updates]}`, `{number: 12}`, `{unknown: true}` and `{not-applicable: "reason"}`, each with
//! `evidence`, `note`, `by` and `visibility` (`internal` unless said).
//!
//! Evidence is a title and one of `file`, `link` and `reference`. A file is named relative to the
//! answers file and stays in its folder; one that is not there is warned about and counts as listed.

use super::{Entries, Fields, Keys, List, OneOrMany, Read, Text, Whole, record, wrong_shape};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;
use crate::yaml::{Data, Node};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

record! {
    /// Answers of one organisation, or for one AI system of it, on one date.
    RawAnswers("answers") {
        /// Kind and edition: `answers/1`.
        gapwise: "gapwise" required Text,
        /// Who or what is assessed.
        of: "of" required RawSubject,
        /// The language that the respondent writes in.
        language: "language" optional Text,
        /// What is known of the organisation or system.
        profile: "profile" optional Entries<Stated>,
        /// The date of the assessment, as 2026-11-02.
        date: "date" required Text,
        /// Who answered.
        by: "by" optional List<RawRespondent>,
        /// The questionnaire, by its id.
        questionnaire: "questionnaire" required Text,
        /// The version of it that was answered.
        version: "version" optional Text,
        /// The answers, by the id of the question.
        answers: "answers" optional Entries<RawAnswer>,
    }
}

record! {
    /// Who or what is assessed.
    RawSubject("a name and a kind, as `{name: \"…\", kind: organisation}`") {
        /// The name.
        name: "name" required Text,
        /// organisation or system.
        kind: "kind" optional Text,
        /// Of a system: the stage of its journey.
        stage: "stage" optional Text,
    }
}

record! {
    /// A person who answered.
    RawRespondent("a respondent, as `{name: \"…\", function: owner}`") {
        /// The name.
        name: "name" optional Text,
        /// What the person does there; answers name it in `by`.
        function: "function" required Text,
    }
}

/// What is stated of a fact: nothing yet, one value or several.
#[derive(Clone, Debug)]
pub struct Stated(pub Vec<Text>);

impl Read for Stated {
    fn read(node: &Node, out: &mut Diagnostics) -> Option<Self> {
        match &node.data {
            Data::Null => Some(Self(Vec::new())),
            Data::Refused => None,
            _ => OneOrMany::read(node, out).map(|values| Self(values.0)),
        }
    }
}

impl JsonSchema for Stated {
    fn schema_name() -> Cow<'static, str> {
        "Stated".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({"anyOf": [generator.subschema_for::<OneOrMany<Text>>(), {"type": "null"}]})
    }
}

/// An answer with what stands beside it.
#[derive(Clone, Debug)]
pub struct RawAnswer {
    /// Where it stands.
    pub span: Span,
    /// Where its keys stand, in the long form.
    pub keys: Keys,
    /// What is claimed; `None` while the question is open.
    pub value: Option<RawValue>,
    /// What supports the claim.
    pub evidence: Option<List<RawEvidence>>,
    /// A remark.
    pub note: Option<Text>,
    /// The function of the person who answered.
    pub by: Option<Text>,
    /// internal (unless said) or public.
    pub visibility: Option<Text>,
}

/// What an answer claims, in the form that it is written in.
#[derive(Clone, Debug)]
pub enum RawValue {
    /// One word without its key; the question's type says what it is.
    Short(RawWord),
    /// A list without its key: options ticked.
    Ticked(List<Text>),
    /// `level: 3`
    Level(RawWord),
    /// `yes-no: yes`
    YesNo(RawWord),
    /// `option: draft`
    Option(RawWord),
    /// `options: [updates]`
    Options(List<Text>),
    /// `number: 12`
    Number(RawWord),
    /// `unknown: true`
    Unknown,
    /// `not-applicable: reason`
    NotApplicable(Option<Text>, Span),
}

/// A word, and whether it stood without quotes.
#[derive(Clone, Debug)]
pub struct RawWord {
    /// The word.
    pub text: Text,
    /// Whether it stood without quotes.
    pub plain: bool,
}

impl Read for RawWord {
    fn read(node: &Node, out: &mut Diagnostics) -> Option<Self> {
        let Data::Scalar { plain, .. } = node.data else {
            wrong_shape(node, "a word", "write one word, without brackets or braces", out);
            return None;
        };
        Text::read(node, out).map(|text| Self { text, plain })
    }
}

impl JsonSchema for RawWord {
    fn schema_name() -> Cow<'static, str> {
        "word".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Text::json_schema(generator)
    }
}

/// The keys of the long form that give a value.
pub const VALUES: [&str; 7] =
    ["level", "yes-no", "option", "options", "number", "unknown", "not-applicable"];

impl Read for RawAnswer {
    fn read(node: &Node, out: &mut Diagnostics) -> Option<Self> {
        let mut answer = Self {
            span: node.span,
            keys: Keys::default(),
            value: None,
            evidence: None,
            note: None,
            by: None,
            visibility: None,
        };
        match &node.data {
            Data::Null => {}
            Data::Refused => return None,
            Data::Scalar { .. } => answer.value = RawWord::read(node, out).map(RawValue::Short),
            Data::List(_) => answer.value = List::read(node, out).map(RawValue::Ticked),
            Data::Map { entries, .. } => {
                one_value_only(entries, out);
                let mut fields = Fields::of(node, "an answer", out)?;
                answer.value = value(&mut fields, out);
                answer.evidence = fields.optional("evidence", out);
                answer.note = fields.optional("note", out);
                answer.by = fields.optional("by", out);
                answer.visibility = fields.optional("visibility", out);
                answer.keys = fields.finish(out);
            }
        }
        Some(answer)
    }
}

/// A121: a long form gives one value.
fn one_value_only(entries: &[(Text, Node)], out: &mut Diagnostics) {
    let mut given = entries.iter().filter(|(key, _)| VALUES.contains(&key.value.as_str()));
    if let (Some((first, _)), Some((second, _))) = (given.next(), given.next()) {
        let message = format!("the answer gives both `{}` and `{}`", first.value, second.value);
        let fault = Diagnostic::error(Code::A121, message, second.span);
        out.push(fault.related(first.span, "first value").help("keep the one that is meant"));
    }
}

fn value(fields: &mut Fields<'_>, out: &mut Diagnostics) -> Option<RawValue> {
    let level = fields.optional("level", out).map(RawValue::Level);
    let yes_no = fields.optional("yes-no", out).map(RawValue::YesNo);
    let option = fields.optional("option", out).map(RawValue::Option);
    let options = match fields.node("options").and_then(Node::text) {
        Some("unknown") => Some(RawValue::Unknown),
        _ => fields.optional("options", out).map(RawValue::Options),
    };
    let number = fields.optional("number", out).map(RawValue::Number);
    let unknown = fields.node("unknown").and_then(|node| unknown(node, out));
    let not_applicable =
        fields.node("not-applicable").map(|node| RawValue::NotApplicable(reason(node), node.span));
    let all = [level, yes_no, option, options, number, unknown, not_applicable];
    all.into_iter().flatten().next()
}

/// Y019: behind `unknown` stands `true`.
fn unknown(node: &Node, out: &mut Diagnostics) -> Option<RawValue> {
    if node.text() != Some("true") && !matches!(node.data, Data::Refused) {
        let message = format!("expected `true` behind `unknown`, found {}", node.found());
        let fault = Diagnostic::error(Code::Y019, message, node.span);
        out.push(fault.help("write `true`, or give a value in place of `unknown`"));
    }
    Some(RawValue::Unknown)
}

/// Why a question does not apply; a bare `true` or `yes` is no reason.
fn reason(node: &Node) -> Option<Text> {
    let Data::Scalar { text, plain } = &node.data else { return None };
    let bare = *plain && matches!(text.as_str(), "true" | "false" | "yes" | "no");
    let says_why = !bare && !text.trim().is_empty();
    says_why.then(|| Text { value: text.clone(), span: node.span })
}

impl JsonSchema for RawAnswer {
    fn schema_name() -> Cow<'static, str> {
        "Answer".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let text = generator.subschema_for::<Text>();
        let whole = generator.subschema_for::<Whole>();
        let ticked = generator.subschema_for::<List<Text>>();
        let evidence = generator.subschema_for::<List<RawEvidence>>();
        json_schema!({
            "description": "Nothing while open; a level, yes or no, an option, a list of options, a number or `unknown`; or the long form.",
            "anyOf": [{"type": ["null", "integer", "string"]}, ticked.clone(), {
                "type": "object",
                "properties": {
                    "level": {"anyOf": [whole.clone(), {"const": "unknown"}]},
                    "yes-no": {"enum": ["yes", "no", "unknown"]},
                    "option": text.clone(),
                    "options": {"anyOf": [ticked, {"const": "unknown"}]},
                    "number": {"anyOf": [whole, {"const": "unknown"}]},
                    "unknown": {"const": true},
                    "not-applicable": text.clone(),
                    "evidence": evidence,
                    "note": text.clone(),
                    "by": text,
                    "visibility": {"enum": ["internal", "public"]},
                },
                "additionalProperties": false,
            }],
        })
    }
}

record! {
    /// What supports a claim: a title, and where it is in one way.
    RawEvidence("evidence, as `{title: \"…\", file: evidence/check.pdf}`") {
        /// What it is.
        title: "title" required Text,
        /// A file in the folder of the answers.
        file: "file" optional Text,
        /// An https, http or mailto address.
        link: "link" optional Text,
        /// Any other reference, as the number of a contract.
        reference: "reference" optional Text,
    }
}
