//! The cuts of a report as files: which formats each has, and what these are called.

use super::template::Templates;
use super::{Format, RenderError, aid, chart, render as render_report};
use crate::cut::Cut;
use crate::report::{Board, FigureWords, Owner, Pages, Report, Sheet};
use crate::result::AssessmentResult;
use minijinja::context;
use minijinja::value::{Serde, Value};

/// The formats that a cut can be had in: one or two pages are for people only.
pub fn formats(cut: Cut) -> &'static [Format] {
    match cut {
        Cut::Full | Cut::Public => &Format::ALL,
        Cut::Owner | Cut::Board | Cut::Buyer => &[Format::Html, Format::Markdown],
    }
}

/// The name of the file that it is written to; no two cuts share one.
pub fn file_name(cut: Cut, format: Format) -> String {
    match cut {
        Cut::Full => format.file_name().to_owned(),
        _ => format!("{}.{}", cut.word(), format.word()),
    }
}

/// The text of a cut in one of its formats.
///
/// # Errors
/// A template asks for what the pages lack, or is broken; or the cut has no such format.
pub fn render(
    format: Format,
    pages: &Pages,
    result: &AssessmentResult,
    templates: &Templates,
) -> Result<String, RenderError> {
    let (name, values) = match pages {
        Pages::Full(report) => return render_report(format, report, result, templates),
        Pages::Owner(owner) => ("owner/owner", owner_values(owner, templates)?),
        Pages::Board(report, board) => ("board/board", board_values(report, board)),
        Pages::Sheet(sheet) => ("answer-sheet/answer-sheet", sheet_values(sheet)),
    };
    if !matches!(format, Format::Html | Format::Markdown) {
        return Err(RenderError(format!("this cut cannot be had as {}", format.word())));
    }
    templates.render(&format!("{name}.{}.j2", format.word()), values)
}

fn owner_values(owner: &Owner, templates: &Templates) -> Result<Value, RenderError> {
    let aids: Vec<_> =
        owner.aids.iter().map(|id| aid::aid(id, templates)).collect::<Result<_, _>>()?;
    let pages: Vec<_> = aids
        .into_iter()
        .map(|aid| {
            context! {
                id => aid.id,
                title => aid.title,
                html => Value::from_safe_string(aid.html),
                markdown => Value::from_safe_string(aid.markdown),
            }
        })
        .collect();
    // Claimed and evidenced are two figures; one page in plain words has room for one.
    let claimed = FigureWords { evidenced_bp: None, ..owner.overall.clone() };
    Ok(context! {
        owner => Serde(owner),
        gauge => Value::from_safe_string(chart::gauge(&claimed, &owner.scale)),
        aids => pages,
    })
}

fn board_values(report: &Report, board: &Board) -> Value {
    let svg = |svg: String| Value::from_safe_string(svg);
    let bars = report.domains.iter().map(|domain| svg(chart::bar(&domain.figures)));
    context! {
        report => Serde(report),
        board => Serde(board),
        charts => context! {
            gauge => svg(chart::gauge(&report.overall, &report.scale)),
            radar => chart::radar(&report.domains).map(svg),
            bars => bars.collect::<Vec<_>>(),
        },
    }
}

fn sheet_values(sheet: &Sheet) -> Value {
    context! { sheet => Serde(sheet) }
}
