//! `questions/1`: a bank of questions; `glossary/1`: the words that need explaining.
//!
//! ```yaml
#![doc = include_str!("../../tests/diagnostics/library/bank.yaml")]
//! ```

use super::condition::RawCondition;
use super::{Entries, Fields, Flag, List, Read, Text, Whole, record};
use crate::diagnostic::Diagnostics;
use crate::yaml::{Data, Node};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

record! {
    /// A bank: questions that several questionnaires share.
    RawBank("a bank") {
        /// Kind and edition: `questions/1`.
        gapwise: "gapwise" required Text,
        /// What the questions are about; the name of the bank.
        theme: "theme" required Text,
        /// The theme as readers see it.
        title: "title" required Text,
        /// The language of all texts, as `en`.
        language: "language" required Text,
        /// The questions.
        questions: "questions" filled List<RawQuestion>,
    }
}

record! {
    /// A question: what the respondent is asked.
    RawQuestion("a question") {
        /// The id, as `RSK-1`.
        id: "id" required Text,
        /// The question itself, one thing in plain words.
        ask: "ask" required Text,
        /// What the respondent gains from it.
        why: "why" optional Text,
        /// One of maturity, yes-no, choice, checklist, number.
        kind: "type" required Text,
        /// Maturity: what can be observed at each level, from level 0.
        levels: "levels" optional List<RawLevel>,
        /// Choice and checklist: what can be chosen or ticked.
        options: "options" optional List<RawOption>,
        /// Yes-no: basis points of `yes` and `no`; 10000 and 0 unless said.
        scores: "scores" optional RawScores,
        /// Number: the bands that the number falls in.
        bands: "bands" optional List<RawBand>,
        /// Number: what is counted, as `percent`.
        unit: "unit" optional Text,
        /// Whether "not applicable" is no answer to it.
        essential: "essential" optional Flag,
        /// What makes the question meaningless elsewhere.
        applies_when: "applies-when" optional RawCondition,
        /// Things that people really have and that support an answer.
        evidence: "evidence" optional List<Text>,
        /// What to do to get further.
        steps: "steps" optional List<RawStep>,
        /// Glossary entries that are explained beside the question.
        terms: "terms" optional List<Text>,
    }
}

impl RawBank {
    /// The questions that can be read.
    pub fn questions(&self) -> impl Iterator<Item = &RawQuestion> + Clone {
        self.questions.iter().flat_map(|list| &list.items)
    }

    /// The ids of its questions, whether or not the questions can be relied on.
    pub fn ids(&self) -> impl Iterator<Item = &Text> + Clone {
        self.questions().filter_map(|question| question.id.as_ref())
    }
}

impl RawQuestion {
    /// Each question that a step of this one waits for.
    pub fn waits_for(&self) -> impl Iterator<Item = &Text> {
        let steps = self.steps.iter().flat_map(|list| &list.items);
        steps.flat_map(|step| &step.after).flat_map(|list| &list.items)
    }
}

/// A level: its text, and its score where the level carries one of its own.
#[derive(Clone, Debug)]
pub struct RawLevel {
    /// What can be observed.
    pub text: Option<Text>,
    /// Basis points, where not spread evenly.
    pub score: Option<Whole>,
}

impl Read for RawLevel {
    fn read(node: &Node, out: &mut Diagnostics) -> Option<Self> {
        if !matches!(node.data, Data::Map { .. }) {
            return Some(Self { text: Text::read(node, out), score: None });
        }
        let mut fields = Fields::of(node, "a level", out)?;
        let text = fields.required("text", out);
        let score: Option<Whole> = fields.required("score", out);
        fields.finish(out);
        Some(Self { text, score: Some(score?) })
    }
}

impl JsonSchema for RawLevel {
    fn schema_name() -> Cow<'static, str> {
        "Level".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let text = generator.subschema_for::<Text>();
        let score = generator.subschema_for::<Whole>();
        json_schema!({"anyOf": [text.clone(), {
            "type": "object",
            "properties": {"text": text, "score": score},
            "required": ["text", "score"],
            "additionalProperties": false,
        }]})
    }
}

record! {
    /// An option of a choice or a checklist.
    RawOption("an option") {
        /// The id that answers name.
        id: "id" required Text,
        /// What it says.
        text: "text" required Text,
        /// Basis points: of the option chosen, or added for each option ticked.
        score: "score" required Whole,
        /// Checklist: "none of these", which excludes the others.
        exclusive: "exclusive" optional Flag,
    }
}

record! {
    /// What `yes` and `no` score.
    RawScores("scores of yes and no") {
        /// Basis points of yes.
        yes: "yes" required Whole,
        /// Basis points of no.
        no: "no" required Whole,
    }
}

record! {
    /// A band of a number question.
    RawBand("a band") {
        /// The greatest number that is in it; the last band has none.
        up_to: "up-to" optional Whole,
        /// Basis points of a number in this band.
        score: "score" required Whole,
    }
}

record! {
    /// A step: one thing to do that leads to a level or option.
    RawStep("a step") {
        /// The level or option that it leads to.
        to: "to" required Text,
        /// What to do: a verb, an object and an end.
        action: "do" required Text,
        /// Our estimate in half person-days, by size of the organisation.
        effort: "effort" filled Entries<Whole>,
        /// Questions whose step must come before.
        after: "after" optional List<Text>,
        /// A fill-in page that helps.
        aid: "aid" optional Text,
    }
}

record! {
    /// The glossary: words explained where they stand.
    RawGlossary("a glossary") {
        /// Kind and edition: `glossary/1`.
        gapwise: "gapwise" required Text,
        /// The terms.
        terms: "terms" filled List<RawTerm>,
    }
}

record! {
    /// A term and what it means.
    RawTerm("a term") {
        /// The id that questions name.
        id: "id" required Text,
        /// The word as readers see it.
        term: "term" required Text,
        /// What it means, in one plain sentence.
        means: "means" required Text,
    }
}
