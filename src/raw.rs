//! What a file says, field by field, with places; nothing is believed yet.
//!
//! Each record is declared once, with `record!`: its fields, their shapes and which are needed.
//! The reader, which goes on after a fault, and the JSON Schema both follow from that.
//!
//! # The file formats, edition 1
//!
//! A document is YAML; its first key says kind and edition, as `gapwise: answers/1`. Each kind is
//! shown in the module that reads it. Unknown keys, duplicate keys, anchors, aliases, tags and several
//! documents in a file are errors; so are UTF-16, invalid UTF-8 and NUL, answers of more than 1 MiB,
//! other documents of more than 8 MiB, and nesting of more than 32. A byte order mark and CRLF are
//! welcome.
//!
//! A scalar is read as what its key expects: at a yes-no question `no` is the answer, under `country`
//! it is a text. Where a whole number belongs, only decimal digits are one. Ids of questions,
//! requirements and domains look like `HCOC-1.b`: `[A-Z][A-Z0-9]*(-[A-Za-z0-9.]+)*`; all others are
//! small letters, digits and hyphens. Inside `{}` and `[]` a text stands in quotes, for a comma would
//! end it.
//!
//! **Conditions** are data: `{fact: [values]}` holds if the fact has one of the values, several keys
//! if all of them do; `{answer: RSK-1, at-least-level: 2}` and `{answer: SCR-1, is: [yes, unknown]}`
//! test answers; `all: [...]`, `any: [...]` and `not: {...}` combine. A bank's question has a
//! condition of its own only for what makes it meaningless elsewhere; who is asked, is said by the
//! requirement, so that one answer serves every questionnaire.

pub mod answers;
pub mod bank;
pub mod condition;
pub mod crosswalk;
pub mod profile;
pub mod questionnaire;
mod record;
pub mod target;
mod value;

pub(crate) use record::record;
pub use record::{Fields, Keys, RecordSchema};
pub use value::wrong_shape;
pub use value::{Entries, Flag, List, OneOrMany, Read, Text, Whole, is_digits, too_large, whole};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, one_of};
use crate::source::Span;
use crate::yaml::{Data, Node};

/// A kind of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DocumentKind {
    /// `questions/1`
    Bank,
    /// `questionnaire/1`
    Questionnaire,
    /// `profile/1`
    Profile,
    /// `target/1`
    Target,
    /// `glossary/1`
    Glossary,
    /// `crosswalk/1`
    Crosswalk,
    /// `answers/1`
    Answers,
}

impl DocumentKind {
    /// All kinds.
    pub const ALL: [Self; 7] = [
        Self::Bank,
        Self::Questionnaire,
        Self::Profile,
        Self::Target,
        Self::Glossary,
        Self::Crosswalk,
        Self::Answers,
    ];

    /// The word before the slash.
    pub fn word(self) -> &'static str {
        match self {
            Self::Bank => "questions",
            Self::Questionnaire => "questionnaire",
            Self::Profile => "profile",
            Self::Target => "target",
            Self::Glossary => "glossary",
            Self::Crosswalk => "crosswalk",
            Self::Answers => "answers",
        }
    }

    /// What one document of the kind is called.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Bank => "bank",
            Self::Answers => "answers file",
            other => other.word(),
        }
    }

    /// The kind with this word.
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Kind and edition that a header such as `answers/1` declares.
    pub fn declared(header: &str) -> Option<(Self, &str)> {
        let (word, edition) = header.split_once('/')?;
        Some((Self::find(word)?, edition))
    }
}

/// A document as its file says it.
#[derive(Clone, Debug)]
pub enum Document {
    /// Questions.
    Bank(bank::RawBank),
    /// What a source asks for.
    Questionnaire(questionnaire::RawQuestionnaire),
    /// Facts that can be stated.
    Profile(profile::RawFacts),
    /// Scores that are wanted.
    Target(target::RawTarget),
    /// Words explained.
    Glossary(bank::RawGlossary),
    /// Questions beside the clauses of a framework.
    Crosswalk(crosswalk::RawCrosswalk),
    /// Answers.
    Answers(answers::RawAnswers),
}

impl Document {
    /// Which kind it is.
    pub fn kind(&self) -> DocumentKind {
        match self {
            Self::Bank(_) => DocumentKind::Bank,
            Self::Questionnaire(_) => DocumentKind::Questionnaire,
            Self::Profile(_) => DocumentKind::Profile,
            Self::Target(_) => DocumentKind::Target,
            Self::Glossary(_) => DocumentKind::Glossary,
            Self::Crosswalk(_) => DocumentKind::Crosswalk,
            Self::Answers(_) => DocumentKind::Answers,
        }
    }
}

/// Reads a document of whichever kind its first key declares.
pub fn document(node: &Node, out: &mut Diagnostics) -> Option<Document> {
    match declared_kind(node, out)? {
        DocumentKind::Bank => Read::read(node, out).map(Document::Bank),
        DocumentKind::Questionnaire => Read::read(node, out).map(Document::Questionnaire),
        DocumentKind::Profile => Read::read(node, out).map(Document::Profile),
        DocumentKind::Target => Read::read(node, out).map(Document::Target),
        DocumentKind::Glossary => Read::read(node, out).map(Document::Glossary),
        DocumentKind::Crosswalk => Read::read(node, out).map(Document::Crosswalk),
        DocumentKind::Answers => Read::read(node, out).map(Document::Answers),
    }
}

/// Y012, Y013: the first key declares a kind and an edition that are known. In JSON, whose keys have no order,
/// any key does.
fn declared_kind(node: &Node, out: &mut Diagnostics) -> Option<DocumentKind> {
    let help = "begin the file with kind and edition, as `gapwise: answers/1`";
    let Data::Map { entries, flow } = &node.data else {
        let message = format!("a document of Gapwise is a mapping; this is {}", node.shape());
        out.push(Diagnostic::error(Code::Y012, message, node.span).help(help));
        return None;
    };
    let among = if *flow { entries.len() } else { 1 };
    let named = entries.iter().take(among).find(|(key, _)| key.value == "gapwise");
    let Some((key, value)) = named else {
        let span = entries.first().map_or(node.span, |(key, _)| key.span);
        out.push(Diagnostic::error(Code::Y012, "the first key is not `gapwise`", span).help(help));
        return None;
    };
    let Some(header) = value.text().filter(|text| !text.is_empty()) else {
        let message =
            format!("expected kind and edition behind `gapwise`, found {}", value.shape());
        out.push(Diagnostic::error(Code::Y012, message, key.span).help(help));
        return None;
    };
    known_kind(header, value.span, out)
}

/// Y012, Y013: a header such as `answers/1` names a kind and an edition that are known.
fn known_kind(header: &str, span: Span, out: &mut Diagnostics) -> Option<DocumentKind> {
    let (word, edition) = header.split_once('/').unwrap_or((header, ""));
    let Some(kind) = DocumentKind::find(word) else {
        let message = format!("`{header}` is no kind of document");
        let kinds = DocumentKind::ALL.map(|kind| format!("{}/1", kind.word()));
        let help = one_of(&format!("{word}/1"), kinds.iter().map(String::as_str));
        out.push(Diagnostic::error(Code::Y012, message, span).maybe_help(help));
        return None;
    };
    match edition {
        "1" => return Some(kind),
        "" => {
            let message = format!("`{header}` names no edition");
            let help = format!("write `{word}/1`");
            out.push(Diagnostic::error(Code::Y012, message, span).help(help));
        }
        _ => {
            let message = format!("edition `{edition}` of `{word}` is not known");
            let help = format!("this program reads `{word}/1`");
            out.push(Diagnostic::error(Code::Y013, message, span).help(help));
        }
    }
    None
}
