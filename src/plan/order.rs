//! In which order steps are taken: what gains most per half-day first, with what must come before it.

use super::work::Work;
use std::cmp::Ordering;

/// Some steps, with all that must come before them.
pub(super) struct Bundle {
    pub(super) steps: Vec<usize>,
    /// Unit: half person-days.
    pub(super) effort: u32,
    /// Unit: millionths of a basis point.
    pub(super) gain: u64,
}

impl Bundle {
    /// Which comes first: the greater gain per half-day, then fewer half-days, then the order of the questionnaire.
    pub(super) fn before(&self, other: &Self) -> Ordering {
        let worth = |a: &Self, b: &Self| u128::from(a.gain) * u128::from(b.effort);
        worth(other, self)
            .cmp(&worth(self, other))
            .then(self.effort.cmp(&other.effort))
            .then(self.steps.cmp(&other.steps))
    }
}

/// These steps in the order in which to take them, by what each gains.
pub(super) fn by_worth(work: &Work, gains: &[u64], taken: &[usize]) -> Vec<usize> {
    let mut done = Vec::with_capacity(taken.len());
    loop {
        let left = taken.iter().filter(|at| !done.contains(*at));
        let bundles = left.map(|at| {
            let mut all = done.clone();
            work.add_before(*at, &mut all);
            let steps = all.split_off(done.len());
            let gain = steps.iter().map(|at| gains[*at]).sum();
            Bundle { effort: work.effort(&steps), gain, steps }
        });
        match bundles.min_by(Bundle::before) {
            Some(first) => done.extend(first.steps),
            None => return done,
        }
    }
}
