//! A questionnaire as an Excel workbook: written to be filled in, and read back.
//!
//! ```text
//! answers ─► content ─► write ─► acme.xlsx ─► package ─► cells ─► read ─► merge ─► answers
//! ```
//!
//! - **What stands in it.** A guide, a sheet with the profile, a sheet for each domain, one for answers to
//!   questions of other questionnaires where there are some, and a hidden sheet with the lists of the
//!   drop-downs and what was asked. All cells but those for answers are locked, without a password.
//! - **Every cell is text**, so no program turns a level or a date into something else, whatever the
//!   country, and nothing that an answer begins with makes it a formula.
//! - **Rows and columns are found by what they are called**: a row by the id in its first column, a column
//!   by its head. Sheets may be renamed, rows sorted, hidden or deleted.
//! - **Nothing is guessed.** A cell that says something else than it may is a fault, with its sheet and its
//!   place, and nothing is written before the last one is mended.

mod cells;
mod content;
mod current;
pub mod merge;
mod package;
pub mod read;
pub mod table;
pub mod write;

pub use content::{Content, content};

/// Kind and edition: stands in the first column of a row with the id of the questionnaire and its version.
const KIND: &str = "gapwise-workbook/1";
/// What editions have in common.
const ANY_KIND: &str = "gapwise-workbook/";
/// The hidden sheet.
const HIDDEN: &str = "gapwise";
/// Stands on the hidden sheet beside the id of each row that was written.
const ASKED: &str = "asked";

/// The largest workbook. Unit: bytes.
pub const LARGEST_WORKBOOK: usize = 16 * 1024 * 1024;
/// The longest text that a cell can hold. Unit: UTF-16 code units.
const LONGEST_TEXT: usize = 32_767;

/// What an answer may say besides what its question offers.
const UNKNOWN: &str = "don't know";
const NOT_APPLICABLE: &str = "not applicable";
const YES: &str = "yes";

/// The heads of the columns that are read.
mod head {
    pub(super) const ID: &str = "Id";
    pub(super) const ANSWER: &str = "Answer";
    pub(super) const REASON: &str = "Why not applicable";
    pub(super) const NOTE: &str = "Note";
    pub(super) const CUSTOMERS: &str = "Customers may see it";
    pub(super) const BY: &str = "Answered by";

    /// The head of the title of a piece of evidence, counted from 1.
    pub(super) fn evidence(at: usize) -> String {
        format!("Evidence {at}")
    }

    /// The head of where that evidence is.
    pub(super) fn place(at: usize) -> String {
        format!("Where {at}")
    }
}

/// The ids of rows.
mod key {
    pub(super) const NAME: &str = "of/name";
    pub(super) const DATE: &str = "of/date";
    pub(super) const LANGUAGE: &str = "of/language";

    /// The name of a person who answers, counted from 1.
    pub(super) fn person(at: usize) -> String {
        format!("by/{at}/name")
    }

    /// What that person does.
    pub(super) fn function(at: usize) -> String {
        format!("by/{at}/function")
    }

    /// A fact.
    pub(super) fn fact(id: &str) -> String {
        format!("fact/{id}")
    }

    /// A value of a fact, or an option of a question.
    pub(super) fn option(of: &str, id: &str) -> String {
        format!("{of}/{id}")
    }
}

/// How many UTF-16 code units a text has.
fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Ways of saying where evidence is, which a cell begins with.
const FILE: &str = "file:";
const REFERENCE: &str = "reference:";
const LINKS: [&str; 3] = ["https://", "http://", "mailto:"];

/// Whether a text begins with one of these words, in small or capital letters.
fn begins_with(text: &str, words: &[&str]) -> bool {
    let is_begun =
        |word: &&str| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    words.iter().any(is_begun)
}
