//! What is missing, what closing it is worth, and what to do first. Source: method edition 1, section 5.

use super::aggregate::{Figures, weighted_mean};
use super::{DomainScore, GateState, State, question};
use crate::model::{Aggregate, Assessment, Claim, Kind, QuestionIndex, Score, Step, Value, Weight};
use std::cmp::Reverse;

/// Findings, what only open answers could close, and the first actions.
#[derive(Clone, Debug, Default)]
pub struct Gaps {
    /// Failed gates, then requirements below target, in the order in which to deal with them.
    pub findings: Vec<Finding>,
    /// Requirements below target that open answers could close, heaviest first: domain, requirement.
    pub still_open: Vec<(usize, usize)>,
    /// What to do first.
    pub first_actions: Vec<FirstAction>,
}

/// A requirement that is not where it should be.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Its place: domain, requirement.
    pub place: (usize, usize),
    /// How far off.
    pub severity: Severity,
    /// What the overall score gains with this requirement at its target. Unit: basis points.
    pub worth: u16,
    /// Target minus score; `None` where no target is set. Unit: basis points.
    pub gap: Option<u16>,
    /// The next step of each of its questions, the one that is missing most first.
    pub steps: Vec<NextStep>,
}

/// How far off a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A failed gate.
    Critical,
    /// A gap from 5000.
    High,
    /// A gap from 2500.
    Medium,
    /// A smaller gap.
    Low,
}

impl Severity {
    /// The word for it in results.
    pub fn word(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }

    fn of(gap: u16) -> Self {
        match gap {
            5000.. => Self::High,
            2500.. => Self::Medium,
            _ => Self::Low,
        }
    }
}

/// A step of a question, by their places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextStep {
    /// The question.
    pub question: QuestionIndex,
    /// The step of it.
    pub step: usize,
}

/// One of the things to do first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstAction {
    /// Take this step, for this requirement.
    Step(NextStep, (usize, usize)),
    /// Answer this question.
    Answer(QuestionIndex),
}

/// How many things to do first.
const FIRST: usize = 3;

/// What is missing, by the figures of the domains.
pub(super) fn gaps(assessment: &Assessment, domains: &[DomainScore], overall: Figures) -> Gaps {
    let mut findings = Vec::new();
    let mut still_open = Vec::new();
    for (at, domain) in domains.iter().enumerate() {
        for (of, requirement) in domain.requirements.iter().enumerate() {
            let place = (at, of);
            let figures = &requirement.figures;
            let failed = requirement.gate == Some(GateState::Failed);
            let below = |score: Option<Score>| figures.target.is_some() && score < figures.target;
            if failed || below(figures.high) {
                let worth = worth(assessment, domains, overall, place);
                let severity = match (failed, figures.gap()) {
                    (true, _) => Severity::Critical,
                    (false, gap) => Severity::of(gap.unwrap_or(0)),
                };
                let steps = next_steps(assessment, domains, place);
                findings.push(Finding { place, severity, worth, gap: figures.gap(), steps });
            } else if below(figures.low) {
                still_open.push(place);
            }
        }
    }
    // Stable, so that the order of the questionnaire breaks ties; gates keep that order.
    findings.sort_by_key(|finding| match finding.severity {
        Severity::Critical => (Severity::Critical, Reverse(0), Reverse(None)),
        _ => (Severity::High, Reverse(finding.worth), Reverse(finding.gap)),
    });
    if still_open.len() > 1 {
        let shares = Shares::of(assessment, domains);
        still_open.sort_by_key(|place| Reverse(shares.requirement(*place)));
    }
    let first_actions = if findings.is_empty() {
        let heaviest = Shares::of(assessment, domains).open_questions(assessment, domains);
        heaviest.into_iter().take(FIRST).map(FirstAction::Answer).collect()
    } else {
        first_steps(&findings)
    };
    Gaps { findings, still_open, first_actions }
}

/// What the overall score gains with this requirement at its target; its questions are not moved.
///
/// - Unit and range: basis points, 0 ..= 10 000.
/// - Source: method edition 1, section 5.
fn worth(
    assessment: &Assessment,
    domains: &[DomainScore],
    overall: Figures,
    place: (usize, usize),
) -> u16 {
    let Some(target) = domains[place.0].requirements[place.1].figures.target else { return 0 };
    let requirements = &assessment.questionnaire.domains[place.0].requirements;
    let scores = domains[place.0].requirements.iter().enumerate().filter_map(|(of, each)| {
        let now = each.figures.low?;
        Some((requirements[of].weight, if of == place.1 { now.max(target) } else { now }))
    });
    let domain = weighted_mean(scores);
    let scores = domains.iter().enumerate().filter_map(|(at, each)| {
        let score = if at == place.0 { domain } else { each.figures.low };
        Some((assessment.questionnaire.domains[at].weight, score?))
    });
    let then = weighted_mean(scores).map_or(0, Score::basis_points);
    then.saturating_sub(overall.low.map_or(0, Score::basis_points))
}

/// The next step of each question of a requirement, the one that is missing most first.
fn next_steps(
    assessment: &Assessment,
    domains: &[DomainScore],
    place: (usize, usize),
) -> Vec<NextStep> {
    let requirement = &assessment.questionnaire.domains[place.0].requirements[place.1];
    let score = &domains[place.0].requirements[place.1];
    // Where the weakest decides, what is where it should be moves nothing.
    let enough = match requirement.aggregate {
        Aggregate::Mean => Score::FULL,
        Aggregate::Weakest => score.figures.target.max(requirement.gate).unwrap_or(Score::FULL),
    };
    let items = score.items.iter();
    let mut missing: Vec<_> = items
        .filter_map(|item| {
            let score = item.score.filter(|score| *score < enough)?;
            let step = next_step(assessment, item.question, item.option)?;
            let short = u64::from(10_000 - score.basis_points()) * item.weight.get();
            Some((Reverse(short), NextStep { question: item.question, step }))
        })
        .collect();
    missing.sort_by_key(|(short, _)| *short);
    missing.into_iter().map(|(_, step)| step).collect()
}

/// The first step of a question that leads further than its answer.
fn next_step(assessment: &Assessment, at: QuestionIndex, option: Option<usize>) -> Option<usize> {
    let question = &assessment.questionnaire.questions[at];
    let claim = &assessment.answer(at).claim;
    let now = question::current(question, claim);
    let leads_on = |step: &&(usize, &Step)| match (&step.1.to, claim, option) {
        (Value::Options(to), _, Some(option)) => to.contains(&option),
        (Value::Options(to), Claim::Value(Value::Options(ticked)), None) => {
            !ticked.contains(&to[0])
        }
        (Value::Level(to), Claim::Value(Value::Level(level)), _) => to > level,
        (Value::Level(_) | Value::Options(_), ..) => true,
        (to, ..) => question::of_value(&question.kind, to) > now,
    };
    let steps = question.steps.iter().enumerate();
    let nearness = |step: &(usize, &Step)| match (&question.kind, &step.1.to) {
        (Kind::Maturity(_), Value::Level(to)) => *to,
        _ => usize::from(question::of_value(&question.kind, &step.1.to).basis_points()),
    };
    steps.filter(|step| leads_on(&step)).min_by_key(nearness).map(|(at, _)| at)
}

/// The next step of each finding in order until there are three different ones.
fn first_steps(findings: &[Finding]) -> Vec<FirstAction> {
    let mut seen = Vec::new();
    let mut actions = Vec::new();
    for finding in findings {
        let Some(step) = finding.steps.first() else { continue };
        if actions.len() < FIRST && !seen.contains(step) {
            seen.push(*step);
            actions.push(FirstAction::Step(*step, finding.place));
        }
    }
    actions
}

/// What each requirement makes of the overall score.
struct Shares(Vec<Vec<u128>>);

/// The whole. Unit of a share: parts of this many.
const WHOLE: u128 = 1_000_000_000_000;

impl Shares {
    fn of(assessment: &Assessment, domains: &[DomainScore]) -> Self {
        let all = &assessment.questionnaire.domains;
        let part = |weight: Weight, total: u128| {
            (WHOLE * u128::from(weight.get())).checked_div(total).unwrap_or(0)
        };
        let total = |weights: &mut dyn Iterator<Item = Weight>| {
            weights.map(|weight| u128::from(weight.get())).sum()
        };
        let counts = |at: &usize| domains[*at].figures.low.is_some();
        let whole: u128 = total(&mut (0..all.len()).filter(counts).map(|at| all[at].weight));
        let shares = domains.iter().zip(all).enumerate().map(|(at, (scores, domain))| {
            let counted = || {
                scores
                    .requirements
                    .iter()
                    .zip(&domain.requirements)
                    .filter(|(score, _)| score.figures.low.is_some())
            };
            let inside: u128 = total(&mut counted().map(|(_, requirement)| requirement.weight));
            let domain_share = if counts(&at) { part(domain.weight, whole) } else { 0 };
            let share = |requirement: &crate::model::Requirement| {
                domain_share * part(requirement.weight, inside) / WHOLE
            };
            domain.requirements.iter().map(share).collect()
        });
        Self(shares.collect())
    }

    fn requirement(&self, place: (usize, usize)) -> u128 {
        self.0[place.0][place.1]
    }

    /// Open questions, those that weigh most in the overall score first.
    fn open_questions(
        &self,
        assessment: &Assessment,
        domains: &[DomainScore],
    ) -> Vec<QuestionIndex> {
        let mut weights = vec![(0u128, false); assessment.questionnaire.questions.len()];
        for (at, domain) in domains.iter().enumerate() {
            for (of, requirement) in domain.requirements.iter().enumerate() {
                let total: u64 = requirement.items.iter().map(|item| item.weight.get()).sum();
                for item in requirement
                    .items
                    .iter()
                    .filter(|item| item.state == State::Open { hangs_on: None })
                {
                    let inside = self.0[at][of] * u128::from(item.weight.get());
                    weights[item.question].0 += inside.checked_div(u128::from(total)).unwrap_or(0);
                    weights[item.question].1 = true;
                }
            }
        }
        let mut open: Vec<_> = (0..weights.len()).filter(|at| weights[*at].1).collect();
        open.sort_by_key(|at| Reverse(weights[*at].0));
        open
    }
}
