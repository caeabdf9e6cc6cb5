//! `crosswalk/1`: the rules of clauses and of what is mapped to them.

use super::{date, id, is_first, optional, slug, text, word};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, one_of};
use crate::digest::Digest;
use crate::model::{Confidence, Crosswalk, MappedClause, Mapping, QuestionId, Relation};
use crate::raw::Text;
use crate::raw::crosswalk::{RawClause, RawCrosswalk, RawMapping};
use std::collections::{BTreeMap, BTreeSet};

/// A crosswalk. `questions` are the ids of all banks; `None` where a bank cannot be read, so that
/// nobody can say which questions there are.
pub fn crosswalk(
    raw: &RawCrosswalk,
    digest: Digest,
    questions: Option<&BTreeSet<&str>>,
    out: &mut Diagnostics,
) -> Option<Crosswalk> {
    clause_ids_are_unique(raw, out);
    let clauses: Vec<_> = raw.clauses().map(|each| clause(each, questions, out)).collect();
    let id = raw.id.as_ref().and_then(|raw| slug(raw, out));
    let date = optional(&raw.date, |raw| date(raw, out));
    raw.clauses.as_ref()?;
    Some(Crosswalk {
        id: id?,
        title: text(&raw.title)?,
        issuer: text(&raw.issuer)?,
        date: date?,
        notice: text(&raw.notice),
        clauses: clauses.into_iter().collect::<Option<_>>()?,
        digest,
    })
}

/// X102: an id belongs to one clause only.
fn clause_ids_are_unique(raw: &RawCrosswalk, out: &mut Diagnostics) {
    let mut seen = BTreeMap::new();
    for id in raw.clauses().filter_map(|clause| clause.id.as_ref()) {
        is_first(&mut seen, id, Code::X102, "clause id", out);
    }
}

fn clause(
    raw: &RawClause,
    questions: Option<&BTreeSet<&str>>,
    out: &mut Diagnostics,
) -> Option<MappedClause> {
    questions_or_a_reason(raw, out);
    questions_are_mapped_once(raw, out);
    let mappings: Vec<_> = raw.mappings().map(|each| mapping(each, questions, out)).collect();
    Some(MappedClause {
        id: text(&raw.id)?,
        label: text(&raw.label)?,
        group: text(&raw.group),
        confirmed: raw.confirmed.as_ref().is_some_and(|flag| flag.value),
        mappings: mappings.into_iter().collect::<Option<_>>()?,
        reason: text(&raw.reason),
    })
}

/// X104, X105: a clause has questions, or a reason for having none; not both.
fn questions_or_a_reason(raw: &RawClause, out: &mut Diagnostics) {
    let list = raw.questions.as_ref();
    let has_questions = list.map_or(raw.keys.has_value("questions"), |list| list.written > 0);
    let name = raw.id.as_ref().map_or("the clause".to_owned(), |id| format!("`{}`", id.value));
    match (has_questions, raw.keys.at("reason").filter(|_| raw.keys.has_value("reason"))) {
        (false, None) => {
            let at = raw.id.as_ref().map_or(raw.span, |id| id.span);
            let message = format!("{name} has no question, and no reason why");
            let fault = Diagnostic::error(Code::X104, message, at);
            out.push(fault.help("map a question to it, or say in `reason` why none fits"));
        }
        (true, Some(reason)) => {
            let message = format!("{name} has questions, and a reason for having none");
            let mut fault = Diagnostic::error(Code::X105, message, reason);
            if let Some(questions) = raw.keys.at("questions") {
                fault = fault.related(questions, "the questions");
            }
            out.push(fault.help("keep one of the two"));
        }
        _ => {}
    }
}

/// X103: a question is mapped to a clause once; mapped twice it would count twice in the mean.
fn questions_are_mapped_once(raw: &RawClause, out: &mut Diagnostics) {
    let mut seen = BTreeMap::new();
    for name in raw.mappings().filter_map(|mapping| mapping.question.as_ref()) {
        if let Some(first) = seen.get(name.value.as_str()) {
            let message = format!("question `{}` is mapped to this clause twice", name.value);
            let fault = Diagnostic::error(Code::X103, message, name.span).label("again here");
            out.push(fault.related(*first, "first here").help("keep one of the two"));
        } else {
            seen.insert(name.value.as_str(), name.span);
        }
    }
}

/// X101, Y020: a bank has the question.
fn question(
    name: &Text,
    questions: Option<&BTreeSet<&str>>,
    out: &mut Diagnostics,
) -> Option<QuestionId> {
    let id = id(name, QuestionId::new, out)?;
    if let Some(known) = questions.filter(|known| !known.contains(id.as_str())) {
        let message = format!("there is no question `{id}`");
        let fault = Diagnostic::error(Code::X101, message, name.span);
        out.push(fault.maybe_help(one_of(id.as_str(), known.iter().copied())));
    }
    Some(id)
}

fn mapping(
    raw: &RawMapping,
    questions: Option<&BTreeSet<&str>>,
    out: &mut Diagnostics,
) -> Option<Mapping> {
    let question = raw.question.as_ref().and_then(|name| question(name, questions, out));
    let relations = Relation::ALL.map(|relation| (relation.word(), relation));
    let confidences = Confidence::ALL.map(|confidence| (confidence.word(), confidence));
    let relation = raw.relation.as_ref().and_then(|raw| word(raw, &relations, out));
    let confidence = raw.confidence.as_ref().and_then(|raw| word(raw, &confidences, out));
    Some(Mapping {
        question: question?,
        relation: relation?,
        confidence: confidence?,
        by: text(&raw.by)?,
    })
}
