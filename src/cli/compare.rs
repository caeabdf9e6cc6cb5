//! `gapwise compare`: what changed between assessments, and why.

use super::{ByName, Failure, Outcome, OwnQuestionnaires, Terminal, evidence_files};
use crate::compare::{Comparison, Fault, Found, Given, Input, Request, compare, words};
use crate::diagnostic::Diagnostics;
use crate::library::Library;
use crate::load::{self, Output, Trouble};
use crate::publish::reprint::{Held, held};
use crate::render::comparison;
use crate::render::template::Templates;
use crate::source::{decode, one_line};
use crate::verify::{LARGEST_RESULT, read_result};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

/// Show what changed between assessments of the same, and why; of more than two, the trend
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  gapwise compare acme-2026.yaml acme-2027.yaml\n  gapwise compare 2025.yaml 2026.json 2027.yaml --format html -o trend.html\n\nEach file is an answers file, a result.json or a PDF report; they may be mixed. Dates decide which is\nearlier. Each change of a score is split exactly into its causes: another edition of the\nquestionnaire, another profile, other answers, other evidence."
)]
pub(super) struct Compare {
    /// Answers files, results or PDF reports, two or more; `-` is standard input
    #[arg(value_name = "FILE", required = true, num_args = 2..)]
    files: Vec<PathBuf>,
    /// For people, or for machines
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// The file to write to, or a folder; standard output unless said
    #[arg(short, long, value_name = "FILE|DIR")]
    output: Option<PathBuf>,
    /// Score all answers under this questionnaire
    #[arg(long, value_name = "ID")]
    against: Option<String>,
    /// Measure findings against another target
    #[arg(long, value_name = "ID")]
    target: Option<String>,
    #[command(flatten)]
    own: OwnQuestionnaires,
    /// A folder with the edition of the questionnaire that the earlier answers were given to; without it only
    /// the questions that both editions share are compared
    #[arg(long, value_name = "DIR")]
    earlier_questionnaires: Option<PathBuf>,
    /// Overwrite a file that is there already
    #[arg(long)]
    force: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A screen of text
    Text,
    /// One page
    Html,
    /// The same in text
    Md,
    /// All of it, `comparison/1`
    Json,
}

impl Format {
    /// The name of the file in a folder.
    fn file_name(self) -> &'static str {
        match self {
            Self::Text => "comparison.txt",
            Self::Html => "comparison.html",
            Self::Md => "comparison.md",
            Self::Json => "comparison.json",
        }
    }
}

/// What can be done where a file is nothing that can be compared.
const NAME_ANOTHER: &str =
    "name answers files, or results or PDF reports that `gapwise report` wrote";

impl Compare {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        self.standard_input_is_read_once()?;
        let mut found = Found::default();
        let mut library = self.own.library(&mut found.diagnostics)?;
        let mut earlier = self.earlier(&mut found.of_earlier)?;
        let against = self.against.as_deref().map(ByName::questionnaire);
        let target = self.target.as_deref().map(ByName::target);
        against.into_iter().chain(target).try_for_each(|named| named.is_known(&library))?;
        let mut given = Vec::new();
        for path in &self.files {
            given.extend(read(path, &mut library, &mut found)?);
        }
        let request = Request { against: self.against.as_deref(), target: self.target.as_deref() };
        let compared = compare(&mut library, earlier.as_mut(), &given, &request, &mut found);
        terminal.show(&library.sources, &found.diagnostics);
        if let Some(earlier) = &earlier {
            terminal.show(&earlier.sources, &found.of_earlier);
        }
        for fault in &found.faults {
            terminal.complain(&fault.message, Some(&fault.help));
        }
        let compared = compared.filter(|_| !found.has_errors() && given.len() == self.files.len());
        let Some(compared) = compared else { return Ok(Outcome::Rejected) };
        self.deliver(&compared, terminal)?;
        Ok(Outcome::Done)
    }

    fn standard_input_is_read_once(&self) -> Result<(), Failure> {
        let count = self.files.iter().filter(|path| path.as_os_str() == "-").count();
        if count > 1 {
            let help = "save one of the two as a file".to_owned();
            let message = "`-` stands for two files, and standard input is one".to_owned();
            return Err(Failure::Usage(message, Some(help)));
        }
        Ok(())
    }

    /// The documents of the earlier edition.
    fn earlier(&self, out: &mut Diagnostics) -> Result<Option<Library>, Failure> {
        let Some(folder) = &self.earlier_questionnaires else { return Ok(None) };
        let own = OwnQuestionnaires { questionnaires: Some(folder.clone()) };
        own.library(out).map(Some)
    }

    /// Writes the comparison where it belongs.
    fn deliver(&self, compared: &Comparison, terminal: &mut Terminal) -> Result<(), Failure> {
        let output = self.output.as_deref().filter(|path| path.as_os_str() != "-");
        let templates = Templates::default();
        let in_words = words(compared);
        let text = match self.format {
            Format::Text => Ok(comparison::screen(&in_words, terminal.colour && output.is_none())),
            Format::Html => comparison::html(&in_words, &templates),
            Format::Md => comparison::markdown(&in_words, &templates),
            Format::Json => Ok(comparison::json(compared)),
        };
        let text = text.map_err(|why| Trouble { message: why.to_string(), help: None })?;
        let Some(path) = output else { return Ok(terminal.print(&text)?) };
        let named = path.to_string_lossy();
        let is_folder = path.is_dir() || named.ends_with('/') || named.ends_with('\\');
        let path = if is_folder { path.join(self.format.file_name()) } else { path.to_owned() };
        load::write(&[Output { path: path.clone(), bytes: text.into_bytes() }], self.force)?;
        terminal.say(&format!("wrote {}", path.display()));
        Ok(())
    }
}

/// A file as what it is. `None` where it is nothing that can be compared, which is then found.
fn read(path: &Path, library: &mut Library, found: &mut Found) -> Result<Option<Given>, Failure> {
    let name = if path == Path::new("-") { "<stdin>".into() } else { path.display().to_string() };
    let fault = |message: String| Fault { message, help: NAME_ANOTHER.to_owned() };
    let bytes = match load::bytes(path, LARGEST_RESULT)? {
        Ok(bytes) => bytes,
        Err(message) => {
            found.faults.push(fault(message));
            return Ok(None);
        }
    };
    let shown = one_line(&name);
    let input = if bytes.starts_with(b"%PDF-") {
        match held(&bytes) {
            Ok(Held::Result { result, .. }) => result_in(&shown, &result),
            Ok(Held::Sheet(_)) => {
                Err(format!("`{shown}` is an answer sheet, which holds no result"))
            }
            Err(why) => Err(format!("`{shown}` cannot be compared: {}", one_line(&why))),
        }
    } else {
        match decode(&bytes) {
            Ok(text) if is_result(&text) => result_in(&shown, &text),
            _ => return Ok(answers(path, name, &bytes, library, found)),
        }
    };
    match input {
        Ok(input) => Ok(Some(Given { name, input })),
        Err(message) => {
            found.faults.push(fault(message));
            Ok(None)
        }
    }
}

/// Whether a text is JSON and no answers document.
fn is_result(text: &str) -> bool {
    let kind = || {
        let said: serde_json::Value = serde_json::from_str(text).ok()?;
        Some(said.get("gapwise")?.as_str()?.starts_with("answers/"))
    };
    text.trim_start().starts_with('{') && kind() != Some(true)
}

fn result_in(name: &str, text: &str) -> Result<Input, String> {
    let mut found = Diagnostics::default();
    let read = read_result(text, &mut Library::default(), &mut found);
    let (_, result) = read.map_err(|why| format!("`{name}` cannot be compared: {why}"))?;
    Ok(Input::Result(Box::new(result)))
}

/// An answers file with what is at hand of its evidence.
fn answers(
    path: &Path,
    name: String,
    bytes: &[u8],
    library: &mut Library,
    found: &mut Found,
) -> Option<Given> {
    let source = load::text_of(library, name.clone(), bytes, &mut found.diagnostics)?;
    let files = evidence_files(library, source, path);
    Some(Given { name, input: Input::Answers(source, files) })
}
