//! HTML and Markdown.

use super::template::Templates;
use super::{RenderError, chart};
use crate::report::Report;
use minijinja::context;
use minijinja::value::{Serde, Value};

/// One self-contained HTML page.
///
/// # Errors
/// The template asks for what the report lacks.
pub fn html(report: &Report, templates: &Templates) -> Result<String, RenderError> {
    let svg = |svg: String| Value::from_safe_string(svg);
    let bars: Vec<_> =
        report.domains.iter().map(|domain| svg(chart::bar(&domain.figures))).collect();
    let charts = context! {
        gauge => svg(chart::gauge(&report.overall, &report.scale)),
        radar => chart::radar(&report.domains).map(svg),
        bars => bars,
    };
    templates
        .render("report/report.html.j2", context! { report => Serde(report), charts => charts })
}

/// The same in text.
///
/// # Errors
/// The template asks for what the report lacks.
pub fn markdown(report: &Report, templates: &Templates) -> Result<String, RenderError> {
    templates.render("report/report.md.j2", context! { report => Serde(report) })
}
