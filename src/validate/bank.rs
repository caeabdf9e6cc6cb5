//! `questions/1` and `glossary/1`: the rules of questions, levels, options, steps and terms.

use super::{conditions, id, is_first, score, slug, word};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, one_of};
use crate::digest::Digest;
use crate::model::{
    Bank, Choice, Facts, Glossary, Kind, Question, QuestionId, Score, Step, Term, Value,
};
use crate::raw::bank::{RawBand, RawBank, RawGlossary, RawOption, RawQuestion, RawStep};
use crate::raw::{List, Text, whole};
use crate::source::Span;
use std::collections::BTreeMap;

/// A bank with every question that can be relied on.
pub fn bank(
    raw: &RawBank,
    digest: Digest,
    facts: &Facts,
    glossary: &Glossary,
    out: &mut Diagnostics,
) -> Option<Bank> {
    let theme = slug(raw.theme.as_ref()?, out)?;
    let raws = raw.questions.iter().flat_map(|list| &list.items);
    let mut seen = BTreeMap::new();
    for id in raws.clone().filter_map(|question| question.id.as_ref()) {
        is_first(&mut seen, id, Code::B101, "question id", out);
    }
    let questions = raws.filter_map(|raw| question(raw, facts, glossary, out)).collect();
    Some(Bank { theme, title: raw.title.as_ref()?.value.clone(), questions, digest })
}

fn question(
    raw: &RawQuestion,
    facts: &Facts,
    glossary: &Glossary,
    out: &mut Diagnostics,
) -> Option<Question> {
    let texts = |list: &Option<List<Text>>| -> Vec<String> {
        list.iter().flat_map(|list| &list.items).map(|text| text.value.clone()).collect()
    };
    terms_are_explained(raw, glossary, out);
    let applies_when = match &raw.applies_when {
        Some(raw) => Some(conditions::condition(raw, facts, out)?),
        None => None,
    };
    let kind = kind(raw, out)?;
    let steps = steps(raw, &kind, out);
    Some(Question {
        id: id(raw.id.as_ref()?, QuestionId::new, out)?,
        ask: raw.ask.as_ref()?.value.clone(),
        why: raw.why.as_ref().map(|text| text.value.clone()),
        kind,
        essential: raw.essential.as_ref().is_some_and(|flag| flag.value),
        applies_when,
        evidence: texts(&raw.evidence),
        steps,
        terms: texts(&raw.terms),
    })
}

/// B113: each term that a question names has an entry.
fn terms_are_explained(raw: &RawQuestion, glossary: &Glossary, out: &mut Diagnostics) {
    for term in raw.terms.iter().flat_map(|list| &list.items) {
        if glossary.get(&term.value).is_none() {
            let message = format!("the glossary does not explain `{}`", term.value);
            let known = glossary.0.iter().map(|term| term.id.as_str());
            let fault = Diagnostic::error(Code::B113, message, term.span);
            out.push(fault.maybe_help(one_of(&term.value, known)));
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Type {
    Maturity,
    YesNo,
    Choice,
    Checklist,
    Number,
}

const TYPES: [(&str, Type); 5] = [
    ("maturity", Type::Maturity),
    ("yes-no", Type::YesNo),
    ("choice", Type::Choice),
    ("checklist", Type::Checklist),
    ("number", Type::Number),
];

fn kind(raw: &RawQuestion, out: &mut Diagnostics) -> Option<Kind> {
    let name = raw.kind.as_ref()?;
    let kind = word(name, &TYPES, out)?;
    keys_belong_to_the_type(raw, kind, out);
    let missing = |key: &str, out: &mut Diagnostics| {
        let message = format!("`{key}` is missing; a question of type {} needs it", name.value);
        out.push(Diagnostic::error(Code::Y015, message, name.span).help(format!("add `{key}:`")));
    };
    match kind {
        Type::Maturity if raw.levels.is_none() => missing("levels", out),
        Type::Choice | Type::Checklist if raw.options.is_none() => missing("options", out),
        Type::Number if raw.bands.is_none() => missing("bands", out),
        _ => {}
    }
    match kind {
        Type::Maturity => levels(raw, out).map(Kind::Maturity),
        Type::YesNo => yes_no(raw, out),
        Type::Choice => options(raw.options.as_ref()?, out).map(Kind::Choice),
        Type::Checklist => checklist(raw.options.as_ref()?, out),
        Type::Number => bands(raw.bands.as_ref()?, out).map(|bands| Kind::Number {
            unit: raw.unit.as_ref().map(|text| text.value.clone()),
            bands,
        }),
    }
}

/// B102: a key that shapes the answers belongs to the question's type.
fn keys_belong_to_the_type(raw: &RawQuestion, kind: Type, out: &mut Diagnostics) {
    let given: [(&str, Option<Span>, &[Type]); 5] = [
        ("levels", raw.levels.as_ref().map(|list| list.span), &[Type::Maturity]),
        ("options", raw.options.as_ref().map(|list| list.span), &[Type::Choice, Type::Checklist]),
        ("scores", raw.scores.as_ref().map(|scores| scores.span), &[Type::YesNo]),
        ("bands", raw.bands.as_ref().map(|list| list.span), &[Type::Number]),
        ("unit", raw.unit.as_ref().map(|text| text.span), &[Type::Number]),
    ];
    for (key, span, types) in given {
        if let Some(span) = span
            && !types.contains(&kind)
        {
            let message = format!("`{key}` belongs to another type of question");
            let fault = Diagnostic::error(Code::B102, message, span);
            out.push(fault.help(format!("delete `{key}`, or change the `type`")));
        }
    }
}

/// B103, B104, B105: at least two levels, all different, their scores never falling.
fn levels(raw: &RawQuestion, out: &mut Diagnostics) -> Option<Vec<Choice>> {
    let list = raw.levels.as_ref()?;
    if list.items.len() < 2 {
        let fault = Diagnostic::error(
            Code::B103,
            "a maturity question needs at least two levels",
            list.span,
        );
        out.push(fault.help("say what can be observed at each level, from level 0"));
        return None;
    }
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    let top = list.items.len() - 1;
    let mut choices: Vec<Choice> = Vec::new();
    for (at, level) in list.items.iter().enumerate() {
        let text = level.text.as_ref()?;
        if let Some(first) = seen.insert(text.value.to_lowercase(), text.span) {
            let fault = Diagnostic::error(Code::B104, "two levels say the same", text.span);
            out.push(
                fault
                    .related(first, "first here")
                    .help("say what can be observed at this level only"),
            );
        }
        let score = match &level.score {
            Some(own) => score(own, out)?,
            None => even(at, top),
        };
        if choices.last().is_some_and(|before| before.score > score) {
            let fault = Diagnostic::error(
                Code::B105,
                "the score falls below that of the level before",
                text.span,
            );
            out.push(fault.help("let scores rise from level to level"));
        }
        choices.push(Choice { id: at.to_string(), text: text.value.clone(), score });
    }
    Some(choices)
}

/// Level k of levels 0..n: `k * 10000 / n`, rounded half up. Source: method edition 1, section 1.
fn even(level: usize, top: usize) -> Score {
    Score::saturating(((2 * level * 10_000 + top) / (2 * top)) as u64)
}

fn yes_no(raw: &RawQuestion, out: &mut Diagnostics) -> Option<Kind> {
    let Some(scores) = &raw.scores else {
        return Some(Kind::YesNo { yes: Score::FULL, no: Score::ZERO });
    };
    let (yes, no) = (scores.yes.as_ref()?, scores.no.as_ref()?);
    Some(Kind::YesNo { yes: score(yes, out)?, no: score(no, out)? })
}

/// B106, B107: options have ids of their own.
fn options(list: &List<RawOption>, out: &mut Diagnostics) -> Option<Vec<Choice>> {
    let mut seen = BTreeMap::new();
    let mut choices = Vec::new();
    for option in &list.items {
        let (raw_id, text, raw_score) =
            (option.id.as_ref()?, option.text.as_ref()?, option.score.as_ref()?);
        is_first(&mut seen, raw_id, Code::B106, "option", out);
        if raw_id.value == "unknown" {
            let fault =
                Diagnostic::error(Code::B107, "an option cannot be called `unknown`", raw_id.span);
            out.push(fault.help("choose another id; `unknown` is the answer \"don't know\""));
        }
        choices.push(Choice {
            id: slug(raw_id, out)?,
            text: text.value.clone(),
            score: score(raw_score, out)?,
        });
    }
    if choices.len() < 2 {
        let fault = Diagnostic::error(Code::Y025, "at least two options are needed", list.span);
        out.push(fault.help("add an option"));
        return None;
    }
    Some(choices)
}

/// B108: a checklist has exactly one exclusive option.
fn checklist(list: &List<RawOption>, out: &mut Diagnostics) -> Option<Kind> {
    let is_exclusive =
        |option: &RawOption| option.exclusive.as_ref().is_some_and(|flag| flag.value);
    let marked: Vec<_> =
        (0..list.items.len()).filter(|at| is_exclusive(&list.items[*at])).collect();
    let [exclusive] = marked[..] else {
        let message = format!("a checklist has one exclusive option, found {}", marked.len());
        let fault = Diagnostic::error(Code::B108, message, list.span);
        out.push(
            fault.help("add `{id: none, text: \"None of these\", score: 0, exclusive: true}`"),
        );
        return None;
    };
    Some(Kind::Checklist { options: options(list, out)?, exclusive })
}

/// B109: bands rise and the last is open.
fn bands(list: &List<RawBand>, out: &mut Diagnostics) -> Option<Vec<(Option<u32>, Score)>> {
    let mut bands: Vec<(Option<u32>, Score)> = Vec::new();
    for band in &list.items {
        let up_to = band.up_to.as_ref().map(|whole| whole.value);
        let broken = match (bands.last(), up_to) {
            (Some((None, _)), _) => true,
            (Some((Some(before), _)), Some(up_to)) => up_to <= *before,
            _ => false,
        };
        if broken {
            let fault = Diagnostic::error(
                Code::B109,
                "the band does not lie above the one before",
                band.span,
            );
            out.push(fault.help("let `up-to` rise; only the last band has none"));
            return None;
        }
        bands.push((up_to, score(band.score.as_ref()?, out)?));
    }
    if bands.last().is_none_or(|(up_to, _)| up_to.is_some()) {
        let fault = Diagnostic::error(Code::B109, "the last band is not open", list.span);
        out.push(fault.help("add a last band without `up-to`"));
        return None;
    }
    Some(bands)
}

/// B110, B114: each step leads to an answer of the question, and no two to the same.
fn steps(raw: &RawQuestion, kind: &Kind, out: &mut Diagnostics) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for raw in raw.steps.iter().flat_map(|list| &list.items) {
        let Some(to) = &raw.to else { continue };
        let Some(goal) = goal(kind, &to.value) else {
            let message =
                format!("the step leads to `{}`, which the question does not have", to.value);
            let known = kind.tokens();
            out.push(
                Diagnostic::error(Code::B110, message, to.span)
                    .maybe_help(one_of(&to.value, known)),
            );
            continue;
        };
        if steps.iter().any(|step| step.to == goal) {
            let message = format!("two steps lead to `{}`", to.value);
            let fault = Diagnostic::error(Code::B114, message, to.span);
            out.push(fault.help("join them into one"));
            continue;
        }
        steps.extend(step(raw, goal, out));
    }
    steps
}

fn goal(kind: &Kind, to: &str) -> Option<Value> {
    let place = || kind.choices().iter().position(|choice| choice.id == to);
    match kind {
        Kind::Maturity(_) => place().filter(|at| *at > 0).map(Value::Level),
        Kind::Choice(_) => place().map(Value::Option),
        Kind::Checklist { exclusive, .. } => {
            place().filter(|at| at != exclusive).map(|at| Value::Options(vec![at]))
        }
        Kind::YesNo { .. } if to == "yes" || to == "no" => Some(Value::YesNo(to == "yes")),
        Kind::YesNo { .. } => None,
        Kind::Number { .. } => whole(to).map(Value::Number),
    }
}

fn step(raw: &RawStep, to: Value, out: &mut Diagnostics) -> Option<Step> {
    let mut effort = BTreeMap::new();
    for (size, halves) in raw.effort.iter().flat_map(|effort| &effort.entries) {
        if halves.value == 0 || halves.value > 1000 {
            let message = format!("effort is 1 to 1000 half-days, found {}", halves.value);
            out.push(Diagnostic::error(Code::Y018, message, halves.span));
        }
        effort.insert(slug(size, out)?, halves.value);
    }
    let after = raw.after.iter().flat_map(|list| &list.items);
    Some(Step {
        to,
        action: raw.action.as_ref()?.value.clone(),
        effort,
        after: after.filter_map(|text| id(text, QuestionId::new, out)).collect(),
        aid: raw.aid.as_ref().map(|text| text.value.clone()),
    })
}

/// B111, B112: the questions that steps wait for exist, and none waits for itself.
pub fn steps_can_be_ordered(
    raw: &RawBank,
    questions: &BTreeMap<&str, &Question>,
    out: &mut Diagnostics,
) {
    for question in raw.questions.iter().flat_map(|list| &list.items) {
        let Some(own) = &question.id else { continue };
        for after in question
            .steps
            .iter()
            .flat_map(|list| &list.items)
            .flat_map(|step| &step.after)
            .flat_map(|list| &list.items)
        {
            if !questions.contains_key(after.value.as_str()) {
                let message = format!("the step waits for `{}`, which no bank has", after.value);
                let fault = Diagnostic::error(Code::B111, message, after.span);
                out.push(fault.maybe_help(one_of(&after.value, questions.keys().copied())));
            } else if waits_for(&after.value, &own.value, questions) {
                let message =
                    format!("steps of `{}` and `{}` wait for each other", own.value, after.value);
                let fault = Diagnostic::error(Code::B112, message, after.span);
                out.push(fault.help("drop one of the two `after`"));
            }
        }
    }
}

/// Whether the steps of one question wait, directly or not, for those of another.
fn waits_for(from: &str, goal: &str, questions: &BTreeMap<&str, &Question>) -> bool {
    let mut seen = vec![from];
    let mut at = 0;
    while at < seen.len() {
        if seen[at] == goal {
            return true;
        }
        let steps = questions.get(seen[at]).map_or(&[][..], |question| &question.steps);
        for after in steps.iter().flat_map(|step| &step.after) {
            if !seen.contains(&after.as_str()) {
                seen.push(after.as_str());
            }
        }
        at += 1;
    }
    false
}

/// G101: the terms of one document, each id once.
pub fn glossary(raw: &RawGlossary, out: &mut Diagnostics) -> Vec<Term> {
    let mut seen = BTreeMap::new();
    let mut terms = Vec::new();
    for term in raw.terms.iter().flat_map(|list| &list.items) {
        let (Some(raw_id), Some(word), Some(means)) = (&term.id, &term.term, &term.means) else {
            continue;
        };
        if is_first(&mut seen, raw_id, Code::G101, "term", out)
            && let Some(id) = slug(raw_id, out)
        {
            terms.push(Term { id, term: word.value.clone(), means: means.value.clone() });
        }
    }
    terms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_spread_evenly_and_round_half_up() {
        let scores: Vec<_> = (0..=3).map(|level| even(level, 3).basis_points()).collect();
        assert_eq!(scores, [0, 3333, 6667, 10_000]);
        assert_eq!(even(1, 16).basis_points(), 625);
        assert_eq!(even(1, 32).basis_points(), 313);
    }
}
