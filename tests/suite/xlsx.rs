//! The report as an Excel workbook, read back: it says what the report says, in numbers and texts.

use crate::registry::examples;
use crate::{Assessed, name};
use calamine::{Data, DataType as _, Range, Reader, Xlsx};
use gapwise::cut::Cut;
use gapwise::digest::Digest;
use gapwise::library::Library;
use gapwise::report::Report;
use std::io::{Cursor, Read};

type Book = Xlsx<Cursor<Vec<u8>>>;

/// The parts of a workbook as they are written, and a digest of it all.
pub(crate) fn readable(workbook: &[u8]) -> String {
    let mut parts = zip::ZipArchive::new(Cursor::new(workbook)).expect("a zip");
    let mut all = Digest::of_bytes(workbook).to_string();
    for at in 0..parts.len() {
        parts.by_index(at).expect("a part").read_to_string(&mut all).expect("text");
    }
    all
}

fn workbook(assessed: &mut Assessed, by: Option<&str>) -> Vec<u8> {
    assessed.publication(Cut::Full, by).workbook().expect("a workbook")
}

fn opened(bytes: Vec<u8>) -> Book {
    Xlsx::new(Cursor::new(bytes)).expect("a workbook")
}

fn sheet(book: &mut Book, name: &str) -> Range<Data> {
    book.worksheet_range(name).unwrap_or_else(|why| panic!("{name}: {why}"))
}

/// The rows of a table below its head, of the columns with these heads.
fn columns<const WIDTH: usize>(sheet: &Range<Data>, heads: [&str; WIDTH]) -> Vec<[String; WIDTH]> {
    let head: Vec<_> = sheet.rows().next().expect("a head").iter().map(shown).collect();
    let place = |name: &str| head.iter().position(|head| head == name).expect("a column");
    let places = heads.map(place);
    sheet.rows().skip(1).map(|row| places.map(|at| shown(&row[at]))).collect()
}

/// A text as it is, a share as the report words figures.
#[expect(clippy::float_arithmetic, reason = "a cell holds a share, the report points")]
fn shown(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        Data::Float(number) if number.fract() == 0.0 && *number > 1.0 => number.to_string(),
        Data::Float(share) => format!("{:.2}", share * 100.0),
        other => panic!("neither text nor number: {other:?}"),
    }
}

fn or_nothing(figure: &str) -> String {
    figure.trim_matches('–').to_owned()
}

/// Every figure and every text of these is where it belongs.
fn says_the_same(report: &Report, book: &mut Book) {
    let some = |figure: &Option<String>| figure.clone().unwrap_or_default();
    let domains = report.domains.iter().map(|domain| {
        let figures = &domain.figures;
        let [score, target] = [or_nothing(&figures.score), some(&figures.target)];
        [domain.id.clone(), domain.title.clone(), figures.level.clone(), score, target]
    });
    let heads = ["Domain", "Title", "Level", "Score", "Target"];
    assert_eq!(columns(&sheet(book, "Domains"), heads), domains.collect::<Vec<_>>());

    let asked = || report.domains.iter().flat_map(|domain| &domain.requirements);
    let requirements = asked().map(|each| {
        let figures = &each.figures;
        [
            each.id.clone(),
            each.statement.clone(),
            each.clause.clone(),
            some(&each.gate),
            or_nothing(&figures.score),
            some(&figures.target),
            some(&figures.gap),
            or_nothing(figures.coverage.trim_end_matches(" %")),
        ]
    });
    let heads = [
        "Requirement",
        "What is asked for",
        "Clause",
        "Ground rule",
        "Score",
        "Target",
        "Gap",
        "Coverage",
    ];
    assert_eq!(columns(&sheet(book, "Requirements"), heads), requirements.collect::<Vec<_>>());

    let answers = asked().flat_map(|each| each.answers.iter().map(move |answer| (each, answer)));
    let answers = answers.map(|(each, answer)| {
        let visibility = if answer.public { "public" } else { "internal" };
        [
            each.id.clone(),
            answer.id.clone(),
            answer.ask.clone(),
            answer.said.clone(),
            answer.state.clone(),
            some(&answer.score),
            some(&answer.note),
            some(&answer.by),
            visibility.to_owned(),
        ]
    });
    let heads = [
        "Requirement",
        "Question",
        "Ask",
        "Answer",
        "State",
        "Score",
        "Note",
        "Answered by",
        "Visibility",
    ];
    assert_eq!(columns(&sheet(book, "Answers"), heads), answers.collect::<Vec<_>>());
}

/// Broken ground rules first, then each finding with its figures and all that is to be done.
fn has_the_findings(report: &Report, book: &mut Book) {
    if report.failed_gates.is_empty() && report.findings.is_empty() {
        return;
    }
    let found = sheet(book, "Findings");
    let gates = report.failed_gates.iter().map(|gate| (&gate.id, None, &gate.steps));
    let findings = report.findings.iter().map(|each| (&each.id, Some(each), &each.steps));
    let heads = ["Requirement", "Severity", "Score", "Gap", "Worth", "What to do"];
    let rows = columns(&found, heads);
    assert_eq!(rows.len(), report.failed_gates.len() + report.findings.len());
    for ([id, severity, score, gap, worth, todo], (of, finding, steps)) in
        rows.iter().zip(gates.chain(findings))
    {
        assert_eq!(id, of);
        if let Some(finding) = finding {
            assert_eq!((severity, score), (&finding.severity, &finding.score));
            assert_eq!((gap, worth), (finding.gap.as_ref().expect("a gap"), &finding.worth));
        }
        assert!(steps.iter().all(|step| todo.contains(&step.action)), "{id}");
    }
    let ranks: Vec<_> = found.rows().skip(1).filter_map(|row| row[0].get_float()).collect();
    assert_eq!(ranks, (1..=report.findings.len()).map(|rank| rank as f64).collect::<Vec<_>>());
}

/// All texts of the first sheet.
fn summary(book: &mut Book) -> String {
    let cells = sheet(book, "Summary");
    cells.used_cells().map(|(_, _, cell)| shown(cell) + "\n").collect()
}

#[test]
fn a_workbook_says_what_the_report_says() {
    for answers in examples() {
        let mut assessed = Assessed::of(Library::default(), &answers);
        let report = assessed.report(None);
        let mut book = opened(workbook(&mut assessed, None));
        assert_eq!(
            book.sheet_names(),
            ["Summary", "Domains", "Requirements", "Findings", "Answers"],
            "{}",
            name(&answers)
        );
        says_the_same(&report, &mut book);
        has_the_findings(&report, &mut book);
        let summary = summary(&mut book);
        let said = [
            &report.head.name,
            &report.head.date,
            &report.head.engine,
            &report.questionnaire.version,
            &report.verdict_sentence,
            &report.overall.score,
        ];
        let actions = report.first_actions.iter().map(|action| &action.action);
        for text in said.into_iter().chain(&report.alerts).chain(&report.respondents).chain(actions)
        {
            assert!(summary.contains(text), "the summary lacks: {text}");
        }
        assert!(summary.contains("It is no certificate"));
    }
}

#[test]
fn by_a_framework_each_clause_is_there() {
    let mut assessed = Assessed::of(Library::default(), &examples()[0]);
    let report = assessed.report(Some("nist-ai-rmf"));
    let by = report.by.as_ref().expect("a framework");
    let mut book = opened(workbook(&mut assessed, Some("nist-ai-rmf")));
    assert_eq!(book.sheet_names(), ["Summary", "Clauses", "Answers"]);
    let clauses: Vec<_> = by.groups.iter().flat_map(|group| &group.clauses).collect();
    let heads = ["Clause", "Mean of the mapped questions (ours)"];
    let wanted = clauses.iter().map(|clause| [clause.id.clone(), or_nothing(&clause.mean)]);
    assert_eq!(columns(&sheet(&mut book, "Clauses"), heads), wanted.collect::<Vec<_>>());
    let mapped = clauses.iter().flat_map(|clause| {
        clause.questions.iter().map(|each| [clause.id.clone(), each.answer.id.clone()])
    });
    let heads = ["Clause", "Question"];
    assert_eq!(columns(&sheet(&mut book, "Answers"), heads), mapped.collect::<Vec<_>>());
}

/// The answers file of a bakery, with a note and a reason.
fn bakery(name: &str, note: &str, reason: &str) -> Assessed {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let text = format!(
        "gapwise: answers/1\nof: {{name: {}}}\nprofile: {{role: [deployer], size: micro}}\n\
         date: 2026-11-02\nquestionnaire: hiroshima-code-of-conduct\nanswers:\n  \
         GOV-1: {{level: 2, note: {}}}\n  GOV-2: {{not-applicable: {}}}\n",
        quoted(name),
        quoted(note),
        quoted(reason)
    );
    Assessed::from_text(Library::default(), text)
}

#[test]
fn what_looks_like_a_formula_is_text() {
    let formula = "=HYPERLINK(\"https://example.org\", \"x\")";
    for start in
        [formula, "+1+1", "-2", "@SUM(A1)", "{=1}", "https://example.org", "_x0041_", "<r>1</r>"]
    {
        let bytes = workbook(&mut bakery(start, start, start), None);
        let parts = readable(&bytes);
        assert!(!parts.contains("<f>") && !parts.contains("<hyperlink"), "{start}");
        let mut book = opened(bytes);
        let notes = columns(&sheet(&mut book, "Answers"), ["Note"]);
        assert!(notes.iter().any(|[note]| note == start), "{start}");
        assert!(summary(&mut book).contains(start));
    }
}

#[test]
fn any_text_fits() {
    let long = "word ".repeat(8_000) + "END";
    let right_to_left = "מאפייה פינתית، مخبز";
    let mut assessed = bakery(right_to_left, &long, "Line\none\u{1b}\u{7}");
    let mut book = opened(workbook(&mut assessed, None));
    assert!(summary(&mut book).contains(right_to_left));
    let answers = columns(&sheet(&mut book, "Answers"), ["Note", "Answer"]);
    let [note, _] = answers.iter().find(|[note, _]| note.len() > 1_000).expect("the note");
    assert_eq!(note.encode_utf16().count(), 32_767);
    assert!(note.contains("longer than a cell can hold") && !note.contains("END"));
    assert!(answers.iter().any(|[_, said]| said.starts_with("Not applicable: Line one")));
    let control = |c: char| c.is_control() && c != '\n';
    assert!(!answers.iter().any(|row| row.concat().contains(control)));
}

/// Each table can be filtered, the chart is drawn from the sheet of domains and says what it is.
#[test]
fn tables_and_chart_are_excels_own() {
    let bytes = workbook(&mut Assessed::of(Library::default(), &examples()[0]), None);
    let parts = readable(&bytes);
    for name in ["Domains", "Requirements", "Findings", "Answers"] {
        assert!(parts.contains(&format!("displayName=\"{name}\"")), "{name}");
    }
    assert_eq!(parts.matches("<autoFilter").count(), 4);
    assert!(parts.contains("<c:barChart>") && parts.contains("Domains!$B$2:$B$"));
    assert!(parts.contains("descr=\"Score and target of each domain"));
    assert!(parts.contains("2026-") && parts.contains("T00:00:00Z</dcterms:created>"));
}
