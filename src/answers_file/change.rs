//! What a respondent says, one thing at a time, written into an answers file.

use super::in_place::{NotInPlace, set};
use crate::model::{Answer, Claim, Evidence, Fact, FactKind, Facts, Place, Question, Value};
use crate::source::quoted;

/// One thing that is said, in place of what was said before.
#[derive(Clone, Debug)]
pub enum Change<'a> {
    /// The name of the organisation or system; empty: not said.
    Name(&'a str),
    /// The date of the assessment, as `2026-11-02`.
    Date(&'a str),
    /// Who answers: name (may be empty) and function. All who stood there give way.
    Respondent(&'a str, &'a str),
    /// All who answer: name (may be empty) and function of each; none: not said.
    Respondents(&'a [(String, String)]),
    /// The language that the respondent writes in.
    Language(&'a str),
    /// The values of a fact; none: not stated.
    Fact(&'a Fact, &'a [String]),
    /// The answer to a question, with all that stands beside it.
    Answer(&'a Question, Answer),
}

impl Change<'_> {
    /// The text of an answers file with this in it; comments stay, and nothing else moves.
    ///
    /// # Errors
    /// The text is laid out so that it cannot be changed in place.
    pub fn apply(&self, text: &str) -> Result<String, NotInPlace> {
        match self {
            Self::Name(name) => set(text, &["of", "name"], &quoted(name)),
            Self::Date(date) => set(text, &["date"], date),
            Self::Respondent(name, function) => {
                set(text, &["by"], &format!("[{}]", respondent(name, function)))
            }
            Self::Respondents(all) => set(text, &["by"], &respondents(all)),
            Self::Language(language) => set(text, &["language"], &quoted(language)),
            Self::Fact(fact, values) if fact.id == Facts::STAGE => {
                // A system alone has a stage.
                let text = set(text, &["of", Facts::KIND], "system")?;
                set(&text, &["of", Facts::STAGE], &stated(fact, values))
            }
            Self::Fact(fact, values) => {
                let place = if fact.id == Facts::KIND { "of" } else { "profile" };
                set(text, &[place, &fact.id], &stated(fact, values))
            }
            Self::Answer(question, answer) => {
                set(text, &["answers", question.id.as_str()], &said(question, answer))
            }
        }
    }
}

fn respondent(name: &str, function: &str) -> String {
    match name {
        "" => format!("{{function: {}}}", quoted(function)),
        _ => format!("{{name: {}, function: {}}}", quoted(name), quoted(function)),
    }
}

fn respondents(all: &[(String, String)]) -> String {
    let all: Vec<_> = all.iter().map(|(name, function)| respondent(name, function)).collect();
    if all.is_empty() { String::new() } else { format!("[{}]", all.join(", ")) }
}

/// The values of a fact as an answers file has them.
fn stated(fact: &Fact, values: &[String]) -> String {
    match fact.kind {
        FactKind::Many => format!("[{}]", values.join(", ")),
        FactKind::Text if values.is_empty() => String::new(),
        FactKind::Text => quoted(&values.concat()),
        FactKind::One | FactKind::YesNo => values.concat(),
    }
}

/// An answer as an answers file has it, on one line: the short form where nothing stands beside it.
pub fn said(question: &Question, answer: &Answer) -> String {
    let short = match &answer.claim {
        Claim::Open => String::new(),
        Claim::Unknown => "unknown".to_owned(),
        Claim::NotApplicable(_) => format!("{{{}}}", claimed(question, &answer.claim)),
        Claim::Value(value) => word(question, value),
    };
    let mut parts = vec![claimed(question, &answer.claim)];
    if !answer.evidence.is_empty() {
        let items: Vec<_> = answer.evidence.iter().map(evidence).collect();
        parts.push(format!("evidence: [{}]", items.join(", ")));
    }
    parts.extend(answer.note.iter().map(|note| format!("note: {}", quoted(note))));
    parts.extend(answer.by.iter().map(|by| format!("by: {}", quoted(by))));
    parts.extend(answer.public.then(|| "visibility: public".to_owned()));
    match parts.as_slice() {
        [_] => short,
        _ => {
            parts.retain(|part| !part.is_empty());
            format!("{{{}}}", parts.join(", "))
        }
    }
}

/// What is claimed, behind the key that says how; empty while open.
pub(super) fn claimed(question: &Question, claim: &Claim) -> String {
    match claim {
        Claim::Open => String::new(),
        Claim::Unknown => "unknown: true".to_owned(),
        Claim::NotApplicable(reason) => format!("not-applicable: {}", quoted(reason)),
        Claim::Value(value) => format!("{}: {}", question.kind.key(), word(question, value)),
    }
}

/// A value without its key.
fn word(question: &Question, value: &Value) -> String {
    let said = question.kind.said(value).join(", ");
    match value {
        Value::Options(_) => format!("[{said}]"),
        _ => said,
    }
}

fn evidence(evidence: &Evidence) -> String {
    let title = format!("title: {}", quoted(&evidence.title));
    match &evidence.place {
        Place::File(file) => format!("{{{title}, file: {}}}", quoted(file)),
        Place::Link(link) => format!("{{{title}, link: {}}}", quoted(link)),
        Place::Reference(reference) => format!("{{{title}, reference: {}}}", quoted(reference)),
        Place::Withheld => format!("{{{title}}}"),
    }
}
