//! A table as Parquet, row by row: of each column no more than a page is held at a time.

mod cell;
mod guard;

use super::failure::{Failure, at_line};
use super::input::{Job, Reach, What, nobody};
use super::stream::LONGEST;
use super::table::{Columns, Given, columns};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::library::Library;
use crate::load::Trouble;
use crate::load::clients::from_any_place;
use crate::source::{SourceId, one_line};
use ::parquet::basic::Compression;
use ::parquet::errors::ParquetError;
use ::parquet::file::reader::{FileReader, SerializedFileReader};
use ::parquet::record::reader::RowIter;
use ::parquet::record::{Field, Row};
use ::parquet::schema::types::{Type, TypePtr};
use cell::Kind;
use guard::guarded;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// What to do with a file that cannot be read.
const AGAIN: &str = "fetch or write the file anew; a table as CSV works too";
/// What to do with a value that no cell holds.
const AS_CELLS: &str =
    "write texts, whole numbers, dates, yes and no, or lists of these; leave open what is open";

/// A column: its head, and what its values are; `None`: it is passed over.
struct Head {
    name: String,
    kind: Option<Kind>,
}

/// The rows of a table.
pub(super) struct Rows {
    file: Arc<str>,
    heads: Vec<Head>,
    rows: RowIter<'static>,
    read: u64,
    all: u64,
    is_ended: bool,
}

impl fmt::Debug for Rows {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "row {} of {} in {}", self.read, self.all, self.file)
    }
}

/// Opens a table. `None` where it holds no clients or is no table of them; why has then been told.
///
/// # Errors
/// The file is not there or cannot be read.
pub(super) fn open(
    path: &Path,
    given: Given<'_>,
    library: &mut Library,
    out: &mut Diagnostics,
) -> Result<Option<(Columns, Rows)>, Trouble> {
    let (name, file) = from_any_place(path)?;
    let reader = guarded(|| SerializedFileReader::new(file));
    let reader = match reader {
        Ok(reader) => Box::new(reader),
        Err(why) => {
            let source = library.sources.add(name, "");
            let message = format!("this is no Parquet file, or a damaged one: {why}");
            out.push(Diagnostic::of_file(Code::R213, message, source).help(AGAIN));
            return Ok(None);
        }
    };
    let all = rows_in(&*reader);
    if all == 0 {
        nobody(&name, "the table needs a row for each client", library, out);
        return Ok(None);
    }
    let fields = reader.metadata().file_metadata().schema().get_fields().to_vec();
    let names: Vec<_> = fields.iter().map(|field| field.name().to_owned()).collect();
    let source = library.sources.add(name.as_str(), "");
    let columns = columns(&names, source, given, library, out);
    let heads = heads(&fields, &columns, source, out);
    packing_is_known(&*reader, &heads, source, out);
    if out.has_errors() {
        return Ok(None);
    }
    match guarded(|| rows(reader, &fields, &heads)) {
        Ok(rows) => {
            let rows = Rows { file: name.into(), heads, rows, read: 0, all, is_ended: false };
            Ok(Some((columns, rows)))
        }
        Err(why) => {
            let message = format!("the Parquet file is damaged: {why}");
            out.push(Diagnostic::of_file(Code::R213, message, source).help(AGAIN));
            Ok(None)
        }
    }
}

/// How many rows the file says that it has.
fn rows_in(reader: &dyn FileReader) -> u64 {
    let of_group = |rows: i64| u64::try_from(rows).unwrap_or(0);
    let groups = reader.metadata().row_groups().iter();
    groups.fold(0, |sum: u64, group| sum.saturating_add(of_group(group.num_rows())))
}

/// The columns with what their values are. R212: a column that is read holds what a cell can say.
fn heads(
    fields: &[TypePtr],
    columns: &Columns,
    source: SourceId,
    out: &mut Diagnostics,
) -> Vec<Head> {
    let mut heads = Vec::with_capacity(fields.len());
    for (at, field) in fields.iter().enumerate() {
        let name = one_line(field.name());
        let kind = if columns.is_read(at) { Some(Kind::of(field)) } else { None };
        if kind == Some(Kind::None) {
            let message = format!("the column `{name}` holds what no cell can say");
            out.push(Diagnostic::of_file(Code::R212, message, source).help(AS_CELLS));
        }
        heads.push(Head { name, kind });
    }
    heads
}

/// R213: the columns that are read are packed in a way that is known here.
fn packing_is_known(
    reader: &dyn FileReader,
    heads: &[Head],
    source: SourceId,
    out: &mut Diagnostics,
) {
    let is_read =
        |column: &str| heads.iter().any(|head| head.name == column && head.kind.is_some());
    for group in reader.metadata().row_groups() {
        for column in group.columns() {
            let parts = column.column_path().parts();
            let name = parts.first().map(|part| one_line(part)).unwrap_or_default();
            let is_known = matches!(
                column.compression(),
                Compression::UNCOMPRESSED
                    | Compression::SNAPPY
                    | Compression::GZIP(_)
                    | Compression::ZSTD(_)
            );
            if !is_known && is_read(&name) {
                let packed = column.compression_codec();
                let message = format!("the column `{name}` is packed with {packed:?}");
                let help = "write the table with Snappy, Zstandard or gzip, or as CSV";
                out.push(Diagnostic::of_file(Code::R213, message, source).help(help));
                return;
            }
        }
    }
}

/// The rows of the columns that are read; what else the file holds is never unpacked.
fn rows(
    reader: Box<SerializedFileReader<impl ::parquet::file::reader::ChunkReader + 'static>>,
    fields: &[TypePtr],
    heads: &[Head],
) -> Result<RowIter<'static>, ParquetError> {
    let whole = reader.metadata().file_metadata().schema().name().to_owned();
    let read = fields.iter().zip(heads).filter(|(_, head)| head.kind.is_some());
    let read = read.map(|(field, _)| Arc::clone(field)).collect();
    let read = Type::group_type_builder(&whole).with_fields(read).build()?;
    RowIter::from_file_into(reader).project(Some(read))
}

impl Rows {
    /// The next row; `None` at the end. Rows are counted from 1. After damage there are no more.
    pub(super) fn next_job(&mut self) -> Option<Job> {
        if self.is_ended {
            return None;
        }
        let number = usize::try_from(self.read).unwrap_or(usize::MAX).saturating_add(1);
        let rows = &mut self.rows;
        let what = match guarded(|| rows.next().transpose()) {
            Ok(None) => None,
            Ok(Some(row)) => Some(self.cells(number, row)),
            Err(why) => {
                self.is_ended = true;
                let message =
                    format!("the file is damaged, so nothing from this row on was read: {why}");
                let failure = at_line(&self.file, number, Code::R213, message, AGAIN);
                Some(What::Failed(failure))
            }
        };
        self.read += 1;
        what.map(|what| Job { file: Arc::clone(&self.file), what })
    }

    /// How many rows were read.
    pub(super) fn reach(&self) -> Reach {
        Reach { read: self.read.min(self.all), all: Some(self.all) }
    }

    /// R212: each value is one that a cell of a table can hold.
    fn cells(&self, number: usize, row: Row) -> What {
        let mut values = row.into_columns().into_iter();
        let mut cells = Vec::with_capacity(self.heads.len());
        let mut faults = Vec::new();
        for head in &self.heads {
            let Some(kind) = head.kind else {
                cells.push(Vec::new());
                continue;
            };
            let value = values.next().map_or(Field::Null, |(_, value)| value);
            match cell::text(&value, kind) {
                Ok(text) => cells.push(text.into_bytes()),
                Err(why) => faults.push(format!("the column `{}` holds {why}", head.name)),
            }
        }
        let more = faults.len().saturating_sub(1);
        if let Some(fault) = faults.into_iter().next() {
            let failure = at_line(&self.file, number, Code::R212, fault, AS_CELLS);
            return What::Failed(Failure { more, ..failure });
        }
        if cells.iter().map(Vec::len).sum::<usize>() > LONGEST {
            let message = format!("the row has more than the {LONGEST} bytes allowed");
            return What::Failed(at_line(&self.file, number, Code::Y004, message, "shorten it"));
        }
        What::Row(number, cells, Vec::new())
    }
}
