//! The command line: arguments, dispatch, and what becomes the exit code.

mod batch;
mod check;
mod compare;
mod cut;
mod explain;
mod form;
mod init;
mod interview;
mod list;
mod making;
mod plan;
mod report;
mod schema;
mod score;
mod terminal;
mod verify;
mod workbook;

use crate::diagnostic::Diagnostics;
use crate::library::Library;
use crate::load::{self, Trouble};
use crate::model::Assessment;
use crate::raw::{Document, DocumentKind};
use crate::render::pdf::fonts::Fonts;
use crate::result::{self, Warning};
use crate::score::Scorecard;
use crate::source::SourceId;
use crate::validate::{EvidenceFiles, is_date};
use crate::{assemble, diagnostic};
use clap::{Args, Parser, Subcommand};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use terminal::Terminal;

/// AI-governance self-assessment: answer plain questions, see where you stand against the source
/// texts, and what to do first. Nothing leaves your machine.
#[derive(Debug, Parser)]
#[command(name = "gapwise", version, arg_required_else_help = true, max_term_width = 100)]
#[command(
    after_help = "Example:\n  gapwise report examples/northlight-models/answers.yaml -o out/\n\nExit codes: 0 done · 1 input rejected · 2 wrong command line · 3 a file or template failed · 4 gaps remain"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(list::List),
    Init(init::Init),
    Interview(interview::Interview),
    Workbook(workbook::Workbook),
    Check(check::Check),
    Score(score::Score),
    Report(report::Report),
    Batch(batch::Batch),
    Form(form::Form),
    Explain(explain::Explain),
    Compare(compare::Compare),
    Plan(plan::Plan),
    Verify(verify::Verify),
    Schema(schema::Schema),
    Completions(schema::Completions),
    Man(schema::Man),
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Done,
    Rejected,
    GapsRemain,
    /// Somebody stopped it; it can go on.
    Interrupted,
}

/// Why a command could not end.
#[derive(Debug)]
enum Failure {
    /// The command line asks for something that is not there.
    Usage(String, Option<String>),
    /// A file, a pipe or a template failed.
    World(Trouble),
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        Self::World(trouble)
    }
}

/// Runs the command that the arguments name.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut terminal = Terminal::new();
    let outcome = match &cli.command {
        Command::List(command) => command.run(&mut terminal),
        Command::Init(command) => command.run(&mut terminal),
        Command::Interview(command) => command.run(&mut terminal),
        Command::Workbook(command) => command.run(&mut terminal),
        Command::Check(command) => command.run(&mut terminal),
        Command::Score(command) => command.run(&mut terminal),
        Command::Report(command) => command.run(&mut terminal),
        Command::Batch(command) => command.run(&mut terminal),
        Command::Form(command) => command.run(&mut terminal),
        Command::Explain(command) => command.run(&mut terminal),
        Command::Compare(command) => command.run(&mut terminal),
        Command::Plan(command) => command.run(&mut terminal),
        Command::Verify(command) => command.run(&mut terminal),
        Command::Schema(command) => command.run(&mut terminal),
        Command::Completions(command) => command.run(&mut terminal),
        Command::Man(command) => command.run(&mut terminal),
    };
    ExitCode::from(match outcome {
        Ok(Outcome::Done) => 0,
        Ok(Outcome::Rejected) => 1,
        Ok(Outcome::GapsRemain) => 4,
        Ok(Outcome::Interrupted) => 130,
        Err(Failure::Usage(message, help)) => {
            terminal.complain(&message, help.as_deref());
            2
        }
        Err(Failure::World(trouble)) => {
            terminal.complain(&trouble.message, trouble.help.as_deref());
            3
        }
    })
}

/// Whether gaps remain, where the user wants to know.
fn outcome(scorecard: &Scorecard, require_target: bool) -> Outcome {
    let gaps = &scorecard.gaps;
    let remain = !gaps.findings.is_empty() || !gaps.still_open.is_empty();
    if require_target && remain { Outcome::GapsRemain } else { Outcome::Done }
}

/// Where questionnaires of one's own are.
#[derive(Debug, Args)]
struct OwnQuestionnaires {
    /// A folder with questionnaires, banks, targets, crosswalks or facts of your own; they stand before the
    /// built-in ones of the same name
    #[arg(long, value_name = "DIR")]
    questionnaires: Option<PathBuf>,
}

impl OwnQuestionnaires {
    /// The built-in documents and one's own.
    fn library(&self, out: &mut Diagnostics) -> Result<Library, Failure> {
        let mut library = Library::default();
        if let Some(folder) = &self.questionnaires {
            for path in load::yaml_files(folder)? {
                load::document(&mut library, &path, out)?;
            }
            library.names_are_unique(out);
        }
        Ok(library)
    }
}

/// How answers are scored, where not as they say themselves.
#[derive(Debug, Args)]
struct How {
    /// Score the same answers under another questionnaire
    #[arg(long, value_name = "ID")]
    against: Option<String>,
    /// Measure gaps against another target
    #[arg(long, value_name = "ID")]
    target: Option<String>,
    /// Use this date instead of that of the answers, as 2026-11-02
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
}

/// What is scored, and how.
#[derive(Debug, Args)]
struct What {
    /// The answers file; `-` is standard input
    #[arg(value_name = "ANSWERS")]
    answers: PathBuf,
    #[command(flatten)]
    how: How,
    #[command(flatten)]
    own: OwnQuestionnaires,
}

/// An assessment with its figures and the warnings about its input.
struct Assessed {
    library: Library,
    answers: SourceId,
    assessment: Assessment,
    scorecard: Scorecard,
    found: Diagnostics,
}

impl Assessed {
    fn warnings(&self) -> Vec<Warning> {
        result::warnings(&self.library.sources, &self.found)
    }
}

impl What {
    /// Reads, checks and scores; shows what is wrong. `None` where the input is rejected.
    fn assess(&self, terminal: &mut Terminal) -> Result<Option<Assessed>, Failure> {
        self.assess_with(None, terminal)
    }

    /// The same, where the command line names one more document.
    fn assess_with(
        &self,
        also: Option<ByName<'_>>,
        terminal: &mut Terminal,
    ) -> Result<Option<Assessed>, Failure> {
        let mut found = Diagnostics::default();
        let mut library = self.own.library(&mut found)?;
        self.how.names_are_known(&library)?;
        if let Some(named) = also {
            named.is_known(&library)?;
        }
        let answers = load::document(&mut library, &self.answers, &mut found)?;
        let assessed = answers.and_then(|answers| {
            let files = evidence_files(&mut library, answers, &self.answers);
            let How { against, target, date } = &self.how;
            let (against, target) = (against.as_deref(), target.as_deref());
            let date = date.as_deref();
            let request = assemble::Request { answers, against, target, date, files: &files };
            let (assessment, scorecard) = assemble::assess(&mut library, &request, &mut found)?;
            Some((answers, assessment, scorecard))
        });
        terminal.show(&library.sources, &found);
        let assessed = assessed.filter(|_| !found.has_errors());
        Ok(assessed.map(|(answers, assessment, scorecard)| Assessed {
            library,
            answers,
            assessment,
            scorecard,
            found,
        }))
    }
}

impl How {
    /// The names on the command line are those of documents.
    fn names_are_known(&self, library: &Library) -> Result<(), Failure> {
        let against = self.against.as_deref().map(ByName::questionnaire);
        let target = self.target.as_deref().map(ByName::target);
        against.into_iter().chain(target).try_for_each(|named| named.is_known(library))?;
        is_a_day(self.date.as_deref())
    }
}

/// A date on the command line exists.
fn is_a_day(date: Option<&str>) -> Result<(), Failure> {
    match date {
        Some(date) if !is_date(date) => {
            let help = "write year, month and day, as 2026-11-02".to_owned();
            Err(Failure::Usage(format!("`{date}` is no date"), Some(help)))
        }
        _ => Ok(()),
    }
}

/// A document that the command line names.
#[derive(Clone, Copy, Debug)]
struct ByName<'a> {
    kind: DocumentKind,
    /// What the command line calls the kind.
    noun: &'static str,
    name: &'a str,
}

impl<'a> ByName<'a> {
    fn questionnaire(name: &'a str) -> Self {
        Self { kind: DocumentKind::Questionnaire, noun: "questionnaire", name }
    }

    fn target(name: &'a str) -> Self {
        Self { kind: DocumentKind::Target, noun: "target", name }
    }

    fn framework(name: &'a str) -> Self {
        Self { kind: DocumentKind::Crosswalk, noun: "framework", name }
    }

    /// There is such a document.
    fn is_known(self, library: &Library) -> Result<(), Failure> {
        if library.has(self.kind, self.name) {
            return Ok(());
        }
        let names = library.names(self.kind);
        let help = diagnostic::one_of(self.name, names.iter().map(String::as_str));
        Err(Failure::Usage(format!("there is no {} `{}`", self.noun, self.name), help))
    }
}

/// The built-in fonts and those in these files.
fn fonts(files: &[PathBuf]) -> Result<Fonts, Failure> {
    let mut fonts = Fonts::default();
    for path in files {
        fonts.add(load::font(path)?).map_err(|why| {
            let message = format!("`{}` cannot be used: {why}", path.display());
            Failure::World(Trouble { message, help: None })
        })?;
    }
    Ok(fonts)
}

/// What is at hand of the evidence that an answers file names.
fn evidence_files(library: &mut Library, source: SourceId, path: &Path) -> EvidenceFiles {
    match library.read(source, &mut Diagnostics::default()).as_deref() {
        Some(crate::library::Read { document: Document::Answers(raw), .. })
            if path != Path::new("-") =>
        {
            load::evidence(path, raw)
        }
        _ => EvidenceFiles::new(),
    }
}
