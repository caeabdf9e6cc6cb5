//! Ground rules that are not kept, not shown to be, or not yet confirmed.

use super::answers::{answers, steps};
use super::parts::{h2, heading, plain, rest, say, small, soft};
use crate::render::pdf::block::{Block, Span, Tone};
use crate::report::{GateWords, Report};

/// Ground rules that are not kept or not shown to be.
pub(super) fn failed(report: &Report) -> Vec<Block> {
    let gate = |gate: &GateWords| {
        let word = if gate.unknown { "NOT SHOWN: DON'T KNOW" } else { "NOT KEPT" };
        let mut blocks = stated(gate, Span::badge(word, Tone::Bad), report);
        blocks.extend(steps(&gate.steps));
        Block::Together(vec![Block::Callout(Tone::Bad, blocks)])
    };
    section(
        "gates",
        "Ground rules that are not kept or not shown to be",
        "These must hold whatever the score says. No other strength makes up for them.",
        report.failed_gates.iter().map(gate).collect(),
    )
}

/// Ground rules that open answers decide.
pub(super) fn open(report: &Report) -> Vec<Block> {
    let gate = |gate: &GateWords| {
        let blocks = stated(gate, Span::badge("NOT YET CONFIRMED", Tone::Warn), report);
        Block::Together(vec![Block::Callout(Tone::Warn, blocks)])
    };
    section(
        "unconfirmed",
        "Ground rules not yet confirmed",
        &report.open_gates_note,
        report.open_gates.iter().map(gate).collect(),
    )
}

fn section(anchor: &str, title: &str, what: &str, gates: Vec<Block>) -> Vec<Block> {
    if gates.is_empty() {
        return Vec::new();
    }
    [vec![h2(anchor, vec![plain(title)]), say(what)], gates].concat()
}

/// The rule, where the source asks for it, and what was answered.
fn stated(gate: &GateWords, badge: Span, report: &Report) -> Vec<Block> {
    let title = vec![badge, plain(format!(" {} · {}", gate.id, gate.title.heading))];
    let mut blocks = vec![heading(3, title, Some(format!("gate-{}", gate.id)), false)];
    blocks.extend(rest(&gate.title));
    blocks.push(small(vec![soft(&gate.clause)]));
    blocks.push(answers(&gate.answers, report.head.answer_language.as_deref()));
    blocks
}
