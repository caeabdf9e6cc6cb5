//! A report as PDF: blocks are laid out on pages, the pages drawn, and the drawing finished so that it
//! can be read aloud and kept: PDF/UA-1 and PDF/A-3a.

pub mod block;
mod characters;
mod draw;
pub mod fonts;
pub mod layout;
pub mod page;
pub mod palette;
pub mod read;
pub mod style;
mod subset;
mod tag;
pub mod words;

pub use characters::Missing;

use crate::cut::Cut;
use crate::portfolio::PortfolioReport;
use crate::render::template::Templates;
use crate::render::{RenderError, data, summary};
use crate::report::{self, Sheet};
use crate::result::{AssessmentResult, Print};
use block::Document;
use fonts::Fonts;
use page::Pages;
use serde::{Deserialize, Serialize};
use style::Paper;

/// How a PDF is made.
#[derive(Clone, Debug, Default)]
pub struct Setup {
    /// The size of its pages.
    pub paper: Paper,
    /// The fonts at hand.
    pub fonts: Fonts,
}

impl Setup {
    fn print(&self, cut: Cut) -> Print {
        let (cut, paper) = (cut.word().to_owned(), self.paper.word().to_owned());
        Print { cut, paper, fonts: self.fonts.added() }
    }
}

/// The file in a PDF that holds its result.
pub const RESULT: &str = "result.json";
/// The file in the PDF of a portfolio that holds its figures.
pub const PORTFOLIO: &str = "portfolio.json";
/// The file in the PDF of an answer sheet that holds what it shows.
pub const SHEET: &str = "answer-sheet.json";
/// The answers file in a PDF that carries it.
pub const ANSWERS: &str = "answers.yaml";

/// An answer sheet as data: all that its pages show, and no more.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SheetData {
    /// Kind and edition: `answer-sheet/1`.
    pub gapwise: String,
    /// How the PDF was made.
    pub print: Print,
    /// What it shows.
    pub sheet: Sheet,
}

impl SheetData {
    /// Kind and edition.
    pub const KIND: &str = "answer-sheet/1";
}

/// A PDF with what could not be set in it.
#[derive(Clone, Debug)]
pub struct Printed {
    /// The file.
    pub bytes: Vec<u8>,
    /// Characters that are spelt out.
    pub missing: Vec<Missing>,
}

/// The PDF of a cut, with the data that it shows attached; and with the answers file, where it is given.
///
/// # Errors
/// A template is broken, or a font cannot be put into a PDF.
pub fn print(
    pages: &report::Pages,
    result: Option<&AssessmentResult>,
    cut: Cut,
    file_name: &str,
    setup: &Setup,
    answers: Option<&str>,
    templates: &Templates,
) -> Result<Printed, RenderError> {
    let mut document = words::document(pages, templates, file_name)?;
    let missing = characters::spell_out(&mut document, &setup.fonts);
    let laid = layout::lay_out(&document, &setup.fonts, setup.paper);
    let mut attachments: Vec<_> = data_of(pages, result, setup.print(cut)).into_iter().collect();
    attachments.extend(answers.map(|text| Attachment {
        name: ANSWERS.to_owned(),
        media_type: "application/yaml".to_owned(),
        description: "The answers file that the result was computed from.".to_owned(),
        relationship: Relationship::Source,
        bytes: text.as_bytes().to_vec(),
    }));
    let bytes = write(&document, &laid, &setup.fonts, &attachments)?;
    Ok(Printed { bytes, missing })
}

/// The PDF of a portfolio, with its figures attached.
///
/// # Errors
/// A font cannot be put into a PDF.
pub fn print_portfolio(report: &PortfolioReport, setup: &Setup) -> Result<Printed, RenderError> {
    let mut document = words::portfolio(report);
    let missing = characters::spell_out(&mut document, &setup.fonts);
    let laid = layout::lay_out(&document, &setup.fonts, setup.paper);
    let figures = Attachment {
        name: PORTFOLIO.to_owned(),
        media_type: "application/json".to_owned(),
        description: "The figures that the pages show.".to_owned(),
        relationship: Relationship::Data,
        bytes: summary::json(report).into_bytes(),
    };
    let bytes = write(&document, &laid, &setup.fonts, &[figures])?;
    Ok(Printed { bytes, missing })
}

/// What the pages show, as data: of an answer sheet that alone, else the result.
fn data_of(
    pages: &report::Pages,
    result: Option<&AssessmentResult>,
    print: Print,
) -> Option<Attachment> {
    let (name, description, bytes) = match pages {
        report::Pages::Sheet(sheet) => {
            let gapwise = SheetData::KIND.to_owned();
            let data = SheetData { gapwise, print, sheet: sheet.clone() };
            (SHEET, "The answers that the pages show.", data::json_of(&data))
        }
        _ => {
            let mut result = result?.clone();
            result.options.print = Some(print);
            (RESULT, "The result that the pages show.", data::json(&result))
        }
    };
    Some(Attachment {
        name: name.to_owned(),
        media_type: "application/json".to_owned(),
        description: description.to_owned(),
        relationship: Relationship::Data,
        bytes: bytes.into_bytes(),
    })
}

/// A file that travels with a PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its name, as `result.json`.
    pub name: String,
    /// Its type, as `application/json`.
    pub media_type: String,
    /// What it is, in a sentence.
    pub description: String,
    /// What it is to the pages.
    pub relationship: Relationship,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What an attached file is to the pages. Source: ISO 19005-3, 6.8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relationship {
    /// What the pages were made from.
    Source,
    /// The figures that the pages show.
    Data,
}

impl Relationship {
    fn word(self) -> &'static str {
        match self {
            Self::Source => "Source",
            Self::Data => "Data",
        }
    }
}

/// The bytes of a PDF: the pages as they were laid out from a document, with files attached.
///
/// The same in, the same bytes out. Of the document only its head is read: language, title, subject,
/// author and date.
///
/// # Errors
/// A font cannot be put into a PDF, the structure is broken, a link leads nowhere, the date is none, or
/// two attachments have the same name.
pub fn write(
    document: &Document,
    pages: &Pages,
    fonts: &Fonts,
    attachments: &[Attachment],
) -> Result<Vec<u8>, RenderError> {
    tag::finish(draw::draw(pages, fonts)?, document, pages, attachments)
}
