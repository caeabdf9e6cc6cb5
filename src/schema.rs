//! JSON Schemas of the file formats, generated from the records that read them.

use crate::compare::Comparison;
use crate::portfolio::Summary;
use crate::raw::answers::RawAnswers;
use crate::raw::bank::{RawBank, RawGlossary};
use crate::raw::crosswalk::RawCrosswalk;
use crate::raw::profile::RawFacts;
use crate::raw::questionnaire::RawQuestionnaire;
use crate::raw::target::RawTarget;
use crate::result::AssessmentResult;
use schemars::schema_for;

/// The schema of a kind of document, as the word before the slash of its header names it; `None`
/// for any other word.
pub fn schema(kind: &str) -> Option<String> {
    let schema = match kind {
        "questions" => schema_for!(RawBank),
        "questionnaire" => schema_for!(RawQuestionnaire),
        "profile" => schema_for!(RawFacts),
        "target" => schema_for!(RawTarget),
        "glossary" => schema_for!(RawGlossary),
        "crosswalk" => schema_for!(RawCrosswalk),
        "answers" => schema_for!(RawAnswers),
        "portfolio" => schema_for!(Summary),
        "result" => schema_for!(AssessmentResult),
        "comparison" => schema_for!(Comparison),
        _ => return None,
    };
    serde_json::to_string_pretty(&schema).ok()
}
