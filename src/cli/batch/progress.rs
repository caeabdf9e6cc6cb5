//! How far a batch has come, and whether somebody wants it to stop.

use crate::batch::{Reach, Watch};
use crate::cli::terminal::on_ctrl_c;
use crate::load::Trouble;
use indicatif::{ProgressBar, ProgressStyle};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

/// A bar on standard error, where that is a terminal.
pub(super) struct Progress {
    bar: ProgressBar,
    done: AtomicU64,
    failed: AtomicU64,
    stop: Arc<AtomicBool>,
}

/// How a program ends that was interrupted: 128, and the number of the signal.
const INTERRUPTED: i32 = 130;
/// How often something moves that has no length.
const TICK: Duration = Duration::from_millis(120);

impl Progress {
    /// Shows it, and listens for Ctrl-C: once to stop when what is in hand is done, twice to stop at once.
    pub(super) fn new(is_dumb: bool) -> Result<Self, Trouble> {
        let bar = if is_dumb { ProgressBar::hidden() } else { ProgressBar::no_length() };
        bar.set_style(ProgressStyle::default_bar());
        let stop = Arc::new(AtomicBool::new(false));
        let heard = Arc::clone(&stop);
        let told = bar.clone();
        on_ctrl_c(move || {
            if heard.swap(true, Ordering::SeqCst) {
                end_at_once();
            }
            told.set_message("stopping when the clients in hand are done …");
        })?;
        Ok(Self { bar, done: AtomicU64::new(0), failed: AtomicU64::new(0), stop })
    }

    /// All clients are done, and what is over all of them is made.
    pub(super) fn finishing(&self) {
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
            self.bar.set_style(style);
        }
        self.bar.set_message(format!("{}: tables and portfolio …", self.told()));
        self.bar.enable_steady_tick(TICK);
    }

    /// Clients done, failed, and how many a second.
    fn told(&self) -> String {
        let (done, failed) =
            (self.done.load(Ordering::Relaxed), self.failed.load(Ordering::Relaxed));
        let millis = u64::try_from(self.bar.elapsed().as_millis()).unwrap_or(u64::MAX).max(1);
        let rate = done.saturating_mul(1000) / millis;
        match failed {
            0 => format!("{done} clients, {rate} a second"),
            _ => format!("{done} clients, {failed} failed, {rate} a second"),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

#[expect(clippy::exit, reason = "whoever presses Ctrl-C twice does not want to wait")]
fn end_at_once() {
    std::process::exit(INTERRUPTED);
}

impl Watch for Progress {
    fn done(&self, failed: bool) {
        self.done.fetch_add(1, Ordering::Relaxed);
        if failed {
            self.failed.fetch_add(1, Ordering::Relaxed);
        }
        if !self.bar.is_hidden() && !self.is_stopped() {
            self.bar.set_message(self.told());
        }
    }

    fn read(&self, reach: Reach) {
        if let (Some(all), None) = (reach.all, self.bar.length()) {
            self.bar.set_length(all);
            let style = ProgressStyle::with_template("{bar:24} {percent:>3} %  {msg}, {eta} left");
            self.bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        }
        self.bar.set_position(reach.read);
    }

    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}
