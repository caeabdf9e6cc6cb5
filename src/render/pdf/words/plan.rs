//! All next steps in one table: each once, in the order of the findings, ground rules first.

use super::parts::{cell, column, h2, numbers, p, plain, say, soft, table};
use crate::render::pdf::block::Block;
use crate::report::{Report, StepWords};

/// A step, and the requirements that it serves.
struct Planned<'a> {
    step: &'a StepWords,
    serves: Vec<&'a str>,
}

/// The next steps in order; nothing where there are none.
pub(super) fn plan(report: &Report) -> Vec<Block> {
    let planned = planned(report);
    if planned.is_empty() {
        return Vec::new();
    }
    let has_effort = planned.iter().any(|each| each.step.effort.is_some());
    let has_order = planned.iter().any(|each| !each.step.after.is_empty());
    let row = |(at, each): (usize, &Planned)| {
        let step = each.step;
        let to = soft(format!(" {}, to {}", step.question, step.to)).small().glued();
        let mut row = vec![
            cell((at + 1).to_string()),
            vec![p(vec![plain(&step.action), to])],
            cell(each.serves.join(", ")),
        ];
        row.extend(has_effort.then(|| cell(step.effort.as_deref().unwrap_or("–"))));
        row.extend(has_order.then(|| cell(after(step))));
        row
    };
    let mut columns = vec![column("No.", 6), column("Step", 54), column("For", 17)];
    columns.extend(has_effort.then(|| numbers("Our estimate", 13)));
    columns.extend(has_order.then(|| column("Comes after", 15)));
    vec![
        h2("plan", vec![plain("Next steps in order")]),
        say(
            "Each next step once: first those of ground rules, then those of the findings in their order.",
        ),
        table(None, columns, planned.iter().enumerate().map(row).collect()),
    ]
}

fn after(step: &StepWords) -> String {
    if step.after.is_empty() { "–".to_owned() } else { step.after.join(", ") }
}

fn planned(report: &Report) -> Vec<Planned<'_>> {
    let gates = report.failed_gates.iter().map(|gate| (gate.id.as_str(), &gate.steps));
    let findings = report.findings.iter().map(|finding| (finding.id.as_str(), &finding.steps));
    let mut planned: Vec<Planned> = Vec::new();
    for (id, steps) in gates.chain(findings) {
        for step in steps {
            let is_it = |each: &&mut Planned| {
                (&each.step.question, &each.step.to) == (&step.question, &step.to)
            };
            match planned.iter_mut().find(is_it) {
                Some(known) => known.serves.push(id),
                None => planned.push(Planned { step, serves: vec![id] }),
            }
        }
    }
    planned
}
