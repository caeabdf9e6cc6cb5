//! What a step adds to the overall score, and where that cannot be added up.

use super::Limit;
use super::work::{Moves, Work};
use crate::model::{
    Aggregate, Assessment, Claim, Condition, Kind, Question, QuestionIndex, Score, Value,
};
use crate::score::question::of_value;
use crate::score::{Item, Scorecard, State};
use std::collections::BTreeSet;

/// The requirements that questions serve, each with its exact share of the overall score.
pub(super) struct Gains {
    requirements: Vec<Served>,
    /// For each question its requirements.
    by_question: Vec<Vec<usize>>,
}

/// A requirement that counts.
struct Served {
    place: (usize, usize),
    aggregate: Aggregate,
    /// Its share of the overall score, and what its questions weigh together.
    share: u128,
    of: u128,
    items: Vec<Item>,
}

/// Unit of a gain: parts of a basis point.
const MILLION: u128 = 1_000_000;

impl Gains {
    /// The shares by these figures.
    pub(super) fn of(assessment: &Assessment, scorecard: &Scorecard) -> Self {
        let domains = &assessment.questionnaire.domains;
        let mut requirements = Vec::new();
        let domain_counts = |at: &usize| scorecard.domains[*at].figures.low.is_some();
        let all: u64 =
            (0..domains.len()).filter(domain_counts).map(|at| domains[at].weight.get()).sum();
        for at in (0..domains.len()).filter(domain_counts) {
            let scores = &scorecard.domains[at].requirements;
            let counts = |of: &usize| scores[*of].figures.low.is_some();
            let weight = |of: usize| domains[at].requirements[of].weight.get();
            let inside: u64 = (0..scores.len()).filter(counts).map(weight).sum();
            for of in (0..scores.len()).filter(counts) {
                let share = u128::from(domains[at].weight.get()) * u128::from(weight(of));
                let of_all = u128::from(all) * u128::from(inside);
                let aggregate = domains[at].requirements[of].aggregate;
                if let Some(served) =
                    Served::new((at, of), aggregate, share, of_all, &scores[of].items)
                {
                    requirements.push(served);
                }
            }
        }
        let mut by_question = vec![Vec::new(); assessment.questionnaire.questions.len()];
        for (at, served) in requirements.iter().enumerate() {
            let questions: BTreeSet<_> = served.items.iter().map(|item| item.question).collect();
            questions.into_iter().for_each(|question| by_question[question].push(at));
        }
        Self { requirements, by_question }
    }

    /// The questions with the lowest score of each requirement that the weakest decides.
    pub(super) fn weakest(&self, assessment: &Assessment) -> Vec<BTreeSet<QuestionIndex>> {
        let now = Moves::default();
        let decided = self.requirements.iter().filter(|each| each.aggregate == Aggregate::Weakest);
        let lowest = decided.map(|served| {
            let score = |item: &&Item| score_of(assessment, item, &now);
            let least = served.items.iter().map(|item| score(&item)).min();
            let lowest = served.items.iter().filter(|item| Some(score(item)) == least);
            lowest.map(|item| item.question).collect()
        });
        lowest.collect()
    }

    /// What the overall score gains from some answers to others that include them.
    ///
    /// - Unit: millionths of a basis point; each requirement's part is rounded down.
    pub(super) fn gain(&self, assessment: &Assessment, from: &Moves, to: &Moves) -> u64 {
        let moved = to.0.iter().filter(|(at, value)| from.0.get(at) != Some(*value));
        let served: BTreeSet<_> =
            moved.flat_map(|(question, _)| &self.by_question[*question]).collect();
        let gain: u128 =
            served.into_iter().map(|at| self.requirements[*at].gain(assessment, from, to)).sum();
        u64::try_from(gain).unwrap_or(u64::MAX)
    }
}

impl Served {
    /// `None` where it moves nothing.
    fn new(
        place: (usize, usize),
        aggregate: Aggregate,
        share: u128,
        of_all: u128,
        items: &[Item],
    ) -> Option<Self> {
        let counts = |item: &&Item| {
            item.weight.get() > 0 && !matches!(item.state, State::NotApplicable | State::NotAsked)
        };
        let items: Vec<_> = items.iter().filter(counts).copied().collect();
        let weights: u128 = items.iter().map(|item| u128::from(item.weight.get())).sum();
        let of = match aggregate {
            Aggregate::Mean => of_all * weights,
            Aggregate::Weakest => of_all,
        };
        (share > 0 && of > 0).then_some(Self { place, aggregate, share, of, items })
    }

    fn gain(&self, assessment: &Assessment, from: &Moves, to: &Moves) -> u128 {
        let rise = self.sum(assessment, to).saturating_sub(self.sum(assessment, from));
        rise * MILLION * self.share / self.of
    }

    /// The score of the requirement, times the weight of its questions where it is a mean.
    fn sum(&self, assessment: &Assessment, moves: &Moves) -> u128 {
        let scores = self.items.iter().map(|item| {
            let score = score_of(assessment, item, moves);
            (u128::from(item.weight.get()), u128::from(score.basis_points()))
        });
        match self.aggregate {
            Aggregate::Mean => scores.map(|(weight, score)| weight * score).sum(),
            Aggregate::Weakest => scores.map(|(_, score)| score).min().unwrap_or(0),
        }
    }
}

/// What a question scores in a requirement once answers are moved.
pub(super) fn score_of(assessment: &Assessment, item: &Item, moves: &Moves) -> Score {
    let kind = &assessment.questionnaire.questions[item.question].kind;
    match (moves.0.get(&item.question), item.option) {
        // Whether it counts here is not known, whatever the answer.
        _ if matches!(item.state, State::Open { hangs_on: Some(_) }) => Score::ZERO,
        (Some(Value::Options(ticked)), Some(option)) if ticked.contains(&option) => Score::FULL,
        (Some(_), Some(_)) => Score::ZERO,
        (Some(value), None) => of_value(kind, value),
        (None, _) => item.score.unwrap_or(Score::ZERO),
    }
}

/// What keeps the gains of these steps from adding up.
pub(super) fn limits(work: &Work, gains: &Gains, assessment: &Assessment) -> Vec<Limit> {
    let moved: BTreeSet<_> = work.items.iter().map(|item| item.step.question).collect();
    let is_moved =
        |served: &&Served| served.items.iter().any(|item| moved.contains(&item.question));
    let weakest = gains.requirements.iter().filter(is_moved);
    // Where there is one question only, it is the weakest and the mean.
    let weakest =
        weakest.filter(|each| each.aggregate == Aggregate::Weakest && each.items.len() > 1);
    let mut limits: Vec<_> = weakest.map(|served| Limit::Weakest(served.place)).collect();
    let questionnaire = &assessment.questionnaire;
    let of_requirements = questionnaire.requirements().map(|(_, each)| &each.applies_when);
    let conditions = questionnaire.questions.iter().map(|each| &each.applies_when);
    let conditions = conditions.chain(of_requirements).flatten();
    let decides = conditions.flat_map(Condition::questions);
    let decides: BTreeSet<_> = decides.filter_map(|id| questionnaire.question(id)).collect();
    limits.extend(moved.intersection(&decides).map(|at| Limit::Decides(*at)));
    let overflows = |at: &&QuestionIndex| {
        let question = &questionnaire.questions[**at];
        overflows(question, &assessment.answer(**at).claim)
    };
    limits.extend(moved.iter().filter(overflows).map(|at| Limit::Full(*at)));
    limits
}

/// Whether the options of a checklist, once all steps are taken, score more than everything; or giving
/// up "none of these" costs something.
fn overflows(question: &Question, claim: &Claim) -> bool {
    let Kind::Checklist { options, exclusive } = &question.kind else { return false };
    let ticked = match claim {
        Claim::Value(Value::Options(ticked)) => ticked.as_slice(),
        _ => &[],
    };
    let added = question.steps.iter().filter_map(|step| match &step.to {
        Value::Options(to) => to.first(),
        _ => None,
    });
    let score = |at: &usize| u64::from(options[*at].score.basis_points());
    let all: BTreeSet<_> = ticked.iter().chain(added).collect();
    let sum: u64 = all.into_iter().map(score).sum();
    sum > u64::from(Score::FULL.basis_points())
        || (ticked.contains(exclusive) && score(exclusive) > 0)
}
