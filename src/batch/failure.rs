//! Why a client has no result, as `failures.csv` tells it.

use super::input::{Job, What};
use super::stream::LONGEST;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::library::Library;
use serde::{Deserialize, Serialize};

/// Why a client has no result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The file.
    pub file: String,
    /// The line of it, counted from 1, where it is about one.
    pub line: Option<usize>,
    /// The first fault.
    pub code: String,
    /// What is wrong.
    pub fault: String,
    /// What to do about it.
    pub help: Option<String>,
    /// How many faults there are beside it.
    pub more: usize,
}

/// The first error among what was found, and how many more there are.
pub(super) fn failure(
    library: &Library,
    found: &Diagnostics,
    file: &str,
    line: Option<usize>,
) -> Failure {
    let all = found.sorted();
    let mut errors = all.iter().filter(|each| each.severity == Severity::Error);
    let first = errors.next();
    let place = |each: &&Diagnostic| {
        let span = each.primary.as_ref()?.span;
        Some(library.sources.position(span).line)
    };
    let name = first.map(|each| library.sources.get(each.source).name.clone());
    Failure {
        file: name.filter(|name| !name.is_empty()).unwrap_or_else(|| file.to_owned()),
        line: first.and_then(place).or(line),
        code: first.map_or("", |each| each.code.id()).to_owned(),
        fault: first.map_or("", |each| &each.message).to_owned(),
        help: first.and_then(|each| each.help.clone()),
        more: errors.count() + found.more,
    }
}

pub(super) fn at_line(file: &str, line: usize, code: Code, fault: String, help: &str) -> Failure {
    let code = code.id().to_owned();
    let help = Some(help.to_owned());
    Failure { file: file.to_owned(), line: Some(line), code, fault, help, more: 0 }
}

/// R211: the file of a client can be read.
pub(super) fn unreadable(file: &str, fault: String) -> Failure {
    let code = Code::R211.id().to_owned();
    let help =
        Some("see that the file is there and may be read, then go on with --resume".to_owned());
    Failure { file: file.to_owned(), line: None, code, fault, help, more: 0 }
}

/// R210: a client at which this program stopped.
pub(super) fn fault_of_ours(job: &Job) -> Failure {
    let line = match job.what {
        What::File(_) => None,
        What::Line(line, _) | What::Row(line, ..) | What::EndlessRow(line) => Some(line),
        What::Failed(ref failure) => failure.line,
    };
    let help = Some("this is a fault of gapwise: please report it with the answers".to_owned());
    let (code, fault) = (Code::R210.id().to_owned(), "gapwise stopped at this client".to_owned());
    Failure { file: job.file.to_string(), line, code, fault, help, more: 0 }
}

/// R209: a row ends.
pub(super) fn endless(file: &str, line: usize) -> Failure {
    let fault = format!(
        "the row that begins here has more than the {LONGEST} bytes allowed, so nothing after it was read"
    );
    let help = "look for a quotation mark that is not closed";
    at_line(file, line, Code::R209, fault, help)
}
