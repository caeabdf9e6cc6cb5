//! Wrong input of a batch: each fault is named once, with its file and line, and nothing else is lost.

use super::{clients, failures, results};
use crate::hostile::Place;
use gapwise::diagnostic::Code;
use std::fmt::Write as _;

const HEADS: &str = "client,date,questionnaire,fixture-size,FIX-1,FIX-2,FIX-4\n";

/// A table in a folder of its own, run with the questionnaire of the fixtures.
fn table(file: &str, bytes: impl AsRef<[u8]>) -> (Place, crate::hostile::Ran) {
    let place = Place::new();
    place.write(file, bytes);
    let own = crate::root("tests/diagnostics/library");
    let own = own.to_str().expect("plain");
    let words = ["batch", file, "-o", "out", "--no-reports", "--questionnaires", own];
    let ran = place.run(&words);
    (place, ran)
}

/// What `failures.csv` says: line, code, and how many more.
fn told(place: &Place) -> Vec<(String, String, String)> {
    let rows = failures(place, "out").into_iter();
    rows.map(|row| (row[1].clone(), row[2].clone(), row[5].clone())).collect()
}

fn one(line: &str, code: &str) -> (String, String, String) {
    (line.to_owned(), code.to_owned(), "0".to_owned())
}

#[test]
fn a_client_that_fails_never_stops_the_rest() {
    let place = Place::new();
    for at in 0..1200 {
        place.write(&format!("in/bad-{at:04}.yaml"), "gapwise: answers/1\nof: [\n");
    }
    place.write("in/latin.yaml", b"of: {name: \"B\xe4cker\"}\n");
    place.write("in/other.yaml", "gapwise: glossary/1\nterms: []\n");
    place.write("in/empty.xlsx", "");
    for (at, client) in clients(3).iter().enumerate() {
        place.write(&format!("in/good-{at}.yaml"), client.yaml());
    }
    let ran = place.run(&["batch", "in", "-o", "out", "--no-reports"]).ended(1, "broken files");
    assert!(ran.err.contains("1203 failed; see out/failures.csv"), "{}", ran.err);
    assert!(ran.err.contains("3 clients scored"), "{}", ran.err);
    assert_eq!(results(&place, "out").len(), 3);
    let rows = failures(&place, "out");
    assert_eq!(rows.len(), 1203);
    assert_eq!(rows[0][..3], ["bad-0000.yaml", "2", "Y006"]);
    let codes: Vec<_> = rows[1200..].iter().map(|row| (row[0].as_str(), row[2].as_str())).collect();
    assert_eq!(codes, [("empty.xlsx", "W001"), ("latin.yaml", "Y001"), ("other.yaml", "Y024")]);
}

#[test]
fn nobody_to_look_at_is_told() {
    let place = Place::new();
    std::fs::create_dir(place.path("in")).expect("made");
    for (input, bytes) in [("in/none.csv", ""), ("in/none.ndjson", "\n\n"), ("in/heads.xlsx", "")] {
        place.write(input, bytes);
    }
    place.run(&["batch", "in/none.csv", "-o", "out"]).ended(1, "empty").says("R208", "empty");
    place.run(&["batch", "in/none.ndjson", "-o", "out"]).ended(1, "blank").says("R208", "blank");
    std::fs::remove_file(place.path("in/heads.xlsx")).expect("removed");
    place.run(&["batch", "in", "-o", "out"]).ended(1, "a folder").says("R208", "a folder");
    place.run(&["batch", "nowhere", "-o", "out"]).ended(3, "nothing").says("not there", "nothing");
    place
        .run(&["batch", "in", "-o", "in"])
        .ended(2, "the same")
        .says("into the folder", "the same");
    assert!(!place.path("out").exists(), "nothing is made where nothing is looked at");
}

/// What a stream begins with tells what it is.
#[test]
fn what_is_no_table_is_told_as_what_it_is() {
    for (bytes, code, help) in [
        (&b"[{\"gapwise\": \"answers/1\"}]"[..], "R206", "jq -c"),
        (b"gapwise: answers/1\n", "Y024", ".yaml"),
        (b"PK\x03\x04\x00", "Y003", ".xlsx"),
        (b"\xFF\xFEc\x00l\x00", "Y003", "UTF-8"),
        (b"client,\x00date\n", "Y003", "CSV"),
    ] {
        let (_, ran) = table("stream", bytes);
        ran.ended(1, code).says(code, help).says(help, code);
    }
}

#[test]
fn heads_are_looked_at_all_at_once() {
    let heads = "cleint,fixture-size,FIX-1,FIX-1,FIX-99,consultant,rolle\nA,micro,1,1,1,me,x\n";
    let (place, ran) = table("t.csv", heads);
    let ran = ran.ended(1, "heads");
    for words in [
        "R203",
        "did you mean `client`?",
        "R202",
        "two columns are called `FIX-1`",
        "`FIX-99`",
        "R204",
        "`consultant` is not read",
        "R201",
        "`date` is missing",
        "`questionnaire` is missing",
        "--against",
    ] {
        assert!(ran.err.contains(words), "{words}\n{}", ran.err);
    }
    assert!(!place.path("out").exists());
    let (_, ran) = table("t.csv", "client,date,questionnaire\nA,2026-01-01,fixture\n");
    ran.ended(1, "no question").says("no column is a question", "no question");
}

#[test]
fn each_row_is_told_with_its_line() {
    let mut rows = HEADS.to_owned();
    rows += "Good,2026-01-02,fixture,micro,2,yes,updates|backups\r\n"; // 2
    rows += "Long,2026-01-02,fixture,micro,2,yes,updates,one more\r"; // 3
    rows += "Short,2026-01-02,fixture\n"; // 4
    rows += "\n"; // 5
    rows += "\"Comma\nin two lines\",2026-01-02,fixture,micro,\"2,5\",yes,\n"; // 6, 7
    rows += "Formula,2026-01-02,fixture,micro,=1+1,yes,\r\n"; // 8
    rows += "Several,31.12.2026,fixture,giant,9,maybe,nothing\n"; // 9
    rows += "None,2026-01-02,fixture,micro,n/a: we have none,n/a,\n"; // 10
    rows += "Other,2026-01-02,no-such,micro,1,yes,\n"; // 11
    let (place, ran) = table("t.csv", rows);
    ran.ended(1, "rows").says("t.csv:3: R205", "rows");
    let told = told(&place);
    assert_eq!(told[..2], [one("3", "R205"), one("4", "R205")]);
    assert_eq!((told[2].0.as_str(), told[3].0.as_str()), ("6", "8"));
    assert_eq!(told[4].0, "9");
    assert!(told[4].2.parse::<usize>().expect("a number") >= 3, "{told:?}");
    assert_eq!(told[5].0, "10");
    assert_eq!((told[6].0.as_str(), told[6].1.as_str()), ("11", "A109"));
    assert_eq!(told.len(), 7);
    let names: Vec<_> = results(&place, "out").iter().map(|line| line["from"].clone()).collect();
    assert_eq!(names, ["t.csv:2"]);
}

#[test]
fn lines_that_are_no_answers_are_told_with_their_place() {
    let good = r#"{"gapwise": "answers/1", "of": {"name": "A"}, "profile": {"fixture-size": "micro"}, "date": "2026-01-02", "questionnaire": "fixture", "answers": {"FIX-1": 2}}"#;
    let lines = [
        good.to_owned(),
        "{\"gapwise\": ".to_owned(),
        good.replace("\"FIX-1\": 2", "\"FIX-1\": 2.5"),
        good.replace("\"FIX-1\": 2", "\"FIX-1\": 2, \"FIX-1\": 3"),
        good.replace("\"FIX-1\"", "\"FIX-77\""),
        format!("{{\"long\": \"{}\"}}", "x".repeat(2 << 20)),
        good.replace("\"A\"", "\"B\""),
    ];
    let (place, ran) = table("t.ndjson", lines.join("\r\n") + "\r\n\u{e4}");
    ran.ended(1, "lines");
    let wanted =
        [("2", "R206"), ("3", "A103"), ("4", "Y008"), ("5", "A101"), ("6", "Y004"), ("8", "R206")];
    assert_eq!(told(&place), wanted.map(|(line, code)| one(line, code)));
    let names: Vec<_> = results(&place, "out").iter().map(|line| line["client"].clone()).collect();
    assert_eq!(names, ["A", "B"]);
}

#[test]
fn a_row_without_end_ends_what_is_read() {
    let mut rows = HEADS.to_owned();
    rows += "Good,2026-01-02,fixture,micro,2,yes,updates\n\"Open,2026-01-02,fixture\n";
    for at in 0..60_000 {
        let _ = writeln!(rows, "Client {at},2026-01-02,fixture,micro,2,yes,updates");
    }
    let (place, ran) = table("t.csv", rows);
    ran.ended(1, "a quotation mark").says("t.csv:3: R209", "a quotation mark");
    assert_eq!(told(&place), [one("3", "R209")]);
    assert_eq!(results(&place, "out").len(), 1);
}

#[test]
fn the_same_client_counts_once() {
    let row =
        |name: &str, date: &str, level: u8| format!("{name},{date},fixture,micro,{level},yes,\n");
    let rows = [
        HEADS.to_owned(),
        row("A", "2026-01-02", 2),
        row("A", "2026-01-02", 3),
        row("A", "2026-07-01", 3),
        row("a", "2026-01-02", 3),
        row("A", "2026-01-02", 2),
    ];
    let (place, ran) = table("t.csv", rows.concat());
    ran.ended(1, "doubles").says("stands in t.csv:2 already", "doubles");
    assert_eq!(told(&place), [one("3", "R207"), one("6", "R207")]);
    let from: Vec<_> = results(&place, "out").iter().map(|line| line["from"].clone()).collect();
    assert_eq!(from, ["t.csv:2", "t.csv:4", "t.csv:5"]);
}

#[test]
fn a_formula_of_a_workbook_is_told_where_it_counts() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let heads = ["client", "date", "questionnaire", "fixture-size", "FIX-1", "sum"];
    for (row, cells) in [
        (0, heads),
        (1, ["A", "2026-01-02", "fixture", "micro", "2", ""]),
        (2, ["B", "2026-01-02", "fixture", "micro", "", ""]),
    ] {
        for (column, cell) in (0..).zip(cells) {
            sheet.write(row, column, cell).expect("written");
        }
    }
    sheet.write_formula(1, 5, "=1+1").expect("written");
    sheet.write_formula(2, 4, "=1+1").expect("written");
    let (place, ran) = table("t.xlsx", book.save_to_buffer().expect("made"));
    ran.ended(1, "a formula").says("`sum` is not read", "a formula");
    assert_eq!(told(&place), [one("3", "W104")]);
    assert_eq!(results(&place, "out").len(), 1);
}

/// Codes of batches that a test of this module or of its neighbours shows.
#[test]
fn each_code_of_batches_is_shown() {
    let files = ["batch.rs", "batch/faults.rs", "batch/parquet.rs", "batch/stopping.rs"];
    let all = files.map(|name| crate::text(&crate::root(&format!("tests/suite/{name}")))).concat();
    for code in Code::ALL.iter().filter(|code| code.id().starts_with("R2")) {
        // What is a fault of our own cannot be brought about from outside.
        let shown = all.contains(&format!("\"{}\"", code.id())) || *code == Code::R210;
        assert!(
            shown || all.contains(&format!("{} ", code.id())),
            "{} is shown nowhere",
            code.id()
        );
    }
}
