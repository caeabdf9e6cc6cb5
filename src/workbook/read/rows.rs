//! The rows of a workbook by their ids, and faults that any cell of them can have.

use super::{ByKey, is_hidden, plain};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::source::{Sources, Span, is_invisible};
use crate::workbook::cells::{Cell, Sheet, address};
use crate::workbook::{LONGEST_TEXT, head, units};
use std::collections::{BTreeMap, BTreeSet};

/// Where the columns of a sheet stand, by their heads in small letters.
type Heads = BTreeMap<String, u32>;

/// Rows by their ids.
#[derive(Debug)]
pub(super) struct Rows<'a>(ByKey<Row<'a>>);

/// A row.
#[derive(Clone, Debug)]
pub(super) struct Row<'a> {
    pub(super) sheet: &'a Sheet,
    heads: Heads,
    number: u32,
}

impl Rows<'_> {
    pub(super) fn has(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    pub(super) fn get(&self, key: &str) -> Option<&Row<'_>> {
        self.0.get(key)
    }
}

impl<'a> Row<'a> {
    /// What stands below a head; `None` where nothing does.
    pub(super) fn cell(&self, head: &str) -> Option<&'a Cell> {
        let column = self.heads.get(&plain(head))?;
        let cell = self.sheet.rows.get(&self.number)?.get(column)?;
        (!cell.text.trim().is_empty()).then_some(cell)
    }

    /// The text below a head, as it stands.
    pub(super) fn text(&self, head: &str) -> Option<&'a str> {
        self.cell(head).map(|cell| cell.text.as_str())
    }

    /// The place of its answer, or of the row where there is none.
    pub(super) fn at(&self, sources: &Sources) -> Span {
        self.cell(head::ANSWER)
            .map_or_else(|| self.sheet.at(self.number, sources), |cell| cell.span)
    }

    /// The names of its cells below these heads, for a message.
    pub(super) fn name(&self, head: &str) -> String {
        let column = self.heads.get(&plain(head)).copied().unwrap_or_default();
        format!("sheet `{}`, cell {}", self.sheet.name, address((self.number, column)))
    }

    /// How many pieces of evidence there are columns for.
    pub(super) fn pieces(&self) -> usize {
        (1..).take_while(|at| self.heads.contains_key(&plain(&head::evidence(*at)))).count()
    }

    /// What it says, to compare it with another.
    fn said(&self) -> BTreeMap<&str, &str> {
        let heads = self.heads.keys().filter(|head| is_filled_in(head));
        heads.filter_map(|head| Some((head.as_str(), self.text(head)?.trim()))).collect()
    }
}

/// Whether a column is one to be filled in, by its head in small letters.
fn is_filled_in(head: &str) -> bool {
    let named = [head::ANSWER, head::REASON, head::NOTE, head::CUSTOMERS, head::BY];
    let numbered = ["evidence ", "where "];
    named.iter().any(|each| plain(each) == head)
        || numbered.iter().any(|each| head.starts_with(each))
}

/// Finds all rows. Cells with a fault of their own are told and taken out.
pub(super) fn find<'a>(
    sheets: &'a mut [Sheet],
    known: &[String],
    sources: &Sources,
    out: &mut Diagnostics,
) -> Rows<'a> {
    let known: BTreeSet<_> = known.iter().map(String::as_str).collect();
    let mut tables = Vec::new();
    for sheet in sheets.iter_mut().filter(|sheet| !is_hidden(sheet)) {
        let Some((at, heads)) = heads(sheet) else {
            rows_have_heads(sheet, &known, sources, out);
            continue;
        };
        cells_are_values(sheet, at, &heads, sources, out);
        tables.push((&*sheet, at, heads));
    }
    let mut rows = Rows(ByKey::new());
    for (sheet, at, heads) in tables {
        let mut asks = false;
        for number in sheet.rows.range(at + 1..).map(|(number, _)| *number) {
            let row = Row { sheet, heads: heads.clone(), number };
            let Some(key) = id_of(&row, &known, sources, out) else { continue };
            asks |= !key.contains('/');
            rows.add(key, row, sources, out);
        }
        if asks {
            columns_are_there(sheet, &heads, out);
        }
    }
    rows
}

/// The row with the heads, and where each stands.
fn heads(sheet: &Sheet) -> Option<(u32, Heads)> {
    sheet.rows.iter().find_map(|(number, cells)| {
        let mut heads = Heads::new();
        for (column, cell) in cells {
            heads.entry(plain(&cell.text)).or_insert(*column);
        }
        let is_head = |head: &str| heads.contains_key(&plain(head));
        (is_head(head::ID) && is_head(head::ANSWER)).then_some((*number, heads))
    })
}

/// W115: a sheet with rows of ours has heads.
fn rows_have_heads(
    sheet: &Sheet,
    known: &BTreeSet<&str>,
    sources: &Sources,
    out: &mut Diagnostics,
) {
    let is_ours = |row: &BTreeMap<u32, Cell>| {
        row.values().next().is_some_and(|cell| known.contains(cell.text.trim()))
    };
    if let Some((number, _)) = sheet.rows.iter().find(|(_, row)| is_ours(row)) {
        let (id, answer) = (head::ID, head::ANSWER);
        let message = format!(
            "sheet `{}` has no row with the heads `{id}` and `{answer}` above its questions",
            sheet.name
        );
        let fault = Diagnostic::error(Code::W115, message, sheet.at(*number, sources));
        out.push(fault.help("put the row with the heads back, as in a new workbook"));
    }
}

/// W115: all columns to be filled in are there; what is not says nothing.
fn columns_are_there(sheet: &Sheet, heads: &Heads, out: &mut Diagnostics) {
    let wanted = [head::REASON, head::NOTE, head::CUSTOMERS, head::BY];
    for head in wanted.iter().filter(|head| !heads.contains_key(&plain(head))) {
        let message = format!("sheet `{}` has no column `{head}`", sheet.name);
        let fault = Diagnostic::doubt(Code::W115, message, sheet.source);
        out.push(fault.help("nothing is read from it; give the column its head back"));
    }
}

/// W104, W105, W106, W111, W112: what stands in the columns to be filled in is a value.
fn cells_are_values(
    sheet: &mut Sheet,
    heads_at: u32,
    heads: &Heads,
    sources: &Sources,
    out: &mut Diagnostics,
) {
    cells_stand_alone(sheet, heads_at, heads, sources, out);
    let columns: BTreeSet<_> =
        heads.iter().filter(|(head, _)| is_filled_in(head)).map(|(_, column)| *column).collect();
    let mut faulty = Vec::new();
    for (number, row) in sheet.rows.range(heads_at + 1..) {
        for (column, cell) in row.iter().filter(|(column, _)| columns.contains(column)) {
            let name = sheet.name_of(cell);
            let fault =
                |code, what: &str| Diagnostic::error(code, format!("{name}: {what}"), cell.span);
            if cell.is_error {
                let what = format!("`{}` is an error of the program, no value", cell.text);
                out.push(fault(Code::W106, &what).help("write the value, or clear the cell"));
                faulty.push((*number, *column));
            } else if cell.is_formula {
                let help = "write the value in place of the formula";
                out.push(fault(Code::W104, "it holds a formula").help(help));
                faulty.push((*number, *column));
            } else if units(&cell.text) > LONGEST_TEXT {
                let what = format!("the text has more than {LONGEST_TEXT} characters");
                out.push(fault(Code::W111, &what).help("shorten it"));
            } else if cell.text.contains(|c| is_invisible(c) && c != '\r') {
                let message = format!("{name}: it holds a character that cannot be seen");
                let doubt = Diagnostic::warning(Code::W112, message, cell.span);
                out.push(doubt.help("write the text anew, if it came from somewhere else"));
            }
        }
    }
    for (number, column) in faulty {
        sheet.rows.get_mut(&number).and_then(|row| row.remove(&column));
    }
}

/// W105: no cells are merged where answers stand, as one of them would be read for all.
fn cells_stand_alone(
    sheet: &Sheet,
    heads_at: u32,
    heads: &Heads,
    sources: &Sources,
    out: &mut Diagnostics,
) {
    let id = heads.get(&plain(head::ID)).copied().unwrap_or_default();
    let is_row = |number: &u32| sheet.rows.get(number).is_some_and(|row| row.contains_key(&id));
    for (from, to) in sheet.merged.iter().filter(|(from, to)| from != to) {
        let covers = |column: &u32| (from.1..=to.1).contains(column);
        let answers = heads.iter().any(|(head, column)| is_filled_in(head) && covers(column));
        let mut rows = sheet.rows.range(from.0.max(heads_at + 1)..=to.0.max(heads_at + 1));
        if let Some((number, _)) = rows.find(|(number, _)| answers && is_row(number)) {
            let message = format!(
                "sheet `{}`, cells {}:{}: they are merged",
                sheet.name,
                address(*from),
                address(*to)
            );
            let fault = Diagnostic::error(Code::W105, message, sheet.at(*number, sources));
            out.push(fault.help("part them again, and answer each question in its own cell"));
        }
    }
}

/// W101: a row with an answer has an id, and one that is known.
fn id_of(
    row: &Row<'_>,
    known: &BTreeSet<&str>,
    sources: &Sources,
    out: &mut Diagnostics,
) -> Option<String> {
    let Some(cell) = row.cell(head::ID) else {
        if let Some(head) = row.said().keys().next() {
            let message = format!("{}: its row has no id", row.name(head));
            let fault = Diagnostic::error(Code::W101, message, row.at(sources));
            out.push(fault.help("give the row its id back, or clear it"));
        }
        return None;
    };
    let key = cell.text.trim();
    let is_person =
        key.strip_prefix("by/").and_then(|rest| rest.split_once('/')).is_some_and(|(at, what)| {
            at.parse().is_ok_and(|at: u16| (1..=999).contains(&at))
                && ["name", "function"].contains(&what)
        });
    if is_person || known.contains(key) {
        return Some(key.to_owned());
    }
    let message = format!("{}: there is no row `{key}`", row.sheet.name_of(cell));
    let help = nearest(key, known.iter().copied()).map(|near| format!("did you mean `{near}`?"));
    let help = help.unwrap_or_else(|| "remove the row, or give it its id back".to_owned());
    out.push(Diagnostic::error(Code::W101, message, cell.span).help(help));
    None
}

impl<'a> Rows<'a> {
    /// W102: two rows of one id say the same.
    fn add(&mut self, key: String, row: Row<'a>, sources: &Sources, out: &mut Diagnostics) {
        let Some(first) = self.0.get(&key) else {
            self.0.insert(key, row);
            return;
        };
        if first.said() == row.said() {
            return;
        }
        let message = format!(
            "{} and {}: two rows `{key}` say different things",
            first.name(head::ANSWER),
            row.name(head::ANSWER)
        );
        let fault = Diagnostic::error(Code::W102, message, row.at(sources));
        let fault = fault.related(first.at(sources), "the first one");
        out.push(fault.help("keep the row that is meant, and remove the other"));
    }
}
