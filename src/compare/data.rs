//! `comparison/1`: what other programs may rely on.

use crate::model::Score;
use crate::result::{FiguresOf, QuestionnaireRef, Subject, TargetRef};
use crate::score::Counts;
use schemars::JsonSchema;
use serde::Serialize;

/// Kind and edition of a comparison.
pub const KIND: &str = "comparison/1";

/// Assessments in the order of their dates, and what changed from each to the next. Scores are in basis
/// points, 0 to 10 000, and null where nothing applies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Comparison {
    /// Kind and edition: `comparison/1`.
    pub gapwise: String,
    /// Name and version of the program that computed it.
    pub engine: String,
    /// Edition of the scoring method.
    pub method: u32,
    /// The questionnaire that the latest assessment is scored under.
    pub questionnaire: QuestionnaireRef,
    /// The target that findings are measured against; null where there is none.
    pub target: Option<TargetRef>,
    /// The language of the questionnaire, as `en`.
    pub language: String,
    /// What a reader must know before the figures.
    pub notes: Vec<String>,
    /// Where an edition was not at hand: what is compared all the same; else null.
    pub shared: Option<Shared>,
    /// The assessments, the earliest first.
    pub points: Vec<PointOf>,
    /// What changed from each to the next.
    pub steps: Vec<StepOf>,
}

/// What is compared where an edition was not at hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Shared {
    /// How many questions all assessments share.
    pub compared: usize,
    /// Questions of the edition at hand that are left out.
    pub left_out: Vec<String>,
    /// Questions of other editions that are left out.
    pub elsewhere: Vec<String>,
}

/// An assessment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PointOf {
    /// The name of its file.
    pub file: String,
    /// The date of the assessment.
    pub date: String,
    /// Who or what is assessed.
    pub of: Subject,
    /// The version of the questionnaire that was answered; null where the answers do not say it.
    pub answered: Option<String>,
    /// The version that it is scored under.
    pub version: String,
    /// clear, held or incomplete.
    pub verdict: String,
    /// How many questions are in each state.
    pub counts: Counts,
    /// How many of the questions answered have evidence listed.
    pub evidenced: usize,
    /// The overall figures.
    pub overall: FiguresOf,
    /// The domains.
    pub domains: Vec<PointDomain>,
}

/// The figures of a domain at one date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PointDomain {
    /// The id.
    pub id: String,
    /// The title.
    pub title: String,
    /// Its figures.
    #[serde(flatten)]
    pub figures: FiguresOf,
}

/// What changed from one assessment to the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StepOf {
    /// The verdict before and after.
    pub verdict: [String; 2],
    /// The overall figures.
    pub overall: ChangesOf,
    /// The domains: those of the later edition in its order, then those that it no longer has.
    pub domains: Vec<DomainChange>,
    /// Facts that are stated otherwise.
    pub profile: Vec<FactChange>,
    /// Gates that stand otherwise.
    pub gates: Vec<GateChange>,
    /// Findings that are no more.
    pub closed: Vec<ClosedFinding>,
    /// Findings that are new.
    pub opened: Vec<FindingRef>,
    /// How many findings stay.
    pub remaining: usize,
    /// Questions that are answered or asked otherwise, in the order of the later edition.
    pub questions: Vec<QuestionChange>,
}

/// Each figure of a requirement, a domain or the whole, before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ChangesOf {
    /// The headline: open questions count as 0.
    pub score: ChangeOf,
    /// Open questions count as 10 000.
    pub high: ChangeOf,
    /// An answer above 0 without evidence counts as 0.
    pub evidenced: ChangeOf,
    /// The share that is answered.
    pub coverage: ChangeOf,
    /// The band before and after; null while a score lies in two.
    pub level: [Option<String>; 2],
}

/// A figure before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ChangeOf {
    /// Before; null where nothing applied.
    pub before: Option<Score>,
    /// After; null where nothing applies.
    pub after: Option<Score>,
    /// After minus before; null where one of them is. Unit: basis points.
    pub change: Option<i32>,
    /// What it is made of; null where the change is.
    pub parts: Option<Parts>,
}

/// A change by its causes, which add up to it. Unit: basis points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Parts {
    /// Another edition of the questionnaire.
    pub edition: i32,
    /// Another profile.
    pub profile: i32,
    /// Other answers, not applicable included.
    pub answers: i32,
    /// Other evidence.
    pub evidence: i32,
}

impl Parts {
    /// Their sum: the whole change.
    pub fn sum(&self) -> i32 {
        self.edition + self.profile + self.answers + self.evidence
    }
}

/// A domain before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DomainChange {
    /// The id.
    pub id: String,
    /// The title.
    pub title: String,
    /// Its figures.
    #[serde(flatten)]
    pub changes: ChangesOf,
    /// Its requirements.
    pub requirements: Vec<RequirementChange>,
}

/// A requirement before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct RequirementChange {
    /// The id.
    pub id: String,
    /// What is asked for.
    pub statement: String,
    /// Its figures.
    #[serde(flatten)]
    pub changes: ChangesOf,
    /// Its questions that are answered or asked otherwise.
    pub moved_by: Vec<String>,
}

/// A fact that is stated otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FactChange {
    /// The fact.
    pub fact: String,
    /// Its values before; empty where it was not stated.
    pub before: Vec<String>,
    /// Its values after.
    pub after: Vec<String>,
}

/// A gate that stands otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct GateChange {
    /// The requirement.
    pub requirement: String,
    /// What must hold.
    pub statement: String,
    /// passed, failed, open or not-applicable; null where it was no gate.
    pub before: Option<String>,
    /// The same after.
    pub after: Option<String>,
}

/// A requirement with a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FindingRef {
    /// The requirement.
    pub requirement: String,
    /// What is asked for.
    pub statement: String,
    /// critical, high, medium or low.
    pub severity: String,
}

/// A finding that is no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ClosedFinding {
    /// What it was.
    #[serde(flatten)]
    pub finding: FindingRef,
    /// met: at its target now; open: not decided any more; not-asked: nothing of it applies now.
    pub how: String,
}

/// A question that is answered or asked otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct QuestionChange {
    /// The id.
    pub id: String,
    /// The question.
    pub ask: String,
    /// added, dropped, newly-asked, no-longer-asked, not-applicable, applicable, answered, reopened,
    /// answer, rescored or evidence.
    pub change: String,
    /// edition, profile, answers or evidence: at which of the steps it changed.
    pub cause: String,
    /// Before; null where the edition lacked it.
    pub before: Option<Said>,
    /// After; null where the edition lacks it.
    pub after: Option<Said>,
    /// The requirements that ask it.
    pub requirements: Vec<String>,
}

/// What is said of a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Said {
    /// answered, unknown, open, not-applicable or not-asked.
    pub state: String,
    /// The answer in short, as `level 2`; null where there is none.
    pub answer: Option<String>,
    /// What that says: the text of a level or of options, or the reason; null where that adds nothing.
    pub text: Option<String>,
    /// Its own score; null where it has none.
    pub score: Option<Score>,
    /// How many pieces of evidence are listed.
    pub evidence: usize,
}
