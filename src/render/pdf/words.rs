//! The words of a PDF: what a report shows, as blocks in reading order. Sentence by sentence they are
//! those of the pages in `templates/`, but for what is meaningless on paper.

mod actions;
mod aid;
mod answers;
mod asked;
mod board;
mod by;
mod days;
mod domains;
mod findings;
mod full;
mod gates;
mod method;
mod owner;
mod parts;
mod plan;
mod portfolio;
mod result;
mod sheet;

use super::block::{Block, Document};
use crate::render::RenderError;
use crate::render::template::Templates;
use crate::report::{Head, Pages};
use parts::on_one_line;
pub(super) use portfolio::document as portfolio;

/// What the pages say, as blocks. The result that is attached is verified by the name of the file.
///
/// # Errors
/// A fill-in page that is named is not there, or has no heading.
pub fn document(
    pages: &Pages,
    templates: &Templates,
    file_name: &str,
) -> Result<Document, RenderError> {
    Ok(match pages {
        Pages::Full(report) => cover(
            &report.head,
            "Gap report",
            &format!("Gap report: {}, {}", report.head.name, report.questionnaire.title),
            "What was answered in this self-assessment, where it falls short, and what to do first.",
            full::blocks(report, file_name),
        ),
        Pages::Owner(owner) => cover(
            &owner.head,
            "On one page",
            &format!("On one page: {}, {}", owner.head.name, owner.questionnaire),
            "What came out of this self-assessment and what to do first, in plain words.",
            owner::blocks(owner, templates, file_name)?,
        ),
        Pages::Board(report, board) => cover(
            &report.head,
            "For the board",
            &format!("For the board: {}, {}", report.head.name, report.questionnaire.title),
            "What came out of this self-assessment, where it falls short, and what is not known.",
            board::blocks(report, board, file_name),
        ),
        Pages::Sheet(sheet) => cover(
            &sheet.head,
            "Answer sheet",
            &format!("How we work with AI: {}", sheet.head.name),
            "The answers of this self-assessment that were made public.",
            sheet::blocks(sheet),
        ),
    })
}

/// A document with what all have on their cover.
fn cover(head: &Head, kind: &str, title: &str, subject: &str, blocks: Vec<Block>) -> Document {
    Document {
        language: head.language.clone(),
        title: on_one_line(&format!("{title}, {}", head.date)),
        subject: subject.to_owned(),
        author: on_one_line(&head.name),
        date: head.date.clone(),
        dense: matches!(kind, "For the board" | "On one page"),
        head: on_one_line(&head.name),
        foot: format!("{kind} · self-assessment, no certificate"),
        blocks,
    }
}

/// How the figures can be made again.
fn verify(file_name: &str) -> String {
    format!(
        "The result is attached to this file: gapwise verify {file_name} recomputes every figure and renders this document again."
    )
}
