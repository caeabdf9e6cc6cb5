//! The rules of steps: what they lead to, what they cost, and what comes before them.

use super::order::{After, Circle, in_order};
use super::{Vocabulary, id, slug, text};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest, one_of};
use crate::model::{Facts, Kind, QuestionId, Step, Value};
use crate::raw::bank::{RawBank, RawQuestion, RawStep};
use crate::raw::{Text, Whole, whole};
use crate::source::Span;
use std::collections::BTreeSet;

/// B114: the steps of a question, no two to the same answer. Without a `kind` that can be relied on
/// it is not known what they lead to.
pub(super) fn steps(
    raw: &RawQuestion,
    kind: Option<&Kind>,
    words: &Vocabulary<'_>,
    out: &mut Diagnostics,
) -> Vec<Step> {
    let mut goals: Vec<(Value, Span)> = Vec::new();
    let mut steps = Vec::new();
    for raw in raw.steps.iter().flat_map(|list| &list.items) {
        let to = raw.to.as_ref().zip(kind);
        let goal = to.and_then(|(to, kind)| Some((goal(to, kind, out)?, to)));
        steps.extend(step(raw, goal.clone().map(|(goal, _)| goal), words, out));
        let Some((goal, to)) = goal else { continue };
        if let Some((_, first)) = goals.iter().find(|(other, _)| *other == goal) {
            let message = format!("two steps lead to `{}`", to.value);
            let fault = Diagnostic::error(Code::B114, message, to.span).label("again here");
            out.push(fault.related(*first, "first here").help("join them into one"));
        } else {
            goals.push((goal, to.span));
        }
    }
    steps
}

/// B110: a step leads to an answer of the question that can be worked towards.
fn goal(to: &Text, kind: &Kind, out: &mut Diagnostics) -> Option<Value> {
    let word = to.value.as_str();
    let start = match kind {
        Kind::Maturity(_) => Some(0),
        Kind::Checklist { exclusive, .. } => Some(*exclusive),
        _ => None,
    };
    let place = kind.choices().iter().position(|choice| choice.id == word);
    let goal = match kind {
        _ if place.is_some() && place == start => None,
        Kind::Maturity(_) => place.map(Value::Level),
        Kind::Choice(_) => place.map(Value::Option),
        Kind::Checklist { .. } => place.map(|at| Value::Options(vec![at])),
        Kind::YesNo { .. } if word == "yes" || word == "no" => Some(Value::YesNo(word == "yes")),
        Kind::YesNo { .. } => None,
        Kind::Number { .. } => whole(word).map(Value::Number),
    };
    if goal.is_none() {
        let message = match kind {
            Kind::Maturity(_) if place == start => "no step leads to level 0".to_owned(),
            Kind::Checklist { .. } if place == start => {
                format!("no step leads to `{word}`, which means none of these")
            }
            Kind::Number { .. } => format!("the step leads to `{word}`, which is no number"),
            _ => format!("the step leads to `{word}`, which the question does not have"),
        };
        let start = start.map(|at| kind.choices()[at].id.as_str());
        let goals = kind.tokens().into_iter().filter(|id| Some(*id) != start);
        let help = one_of(word, goals).unwrap_or("write a whole number in digits".to_owned());
        out.push(Diagnostic::error(Code::B110, message, to.span).help(help));
    }
    goal
}

fn step(
    raw: &RawStep,
    goal: Option<Value>,
    words: &Vocabulary<'_>,
    out: &mut Diagnostics,
) -> Option<Step> {
    aid_is_known(raw, words.aids, out);
    let entries = raw.effort.iter().flat_map(|effort| &effort.entries);
    let effort = entries.map(|(size, halves)| half_days(size, halves, words.facts, out));
    let effort: Vec<_> = effort.collect();
    let after = raw.after.iter().flat_map(|list| &list.items);
    let after = after.filter_map(|text| id(text, QuestionId::new, out)).collect();
    raw.effort.as_ref()?;
    Some(Step {
        to: goal?,
        action: text(&raw.action)?,
        effort: effort.into_iter().collect::<Option<_>>()?,
        after,
        aid: text(&raw.aid),
    })
}

/// B115: a step names a fill-in page that is built in.
fn aid_is_known(raw: &RawStep, aids: &[&str], out: &mut Diagnostics) {
    let Some(aid) = raw.aid.as_ref().filter(|aid| !aids.contains(&aid.value.as_str())) else {
        return;
    };
    let message = format!("there is no built-in fill-in page `{}`", aid.value);
    let known: Vec<_> = aids.iter().map(|aid| format!("`{aid}`")).collect();
    let all = format!("the pages are {}", known.join(", "));
    let near = nearest(&aid.value, aids.iter().copied());
    let help = near.map_or(all.clone(), |near| format!("did you mean `{near}`? {all}"));
    out.push(Diagnostic::error(Code::B115, message, aid.span).help(help));
}

/// Y018, Y019: effort is 1 to 1000 half-days for a size that an organisation can have.
fn half_days(
    size: &Text,
    halves: &Whole,
    facts: &Facts,
    out: &mut Diagnostics,
) -> Option<(String, u32)> {
    let in_range = (1..=1000).contains(&halves.value);
    if !in_range {
        let message = format!("effort is 1 to 1000 half-days, found {}", halves.value);
        let fault = Diagnostic::error(Code::Y018, message, halves.span);
        out.push(fault.help("give half-days of work: 2 are one day, 10 a week"));
    }
    let sizes = facts.get(crate::model::Facts::SIZE).map(|fact| fact.values()).unwrap_or_default();
    if sizes.is_empty() {
        return slug(size, out).filter(|_| in_range).map(|size| (size, halves.value));
    }
    if !sizes.contains(&size.value.as_str()) {
        let message = format!("`{}` is no size of an organisation", size.value);
        let fault = Diagnostic::error(Code::Y019, message, size.span);
        out.push(fault.maybe_help(one_of(&size.value, sizes)));
        return None;
    }
    in_range.then(|| (size.value.clone(), halves.value))
}

/// B111, B112: the questions that steps of these banks wait for exist, and none waits for itself.
/// `exists` says whether any bank has a question that is not in `banks` or `others`.
pub(super) fn can_be_ordered(
    banks: &[&RawBank],
    others: &[&RawBank],
    exists: &mut dyn FnMut(&str) -> bool,
    out: &mut Diagnostics,
) {
    let all = || banks.iter().chain(others);
    let ids: BTreeSet<_> = all().flat_map(|bank| bank.ids()).map(|id| id.value.as_str()).collect();
    for after in banks.iter().flat_map(|bank| bank.questions()).flat_map(RawQuestion::waits_for) {
        if !ids.contains(after.value.as_str()) && !exists(&after.value) {
            let message = format!("the step waits for `{}`, which no bank has", after.value);
            let fault = Diagnostic::error(Code::B111, message, after.span);
            out.push(fault.maybe_help(one_of(&after.value, ids.iter().copied())));
        }
    }
    let afters: Vec<_> = all().flat_map(|bank| bank.questions()).flat_map(afters).collect();
    let ids: Vec<_> = ids.into_iter().collect();
    for circle in in_order(&ids, &afters).circles {
        let own =
            circle.places.iter().find(|at| banks.iter().any(|bank| bank.span.source == at.source));
        if let Some(at) = own {
            out.push(in_a_circle(&circle, *at));
        }
    }
}

fn afters(question: &RawQuestion) -> impl Iterator<Item = After<'_>> {
    let name = question.id.as_ref().map_or("", |id| id.value.as_str());
    question.waits_for().map(move |other| After { name, other: &other.value, at: other.span })
}

fn in_a_circle(circle: &Circle<'_>, at: Span) -> Diagnostic {
    let message = match circle.names.as_slice() {
        [only] => format!("a step of `{only}` waits for `{only}` itself"),
        [one, other] => format!("steps of `{one}` and `{other}` wait for each other"),
        _ => format!("steps wait for each other in a circle: {}", circle.listed()),
    };
    let help =
        if circle.names.len() == 1 { "drop this `after`" } else { "drop one of these `after`" };
    let fault = Diagnostic::error(Code::B112, message, at).help(help);
    let others = circle.places.iter().filter(|other| **other != at);
    others.fold(fault, |fault, other| fault.related(*other, "waits here, too"))
}
