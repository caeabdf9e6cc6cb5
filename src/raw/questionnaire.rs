//! `questionnaire/1`: what a source text asks for, and which questions evidence it.
//!
//! ```yaml
#![doc = include_str!("../../tests/diagnostics/library/questionnaire.yaml")]
//! ```

use super::condition::RawCondition;
use super::{Entries, Fields, List, OneOrMany, Read, Text, Whole, record};
use crate::diagnostic::Diagnostics;
use crate::yaml::{Data, Node};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

record! {
    /// A questionnaire: domains and requirements of a source text.
    RawQuestionnaire("a questionnaire") {
        /// Kind and edition: `questionnaire/1`.
        gapwise: "gapwise" required Text,
        /// The id, as `hiroshima-code-of-conduct`.
        id: "id" required Text,
        /// Three numbers: major (scores not comparable), minor (new questions), patch (wording).
        version: "version" required Text,
        /// The questionnaire as readers see it.
        title: "title" required Text,
        /// What it is for, in a sentence or two.
        summary: "summary" required Text,
        /// The language of all texts, as `en`.
        language: "language" required Text,
        /// For whom it is.
        audience: "for" optional List<Text>,
        /// The target that gaps are measured against unless another is asked for.
        target: "target" optional Text,
        /// What each report says of the limits of this questionnaire.
        notice: "notice" optional Text,
        /// The source texts, by a short key.
        sources: "sources" filled Entries<RawSource>,
        /// The banks whose questions it asks.
        banks: "banks" filled List<Text>,
        /// Where the weights come from, as each report says it.
        weighting: "weighting" optional Text,
        /// What each strength weighs, 0 to 100.
        strengths: "strengths" optional Entries<Whole>,
        /// The named bands of scores, if not the usual five.
        scale: "scale" optional List<RawScaleLevel>,
        /// How long it takes, if not computed. Unit: minutes.
        minutes: "minutes" optional Whole,
        /// The domains.
        domains: "domains" filled List<RawDomain>,
    }
}

record! {
    /// A source text.
    RawSource("a source") {
        /// Its title.
        title: "title" required Text,
        /// What it is called where it stands beside others, as `G7 declaration`.
        short: "short" optional Text,
        /// Who issued it.
        issuer: "issuer" required Text,
        /// When, as 2023-10-30.
        date: "date" optional Text,
        /// What force it has, as `voluntary`.
        nature: "nature" optional Text,
        /// The clauses that requirements may name; not checked if left out.
        clauses: "clauses" optional List<Text>,
    }
}

record! {
    /// A named band of scores.
    RawScaleLevel("a level of the scale") {
        /// The lowest score in it. Unit: basis points.
        from: "from" required Whole,
        /// Its name.
        level: "level" required Text,
    }
}

record! {
    /// A domain: a theme of the source.
    RawDomain("a domain") {
        /// The id, as `HCOC-1`.
        id: "id" required Text,
        /// The theme in words.
        title: "title" required Text,
        /// What it weighs in the overall score, 0 to 100; 1 unless said.
        weight: "weight" optional Whole,
        /// What the source asks for.
        requirements: "requirements" filled List<RawRequirement>,
    }
}

record! {
    /// A requirement: what a source asks for, with its clause.
    RawRequirement("a requirement") {
        /// The id, as `HCOC-1.b`.
        id: "id" required Text,
        /// What is asked for, in our own words.
        statement: "statement" required Text,
        /// Where the source asks for it.
        source: "source" filled OneOrMany<RawClause>,
        /// How strong the source is here; gives the weight.
        strength: "strength" optional Text,
        /// The weight given directly, 0 to 100.
        weight: "weight" optional Whole,
        /// The source's own limits, `appropriate` or `feasible`; printed.
        qualifier: "qualifier" optional OneOrMany<Text>,
        /// The questions that evidence it.
        asked_by: "asked-by" required List<RawAsked>,
        /// Why it is listed and not asked.
        listed: "listed" optional Text,
        /// How its questions make its score: mean (unless said) or weakest.
        aggregate: "aggregate" optional Text,
        /// It must hold whatever the mean says.
        gate: "gate" optional RawGate,
        /// Who is asked.
        applies_when: "applies-when" optional RawCondition,
    }
}

record! {
    /// A place in a source text.
    RawClause("a clause, as `{document: hcoc, clause: Action 1}`") {
        /// The key of the source.
        document: "document" required Text,
        /// The clause, as `Action 1`.
        clause: "clause" required Text,
        /// Ids of our own list of what the source asks for.
        rows: "rows" optional List<Text>,
    }
}

record! {
    /// A gate.
    RawGate("a gate, as `{at-least: 10000}`") {
        /// The score below which it fails. Unit: basis points.
        at_least: "at-least" required Whole,
    }
}

/// A question that a requirement asks.
#[derive(Clone, Debug)]
pub struct RawAsked {
    /// The question.
    pub question: Option<Text>,
    /// The one option of a checklist that counts here.
    pub option: Option<Text>,
    /// What it weighs in the requirement, 0 to 100; 1 unless said.
    pub weight: Option<Whole>,
}

impl Read for RawAsked {
    fn read(node: &Node, out: &mut Diagnostics) -> Option<Self> {
        if !matches!(node.data, Data::Map { .. }) {
            return Some(Self { question: Text::read(node, out), option: None, weight: None });
        }
        let mut fields = Fields::of(node, "a question", out)?;
        let asked = Self {
            question: fields.required("question", out),
            option: fields.optional("option", out),
            weight: fields.optional("weight", out),
        };
        fields.finish(out);
        Some(asked)
    }
}

impl JsonSchema for RawAsked {
    fn schema_name() -> Cow<'static, str> {
        "Asked".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let text = generator.subschema_for::<Text>();
        let weight = generator.subschema_for::<Whole>();
        json_schema!({"anyOf": [text.clone(), {
            "type": "object",
            "properties": {"question": text.clone(), "option": text, "weight": weight},
            "required": ["question"],
            "additionalProperties": false,
        }]})
    }
}
