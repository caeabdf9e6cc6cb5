//! What to do first.

use super::answers::{comes_after, estimate};
use super::parts::{h2, plain, say, small, soft};
use crate::render::pdf::block::{Block, Marker};
use crate::report::{FirstActionWords, Report};

/// The first actions, with what comes before each where that is wanted.
pub(super) fn first(report: &Report, with_order: bool) -> Vec<Block> {
    if report.first_actions.is_empty() {
        return Vec::new();
    }
    let entry = |action: &FirstActionWords| {
        vec![say(&action.action), small(vec![soft(serves(action, with_order))])]
    };
    let entries = report.first_actions.iter().map(entry).collect();
    vec![h2("first", vec![plain("What to do first")]), Block::List(Marker::Number, entries)]
}

/// What an action is good for, its effort, and what comes before it.
fn serves(action: &FirstActionWords, with_order: bool) -> String {
    let mut said = match (&action.requirement, &action.statement) {
        (Some(requirement), Some(statement)) => format!("For {requirement}: {statement}"),
        _ => format!("Question {}.", action.question),
    };
    if let Some(effort) = &action.effort {
        said.push_str(&estimate(effort));
    }
    if with_order && !action.after.is_empty() {
        said.push_str(&comes_after(&action.after));
    }
    said
}
