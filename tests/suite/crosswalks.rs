//! Crosswalks: the figure of a clause, why no answer supports one, and the rules of what is shipped.

use crate::registry::examples;
use crate::{Assessed, faults, root};
use gapwise::diagnostic::Diagnostics;
use gapwise::library::Library;
use gapwise::load;
use gapwise::model::{Crosswalk, Score};
use gapwise::raw::DocumentKind;
use gapwise::render::template::Templates;
use gapwise::render::{Format, render};
use gapwise::report::{FrameworkWords, Report};
use gapwise::score::clause::{Unsupported, clauses};
use gapwise::verify::{AtHand, verify};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The most that a label may have. Unit: words.
const LONGEST_LABEL: usize = 12;

const ANSWERS: &str = "gapwise: answers/1
of: {name: Corner Bakery}
profile: {fixture-size: micro}
date: 2026-11-02
questionnaire: fixture
answers:
  FIX-1: 1
  FIX-2: no
  FIX-4: {not-applicable: \"We use no tools.\"}
  FIX-5: unknown
  FIX-6: {yes-no: yes, evidence: [{title: House rules, reference: Page 2}]}
";

/// A crosswalk whose clauses have these ids and rest; a question stands there by its id alone.
fn crosswalk(clauses: &[(&str, &str)]) -> String {
    let mapping =
        |id: &str| format!("{{question: {id}, relation: equal, confidence: low, by: ours}}");
    let clause = |(id, rest): &(&str, &str)| {
        let questions: Vec<_> =
            rest.split_whitespace().filter(|word| word.contains('-')).map(mapping).collect();
        let reason = if questions.is_empty() { ", reason: \"It is new.\"" } else { "" };
        format!("  - {{id: {id}, label: Label, questions: [{}]{reason}}}\n", questions.join(", "))
    };
    let clauses: String = clauses.iter().map(clause).collect();
    format!("gapwise: crosswalk/1\nid: mine\ntitle: Mine\nissuer: Us\nclauses:\n{clauses}")
}

/// The fixture's questionnaire, answered, beside a crosswalk.
struct Crossed {
    assessed: Assessed,
    crosswalk: Arc<Crosswalk>,
}

impl Crossed {
    fn of(text: &str) -> Self {
        let mut library = Library::default();
        let mut found = Diagnostics::default();
        for path in load::yaml_files(&root("tests/diagnostics/library")).expect("readable") {
            load::document(&mut library, &path, &mut found).expect("readable");
        }
        library.add("crosswalk.yaml", text);
        let folder = tempfile::tempdir().expect("a folder");
        let answers = folder.path().join("answers.yaml");
        std::fs::write(&answers, ANSWERS).expect("written");
        let mut assessed = Assessed::of(library, &answers);
        let crosswalk = assessed.library.crosswalk("mine", &mut found);
        let crosswalk =
            crosswalk.unwrap_or_else(|| panic!("{}", faults(&assessed.library, &found).join("\n")));
        Self { assessed, crosswalk }
    }

    fn report(&mut self) -> Report {
        self.assessed.report(Some("mine"))
    }

    fn words(&mut self) -> FrameworkWords {
        self.report().by.expect("cut by a framework")
    }
}

/// Every way in which a clause can stand: level 1 of 3 is 3333, `yes` 10000; FIX-3 is open, FIX-4 not
/// applicable, FIX-7 not asked, RSK-1 of another questionnaire.
const CASES: [(&str, &str); 8] = [
    ("Mean", "FIX-1 FIX-6"),
    ("Range", "FIX-6 FIX-3 FIX-4 FIX-7 RSK-1"),
    ("None", ""),
    ("Elsewhere", "FIX-7 RSK-1"),
    ("Excused", "FIX-4 FIX-7"),
    ("Open", "FIX-3 FIX-4"),
    ("Zero", "FIX-2 FIX-5"),
    ("Both", "FIX-2 FIX-3"),
];

#[test]
fn the_figure_of_a_clause_is_the_plain_mean_of_what_applies() {
    let crossed = Crossed::of(&crosswalk(&CASES));
    let Assessed { assessment, scorecard, .. } = &crossed.assessed;
    let scores = clauses(assessment, scorecard, &crossed.crosswalk);
    let bp = |score: Option<Score>| score.map(Score::basis_points);
    let of = |score: &gapwise::score::clause::ClauseScore| {
        (bp(score.figures.low), bp(score.figures.high), score.unsupported)
    };
    let figures: Vec<_> = scores.iter().map(of).collect();
    assert_eq!(
        figures,
        [
            // (3333 + 10000) / 2 = 6666.5, rounded half up
            (Some(6667), Some(6667), None),
            (Some(5000), Some(10_000), None),
            (None, None, Some(Unsupported::NoQuestion)),
            (None, None, Some(Unsupported::NotAsked)),
            (None, None, Some(Unsupported::NotApplicable)),
            (Some(0), Some(10_000), Some(Unsupported::Open)),
            (Some(0), Some(0), Some(Unsupported::Zero)),
            (Some(0), Some(5000), Some(Unsupported::Zero)),
        ]
    );
}

#[test]
fn a_clause_without_support_says_why() {
    let words = Crossed::of(&crosswalk(&CASES)).words();
    let said: Vec<_> = words.unsupported.iter().map(|pair| pair.value.as_str()).collect();
    assert_eq!(
        said,
        [
            "No question of ours maps to it. It is new.",
            "None of its questions is asked. Not asked here: FIX-7. Not in this questionnaire: RSK-1.",
            "Each of its questions that is asked was said not to apply: FIX-4.",
            "Each of its questions that applies is open: FIX-3.",
            "Every answer to its questions scores 0: FIX-2, FIX-5.",
            "Every answer to its questions scores 0: FIX-2. Still open: FIX-3.",
        ]
    );
    assert!(words.unsupported[0].name.ends_with("(id unconfirmed)"));
    let range = &words.groups[0].clauses[1];
    assert_eq!(range.range.as_deref(), Some("50.00 to 100.00"));
    assert_eq!(range.arithmetic.as_deref(), Some("(1 × 10000 + 1 × 0) / 2 = 5000"));
    let asked: Vec<_> = range.questions.iter().map(|each| each.answer.id.as_str()).collect();
    assert_eq!(asked, ["FIX-6", "FIX-3", "FIX-4"]);
    assert_eq!(words.unmapped, None);
}

#[test]
fn clauses_of_one_group_stand_together() {
    let text = "gapwise: crosswalk/1
id: mine
title: Mine
issuer: Us
clauses:
  - {id: A, label: L, group: First, reason: R}
  - {id: B, label: L, reason: R}
  - {id: C, label: L, group: First, confirmed: true, reason: R}
";
    let words = Crossed::of(text).words();
    let group = |group: &gapwise::report::ClauseGroupWords| {
        let ids: Vec<_> = group.clauses.iter().map(|clause| clause.id.clone()).collect();
        (group.title.clone().unwrap_or_default(), ids.concat())
    };
    let groups: Vec<_> = words.groups.iter().map(group).collect();
    let wanted = [("First", "AC"), ("Other clauses", "B")];
    assert_eq!(groups, wanted.map(|(title, ids)| (title.to_owned(), ids.to_owned())));
    let unchecked = words.unchecked.expect("two ids are unconfirmed");
    assert!(unchecked.starts_with("The ids of 2 of the 3 clauses"), "{unchecked}");
    assert_eq!(
        words.unmapped.as_deref(),
        Some(
            "6 of the 6 questions of this assessment are mapped to no clause here: FIX-1, FIX-2, FIX-3, FIX-4, FIX-5, FIX-6."
        )
    );
}

#[test]
fn headings_go_down_a_step_at_a_time() {
    for text in [crosswalk(&CASES), crosswalk(&CASES).replace("label:", "group: G, label:")] {
        let mut crossed = Crossed::of(&text);
        let result = crossed.assessed.result();
        let page = render(Format::Html, &crossed.report(), &result, &Templates::default());
        let page = page.expect("rendered");
        let levels: Vec<u32> = page
            .match_indices("<h")
            .filter_map(|(at, _)| page[at + 2..].chars().next()?.to_digit(10))
            .collect();
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
    }
}

#[test]
fn the_table_has_a_row_for_each_clause_and_question() {
    let mut crossed = Crossed::of(&crosswalk(&CASES));
    let result = crossed.assessed.result();
    let table = render(Format::Csv, &crossed.report(), &result, &Templates::default());
    let table = table.expect("rendered");
    let clause = |line: &str| line.split("\",\"").nth(7).map(str::to_owned);
    let rows: Vec<_> = table.lines().skip(1).filter_map(clause).collect();
    let count = |id: &str| rows.iter().filter(|row| *row == id).count();
    let counts: Vec<_> = CASES.iter().map(|(id, _)| count(id)).collect();
    assert_eq!(counts, [2, 3, 1, 1, 1, 2, 2, 2]);
}

#[test]
fn a_report_by_a_framework_is_verified_like_any_other() {
    let mut assessed = Assessed::of(Library::default(), &examples()[0]);
    let mut result = assessed.result();
    result.options.by = Some("nist-ai-rmf".to_owned());
    let said = serde_json::json!(result);
    let mut found = Diagnostics::default();
    let verified = verify(&mut assessed.library, &said, &result, AtHand::Nothing, &mut found);
    assert!(
        verified.recomputed.is_some() && verified.differences.is_empty(),
        "{:?}",
        verified.differences
    );
}

/// The crosswalks that are shipped.
pub(crate) fn shipped() -> Vec<Arc<Crosswalk>> {
    let mut library = Library::default();
    let mut found = Diagnostics::default();
    let names = library.names(DocumentKind::Crosswalk);
    let all: Vec<_> = names.iter().filter_map(|id| library.crosswalk(id, &mut found)).collect();
    assert!(found.is_empty() && !all.is_empty(), "{}", faults(&library, &found).join("\n"));
    assert_eq!(all.len(), names.len());
    all
}

#[test]
fn built_in_crosswalks_map_questions_that_are_asked() {
    let mut library = Library::default();
    let mut found = Diagnostics::default();
    let names = library.names(DocumentKind::Questionnaire);
    let all: Vec<_> = names.iter().filter_map(|id| library.questionnaire(id, &mut found)).collect();
    let questions: BTreeSet<_> =
        all.iter().flat_map(|each| &each.questions).map(|each| &each.id).collect();
    for crosswalk in shipped() {
        for clause in &crosswalk.clauses {
            for mapping in &clause.mappings {
                let (id, clause, question) = (&crosswalk.id, &clause.id, &mapping.question);
                assert!(questions.contains(question), "{id}, {clause}: nobody asks {question}");
            }
        }
    }
}

#[test]
fn built_in_clauses_have_short_labels_and_ids_of_their_own() {
    for crosswalk in shipped() {
        let mut ids = BTreeSet::new();
        for clause in &crosswalk.clauses {
            let (id, label) = (&clause.id, &clause.label);
            let words = label.split_whitespace().count();
            assert!(words <= LONGEST_LABEL, "{}, {id}: {words} words: {label}", crosswalk.id);
            assert!(ids.insert(id.replace(char::is_whitespace, "")), "{}: {id}", crosswalk.id);
            assert_eq!(clause.reason.is_some(), clause.mappings.is_empty(), "{id}");
        }
    }
}

/// The frameworks that answers are most often asked for.
const FRAMEWORKS: [&str; 6] =
    ["eu-ai-act", "iso-42001", "nist-ai-rmf", "oecd-ai-principles", "uk-aime", "unesco-ethics"];

/// How many numbered questions each section of the UK draft has.
const AIME: [usize; 10] = [5, 5, 5, 3, 6, 6, 4, 5, 6, 4];

#[test]
fn each_framework_is_there() {
    let shipped = shipped();
    for id in FRAMEWORKS {
        assert!(shipped.iter().any(|each| each.id == id), "no crosswalk to {id}");
    }
}

#[test]
fn each_question_of_the_uk_draft_is_mapped() {
    let shipped = shipped();
    let aime = shipped.iter().find(|each| each.id == "uk-aime").expect("there");
    assert_eq!(AIME.iter().sum::<usize>(), 49);
    for (section, count) in (1..).zip(AIME) {
        for id in (1..=count).map(|number| format!("{section}.{number}")) {
            // A question in parts stands there part by part.
            let part = format!("{id}.");
            let mut clauses =
                aime.clauses.iter().filter(|each| each.id == id || each.id.starts_with(&part));
            let first = clauses.next().unwrap_or_else(|| panic!("{id} is missing"));
            let is_mapped =
                !first.mappings.is_empty() && clauses.all(|each| !each.mappings.is_empty());
            assert!(is_mapped, "no question evidences {id}");
        }
    }
}

#[test]
fn each_question_is_mapped_to_a_clause() {
    let mut library = Library::default();
    let banks = library.all_banks(&mut Diagnostics::default());
    let shipped = shipped();
    let mapped: BTreeSet<_> = shipped
        .iter()
        .flat_map(|each| &each.clauses)
        .flat_map(|clause| &clause.mappings)
        .map(|mapping| &mapping.question)
        .collect();
    for question in banks.iter().flat_map(|bank| &bank.questions) {
        assert!(mapped.contains(&question.id), "{} is mapped to nothing", question.id);
    }
}
