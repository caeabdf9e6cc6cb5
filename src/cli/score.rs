//! `gapwise score`: the result in the terminal.

use super::{Failure, Outcome, Terminal, What};
use crate::render::{data, screen};
use crate::{report, result};
use clap::{Args, ValueEnum};

/// Show the result in the terminal: score, domains, gates, first actions
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  gapwise score acme.yaml")]
pub(super) struct Score {
    #[command(flatten)]
    what: What,
    /// For people, or for machines
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// End with exit code 4 if a requirement lies below its target or a gate failed
    #[arg(long)]
    require_target: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// A screen of text
    Text,
    /// The whole result, `result/1`
    Json,
}

impl Score {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let Some(assessed) = self.what.assess(terminal)? else { return Ok(Outcome::Rejected) };
        let (assessment, scorecard) = (&assessed.assessment, &assessed.scorecard);
        let warnings = assessed.warnings();
        let text = match self.format {
            Format::Text => {
                screen::summary(&report::report(assessment, scorecard, &warnings), terminal.colour)
            }
            Format::Json => data::json(&result::result(assessment, scorecard, &warnings)),
        };
        terminal.print(&text)?;
        Ok(super::outcome(scorecard, self.require_target))
    }
}
