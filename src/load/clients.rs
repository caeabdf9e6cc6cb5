//! Where a batch reads from: a folder of files, or one stream.

use super::{Trouble, files_below};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Files of clients below a folder, sorted: answers files and workbooks. What begins with `.` or `~$` is passed
/// over, and so is the folder that is `left_out`.
///
/// # Errors
/// A folder cannot be read.
pub fn files(folder: &Path, left_out: &Path) -> Result<Vec<PathBuf>, Trouble> {
    let out = left_out.canonicalize().ok();
    let is_client = |path: &PathBuf| {
        let below = path.strip_prefix(folder).unwrap_or(path);
        let hidden = |part: &std::ffi::OsStr| {
            let name = part.to_string_lossy();
            name.starts_with('.') || name.starts_with("~$")
        };
        let is_output = out
            .as_ref()
            .is_some_and(|out| path.canonicalize().is_ok_and(|path| path.starts_with(out)));
        !below.iter().any(hidden) && !is_output
    };
    let mut files = files_below(folder, &["yaml", "yml", "xlsx", "YAML", "YML", "XLSX"])?;
    files.retain(is_client);
    Ok(files)
}

/// What a file of its own is called, and the file, to be read from any place in it.
///
/// # Errors
/// It is not there, cannot be read, or is no file but a pipe.
#[cfg(feature = "parquet")]
pub fn from_any_place(path: &Path) -> Result<(String, File), Trouble> {
    let trouble = |why: io::Error| Trouble::new("read", path, &why);
    let from_end = || Trouble {
        message: format!("cannot read `{}`: Parquet is read from its end", path.display()),
        help: Some("save it to a file and name that, or pipe the table as CSV".to_owned()),
    };
    if path == Path::new("-") {
        return Err(from_end());
    }
    let file = File::open(path).map_err(trouble)?;
    if !file.metadata().map_err(trouble)?.is_file() {
        return Err(from_end());
    }
    Ok((path.file_name().unwrap_or_default().to_string_lossy().into_owned(), file))
}

/// A file, or standard input for `-`, to be read from its beginning to its end.
#[derive(Debug)]
pub struct Stream {
    /// What its reader knows it by.
    pub name: String,
    /// How long it is, where that is known. Unit: bytes.
    pub size: Option<u64>,
    from: Input,
}

#[derive(Debug)]
enum Input {
    File(File),
    Standard(io::Stdin),
}

impl Stream {
    /// Opens it.
    ///
    /// # Errors
    /// It is not there, cannot be read, or is a folder.
    pub fn open(path: &Path) -> Result<Self, Trouble> {
        if path == Path::new("-") {
            let from = Input::Standard(io::stdin());
            return Ok(Self { name: "<stdin>".to_owned(), size: None, from });
        }
        let trouble = |why: io::Error| Trouble::new("read", path, &why);
        let file = File::open(path).map_err(trouble)?;
        let about = file.metadata().map_err(trouble)?;
        let size = about.is_file().then_some(about.len());
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Self { name, size, from: Input::File(file) })
    }
}

impl Read for Stream {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match &mut self.from {
            Input::File(file) => file.read(into),
            Input::Standard(stdin) => stdin.read(into),
        }
    }
}
