//! `gapwise interview`: answer in the terminal.

use super::terminal::on_ctrl_c;
use super::{ByName, Failure, Outcome, OwnQuestionnaires, Terminal};
use crate::diagnostic::{self, Diagnostics};
use crate::interview::asker::{Asker, Left};
use crate::interview::plain::Plain;
use crate::interview::screen::Screen;
use crate::interview::{self, Part, Start};
use crate::library::Library;
use crate::model::Questionnaire;
use crate::render::screen;
use crate::{report, result};
use clap::Args;
use jiff::Zoned;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Answer the questions in the terminal; each answer is saved at once, and you can stop at any time
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  gapwise interview acme.yaml\n  gapwise interview acme.yaml --section MSME-2 --open-only\n\nWithout a terminal, or with --plain, it asks in plain lines and reads a line for each reply; h lists what can be typed."
)]
pub(super) struct Interview {
    /// The answers file; it is made if it is not there
    file: Option<PathBuf>,
    /// The questionnaire of a new file, by its id; `gapwise list` names them
    #[arg(long, value_name = "ID")]
    questionnaire: Option<String>,
    /// Only the questions of this domain, by its id
    #[arg(long, value_name = "ID")]
    section: Option<String>,
    /// Only the questions that have no answer yet
    #[arg(long)]
    open_only: bool,
    /// Ask in plain lines, as for a screen reader
    #[arg(long)]
    plain: bool,
    #[command(flatten)]
    own: OwnQuestionnaires,
}

impl Interview {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let mut found = Diagnostics::default();
        let mut library = self.own.library(&mut found)?;
        if let Some(id) = &self.questionnaire {
            ByName::questionnaire(id).is_known(&library)?;
        }
        if self.file.as_deref() == Some(Path::new("-")) {
            let help = Some("name a file; the replies are read from there".to_owned());
            return Err(Failure::Usage("standard input is no answers file here".to_owned(), help));
        }
        let mut asker = self.asker(terminal)?;
        let start = Start {
            file: self.file.clone(),
            questionnaire: self.questionnaire.clone(),
            today: Zoned::now().date().to_string(),
        };
        let begun = match interview::begin(&mut library, &mut *asker, &start, &mut found) {
            Err(Left::Quit) => return Ok(Outcome::Done),
            Err(Left::Trouble(trouble)) => return Err(Failure::World(trouble)),
            Ok(begun) => begun.filter(|_| !found.has_errors()),
        };
        terminal.show(&library.sources, &found);
        let Some(begun) = begun else { return Ok(Outcome::Rejected) };
        let part = self.part(begun.questionnaire())?;
        let mut interview = begun.about(part);
        match interview.hold(&mut library, &mut *asker) {
            Ok(()) => self.conclude(&interview, &mut library, terminal)?,
            Err(Left::Quit) => {
                let path = interview.path().display();
                let go_on = format!("gapwise interview {path}{}", self.own_questionnaires());
                terminal.say(&format!("Saved. Go on with: {go_on}"));
            }
            Err(Left::Trouble(trouble)) => return Err(Failure::World(trouble)),
        }
        Ok(Outcome::Done)
    }

    /// A screen where there is one.
    fn asker(&self, terminal: &Terminal) -> Result<Box<dyn Asker>, Failure> {
        let all =
            io::stdin().is_terminal() && io::stdout().is_terminal() && io::stderr().is_terminal();
        if all && !self.plain && !terminal.is_dumb {
            let stop = Arc::new(AtomicBool::new(false));
            let heard = Arc::clone(&stop);
            on_ctrl_c(move || heard.store(true, Ordering::SeqCst))?;
            return Ok(Box::new(Screen::new(io::stderr(), terminal.colour, stop)));
        }
        let width = terminal.is_screen.then(|| terminal.width());
        Ok(Box::new(Plain::new(io::stdin().lock(), io::stdout(), width)))
    }

    /// The questions that the command line names.
    fn part(&self, questionnaire: &Questionnaire) -> Result<Part, Failure> {
        let differs = self.questionnaire.as_ref().filter(|id| **id != questionnaire.id);
        if let Some(id) = differs {
            let message = format!("the file answers `{}`, not `{id}`", questionnaire.id);
            let help = Some("leave out --questionnaire, or name another file".to_owned());
            return Err(Failure::Usage(message, help));
        }
        let Some(id) = &self.section else {
            return Ok(Part { domain: None, open_only: self.open_only });
        };
        let domains = &questionnaire.domains;
        let domain = domains.iter().position(|domain| domain.id.as_str() == id);
        let Some(domain) = domain else {
            let ids = domains.iter().map(|domain| domain.id.as_str());
            let message = format!("`{}` has no section `{id}`", questionnaire.id);
            return Err(Failure::Usage(message, diagnostic::one_of(id, ids)));
        };
        Ok(Part { domain: Some(domain), open_only: self.open_only })
    }

    /// The result, and what to do with it.
    fn conclude(
        &self,
        interview: &interview::Interview,
        library: &mut Library,
        terminal: &mut Terminal,
    ) -> Result<(), Failure> {
        let standing = interview.standing(library);
        let Some((assessment, scorecard)) = &standing.scored else { return Ok(()) };
        let warnings = result::warnings(&library.sources, &standing.found);
        let report = report::report(assessment, scorecard, &warnings);
        terminal.print(&format!("\n{}", screen::summary(&report, terminal.colour)))?;
        let (path, own) = (interview.path().display(), self.own_questionnaires());
        terminal.say(&format!("\nSaved. Make the report: gapwise report {path}{own} -o out/"));
        Ok(())
    }

    fn own_questionnaires(&self) -> String {
        let folder = self.own.questionnaires.as_ref();
        folder.map_or(String::new(), |folder| format!(" --questionnaires {}", folder.display()))
    }
}
