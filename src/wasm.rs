//! What the page of a form calls of the engine.

use crate::assemble::{Request, assess};
use crate::cut::Cut;
use crate::diagnostic::Diagnostics;
use crate::library::Library;
use crate::publish::Publication;
use crate::raw::Document;
use crate::render::Format;
use crate::render::pdf::Setup;
use crate::render::template::Templates;
use crate::result;
use crate::validate::nothing_at_hand;
use wasm_bindgen::prelude::*;

/// The report of answers in one format, in full: the same bytes as the command line's for an answers
/// file of this name alone in an empty folder.
///
/// `documents` is a JSON list of `[name, text]`: questionnaires and banks of one's own.
///
/// # Errors
/// The documents or the answers are faulty, or the format is none of `html`, `pdf`, `md`, `json`, `csv`.
#[wasm_bindgen]
pub fn report(
    documents: &str,
    answers: &str,
    name: &str,
    format: &str,
) -> Result<Vec<u8>, JsError> {
    let fault = |why: String| JsError::new(&why);
    let format = Format::ALL.into_iter().find(|known| known.word() == format);
    let format = format.ok_or_else(|| JsError::new("there is no such format"))?;
    let documents: Vec<(String, String)> = serde_json::from_str(documents)?;
    let (mut library, mut found) = (Library::default(), Diagnostics::default());
    for (name, text) in documents {
        library.add(name, text);
    }
    let answers = library.add(name, answers);
    let read = library.read(answers, &mut Diagnostics::default());
    let files = match read.as_deref().map(|read| &read.document) {
        Some(Document::Answers(raw)) => nothing_at_hand(raw),
        _ => Default::default(),
    };
    let request = Request { answers, against: None, target: None, date: None, files: &files };
    let assessed = assess(&mut library, &request, &mut found);
    let Some((assessment, scorecard)) = assessed.filter(|_| !found.has_errors()) else {
        let messages: Vec<_> = found.sorted().iter().map(|each| each.message.clone()).collect();
        return Err(fault(messages.join("\n")));
    };
    let warnings = result::warnings(&library.sources, &found);
    let publication = Publication::new(&assessment, &scorecard, &warnings, Cut::Full, None);
    let templates = Templates::default();
    let bytes = match format {
        Format::Pdf => publication.pdf(&Setup::default(), None, &templates).map(|pdf| pdf.bytes),
        _ => publication.text(format, &templates).map(String::into_bytes),
    };
    bytes.map_err(|why| fault(why.0))
}
