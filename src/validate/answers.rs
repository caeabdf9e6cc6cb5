//! `answers/1`: the rules of answers and their header.

use super::claim::claim;
use super::evidence::{EvidenceFiles, evidence};
use super::stated::{profile, required_facts_are_stated};
use super::{date, id, is_first, optional, text, version, version_parts, word};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest, one_of};
use crate::digest::Digest;
use crate::model::{
    Answer, Answers, Claim, Facts, Question, QuestionId, Questionnaire, Respondent, Subject,
};
use crate::raw::Text;
use crate::raw::answers::{RawAnswer, RawAnswers, RawSubject, VALUES};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What is known of a question by its id.
#[derive(Debug)]
pub enum LookUp {
    /// A bank has it.
    Found(Arc<Question>),
    /// A bank has it, with a fault that is said there, or cannot be read.
    Faulty,
    /// No bank has it.
    Absent,
}

/// Answers to a questionnaire; without one that can be relied on, all is checked that can be.
/// `known` finds questions of any bank; `files` is what is at hand of evidence files (empty where no
/// file system is).
pub fn answers(
    raw: &RawAnswers,
    digest: Digest,
    questionnaire: Option<&Questionnaire>,
    facts: &Facts,
    known: &mut dyn FnMut(&str) -> LookUp,
    files: &EvidenceFiles,
    out: &mut Diagnostics,
) -> Option<Answers> {
    version_fits(raw, questionnaire, out);
    functions_are_unique(raw, out);
    let profile = profile(raw, facts, out);
    if let Some(questionnaire) = questionnaire {
        required_facts_are_stated(raw, questionnaire, facts, &profile, out);
    }
    let given = given(raw, questionnaire, known, files, out);
    let date = raw.date.as_ref().and_then(|raw| date(raw, out));
    Some(Answers {
        profile,
        of: raw.of.as_ref().and_then(subject)?,
        language: text(&raw.language),
        date: date?,
        date_given: false,
        by: respondents(raw),
        questionnaire: text(&raw.questionnaire)?,
        given,
        public_only: false,
        digest,
    })
}

/// A110, A111: the answers were given to this version of the questionnaire.
fn version_fits(raw: &RawAnswers, questionnaire: Option<&Questionnaire>, out: &mut Diagnostics) {
    let Some((given, [major, minor, _])) =
        raw.version.as_ref().and_then(|raw| Some((raw, version(raw, out)?)))
    else {
        return;
    };
    let name = raw.questionnaire.as_ref().map(|name| name.value.as_str());
    let Some(at_hand) = questionnaire.filter(|at_hand| name == Some(at_hand.id.as_str())) else {
        return;
    };
    let [at_hand_major, at_hand_minor, _] = version_parts(&at_hand.version).unwrap_or_default();
    let message = format!(
        "the answers are for version {} of `{}`, and version {} is at hand",
        given.value, at_hand.id, at_hand.version
    );
    if major != at_hand_major {
        let fault = Diagnostic::error(Code::A110, message, given.span);
        out.push(
            fault.help("go through the questions again, then set `version` to the one at hand"),
        );
    } else if minor != at_hand_minor {
        let fault = Diagnostic::warning(Code::A111, message, given.span);
        out.push(
            fault.help("look through the open questions, then set `version` to the one at hand"),
        );
    }
}

/// A125: answers name a respondent by the function, so each has another.
fn functions_are_unique(raw: &RawAnswers, out: &mut Diagnostics) {
    let mut seen = BTreeMap::new();
    for function in
        raw.by.iter().flat_map(|list| &list.items).filter_map(|raw| raw.function.as_ref())
    {
        is_first(&mut seen, function, Code::A125, "function", out);
    }
}

fn respondents(raw: &RawAnswers) -> Vec<Respondent> {
    let raws = raw.by.iter().flat_map(|list| &list.items);
    raws.filter_map(|raw| {
        Some(Respondent { name: text(&raw.name), function: text(&raw.function)? })
    })
    .collect()
}

fn subject(raw: &RawSubject) -> Option<Subject> {
    Some(Subject {
        name: text(&raw.name)?,
        kind: text(&raw.kind).unwrap_or_else(|| "organisation".to_owned()),
        stage: text(&raw.stage),
    })
}

/// A101: each answer is one to a question of some bank.
fn given(
    raw: &RawAnswers,
    questionnaire: Option<&Questionnaire>,
    known: &mut dyn FnMut(&str) -> LookUp,
    files: &EvidenceFiles,
    out: &mut Diagnostics,
) -> BTreeMap<QuestionId, Answer> {
    let questions = questionnaire.iter().flat_map(|questionnaire| &questionnaire.questions);
    let own: BTreeMap<_, _> = questions.map(|each| (each.id.as_str(), each)).collect();
    let functions = functions(raw);
    let mut given = BTreeMap::new();
    for (name, raw) in raw.answers.iter().flat_map(|answers| &answers.entries) {
        let Some(id) = id(name, QuestionId::new, out) else { continue };
        let elsewhere = match own.get(id.as_str()) {
            Some(_) => LookUp::Absent,
            None => known(id.as_str()),
        };
        let question = match (own.get(id.as_str()), &elsewhere) {
            (Some(question), _) => Some(*question),
            (None, LookUp::Found(question)) => Some(question.as_ref()),
            (None, LookUp::Faulty) => None,
            // A questionnaire that is not at hand has banks that are not either.
            (None, LookUp::Absent) if questionnaire.is_none() => None,
            (None, LookUp::Absent) => {
                let message = format!("there is no question `{}`", name.value);
                let fault = Diagnostic::error(Code::A101, message, name.span);
                let help = one_of(&name.value, own.keys().copied());
                let see = "`gapwise init` writes a file with the questions there are";
                out.push(fault.help(help.unwrap_or_else(|| see.to_owned())));
                None
            }
        };
        let answer = answer(raw, question, functions.as_ref(), files, out);
        given.extend(answer.map(|answer| (id, answer)));
    }
    given
}

/// The functions of all respondents; `None` where one of them cannot be read.
fn functions(raw: &RawAnswers) -> Option<BTreeSet<&str>> {
    match &raw.by {
        Some(list) if list.items.len() < list.written => None,
        Some(list) => {
            list.items.iter().map(|raw| Some(raw.function.as_ref()?.value.as_str())).collect()
        }
        None if raw.keys.has_value("by") => None,
        None => Some(BTreeSet::new()),
    }
}

const VISIBILITIES: [(&str, bool); 2] = [("internal", false), ("public", true)];

/// An answer with what stands beside it. Without a `question` what stands beside it is checked alone.
fn answer(
    raw: &RawAnswer,
    question: Option<&Question>,
    functions: Option<&BTreeSet<&str>>,
    files: &EvidenceFiles,
    out: &mut Diagnostics,
) -> Option<Answer> {
    let claim = match (&raw.value, question) {
        (Some(value), Some(question)) => claim(value, question, out),
        (Some(_), None) => None,
        (None, _) => Some(Claim::Open),
    };
    let public = optional(&raw.visibility, |raw| word(raw, &VISIBILITIES, out));
    if let (Some(name), Some(functions)) = (&raw.by, functions) {
        respondent_is_known(name, functions, out);
    }
    let listed = raw.evidence.iter().flat_map(|list| &list.items);
    let evidence: Vec<_> = listed.filter_map(|raw| evidence(raw, files, out)).collect();
    evidence_supports_a_claim(raw, claim.as_ref(), out);
    question?;
    Some(Answer {
        claim: claim?,
        evidence,
        note: text(&raw.note),
        by: text(&raw.by),
        public: public?.unwrap_or(false),
    })
}

/// A122: somebody has the function that an answer names.
fn respondent_is_known(name: &Text, functions: &BTreeSet<&str>, out: &mut Diagnostics) {
    if functions.contains(name.value.as_str()) {
        return;
    }
    let message = format!("nobody in `by` has the function `{}`", name.value);
    let add = "add the person to `by` at the top";
    let help = match nearest(&name.value, functions.iter().copied()) {
        Some(near) => format!("did you mean `{near}`? if not, {add}"),
        None => add.to_owned(),
    };
    out.push(Diagnostic::warning(Code::A122, message, name.span).help(help));
}

/// A124: evidence stands beside an answer that claims something.
fn evidence_supports_a_claim(raw: &RawAnswer, claim: Option<&Claim>, out: &mut Diagnostics) {
    let claims_nothing = match claim {
        // A value that cannot be read has its own fault.
        Some(Claim::Open) => !VALUES.iter().any(|key| raw.keys.has_value(key)),
        Some(Claim::Unknown | Claim::NotApplicable(_)) => true,
        Some(Claim::Value(_)) | None => false,
    };
    if let Some(list) = raw.evidence.as_ref().filter(|list| claims_nothing && list.written > 0) {
        let at = raw.keys.at("evidence").unwrap_or(list.span);
        let message = "evidence stands beside an answer that claims nothing";
        let fault = Diagnostic::warning(Code::A124, message, at);
        out.push(fault.help("answer the question, or move the evidence"));
    }
}
