//! The full report: what is read first, what to do, then everything behind it.

use super::parts::{alert, h2, heading, plain, small, soft};
use super::{actions, asked, by, days, domains, findings, gates, method, plan, result};
use crate::render::pdf::block::{Block, POINT};
use crate::report::{FrameworkWords, Report};

/// How wide the radar is at most.
const RADAR: i64 = 270 * POINT;

/// All of a report.
pub(super) fn blocks(report: &Report, file_name: &str) -> Vec<Block> {
    let summary = [first_page(report), gates::failed(report), gates::open(report)].concat();
    let parts = match &report.by {
        Some(framework) => by_clause(report, framework),
        None => by_domain(report),
    };
    [
        summary,
        actions::first(report, true),
        contents(),
        days::days(report),
        parts,
        method::method(report, file_name),
        method::terms(report),
        vec![method::made_with(
            &report.head.engine,
            " Nothing left the machine that this report was made on.",
        )],
    ]
    .concat()
}

fn first_page(report: &Report) -> Vec<Block> {
    let kicker = format!("Gap report · {}", report.questionnaire.title);
    let line = format!(
        "Assessed on {} under version {} of the questionnaire. A self-assessment, no certificate.",
        report.head.date, report.questionnaire.version
    );
    let mut blocks = result::head(&kicker, &report.head, vec![soft(line)]);
    blocks.push(result::result(report, key_figures(report), None));
    blocks.extend(report.alerts.iter().map(|each| alert(each)));
    blocks.extend(report.questionnaire.notice.as_ref().map(|notice| small(vec![soft(notice)])));
    blocks
}

fn key_figures(report: &Report) -> Block {
    let (overall, counts) = (&report.overall, &report.counts);
    let mut figures = vec![
        ("Range, worst to best", overall.range.clone()),
        ("Coverage", overall.coverage.clone()),
        ("Evidenced score", overall.evidenced.clone()),
    ];
    figures.extend(overall.target.as_ref().map(|target| ("Target", target.clone())));
    figures.push(("Questions answered", format!("{} of {}", counts.answered, counts.asked)));
    figures.push((
        "Don't know · open · not applicable",
        format!("{} · {} · {}", counts.unknown, counts.open, counts.not_applicable),
    ));
    result::key_figures(figures)
}

fn contents() -> Vec<Block> {
    let title = heading(2, vec![plain("Contents")], Some("contents".to_owned()), false);
    vec![Block::Together(vec![title, Block::Contents])]
}

/// Domains, findings and steps; then, from a new page, everything asked.
fn by_domain(report: &Report) -> Vec<Block> {
    let mut blocks = vec![h2("domains", vec![plain("Domains")])];
    blocks.extend(domains::radar(report, RADAR));
    blocks.push(domains::full(report));
    [
        blocks,
        findings::findings(report),
        findings::still_open(report),
        plan::plan(report),
        vec![Block::NewPage],
        asked::everything(report),
        asked::not_answered(report),
        asked::not_asked(report),
    ]
    .concat()
}

/// The clauses of a framework; then, from a new page, what was not answered.
fn by_clause(report: &Report, framework: &FrameworkWords) -> Vec<Block> {
    [by::clauses(report, framework), vec![Block::NewPage], asked::not_answered(report)].concat()
}
