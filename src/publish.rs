//! What is published of an assessment: a cut of its report, in each format that the cut has.

pub mod reprint;

use crate::cut::Cut;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Assessment, Crosswalk};
use crate::render::pdf::{Missing, Printed, Setup, print};
use crate::render::template::Templates;
use crate::render::{Format, RenderError, cut};
use crate::report::{self, Pages};
use crate::result::{self, AssessmentResult, Warning};
use crate::score::Scorecard;
use crate::source::{SourceId, Sources, Span};
use std::collections::BTreeSet;

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
}

/// R101, R102: characters that the fonts lack, each where it first stands in a text at hand: in the answers
/// first, which most of what is printed comes from.
pub fn characters_without_glyph(
    missing: &[Missing],
    sources: &Sources,
    answers: SourceId,
    out: &mut Diagnostics,
) {
    let mut known = BTreeSet::new();
    for each in missing {
        let others = sources.iter().map(|(id, _)| id).filter(|id| *id != answers);
        let mut all = [answers].into_iter().chain(others);
        let place = all.find_map(|id| place(each, id, sources));
        // One text stands in several places on paper.
        if each.unreadable && !place.is_none_or(|span| known.insert((span.source, span.start))) {
            continue;
        }
        let code = if each.unreadable { Code::R102 } else { Code::R101 };
        let shown = format!("`{}` (U+{:04X})", each.character, u32::from(each.character));
        let message = match each.unreadable {
            true => format!("no font at hand has {shown}, nor much else of “{}”", each.text),
            false => format!("no font at hand has {shown}, so the PDF spells it out"),
        };
        let fault = match (place, each.unreadable) {
            (Some(span), true) => Diagnostic::error(code, message, span),
            (Some(span), false) => Diagnostic::warning(code, message, span),
            (None, true) => Diagnostic::of_file(code, message, answers),
            (None, false) => Diagnostic::doubt(code, message, answers),
        };
        out.push(fault.help(match (each.unreadable, each.right_to_left) {
            (_, true) => "scripts written from right to left cannot be set yet; write another format, as --format html",
            (true, false) => "name a font that has it with --font, or write another format, as --format html",
            (false, false) => "name a font that has it with --font, or leave it",
        }));
    }
}

/// Where in a file a character stands: in its own text if that is found, else wherever it is first.
fn place(missing: &Missing, id: SourceId, sources: &Sources) -> Option<Span> {
    let text = &sources.get(id).text;
    let word = missing.text.find(missing.character).map(|start| {
        let ends = |c: char| c.is_whitespace() || c.is_ascii_punctuation();
        missing.text[start..].split(ends).next().unwrap_or_default()
    });
    let start = word.and_then(|word| text.find(word)).or_else(|| text.find(missing.character))?;
    let at = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
    let end = start + missing.character.len_utf8();
    Some(Span { source: id, start: at(start), end: at(end) })
}
