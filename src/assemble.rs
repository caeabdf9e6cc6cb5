//! From an answers file to an assessment and its figures: which documents are needed, in order.

use crate::cut::public_part;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, one_of};
use crate::digest::Digest;
use crate::library::Library;
use crate::model::{Assessment, Claim};
use crate::raw::answers::RawAnswers;
use crate::raw::{Document, DocumentKind, Text};
use crate::score::{Scorecard, State, score};
use crate::source::SourceId;
use crate::validate::{self, EvidenceFiles};
use std::collections::BTreeSet;

/// What is scored, and how.
#[derive(Debug)]
pub struct Request<'a> {
    /// The text with the answers.
    pub answers: SourceId,
    /// Another questionnaire than the one that was answered.
    pub against: Option<&'a str>,
    /// Another target than the questionnaire's own.
    pub target: Option<&'a str>,
    /// Another date than the answers' own.
    pub date: Option<&'a str>,
    /// What is at hand of evidence files.
    pub files: &'a EvidenceFiles,
}

/// Answers with their questionnaire, and all figures. `None` where they cannot be scored; why not is
/// then among the diagnostics, which also name answers that do not count.
pub fn assess(
    library: &mut Library,
    request: &Request<'_>,
    out: &mut Diagnostics,
) -> Option<(Assessment, Scorecard)> {
    let read = library.read(request.answers, out)?;
    let Document::Answers(raw) = &read.document else {
        let message = format!("this is a {}, not answers", read.document.kind().noun());
        let fault = Diagnostic::of_file(Code::Y024, message, request.answers);
        out.push(fault.help("name an answers file; `gapwise init` writes one to start from"));
        return None;
    };
    assess_raw(library, raw, read.digest, request, out)
}

/// The same with answers that were read already; `digest` is that of their document.
pub fn assess_raw(
    library: &mut Library,
    raw: &RawAnswers,
    digest: Digest,
    request: &Request<'_>,
    out: &mut Diagnostics,
) -> Option<(Assessment, Scorecard)> {
    if let Some(name) = &raw.questionnaire {
        questionnaire_is_known(library, name, out);
    }
    let id = request.against.or(raw.questionnaire.as_ref().map(|name| name.value.as_str()));
    let questionnaire = id.and_then(|id| library.questionnaire(id, out));
    let (facts, glossary) = (library.facts(out), library.glossary(out));
    let target = request.target.or(questionnaire.as_ref().and_then(|each| each.target.as_deref()));
    let target = target.map(|id| library.target(id, out));
    let mut known = |id: &str| library.look_up(id);
    let of = questionnaire.as_deref();
    let answers = validate::answers(raw, digest, of, &facts, &mut known, request.files, out);
    if out.has_errors() {
        return None;
    }
    let target = match target {
        Some(target) => Some(target?),
        None => None,
    };
    let mut assessment = Assessment::new(questionnaire?, facts, target, answers?, glossary);
    if let Some(date) = request.date {
        assessment.answers.date = date.to_owned();
        assessment.answers.date_given = true;
    }
    let scorecard = score(&assessment);
    answers_that_do_not_count(raw, &assessment, &scorecard, out);
    Some((assessment, scorecard))
}

/// What outsiders may see of an assessment, with its own figures, and what was found in other files than
/// its answers file: warnings about that are made from all of it.
///
/// An answer that does not count here because what its question hangs on is withheld goes too; that may
/// leave others hanging, so it is done until none is left.
pub fn public(
    of: &Assessment,
    answers: SourceId,
    found: &Diagnostics,
) -> (Assessment, Scorecard, Diagnostics) {
    let mut gone = BTreeSet::new();
    loop {
        let assessment = public_part(of, &|at| gone.contains(&at));
        let scorecard = score(&assessment);
        let states = scorecard.states.iter().enumerate();
        let idle = states.filter(|(at, state)| {
            matches!(state, State::NotAsked | State::Open { .. })
                && assessment.answer(*at).claim != Claim::Open
        });
        let idle: Vec<_> = idle.map(|(at, _)| at).collect();
        if idle.is_empty() {
            return (assessment, scorecard, found.elsewhere(answers));
        }
        gone.extend(idle);
    }
}

/// A109: the answers are to a questionnaire that is there.
fn questionnaire_is_known(library: &Library, name: &Text, out: &mut Diagnostics) {
    let names = library.names(DocumentKind::Questionnaire);
    if !names.contains(&name.value) {
        let message = format!("there is no questionnaire `{}`", name.value);
        let fault = Diagnostic::error(Code::A109, message, name.span);
        let near = one_of(&name.value, names.iter().map(String::as_str));
        let elsewhere = "if it is one of your own, name its folder with --questionnaires";
        let help = near.map_or(elsewhere.to_owned(), |near| format!("{near}; {elsewhere}"));
        out.push(fault.help(help));
    }
}

/// A115: answers to questions of this questionnaire that are not asked of this respondent; one
/// warning for all of them.
fn answers_that_do_not_count(
    raw: &RawAnswers,
    assessment: &Assessment,
    scorecard: &Scorecard,
    out: &mut Diagnostics,
) {
    let questions = &assessment.questionnaire.questions;
    let is_idle = |name: &&Text| {
        let at = questions.iter().position(|question| question.id.as_str() == name.value);
        at.is_some_and(|at| {
            assessment.answer(at).claim != Claim::Open && scorecard.states[at] == State::NotAsked
        })
    };
    let idle: Vec<_> =
        raw.answers.iter().flat_map(|answers| answers.keys()).filter(is_idle).collect();
    let names: Vec<_> = idle.iter().map(|name| format!("`{}`", name.value)).collect();
    let Some(first) = idle.first() else { return };
    let message = match names.as_slice() {
        [name] => format!("{name} is answered but not asked of this respondent"),
        _ => format!(
            "{} answers are to questions not asked of this respondent: {}",
            names.len(),
            names.join(", ")
        ),
    };
    let fault = Diagnostic::warning(Code::A115, message, first.span);
    out.push(
        fault.help(
            "what is not asked is kept and not counted; look at the profile if it should count",
        ),
    );
}

/// Looks at one document of whatever kind, with all that it names; answers that can be scored are.
pub fn check(
    library: &mut Library,
    source: SourceId,
    files: &EvidenceFiles,
    out: &mut Diagnostics,
) -> Option<(Assessment, Scorecard)> {
    let read = library.read(source, out)?;
    match &read.document {
        Document::Answers(_) => {
            let request =
                Request { answers: source, against: None, target: None, date: None, files };
            return assess(library, &request, out);
        }
        Document::Questionnaire(_) => {
            library.questionnaire_at(source, out);
        }
        Document::Bank(_) => check_bank(library, source, out),
        Document::Target(_) => {
            library.target_at(source, out);
        }
        Document::Profile(raw) => {
            validate::facts(raw, out);
        }
        Document::Glossary(raw) => {
            validate::glossary(raw, out);
        }
        Document::Crosswalk(_) => {
            library.crosswalk_at(source, out);
        }
    }
    None
}

/// A bank by itself: its steps and conditions may name questions of any bank.
fn check_bank(library: &mut Library, source: SourceId, out: &mut Diagnostics) {
    let own = library.bank_at(source, out);
    let Some(read) = library.read(source, out) else { return };
    let Some(raw) = read.bank() else { return };
    let mut banks = library.all_banks(&mut Diagnostics::default());
    banks.extend(own);
    let questions: Vec<_> = banks.iter().flat_map(|bank| &bank.questions).collect();
    let documents = library.documents(DocumentKind::Bank);
    let others: Vec<_> = documents.iter().filter_map(|read| read.bank()).collect();
    let facts = library.facts(out);
    let mut exists = |id: &str| library.declares(id);
    validate::bank_among_others(raw, &others, &questions, &facts, &mut exists, out);
    let documents = library.documents(DocumentKind::Questionnaire);
    if documents.len() == library.names(DocumentKind::Questionnaire).len() {
        let questionnaires: Vec<_> =
            documents.iter().filter_map(|read| read.questionnaire()).collect();
        validate::questions_are_asked(raw, &questionnaires, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BANK: &str = "gapwise: questions/1
theme: mine
title: Mine
language: en
questions:
";
    const QUESTIONNAIRE: &str = "gapwise: questionnaire/1
id: mine
version: 1.0.0
title: Mine
summary: Ours.
language: en
sources: {s: {title: S, issuer: I}}
banks: [mine]
domains:
  - id: M
    title: M
    requirements:
      - {id: M-A, statement: S, source: {document: s, clause: C}, weight: 1, asked-by: [M-1]}
      - id: M-B
        statement: S
        source: {document: s, clause: C}
        weight: 1
        asked-by: [M-2]
        applies-when: {answer: M-1, is: [yes]}
";

    /// What is found in a questionnaire whose bank has these questions, by file.
    fn found(questions: &str) -> Vec<(String, Code)> {
        let mut library = Library::default();
        library.add("bank", format!("{BANK}{questions}"));
        let source = library.add("questionnaire", QUESTIONNAIRE);
        let mut out = Diagnostics::default();
        check(&mut library, source, &EvidenceFiles::new(), &mut out);
        let name = |each: &Diagnostic| library.sources.get(each.source).name.clone();
        out.sorted().into_iter().map(|each| (name(each), each.code)).collect()
    }

    #[test]
    fn a_faulty_question_is_not_an_absent_one() {
        let questions = "  - {id: M-1, ask: A, type: none}\n  - {id: M-2, ask: A, type: yes-no}\n";
        assert_eq!(found(questions), [("bank".to_owned(), Code::Y019)]);
    }

    #[test]
    fn a_questionnaire_looks_at_the_steps_of_its_banks() {
        let steps = "[{to: yes, do: D, effort: {micro: 1}, after: [M-2, M-3]}]";
        let questions = format!(
            "  - {{id: M-1, ask: A, type: yes-no}}\n  - {{id: M-2, ask: A, type: yes-no, steps: {steps}}}\n"
        );
        let at = |code| ("bank".to_owned(), code);
        assert_eq!(found(&questions), [at(Code::B112), at(Code::B111)]);
    }
}
