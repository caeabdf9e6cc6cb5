//! The cells of a workbook, each with its place.
//!
//! Each sheet becomes a text among the sources, a line for a row, so that a fault points at its cell. Cells
//! are read one by one: nothing is made for the room between them.

use super::package::{Unfit, is_fit};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{SourceId, Sources, Span, one_line};
use calamine::{DataRef, Reader, Xlsx, XlsxError};
use std::collections::BTreeMap;
use std::io::Cursor;

/// How far down and to the right cells are looked at; ours stand within. Counted from 1.
const REACH: (u32, u32) = (20_000, 300);
/// How many cells are looked at.
const MOST_CELLS: usize = 500_000;
/// How much of a cell is shown with a fault. Unit: characters.
const SHOWN: usize = 32;

/// A sheet.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) source: SourceId,
    /// By row, then by column, both counted from 0.
    pub(super) rows: BTreeMap<u32, BTreeMap<u32, Cell>>,
    /// First and last cell of each area that is merged.
    pub(super) merged: Vec<((u32, u32), (u32, u32))>,
}

/// A cell that holds something.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    /// What it says; a number in digits, a date as 2026-11-02, the name of an error.
    pub(super) text: String,
    pub(super) is_formula: bool,
    pub(super) is_error: bool,
    /// Where its sheet shows it.
    pub(super) span: Span,
    place: (u32, u32),
}

impl Sheet {
    /// The name of a cell for people, as "sheet `Risk`, cell E7".
    pub(super) fn name_of(&self, cell: &Cell) -> String {
        format!("sheet `{}`, cell {}", self.name, address(cell.place))
    }

    /// The start of the line that a row is shown in.
    pub(super) fn at(&self, row: u32, sources: &Sources) -> Span {
        let first = self.rows.get(&row).and_then(|cells| cells.values().next());
        let end = sources.get(self.source).text.len() as u32;
        first.map_or(Span { source: self.source, start: end, end }, |cell| cell.span)
    }
}

/// The name of a cell, as `E7`. Row and column are counted from 0.
pub(super) fn address((row, column): (u32, u32)) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        letters.push(char::from(b'A' + ((left - 1) % 26) as u8));
        left = (left - 1) / 26;
    }
    letters
        .iter()
        .rev()
        .chain(&row.saturating_add(1).to_string().chars().collect::<Vec<_>>())
        .collect()
}

/// The sheets of a workbook. `None` where it is none, or a damaged one; that has then been said.
pub(super) fn sheets(
    sources: &mut Sources,
    file: &str,
    bytes: &[u8],
    out: &mut Diagnostics,
) -> Option<Vec<Sheet>> {
    match is_fit(bytes).and_then(|()| read(sources, file, bytes, out).map_err(|why| unfit(&why))) {
        Ok(sheets) => Some(sheets),
        Err(Unfit { code, message, help }) => {
            let source = sources.add(file, "");
            out.push(Diagnostic::of_file(code, message, source).help(help));
            None
        }
    }
}

/// Why reading stopped.
enum Stopped {
    Damaged(XlsxError),
    TooMany,
}

impl From<XlsxError> for Stopped {
    fn from(why: XlsxError) -> Self {
        Self::Damaged(why)
    }
}

fn unfit(why: &Stopped) -> Unfit {
    match why {
        Stopped::Damaged(XlsxError::Password) => Unfit {
            code: Code::W001,
            message: "the workbook is encrypted".to_owned(),
            help: "save it without a password and try again",
        },
        Stopped::Damaged(why) => Unfit {
            code: Code::W001,
            message: format!("this is no Excel workbook that can be read: {why}"),
            help: "open it in Excel or LibreOffice, save it as .xlsx and try again",
        },
        Stopped::TooMany => Unfit {
            code: Code::W002,
            message: format!("the workbook has more than {MOST_CELLS} cells"),
            help: "remove what does not belong to the questionnaire",
        },
    }
}

fn read(
    sources: &mut Sources,
    file: &str,
    bytes: &[u8],
    out: &mut Diagnostics,
) -> Result<Vec<Sheet>, Stopped> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes))?;
    let mut left = MOST_CELLS;
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let Some(Streamed { found, beyond }) = cells(&mut book, &name, &mut left)? else {
            continue;
        };
        let mut sheet = shown(sources, file, name, found);
        let merged = book.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default();
        sheet.merged = merged.iter().map(|area| (area.start, area.end)).collect();
        if let Some(place) = beyond {
            out.push(out_of_reach(&sheet, place));
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

/// The cells of a sheet, as they are read.
struct Streamed {
    found: Vec<Found>,
    /// The first of those that stand too far out.
    beyond: Option<(u32, u32)>,
}

/// The cells of a sheet. `None`: it is no sheet of cells.
fn cells(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    left: &mut usize,
) -> Result<Option<Streamed>, Stopped> {
    let Ok(mut cells) = book.worksheet_cells_reader(name) else { return Ok(None) };
    let mut found = Vec::new();
    let mut beyond = None;
    while let Some(cell) = cells.next_cell_with_formula_metadata()? {
        let is_formula = cell.formula.is_some();
        let is_error = matches!(cell.value, DataRef::Error(_));
        let text = text(&cell.value);
        if text.is_empty() && !is_formula {
            continue;
        }
        *left = left.checked_sub(1).ok_or(Stopped::TooMany)?;
        if cell.pos.0 >= REACH.0 || cell.pos.1 >= REACH.1 {
            beyond = beyond.or(Some(cell.pos));
            continue;
        }
        found.push((cell.pos, text, is_formula, is_error));
    }
    Ok(Some(Streamed { found, beyond }))
}

/// W116: all cells stand where they are looked at.
fn out_of_reach(sheet: &Sheet, place: (u32, u32)) -> Diagnostic {
    let message = format!(
        "sheet `{}`, cell {}: it stands too far out to be read",
        sheet.name,
        address(place)
    );
    let help = format!("move it to one of the first {} rows and {} columns", REACH.0, REACH.1);
    Diagnostic::doubt(Code::W116, message, sheet.source).help(help)
}

/// What a cell says.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => if *yes { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
    }
}

/// Place and text of a cell, whether it is a formula, and whether an error.
type Found = ((u32, u32), String, bool, bool);

/// The sheet with its text: line 7 shows row 7.
fn shown(sources: &mut Sources, file: &str, name: String, mut found: Vec<Found>) -> Sheet {
    // Of a cell that stands twice, the last one counts.
    found.sort_by_key(|(place, ..)| *place);
    let source = sources.add(format!("{file}, sheet {}", one_line(&name)), "");
    let mut rows: BTreeMap<u32, BTreeMap<u32, Cell>> = BTreeMap::new();
    let mut lines = String::new();
    let mut line = 0;
    for ((row, column), text, is_formula, is_error) in found {
        while line < row {
            lines.push('\n');
            line += 1;
        }
        if rows.get(&row).is_some_and(|cells| !cells.is_empty()) {
            lines.push_str(" | ");
        }
        let start = lines.len() as u32;
        lines.extend(one_line(&text).chars().take(SHOWN));
        let span = Span { source, start, end: lines.len() as u32 };
        let cell = Cell { text, is_formula, is_error, span, place: (row, column) };
        rows.entry(row).or_default().insert(column, cell);
    }
    sources.replace(source, lines);
    Sheet { name, source, rows, merged: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_in_excel() {
        let places = [(0, 0), (6, 25), (6, 26), (0, 701), (1_048_575, 16_383)];
        assert_eq!(places.map(address), ["A1", "Z7", "AA7", "ZZ1", "XFD1048576"]);
    }
}
