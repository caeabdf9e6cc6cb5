//! `gapwise score`: the result in the terminal.

use super::{Failure, Outcome, Terminal, What};
use clap::Args;

/// Show the result in the terminal: score, domains, gates, first actions
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  gapwise score acme.yaml")]
pub(super) struct Score {
    #[command(flatten)]
    what: What,
}

impl Score {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let Some(assessed) = self.what.assess(terminal)? else { return Ok(Outcome::Rejected) };
        terminal.print(&format!(
            "{:?}\n{:?}\n",
            assessed.scorecard.overall, assessed.scorecard.verdict
        ))?;
        Ok(Outcome::Done)
    }
}
