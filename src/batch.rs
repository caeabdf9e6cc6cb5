//! Many clients at once: each is scored and reported on by itself, and one that fails never stops the rest.
//!
//! ```text
//! input ─► jobs, a round at a time ─► work, on all cores ─► journal ─► finish ─► results, failures, portfolio
//!                                        └► reports of each client
//! ```
//!
//! - **Streams.** Nothing is kept of a client but its line in the journal, on disk. Memory does not grow with
//!   the number of clients, but for the names of the files of a folder, which are sorted.
//! - **The same bytes on any number of cores.** The clients of a round are looked at in any order and written
//!   in that of the input.
//! - **Nothing half done.** Reports are made in a folder apart and get their names when all are done; see
//!   [`crate::load::shelf`].

mod failure;
pub mod finish;
mod input;
mod journal;
mod names;
#[cfg(feature = "parquet")]
mod parquet;
mod shared;
mod stream;
mod table;
mod work;

pub use failure::Failure;
pub use input::{Input, Reach};
pub use table::Given;
pub use work::Wanted;

use crate::library::Library;
use crate::load::Trouble;
use crate::load::shelf::{Journal, Shelf};
use input::Job;
use rayon::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};
use work::{Scored, Worker};

/// How many clients a round has. Large enough that no core waits for the others, small enough that those in
/// hand are soon done.
const ROUND: usize = 256;
/// How much of the input a round holds at most. Unit: bytes.
const LARGEST_ROUND: u64 = 8 * 1024 * 1024;

/// Who looks on while a batch runs.
pub trait Watch: Sync {
    /// A client is done.
    fn done(&self, failed: bool);
    /// So far has the input been read.
    fn read(&self, reach: Reach);
    /// Whether to stop: clients in hand are finished, others not begun.
    fn is_stopped(&self) -> bool;
}

/// What came of a run through all clients.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Clients that were scored.
    pub scored: u64,
    /// Of these, those whose reports were there already.
    pub kept: u64,
    /// Clients that failed.
    pub failed: u64,
    /// Clients of whom a cut for outsiders was wanted, and no answer is public.
    pub nothing_public: u64,
    /// Clients with a requirement below its target, or a failed gate.
    pub below_target: u64,
    /// Whether it was stopped before the end.
    pub stopped: bool,
}

/// Looks at all clients of the input and writes the journal. `library` knows all that is not a client's.
///
/// # Errors
/// The input cannot be read, a report cannot be made or written.
pub fn run(
    mut input: Input,
    library: &Library,
    wanted: &Wanted,
    shelf: &Shelf,
    journal: &mut Journal,
    watch: &dyn Watch,
) -> Result<Counts, Trouble> {
    let columns = input.columns.clone();
    let spare: Mutex<Vec<Worker<'_>>> = Mutex::default();
    let new = || Worker::new(library.clone(), wanted, shelf, columns.as_deref());
    let look_at = |job: &Job| {
        if watch.is_stopped() {
            return Ok(None);
        }
        let idle = spare.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut worker = idle.unwrap_or_else(new);
        let scored = match catch_unwind(AssertUnwindSafe(|| worker.look_at(job))) {
            Ok(scored) => {
                spare.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
                scored?
            }
            // What the worker knows may be half done: it goes.
            Err(_) => Scored::Failure(failure::fault_of_ours(job)),
        };
        watch.done(matches!(scored, Scored::Failure(_)));
        Ok(Some(scored))
    };
    let mut counts = Counts::default();
    let mut jobs = round(&mut input, watch)?;
    let mut done = Vec::new();
    while !jobs.is_empty() {
        let (scored, others) = rayon::join(
            || jobs.par_iter().map(look_at).collect::<Result<Vec<_>, Trouble>>(),
            || -> Result<_, Trouble> {
                write(std::mem::take(&mut done), journal, &mut counts)?;
                round(&mut input, watch)
            },
        );
        (done, jobs) = (scored?, others?);
    }
    write(done, journal, &mut counts)?;
    counts.stopped |= watch.is_stopped() && input.next().is_some();
    Ok(counts)
}

/// The next clients.
fn round(input: &mut Input, watch: &dyn Watch) -> Result<Vec<Job>, Trouble> {
    let mut jobs = Vec::new();
    let mut size = 0;
    while jobs.len() < ROUND && size < LARGEST_ROUND && !watch.is_stopped() {
        let Some(job) = input.next().transpose()? else { break };
        size += job.what.size();
        jobs.push(job);
    }
    watch.read(input.reach());
    Ok(jobs)
}

fn write(
    done: Vec<Option<Scored>>,
    journal: &mut Journal,
    counts: &mut Counts,
) -> Result<(), Trouble> {
    for scored in done {
        match &scored {
            None => counts.stopped = true,
            Some(Scored::Failure(_)) => counts.failed += 1,
            Some(Scored::Result { kept, nothing_public, below_target, .. }) => {
                counts.scored += 1;
                counts.kept += u64::from(*kept);
                counts.nothing_public += u64::from(*nothing_public);
                counts.below_target += u64::from(*below_target);
            }
        }
        if let Some(scored) = scored {
            journal.add(&journal::line(&scored))?;
        }
    }
    Ok(())
}
