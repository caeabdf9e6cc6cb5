//! Each fixture gives exactly the codes that its comments announce.
//!
//! `tests/diagnostics/<CODE>-<name>/bad.yaml` announces a fault with `#! CODE` on the line that it is
//! shown at; a file without announcements has the fault of its folder's name, as a whole.
//! `good.yaml` beside it has none. What stands in `with/` is at hand as documents of one's own, as
//! is `tests/diagnostics/library/`.

use crate::{entries, root};
use gapwise::diagnostic::{Code, Diagnostics};
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
    let line = |each: &gapwise::diagnostic::Diagnostic| {
        each.primary.as_ref().map_or(0, |label| library.sources.position(label.span).line)
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
            codes.split_whitespace().map_while(Code::find).map(move |code| (line, code))
        })
        .collect();
    if all.is_empty() {
        all.push((0, code));
    }
    all.sort();
    all
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
        let (bad, good) = (folder.join("bad.yaml"), folder.join("good.yaml"));
        let wanted = announced(&bad, code);
        assert!(
            wanted.iter().any(|(_, each)| *each == code),
            "{name}: bad.yaml announces another code"
        );
        if found(&bad) != wanted {
            wrong.push(format!(
                "{name}/bad.yaml\n  announced {wanted:?}\n  found     {:?}",
                found(&bad)
            ));
        }
        if !found(&good).is_empty() {
            wrong.push(format!("{name}/good.yaml\n  found {:?}", found(&good)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
