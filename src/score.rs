//! The whole computation, from answers to figures: the scoring method, edition 1.
//!
//! All arithmetic is in whole **basis points**, 0 to 10 000, shown as 0 to 100. Rounding is half up,
//! once at the end of each step: `(2 * sum + total) / (2 * total)` in whole numbers. So each figure
//! can be recomputed by hand, or in any language, from the figures printed under it.
//!
//! # From an answer to the score of a question
//!
//! | type | score |
//! |---|---|
//! | maturity | level k of levels 0..n: `k * 10000 / n`, or the level's own score, which never falls |
//! | yes-no | yes 10 000, no 0, unless `scores` says otherwise |
//! | choice | that of the option chosen |
//! | checklist | the sum of the options ticked, at most 10 000; where a requirement names one option of it, 10 000 if that is ticked, else 0 |
//! | number | that of the band that the number lies in, its upper end included |
//!
//! A question is in exactly one state: *answered*; *unknown* ("don't know", an answer that scores 0);
//! *open*; *not applicable* (said with a reason; an essential question refuses it); *not asked* (a
//! condition rules it out).
//!
//! A condition on an answer is undecided while that answer is open; what hangs on it counts as open
//! and is settled with it. "Don't know" meets only `is: [unknown]`; what is not applicable or not
//! asked meets nothing. A fact that is not stated meets no condition, nor the opposite of one; the
//! report lists it with the number of questions that it left out.
//!
//! # From questions to the whole
//!
//! A requirement is the weighted mean of its questions (or the weakest of them), a domain the
//! weighted mean of its requirements, the whole that of its domains. What is not applicable or not
//! asked leaves the denominator; where nothing is left there is no score, which is not a score of 0.
//! Weights are 0 to 100; 0 is shown and counts in no mean.
//!
//! Beside each score stand: its **range** (open questions as 0 and as 10 000; the headline is the
//! lower end), its **level** (the band in which both ends lie, if they lie in one), its **coverage**
//! (the share that is answered, "don't know" included, always by weighted mean), and the **evidenced
//! score** (an answer above 0 without evidence counts as 0).
//!
//! # Gates, gaps and what to do
//!
//! A gate fails when the high of its requirement lies below the gate, and is open when only its low
//! does. The verdict is *held* if a gate failed, else *incomplete* if anything is open or nothing
//! applies, else *clear*. A gate changes no number.
//!
//! A **gap** is target minus score where positive. Its **worth** is what the overall score gains with
//! this requirement at its target; worths do not add up. **Findings** are failed gates, then the
//! requirements whose high lies below target, by worth, then gap, then the order of the
//! questionnaire. Those that open answers could close are *still open*. **First actions** are the next
//! steps of the findings until there are three different ones; without findings, the open questions
//! that weigh most.
//!
//! Where a report is cut by the clauses of another framework, [`clause`] gives each clause the plain
//! mean of the questions mapped to it; none of the figures above hangs on that.

pub mod aggregate;
pub mod clause;
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
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
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
