//! The one test binary: a module a concern.

mod architecture;
mod batch;
mod clients;
mod commands;
mod compare;
mod content;
mod coverage;
mod crosswalks;
mod cuts;
mod diagnostics;
mod golden;
mod hostile;
mod interview;
#[cfg(unix)]
mod interview_screen;
mod layout;
mod pages;
mod pdf;
mod pdf_hostile;
mod pdf_words;
mod plan;
mod portfolio;
mod portfolio_anonymous;
mod registry;
mod scoring;
mod sitting;
mod verify_pdf;
mod workbook;
mod writing;
mod xlsx;

use gapwise::assemble::{self, Request};
use gapwise::cut::Cut;
use gapwise::diagnostic::Diagnostics;
use gapwise::library::{Library, Read};
use gapwise::load;
use gapwise::model::Assessment;
use gapwise::publish::Publication;
use gapwise::raw::Document;
use gapwise::render::pdf::{Setup, read};
use gapwise::render::template::Templates;
use gapwise::render::{Format, RenderError};
use gapwise::report::{Pages, Report, by_framework, pages, report};
use gapwise::result::{AssessmentResult, Warning, result, warnings};
use gapwise::score::Scorecard;
use gapwise::source::SourceId;
use gapwise::validate::EvidenceFiles;
use std::path::{Path, PathBuf};

/// A path below the project's root.
fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The entries of a folder, sorted.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries =
        std::fs::read_dir(folder).unwrap_or_else(|why| panic!("{}: {why}", folder.display()));
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("readable").path()).collect();
    paths.sort();
    paths
}

/// All files below a folder, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let below = |path: PathBuf| if path.is_dir() { files(&path) } else { vec![path] };
    entries(folder).into_iter().flat_map(below).collect()
}

/// The last part of a path.
fn name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).expect("a path of ours")
}

/// The text of a file of ours.
fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

/// What was found wrong, a line each.
fn faults(library: &Library, found: &Diagnostics) -> Vec<String> {
    let line = |each: &gapwise::diagnostic::Diagnostic| {
        let name = &library.sources.get(each.source).name;
        let line = each.primary.as_ref().map(|label| library.sources.position(label.span).line);
        format!("{name}:{}: {} {}", line.unwrap_or(0), each.code.id(), each.message)
    };
    found.sorted().into_iter().map(line).collect()
}

/// An answers file with its figures, as the command line makes them.
struct Assessed {
    library: Library,
    answers: SourceId,
    assessment: Assessment,
    scorecard: Scorecard,
    found: Diagnostics,
}

impl Assessed {
    /// Reads, checks and scores an answers file of ours, which must have no errors.
    fn of(library: Library, answers: &Path) -> Self {
        Self::against(library, answers, None).unwrap_or_else(|why| panic!("{}", why.join("\n")))
    }

    /// An answers file that stands in a test, without evidence at hand.
    fn from_text(mut library: Library, text: String) -> Self {
        let mut found = Diagnostics::default();
        let answers = library.add("answers.yaml", text.clone());
        let files = EvidenceFiles::new();
        let request = Request { answers, against: None, target: None, date: None, files: &files };
        match assemble::assess(&mut library, &request, &mut found) {
            Some((assessment, scorecard)) => {
                Self { library, answers, assessment, scorecard, found }
            }
            None => panic!("{}\n{text}", faults(&library, &found).join("\n")),
        }
    }

    /// The same under another questionnaire than that of the file. Errors: what is wrong.
    fn against(
        mut library: Library,
        answers: &Path,
        against: Option<&str>,
    ) -> Result<Self, Vec<String>> {
        let mut found = Diagnostics::default();
        let source = load::document(&mut library, answers, &mut found).expect("readable");
        let source = source.unwrap_or_else(|| panic!("{}", faults(&library, &found).join("\n")));
        let files = evidence(&mut library, source, answers);
        let request = Request { answers: source, against, target: None, date: None, files: &files };
        match assemble::assess(&mut library, &request, &mut found) {
            Some((assessment, scorecard)) if !found.has_errors() => {
                Ok(Self { library, answers: source, assessment, scorecard, found })
            }
            _ => Err(faults(&library, &found)),
        }
    }

    /// The report on it, cut by a framework where one is named.
    fn report(&mut self, by: Option<&str>) -> Report {
        let mut found = Diagnostics::default();
        let crosswalk = by.map(|id| self.library.crosswalk(id, &mut found).expect("valid"));
        let warnings = self.warnings();
        let Self { assessment, scorecard, .. } = self;
        let report = report(assessment, scorecard, &warnings);
        match crosswalk {
            Some(crosswalk) => by_framework(report, assessment, scorecard, &crosswalk),
            None => report,
        }
    }

    /// A cut in some of its formats, by a framework where one is named.
    fn cut(
        mut self,
        cut: Cut,
        by: Option<&str>,
        formats: &[Format],
        templates: &Templates,
    ) -> Result<Vec<String>, RenderError> {
        let publication = self.publication(cut, by);
        let text = |format: &Format| match format {
            Format::Pdf => publication
                .pdf(&Setup::default(), None, templates)
                .map(|printed| readable(&printed.bytes)),
            Format::Xlsx => publication.workbook().map(|bytes| xlsx::readable(&bytes)),
            _ => publication.text(*format, templates),
        };
        formats.iter().map(text).collect()
    }

    /// What is published of a cut, by a framework where one is named.
    fn publication(&mut self, cut: Cut, by: Option<&str>) -> Publication {
        self.show(cut);
        let mut found = Diagnostics::default();
        let crosswalk = by.map(|id| self.library.crosswalk(id, &mut found).expect("valid"));
        let warnings = self.warnings();
        Publication::new(&self.assessment, &self.scorecard, &warnings, cut, crosswalk.as_deref())
    }

    /// What a cut shows, by a framework where one is named.
    fn pages(&mut self, cut: Cut, by: Option<&str>) -> Pages {
        self.show(cut);
        let report = self.report(by);
        pages(cut, report, &self.assessment, &self.scorecard)
    }

    /// Leaves nothing that a cut may not show.
    fn show(&mut self, cut: Cut) {
        if cut.is_external() {
            (self.assessment, self.scorecard, self.found) =
                assemble::public(&self.assessment, self.answers, &self.found);
        }
    }

    fn result(&self) -> AssessmentResult {
        result(&self.assessment, &self.scorecard, &self.warnings())
    }

    fn warnings(&self) -> Vec<Warning> {
        warnings(&self.library.sources, &self.found)
    }
}

/// What a PDF says and holds, and a digest of it all.
fn readable(pdf: &[u8]) -> String {
    let pages = read::page_texts(pdf).expect("a PDF");
    let files = read::attachments(pdf).expect("a PDF").into_iter();
    let files = files.map(|(name, bytes)| format!("{name}\n{}", String::from_utf8_lossy(&bytes)));
    let digest = gapwise::digest::Digest::of_bytes(pdf).to_string();
    pages.into_iter().chain(files).chain([digest]).collect::<Vec<_>>().join("\n")
}

/// What is at hand of the evidence that an answers file names.
fn evidence(library: &mut Library, source: SourceId, file: &Path) -> EvidenceFiles {
    match library.read(source, &mut Diagnostics::default()).as_deref() {
        Some(Read { document: Document::Answers(raw), .. }) => load::evidence(file, raw),
        _ => EvidenceFiles::new(),
    }
}
