//! What an answer claims: it fits the type of its question.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, one_of};
use crate::model::{Choice, Claim, Kind, Question, Value};
use crate::raw::answers::{RawValue, RawWord};
use crate::raw::{List, Text, is_digits, too_large, whole};
use crate::source::Span;
use std::collections::BTreeMap;

/// What an answer claims.
pub(super) fn claim(raw: &RawValue, question: &Question, out: &mut Diagnostics) -> Option<Claim> {
    match raw {
        RawValue::Unknown => Some(Claim::Unknown),
        RawValue::NotApplicable(reason, at) => not_applicable(reason.as_ref(), *at, question, out),
        RawValue::Short(word) => short(word, question, out),
        RawValue::Ticked(list) | RawValue::Options(list) => {
            fits("a list", "checklist", list.span, question, out)?;
            ticked(list, question, out)
        }
        RawValue::Level(word) => form("level", "maturity", word, question, out),
        RawValue::YesNo(word) => form("yes-no", "yes-no", word, question, out),
        RawValue::Option(word) => form("option", "choice", word, question, out),
        RawValue::Number(word) => form("number", "number", word, question, out),
    }
}

/// A105, A106: "not applicable" has a reason and spares no essential question.
fn not_applicable(
    reason: Option<&Text>,
    at: Span,
    question: &Question,
    out: &mut Diagnostics,
) -> Option<Claim> {
    if question.essential {
        let message = format!("`{}` applies to everyone who is asked", question.id);
        let fault = Diagnostic::error(Code::A106, message, at);
        out.push(fault.help("answer it; `unknown` is an answer, too"));
        return None;
    }
    if reason.is_none() {
        let fault = Diagnostic::error(Code::A105, "\"not applicable\" needs a reason", at);
        out.push(fault.help("say why, as `{not-applicable: \"No data leaves the shop.\"}`"));
    }
    Some(Claim::NotApplicable(reason?.value.clone()))
}

/// A word behind the key that says what it is.
fn form(
    key: &str,
    kind: &str,
    word: &RawWord,
    question: &Question,
    out: &mut Diagnostics,
) -> Option<Claim> {
    fits(&format!("`{key}`"), kind, word.text.span, question, out)?;
    short(word, question, out)
}

/// A103: a form of answer belongs to the question's type.
fn fits(
    what: &str,
    kind: &str,
    span: Span,
    question: &Question,
    out: &mut Diagnostics,
) -> Option<()> {
    if question.kind.word() == kind {
        return Some(());
    }
    out.push(misfit(what, span, question));
    None
}

fn misfit(what: &str, at: Span, question: &Question) -> Diagnostic {
    let (id, kind) = (&question.id, question.kind.word());
    let message = format!("{what} does not answer `{id}`, which is of type {kind}");
    Diagnostic::error(Code::A103, message, at).help(expected(question))
}

/// What a question is answered with, for a help line.
fn expected(question: &Question) -> String {
    match &question.kind {
        Kind::Maturity(levels) => {
            format!("answer with a level from 0 to {}, or `unknown`", levels.len() - 1)
        }
        Kind::YesNo { .. } => "answer with `yes`, `no` or `unknown`".to_owned(),
        Kind::Choice(_) => {
            format!("answer with one of {}, or `unknown`", question.kind.tokens().join(", "))
        }
        Kind::Checklist { .. } => {
            format!("tick some of [{}], or answer `unknown`", question.kind.tokens().join(", "))
        }
        Kind::Number { .. } => "answer with a whole number in digits, or `unknown`".to_owned(),
    }
}

/// A103: one word, read as what the question's type expects. `unknown` answers any question.
fn short(word: &RawWord, question: &Question, out: &mut Diagnostics) -> Option<Claim> {
    let text = &word.text;
    let digits = word.plain && is_digits(&text.value);
    let value = match &question.kind {
        _ if text.value == "unknown" => return Some(Claim::Unknown),
        Kind::Maturity(levels) if digits => level(text, levels, question, out)?,
        Kind::YesNo { .. } if text.value == "yes" => Value::YesNo(true),
        Kind::YesNo { .. } if text.value == "no" => Value::YesNo(false),
        Kind::Choice(_) => Value::Option(option(text, question, out)?),
        Kind::Number { .. } if digits && !leads_with_zero(&text.value) => number(text, out)?,
        _ => {
            let quotes = if word.plain { "" } else { "\"" };
            let what = format!("`{quotes}{}{quotes}`", text.value);
            out.push(misfit(&what, text.span, question));
            return None;
        }
    };
    Some(Claim::Value(value))
}

fn leads_with_zero(digits: &str) -> bool {
    digits.len() > 1 && digits.starts_with('0')
}

/// A102: a level of the question.
fn level(
    text: &Text,
    levels: &[Choice],
    question: &Question,
    out: &mut Diagnostics,
) -> Option<Value> {
    let found = levels.iter().position(|level| level.id == text.value);
    if found.is_none() {
        let message = format!("`{}` has no level {}", question.id, text.value);
        out.push(Diagnostic::error(Code::A102, message, text.span).help(expected(question)));
    }
    found.map(Value::Level)
}

fn number(text: &Text, out: &mut Diagnostics) -> Option<Value> {
    let number = whole(&text.value);
    if number.is_none() {
        out.push(too_large(&text.value, text.span));
    }
    number.map(Value::Number)
}

/// A104: an option of the question.
fn option(text: &Text, question: &Question, out: &mut Diagnostics) -> Option<usize> {
    let found = question.kind.choices().iter().position(|choice| choice.id == text.value);
    if found.is_none() {
        let message = format!("`{}` has no option `{}`", question.id, text.value);
        let fault = Diagnostic::error(Code::A104, message, text.span);
        out.push(if text.value == "unknown" {
            fault.help("write `unknown` alone, without brackets")
        } else {
            fault.maybe_help(one_of(&text.value, question.kind.tokens()))
        });
    }
    found
}

/// A107, A108, A123: something is ticked, each option once, and "none of these" alone.
fn ticked(list: &List<Text>, question: &Question, out: &mut Diagnostics) -> Option<Claim> {
    let Kind::Checklist { options, exclusive } = &question.kind else { return None };
    let none = &options[*exclusive].id;
    if list.written == 0 {
        let message = format!("nothing is ticked at `{}`", question.id);
        let help = format!("tick what holds, or `{none}`");
        out.push(Diagnostic::error(Code::A107, message, list.span).help(help));
    }
    let mut ticked = BTreeMap::new();
    let mut all_are_known = list.items.len() == list.written;
    for text in &list.items {
        let Some(at) = option(text, question, out) else {
            all_are_known = false;
            continue;
        };
        let first = *ticked.entry(at).or_insert(text.span);
        if first != text.span {
            let message = format!("`{}` is ticked twice", text.value);
            let fault = Diagnostic::error(Code::A123, message, text.span).label("again here");
            out.push(fault.related(first, "first here").help("delete one of the two"));
        }
    }
    let other = ticked.iter().find(|(at, _)| *at != exclusive);
    if let (Some(at), Some((_, other))) = (ticked.get(exclusive), other) {
        let message = format!("`{none}` is ticked together with others");
        let fault = Diagnostic::error(Code::A108, message, *at).related(*other, "another one");
        out.push(fault.help("it means none of these; untick it, or the others"));
    }
    let is_sound = all_are_known && !ticked.is_empty();
    is_sound.then(|| Claim::Value(Value::Options(ticked.into_keys().collect())))
}
