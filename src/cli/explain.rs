//! `gapwise explain`: how a number came about; what a diagnostic means.

use super::{Failure, Outcome, Terminal};
use clap::Args;

/// Explain how a number came about, or what a diagnostic means
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// A code such as Q104, or an answers file followed by an id
    #[arg(required = true)]
    what: Vec<String>,
}

impl Explain {
    pub(super) fn run(&self, _terminal: &mut Terminal) -> Result<Outcome, Failure> {
        Ok(Outcome::Done)
    }
}
