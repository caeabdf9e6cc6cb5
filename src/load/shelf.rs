//! The folder of a batch: a folder for each client, and the tables over all of them.
//!
//! While a batch runs, everything is made in `.part` below it: the reports of each client in a folder that is
//! named after what they were made from, and the journal with a line for each client. Only when all are done
//! do the folders get their names and the tables their places. A run that was cut off leaves whole folders and
//! no table; the next one with `--resume` finds the folders.

use super::{Output, Trouble, write};
use std::fs::{self, File, TryLockError};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Where everything is made.
const PART: &str = ".part";
/// What says that a folder is whole, what its reports were made from, and which they are.
const MARK: &str = ".gapwise";
/// A line for each client.
const JOURNAL: &str = "journal";

/// The folder of a batch; no other program writes to it as long as this is held.
#[derive(Debug)]
pub struct Shelf {
    root: PathBuf,
    _lock: File,
}

/// What was made before by the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Earlier {
    /// There must be nothing.
    None,
    /// It is used as far as it still holds.
    Resumed,
    /// It is made anew.
    Replaced,
}

impl Shelf {
    /// Opens the folder of a batch, and makes it if need be. `table` is what tells a finished one.
    ///
    /// # Errors
    /// The folder cannot be made, another batch is writing to it, or there is one already.
    pub fn open(root: &Path, table: &str, earlier: Earlier) -> Result<Self, Trouble> {
        let part = root.join(PART);
        let was_begun = part.exists();
        if earlier == Earlier::None && (was_begun || root.join(table).exists()) {
            let state = if was_begun { "a batch was begun" } else { "there is a batch already" };
            let message = format!("{state} in `{}`", root.display());
            let help = "go on with --resume, make it anew with --force, or name another folder";
            return Err(Trouble { message, help: Some(help.to_owned()) });
        }
        let trouble = |why: io::Error| Trouble::new("make", &part, &why);
        fs::create_dir_all(&part).map_err(trouble)?;
        let lock = File::create(part.join("lock")).map_err(trouble)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { root: root.to_owned(), _lock: lock }),
            Err(TryLockError::WouldBlock) => {
                let message = format!("another batch is writing to `{}`", root.display());
                Err(Trouble {
                    message,
                    help: Some("wait for it, or name another folder".to_owned()),
                })
            }
            Err(TryLockError::Error(why)) => Err(trouble(why)),
        }
    }

    /// A journal without lines.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn journal(&self) -> Result<Journal, Trouble> {
        let path = self.root.join(PART).join(JOURNAL);
        let file = File::create(&path).map_err(|why| Trouble::new("write", &path, &why))?;
        Ok(Journal { path, file: BufWriter::new(file), lines: 0 })
    }

    /// Whether a client's reports of this making are there whole, under this name or still without one.
    pub fn has(&self, made_from: &str, names: &[String]) -> bool {
        let part = self.part(made_from);
        let named = names.iter().map(|name| self.root.join(name));
        std::iter::once(part).chain(named).any(|folder| {
            let mark = Mark::read(&folder);
            mark.is_some_and(|mark| mark.made_from == made_from && mark.is_whole(&folder))
        })
    }

    /// Writes a client's reports; the mark last.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn put(&self, made_from: &str, files: Vec<(String, Vec<u8>)>) -> Result<(), Trouble> {
        let folder = self.part(made_from);
        let mark = Mark {
            made_from: made_from.to_owned(),
            files: files.iter().map(|(name, bytes)| (bytes.len() as u64, name.clone())).collect(),
        };
        let make = |path: &Path, bytes: &[u8]| {
            fs::create_dir_all(&folder)
                .and_then(|()| fs::write(path, bytes))
                .map_err(|why| Trouble::new("write", path, &why))
        };
        for (name, bytes) in &files {
            make(&folder.join(name), bytes)?;
        }
        make(&folder.join(MARK), mark.text().as_bytes())
    }

    /// Gives a client's reports their name. What stands there and was made by a batch is replaced; other files
    /// stay. `names` are those that they may have from an earlier run.
    ///
    /// # Errors
    /// A file cannot be moved.
    pub fn name(&self, made_from: &str, name: &str, names: &[String]) -> Result<(), Trouble> {
        let goal = self.root.join(name);
        let is_it =
            |folder: &PathBuf| Mark::read(folder).is_some_and(|mark| mark.made_from == made_from);
        if is_it(&goal) {
            return Ok(());
        }
        let named = names.iter().map(|name| self.root.join(name));
        let Some(from) = std::iter::once(self.part(made_from)).chain(named).find(is_it) else {
            let message = format!("the reports for `{}` are gone", goal.display());
            let help = "something else changed the folder meanwhile; make them again with --resume";
            return Err(Trouble { message, help: Some(help.to_owned()) });
        };
        moved(&from, &goal).map_err(|why| Trouble::new("write", &goal, &why))
    }

    /// Takes a client's reports away, which nothing names.
    pub fn drop(&self, made_from: &str) {
        // What cannot be removed here goes with `.part`, or is told then.
        let _ = fs::remove_dir_all(self.part(made_from));
    }

    /// The folders of clients.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn clients(&self) -> Result<impl Iterator<Item = String> + use<>, Trouble> {
        let trouble = |why| Trouble::new("read", &self.root, &why);
        let entries = fs::read_dir(&self.root).map_err(trouble)?;
        let marked = entries.flatten().filter(|entry| entry.path().join(MARK).is_file());
        Ok(marked.map(|entry| entry.file_name().to_string_lossy().into_owned()))
    }

    /// A table that is written line by line.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn table(&self, name: &str) -> Result<Journal, Trouble> {
        let path = self.root.join(PART).join(name);
        let file = File::create(&path).map_err(|why| Trouble::new("write", &path, &why))?;
        Ok(Journal { path, file: BufWriter::new(file), lines: 0 })
    }

    /// The lines of a table that was closed, or of one of an earlier run.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn lines(&self, closed: &Closed) -> Result<Lines, Trouble> {
        lines(&closed.path)
    }

    /// Puts tables in their places, and writes files beside them.
    ///
    /// # Errors
    /// One cannot be moved or written.
    pub fn publish(
        &self,
        tables: &[&Closed],
        files: Vec<(String, Vec<u8>)>,
    ) -> Result<(), Trouble> {
        let output =
            |(name, bytes): (String, Vec<u8>)| Output { path: self.root.join(name), bytes };
        let outputs: Vec<_> = files.into_iter().map(output).collect();
        write(&outputs, true)?;
        for table in tables {
            let goal = self.root.join(table.path.file_name().unwrap_or_default());
            fs::rename(&table.path, &goal).map_err(|why| Trouble::new("write", &goal, &why))?;
        }
        Ok(())
    }

    /// Ends the batch: what is not named is removed.
    ///
    /// # Errors
    /// It cannot be removed.
    pub fn close(self) -> Result<(), Trouble> {
        let part = self.root.join(PART);
        fs::remove_dir_all(&part).map_err(|why| Trouble::new("remove", &part, &why))
    }

    fn part(&self, made_from: &str) -> PathBuf {
        self.root.join(PART).join(made_from)
    }
}

/// A table while it is written.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: BufWriter<File>,
    /// How many lines it has.
    pub lines: u64,
}

/// A table that is written to its end.
#[derive(Debug)]
pub struct Closed {
    path: PathBuf,
    /// How many lines it has.
    pub lines: u64,
}

impl Journal {
    /// Adds a line, which has no line break.
    ///
    /// # Errors
    /// The disk is full, or gone.
    pub fn add(&mut self, line: &str) -> Result<(), Trouble> {
        let written =
            self.file.write_all(line.as_bytes()).and_then(|()| self.file.write_all(b"\n"));
        self.lines += 1;
        written.map_err(|why| Trouble::new("write", &self.path, &why))
    }

    /// Adds bytes as they are.
    ///
    /// # Errors
    /// The disk is full, or gone.
    pub fn add_bytes(&mut self, bytes: &[u8]) -> Result<(), Trouble> {
        self.file.write_all(bytes).map_err(|why| Trouble::new("write", &self.path, &why))
    }

    /// Writes what is still held.
    ///
    /// # Errors
    /// The disk is full, or gone.
    pub fn close(self) -> Result<Closed, Trouble> {
        let Self { path, file, lines } = self;
        let done = file.into_inner().map_err(io::IntoInnerError::into_error);
        let done = done.and_then(|file| file.sync_all());
        done.map_err(|why| Trouble::new("write", &path, &why))?;
        Ok(Closed { path, lines })
    }
}

/// The lines of a table, one by one.
#[derive(Debug)]
pub struct Lines {
    path: PathBuf,
    from: io::Lines<BufReader<File>>,
}

impl Iterator for Lines {
    type Item = Result<String, Trouble>;

    fn next(&mut self) -> Option<Self::Item> {
        let line = self.from.next()?;
        Some(line.map_err(|why| Trouble::new("read", &self.path, &why)))
    }
}

/// The lines of a file.
///
/// # Errors
/// It cannot be opened.
pub fn lines(path: &Path) -> Result<Lines, Trouble> {
    let file = File::open(path).map_err(|why| Trouble::new("read", path, &why))?;
    Ok(Lines { path: path.to_owned(), from: BufReader::new(file).lines() })
}

/// What a folder of reports was made from, and size and name of each of its files.
struct Mark {
    made_from: String,
    files: Vec<(u64, String)>,
}

impl Mark {
    fn read(folder: &Path) -> Option<Self> {
        let text = fs::read_to_string(folder.join(MARK)).ok()?;
        let mut lines = text.lines();
        let made_from = lines.next()?.to_owned();
        let file = |line: &str| {
            let (size, name) = line.split_once(' ')?;
            Some((size.parse().ok()?, name.to_owned()))
        };
        Some(Self { made_from, files: lines.map(file).collect::<Option<_>>()? })
    }

    fn text(&self) -> String {
        let line = |(size, name): &(u64, String)| format!("{size} {name}\n");
        let files: String = self.files.iter().map(line).collect();
        format!("{}\n{files}", self.made_from)
    }

    fn is_whole(&self, folder: &Path) -> bool {
        let is_there = |(size, name): &(u64, String)| {
            fs::metadata(folder.join(name)).is_ok_and(|about| about.len() == *size)
        };
        self.files.iter().all(is_there)
    }
}

/// Moves the files of one folder into another, in place of those that a batch put there.
fn moved(from: &Path, goal: &Path) -> io::Result<()> {
    if !goal.exists() {
        return fs::rename(from, goal);
    }
    let old = Mark::read(goal).map(|mark| mark.files).unwrap_or_default();
    for (_, name) in old.iter().filter(|(_, name)| is_file_name(name)) {
        match fs::remove_file(goal.join(name)) {
            Err(why) if why.kind() != io::ErrorKind::NotFound => return Err(why),
            _ => {}
        }
    }
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        fs::rename(entry.path(), goal.join(entry.file_name()))?;
    }
    fs::remove_dir(from)
}

/// Whether a name leads nowhere else.
fn is_file_name(name: &str) -> bool {
    Path::new(name).file_name().is_some_and(|only| only == name)
}
