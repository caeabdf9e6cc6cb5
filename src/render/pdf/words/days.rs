//! The plan for a number of days: how the score rises, and what to do until when.

use super::answers::estimate;
use super::parts::{alert, cell, column, h2, h3, list, numbers, p, plain, say, small, soft, table};
use crate::render::pdf::block::{Block, Cell};
use crate::report::{PhaseWords, PlanWords, PlannedWords, Report};

/// The plan of a report; nothing where it has none.
pub(super) fn days(report: &Report) -> Vec<Block> {
    let Some(plan) = &report.plan else { return Vec::new() };
    let mut blocks = vec![h2("plan-days", vec![plain(&plan.title)]), say(&plan.summary)];
    blocks.extend(plan.gates.iter().map(|gate| alert(gate)));
    blocks.push(p(vec![soft(&plan.exactness)]));
    blocks.push(standings(plan));
    blocks.extend(plan.phases.iter().flat_map(phase));
    blocks.extend(beyond(plan));
    blocks.extend(plan.notes.iter().map(|note| small(vec![soft(note)])));
    blocks
}

/// The score now and at the end of each phase.
fn standings(plan: &PlanWords) -> Block {
    let rows = plan.standings.iter();
    let rows = rows
        .map(|row| vec![cell(&row.when), cell(&row.score), cell(&row.effort), cell(&row.verdict)]);
    let columns =
        vec![column("When", 25), numbers("Score", 20), numbers("Spent", 25), column("Verdict", 30)];
    let caption = "Score now and once the steps of each phase are done, 0 to 100.";
    table(Some(caption.to_owned()), columns, rows.collect())
}

fn phase(phase: &PhaseWords) -> Vec<Block> {
    let mut title = vec![plain(&phase.title)];
    title.extend(phase.work.as_ref().map(|work| soft(format!(" · {work}"))));
    let title = h3(title);
    if phase.steps.is_empty() {
        return vec![title, p(vec![soft("Nothing is finished in this time.")])];
    }
    let columns = vec![column("No.", 6), column("Step", 94)];
    vec![title, table(None, columns, phase.steps.iter().map(row).collect())]
}

fn row(step: &PlannedWords) -> Vec<Cell> {
    let gate = step.gate.as_ref().map_or(String::new(), |gate| format!(" For ground rule {gate}."));
    let PlannedWords { question, to, gain, .. } = step;
    let score = step.score.as_deref().unwrap_or("–");
    let estimate = estimate(&step.effort);
    let told = format!("{question} to {to}.{estimate} +{gain}, score then {score}.{gate}");
    vec![cell(step.rank.to_string()), vec![p(vec![plain(&step.action)]), small(vec![soft(told)])]]
}

/// What the budget does not reach.
fn beyond(plan: &PlanWords) -> Vec<Block> {
    if plan.beyond.is_empty() {
        return Vec::new();
    }
    let one = |step: &PlannedWords| {
        let (question, to, gain) = (&step.question, &step.to, &step.gain);
        format!("{} {question} to {to}.{} +{gain}.", step.action, estimate(&step.effort))
    };
    vec![
        h3(vec![plain("Next, beyond this budget")]),
        small(vec![soft("Effort and gain with all that must come before.")]),
        list(plan.beyond.iter().map(one)),
    ]
}
