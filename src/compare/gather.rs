//! From files to assessments that can be compared: one questionnaire, one cut, the order of dates.

use super::data::{Comparison, KIND, PointDomain, PointOf, Shared};
use super::edition::{self, Edition};
use super::head::Head;
use super::notes;
use super::stages::{Stage, given};
use crate::assemble::{self, assess_raw};
use crate::diagnostic::{Diagnostics, Severity};
use crate::library::Library;
use crate::model::{Assessment, Questionnaire};
use crate::raw::DocumentKind;
use crate::result::{AssessmentResult, ENGINE, METHOD};
use crate::score::{Scorecard, State};
use crate::source::{SourceId, one_line};
use crate::validate::EvidenceFiles;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A file that is to be compared.
#[derive(Debug)]
pub struct Given {
    /// Its name, as its reader knows it.
    pub name: String,
    /// What it is.
    pub input: Input,
}

/// What kind of file it is.
#[derive(Debug)]
pub enum Input {
    /// Answers, a text of the library, and what is at hand of their evidence.
    Answers(SourceId, EvidenceFiles),
    /// A result; the answers in it are scored anew.
    Result(Box<AssessmentResult>),
}

/// Under what all are scored.
#[derive(Clone, Copy, Debug, Default)]
pub struct Request<'a> {
    /// Another questionnaire than the one that was answered.
    pub against: Option<&'a str>,
    /// Another target than the questionnaire's own.
    pub target: Option<&'a str>,
}

/// Why files cannot be compared, where no place in a text is to blame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Fault {
    pub(super) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }
}

/// What was found wrong with all of the files.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// In texts of the library.
    pub diagnostics: Diagnostics,
    /// In texts of the library with the earlier edition.
    pub of_earlier: Diagnostics,
    /// In no text.
    pub faults: Vec<Fault>,
}

impl Found {
    /// Whether anything stands in the way of comparing.
    pub fn has_errors(&self) -> bool {
        let either = [&self.diagnostics, &self.of_earlier];
        !self.faults.is_empty() || either.into_iter().any(Diagnostics::has_errors)
    }
}

/// Compares files: the assessments in the order of their dates, and each with the one before. `earlier` has
/// the documents of an earlier edition. `None` where they cannot be compared; why not is then found, in all
/// of them.
pub fn compare(
    library: &mut Library,
    mut earlier: Option<&mut Library>,
    files: &[Given],
    request: &Request<'_>,
    out: &mut Found,
) -> Option<Comparison> {
    let heads = files.iter().map(|file| Head::of(file, library, out));
    let heads: Vec<_> = heads.collect::<Vec<_>>().into_iter().flatten().collect();
    let id = one_questionnaire(&heads, request, out);
    of_one_cut(&heads, out);
    let id = id?;
    let at_hand = questionnaire_at_hand(&id, &heads, library, request, out)?;
    let before = match &mut earlier {
        Some(library) => library.questionnaire(&id, &mut out.of_earlier),
        None => None,
    };
    let mut desk = Desk { library, earlier, at_hand, before, request, shared: None, notes: vec![] };
    let editions = desk.editions(&heads);
    if editions.contains(&Edition::Elsewhere) {
        desk.share(&heads, &editions, out);
    }
    let assessed = heads.iter().zip(&editions).map(|(head, edition)| {
        let assessment = desk.assess(head, *edition, out)?;
        Some((head, *edition, assessment))
    });
    let assessed: Vec<_> = assessed.collect();
    if out.has_errors() || heads.len() < files.len() {
        return None;
    }
    let mut assessed: Vec<_> = assessed.into_iter().collect::<Option<_>>()?;
    desk.notes.extend(notes::of_order(&assessed));
    assessed.sort_by(|one, other| one.2.answers.date.cmp(&other.2.answers.date));
    desk.notes.extend(notes::of_subjects(&assessed));
    desk.notes.extend(desk.earlier.is_some().then(|| notes::of_earlier(&editions)).flatten());
    desk.comparison(&assessed)
}

/// A file with its edition and what came of it.
pub(super) type AssessedFile<'h, 'a> = (&'h Head<'a>, Edition, Assessment);

/// The questionnaire that all are scored under.
fn one_questionnaire(heads: &[Head<'_>], request: &Request<'_>, out: &mut Found) -> Option<String> {
    if let Some(id) = request.against {
        return Some(id.to_owned());
    }
    let named = heads.iter().filter_map(|head| Some((head, head.questionnaire.as_ref()?)));
    let named: Vec<_> = named.collect();
    let (_, first) = named.first()?;
    if named.iter().any(|(_, other)| other != first) {
        let each = named.iter().map(|(head, id)| format!("`{}` {}", one_line(id), head.name()));
        let each: Vec<_> = each.collect();
        let message = format!("the files are of different questionnaires: {}", each.join(", "));
        let help = format!(
            "compare files of one questionnaire, or score all under the same, as `--against {}`",
            one_line(first)
        );
        out.faults.push(Fault::new(message, help));
        return None;
    }
    Some((*first).clone())
}

/// A public cut holds only what was made public, so nothing else can be compared with it.
fn of_one_cut(heads: &[Head<'_>], out: &mut Found) {
    let (public, full): (Vec<_>, Vec<_>) = heads.iter().partition(|head| head.is_public());
    if let (Some(public), Some(full)) = (public.first(), full.first()) {
        let message = format!(
            "`{}` is a public cut and `{}` is not: what is withheld would look like a change",
            public.name(),
            full.name()
        );
        let help = "compare public cuts with each other; `gapwise report ANSWERS --for public --format json -o out/` makes one";
        out.faults.push(Fault::new(message, help));
    }
}

/// The questionnaire at hand; where there is none, what is wrong with each file is found all the same.
fn questionnaire_at_hand(
    id: &str,
    heads: &[Head<'_>],
    library: &mut Library,
    request: &Request<'_>,
    out: &mut Found,
) -> Option<Arc<Questionnaire>> {
    if library.has(DocumentKind::Questionnaire, id) {
        return library.questionnaire(id, &mut out.diagnostics);
    }
    for head in heads {
        if head.result().is_some() {
            let message =
                format!("the questionnaire `{}` of `{}` is not at hand", one_line(id), head.name());
            let help = "name the folder that holds it with --questionnaires";
            out.faults.push(Fault::new(message, help));
        } else {
            assess(head, library, request, &mut out.diagnostics);
        }
    }
    None
}

/// The answers of a file under a questionnaire of a library.
fn assess(
    head: &Head<'_>,
    library: &mut Library,
    request: &Request<'_>,
    out: &mut Diagnostics,
) -> Option<Assessment> {
    let (raw, digest) = head.raw()?;
    assess_these(head, raw, digest, library, request, out)
}

fn assess_these(
    head: &Head<'_>,
    raw: &crate::raw::answers::RawAnswers,
    digest: crate::digest::Digest,
    library: &mut Library,
    request: &Request<'_>,
    out: &mut Diagnostics,
) -> Option<Assessment> {
    let nothing = EvidenceFiles::new();
    let mut found = Diagnostics::default();
    let (files, own) = match &head.given.input {
        Input::Answers(_, files) => (files, None),
        Input::Result(result) => (&nothing, Some(result.questionnaire.id.as_str())),
    };
    let against = request.against.or(own);
    let scored = assemble::Request {
        answers: head.source,
        against,
        target: request.target,
        date: None,
        files,
    };
    let assessed = assess_raw(library, raw, digest, &scored, &mut found);
    match head.result() {
        // Warnings are about the file that the result was made from.
        Some(_) => {
            let errors = found.sorted();
            let errors = errors.into_iter().filter(|each| each.severity == Severity::Error);
            errors.for_each(|each| out.push(each.clone()));
        }
        None => out.extend(&found),
    }
    let (assessment, _) = assessed?;
    Some(if head.is_public() {
        assemble::public(&assessment, head.source, &found).0
    } else {
        assessment
    })
}

/// What is at hand while files are scored.
struct Desk<'a> {
    library: &'a mut Library,
    earlier: Option<&'a mut Library>,
    /// The edition that all that is not of the earlier one is scored under.
    at_hand: Arc<Questionnaire>,
    /// The earlier edition.
    before: Option<Arc<Questionnaire>>,
    request: &'a Request<'a>,
    shared: Option<Shared>,
    notes: Vec<String>,
}

impl Desk<'_> {
    /// Where the edition of each file is.
    fn editions(&self, heads: &[Head<'_>]) -> Vec<Edition> {
        let before = self.before.as_deref();
        let one = |head: &Head<'_>| match self.request.against {
            Some(id) if head.questionnaire.as_deref() != Some(id) => Edition::AtHand,
            _ => head.label.edition(&self.at_hand, before),
        };
        heads.iter().map(one).collect()
    }

    /// Leaves only the questions that all files share.
    fn share(&mut self, heads: &[Head<'_>], editions: &[Edition], out: &mut Found) {
        let own = self.at_hand.questions.iter().map(|each| each.id.to_string());
        let own: BTreeSet<String> = own.collect();
        let mut known: Option<BTreeSet<String>> = None;
        let mut elsewhere = BTreeSet::new();
        for (head, edition) in heads.iter().zip(editions) {
            let questions = match (edition, &self.before) {
                (Edition::AtHand, _) => continue,
                (Edition::Earlier, Some(before)) => {
                    before.questions.iter().map(|each| each.id.to_string()).collect()
                }
                _ => head.questions.clone(),
            };
            let unfit: BTreeSet<_> = self.unfit(head).into_iter().collect();
            let foreign = questions.iter().filter(|id| match head.result() {
                Some(_) => !own.contains(*id),
                // Answers may be to other questionnaires too.
                None => !own.contains(*id) && unfit.contains(*id),
            });
            elsewhere.extend(foreign.cloned());
            let fit: BTreeSet<_> = questions.difference(&unfit).cloned().collect();
            known = Some(match known {
                Some(known) => known.intersection(&fit).cloned().collect(),
                None => fit,
            });
        }
        let known = known.unwrap_or(own);
        let (restricted, mut shared) = edition::shared(&self.at_hand, &known);
        shared.elsewhere = elsewhere.into_iter().collect();
        if shared.compared == 0 {
            let message = "the editions of these files share no question";
            let help = "name the folder with the earlier edition with --earlier-questionnaires";
            out.faults.push(Fault::new(message, help));
        }
        self.notes.extend(notes::of_shared(heads, editions, &self.at_hand, &shared));
        self.at_hand = Arc::new(restricted);
        self.shared = Some(shared);
    }

    /// Questions whose answer is none to the edition at hand.
    fn unfit(&mut self, head: &Head<'_>) -> Vec<String> {
        let mut found = Diagnostics::default();
        assess(head, self.library, self.request, &mut found);
        head.raw().map(|(raw, _)| edition::fitting(raw, &found).1).unwrap_or_default()
    }

    /// A file under its own edition, or under what all share.
    fn assess(&mut self, head: &Head<'_>, edition: Edition, out: &mut Found) -> Option<Assessment> {
        let assessment = match (edition, &mut self.earlier) {
            _ if self.shared.is_some() => {
                let mut found = Diagnostics::default();
                assess(head, self.library, self.request, &mut found);
                let (raw, digest) = head.raw()?;
                let (raw, _) = match edition {
                    Edition::AtHand => (raw.clone(), Vec::new()),
                    _ => edition::fitting(raw, &found),
                };
                let (library, found) = (&mut *self.library, &mut out.diagnostics);
                assess_these(head, &raw, digest, library, self.request, found)?
            }
            (Edition::Earlier, Some(earlier)) => {
                let text = self.library.sources.get(head.source);
                let source = earlier.add(text.name.clone(), text.text.clone());
                let read = earlier.read(source, &mut out.of_earlier)?;
                let raw = read.answers()?;
                let found = &mut out.of_earlier;
                assess_these(head, raw, read.digest, earlier, self.request, found)?
            }
            _ => assess(head, self.library, self.request, &mut out.diagnostics)?,
        };
        let under = match (edition, &self.before) {
            (Edition::Earlier, Some(before)) if self.shared.is_none() => before,
            _ => &self.at_hand,
        };
        let whole = given(&assessment);
        let Assessment { facts, target, mut answers, glossary, .. } = assessment;
        answers.given = whole;
        Some(Assessment::new(under.clone(), facts, target, answers, glossary))
    }

    /// The comparison of what was scored, the earliest first.
    fn comparison(mut self, assessed: &[AssessedFile<'_, '_>]) -> Option<Comparison> {
        let stages: Vec<_> =
            assessed.iter().map(|(.., assessment)| Stage::of(assessment.clone())).collect();
        for ((head, edition, _), stage) in assessed.iter().zip(&stages) {
            if self.shared.is_none() && self.request.against.is_none() {
                self.notes.extend(notes::of_result(head, *edition, &stage.result));
            }
        }
        let pairs = assessed.windows(2);
        let steps = pairs.map(|pair| super::step(&pair[0].2, &pair[1].2)).collect();
        let last = &stages.last()?.result;
        Some(Comparison {
            gapwise: KIND.to_owned(),
            engine: ENGINE.to_owned(),
            method: METHOD,
            questionnaire: last.questionnaire.clone(),
            target: last.target.clone(),
            language: self.at_hand.language.clone(),
            notes: self.notes,
            shared: self.shared,
            points: assessed.iter().zip(&stages).map(point).collect(),
            steps,
        })
    }
}

/// An assessment as a point of a comparison.
fn point(((head, _, _), stage): (&AssessedFile<'_, '_>, &Stage)) -> PointOf {
    let result = &stage.result;
    let domain = |each: &crate::result::DomainOf| PointDomain {
        id: each.id.clone(),
        title: each.title.clone(),
        figures: each.figures.clone(),
    };
    PointOf {
        file: head.file_name(),
        date: result.date.clone(),
        of: result.of.clone(),
        answered: head.label.version.clone(),
        version: result.questionnaire.version.clone(),
        verdict: result.verdict.clone(),
        counts: result.counts,
        evidenced: evidenced(&stage.assessment, &stage.scorecard),
        overall: result.overall.clone(),
        domains: result.domains.iter().map(domain).collect(),
    }
}

/// How many of the questions answered have evidence listed.
fn evidenced(assessment: &Assessment, scorecard: &Scorecard) -> usize {
    let states = scorecard.states.iter().enumerate();
    let answered = states.filter(|(_, state)| **state == State::Answered);
    answered.filter(|(at, _)| !assessment.answer(*at).evidence.is_empty()).count()
}
