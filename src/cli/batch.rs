//! `gapwise batch`: many clients in one command.

mod progress;

use super::cut::{self, Audience};
use super::report::{Sheet, Wanted as WantedFormat};
use super::{ByName, Failure, Outcome, OwnQuestionnaires, Terminal};
use crate::batch::finish::{self, FAILURES, RESULTS, Tables};
use crate::batch::{self, Counts, Failure as ClientFailure, Given, Input, Wanted};
use crate::builtin;
use crate::cut::Cut;
use crate::diagnostic::Diagnostics;
use crate::digest::Digest;
use crate::library::Library;
use crate::load::shelf::{Earlier, Shelf};
use crate::load::{self, Trouble};
use crate::render::Format;
use crate::render::pdf::Setup;
use crate::render::template::Templates;
use crate::result::ENGINE;
use clap::Args;
use progress::Progress;
use std::path::{Path, PathBuf};

/// Score and report on many clients: a folder of answers files, or a table
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  gapwise batch clients/ -o reports/\n  gapwise batch clients.csv -o reports/ --for owner,board --format pdf\n  zcat clients.ndjson.gz | gapwise batch - -o results/ --no-reports\n\nINPUT is a folder of answers files (.yaml) and filled-in workbooks (.xlsx), or one table with a row\nfor each client: CSV (comma, semicolon or tab), XLSX, or lines of JSON, each an answers document. A\ntable has the columns `client`, `date` and `questionnaire`, one for each fact of the profile (`size`,\n`role` …) and one for each question, with its id as the head. A cell holds `2`, `yes`, `unknown`,\n`n/a: reason`, `a|b`, or nothing while open.\n\nThe output folder gets a folder for each client, results.ndjson and results.csv with a line for each,\nfailures.csv with a row for each that failed. One that fails never stops the rest; exit code 1 says that\nsome did. Ctrl-C finishes what is in hand; go on with --resume."
)]
pub(super) struct Batch {
    /// A folder of answers files, a table, or `-` for a table or lines of JSON from standard input
    #[arg(value_name = "INPUT")]
    input: PathBuf,
    /// The folder that everything is written to; it is made if need be
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// Which formats each client's reports have, separated by commas; html and pdf unless said
    #[arg(long, value_enum, value_delimiter = ',', value_name = "FORMAT")]
    format: Vec<WantedFormat>,
    /// Whom the reports are for, separated by commas; `full` unless said
    #[arg(long = "for", value_enum, value_delimiter = ',', value_name = "AUDIENCE")]
    audience: Vec<Audience>,
    /// Write no reports for each client, only the tables and the portfolio
    #[arg(long, conflicts_with_all = ["format", "audience"])]
    no_reports: bool,
    /// Go on where an earlier run was stopped: reports that are there, and whose answers have not changed, stay
    #[arg(long, conflicts_with = "force")]
    resume: bool,
    /// Make anew what an earlier run made
    #[arg(long)]
    force: bool,
    /// How many clients are looked at at the same time; as many as there are cores unless said
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    /// Score all answers under this questionnaire
    #[arg(long, value_name = "ID")]
    against: Option<String>,
    /// Measure gaps against another target
    #[arg(long, value_name = "ID")]
    target: Option<String>,
    /// Use this date instead of that of the answers, as 2026-11-02
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// Templates of your own for the reports. They are trusted: use only those that you have read
    #[arg(long, value_name = "DIR")]
    template: Option<PathBuf>,
    /// The size of the pages of a PDF
    #[arg(long, value_enum, default_value_t)]
    paper: Sheet,
    /// A font for characters in a PDF that Noto Sans lacks; it may be named more than once
    #[arg(long, value_name = "FILE")]
    font: Vec<PathBuf>,
    /// End with exit code 4 if a client has a requirement below its target or a failed gate
    #[arg(long)]
    require_target: bool,
    #[command(flatten)]
    own: OwnQuestionnaires,
}

impl Batch {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        self.output_is_another_folder()?;
        let mut found = Diagnostics::default();
        let mut library = self.own.library(&mut found)?;
        let wanted = self.wanted(&library)?;
        let given = Given { questionnaire: self.against.as_deref(), date: self.date.as_deref() };
        let input = match found.has_errors() {
            true => None,
            false => Input::open(&self.input, &self.output, given, &mut library, &mut found)?,
        };
        terminal.show(&library.sources, &found);
        let Some(input) = input else { return Ok(Outcome::Rejected) };
        let shelf = Shelf::open(&self.output, RESULTS, self.earlier())?;
        let (counts, journal) = self.look_at_all(input, &library, &wanted, &shelf, terminal)?;
        if counts.stopped {
            terminal.say(&self.told_of_a_stop(counts));
            return Ok(Outcome::Interrupted);
        }
        let tables = finish::tables(&shelf, &journal.close()?, &mut |_| {})?;
        let failed = counts.failed + tables.doubles;
        self.publish(shelf, &tables, terminal)?;
        self.tell(counts, &tables.first_failures, failed, terminal);
        Ok(match () {
            () if self.require_target && counts.below_target > 0 => Outcome::GapsRemain,
            () if failed > 0 => Outcome::Rejected,
            () => Outcome::Done,
        })
    }

    /// What is written is no input of the same batch.
    fn output_is_another_folder(&self) -> Result<(), Failure> {
        let same = |path: &Path| path.canonicalize().ok();
        match same(&self.input) {
            Some(input) if Some(&input) == same(&self.output).as_ref() => {
                let message = "the reports cannot be written into the folder of the answers";
                let help = "name another folder, as `-o reports/`".to_owned();
                Err(Failure::Usage(message.to_owned(), Some(help)))
            }
            _ => Ok(()),
        }
    }

    fn earlier(&self) -> Earlier {
        match (self.resume, self.force) {
            (true, _) => Earlier::Resumed,
            (_, true) => Earlier::Replaced,
            _ => Earlier::None,
        }
    }

    /// What the arguments ask for, where they go together.
    fn wanted(&self, library: &Library) -> Result<Wanted, Failure> {
        let against = self.against.as_deref().map(ByName::questionnaire);
        let target = self.target.as_deref().map(ByName::target);
        against.into_iter().chain(target).try_for_each(|named| named.is_known(library))?;
        super::is_a_day(self.date.as_deref())?;
        let own = match &self.template {
            Some(folder) => load::templates(folder)?,
            None => Vec::new(),
        };
        let fonts = super::fonts(&self.font)?;
        let setup = Setup { paper: self.paper.into(), fonts };
        let reports = self.reports()?;
        let mut parts = vec![ENGINE.to_owned(), format!("{:?} {:?}", self.paper, reports)];
        parts.push(format!("{:?} {:?} {:?}", self.against, self.target, self.date));
        let built_in = builtin::files().map(|(path, text)| format!("{path}\n{text}"));
        let read = library.sources.iter().map(|(_, source)| source.text.clone());
        let templates = own.iter().map(|(path, text)| format!("{path}\n{text}"));
        parts.extend(built_in.chain(read).chain(templates).chain(setup.fonts.added()));
        let digests = parts.iter().map(|part| Digest::of_bytes(part.as_bytes()));
        Ok(Wanted {
            against: self.against.clone(),
            target: self.target.clone(),
            date: self.date.clone(),
            reports,
            setup,
            templates: Templates::with(own),
            fingerprint: Digest::of_all(&digests.collect::<Vec<_>>()),
        })
    }

    fn reports(&self) -> Result<Vec<(Cut, Vec<Format>)>, Failure> {
        if self.no_reports {
            return Ok(Vec::new());
        }
        let asked: Vec<Format> = match self.format.as_slice() {
            [] => vec![Format::Html, Format::Pdf],
            formats => formats.iter().map(|wanted| Format::from(*wanted)).collect(),
        };
        let mut cuts: Vec<Cut> =
            self.audience.iter().map(|audience| Cut::from(*audience)).collect();
        if cuts.is_empty() {
            cuts.push(Cut::Full);
        }
        let all = Cut::ALL.into_iter().filter(|cut| cuts.contains(cut));
        all.map(|cut| Ok((cut, cut::formats(cut, &asked)?))).collect()
    }

    /// Looks at all clients, on all cores, and shows how far it has come.
    fn look_at_all(
        &self,
        input: Input,
        library: &Library,
        wanted: &Wanted,
        shelf: &Shelf,
        terminal: &Terminal,
    ) -> Result<(Counts, load::shelf::Journal), Failure> {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(usize::from(self.jobs.unwrap_or(0)))
            .build()
            .map_err(|why| Trouble { message: format!("cannot start: {why}"), help: None })?;
        let progress = Progress::new(terminal.is_dumb)?;
        let mut journal = shelf.journal()?;
        let counts =
            pool.install(|| batch::run(input, library, wanted, shelf, &mut journal, &progress));
        progress.end();
        let counts = counts.map_err(|Trouble { message, help }| Trouble {
            message,
            help: Some(help.unwrap_or_else(|| {
                "what is done is kept: mend this, then go on with --resume".to_owned()
            })),
        })?;
        Ok((counts, journal))
    }

    fn publish(
        &self,
        shelf: Shelf,
        tables: &Tables,
        terminal: &mut Terminal,
    ) -> Result<(), Trouble> {
        let table = finish::results_table(&shelf, tables, &|_| Default::default())?;
        let left_over = finish::left_over(&shelf, tables)?;
        shelf.publish(&[&tables.results, &tables.failures, &table], Vec::new())?;
        shelf.close()?;
        if !left_over.is_empty() {
            let some: Vec<_> = left_over.iter().take(5).map(String::as_str).collect();
            let more = left_over.len() - some.len();
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let some = some.join(", ");
            terminal.say(&format!("left from before, of clients not in this run: {some}{more}"));
        }
        Ok(())
    }

    fn told_of_a_stop(&self, counts: Counts) -> String {
        let mut words: Vec<_> = std::env::args().filter(|word| word != "--force").collect();
        if !self.resume {
            words.push("--resume".to_owned());
        }
        let done = counts.scored + counts.failed;
        format!("stopped after {done} clients; go on with: {}", words.join(" "))
    }

    /// What was done, on standard error.
    fn tell(&self, counts: Counts, first: &[ClientFailure], failed: u64, terminal: &mut Terminal) {
        for each in first {
            let line = each.line.map_or(String::new(), |line| format!(":{line}"));
            let more = match each.more {
                0 => String::new(),
                more => format!(" (and {more} more)"),
            };
            let ClientFailure { file, code, fault, .. } = each;
            terminal.say(&format!("failed: {file}{line}: {code} {fault}{more}"));
        }
        if failed > first.len() as u64 {
            terminal.say(&format!("… and {} more that failed", failed - first.len() as u64));
        }
        let kept = match counts.kept {
            0 => String::new(),
            kept => format!(", {kept} of them with reports that were there already"),
        };
        let out = self.output.display();
        let scored = counts.scored + counts.failed - failed;
        terminal.say(&format!("{scored} clients scored{kept}; see {out}/{RESULTS}"));
        if failed > 0 {
            terminal.say(&format!("{failed} failed; see {out}/{FAILURES}"));
        }
        if counts.nothing_public > 0 {
            let count = counts.nothing_public;
            terminal
                .say(&format!("{count} have no answer marked public, so nothing for outsiders"));
        }
    }
}
