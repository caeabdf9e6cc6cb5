//! Excel both ways: what is written comes back whole, whatever became of the sheets in between.

mod faults;
mod merging;

use crate::{faults, root};
use gapwise::answers_file::change::said;
use gapwise::diagnostic::{Diagnostic, Diagnostics};
use gapwise::library::Library;
use gapwise::load;
use gapwise::model::{Answer, Claim, Evidence, Kind, Place, Question};
use gapwise::sitting::Sitting;
use gapwise::workbook::{content, merge, read, write};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;
use std::io::{Cursor, Read as _, Write as _};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The built-in documents and those of the fixtures.
fn library() -> Library {
    let mut library = Library::default();
    for path in load::yaml_files(&root("tests/diagnostics/library")).expect("a folder") {
        load::document(&mut library, &path, &mut Diagnostics::default()).expect("readable");
    }
    library
}

/// Answers to the fixture.
fn fixture(answers: &str) -> String {
    format!(
        "gapwise: answers/1\nof: {{name: \"Bakery\", kind: organisation}}\nlanguage: en\nprofile:\n  fixture-size: large\n  fixture-role: [plain-user]\ndate: 2026-11-02\nby:\n  - {{name: \"Ann\", function: \"owner\"}}\nquestionnaire: fixture\nversion: 1.2.0\nanswers:\n{answers}"
    )
}

/// A sitting of an answers file that has no fault.
fn opened(library: &mut Library, text: &str) -> Sitting {
    let mut found = Diagnostics::default();
    let source = library.add("answers.yaml", text);
    let sitting = Sitting::open(library, source, &mut found);
    sitting.unwrap_or_else(|| panic!("{}\n{text}", faults(library, &found).join("\n")))
}

/// A workbook of an answers file.
fn book_of(text: &str, domain: Option<&str>) -> Vec<u8> {
    let mut library = library();
    let sitting = opened(&mut library, text);
    let mut found = Diagnostics::default();
    let content = content(&mut library, &sitting, domain, &mut found).expect("readable");
    assert!(write::too_long(&content).is_empty());
    write::write(&content).expect("a workbook")
}

/// The answers file that a workbook makes, and what was found wrong: code and message.
fn back(bytes: &[u8]) -> (Option<String>, Vec<(String, String)>) {
    let mut library = library();
    let mut found = Diagnostics::default();
    let text = read::read(&mut library, "a.xlsx", bytes, &mut found)
        .and_then(|filled| merge::begin(&mut library, &filled, "a.yaml", &mut found))
        .map(|sitting| sitting.text(&library).to_owned());
    let line = |each: &Diagnostic| (each.code.id().to_owned(), each.message.clone());
    (text, found.sorted().into_iter().map(line).collect())
}

/// What an answers file says, to compare it with another.
fn model(text: &str) -> Vec<String> {
    let mut library = library();
    let sitting = opened(&mut library, text);
    let standing = sitting.standing(&mut library);
    let (assessment, _) = standing.scored.expect("nothing is unsaid");
    let answers = &assessment.answers;
    let head = format!(
        "{:?} {:?} {:?} {} {:?} {}",
        answers.of,
        answers.profile,
        answers.language,
        answers.date,
        answers.by,
        answers.questionnaire
    );
    let questions = assessment.questionnaire.questions.iter().enumerate();
    let own = questions.map(|(at, each)| format!("{}: {:?}", each.id, assessment.answer(at)));
    // What other questionnaires ask and nothing is said to is nothing.
    let nothing = format!("{:?}", Answer::default());
    let others = answers.given.iter().map(|(id, answer)| (id, format!("{answer:?}")));
    let others = others.filter(|(_, answer)| *answer != nothing);
    let others = others.map(|(id, answer)| format!("{id}: {answer}"));
    std::iter::once(head).chain(own).chain(others).collect()
}

/// A workbook with parts changed: `edit` gets the name and the text of each; `None` takes it out.
fn edited(bytes: &[u8], edit: impl Fn(&str, String) -> Option<String>) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).expect("XML");
        if let Some(text) = edit(&name, text) {
            out.start_file(name, SimpleFileOptions::default()).expect("started");
            out.write_all(text.as_bytes()).expect("written");
        }
    }
    out.finish().expect("finished").into_inner()
}

const WEIRD: [&str; 22] = [
    "=1+1",
    "@cmd",
    "+1",
    "-2",
    "'quoted'",
    "\"double\"",
    "a | b",
    "line\nbreak",
    "cr\r\nlf",
    "tab\tbed",
    " leads and trails ",
    "_x0041_",
    "<r><t>rich</t></r>",
    "<r>",
    "</r>",
    "&amp;",
    "é 日本 🦀",
    "file: x",
    "reference: y",
    "https://z",
    "2026-11-02",
    "\u{202E}turned",
];

/// Texts that are not blank.
fn a_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![select(&WEIRD[..]).prop_map(str::to_owned), "[ -~]{0,12}", "\\PC{0,6}"];
    let text = vec(piece, 1..4).prop_map(|pieces| pieces.concat());
    text.prop_map(|text| if text.trim().is_empty() { "x".to_owned() } else { text })
}

fn a_place() -> impl Strategy<Value = Place> {
    prop_oneof![
        "[a-z]{1,8}(/[a-z ]{1,8}\\.pdf)?".prop_map(Place::File),
        a_text().prop_map(|text| Place::Link(format!("https://{text}"))),
        a_text().prop_map(Place::Reference),
    ]
}

fn a_value(question: &Question) -> BoxedStrategy<Claim> {
    let kind = question.kind.clone();
    let words: Vec<Vec<String>> = match &question.kind {
        Kind::Number { .. } => vec![vec!["0".into()], vec!["79".into()], vec!["4294967295".into()]],
        Kind::Checklist { options, exclusive } => {
            let ids: Vec<_> = options.iter().map(|option| option.id.clone()).collect();
            let sound = ids.iter().enumerate().filter(|(at, _)| at != exclusive);
            let sound: Vec<_> = sound.map(|(_, id)| id.clone()).collect();
            ids.into_iter().map(|id| vec![id]).chain([sound]).collect()
        }
        kind => kind.tokens().iter().map(|word| vec![(*word).to_owned()]).collect(),
    };
    let value = move |words: Vec<String>| {
        let words: Vec<_> = words.iter().map(String::as_str).collect();
        Claim::Value(kind.value(&words).expect("a value"))
    };
    select(words).prop_map(value).boxed()
}

fn an_answer(question: &Question) -> impl Strategy<Value = Answer> + use<> {
    let reason = match question.essential {
        true => Just(Claim::Unknown).boxed(),
        false => a_text().prop_map(Claim::NotApplicable).boxed(),
    };
    let claim = prop_oneof![2 => Just(Claim::Open), 5 => a_value(question), 1 => Just(Claim::Unknown), 2 => reason];
    let evidence =
        (a_text(), a_place()).prop_map(|(title, place)| Evidence { title, place, digest: None });
    let by = option::of(select(vec!["owner".to_owned(), "nobody".to_owned()]));
    (claim, vec(evidence, 0..5), option::of(a_text()), by, any::<bool>()).prop_map(
        |(claim, evidence, note, by, public)| Answer { claim, evidence, note, by, public },
    )
}

/// An answers file of a questionnaire, with each of these questions answered somehow.
fn a_file(header: String, questions: &[Question]) -> impl Strategy<Value = String> + use<> {
    let answers: Vec<_> = questions.iter().map(an_answer).collect();
    let ids: Vec<_> = questions.to_vec();
    answers.prop_map(move |answers| {
        let lines = ids
            .iter()
            .zip(&answers)
            .map(|(question, answer)| format!("  {}: {}\n", question.id, said(question, answer)));
        format!("{header}{}", lines.collect::<String>())
    })
}

fn questions_of(questionnaire: &str) -> Vec<Question> {
    let mut library = library();
    let mut found = Diagnostics::default();
    let all = library.questionnaire(questionnaire, &mut found).expect("ours");
    let mut questions = all.questions.clone();
    if questionnaire == "fixture" {
        // An answer to a question that the questionnaire does not ask is kept, too.
        questions.extend(library.question("GOV-1", &mut found).map(|each| (*each).clone()));
    }
    questions
}

fn of_the_fixture() -> impl Strategy<Value = String> {
    a_file(fixture(""), &questions_of("fixture"))
}

fn of_a_small_firm() -> impl Strategy<Value = String> {
    let header = "gapwise: answers/1\nof: {name: \"B\"}\nprofile: {role: [deployer, plain-user], size: micro, sector: \"=bread\"}\ndate: 2026-11-02\nlanguage: de\nby: [{function: owner}, {name: \"<r>x</r>\", function: \"head of IT\"}]\nquestionnaire: msme-first-look\nanswers:\n";
    a_file(header.to_owned(), &questions_of("msme-first-look"))
}

fn comes_back(text: &str) {
    let (after, found) = back(&book_of(text, None));
    let after = after.unwrap_or_else(|| panic!("{found:?}\n{text}"));
    assert_eq!(model(&after), model(text), "\n{text}\n{after}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20, rng_seed: RngSeed::Fixed(7), ..ProptestConfig::default() })]

    /// Nothing is lost on the way into a workbook and back.
    #[test]
    fn answers_of_every_type_come_back(text in of_the_fixture()) {
        comes_back(&text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, rng_seed: RngSeed::Fixed(7), ..ProptestConfig::default() })]

    #[test]
    fn answers_of_a_small_firm_come_back(text in of_a_small_firm()) {
        comes_back(&text);
    }
}

#[test]
fn the_examples_come_back() {
    for path in crate::registry::examples() {
        comes_back(&crate::text(&path));
    }
}

#[test]
fn the_same_answers_give_the_same_bytes() {
    let text = fixture("  FIX-1: 2\n");
    assert_eq!(book_of(&text, None), book_of(&text, None));
}

#[test]
fn an_unfinished_file_keeps_its_answers() {
    let text = fixture("  FIX-1: 2\n").replace("date: 2026-11-02", "date:");
    let text = text.replace("\"Bakery\"", "\"\"").replace("fixture-size: large", "fixture-size:");
    let (after, found) = back(&book_of(&text, None));
    let after = after.unwrap_or_else(|| panic!("{found:?}"));
    assert!(after.contains("FIX-1: 2") && after.contains("date:"), "{after}");
}

/// The rows of a sheet, in XML, turned round below the heads.
fn turned(xml: &str) -> String {
    let (start, rest) = xml.split_once("<sheetData>").expect("cells");
    let (rows, end) = rest.split_once("</sheetData>").expect("cells");
    let rows: Vec<_> = rows.split_inclusive("</row>").collect();
    let (heads, below) = rows.split_at(3);
    let number = |row: &str| row.split('"').nth(1).expect("a number").to_owned();
    let moved = below.iter().zip(below.iter().rev()).map(|(to, row)| {
        let (to, from) = (number(to), number(row));
        let row = row.replacen(&format!("r=\"{from}\""), &format!("r=\"{to}\""), 1);
        (b'A'..=b'Z').map(char::from).fold(row, |row, letter| {
            row.replace(&format!("r=\"{letter}{from}\""), &format!("r=\"{letter}{to}\""))
        })
    });
    let moved: String = moved.collect();
    format!("{start}<sheetData>{}{moved}</sheetData>{end}", heads.concat())
}

const SOME: &str = "  FIX-1: {level: 2, note: \"n\"}\n  FIX-2: yes\n  FIX-4: [updates, backups]\n  FIX-5: 12\n  FIX-6: no\n";

#[test]
fn rows_may_be_sorted_and_sheets_renamed() {
    let text = fixture(SOME);
    let changed = edited(&book_of(&text, None), |name, xml| {
        Some(match name {
            "xl/worksheets/sheet2.xml" | "xl/worksheets/sheet3.xml" => turned(&xml),
            "xl/workbook.xml" => xml.replace("name=\"Use\"", "name=\"Something else\""),
            _ => xml,
        })
    });
    let (after, found) = back(&changed);
    assert_eq!(model(&after.unwrap_or_else(|| panic!("{found:?}"))), model(&text));
}

#[test]
fn what_is_deleted_stays_open_and_is_told() {
    let without = |id: &str| {
        let id = id.to_owned();
        edited(&book_of(&fixture(SOME), None), move |name, xml| match name {
            "xl/sharedStrings.xml" => Some(xml.replace(&format!("<t>{id}</t>"), "<t></t>")),
            "xl/worksheets/sheet6.xml" => Some(xml),
            _ => Some(xml),
        })
    };
    // The id of a row that has an answer is gone.
    let (after, found) = back(&without("FIX-2"));
    assert!(after.is_none() && found.iter().any(|(code, _)| code == "W101"), "{found:?}");
    // The whole sheet is gone.
    let without = edited(&book_of(&fixture(SOME), None), |name, xml| {
        Some(match name {
            "xl/worksheets/sheet4.xml" => {
                let (start, rest) = xml.split_once("<sheetData>").expect("cells");
                let (_, end) = rest.split_once("</sheetData>").expect("cells");
                format!("{start}<sheetData></sheetData>{end}")
            }
            _ => xml,
        })
    });
    let (after, found) = back(&without);
    let after = after.unwrap_or_else(|| panic!("{found:?}"));
    assert!(!after.contains("FIX-6") && after.contains("FIX-1: {level: 2"), "{after}");
    let codes: Vec<_> = found.iter().map(|(code, _)| code.as_str()).collect();
    assert_eq!(codes, ["W113"], "{found:?}");
    assert!(found[0].1.contains("`FIX-6`"), "{found:?}");
}
