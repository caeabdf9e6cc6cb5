//! The rules of conditions: names resolve, tests are possible, nothing contradicts itself.

use super::order::{After, Order, in_order};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, one_of};
use crate::model::{AnswerTest, Condition, Fact, FactKind, Facts, Kind, Question, QuestionId};
use crate::raw::bank::RawBank;
use crate::raw::condition::{RawCondition, RawPart};
use crate::raw::{List, Text};
use crate::source::{SourceId, Span};
use std::collections::{BTreeMap, BTreeSet};

/// What conditions may name.
pub(super) struct Known<'a> {
    pub(super) facts: &'a Facts,
    /// The questions that can be relied on.
    pub(super) questions: BTreeMap<&'a str, &'a Question>,
    /// The ids of all questions that are asked, faulty ones included; `None` where any may be.
    pub(super) asked: Option<BTreeSet<&'a str>>,
}

/// The condition of a file; facts and values are checked, questions later, when all are known.
pub(super) fn condition(
    raw: &RawCondition,
    facts: &Facts,
    out: &mut Diagnostics,
) -> Option<Condition> {
    let parts: Vec<_> = raw.parts.iter().map(|each| part(each, facts, out)).collect();
    let parts: Vec<_> = parts.into_iter().collect::<Option<_>>()?;
    Some(match <[Condition; 1]>::try_from(parts) {
        Ok([only]) => only,
        Err(several) => Condition::All(several),
    })
}

fn part(raw: &RawPart, facts: &Facts, out: &mut Diagnostics) -> Option<Condition> {
    match raw {
        RawPart::All(list) => conditions(list, facts, out).map(Condition::All),
        RawPart::Any(list) => conditions(list, facts, out).map(Condition::Any),
        RawPart::Not(inner) => {
            condition(inner, facts, out).map(|inner| Condition::Not(Box::new(inner)))
        }
        RawPart::Fact(name, values) => fact(name, values, facts, out),
        RawPart::AtLeastLevel(question, level) => Some(Condition::Answer {
            question: super::id(question, QuestionId::new, out)?,
            test: AnswerTest::AtLeastLevel(level.value),
        }),
        RawPart::Is(question, values) => {
            let question = super::id(question, QuestionId::new, out);
            let filled = is_not_empty(values, out);
            let among = values.items.iter().map(|value| value.value.clone()).collect();
            filled.then_some(Condition::Answer { question: question?, test: AnswerTest::Is(among) })
        }
    }
}

fn conditions(
    list: &List<RawCondition>,
    facts: &Facts,
    out: &mut Diagnostics,
) -> Option<Vec<Condition>> {
    let parts: Vec<_> = list.items.iter().map(|each| condition(each, facts, out)).collect();
    if is_not_empty(list, out) { parts.into_iter().collect() } else { None }
}

fn fact(
    name: &Text,
    values: &List<Text>,
    facts: &Facts,
    out: &mut Diagnostics,
) -> Option<Condition> {
    let filled = is_not_empty(values, out);
    let fact = known_fact(name, facts, out)?;
    let among: Vec<_> = values.items.iter().map(|value| known_value(fact, value, out)).collect();
    let among = among.into_iter().collect::<Option<_>>()?;
    filled.then(|| Condition::Fact { fact: name.value.clone(), among })
}

/// Y025: a list of a condition is not empty.
pub(super) fn is_not_empty<T>(list: &List<T>, out: &mut Diagnostics) -> bool {
    if list.written == 0 {
        let message = "the list is empty, so nothing could meet it";
        let fault = Diagnostic::error(Code::Y025, message, list.span);
        out.push(fault.help("name at least one value, or delete the condition"));
    }
    list.written > 0
}

/// Q114: a condition names a fact that can be stated.
fn known_fact<'a>(name: &Text, facts: &'a Facts, out: &mut Diagnostics) -> Option<&'a Fact> {
    let found = facts.get(&name.value);
    if found.is_none() {
        let message = format!("there is no fact `{}`", name.value);
        let fault = Diagnostic::error(Code::Q114, message, name.span);
        out.push(fault.maybe_help(one_of(&name.value, facts.ids())));
    }
    found
}

/// Q115: a condition names values that the fact has.
fn known_value(fact: &Fact, value: &Text, out: &mut Diagnostics) -> Option<String> {
    if fact.allows(&value.value) {
        return Some(value.value.clone());
    }
    let message = format!("fact `{}` has no value `{}`", fact.id, value.value);
    let fault = Diagnostic::error(Code::Q115, message, value.span);
    out.push(fault.maybe_help(one_of(&value.value, fact.values())));
    None
}

/// Q116, Q118, Q119, Q120: a condition can be decided and met. `exists` says whether any bank has a
/// question.
pub(super) fn is_sound(
    raw: &RawCondition,
    known: &Known<'_>,
    exists: &mut dyn FnMut(&str) -> bool,
    out: &mut Diagnostics,
) {
    answer_tests_fit(raw, known, exists, out);
    let whole = condition(raw, known.facts, &mut Diagnostics::default());
    if whole.is_some_and(|whole| !can_hold(&whole, known)) {
        let fault = Diagnostic::error(Code::Q118, "the condition can never hold", raw.span);
        out.push(fault.help("look for a fact or answer that would have to be two things at once"));
    }
}

/// Q116, Q119, Q120: the questions that a condition hangs on exist, are asked, and can be answered
/// so.
fn answer_tests_fit(
    raw: &RawCondition,
    known: &Known<'_>,
    exists: &mut dyn FnMut(&str) -> bool,
    out: &mut Diagnostics,
) {
    for part in &raw.parts {
        match part {
            RawPart::All(list) | RawPart::Any(list) => {
                list.items.iter().for_each(|each| answer_tests_fit(each, known, exists, out));
            }
            RawPart::Not(inner) => answer_tests_fit(inner, known, exists, out),
            RawPart::Fact(..) => {}
            RawPart::AtLeastLevel(name, level) => {
                if let Some(question) = known_question(name, known, exists, out) {
                    level_is_possible(question, level.value, level.span, out);
                }
            }
            RawPart::Is(name, values) => {
                if let Some(question) = known_question(name, known, exists, out) {
                    values.items.iter().for_each(|value| answer_is_possible(question, value, out));
                }
            }
        }
    }
}

/// Q116, Q119: the question that a condition hangs on exists and is asked.
fn known_question<'a>(
    name: &Text,
    known: &Known<'a>,
    exists: &mut dyn FnMut(&str) -> bool,
    out: &mut Diagnostics,
) -> Option<&'a Question> {
    let id = name.value.as_str();
    let question = known.questions.get(id).copied();
    let is_asked = known.asked.as_ref().map(|asked| asked.contains(id));
    // Of a question that is asked and cannot be relied on, all is said where it is asked.
    if is_asked == Some(true) || is_asked.is_none() && question.is_some() {
        return question;
    }
    if question.is_none() && !exists(id) {
        let message = format!("there is no question `{id}`");
        let help = one_of(id, known.questions.keys().copied());
        out.push(Diagnostic::error(Code::Q116, message, name.span).maybe_help(help));
    } else if is_asked == Some(false) {
        let message = format!("the condition hangs on `{id}`, which is not asked");
        let fault = Diagnostic::error(Code::Q119, message, name.span);
        out.push(fault.help("let a requirement ask it, or drop the condition"));
    }
    None
}

/// Q120: the question has that level.
fn level_is_possible(question: &Question, level: u32, at: Span, out: &mut Diagnostics) {
    let id = &question.id;
    let Kind::Maturity(levels) = &question.kind else {
        let message = format!("`{id}` has no levels; it is of type {}", question.kind.word());
        let fault = Diagnostic::error(Code::Q120, message, at);
        out.push(fault.help(format!("write `{{answer: {id}, is: […]}}`")));
        return;
    };
    if level as usize >= levels.len() {
        let message = format!("`{id}` has no level {level}");
        let help = format!("its levels are 0 to {}", levels.len() - 1);
        out.push(Diagnostic::error(Code::Q120, message, at).help(help));
    }
}

/// Q120: the question can be answered like that.
fn answer_is_possible(question: &Question, value: &Text, out: &mut Diagnostics) {
    let (id, word) = (&question.id, value.value.as_str());
    let mut tokens = question.kind.tokens();
    tokens.push("unknown");
    if tokens.contains(&word) {
        return;
    }
    out.push(if let Kind::Number { .. } = question.kind {
        let message = format!("`{id}` is answered with a number, which cannot be tested");
        Diagnostic::error(Code::Q120, message, value.span)
            .help("test for `unknown`, or make it a choice")
    } else {
        let message = format!("`{id}` cannot be answered with `{word}`");
        Diagnostic::error(Code::Q120, message, value.span).maybe_help(one_of(word, tokens))
    });
}

/// Each question that the condition of a bank's question hangs on.
pub(super) fn own_conditions(bank: &RawBank) -> impl Iterator<Item = After<'_>> {
    let conditions = bank.questions().filter_map(|each| Some((each, each.applies_when.as_ref()?)));
    conditions.flat_map(|(question, condition)| {
        let name = question.id.as_ref().map_or("", |id| id.value.as_str());
        let at = condition.span;
        condition.questions().into_iter().map(move |other| After { name, other: &other.value, at })
    })
}

/// Q117: the questions in an order in which each comes after those that its condition hangs on.
/// A circle is shown in the first of the `sources` that it has a place in.
pub(super) fn can_be_decided<'a>(
    questions: &[&'a str],
    hangs_on: &[After<'a>],
    sources: &[SourceId],
    out: &mut Diagnostics,
) -> Option<Vec<usize>> {
    let Order { order, circles } = in_order(questions, hangs_on);
    for circle in &circles {
        let Some(at) = circle.place_in(sources) else { continue };
        let (message, help) = if circle.names.len() == 1 {
            (
                format!("whether {} is asked hangs on its own answer", circle.listed()),
                "drop the test",
            )
        } else {
            let message = format!("conditions hang on each other: {}", circle.listed());
            (message, "drop one of them, so that one question can be asked first")
        };
        out.push(Diagnostic::error(Code::Q117, message, at).help(help));
    }
    circles.is_empty().then_some(order)
}

/// Whether some profile and answers meet the condition.
pub(super) fn can_hold(condition: &Condition, known: &Known<'_>) -> bool {
    let Some(ways) = ways(condition, true) else { return true };
    ways.iter().any(|way| way.iter().all(|(_, literal)| literal.is_consistent(way, known)))
}

/// How many ways to meet a condition are looked at. Real ones have under ten; beyond, a condition
/// that contradicts itself goes unseen, which costs a diagnostic and no wrong score.
const MOST_WAYS: usize = 4096;

type Way<'a> = Vec<(&'a str, Literal<'a>)>;

/// One test, or its negation, of a fact or of an answer.
#[derive(Clone, Copy)]
struct Literal<'a> {
    name: &'a str,
    fact: bool,
    among: &'a [String],
    holds: bool,
}

/// All ways to meet (or, negated, to miss) a condition: each a list of tests that hold together.
fn ways(condition: &Condition, holds: bool) -> Option<Vec<Way<'_>>> {
    match condition {
        Condition::Not(inner) => ways(inner, !holds),
        Condition::All(parts) if holds => product(parts, holds),
        Condition::Any(parts) if !holds => product(parts, holds),
        Condition::All(parts) | Condition::Any(parts) => {
            let each: Option<Vec<_>> = parts.iter().map(|part| ways(part, holds)).collect();
            Some(each?.concat()).filter(|all| all.len() <= MOST_WAYS)
        }
        Condition::Fact { fact, among } => {
            Some(vec![vec![(fact.as_str(), Literal { name: fact, fact: true, among, holds })]])
        }
        Condition::Answer { question, test: AnswerTest::Is(among) } => {
            let name = question.as_str();
            Some(vec![vec![(name, Literal { name, fact: false, among, holds })]])
        }
        Condition::Answer { .. } => Some(vec![Vec::new()]),
    }
}

fn product(parts: &[Condition], holds: bool) -> Option<Vec<Way<'_>>> {
    let mut all: Vec<Way<'_>> = vec![Vec::new()];
    for part in parts {
        let each = ways(part, holds)?;
        if all.len() * each.len() > MOST_WAYS {
            return None;
        }
        let pairs = all.iter().flat_map(|before| each.iter().map(move |way| (before, way)));
        all = pairs.map(|(before, way)| before.iter().chain(way).copied().collect()).collect();
    }
    Some(all)
}

impl Literal<'_> {
    /// Whether the other tests of the same fact or question leave it a value.
    fn is_consistent(&self, way: &Way<'_>, known: &Known<'_>) -> bool {
        if !self.holds {
            return true;
        }
        let single = self.has_one_value(known);
        let others = way.iter().filter(|(name, _)| *name == self.name).map(|(_, literal)| literal);
        let mut left: BTreeSet<&str> = self.among.iter().map(String::as_str).collect();
        for other in others {
            if other.holds && single {
                left.retain(|value| other.among.iter().any(|allowed| allowed == value));
            } else if !other.holds {
                left.retain(|value| other.among.iter().all(|refused| refused != value));
            }
        }
        !left.is_empty()
    }

    /// Whether the fact or question has one value at a time; of one that is not known it is not
    /// supposed.
    fn has_one_value(&self, known: &Known<'_>) -> bool {
        if self.fact {
            let fact = known.facts.get(self.name);
            fact.is_some_and(|fact| matches!(fact.kind, FactKind::One | FactKind::YesNo))
        } else {
            let question = known.questions.get(self.name);
            question.is_some_and(|question| !matches!(question.kind, Kind::Checklist { .. }))
        }
    }
}
