//! One step after the other, by what gains most per half-day.

use super::gain::Gains;
use super::order::Bundle;
use super::work::{Moves, Work};
use super::{Beyond, Course};

/// What gains most per half-day and fits; `None` where nothing gains any more.
pub(super) fn next(course: &Course<'_>) -> Option<(Work, Vec<usize>)> {
    let work = Work::of(&course.now, &course.scorecard, course.size);
    let fits = |bundle: &Bundle| bundle.effort <= course.left;
    let steps = bundles(&work, course).into_iter().find(fits)?.steps;
    Some((work, steps))
}

/// What gains most per half-day of all that is left, whether it fits or not.
pub(super) fn best(course: &Course<'_>, most: usize) -> Vec<Beyond> {
    let work = Work::of(&course.now, &course.scorecard, course.size);
    let mut named = Vec::new();
    for bundle in bundles(&work, course) {
        let Some(last) = bundle.steps.last() else { continue };
        let step = work.items[*last].step;
        // One step of a question is enough to show where to go on.
        if named.len() < most
            && named.iter().all(|each: &Beyond| each.step.question != step.question)
        {
            named.push(Beyond { step, effort: bundle.effort, gain: bundle.gain });
        }
    }
    named
}

/// Each step with all that must come before it, and what lifts all the weakest questions of a requirement
/// at once; what gains most per half-day first, and only what gains.
fn bundles(work: &Work, course: &Course<'_>) -> Vec<Bundle> {
    let gains = Gains::of(&course.now, &course.scorecard);
    let single = (0..work.items.len()).map(|at| work.with_all_before(at));
    let together = gains.weakest(&course.now).into_iter().filter_map(|questions| {
        let mut steps = Vec::new();
        for question in questions {
            work.add_before(work.first_of(question)?, &mut steps);
        }
        Some(steps)
    });
    let bundle = |steps: Vec<usize>| {
        let moves = work.moves(&course.now, &steps);
        let gain = gains.gain(&course.now, &Moves::default(), &moves);
        Bundle { effort: work.effort(&steps), gain, steps }
    };
    let bundles = single.chain(together).map(bundle);
    let mut bundles: Vec<_> = bundles.filter(|bundle| bundle.gain > 0).collect();
    bundles.sort_by(Bundle::before);
    bundles
}
