//! Reports on hostile answers as PDF: nothing is lost, covered or cut off, and what cannot be set is named
//! with its place.

use crate::layout::{nothing_stands_beyond_the_page, nothing_stands_on_something_else};
use crate::pdf::structure;
use crate::pdf_words::says_the_same;
use crate::{Assessed, faults, files, name, root, text};
use gapwise::cut::Cut;
use gapwise::diagnostic::Diagnostics;
use gapwise::library::Library;
use gapwise::publish::{Publication, characters_without_glyph};
use gapwise::render::pdf::fonts::Fonts;
use gapwise::render::pdf::layout::lay_out;
use gapwise::render::pdf::read::page_texts;
use gapwise::render::pdf::style::Paper;
use gapwise::render::pdf::words::document;
use gapwise::render::pdf::{Printed, Setup};
use gapwise::render::template::Templates;
use lopdf::{Dictionary, Object};
use std::fmt::Write as _;

/// Answers to the questionnaire of the fixtures. `head` has the name, as YAML, and what else is said.
fn assessed(head: &str, answers: &str) -> Assessed {
    let mut library = Library::default();
    for file in files(&root("tests/diagnostics/library")) {
        library.add(name(&file), text(&file));
    }
    let file = format!(
        "gapwise: answers/1\nof: {{name: {head}\nprofile: {{fixture-size: micro}}\ndate: 2026-11-02\n\
         questionnaire: fixture\nanswers: {{{answers}}}\n"
    );
    Assessed::from_text(library, file)
}

/// A questionnaire of so many domains and requirements, all of them below their target but the first.
fn large(domains: usize, requirements: usize, long_ids: bool, words: &str) -> Assessed {
    let mut bank =
        "gapwise: questions/1\ntheme: own\ntitle: Own\nlanguage: en\nquestions:\n".to_owned();
    let mut own = format!(
        "gapwise: questionnaire/1\nid: own\nversion: 1.0.0\ntitle: {words:?}\nsummary: Ours.\n\
         language: en\ntarget: proportionate\nweighting: Ours.\nbanks: [own]\n\
         sources: {{s: {{title: S, issuer: I}}}}\n\
         scale: [{{from: 0, level: {words:?}}}, {{from: 2000, level: {words:?}}}]\ndomains:\n"
    );
    let mut answers = String::new();
    for domain in 0..domains {
        let id = format!("D{domain}{}", if long_ids { "W".repeat(60) } else { String::new() });
        // Writing to memory does not fail.
        let _ = writeln!(own, "  - id: {id}\n    title: {words:?}\n    requirements:");
        for requirement in 0..requirements {
            let question = format!("O-{domain}.{requirement}");
            let _ = writeln!(
                bank,
                "  - {{id: {question}, ask: {words:?}, type: yes-no, steps: [{{to: yes, do: {words:?}, effort: {{micro: 1}}}}]}}"
            );
            let _ = writeln!(
                own,
                "      - {{id: {id}-{requirement}, statement: {words:?}, weight: 1, source: {{document: s, clause: {words:?}}}, asked-by: [{question}]}}"
            );
            if (domain, requirement) != (0, 0) {
                let _ = write!(answers, "{question}: no, ");
            }
        }
    }
    let mut library = Library::default();
    library.add("bank.yaml", bank);
    library.add("questionnaire.yaml", own);
    let file = format!(
        "gapwise: answers/1\nof: {{name: Bakery, kind: organisation}}\n\
         profile: {{role: [deployer], size: micro}}\ndate: 2026-11-02\nquestionnaire: own\n\
         answers: {{{answers}}}\n"
    );
    Assessed::from_text(library, file)
}

fn printed(assessed: &Assessed, cut: Cut, setup: &Setup) -> Printed {
    let Assessed { assessment, scorecard, .. } = assessed;
    let publication = Publication::new(assessment, scorecard, &assessed.warnings(), cut, None);
    let printed = publication.pdf(setup, Some("answers: {}"), &Templates::default());
    printed.unwrap_or_else(|why| panic!("{}: {why}", cut.word()))
}

/// All that holds of a good report.
fn is_sound(assessed: &mut Assessed, cuts: &[Cut], whose: &str) {
    for (cut, paper) in cuts.iter().zip([Paper::A4, Paper::Letter].into_iter().cycle()) {
        let setup = Setup { paper, fonts: Fonts::default() };
        let bytes = printed(assessed, *cut, &setup).bytes;
        assert_eq!(structure::faults(&bytes), Vec::<String>::new(), "{whose}");
        no_text_is_longer_than_allowed(&bytes, whose);
        says_the_same(assessed, *cut, None, whose);
        let pages = assessed.pages(*cut, None);
        let document = document(&pages, &Templates::default(), "x.pdf").expect("has its pages");
        let laid = lay_out(&document, &setup.fonts, paper);
        nothing_stands_beyond_the_page(&laid);
        nothing_stands_on_something_else(&laid);
    }
}

/// Source: ISO 19005-3, 6.1.13.
fn no_text_is_longer_than_allowed(pdf: &[u8], whose: &str) {
    fn longest(object: &Object) -> usize {
        let within = |entries: &Dictionary| {
            entries.iter().map(|(key, value)| key.len().max(longest(value))).max().unwrap_or(0)
        };
        match object {
            Object::String(bytes, _) => bytes.len(),
            Object::Array(items) => items.iter().map(longest).max().unwrap_or(0),
            Object::Dictionary(entries) => within(entries),
            Object::Stream(stream) => within(&stream.dict),
            _ => 0,
        }
    }
    let pdf = lopdf::Document::load_mem(pdf).expect("readable");
    let longest = pdf.objects.values().map(longest).max();
    assert!(longest.is_some_and(|bytes| bytes <= 32_767), "{whose}: {longest:?} bytes");
}

const INTERNAL: [Cut; 3] = [Cut::Full, Cut::Owner, Cut::Board];

#[test]
fn long_texts_are_set() {
    let name = format!("{:?}, kind: organisation}}\nlanguage: x-klingon", "N".repeat(300));
    let note = "responsibility and words ".repeat(1700);
    let word = format!("{}{}", "unbreakable".repeat(100), "e\u{301}\u{323}".repeat(100));
    let evidence: String = (0..100)
        .map(|at| {
            format!("{{title: \"Evidence \u{202e}{at}\u{2066}\", reference: \"Folder {at}\"}}, ")
        })
        .collect();
    let links = format!(
        "{{title: T, link: \"https://example.org/a b)\u{fc}\\\\((%zz<>\"}}, \
         {{title: T, link: \"https://example.org/{}\"}}, {{title: {}, link: \"mailto:a@b.c\"}}",
        "a".repeat(10_000),
        "T\u{fc}".repeat(8200),
    );
    let answers = format!(
        "FIX-1: {{level: 0, note: \"{note}\"}}, FIX-3: {{option: absent, note: \"{word}\"}}, \
         FIX-2: {{yes-no: yes, evidence: [{evidence}]}}, FIX-5: {{number: 3, evidence: [{links}]}}"
    );
    is_sound(&mut assessed(&name, &answers), &[Cut::Full], "long texts");
}

#[test]
fn little_is_set() {
    let none = "FIX-1: {not-applicable: So.}, FIX-2: {not-applicable: So.}, FIX-3: {not-applicable: So.}, \
                FIX-4: {not-applicable: So.}, FIX-5: {not-applicable: So.}";
    let best =
        "FIX-1: 3, FIX-2: yes, FIX-3: in-force, FIX-4: [updates, backups], FIX-5: 100, FIX-6: yes";
    for answers in [none, best, ""] {
        is_sound(
            &mut assessed("\"\\u3000\\L\\x07!\"}\nlanguage: de-AT", answers),
            &INTERNAL,
            answers,
        );
    }
}

#[test]
fn large_questionnaires_are_set() {
    is_sound(&mut large(1, 120, false, "Words"), &[Cut::Full], "120 findings");
    is_sound(&mut large(60, 1, false, "Words"), &[Cut::Board], "60 domains");
    is_sound(&mut large(9, 1, true, "Many words ".repeat(45).trim()), &INTERNAL, "long titles");
    is_sound(&mut large(3, 1, true, &"W".repeat(500)), &INTERNAL, "titles of one word");
}

/// What is said of the characters that a PDF lacks.
fn said(assessed: &Assessed, fonts: Fonts) -> Vec<String> {
    let setup = Setup { paper: Paper::Letter, fonts };
    let missing = printed(assessed, Cut::Full, &setup).missing;
    let mut found = Diagnostics::default();
    characters_without_glyph(&missing, &assessed.library.sources, assessed.answers, &mut found);
    faults(&assessed.library, &found)
}

#[test]
fn r101_single_characters_are_spelt_out() {
    let mut odd = assessed(
        "\"Bakery \u{1f600}\"}",
        "FIX-1: {level: 1, note: \"Good, one letter \u{5d0} and one sign 東 among many others.\"}",
    );
    let wanted = [
        "answers.yaml:2: R101 no font at hand has `\u{1f600}` (U+1F600), so the PDF spells it out",
        "answers.yaml:6: R101 no font at hand has `\u{5d0}` (U+05D0), so the PDF spells it out",
        "answers.yaml:6: R101 no font at hand has `東` (U+6771), so the PDF spells it out",
    ];
    assert_eq!(said(&odd, Fonts::default()), wanted);
    is_sound(&mut odd, &INTERNAL, "single characters");
    let texts = page_texts(&printed(&odd, Cut::Full, &Setup::default()).bytes).expect("readable");
    let texts = texts.concat();
    assert!(
        texts.contains("Bakery [U+1F600]")
            && texts.contains("one letter [U+05D0] and one sign [U+6771]")
    );
}

#[test]
fn r102_another_script_needs_a_font() {
    let kana = "ひらがなでかいたなまえ";
    let other = assessed(&format!("{kana:?}}}"), "");
    let found = said(&other, Fonts::default());
    assert!(
        found.iter().all(|each| each.starts_with("answers.yaml:2: R102 no font at hand has `ひ`"))
    );
    assert!(!found.is_empty());
    let mut fonts = Fonts::default();
    fonts.add(kana_font()).expect("a font");
    assert_eq!(said(&other, fonts.clone()), Vec::<String>::new());
    let bytes = printed(&other, Cut::Full, &Setup { fonts, ..Setup::default() }).bytes;
    assert_eq!(structure::faults(&bytes), Vec::<String>::new());
    assert!(page_texts(&bytes).expect("readable").concat().contains(kana));
}

#[test]
fn what_is_written_from_right_to_left_cannot_be_set() {
    let found = said(&assessed("\"مخبز الزاوية\"}", ""), Fonts::default());
    assert!(found.iter().any(|each| each.starts_with("answers.yaml:2: R102")), "{found:?}");
}

/// The built-in font with its letters in the places of kana.
fn kana_font() -> Vec<u8> {
    let mut font = Fonts::default().file(0).to_vec();
    // One table of the kind 12 with one group: first, last, and the glyph of the first.
    let numbers: [u32; 10] = [1, 0x0003_000A, 12, 0x000C_0000, 28, 0, 1, 0x3041, 0x30FF, 36];
    let table: Vec<u8> = numbers.into_iter().flat_map(u32::to_be_bytes).collect();
    font.resize(font.len().next_multiple_of(4), 0);
    let place = [font.len(), table.len()].map(|number| (number as u32).to_be_bytes()).concat();
    let tags = font[12..].chunks_exact(16).position(|record| record.starts_with(b"cmap"));
    let record = 12 + 16 * tags.expect("a table");
    font[record + 8..record + 16].copy_from_slice(&place);
    font.extend(table);
    font
}
