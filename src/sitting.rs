//! Answers while they are given: in the terminal, and in a page in the browser.
//!
//! The text of the answers file is all that is kept. Each thing said changes that text in place, and what
//! is asked, what is still open and what comes of it are worked out of it anew, by the engine that makes
//! reports. So a page and the command line cannot differ, and comments in the file stay.

pub mod said;
pub mod view;

use crate::answers_file::change::Change;
use crate::answers_file::{Form, Known, blank};
use crate::assemble::{self, Request};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::length::{deciding, minutes_left};
use crate::library::{Library, Read};
use crate::model::{
    Assessment, Claim, Fact, Facts, Profile, QuestionId, QuestionIndex, Questionnaire, Target,
};
use crate::raw::Text;
use crate::raw::answers::RawAnswers;
use crate::score::{Scorecard, State};
use crate::source::{LARGEST_ANSWERS, SourceId, Span};
use crate::validate::EvidenceFiles;
use serde::Serialize;
use std::sync::Arc;

/// An answers file of a [`Library`] while it is filled in.
#[derive(Debug)]
pub struct Sitting {
    /// The text with the answers.
    pub answers: SourceId,
    /// What is asked.
    pub questionnaire: Arc<Questionnaire>,
    /// What is at hand of evidence files.
    pub files: EvidenceFiles,
    facts: Arc<Facts>,
    target: Option<Arc<Target>>,
}

/// How an answers file stands.
#[derive(Debug, Default)]
pub struct Standing {
    /// Who or what is assessed; empty while not said.
    pub name: String,
    /// The date of the assessment; empty while not said.
    pub date: String,
    /// Name (may be empty) and function of each who answers.
    pub respondents: Vec<(String, String)>,
    /// The facts that are asked for, each with the values stated.
    pub facts: Vec<(Fact, Vec<String>)>,
    /// What must be said before anything can be scored, in the order in which it is asked for.
    pub unsaid: Vec<Unsaid>,
    /// The assessment with its figures; `None` while something is unsaid.
    pub scored: Option<(Assessment, Scorecard)>,
    /// Warnings about the file.
    pub found: Diagnostics,
}

/// What a file lacks before it can be scored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsaid {
    /// Who or what is assessed.
    Name,
    /// The date.
    Date,
    /// A fact that decides what is asked, by its id.
    Fact(String),
}

/// The questions of a domain that are asked now, each where it is first asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The place of the domain in the questionnaire.
    pub domain: usize,
    /// Its questions.
    pub questions: Vec<QuestionIndex>,
}

/// How far the answers have come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Progress {
    /// Questions that are asked now.
    pub asked: usize,
    /// Those of them that are dealt with, "don't know" and "not applicable" included.
    pub done: usize,
    /// An estimate for the others. Unit: minutes.
    pub minutes_left: usize,
}

/// Why something said was not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// What is wrong with it.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl Sitting {
    /// A new answers file with the name `file` for a questionnaire, with what is known already. `None`
    /// where there is no such questionnaire, or it has faults, which are then told.
    pub fn begin(
        library: &mut Library,
        questionnaire: &str,
        file: &str,
        known: &Known,
        out: &mut Diagnostics,
    ) -> Option<Self> {
        let answers = library.add(file, "");
        let sitting = Self::of(library, questionnaire, answers, out)?;
        let glossary = library.glossary(out);
        let deciding = deciding(&sitting.questionnaire, &sitting.facts, &known.profile);
        let text = blank(&sitting.form(&deciding), &glossary, &[], known);
        library.replace(answers, text);
        Some(sitting)
    }

    /// An answers file that is there. What it does not say yet is no fault; `None` where it has faults,
    /// which are then told.
    pub fn open(library: &mut Library, answers: SourceId, out: &mut Diagnostics) -> Option<Self> {
        let mut found = Diagnostics::default();
        assess(library, answers, &EvidenceFiles::new(), &mut found);
        let read = library.read(answers, &mut Diagnostics::default());
        let raw = read.as_deref().and_then(Read::answers);
        for fault in found.sorted() {
            let is_unsaid = raw.is_some_and(|raw| is_unsaid(fault, raw, library));
            if fault.severity == Severity::Error && !is_unsaid {
                out.push(fault.clone());
            }
        }
        out.more += found.more;
        let questionnaire = raw?.questionnaire.as_ref()?;
        if out.has_errors() { None } else { Self::of(library, &questionnaire.value, answers, out) }
    }

    fn of(
        library: &mut Library,
        questionnaire: &str,
        answers: SourceId,
        out: &mut Diagnostics,
    ) -> Option<Self> {
        let questionnaire = library.questionnaire(questionnaire, out)?;
        let facts = library.facts(out);
        let target = questionnaire.target.as_deref().and_then(|id| library.target(id, out));
        let files = EvidenceFiles::new();
        let sitting = Self { answers, questionnaire, files, facts, target };
        (!out.has_errors()).then_some(sitting)
    }

    fn form<'a>(&'a self, deciding: &'a [&'a Fact]) -> Form<'a> {
        Form {
            questionnaire: &self.questionnaire,
            target: self.target.as_deref(),
            facts: &self.facts,
            deciding,
        }
    }

    /// The text of the answers file as it stands.
    pub fn text<'a>(&self, library: &'a Library) -> &'a str {
        &library.sources.get(self.answers).text
    }

    /// Writes what is said into the text: all of it or nothing.
    ///
    /// # Errors
    /// The file would have a fault then, or cannot be changed in place.
    pub fn say(&self, library: &mut Library, changes: &[Change<'_>]) -> Result<(), Refused> {
        let before = self.text(library).to_owned();
        let mut text = before.clone();
        for change in changes {
            text = change.apply(&text).map_err(|why| {
                let help = "write it into the file by hand, in an editor".to_owned();
                Refused { message: why.to_string(), help: Some(help) }
            })?;
        }
        if text.len() > LARGEST_ANSWERS {
            let message = format!("the answers file would have more than {LARGEST_ANSWERS} bytes");
            return Err(Refused { message, help: Some("shorten a note".to_owned()) });
        }
        library.replace(self.answers, text);
        let mut faults = Diagnostics::default();
        if Self::open(library, self.answers, &mut faults).is_some() {
            return Ok(());
        }
        library.replace(self.answers, before);
        let fault =
            faults.sorted().first().map(|fault| (fault.message.clone(), fault.help.clone()));
        let (message, help) = fault.unwrap_or_default();
        Err(Refused { message, help })
    }

    /// How the answers stand now.
    pub fn standing(&self, library: &mut Library) -> Standing {
        let read = library.read(self.answers, &mut Diagnostics::default());
        let Some(raw) = read.as_deref().and_then(Read::answers) else { return Standing::default() };
        let of = raw.of.as_ref();
        let value = |text: Option<&Text>| text.map_or(String::new(), |text| text.value.clone());
        let name = value(of.and_then(|of| of.name.as_ref()));
        let date = value(raw.date.as_ref());
        let respondents = raw.by.iter().flat_map(|list| &list.items);
        let respondents = respondents
            .map(|each| (value(each.name.as_ref()), value(each.function.as_ref())))
            .collect();
        let facts = self.facts_asked(&stated(raw));
        let unsaid = self.unsaid(&name, &date, &facts);
        let mut found = Diagnostics::default();
        let scored = assess(library, self.answers, &self.files, &mut found);
        Standing { name, date, respondents, facts, unsaid, scored, found }
    }

    /// The facts to ask for, given what is stated.
    fn facts_asked(&self, stated: &Profile) -> Vec<(Fact, Vec<String>)> {
        let deciding = deciding(&self.questionnaire, &self.facts, stated);
        let form = self.form(&deciding);
        let wanted = self.facts.facts.iter().filter(|fact| match fact.id.as_str() {
            Facts::KIND => false,
            Facts::STAGE => form.has_stage() || stated.contains_key(Facts::STAGE),
            _ => form.wants(fact, stated),
        });
        let with_values = |fact: &Fact| {
            let values = stated.get(&fact.id).cloned().unwrap_or_default();
            (fact.clone(), values)
        };
        wanted.map(with_values).collect()
    }

    fn unsaid(&self, name: &str, date: &str, facts: &[(Fact, Vec<String>)]) -> Vec<Unsaid> {
        let used = self.questionnaire.facts_used();
        let name = name.is_empty().then_some(Unsaid::Name);
        let date = date.is_empty().then_some(Unsaid::Date);
        let is_lacking = |(fact, values): &&(Fact, Vec<String>)| {
            fact.required && values.is_empty() && used.contains(fact.id.as_str())
        };
        let facts = facts.iter().filter(is_lacking);
        let facts = facts.map(|(fact, _)| Unsaid::Fact(fact.id.clone()));
        name.into_iter().chain(date).chain(facts).collect()
    }
}

/// The figures of the answers; `None` where they cannot be scored.
fn assess(
    library: &mut Library,
    answers: SourceId,
    files: &EvidenceFiles,
    out: &mut Diagnostics,
) -> Option<(Assessment, Scorecard)> {
    let request = Request { answers, against: None, target: None, date: None, files };
    assemble::assess(library, &request, out)
}

/// The values of each fact that an answers file states.
fn stated(raw: &RawAnswers) -> Profile {
    let profile = raw.profile.iter().flat_map(|profile| &profile.entries);
    let of = raw.of.as_ref();
    let stage = of.and_then(|of| of.stage.as_ref()).map(|stage| vec![stage.value.clone()]);
    profile
        .map(|(name, stated)| (name.value.clone(), &stated.0))
        .map(|(name, values)| (name, values.iter().map(|text| text.value.clone()).collect()))
        .chain(stage.map(|stage| (Facts::STAGE.to_owned(), stage)))
        .filter(|(_, values): &(String, Vec<String>)| !values.is_empty())
        .collect()
}

/// Whether a fault says no more than that something is not said yet: a name, a date, a fact.
fn is_unsaid(fault: &Diagnostic, raw: &RawAnswers, library: &Library) -> bool {
    let Some(at) = fault.primary.as_ref().map(|label| label.span) else { return false };
    let name = raw.of.as_ref().and_then(|of| of.keys.at("name"));
    let is_empty_name = |key: Span| {
        let between = library.sources.get(key.source).text.get(key.end as usize..at.start as usize);
        between.is_some_and(|between| between.trim_matches([':', ' ']).is_empty())
    };
    match fault.code {
        Code::A114 => true,
        Code::Y015 => {
            let of = raw.of.as_ref().map(|of| of.span);
            let whole = raw.questionnaire.as_ref().map(|_| raw.span);
            [raw.keys.at("date"), raw.keys.at("of"), name, of, whole].contains(&Some(at))
        }
        Code::Y016 => name.is_some_and(is_empty_name),
        _ => false,
    }
}

/// The questions that are asked now, by domain. Those that wait for another answer are not among them.
pub fn sections(assessment: &Assessment, scorecard: &Scorecard) -> Vec<Section> {
    let mut seen = vec![false; assessment.questionnaire.questions.len()];
    let mut sections = Vec::new();
    for (domain, each) in assessment.questionnaire.domains.iter().enumerate() {
        let asked = each.requirements.iter().flat_map(|requirement| &requirement.asked_by);
        let mut questions = Vec::new();
        for at in asked.map(|asked| asked.question) {
            let is_asked = !matches!(
                scorecard.states[at],
                State::NotAsked | State::Open { hangs_on: Some(_) }
            );
            if is_asked && !std::mem::replace(&mut seen[at], true) {
                questions.push(at);
            }
        }
        if !questions.is_empty() {
            sections.push(Section { domain, questions });
        }
    }
    sections
}

/// How far the answers have come.
pub fn progress(assessment: &Assessment, scorecard: &Scorecard) -> Progress {
    let sections = sections(assessment, scorecard);
    let asked: Vec<_> = sections.into_iter().flat_map(|section| section.questions).collect();
    let is_open = |at: &QuestionIndex| matches!(scorecard.states[*at], State::Open { .. });
    let open: Vec<_> = asked.iter().copied().filter(is_open).collect();
    Progress {
        asked: asked.len(),
        done: asked.len() - open.len(),
        minutes_left: minutes_left(&assessment.questionnaire, &asked, &open),
    }
}

/// Questions that are answered and not asked, so that their answers do not count.
pub fn idle(assessment: &Assessment, scorecard: &Scorecard) -> Vec<QuestionId> {
    let questions = assessment.questionnaire.questions.iter().enumerate();
    let is_idle = |at: usize| {
        scorecard.states[at] == State::NotAsked && assessment.answer(at).claim != Claim::Open
    };
    questions.filter(|(at, _)| is_idle(*at)).map(|(_, each)| each.id.clone()).collect()
}
