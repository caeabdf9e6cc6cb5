//! What there is to do: each step that leads further than its present answer.

use super::gain::Gains;
use super::set::{Group, Part};
use crate::model::{Assessment, Claim, Kind, Question, QuestionIndex, Value};
use crate::score::question::{current, of_value};
use crate::score::{NextStep, Scorecard, State};
use std::collections::BTreeMap;

/// All steps that can be taken from the present answers, in the order of the questionnaire; the steps
/// of a question in the order of what they lead to.
pub(super) struct Work {
    pub(super) items: Vec<Item>,
    /// Steps without an estimate for this size.
    pub(super) unestimated: Vec<NextStep>,
}

/// A step to be taken.
pub(super) struct Item {
    pub(super) step: NextStep,
    /// Unit: half person-days.
    pub(super) effort: u32,
    /// The step of the same question that it includes.
    pub(super) includes: Option<usize>,
    /// Steps of other questions that must come before.
    pub(super) after: Vec<usize>,
}

/// Answers in place of the present ones.
#[derive(Clone, Default)]
pub(super) struct Moves(pub(super) BTreeMap<QuestionIndex, Value>);

impl Moves {
    /// These and one step more.
    pub(super) fn with(mut self, assessment: &Assessment, step: NextStep) -> Self {
        let question = &assessment.questionnaire.questions[step.question];
        let now = match (self.0.get(&step.question), &assessment.answer(step.question).claim) {
            (Some(value), _) | (None, Claim::Value(value)) => Some(value),
            _ => None,
        };
        let value = question.kind.stepped(now, &question.steps[step.step].to);
        self.0.insert(step.question, value);
        self
    }
}

impl Work {
    /// What there is to do by these figures, for an organisation of this size.
    pub(super) fn of(assessment: &Assessment, scorecard: &Scorecard, size: &str) -> Self {
        let questions = &assessment.questionnaire.questions;
        let mut work = Self { items: Vec::new(), unestimated: Vec::new() };
        for (at, question) in questions.iter().enumerate() {
            let is_asked = matches!(
                scorecard.states[at],
                State::Answered | State::Unknown | State::Open { hangs_on: None }
            );
            if is_asked {
                work.add(at, question, &assessment.answer(at).claim, size);
            }
        }
        while let Some(lost) = work.waits_in_vain(assessment) {
            work.lose(lost, assessment);
        }
        work.link(assessment);
        work
    }

    /// Adds the steps of one question. Behind a step that nobody has estimated none can be costed.
    fn add(&mut self, question: QuestionIndex, of: &Question, claim: &Claim, size: &str) {
        let mut is_lost = false;
        for step in steps_on(of, claim) {
            let step = NextStep { question, step };
            let effort = of.steps[step.step].effort.get(size).filter(|_| !is_lost);
            match effort {
                Some(effort) => {
                    let (effort, includes, after) = (*effort, None, Vec::new());
                    self.items.push(Item { step, effort, includes, after });
                }
                None => {
                    self.unestimated.push(step);
                    is_lost = !is_checklist(of);
                }
            }
        }
    }

    /// A step that waits for one that nobody has estimated.
    fn waits_in_vain(&self, assessment: &Assessment) -> Option<usize> {
        let is_in = |question: QuestionIndex| self.first_of(question).is_some();
        let is_lost = |question: &QuestionIndex| {
            !is_in(*question) && self.unestimated.iter().any(|step| step.question == *question)
        };
        let in_vain = |item: &Item| waits_for(assessment, item.step).iter().any(is_lost);
        self.items.iter().position(in_vain)
    }

    /// Leaves out a step and what includes it.
    fn lose(&mut self, at: usize, assessment: &Assessment) {
        let question = self.items[at].step.question;
        let alone = is_checklist(&assessment.questionnaire.questions[question]);
        let mut number = 0;
        self.items.retain(|item| {
            let goes = number == at || (number > at && !alone && item.step.question == question);
            number += 1;
            if goes {
                self.unestimated.push(item.step);
            }
            !goes
        });
    }

    /// Finds what each step includes and what must come before it.
    fn link(&mut self, assessment: &Assessment) {
        for at in 0..self.items.len() {
            let step = self.items[at].step;
            let question = &assessment.questionnaire.questions[step.question];
            let before = at.checked_sub(1).filter(|before| {
                self.items[*before].step.question == step.question && !is_checklist(question)
            });
            let others = waits_for(assessment, step);
            let after = others.into_iter().filter_map(|other| self.first_of(other)).collect();
            (self.items[at].includes, self.items[at].after) = (before, after);
        }
    }

    /// The first step of a question.
    pub(super) fn first_of(&self, question: QuestionIndex) -> Option<usize> {
        self.items.iter().position(|item| item.step.question == question)
    }

    /// A step with all that must come before it, in an order in which it can be done.
    pub(super) fn with_all_before(&self, at: usize) -> Vec<usize> {
        let mut done = Vec::new();
        self.add_before(at, &mut done);
        done
    }

    /// Adds a step behind all that must come before it.
    pub(super) fn add_before(&self, at: usize, done: &mut Vec<usize>) {
        if done.contains(&at) {
            return;
        }
        let item = &self.items[at];
        // Steps wait for one another in no circle: that is a fault of the bank.
        item.includes.iter().chain(&item.after).for_each(|before| self.add_before(*before, done));
        done.push(at);
    }

    /// What these steps take together. Unit: half person-days.
    pub(super) fn effort(&self, of: &[usize]) -> u32 {
        of.iter().map(|at| self.items[*at].effort).sum()
    }

    /// The answers once these steps are taken.
    pub(super) fn moves(&self, assessment: &Assessment, of: &[usize]) -> Moves {
        of.iter().fold(Moves::default(), |moves, at| moves.with(assessment, self.items[*at].step))
    }

    /// The steps as groups of which the best set is chosen, each with its gain.
    pub(super) fn groups(&self, gains: &Gains, assessment: &Assessment) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for (at, item) in self.items.iter().enumerate() {
            let before = self.moves(assessment, &self.chain(item.includes));
            let after = before.clone().with(assessment, item.step);
            let gain = gains.gain(assessment, &before, &after);
            let part = Part { effort: item.effort, gain, after: item.after.clone() };
            match (item.includes, groups.last_mut()) {
                (Some(_), Some(group)) => group.0.push(part),
                _ => groups.push(Group(vec![part])),
            }
            debug_assert_eq!(groups.iter().map(|group| group.0.len()).sum::<usize>(), at + 1);
        }
        groups
    }

    /// A step and those of its question that it includes, the first one first.
    fn chain(&self, last: Option<usize>) -> Vec<usize> {
        let mut chain: Vec<_> =
            std::iter::successors(last, |at| self.items[*at].includes).collect();
        chain.reverse();
        chain
    }
}

/// The steps of a question that lead further than its answer, the nearest first.
fn steps_on(question: &Question, claim: &Claim) -> Vec<usize> {
    let now = current(question, claim);
    let leads_on = |at: &usize| match (&question.steps[*at].to, claim) {
        (Value::Options(to), Claim::Value(Value::Options(ticked))) => !ticked.contains(&to[0]),
        (Value::Level(to), Claim::Value(Value::Level(level))) => to > level,
        (Value::Level(_) | Value::Options(_), _) => true,
        (to, _) => of_value(&question.kind, to) > now,
    };
    let mut steps: Vec<_> = (0..question.steps.len()).filter(leads_on).collect();
    steps.sort_by_key(|at| match &question.steps[*at].to {
        Value::Level(to) => *to,
        Value::Options(_) => 0,
        to => usize::from(of_value(&question.kind, to).basis_points()),
    });
    steps
}

/// The questions whose first step must come before this one, and is not behind them.
fn waits_for(assessment: &Assessment, step: NextStep) -> Vec<QuestionIndex> {
    let questions = &assessment.questionnaire.questions;
    let named = questions[step.question].steps[step.step].after.iter();
    let named = named.filter_map(|id| assessment.questionnaire.question(id));
    named.filter(|other| !has_begun(&questions[*other], &assessment.answer(*other).claim)).collect()
}

fn is_checklist(question: &Question) -> bool {
    matches!(question.kind, Kind::Checklist { .. })
}

/// Whether the first step of a question is behind it, or does not concern it.
fn has_begun(question: &Question, claim: &Claim) -> bool {
    match claim {
        Claim::NotApplicable(_) => true,
        Claim::Open | Claim::Unknown => false,
        Claim::Value(_) => steps_on(question, claim).len() < steps_on(question, &Claim::Open).len(),
    }
}
