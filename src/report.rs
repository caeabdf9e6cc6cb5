//! All that a renderer may show, already put into words and order. A renderer adds layout only.

mod annex;
mod asked;
mod board;
mod by;
mod finding;
mod notes;
mod owner;
mod plan;
mod sheet;
mod verdict;
mod words;

pub use annex::{Pair, TargetWords};
pub use asked::{AnswerWords, DomainWords, EvidenceWords, RequirementWords};
pub use board::{Board, BoardFinding, Shortened};
pub use by::{ClauseGroupWords, ClauseWords, FrameworkWords, MappedWords, by_framework};
pub use finding::{FindingWords, StepWords};
pub use notes::{QuestionNote, StillOpenWords};
pub use owner::{Owner, OwnerAction};
pub use plan::{AssumedWords, PhaseWords, PlanWords, PlannedWords, StandingWords, assumed, plan};
pub use sheet::{Sheet, SheetAnswer, SheetDomain};
pub use verdict::{FirstActionWords, GateWords};
pub use words::{FigureWords, Title};

use crate::cut::Cut;
use crate::model::{Assessment, QuestionIndex, Requirement};
use crate::result::{ENGINE, METHOD, Warning};
use crate::score::{GateState, Scorecard, State, trace};
use crate::source::one_line;
use serde::{Deserialize, Serialize};

/// What each page has at its head and foot, whomever it is for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Head {
    /// Who or what is assessed.
    pub name: String,
    /// `organisation` or `system`.
    pub kind: String,
    /// The date of the assessment.
    pub date: String,
    /// The language of the questionnaire, as `en`.
    pub language: String,
    /// The language that the respondent writes in, where it is another.
    pub answer_language: Option<String>,
    /// Name and version of this program.
    pub engine: String,
}

/// A gap report.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// Of whom, when and by what it is made.
    #[serde(flatten)]
    pub head: Head,
    /// The questionnaire.
    pub questionnaire: QuestionnaireWords,
    /// clear, held or incomplete.
    pub verdict: String,
    /// What the verdict means here.
    pub verdict_sentence: String,
    /// The overall figures.
    pub overall: FigureWords,
    /// The arithmetic of the overall score.
    pub arithmetic: String,
    /// What a reader must know before the figures.
    pub alerts: Vec<String>,
    /// How many questions are in each state.
    pub counts: CountWords,
    /// Gates that failed.
    pub failed_gates: Vec<GateWords>,
    /// Gates that open questions decide.
    pub open_gates: Vec<GateWords>,
    /// What these are, and what they are not.
    pub open_gates_note: String,
    /// How many gates passed.
    pub passed_gates: usize,
    /// What to do first.
    pub first_actions: Vec<FirstActionWords>,
    /// The steps worth most for a budget, where one is given.
    pub plan: Option<PlanWords>,
    /// The domains with everything asked.
    pub domains: Vec<DomainWords>,
    /// A framework whose clauses are shown in place of the domains and their requirements.
    pub by: Option<FrameworkWords>,
    /// Requirements below target, in the order in which to deal with them.
    pub findings: Vec<FindingWords>,
    /// What is said where there are no findings.
    pub nothing_below: String,
    /// Requirements that open answers could bring to their target.
    pub still_open: Vec<StillOpenWords>,
    /// Open questions.
    pub open: Vec<QuestionNote>,
    /// Questions answered with "don't know".
    pub unknown: Vec<QuestionNote>,
    /// Questions said not to apply, with the reason.
    pub not_applicable: Vec<QuestionNote>,
    /// Requirements that do not apply to this profile, and why.
    pub not_asked: Vec<QuestionNote>,
    /// Requirements that are listed and not asked, and why.
    pub listed: Vec<QuestionNote>,
    /// Facts that are not stated.
    pub not_stated: Vec<QuestionNote>,
    /// The file that holds the result.
    pub result_file: &'static str,
    /// What is stated of the organisation.
    pub profile: Vec<Pair>,
    /// Who answered.
    pub respondents: Vec<String>,
    /// The source texts.
    pub sources: Vec<String>,
    /// Where the weights come from.
    pub weighting: Option<String>,
    /// What each strength weighs.
    pub weights: Vec<Pair>,
    /// The named bands of scores.
    pub scale: Vec<Pair>,
    /// The target; `None` where there is none.
    pub target: Option<TargetWords>,
    /// Digests of all that went in.
    pub digests: Vec<Pair>,
    /// Warnings about the input.
    pub warnings: Vec<String>,
    /// Terms that the questions use.
    pub terms: Vec<Pair>,
    /// Edition of the scoring method.
    pub method: u32,
}

/// A questionnaire in words.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct QuestionnaireWords {
    /// The id.
    pub id: String,
    /// The title.
    pub title: String,
    /// The version.
    pub version: String,
    /// What it is for.
    pub summary: String,
    /// Its limits.
    pub notice: Option<String>,
}

/// Counts of questions.
#[derive(Clone, Debug, Serialize)]
pub struct CountWords {
    /// Asked of this respondent.
    pub asked: usize,
    /// Answered.
    pub answered: usize,
    /// "Don't know".
    pub unknown: usize,
    /// Not answered yet.
    pub open: usize,
    /// Said not to apply.
    pub not_applicable: usize,
    /// Ruled out by a condition.
    pub not_asked: usize,
}

/// Puts an assessment and its figures into words.
pub fn report(assessment: &Assessment, scorecard: &Scorecard, warnings: &[Warning]) -> Report {
    let (questionnaire, answers) = (&assessment.questionnaire, &assessment.answers);
    let writer = Writer { assessment, scorecard, has_evidence: has_evidence(scorecard) };
    let counts = scorecard.counts;
    Report {
        head: Head {
            name: shown(&answers.of.name),
            kind: answers.of.kind.clone(),
            date: answers.date.clone(),
            language: questionnaire.language.clone(),
            answer_language: answers
                .language
                .clone()
                .filter(|language| *language != questionnaire.language),
            engine: ENGINE.to_owned(),
        },
        questionnaire: QuestionnaireWords {
            id: questionnaire.id.clone(),
            title: questionnaire.title.clone(),
            version: questionnaire.version.clone(),
            summary: questionnaire.summary.clone(),
            notice: questionnaire.notice.clone(),
        },
        verdict: scorecard.verdict.word().to_owned(),
        verdict_sentence: writer.verdict_sentence(),
        overall: writer.figures(&scorecard.overall),
        arithmetic: trace::overall(assessment, scorecard).arithmetic(),
        alerts: writer.alerts(),
        counts: CountWords {
            asked: counts.asked(),
            answered: counts.answered,
            unknown: counts.unknown,
            open: counts.open,
            not_applicable: counts.not_applicable,
            not_asked: counts.not_asked,
        },
        failed_gates: writer.gates(GateState::Failed),
        open_gates: writer.gates(GateState::Open),
        open_gates_note: writer.open_gates_note(),
        passed_gates: writer.count_gates(GateState::Passed),
        first_actions: writer.first_actions(),
        plan: None,
        domains: writer.domains(),
        by: None,
        findings: writer.findings(),
        nothing_below: writer.nothing_below(),
        still_open: writer.still_open(),
        open: writer.questions_in(|state| matches!(state, State::Open { .. })),
        unknown: writer.questions_in(|state| state == State::Unknown),
        not_applicable: writer.questions_in(|state| state == State::NotApplicable),
        not_asked: writer.not_asked(),
        listed: writer.listed(),
        not_stated: writer.not_stated(),
        result_file: if answers.public_only { "public.json" } else { "result.json" },
        profile: writer.profile(),
        respondents: writer.respondents(),
        sources: writer.sources(),
        weighting: questionnaire.weighting.clone(),
        weights: writer.weights(),
        scale: writer.scale(),
        target: writer.target(),
        digests: writer.digests(),
        warnings: warnings.iter().map(in_words).collect(),
        terms: writer.terms(),
        method: METHOD,
    }
}

/// What a cut of a report shows.
#[derive(Clone, Debug)]
pub enum Pages {
    /// All of a report.
    Full(Box<Report>),
    /// One page, and pages to fill in.
    Owner(Box<Owner>),
    /// Two pages: parts of a report, and what a board wants beside them.
    Board(Box<Report>, Board),
    /// Answers without figures.
    Sheet(Sheet),
}

/// The cut of a report. For an external cut all must come from the public part of an assessment.
pub fn pages(cut: Cut, report: Report, assessment: &Assessment, scorecard: &Scorecard) -> Pages {
    let writer = Writer { assessment, scorecard, has_evidence: has_evidence(scorecard) };
    match cut {
        Cut::Full | Cut::Public => Pages::Full(Box::new(report)),
        Cut::Owner => Pages::Owner(Box::new(writer.owner(report))),
        Cut::Board => {
            let board = writer.board(&report);
            Pages::Board(Box::new(report), board)
        }
        Cut::Buyer => Pages::Sheet(writer.sheet(report)),
    }
}

/// A text of the respondent, on one line and with what cannot be seen spelt out.
fn shown(text: &str) -> String {
    one_line(text)
}

fn has_evidence(scorecard: &Scorecard) -> bool {
    scorecard.requirements().any(|(_, each)| each.items.iter().any(|item| item.evidenced))
}

fn in_words(warning: &Warning) -> String {
    let place = match (&warning.file, warning.line) {
        (Some(file), Some(line)) => format!(" ({file}, line {line})"),
        (Some(file), None) => format!(" ({file})"),
        (None, _) => String::new(),
    };
    format!("{}: {}{place}", warning.code, one_line(&warning.message))
}

/// What all parts of the report are written from.
struct Writer<'a> {
    assessment: &'a Assessment,
    scorecard: &'a Scorecard,
    has_evidence: bool,
}

impl Writer<'_> {
    /// Whether only answers made public are in it.
    fn public_only(&self) -> bool {
        self.assessment.answers.public_only
    }

    /// What an open question waits for, as `GOV-1 is answered`.
    fn settled_by(&self, question: QuestionIndex) -> String {
        let id = &self.assessment.questionnaire.questions[question].id;
        let public = if self.public_only() { " and public" } else { "" };
        format!("{id} is answered{public}")
    }

    fn requirement(&self, place: (usize, usize)) -> &Requirement {
        &self.assessment.questionnaire.domains[place.0].requirements[place.1]
    }
}
