//! JSON and CSV.

use super::{RenderError, clauses};
use crate::report::{AnswerWords, DomainWords, EvidenceWords, Report, RequirementWords};
use crate::result::AssessmentResult;
use crate::source::escaped;

/// `result/1`, with a line break at the end.
pub fn json(result: &AssessmentResult) -> String {
    json_of(result)
}

/// Data of ours, with a line break at the end.
pub(super) fn json_of(data: &impl serde::Serialize) -> String {
    // Strings, numbers and lists only: nothing that JSON cannot hold.
    escaped(&serde_json::to_string_pretty(data).unwrap_or_default()) + "\n"
}

const HEADER: [&str; 20] = [
    "organisation",
    "date",
    "questionnaire",
    "version",
    "domain",
    "domain title",
    "requirement",
    "statement",
    "clause",
    "requirement weight",
    "requirement score",
    "target",
    "gap",
    "question",
    "ask",
    "state",
    "answer",
    "score",
    "weight",
    "evidence",
];

/// One row for each question of each requirement, or for each question of each clause where the
/// report is cut by a framework; scores as 0-100 with two decimals.
///
/// # Errors
/// The text cannot be assembled.
pub fn csv(report: &Report) -> Result<String, RenderError> {
    if let Some(framework) = &report.by {
        return clauses::csv(report, framework);
    }
    let requirements = report.domains.iter().flat_map(|domain| {
        domain.requirements.iter().map(move |requirement| (domain, requirement))
    });
    let table = requirements.flat_map(|(domain, requirement)| {
        requirement.answers.iter().map(move |answer| row(report, domain, requirement, answer))
    });
    rows(&HEADER, table)
}

/// A table as CSV, with a header.
///
/// # Errors
/// The text cannot be assembled.
pub(super) fn rows<const WIDTH: usize>(
    header: &[&str; WIDTH],
    table: impl Iterator<Item = [String; WIDTH]>,
) -> Result<String, RenderError> {
    written(header, table).map_err(|why| RenderError(format!("cannot write CSV: {why}")))
}

fn written<const WIDTH: usize>(
    header: &[&str; WIDTH],
    table: impl Iterator<Item = [String; WIDTH]>,
) -> Result<String, Box<dyn std::error::Error>> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .quote_style(csv::QuoteStyle::Always)
        .from_writer(Vec::new());
    writer.write_record(header)?;
    for row in table {
        writer.write_record(row.iter().map(|cell| safe(cell)))?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

fn row(
    report: &Report,
    domain: &DomainWords,
    requirement: &RequirementWords,
    answer: &AnswerWords,
) -> [String; 20] {
    [
        report.head.name.clone(),
        report.head.date.clone(),
        report.questionnaire.id.clone(),
        report.questionnaire.version.clone(),
        domain.id.clone(),
        domain.title.clone(),
        requirement.id.clone(),
        requirement.statement.clone(),
        requirement.clause.clone(),
        requirement.weight.clone(),
        requirement.figures.score.clone(),
        requirement.figures.target.clone().unwrap_or_default(),
        requirement.figures.gap.clone().unwrap_or_default(),
        answer.id.clone(),
        answer.ask.clone(),
        answer.state.clone(),
        answer.said.clone(),
        answer.score.clone().unwrap_or_default(),
        answer.weight.to_string(),
        evidence(&answer.evidence),
    ]
}

/// The cell for what supports an answer: each title, with its place where that is shown.
pub(super) fn evidence(listed: &[EvidenceWords]) -> String {
    let one = |each: &EvidenceWords| match each.place.as_str() {
        "" => each.title.clone(),
        place => format!("{} ({place})", each.title),
    };
    listed.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// One row as CSV, for tables of any length.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn csv_line(cells: &[impl AsRef<str>]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .quote_style(csv::QuoteStyle::Always)
        .from_writer(Vec::new());
    // Writing to memory does not fail.
    let _ = writer.write_record(cells.iter().map(|cell| safe(cell.as_ref())));
    writer.into_inner().unwrap_or_default()
}

/// A cell that no spreadsheet takes for a formula.
fn safe(cell: &str) -> String {
    let formula = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    if cell.trim_start().starts_with(formula) || cell.starts_with(char::is_whitespace) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn no_cell_starts_a_formula() {
        assert_eq!(safe("=1+1"), "'=1+1");
        assert_eq!(safe("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(safe("Level 2"), "Level 2");
    }
}
