//! `gapwise batch`: many clients in one command.

mod progress;
mod told;
mod wanted;

use super::cut::Audience;
use super::making::Making;
use super::report::Wanted as WantedFormat;
use super::{Failure, How, Outcome, OwnQuestionnaires, Terminal};
use crate::batch::finish::{self, Beside, RESULTS, Tables};
use crate::batch::{self, Counts, Given, Input, Wanted};
use crate::diagnostic::Diagnostics;
use crate::library::Library;
use crate::load::Trouble;
use crate::load::shelf::{Closed, Earlier, Shelf, lines};
use crate::portfolio::anonymous::anonymous;
use crate::portfolio::{ClientResult, Portfolio, PortfolioReport};
use crate::render::summary;
use clap::Args;
use progress::Progress;
use std::path::{Path, PathBuf};

/// Score and report on many clients: a folder of answers files, or a table
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  gapwise batch clients/ -o reports/\n  gapwise batch clients.csv -o reports/ --for owner,board --format pdf\n  zcat clients.ndjson.gz | gapwise batch - -o results/ --no-reports\n\nINPUT is a folder of answers files (.yaml) and filled-in workbooks (.xlsx), or one table with a row for each client: CSV (comma, semicolon or tab), XLSX, Parquet (in a build with that feature), or lines of JSON, each an answers document. A table has the columns `client`, `date` and `questionnaire`, one for each fact of the profile (`size`, `role` …) and one for each question, with its id as the head. A cell holds `2`, `yes`, `unknown`, `n/a: reason`, `a|b`, or nothing while open.\n\nThe output folder gets a folder for each client, results.ndjson and results.csv with a line for each, failures.csv with a row for each that failed, and the portfolio as html, pdf, md, json and xlsx. One that fails never stops the rest; exit code 1 says that some did. Ctrl-C finishes what is in hand (exit code 130); go on with --resume."
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
    /// Write no reports of each client, only the tables and the portfolio
    #[arg(long, conflicts_with_all = ["format", "audience"])]
    no_reports: bool,
    /// Go on where an earlier run was stopped: reports that are there, and whose answers have not changed, stay
    #[arg(long, conflicts_with = "force")]
    resume: bool,
    /// Make anew what an earlier run made
    #[arg(long)]
    force: bool,
    /// Write nothing but a portfolio that names nobody: groups and counts under five are told together or not at
    /// all. For chambers, ministries and hubs
    #[arg(long, conflicts_with_all = ["format", "audience", "no_reports", "resume"])]
    anonymous: bool,
    /// Tell who moved since an earlier batch: its folder, or its results.ndjson
    #[arg(long, value_name = "EARLIER")]
    since: Option<PathBuf>,
    /// How many clients are looked at at the same time; as many as there are cores unless said
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    #[command(flatten)]
    how: How,
    #[command(flatten)]
    making: Making,
    /// End with exit code 4 if a client has a requirement below its target or a failed gate
    #[arg(long)]
    require_target: bool,
    #[command(flatten)]
    own: OwnQuestionnaires,
}

impl Batch {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        self.output_is_another_folder()?;
        self.folder_names_nobody()?;
        let mut found = Diagnostics::default();
        let mut library = self.own.library(&mut found)?;
        let wanted = wanted::wanted(self, &library)?;
        let mut portfolio = self.since()?;
        let given =
            Given { questionnaire: self.how.against.as_deref(), date: self.how.date.as_deref() };
        let input = match found.has_errors() {
            true => None,
            false => Input::open(&self.input, &self.output, given, &mut library, &mut found)?,
        };
        terminal.show(&library.sources, &found);
        let Some(input) = input else { return Ok(Outcome::Rejected) };
        let shelf = Shelf::open(&self.output, self.marks_a_batch(), self.earlier())?;
        let pool = self.pool()?;
        let progress = Progress::new(terminal.is_dumb)?;
        let run = || look_at_all(input, &library, &wanted, &shelf, &progress);
        let (counts, journal) = pool.install(run)?;
        if counts.stopped {
            drop(progress);
            terminal.say(&told::stopped(self, counts));
            if self.anonymous {
                shelf.close()?;
            }
            return Ok(Outcome::Interrupted);
        }
        progress.finishing();
        let mut add = |client: &ClientResult| portfolio.add(client);
        let tables = pool.install(|| finish::tables(&shelf, &journal, &mut add))?;
        let left_over = finish::left_over(&shelf, &tables)?;
        pool.install(|| self.publish(shelf, &tables, &portfolio, &wanted, &mut library))?;
        drop(progress);
        told::ended(self, counts, &tables, terminal);
        told::left_over(&left_over, terminal);
        Ok(match () {
            () if self.require_target && counts.below_target > 0 => Outcome::GapsRemain,
            () if counts.failed + tables.doubles > 0 => Outcome::Rejected,
            () => Outcome::Done,
        })
    }

    /// What names nobody does not stand beside what names everybody.
    fn folder_names_nobody(&self) -> Result<(), Failure> {
        if !self.anonymous || !self.output.join(RESULTS).exists() {
            return Ok(());
        }
        let message = format!("`{}` holds a batch with names", self.output.display());
        let help = "name another folder for the anonymous portfolio, so that it can be handed on";
        Err(Failure::Usage(message, Some(help.to_owned())))
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

    /// The file by which a folder is seen to hold a batch.
    fn marks_a_batch(&self) -> &'static str {
        if self.anonymous { "portfolio.html" } else { RESULTS }
    }

    fn earlier(&self) -> Earlier {
        match (self.resume, self.force) {
            (true, _) => Earlier::Resumed,
            (_, true) => Earlier::Replaced,
            _ => Earlier::None,
        }
    }

    /// A portfolio that knows the results of an earlier batch, where one is named.
    fn since(&self) -> Result<Portfolio, Failure> {
        let mut portfolio = Portfolio::default();
        let Some(path) = &self.since else { return Ok(portfolio) };
        let path = if path.is_dir() { path.join(RESULTS) } else { path.clone() };
        for (line, text) in (1..).zip(lines(&path)?) {
            let client: ClientResult = serde_json::from_str(&text?).map_err(|why| Trouble {
                message: format!(
                    "`{}`, line {line}, is no result of a client: {why}",
                    path.display()
                ),
                help: Some(format!("name the folder of an earlier batch, or its {RESULTS}")),
            })?;
            portfolio.before(&client);
        }
        Ok(portfolio)
    }

    /// As many cores as are wanted.
    fn pool(&self) -> Result<rayon::ThreadPool, Trouble> {
        let jobs = usize::from(self.jobs.unwrap_or(0));
        let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build();
        pool.map_err(|why| Trouble { message: format!("cannot start: {why}"), help: None })
    }

    /// Puts tables and portfolio in their places.
    fn publish(
        &self,
        shelf: Shelf,
        tables: &Tables,
        portfolio: &Portfolio,
        wanted: &Wanted,
        library: &mut Library,
    ) -> Result<(), Trouble> {
        let mut found = Diagnostics::default();
        let facts = library.facts(&mut found);
        let whole = portfolio.summary(&facts, &mut |id| library.questionnaire(id, &mut found));
        let summary = if self.anonymous { anonymous(&whole) } else { whole };
        let report = PortfolioReport::new(summary);
        let file = |format: &crate::render::Format| {
            let bytes = summary::render(*format, &report, &wanted.templates, &wanted.setup);
            let trouble =
                |why: crate::render::RenderError| Trouble { message: why.to_string(), help: None };
            Ok((summary::file_name(*format), bytes.map_err(trouble)?))
        };
        let files = summary::FORMATS.iter().map(file).collect::<Result<_, Trouble>>()?;
        if self.anonymous {
            shelf.publish(&[], files)?;
        } else {
            let table = finish::results_table(&shelf, tables, &|client| beside(portfolio, client))?;
            shelf.publish(&[&tables.results, &tables.failures, &table], files)?;
        }
        shelf.close()
    }
}

/// A client's place among those of its size.
fn beside(portfolio: &Portfolio, client: &ClientResult) -> Beside {
    let Some(peers) = portfolio.peers(client) else { return Beside::default() };
    let [lower, median, upper] = peers.quartiles.map(|score| score.exact());
    [peers.clients.to_string(), lower, median, upper, peers.standing.words().to_owned()]
}

/// Looks at all clients, on all cores, and shows how far it has come.
fn look_at_all(
    input: Input,
    library: &Library,
    wanted: &Wanted,
    shelf: &Shelf,
    progress: &Progress,
) -> Result<(Counts, Closed), Trouble> {
    let mut journal = shelf.journal()?;
    let counts = batch::run(input, library, wanted, shelf, &mut journal, progress);
    let go_on = |Trouble { message, help }: Trouble| {
        let kept = "what is done is kept: mend this, then go on with --resume";
        Trouble { message, help: Some(help.unwrap_or_else(|| kept.to_owned())) }
    };
    Ok((counts.map_err(go_on)?, journal.close()?))
}
