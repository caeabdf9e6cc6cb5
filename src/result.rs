//! `result/1`: what other programs may rely on; written from a scorecard, read back by `verify`.

mod plan;
mod write;

pub use plan::{
    AssumedOf, GateLeftOf, PLAN, PhaseOf, PlanDocument, PlanOf, PlannedOf, StandingOf, plan_of,
};
pub(crate) use write::{clause, step_of};
pub use write::{result, warnings};

use crate::model::Score;
use crate::model::id::is_slug;
use crate::score::Counts;
use schemars::JsonSchema;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;

/// The edition of the method that is computed here.
pub const METHOD: u32 = 1;
/// Name and version of this program.
pub const ENGINE: &str = concat!("gapwise ", env!("CARGO_PKG_VERSION"));
/// Kind and edition of a result.
pub const KIND: &str = "result/1";

/// A result: all figures of an assessment, and what they were computed from. Scores are in basis
/// points, 0 to 10 000, and null where nothing applies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct AssessmentResult {
    /// Kind and edition: `result/1`.
    pub gapwise: String,
    /// Name and version of the program that computed it.
    pub engine: String,
    /// Edition of the scoring method.
    pub method: u32,
    /// The date of the assessment.
    pub date: String,
    /// Who or what is assessed.
    pub of: Subject,
    /// Who answered.
    pub by: Vec<Respondent>,
    /// The language that the respondent writes in, where that is stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// What is stated: the values of each fact.
    pub profile: BTreeMap<String, Vec<String>>,
    /// Facts that are not stated, and how many questions each left out.
    pub not_stated: Vec<NotStated>,
    /// How the result was asked for.
    pub options: Options,
    /// The questionnaire.
    pub questionnaire: QuestionnaireRef,
    /// The banks that it asks from.
    pub banks: Vec<BankRef>,
    /// The facts that could be stated.
    pub facts: DigestRef,
    /// The target; null where there is none.
    pub target: Option<TargetRef>,
    /// The answers.
    pub answers: DigestRef,
    /// clear, held or incomplete.
    pub verdict: String,
    /// How many questions are in each state.
    pub counts: Counts,
    /// The overall figures.
    pub overall: FiguresOf,
    /// The domains.
    pub domains: Vec<DomainOf>,
    /// Failed gates and requirements below target, in the order in which to deal with them.
    pub findings: Vec<FindingOf>,
    /// Requirements that open answers could bring to their target, heaviest first.
    pub still_open: Vec<String>,
    /// What to do first.
    pub first_actions: Vec<Action>,
    /// The steps worth most for a budget, where one was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<PlanOf>,
    /// Warnings about the input.
    pub diagnostics: Vec<Warning>,
}

/// Who or what is assessed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Subject {
    /// The name.
    pub name: String,
    /// organisation or system.
    pub kind: String,
    /// Of a system: the stage of its journey.
    pub stage: Option<String>,
}

/// A person who answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Respondent {
    /// The name.
    pub name: Option<String>,
    /// What the person does there.
    pub function: String,
}

/// A fact that is not stated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NotStated {
    /// The fact.
    pub fact: String,
    /// How many questions are not asked for want of it.
    pub questions: usize,
}

/// How a result was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Options {
    /// What is shown: everything, or only answers made public.
    pub cut: ResultCut,
    /// The questionnaire that was answered, where it is scored under another.
    pub answered: Option<String>,
    /// The date that was asked for in place of the answers' own.
    pub date: Option<String>,
    /// The framework whose clauses the report is cut by; no figure here hangs on it, and `verify` does
    /// not look at it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// What may be spent on the plan. Unit: half person-days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<u32>,
    /// How the PDF was made that the result is attached to; no figure hangs on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub print: Option<Print>,
}

/// How a PDF was made, so that it can be made again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Print {
    /// Whom it is for: full, owner, board, buyer or public.
    #[serde(rename = "for")]
    pub cut: String,
    /// a4 or letter.
    pub paper: String,
    /// SHA-256 of each font that was added.
    pub fonts: Vec<String>,
}

/// What a result shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ResultCut {
    /// Everything.
    Full,
    /// Only answers that their respondents made public.
    Public,
}

impl<'de> Deserialize<'de> for ResultCut {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        match String::deserialize(from)?.as_str() {
            "full" => Ok(Self::Full),
            "public" => Ok(Self::Public),
            other => Err(D::Error::custom(format!(
                "it is of a cut `{other}`; this program knows `full` and `public`"
            ))),
        }
    }
}

/// A questionnaire, as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct QuestionnaireRef {
    /// The id.
    pub id: String,
    /// The version.
    pub version: String,
    /// The title.
    pub title: String,
    /// Of its data.
    pub sha256: String,
}

/// A bank, as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BankRef {
    /// The theme.
    pub theme: String,
    /// Of its data.
    pub sha256: String,
}

/// A target, as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TargetRef {
    /// The id.
    pub id: String,
    /// Of its data.
    pub sha256: String,
}

/// A document, as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DigestRef {
    /// Of its data.
    pub sha256: String,
}

/// The figures of a requirement, a domain or the whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FiguresOf {
    /// The headline: equal to low.
    pub score: Option<Score>,
    /// Open questions count as 0.
    pub low: Option<Score>,
    /// Open questions count as 10 000.
    pub high: Option<Score>,
    /// An answer above 0 without evidence counts as 0.
    pub evidenced: Option<Score>,
    /// The share that is answered.
    pub coverage: Option<Score>,
    /// The band in which low and high lie; null while they lie in two.
    pub level: Option<String>,
    /// What is wanted.
    pub target: Option<Score>,
    /// Target minus score where positive, else 0. Unit: basis points.
    pub gap: Option<u16>,
}

/// A domain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DomainOf {
    /// The id.
    pub id: String,
    /// The title.
    pub title: String,
    /// What it weighs.
    pub weight: u64,
    /// Its figures.
    #[serde(flatten)]
    pub figures: FiguresOf,
    /// Its requirements.
    pub requirements: Vec<RequirementOf>,
}

/// A requirement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RequirementOf {
    /// The id.
    pub id: String,
    /// What is asked for.
    pub statement: String,
    /// Where the source asks for it.
    pub clause: String,
    /// What it weighs.
    pub weight: u64,
    /// mean or weakest.
    pub aggregate: String,
    /// Its figures.
    #[serde(flatten)]
    pub figures: FiguresOf,
    /// Where it is a gate: how it stands.
    pub gate: Option<Gate>,
    /// Its questions.
    pub questions: Vec<QuestionOf>,
}

/// A gate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Gate {
    /// The score below which it fails.
    pub at_least: Score,
    /// passed, failed, open or not-applicable.
    pub state: String,
}

/// A question within a requirement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct QuestionOf {
    /// The id.
    pub id: String,
    /// maturity, yes-no, choice, checklist or number.
    #[serde(rename = "type")]
    pub kind: String,
    /// The one option of a checklist that counts here.
    pub option: Option<String>,
    /// What it weighs here.
    pub weight: u64,
    /// answered, unknown, open, not-applicable or not-asked.
    pub state: String,
    /// Its score here; null while open or left out.
    pub score: Option<Score>,
    /// What was answered: a level or number, yes or no, an option, a list of options, `unknown`.
    pub answer: serde_json::Value,
    /// Why it is not applicable.
    pub reason: Option<String>,
    /// What supports the answer.
    pub evidence: Vec<EvidenceOf>,
    /// A remark.
    pub note: Option<String>,
    /// The function of the person who answered.
    pub by: Option<String>,
    /// internal or public.
    pub visibility: String,
}

/// What supports an answer: a title, and a file, a link or a reference; in a public cut the title alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EvidenceOf {
    /// What it is.
    pub title: String,
    /// A file in the folder of the answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// An https, http or mailto address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Any other reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Of the file, where it was at hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
}

/// A requirement that is not where it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FindingOf {
    /// The requirement.
    pub requirement: String,
    /// critical, high, medium or low.
    pub severity: String,
    /// What the overall score gains with this requirement at its target. Unit: basis points.
    pub worth: u16,
    /// Target minus score; null without a target. Unit: basis points.
    pub gap: Option<u16>,
    /// The next step of each of its questions.
    pub steps: Vec<Action>,
}

/// Something to do: take a step, or answer a question (then all but `question` is null).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Action {
    /// The question that it moves.
    pub question: String,
    /// The level or option that it leads to.
    pub to: Option<String>,
    /// What to do.
    #[serde(rename = "do")]
    pub action: Option<String>,
    /// Estimated effort at this size of organisation. Unit: half person-days.
    pub effort: Option<u32>,
    /// Questions whose step must come before.
    pub after: Vec<String>,
    /// A fill-in page that helps.
    pub aid: Option<String>,
}

/// A warning about the input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Warning {
    /// Its code.
    pub code: String,
    /// What is doubtful.
    pub message: String,
    /// The name of the file that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The line of the input.
    pub line: Option<usize>,
}

impl AssessmentResult {
    /// Reads a result that this program wrote.
    ///
    /// # Errors
    /// Something that a result has is missing or of another shape; in words.
    pub fn read(said: &serde_json::Value) -> Result<Self, String> {
        let result = Self::deserialize(said).map_err(|why| why.to_string())?;
        if result.options.by.as_ref().is_some_and(|by| !is_slug(by)) {
            let by = result.options.by.unwrap_or_default();
            return Err(format!("`{by}` cannot be the id of a framework"));
        }
        match result.options.budget {
            Some(halves) if !crate::plan::BUDGETS.contains(&halves) => {
                Err(format!("no plan has a budget of {halves} half-days"))
            }
            _ => Ok(result),
        }
    }
}
