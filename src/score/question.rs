//! From an answer to the state and score of a question. Source: method edition 1, section 1.

use crate::model::{
    AnswerTest, Asked, Assessment, Claim, Condition, Kind, Question, QuestionIndex, Requirement,
    Score, Value, Weight,
};
use std::collections::BTreeSet;

/// Whether a condition holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applies {
    /// It holds.
    Yes,
    /// It does not hold.
    No,
    /// It hangs on a question that is still open.
    Undecided(QuestionIndex),
    /// It hangs on a fact that is not stated, or an answer that tells nothing: it is not met, and
    /// neither is its opposite.
    Void,
}

/// The state of a question, always exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Answered.
    Answered,
    /// "Don't know": an answer that scores 0.
    Unknown,
    /// Not answered, or not yet known whether it applies.
    Open {
        /// The open question that decides whether it applies.
        hangs_on: Option<QuestionIndex>,
    },
    /// Said not to apply, with a reason.
    NotApplicable,
    /// Ruled out by a condition.
    NotAsked,
}

impl State {
    /// The word for it in results.
    pub fn word(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Unknown => "unknown",
            Self::Open { .. } => "open",
            Self::NotApplicable => "not-applicable",
            Self::NotAsked => "not-asked",
        }
    }
}

/// A question within a requirement.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    /// The question.
    pub question: QuestionIndex,
    /// The one option of a checklist that counts here.
    pub option: Option<usize>,
    /// What it weighs here.
    pub weight: Weight,
    /// Its state here.
    pub state: State,
    /// Its score where it is answered or unknown.
    pub score: Option<Score>,
    /// Whether evidence stands beside the answer.
    pub evidenced: bool,
}

/// What is known of each question and requirement once all conditions are looked at.
pub(super) struct Settled {
    pub(super) states: Vec<State>,
    pub(super) requirements: Vec<Vec<Applies>>,
    own: Vec<State>,
}

impl Settled {
    /// Settles questions in an order in which each comes after those that it hangs on. By the time
    /// a question's turn comes, all that decides the requirements that ask it is settled too.
    pub(super) fn of(assessment: &Assessment) -> Self {
        let questionnaire = &assessment.questionnaire;
        let mut askers = vec![Vec::new(); questionnaire.questions.len()];
        let mut requirements: Vec<Vec<Option<Applies>>> =
            Vec::with_capacity(questionnaire.domains.len());
        for (at, domain) in questionnaire.domains.iter().enumerate() {
            requirements.push(vec![None; domain.requirements.len()]);
            for (of, requirement) in domain.requirements.iter().enumerate() {
                requirement.asked_by.iter().for_each(|asked| askers[asked.question].push((at, of)));
            }
        }
        let mut states = vec![State::Open { hangs_on: None }; questionnaire.questions.len()];
        let mut own = states.clone();
        for at in &questionnaire.order {
            own[*at] = own_state(*at, &states, assessment);
            let asked = askers[*at].iter().map(|(domain, of)| {
                let condition = &questionnaire.domains[*domain].requirements[*of].applies_when;
                *requirements[*domain][*of]
                    .get_or_insert_with(|| applies(condition.as_ref(), &states, assessment))
            });
            states[*at] = asked_state(own[*at], asked);
        }
        // Not every requirement was needed to settle the questions.
        let requirements = questionnaire.domains.iter().zip(requirements).map(|(domain, row)| {
            let conditions =
                domain.requirements.iter().map(|requirement| &requirement.applies_when);
            let late =
                |condition: &Option<Condition>| applies(condition.as_ref(), &states, assessment);
            row.into_iter()
                .zip(conditions)
                .map(|(known, condition)| known.unwrap_or_else(|| late(condition)))
                .collect()
        });
        let requirements = requirements.collect();
        Self { states, requirements, own }
    }

    /// Facts that are not stated, and how many questions are not asked for want of each.
    pub(super) fn not_stated(&self, assessment: &Assessment) -> Vec<(String, usize)> {
        let profile = &assessment.answers.profile;
        let unstated: Vec<_> =
            assessment.facts.ids().filter(|id| !profile.contains_key(*id)).collect();
        let left_out = self.left_out(assessment, &unstated).into_iter().zip(unstated);
        left_out.filter_map(|(left_out, id)| Some((id.to_owned(), left_out?.len()))).collect()
    }

    /// For each of these facts the questions that are not asked because of a condition that tests
    /// it, their own or that of a requirement that asks them; `None` where nothing tests it.
    fn left_out(
        &self,
        assessment: &Assessment,
        facts: &[&str],
    ) -> Vec<Option<BTreeSet<QuestionIndex>>> {
        let questionnaire = &assessment.questionnaire;
        let mut left_out = vec![None; facts.len()];
        let mut tested = |condition: &Option<Condition>| {
            let named = condition.iter().flat_map(Condition::facts);
            let places = named.filter_map(|name| facts.iter().position(|fact| *fact == name));
            let places: Vec<_> = places.collect();
            for at in &places {
                left_out[*at].get_or_insert_with(BTreeSet::new);
            }
            places
        };
        let own: Vec<_> =
            questionnaire.questions.iter().map(|each| tested(&each.applies_when)).collect();
        let mut missing = Vec::new();
        for (domain, row) in questionnaire.domains.iter().zip(&self.requirements) {
            for (requirement, applies) in domain.requirements.iter().zip(row) {
                let by = tested(&requirement.applies_when);
                let applies = *applies == Applies::Yes;
                for at in requirement.asked_by.iter().map(|asked| asked.question) {
                    let by_own = own[at].iter().filter(|fact| applies || by.contains(fact));
                    missing.extend(by_own.map(|fact| (*fact, at)));
                    missing.extend(by.iter().filter(|_| !applies).map(|fact| (*fact, at)));
                }
            }
        }
        for (fact, at) in missing.into_iter().filter(|(_, at)| self.states[*at] == State::NotAsked)
        {
            left_out[fact].get_or_insert_with(BTreeSet::new).insert(at);
        }
        left_out
    }
}

/// The state of a question by its own condition and its answer.
fn own_state(at: QuestionIndex, states: &[State], assessment: &Assessment) -> State {
    let question = &assessment.questionnaire.questions[at];
    match applies(question.applies_when.as_ref(), states, assessment) {
        Applies::No | Applies::Void => State::NotAsked,
        Applies::Undecided(on) => State::Open { hangs_on: Some(on) },
        Applies::Yes => match assessment.answer(at).claim {
            Claim::Open => State::Open { hangs_on: None },
            Claim::Unknown => State::Unknown,
            Claim::NotApplicable(_) => State::NotApplicable,
            Claim::Value(_) => State::Answered,
        },
    }
}

/// A question is asked if at least one requirement that applies asks it.
fn asked_state(own: State, askers: impl Iterator<Item = Applies>) -> State {
    let mut state = State::NotAsked;
    for applies in askers {
        match applies {
            Applies::Yes => return own,
            Applies::Undecided(on) => state = undecided(own, on),
            Applies::No | Applies::Void => {}
        }
    }
    state
}

/// The state of a question while it is not known whether the requirement applies.
fn undecided(own: State, on: QuestionIndex) -> State {
    match own {
        // Out of the mean either way.
        State::NotAsked | State::NotApplicable => own,
        _ => State::Open { hangs_on: Some(on) },
    }
}

/// The questions of a requirement as they count in it.
pub(super) fn items(
    requirement: &Requirement,
    applies: Applies,
    settled: &Settled,
    assessment: &Assessment,
) -> Vec<Item> {
    let state = |asked: &Asked| match applies {
        Applies::No | Applies::Void => State::NotAsked,
        Applies::Undecided(on) => undecided(settled.own[asked.question], on),
        Applies::Yes => settled.own[asked.question],
    };
    requirement.asked_by.iter().map(|asked| item(asked, state(asked), assessment)).collect()
}

/// A question, or one option of it, as it counts in the state that it has.
pub(super) fn item(asked: &Asked, state: State, assessment: &Assessment) -> Item {
    let answer = assessment.answer(asked.question);
    let kind = &assessment.questionnaire.questions[asked.question].kind;
    let score = match (&answer.claim, state) {
        (Claim::Value(value), State::Answered) => Some(match asked.option {
            Some(option) => ticked(value, option),
            None => of_value(kind, value),
        }),
        (_, State::Unknown) => Some(Score::ZERO),
        _ => None,
    };
    let evidenced = state == State::Answered && !answer.evidence.is_empty();
    let (question, option, weight) = (asked.question, asked.option, asked.weight);
    Item { question, option, weight, state, score, evidenced }
}

/// The score of an answer.
///
/// - Unit and range: basis points, 0 ..= 10 000.
/// - Source: method edition 1, section 1.
pub fn of_value(kind: &Kind, value: &Value) -> Score {
    match (kind, value) {
        (Kind::YesNo { yes, no }, Value::YesNo(said)) => *if *said { yes } else { no },
        (Kind::Number { bands, .. }, Value::Number(number)) => {
            let holds = |band: &&(Option<u32>, Score)| band.0.is_none_or(|up_to| *number <= up_to);
            bands.iter().find(holds).map_or(Score::ZERO, |(_, score)| *score)
        }
        (_, Value::Level(at) | Value::Option(at)) => kind.choices()[*at].score,
        (_, Value::Options(ticked)) => {
            let sum =
                ticked.iter().map(|at| u64::from(kind.choices()[*at].score.basis_points())).sum();
            Score::saturating(sum)
        }
        // An answer is only ever built for the type of its question.
        (_, Value::YesNo(_) | Value::Number(_)) => Score::ZERO,
    }
}

/// The score of one option of a checklist: everything where it is ticked, else nothing.
fn ticked(value: &Value, option: usize) -> Score {
    match value {
        Value::Options(ticked) if ticked.contains(&option) => Score::FULL,
        _ => Score::ZERO,
    }
}

/// Whether a condition holds, given the profile and the questions settled so far.
fn applies(condition: Option<&Condition>, states: &[State], assessment: &Assessment) -> Applies {
    let Some(condition) = condition else { return Applies::Yes };
    let each = |part: &Condition| applies(Some(part), states, assessment);
    match condition {
        Condition::All(parts) => parts.iter().map(each).fold(Applies::Yes, both),
        Condition::Any(parts) => parts.iter().map(each).fold(Applies::No, either),
        Condition::Not(part) => opposite(each(part)),
        Condition::Fact { fact, among } => match assessment.answers.profile.get(fact) {
            None => Applies::Void,
            Some(stated) if stated.iter().any(|value| among.contains(value)) => Applies::Yes,
            Some(_) => Applies::No,
        },
        Condition::Answer { question, test } => match assessment.questionnaire.question(question) {
            None => Applies::Void,
            Some(at) => test_answer(at, test, states, assessment),
        },
    }
}

fn opposite(applies: Applies) -> Applies {
    match applies {
        Applies::Yes => Applies::No,
        Applies::No => Applies::Yes,
        Applies::Undecided(_) | Applies::Void => applies,
    }
}

/// `all`: not met if one is void, whatever the others come to be, so that no answer to them can
/// bring it about under a `not`.
fn both(a: Applies, b: Applies) -> Applies {
    match (a, b) {
        (Applies::Void, _) | (_, Applies::Void) => Applies::Void,
        (Applies::No, _) | (_, Applies::No) => Applies::No,
        (Applies::Undecided(on), _) | (_, Applies::Undecided(on)) => Applies::Undecided(on),
        (Applies::Yes, Applies::Yes) => Applies::Yes,
    }
}

/// `any`: met if one is; an open answer may still meet it, where a void cannot.
fn either(a: Applies, b: Applies) -> Applies {
    match (a, b) {
        (Applies::Yes, _) | (_, Applies::Yes) => Applies::Yes,
        (Applies::Undecided(on), _) | (_, Applies::Undecided(on)) => Applies::Undecided(on),
        (Applies::Void, _) | (_, Applies::Void) => Applies::Void,
        (Applies::No, Applies::No) => Applies::No,
    }
}

fn test_answer(
    at: QuestionIndex,
    test: &AnswerTest,
    states: &[State],
    assessment: &Assessment,
) -> Applies {
    let holds = |yes: bool| if yes { Applies::Yes } else { Applies::No };
    match (states[at], test, &assessment.answer(at).claim) {
        (State::Open { .. }, ..) => Applies::Undecided(at),
        (State::Unknown, AnswerTest::Is(among), _)
            if among.iter().any(|word| word == "unknown") =>
        {
            Applies::Yes
        }
        (State::Answered, AnswerTest::AtLeastLevel(level), Claim::Value(Value::Level(given))) => {
            holds(*given >= *level as usize)
        }
        (State::Answered, AnswerTest::Is(among), Claim::Value(value)) => {
            let said = assessment.questionnaire.questions[at].kind.said(value);
            holds(said.iter().any(|word| among.contains(word)))
        }
        _ => Applies::Void,
    }
}

/// What a question scores now: 0 where it is open or unknown.
pub fn current(question: &Question, claim: &Claim) -> Score {
    match claim {
        Claim::Value(value) => of_value(&question.kind, value),
        Claim::Open | Claim::Unknown | Claim::NotApplicable(_) => Score::ZERO,
    }
}
