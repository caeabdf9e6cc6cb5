//! A report as an Excel workbook: a summary with a chart, and all else as tables to filter and sort.
//!
//! - Sheets: Summary, Domains, Requirements, Findings, Answers; of a report by a framework Summary,
//!   Clauses, Answers. A plan is one more.
//! - Scores are numbers that show as per cent; a cell is empty where nothing applies. All other cells are
//!   texts: there is no formula, whatever an answer begins with.
//! - Only what Excel and Google Sheets both document. The same report gives the same bytes: the date in the
//!   properties is that of the assessment.

mod cell;
mod clauses;
mod portfolio;
mod summary;
mod table;
mod tables;

use super::RenderError;
use crate::portfolio::PortfolioReport;
use crate::report::Report;
use cell::Styles;
pub(crate) use cell::put;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

/// The bytes of a workbook.
///
/// # Errors
/// It has more rows than Excel knows.
pub fn xlsx(report: &Report) -> Result<Vec<u8>, RenderError> {
    written(report).map_err(|why| RenderError(format!("cannot write the workbook: {why}")))
}

/// The bytes of a workbook of a portfolio: a summary, and the rest as tables to filter and sort.
///
/// # Errors
/// It has more rows than Excel knows.
pub fn portfolio(report: &PortfolioReport) -> Result<Vec<u8>, RenderError> {
    portfolio::written(report)
        .map_err(|why| RenderError(format!("cannot write the workbook: {why}")))
}

fn written(report: &Report) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let styles = Styles::default();
    workbook.set_properties(&properties(report));
    summary::write(workbook.add_worksheet(), report)?;
    match &report.by {
        Some(framework) => {
            clauses::clauses(framework).write(workbook.add_worksheet(), &styles)?;
            clauses::answers(framework).write(workbook.add_worksheet(), &styles)?;
        }
        None => {
            tables::domains(report).write(workbook.add_worksheet(), &styles)?;
            tables::requirements(report).write(workbook.add_worksheet(), &styles)?;
            tables::findings(report).write(workbook.add_worksheet(), &styles)?;
            tables::answers(report).write(workbook.add_worksheet(), &styles)?;
        }
    }
    if let Some(plan) = &report.plan {
        tables::plan(plan).write(workbook.add_worksheet(), &styles)?;
    }
    workbook.save_to_buffer()
}

/// What a file manager shows of it.
fn properties(report: &Report) -> DocProperties {
    // Excel knows no date before 1900; such a one still stands on the summary.
    let date = ExcelDateTime::parse_from_str(&report.head.date).unwrap_or_default();
    DocProperties::new()
        .set_title(cell::fitting(&format!("Gap report: {}", report.head.name)))
        .set_subject(cell::fitting(&report.questionnaire.title))
        .set_comment(cell::fitting(&format!("Made with {}", report.head.engine)))
        .set_creation_datetime(&date)
}
