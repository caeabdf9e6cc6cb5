//! What a file says of itself, before anything is scored.

use super::edition::Label;
use super::gather::{Fault, Found, Given, Input};
use crate::library::{Library, Read};
use crate::raw::Document;
use crate::raw::answers::RawAnswers;
use crate::result::{AssessmentResult, ResultCut};
use crate::source::{SourceId, one_line};
use crate::verify::answers_of;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A file, as far as it can be told without its questionnaire.
pub(super) struct Head<'a> {
    pub(super) given: &'a Given,
    /// The answers in it, as an answers document.
    pub(super) source: SourceId,
    read: Arc<Read>,
    pub(super) label: Label,
    /// The questionnaire that it is scored under unless another is asked for.
    pub(super) questionnaire: Option<String>,
    /// The questions that it has.
    pub(super) questions: BTreeSet<String>,
}

impl<'a> Head<'a> {
    /// `None` where the file is no answers; why not is then found.
    pub(super) fn of(given: &'a Given, library: &mut Library, out: &mut Found) -> Option<Self> {
        let source = match &given.input {
            Input::Answers(source, _) => *source,
            Input::Result(result) => answers_in(&given.name, result, library, out),
        };
        let read = library.read(source, &mut out.diagnostics)?;
        if read.answers().is_none() {
            let noun = read.document.kind().noun();
            let message = format!("`{}` is a {noun}, not answers", one_line(&given.name));
            let help = "name answers files, or results that `gapwise report` wrote";
            out.faults.push(Fault::new(message, help));
            return None;
        }
        let mut head = Self {
            given,
            source,
            read,
            label: Label::default(),
            questionnaire: None,
            questions: BTreeSet::new(),
        };
        match &given.input {
            Input::Answers(..) => head.read_answers(),
            Input::Result(result) => head.read_result(result),
        }
        Some(head)
    }

    fn read_answers(&mut self) {
        let Some(raw) = self.read.answers() else { return };
        self.label.version = raw.version.as_ref().map(|version| version.value.clone());
        self.questionnaire = raw.questionnaire.as_ref().map(|name| name.value.clone());
        let keys = raw.answers.iter().flat_map(|answers| answers.keys());
        self.questions = keys.map(|key| key.value.clone()).collect();
    }

    fn read_result(&mut self, result: &AssessmentResult) {
        let questionnaire = &result.questionnaire;
        self.label.version = Some(questionnaire.version.clone());
        self.label.sha256 = Some(questionnaire.sha256.clone());
        self.questionnaire = Some(questionnaire.id.clone());
        let requirements = result.domains.iter().flat_map(|domain| &domain.requirements);
        let questions = requirements.flat_map(|requirement| &requirement.questions);
        self.questions = questions.map(|question| question.id.clone()).collect();
    }

    /// The answers as they stand in the file, with their digest.
    pub(super) fn raw(&self) -> Option<(&RawAnswers, crate::digest::Digest)> {
        match &self.read.document {
            Document::Answers(raw) => Some((raw, self.read.digest)),
            _ => None,
        }
    }

    /// The result that it is; `None` where it is an answers file.
    pub(super) fn result(&self) -> Option<&'a AssessmentResult> {
        match &self.given.input {
            Input::Result(result) => Some(result),
            Input::Answers(..) => None,
        }
    }

    /// Whether it holds only what was made public.
    pub(super) fn is_public(&self) -> bool {
        self.result().is_some_and(|result| result.options.cut == ResultCut::Public)
    }

    /// The name of the file without its folder, which is no business of who reads the comparison.
    pub(super) fn file_name(&self) -> String {
        one_line(self.given.name.rsplit(['/', '\\']).next().unwrap_or_default())
    }

    /// The name of the file on one line.
    pub(super) fn name(&self) -> String {
        one_line(&self.given.name)
    }
}

/// The answers that a result holds, as a document of the library.
fn answers_in(
    name: &str,
    result: &AssessmentResult,
    library: &mut Library,
    out: &mut Found,
) -> SourceId {
    let (text, torn) = answers_of(result);
    for each in &torn {
        let message = format!("`{}` gives no one {}", one_line(name), one_line(&each.place));
        let help = "the result was changed; make it anew from its answers with `gapwise report`";
        out.faults.push(Fault::new(message, help));
    }
    library.add(format!("<answers in {name}>"), text)
}
