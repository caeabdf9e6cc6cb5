//! What the answers say to the clauses of an outside framework.
//!
//! One plain figure a clause and none above it: a crosswalk says which questions speak to a clause,
//! not what the clause weighs, and no framework that is mapped here gives points.

use super::aggregate::of_questions;
use super::question::item;
use super::{Figures, Item, Scorecard, State};
use crate::model::{
    Aggregate, Asked, Assessment, Crosswalk, MappedClause, QuestionIndex, Score, Weight,
};

/// What the answers say to one clause.
#[derive(Clone, Debug)]
pub struct ClauseScore {
    /// For each mapping of the clause, in order: its question as it counts here; `None` where the
    /// questionnaire does not have it.
    pub items: Vec<Option<Item>>,
    /// The mean of the questions that apply, each weighing the same.
    pub figures: Figures,
    /// Why no answer supports the clause; `None` where one does.
    pub unsupported: Option<Unsupported>,
}

/// Why no answer supports a clause: the first of these that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsupported {
    /// No question is mapped to it; the crosswalk says why.
    NoQuestion,
    /// None of its questions is asked: not of this profile, or not by this questionnaire.
    NotAsked,
    /// Each of its questions that is asked was said not to apply.
    NotApplicable,
    /// Each of its questions that applies is open.
    Open,
    /// No answer to its questions scores more than 0; some may still be open.
    Zero,
}

/// The clauses of a crosswalk, in its order.
///
/// - Unit and range: basis points, 0 ..= 10 000, rounded half up, once. An open question counts
///   from 0 to 10 000; one that is not applicable or not asked leaves the mean. The score of a
///   question is that of its whole answer, whatever a requirement makes of it.
/// - `None` in the figures: nothing that is mapped to the clause applies.
/// - Source: our own; no figure of the framework.
pub fn clauses(
    assessment: &Assessment,
    scorecard: &Scorecard,
    crosswalk: &Crosswalk,
) -> Vec<ClauseScore> {
    crosswalk.clauses.iter().map(|each| clause(assessment, scorecard, each)).collect()
}

fn clause(assessment: &Assessment, scorecard: &Scorecard, clause: &MappedClause) -> ClauseScore {
    let questions = clause.mappings.iter().map(|mapping| &mapping.question);
    let places = questions.map(|question| assessment.questionnaire.question(question));
    let items: Vec<_> =
        places.map(|at| at.map(|at| whole_question(at, assessment, scorecard))).collect();
    let known: Vec<_> = items.iter().copied().flatten().collect();
    let figures = of_questions(Aggregate::Mean, &known, None);
    let unsupported = unsupported(clause, &known);
    ClauseScore { items, figures, unsupported }
}

/// A question with the state that it has in the whole questionnaire.
fn whole_question(at: QuestionIndex, assessment: &Assessment, scorecard: &Scorecard) -> Item {
    let asked = Asked { question: at, option: None, weight: Weight::ONE };
    item(&asked, scorecard.states[at], assessment)
}

fn unsupported(clause: &MappedClause, items: &[Item]) -> Option<Unsupported> {
    let all = |wanted: fn(State) -> bool| items.iter().all(|item| wanted(item.state));
    if clause.mappings.is_empty() {
        Some(Unsupported::NoQuestion)
    } else if all(|state| state == State::NotAsked) {
        Some(Unsupported::NotAsked)
    } else if all(|state| matches!(state, State::NotAsked | State::NotApplicable)) {
        Some(Unsupported::NotApplicable)
    } else if items.iter().all(|item| item.score.is_none()) {
        Some(Unsupported::Open)
    } else if items.iter().all(|item| item.score.is_none_or(|score| score == Score::ZERO)) {
        Some(Unsupported::Zero)
    } else {
        None
    }
}
