//! What the sources ask for is a requirement that a question evidences, row by row of our own lists
//! of the sources.

use crate::content::{Content, RESPONDENTS, STAGES, none, profile};
use crate::crosswalks::shipped;
use crate::{root, text, writing};
use gapwise::length::length;
use gapwise::library::Library;
use gapwise::model::{Domain, MappedClause, QuestionId, Questionnaire, Requirement, Score};
use gapwise::raw::DocumentKind;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

/// How many items the preamble (P) and each action of the Code have, by our fact sheet; they carry
/// the letters a, b, c and so on.
const MEASURES: [(&str, u8); 12] = [
    ("P", 15),
    ("1", 24),
    ("2", 11),
    ("3", 14),
    ("4", 10),
    ("5", 13),
    ("6", 13),
    ("7", 6),
    ("8", 11),
    ("9", 6),
    ("10", 8),
    ("11", 8),
];

/// A fact and a permission: nothing that could be done or left undone.
const LISTED: [&str; 2] = ["HCOC-P.a", "HCOC-7.c"];

/// What must never be done.
const GATES: [&str; 5] = ["HCOC-P.k", "HCOC-P.l", "HCOC-P.m", "HCOC-P.n", "HCOC-P.o"];

/// How many practices our fact sheet on the public-sector toolkit has under each heading.
const PRACTICES: [(&str, usize); 10] = [
    ("PST-1", 9),
    ("PST-2", 23),
    ("PST-3", 13),
    ("PST-4.1", 8),
    ("PST-4.2", 6),
    ("PST-4.3", 6),
    ("PST-4.4", 8),
    ("PST-4.5", 8),
    ("PST-4.6", 7),
    ("PST-4.7", 6),
];

/// A row of what a source asks for, and whether an organisation can be asked about it.
struct Row {
    id: String,
    is_asked: bool,
}

/// All rows, by source: our ledger of the three seed texts in `tests/coverage/seeds.csv`, the
/// measures of the Code, the practices for public bodies.
fn rows() -> BTreeMap<&'static str, Vec<Row>> {
    let mut rows = BTreeMap::<_, Vec<Row>>::new();
    for line in text(&root("tests/coverage/seeds.csv")).lines().skip(1) {
        let (id, assessable) = line.split_once(',').expect("two columns");
        let source = match id.split('-').next() {
            Some("G7") => "G7 declaration",
            Some("T7") => "TECH7 priorities",
            _ => "G20 statement",
        };
        let row = Row { id: id.to_owned(), is_asked: assessable != "no" };
        rows.entry(source).or_default().push(row);
    }
    for (action, count) in MEASURES {
        let letters = (b'a'..b'a' + count).map(char::from);
        let ids = letters.map(|letter| format!("HCOC-{action}.{letter}"));
        let row = |id: String| Row { is_asked: !LISTED.contains(&id.as_str()), id };
        rows.entry("Code of Conduct").or_default().extend(ids.map(row));
    }
    for (heading, count) in PRACTICES {
        let ids = (1..=count).map(|number| format!("{heading}.{number}"));
        let row = |id| Row { id, is_asked: true };
        rows.entry("public-sector toolkit").or_default().extend(ids.map(row));
    }
    rows
}

/// The requirements that name a row in their source.
fn requirements_of<'a>(
    content: &'a Content,
    row: &str,
) -> Vec<(&'a Questionnaire, &'a Requirement)> {
    let all = content.all.iter();
    let all = all.flat_map(|each| each.requirements().map(move |(_, of)| (each.as_ref(), of)));
    let names =
        |of: &Requirement| of.clauses.iter().any(|each| each.rows.iter().any(|id| id == row));
    all.filter(|(_, of)| names(of)).collect()
}

#[test]
fn each_row_is_evidenced_by_a_question_or_listed_with_a_reason() {
    let content = Content::load();
    let rows = rows();
    let assessable = |source| rows[source].iter().filter(|row| row.is_asked).count();
    let seeds = ["G7 declaration", "TECH7 priorities", "G20 statement"];
    assert_eq!(seeds.map(assessable).iter().sum::<usize>(), 137);
    assert_eq!(seeds.map(|source| rows[source].len()).iter().sum::<usize>(), 170);
    assert_eq!(rows["Code of Conduct"].len(), 15 + 124);
    assert_eq!(rows["public-sector toolkit"].len(), 94);
    let mut wrong = Vec::new();
    for row in rows.values().flatten() {
        let found = requirements_of(&content, &row.id);
        let is_asked = found.iter().any(|(_, of)| !of.asked_by.is_empty());
        let is_listed = found.iter().any(|(_, of)| of.listed.is_some());
        match row.is_asked {
            true if !is_asked => wrong.push(format!("{}: no question evidences it", row.id)),
            false if is_asked || !is_listed => {
                wrong.push(format!("{}: it is to be listed with the reason why not", row.id));
            }
            _ => {}
        }
    }
    none(wrong);
}

#[test]
fn each_row_that_a_requirement_names_exists() {
    let content = Content::load();
    let known: BTreeSet<String> = rows().into_values().flatten().map(|row| row.id).collect();
    let mut wrong = Vec::new();
    for questionnaire in &content.all {
        for (_, requirement) in questionnaire.requirements() {
            let named = requirement.clauses.iter().flat_map(|clause| &clause.rows);
            let unknown = named.filter(|row| !known.contains(*row));
            let place = format!("{} {}", questionnaire.id, requirement.id);
            wrong.extend(unknown.map(|row| format!("{place}: no row `{row}`")));
        }
    }
    none(wrong);
}

/// In the questionnaires made row by row, each requirement is named after its row.
#[test]
fn requirements_carry_the_ids_of_their_rows() {
    let content = Content::load();
    let pairs = [
        ("g7-declaration", "G7 declaration"),
        ("tech7-priorities", "TECH7 priorities"),
        ("digital-resilience", "G20 statement"),
        ("hiroshima-code-of-conduct", "Code of Conduct"),
    ];
    let rows = rows();
    let mut wrong = Vec::new();
    for (id, source) in pairs {
        for row in &rows[source] {
            let found = requirements_of(&content, &row.id);
            let of: Vec<_> = found.iter().filter(|(each, _)| each.id == id).collect();
            match of.as_slice() {
                [(_, requirement)] if row.id.starts_with(requirement.id.as_str()) => {}
                [(_, requirement)] => wrong.push(format!("{id}: {} is {}", row.id, requirement.id)),
                _ => wrong.push(format!("{id}: {} is named {} times", row.id, of.len())),
            }
        }
    }
    none(wrong);
}

#[test]
fn each_source_lists_its_clauses() {
    let mut library = Library::default();
    let mut wrong = Vec::new();
    for read in library.documents(DocumentKind::Questionnaire) {
        let raw = read.questionnaire().expect("a questionnaire");
        for (key, source) in raw.sources.iter().flat_map(|sources| &sources.entries) {
            if source.clauses.is_none() {
                let id = raw.id.as_ref().map_or("", |id| id.value.as_str());
                wrong.push(format!("{id}: source {} lists no clauses", key.value));
            }
        }
    }
    assert!(library.documents(DocumentKind::Questionnaire).len() >= 7);
    none(wrong);
}

/// The domain and what it must be of each measure of the Code.
#[test]
fn each_measure_of_the_code_stands_in_its_action() {
    let content = Content::load();
    let code = content.questionnaire("hiroshima-code-of-conduct");
    let mut wrong = Vec::new();
    for (domain, requirement) in code.requirements() {
        wrong.extend(fault(domain, requirement));
    }
    assert_eq!(code.requirements().count(), 139);
    none(wrong);
}

fn fault(domain: &Domain, requirement: &Requirement) -> Option<String> {
    let id = requirement.id.as_str();
    if !id.starts_with(&format!("{}.", domain.id)) {
        return Some(format!("{id} stands in {}", domain.id));
    }
    let gate = GATES.contains(&id).then_some(Score::FULL);
    (requirement.gate != gate).then(|| format!("{id} has the gate {:?}", requirement.gate))
}

#[test]
fn each_question_is_asked() {
    let content = Content::load();
    let asked: BTreeSet<&QuestionId> =
        content.all.iter().flat_map(|each| &each.questions).map(|each| &each.id).collect();
    let unasked = content.questions().filter(|question| !asked.contains(&question.id));
    none(unasked.map(|question| format!("{} is asked by no requirement", question.id)).collect());
}

#[test]
fn question_ids_are_of_one_bank_only() {
    let content = Content::load();
    let mut seen = BTreeSet::new();
    let twice = content.questions().filter(|question| !seen.insert(question.id.as_str()));
    none(twice.map(|question| format!("{} stands in two banks", question.id)).collect());
}

/// What anyone may want to know of the content at a glance, kept in `tests/coverage/tables.snap`.
///
/// After a wanted change: `INSTA_UPDATE=always cargo test --test suite coverage`.
#[test]
fn tables() {
    let content = Content::load();
    let mut out = String::new();
    rows_table(&content, &mut out);
    respondents_table(&content, &mut out);
    words_table(&content, &mut out);
    crosswalks_table(&mut out);
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(root("tests/coverage"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("tables", out));
}

fn rows_table(content: &Content, out: &mut String) {
    let _ = writeln!(out, "{:<24}{:>6}{:>12}{:>8}", "source", "rows", "evidenced", "listed");
    for (source, rows) in rows() {
        let has = |row: &&Row| {
            requirements_of(content, &row.id).iter().any(|(_, of)| !of.asked_by.is_empty())
        };
        let evidenced = rows.iter().filter(has).count();
        let listed = rows.len() - evidenced;
        let _ = writeln!(out, "{source:<24}{:>6}{evidenced:>12}{listed:>8}", rows.len());
    }
}

fn respondents_table(content: &Content, out: &mut String) {
    let cell = |questionnaire: &Arc<Questionnaire>, facts: &str| {
        let length = length(questionnaire, &content.facts, &profile(facts));
        (length.questions, length.minutes)
    };
    let _ = writeln!(out, "\nquestions (minutes)");
    for questionnaire in content.all.iter().filter(|each| each.id != "public-sector-system") {
        let _ = writeln!(out, "  {}", questionnaire.id);
        let is_for = |(_, facts): &&(&str, &str)| {
            let is_public = facts.contains("ownership=public");
            is_public || questionnaire.audience.iter().any(|each| each == "organisation")
        };
        for (who, facts) in RESPONDENTS.iter().filter(is_for) {
            let (questions, minutes) = cell(questionnaire, facts);
            let _ = writeln!(out, "    {who:<22}{questions:>5}{:>7}", format!("({minutes})"));
        }
    }
    let system = content.questionnaire("public-sector-system");
    let _ = writeln!(out, "  {}", system.id);
    for stage in STAGES {
        let (questions, minutes) = cell(system, &format!("kind=system stage={stage}"));
        let _ = writeln!(out, "    {stage:<22}{questions:>5}{:>7}", format!("({minutes})"));
    }
}

fn words_table(content: &Content, out: &mut String) {
    let _ = writeln!(
        out,
        "\n{:<28}{:>13}{:>8}{:>11}{:>8}",
        "questionnaire", "requirements", "listed", "questions", "grade"
    );
    for each in &content.all {
        let listed = each.requirements().filter(|(_, of)| of.listed.is_some()).count();
        let grade = writing::median_grade(&each.questions, &content.glossary);
        let _ = writeln!(
            out,
            "{:<28}{:>13}{listed:>8}{:>11}{:>8}",
            each.id,
            each.requirements().count(),
            each.questions.len(),
            format!("{}.{}", grade / 10, grade % 10)
        );
    }
    let questions = content.questions().count();
    let steps: usize = content.questions().map(|question| question.steps.len()).sum();
    let _ = writeln!(
        out,
        "\n{questions} questions in {} banks, {steps} steps, {} terms",
        content.banks.len(),
        content.glossary.0.len()
    );
    let _ =
        writeln!(out, "grade: Flesch-Kincaid, median over the questions, glossary terms left out");
}

fn crosswalks_table(out: &mut String) {
    let _ = writeln!(
        out,
        "\n{:<24}{:>9}{:>8}{:>13}{:>10}{:>11}",
        "crosswalk", "clauses", "mapped", "unconfirmed", "mappings", "questions"
    );
    for each in shipped() {
        let count = |is: &dyn Fn(&MappedClause) -> bool| {
            each.clauses.iter().filter(|clause| is(clause)).count()
        };
        let mappings = || each.clauses.iter().flat_map(|clause| &clause.mappings);
        let questions: BTreeSet<_> = mappings().map(|mapping| &mapping.question).collect();
        let _ = writeln!(
            out,
            "{:<24}{:>9}{:>8}{:>13}{:>10}{:>11}",
            each.id,
            each.clauses.len(),
            count(&|clause| !clause.mappings.is_empty()),
            count(&|clause| !clause.confirmed),
            mappings().count(),
            questions.len()
        );
    }
}
