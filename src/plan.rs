//! The steps worth most for a number of days, in order. Source: method edition 1, section 5, *Plan*.
//!
//! A step moves one question from its present answer: open and "don't know" count as nothing. A later
//! step of a question includes the earlier ones, but for a checklist, whose steps tick an option each.
//! A step that names questions to come after needs the first step of each of these, unless the present
//! answer is that far already, or the question has no step that could be taken here.
//!
//! First come the steps that lift failed gates, the cheapest gate first; where the budget ends on the
//! way, the plan ends there, so that nothing is spent on points while a ground rule waits. Then comes
//! the set with the greatest **gain**. The gain of a step is, over the requirements that its question
//! serves, the sum of their rise times their exact share of the overall score, each rounded down to whole
//! millionths of a basis point. Among equal gains the set with fewer half-days is taken, then the one
//! with the earlier step in the order of the questionnaire.
//!
//! The set is **exact** where gains add up: see [`Limit`] for what keeps them from it. There the plan
//! takes, again and again, what gains most per half-day, and says so.
//!
//! Scores before and after are those of [`score`], on the answers as they would then be. More days never
//! give a smaller gain where the set is exact.

mod gain;
mod gates;
mod greedy;
mod order;
pub mod set;
mod work;

use crate::model::{Assessment, Claim, Facts, QuestionIndex, Score};
use crate::score::{GateState, NextStep, Scorecard, Verdict, score};
use gain::Gains;
use work::{Moves, Work};

/// The smallest and the largest budget. Unit: half person-days.
pub const BUDGETS: std::ops::RangeInclusive<u32> = 1..=2000;

/// Until when the steps of each phase are done. Unit: days from now.
pub const PHASES: [u32; 3] = [30, 60, 90];

/// How many steps beyond the budget are named.
const MOST_BEYOND: usize = 3;

/// What to do with a budget.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What may be spent. Unit: half person-days.
    pub budget: u32,
    /// The size of organisation that effort is estimated for.
    pub size: String,
    /// Why the set may not be the best there is; empty where it is exact.
    pub limits: Vec<Limit>,
    /// How things stand now.
    pub before: Standing,
    /// The steps until each of [`PHASES`].
    pub phases: Vec<Phase>,
    /// Failed gates that are not lifted, in the order in which to deal with them.
    pub gates_left: Vec<GateLeft>,
    /// What gains most per half-day of what is left.
    pub beyond: Vec<Beyond>,
    /// Steps that nobody has estimated for this size, and that are left out.
    pub unestimated: Vec<NextStep>,
    /// Questions that are open: their steps are planned as if the answer were nothing.
    pub open: usize,
}

/// How an assessment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The headline score; `None` where nothing applies.
    pub score: Option<Score>,
    /// The verdict.
    pub verdict: Verdict,
    /// How many gates are failed.
    pub failed_gates: usize,
}

/// The steps until a day, and how things stand then.
#[derive(Clone, Debug)]
pub struct Phase {
    /// Unit: days from now.
    pub until: u32,
    /// In the order in which to take them.
    pub steps: Vec<Planned>,
    /// How things stand then.
    pub after: Standing,
}

/// A step of the plan.
#[derive(Clone, Debug)]
pub struct Planned {
    /// The step.
    pub step: NextStep,
    /// Unit: half person-days.
    pub effort: u32,
    /// What it adds to the overall score. Unit: millionths of a basis point.
    pub gain: u64,
    /// The failed gate that it helps to lift: domain, requirement.
    pub gate: Option<(usize, usize)>,
    /// The overall score once it is taken.
    pub score: Option<Score>,
}

/// A failed gate that the plan does not lift.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GateLeft {
    /// Domain, requirement.
    pub place: (usize, usize),
    /// What lifting it still takes; `None` where no step leads there. Unit: half person-days.
    pub effort: Option<u32>,
}

/// A step that the budget does not reach.
#[derive(Clone, Debug)]
pub struct Beyond {
    /// The step.
    pub step: NextStep,
    /// What it takes, with all that must come before. Unit: half person-days.
    pub effort: u32,
    /// What that adds to the overall score. Unit: millionths of a basis point.
    pub gain: u64,
}

/// Why gains do not add up, so that the set may not be the best there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Limit {
    /// The weakest of its questions decides this requirement.
    Weakest((usize, usize)),
    /// Whether something is asked hangs on this question, which a step would move.
    Decides(QuestionIndex),
    /// The options of this checklist add up to more than everything.
    Full(QuestionIndex),
    /// Too many steps wait for one another.
    Entangled,
}

impl Plan {
    /// All steps, in order.
    pub fn steps(&self) -> impl Iterator<Item = &Planned> {
        self.phases.iter().flat_map(|phase| &phase.steps)
    }

    /// What all steps take. Unit: half person-days.
    pub fn effort(&self) -> u32 {
        self.steps().map(|step| step.effort).sum()
    }

    /// What all steps add to the overall score. Unit: millionths of a basis point.
    pub fn gain(&self) -> u64 {
        self.steps().map(|step| step.gain).sum()
    }

    /// How things stand at the end.
    pub fn after(&self) -> Standing {
        self.phases.last().map_or(self.before, |phase| phase.after)
    }

    /// Whether there is no better set of steps for the budget.
    pub fn is_exact(&self) -> bool {
        self.limits.is_empty()
    }
}

/// The plan for a budget.
///
/// - Unit and range: half person-days, in [`BUDGETS`].
/// - `None`: the size of the organisation is not stated, and effort hangs on it.
/// - Source: method edition 1, section 5.
pub fn plan(assessment: &Assessment, scorecard: &Scorecard, budget: u32) -> Option<Plan> {
    let size = assessment.answers.profile.get(Facts::SIZE)?.first()?.clone();
    let mut course = Course::new(assessment, scorecard, &size, budget);
    let gates_left = gates::lift(&mut course);
    let gates_wait = gates_left.iter().any(|gate| gate.effort.is_some());
    let limits = match gates_wait {
        true => Vec::new(),
        false => then_points(&mut course),
    };
    let beyond = if gates_wait { Vec::new() } else { greedy::best(&course, MOST_BEYOND) };
    let unestimated = Work::of(assessment, scorecard, &size).unestimated;
    let before = Standing::of(scorecard);
    let phases = phases(before, &course, budget);
    let open = scorecard.counts.open;
    Some(Plan { budget, size, limits, before, phases, gates_left, beyond, unestimated, open })
}

/// Takes the steps that gain most; says why they may not be the best.
fn then_points(course: &mut Course<'_>) -> Vec<Limit> {
    let work = Work::of(&course.now, &course.scorecard, course.size);
    let gains = Gains::of(&course.now, &course.scorecard);
    let mut limits = gain::limits(&work, &gains, &course.now);
    if limits.is_empty() {
        let groups = work.groups(&gains, &course.now);
        if let Some(taken) = set::best(&groups, course.left) {
            let gains: Vec<_> =
                groups.iter().flat_map(|group| &group.0).map(|part| part.gain).collect();
            let in_order = order::by_worth(&work, &gains, &taken);
            in_order.into_iter().for_each(|at| course.take(&work, at, None));
            return limits;
        }
        limits.push(Limit::Entangled);
    }
    while let Some((work, steps)) = greedy::next(course) {
        steps.into_iter().for_each(|at| course.take(&work, at, None));
    }
    limits
}

/// The way that a plan takes: what is done so far, and how things then stand.
struct Course<'a> {
    size: &'a str,
    /// What may still be spent. Unit: half person-days.
    left: u32,
    now: Assessment,
    scorecard: Scorecard,
    taken: Vec<(Planned, Standing)>,
}

impl<'a> Course<'a> {
    fn new(assessment: &Assessment, scorecard: &Scorecard, size: &'a str, left: u32) -> Self {
        let (now, scorecard) = (assessment.clone(), scorecard.clone());
        Self { size, left, now, scorecard, taken: Vec::new() }
    }

    /// Takes a step, which must fit and whose turn it must be.
    fn take(&mut self, work: &Work, at: usize, gate: Option<(usize, usize)>) {
        let item = &work.items[at];
        let gains = Gains::of(&self.now, &self.scorecard);
        let moves = Moves::default().with(&self.now, item.step);
        let gain = gains.gain(&self.now, &Moves::default(), &moves);
        let claims = moves.0.into_iter().map(|(at, value)| (at, Claim::Value(value)));
        self.now = self.now.moved(claims);
        self.scorecard = score(&self.now);
        self.left -= item.effort;
        let standing = Standing::of(&self.scorecard);
        let (step, effort, score) = (item.step, item.effort, standing.score);
        self.taken.push((Planned { step, effort, gain, gate, score }, standing));
    }
}

impl Standing {
    /// How an assessment with these figures stands.
    pub fn of(scorecard: &Scorecard) -> Self {
        let failed = |each: &GateState| *each == GateState::Failed;
        let gates = scorecard.requirements().filter_map(|(_, each)| each.gate);
        Self {
            score: scorecard.overall.low,
            verdict: scorecard.verdict,
            failed_gates: gates.filter(failed).count(),
        }
    }
}

/// Steps up to a third of the budget come first, those up to two thirds next, then the rest.
fn phases(before: Standing, course: &Course<'_>, budget: u32) -> Vec<Phase> {
    let mut phases = PHASES.map(|until| Phase { until, steps: Vec::new(), after: before });
    let mut spent = 0;
    for (planned, standing) in &course.taken {
        spent += planned.effort;
        let at = (0..PHASES.len() - 1).find(|at| 3 * spent <= (*at as u32 + 1) * budget);
        let at = at.unwrap_or(PHASES.len() - 1);
        phases[at].steps.push(planned.clone());
        phases[at..].iter_mut().for_each(|phase| phase.after = *standing);
    }
    phases.into()
}
