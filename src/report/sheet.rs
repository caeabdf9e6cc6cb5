//! The answer sheet: what was answered, for someone outside who asks. No figures.

use super::{Head, QuestionnaireWords, Report, Writer, shown};
use crate::model::{Claim, Kind, QuestionIndex, Value};
use crate::score::{DomainScore, State};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::ops::Range;

/// How many levels a question has whose higher levels are written as additions to those below.
const ADDING_UP: usize = 5;
/// The first level that has something in place for others to add to.
const FIRST_FULL: usize = 2;

/// Answers without figures, of an external cut.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sheet {
    /// Of whom, when and by what it is made.
    #[serde(flatten)]
    pub head: Head,
    /// The questionnaire.
    pub questionnaire: QuestionnaireWords,
    /// The source texts.
    pub sources: Vec<String>,
    /// The domains in which something is shown.
    pub domains: Vec<SheetDomain>,
}

/// A domain with its answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SheetDomain {
    /// The id.
    pub id: String,
    /// The title.
    pub title: String,
    /// The answers, each on the first domain that asks for it.
    pub answers: Vec<SheetAnswer>,
}

/// An answer that outsiders may see.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SheetAnswer {
    /// The id of the question.
    pub id: String,
    /// The question.
    pub ask: String,
    /// The levels below it that it includes, in words, where its own words hang on theirs.
    pub includes: Vec<String>,
    /// The answer in words.
    pub said: String,
    /// Whether it is a reason in the respondent's words.
    pub own_words: bool,
    /// The titles of what supports it.
    pub evidence: Vec<String>,
}

impl Writer<'_> {
    /// The answers marked public. They are looked for once more, lest a full assessment slip in.
    pub(super) fn sheet(&self, report: Report) -> Sheet {
        let mut seen = BTreeSet::new();
        let domains = self.assessment.questionnaire.domains.iter().zip(&self.scorecard.domains);
        let domains = domains.map(|(domain, score)| SheetDomain {
            id: domain.id.to_string(),
            title: domain.title.clone(),
            answers: self.sheet_answers(score, &mut seen),
        });
        Sheet {
            domains: domains.filter(|domain| !domain.answers.is_empty()).collect(),
            head: report.head,
            questionnaire: report.questionnaire,
            sources: report.sources,
        }
    }

    fn sheet_answers(
        &self,
        domain: &DomainScore,
        seen: &mut BTreeSet<QuestionIndex>,
    ) -> Vec<SheetAnswer> {
        let items = domain.requirements.iter().flat_map(|requirement| &requirement.items);
        let is_shown = |at: &QuestionIndex| {
            let answer = self.assessment.answer(*at);
            let asked = self.scorecard.states[*at] != State::NotAsked;
            asked && answer.public && answer.claim != Claim::Open && seen.insert(*at)
        };
        let shown: Vec<_> = items.map(|item| item.question).filter(is_shown).collect();
        shown.into_iter().map(|at| self.sheet_answer(at)).collect()
    }

    fn sheet_answer(&self, at: QuestionIndex) -> SheetAnswer {
        let question = &self.assessment.questionnaire.questions[at];
        let answer = self.assessment.answer(at);
        SheetAnswer {
            id: question.id.to_string(),
            ask: question.ask.clone(),
            includes: included(&question.kind, &answer.claim)
                .map(|level| self.claimed(at, &Claim::Value(Value::Level(level)), None))
                .collect(),
            said: self.claimed(at, &answer.claim, None),
            own_words: matches!(answer.claim, Claim::NotApplicable(_)),
            evidence: answer.evidence.iter().map(|each| shown(&each.title)).collect(),
        }
    }
}

/// The levels that the words of this answer refer back to.
fn included(kind: &Kind, claim: &Claim) -> Range<usize> {
    match (kind, claim) {
        (Kind::Maturity(levels), Claim::Value(Value::Level(level)))
            if levels.len() == ADDING_UP && *level > FIRST_FULL =>
        {
            FIRST_FULL..*level
        }
        _ => 0..0,
    }
}
