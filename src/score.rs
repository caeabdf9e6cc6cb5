//! The whole computation, from answers to figures. Source: method edition 1.

pub mod aggregate;
pub mod gap;
pub mod gate;
pub mod question;
pub mod trace;

pub use aggregate::Figures;
pub use gap::{Finding, FirstAction, Gaps, NextStep, Severity};
pub use gate::{GateState, Verdict};
pub use question::{Item, State};

use crate::model::{Assessment, QuestionIndex};
use question::{Applies, Settled};

/// All figures of an assessment, in the order of its questionnaire.
#[derive(Clone, Debug)]
pub struct Scorecard {
    /// The overall figures.
    pub overall: Figures,
    /// The outcome in a word.
    pub verdict: Verdict,
    /// A domain each.
    pub domains: Vec<DomainScore>,
    /// The state of each question, once for the whole questionnaire.
    pub states: Vec<State>,
    /// How many questions are in each state.
    pub counts: Counts,
    /// Facts that are not stated, and how many questions each left out.
    pub not_stated: Vec<(String, usize)>,
    /// Findings and first actions.
    pub gaps: Gaps,
}

/// The figures of a domain.
#[derive(Clone, Debug)]
pub struct DomainScore {
    /// Its figures.
    pub figures: Figures,
    /// A requirement each.
    pub requirements: Vec<RequirementScore>,
}

/// The figures of a requirement.
#[derive(Clone, Debug)]
pub struct RequirementScore {
    /// Whether its own condition holds.
    pub applies: Applies,
    /// Its figures.
    pub figures: Figures,
    /// Where it is a gate: how it stands.
    pub gate: Option<GateState>,
    /// Its questions, in the order that it asks them.
    pub items: Vec<Item>,
}

/// How many questions are in each state, each question once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Answered.
    pub answered: usize,
    /// "Don't know".
    pub unknown: usize,
    /// Not answered yet.
    pub open: usize,
    /// Said not to apply.
    pub not_applicable: usize,
    /// Ruled out by a condition.
    pub not_asked: usize,
}

impl Counts {
    fn of(states: &[State]) -> Self {
        let count = |state| states.iter().filter(|each| **each == state).count();
        Self {
            answered: count(State::Answered),
            unknown: count(State::Unknown),
            open: states.iter().filter(|each| matches!(each, State::Open { .. })).count(),
            not_applicable: count(State::NotApplicable),
            not_asked: count(State::NotAsked),
        }
    }

    /// Questions that are asked of this respondent.
    pub fn asked(&self) -> usize {
        self.answered + self.unknown + self.open
    }

    /// Whether more than a quarter of what could apply was set to not applicable.
    pub fn many_not_applicable(&self) -> bool {
        4 * self.not_applicable > self.asked() + self.not_applicable
    }
}

/// Scores an assessment.
pub fn score(assessment: &Assessment) -> Scorecard {
    let settled = Settled::of(assessment);
    let target = assessment.target.as_ref();
    let target = target.map(|target| target.for_profile(&assessment.answers.profile));
    let mut domains = Vec::with_capacity(assessment.questionnaire.domains.len());
    for (at, domain) in assessment.questionnaire.domains.iter().enumerate() {
        let scores = domain.requirements.iter().enumerate().map(|(of, requirement)| {
            let applies = settled.requirements[at][of];
            let items = question::items(requirement, applies, &settled, assessment);
            let wanted = target.as_ref().map(|target| target.of(&domain.id, &requirement.id).0);
            let figures = aggregate::of_questions(requirement.aggregate, &items, wanted);
            let gate = requirement.gate.map(|at_least| gate::state(at_least, &figures));
            RequirementScore { applies, figures, gate, items }
        });
        let requirements: Vec<_> = scores.collect();
        let weights = domain.requirements.iter().map(|requirement| requirement.weight);
        let figures =
            aggregate::of_groups(weights.zip(requirements.iter().map(|each| each.figures)));
        domains.push(DomainScore { figures, requirements });
    }
    let weights = assessment.questionnaire.domains.iter().map(|domain| domain.weight);
    let overall = aggregate::of_groups(weights.zip(domains.iter().map(|domain| domain.figures)));
    let counts = Counts::of(&settled.states);
    let verdict = gate::verdict(&domains, &counts);
    let gaps = gap::gaps(assessment, &domains, overall);
    let not_stated = settled.not_stated(assessment);
    Scorecard { overall, verdict, domains, states: settled.states, counts, not_stated, gaps }
}

impl Scorecard {
    /// All requirements with their places: domain, requirement.
    pub fn requirements(&self) -> impl Iterator<Item = ((usize, usize), &RequirementScore)> {
        self.domains.iter().enumerate().flat_map(|(at, domain)| {
            domain.requirements.iter().enumerate().map(move |(of, each)| ((at, of), each))
        })
    }

    /// Questions that are open, in the order of the questionnaire.
    pub fn open_questions(&self) -> impl Iterator<Item = QuestionIndex> {
        let is_open =
            |(at, state): (usize, &State)| matches!(state, State::Open { .. }).then_some(at);
        self.states.iter().enumerate().filter_map(is_open)
    }
}
