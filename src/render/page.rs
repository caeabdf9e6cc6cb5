//! HTML and Markdown.

use super::template::Templates;
use super::{RenderError, chart};
use crate::report::Report;
use minijinja::context;
use minijinja::value::Serde;

/// One self-contained HTML page.
///
/// # Errors
/// The template asks for what the report lacks.
pub fn html(report: &Report, templates: &Templates) -> Result<String, RenderError> {
    let values = context! { report => Serde(report), charts => chart::of_report(report) };
    templates.render("report/report.html.j2", values)
}

/// The same in text.
///
/// # Errors
/// The template asks for what the report lacks.
pub fn markdown(report: &Report, templates: &Templates) -> Result<String, RenderError> {
    templates.render("report/report.md.j2", context! { report => Serde(report) })
}
