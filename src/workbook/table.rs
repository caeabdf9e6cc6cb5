//! The first sheet of a workbook as a plain table: a row for each client.

use super::cells::{Cell, sheets};
use crate::diagnostic::Diagnostics;
use crate::source::Sources;
use std::collections::BTreeMap;

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Its number, counted from 1.
    pub number: usize,
    /// A cell for each column of the first row, and more if it has more.
    pub cells: Vec<String>,
    /// The columns, counted from 0, in which there is a formula or an error.
    pub computed: Vec<usize>,
}

/// The rows of the first sheet that hold something. `None` where the file is no workbook, which has then been
/// told.
pub fn rows(
    sources: &mut Sources,
    file: &str,
    bytes: &[u8],
    out: &mut Diagnostics,
) -> Option<Vec<Row>> {
    let sheets = sheets(sources, file, bytes, out)?;
    let Some(sheet) = sheets.iter().find(|sheet| !sheet.rows.is_empty()) else {
        return Some(Vec::new());
    };
    let width = |cells: &BTreeMap<u32, Cell>| cells.keys().last().map_or(0, |last| last + 1);
    let heads = sheet.rows.values().next().map_or(0, width);
    let row = |(number, cells): (&u32, &BTreeMap<u32, Cell>)| {
        let text = |at: u32| cells.get(&at).map(|cell| cell.text.clone()).unwrap_or_default();
        let computed = cells.iter().filter(|(_, cell)| cell.is_formula || cell.is_error);
        Row {
            number: *number as usize + 1,
            cells: (0..heads.max(width(cells))).map(text).collect(),
            computed: computed.map(|(at, _)| *at as usize).collect(),
        }
    };
    Some(sheet.rows.iter().map(row).collect())
}
