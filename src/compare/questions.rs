//! Which questions are answered or asked otherwise, and at which stage that came about.

use super::data::{QuestionChange, Said};
use super::stages::{STAGES, Stage};
use crate::model::{Answer, Claim, Kind, Question, QuestionId, Value};
use crate::result::AssessmentResult;
use crate::score::State;
use crate::score::question::current;
use crate::source::one_line;

/// What a stage is the first to have, by its place.
const CAUSES: [&str; STAGES] = ["edition", "edition", "profile", "answers", "evidence"];

/// A question at one stage.
type At<'a> = Option<(&'a Question, &'a Answer, State)>;

/// All questions that changed: those of the later edition in its order, then those that it no longer has.
pub(super) fn changed(stages: &[Stage; STAGES]) -> Vec<QuestionChange> {
    let [first, .., last] = stages;
    let later = &last.assessment.questionnaire;
    let earlier = first.assessment.questionnaire.questions.iter();
    let gone = earlier.filter(|each| later.question(&each.id).is_none());
    let ids = later.questions.iter().chain(gone).map(|each| &each.id);
    ids.filter_map(|id| one(id, stages)).collect()
}

fn one(id: &QuestionId, stages: &[Stage; STAGES]) -> Option<QuestionChange> {
    let through = stages.each_ref().map(|stage| stage.question(id));
    let (change, cause) = change(&through)?;
    let [first, .., last] = through;
    let (question, ..) = last.or(first)?;
    let in_words = |at: At<'_>| at.map(|(question, answer, state)| said(question, answer, state));
    let [before, .., after] = stages;
    let mut requirements = asking(&after.result, id.as_str());
    let of_before = asking(&before.result, id.as_str());
    let more: Vec<_> = of_before.into_iter().filter(|each| !requirements.contains(each)).collect();
    requirements.extend(more);
    Some(QuestionChange {
        id: id.to_string(),
        ask: question.ask.clone(),
        change: change.to_owned(),
        cause: cause.to_owned(),
        before: in_words(first),
        after: in_words(last),
        requirements,
    })
}

/// The requirements that ask a question.
fn asking(result: &AssessmentResult, id: &str) -> Vec<String> {
    let all = result.domains.iter().flat_map(|domain| &domain.requirements);
    let asks = all.filter(|each| each.questions.iter().any(|question| question.id == id));
    asks.map(|each| each.id.clone()).collect()
}

/// What changed and at which stage, in the words of a comparison; `None` where nothing did.
fn change(through: &[At<'_>; STAGES]) -> Option<(&'static str, &'static str)> {
    let is_asked = |at: &At<'_>| at.is_some_and(|(.., state)| state != State::NotAsked);
    let [first, carried, .., last] = through;
    let (before, after) = (is_asked(first), is_asked(last));
    if before != after {
        let word = match (first, last) {
            (None, _) => "added",
            (_, None) => "dropped",
            _ if after => "newly-asked",
            _ => "no-longer-asked",
        };
        let settled = (1..STAGES).rev().find(|at| is_asked(&through[at - 1]) != after);
        return Some((word, CAUSES[settled.unwrap_or(1)]));
    }
    let ((of_before, was, state_before), (of_after, is, state_after)) = first.zip(*last)?;
    if !after {
        return None;
    }
    let same_claim = claimed(of_before, &was.claim) == claimed(of_after, &is.claim);
    let said_later = carried
        .is_some_and(|(of, then, _)| claimed(of, &then.claim) != claimed(of_after, &is.claim));
    let cause = if said_later { "answers" } else { "edition" };
    let is_open = |state| matches!(state, State::Open { .. });
    let applies = |state| state != State::NotApplicable;
    if applies(state_before) != applies(state_after) {
        let word = if applies(state_after) { "applicable" } else { "not-applicable" };
        return Some((word, cause));
    }
    if is_open(state_before) != is_open(state_after) {
        let settled = (1..STAGES).rev().find(|at| {
            through[at - 1].is_some_and(|(.., state)| is_open(state)) == is_open(state_before)
        });
        let word = if is_open(state_after) { "reopened" } else { "answered" };
        return Some((word, CAUSES[settled.unwrap_or(1)]));
    }
    if !applies(state_after) || is_open(state_after) {
        return None;
    }
    if !same_claim {
        return Some(("answer", cause));
    }
    if current(of_before, &was.claim) != current(of_after, &is.claim) {
        return Some(("rescored", "edition"));
    }
    (was.evidence.is_empty() != is.evidence.is_empty()).then_some(("evidence", "evidence"))
}

/// What is claimed, so that claims to two editions of a question can be compared.
fn claimed(question: &Question, claim: &Claim) -> Vec<String> {
    match claim {
        Claim::Open => Vec::new(),
        Claim::Unknown => vec!["unknown".to_owned()],
        Claim::NotApplicable(_) => vec!["not-applicable".to_owned()],
        Claim::Value(value) => question.kind.said(value),
    }
}

/// What is said of a question.
fn said(question: &Question, answer: &Answer, state: State) -> Said {
    let counts = matches!(state, State::Answered | State::Unknown);
    let (short, text) = match (state, &answer.claim) {
        (State::NotAsked | State::Open { .. }, _) | (_, Claim::Open) => (None, None),
        (_, Claim::Unknown) => (Some("don't know".to_owned()), None),
        (_, Claim::NotApplicable(reason)) => {
            (Some("not applicable".to_owned()), Some(one_line(reason)))
        }
        (_, Claim::Value(value)) => (Some(short(&question.kind, value)), text(question, value)),
    };
    Said {
        state: state.word().to_owned(),
        answer: short,
        text,
        score: counts.then(|| current(question, &answer.claim)),
        evidence: answer.evidence.len(),
    }
}

/// A value in short: `level 2`, `yes`, `12 percent`, the ids of options.
fn short(kind: &Kind, value: &Value) -> String {
    let said = kind.said(value).join(", ");
    match kind {
        Kind::Maturity(_) => format!("level {said}"),
        Kind::Number { unit: Some(unit), .. } => format!("{said} {unit}"),
        _ => said,
    }
}

/// What a value says; `None` where the short form says it all.
fn text(question: &Question, value: &Value) -> Option<String> {
    let text = |at: &usize| question.kind.choices()[*at].text.as_str();
    match value {
        Value::Level(at) | Value::Option(at) => Some(text(at).to_owned()),
        Value::Options(ticked) => Some(ticked.iter().map(text).collect::<Vec<_>>().join("; ")),
        Value::YesNo(_) | Value::Number(_) => None,
    }
}
