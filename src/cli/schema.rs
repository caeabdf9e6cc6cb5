//! `gapwise schema`, `gapwise completions`, `gapwise man`: the program described for other programs.

use super::{Cli, Failure, Outcome, Terminal};
use crate::load::Trouble;
use crate::schema::schema;
use clap::{Args, CommandFactory as _, ValueEnum};

/// Print the JSON Schema of a kind of document, for editors and other programs
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  gapwise schema answers > answers.schema.json")]
pub(super) struct Schema {
    /// The kind of document
    kind: Kind,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    Questions,
    Questionnaire,
    Profile,
    Target,
    Glossary,
    Crosswalk,
    Answers,
    Result,
    Comparison,
    Portfolio,
}

impl Schema {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let name = self
            .kind
            .to_possible_value()
            .map(|value| value.get_name().to_owned())
            .unwrap_or_default();
        terminal.print(&(schema(&name).unwrap_or_default() + "\n"))?;
        Ok(Outcome::Done)
    }
}

/// Print completions for a shell
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  gapwise completions bash > ~/.local/share/bash-completion/completions/gapwise"
)]
pub(super) struct Completions {
    /// The shell
    shell: clap_complete::Shell,
}

impl Completions {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "gapwise", &mut script);
        terminal.print(&String::from_utf8_lossy(&script))?;
        Ok(Outcome::Done)
    }
}

/// Print the manual page of the program or of a command
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  gapwise man report | man -l -")]
pub(super) struct Man {
    /// The command; the program itself unless said
    command: Option<String>,
}

impl Man {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let mut command = Cli::command();
        command.build();
        if let Some(name) = &self.command {
            let Some(found) = command.find_subcommand(name).cloned() else {
                let names: Vec<_> =
                    command.get_subcommands().map(|each| each.get_name().to_owned()).collect();
                let help = crate::diagnostic::one_of(name, names.iter().map(String::as_str));
                return Err(Failure::Usage(format!("there is no command `{name}`"), help));
            };
            command = found.display_name(format!("gapwise-{name}"));
        }
        let mut page = Vec::new();
        clap_mangen::Man::new(command).render(&mut page).map_err(|why| Trouble {
            message: format!("cannot write the page: {why}"),
            help: None,
        })?;
        terminal.print(&String::from_utf8_lossy(&page))?;
        Ok(Outcome::Done)
    }
}
