//! `gapwise report`: writes the gap report.

use super::cut::{self, Audience};
use super::making::Making;
use super::plan;
use super::{Assessed, ByName, Failure, Outcome, Terminal, What};
use crate::cut::Cut;
use crate::diagnostic::Diagnostics;
use crate::load::{self, Output, Trouble};
use crate::publish::{Publication, characters_without_glyph};
use crate::render::pdf::Setup;
use crate::render::template::Templates;
use crate::render::{Format, RenderError};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

/// Write the gap report: html, pdf, md, json, csv, xlsx
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  gapwise report acme.yaml -o out/\n  gapwise report acme.yaml --format json | jq .overall\n  gapwise report acme.yaml -o out/ --for owner\n  gapwise report acme.yaml -o out/ --by nist-ai-rmf\n\nThe files are report.html, report.pdf, report.md, result.json, report.csv and report.xlsx; with --for they have\nits word as their name, as owner.html. For buyer and public only answers marked `visibility: public`\nare looked at: all others count as open. With --by the names end in it, as\nreport-by-nist-ai-rmf.html, and tables have a row for each clause and question. The Excel workbook is\na summary with a chart, and tables of domains, requirements, findings and answers."
)]
pub(super) struct Report {
    #[command(flatten)]
    what: What,
    /// Show the clauses of a framework in place of the domains: each with the questions mapped to
    /// it, their answers, and their mean (ours, no score of the framework); at the end the clauses
    /// that no answer supports. In html, pdf, md, csv and xlsx; `gapwise list` names the frameworks
    #[arg(long, value_name = "FRAMEWORK")]
    by: Option<String>,
    /// Add the plan for so many person-days: 0.5 to 1000, in halves; see `gapwise plan`. Only in the
    /// full report: one or two pages have no room for it, and outsiders have no business with it
    #[arg(long, value_name = "DAYS", value_parser = plan::days)]
    days: Option<u32>,
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
    #[command(flatten)]
    making: Making,
    /// Attach the answers file to the PDF, beside the result
    #[arg(long)]
    attach_answers: bool,
    /// Overwrite files that are there already
    #[arg(long)]
    force: bool,
    /// End with exit code 4 if a requirement lies below its target or a gate failed
    #[arg(long)]
    require_target: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Wanted {
    Html,
    Pdf,
    Md,
    Json,
    Csv,
    Xlsx,
}

impl From<Wanted> for Format {
    fn from(wanted: Wanted) -> Self {
        match wanted {
            Wanted::Html => Self::Html,
            Wanted::Pdf => Self::Pdf,
            Wanted::Md => Self::Markdown,
            Wanted::Json => Self::Json,
            Wanted::Csv => Self::Csv,
            Wanted::Xlsx => Self::Xlsx,
        }
    }
}

/// What the arguments ask for.
struct Request<'a> {
    cut: Cut,
    formats: Vec<Format>,
    /// The framework whose clauses it is cut by.
    by: Option<&'a str>,
    /// The budget of the plan. Unit: half person-days.
    days: Option<u32>,
    /// Where to write; `None` is standard output.
    folder: Option<&'a Path>,
}

/// What reports are made with.
struct Means {
    templates: Templates,
    setup: Setup,
    attach_answers: bool,
}

/// A file of a report: its name and what it holds.
type Made = (String, Vec<u8>);

impl Report {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let request = self.request(terminal)?;
        let means = self.means()?;
        let named = request.by.map(ByName::framework);
        let Some(assessed) = self.what.assess_with(named, terminal)? else {
            return Ok(Outcome::Rejected);
        };
        let Some(mut assessed) = cut::shown(request.cut, assessed, terminal) else {
            return Ok(Outcome::Rejected);
        };
        let Some(files) = files(&request, &mut assessed, &means, terminal)? else {
            return Ok(Outcome::Rejected);
        };
        self.deliver(&request, files, terminal)?;
        Ok(super::outcome(&assessed.scorecard, self.require_target))
    }

    /// What the arguments ask for, where they go together.
    fn request(&self, terminal: &Terminal) -> Result<Request<'_>, Failure> {
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
        if self.attach_answers && cut.is_external() {
            let help =
                "the answers file holds what you did not mark public; leave one of the two out";
            return usage(
                format!("`--attach-answers` cannot be had with `--for {}`", cut.word()),
                help,
            );
        }
        if self.days.is_some() && cut != Cut::Full {
            let help =
                "a plan stands in the full report, for inside the house; leave one of the two out";
            return usage(format!("`--days` cannot be had with `--for {}`", cut.word()), help);
        }
        let folder = self.output.as_deref().filter(|folder| folder.as_os_str() != "-");
        if folder.is_none() && (asked.is_empty() || formats.len() != 1) {
            let help = "name a folder, as `-o out/`, or one --format that goes to standard output";
            return usage("where to write the report is not said".to_owned(), help);
        }
        if folder.is_none() && terminal.is_screen {
            let what = match formats[..] {
                [Format::Pdf] => Some(("PDF", "report.pdf")),
                [Format::Xlsx] => Some(("workbook", "report.xlsx")),
                _ => None,
            };
            if let Some((what, file)) = what {
                let help =
                    format!("name a folder, as `-o out/`, or lead it into a file, as `> {file}`");
                return usage(format!("a {what} is not for a screen"), &help);
            }
        }
        Ok(Request { cut, formats, by, days: self.days, folder })
    }

    fn means(&self) -> Result<Means, Failure> {
        let templates = Templates::with(self.making.templates()?);
        let setup = self.making.setup()?;
        Ok(Means { templates, setup, attach_answers: self.attach_answers })
    }

    /// Writes the files, and says where.
    fn deliver(
        &self,
        request: &Request<'_>,
        files: Vec<Made>,
        terminal: &mut Terminal,
    ) -> Result<(), Trouble> {
        let Some(folder) = request.folder else {
            return files.iter().try_for_each(|(_, bytes)| terminal.print_bytes(bytes));
        };
        let output = |(name, bytes): Made| Output { path: folder.join(name), bytes };
        let outputs: Vec<_> = files.into_iter().map(output).collect();
        load::write(&outputs, self.force)?;
        for output in &outputs {
            terminal.say(&format!("wrote {}", output.path.display()));
        }
        Ok(())
    }
}

/// The file of each format. `None` where the framework has faults, or a text cannot be set; which is then
/// shown.
fn files(
    request: &Request<'_>,
    assessed: &mut Assessed,
    means: &Means,
    terminal: &mut Terminal,
) -> Result<Option<Vec<Made>>, Failure> {
    let mut faults = Diagnostics::default();
    let crosswalk = request.by.map(|id| assessed.library.crosswalk(id, &mut faults));
    if faults.has_errors() {
        terminal.show(&assessed.library.sources, &faults);
        return Ok(None);
    }
    let mut publication = Publication::new(
        &assessed.assessment,
        &assessed.scorecard,
        &assessed.warnings(),
        request.cut,
        crosswalk.flatten().as_deref(),
    );
    if let Some(halves) = request.days {
        let (assessment, scorecard) = (&assessed.assessment, &assessed.scorecard);
        let Some(plan) = plan::chosen(assessment, scorecard, halves, terminal) else {
            return Ok(None);
        };
        publication = publication.with_plan(assessment, &plan);
    }
    let sources = &assessed.library.sources;
    let answers = means.attach_answers.then(|| sources.get(assessed.answers).text.as_str());
    let mut bytes = |format: &Format| match format {
        Format::Pdf => {
            let printed = publication.pdf(&means.setup, answers, &means.templates)?;
            characters_without_glyph(&printed.missing, sources, assessed.answers, &mut faults);
            Ok(printed.bytes)
        }
        Format::Xlsx => publication.workbook(),
        _ => publication.text(*format, &means.templates).map(String::into_bytes),
    };
    let file = |format: &Format| Ok((publication.file_name(*format), bytes(format)?));
    let files: Result<Vec<_>, RenderError> = request.formats.iter().map(file).collect();
    let files =
        files.map_err(|why| Failure::World(Trouble { message: why.to_string(), help: None }))?;
    terminal.show(sources, &faults);
    Ok((!faults.has_errors()).then_some(files))
}
