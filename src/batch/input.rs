//! What a batch is of: a folder of files, or a stream with a line or row for each client.

mod separated;

pub(super) use separated::texts;

use super::failure::Failure;
#[cfg(feature = "parquet")]
use super::parquet;
use super::stream::{Line, Lines, Tidy};
use super::table::{Columns, Given, columns};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::library::Library;
use crate::load::clients::{self, Stream};
use crate::load::{self, Trouble};
use crate::workbook::{LARGEST_WORKBOOK, table};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::vec;

/// A client that is yet to be looked at.
#[derive(Debug)]
pub struct Job {
    /// The file that it stands in, as results name it.
    pub file: Arc<str>,
    /// What stands there.
    pub what: What,
}

/// What stands in a file of clients.
#[derive(Debug)]
pub enum What {
    /// A file of its own, which is read when its turn comes.
    File(PathBuf),
    /// A line of JSON; `None`: it is longer than answers can be.
    Line(usize, Option<Vec<u8>>),
    /// A row of a table: its number, its cells, and those of them that a formula stands in.
    Row(usize, Vec<Vec<u8>>, Vec<usize>),
    /// A row that does not end; no more can be read after it.
    EndlessRow(usize),
    /// What cannot be looked at, and why.
    Failed(Failure),
}

impl What {
    /// How much of it is held until its turn comes. Unit: bytes.
    pub(super) fn size(&self) -> u64 {
        match self {
            Self::File(_) | Self::EndlessRow(_) | Self::Failed(_) => 0,
            Self::Line(_, bytes) => bytes.as_ref().map_or(0, Vec::len) as u64,
            Self::Row(_, cells, _) => cells.iter().map(Vec::len).sum::<usize>() as u64,
        }
    }
}

/// The clients of a batch, one after the other.
#[derive(Debug)]
pub struct Input {
    from: From,
    /// The columns, where it is a table.
    pub columns: Option<Arc<Columns>>,
}

#[derive(Debug)]
enum From {
    Files {
        root: PathBuf,
        left: vec::IntoIter<PathBuf>,
        all: usize,
    },
    Lines {
        file: Arc<str>,
        lines: Lines,
    },
    Csv {
        file: Arc<str>,
        rows: Box<csv::Reader<BufReader<Tidy>>>,
        ended: bool,
    },
    Sheet {
        file: Arc<str>,
        left: vec::IntoIter<table::Row>,
        all: usize,
    },
    #[cfg(feature = "parquet")]
    Parquet(Box<parquet::Rows>),
}

/// How far a batch has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach {
    /// Clients or bytes that were read.
    pub read: u64,
    /// How many there are; `None` where nobody knows.
    pub all: Option<u64>,
}

impl Input {
    /// Opens what was named. `None` where it holds no clients or is no table of them; why has then been told.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn open(
        path: &Path,
        output: &Path,
        given: Given<'_>,
        library: &mut Library,
        out: &mut Diagnostics,
    ) -> Result<Option<Self>, Trouble> {
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        if path.is_dir() {
            let files = clients::files(path, output)?;
            return Ok(files_of(path, files, library, out));
        }
        match ending.as_str() {
            "yaml" | "yml" => {
                let root = path.parent().unwrap_or(Path::new(""));
                Ok(files_of(root, vec![path.to_owned()], library, out))
            }
            "xlsx" => sheet(path, given, library, out),
            "parquet" => parquet_table(path, given, library, out),
            _ => stream(path, given, library, out),
        }
    }

    fn job(&mut self) -> Result<Option<Job>, Trouble> {
        match &mut self.from {
            From::Files { root, left, .. } => Ok(left.next().map(|path| {
                let below = path.strip_prefix(&root).unwrap_or(&path);
                Job { file: below.to_string_lossy().into(), what: What::File(path) }
            })),
            From::Lines { file, lines } => {
                let line =
                    lines.next().map_err(|why| Trouble::new("read", Path::new(&**file), &why))?;
                let job = |Line { number, bytes }| Job {
                    file: Arc::clone(file),
                    what: What::Line(number, bytes),
                };
                Ok(line.map(job))
            }
            From::Csv { file, rows, ended } => separated::row(file, rows, ended),
            From::Sheet { file, left, .. } => Ok(left.next().map(|row| {
                let cells = row.cells.into_iter().map(String::into_bytes).collect();
                let what = What::Row(row.number, cells, row.computed);
                Job { file: Arc::clone(file), what }
            })),
            #[cfg(feature = "parquet")]
            From::Parquet(rows) => Ok(rows.next_job()),
        }
    }

    /// How far it has been read.
    pub fn reach(&self) -> Reach {
        let part =
            |left: usize, all: usize| Reach { read: (all - left) as u64, all: Some(all as u64) };
        match &self.from {
            From::Files { left, all, .. } => part(left.len(), *all),
            From::Sheet { left, all, .. } => part(left.len(), *all),
            From::Lines { lines, .. } => of_stream(lines.stream()),
            From::Csv { rows, .. } => of_stream(rows.get_ref().get_ref()),
            #[cfg(feature = "parquet")]
            From::Parquet(rows) => rows.reach(),
        }
    }
}

/// The clients in their order; an error where the stream cannot be read.
impl Iterator for Input {
    type Item = Result<Job, Trouble>;

    fn next(&mut self) -> Option<Self::Item> {
        self.job().transpose()
    }
}

fn of_stream(stream: &Tidy) -> Reach {
    Reach { read: stream.read, all: stream.size() }
}

/// A table as Parquet.
#[cfg(feature = "parquet")]
fn parquet_table(
    path: &Path,
    given: Given<'_>,
    library: &mut Library,
    out: &mut Diagnostics,
) -> Result<Option<Input>, Trouble> {
    let opened = parquet::open(path, given, library, out)?;
    Ok(opened.map(|(columns, rows)| {
        let from = From::Parquet(Box::new(rows));
        Input { from, columns: Some(Arc::new(columns)) }
    }))
}

/// R213: this program reads Parquet.
#[cfg(not(feature = "parquet"))]
fn parquet_table(
    path: &Path,
    _: Given<'_>,
    library: &mut Library,
    out: &mut Diagnostics,
) -> Result<Option<Input>, Trouble> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let source = library.sources.add(&*name, "");
    let message = "this program was built without the feature `parquet`, so it cannot read Parquet";
    let help = "save the table as CSV, which always works; or build the program with `cargo install --path . --features parquet`";
    out.push(Diagnostic::of_file(Code::R213, message, source).help(help));
    Ok(None)
}

/// R208: there is somebody to look at.
pub(super) fn nobody(name: &str, help: &str, library: &mut Library, out: &mut Diagnostics) {
    let source = library.sources.add(name, "");
    out.push(Diagnostic::of_file(Code::R208, "there is no client in it", source).help(help));
}

fn files_of(
    root: &Path,
    files: Vec<PathBuf>,
    library: &mut Library,
    out: &mut Diagnostics,
) -> Option<Input> {
    if files.is_empty() {
        let help = "name a folder with answers files (.yaml) or workbooks (.xlsx), or a table";
        nobody(&root.display().to_string(), help, library, out);
        return None;
    }
    let (all, root) = (files.len(), root.to_owned());
    Some(Input { from: From::Files { root, left: files.into_iter(), all }, columns: None })
}

/// A stream of JSON lines or a table as CSV, by what it begins with.
fn stream(
    path: &Path,
    given: Given<'_>,
    library: &mut Library,
    out: &mut Diagnostics,
) -> Result<Option<Input>, Trouble> {
    let stream = Stream::open(path)?;
    let trouble = |why: io::Error| Trouble::new("read", path, &why);
    let file: Arc<str> = stream.name.as_str().into();
    let mut from = BufReader::with_capacity(1 << 16, Tidy::new(stream));
    let start = from.fill_buf().map_err(trouble)?;
    let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start).trim_ascii_start();
    if start.is_empty() {
        let help =
            "name a table with a row for each client, or a file with a line of JSON for each";
        nobody(&file, help, library, out);
        return Ok(None);
    }
    if start.starts_with(b"{") {
        return Ok(Some(Input {
            from: From::Lines { file, lines: Lines::new(from) },
            columns: None,
        }));
    }
    if start.starts_with(b"PAR1") {
        return parquet_table(path, given, library, out);
    }
    if let Some((code, message, help)) = no_table(start) {
        let source = library.sources.add(&*file, "");
        out.push(Diagnostic::of_file(code, message, source).help(help));
        return Ok(None);
    }
    separated::open(path, from, given, library, out)
}

/// Y003, R206, Y024: what a stream is instead of a table, and what to do about it.
fn no_table(start: &[u8]) -> Option<(Code, &'static str, &'static str)> {
    const NO_TEXT: &str = "this is no text file";
    match start {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => Some((Code::Y003, NO_TEXT, "save it as UTF-8")),
        [b'P', b'K', ..] => {
            Some((Code::Y003, NO_TEXT, "give the file the ending .xlsx, and name it"))
        }
        _ if start.contains(&0) => {
            let help = "name a table as CSV or XLSX, or a file of JSON lines";
            Some((Code::Y003, NO_TEXT, help))
        }
        [b'[', ..] => {
            let help = "write each document on a line of its own, as `jq -c '.[]'` does";
            Some((Code::R206, "this is one list in JSON, not a line for each client", help))
        }
        _ if start.starts_with(b"gapwise:") => {
            let help = "name the file, which ends in .yaml, or its folder";
            Some((Code::Y024, "this is one document in YAML, not a table", help))
        }
        _ => None,
    }
}

/// The first sheet of a workbook, as a table.
fn sheet(
    path: &Path,
    given: Given<'_>,
    library: &mut Library,
    out: &mut Diagnostics,
) -> Result<Option<Input>, Trouble> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let bytes = load::bytes(path, LARGEST_WORKBOOK)?;
    let bytes = bytes.map_err(|message| Trouble {
        message,
        help: Some("save the table as CSV, which may have any length".to_owned()),
    })?;
    let Some(mut rows) = table::rows(&mut library.sources, &name, &bytes, out) else {
        return Ok(None);
    };
    if rows.len() < 2 {
        let help = "the first sheet needs a row with heads, and one for each client";
        nobody(&name, help, library, out);
        return Ok(None);
    }
    let heads = rows.remove(0);
    let source = library.sources.add(&*name, "");
    let columns = columns(&heads.cells, source, given, library, out);
    let (all, left) = (rows.len(), rows.into_iter());
    let from = From::Sheet { file: name.into(), left, all };
    Ok((!out.has_errors()).then(|| Input { from, columns: Some(Arc::new(columns)) }))
}
