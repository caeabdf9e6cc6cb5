//! A file that is written again and again while it is filled in.

use super::{Output, Trouble, text, write};
use crate::source::LARGEST_ANSWERS;
use std::fs;
use std::path::{Path, PathBuf};

/// A file with the text that it had when it was last read or written.
#[derive(Debug)]
pub struct Kept {
    /// Where it is.
    pub path: PathBuf,
    /// What it said; `None`: it was not there.
    text: Option<String>,
}

/// What became of a text to be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// It is in the file.
    Done,
    /// It is not: the file says something else than when it was last read, namely this.
    Changed(String),
}

impl Kept {
    /// A file with the text that was read from it; `None` for one that is yet to be made.
    pub fn new(path: PathBuf, text: Option<String>) -> Self {
        Self { path, text }
    }

    /// Writes the whole text, or nothing where another program has changed the file.
    ///
    /// # Errors
    /// The file cannot be read or written, or stands there though it was yet to be made.
    pub fn save(&mut self, new: &str) -> Result<Saved, Trouble> {
        if let (Some(old), Ok(about)) = (&self.text, fs::metadata(&self.path)) {
            if about.permissions().readonly() {
                let message = format!("`{}` is write-protected", self.path.display());
                let help = "take the protection off, then try again".to_owned();
                return Err(Trouble { message, help: Some(help) });
            }
            let now = text(&self.path, LARGEST_ANSWERS)?;
            let now = now.map_err(|message| Trouble { message, help: None })?;
            if now != *old {
                return Ok(Saved::Changed(now));
            }
        }
        let output = Output { path: self.path.clone(), bytes: new.as_bytes().to_vec() };
        write(&[output], self.text.is_some())?;
        self.text = Some(new.to_owned());
        Ok(Saved::Done)
    }

    /// Takes what the file says now for what it said when it was last read.
    pub fn accept(&mut self, now: String) {
        self.text = Some(now);
    }

    /// Goes on in a new file beside this one.
    pub fn move_beside(&mut self) {
        self.path = free(&self.path);
        self.text = None;
    }
}

/// The path, or where something stands there, the next like it where nothing does: `acme-2.yaml`.
pub fn free(path: &Path) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let ending =
        path.extension().map_or(String::new(), |ending| format!(".{}", ending.to_string_lossy()));
    let numbered = (2..).map(|number| path.with_file_name(format!("{stem}-{number}{ending}")));
    let mut paths = std::iter::once(path.to_owned()).chain(numbered);
    paths.find(|path| fs::symlink_metadata(path).is_err()).unwrap_or_else(|| path.to_owned())
}

/// Whether something stands at a path.
pub fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_another_program_changed_is_not_overwritten() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.yaml");
        let mut kept = Kept::new(path.clone(), None);
        assert_eq!(kept.save("a: 1\n").expect("written"), Saved::Done);
        fs::write(&path, "a: 2\n").expect("written");
        assert_eq!(kept.save("a: 3\n").expect("read"), Saved::Changed("a: 2\n".to_owned()));
        assert_eq!(fs::read_to_string(&path).expect("read"), "a: 2\n");
        kept.accept("a: 2\n".to_owned());
        assert_eq!(kept.save("a: 3\n").expect("written"), Saved::Done);
        kept.move_beside();
        assert_eq!(kept.path, folder.path().join("a-2.yaml"));
    }

    #[test]
    fn a_new_file_takes_no_place_that_is_taken() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.yaml");
        fs::write(&path, "a: 2\n").expect("written");
        assert!(Kept::new(path, None).save("a: 1\n").is_err());
    }
}
