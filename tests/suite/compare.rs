//! A comparison from files: which is earlier, what can be compared, and figures by hand.

use crate::{faults, root, text};
use gapwise::compare::{ChangeOf, Comparison, Found, Given, Input, Parts, Request, compare, words};
use gapwise::library::Library;
use gapwise::render::comparison::{html, markdown, screen};
use gapwise::render::template::Templates;
use gapwise::result::AssessmentResult;
use gapwise::validate::EvidenceFiles;
use serde_json::json;

const BANK: &str = r#"gapwise: questions/1
theme: pair
title: Pair
language: en
questions:
  - {id: C-1, ask: "One?", type: maturity, levels: [Zero., One., Two., Three., Four.]}
  - {id: C-2, ask: "Two?", type: yes-no}
  - {id: C-3, ask: "Three?", type: yes-no}
  - {id: C-4, ask: "Four?", type: yes-no, essential: true}
"#;

/// C-3 is asked of large organisations only.
const QUESTIONNAIRE: &str = r#"gapwise: questionnaire/1
id: pair
version: 1.0.0
title: Pair
summary: Ours.
language: en
target: proportionate
sources: {s: {title: S, issuer: I}}
banks: [pair]
domains:
  - id: C
    title: All
    requirements:
      - {id: C-A, statement: "A.", source: {document: s, clause: C}, weight: 2, asked-by: [C-1]}
      - {id: C-B, statement: "B.", source: {document: s, clause: C}, weight: 1, asked-by: [C-2]}
      - {id: C-D, statement: "D.", source: {document: s, clause: C}, weight: 1, asked-by: [C-3], applies-when: {size: [large]}}
      - {id: C-G, statement: "G.", source: {document: s, clause: C}, gate: {at-least: 10000}, asked-by: [C-4]}
"#;

/// The second edition weighs C-1 less, asks C-3 of everyone and C-5 besides, and C-2 no more.
fn second_edition() -> (String, String) {
    let bank = format!("{BANK}  - {{id: C-5, ask: \"Five?\", type: yes-no}}\n");
    let questionnaire = QUESTIONNAIRE
        .replace("version: 1.0.0", "version: 2.0.0")
        .replace("weight: 2", "weight: 1")
        .replace(", applies-when: {size: [large]}", "")
        .replace("asked-by: [C-2]", "asked-by: [C-5]");
    (bank, questionnaire)
}

fn first_library() -> Library {
    library(BANK, QUESTIONNAIRE)
}

fn library(bank: &str, questionnaire: &str) -> Library {
    let mut library = Library::default();
    library.add("bank.yaml", bank);
    library.add("questionnaire.yaml", questionnaire);
    library
}

/// An answers file of this date, size and answers.
fn file(date: &str, size: &str, answers: &str) -> String {
    format!(
        "gapwise: answers/1\nof: {{name: \"Pair\"}}\nprofile: {{role: [deployer], size: {size}}}\n\
         date: {date}\nquestionnaire: pair\nanswers: {{{answers}}}\n"
    )
}

const EVIDENCE: &str = "evidence: [{title: \"T\", reference: \"R\"}]";

fn given(library: &mut Library, name: &str, text: &str) -> Given {
    let source = library.add(name, text);
    Given { name: name.to_owned(), input: Input::Answers(source, EvidenceFiles::new()) }
}

/// What comes of comparing these answers, `a.yaml`, `b.yaml` and so on.
fn tried(
    mut library: Library,
    earlier: Option<Library>,
    texts: &[String],
    request: Request<'_>,
) -> Result<Comparison, Vec<String>> {
    let mut found = Found::default();
    let names = ["a.yaml", "b.yaml", "c.yaml"];
    let files: Vec<_> = texts
        .iter()
        .zip(names)
        .map(|(text, name)| match serde_json::from_str(text) {
            Ok(result) => {
                let result = AssessmentResult::read(&result).expect("a result");
                Given { name: name.to_owned(), input: Input::Result(Box::new(result)) }
            }
            Err(_) => given(&mut library, name, text),
        })
        .collect();
    let mut earlier = earlier;
    let compared = compare(&mut library, earlier.as_mut(), &files, &request, &mut found);
    match compared {
        Some(compared) if !found.has_errors() => Ok(compared),
        _ => {
            let mut said = faults(&library, &found.diagnostics);
            said.extend(
                found.faults.iter().map(|fault| format!("{} ({})", fault.message, fault.help)),
            );
            Err(said)
        }
    }
}

fn ours(texts: &[String]) -> Comparison {
    tried(first_library(), None, texts, Request::default()).expect("can be compared")
}

fn parts(change: ChangeOf) -> (Option<i32>, [i32; 4]) {
    let Parts { edition, profile, answers, evidence } = change.parts.expect("both apply");
    (change.change, [edition, profile, answers, evidence])
}

/// Result of an answers file, as data.
fn result_of(library: Library, text: &str, public: bool) -> String {
    let mut assessed = crate::Assessed::from_text(library, text.to_owned());
    if public {
        assessed.show(gapwise::cut::Cut::Public);
    }
    json!(assessed.result()).to_string()
}

#[test]
fn figures_by_hand() {
    let before =
        file("2026-01-01", "micro", &format!("C-1: {{level: 2, {EVIDENCE}}}, C-2: no, C-4: no"));
    let after = file(
        "2026-02-01",
        "large",
        &format!(
            "C-1: {{level: 3, {EVIDENCE}}}, C-2: {{yes-no: yes, {EVIDENCE}}}, C-3: yes, C-4: yes"
        ),
    );
    let comparison = ours(&[before, after]);
    let step = &comparison.steps[0];
    // Stage 0: (2 · 5000 + 0) / 3 = 3333. Stage 2, with C-3 asked and open: 10000 / 4 = 2500.
    // Stage 3: (2 · 7500 + 10000 + 10000) / 4 = 8750.
    assert_eq!(parts(step.overall.score), (Some(5417), [0, -833, 6250, 0]));
    // Best case: 3333; C-3 counts in full: 5000; 8750.
    assert_eq!(parts(step.overall.high), (Some(5417), [0, 1667, 3750, 0]));
    // With the evidence of before, C-1 alone counts: 3333, 2500, 15000 / 4 = 3750; then C-2 too: 6250.
    assert_eq!(parts(step.overall.evidenced), (Some(2917), [0, -833, 1250, 2500]));
    // Everything asked is answered; C-3 is not, at first.
    assert_eq!(parts(step.overall.coverage), (Some(0), [0, -2500, 2500, 0]));
    let new = step.domains[0].requirements[2].changes.score;
    assert_eq!((new.before, new.change, new.parts), (None, None, None));
    let gate = &step.gates[0];
    let states = [gate.before.as_deref(), gate.after.as_deref()];
    assert_eq!((gate.requirement.as_str(), states), ("C-G", [Some("failed"), Some("passed")]));
    let closed: Vec<_> = step.closed.iter().map(|each| each.finding.requirement.as_str()).collect();
    assert_eq!((closed, step.opened.len()), (vec!["C-G", "C-B"], 0));
    let asked: Vec<_> = step
        .questions
        .iter()
        .map(|each| (each.id.as_str(), each.change.as_str(), each.cause.as_str()))
        .collect();
    let expected = [
        ("C-1", "answer", "answers"),
        ("C-2", "answer", "answers"),
        ("C-3", "newly-asked", "profile"),
        ("C-4", "answer", "answers"),
    ];
    assert_eq!(asked, expected);
    assert_eq!(step.verdict, ["held", "clear"]);
    let words = words(&comparison);
    assert!(words.steps[0].moved.last().is_some_and(|each| {
        (each.id.as_str(), each.score.before.as_str(), each.score.change.as_str())
            == ("C-D", "not applicable", "–")
    }));
}

#[test]
fn dates_decide_which_is_earlier() {
    let [early, late] = ["2026-01-01", "2026-02-01"].map(|date| file(date, "micro", "C-4: yes"));
    let comparison = ours(&[late, early.clone()]);
    let dates: Vec<_> = comparison.points.iter().map(|point| point.date.as_str()).collect();
    assert_eq!(dates, ["2026-01-01", "2026-02-01"]);
    assert!(comparison.notes[0].contains("put in the order of their dates"));
    let better = early.replace("C-4: yes", "C-1: 4, C-4: yes");
    let comparison = ours(&[early, better]);
    assert!(
        comparison.notes[0].contains("have the same date, 2026-01-01"),
        "{:?}",
        comparison.notes
    );
    assert_eq!(comparison.steps[0].overall.score.change, Some(6667));
}

#[test]
fn other_names_are_doubted_and_compared() {
    let one = file("2026-01-01", "micro", "C-4: yes");
    let other = file("2026-02-01", "micro", "C-4: yes").replace("Pair", "Other\u{202E}\\n");
    let notes = ours(&[one, other]).notes;
    assert!(notes[0].contains("The names differ: Pair; Other[U+202E]"), "{notes:?}");
}

#[test]
fn three_make_a_trend() {
    let texts = [
        file("2026-01-01", "micro", "C-1: 1, C-4: yes"),
        file("2026-02-01", "micro", "C-1: 2, C-2: yes, C-4: yes"),
        file("2026-03-01", "micro", "C-1: 1, C-2: yes, C-4: yes"),
    ];
    let comparison = ours(&texts);
    let scores: Vec<_> = comparison.points.iter().filter_map(|each| each.overall.low).collect();
    let scores: Vec<_> = scores.iter().map(|score| score.basis_points()).collect();
    assert_eq!(scores, [1667, 6667, 5000]);
    let changes: Vec<_> = comparison.steps.iter().map(|step| step.overall.score.change).collect();
    assert_eq!(changes, [Some(5000), Some(-1667)]);
    let words = words(&comparison);
    assert_eq!(words.trend[0].change, "▲ +33.33");
    let page = html(&words, &Templates::default()).expect("renders");
    for shown in ["<svg class=\"trend\"", "2026-02-01: 66.67", "▼ −16.67", "Domains over time"]
    {
        assert!(page.contains(shown), "{shown}\n{page}");
    }
    let text = markdown(&words, &Templates::default()).expect("renders");
    assert!(text.contains("| 2026-03-01 | 50.00 | ▼ −16.67 | 50.00 |"), "{text}");
    let widest = screen(&words, false).lines().map(|line| line.chars().count()).max();
    assert!(widest <= Some(80), "{widest:?}\n{}", screen(&words, false));
}

#[test]
fn an_earlier_edition_that_is_at_hand_has_its_part() {
    let (bank, questionnaire) = second_edition();
    let before = file("2026-01-01", "micro", "C-1: 2, C-2: yes, C-3: yes, C-4: yes")
        .replace("questionnaire: pair", "questionnaire: pair\nversion: 1.0.0");
    let after = file("2026-02-01", "micro", "C-1: 2, C-3: yes, C-4: yes, C-5: yes")
        .replace("questionnaire: pair", "questionnaire: pair\nversion: 2.0.0");
    let at_hand = library(&bank, &questionnaire);
    let comparison = tried(at_hand, Some(first_library()), &[before, after], Request::default());
    let comparison = comparison.expect("can be compared");
    let step = &comparison.steps[0];
    // First edition: (2 · 5000 + 10000) / 3 = 6667. Under the second, C-5 open: (5000 + 0 + 10000) / 3
    // = 5000. Then C-5 is answered: 8333.
    assert_eq!(parts(step.overall.score), (Some(1666), [-1667, 0, 3333, 0]));
    let versions: Vec<_> = comparison.points.iter().map(|each| each.version.as_str()).collect();
    assert_eq!((versions, &comparison.shared), (vec!["1.0.0", "2.0.0"], &None));
    let asked: Vec<_> =
        step.questions.iter().map(|each| (each.id.as_str(), each.change.as_str())).collect();
    assert_eq!(asked, [("C-5", "added"), ("C-3", "newly-asked"), ("C-2", "dropped")]);
}

#[test]
fn without_the_earlier_edition_shared_questions_are_compared() {
    let (bank, questionnaire) = second_edition();
    let old = file("2026-01-01", "micro", "C-1: 2, C-2: yes, C-3: yes, C-4: yes");
    let result = result_of(first_library(), &old, false);
    let new = file("2026-02-01", "micro", "C-1: 4, C-3: no, C-4: yes, C-5: yes");
    let comparison =
        tried(library(&bank, &questionnaire), None, &[result, new.clone()], Request::default());
    let comparison = comparison.expect("can be compared");
    let shared = comparison.shared.as_ref().expect("is said");
    assert_eq!(
        (shared.compared, &shared.left_out, &shared.elsewhere),
        (3, &vec!["C-5".to_owned()], &vec!["C-2".to_owned()])
    );
    // Under the second edition without C-5: (5000 + 10000) / 2, then (10000 + 0) / 2.
    assert_eq!(parts(comparison.steps[0].overall.score), (Some(-2500), [0, 0, -2500, 0]));
    let note = &comparison.notes[0];
    assert!(note.contains("a.yaml is of version 1.0.0, which is not at hand"), "{note}");
    assert!(note.contains("under version 2.0.0: 3 of them"), "{note}");
    // Answers of another major version alone are an error elsewhere; C-2 is in the bank still.
    let old = old.replace("questionnaire: pair", "questionnaire: pair\nversion: 1.0.0");
    let comparison = tried(library(&bank, &questionnaire), None, &[old, new], Request::default());
    let shared = comparison.expect("can be compared").shared.expect("is said");
    assert_eq!((shared.compared, shared.left_out), (3, vec!["C-5".to_owned()]));
}

#[test]
fn results_and_answers_are_mixed() {
    let before = file("2026-01-01", "micro", &format!("C-1: {{level: 2, {EVIDENCE}}}, C-4: yes"));
    let after = file("2026-02-01", "micro", "C-1: 3, C-2: {not-applicable: \"None.\"}, C-4: yes");
    let of_answers = ours(&[before.clone(), after.clone()]);
    let result = result_of(first_library(), &before, false);
    let mixed = ours(&[result.clone(), after.clone()]);
    assert_eq!(of_answers.steps, mixed.steps);
    let mut changed: serde_json::Value = serde_json::from_str(&result).expect("JSON");
    changed["overall"]["low"] = json!(1);
    let comparison = ours(&[changed.to_string(), after]);
    assert!(
        comparison.notes[0].contains("do not follow from its answers"),
        "{:?}",
        comparison.notes
    );
    assert_eq!(comparison.steps, mixed.steps);
}

#[test]
fn what_is_withheld_is_no_change() {
    let before = file("2026-01-01", "micro", "C-1: {level: 2, visibility: public}, C-4: yes");
    let after =
        file("2026-02-01", "micro", "C-1: {level: 3, visibility: public}, C-2: yes, C-4: yes");
    let [one, other] = [&before, &after].map(|text| result_of(first_library(), text, true));
    let step = &ours(&[one.clone(), other]).steps[0];
    assert_eq!(step.overall.score.change, Some(1667));
    assert!(step.questions.iter().all(|each| each.id == "C-1"));
    let refused = tried(first_library(), None, &[one, after], Request::default());
    let why = refused.expect_err("refused").join("\n");
    assert!(why.contains("`a.yaml` is a public cut and `b.yaml` is not"), "{why}");
    assert!(why.contains("--for public --format json"), "{why}");
}

#[test]
fn other_questionnaires_need_one_to_be_scored_under() {
    let one = text(&root("examples/corner-bakery/answers.yaml"));
    let other = text(&root("examples/riverside-housing/answers.yaml"));
    let files = [one, other];
    let refused = tried(Library::default(), None, &files, Request::default());
    let why = refused.expect_err("refused").join("\n");
    assert!(why.contains("`msme-first-look` a.yaml"), "{why}");
    assert!(why.contains("--against msme-first-look"), "{why}");
    let request = Request { against: Some("g7-declaration"), target: None };
    let comparison = tried(Library::default(), None, &files, request).expect("can be compared");
    assert_eq!(comparison.questionnaire.id, "g7-declaration");
}

#[test]
fn all_that_is_wrong_is_said_at_once() {
    let one = file("2026-13-01", "micro", "C-4: yes");
    let other = file("2026-02-01", "micro", "C-1: 9, C-4: yes");
    let why = tried(first_library(), None, &[one, other], Request::default()).expect_err("wrong");
    let has = |wanted: &str| why.iter().any(|line| line.contains(wanted));
    assert!(has("a.yaml:4: Y022") && has("b.yaml:6: A102"), "{why:?}");
}

#[test]
fn the_data_conform_to_their_schema() {
    let texts = ["2026-01-01", "2026-02-01"].map(|date| file(date, "micro", "C-1: 1, C-4: yes"));
    let comparison = json!(ours(&texts));
    let schema = gapwise::schema::schema("comparison").expect("there is one");
    let schema = serde_json::from_str(&schema).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let wrong: Vec<_> = validator.iter_errors(&comparison).map(|each| each.to_string()).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    let mut broken = comparison.clone();
    broken["steps"][0]["overall"]["score"]["change"] = json!("much");
    assert!(!validator.is_valid(&broken));
}

#[test]
fn hostile_words_stay_words() {
    let text =
        file("2026-01-01", "micro", "C-2: {not-applicable: \"<script>x</script> | y\"}, C-4: yes")
            .replace("\"Pair\"", "\"<b>Pair</b>\"");
    let later =
        file("2026-02-01", "micro", "C-2: yes, C-4: yes").replace("\"Pair\"", "\"<b>Pair</b>\"");
    let mut library = first_library();
    let mut found = Found::default();
    let files = [given(&mut library, "<i>.yaml", &text), given(&mut library, "b.yaml", &later)];
    let compared = compare(&mut library, None, &files, &Request::default(), &mut found);
    let words = words(&compared.expect("can be compared"));
    let page = html(&words, &Templates::default()).expect("renders");
    assert!(!page.contains("<script>") && !page.contains("<b>Pair") && !page.contains("<i>.yaml"));
    let text = markdown(&words, &Templates::default()).expect("renders");
    assert!(text.contains("&lt;script&gt;x&lt;/script&gt; \\| y"), "{text}");
}
