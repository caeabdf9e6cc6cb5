//! The plan as data: a part of a result, and a document of its own.

use super::{Action, AssessmentResult, METHOD, Respondent, step_of};
use super::{DigestRef, ENGINE, QuestionnaireRef, Subject};
use crate::model::{Assessment, QuestionIndex, Score, Value};
use crate::plan::{Plan, Standing};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Kind and edition of a plan that stands by itself.
pub const PLAN: &str = "plan/1";

/// The steps worth most for a budget. Effort is in half person-days, gains are in millionths of a basis point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct PlanOf {
    /// What may be spent. Unit: half person-days.
    pub budget: u32,
    /// The size of organisation that effort is estimated for.
    pub size: String,
    /// Whether no other steps for this budget gain more, once failed gates are seen to.
    pub exact: bool,
    /// What all steps take. Unit: half person-days.
    pub effort: u32,
    /// What all steps add. Unit: millionths of a basis point.
    pub gain: u64,
    /// How things stand now.
    pub before: StandingOf,
    /// The steps until day 30, 60 and 90.
    pub phases: Vec<PhaseOf>,
    /// Failed gates that are not lifted.
    pub gates_left: Vec<GateLeftOf>,
    /// What gains most per half-day of what the budget does not reach.
    pub beyond: Vec<PlannedOf>,
    /// Steps that have no estimate for this size and are left out.
    pub unestimated: Vec<Action>,
}

/// How an assessment stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct StandingOf {
    /// The headline score; null where nothing applies.
    pub score: Option<Score>,
    /// clear, held or incomplete.
    pub verdict: String,
    /// How many gates are failed.
    pub failed_gates: usize,
}

/// The steps until a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PhaseOf {
    /// Unit: days from now.
    pub until: u32,
    /// In the order in which to take them.
    pub steps: Vec<PlannedOf>,
    /// How things stand then.
    pub after: StandingOf,
}

/// A step of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlannedOf {
    /// The question that it moves.
    pub question: String,
    /// The level or option that it leads to.
    pub to: String,
    /// What to do.
    #[serde(rename = "do")]
    pub action: String,
    /// Unit: half person-days; beyond the budget with all that must come before.
    pub effort: u32,
    /// What it adds to the overall score. Unit: millionths of a basis point.
    pub gain: u64,
    /// The failed gate that it helps to lift.
    pub gate: Option<String>,
    /// The overall score once it is taken; null beyond the budget.
    pub score: Option<Score>,
}

/// A failed gate that the plan does not lift.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GateLeftOf {
    /// The requirement.
    pub requirement: String,
    /// What lifting it still takes; null where no step leads there. Unit: half person-days.
    pub effort: Option<u32>,
}

/// A plan that stands by itself, or what assumed answers do.
#[derive(Clone, Debug, Serialize)]
pub struct PlanDocument {
    gapwise: &'static str,
    engine: &'static str,
    method: u32,
    date: String,
    of: Subject,
    by: Vec<Respondent>,
    questionnaire: QuestionnaireRef,
    answers: DigestRef,
    assumed: Vec<AssumedOf>,
    without: StandingOf,
    with: StandingOf,
    plan: Option<PlanOf>,
}

/// An answer that is assumed.
#[derive(Clone, Debug, Serialize)]
pub struct AssumedOf {
    question: String,
    /// `unknown`, or the ids of what it says.
    answer: Vec<String>,
}

/// A plan as data.
pub fn plan_of(assessment: &Assessment, plan: &Plan) -> PlanOf {
    let requirement = |place: (usize, usize)| {
        assessment.questionnaire.domains[place.0].requirements[place.1].id.to_string()
    };
    let step = |at, effort, gain, gate: Option<(usize, usize)>, score| {
        let action = step_of(assessment, at);
        PlannedOf {
            question: action.question,
            to: action.to.unwrap_or_default(),
            action: action.action.unwrap_or_default(),
            effort,
            gain,
            gate: gate.map(requirement),
            score,
        }
    };
    let phases = plan.phases.iter().map(|phase| PhaseOf {
        until: phase.until,
        steps: phase
            .steps
            .iter()
            .map(|each| step(each.step, each.effort, each.gain, each.gate, each.score))
            .collect(),
        after: StandingOf::of(phase.after),
    });
    let beyond = plan.beyond.iter();
    PlanOf {
        budget: plan.budget,
        size: plan.size.clone(),
        exact: plan.is_exact(),
        effort: plan.effort(),
        gain: plan.gain(),
        before: StandingOf::of(plan.before),
        phases: phases.collect(),
        gates_left: plan
            .gates_left
            .iter()
            .map(|gate| GateLeftOf { requirement: requirement(gate.place), effort: gate.effort })
            .collect(),
        beyond: beyond.map(|each| step(each.step, each.effort, each.gain, None, None)).collect(),
        unestimated: plan.unestimated.iter().map(|at| step_of(assessment, *at)).collect(),
    }
}

impl StandingOf {
    fn of(standing: Standing) -> Self {
        Self {
            score: standing.score,
            verdict: standing.verdict.word().to_owned(),
            failed_gates: standing.failed_gates,
        }
    }
}

impl AssessmentResult {
    /// The same with a plan, and the budget that it was asked for under.
    pub fn with_plan(mut self, plan: PlanOf) -> Self {
        self.options.budget = Some(plan.budget);
        self.plan = Some(plan);
        self
    }

    /// As a document that says of these figures only what a plan starts from.
    pub fn plan_document(
        &self,
        assessment: &Assessment,
        assumed: &[(QuestionIndex, Option<Value>)],
        (without, with): (Standing, Standing),
    ) -> PlanDocument {
        let questions = &assessment.questionnaire.questions;
        let assumed = assumed.iter().map(|(at, value)| AssumedOf {
            question: questions[*at].id.to_string(),
            answer: match value {
                Some(value) => questions[*at].kind.said(value),
                None => vec!["unknown".to_owned()],
            },
        });
        PlanDocument {
            gapwise: PLAN,
            engine: ENGINE,
            method: METHOD,
            date: self.date.clone(),
            of: self.of.clone(),
            by: self.by.clone(),
            questionnaire: self.questionnaire.clone(),
            answers: self.answers.clone(),
            assumed: assumed.collect(),
            without: StandingOf::of(without),
            with: StandingOf::of(with),
            plan: self.plan.clone(),
        }
    }
}
