//! How the figures came about, what went in, and what the terms mean.

use super::parts::{h2, h3, list, p, pairs, plain, say, small, soft};
use super::verify;
use crate::render::pdf::block::{Block, Marker};
use crate::report::{Pair, Report};

/// The method, and all that it was applied to.
pub(super) fn method(report: &Report, file_name: &str) -> Vec<Block> {
    let mut blocks = vec![
        h2("method", vec![plain("How the figures came about")]),
        say(
            "This is a self-assessment: it shows what was answered, and proves nothing by itself. It is no certificate, no audit and no legal advice. Levels, weights and targets are set by the makers of the questionnaire, not by its sources.",
        ),
        scoring(report),
        h3(vec![plain("Sources")]),
        list(&report.sources),
        h3(vec![plain("Who answered")]),
        respondents(report),
    ];
    if !report.profile.is_empty() {
        blocks.push(h3(vec![plain("Profile")]));
        blocks.push(pairs(&report.profile));
    }
    if let Some(target) = &report.target {
        blocks.push(h3(vec![plain(format!("Target: {}", target.title))]));
        blocks.push(pairs(&target.reasons));
    }
    blocks.extend(weights(report));
    if !report.warnings.is_empty() {
        blocks.push(h3(vec![plain("Warnings")]));
        blocks.push(list(&report.warnings));
    }
    blocks.push(h3(vec![plain("Digests")]));
    blocks.push(say(format!("SHA-256 of the data that went in. {}", verify(file_name))));
    blocks.push(pairs(&report.digests));
    blocks
}

fn scoring(report: &Report) -> Block {
    list([
        format!("Scoring method, edition {}, computed by {} in whole basis points, rounded half up once at each step.", report.method, report.head.engine).as_str(),
        "A requirement is the weighted mean of its questions, a domain that of its requirements, the whole that of its domains. What is not applicable or not asked leaves the mean.",
        "The score counts open questions as 0. The range shows what they could still change. Coverage is the share that is answered, “don't know” included.",
        "The evidenced score counts answers without listed evidence as 0. Nobody has looked into the evidence.",
    ])
}

fn respondents(report: &Report) -> Block {
    if report.respondents.is_empty() {
        return say("The answers name nobody.");
    }
    let language = report.head.answer_language.as_deref();
    let entry = |each: &String| vec![p(vec![plain(each).in_language(language)])];
    Block::List(Marker::Dot, report.respondents.iter().map(entry).collect())
}

fn weights(report: &Report) -> Vec<Block> {
    let joined = |pairs: &[Pair]| {
        let pair = |pair: &Pair| format!("{} {}", pair.name, pair.value);
        pairs.iter().map(pair).collect::<Vec<_>>().join(", ")
    };
    let mut blocks = vec![h3(vec![plain("Weights and levels")])];
    blocks.extend(report.weighting.as_ref().map(say));
    if !report.weights.is_empty() {
        blocks.push(say(format!("Weights: {}.", joined(&report.weights))));
    }
    blocks.push(say(format!("{}.", joined(&report.scale))));
    blocks
}

/// Terms that the questions use.
pub(super) fn terms(report: &Report) -> Vec<Block> {
    if report.terms.is_empty() {
        return Vec::new();
    }
    vec![h2("terms", vec![plain("Terms")]), pairs(&report.terms)]
}

/// What made it, and where.
pub(super) fn made_with(engine: &str, more: &str) -> Block {
    let said = format!("Made with Gapwise ({engine}). Questionnaires: CC BY 4.0.{more}");
    small(vec![soft(said)])
}
