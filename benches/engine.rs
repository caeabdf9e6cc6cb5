//! `cargo bench`: the engine in process. Figures depend on the machine; compare within one run.

#[expect(dead_code, unused_imports, reason = "only some of it is measured here")]
#[path = "clients/made.rs"]
mod made;

use criterion::{Criterion, criterion_group, criterion_main};
use gapwise::cut::Cut;
use gapwise::diagnostic::Diagnostics;
use gapwise::library::{Incoming, Library};
use gapwise::portfolio::ClientResult;
use gapwise::publish::Publication;
use gapwise::render::pdf::{Setup, read};
use gapwise::render::{page, template::Templates};
use gapwise::source::{SourceId, Span};
use gapwise::yaml::Node;
use gapwise::{assemble, report, result, score, yaml};
use std::hint::black_box;

const ANSWERS: &str = include_str!("../examples/northlight-models/answers.yaml");
const BAKERY: &str = include_str!("../examples/corner-bakery/answers.yaml");

/// The largest example, from its text to an assessment.
fn assess(library: &mut Library) -> (gapwise::model::Assessment, score::Scorecard, Diagnostics) {
    assess_text(library, ANSWERS)
}

fn assess_text(
    library: &mut Library,
    text: &str,
) -> (gapwise::model::Assessment, score::Scorecard, Diagnostics) {
    let mut found = Diagnostics::default();
    let answers = library.add("answers.yaml", text);
    let files = Default::default();
    let request =
        assemble::Request { answers, against: None, target: None, date: None, files: &files };
    let (assessment, scorecard) =
        assemble::assess(library, &request, &mut found).expect("a valid example");
    (assessment, scorecard, found)
}

fn engine(criterion: &mut Criterion) {
    let mut library = Library::default();
    let (assessment, scorecard, found) = assess(&mut library);
    let warnings = result::warnings(&library.sources, &found);
    let questions = assessment.questionnaire.questions.len();

    criterion.bench_function(&format!("score {questions} questions"), |bench| {
        bench.iter(|| score::score(black_box(&assessment)));
    });
    criterion.bench_function("report in words", |bench| {
        bench.iter(|| report::report(black_box(&assessment), &scorecard, &warnings));
    });
    let words = report::report(&assessment, &scorecard, &warnings);
    let templates = Templates::default();
    criterion.bench_function("HTML from a report", |bench| {
        bench.iter(|| page::html(black_box(&words), &templates).expect("renders"));
    });
    criterion.bench_function("result as JSON", |bench| {
        bench.iter(|| {
            let result = result::result(black_box(&assessment), &scorecard, &warnings);
            gapwise::render::data::json(&result)
        });
    });
    criterion.bench_function("answers file parsed as YAML", |bench| {
        bench.iter(|| {
            let mut found = Diagnostics::default();
            let mut library = Library::default();
            let id = library.add("answers.yaml", ANSWERS);
            yaml::parse(id, &library.sources, 1 << 20, &mut found).expect("yaml")
        });
    });
    criterion.bench_function("answers file to scorecard, content read each time", |bench| {
        bench.iter(|| assess(&mut Library::default()));
    });
}

/// PDFs from an assessment, fonts read each time; the size of each is in its name.
fn pdf(criterion: &mut Criterion) {
    let templates = Templates::default();
    for (name, text) in [("corner-bakery", BAKERY), ("northlight-models", ANSWERS)] {
        let mut library = Library::default();
        let (assessment, scorecard, _) = assess_text(&mut library, text);
        for cut in [Cut::Board, Cut::Full] {
            let printed = || {
                let report = Publication::new(&assessment, &scorecard, &[], cut, None);
                report.pdf(&Setup::default(), None, &templates).expect("prints").bytes
            };
            let bytes = printed();
            let pages = read::page_texts(&bytes).expect("a PDF").len();
            let of = format!("PDF {} of {name}: {pages} pages, {} bytes", cut.word(), bytes.len());
            criterion.bench_function(&of, |bench| bench.iter(printed));
        }
    }
}

/// The program as a whole, from its start: an answers file scored, all shipped content checked.
fn process(criterion: &mut Criterion) {
    let root = env!("CARGO_MANIFEST_DIR");
    let answers = format!("{root}/examples/northlight-models/answers.yaml");
    let content = format!("{root}/questionnaires");
    for (command, file) in [("score", answers), ("check", content)] {
        criterion.bench_function(&format!("gapwise {command}, as a process"), |bench| {
            bench.iter(|| {
                let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_gapwise"));
                let ended = program.args([command, &file]).output().expect("runs");
                assert!(ended.status.success());
            });
        });
    }
}

/// A client of a batch, as a file and as a line of JSON: what reading takes, and all of it up to the line of results.
fn client(criterion: &mut Criterion) {
    let mut clients = made::Clients::new("msme-first-look", 7).expect("built in");
    let client = clients.next().expect("any number");
    let (file, line) = (client.yaml(), client.json_line());
    let mut library = Library::default();
    let slot = library.sources.add("", "");
    let span = Span { source: slot, start: 0, end: line.len() as u32 };
    let read = || yaml::json::read(black_box(&line), span).expect("JSON");
    criterion.bench_function("client file: read by the YAML crate alone", |bench| {
        bench.iter(|| serde_yaml::from_str::<serde_json::Value>(black_box(&file)).expect("YAML"));
    });
    criterion.bench_function("client file: to a line of results", |bench| {
        bench.iter(|| line_of_results(&mut library, slot, &file, None));
    });
    criterion.bench_function("client line of JSON: read", |bench| bench.iter(read));
    criterion.bench_function("client line of JSON: to a line of results", |bench| {
        bench.iter(|| line_of_results(&mut library, slot, &line, Some(read())));
    });
}

fn line_of_results(
    library: &mut Library,
    slot: SourceId,
    text: &str,
    data: Option<Node>,
) -> String {
    let text = text.to_owned();
    library.put(slot, Incoming { name: "client", text, first_line: 1, data });
    let files = Default::default();
    let request =
        assemble::Request { answers: slot, against: None, target: None, date: None, files: &files };
    let assessed = assemble::assess(library, &request, &mut Diagnostics::default());
    let (assessment, scorecard) = assessed.expect("a valid client");
    let client = ClientResult::new(&assessment, &scorecard, String::new(), String::new());
    serde_json::to_string(&client).expect("JSON")
}

criterion_group!(benches, engine, pdf, client, process);
criterion_main!(benches);
