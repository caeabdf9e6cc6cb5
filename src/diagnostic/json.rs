//! A diagnostic as one line of JSON, for machines.

use super::Diagnostic;
use crate::source::{Sources, escaped};
use serde::Serialize;

#[derive(Serialize)]
struct Line<'a> {
    code: &'a str,
    name: &'a str,
    severity: &'a str,
    message: &'a str,
    file: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    help: Option<&'a str>,
}

/// One line: code, name, severity, message, file, line, column, help.
pub fn line(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let position = diagnostic.primary.as_ref().map(|label| sources.position(label.span));
    let line = Line {
        code: diagnostic.code.id(),
        name: diagnostic.code.name(),
        severity: diagnostic.severity.word(),
        message: &diagnostic.message,
        file: &sources.get(diagnostic.source).name,
        line: position.map(|at| at.line),
        column: position.map(|at| at.column),
        help: diagnostic.help.as_deref(),
    };
    escaped(&serde_json::to_string(&line).unwrap_or_default())
}
