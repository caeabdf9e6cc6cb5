//! Workbooks with something wrong in them: each fault is told with its cell, all of them at once.

use super::{back, book_of, edited, fixture};
use gapwise::diagnostic::Code;
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};
use std::collections::BTreeSet;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const HEADS: [&str; 9] = [
    "Id",
    "Question",
    "Answer",
    "Why not applicable",
    "Note",
    "Customers may see it",
    "Answered by",
    "Evidence 1",
    "Where 1",
];

/// A workbook made by hand: heads in row 3, rows of answers from row 4.
fn by_hand(rows: &[&[&str]], also: impl Fn(&mut Worksheet)) -> Vec<u8> {
    marked(["gapwise-workbook/1", "fixture", "1.2.0"], rows, also)
}

fn marked(mark: [&str; 3], rows: &[&[&str]], also: impl Fn(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Use").expect("a name");
    for (column, head) in HEADS.iter().enumerate() {
        sheet.write(2, column as u16, *head).expect("written");
    }
    for (row, cells) in (3..).zip(rows) {
        for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            sheet.write(row, column as u16, *cell).expect("written");
        }
    }
    also(sheet);
    let sheet = book.add_worksheet().set_name("gapwise").expect("a name");
    for (column, cell) in mark.iter().enumerate() {
        sheet.write(0, column as u16, *cell).expect("written");
    }
    sheet.write(1, 0, "asked").expect("written").write(1, 1, "FIX-1").expect("written");
    book.save_to_buffer().expect("a workbook")
}

/// Codes of what is found in a workbook with these rows, and the messages.
fn found(rows: &[&[&str]]) -> (Vec<String>, String) {
    told(&by_hand(rows, |_| ()))
}

fn told(bytes: &[u8]) -> (Vec<String>, String) {
    let (_, found) = back(bytes);
    let (codes, messages): (Vec<_>, Vec<_>) = found.into_iter().unzip();
    (codes, messages.join("\n"))
}

/// An archive with one part of this many zeros.
fn archive(name: &str, size: usize) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for name in [name, "xl/bomb.xml"] {
        out.start_file(name, options).expect("started");
        out.write_all(&vec![b' '; size]).expect("written");
    }
    out.finish().expect("finished").into_inner()
}

/// Rows, code and a part of the message of each fault of a cell.
const CELLS: &[(&[&[&str]], &str, &str)] = &[
    (&[&["FIX-1", "", "5"]], "W103", "sheet `Use`, cell C4: `5` does not answer `FIX-1`"),
    (&[&["FIX-1", "", "two"]], "W103", "cell C4"),
    (&[&["FIX-3", "", "in force"]], "W103", "`in force`"),
    (&[&["FIX-5", "", "a dozen"]], "W103", "`a dozen`"),
    (&[&["FIX-5", "", "-3"]], "W103", "`-3`"),
    (&[&["FIX-4/updates", "", "maybe"]], "W103", "`maybe`"),
    (&[&["FIX-2", "", "yes", "", "", "perhaps"]], "W103", "cell F4: `perhaps`"),
    (&[&["of/date", "", "2026-02-30"]], "W103", "`2026-02-30` is no date"),
    (&[&["fact/fixture-size", "", "huge"]], "W103", "`huge`"),
    (&[&["fact/fixture-role/developer", "", "huh"]], "W103", "`huh`"),
    (&[&["FXI-2", "", "yes"]], "W101", "cell A4: there is no row `FXI-2`"),
    (&[&["", "", "yes"]], "W101", "cell C4: its row has no id"),
    (&[&["FIX-2", "", "yes"], &["FIX-2", "", "no"]], "W102", "cell C4 and sheet `Use`, cell C5"),
    (&[&["FIX-2", "", "not applicable"]], "W107", "cell D4: \"not applicable\" needs a reason"),
    (&[&["FIX-6", "", "not applicable", "x"]], "W108", "applies to everyone"),
    (&[&["FIX-2", "", "yes", "because"]], "W109", "cell D4"),
    (&[&["FIX-2", "", "yes", "", "", "", "", "A title"]], "W110", "cell I4"),
    (&[&["FIX-2", "", "yes", "", "", "", "", "", "A place"]], "W110", "cell H4"),
    (&[&["FIX-2", "", "yes", "", "", "", "", "A", "file: ../x"]], "W110", "leads out"),
    (&[&["FIX-2", "", "yes", "", "a\u{202E}b"]], "W112", "cell E4"),
    (&[&["FIX-4", "", "don't know"], &["FIX-4/updates", "", "yes"]], "W117", "ticked below"),
    (
        &[&["FIX-4", ""], &["FIX-4/none", "", "yes"], &["FIX-4/updates", "", "yes"]],
        "W117",
        "none of these",
    ),
    (&[&["by/1/name", "", "Ann"]], "W120", "`Ann` has no function"),
    (&[&["by/1/function", "", "it"], &["by/2/function", "", "it"]], "W120", "two people"),
];

#[test]
fn each_wrong_cell_is_told_with_its_place() {
    for (rows, code, words) in CELLS {
        let (codes, messages) = found(rows);
        assert!(codes.iter().any(|each| each == code), "{rows:?}: {codes:?} {messages}");
        assert!(messages.contains(words), "{rows:?}: {messages}");
    }
    let all: Vec<&[&str]> = CELLS[..6].iter().map(|(rows, ..)| rows[0]).collect();
    let (codes, _) = found(&all);
    assert!(codes.iter().filter(|code| *code == "W103").count() >= 4, "not all at once: {codes:?}");
}

#[test]
fn what_means_the_same_is_read() {
    let bytes = by_hand(
        &[
            &["FIX-3", "", "  In-Force "],
            &["FIX-6", "", "Don\u{2019}t know"],
            &["FIX-4/updates", "", "YES"],
            &["FIX-2", "", "TRUE"],
            &["FIX-2", "", "TRUE"],
        ],
        |sheet| {
            sheet.write(10, 0, "FIX-1").expect("written").write(10, 2, 2.0).expect("written");
            sheet.write(11, 0, "FIX-5").expect("written").write(11, 2, 12).expect("written");
            sheet.write(12, 0, "FIX-7").expect("written").write(12, 2, false).expect("written");
            let day = Format::new().set_num_format("dd.mm.yyyy");
            let date = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 11, 2).expect("a date");
            sheet.write(13, 0, "of/date").expect("written");
            sheet.write_datetime_with_format(13, 2, &date, &day).expect("written");
        },
    );
    let (text, found) = back(&bytes);
    let text = text.unwrap_or_else(|| panic!("{found:?}"));
    for line in [
        "FIX-1: 2",
        "FIX-2: yes",
        "FIX-3: in-force",
        "FIX-4: [updates]",
        "FIX-5: 12",
        "FIX-6: unknown",
        "FIX-7: no",
        "date: 2026-11-02",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

#[test]
fn formulas_errors_and_merged_cells_are_told() {
    let row: &[&[&str]] = &[&["FIX-1"], &["FIX-2", "", "yes"], &["FIX-3"]];
    let (codes, messages) = told(&by_hand(row, |sheet| {
        let formula = Formula::new("=1+1").set_result("2");
        sheet.write_formula(3, 2, formula).expect("written");
        sheet.merge_range(4, 4, 5, 4, "both", &Format::new()).expect("merged");
    }));
    let codes: BTreeSet<_> = codes.iter().map(String::as_str).collect();
    assert_eq!(codes, ["W104", "W105"].into(), "{messages}");
    assert!(messages.contains("cell C4: it holds a formula"), "{messages}");
    assert!(messages.contains("cells E5:E6: they are merged"), "{messages}");
    let broken = edited(&by_hand(&[&["FIX-1", "", "2"]], |_| ()), |name, xml| {
        let is_sheet = name == "xl/worksheets/sheet1.xml";
        let (start, rest) = xml.split_once("<c r=\"C4\"").unwrap_or((&xml, ""));
        let rest = rest.split_once("</c>").map_or("", |(_, rest)| rest);
        let error = "<c r=\"C4\" t=\"e\"><v>#REF!</v></c>";
        Some(if is_sheet { format!("{start}{error}{rest}") } else { xml })
    });
    let (codes, messages) = told(&broken);
    assert!(codes.contains(&"W106".to_owned()) && messages.contains("C4: `#REF!`"), "{messages}");
}

#[test]
fn what_is_no_workbook_is_named() {
    let encrypted: Vec<u8> = [0xD0, 0xCF, 0x11, 0xE0]
        .into_iter()
        .chain("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let cases: [(&[u8], &str); 9] = [
        (b"Id,Answer\nFIX-1,2\n", "a text file"),
        (b"", "an empty file"),
        (b"\xFF\xD8\xFF\xE0 jpeg", "a file of another kind"),
        (&[0xD0, 0xCF, 0x11, 0xE0, 0, 0], "an older office program"),
        (&encrypted, "an encrypted file"),
        (&archive("content.xml", 9), "an OpenDocument file"),
        (&archive("word/document.xml", 9), "a Word document"),
        (&archive("x", 9), "an archive of other files"),
        (&book_of(&fixture(""), None)[..2000], "a damaged file"),
    ];
    for (bytes, words) in cases {
        let (codes, messages) = told(bytes);
        assert_eq!(codes, ["W001"], "{messages}");
        assert!(messages.contains(words), "{messages}");
    }
    assert_eq!(told(&archive("xl/workbook.xml", 9)).0, ["W001"]);
}

#[test]
fn a_bomb_is_not_unpacked() {
    let bomb = archive("xl/workbook.xml", 50 * 1024 * 1024);
    assert!(bomb.len() < 200_000);
    let (codes, messages) = told(&bomb);
    assert_eq!(codes, ["W002"], "{messages}");
    let large = vec![b'x'; gapwise::workbook::LARGEST_WORKBOOK + 1];
    assert_eq!(told(&large).0, ["W002"]);
}

#[test]
fn a_cell_at_the_end_of_the_world_costs_nothing() {
    let far = by_hand(&[&["FIX-1", "", "2"]], |sheet| {
        sheet.write(1_048_575, 16_383, "far").expect("written");
    });
    let (text, found) = back(&far);
    let codes: Vec<_> = found.iter().map(|(code, _)| code.as_str()).collect();
    assert_eq!(codes, ["W116"], "{found:?}");
    assert!(found[0].1.contains("XFD1048576") && text.expect("read").contains("FIX-1: 2"));
}

#[test]
fn workbooks_for_something_else_are_refused() {
    let of = |mark| told(&marked(mark, &[], |_| ())).0;
    assert_eq!(of(["something", "fixture", "1.2.0"]), ["W003"]);
    assert_eq!(of(["gapwise-workbook/2", "fixture", "1.2.0"]), ["W003"]);
    assert_eq!(of(["gapwise-workbook/1", "fixtur", "1.2.0"]), ["W004"]);
    assert!(of(["gapwise-workbook/1", "fixture", "2.2.0"]).contains(&"W006".to_owned()));
    assert!(of(["gapwise-workbook/1", "fixture", "1.0.0"]).contains(&"W007".to_owned()));
}

#[test]
fn columns_without_heads_are_told() {
    let without = |head: &str| {
        let head = format!("<t>{head}</t>");
        let bytes = by_hand(&[&["FIX-1", "", "2"]], |_| ());
        told(&edited(&bytes, |_, xml| Some(xml.replace(&head, "<t>Gone</t>"))))
    };
    for head in ["Answer", "Note"] {
        let (codes, messages) = without(head);
        assert!(codes.contains(&"W115".to_owned()), "{codes:?} {messages}");
    }
}

#[test]
fn a_text_longer_than_a_cell_is_told() {
    let long = "x".repeat(40_000);
    let bytes = by_hand(&[&["FIX-1", "", "2", "", "LONG"]], |_| ());
    let (codes, _) = told(&edited(&bytes, |_, xml| Some(xml.replace("LONG", &long))));
    assert_eq!(codes, ["W111"]);
}

/// Whatever is damaged, it ends in faults, not in a panic.
#[test]
fn damaged_parts_end_in_faults() {
    let bytes = book_of(&fixture("  FIX-1: 2\n"), None);
    let mut state = 1_u64;
    let mut next = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for _ in 0..60 {
        let (part, at, with) = (next(12), next(4000), b"<>/\"=0A9 r:"[next(11)]);
        let seen = std::cell::Cell::new(0);
        let damaged = edited(&bytes, |_, xml| {
            let turn = seen.replace(seen.get() + 1);
            let mut xml = xml.into_bytes();
            let at = at % xml.len();
            if turn == part && xml[at].is_ascii() {
                xml[at] = with;
            }
            Some(String::from_utf8(xml).expect("still text"))
        });
        back(&damaged);
    }
}

/// Codes of workbooks that a test of this module or of its neighbours shows.
#[test]
fn each_code_of_workbooks_is_shown() {
    let here = ["faults", "merging"]
        .map(|name| crate::text(&crate::root(&format!("tests/suite/workbook/{name}.rs"))));
    let all = here.concat() + &crate::text(&crate::root("tests/suite/workbook.rs"));
    for code in Code::ALL.iter().filter(|code| code.id().starts_with('W')) {
        assert!(all.contains(&format!("\"{}\"", code.id())), "{} is shown nowhere", code.id());
    }
}

/// What the answers file would not take is told at its cell.
#[test]
fn what_the_answers_file_refuses_is_told() {
    let rows: &[&[&str]] =
        &[&["FIX-2", "", "yes", "", "", "", "", "A", "http://"], &["FIX-1", "", "1"]];
    assert!(back(&by_hand(rows, |_| ())).0.is_some());
    let long = "y".repeat(30_000);
    let ids: Vec<String> = (1..=7).map(|at| format!("FIX-{at}")).collect();
    let pieces: Vec<String> = (1..=12).map(|at| format!("Evidence {at}")).collect();
    let bytes = by_hand(&[], |sheet| {
        for (at, piece) in (0..).zip(&pieces) {
            sheet.write(2, 7 + 2 * at, piece).expect("written");
            sheet.write(2, 8 + 2 * at, piece.replace("Evidence", "Where")).expect("written");
            for (row, id) in (3..).zip(&ids) {
                sheet.write(row, 0, id).expect("written");
                sheet.write(row, 7 + 2 * at, &long).expect("written");
                sheet.write(row, 8 + 2 * at, &long).expect("written");
            }
        }
    });
    let (codes, messages) = told(&bytes);
    assert!(codes.contains(&"W119".to_owned()), "{codes:?} {messages}");
}
