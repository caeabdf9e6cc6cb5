//! A report as files: which formats there are, and the renderer of each.

pub mod aid;
pub mod chart;
pub mod clauses;
pub mod comparison;
pub mod cut;
pub mod data;
pub mod page;
pub mod pdf;
pub mod plan;
pub mod screen;
pub mod summary;
pub mod template;
#[cfg(not(target_arch = "wasm32"))]
pub mod workbook;

use crate::report::Report;
use crate::result::AssessmentResult;
use std::fmt;
use template::Templates;

/// A format of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// One self-contained page.
    Html,
    /// The same on pages, with the result attached.
    Pdf,
    /// The same in text.
    Markdown,
    /// `result/1`.
    Json,
    /// One row for each question of each requirement, or of each clause.
    Csv,
    /// An Excel workbook: a summary, and the rest as tables.
    #[cfg(not(target_arch = "wasm32"))]
    Xlsx,
}

impl Format {
    /// All formats.
    pub const ALL: &[Self] = &[
        Self::Html,
        Self::Pdf,
        Self::Markdown,
        Self::Json,
        Self::Csv,
        #[cfg(not(target_arch = "wasm32"))]
        Self::Xlsx,
    ];

    /// The word for it on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Pdf => "pdf",
            Self::Markdown => "md",
            Self::Json => "json",
            Self::Csv => "csv",
            #[cfg(not(target_arch = "wasm32"))]
            Self::Xlsx => "xlsx",
        }
    }

    /// The name of the file that it is written to.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Html => "report.html",
            Self::Pdf => "report.pdf",
            Self::Markdown => "report.md",
            Self::Json => "result.json",
            Self::Csv => "report.csv",
            #[cfg(not(target_arch = "wasm32"))]
            Self::Xlsx => "report.xlsx",
        }
    }
}

/// A renderer could not finish: a template asks for what the report lacks, or is broken.
#[derive(Debug)]
pub struct RenderError(pub String);

impl fmt::Display for RenderError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// The text of a report in one format.
///
/// # Errors
/// A template asks for what the report lacks, or is broken; or the format is no text.
pub fn render(
    format: Format,
    report: &Report,
    result: &AssessmentResult,
    templates: &Templates,
) -> Result<String, RenderError> {
    match format {
        Format::Html => page::html(report, templates),
        Format::Markdown => page::markdown(report, templates),
        Format::Json => Ok(data::json(result)),
        Format::Csv => data::csv(report),
        Format::Pdf => Err(RenderError("a PDF is no text".to_owned())),
        #[cfg(not(target_arch = "wasm32"))]
        Format::Xlsx => Err(RenderError("a workbook is no text".to_owned())),
    }
}
