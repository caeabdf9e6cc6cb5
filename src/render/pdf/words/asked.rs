//! Everything asked, with the answers and the sums; and what was not asked, or not answered by a level.

use super::answers::answers;
use super::parts::{
    counted, h2, h3, h4, heading, meta, notes, p, plain, rest, say, small, soft, value, values,
};
use crate::render::pdf::block::{Block, Span, Text, Tone};
use crate::report::{DomainWords, Report, RequirementWords};

/// Everything asked, domain by domain.
pub(super) fn everything(report: &Report) -> Vec<Block> {
    let mut blocks = vec![
        h2("asked", vec![plain("Everything asked")]),
        say(
            "Each requirement with its questions, the answers and the sum that makes its score. Sums are in basis points: 10000 is everything. Targets are averaged with the same weights.",
        ),
        sum(format!("Whole: {}", report.arithmetic)),
    ];
    let language = report.head.answer_language.as_deref();
    blocks.extend(report.domains.iter().flat_map(|each| domain(each, language)));
    blocks
}

/// The arithmetic of a score.
pub(super) fn sum(text: impl AsRef<str>) -> Block {
    small(vec![soft(text)])
}

fn domain(domain: &DomainWords, language: Option<&str>) -> Vec<Block> {
    let title = vec![
        plain(format!("{} {}", domain.id, domain.title)),
        soft(format!(": {}", domain.figures.range)),
    ];
    let mut blocks = vec![
        heading(3, title, Some(format!("domain-{}", domain.id)), true),
        sum(format!("Domain, weight {}: {}", domain.weight, domain.arithmetic)),
    ];
    if domain.requirements.is_empty() {
        blocks.push(p(vec![soft("Nothing of this domain is asked of this profile.")]));
    }
    blocks.extend(domain.requirements.iter().map(|each| requirement(each, language)));
    blocks
}

fn requirement(requirement: &RequirementWords, language: Option<&str>) -> Block {
    let figures = &requirement.figures;
    let qualifier = requirement.qualifier.as_ref().map(|words| format!(" ({words})"));
    let clause = format!("{}{}", requirement.clause, qualifier.unwrap_or_default());
    let mut shown = vec![value("Weight", &requirement.weight), value("Score", &figures.range)];
    shown.extend(figures.target.as_ref().map(|target| value("Target", target)));
    shown.push(value("Evidenced", &figures.evidenced));
    let mut parts = vec![vec![soft(clause)], values(shown)];
    parts.extend(requirement.gate.as_deref().map(gate));
    let title = format!("{} · {}", requirement.id, requirement.title.heading);
    let mut blocks = vec![h4(vec![plain(title)])];
    blocks.extend(rest(&requirement.title));
    blocks.push(meta(parts));
    blocks.push(answers(&requirement.answers, language));
    blocks.push(sum(&requirement.arithmetic));
    Block::Together(blocks)
}

/// How a ground rule stands.
fn gate(state: &str) -> Text {
    let tone = match state {
        "failed" => Tone::Bad,
        "open" => Tone::Warn,
        "passed" => Tone::Good,
        _ => Tone::Soft,
    };
    vec![soft("Gate "), Span::badge(state.to_uppercase(), tone)]
}

/// What is not applicable, not known, open or not stated; each where there is such.
pub(super) fn not_answered(report: &Report) -> Vec<Block> {
    let language = report.head.answer_language.as_deref();
    let mut blocks = Vec::new();
    let mut section = |anchor, title, what: Option<&str>, of: &[_], language| {
        if !of.is_empty() {
            blocks.push(h2(anchor, counted(title, of.len())));
            blocks.extend(what.map(say));
            blocks.push(notes(of, language));
        }
    };
    let reasons = "Said by the respondent, with the reason. These leave the mean.";
    section("not-applicable", "Not applicable", Some(reasons), &report.not_applicable, language);
    let unknown = "Finding out is the first step. These count as 0 and as answered.";
    section("unknown", "Don't know", Some(unknown), &report.unknown, None);
    section("open", "Open questions", None, &report.open, None);
    let facts = "The profile leaves these out. A question that hangs on one of them is not asked.";
    section("not-stated", "Facts not stated", Some(facts), &report.not_stated, None);
    blocks
}

/// Requirements of which nothing is asked.
pub(super) fn not_asked(report: &Report) -> Vec<Block> {
    if report.not_asked.is_empty() && report.listed.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![h2("not-asked", vec![plain("Not asked")])];
    if !report.not_asked.is_empty() {
        let title = "Requirements that are not for this profile";
        blocks.push(h3(counted(title, report.not_asked.len())));
        blocks.push(notes(&report.not_asked, None));
    }
    if !report.listed.is_empty() {
        blocks.push(h3(vec![plain("Listed only")]));
        blocks.push(notes(&report.listed, None));
    }
    blocks
}
