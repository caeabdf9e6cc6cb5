//! Answers while they are given: the text says what was said, and nothing else moves.

use gapwise::answers_file::Known;
use gapwise::diagnostic::Diagnostics;
use gapwise::library::Library;
use gapwise::sitting::Sitting;
use gapwise::sitting::said::Said;

const QUESTIONNAIRE: &str = "msme-first-look";

/// A new sitting of the questionnaire for small firms.
fn begun() -> (Library, Sitting) {
    let mut library = Library::default();
    let mut found = Diagnostics::default();
    let known = Known { date: Some("2026-11-02".to_owned()), ..Known::default() };
    let sitting = Sitting::begin(&mut library, QUESTIONNAIRE, "a.yaml", &known, &mut found);
    (library, sitting.expect("a questionnaire of ours"))
}

fn say(library: &mut Library, sitting: &Sitting, json: &str) -> Result<(), String> {
    let said: Vec<Said> = serde_json::from_str(json).expect("what a page says");
    sitting.hear(library, &said).map_err(|refused| refused.message)
}

#[test]
fn a_new_sitting_asks_for_what_it_needs_first() {
    let (mut library, sitting) = begun();
    assert_eq!(sitting.view(&mut library).unsaid, ["name", "role"]);
    say(
        &mut library,
        &sitting,
        r#"[{"name": "Corner \"Bakery\""}, {"fact": ["role", ["plain-user"]]}]"#,
    )
    .expect("can be said");
    let view = sitting.view(&mut library);
    assert!(view.unsaid.is_empty() && view.outcome.is_some());
    assert_eq!(view.name, "Corner \"Bakery\"");
    assert_eq!((view.progress.asked, view.progress.done), (16, 0));
}
