//! What goes to standard output and standard error; the only place that prints.

use crate::diagnostic::{Diagnostics, Severity, json, text};
use crate::load::Trouble;
use crate::source::{Sources, visible};
use std::io::{self, IsTerminal as _, Write as _};

/// Standard output for results, standard error for the rest.
#[derive(Debug)]
pub(super) struct Terminal {
    /// Whether results may be coloured.
    pub(super) colour: bool,
    /// Whether results are shown to somebody, so that they must be text.
    pub(super) is_screen: bool,
    /// Whether the terminal shows lines and nothing more.
    pub(super) is_dumb: bool,
    colour_of_faults: bool,
}

impl Terminal {
    /// Colour is for terminals only, and never where `NO_COLOR` is set.
    pub(super) fn new() -> Self {
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let allowed = wanted && !dumb;
        Self {
            is_dumb: dumb,
            is_screen: io::stdout().is_terminal(),
            colour: allowed && io::stdout().is_terminal(),
            colour_of_faults: allowed && io::stderr().is_terminal(),
        }
    }

    /// The width of the screen. Unit: columns.
    pub(super) fn width(&self) -> usize {
        crossterm::terminal::size().map_or(80, |(columns, _)| usize::from(columns).max(40))
    }

    /// Writes a result. A reader who has seen enough is no fault.
    pub(super) fn print(&mut self, text: &str) -> Result<(), Trouble> {
        self.print_bytes(text.as_bytes())
    }

    /// The same with a result that is no text.
    pub(super) fn print_bytes(&mut self, bytes: &[u8]) -> Result<(), Trouble> {
        let mut out = io::stdout().lock();
        match out.write_all(bytes).and_then(|()| out.flush()) {
            Err(why) if why.kind() != io::ErrorKind::BrokenPipe => {
                Err(Trouble { message: format!("cannot write the result: {why}"), help: None })
            }
            _ => Ok(()),
        }
    }

    /// Says something that is no result.
    pub(super) fn say(&mut self, text: &str) {
        // Nobody is left to tell where standard error fails.
        let _ = writeln!(io::stderr().lock(), "{}", visible(text));
    }

    /// Says why a command could not end.
    pub(super) fn complain(&mut self, message: &str, help: Option<&str>) {
        self.say(&format!("error: {message}"));
        if let Some(help) = help {
            self.say(&format!("help: {help}"));
        }
    }

    /// Shows all diagnostics as excerpts, and how many there are.
    pub(super) fn show(&mut self, sources: &Sources, found: &Diagnostics) {
        for each in found.sorted() {
            let excerpt = text::excerpt(each, sources, self.colour_of_faults);
            let _ = writeln!(io::stderr().lock(), "{excerpt}\n");
        }
        if found.more > 0 {
            self.say(&format!("… and {} more", found.more));
        }
        if !found.is_empty() {
            self.say(&summary(found));
        }
    }

    /// Writes all diagnostics as lines of JSON.
    pub(super) fn print_json(
        &mut self,
        sources: &Sources,
        found: &Diagnostics,
    ) -> Result<(), Trouble> {
        let lines: String =
            found.sorted().into_iter().map(|each| json::line(each, sources) + "\n").collect();
        self.print(&lines)
    }
}

/// How many errors and warnings, in words.
fn summary(found: &Diagnostics) -> String {
    let all = found.sorted();
    let errors = all.iter().filter(|each| each.severity == Severity::Error).count() + found.more;
    let warnings = all.iter().filter(|each| each.severity == Severity::Warning).count();
    let some = |count: usize, noun: &str| match count {
        0 => None,
        1 => Some(format!("1 {noun}")),
        _ => Some(format!("{count} {noun}s")),
    };
    let parts: Vec<_> =
        [some(errors, "error"), some(warnings, "warning")].into_iter().flatten().collect();
    parts.join(", ")
}

/// Does this at each Ctrl-C, in place of an end in the middle of something.
pub(super) fn on_ctrl_c(heard: impl FnMut() + Send + 'static) -> Result<(), Trouble> {
    let failed = |why| Trouble { message: format!("cannot listen for Ctrl-C: {why}"), help: None };
    ctrlc::set_handler(heard).map_err(failed)
}
