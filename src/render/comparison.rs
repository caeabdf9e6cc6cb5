//! A comparison as page, as text and as data.

mod screen;

pub use screen::screen;

use super::chart::{svg, trend};
use super::template::Templates;
use super::{RenderError, data};
use crate::compare::{Comparison, ComparisonWords};
use minijinja::context;
use minijinja::value::{Serde, Value};

/// One self-contained HTML page.
///
/// # Errors
/// The template asks for what the comparison lacks.
pub fn html(words: &ComparisonWords, templates: &Templates) -> Result<String, RenderError> {
    let values = context! { comparison => Serde(words), charts => charts(words) };
    templates.render("comparison/comparison.html.j2", values)
}

/// The same in text.
///
/// # Errors
/// The template asks for what the comparison lacks.
pub fn markdown(words: &ComparisonWords, templates: &Templates) -> Result<String, RenderError> {
    let values = context! { comparison => Serde(words) };
    templates.render("comparison/comparison.md.j2", values)
}

/// `comparison/1`, with a line break at the end.
pub fn json(comparison: &Comparison) -> String {
    data::json_of(comparison)
}

/// The charts as the template names them: `trend`, of more than two assessments; `rows`, a small one for each
/// domain over all dates; `steps`, for each step one a domain.
fn charts(words: &ComparisonWords) -> Value {
    let shown = |chart| Value::from_safe_string(svg::svg(&chart));
    let is_trend = words.points.len() > 2;
    let dates: Vec<_> = words.points.iter().map(|point| point.date.as_str()).collect();
    let rows = words.trend.iter().map(|row| shown(trend::row(row, &dates)));
    let of_step = |step: &crate::compare::StepWords| {
        step.domains.iter().map(|domain| shown(trend::moved(&domain.score))).collect::<Vec<_>>()
    };
    context! {
        trend => is_trend.then(|| shown(trend::trend(&words.points))),
        rows => rows.collect::<Vec<_>>(),
        steps => words.steps.iter().map(of_step).collect::<Vec<_>>(),
    }
}
