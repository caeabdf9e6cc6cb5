//! The cuts of a report as files: which formats each has, and what these are called.

use super::template::Templates;
use super::{Format, RenderError, aid, chart, render as render_report};
use crate::cut::Cut;
use crate::report::{Board, Owner, Pages, Report, Sheet};
use crate::result::AssessmentResult;
use minijinja::context;
use minijinja::value::{Serde, Value};

/// The formats that a cut can be had in: one or two pages are for people only.
pub fn formats(cut: Cut) -> &'static [Format] {
    match cut {
        Cut::Full | Cut::Public => Format::ALL,
        Cut::Owner | Cut::Board | Cut::Buyer => &[Format::Html, Format::Pdf, Format::Markdown],
    }
}

/// The name of the file that it is written to; no two cuts share one, and what is shown by a framework
/// names it.
pub fn file_name(cut: Cut, by: Option<&str>, format: Format) -> String {
    let plain = match cut {
        Cut::Full => format.file_name().to_owned(),
        _ => format!("{}.{}", cut.word(), format.word()),
    };
    match (by, plain.split_once('.')) {
        (Some(framework), Some((name, ending))) => format!("{name}-by-{framework}.{ending}"),
        _ => plain,
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

/// The page, each of its actions with the fill-in page that it names, and these pages.
fn owner_values(owner: &Owner, templates: &Templates) -> Result<Value, RenderError> {
    let aids: Vec<_> =
        owner.aids.iter().map(|id| aid::aid(id, templates)).collect::<Result<_, _>>()?;
    let actions = owner.actions.iter().map(|action| {
        let aid = aids.iter().find(|aid| action.aid.as_ref() == Some(&aid.id));
        context! {
            aid => aid.map(|aid| context! { id => &aid.id, title => &aid.title }),
            ..Value::from(Serde(action))
        }
    });
    let actions: Vec<_> = actions.collect();
    let pages = aids.iter().map(|aid| {
        context! {
            id => &aid.id,
            html => Value::from_safe_string(aid.html.clone()),
            markdown => Value::from_safe_string(aid.markdown.clone()),
        }
    });
    Ok(context! {
        owner => Serde(owner),
        actions => actions,
        gauge => Value::from_safe_string(chart::svg::svg(&chart::gauge(&owner.overall, &owner.scale))),
        aids => pages.collect::<Vec<_>>(),
    })
}

fn board_values(report: &Report, board: &Board) -> Value {
    context! {
        report => Serde(report),
        board => Serde(board),
        charts => chart::of_report(report),
    }
}

fn sheet_values(sheet: &Sheet) -> Value {
    context! { sheet => Serde(sheet) }
}
