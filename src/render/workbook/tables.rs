//! The tables of a report: domains, requirements, findings, answers.

use super::cell::Cell;
use super::table::Table;
use crate::render::data::evidence;
use crate::report::{
    AnswerWords, DomainWords, FindingWords, GateWords, PhaseWords, PlanWords, PlannedWords, Report,
    RequirementWords, StepWords,
};

/// The name of the sheet that the chart is drawn from.
pub(super) const DOMAINS: &str = "Domains";
/// Where the chart finds the titles, the scores and the targets on it.
pub(super) const TITLE_SCORE_TARGET: [u16; 3] = [1, 4, 6];

/// A row for each domain.
pub(super) fn domains(report: &Report) -> Table<9> {
    let row = |domain: &DomainWords| {
        let figures = &domain.figures;
        [
            Cell::text(&domain.id),
            Cell::text(&domain.title),
            Cell::text(&figures.level),
            Cell::count(domain.weight),
            Cell::basis_points(figures.low_bp),
            Cell::basis_points(figures.high_bp),
            Cell::basis_points(figures.target_bp),
            Cell::basis_points(figures.evidenced_bp),
            Cell::figure(&figures.coverage),
        ]
    };
    Table {
        name: DOMAINS,
        columns: [
            ("Domain", 12),
            ("Title", 48),
            ("Level", 32),
            ("Weight", 10),
            ("Score", 11),
            ("Best case", 12),
            ("Target", 11),
            ("Evidenced", 13),
            ("Coverage", 12),
        ],
        rows: report.domains.iter().map(row).collect(),
        nothing: report.verdict_sentence.clone(),
    }
}

/// A row for each requirement that is asked.
pub(super) fn requirements(report: &Report) -> Table<13> {
    let row = |(domain, requirement): (&DomainWords, &RequirementWords)| {
        let figures = &requirement.figures;
        [
            Cell::text(&domain.id),
            Cell::text(&requirement.id),
            Cell::text(&requirement.statement),
            Cell::text(&requirement.clause),
            Cell::text(&requirement.weight),
            Cell::maybe(requirement.gate.as_ref()),
            Cell::text(&figures.level),
            Cell::basis_points(figures.low_bp),
            Cell::basis_points(figures.high_bp),
            Cell::basis_points(figures.target_bp),
            Cell::figure(figures.gap.as_deref().unwrap_or_default()),
            Cell::basis_points(figures.evidenced_bp),
            Cell::figure(&figures.coverage),
        ]
    };
    Table {
        name: "Requirements",
        columns: [
            ("Domain", 12),
            ("Requirement", 15),
            ("What is asked for", 60),
            ("Clause", 26),
            ("Weight", 13),
            ("Ground rule", 14),
            ("Level", 22),
            ("Score", 11),
            ("Best case", 12),
            ("Target", 11),
            ("Gap", 11),
            ("Evidenced", 13),
            ("Coverage", 12),
        ],
        rows: asked(report).map(row).collect(),
        nothing: report.verdict_sentence.clone(),
    }
}

/// Each requirement that is asked, with its domain.
fn asked(report: &Report) -> impl Iterator<Item = (&DomainWords, &RequirementWords)> {
    let of = |domain| move |requirement| (domain, requirement);
    report.domains.iter().flat_map(move |domain| domain.requirements.iter().map(of(domain)))
}

/// Ground rules that are not kept or not shown to be, which have no rank; then the findings in their order.
pub(super) fn findings(report: &Report) -> Table<11> {
    let gates = report.failed_gates.iter().map(|gate| gate_row(report, gate));
    let nothing = match &report.target {
        Some(_) => report.nothing_below.clone(),
        None => report.alerts.join(" "),
    };
    Table {
        name: "Findings",
        columns: [
            ("Rank", 8),
            ("Requirement", 15),
            ("What is asked for", 52),
            ("Clause", 26),
            ("Severity", 14),
            ("Score", 11),
            ("Target", 11),
            ("Gap", 11),
            ("Worth", 11),
            ("What to do", 64),
            ("Effort (our estimate)", 15),
        ],
        rows: gates.chain(report.findings.iter().map(finding_row)).collect(),
        nothing,
    }
}

fn finding_row(finding: &FindingWords) -> [Cell; 11] {
    [
        Cell::count(finding.rank as u64),
        Cell::text(&finding.id),
        Cell::text(&finding.statement),
        Cell::text(&finding.clause),
        Cell::text(&finding.severity),
        Cell::figure(&finding.score),
        Cell::figure(finding.target.as_deref().unwrap_or_default()),
        Cell::figure(finding.gap.as_deref().unwrap_or_default()),
        Cell::figure(&finding.worth),
        Cell::text(actions(&finding.steps)),
        Cell::text(efforts(&finding.steps)),
    ]
}

fn gate_row(report: &Report, gate: &GateWords) -> [Cell; 11] {
    let figures = asked(report)
        .find(|(_, requirement)| requirement.id == gate.id)
        .map(|(_, requirement)| &requirement.figures);
    let gap = figures.and_then(|figures| figures.gap.as_deref());
    [
        Cell::Empty,
        Cell::text(&gate.id),
        Cell::text(&gate.statement),
        Cell::text(&gate.clause),
        Cell::text(if gate.unknown { "not shown, don't know" } else { "not kept" }),
        Cell::basis_points(figures.and_then(|figures| figures.low_bp)),
        Cell::basis_points(figures.and_then(|figures| figures.target_bp)),
        Cell::figure(gap.unwrap_or_default()),
        Cell::Empty,
        Cell::text(actions(&gate.steps)),
        Cell::text(efforts(&gate.steps)),
    ]
}

/// The steps, a line each.
fn actions(steps: &[StepWords]) -> String {
    let one = |step: &StepWords| {
        let of = match steps.len() {
            1 => String::new(),
            _ => format!(" of {}", step.question),
        };
        let after = match step.after.as_slice() {
            [] => String::new(),
            after => format!(" Comes after the step of {}.", after.join(", ")),
        };
        format!("To {}{of}: {}{after}", step.to, step.action)
    };
    steps.iter().map(one).collect::<Vec<_>>().join("\n")
}

/// What the steps take; where there are several, that of each question.
fn efforts(steps: &[StepWords]) -> String {
    let one = |step: &StepWords| {
        let effort = step.effort.as_deref()?;
        Some(match steps.len() {
            1 => effort.to_owned(),
            _ => format!("{}: {effort}", step.question),
        })
    };
    steps.iter().filter_map(one).collect::<Vec<_>>().join("\n")
}

/// A row for each step of a plan, in the order in which to take them.
pub(super) fn plan(plan: &PlanWords) -> Table<9> {
    let row = |(phase, step): (&PhaseWords, &PlannedWords)| {
        [
            Cell::text(&phase.title),
            Cell::count(step.rank as u64),
            Cell::text(&step.action),
            Cell::text(&step.question),
            Cell::text(&step.to),
            Cell::count(u64::from(step.half_days)),
            Cell::figure(&step.gain),
            Cell::figure(step.score.as_deref().unwrap_or_default()),
            Cell::maybe(step.gate.as_ref()),
        ]
    };
    let steps =
        plan.phases.iter().flat_map(|phase| phase.steps.iter().map(move |step| (phase, step)));
    Table {
        name: "Plan",
        columns: [
            ("Phase", 18),
            ("No.", 8),
            ("What to do", 64),
            ("Question", 12),
            ("To", 18),
            ("Half-days (our estimate)", 15),
            ("Gain", 11),
            ("Score then", 12),
            ("Ground rule", 14),
        ],
        rows: steps.map(row).collect(),
        nothing: plan.summary.clone(),
    }
}

/// A row for each question of each requirement.
pub(super) fn answers(report: &Report) -> Table<12> {
    let row = |(domain, requirement, answer): (&DomainWords, &RequirementWords, &AnswerWords)| {
        let [id, ask, said, state, score] = answered(answer);
        let [evidence, note, by, visibility] = beside(answer);
        let (domain, requirement) = (Cell::text(&domain.id), Cell::text(&requirement.id));
        let weight = Cell::count(answer.weight);
        [domain, requirement, id, ask, said, state, score, weight, evidence, note, by, visibility]
    };
    let each = asked(report).flat_map(|(domain, requirement)| {
        requirement.answers.iter().map(move |answer| (domain, requirement, answer))
    });
    Table {
        name: "Answers",
        columns: [
            ("Domain", 12),
            ("Requirement", 15),
            ("Question", 12),
            ("Ask", 48),
            ("Answer", 52),
            ("State", 15),
            ("Score", 11),
            ("Weight", 10),
            ("Evidence", 34),
            ("Note", 30),
            ("Answered by", 18),
            ("Visibility", 12),
        ],
        rows: each.map(row).collect(),
        nothing: report.verdict_sentence.clone(),
    }
}

/// Question, ask, answer, state and score.
pub(super) fn answered(answer: &AnswerWords) -> [Cell; 5] {
    [
        Cell::text(&answer.id),
        Cell::text(&answer.ask),
        Cell::text(&answer.said),
        Cell::text(&answer.state),
        Cell::figure(answer.score.as_deref().unwrap_or_default()),
    ]
}

/// Evidence, note, who answered, and who may see it.
pub(super) fn beside(answer: &AnswerWords) -> [Cell; 4] {
    [
        Cell::text(evidence(&answer.evidence)),
        Cell::maybe(answer.note.as_ref()),
        Cell::maybe(answer.by.as_ref()),
        Cell::text(if answer.public { "public" } else { "internal" }),
    ]
}
