//! What changed from the first stage to the last, figure by figure.

use super::data::{
    ChangeOf, ChangesOf, ClosedFinding, DomainChange, FactChange, FindingRef, GateChange, Parts,
    QuestionChange, RequirementChange, StepOf,
};
use super::questions;
use super::stages::{STAGES, Stage};
use crate::model::{Profile, Score};
use crate::result::{AssessmentResult, DomainOf, FiguresOf, RequirementOf};

/// The figures at each stage; `None` where an edition lacks what they are of.
type Through<'a> = [Option<&'a FiguresOf>; STAGES];

/// All that changed.
pub(super) fn step(stages: &[Stage; STAGES]) -> StepOf {
    let [first, .., last] = stages;
    let (before, after) = (&first.result, &last.result);
    let questions = questions::changed(stages);
    StepOf {
        verdict: [before.verdict.clone(), after.verdict.clone()],
        overall: changes(std::array::from_fn(|at| Some(&stages[at].result.overall))),
        domains: domains(stages, &questions),
        profile: profile(&before.profile, &after.profile),
        gates: gates(before, after),
        closed: closed(before, after),
        opened: findings(after).filter(|each| !has_finding(before, each)).collect(),
        remaining: findings(after).filter(|each| has_finding(before, each)).count(),
        questions,
    }
}

/// Each figure with the parts of its change.
fn changes(through: Through<'_>) -> ChangesOf {
    let figure = |of: fn(&FiguresOf) -> Option<Score>| change(through.map(|at| of(at?)));
    let level = |at: usize| through[at].and_then(|figures| figures.level.clone());
    ChangesOf {
        score: figure(|figures| figures.low),
        high: figure(|figures| figures.high),
        evidenced: figure(|figures| figures.evidenced),
        coverage: figure(|figures| figures.coverage),
        level: [level(0), level(STAGES - 1)],
    }
}

/// A figure through all stages.
///
/// - Unit: basis points; the parts add up to the change.
/// - `None` as change and parts: nothing applies before or after.
/// - Source: method edition 1, section 6. Where nothing applies in between, the last figure stands.
fn change(through: [Option<Score>; STAGES]) -> ChangeOf {
    let [before, .., after] = through;
    let points = |score: Score| i32::from(score.basis_points());
    let whole = before.zip(after).map(|(before, after)| (points(before), points(after)));
    let parts = whole.map(|(mut last, _)| {
        let [edition, profile, answers, evidence] = [1, 2, 3, 4].map(|at: usize| {
            let next = through[at].map_or(last, points);
            next - std::mem::replace(&mut last, next)
        });
        Parts { edition, profile, answers, evidence }
    });
    let change = whole.map(|(before, after)| after - before);
    ChangeOf { before, after, change, parts }
}

fn domain<'a>(result: &'a AssessmentResult, id: &str) -> Option<&'a DomainOf> {
    result.domains.iter().find(|domain| domain.id == id)
}

/// All requirements of a result.
fn requirements(result: &AssessmentResult) -> impl Iterator<Item = &RequirementOf> {
    result.domains.iter().flat_map(|domain| &domain.requirements)
}

fn requirement<'a>(result: &'a AssessmentResult, id: &str) -> Option<&'a RequirementOf> {
    requirements(result).find(|requirement| requirement.id == id)
}

/// The domains of the later edition, then those that it no longer has.
fn domains(stages: &[Stage; STAGES], questions: &[QuestionChange]) -> Vec<DomainChange> {
    let [first, .., last] = stages.each_ref().map(|stage| &stage.result);
    let gone = first.domains.iter().filter(|each| domain(last, &each.id).is_none());
    let one = |each: &DomainOf| {
        let through = stages.each_ref().map(|stage| domain(&stage.result, &each.id));
        DomainChange {
            id: each.id.clone(),
            title: each.title.clone(),
            changes: changes(through.map(|domain| Some(&domain?.figures))),
            requirements: requirements_of(&each.id, stages, questions),
        }
    };
    last.domains.iter().chain(gone).map(one).collect()
}

/// The requirements of a domain, then those that only its earlier edition has.
fn requirements_of(
    domain_id: &str,
    stages: &[Stage; STAGES],
    questions: &[QuestionChange],
) -> Vec<RequirementChange> {
    let [first, .., last] = stages.each_ref().map(|stage| &stage.result);
    let of = |result| domain(result, domain_id).into_iter().flat_map(|each| &each.requirements);
    let gone = of(first).filter(|each| requirement(last, &each.id).is_none());
    let one = |each: &RequirementOf| {
        let through = stages.each_ref().map(|stage| requirement(&stage.result, &each.id));
        let asks = |change: &&QuestionChange| change.requirements.contains(&each.id);
        RequirementChange {
            id: each.id.clone(),
            statement: each.statement.clone(),
            changes: changes(through.map(|requirement| Some(&requirement?.figures))),
            moved_by: questions.iter().filter(asks).map(|change| change.id.clone()).collect(),
        }
    };
    of(last).chain(gone).map(one).collect()
}

/// Facts that are stated otherwise, by their ids.
fn profile(before: &Profile, after: &Profile) -> Vec<FactChange> {
    let mut facts: Vec<_> = before.keys().chain(after.keys()).collect();
    facts.sort();
    facts.dedup();
    let one = |fact: &&String| {
        let stated = |profile: &Profile| profile.get(*fact).cloned().unwrap_or_default();
        let (before, after) = (stated(before), stated(after));
        FactChange { fact: (*fact).clone(), before, after }
    };
    facts.iter().map(one).filter(|each| each.before != each.after).collect()
}

/// Gates that stand otherwise: those of the later edition, then those that it no longer has.
fn gates(before: &AssessmentResult, after: &AssessmentResult) -> Vec<GateChange> {
    let state = |result, id: &str| {
        requirement(result, id).and_then(|each| each.gate.as_ref()).map(|gate| gate.state.clone())
    };
    let gone = requirements(before).filter(|each| requirement(after, &each.id).is_none());
    let one = |each: &RequirementOf| GateChange {
        requirement: each.id.clone(),
        statement: each.statement.clone(),
        before: state(before, &each.id),
        after: state(after, &each.id),
    };
    requirements(after).chain(gone).map(one).filter(|each| each.before != each.after).collect()
}

/// The findings of a result, in their order.
fn findings(result: &AssessmentResult) -> impl Iterator<Item = FindingRef> {
    result.findings.iter().map(|finding| {
        let statement = requirement(result, &finding.requirement).map(|each| &each.statement);
        FindingRef {
            requirement: finding.requirement.clone(),
            statement: statement.cloned().unwrap_or_default(),
            severity: finding.severity.clone(),
        }
    })
}

fn has_finding(result: &AssessmentResult, finding: &FindingRef) -> bool {
    result.findings.iter().any(|other| other.requirement == finding.requirement)
}

/// Findings that are no more, and how that came.
fn closed(before: &AssessmentResult, after: &AssessmentResult) -> Vec<ClosedFinding> {
    let how = |finding: &FindingRef| {
        let now = requirement(after, &finding.requirement);
        let gate_open =
            now.and_then(|each| each.gate.as_ref()).is_some_and(|gate| gate.state == "open");
        match now.and_then(|each| each.figures.low) {
            None => "not-asked",
            Some(_) if gate_open || after.still_open.contains(&finding.requirement) => "open",
            Some(_) => "met",
        }
    };
    findings(before)
        .filter(|finding| !has_finding(after, finding))
        .map(|finding| ClosedFinding { how: how(&finding).to_owned(), finding })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn through(figures: [Option<u64>; STAGES]) -> ChangeOf {
        change(figures.map(|figure| figure.map(Score::saturating)))
    }

    #[test]
    fn parts_add_up() {
        let change = through([Some(2000), Some(2500), Some(1000), Some(4000), Some(4100)]);
        let parts = Parts { edition: 500, profile: -1500, answers: 3000, evidence: 100 };
        assert_eq!((change.change, change.parts), (Some(2100), Some(parts)));
        assert_eq!(parts.sum(), 2100);
    }

    #[test]
    fn the_last_figure_stands_while_nothing_applies() {
        let change = through([Some(2000), Some(2500), None, Some(4000), Some(4000)]);
        let parts = Parts { edition: 500, profile: 0, answers: 1500, evidence: 0 };
        assert_eq!((change.change, change.parts), (Some(2000), Some(parts)));
    }

    #[test]
    fn from_nothing_to_a_score_is_no_change_of_number() {
        let change = through([None, Some(1), Some(2), Some(3), Some(4)]);
        assert_eq!((change.after, change.change, change.parts), (Score::new(4), None, None));
    }
}
