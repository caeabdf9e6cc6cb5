//! A PDF is verified by what it holds: nothing of it can be changed by hand and pass.

use crate::registry::examples;
use crate::{Assessed, root};
use gapwise::cut::Cut;
use gapwise::library::Library;
use gapwise::publish::reprint::{
    Held, Means, Reprint, compare_sheet, held, reprint_result, reprint_sheet,
};
use gapwise::render::pdf::Setup;
use gapwise::render::pdf::fonts::Fonts;
use gapwise::render::pdf::style::Paper;
use gapwise::render::template::Templates;
use gapwise::result::AssessmentResult;
use gapwise::verify::{AtHand, verify};
use lopdf::{Document, Object, dictionary};
use std::path::Path;

/// What came of verifying a PDF: what differs in its result, or what came of printing it again.
type Verified = Result<Reprint, Vec<String>>;

fn printed(answers: &Path, cut: Cut, by: Option<&str>, setup: &Setup, attach: bool) -> Vec<u8> {
    let mut assessed = Assessed::of(Library::default(), answers);
    let publication = assessed.publication(cut, by);
    let text = std::fs::read_to_string(answers).expect("readable");
    let attached = attach.then_some(text.as_str());
    publication.pdf(setup, attached, &Templates::default()).expect("prints").bytes
}

fn verified(pdf: &[u8], means: &Means) -> Verified {
    let (text, answers) = match held(pdf).map_err(|why| vec![why])? {
        Held::Result { result, answers } => (result, answers),
        Held::Sheet(sheet) => return reprint_sheet(pdf, &sheet, means).map_err(|why| vec![why]),
    };
    let said = serde_json::from_str(&text).expect("JSON");
    let result = AssessmentResult::read(&said).expect("a result");
    let mut library = Library::default();
    let at_hand = match &answers {
        Some(text) => AtHand::Answers(library.add("<answers in the PDF>", text.clone())),
        None => AtHand::Nothing,
    };
    let mut found = gapwise::diagnostic::Diagnostics::default();
    let verification = verify(&mut library, &said, &result, at_hand, &mut found);
    let differ: Vec<_> = verification.differences.iter().map(|each| each.place.clone()).collect();
    if !differ.is_empty() {
        return Err(differ);
    }
    let recomputed = verification.recomputed.expect("scored");
    let with = (&mut library, means);
    reprint_result(pdf, recomputed, &result, answers.as_deref(), with).map_err(|why| vec![why])
}

fn bakery() -> std::path::PathBuf {
    root("examples/corner-bakery/answers.yaml")
}

fn is_same(verified: Verified) -> bool {
    matches!(verified, Ok(Reprint::Same { .. }))
}

#[test]
fn what_was_printed_is_verified() {
    let means = Means::default();
    let setup = Setup::default();
    for answers in examples() {
        let pdf = printed(&answers, Cut::Full, None, &setup, false);
        assert!(is_same(verified(&pdf, &means)), "{}", answers.display());
    }
    for cut in Cut::ALL {
        let pdf = printed(&bakery(), cut, None, &setup, false);
        assert!(is_same(verified(&pdf, &means)), "{}", cut.word());
    }
    let letter = Setup { paper: Paper::Letter, ..Setup::default() };
    let pdf = printed(&bakery(), Cut::Public, Some("nist-ai-rmf"), &letter, false);
    assert!(is_same(verified(&pdf, &means)), "by a framework");
    let pdf = printed(&bakery(), Cut::Full, None, &letter, true);
    assert!(is_same(verified(&pdf, &means)), "with its answers");
}

/// A PDF with one thing changed by hand.
fn changed(pdf: &[u8], change: impl FnOnce(&mut Document)) -> Vec<u8> {
    let mut document = Document::load_mem(pdf).expect("a PDF");
    change(&mut document);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("saved");
    bytes
}

/// Changes the text of an attachment.
fn in_attachment(pdf: &[u8], name: &str, from: &str, to: &str) -> Vec<u8> {
    changed(pdf, |document| {
        let is_it = |object: &Object| {
            let spec = object.as_dict().ok()?;
            let called = spec.get(b"F").ok()?.as_str().ok()?;
            let file = spec.get(b"EF").ok()?.as_dict().ok()?.get(b"F").ok()?.as_reference().ok()?;
            (called == name.as_bytes()).then_some(file)
        };
        let file = document.objects.values().find_map(is_it).expect("attached");
        let stream =
            document.get_object_mut(file).and_then(Object::as_stream_mut).expect("a stream");
        let text = String::from_utf8(stream.decompressed_content().expect("packed")).expect("text");
        assert!(text.contains(from), "{from}");
        stream.dict.remove(b"Filter");
        stream.set_plain_content(text.replacen(from, to, 1).into_bytes());
    })
}

#[test]
fn a_changed_number_in_the_attachment_is_named() {
    let pdf = printed(&bakery(), Cut::Full, None, &Setup::default(), true);
    let forged = in_attachment(&pdf, "result.json", "\"score\": 3906", "\"score\": 9906");
    assert_eq!(verified(&forged, &Means::default()), Err(vec!["overall.score".to_owned()]));
    let forged = in_attachment(&pdf, "answers.yaml", "level: 1", "level: 3");
    let differ = verified(&forged, &Means::default()).expect_err("other answers");
    assert!(differ.contains(&"answers.sha256".to_owned()), "{differ:?}");
    let spoilt = in_attachment(&pdf, "result.json", "gapwise 0", "gapwise 9");
    let changed = verified(&spoilt, &Means::default());
    assert!(matches!(changed, Ok(Reprint::Changed(_))), "another version: {changed:?}");
}

#[test]
fn a_page_changed_by_hand_is_found() {
    let pdf = printed(&bakery(), Cut::Full, None, &Setup::default(), false);
    let rewritten = changed(&pdf, |document| {
        let page = document.get_pages()[&1];
        let content = document.get_and_decode_page_content(page).expect("content");
        let mut content = content;
        let is_text = |operation: &lopdf::content::Operation| operation.operator == "TJ";
        let at = content.operations.iter().position(is_text).expect("text");
        content.operations.remove(at);
        document.change_page_content(page, content.encode().expect("written")).expect("changed");
    });
    match verified(&rewritten, &Means::default()) {
        Ok(Reprint::Changed(pages)) => assert!(pages[0].starts_with("page 1 says"), "{pages:?}"),
        other => panic!("{other:?}"),
    }
    let shortened = changed(&pdf, |document| document.delete_pages(&[2]));
    assert!(matches!(verified(&shortened, &Means::default()), Ok(Reprint::Changed(_))));
    let relabelled = changed(&pdf, |document| {
        let info = document.add_object(dictionary! { "Title" => Object::string_literal("Mine") });
        document.trailer.set("Info", info);
    });
    assert_eq!(verified(&relabelled, &Means::default()), Ok(Reprint::Altered));
}

#[test]
fn fonts_are_asked_for() {
    let font = std::fs::read(root("templates/fonts/NotoSans-Bold.ttf")).expect("readable");
    let fonts = || {
        let mut fonts = Fonts::default();
        fonts.add(font.clone()).expect("a font");
        fonts
    };
    let setup = Setup { fonts: fonts(), ..Setup::default() };
    let pdf = printed(&bakery(), Cut::Full, None, &setup, false);
    let why = verified(&pdf, &Means::default()).expect_err("without the font");
    assert!(why[0].contains("--font"), "{why:?}");
    assert!(is_same(verified(&pdf, &Means { fonts: fonts(), ..Means::default() })));
}

#[test]
fn an_answer_sheet_is_held_against_the_answers() {
    let answers = root("examples/riverside-housing/answers.yaml");
    let pdf = printed(&answers, Cut::Buyer, None, &Setup::default(), false);
    let Ok(Held::Sheet(mut data)) = held(&pdf) else { panic!("holds a sheet") };
    let mut assessed = Assessed::of(Library::default(), &answers);
    let files = Default::default();
    let mut compared = |data: &gapwise::render::pdf::SheetData| {
        let mut found = gapwise::diagnostic::Diagnostics::default();
        let source = assessed.answers;
        compare_sheet(&mut assessed.library, &data.sheet, source, &files, &mut found)
    };
    assert_eq!(compared(&data), Some(Vec::new()));
    data.sheet.domains[0].answers[0].said = "Everything is perfect".to_owned();
    let differ = compared(&data).expect("scored");
    assert_eq!(differ.len(), 1, "{differ:?}");
    assert!(differ[0].place.ends_with(".said"), "{differ:?}");
}

#[test]
fn a_pdf_of_another_making_is_refused() {
    let refused = |pdf: &[u8]| held(pdf).map(drop).expect_err("refused");
    assert!(refused(b"%PDF-1.7\n%%EOF\n").len() > 5);
    let pdf = printed(&bakery(), Cut::Full, None, &Setup::default(), false);
    let empty = changed(&pdf, |document| {
        let catalog = document.catalog_mut().expect("a catalog");
        catalog.remove(b"Names");
    });
    assert!(refused(&empty).contains("no `result.json`"), "{}", refused(&empty));
}
