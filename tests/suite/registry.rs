//! Everything that is shipped is valid, used and explained; whoever forgets a piece is told which.

use crate::golden::comparison;
use crate::{Assessed, entries, faults, files, name, root, text};
use gapwise::assemble;
use gapwise::cut::Cut;
use gapwise::diagnostic::{Code, Diagnostics};
use gapwise::form::{Engine, Form, page};
use gapwise::library::Library;
use gapwise::load;
use gapwise::model::Questionnaire;
use gapwise::raw::DocumentKind;
use gapwise::render::pdf::Setup;
use gapwise::render::pdf::fonts::Fonts;
use gapwise::render::plan as plan_page;
use gapwise::render::summary;
use gapwise::render::template::Templates;
use gapwise::render::{Format, RenderError, aid, render};
use gapwise::schema::schema;
use gapwise::source::{LARGEST_ANSWERS, Sources};
use gapwise::validate::EvidenceFiles;
use gapwise::yaml::{self, Data, Node};
use jsonschema::Validator;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Codes that no fixture can show, because the file is too large to keep or nothing is wrong with
/// it; tests below show them. Those of a PDF are shown by `pdf_hostile.rs` and
/// `tests/commands/pdf.trycmd`; those of a workbook, letter W, by `workbook/`, and those of
/// a batch, R2, by `batch/`.
const WITHOUT_FIXTURE: [Code; 4] = [Code::Y004, Code::Y024, Code::R101, Code::R102];

/// Targets that no questionnaire names, for `--target` alone.
const TARGETS_BY_NAME_ONLY: [&str; 0] = [];

/// Mappings whose keys are the author's; everywhere else an unknown key is refused.
const OWN_KEYS: [&str; 4] = ["strengths", "effort", "profile", "answers"];

/// The answers files of `examples/`.
pub(crate) fn examples() -> Vec<PathBuf> {
    let folders = entries(&root("examples"));
    let found: Vec<_> = folders.iter().map(|folder| folder.join("answers.yaml")).collect();
    assert!(!found.is_empty());
    found
}

/// The documents of `questionnaires/` of one kind, by their paths.
fn shipped(kind: DocumentKind) -> Vec<PathBuf> {
    let mut library = Library::default();
    let is_it = |path: &PathBuf| {
        let source = load::document(&mut library, path, &mut Diagnostics::default());
        let source = source.expect("readable").expect("UTF-8");
        library.kind_of(source) == Some(kind)
    };
    files(&root("questionnaires")).into_iter().filter(is_it).collect()
}

fn questionnaires() -> Vec<Arc<Questionnaire>> {
    let mut library = Library::default();
    let mut found = Diagnostics::default();
    let names = library.names(DocumentKind::Questionnaire);
    let all: Vec<_> =
        names.iter().filter_map(|name| library.questionnaire(name, &mut found)).collect();
    assert_eq!(all.len(), names.len(), "{}", faults(&library, &found).join("\n"));
    all
}

#[test]
fn each_code_has_a_fixture() {
    for code in Code::ALL {
        let folder = root("tests/diagnostics").join(format!("{}-{}", code.id(), code.name()));
        if WITHOUT_FIXTURE.contains(code)
            || code.id().starts_with('W')
            || code.id().starts_with("R2")
        {
            assert!(!folder.exists(), "{} has a fixture: strike it from the list", code.id());
            continue;
        }
        for file in ["bad.yaml", "good.yaml"] {
            assert!(folder.join(file).is_file(), "{} is missing", folder.join(file).display());
        }
    }
}

#[test]
fn each_code_has_an_explanation() {
    for code in Code::ALL {
        let (id, explanation) = (code.id(), code.explanation());
        assert!(explanation.split_whitespace().count() >= 4, "{id}: {explanation}");
        assert!(explanation.ends_with('.'), "{id} breaks off: {explanation}");
        let last = explanation.trim_end_matches('.').rsplit(' ').next().unwrap_or_default();
        let is_code = |code: &Code| last == code.name() || last == code.id();
        assert!(!Code::ALL.iter().any(is_code), "{id} ends in a code: {explanation}");
    }
    let ids: BTreeSet<_> = Code::ALL.iter().map(|code| code.id()).collect();
    let names: BTreeSet<_> = Code::ALL.iter().map(|code| code.name()).collect();
    assert_eq!((ids.len(), names.len()), (Code::ALL.len(), Code::ALL.len()), "a code stands twice");
}

/// What `check` finds in a document of a given text.
fn found_in(text: String) -> Vec<Code> {
    let mut library = Library::default();
    let mut found = Diagnostics::default();
    let source = library.add("document.yaml", text);
    assemble::check(&mut library, source, &EvidenceFiles::new(), &mut found);
    found.sorted().into_iter().map(|each| each.code).collect()
}

#[test]
fn y004_a_document_beyond_its_size_is_refused() {
    let answers = text(&examples()[0]);
    let room = LARGEST_ANSWERS - answers.len();
    let padded = |by: usize| format!("{answers}#{}", " ".repeat(by - 1));
    assert!(!found_in(padded(room)).contains(&Code::Y004));
    assert_eq!(found_in(padded(room + 1)), [Code::Y004]);
}

#[test]
fn y024_only_answers_are_scored() {
    let mut library = Library::default();
    let mut found = Diagnostics::default();
    let target = text(&root("questionnaires/targets/proportionate.yaml"));
    let request = assemble::Request {
        answers: library.add("target.yaml", target),
        against: None,
        target: None,
        date: None,
        files: &EvidenceFiles::new(),
    };
    assert!(assemble::assess(&mut library, &request, &mut found).is_none());
    let codes: Vec<_> = found.sorted().into_iter().map(|each| each.code).collect();
    assert_eq!(codes, [Code::Y024]);
}

#[test]
fn each_shipped_document_is_valid() {
    for path in files(&root("questionnaires")) {
        let mut library = Library::default();
        let mut found = Diagnostics::default();
        let source = load::document(&mut library, &path, &mut found).expect("readable");
        let source = source.unwrap_or_else(|| panic!("{} is no text", path.display()));
        assemble::check(&mut library, source, &EvidenceFiles::new(), &mut found);
        assert!(found.is_empty(), "{}", faults(&library, &found).join("\n"));
    }
}

#[test]
fn each_example_is_valid() {
    for path in examples() {
        let assessed = Assessed::of(Library::default(), &path);
        let found = faults(&assessed.library, &assessed.found);
        assert!(found.is_empty(), "{}", found.join("\n"));
    }
}

/// An example is made for it, or one made for another covers half of it: one answers file serves all.
#[test]
fn each_questionnaire_has_an_example() {
    let covers = |path: &PathBuf, id: &str| {
        let assessed = Assessed::against(Library::default(), path, Some(id)).ok()?;
        assessed.scorecard.overall.coverage.filter(|coverage| coverage.basis_points() >= 5000)
    };
    for questionnaire in questionnaires() {
        let id = &questionnaire.id;
        assert!(examples().iter().any(|path| covers(path, id).is_some()), "no example of {id}");
    }
}

#[test]
fn each_bank_is_asked_from() {
    let all = questionnaires();
    let asked: BTreeSet<_> = all.iter().flat_map(|each| &each.banks).map(|bank| &bank.0).collect();
    for theme in Library::default().names(DocumentKind::Bank) {
        assert!(asked.contains(&theme), "no questionnaire names the bank {theme}");
    }
}

#[test]
fn each_target_is_named() {
    let all = questionnaires();
    let named: BTreeSet<_> = all.iter().filter_map(|each| each.target.as_deref()).collect();
    for id in Library::default().names(DocumentKind::Target) {
        let listed = TARGETS_BY_NAME_ONLY.contains(&id.as_str());
        assert!(
            named.contains(id.as_str()) != listed,
            "target {id}: named by a questionnaire, or listed here"
        );
    }
}

#[test]
fn each_fill_in_page_is_named() {
    let mut library = Library::default();
    let banks = library.all_banks(&mut Diagnostics::default());
    let steps = banks.iter().flat_map(|bank| &bank.questions).flat_map(|question| &question.steps);
    let named: BTreeSet<_> = steps.filter_map(|step| step.aid.as_deref()).collect();
    let pages = files(&root("templates/aids"));
    assert!(!pages.is_empty());
    for page in pages {
        let id = name(&page).trim_end_matches(".md");
        assert!(named.contains(id), "no step names the fill-in page {id}");
    }
}

/// A fill-in page speaks plainly: no sentence has more than 25 words.
#[test]
fn fill_in_pages_have_short_sentences() {
    for page in files(&root("templates/aids")) {
        for sentence in text(&page).split(['.', '?', ':', '|', '\n']) {
            let words = sentence.split_whitespace().count();
            assert!(words <= 25, "{}: {words} words: {sentence}", name(&page));
        }
    }
}

#[test]
fn each_term_is_used() {
    let mut library = Library::default();
    let banks = library.all_banks(&mut Diagnostics::default());
    let used: BTreeSet<_> =
        banks.iter().flat_map(|bank| &bank.questions).flat_map(|each| &each.terms).collect();
    for term in &library.glossary(&mut Diagnostics::default()).0 {
        assert!(used.contains(&term.id), "no question names the term {}", term.id);
    }
}

/// A template is used if some format shows what stands in its place, a font if it is a built-in face.
#[test]
fn each_template_is_rendered() {
    const MARK: &str = "this stands in place of the template";
    let mut assessed = Assessed::of(Library::default(), &examples()[0]);
    let plan = gapwise::plan::plan(&assessed.assessment, &assessed.scorecard, 40)
        .expect("its size is stated");
    let words = gapwise::report::plan(&assessed.assessment, &plan);
    let mut planned = assessed.report(None);
    planned.plan = Some(words.clone());
    let reports = [planned, assessed.report(Some("nist-ai-rmf"))];
    let result = assessed.result();
    let folder = root("templates");
    for file in files(&folder) {
        let path =
            file.strip_prefix(&folder).expect("below it").to_string_lossy().replace('\\', "/");
        let aid = path.strip_prefix("aids/").and_then(|name| name.strip_suffix(".md"));
        let text = if aid.is_some() { format!("# {MARK}") } else { MARK.to_owned() };
        let templates = Templates::with(vec![(path.clone(), text)]);
        let shows = |format: Format| {
            let mut texts = reports.iter().map(|each| render(format, each, &result, &templates));
            texts.any(|text| text.is_ok_and(|text| text.contains(MARK)))
        };
        let in_a_cut = |cut: Cut| {
            let example = Assessed::of(Library::default(), &examples()[0]);
            let formats = [Format::Html, Format::Markdown];
            let texts = example.cut(cut, None, &formats, &templates);
            texts.is_ok_and(|texts| texts.concat().contains(MARK))
        };
        let in_the_form = || form(&templates).is_ok_and(|page| page.contains(MARK));
        let is_used = match aid {
            _ if path.ends_with(".ttf") => {
                let bytes = std::fs::read(&file).expect("readable");
                (0..2).any(|face| Fonts::default().file(face) == bytes)
            }
            // The licence of the fonts.
            _ if path == "fonts/OFL.txt" => true,
            Some(id) => aid::aid(id, &templates).is_ok_and(|page| page.html.contains(MARK)),
            _ if path.starts_with("form/") => in_the_form(),
            _ if path.starts_with("comparison/") => {
                comparison(&templates).is_ok_and(|texts| texts.concat().contains(MARK))
            }
            _ if path.starts_with("plan/") => {
                let (head, questionnaire) = (&reports[0].head, &reports[0].questionnaire);
                let plan = Some(words.clone());
                let shown = plan_page::Shown { head, questionnaire, assumed: None, plan };
                plan_page::markdown(&shown, &templates).is_ok_and(|text| text.contains(MARK))
            }
            _ if path.starts_with("summary/") => in_the_portfolio(&templates, MARK),
            None => Format::ALL.iter().copied().any(shows) || Cut::ALL.into_iter().any(in_a_cut),
        };
        assert!(is_used, "nothing renders {path}");
    }
}

/// Whether a page of a portfolio has this text.
fn in_the_portfolio(templates: &Templates, mark: &str) -> bool {
    let report = crate::portfolio::report(&crate::portfolio::twelve(), false);
    [Format::Html, Format::Markdown].into_iter().any(|format| {
        let page = summary::render(format, &report, templates, &Setup::default());
        page.is_ok_and(|page| String::from_utf8_lossy(&page).contains(mark))
    })
}

/// A form with nothing for an engine.
fn form(templates: &Templates) -> Result<String, RenderError> {
    let questionnaire = Library::default()
        .questionnaire("hiroshima-code-of-conduct", &mut Diagnostics::default())
        .expect("built in");
    let form = Form {
        questionnaire: &questionnaire,
        documents: &[],
        answers: None,
        date: None,
        minutes: (1, 2),
        id: "0",
        engine: Engine { script: "", packed: b"" },
    };
    page(&form, templates)
}

/// A document as other programs would read it: the YAML of our files says what JSON says.
fn as_json(node: &Node) -> Value {
    match &node.data {
        Data::Null | Data::Refused => Value::Null,
        Data::Scalar { text, plain: true } => match text.as_str() {
            "true" | "false" => json!(text == "true"),
            digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                digits.parse().map_or_else(|_| json!(text), |number: u64| json!(number))
            }
            _ => json!(text),
        },
        Data::Scalar { text, .. } => json!(text),
        Data::List(items) => items.iter().map(as_json).collect(),
        Data::Map { entries, .. } => {
            let pairs = entries.iter().map(|(key, value)| (key.value.clone(), as_json(value)));
            Value::Object(pairs.collect())
        }
    }
}

fn read(path: &Path) -> Value {
    let mut sources = Sources::default();
    let source = sources.add(name(path), text(path));
    let node = yaml::parse(source, &sources, usize::MAX, &mut Diagnostics::default());
    as_json(&node.unwrap_or_else(|| panic!("{} is no YAML", path.display())))
}

fn validator(kind: &str) -> Validator {
    let schema = schema(kind).unwrap_or_else(|| panic!("{kind} has no schema"));
    let schema: Value = serde_json::from_str(&schema).expect("a schema is JSON");
    jsonschema::validator_for(&schema).unwrap_or_else(|why| panic!("schema of {kind}: {why}"))
}

fn conforms(validator: &Validator, document: &Value, path: &Path) {
    let faults: Vec<_> = validator
        .iter_errors(document)
        .map(|fault| format!("{}: {}: {fault}", path.display(), fault.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Every document that is shipped, by kind.
fn documents() -> Vec<(DocumentKind, Vec<PathBuf>)> {
    let all = DocumentKind::ALL.map(|kind| match kind {
        DocumentKind::Answers => (kind, examples()),
        _ => (kind, shipped(kind)),
    });
    assert!(all.iter().all(|(_, paths)| !paths.is_empty()), "a kind has no document: {all:?}");
    all.into()
}

#[test]
fn each_document_conforms_to_its_schema() {
    let mut seen = 0;
    for (kind, paths) in documents() {
        let validator = validator(kind.word());
        for path in paths {
            conforms(&validator, &read(&path), &path);
            seen += 1;
        }
    }
    assert_eq!(seen, files(&root("questionnaires")).len() + examples().len(), "a file has no kind");
}

#[test]
fn each_result_conforms_to_its_schema() {
    let validator = validator("result");
    for path in examples() {
        let result = Assessed::of(Library::default(), &path).result();
        conforms(&validator, &json!(result), &path);
    }
}

/// Pointers to one mapping of each shape of place: `/questions/3/steps/0` stands for all steps.
fn mappings(value: &Value, at: &str, shape: &str, out: &mut Vec<(String, String)>) {
    let mut enter = |key: &str, shape_of_key: &str, inner: &Value| {
        let key = key.replace('~', "~0").replace('/', "~1");
        mappings(inner, &format!("{at}/{key}"), &format!("{shape}/{shape_of_key}"), out);
    };
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, item)| enter(&at.to_string(), "", item));
        }
        Value::Object(entries) => {
            let own = OWN_KEYS.iter().any(|key| shape.ends_with(&format!("/{key}")));
            entries.iter().for_each(|(key, item)| enter(key, if own { "*" } else { key }, item));
            if out.iter().all(|(_, known)| known != shape) {
                out.push((at.to_owned(), shape.to_owned()));
            }
        }
        _ => {}
    }
}

#[test]
fn schemas_refuse_unknown_keys() {
    let mut tried = 0;
    for (kind, paths) in documents() {
        let validator = validator(kind.word());
        let mut places = Vec::new();
        for path in paths {
            let whole = read(&path);
            let before = places.len();
            mappings(&whole, "", "", &mut places);
            for (at, shape) in &places[before..] {
                let mut changed = whole.clone();
                let place = changed.pointer_mut(at).and_then(Value::as_object_mut);
                place.expect("a mapping").insert("no-such-key".to_owned(), json!(1));
                let own = OWN_KEYS.iter().any(|key| shape.ends_with(&format!("/{key}")));
                assert_eq!(validator.is_valid(&changed), own, "{}: {at}", path.display());
                tried += 1;
            }
        }
    }
    assert!(tried > 20, "only {tried} places were looked at");
}
