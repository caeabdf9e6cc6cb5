//! Files and standard streams: paths to texts, texts to files, whole or not at all.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::digest::Digest;
use crate::library::Library;
use crate::raw::answers::RawAnswers;
use crate::source::{LARGEST_DOCUMENT, SourceId, Undecodable, decode};
use crate::validate::{EvidenceFile, EvidenceFiles, stays_inside};
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// The largest evidence file that is read. Unit: bytes.
const LARGEST_EVIDENCE: u64 = 64 * 1024 * 1024;

/// Something in the world that stopped us: a file, a pipe.
#[derive(Debug)]
pub struct Trouble {
    /// What was tried, and why it did not work.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl Trouble {
    fn new(what: &str, path: &Path, why: &io::Error) -> Self {
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

/// The text of a document. `None` where it is too large or no text; that has then been said.
fn text_of(
    library: &mut Library,
    name: String,
    bytes: &[u8],
    out: &mut Diagnostics,
) -> Option<SourceId> {
    if bytes.len() > LARGEST_DOCUMENT {
        let source = library.sources.add(name, "");
        let message = format!("the file has more than the {LARGEST_DOCUMENT} bytes allowed");
        out.push(Diagnostic::of_file(Code::Y004, message, source).help("split it"));
        return None;
    }
    match decode(bytes) {
        Ok(text) => Some(library.add(name, text)),
        Err(why) => {
            out.push(undecodable(library, name, why, bytes));
            None
        }
    }
}

fn undecodable(library: &mut Library, name: String, why: Undecodable, bytes: &[u8]) -> Diagnostic {
    let source = library.sources.add(name, "");
    let ends_line = |at: &usize| match bytes[*at] {
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        byte => byte == b'\n',
    };
    let line = |at: usize| (0..at).filter(ends_line).count() + 1;
    match why {
        Undecodable::Utf16 => {
            Diagnostic::of_file(Code::Y002, "the file is UTF-16", source).help("save it as UTF-8")
        }
        Undecodable::Utf8(at) => {
            let message = format!("line {} is not UTF-8", line(at));
            Diagnostic::of_file(Code::Y001, message, source).help("save the file as UTF-8")
        }
        Undecodable::Nul(at) => {
            let message = format!("line {} holds a NUL character", line(at));
            Diagnostic::of_file(Code::Y003, message, source)
                .help("this is no text file, or a damaged one")
        }
    }
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
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).map_err(|why| Trouble::new("read", &folder, &why))?;
        for entry in entries {
            let entry = entry.map_err(|why| Trouble::new("read", &folder, &why))?;
            let (path, kind) = (entry.path(), entry.file_type());
            if kind.is_ok_and(|kind| kind.is_dir()) {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml") {
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
    let given = raw.answers.iter().flat_map(|answers| &answers.entries);
    let listed = given.flat_map(|(_, answer)| &answer.evidence).flat_map(|list| &list.items);
    let paths = listed.filter_map(|evidence| evidence.file.as_ref()).map(|text| &text.value);
    paths
        .filter(|path| stays_inside(path))
        .map(|path| (path.clone(), evidence_file(folder, path)))
        .collect()
}

fn evidence_file(folder: &Path, path: &str) -> EvidenceFile {
    let unusable =
        |why: &io::Error| EvidenceFile::Unusable(format!("cannot be read: {}", reason(why)));
    let (root, file) = match (folder.canonicalize(), folder.join(path).canonicalize()) {
        (Ok(root), Ok(file)) => (root, file),
        (_, Err(why)) if why.kind() == io::ErrorKind::NotFound => return EvidenceFile::Missing,
        (Err(why), _) | (_, Err(why)) => return unusable(&why),
    };
    if !file.starts_with(&root) {
        return EvidenceFile::Outside;
    }
    match fs::metadata(&file) {
        Ok(about) if !about.is_file() => EvidenceFile::Unusable("is no regular file".to_owned()),
        Ok(about) if about.len() > LARGEST_EVIDENCE => {
            EvidenceFile::Unusable("has more than 64 MiB".to_owned())
        }
        Ok(_) => match fs::read(&file) {
            Ok(bytes) => EvidenceFile::Found(Digest::of_bytes(&bytes)),
            Err(why) => unusable(&why),
        },
        Err(why) => unusable(&why),
    }
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
    for (file, output) in complete {
        let done = match file {
            Some((file, goal)) => file.persist(goal).map(drop).map_err(|why| why.error),
            None => fs::OpenOptions::new()
                .write(true)
                .open(&output.path)
                .and_then(|mut device| device.write_all(&output.bytes)),
        };
        done.map_err(|why| Trouble::new("write", &output.path, &why))?;
    }
    Ok(())
}

/// The complete bytes in a file beside their place, with the mode of a file that they replace, and
/// that place with links followed; `None` where a device or pipe stands there.
fn beside(output: &Output) -> io::Result<Option<(tempfile::NamedTempFile, PathBuf)>> {
    let goal = output.path.canonicalize().unwrap_or_else(|_| output.path.clone());
    let old = fs::metadata(&goal).ok();
    if old.as_ref().is_some_and(|about| !about.is_file() && !about.is_dir()) {
        return Ok(None);
    }
    let folder = match goal.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".gapwise-");
    if let Some(permissions) = old.map(|about| about.permissions()).or_else(usual_mode) {
        builder.permissions(permissions);
    }
    let mut file = builder.tempfile_in(folder)?;
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

/// Templates of one's own below a folder: path relative to it, and text.
///
/// # Errors
/// A file cannot be read or is no text.
pub fn templates(folder: &Path) -> Result<Vec<(String, String)>, Trouble> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(&at).map_err(|why| Trouble::new("read", &at, &why))? {
            let path = entry.map_err(|why| Trouble::new("read", &at, &why))?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let text =
                    fs::read_to_string(&path).map_err(|why| Trouble::new("read", &path, &why))?;
                let name =
                    path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                found.push((name, text));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The text of a file that this program wrote itself.
///
/// # Errors
/// The file cannot be read or is no UTF-8.
pub fn text(path: &Path) -> Result<String, Trouble> {
    let bytes = if path == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        fs::read(path)
    };
    let bytes = bytes.map_err(|why| Trouble::new("read", path, &why))?;
    decode(&bytes).map_err(|_| Trouble {
        message: format!("`{}` is not UTF-8 text", path.display()),
        help: None,
    })
}
