//! A portfolio as files: which formats there are, and what these are called.

use super::chart::spread;
use super::pdf::{self, Setup};
use super::template::Templates;
use super::{Format, RenderError, chart, data};
use crate::portfolio::PortfolioReport;
use crate::portfolio::report::PartWords;
use minijinja::context;
use minijinja::value::{Serde, Value};

/// The formats that a portfolio can be had in.
pub const FORMATS: &[Format] = &[
    Format::Html,
    Format::Pdf,
    Format::Markdown,
    Format::Json,
    #[cfg(not(target_arch = "wasm32"))]
    Format::Xlsx,
];

/// The name of the file that it is written to.
pub fn file_name(format: Format) -> String {
    format!("portfolio.{}", format.word())
}

/// The bytes of a portfolio in one of its formats.
///
/// # Errors
/// A template asks for what the portfolio lacks, or is broken; a font cannot be put into a PDF; or there is no
/// such format of it.
pub fn render(
    format: Format,
    report: &PortfolioReport,
    templates: &Templates,
    setup: &Setup,
) -> Result<Vec<u8>, RenderError> {
    let page = |name: &str, values| templates.render(name, values).map(String::into_bytes);
    match format {
        Format::Html => page("summary/portfolio.html.j2", values(report)),
        Format::Markdown => page("summary/portfolio.md.j2", context! { report => Serde(report) }),
        Format::Json => Ok(json(report).into_bytes()),
        Format::Pdf => pdf::print_portfolio(report, setup).map(|printed| printed.bytes),
        #[cfg(not(target_arch = "wasm32"))]
        Format::Xlsx => super::workbook::portfolio(report),
        Format::Csv => Err(RenderError("a portfolio cannot be had as csv".to_owned())),
    }
}

/// `portfolio/1`, with a line break at the end.
pub(super) fn json(report: &PortfolioReport) -> String {
    data::json_of(&report.summary)
}

/// The report, and the charts of each part.
fn values(report: &PortfolioReport) -> Value {
    let charts = report.parts.iter().map(charts).collect::<Vec<_>>();
    context! { report => Serde(report), charts => charts }
}

/// The charts of a part as the template names them: `histogram`, `domains`, one a row, and `groups`, one a row of
/// each table.
fn charts(part: &PartWords) -> Value {
    let svg = |chart: chart::Chart| Value::from_safe_string(chart::svg::svg(&chart));
    let domains = part.domains.iter().map(|row| svg(spread::spread(row.points, &row.quartiles)));
    let groups = part.groups.iter().map(|table| {
        let rows = table.rows.iter();
        rows.map(|row| svg(spread::spread(row.points, &row.quartiles))).collect::<Vec<_>>()
    });
    context! {
        histogram => spread::histogram(&part.histogram, part.quartiles).map(svg),
        domains => domains.collect::<Vec<_>>(),
        groups => groups.collect::<Vec<_>>(),
    }
}
