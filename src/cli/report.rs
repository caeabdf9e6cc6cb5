//! `gapwise report`: writes the gap report.

use super::cut::{self, Audience};
use super::{Assessed, ByName, Failure, Outcome, Terminal, What};
use crate::cut::Cut;
use crate::diagnostic::Diagnostics;
use crate::load::{self, Output, Trouble};
use crate::render::template::Templates;
use crate::render::{Format, RenderError, cut::file_name, cut::render};
use crate::{report, result};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

/// Write the gap report: html, md, json, csv
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  gapwise report acme.yaml -o out/\n  gapwise report acme.yaml --format json | jq .overall\n  gapwise report acme.yaml -o out/ --for owner\n  gapwise report acme.yaml -o out/ --by nist-ai-rmf\n\nThe files are report.html, report.md, result.json and report.csv; with --for they have its word as\ntheir name, as owner.html. For buyer and public only answers marked `visibility: public` are looked\nat: all others count as open. With --by the names end in it, as report-by-nist-ai-rmf.html, and the\ntable has a row for each clause and question."
)]
pub(super) struct Report {
    #[command(flatten)]
    what: What,
    /// Show the clauses of a framework in place of the domains: each with the questions mapped to
    /// it, their answers, and their mean (ours, no score of the framework); at the end the clauses
    /// that no answer supports. In html, md and csv; `gapwise list` names the frameworks
    #[arg(long, value_name = "FRAMEWORK")]
    by: Option<String>,
    /// The folder that the files are written to; it is made if need be
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Which formats, separated by commas; all unless said. One format without --output goes to
    /// standard output
    #[arg(long, value_enum, value_delimiter = ',', value_name = "FORMAT")]
    format: Vec<Wanted>,
    /// Whom it is for: a page or two, or what outsiders may see; everything unless said
    #[arg(long = "for", value_enum, value_name = "AUDIENCE")]
    audience: Option<Audience>,
    /// Templates of your own, which stand before the built-in ones of the same path. They are
    /// trusted: use only those that you have read
    #[arg(long, value_name = "DIR")]
    template: Option<PathBuf>,
    /// Overwrite files that are there already
    #[arg(long)]
    force: bool,
    /// End with exit code 4 if a requirement lies below its target or a gate failed
    #[arg(long)]
    require_target: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Wanted {
    Html,
    Md,
    Json,
    Csv,
}

impl From<Wanted> for Format {
    fn from(wanted: Wanted) -> Self {
        match wanted {
            Wanted::Html => Self::Html,
            Wanted::Md => Self::Markdown,
            Wanted::Json => Self::Json,
            Wanted::Csv => Self::Csv,
        }
    }
}

/// What the arguments ask for.
struct Request<'a> {
    cut: Cut,
    formats: Vec<Format>,
    /// The framework whose clauses it is cut by.
    by: Option<&'a str>,
    /// Where to write; `None` is standard output.
    folder: Option<&'a Path>,
}

impl Report {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let request = self.request()?;
        let templates = match &self.template {
            Some(folder) => Templates::with(load::templates(folder)?),
            None => Templates::default(),
        };
        let named = request.by.map(ByName::framework);
        let Some(assessed) = self.what.assess_with(named, terminal)? else {
            return Ok(Outcome::Rejected);
        };
        let Some(mut assessed) = cut::shown(request.cut, assessed, terminal) else {
            return Ok(Outcome::Rejected);
        };
        let Some(pages) = pages(&request, &mut assessed, &templates, terminal)? else {
            return Ok(Outcome::Rejected);
        };
        self.deliver(&request, pages, terminal)?;
        Ok(super::outcome(&assessed.scorecard, self.require_target))
    }

    /// What the arguments ask for, where they go together.
    fn request(&self) -> Result<Request<'_>, Failure> {
        let usage =
            |message: String, help: &str| Err(Failure::Usage(message, Some(help.to_owned())));
        let cut = self.audience.map(Cut::from).unwrap_or_default();
        let asked: Vec<_> = self.format.iter().map(|wanted| Format::from(*wanted)).collect();
        let formats = cut::formats(cut, &asked)?;
        let by = self.by.as_deref();
        if by.is_some() && !matches!(cut, Cut::Full | Cut::Public) {
            let help = "leave out one of the two; `--for public` can be had by a framework too";
            return usage(format!("`--by` cannot be had with `--for {}`", cut.word()), help);
        }
        let folder = self.output.as_deref().filter(|folder| folder.as_os_str() != "-");
        if folder.is_none() && (asked.is_empty() || formats.len() != 1) {
            let help = "name a folder, as `-o out/`, or one --format that goes to standard output";
            return usage("where to write the report is not said".to_owned(), help);
        }
        Ok(Request { cut, formats, by, folder })
    }

    /// Writes the pages, and says where.
    fn deliver(
        &self,
        request: &Request<'_>,
        pages: Vec<(Format, String)>,
        terminal: &mut Terminal,
    ) -> Result<(), Trouble> {
        let Some(folder) = request.folder else {
            return pages.iter().try_for_each(|(_, text)| terminal.print(text));
        };
        let output = |(format, text): (Format, String)| Output {
            path: folder.join(file_name(request.cut, request.by, format)),
            bytes: text.into_bytes(),
        };
        let outputs: Vec<_> = pages.into_iter().map(output).collect();
        load::write(&outputs, self.force)?;
        for output in &outputs {
            terminal.say(&format!("wrote {}", output.path.display()));
        }
        Ok(())
    }
}

/// The text of each format. `None` where the framework has faults, which are then shown.
fn pages(
    request: &Request<'_>,
    assessed: &mut Assessed,
    templates: &Templates,
    terminal: &mut Terminal,
) -> Result<Option<Vec<(Format, String)>>, Failure> {
    let mut faults = Diagnostics::default();
    let crosswalk = request.by.map(|id| assessed.library.crosswalk(id, &mut faults));
    terminal.show(&assessed.library.sources, &faults);
    if faults.has_errors() {
        return Ok(None);
    }
    let (assessment, scorecard) = (&assessed.assessment, &assessed.scorecard);
    let (sources, found) = (&assessed.library.sources, &assessed.found);
    let mut report = report::report(assessment, scorecard, sources, found);
    let mut result = result::result(assessment, scorecard, sources, found);
    if let Some(crosswalk) = crosswalk.flatten() {
        report = report::by_framework(report, assessment, scorecard, &crosswalk);
        result.options.by = Some(crosswalk.id.clone());
    }
    let pages = report::pages(request.cut, report, assessment, scorecard);
    let text = |format: &Format| Ok((*format, render(*format, &pages, &result, templates)?));
    let texts: Result<_, RenderError> = request.formats.iter().map(text).collect();
    texts.map(Some).map_err(|why| Failure::World(Trouble { message: why.to_string(), help: None }))
}
