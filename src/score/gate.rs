//! What must hold whatever the mean says. Source: method edition 1, section 4.

use super::{Counts, DomainScore, Figures};
use crate::model::Score;

/// How a gate stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GateState {
    /// It holds.
    Passed,
    /// It cannot hold any more: its high lies below.
    Failed,
    /// Open questions decide it: a matter not yet confirmed, no breach.
    Open,
    /// Nothing is asked.
    NotApplicable,
}

impl GateState {
    /// The word for it in results.
    pub fn word(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Open => "open",
            Self::NotApplicable => "not-applicable",
        }
    }
}

/// The outcome in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// A gate failed.
    Held,
    /// An asked question is open, or nothing applies.
    Incomplete,
    /// All gates hold and everything is answered.
    Clear,
}

impl Verdict {
    /// The word for it in results.
    pub fn word(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Incomplete => "incomplete",
            Self::Clear => "clear",
        }
    }
}

/// How a gate stands, by the figures of its requirement.
pub(super) fn state(at_least: Score, figures: &Figures) -> GateState {
    match (figures.low, figures.high) {
        (_, Some(high)) if high < at_least => GateState::Failed,
        (Some(low), Some(_)) if low < at_least => GateState::Open,
        (Some(_), Some(_)) => GateState::Passed,
        _ => GateState::NotApplicable,
    }
}

/// The verdict on the whole.
pub(super) fn verdict(domains: &[DomainScore], counts: &Counts) -> Verdict {
    let mut gates =
        domains.iter().flat_map(|domain| &domain.requirements).filter_map(|each| each.gate);
    if gates.any(|state| state == GateState::Failed) {
        Verdict::Held
    } else if counts.open > 0 || counts.asked() == 0 {
        Verdict::Incomplete
    } else {
        Verdict::Clear
    }
}
