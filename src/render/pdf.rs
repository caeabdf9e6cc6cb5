//! A report as PDF: blocks are laid out on pages, the pages drawn, and the drawing finished so that it
//! can be read aloud and kept: PDF/UA-1 and PDF/A-3a.

pub mod block;
mod draw;
pub mod fonts;
pub mod page;
pub mod read;
mod subset;
mod tag;

use crate::render::RenderError;
use block::Document;
use fonts::Fonts;
use page::Pages;

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
