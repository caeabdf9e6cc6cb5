//! The answers of a workbook.

use super::rows::Row;
use super::{Reader, Reply, allowed, plain, yes_no};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Answer, Claim, Evidence, Kind, Place, Question};
use crate::source::Spanned;
use crate::validate::stays_inside;
use crate::workbook::{
    FILE, LINKS, NOT_APPLICABLE, REFERENCE, UNKNOWN, YES, begins_with, head, key,
};

impl Reader<'_> {
    /// The answer to a question; `None` where its row says nothing.
    pub(super) fn reply(self, question: Question, out: &mut Diagnostics) -> Option<Reply> {
        let ticked = self.ticked(&question, out);
        let row = self.rows.get(question.id.as_str());
        let Some(row) = row else {
            // Its ticks may still be there.
            let (at, value) = ticked?;
            let claim = Claim::Value(question.kind.value(&words(&value))?);
            let answer = Answer { claim, ..Answer::default() };
            return Some(Reply {
                question,
                answer: Spanned { value: answer, span: at },
                internal: false,
            });
        };
        let customers = customers(row, out);
        let claim = claim(row, &question, ticked.map(|(_, ticked)| ticked), out);
        let answer = Answer {
            claim,
            evidence: evidence(row, out),
            note: row.text(head::NOTE).map(str::to_owned),
            by: row.text(head::BY).map(|text| text.trim().to_owned()),
            public: customers == Some(true),
        };
        let internal = customers == Some(false);
        if !crate::workbook::current::says_something(&answer) && !internal {
            return None;
        }
        let answer = Spanned { value: answer, span: row.at(self.sources) };
        Some(Reply { question, answer, internal })
    }

    /// The options of a checklist that are ticked, and where the first is; `None` where none is.
    fn ticked(
        self,
        question: &Question,
        out: &mut Diagnostics,
    ) -> Option<(crate::source::Span, Vec<String>)> {
        let Kind::Checklist { options, .. } = &question.kind else { return None };
        let mut ticked = Vec::new();
        let mut first = None;
        for option in options {
            let row = self.rows.get(&key::option(question.id.as_str(), &option.id));
            let cell = row.and_then(|row| Some((row, row.cell(head::ANSWER)?)));
            let Some((row, cell)) = cell else { continue };
            match yes_no(&cell.text) {
                Some(true) => {
                    ticked.push(option.id.clone());
                    first = first.or(Some(cell.span));
                }
                Some(false) => {}
                None => out.push(wrong_word(row, head::ANSWER, &[YES])),
            }
        }
        first.map(|at| (at, ticked))
    }
}

fn words(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

/// W103: a cell says a word that it may say.
pub(super) fn wrong_word(row: &Row<'_>, head: &str, words: &[&str]) -> Diagnostic {
    fault(row, head, Code::W103, |text| format!("`{text}` is no answer here")).help(allowed(words))
}

/// A fault of a cell; of its row where the cell is empty.
fn fault(row: &Row<'_>, head: &str, code: Code, what: impl Fn(&str) -> String) -> Diagnostic {
    let name = row.name(head);
    match row.cell(head).or_else(|| row.cell(head::ID)) {
        Some(cell) => {
            Diagnostic::error(code, format!("{name}: {}", what(cell.text.trim())), cell.span)
        }
        None => Diagnostic::of_file(code, format!("{name}: {}", what("")), row.sheet.source),
    }
}

/// What a row claims.
fn claim(
    row: &Row<'_>,
    question: &Question,
    ticked: Option<Vec<String>>,
    out: &mut Diagnostics,
) -> Claim {
    let said = row.text(head::ANSWER).map(plain).unwrap_or_default();
    let reason = row.text(head::REASON);
    if said != NOT_APPLICABLE && reason.is_some() {
        out.push(needless_reason(row));
    }
    if let Some(ticked) = ticked {
        return options(row, question, &said, &ticked, out);
    }
    match said.as_str() {
        "" => Claim::Open,
        UNKNOWN | "unknown" => Claim::Unknown,
        NOT_APPLICABLE => not_applicable(row, question, reason, out),
        word => match value(question, word) {
            Some(value) => Claim::Value(value),
            None => {
                out.push(wrong_answer(row, question));
                Claim::Open
            }
        },
    }
}

/// What a word says. The numbers of levels and the ids of options are written in small letters.
fn value(question: &Question, word: &str) -> Option<crate::model::Value> {
    match &question.kind {
        Kind::Checklist { .. } => None,
        Kind::YesNo { .. } => question.kind.value(&[if yes_no(word)? { "yes" } else { "no" }]),
        Kind::Number { .. } if !word.bytes().all(|byte| byte.is_ascii_digit()) => None,
        kind => kind.value(&[word]),
    }
}

/// W103, with all that the question can be answered with.
fn wrong_answer(row: &Row<'_>, question: &Question) -> Diagnostic {
    let id = &question.id;
    let fault =
        fault(row, head::ANSWER, Code::W103, |text| format!("`{text}` does not answer `{id}`"));
    let not_applicable = (!question.essential).then_some(NOT_APPLICABLE);
    let rest = [UNKNOWN].into_iter().chain(not_applicable);
    match &question.kind {
        Kind::Number { .. } => {
            let rest: Vec<_> = rest.map(|word| format!("`{word}`")).collect();
            fault.help(format!("write a whole number in digits, or {}", rest.join(" or ")))
        }
        Kind::Checklist { .. } => {
            let words: Vec<_> = rest.collect();
            fault.help(format!("{}, and tick below it", allowed(&words)))
        }
        kind => {
            let words: Vec<_> = kind.tokens().into_iter().chain(rest).collect();
            fault.help(allowed(&words))
        }
    }
}

/// W117: what is ticked stands alone.
fn options(
    row: &Row<'_>,
    question: &Question,
    said: &str,
    ticked: &[String],
    out: &mut Diagnostics,
) -> Claim {
    if !said.is_empty() {
        let what = |text: &str| format!("it says `{text}`, and options are ticked below");
        let fault = fault(row, head::ANSWER, Code::W117, what);
        out.push(fault.help("keep one of the two"));
        return Claim::Open;
    }
    match question.kind.value(&words(ticked)) {
        Some(value) => Claim::Value(value),
        None => {
            let fault = fault(row, head::ANSWER, Code::W117, |_| {
                format!("`{}` has \"none of these\" ticked together with others", question.id)
            });
            out.push(fault.help("keep one of the two"));
            Claim::Open
        }
    }
}

/// W107, W108: "not applicable" has a reason and spares no essential question.
fn not_applicable(
    row: &Row<'_>,
    question: &Question,
    reason: Option<&str>,
    out: &mut Diagnostics,
) -> Claim {
    if question.essential {
        let what = |_: &str| format!("`{}` applies to everyone who is asked", question.id);
        let fault = fault(row, head::ANSWER, Code::W108, what);
        out.push(fault.help(format!("answer it; `{UNKNOWN}` is an answer, too")));
    } else if reason.is_none() {
        let what = |_: &str| "\"not applicable\" needs a reason".to_owned();
        let fault = fault(row, head::REASON, Code::W107, what);
        out.push(fault.help(format!("say why, in the column `{}`", head::REASON)));
    }
    Claim::NotApplicable(reason.unwrap_or_default().to_owned())
}

/// W109: a reason stands beside "not applicable" alone.
fn needless_reason(row: &Row<'_>) -> Diagnostic {
    let message = format!(
        "{}: a reason stands here, and the answer is not \"{NOT_APPLICABLE}\"",
        row.name(head::REASON)
    );
    let doubt = match row.cell(head::REASON) {
        Some(cell) => Diagnostic::warning(Code::W109, message, cell.span),
        None => Diagnostic::doubt(Code::W109, message, row.sheet.source),
    };
    doubt.help(format!("it is not read; move it to `{}`, or choose the answer", head::NOTE))
}

/// Whether customers may see the answer; `None` where nothing is said.
fn customers(row: &Row<'_>, out: &mut Diagnostics) -> Option<bool> {
    let said = row.text(head::CUSTOMERS)?;
    let read = yes_no(said);
    if read.is_none() {
        out.push(wrong_word(row, head::CUSTOMERS, &["yes", "no"]));
    }
    read
}

/// W110: evidence has a title and a place.
fn evidence(row: &Row<'_>, out: &mut Diagnostics) -> Vec<Evidence> {
    let mut all = Vec::new();
    for at in 1..=row.pieces() {
        let (title_head, place_head) = (head::evidence(at), head::place(at));
        match (row.text(&title_head), row.text(&place_head)) {
            (None, None) => {}
            (Some(title), Some(said)) => match place(said) {
                Place::File(file) if !stays_inside(&file) => {
                    let what = |_: &str| format!("`{file}` leads out of the folder of the answers");
                    let fault = fault(row, &place_head, Code::W110, what);
                    out.push(fault.help("copy the file beside the answers and name it from there"));
                }
                place => all.push(Evidence { title: title.to_owned(), place, digest: None }),
            },
            (Some(_), None) => {
                let what = |_: &str| "the evidence does not say where it is".to_owned();
                let fault = fault(row, &place_head, Code::W110, what);
                out.push(
                    fault.help(format!("fill in `{place_head}`: a link, `file: …`, or words")),
                );
            }
            (None, Some(_)) => {
                let what = |_: &str| "the evidence has no title".to_owned();
                let fault = fault(row, &title_head, Code::W110, what);
                out.push(fault.help(format!("say in `{title_head}` what it is")));
            }
        }
    }
    all
}

/// Where evidence is, by the first word of its cell.
fn place(said: &str) -> Place {
    let start = said.trim_start();
    // One blank behind the word belongs to it.
    let behind = |word: &str| {
        let rest = &start[word.len()..];
        rest.strip_prefix(' ').unwrap_or(rest).to_owned()
    };
    match start {
        _ if begins_with(start, &LINKS) => Place::Link(start.to_owned()),
        _ if begins_with(start, &[FILE]) => Place::File(behind(FILE)),
        _ if begins_with(start, &[REFERENCE]) => Place::Reference(behind(REFERENCE)),
        _ => Place::Reference(said.to_owned()),
    }
}
