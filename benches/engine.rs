//! `cargo bench`: the engine in process. Figures depend on the machine; compare within one run.

use criterion::{Criterion, criterion_group, criterion_main};
use gapwise::cut::Cut;
use gapwise::diagnostic::Diagnostics;
use gapwise::library::Library;
use gapwise::publish::Publication;
use gapwise::render::pdf::{Setup, read};
use gapwise::render::{page, template::Templates};
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

criterion_group!(benches, engine, pdf, process);
criterion_main!(benches);
