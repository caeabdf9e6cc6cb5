//! What is internal never leaks: no byte of an external cut depends on a withheld answer.

use crate::registry::examples;
use crate::{Assessed, faults, name};
use gapwise::cut::Cut;
use gapwise::diagnostic::Diagnostics;
use gapwise::digest::Digest;
use gapwise::library::Library;
use gapwise::model::{Answers, Kind, Place};
use gapwise::render::Format;
use gapwise::render::cut::formats;
use gapwise::render::template::Templates;
use gapwise::result::{AssessmentResult, QuestionOf, ResultCut};
use gapwise::validate::EvidenceFiles;
use gapwise::verify::{AtHand, answers_of, verify};
use proptest::prelude::{
    ProptestConfig, Strategy, any, prop, prop_assert, prop_assert_eq, proptest,
};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// A framework that is shipped.
const SHIPPED: &str = "nist-ai-rmf";

/// A question of each type; two that hang on another's answer; two that are gates.
const BANK: &str = r#"gapwise: questions/1
theme: leak
title: Leak
language: en
questions:
  - {id: L-1, ask: "One?", type: maturity, levels: [Nothing., Something., More., All.], steps: [{to: 2, do: "Do it.", aid: tool-list, effort: {micro: 1}}]}
  - {id: L-2, ask: "Two?", type: yes-no, essential: true}
  - {id: L-3, ask: "Three?", type: choice, options: [{id: a, text: "A", score: 0}, {id: b, text: "B", score: 7000}]}
  - {id: L-4, ask: "Four?", type: checklist, options: [{id: x, text: "X", score: 5000}, {id: y, text: "Y", score: 5000}, {id: none, text: "None", score: 0, exclusive: true}]}
  - {id: L-5, ask: "Five?", type: number, unit: percent, bands: [{up-to: 49, score: 0}, {score: 10000}]}
  - {id: L-6, ask: "Six?", type: yes-no, applies-when: {answer: L-1, at-least-level: 2}}
  - {id: L-7, ask: "Seven?", type: maturity, applies-when: {answer: L-3, is: [unknown, a]}, levels: [Nothing., Something., All.]}
  - {id: L-8, ask: "Eight?", type: yes-no, essential: true}
"#;

const QUESTIONNAIRE: &str = r#"gapwise: questionnaire/1
id: leak
version: 1.0.0
title: Leak
summary: Ours.
language: en
target: proportionate
sources: {s: {title: S, issuer: I}}
banks: [leak]
domains:
  - id: L
    title: One
    requirements:
      - {id: L-A, statement: "A.", source: {document: s, clause: C}, weight: 2, asked-by: [L-1, {question: L-4, weight: 3}]}
      - {id: L-B, statement: "B.", source: {document: s, clause: C}, weight: 1, aggregate: weakest, asked-by: [L-3, L-6]}
      - {id: L-C, statement: "C.", source: {document: s, clause: C}, gate: {at-least: 10000}, asked-by: [L-2]}
  - id: M
    title: Two
    requirements:
      - {id: M-A, statement: "D.", source: {document: s, clause: C}, weight: 1, asked-by: [L-5, {question: L-4, option: y}], applies-when: {answer: L-1, at-least-level: 1}}
      - {id: M-B, statement: "E.", source: {document: s, clause: C}, weight: 3, asked-by: [L-7, L-1]}
      - {id: M-C, statement: "F.", source: {document: s, clause: C}, gate: {at-least: 10000}, asked-by: [L-8]}
"#;

/// Clauses with one question and with several, some of which are withheld, hang on such, or are asked twice.
const CROSSWALK: &str = r#"gapwise: crosswalk/1
id: leak
title: Leak
issuer: Us
clauses:
  - {id: "1", label: One, questions: [{question: L-1, relation: equal, confidence: low, by: ours}]}
  - id: "2"
    label: Two
    questions:
      - {question: L-2, relation: equal, confidence: low, by: ours}
      - {question: L-3, relation: equal, confidence: low, by: ours}
      - {question: L-4, relation: equal, confidence: low, by: ours}
      - {question: L-6, relation: equal, confidence: low, by: ours}
  - id: "3"
    label: Three
    questions:
      - {question: L-5, relation: equal, confidence: low, by: ours}
      - {question: L-7, relation: equal, confidence: low, by: ours}
  - {id: "4", label: Four, questions: [{question: L-8, relation: equal, confidence: low, by: ours}]}
  - {id: "5", label: Five, questions: [], reason: "Nothing of ours is about it."}
"#;

/// What can be claimed for each question; the first is nothing.
const CLAIMS: [&[&str]; 8] = [
    &["", "level: 0", "level: 1", "level: 3", "unknown: true", "not-applicable: \"We do not.\""],
    &["", "yes-no: yes", "yes-no: no", "unknown: true"],
    &["", "option: a", "option: b", "unknown: true", "not-applicable: \"It is not so.\""],
    &["", "options: [x]", "options: [x, y]", "options: [none]", "unknown: true"],
    &["", "number: 3", "number: 80", "unknown: true", "not-applicable: \"None here.\""],
    &["", "yes-no: yes", "yes-no: no", "unknown: true", "not-applicable: \"Never.\""],
    &["", "level: 0", "level: 2", "unknown: true"],
    &["", "yes-no: yes", "yes-no: no", "unknown: true"],
];

/// An answer, and what stands beside it that no outsider may see.
#[derive(Clone, Debug)]
struct Given {
    /// A place in [`CLAIMS`], modulo what the question has.
    claim: usize,
    /// Whether a title of evidence is given, where something is claimed.
    evidence: bool,
    note: bool,
    by: bool,
    /// Whether a withheld one is written down at all.
    written: bool,
}

fn given() -> impl Strategy<Value = Given> {
    (0..60usize, any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
        |(claim, evidence, note, by, written)| Given { claim, evidence, note, by, written },
    )
}

/// An answers file. `secret` stands in all that outsiders may not see of answers that they may.
fn file(answers: &[(Given, bool)], secret: &str) -> String {
    let mut text = format!(
        "gapwise: answers/1\nof: {{name: \"Corner Bakery\"}}\nprofile: {{role: [deployer], size: micro}}\n\
         date: 2026-11-02\nby: [{{name: \"Name{secret}\", function: owner}}, {{function: baker}}]\n\
         questionnaire: leak\nanswers:\n"
    );
    for (at, (given, public)) in answers.iter().enumerate() {
        let claim = CLAIMS[at][given.claim % CLAIMS[at].len()];
        let mut fields = vec![claim.to_owned()];
        let is_value = !["", "unkn", "not-"].contains(&&claim[..claim.len().min(4)]);
        if given.evidence && is_value {
            let place = if *public { secret } else { "internal" };
            fields.push(format!(
                "evidence: [{{title: \"Paper {at}\", reference: \"Drawer{place}\"}}]"
            ));
        }
        if given.note {
            fields.push(format!("note: \"Note{secret}\""));
        }
        if given.by {
            fields.push("by: owner".to_owned());
        }
        if *public {
            fields.push("visibility: public".to_owned());
        }
        if *public || given.written {
            fields.retain(|field| !field.is_empty());
            text += &format!("  L-{}: {{{}}}\n", at + 1, fields.join(", "));
        }
    }
    text
}

fn assessed(text: String) -> Assessed {
    let mut library = Library::default();
    library.add("bank.yaml", BANK);
    library.add("questionnaire.yaml", QUESTIONNAIRE);
    library.add("crosswalk.yaml", CROSSWALK);
    Assessed::from_text(library, text)
}

/// Each external cut in each of its formats, the public one also by a framework.
fn external(by: &str, assessed: impl Fn() -> Assessed) -> Vec<(String, String)> {
    let cuts = Cut::ALL.into_iter().filter(|cut| cut.is_external()).map(|cut| (cut, None));
    let cuts = cuts.chain([(Cut::Public, Some(by))]);
    let texts = |(cut, by): (Cut, Option<&str>)| {
        let texts = assessed().cut(cut, by, formats(cut), &Templates::default()).expect("renders");
        let by = by.map_or(String::new(), |by| format!(".by-{by}"));
        let name = move |format: &Format| format!("{}{by}.{}", cut.word(), format.word());
        formats(cut).iter().map(name).zip(texts).collect::<Vec<_>>()
    };
    cuts.flat_map(texts).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is changed in what outsiders may not see, no byte of what they get moves.
    #[test]
    fn withheld_answers_leave_no_trace(
        answers in prop::collection::vec((given(), any::<bool>(), given()), CLAIMS.len())
    ) {
        let one: Vec<_> = answers.iter().map(|(one, public, _)| (one.clone(), *public)).collect();
        let other: Vec<_> = answers
            .iter()
            .map(|(one, public, other)| match public {
                true => (Given { note: other.note, ..one.clone() }, true),
                false => (other.clone(), false),
            })
            .collect();
        let shown = external("leak", || assessed(file(&one, "Secret-1")));
        let changed = external("leak", || assessed(file(&other, "Secret-2")));
        for ((name, shown), (_, changed)) in shown.iter().zip(&changed) {
            prop_assert!(shown == changed, "{name} tells of a withheld answer");
            prop_assert!(!shown.contains("Secret"), "{name} shows a name, a note or a place");
        }
    }

    /// A public cut can be recomputed from itself, and from the answers file with all that is internal.
    #[test]
    fn a_public_cut_is_verified(answers in prop::collection::vec((given(), any::<bool>()), CLAIMS.len())) {
        let text = file(&answers, "Secret");
        let cut = assessed(text.clone());
        let json = cut.cut(Cut::Public, Some("leak"), &[Format::Json], &Templates::default());
        let said: Value = serde_json::from_str(&json.expect("renders").concat()).expect("JSON");
        let read = AssessmentResult::read(&said).expect("a result");
        prop_assert_eq!(read.options.cut, ResultCut::Public);
        prop_assert_eq!(digest_again(&read), read.answers.sha256.as_str());
        let mut library = assessed(text.clone()).library;
        let source = library.add("answers.yaml", text);
        let files = EvidenceFiles::new();
        for at_hand in [AtHand::Nothing, AtHand::Answers(source), AtHand::All(source, &files)] {
            let mut found = Diagnostics::default();
            let verified = verify(&mut library, &said, &read, at_hand, &mut found);
            prop_assert!(verified.recomputed.is_some(), "{}", faults(&library, &found).join("\n"));
            prop_assert_eq!(verified.differences, []);
        }
    }
}

/// The digest of the answers of a public cut, made of what stands in the cut.
fn digest_again(cut: &AssessmentResult) -> String {
    let requirements = cut.domains.iter().flat_map(|domain| &domain.requirements);
    let questions = requirements.flat_map(|requirement| &requirement.questions);
    let answer = |question: &QuestionOf| {
        let (key, said) = match (&question.reason, &question.answer) {
            (Some(reason), _) => ("not-applicable", json!(reason)),
            (None, Value::Null) => return None,
            (None, Value::String(word)) if word == "unknown" => ("unknown", json!(true)),
            (None, said) => (Kind::key_of(&question.kind).expect("a type"), said.clone()),
        };
        let titles: Vec<_> = question.evidence.iter().map(|each| &each.title).collect();
        Some((question.id.clone(), json!({key: said, "evidence": titles, "by": question.by})))
    };
    let functions = cut.by.iter().map(|each| json!({"function": each.function}));
    let document = json!({
        "gapwise": "answers/1",
        "of": cut.of,
        "profile": cut.profile,
        "date": cut.date,
        "by": functions.collect::<Vec<_>>(),
        "questionnaire": cut.options.answered.as_ref().unwrap_or(&cut.questionnaire.id),
        "answers": questions.filter_map(answer).collect::<Map<_, _>>(),
    });
    Digest::of_json(&document).to_string()
}

/// Cuts of a file with all its answers are those of a file that has only the public ones.
#[test]
fn examples_show_what_they_made_public() {
    for path in examples() {
        let whole = external(SHIPPED, || Assessed::of(Library::default(), &path));
        let said = whole.iter().find(|(name, _)| name == "public.json").expect("rendered");
        let said = serde_json::from_str(&said.1).expect("JSON");
        let result = AssessmentResult::read(&said).expect("a result");
        let (public_alone, torn) = answers_of(&result);
        assert_eq!(torn, []);
        let alone =
            external(SHIPPED, || Assessed::from_text(Library::default(), public_alone.clone()));
        for ((file, whole), (_, alone)) in whole.iter().zip(&alone) {
            let whole = without_language(whole);
            assert!(whole == without_language(alone), "{}: {file}", path.display());
        }
    }
}

/// The respondent's language is no answer, and a result does not carry it.
fn without_language(text: &str) -> String {
    text.replace(" lang=\"en\"", "")
}

/// Notes, and where evidence is, as far as nothing else says the same.
fn kept_inside(answers: &Answers, given: &[&gapwise::model::Answer]) -> BTreeSet<String> {
    let names = answers.by.iter().filter_map(|each| each.name.clone());
    let notes = given.iter().filter_map(|answer| answer.note.clone());
    let places = given.iter().flat_map(|answer| &answer.evidence).map(|each| match &each.place {
        Place::File(text) | Place::Link(text) | Place::Reference(text) => text.clone(),
        Place::Withheld => unreachable!("as it was read"),
    });
    names.chain(notes).chain(places).collect()
}

#[test]
fn names_notes_and_places_stay_inside() {
    for path in examples() {
        let read = Assessed::of(Library::default(), &path);
        let questions = 0..read.assessment.questionnaire.questions.len();
        let given: Vec<_> = questions.map(|at| read.assessment.answer(at)).collect();
        let inside = kept_inside(&read.assessment.answers, &given);
        let mut shown = external(SHIPPED, || Assessed::of(Library::default(), &path));
        let board = Assessed::of(Library::default(), &path);
        let texts = board.cut(Cut::Board, None, formats(Cut::Board), &Templates::default());
        let names = formats(Cut::Board).iter().map(|format| format!("board.{}", format.word()));
        // What stays in the house may hold all that its pages are made from, but not show it.
        let pages = |text: String| match text.split_once("\nresult.json\n") {
            Some((pages, _)) => pages.to_owned(),
            None => text,
        };
        shown.extend(names.zip(texts.expect("renders").into_iter().map(pages)));
        for (file, text) in &shown {
            for secret in &inside {
                assert!(
                    !text.contains(secret),
                    "{} {file}: {secret}",
                    name(path.parent().expect("in a folder"))
                );
            }
        }
    }
}

/// The markdown of a cut of these answers, in the words of their file.
fn cut_of(profile: &str, by: &str, answers: &str, cut: Cut, format: Format) -> String {
    let text = format!(
        "gapwise: answers/1\nof: {{name: Acme, kind: system, stage: piloting}}\nprofile: {{{profile}}}\n\
         date: 2026-11-04\nby: [{by}]\nquestionnaire: public-sector-system\nanswers: {{{answers}}}\n"
    );
    let assessed = Assessed::from_text(Library::default(), text);
    assessed.cut(cut, None, &[format], &Templates::default()).expect("renders").concat()
}

/// A question that is asked only after a certain answer tells that answer.
#[test]
fn what_hangs_on_a_withheld_answer_is_withheld() {
    let profile = "role: [deployer], size: large, ownership: public";
    let hidden = "HIR-1: {level: 3, evidence: [{title: \"Pilot plan\", reference: drawer}], visibility: public}";
    for screening in
        ["SCR-1: yes", "SCR-1: no", "SCR-1: unknown", "SCR-1: {yes-no: no, visibility: public}"]
    {
        let answers = format!("{screening}, {hidden}, GOV-5: {{level: 1, visibility: public}}");
        let mut formats = vec![(Cut::Buyer, Format::Markdown)];
        formats.extend(
            [Format::Markdown, Format::Csv, Format::Json, Format::Xlsx]
                .map(|each| (Cut::Public, each)),
        );
        for (cut, format) in formats {
            let text = cut_of(profile, "{function: owner}", &answers, cut, format);
            assert!(!text.contains("Pilot plan"), "{screening} {cut:?} {format:?}");
        }
    }
    let both = format!("SCR-1: {{yes-no: yes, visibility: public}}, {hidden}");
    let text = cut_of(profile, "{function: owner}", &both, Cut::Buyer, Format::Markdown);
    assert!(text.contains("Pilot plan"));
}

/// What stands as `by` of an answer may be a name, and a function that no shown answer names is none
/// of the reader's business.
#[test]
fn functions_are_those_of_the_answers_shown() {
    let profile = "role: [deployer], size: large, ownership: public";
    let by = "{function: owner}, {function: \"lawyer in the Muller case\"}, {function: officer}";
    let answers = "GOV-5: {level: 1, by: officer, visibility: public}, \
                   TRA-1: {level: 1, by: \"Maria Rossi\", visibility: public}, \
                   RSK-3: {level: 1, by: \"lawyer in the Muller case\"}";
    for format in [Format::Html, Format::Markdown, Format::Json, Format::Xlsx] {
        let text = cut_of(profile, by, answers, Cut::Public, format);
        assert!(text.contains("officer") && !text.contains("Muller") && !text.contains("Maria"));
        assert!(!text.contains("\"owner\""), "{format:?}");
    }
}
