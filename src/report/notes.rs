//! What is open, unknown, not applicable or not asked.

use super::{Writer, shown};
use crate::model::{Claim, QuestionIndex, Requirement};
use crate::score::{RequirementScore, State};
use serde::Serialize;

/// A requirement that open answers could bring to its target.
#[derive(Clone, Debug, Serialize)]
pub struct StillOpenWords {
    /// The id.
    pub id: String,
    /// What is asked for.
    pub statement: String,
    /// From worst to best.
    pub range: String,
    /// What is wanted.
    pub target: String,
}

/// An id, its text, and a remark.
#[derive(Clone, Debug, Serialize)]
pub struct QuestionNote {
    /// The id.
    pub id: String,
    /// Its text.
    pub text: String,
    /// A reason or a remark; may be empty.
    pub note: String,
}

impl Writer<'_> {
    pub(super) fn still_open(&self) -> Vec<StillOpenWords> {
        let one = |place: &(usize, usize)| {
            let requirement = self.requirement(*place);
            let figures =
                self.figures(&self.scorecard.domains[place.0].requirements[place.1].figures);
            StillOpenWords {
                id: requirement.id.to_string(),
                statement: requirement.statement.clone(),
                range: figures.range,
                target: figures.target.unwrap_or_default(),
            }
        };
        self.scorecard.gaps.still_open.iter().map(one).collect()
    }

    pub(super) fn questions_in(&self, wanted: impl Fn(State) -> bool) -> Vec<QuestionNote> {
        let questions = &self.assessment.questionnaire.questions;
        let note = |at: QuestionIndex| match (
            self.scorecard.states[at],
            &self.assessment.answer(at).claim,
        ) {
            (State::Open { hangs_on: Some(on) }, _) => {
                format!("open until {}", self.settled_by(on))
            }
            (_, Claim::NotApplicable(reason)) => shown(reason),
            _ => String::new(),
        };
        (0..questions.len())
            .filter(|at| wanted(self.scorecard.states[*at]))
            .map(|at| QuestionNote {
                id: questions[at].id.to_string(),
                text: questions[at].ask.clone(),
                note: note(at),
            })
            .collect()
    }

    /// Requirements of which nothing is asked because of the profile.
    pub(super) fn not_asked(&self) -> Vec<QuestionNote> {
        let is_left_out = |score: &RequirementScore| {
            !score.items.is_empty() && score.items.iter().all(|item| item.state == State::NotAsked)
        };
        let one = |(place, score): ((usize, usize), &RequirementScore)| {
            let requirement = self.requirement(place);
            let note = requirement.applies_when.as_ref().map(ToString::to_string);
            is_left_out(score).then(|| QuestionNote {
                id: requirement.id.to_string(),
                text: requirement.statement.clone(),
                note: note.map(|words| format!("asked where {words}")).unwrap_or_default(),
            })
        };
        self.scorecard.requirements().filter_map(one).collect()
    }

    pub(super) fn listed(&self) -> Vec<QuestionNote> {
        let one = |requirement: &Requirement| {
            Some(QuestionNote {
                id: requirement.id.to_string(),
                text: requirement.statement.clone(),
                note: requirement.listed.clone()?,
            })
        };
        self.assessment.questionnaire.requirements().filter_map(|(_, each)| one(each)).collect()
    }

    pub(super) fn not_stated(&self) -> Vec<QuestionNote> {
        let one = |(id, count): &(String, usize)| {
            let ask = self.assessment.facts.get(id).map_or(String::new(), |fact| fact.ask.clone());
            let note = match count {
                0 => "left out no question".to_owned(),
                1 => "left out 1 question".to_owned(),
                _ => format!("left out {count} questions"),
            };
            QuestionNote { id: id.clone(), text: ask, note }
        };
        self.scorecard.not_stated.iter().map(one).collect()
    }
}
