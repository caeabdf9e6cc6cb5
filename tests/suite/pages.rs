//! What pages say where one case is easily taken for another.

use crate::registry::examples;
use crate::{Assessed, root};
use gapwise::cut::Cut;
use gapwise::library::Library;
use gapwise::render::Format;
use gapwise::render::template::Templates;

const BANK: &str = r#"gapwise: questions/1
theme: page
title: Page
language: en
questions:
  - {id: P-1, ask: "One?", type: yes-no, essential: true}
  - {id: P-2, ask: "Two?", type: yes-no}
  - {id: P-3, ask: "Three?", type: maturity, levels: [Zero., One., Two., Three., Four.]}
  - {id: P-4, ask: "Four?", type: maturity, levels: [Zero., One., Two., Three.]}
"#;

/// A questionnaire that says where its weights come from and has no strengths. What `P-2` to `P-4`
/// ask for weighs nothing.
const QUESTIONNAIRE: &str = r#"gapwise: questionnaire/1
id: page
version: 1.0.0
title: Page
summary: Ours.
language: en
weighting: "The weights were drawn by lot."
sources: {s: {title: S, issuer: I}}
banks: [page]
domains:
  - id: P
    title: One
    requirements:
      - {id: P-A, statement: "A.", source: {document: s, clause: C}, gate: {at-least: 10000}, weight: 1, asked-by: [P-1]}
      - {id: P-B, statement: "B.", source: {document: s, clause: C}, weight: 0, asked-by: [P-2]}
      - {id: P-C, statement: "C.", source: {document: s, clause: C}, weight: 0, asked-by: [P-3]}
      - {id: P-D, statement: "D.", source: {document: s, clause: C}, weight: 0, asked-by: [P-4]}
"#;

const ALL: &str = "P-1: {yes-no: yes}, P-2: {yes-no: no}, P-3: {level: 1}, P-4: {level: 1}";

/// The questionnaire above with more of its keys.
pub(crate) fn questionnaire(more: &str) -> String {
    QUESTIONNAIRE.replace("banks:", &format!("{more}banks:"))
}

/// These answers to such a questionnaire.
pub(crate) fn assessed(questionnaire: String, kind: &str, answers: &str) -> Assessed {
    let mut library = Library::default();
    library.add("bank.yaml", BANK);
    library.add("questionnaire.yaml", questionnaire);
    let file = format!(
        "gapwise: answers/1\nof: {{name: \"Corner Bakery\", kind: {kind}}}\n\
         profile: {{role: [deployer], size: micro}}\ndate: 2026-11-02\nquestionnaire: page\n\
         answers: {{{answers}}}\n"
    );
    Assessed::from_text(library, file)
}

/// A page on such answers.
fn page(more: &str, kind: &str, answers: &str, cut: Cut, format: Format) -> String {
    let assessed = assessed(questionnaire(more), kind, answers);
    let text = assessed.cut(cut, None, &[format], &Templates::default());
    text.unwrap_or_else(|why| panic!("{why}")).concat()
}

fn owner(more: &str, kind: &str, answers: &str) -> String {
    page(more, kind, answers, Cut::Owner, Format::Markdown)
}

const TARGET: &str = "target: proportionate\n";

#[test]
fn without_an_aim_nothing_is_where_it_should_be() {
    let text = owner("", "organisation", ALL);
    assert!(text.contains("**All answered; no aim is set.** Nothing that must always"), "{text}");
    assert!(!text.contains("where it should be") && !text.contains("A good aim"), "{text}");
    let text = owner(TARGET, "organisation", ALL);
    assert!(!text.contains("no aim is set"), "{text}");
}

#[test]
fn open_is_open_even_where_it_weighs_nothing() {
    let text = owner(TARGET, "organisation", "P-1: {yes-no: yes}");
    assert!(text.contains("**Not finished yet.**"), "{text}");
    assert!(!text.contains("Every question is answered"), "{text}");
    assert!(text.contains("What is still open does not move this number."), "{text}");
    let text = owner(TARGET, "organisation", ALL);
    assert!(text.contains("Every question is answered, so this holds"), "{text}");
}

#[test]
fn a_system_is_no_organisation() {
    assert!(owner(TARGET, "system", ALL).contains("A good aim for a system like yours is"));
    let text = owner(TARGET, "organisation", ALL);
    assert!(text.contains("A good aim for an organisation like yours is"));
}

/// Claimed and evidenced are two figures: the page in plain words shows one, in picture and label.
#[test]
fn an_owner_is_shown_one_figure() {
    let shown = |cut: Cut| {
        let path = root("examples/riverside-housing/answers.yaml");
        let read = Assessed::of(Library::default(), &path);
        let text = read.cut(cut, None, &[Format::Html], &Templates::default());
        let text = text.expect("renders").concat();
        text.contains("<path class=\"evidenced\"") || text.contains(", evidenced ")
    };
    assert!(shown(Cut::Board) && !shown(Cut::Owner));
}

#[test]
fn a_source_of_weights_is_shown_without_strengths() {
    for format in [Format::Html, Format::Markdown] {
        let text = page(TARGET, "organisation", ALL, Cut::Full, format);
        assert!(text.contains("The weights were drawn by lot."), "{text}");
        assert!(!text.contains("Weights: "), "{text}");
    }
}

/// Of five levels each adds to those below; of other lengths each stands for itself.
#[test]
fn an_answer_sheet_shows_what_a_level_adds_to() {
    let sheet = |three: usize, four: usize| {
        let public = "visibility: public";
        let answers =
            format!("P-3: {{level: {three}, {public}}}, P-4: {{level: {four}, {public}}}");
        page(TARGET, "organisation", &answers, Cut::Buyer, Format::Markdown)
    };
    let text = sheet(4, 3);
    let all = "Three?<br>Level 2 of 4: Two.<br>Level 3 of 4: Three.<br>**Level 4 of 4: Four.**\n";
    assert!(text.contains(all), "{text}");
    assert!(text.contains("Four?<br>**Level 3 of 3: Three.**\n"), "{text}");
    assert!(sheet(3, 3).contains("Three?<br>Level 2 of 4: Two.<br>**Level 3 of 4: Three.**\n"));
    assert!(sheet(2, 3).contains("Three?<br>**Level 2 of 4: Two.**\n"));
}

#[test]
fn a_board_page_says_the_same_in_each_format() {
    for (more, is_aimed) in [("", false), (TARGET, true)] {
        for format in [Format::Html, Format::Markdown] {
            let text = page(more, "organisation", ALL, Cut::Board, format);
            // An aim that is not set is said once, above; the figures keep an empty place for it.
            let columns = [">Target</th>", "| Score | Target |"];
            assert_eq!(columns.iter().any(|column| text.contains(column)), is_aimed, "{text}");
            assert_eq!(text.contains("No target is set"), !is_aimed, "{text}");
        }
    }
}

/// An alert names the heading under which more is said, and each warning the document.
#[test]
fn what_is_referred_to_is_there() {
    for path in examples() {
        let name = path.display();
        for cut in [Cut::Full, Cut::Board] {
            let text = Assessed::of(Library::default(), &path)
                .cut(cut, None, &[Format::Markdown], &Templates::default())
                .expect("renders")
                .concat();
            let count = text.matches("Facts not stated").count();
            assert_ne!(count, 1, "{name}: an alert and no heading, or the reverse");
            assert!(!text.contains("\"Not stated\""), "{name}");
        }
    }
    let warned = root("tests/diagnostics/A115-answer-not-asked/bad.yaml");
    let mut library = Library::default();
    for file in crate::files(&root("tests/diagnostics/library")) {
        library.add(crate::name(&file), crate::text(&file));
    }
    let report = Assessed::of(library, &warned).report(None);
    let said: Vec<_> = report.warnings.iter().filter(|each| each.starts_with("A115: ")).collect();
    assert!(!said.is_empty(), "{:?}", report.warnings);
    assert!(said.iter().all(|each| each.contains(" (bad.yaml, line ")), "{said:?}");
}
