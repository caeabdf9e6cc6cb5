//! Files and standard streams: paths to texts, texts to files, whole or not at all.

pub mod clients;
pub mod kept;
pub mod shelf;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::digest::Digest;
use crate::library::Library;
use crate::raw::answers::RawAnswers;
use crate::source::{LARGEST_DOCUMENT, SourceId, Undecodable, decode};
use crate::validate::{EvidenceFile, EvidenceFiles, evidence_paths};
use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// The largest evidence file that is read. Unit: bytes.
const LARGEST_EVIDENCE: u64 = 64 * 1024 * 1024;
/// How much evidence of one answers file is read in all. Unit: bytes.
const MOST_EVIDENCE: u64 = 256 * 1024 * 1024;
/// The largest font; those for Chinese have half of it. Unit: bytes.
const LARGEST_FONT: usize = 64 * 1024 * 1024;
/// The largest template. Unit: bytes.
const LARGEST_TEMPLATE: usize = 1024 * 1024;

/// Something in the world that stopped us: a file, a pipe.
#[derive(Debug)]
pub struct Trouble {
    /// What was tried, and why it did not work.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl Trouble {
    /// What was tried with a file, and why it did not work.
    pub fn new(what: &str, path: &Path, why: &io::Error) -> Self {
        Self { message: format!("cannot {what} `{}`: {}", path.display(), reason(why)), help: None }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

/// A fault of the system, in the words of this program where it has some.
fn reason(why: &io::Error) -> String {
    match why.kind() {
        io::ErrorKind::NotFound => "it is not there".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
        _ => why.to_string(),
    }
}

/// Reads a document, `-` being standard input; a file once, however often and by whatever path it
/// is named. A text that cannot be decoded is a fault of the input and stands among the diagnostics.
///
/// # Errors
/// The file cannot be read.
pub fn document(
    library: &mut Library,
    path: &Path,
    out: &mut Diagnostics,
) -> Result<Option<SourceId>, Trouble> {
    let is_stdin = path == Path::new("-");
    let place = if is_stdin { None } else { path.canonicalize().ok() };
    if let Some(read) = place.as_ref().and_then(|place| library.files.get(place)) {
        return Ok(*read);
    }
    let name = if is_stdin { "<stdin>".to_owned() } else { path.display().to_string() };
    let bytes = if is_stdin {
        read_up_to(io::stdin().lock(), LARGEST_DOCUMENT)
            .map_err(|why| Trouble::new("read", path, &why))?
    } else {
        File::open(path)
            .and_then(|file| read_up_to(file, LARGEST_DOCUMENT))
            .map_err(|why| Trouble::new("read", path, &why))?
    };
    let source = text_of(library, name, &bytes, out);
    library.files.extend(place.map(|place| (place, source)));
    Ok(source)
}

/// The text of a document, from its bytes. `None` where it is too large or no text; that has then been said.
pub fn text_of(
    library: &mut Library,
    name: String,
    bytes: &[u8],
    out: &mut Diagnostics,
) -> Option<SourceId> {
    match decoded(bytes) {
        Ok(text) => Some(library.add(name, text)),
        Err(fault) => {
            let source = library.sources.add(name, "");
            out.push(fault.of(source));
            None
        }
    }
}

/// Why bytes are no document.
#[derive(Debug)]
pub struct NoText {
    code: Code,
    message: String,
    help: &'static str,
}

impl NoText {
    /// The same about a text.
    pub fn of(self, source: SourceId) -> Diagnostic {
        Diagnostic::of_file(self.code, self.message, source).help(self.help)
    }
}

/// The text of a document from its bytes.
///
/// # Errors
/// Y001 to Y004: it is no text, or larger than any document.
pub fn decoded(bytes: &[u8]) -> Result<String, NoText> {
    if bytes.len() > LARGEST_DOCUMENT {
        let message = format!("the file has more than the {LARGEST_DOCUMENT} bytes allowed");
        return Err(NoText { code: Code::Y004, message, help: "split it" });
    }
    decode(bytes).map_err(|why| undecodable(why, bytes))
}

fn undecodable(why: Undecodable, bytes: &[u8]) -> NoText {
    let ends_line = |at: &usize| match bytes[*at] {
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        byte => byte == b'\n',
    };
    let line = |at: usize| (0..at).filter(ends_line).count() + 1;
    let (code, message, help) = match why {
        Undecodable::Utf16 => (Code::Y002, "the file is UTF-16".to_owned(), "save it as UTF-8"),
        Undecodable::Utf8(at) => {
            (Code::Y001, format!("line {} is not UTF-8", line(at)), "save the file as UTF-8")
        }
        Undecodable::Nul(at) => {
            let message = format!("line {} holds a NUL character", line(at));
            (Code::Y003, message, "this is no text file, or a damaged one")
        }
    };
    NoText { code, message, help }
}

/// At most one byte more than a limit, so that what is too large is seen and not read.
fn read_up_to(from: impl Read, limit: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// All YAML files below a path, sorted; the path itself where it is a file.
///
/// # Errors
/// A folder cannot be read.
pub fn yaml_files(path: &Path) -> Result<Vec<PathBuf>, Trouble> {
    if path.is_dir() { files_below(path, &["yaml", "yml"]) } else { Ok(vec![path.to_owned()]) }
}

/// Regular files with one of these endings below a folder, sorted. Links to folders are not
/// followed; pipes and devices are passed over.
fn files_below(folder: &Path, endings: &[&str]) -> Result<Vec<PathBuf>, Trouble> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let trouble = |why| Trouble::new("read", &folder, &why);
        for entry in fs::read_dir(&folder).map_err(trouble)? {
            let entry = entry.map_err(trouble)?;
            let path = entry.path();
            let ends_right = path
                .extension()
                .is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted));
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                folders.push(path);
            } else if ends_right && fs::metadata(&path).is_ok_and(|about| about.is_file()) {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// What is at hand of the evidence files of answers, which lie in the folder of the answers file.
pub fn evidence(answers: &Path, raw: &RawAnswers) -> EvidenceFiles {
    let folder = match answers.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let mut shelf = Evidence { folder, looked_at: BTreeMap::new(), left: MOST_EVIDENCE };
    evidence_paths(raw).map(|path| (path.to_owned(), shelf.file(path))).collect()
}

/// Evidence files, each read once however often it is named.
struct Evidence<'a> {
    folder: &'a Path,
    looked_at: BTreeMap<PathBuf, EvidenceFile>,
    left: u64,
}

impl Evidence<'_> {
    fn file(&mut self, path: &str) -> EvidenceFile {
        let (root, file) = match (self.folder.canonicalize(), self.folder.join(path).canonicalize())
        {
            (Ok(root), Ok(file)) => (root, file),
            (_, Err(why)) if why.kind() == io::ErrorKind::NotFound => return EvidenceFile::Missing,
            (Err(why), _) | (_, Err(why)) => return unusable(&why),
        };
        if !file.starts_with(&root) {
            return EvidenceFile::Outside;
        }
        if let Some(known) = self.looked_at.get(&file) {
            return known.clone();
        }
        let state = self.read(&file);
        self.looked_at.insert(file, state.clone());
        state
    }

    fn read(&mut self, file: &Path) -> EvidenceFile {
        let size = match fs::metadata(file) {
            Ok(about) if !about.is_file() => {
                return EvidenceFile::Unusable("is no regular file".to_owned());
            }
            Ok(about) => about.len(),
            Err(why) => return unusable(&why),
        };
        if size > LARGEST_EVIDENCE {
            return EvidenceFile::Unusable("has more than 64 MiB".to_owned());
        }
        match self.left.checked_sub(size) {
            Some(left) => self.left = left,
            None => {
                return EvidenceFile::Unusable("makes more than 256 MiB of evidence".to_owned());
            }
        }
        match File::open(file).and_then(|file| Digest::of_stream(file.take(LARGEST_EVIDENCE))) {
            Ok(digest) => EvidenceFile::Found(digest),
            Err(why) => unusable(&why),
        }
    }
}

fn unusable(why: &io::Error) -> EvidenceFile {
    EvidenceFile::Unusable(format!("cannot be read: {}", reason(why)))
}

/// A file to be written.
#[derive(Debug)]
pub struct Output {
    /// Where to.
    pub path: PathBuf,
    /// What.
    pub bytes: Vec<u8>,
}

/// Writes files, each whole or not at all: all are made beside their places first and renamed only
/// once every one of them is complete. Nothing is written where one is there already and `force` is
/// not given.
///
/// # Errors
/// A file is there already, or cannot be written.
pub fn write(outputs: &[Output], force: bool) -> Result<(), Trouble> {
    let is_file = |output: &&Output| fs::metadata(&output.path).is_ok_and(|about| about.is_file());
    if let Some(there) = outputs.iter().find(|output| !force && is_file(output)) {
        let message = format!("`{}` is there already", there.path.display());
        let help = "name another place, or overwrite it with --force".to_owned();
        return Err(Trouble { message, help: Some(help) });
    }
    let mut complete = Vec::new();
    for output in outputs {
        let trouble = |why: io::Error| Trouble::new("write", &output.path, &why);
        complete.push((beside(output).map_err(trouble)?, output));
    }
    let mut written: Vec<String> = Vec::new();
    for (file, output) in complete {
        let done = match file {
            Some((file, goal)) => file.persist(goal).map(drop).map_err(|why| why.error),
            None => fs::OpenOptions::new()
                .write(true)
                .open(&output.path)
                .and_then(|mut device| device.write_all(&output.bytes)),
        };
        done.map_err(|why| {
            let mut trouble = Trouble::new("write", &output.path, &why);
            if !written.is_empty() {
                trouble.help = Some(format!("written before it: {}", written.join(", ")));
            }
            trouble
        })?;
        written.push(format!("`{}`", output.path.display()));
    }
    Ok(())
}

/// The complete bytes in a file beside their place, with the mode of a file that they replace, and
/// that place with links followed; `None` where a device or pipe stands there.
fn beside(output: &Output) -> io::Result<Option<(tempfile::NamedTempFile, PathBuf)>> {
    let goal = output.path.canonicalize().unwrap_or_else(|_| output.path.clone());
    let old = fs::metadata(&goal).ok();
    if old.as_ref().is_some_and(fs::Metadata::is_dir) {
        return Err(io::Error::other("a folder stands there"));
    }
    if old.as_ref().is_some_and(|about| !about.is_file()) {
        return Ok(None);
    }
    let folder = match goal.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".gapwise-");
    if let Some(mode) = usual_mode() {
        builder.permissions(mode);
    }
    let mut file = builder.tempfile_in(folder)?;
    if let Some(old) = old {
        file.as_file().set_permissions(old.permissions())?;
    }
    file.write_all(&output.bytes)?;
    file.as_file().sync_all()?;
    Ok(Some((file, goal)))
}

/// The mode of a new file, before the user's mask.
fn usual_mode() -> Option<fs::Permissions> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        Some(fs::Permissions::from_mode(0o666))
    }
    #[cfg(not(unix))]
    None
}

/// Templates of one's own below a folder, `.j2`, `.css` and `.md`: path relative to it, and text.
///
/// # Errors
/// A file cannot be read, is too large or is no text.
pub fn templates(folder: &Path) -> Result<Vec<(String, String)>, Trouble> {
    let read = |path: PathBuf| {
        let text =
            text(&path, LARGEST_TEMPLATE)?.map_err(|message| Trouble { message, help: None })?;
        let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        Ok((name, text))
    };
    files_below(folder, &["j2", "css", "md"])?.into_iter().map(read).collect()
}

/// The bytes of a font.
///
/// # Errors
/// The file cannot be read, or is larger than any font.
pub fn font(path: &Path) -> Result<Vec<u8>, Trouble> {
    bytes(path, LARGEST_FONT)?.map_err(|message| Trouble { message, help: None })
}

/// The bytes of a file of at most this many, `-` being standard input; or, in words, why they are too many.
///
/// # Errors
/// The file cannot be read.
pub fn bytes(path: &Path, limit: usize) -> Result<Result<Vec<u8>, String>, Trouble> {
    let bytes = if path == Path::new("-") {
        read_up_to(io::stdin().lock(), limit)
    } else {
        File::open(path).and_then(|file| read_up_to(file, limit))
    };
    let bytes = bytes.map_err(|why| Trouble::new("read", path, &why))?;
    if bytes.len() > limit {
        return Ok(Err(format!("`{}` has more than the {limit} bytes allowed", path.display())));
    }
    Ok(Ok(bytes))
}

/// The text of a file of at most this many bytes, `-` being standard input; or, in words, why it is
/// none.
///
/// # Errors
/// The file cannot be read.
pub fn text(path: &Path, limit: usize) -> Result<Result<String, String>, Trouble> {
    let bytes = bytes(path, limit)?;
    let not_text = |_| format!("`{}` is not UTF-8 text", path.display());
    Ok(bytes.and_then(|bytes| decode(&bytes).map_err(not_text)))
}
