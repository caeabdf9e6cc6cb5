//! `cargo bench`: the engine in process. Figures depend on the machine; compare within one run.

use criterion::{Criterion, criterion_group, criterion_main};
use gapwise::diagnostic::Diagnostics;
use gapwise::library::Library;
use gapwise::render::{page, template::Templates};
use gapwise::{assemble, report, result, score, yaml};
use std::hint::black_box;

const ANSWERS: &str = include_str!("../examples/northlight-models/answers.yaml");

/// The largest example, from its text to an assessment.
fn assess(library: &mut Library) -> (gapwise::model::Assessment, score::Scorecard, Diagnostics) {
    let mut found = Diagnostics::default();
    let answers = library.add("answers.yaml", ANSWERS);
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

criterion_group!(benches, engine, process);
criterion_main!(benches);
