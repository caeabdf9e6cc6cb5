//! What a workbook is to hold: what is asked, and what is answered so far.

use super::current::{Current, current};
use crate::diagnostic::Diagnostics;
use crate::length::possible;
use crate::library::Library;
use crate::model::{
    Answer, Condition, Fact, Glossary, Profile, Question, QuestionId, QuestionIndex, Questionnaire,
};
use crate::sitting::Sitting;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What a workbook holds.
#[derive(Debug)]
pub struct Content {
    pub(super) questionnaire: Arc<Questionnaire>,
    pub(super) glossary: Arc<Glossary>,
    /// Who or what is assessed; empty while not said.
    pub(super) name: String,
    /// The date; empty while not said.
    pub(super) date: String,
    /// The language that the respondent writes in.
    pub(super) language: String,
    /// Name (may be empty) and function of each who answers.
    pub(super) respondents: Vec<(String, String)>,
    /// The facts to ask for, each with the values stated.
    pub(super) facts: Vec<(Fact, Vec<String>)>,
    /// A sheet of questions each.
    pub(super) parts: Vec<Part>,
}

/// The questions of a sheet.
#[derive(Debug)]
pub(super) struct Part {
    /// The id of the domain; empty for questions of other questionnaires.
    pub(super) domain: String,
    /// What stands above them.
    pub(super) title: String,
    pub(super) entries: Vec<Entry>,
}

/// A question with its answer.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) question: Question,
    /// Where it is asked, in words; `None`: everywhere.
    pub(super) asked_where: Option<String>,
    pub(super) answer: Answer,
}

impl Content {
    /// How many questions it asks.
    pub fn questions(&self) -> usize {
        self.parts.iter().map(|part| part.entries.len()).sum()
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.parts.iter().flat_map(|part| &part.entries)
    }
}

/// What a workbook of this answers file holds, of one domain alone where its id is given. `None` where the
/// file cannot be read in full, or there is no such domain.
pub fn content(
    library: &mut Library,
    sitting: &Sitting,
    domain: Option<&str>,
    out: &mut Diagnostics,
) -> Option<Content> {
    let mut current = current(library, sitting)?;
    let questionnaire = sitting.questionnaire.clone();
    let glossary = library.glossary(out);
    let asked = asked(&questionnaire, &current);
    let mut parts = Vec::new();
    let mut seen = BTreeSet::new();
    for each in questionnaire.domains.iter() {
        if domain.is_some_and(|wanted| wanted != each.id.as_str()) {
            continue;
        }
        let questions = each.requirements.iter().flat_map(|requirement| &requirement.asked_by);
        let questions = questions.map(|asked| asked.question);
        let questions = questions.filter(|at| asked.contains(at) && seen.insert(*at));
        let entries: Vec<_> =
            questions.map(|at| entry(&questionnaire, at, &mut current.given)).collect();
        let (domain, title) = (each.id.to_string(), each.title.clone());
        parts.push(Part { domain, title, entries });
    }
    if parts.is_empty() {
        return None;
    }
    parts.retain(|part| !part.entries.is_empty());
    if domain.is_none() {
        parts.extend(others(library, current.given));
    }
    let Current { name, date, language, respondents, facts, .. } = current;
    Some(Content { questionnaire, glossary, name, date, language, respondents, facts, parts })
}

/// The questions that may be asked, once the rest is stated, and those that are answered.
fn asked(questionnaire: &Questionnaire, current: &Current) -> BTreeSet<QuestionIndex> {
    let stated = current.facts.iter().filter(|(_, values)| !values.is_empty());
    let stated: Profile = stated.map(|(fact, values)| (fact.id.clone(), values.clone())).collect();
    let answered = current.given.keys().filter_map(|id| questionnaire.question(id));
    possible(questionnaire, &stated).into_iter().chain(answered).collect()
}

fn entry(
    questionnaire: &Questionnaire,
    at: QuestionIndex,
    given: &mut BTreeMap<QuestionId, Answer>,
) -> Entry {
    let question = questionnaire.questions[at].clone();
    let answer = given.remove(&question.id).unwrap_or_default();
    Entry { asked_where: asked_where(questionnaire, at), question, answer }
}

/// Where a question is asked, in words: its own condition, and those of all requirements that ask it.
fn asked_where(questionnaire: &Questionnaire, at: QuestionIndex) -> Option<String> {
    let asks = |asked_by: &[crate::model::Asked]| asked_by.iter().any(|asked| asked.question == at);
    let asking = questionnaire.requirements().filter(|(_, each)| asks(&each.asked_by));
    let conditions: Option<Vec<&Condition>> =
        asking.map(|(_, each)| each.applies_when.as_ref()).collect();
    let mut among: Vec<_> =
        conditions.unwrap_or_default().iter().map(|each| each.to_string()).collect();
    among.dedup();
    let own = questionnaire.questions[at].applies_when.as_ref().map(ToString::to_string);
    let of_requirements = (!among.is_empty()).then(|| among.join(", or where "));
    match (own, of_requirements) {
        (Some(own), Some(others)) if own != others => Some(format!("{own}, and where {others}")),
        (own, others) => own.or(others),
    }
}

/// Answers to questions that the questionnaire does not ask.
fn others(library: &mut Library, given: BTreeMap<QuestionId, Answer>) -> Option<Part> {
    let entry = |(id, answer): (QuestionId, Answer)| {
        let question = library.question(id.as_str(), &mut Diagnostics::default())?;
        let question = Arc::unwrap_or_clone(question);
        Some(Entry { question, asked_where: Some("another questionnaire asks it".into()), answer })
    };
    let entries: Vec<_> = given.into_iter().filter_map(entry).collect();
    let title = "Answers to other questionnaires".to_owned();
    (!entries.is_empty()).then_some(Part { domain: String::new(), title, entries })
}
