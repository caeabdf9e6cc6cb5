//! What is published of an assessment: a cut of its report, in each format that the cut has.

mod characters;
pub mod reprint;

pub use characters::characters_without_glyph;

use crate::cut::Cut;
use crate::model::{Assessment, Crosswalk};
use crate::plan::Plan;
use crate::render::pdf::{Printed, Setup, print};
use crate::render::template::Templates;
#[cfg(not(target_arch = "wasm32"))]
use crate::render::workbook;
use crate::render::{Format, RenderError, cut};
use crate::report::{self, Pages};
use crate::result::{self, AssessmentResult, Warning};
use crate::score::Scorecard;

/// A cut of a report, with the result that it is of.
#[derive(Debug)]
pub struct Publication {
    cut: Cut,
    pages: Pages,
    result: AssessmentResult,
}

impl Publication {
    /// A cut of the report of an assessment; by the clauses of a framework where one is given. For an
    /// external cut all must come from the public part of an assessment.
    pub fn new(
        assessment: &Assessment,
        scorecard: &Scorecard,
        warnings: &[Warning],
        cut: Cut,
        by: Option<&Crosswalk>,
    ) -> Self {
        let mut report = report::report(assessment, scorecard, warnings);
        let mut result = result::result(assessment, scorecard, warnings);
        if let Some(crosswalk) = by {
            report = report::by_framework(report, assessment, scorecard, crosswalk);
            result.options.by = Some(crosswalk.id.clone());
        }
        Self { cut, pages: report::pages(cut, report, assessment, scorecard), result }
    }

    /// The same with a plan. Only the full report has room for one: other cuts stay as they are.
    pub fn with_plan(mut self, assessment: &Assessment, plan: &Plan) -> Self {
        if let (Cut::Full, Pages::Full(report)) = (self.cut, &mut self.pages) {
            report.plan = Some(report::plan(assessment, plan));
            self.result = self.result.with_plan(result::plan_of(assessment, plan));
        }
        self
    }

    /// The same as it was made by another version of this program, which its pages name.
    fn made_by(mut self, engine: &str) -> Self {
        let head = match &mut self.pages {
            Pages::Full(report) | Pages::Board(report, _) => &mut report.head,
            Pages::Owner(owner) => &mut owner.head,
            Pages::Sheet(sheet) => &mut sheet.head,
        };
        engine.clone_into(&mut head.engine);
        engine.clone_into(&mut self.result.engine);
        self
    }

    /// The name of its file in this format.
    pub fn file_name(&self, format: Format) -> String {
        cut::file_name(self.cut, self.result.options.by.as_deref(), format)
    }

    /// It as text.
    ///
    /// # Errors
    /// A template asks for what the pages lack, or is broken; or the format is no text or not of this cut.
    pub fn text(&self, format: Format, templates: &Templates) -> Result<String, RenderError> {
        cut::render(format, &self.pages, &self.result, templates)
    }

    /// It as PDF. The answers file travels with it where it is given.
    ///
    /// # Errors
    /// A template is broken, or a font cannot be put into a PDF.
    pub fn pdf(
        &self,
        setup: &Setup,
        answers: Option<&str>,
        templates: &Templates,
    ) -> Result<Printed, RenderError> {
        let name = self.file_name(Format::Pdf);
        print(&self.pages, Some(&self.result), self.cut, &name, setup, answers, templates)
    }

    /// It as an Excel workbook.
    ///
    /// # Errors
    /// The cut has none, or it has more rows than Excel knows.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn workbook(&self) -> Result<Vec<u8>, RenderError> {
        match &self.pages {
            Pages::Full(report) => workbook::xlsx(report),
            _ => Err(RenderError("this cut cannot be had as xlsx".to_owned())),
        }
    }
}
