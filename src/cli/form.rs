//! `gapwise form`: one HTML file to answer a questionnaire in.

use super::{ByName, Failure, Outcome, OwnQuestionnaires, Terminal, is_a_day};
use crate::builtin;
use crate::diagnostic::Diagnostics;
use crate::form::{Engine, Form as Contents, page};
use crate::length::by_kind;
use crate::library::Library;
use crate::load::{self, Output, Trouble};
use crate::model::Questionnaire;
use crate::raw::DocumentKind;
use crate::render::template::Templates;
use crate::sitting::Sitting;
use crate::source::SourceId;
use clap::Args;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Write a form: one HTML file to answer in, which needs no network and sends nothing
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  gapwise form msme-first-look -o form.html\n  gapwise form acme.yaml -o form.html\n\nThe file holds the engine, all built-in questionnaires and, with --questionnaires, every document of that\nfolder but answers. Given an answers file, it goes on from there; whoever has the form can read them."
)]
pub(super) struct Form {
    /// The questionnaire, by its id, or an answers file to go on from
    #[arg(value_name = "ID|ANSWERS")]
    of: String,
    /// The file to write; standard output unless said
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The date of the assessment, as 2026-11-02; the day on which it is answered unless said
    #[arg(long)]
    date: Option<String>,
    /// Overwrite a file that is there already
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    own: OwnQuestionnaires,
}

impl Form {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        is_a_day(self.date.as_deref())?;
        let output = self.output.as_deref().filter(|path| path.as_os_str() != "-");
        if output.is_none() && terminal.is_screen {
            let help = "name a file, as `-o form.html`".to_owned();
            return Err(Failure::Usage("a form is not for a screen".to_owned(), Some(help)));
        }
        let mut found = Diagnostics::default();
        let mut library = self.own.library(&mut found)?;
        let documents = documents(&library);
        let start = self.start(&mut library, &mut found)?;
        terminal.show(&library.sources, &found);
        let Some((questionnaire, answers)) = start.filter(|_| !found.has_errors()) else {
            return Ok(Outcome::Rejected);
        };
        let facts = library.facts(&mut found);
        let (_, kinds) = by_kind(&questionnaire, &facts);
        let least = kinds.iter().map(|kind| kind.minutes.0).min().unwrap_or(0);
        let most = kinds.iter().map(|kind| kind.minutes.1).max().unwrap_or(0);
        let contents = Contents {
            questionnaire: &questionnaire,
            documents: &documents,
            answers: answers.map(|source| library.sources.get(source).text.as_str()),
            date: self.date.as_deref(),
            minutes: (least, most),
            id: &random_id()?,
            engine: engine()?,
        };
        let made = page(&contents, &Templates::default());
        let made = made.map_err(|why| Trouble { message: why.to_string(), help: None })?;
        let Some(path) = output else {
            terminal.print(&made)?;
            return Ok(Outcome::Done);
        };
        load::write(&[Output { path: path.to_owned(), bytes: made.into_bytes() }], self.force)?;
        terminal.say(&format!("wrote {}; open it in a browser", path.display()));
        Ok(Outcome::Done)
    }

    /// The questionnaire, and the answers to go on from. `None` where there are faults.
    fn start(
        &self,
        library: &mut Library,
        out: &mut Diagnostics,
    ) -> Result<Option<Start>, Failure> {
        let path = Path::new(&self.of);
        if library.has(DocumentKind::Questionnaire, &self.of) || !path.is_file() {
            ByName::questionnaire(&self.of).is_known(library)?;
            return Ok(library.questionnaire(&self.of, out).map(|each| (each, None)));
        }
        let source = load::document(library, path, out)?;
        let sitting = source.and_then(|source| Sitting::open(library, source, out));
        Ok(sitting.map(|sitting| (sitting.questionnaire, Some(sitting.answers))))
    }
}

/// What a form starts from: its questionnaire, and the answers to go on from.
type Start = (Arc<Questionnaire>, Option<SourceId>);

/// Documents of one's own by the name of their file: all but answers, which concern nobody who gets
/// the form.
fn documents(library: &Library) -> Vec<(String, String)> {
    let shared = |source: &SourceId| {
        library.kind_of(*source).is_some_and(|kind| kind != DocumentKind::Answers)
    };
    let sources = library.sources.iter().filter(|(source, _)| shared(source));
    let named = sources.map(|(_, source)| {
        let name = source.name.rsplit(['/', '\\']).next().unwrap_or_default();
        (name.to_owned(), source.text.clone())
    });
    named.collect()
}

fn engine() -> Result<Engine<'static>, Trouble> {
    let (script, packed) = builtin::engine().map_err(|help| Trouble {
        message: "this program was built without the engine of the form".to_owned(),
        help: Some(help.to_owned()),
    })?;
    Ok(Engine { script, packed })
}

/// An id that no other form has. Unit: hexadecimal digits, 32.
fn random_id() -> Result<String, Trouble> {
    let mut id = [0; 16];
    getrandom::fill(&mut id).map_err(|why| Trouble {
        message: format!("the system gives no random number: {why}"),
        help: None,
    })?;
    Ok(id.iter().map(|byte| format!("{byte:02x}")).collect())
}
