//! `gapwise workbook`: a questionnaire as an Excel file, and back.

use super::{ByName, Failure, Outcome, OwnQuestionnaires, Terminal};
use crate::answers_file::Known;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, one_of};
use crate::library::Library;
use crate::load::{self, Output, Trouble};
use crate::raw::DocumentKind;
use crate::sitting::{Sitting, Unsaid};
use crate::workbook::merge::{self, Merged};
use crate::workbook::{LARGEST_WORKBOOK, content, read, write};
use clap::Args;
use std::path::{Path, PathBuf};

/// Write an Excel workbook to fill in, or read one back
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  gapwise workbook msme-first-look -o acme.xlsx\n  gapwise workbook --read acme.xlsx -o acme.yaml\n  gapwise workbook acme.yaml --domain MSME-3 -o for-it.xlsx\n\nReading into an answers file that is there adds to it: what is open there is filled in, what is the same passes, and each answer that differs is listed and left as it is. Exit code 1 says that some differ; with --force the workbook's are taken. A workbook with a faulty cell changes nothing."
)]
pub(super) struct Workbook {
    /// The questionnaire, by its id, or an answers file, whose answers are then filled in; `-` is standard input
    #[arg(value_name = "ID|ANSWERS", required_unless_present = "read", conflicts_with = "read")]
    what: Option<String>,
    /// Read this workbook, and write its answers
    #[arg(long, value_name = "FILE", conflicts_with = "domain")]
    read: Option<PathBuf>,
    /// The file to write. With --read, an answers file that is there is added to; without -o a new one goes to
    /// standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write only this domain, for someone who answers a part
    #[arg(long, value_name = "ID")]
    domain: Option<String>,
    /// Overwrite a workbook that is there already; with --read, take the workbook's answer where two differ
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    own: OwnQuestionnaires,
}

impl Workbook {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let mut found = Diagnostics::default();
        let mut library = self.own.library(&mut found)?;
        let outcome = match (&self.read, &self.what) {
            (Some(file), _) => self.read(file, &mut library, &mut found, terminal),
            (None, what) => {
                let what = what.as_deref().unwrap_or_default();
                self.write(what, &mut library, &mut found, terminal)
            }
        };
        outcome.map(|outcome| outcome.unwrap_or(Outcome::Rejected))
    }

    /// Writes a workbook. `None` where the input has faults, which are then shown.
    fn write(
        &self,
        what: &str,
        library: &mut Library,
        found: &mut Diagnostics,
        terminal: &mut Terminal,
    ) -> Result<Option<Outcome>, Failure> {
        self.has_a_place(terminal)?;
        let sitting = self.sitting(what, library, found)?;
        if let Some(sitting) = &sitting {
            self.domain_is_known(sitting)?;
        }
        let domain = self.domain.as_deref();
        let content = sitting.and_then(|sitting| {
            let content = content(library, &sitting, domain, found)?;
            for id in write::too_long(&content) {
                let message = format!("{id} holds a text that is longer than a cell can be");
                let fault = Diagnostic::of_file(Code::W111, message, sitting.answers);
                found.push(fault.help("shorten it, or answer in the file itself"));
            }
            Some(content)
        });
        terminal.show(&library.sources, found);
        let Some(content) = content.filter(|_| !found.has_errors()) else { return Ok(None) };
        let bytes = write::write(&content).map_err(|why| {
            let message = format!("cannot make the workbook: {why}");
            Failure::World(Trouble { message, help: None })
        })?;
        match self.output.as_deref().filter(|path| *path != Path::new("-")) {
            None => terminal.print_bytes(&bytes)?,
            Some(path) => {
                load::write(&[Output { path: path.to_owned(), bytes }], self.force)?;
                let (path, count) = (path.display(), content.questions());
                terminal.say(&format!(
                    "wrote {path} with {count} questions; fill it in, then: gapwise workbook --read {path} -o ANSWERS.yaml{}",
                    self.own_folder()
                ));
            }
        }
        Ok(Some(Outcome::Done))
    }

    /// A workbook is nothing for a screen.
    fn has_a_place(&self, terminal: &Terminal) -> Result<(), Failure> {
        if self.output.is_some() || !terminal.is_screen {
            return Ok(());
        }
        let help = "name a file for it, as `-o acme.xlsx`".to_owned();
        Err(Failure::Usage("a workbook cannot be shown on a screen".to_owned(), Some(help)))
    }

    /// A new answers file for a questionnaire, or one that is there.
    fn sitting(
        &self,
        what: &str,
        library: &mut Library,
        found: &mut Diagnostics,
    ) -> Result<Option<Sitting>, Failure> {
        if library.has(DocumentKind::Questionnaire, what) {
            let known = Known::default();
            return Ok(Sitting::begin(library, what, "answers.yaml", &known, found));
        }
        let path = Path::new(what);
        if what != "-" && !path.exists() {
            // A word without an ending is more likely the name of a questionnaire than a file.
            if path.extension().is_none() {
                ByName::questionnaire(what).is_known(library)?;
            }
        }
        let answers = load::document(library, path, found)?;
        Ok(answers.and_then(|answers| Sitting::open(library, answers, found)))
    }

    fn domain_is_known(&self, sitting: &Sitting) -> Result<(), Failure> {
        let domains = sitting.questionnaire.domains.iter().map(|domain| domain.id.as_str());
        match &self.domain {
            Some(wanted) if !domains.clone().any(|id| id == wanted) => {
                let message = format!("`{}` has no domain `{wanted}`", sitting.questionnaire.id);
                Err(Failure::Usage(message, one_of(wanted, domains)))
            }
            _ => Ok(()),
        }
    }

    /// Reads a workbook. `None` where it has faults, which are then shown.
    fn read(
        &self,
        file: &Path,
        library: &mut Library,
        found: &mut Diagnostics,
        terminal: &mut Terminal,
    ) -> Result<Option<Outcome>, Failure> {
        let name = file.display().to_string();
        let bytes = load::bytes(file, LARGEST_WORKBOOK)?;
        let bytes = bytes.map_err(|message| Failure::World(Trouble { message, help: None }))?;
        let output = self.output.as_deref().filter(|path| *path != Path::new("-"));
        let there = output.filter(|path| path.exists());
        let filled = read::read(library, &name, &bytes, found);
        let done = match (filled, there) {
            (None, _) => None,
            (Some(filled), None) => {
                let name = output.map_or("answers.yaml".into(), |path| path.display().to_string());
                merge::begin(library, &filled, &name, found)
                    .map(|sitting| (sitting, Merged { added: filled.replies.len(), differing: 0 }))
            }
            (Some(filled), Some(path)) => {
                let answers = load::document(library, path, found)?;
                let sitting = answers.and_then(|answers| Sitting::open(library, answers, found));
                sitting.and_then(|sitting| {
                    let merged = merge::add(library, &sitting, &filled, self.force, found)?;
                    Some((sitting, merged))
                })
            }
        };
        let done = done.filter(|_| !found.has_errors());
        let standing = done.as_ref().map(|(sitting, _)| sitting.standing(library));
        let doubts = standing.iter().flat_map(|standing| standing.found.sorted());
        let doubts = doubts.filter(|each| each.severity == Severity::Warning);
        doubts.for_each(|each| found.push(each.clone()));
        terminal.show(&library.sources, found);
        let (Some((sitting, merged)), Some(standing)) = (done, standing) else { return Ok(None) };
        let text = sitting.text(library);
        match output {
            None => terminal.print(text)?,
            Some(path) => {
                let bytes = text.as_bytes().to_vec();
                load::write(&[Output { path: path.to_owned(), bytes }], there.is_some())?;
                terminal.say(&self.told(path, there.is_some(), merged, &standing.unsaid));
            }
        }
        let is_left = merged.differing > 0 && !self.force;
        Ok(Some(if is_left { Outcome::Rejected } else { Outcome::Done }))
    }

    /// What was done, and what to do next.
    fn told(
        &self,
        path: &Path,
        was_there: bool,
        Merged { added, differing }: Merged,
        unsaid: &[Unsaid],
    ) -> String {
        let (path, own) = (path.display(), self.own_folder());
        let unsaid: Vec<_> = unsaid.iter().map(word).collect();
        let next = match unsaid.as_slice() {
            [] => format!("next: gapwise score {path}{own}"),
            _ => format!("still to be said on the sheet Profile: {}", unsaid.join(", ")),
        };
        let differing = match (differing, self.force) {
            (0, _) => String::new(),
            (count, false) => format!(", left {count} as they are that differ"),
            (count, true) => format!(", took {count} from the workbook that differ"),
        };
        match was_there {
            true => format!("added {added} to {path}{differing}; {next}"),
            false => format!("wrote {path} with {added} answers; {next}"),
        }
    }

    fn own_folder(&self) -> String {
        let own = self.own.questionnaires.as_ref();
        own.map_or(String::new(), |folder| format!(" --questionnaires {}", folder.display()))
    }
}

/// What is not said yet.
fn word(unsaid: &Unsaid) -> &str {
    match unsaid {
        Unsaid::Name => "name",
        Unsaid::Date => "date",
        Unsaid::Fact(id) => id,
    }
}
