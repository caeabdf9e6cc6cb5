//! The rules of conditions: names resolve, tests are possible, nothing contradicts itself.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, one_of};
use crate::model::{AnswerTest, Condition, Fact, FactKind, Facts, Kind, Question, QuestionId};
use crate::raw::Text;
use crate::raw::condition::{RawCondition, RawPart};
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet};

/// The condition of a file; facts and values are checked, questions later, when all are known.
pub(super) fn condition(
    raw: &RawCondition,
    facts: &Facts,
    out: &mut Diagnostics,
) -> Option<Condition> {
    let parts: Vec<_> = raw.parts.iter().map(|each| part(each, facts, out)).collect();
    let parts: Vec<_> = parts.into_iter().collect::<Option<_>>()?;
    let whole = match <[Condition; 1]>::try_from(parts) {
        Ok([only]) => only,
        Err(several) => Condition::All(several),
    };
    is_possible(&whole, raw.span, facts, out);
    Some(whole)
}

fn part(raw: &RawPart, facts: &Facts, out: &mut Diagnostics) -> Option<Condition> {
    let list = |items: &[RawCondition], out: &mut Diagnostics| -> Option<Vec<_>> {
        let parts: Vec<_> = items.iter().map(|each| condition(each, facts, out)).collect();
        parts.into_iter().collect()
    };
    Some(match raw {
        RawPart::All(items) => {
            is_not_empty(items.span, items.items.len(), out)?;
            Condition::All(list(&items.items, out)?)
        }
        RawPart::Any(items) => {
            is_not_empty(items.span, items.items.len(), out)?;
            Condition::Any(list(&items.items, out)?)
        }
        RawPart::Not(inner) => Condition::Not(Box::new(condition(inner, facts, out)?)),
        RawPart::Fact(name, values) => {
            is_not_empty(values.span, values.items.len(), out)?;
            let fact = known_fact(name, facts, out)?;
            let known = values.items.iter().map(|value| known_value(fact, value, out));
            let among: Vec<_> = known.collect();
            Condition::Fact {
                fact: name.value.clone(),
                among: among.into_iter().collect::<Option<_>>()?,
            }
        }
        RawPart::AtLeastLevel(question, level) => Condition::Answer {
            question: super::id(question, QuestionId::new, out)?,
            test: AnswerTest::AtLeastLevel(level.value),
        },
        RawPart::Is(question, values) => {
            is_not_empty(values.span, values.items.len(), out)?;
            let among = values.items.iter().map(|value| value.value.clone()).collect();
            Condition::Answer {
                question: super::id(question, QuestionId::new, out)?,
                test: AnswerTest::Is(among),
            }
        }
    })
}

/// Y025: a list of a condition is not empty.
fn is_not_empty(span: Span, count: usize, out: &mut Diagnostics) -> Option<()> {
    if count > 0 {
        return Some(());
    }
    let fault = Diagnostic::error(Code::Y025, "the list is empty, so nothing could meet it", span);
    out.push(fault.help("name at least one value, or delete the condition"));
    None
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

/// Q116, Q119, Q120: the questions that a condition hangs on exist, are asked, and can be answered
/// so. `asked` are the questions of the questionnaire, `exists` says whether any bank has one.
pub fn answer_tests_fit(
    raw: &RawCondition,
    asked: &BTreeMap<&str, &Question>,
    exists: &mut dyn FnMut(&str) -> bool,
    out: &mut Diagnostics,
) {
    for part in &raw.parts {
        let (name, tests): (&Text, Vec<(String, Span)>) = match part {
            RawPart::All(list) | RawPart::Any(list) => {
                list.items.iter().for_each(|each| answer_tests_fit(each, asked, exists, out));
                continue;
            }
            RawPart::Not(inner) => {
                answer_tests_fit(inner, asked, exists, out);
                continue;
            }
            RawPart::Fact(..) => continue,
            RawPart::AtLeastLevel(name, level) => {
                (name, vec![(level.value.to_string(), level.span)])
            }
            RawPart::Is(name, values) => {
                (name, values.items.iter().map(|value| (value.value.clone(), value.span)).collect())
            }
        };
        let Some(question) = asked.get(name.value.as_str()) else {
            let ids = asked.keys().copied();
            out.push(if exists(&name.value) {
                let message =
                    format!("the condition hangs on `{}`, which is not asked", name.value);
                Diagnostic::error(Code::Q119, message, name.span)
                    .help("let a requirement ask it, or drop the condition")
            } else {
                let message = format!("there is no question `{}`", name.value);
                Diagnostic::error(Code::Q116, message, name.span)
                    .maybe_help(one_of(&name.value, ids))
            });
            continue;
        };
        let levels = matches!(part, RawPart::AtLeastLevel(..));
        for (value, span) in tests {
            test_is_possible(question, &value, levels, span, out);
        }
    }
}

/// Q120: the question can be answered like that.
fn test_is_possible(
    question: &Question,
    value: &str,
    level: bool,
    span: Span,
    out: &mut Diagnostics,
) {
    let mut tokens = question.kind.tokens();
    let fits = if level { matches!(question.kind, Kind::Maturity(_)) } else { true };
    if !level {
        tokens.push("unknown");
    }
    if !fits || !tokens.contains(&value) {
        let message = if fits {
            format!("`{}` cannot be answered with `{value}`", question.id)
        } else {
            format!("`{}` has no levels; it is of type {}", question.id, question.kind.word())
        };
        out.push(Diagnostic::error(Code::Q120, message, span).maybe_help(one_of(value, tokens)));
    }
}

/// Q118: some profile and answers meet the condition.
pub(super) fn is_possible(condition: &Condition, span: Span, facts: &Facts, out: &mut Diagnostics) {
    let Some(ways) = ways(condition, true) else { return };
    if !ways.iter().any(|way| way.iter().all(|(_, literal)| literal.is_consistent(way, facts))) {
        let fault = Diagnostic::error(Code::Q118, "the condition can never hold", span);
        out.push(fault.help("look for a fact that would have to have two values at once"));
    }
}

/// How many ways to meet a condition are looked at. Real ones have under ten; beyond, it is not
/// decided whether a condition contradicts itself, which costs a warning and no wrong score.
const MOST_WAYS: usize = 4096;

type Way<'a> = Vec<(&'a str, Literal<'a>)>;

/// One test, or its negation, of a fact or of a question that is answered with one value.
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
    /// Whether the other tests of the same fact leave it a value.
    fn is_consistent(&self, way: &Way<'_>, facts: &Facts) -> bool {
        if !self.holds {
            return true;
        }
        let single = !self.fact
            || facts
                .get(self.name)
                .is_none_or(|fact| matches!(fact.kind, FactKind::One | FactKind::YesNo));
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
}
