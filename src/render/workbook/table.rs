//! A sheet that is one table: to filter and sort, its head in sight and on each printed page.

use super::cell::{Cell, Styles, fitting, lines};
use rust_xlsxwriter::{
    ColNum, RowNum, Table as ExcelTable, TableColumn, TableStyle, Worksheet, XlsxError,
};

/// A4.
const PAPER: u8 = 9;
/// At the foot of each page: what it is, the sheet, the page.
const FOOTER: &str = "&LA self-assessment, no certificate&C&A&RPage &P of &N";

/// What the button to filter by takes of a head. Unit: characters.
const BUTTON: u8 = 3;
/// How high a line is, and the highest row there is. Unit: points.
const LINE: u32 = 15;
const HIGHEST: u32 = 409;

/// A sheet that is one table.
pub(super) struct Table<const WIDTH: usize> {
    /// The name of the sheet and of the table.
    pub(super) name: &'static str,
    /// The head of each column, and how wide it is, in characters.
    pub(super) columns: [(&'static str, u8); WIDTH],
    /// What stands below the head.
    pub(super) rows: Vec<[Cell; WIDTH]>,
    /// What is said where there are no rows.
    pub(super) nothing: String,
}

impl<const WIDTH: usize> Table<WIDTH> {
    /// Writes it to an empty sheet.
    pub(super) fn write(&self, sheet: &mut Worksheet, styles: &Styles) -> Result<(), XlsxError> {
        sheet.set_name(self.name)?;
        set_up_pages(sheet);
        sheet.set_landscape();
        if self.rows.is_empty() {
            sheet.write_string(0, 0, fitting(&self.nothing))?;
            return Ok(());
        }
        let heads = self
            .columns
            .iter()
            .map(|(head, _)| TableColumn::new().set_header(*head).set_header_format(&styles.head));
        let table = ExcelTable::new()
            .set_name(self.name)
            .set_style(TableStyle::Light1)
            .set_columns(&heads.collect::<Vec<_>>());
        let last = (self.rows.len() as RowNum, WIDTH as ColNum - 1);
        sheet.add_table(0, 0, last.0, last.1, &table)?;
        sheet.set_freeze_panes(1, 0)?;
        sheet.set_repeat_rows(0, 0)?;
        for ((_, width), column) in self.columns.iter().zip(0..) {
            sheet.set_column_width(column, *width)?;
        }
        let heads = self.columns.iter().map(|(head, width)| lines(head, width - BUTTON));
        set_height(sheet, 0, heads.max())?;
        for (cells, row) in self.rows.iter().zip(1..) {
            let lines =
                cells.iter().zip(&self.columns).map(|(cell, (_, width))| cell.lines(*width));
            set_height(sheet, row, lines.max())?;
            for (cell, column) in cells.iter().zip(0..) {
                cell.write(sheet, (row, column), styles)?;
            }
        }
        Ok(())
    }
}

/// Prints it as wide as the page.
pub(super) fn set_up_pages(sheet: &mut Worksheet) {
    sheet.set_paper_size(PAPER).set_print_fit_to_pages(1, 0).set_footer(FOOTER);
}

/// Makes room for several lines: not every program does so by itself.
pub(super) fn set_height(
    sheet: &mut Worksheet,
    row: RowNum,
    lines: Option<usize>,
) -> Result<(), XlsxError> {
    if let Some(lines @ 2..) = lines {
        sheet.set_row_height(row, HIGHEST.min(LINE * lines as u32))?;
    }
    Ok(())
}
