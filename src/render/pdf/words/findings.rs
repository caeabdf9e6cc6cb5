//! Findings, each on one page, and what is still open.

use super::answers::{said, steps};
use super::parts::{
    bold, cell, column, counted, h2, h3, meta, numbers, p, plain, rest, say, soft, table, value,
    values,
};
use crate::render::pdf::block::{Block, Span, Tone};
use crate::report::{FindingWords, Report, StillOpenWords};

/// What the findings are ordered by and what their words mean.
const ORDER: &str = "Requirements below target, those first whose closing would raise the overall score most. HIGH marks a gap of 50 or more, MEDIUM one of 25 or more, LOW a smaller one. Worth is what the overall score gains if this requirement alone reaches its target; worths do not add up.";

/// The findings, or that there are none.
pub(super) fn findings(report: &Report) -> Vec<Block> {
    if report.findings.is_empty() {
        return none(report);
    }
    let language = report.head.answer_language.as_deref();
    let mut blocks = vec![h2("findings", counted("Findings", report.findings.len())), say(ORDER)];
    blocks.extend(report.findings.iter().map(|each| finding(each, language)));
    blocks
}

/// That there are no findings, where there is a target to fall short of.
pub(super) fn none(report: &Report) -> Vec<Block> {
    let said = report
        .target
        .as_ref()
        .map(|_| vec![h2("findings", vec![plain("Findings")]), say(&report.nothing_below)]);
    said.unwrap_or_default()
}

fn finding(finding: &FindingWords, language: Option<&str>) -> Block {
    let mut parts = vec![vec![severity(&finding.severity), soft(format!(" {}", origin(finding)))]];
    let mut figures = vec![value("Score", &finding.score)];
    figures.extend(finding.target.as_ref().map(|target| value("Target", target)));
    figures.extend(finding.gap.as_ref().map(|gap| value("Gap", gap)));
    figures.push(value("Worth", &format!("+{}", finding.worth)));
    parts.push(values(figures));
    let mut blocks = vec![h3(vec![plain(format!("{} · {}", finding.rank, finding.title.heading))])];
    blocks.extend(rest(&finding.title));
    blocks.extend([meta(parts), said(&finding.answers, language)]);
    blocks.extend(steps(&finding.steps));
    Block::Together(blocks)
}

/// How grave it is, as a badge.
pub(super) fn severity(severity: &str) -> Span {
    let tone = match severity {
        "critical" => Tone::Bad,
        "high" => Tone::Warn,
        _ => Tone::Soft,
    };
    Span::badge(severity.to_uppercase(), tone)
}

fn origin(finding: &FindingWords) -> String {
    let qualifier = finding.qualifier.as_ref().map(|words| format!(" ({words})"));
    format!("{} · {}{}", finding.id, finding.clause, qualifier.unwrap_or_default())
}

/// What open answers could bring to its target.
pub(super) fn still_open(report: &Report) -> Vec<Block> {
    if report.still_open.is_empty() {
        return Vec::new();
    }
    let row = |each: &StillOpenWords| {
        let name = p(vec![bold(&each.id), plain(format!(" {}", each.statement))]);
        vec![vec![name], cell(&each.range), cell(&each.target)]
    };
    let columns = vec![column("Requirement", 64), numbers("Range", 22), numbers("Target", 14)];
    vec![
        h2("still-open", counted("Still open", report.still_open.len())),
        say(
            "Answers that are still open could bring these to their target, those first that weigh most.",
        ),
        table(None, columns, report.still_open.iter().map(row).collect()),
    ]
}
