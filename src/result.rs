//! `result/1`: what other programs may rely on; written from a scorecard, read back by `verify`.

use crate::diagnostic::Diagnostics;
use crate::model::{
    Answer, Assessment, Claim, Evidence, Place, Question, Requirement, Score, Value,
};
use crate::score::{
    Figures, Finding, FirstAction, Item, NextStep, RequirementScore, Scorecard, State,
};
use crate::source::Sources;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
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
    /// What is shown: full.
    pub cut: String,
    /// The questionnaire that was answered, where it is scored under another.
    pub answered: Option<String>,
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

/// How many questions are in each state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Counts {
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

/// What supports an answer: a title, and a file, a link or a reference.
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
    /// The line of the input.
    pub line: Option<usize>,
}

impl AssessmentResult {
    /// Reads a result that this program wrote.
    ///
    /// # Errors
    /// Something that a result has is missing or of another shape; in words.
    pub fn read(said: &serde_json::Value) -> Result<Self, String> {
        Self::deserialize(said).map_err(|why| why.to_string())
    }
}

/// The result of an assessment.
pub fn result(
    assessment: &Assessment,
    scorecard: &Scorecard,
    sources: &Sources,
    found: &Diagnostics,
) -> AssessmentResult {
    let (questionnaire, answers) = (&assessment.questionnaire, &assessment.answers);
    let sha256 = |digest: &dyn std::fmt::Display| digest.to_string();
    AssessmentResult {
        gapwise: KIND.to_owned(),
        engine: ENGINE.to_owned(),
        method: METHOD,
        date: answers.date.clone(),
        of: Subject {
            name: answers.of.name.clone(),
            kind: answers.of.kind.clone(),
            stage: answers.of.stage.clone(),
        },
        by: answers
            .by
            .iter()
            .map(|each| Respondent { name: each.name.clone(), function: each.function.clone() })
            .collect(),
        profile: answers.profile.clone(),
        not_stated: not_stated(scorecard),
        options: Options {
            cut: "full".to_owned(),
            answered: (answers.questionnaire != questionnaire.id)
                .then(|| answers.questionnaire.clone()),
        },
        questionnaire: QuestionnaireRef {
            id: questionnaire.id.clone(),
            version: questionnaire.version.clone(),
            title: questionnaire.title.clone(),
            sha256: sha256(&questionnaire.digest),
        },
        banks: questionnaire
            .banks
            .iter()
            .map(|(theme, _, digest)| BankRef { theme: theme.clone(), sha256: sha256(digest) })
            .collect(),
        facts: DigestRef { sha256: sha256(&assessment.facts.digest) },
        target: assessment
            .target
            .as_ref()
            .map(|target| TargetRef { id: target.id.clone(), sha256: sha256(&target.digest) }),
        answers: DigestRef { sha256: sha256(&answers.digest) },
        verdict: scorecard.verdict.word().to_owned(),
        counts: counts(scorecard),
        overall: figures(assessment, &scorecard.overall),
        domains: domains(assessment, scorecard),
        findings: scorecard.gaps.findings.iter().map(|each| finding(assessment, each)).collect(),
        still_open: scorecard
            .gaps
            .still_open
            .iter()
            .map(|place| requirement_at(assessment, *place).id.to_string())
            .collect(),
        first_actions: scorecard
            .gaps
            .first_actions
            .iter()
            .map(|action| match action {
                FirstAction::Step(step, _) => step_of(assessment, *step),
                FirstAction::Answer(at) => answer_first(&questionnaire.questions[*at]),
            })
            .collect(),
        diagnostics: warnings(sources, found),
    }
}

fn not_stated(scorecard: &Scorecard) -> Vec<NotStated> {
    let one = |(fact, questions): &(String, usize)| NotStated {
        fact: fact.clone(),
        questions: *questions,
    };
    scorecard.not_stated.iter().map(one).collect()
}

fn counts(scorecard: &Scorecard) -> Counts {
    let counts = scorecard.counts;
    Counts {
        answered: counts.answered,
        unknown: counts.unknown,
        open: counts.open,
        not_applicable: counts.not_applicable,
        not_asked: counts.not_asked,
    }
}

fn warnings(sources: &Sources, found: &Diagnostics) -> Vec<Warning> {
    let one = |each: &crate::diagnostic::Diagnostic| Warning {
        code: each.code.id().to_owned(),
        message: each.message.clone(),
        line: each.primary.as_ref().map(|label| sources.position(label.span).line),
    };
    found.sorted().into_iter().map(one).collect()
}

fn requirement_at(assessment: &Assessment, place: (usize, usize)) -> &Requirement {
    &assessment.questionnaire.domains[place.0].requirements[place.1]
}

fn figures(assessment: &Assessment, figures: &Figures) -> FiguresOf {
    FiguresOf {
        score: figures.low,
        low: figures.low,
        high: figures.high,
        evidenced: figures.evidenced,
        coverage: figures.coverage,
        level: figures.level(&assessment.questionnaire.scale).map(str::to_owned),
        target: figures.target,
        gap: figures.gap(),
    }
}

fn domains(assessment: &Assessment, scorecard: &Scorecard) -> Vec<DomainOf> {
    let pairs = assessment.questionnaire.domains.iter().zip(&scorecard.domains);
    let one = |(domain, score): (&crate::model::Domain, &crate::score::DomainScore)| DomainOf {
        id: domain.id.to_string(),
        title: domain.title.clone(),
        weight: domain.weight.get(),
        figures: figures(assessment, &score.figures),
        requirements: domain
            .requirements
            .iter()
            .zip(&score.requirements)
            .map(|(requirement, score)| requirement_of(assessment, requirement, score))
            .collect(),
    };
    pairs.map(one).collect()
}

fn requirement_of(
    assessment: &Assessment,
    requirement: &Requirement,
    score: &RequirementScore,
) -> RequirementOf {
    let gate = requirement.gate.zip(score.gate);
    RequirementOf {
        id: requirement.id.to_string(),
        statement: requirement.statement.clone(),
        clause: clause(assessment, requirement),
        weight: requirement.weight.get(),
        aggregate: requirement.aggregate.word().to_owned(),
        figures: figures(assessment, &score.figures),
        gate: gate.map(|(at_least, state)| Gate { at_least, state: state.word().to_owned() }),
        questions: score.items.iter().map(|item| question_of(assessment, item)).collect(),
    }
}

/// The clauses of a requirement, as `Action 1`; with the source's title where there are several.
pub(crate) fn clause(assessment: &Assessment, requirement: &Requirement) -> String {
    let sources = &assessment.questionnaire.sources;
    let title = |key: &str| {
        let found = sources.iter().find(|source| source.key == key);
        found.map_or(key, |source| source.title.as_str()).to_owned()
    };
    let one = |clause: &crate::model::Clause| match sources.len() {
        1 => clause.clause.clone(),
        _ => format!("{}, {}", title(&clause.document), clause.clause),
    };
    requirement.clauses.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn question_of(assessment: &Assessment, item: &Item) -> QuestionOf {
    let question = &assessment.questionnaire.questions[item.question];
    let answer = assessment.answer(item.question);
    let option = item.option.map(|option| question.kind.choices()[option].id.clone());
    QuestionOf {
        id: question.id.to_string(),
        kind: question.kind.word().to_owned(),
        option,
        weight: item.weight.get(),
        state: item.state.word().to_owned(),
        score: item.score.filter(|_| !matches!(item.state, State::NotAsked)),
        answer: said(question, answer),
        reason: match &answer.claim {
            Claim::NotApplicable(reason) => Some(reason.clone()),
            _ => None,
        },
        evidence: answer.evidence.iter().map(evidence_of).collect(),
        note: answer.note.clone(),
        by: answer.by.clone(),
        visibility: if answer.public { "public" } else { "internal" }.to_owned(),
    }
}

/// What was answered, as an answers file would say it in short.
fn said(question: &Question, answer: &Answer) -> serde_json::Value {
    match &answer.claim {
        Claim::Value(Value::Level(level)) => (*level).into(),
        Claim::Value(Value::Number(number)) => (*number).into(),
        Claim::Value(value @ Value::Options(_)) => question.kind.said(value).into(),
        Claim::Value(value) => question.kind.said(value).concat().into(),
        Claim::Unknown => "unknown".into(),
        Claim::Open | Claim::NotApplicable(_) => serde_json::Value::Null,
    }
}

fn evidence_of(evidence: &Evidence) -> EvidenceOf {
    let mut of = EvidenceOf {
        title: evidence.title.clone(),
        file: None,
        link: None,
        reference: None,
        sha256: evidence.digest.map(|digest| digest.to_string()),
    };
    match &evidence.place {
        Place::File(path) => of.file = Some(path.clone()),
        Place::Link(link) => of.link = Some(link.clone()),
        Place::Reference(reference) => of.reference = Some(reference.clone()),
    }
    of
}

fn finding(assessment: &Assessment, finding: &Finding) -> FindingOf {
    FindingOf {
        requirement: requirement_at(assessment, finding.place).id.to_string(),
        severity: finding.severity.word().to_owned(),
        worth: finding.worth,
        gap: finding.gap,
        steps: finding.steps.iter().map(|step| step_of(assessment, *step)).collect(),
    }
}

/// A step with what it costs an organisation of this size.
pub(crate) fn step_of(assessment: &Assessment, at: NextStep) -> Action {
    let question = &assessment.questionnaire.questions[at.question];
    let step = &question.steps[at.step];
    let size = assessment.answers.profile.get(crate::model::Facts::SIZE);
    let size = size.and_then(|values| values.first());
    Action {
        question: question.id.to_string(),
        to: Some(question.kind.said(&step.to).join(", ")),
        action: Some(step.action.clone()),
        effort: size.and_then(|size| step.effort.get(size)).copied(),
        after: step.after.iter().map(ToString::to_string).collect(),
        aid: step.aid.clone(),
    }
}

fn answer_first(question: &Question) -> Action {
    let question = question.id.to_string();
    Action { question, to: None, action: None, effort: None, after: Vec::new(), aid: None }
}
