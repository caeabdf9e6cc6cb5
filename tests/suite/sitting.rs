//! Answers while they are given: the text says what was said, and nothing else moves.

use crate::{entries, root, text};
use gapwise::answers_file::Known;
use gapwise::diagnostic::Diagnostics;
use gapwise::library::Library;
use gapwise::sitting::Sitting;
use gapwise::sitting::said::Said;
use gapwise::sitting::view::{AnswerView, ClaimView, EvidenceView, QuestionView, View};
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestCaseError};
use std::collections::BTreeMap;

const QUESTIONNAIRE: &str = "msme-first-look";

/// A new sitting of the questionnaire for small firms.
fn begun() -> (Library, Sitting) {
    let mut library = Library::default();
    let mut found = Diagnostics::default();
    let known = Known { date: Some("2026-11-02".to_owned()), ..Known::default() };
    let sitting = Sitting::begin(&mut library, QUESTIONNAIRE, "a.yaml", &known, &mut found);
    (library, sitting.expect("a questionnaire of ours"))
}

/// A sitting of a text; else what is wrong with it.
fn opened(text: &str) -> Result<(Library, Sitting), Vec<String>> {
    let mut library = Library::default();
    let mut found = Diagnostics::default();
    let answers = library.add("a.yaml", text);
    match Sitting::open(&mut library, answers, &mut found) {
        Some(sitting) => Ok((library, sitting)),
        None => Err(crate::faults(&library, &found)),
    }
}

fn say(library: &mut Library, sitting: &Sitting, json: &str) -> Result<(), String> {
    let said: Vec<Said> = serde_json::from_str(json).expect("what a page says");
    sitting.hear(library, &said).map_err(|refused| refused.message)
}

/// A sitting of a plain user, who is asked 16 questions.
fn plain_user() -> (Library, Sitting) {
    let (mut library, sitting) = begun();
    let said = r#"[{"name": "Corner \"Bakery\""}, {"fact": ["role", ["plain-user"]]}]"#;
    say(&mut library, &sitting, said).expect("can be said");
    (library, sitting)
}

fn questions(view: &View) -> BTreeMap<&str, &QuestionView> {
    let all = view.sections.iter().flat_map(|section| &section.questions);
    all.map(|question| (question.id.as_str(), question)).collect()
}

#[test]
fn a_new_sitting_asks_for_what_it_needs_first() {
    let (mut library, sitting) = begun();
    let view = sitting.view(&mut library);
    assert_eq!(view.unsaid, ["name", "role"]);
    assert!(view.outcome.is_none() && view.sections.is_empty());
    let (mut library, sitting) = plain_user();
    let view = sitting.view(&mut library);
    assert!(view.unsaid.is_empty() && view.outcome.is_some());
    assert_eq!(view.name, "Corner \"Bakery\"");
    assert_eq!((view.progress.asked, view.progress.done), (16, 0));
}

#[test]
fn the_file_of_a_new_sitting_is_one_that_all_commands_read() {
    let (mut library, sitting) = plain_user();
    let answer = r#"[{"answer": ["GOV-1", {"claim": {"is": "value", "said": ["2"]}, "evidence": [], "note": "", "public": false}]}]"#;
    say(&mut library, &sitting, answer).expect("can be said");
    let (mut again, reopened) = opened(sitting.text(&library)).expect("sound");
    let view = reopened.view(&mut again);
    assert_eq!(view.progress.done, 1);
    assert!(sitting.text(&library).ends_with("answers:\n  GOV-1: 2\n"));
}

#[test]
fn what_is_no_answer_is_refused_and_changes_nothing() {
    let (mut library, sitting) = plain_user();
    let before = sitting.text(&library).to_owned();
    let answer = |id: &str, claim: &str, evidence: &str| {
        format!(
            r#"[{{"name": "New"}}, {{"answer": ["{id}", {{"claim": {claim}, "evidence": [{evidence}], "note": "", "public": false}}]}}]"#
        )
    };
    let open = r#"{"is": "open"}"#;
    for (said, why) in [
        (answer("GOV-99", open, ""), "there is no question `GOV-99`"),
        (answer("GOV-1", r#"{"is": "value", "said": ["9"]}"#, ""), "`9` does not answer `GOV-1`"),
        (answer("GOV-1", r#"{"is": "value", "said": []}"#, ""), "`` does not answer `GOV-1`"),
        (
            answer("GOV-1", r#"{"is": "not-applicable", "said": " "}"#, ""),
            "\"not applicable\" needs a reason",
        ),
        (answer("GOV-1", open, r#"{"title": "t", "kind": "file", "place": "../x"}"#), "`../x`"),
        (
            answer("GOV-1", open, r#"{"title": "t", "kind": "link", "place": "javascript:x"}"#),
            "`javascript:x`",
        ),
        (r#"[{"date": "2026-02-30"}]"#.to_owned(), "2026-02-30"),
        (r#"[{"fact": ["role", ["king"]]}]"#.to_owned(), "`king`"),
        (r#"[{"fact": ["rank", ["king"]]}]"#.to_owned(), "there is no fact `rank`"),
    ] {
        let message = say(&mut library, &sitting, &said).expect_err(&said);
        assert!(message.contains(why), "{said}: {message}");
        assert_eq!(sitting.text(&library), before, "{said}");
    }
}

#[test]
fn an_essential_question_is_always_answered() {
    let example = text(&root("examples/northlight-models/answers.yaml"));
    let (mut library, sitting) = opened(&example).expect("sound");
    let view = sitting.view(&mut library);
    let essential = questions(&view).into_values().find(|each| each.essential);
    let id = &essential.expect("an essential question").id;
    let said = format!(
        r#"[{{"answer": ["{id}", {{"claim": {{"is": "not-applicable", "said": "no"}}, "evidence": [], "note": "", "public": false}}]}}]"#
    );
    let message = say(&mut library, &sitting, &said).expect_err("refused");
    assert!(message.contains("applies to everyone"), "{message}");
    assert_eq!(sitting.text(&library), example);
}

#[test]
fn a_changed_profile_says_which_answers_do_not_count() {
    let (mut library, sitting) = plain_user();
    let said = r#"[{"fact": ["role", ["deployer"]]}]"#;
    say(&mut library, &sitting, said).expect("can be said");
    let view = sitting.view(&mut library);
    let of_deployers: Vec<_> = questions(&view).keys().map(|id| (*id).to_owned()).collect();
    for id in &of_deployers {
        let unknown = format!(
            r#"[{{"answer": ["{id}", {{"claim": {{"is": "unknown"}}, "evidence": [], "note": "", "public": false}}]}}]"#
        );
        say(&mut library, &sitting, &unknown).expect("can be said");
    }
    let said = r#"[{"fact": ["role", ["plain-user"]]}]"#;
    say(&mut library, &sitting, said).expect("can be said");
    let view = sitting.view(&mut library);
    let left: Vec<_> = questions(&view).keys().map(|id| (*id).to_owned()).collect();
    let mut gone: Vec<_> = of_deployers.into_iter().filter(|id| !left.contains(id)).collect();
    let mut idle = view.idle.clone();
    gone.sort();
    idle.sort();
    assert!(!gone.is_empty());
    assert_eq!(idle, gone);
}

#[test]
fn a_file_with_nothing_filled_in_can_be_gone_on_with_and_a_faulty_one_cannot() {
    let blank = "gapwise: answers/1\nof: {name: \"\", kind: organisation}\nprofile:\n  role: []\ndate:\nquestionnaire: msme-first-look\nversion: 1.0.0\nanswers:\n  GOV-1:\n";
    let (mut library, sitting) = opened(blank).expect("not said is no fault");
    assert_eq!(sitting.view(&mut library).unsaid, ["name", "date", "role"]);
    for (from, to, code) in [
        ("GOV-1:", "GOV-1: 9", "A102"),
        ("GOV-1:", "GOV-1: [", "Y006"),
        ("GOV-1:", "GOV-999: 1", "A101"),
        ("date:", "date: tomorrow", "Y022"),
        ("kind: organisation", "kind: \"\"", "Y016"),
        ("1.0.0", "2.0.0", "A110"),
        ("msme-first-look", "msme-last-look", "A109"),
        ("questionnaire: msme-first-look\n", "", "Y015"),
        ("answers/1", "target/1", "Y024"),
    ] {
        let faults = opened(&blank.replace(from, to)).expect_err(to);
        assert!(faults.iter().any(|fault| fault.contains(code)), "{to}: {faults:?}");
    }
    // Cut off somewhere: each beginning is opened or refused with words.
    let example = text(&root("examples/corner-bakery/answers.yaml"));
    for end in (0..example.len()).filter(|at| example.is_char_boundary(*at)).step_by(97) {
        if let Err(faults) = opened(&example[..end]) {
            assert!(!faults.is_empty(), "{end}");
        }
    }
}

const ODD: [&str; 11] = [
    "a: b # c",
    "\"q\" 'r' \\",
    "two\nlines\n",
    "- x",
    "=1+1",
    "é 漢 👩‍🔬",
    "| > & * ! %",
    "{[,]}",
    "null",
    "~",
    "<b>",
];

/// Texts that YAML and pages might stumble over.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![prop::sample::select(&ODD[..]).prop_map(str::to_owned), "[ -~]{1,40}"]
        .prop_filter("not blank", |text| !text.trim().is_empty())
}

fn evidence() -> impl Strategy<Value = EvidenceView> {
    let place = prop_oneof![
        "[a-z]{1,8}(/[a-z]{1,8})?\\.pdf".prop_map(|place| ("file", place)),
        "https://example\\.org/[a-z]{1,9}".prop_map(|place| ("link", place)),
        words().prop_map(|place| ("reference", place)),
    ];
    (words(), place).prop_map(|(title, (kind, place))| EvidenceView {
        title,
        kind: kind.to_owned(),
        place,
    })
}

/// A claim by numbers that pick among what the question allows.
fn claim(question: &QuestionView, pick: u8, bits: u16, reason: &str) -> ClaimView {
    let ids: Vec<_> = question.options.iter().map(|option| option.id.clone()).collect();
    match (pick % 6, question.kind) {
        (0, _) => ClaimView::Open,
        (1, _) => ClaimView::Unknown,
        (2, _) if !question.essential => ClaimView::NotApplicable(reason.to_owned()),
        (_, "yes-no") => {
            ClaimView::Value(vec![if bits.is_multiple_of(2) { "yes" } else { "no" }.to_owned()])
        }
        (_, "number") => ClaimView::Value(vec![(bits % 101).to_string()]),
        (_, "checklist") => {
            let is_ticked = |at: usize| bits >> (at % 16) & 1 == 1;
            let others = ids
                .iter()
                .enumerate()
                .filter(|(at, id)| is_ticked(*at) && question.exclusive.as_ref() != Some(id));
            let ticked: Vec<_> = others.map(|(_, id)| id.clone()).collect();
            let none = question.exclusive.iter().cloned().collect();
            ClaimView::Value(if ticked.is_empty() { none } else { ticked })
        }
        _ => ClaimView::Value(vec![ids[usize::from(bits) % ids.len()].clone()]),
    }
}

/// The comments of a YAML text, sorted: what stands behind `# ` at the beginning of a line or after a blank,
/// outside the texts of examples, which hold no such thing.
fn comments(text: &str) -> Vec<&str> {
    let mut found: Vec<_> = text
        .lines()
        .filter_map(|line| {
            line.trim_start().strip_prefix('#').or(line.split_once("  #").map(|(_, c)| c))
        })
        .map(str::trim)
        .collect();
    found.sort_unstable();
    found
}

#[derive(Debug)]
struct Heard {
    at: prop::sample::Index,
    pick: u8,
    bits: u16,
    words: (String, String),
    evidence: Vec<EvidenceView>,
    public: bool,
}

fn heard() -> impl Strategy<Value = Heard> {
    let note = prop_oneof![Just(String::new()), words()];
    let evidence = prop::collection::vec(evidence(), 0..3);
    (
        any::<prop::sample::Index>(),
        any::<u8>(),
        any::<u16>(),
        (words(), note),
        evidence,
        any::<bool>(),
    )
        .prop_map(|(at, pick, bits, words, evidence, public)| Heard {
            at,
            pick,
            bits,
            words,
            evidence,
            public,
        })
}

/// Says one thing, and holds the text against what it said before.
fn is_written(
    library: &mut Library,
    sitting: &Sitting,
    heard: &Heard,
) -> Result<(), TestCaseError> {
    let before = sitting.view(library);
    let comments_before: Vec<_> =
        comments(sitting.text(library)).into_iter().map(str::to_owned).collect();
    let asked = questions(&before);
    let id = (*heard.at.get(&asked.keys().collect::<Vec<_>>())).to_string();
    let answer = AnswerView {
        claim: claim(asked[id.as_str()], heard.pick, heard.bits, &heard.words.0),
        evidence: heard.evidence.clone(),
        note: heard.words.1.clone(),
        public: heard.public,
    };
    let json = |view: &AnswerView| serde_json::to_value(view).expect("data");
    sitting.hear(library, &[Said::Answer(id.clone(), answer.clone())]).expect("an answer");
    let after = sitting.view(library);
    for (other, question) in questions(&after) {
        if other == id {
            prop_assert_eq!(json(&question.answer), json(&answer));
        } else if let Some(same) = asked.get(other) {
            prop_assert_eq!(json(&question.answer), json(&same.answer));
        }
    }
    let kept = comments(sitting.text(library));
    for comment in &comments_before {
        let count = |all: &[&str]| all.iter().filter(|each| *each == comment).count();
        let wanted = comments_before.iter().filter(|each| *each == comment).count();
        prop_assert!(count(&kept) >= wanted, "lost: {}", comment);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, rng_seed: RngSeed::Fixed(5), ..ProptestConfig::default() })]

    /// Whatever is said to whichever example: it is read as it was said, all else is as before, and no
    /// comment is lost.
    #[test]
    fn what_is_said_is_what_is_read(
        example in any::<prop::sample::Index>(),
        all in prop::collection::vec(heard(), 1..8),
    ) {
        let examples = entries(&root("examples"));
        let text = text(&example.get(&examples).join("answers.yaml"));
        let (mut library, sitting) = opened(&text).expect("sound");
        for heard in &all {
            is_written(&mut library, &sitting, heard)?;
        }
        let (mut again, reopened) = opened(sitting.text(&library))
            .map_err(|faults| TestCaseError::fail(faults.join("\n")))?;
        let data = |view: &View| serde_json::to_value(view).expect("data");
        prop_assert_eq!(data(&reopened.view(&mut again)), data(&sitting.view(&mut library)));
    }
}
