//! A table as CSV: its separator, its heads, its rows one by one.

use super::{From, Input, Job, What};
use crate::batch::stream::Tidy;
use crate::batch::table::{Given, columns};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::library::Library;
use crate::load::Trouble;
use crate::source::{SourceId, decode};
use std::io::{self, BufReader};
use std::path::Path;
use std::sync::Arc;

/// A table, by the row of its heads. `None` where these are faulty, which is then told.
pub(super) fn open(
    path: &Path,
    mut from: BufReader<Tidy>,
    given: Given<'_>,
    library: &mut Library,
    out: &mut Diagnostics,
) -> Result<Option<Input>, Trouble> {
    let file: Arc<str> = from.get_ref().name().into();
    let delimiter = delimiter(from.buffer());
    from.get_mut().row_begins();
    let mut builder = csv::ReaderBuilder::new();
    let mut rows = builder.delimiter(delimiter).flexible(true).from_reader(from);
    let heads = rows.byte_headers().map_err(|why| Trouble {
        message: format!("cannot read `{}`: {why}", path.display()),
        help: Some("the first row holds the heads of the columns".to_owned()),
    })?;
    let heads: Vec<_> = heads.iter().map(<[u8]>::to_vec).collect();
    let source = library.sources.add(&*file, "");
    let Some(heads) = texts(&heads, source, out) else { return Ok(None) };
    let columns = columns(&heads, source, given, library, out);
    let from = From::Csv { file, rows: Box::new(rows), ended: false };
    Ok((!out.has_errors()).then(|| Input { from, columns: Some(Arc::new(columns)) }))
}

/// The separator that the first line has most of; of equals the comma.
fn delimiter(start: &[u8]) -> u8 {
    let mut quoted = false;
    let outside = start.iter().take_while(|byte| **byte != b'\n').filter(|byte| {
        quoted ^= **byte == b'"';
        !quoted
    });
    let outside: Vec<_> = outside.collect();
    let count = |wanted: u8| outside.iter().filter(|byte| ***byte == wanted).count();
    [b'\t', b';', b','].into_iter().max_by_key(|byte| count(*byte)).unwrap_or(b',')
}

/// The cells of a row as texts. `None` where one is none, which is then told.
pub(in crate::batch) fn texts(
    cells: &[Vec<u8>],
    source: SourceId,
    out: &mut Diagnostics,
) -> Option<Vec<String>> {
    let decoded: Option<Vec<_>> = cells.iter().map(|cell| decode(cell).ok()).collect();
    if decoded.is_none() {
        let fault = Diagnostic::of_file(Code::Y001, "the row is not UTF-8", source);
        out.push(fault.help("save the table as UTF-8 (in Excel: CSV UTF-8)"));
    }
    decoded
}

/// The next row that holds something.
pub(super) fn row(
    file: &Arc<str>,
    rows: &mut csv::Reader<BufReader<Tidy>>,
    ended: &mut bool,
) -> Result<Option<Job>, Trouble> {
    let job = |what| Some(Job { file: Arc::clone(file), what });
    let mut cells = csv::ByteRecord::new();
    while !*ended {
        rows.get_mut().get_mut().row_begins();
        let begins = rows.position().line() as usize;
        match rows.read_byte_record(&mut cells) {
            Ok(false) => *ended = true,
            Ok(true) if cells.iter().all(|cell| cell.trim_ascii().is_empty()) => {}
            Ok(true) => {
                // From its end, for blank lines may stand before it.
                let inside = cells.as_slice().iter().filter(|byte| **byte == b'\n').count();
                let number = rows.position().line() as usize - 1 - inside;
                let cells = cells.iter().map(<[u8]>::to_vec).collect();
                return Ok(job(What::Row(number, cells, Vec::new())));
            }
            Err(why) => {
                let csv::ErrorKind::Io(why) = why.into_kind() else { return Ok(None) };
                if why.kind() != io::ErrorKind::FileTooLarge {
                    return Err(Trouble::new("read", Path::new(&**file), &why));
                }
                *ended = true;
                return Ok(job(What::EndlessRow(begins)));
            }
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::delimiter;

    #[test]
    fn the_separator_is_the_one_that_the_heads_stand_between() {
        assert_eq!(delimiter(b"client,date\na;b;c;d"), b',');
        assert_eq!(delimiter(b"client;date;\"a,b,c\""), b';');
        assert_eq!(delimiter(b"client\tdate"), b'\t');
        assert_eq!(delimiter(b"client"), b',');
    }
}
