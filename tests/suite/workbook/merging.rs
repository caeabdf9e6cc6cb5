//! Several people answer one questionnaire: parts handed out come back into one file.

use super::{book_of, fixture, library, model};
use gapwise::diagnostic::Diagnostics;
use gapwise::sitting::Sitting;
use gapwise::workbook::merge::{self, Merged};
use gapwise::workbook::read;

/// Reads the workbook of one text into another.
fn merged(
    of: &str,
    domain: Option<&str>,
    into: &str,
    prefer: bool,
) -> (String, Merged, Vec<String>) {
    let mut library = library();
    let mut found = Diagnostics::default();
    let bytes = book_of(of, domain);
    let filled = read::read(&mut library, "part.xlsx", &bytes, &mut found).expect("readable");
    let source = library.add("all.yaml", into);
    let sitting = Sitting::open(&mut library, source, &mut found).expect("valid");
    let merged = merge::add(&mut library, &sitting, &filled, prefer, &mut found);
    let told: Vec<_> = found.sorted().iter().map(|each| each.message.clone()).collect();
    assert!(found.sorted().iter().all(|each| each.code.id() == "W118"), "{told:?}");
    (sitting.text(&library).to_owned(), merged.unwrap_or_else(|| panic!("{told:?}")), told)
}

#[test]
fn a_part_adds_what_is_open() {
    let whole = fixture("  # mine\n  FIX-1: 1\n  FIX-6:\n");
    let part = fixture("  FIX-6: {yes-no: yes, by: owner}\n");
    let (text, merged, told) = merged(&part, Some("FIX-N"), &whole, false);
    assert_eq!((merged, told.len()), (Merged { added: 1, differing: 0 }, 0), "{told:?}");
    assert_eq!(text, whole.replace("FIX-6:", "FIX-6: {yes-no: yes, by: \"owner\"}"));
    // Once more: nothing moves.
    let (again, merged, _) = self::merged(&part, Some("FIX-N"), &text, false);
    assert_eq!((again, merged), (text, Merged::default()));
}

#[test]
fn what_differs_is_listed_and_left() {
    let whole = fixture("  FIX-1: {level: 1, by: owner, note: \"first\"}\n  FIX-2: yes\n");
    let part = fixture(
        "  FIX-1: {level: 3, by: owner}\n  FIX-2: {yes-no: yes, note: \"mine\", visibility: public}\n  FIX-5: 12\n",
    );
    let (text, counts, told) = merged(&part, Some("FIX-A"), &whole, false);
    assert_eq!(counts.differing, 2, "{told:?}");
    assert!(told[0].contains("`1` (by owner), the workbook says `3` (by owner)"), "{told:?}");
    assert!(told.iter().any(|line| line.contains("customers may see `FIX-2`")), "{told:?}");
    assert!(text.contains("FIX-1: {level: 1") && text.contains("FIX-5: 12"), "{text}");
    assert!(text.contains("note: \"mine\"") && !text.contains("public"), "{text}");
    let (text, counts, _) = merged(&part, Some("FIX-A"), &whole, true);
    assert_eq!(counts.differing, 2);
    assert!(text.contains("level: 3") && text.contains("public"), "{text}");
}

#[test]
fn evidence_and_people_are_added() {
    let whole = fixture("  FIX-2: {yes-no: yes, evidence: [{title: \"A\", reference: \"1\"}]}\n");
    let part = whole.replace("title: \"A\"", "title: \"B\"").replace(
        "function: \"owner\"}",
        "function: \"owner\"}\n  - {name: \"Bo\", function: \"baker\"}",
    );
    let (text, counts, told) = merged(&part, None, &whole, false);
    assert_eq!((counts.differing, told.len()), (0, 0), "{told:?}");
    assert!(text.contains("title: \"A\"") && text.contains("title: \"B\""), "{text}");
    assert!(text.contains("function: \"baker\""), "{text}");
}

#[test]
fn the_workbook_of_a_file_changes_nothing_in_it() {
    for path in crate::registry::examples() {
        let text = crate::text(&path);
        let (after, counts, told) = merged(&text, None, &text, false);
        assert_eq!((counts, &after), (Merged::default(), &text), "{told:?}");
        assert_eq!(model(&after), model(&text));
    }
}

#[test]
fn another_questionnaire_is_refused() {
    let mut library = library();
    let mut found = Diagnostics::default();
    let bytes = book_of(&fixture(""), None);
    let filled = read::read(&mut library, "part.xlsx", &bytes, &mut found).expect("readable");
    let other = crate::text(&crate::root("examples/corner-bakery/answers.yaml"));
    let source = library.add("all.yaml", other);
    let sitting = Sitting::open(&mut library, source, &mut found).expect("valid");
    assert!(merge::add(&mut library, &sitting, &filled, false, &mut found).is_none());
    let codes: Vec<_> = found.sorted().iter().map(|each| each.code.id()).collect();
    assert_eq!(codes, ["W005"]);
}
