//! What a batch says when it ends.

use super::Batch;
use crate::batch::finish::{FAILURES, RESULTS, Tables};
use crate::batch::{Counts, Failure};
use crate::cli::Terminal;

/// How many folders are named.
const NAMED: usize = 5;

/// How a batch goes on that was stopped.
pub(super) fn stopped(batch: &Batch, counts: Counts) -> String {
    let done = counts.scored + counts.failed;
    if batch.anonymous {
        return format!("stopped after {done} clients; nothing was written");
    }
    let mut words: Vec<_> = std::env::args().filter(|word| word != "--force").collect();
    if !batch.resume {
        words.push("--resume".to_owned());
    }
    format!("stopped after {done} clients; go on with: {}", words.join(" "))
}

/// What was done, what failed, and where to read on.
pub(super) fn ended(batch: &Batch, counts: Counts, tables: &Tables, terminal: &mut Terminal) {
    let failed = counts.failed + tables.doubles;
    let first = &tables.first_failures;
    first.iter().for_each(|failure| terminal.say(&failure_in_words(failure)));
    if failed > first.len() as u64 {
        terminal.say(&format!("… and {} more that failed", failed - first.len() as u64));
    }
    let out = batch.output.display();
    let see = |file: &str| match batch.anonymous {
        true => format!("; see {out}/portfolio.html"),
        false => format!("; see {out}/{file}"),
    };
    let kept = match counts.kept {
        0 => String::new(),
        kept => format!(", {kept} of them with reports that were there already"),
    };
    let scored = counts.scored - tables.doubles;
    terminal.say(&format!("{scored} clients scored{kept}{}", see(RESULTS)));
    if !batch.anonymous {
        terminal.say(&format!("the portfolio: {out}/portfolio.html"));
    }
    if failed > 0 {
        let table = if batch.anonymous { String::new() } else { see(FAILURES) };
        terminal.say(&format!("{failed} failed{table}"));
    }
    if counts.nothing_public > 0 {
        let count = counts.nothing_public;
        terminal.say(&format!("{count} have no answer marked public, so nothing for outsiders"));
    }
}

fn failure_in_words(Failure { file, line, code, fault, more, .. }: &Failure) -> String {
    let line = line.map_or(String::new(), |line| format!(":{line}"));
    let more = match more {
        0 => String::new(),
        more => format!(" (and {more} more)"),
    };
    format!("failed: {file}{line}: {code} {fault}{more}")
}

/// Folders of an earlier run that nothing in this one is about.
pub(super) fn left_over(folders: &[String], terminal: &mut Terminal) {
    if folders.is_empty() {
        return;
    }
    let some: Vec<_> = folders.iter().take(NAMED).map(String::as_str).collect();
    let more = folders.len() - some.len();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let some = some.join(", ");
    terminal.say(&format!("left from before, of clients not in this run: {some}{more}"));
}
