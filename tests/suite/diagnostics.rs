//! Each fixture gives exactly the codes that its comments announce.
//!
//! `tests/diagnostics/<CODE>-<name>/bad.yaml`, like each `bad-….yaml` beside it, announces a fault
//! with `#! CODE` on the line that it is shown at; a file without announcements has the fault of its
//! folder's name, as a whole.
//! `good.yaml` beside it has none. What stands in `with/` is at hand as documents of one's own, as
//! is `tests/diagnostics/library/`.

use crate::{entries, root};
use gapwise::diagnostic::{Code, Diagnostic, Diagnostics};
use gapwise::library::Library;
use gapwise::raw::Document;
use gapwise::{assemble, load};
use std::path::Path;

/// Line (0 for the whole file) and code of each fault of a fixture, sorted.
fn found(file: &Path) -> Vec<(usize, Code)> {
    let mut library = Library::default();
    let mut found = Diagnostics::default();
    for folder in [root("tests/diagnostics/library"), file.with_file_name("with")] {
        for path in load::yaml_files(&folder).unwrap_or_default() {
            if path.exists() {
                load::document(&mut library, &path, &mut found).expect("readable");
            }
        }
    }
    let source = load::document(&mut library, file, &mut found).expect("readable");
    library.names_are_unique(&mut found);
    if let Some(source) = source {
        let files = match library.read(source, &mut Diagnostics::default()).as_deref() {
            Some(gapwise::library::Read { document: Document::Answers(raw), .. }) => {
                load::evidence(file, raw)
            }
            _ => Default::default(),
        };
        assemble::check(&mut library, source, &files, &mut found);
    }
    // A fault of another file than the fixture is announced nowhere, whichever line it stands on.
    let line = |each: &Diagnostic| match &each.primary {
        _ if library.sources.get(each.source).name != file.display().to_string() => usize::MAX,
        Some(label) => library.sources.position(label.span).line,
        None => 0,
    };
    let mut all: Vec<_> = found.sorted().into_iter().map(|each| (line(each), each.code)).collect();
    all.sort();
    all
}

/// What a fixture announces.
fn announced(file: &Path, code: Code) -> Vec<(usize, Code)> {
    let bytes = std::fs::read(file).expect("readable");
    let text = String::from_utf8_lossy(&bytes);
    let marks =
        text.lines().enumerate().filter_map(|(at, line)| Some((at + 1, line.split_once("#! ")?.1)));
    let mut all: Vec<_> = marks
        .flat_map(|(line, codes)| {
            codes.split_whitespace().map_while(code_of).map(move |code| (line, code))
        })
        .collect();
    if all.is_empty() {
        all.push((0, code));
    }
    all.sort();
    all
}

#[test]
fn a_file_is_read_once_by_whatever_path() {
    let folder = root("tests/diagnostics/library");
    let mut library = Library::default();
    let mut found = Diagnostics::default();
    for file in entries(&folder) {
        let again = folder.join("../library").join(file.file_name().expect("a name"));
        let first = load::document(&mut library, &file, &mut found).expect("readable");
        assert_eq!(load::document(&mut library, &again, &mut found).expect("readable"), first);
    }
    library.names_are_unique(&mut found);
    assert!(found.is_empty());
}

/// The code with this id. Names of codes are ordinary words of a comment.
fn code_of(word: &str) -> Option<Code> {
    Code::find(word).filter(|code| code.id() == word)
}

#[test]
fn each_fixture_gives_exactly_what_it_announces() {
    let folders = entries(&root("tests/diagnostics"));
    let fixtures = folders.iter().filter(|folder| !folder.ends_with("library"));
    let mut wrong = Vec::new();
    for folder in fixtures {
        let name = folder.file_name().expect("a name").to_string_lossy();
        let (id, code_name) = name.split_once('-').expect("CODE-name");
        let code = Code::find(id).unwrap_or_else(|| panic!("{name}: no such code"));
        assert_eq!(code_name, code.name(), "{name}");
        let mut announces_its_own = false;
        for file in entries(folder).into_iter().filter(|file| file.is_file()) {
            let is_good = file.ends_with("good.yaml");
            let wanted = if is_good { Vec::new() } else { announced(&file, code) };
            announces_its_own |= wanted.iter().any(|(_, each)| *each == code);
            let found = found(&file);
            if found != wanted {
                let file = file.display();
                wrong.push(format!("{file}\n  announced {wanted:?}\n  found     {found:?}"));
            }
        }
        assert!(announces_its_own, "{name}: no fixture announces it");
        assert!(folder.join("good.yaml").exists(), "{name}: no good.yaml");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
