//! What the page of a form calls of the engine: a sitting, as a class of its own.
//!
//! All that goes in and out is text or bytes: `view` and `say` speak JSON, as [`View`](crate::sitting::view::View)
//! and [`Said`] have it. What is refused is thrown as an `Error` whose message is JSON, too.

use crate::answers_file::{self, Known};
use crate::assemble::{Request, assess};
use crate::cut::Cut;
use crate::diagnostic::{Diagnostics, json};
use crate::library::Library;
use crate::publish::{Publication, characters_without_glyph};
use crate::render::Format;
use crate::render::pdf::Setup;
use crate::render::template::Templates;
use crate::result;
use crate::sitting::said::Said;
use crate::sitting::{Refused, Sitting};
use crate::source::decode;
use crate::validate::nothing_at_hand;
use serde_json::json;
use wasm_bindgen::prelude::*;

/// Answers that are being given.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Engine {
    library: Library,
    sitting: Sitting,
}

#[wasm_bindgen]
impl Engine {
    /// New answers to a questionnaire. `documents` is a JSON list of `[name, text]`: questionnaires, banks
    /// and the like of one's own. `date` is that of the assessment, as `2026-11-02`.
    ///
    /// # Errors
    /// A document is faulty, or there is no such questionnaire.
    pub fn begin(documents: &str, questionnaire: &str, date: &str) -> Result<Engine, JsError> {
        let mut library = library(documents)?;
        let mut found = Diagnostics::default();
        let known = Known { date: Some(date.to_owned()), ..Known::default() };
        let begun = Sitting::begin(&mut library, questionnaire, "answers.yaml", &known, &mut found);
        let sitting = begun.ok_or_else(|| faults(&library, &found))?;
        Ok(Self { library, sitting })
    }

    /// The answers in a text, whose file has this name.
    ///
    /// # Errors
    /// The text is no answers file, or one with faults, or of another edition of its questionnaire. The
    /// message is a JSON list of what is wrong, as `gapwise check --format json` prints it.
    pub fn open(documents: &str, text: &str, name: &str) -> Result<Engine, JsError> {
        let mut library = library(documents)?;
        let mut found = Diagnostics::default();
        let text = decode(text.as_bytes()).map_err(|_| failed("the file is no text"))?;
        let answers = library.add(name, text);
        let opened = Sitting::open(&mut library, answers, &mut found);
        let sitting = opened.ok_or_else(|| faults(&library, &found))?;
        Ok(Self { library, sitting })
    }

    /// Takes down a JSON list of what is said: all of it or nothing.
    ///
    /// # Errors
    /// It is refused; the message is `{"message", "help"}`.
    pub fn say(&mut self, said: &str) -> Result<(), JsError> {
        let said: Vec<Said> = serde_json::from_str(said)?;
        self.sitting.hear(&mut self.library, &said).map_err(refused)
    }

    /// All that the page shows, as JSON.
    ///
    /// # Errors
    /// None that can be foreseen.
    pub fn view(&mut self) -> Result<String, JsError> {
        self.look();
        Ok(serde_json::to_string(&self.sitting.view(&mut self.library))?)
    }

    /// The answers file.
    pub fn answers(&self) -> String {
        self.sitting.text(&self.library).to_owned()
    }

    /// The name to save the answers file under.
    pub fn file_name(&mut self) -> String {
        answers_file::file_name(&self.sitting.standing(&mut self.library).name)
    }

    /// The full report in a format: the same bytes as the command line's for the answers file alone in an
    /// empty folder.
    ///
    /// # Errors
    /// Something is not said yet, a text cannot be set in a PDF, or there is no such format; the message is
    /// `{"message", "help"}`.
    pub fn report(&mut self, format: &str) -> Result<Vec<u8>, JsError> {
        let format = Format::ALL.iter().copied().find(|known| known.word() == format);
        let format = format.ok_or_else(|| JsError::new("there is no such format"))?;
        let (name, text) = (self.file_name(), self.answers());
        let answers = self.library.add(name, text);
        self.look();
        let request = Request {
            answers,
            against: None,
            target: None,
            date: None,
            files: &self.sitting.files,
        };
        let mut found = Diagnostics::default();
        let assessed = assess(&mut self.library, &request, &mut found);
        let (assessment, scorecard) = assessed.ok_or_else(|| first_of(&found))?;
        let warnings = result::warnings(&self.library.sources, &found);
        let publication = Publication::new(&assessment, &scorecard, &warnings, Cut::Full, None);
        let templates = Templates::default();
        if format != Format::Pdf {
            let text = publication.text(format, &templates).map_err(|why| failed(&why.0))?;
            return Ok(text.into_bytes());
        }
        let printed = publication.pdf(&Setup::default(), None, &templates);
        let printed = printed.map_err(|why| failed(&why.0))?;
        let mut unset = Diagnostics::default();
        characters_without_glyph(&printed.missing, &self.library.sources, answers, &mut unset);
        if unset.has_errors() { Err(first_of(&unset)) } else { Ok(printed.bytes) }
    }

    /// No file is at hand in a browser, so all that is named is missing, as in an empty folder.
    fn look(&mut self) {
        let read = self.library.read(self.sitting.answers, &mut Diagnostics::default());
        let raw = read.as_deref().and_then(|read| read.answers());
        self.sitting.files = raw.map(nothing_at_hand).unwrap_or_default();
    }
}

/// The built-in documents and these.
fn library(documents: &str) -> Result<Library, JsError> {
    let documents: Vec<(String, String)> = serde_json::from_str(documents)?;
    let mut library = Library::default();
    for (name, text) in documents {
        library.add(name, text);
    }
    Ok(library)
}

/// All that was found, as a JSON list.
fn faults(library: &Library, found: &Diagnostics) -> JsError {
    let lines: Vec<_> =
        found.sorted().into_iter().map(|each| json::line(each, &library.sources)).collect();
    JsError::new(&format!("[{}]", lines.join(",")))
}

fn first_of(found: &Diagnostics) -> JsError {
    let all = found.sorted();
    let error = all.iter().min_by_key(|each| each.severity);
    let (message, help) = error.map(|each| (each.message.clone(), each.help.clone())).unzip();
    refused(Refused { message: message.unwrap_or_default(), help: help.flatten() })
}

fn failed(message: &str) -> JsError {
    refused(Refused { message: message.to_owned(), help: None })
}

fn refused(why: Refused) -> JsError {
    JsError::new(&json!({"message": why.message, "help": why.help}).to_string())
}
