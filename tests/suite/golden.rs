//! Each example keeps its report: HTML, Markdown and the result as JSON.
//!
//! After a wanted change: `INSTA_UPDATE=always cargo test --test suite golden`, then read the diff.

use crate::registry::examples;
use crate::{Assessed, entries, name, root};
use gapwise::compare::{Found, Given, Input, Request, compare, words};
use gapwise::cut::Cut;
use gapwise::library::Library;
use gapwise::load;
use gapwise::plan;
use gapwise::render::comparison::{html, markdown};
use gapwise::render::cut::file_name;
use gapwise::render::template::Templates;
use gapwise::render::{Format, RenderError};
use std::path::{Path, PathBuf};

const KEPT: [Format; 3] = [Format::Html, Format::Markdown, Format::Json];

/// An example whose report by a framework is kept: folder, framework, format.
const KEPT_BY: (&str, &str, Format) = ("riverside-housing", "nist-ai-rmf", Format::Markdown);

/// An example whose report with a plan is kept: folder, half-days.
const KEPT_PLAN: (&str, u32) = ("harbour-assist", 20);

/// The report with a plan on an example.
fn planned() -> String {
    let (folder, halves) = KEPT_PLAN;
    let answers = root("examples").join(folder).join("answers.yaml");
    let mut assessed = Assessed::of(Library::default(), &answers);
    let plan = plan::plan(&assessed.assessment, &assessed.scorecard, halves);
    let publication = assessed.publication(Cut::Full, None);
    let publication = publication.with_plan(&assessed.assessment, &plan.expect("a size"));
    publication.text(Format::Markdown, &Templates::default()).expect("rendered")
}

/// `harbour-assist.plan.report.md`
fn snapshot_planned() -> String {
    format!("{}.plan.{}", KEPT_PLAN.0, Format::Markdown.file_name())
}

/// The report on an example in each format, as the command line writes it.
fn rendered(answers: &Path, by: Option<&str>, formats: &[Format]) -> Vec<(Format, String)> {
    let assessed = Assessed::of(Library::default(), answers);
    let texts = assessed.cut(Cut::Full, by, formats, &Templates::default());
    let texts = texts.unwrap_or_else(|why| panic!("{}: {why}", answers.display()));
    formats.iter().copied().zip(texts).collect()
}

/// The examples whose cuts are kept, and which: one has answers marked public and a first action with
/// a page to fill in, the other has broken ground rules.
const CUTS: [(&str, &[Cut]); 2] = [
    ("riverside-housing", &[Cut::Owner, Cut::Board, Cut::Buyer, Cut::Public]),
    ("harbour-assist", &[Cut::Owner, Cut::Board]),
];

/// Each cut that is kept: folder, cut, and the name of its snapshot.
fn cuts() -> impl Iterator<Item = (&'static str, Cut, String)> {
    let one = |(folder, cut): (&'static str, Cut)| {
        (folder, cut, format!("{folder}.{}", file_name(cut, None, Format::Markdown)))
    };
    CUTS.into_iter().flat_map(|(folder, cuts)| cuts.iter().map(move |cut| (folder, *cut))).map(one)
}

/// A cut of the report on an example, as the command line writes it.
fn cut_of(answers: &Path, cut: Cut, format: Format) -> String {
    let text =
        Assessed::of(Library::default(), answers).cut(cut, None, &[format], &Templates::default());
    text.unwrap_or_else(|why| panic!("{}: {why}", answers.display())).concat()
}

/// What a comparison of an example with a later one is kept as.
const COMPARISONS: [&str; 2] = ["corner-bakery.comparison.html", "corner-bakery.comparison.md"];

/// The comparison of the corner bakery with itself half a year on, as page and as text.
pub(crate) fn comparison(templates: &Templates) -> Result<[String; 2], RenderError> {
    let mut library = Library::default();
    let mut given = |path: &str| {
        let source = load::document(&mut library, &root(path), &mut Default::default());
        let source = source.expect("readable").expect("UTF-8");
        Given { name: path.to_owned(), input: Input::Answers(source, Default::default()) }
    };
    let files = [
        given("examples/corner-bakery/answers.yaml"),
        given("examples/corner-bakery/half-a-year-later.yaml"),
    ];
    let mut found = Found::default();
    let compared = compare(&mut library, None, &files, &Request::default(), &mut found);
    let words = words(&compared.expect("can be compared"));
    Ok([html(&words, templates)?, markdown(&words, templates)?])
}

/// `northlight-models.report.html`
fn snapshot(answers: &Path, format: Format) -> String {
    let folder = answers.parent().expect("in a folder of examples/");
    format!("{}.{}", name(folder), format.file_name())
}

/// `riverside-housing.by-nist-ai-rmf.report.md`
fn snapshot_by() -> String {
    let (folder, by, format) = KEPT_BY;
    format!("{folder}.by-{by}.{}", format.file_name())
}

#[test]
fn examples_keep_their_reports() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(root("tests/golden"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for answers in examples() {
            for (format, text) in rendered(&answers, None, &KEPT) {
                insta::assert_snapshot!(snapshot(&answers, format), text);
            }
        }
        let (folder, by, format) = KEPT_BY;
        let answers = root("examples").join(folder).join("answers.yaml");
        for (_, text) in rendered(&answers, Some(by), &[format]) {
            insta::assert_snapshot!(snapshot_by(), text);
        }
        insta::assert_snapshot!(snapshot_planned(), planned());
        for (folder, cut, snapshot) in cuts() {
            let answers = root("examples").join(folder).join("answers.yaml");
            insta::assert_snapshot!(snapshot, cut_of(&answers, cut, Format::Markdown));
        }
        let comparison = comparison(&Templates::default()).expect("renders");
        for (snapshot, text) in COMPARISONS.into_iter().zip(comparison) {
            insta::assert_snapshot!(snapshot, text);
        }
    });
    for file in entries(&root("tests/golden")) {
        let belongs = |answers: &PathBuf| {
            KEPT.iter().any(|format| format!("{}.snap", snapshot(answers, *format)) == name(&file))
        };
        let is_by = name(&file) == format!("{}.snap", snapshot_by());
        let is_cut = cuts().any(|(_, _, snapshot)| format!("{snapshot}.snap") == name(&file));
        let is_comparison = COMPARISONS.iter().any(|each| format!("{each}.snap") == name(&file));
        let is_planned = name(&file) == format!("{}.snap", snapshot_planned());
        let is_known = is_by || is_cut || is_comparison || is_planned;
        let is_kept = examples().iter().any(belongs) || is_known;
        assert!(is_kept, "no example has it: delete {}", file.display());
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for answers in examples() {
        for by in [None, Some(KEPT_BY.1)] {
            let run = || rendered(&answers, by, Format::ALL);
            for ((format, one), (_, other)) in run().iter().zip(&run()) {
                assert!(one == other, "{} differs from run to run", snapshot(&answers, *format));
            }
        }
    }
}
