//! Two pages for a board.

use super::findings::{none, severity};
use super::parts::{
    alert, bold, cell, column, counted, dense, h2, h3, list, numbers, p, plain, say, small, soft,
    table,
};
use super::{actions, domains, result, verify};
use crate::render::pdf::block::{Block, Cell, Column, POINT, Text, Tone};
use crate::report::{Board, BoardFinding, Report, Shortened};

/// How wide the radar is at most, beside the figures.
const RADAR: i64 = 164 * POINT;

/// Parts of a report, and what a board reads beside them.
pub(super) fn blocks(report: &Report, board: &Board, file_name: &str) -> Vec<Block> {
    [
        first_page(report, board),
        gates(report, board),
        at_a_glance(report),
        findings(report, board),
        vec![Block::Beside(vec![
            (46, actions::first(report, false)),
            (54, not_known(report, board)),
        ])],
        vec![small(vec![soft(format!(
            "Levels, weights and targets are set by the makers of the questionnaire, not by its sources. The full report says where each figure comes from. Made with Gapwise ({}). {}",
            report.head.engine,
            verify(file_name)
        ))])],
    ]
    .concat()
}

fn first_page(report: &Report, board: &Board) -> Vec<Block> {
    let kicker = format!("For the board · {}", report.questionnaire.title);
    let mut blocks = result::head(&kicker, &report.head, assessed(report, board));
    let overall = &report.overall;
    let figures = result::key_figures(vec![
        ("Range, worst to best", overall.range.clone()),
        ("Evidenced score", overall.evidenced.clone()),
        ("Target", overall.target.clone().unwrap_or_else(|| "–".to_owned())),
    ]);
    blocks.push(result::result(report, figures, domains::radar(report, RADAR)));
    blocks.extend(report.alerts.iter().map(|each| alert(each)));
    blocks
}

fn assessed(report: &Report, board: &Board) -> Text {
    let when = format!(
        "Assessed on {} under version {} of the questionnaire",
        report.head.date, report.questionnaire.version
    );
    let mut line = vec![soft(when)];
    if !board.respondents.is_empty() {
        let by = soft(format!("; answered by: {}", board.respondents.join(", ")));
        line.push(by.in_language(report.head.answer_language.as_deref()));
    }
    line.push(soft(". A self-assessment, no certificate. For inside the house."));
    line
}

fn gates(report: &Report, board: &Board) -> Vec<Block> {
    let (passed, failed, open) = (report.passed_gates, board.failed.count, board.open.count);
    if passed + failed + open == 0 {
        return Vec::new();
    }
    let mut blocks = vec![
        h2("gates", vec![plain("Ground rules")]),
        say(format!(
            "{passed} kept, {failed} not kept or not shown to be, {open} not yet confirmed. They must hold whatever the score says."
        )),
    ];
    let kinds = [(Tone::Bad, &board.failed), (Tone::Warn, &board.open)];
    let shown = kinds.into_iter().filter(|(_, list)| list.count > 0);
    blocks.extend(
        shown.map(|(tone, list)| {
            Block::Callout(tone, vec![p(vec![bold(&list.title)]), named(list)])
        }),
    );
    blocks
}

/// The first of a list, and how many more there are.
fn named(shortened: &Shortened) -> Block {
    let more = (shortened.more > 0).then(|| format!("and {} more", shortened.more));
    dense(list(shortened.first.iter().chain(&more)))
}

fn at_a_glance(report: &Report) -> Vec<Block> {
    vec![h2("domains", vec![plain("Domains")]), dense(domains::short(report))]
}

fn findings(report: &Report, board: &Board) -> Vec<Block> {
    if board.findings.is_empty() {
        return none(report);
    }
    let more = match board.more {
        0 => String::new(),
        more => format!(" {more} more stand in the full report."),
    };
    let has_target = report.overall.target.is_some();
    let rows = board.findings.iter().map(|each| finding(each, has_target)).collect();
    vec![
        h2("findings", vec![plain("Findings")]),
        small(vec![soft(format!(
            "Gravest first. Worth is what the overall score gains if this one alone reaches its target; worths do not add up. Effort is our estimate for the next steps.{more}"
        ))]),
        dense(table(None, columns(has_target), rows)),
    ]
}

fn columns(has_target: bool) -> Vec<Column> {
    let mut columns =
        vec![column("What is asked for", 68), column("Severity", 12), numbers("Score", 7)];
    columns.extend(has_target.then(|| numbers("Target", 8)));
    columns.extend([numbers("Worth", 8), numbers("Effort", 9)]);
    columns
}

fn finding(finding: &BoardFinding, has_target: bool) -> Vec<Cell> {
    let or_dash = |text: &Option<String>| cell(text.as_deref().unwrap_or("–"));
    let mut row = vec![
        vec![p(vec![soft(&finding.id), plain(format!(" {}", finding.statement))])],
        vec![p(vec![severity(&finding.severity)])],
        cell(&finding.score),
    ];
    row.extend(has_target.then(|| or_dash(&finding.target)));
    row.extend([cell(format!("+{}", finding.worth)), or_dash(&finding.effort)]);
    row
}

fn not_known(report: &Report, board: &Board) -> Vec<Block> {
    let counts = &report.counts;
    let mut blocks = vec![
        h2("not-known", vec![plain("What is not known")]),
        say(format!(
            "Of {} questions {} have an answer. Don't know: {}. Open: {}. Said not to apply, beside these: {}. Nobody has looked into the evidence.",
            counts.asked, counts.answered, counts.unknown, counts.open, counts.not_applicable
        )),
    ];
    let lists = board.not_known.iter();
    blocks.extend(lists.flat_map(|list| [h3(counted(&list.title, list.count)), named(list)]));
    blocks
}
