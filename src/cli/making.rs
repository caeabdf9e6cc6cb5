//! What reports are made with, for each command that makes them.

use super::{Failure, fonts};
use crate::load;
use crate::render::pdf::{Setup, style::Paper};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// What reports are made with.
#[derive(Debug, Args)]
pub(super) struct Making {
    /// Templates of your own, which stand before the built-in ones of the same path. They are
    /// trusted: use only those that you have read
    #[arg(long, value_name = "DIR")]
    template: Option<PathBuf>,
    /// The size of the pages of a PDF
    #[arg(long, value_enum, default_value_t)]
    paper: Sheet,
    /// A font (TrueType or OpenType) for characters in a PDF that Noto Sans lacks; it may be named more than
    /// once. Scripts written from right to left cannot be set yet
    #[arg(long, value_name = "FILE")]
    font: Vec<PathBuf>,
}

/// A size of paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Sheet {
    /// 210 by 297 millimetres
    #[default]
    A4,
    /// 8.5 by 11 inches
    Letter,
}

impl From<Sheet> for Paper {
    fn from(sheet: Sheet) -> Self {
        match sheet {
            Sheet::A4 => Self::A4,
            Sheet::Letter => Self::Letter,
        }
    }
}

impl Making {
    /// Templates of one's own: path, and text.
    pub(super) fn templates(&self) -> Result<Vec<(String, String)>, Failure> {
        Ok(self.template.as_deref().map(load::templates).transpose()?.unwrap_or_default())
    }

    /// How PDFs are made.
    pub(super) fn setup(&self) -> Result<Setup, Failure> {
        Ok(Setup { paper: self.paper.into(), fonts: fonts(&self.font)? })
    }
}
