//! `questions/1` and `glossary/1`: the rules of questions, their types, and terms.

use super::conditions::{self, Known};
use super::options::{bands, checklist, levels, options};
use super::{id, is_first, optional, questionnaire, score, slug, steps, text, texts, word};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, one_of};
use crate::digest::Digest;
use crate::model::{Bank, Facts, Glossary, Kind, Question, QuestionId, Score, Term};
use crate::raw::bank::{RawBank, RawGlossary, RawQuestion};
use crate::raw::questionnaire::RawQuestionnaire;
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet};

/// The words of other documents that a bank may use.
#[derive(Clone, Copy, Debug)]
pub struct Vocabulary<'a> {
    /// The facts that conditions test.
    pub facts: &'a Facts,
    /// The terms that questions use.
    pub glossary: &'a Glossary,
    /// The ids of the fill-in pages that steps name.
    pub aids: &'a [&'a str],
}

/// A bank with every question that can be relied on.
pub fn bank(
    raw: &RawBank,
    digest: Digest,
    words: &Vocabulary<'_>,
    out: &mut Diagnostics,
) -> Option<Bank> {
    let theme = raw.theme.as_ref().and_then(|theme| slug(theme, out));
    let mut seen = BTreeMap::new();
    for id in raw.ids() {
        is_first(&mut seen, id, Code::B101, "question id", out);
    }
    let questions = raw.questions().filter_map(|each| question(each, words, out)).collect();
    raw.questions.as_ref()?;
    Some(Bank { theme: theme?, title: text(&raw.title)?, questions, digest })
}

/// What a bank says of questions that may be in any bank: its steps can be put in order, and its
/// conditions be decided. `others` are all banks, `questions` what can be relied on of them;
/// `exists` says whether any bank has a question.
pub fn bank_among_others(
    raw: &RawBank,
    others: &[&RawBank],
    questions: &[&Question],
    facts: &Facts,
    exists: &mut dyn FnMut(&str) -> bool,
    out: &mut Diagnostics,
) {
    steps::can_be_ordered(&[raw], others, exists, out);
    let questions = questions.iter().map(|each| (each.id.as_str(), *each)).collect();
    let known = Known { facts, questions, asked: None };
    for condition in raw.questions().filter_map(|each| each.applies_when.as_ref()) {
        conditions::is_sound(condition, &known, exists, out);
    }
    let all = || std::iter::once(raw).chain(others.iter().copied());
    let ids: BTreeSet<_> = all().flat_map(RawBank::ids).map(|id| id.value.as_str()).collect();
    let hangs_on: Vec<_> = all().flat_map(conditions::own_conditions).collect();
    let ids: Vec<_> = ids.into_iter().collect();
    conditions::can_be_decided(&ids, &hangs_on, &[raw.span.source], out);
}

/// B116: where questionnaires ask from a bank, each of its questions is asked by one of them.
pub fn questions_are_asked(
    raw: &RawBank,
    questionnaires: &[&RawQuestionnaire],
    out: &mut Diagnostics,
) {
    let theme = raw.theme.as_ref().map(|theme| &theme.value);
    let names_it = |each: &RawQuestionnaire| {
        each.banks.iter().flat_map(|list| &list.items).any(|name| Some(&name.value) == theme)
    };
    let users: Vec<_> = questionnaires.iter().filter(|each| names_it(each)).collect();
    let asked: Option<Vec<_>> = users.iter().map(|each| questionnaire::asked(each)).collect();
    let Some(asked) = asked.filter(|asked| !asked.is_empty()) else { return };
    for id in raw.ids().filter(|id| !asked.iter().any(|ids| ids.contains(id.value.as_str()))) {
        let message = format!("no questionnaire asks `{}`", id.value);
        let fault = Diagnostic::warning(Code::B116, message, id.span);
        out.push(fault.help("name it in the `asked-by` of a requirement, or remove it"));
    }
}

fn question(raw: &RawQuestion, words: &Vocabulary<'_>, out: &mut Diagnostics) -> Option<Question> {
    terms_are_explained(raw, words.glossary, out);
    let id = raw.id.as_ref().and_then(|raw| id(raw, QuestionId::new, out));
    let applies_when =
        optional(&raw.applies_when, |raw| conditions::condition(raw, words.facts, out));
    let kind = kind(raw, out);
    let steps = steps::steps(raw, kind.as_ref(), words, out);
    if raw.essential.is_none() && raw.keys.has_value("essential") {
        return None;
    }
    Some(Question {
        id: id?,
        ask: text(&raw.ask)?,
        why: text(&raw.why),
        kind: kind?,
        essential: raw.essential.as_ref().is_some_and(|flag| flag.value),
        applies_when: applies_when?,
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
    let kind = word(raw.kind.as_ref()?, &TYPES, out)?;
    keys_belong_to_the_type(raw, kind, out);
    what_the_type_needs_is_there(raw, kind, out);
    match kind {
        Type::Maturity => levels(raw.levels.as_ref()?, out).map(Kind::Maturity),
        Type::YesNo => yes_no(raw, out),
        Type::Choice => options(raw.options.as_ref()?, out).map(Kind::Choice),
        Type::Checklist => {
            checklist(raw.options.as_ref()?, raw.keys.at("options").unwrap_or(raw.span), out)
        }
        Type::Number => {
            let bands = bands(raw.bands.as_ref()?, out)?;
            Some(Kind::Number { unit: text(&raw.unit), bands })
        }
    }
}

/// Y015: the key that says what can be answered is there.
fn what_the_type_needs_is_there(raw: &RawQuestion, kind: Type, out: &mut Diagnostics) {
    let key = match kind {
        Type::Maturity => "levels",
        Type::Choice | Type::Checklist => "options",
        Type::Number => "bands",
        Type::YesNo => return,
    };
    if let (Some(name), false) = (&raw.kind, raw.keys.has_value(key)) {
        let message = format!("`{key}` is missing; a question of type {} needs it", name.value);
        out.push(Diagnostic::error(Code::Y015, message, name.span).help(format!("add `{key}:`")));
    }
}

/// B102: a key that shapes the answers belongs to the question's type.
fn keys_belong_to_the_type(raw: &RawQuestion, kind: Type, out: &mut Diagnostics) {
    let of_types: [(&str, &[Type]); 5] = [
        ("levels", &[Type::Maturity]),
        ("options", &[Type::Choice, Type::Checklist]),
        ("scores", &[Type::YesNo]),
        ("bands", &[Type::Number]),
        ("unit", &[Type::Number]),
    ];
    for (key, types) in of_types {
        let at = raw.keys.at(key).filter(|_| raw.keys.has_value(key) && !types.contains(&kind));
        at.into_iter().for_each(|at| another_type(key, at, out));
    }
    if kind == Type::Choice {
        let options = raw.options.iter().flat_map(|list| &list.items);
        for at in options.filter_map(|option| option.keys.at("exclusive")) {
            another_type("exclusive", at, out);
        }
    }
}

fn another_type(key: &str, at: Span, out: &mut Diagnostics) {
    let message = format!("`{key}` belongs to another type of question");
    let help = format!("delete `{key}`, or change the `type`");
    out.push(Diagnostic::error(Code::B102, message, at).help(help));
}

fn yes_no(raw: &RawQuestion, out: &mut Diagnostics) -> Option<Kind> {
    let Some(scores) = &raw.scores else {
        return Some(Kind::YesNo { yes: Score::FULL, no: Score::ZERO });
    };
    let yes = scores.yes.as_ref().and_then(|raw| score(raw, out));
    let no = scores.no.as_ref().and_then(|raw| score(raw, out));
    Some(Kind::YesNo { yes: yes?, no: no? })
}

/// G101: the terms of one document, each id once.
pub fn glossary(raw: &RawGlossary, out: &mut Diagnostics) -> Vec<Term> {
    let mut seen = BTreeMap::new();
    let mut terms = Vec::new();
    for term in raw.terms.iter().flat_map(|list| &list.items) {
        let Some(raw_id) = &term.id else { continue };
        let is_first = is_first(&mut seen, raw_id, Code::G101, "term", out);
        let id = slug(raw_id, out).filter(|_| is_first);
        // A term without its meaning has its own fault, and is a term all the same.
        let (word, means) = (text(&term.term), text(&term.means));
        terms.extend(id.map(|id| Term {
            id,
            term: word.unwrap_or_default(),
            means: means.unwrap_or_default(),
        }));
    }
    terms
}
