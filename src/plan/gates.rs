//! Failed gates come first, the cheapest first.

use super::gain::score_of;
use super::work::{Moves, Work};
use super::{Course, GateLeft};
use crate::model::{Aggregate, Kind, Score};
use crate::score::{GateState, RequirementScore};

/// A way to lift a gate: the steps, and what they take.
struct Lift {
    steps: Vec<usize>,
    effort: u32,
}

/// Takes the steps that lift failed gates as far as the budget goes; says which are left.
pub(super) fn lift(course: &mut Course<'_>) -> Vec<GateLeft> {
    loop {
        let work = Work::of(&course.now, &course.scorecard, course.size);
        let lifts = lifts(course, &work);
        let lifted = lifts.iter().filter_map(|(place, lift)| Some((*place, lift.as_ref()?)));
        // The first of the cheapest: the order of the questionnaire breaks ties.
        let Some((place, lift)) = lifted.min_by_key(|(_, lift)| lift.effort) else {
            return left(&lifts);
        };
        for at in &lift.steps {
            if work.items[*at].effort > course.left {
                let work = Work::of(&course.now, &course.scorecard, course.size);
                return left(&self::lifts(course, &work));
            }
            course.take(&work, *at, Some(place));
        }
    }
}

type Place = (usize, usize);

fn left(lifts: &[(Place, Option<Lift>)]) -> Vec<GateLeft> {
    let one = |(place, lift): &(Place, Option<Lift>)| GateLeft {
        place: *place,
        effort: lift.as_ref().map(|lift| lift.effort),
    };
    let mut left: Vec<_> = lifts.iter().map(one).collect();
    left.sort_by_key(|gate| gate.effort.unwrap_or(u32::MAX));
    left
}

/// Each failed gate with the cheapest way to lift it; `None` where no steps lead there.
fn lifts(course: &Course<'_>, work: &Work) -> Vec<(Place, Option<Lift>)> {
    let failed = course.scorecard.requirements();
    let failed = failed.filter(|(_, each)| each.gate == Some(GateState::Failed));
    failed.map(|(place, score)| (place, cheapest(course, work, place, score))).collect()
}

/// The cheapest way to lift a gate.
///
/// What must come before a step is counted for each question by itself; only where two questions of one gate
/// wait for the same step may there be a cheaper way.
fn cheapest(
    course: &Course<'_>,
    work: &Work,
    (domain, requirement): Place,
    score: &RequirementScore,
) -> Option<Lift> {
    let requirement = &course.now.questionnaire.domains[domain].requirements[requirement];
    let at_least = requirement.gate?;
    let ways = ways(course, work, score);
    let chosen = match requirement.aggregate {
        Aggregate::Mean => by_sum(&ways, wanted_sum(score, at_least)),
        Aggregate::Weakest => {
            ways.iter().map(|ways| ways.iter().find(|way| way.score >= at_least)).collect()
        }
    }?;
    let mut steps = Vec::new();
    let mut goals: Vec<_> = chosen.into_iter().map(|way| (way.effort, &way.goals)).collect();
    goals.sort_by_key(|(effort, _)| *effort);
    for goal in goals.into_iter().flat_map(|(_, goals)| goals) {
        work.add_before(*goal, &mut steps);
    }
    // Steps of a question that the gate already has enough of are no way to lift it.
    (!steps.is_empty()).then(|| Lift { effort: work.effort(&steps), steps })
}

/// One thing that can be done for a question: nothing, or steps to a score.
struct Way {
    goals: Vec<usize>,
    effort: u32,
    score: Score,
    weight: u64,
}

/// For each question of a gate what can be done, the cheapest first.
fn ways(course: &Course<'_>, work: &Work, score: &RequirementScore) -> Vec<Vec<Way>> {
    let counts = |item: &&crate::score::Item| {
        use crate::score::State::{NotApplicable, NotAsked};
        item.weight.get() > 0 && !matches!(item.state, NotApplicable | NotAsked)
    };
    let of_item = |item: &crate::score::Item| {
        let way = |goals: Vec<usize>| {
            let mut steps = Vec::new();
            goals.iter().for_each(|at| work.add_before(*at, &mut steps));
            let moves = work.moves(&course.now, &steps);
            let score = score_of(&course.now, item, &moves);
            Way { goals, effort: work.effort(&steps), score, weight: item.weight.get() }
        };
        let own = (0..work.items.len()).filter(|at| work.items[*at].step.question == item.question);
        let own: Vec<_> = own.collect();
        let kind = &course.now.questionnaire.questions[item.question].kind;
        let mut goals: Vec<Vec<usize>> = own.iter().map(|at| vec![*at]).collect();
        if matches!(kind, Kind::Checklist { .. }) && item.option.is_none() {
            // Of a checklist, as many options as it takes, in its order.
            goals = (1..=own.len()).map(|count| own[..count].to_vec()).collect();
        }
        let nothing =
            Way { score: score_of(&course.now, item, &Moves::default()), ..way(Vec::new()) };
        let mut ways: Vec<_> = std::iter::once(nothing).chain(goals.into_iter().map(way)).collect();
        ways.sort_by_key(|way| way.effort);
        ways
    };
    score.items.iter().filter(counts).map(of_item).collect()
}

/// The least sum of weighted scores whose mean, rounded half up, reaches a gate. Unit: half basis points.
fn wanted_sum(score: &RequirementScore, at_least: Score) -> u64 {
    use crate::score::State::{NotApplicable, NotAsked};
    let counted = score.items.iter().filter(|item| !matches!(item.state, NotApplicable | NotAsked));
    let total: u64 = counted.map(|item| item.weight.get()).sum();
    (2 * total * u64::from(at_least.basis_points())).saturating_sub(total)
}

/// The cheapest ways, one a question, whose sum is at least what is wanted.
fn by_sum(ways: &[Vec<Way>], wanted: u64) -> Option<Vec<&Way>> {
    let mut front: Vec<(u32, u64, Vec<&Way>)> = vec![(0, 0, Vec::new())];
    for ways in ways {
        let mut all = Vec::new();
        for (effort, sum, chosen) in &front {
            for way in ways {
                let mut chosen = chosen.clone();
                chosen.push(way);
                let score = u64::from(way.score.basis_points());
                all.push((effort + way.effort, sum + 2 * way.weight * score, chosen));
            }
        }
        all.sort_by_key(|(effort, sum, _)| (*effort, std::cmp::Reverse(*sum)));
        let mut most = None;
        all.retain(|(_, sum, _)| {
            let is_more = most.is_none_or(|most| *sum > most);
            most = most.max(Some(*sum));
            is_more
        });
        front = all;
    }
    front.into_iter().find(|(_, sum, _)| *sum >= wanted).map(|(_, _, chosen)| chosen)
}
