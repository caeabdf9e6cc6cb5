//! The domains at a glance: a radar, and a table with a bar each.

use super::parts::{BAR, cell, column, dense, numbers, p, plain, soft, table};
use super::result::REPORT;
use crate::render::chart::{self, figure::figure};
use crate::render::pdf::block::{Block, Cell, Column, Length};
use crate::report::{DomainWords, FigureWords, Report};

/// More domains than these stand in smaller letters, to be seen on one page.
const FEW: usize = 9;

/// The radar with its legend; none where too few domains apply.
pub(super) fn radar(report: &Report, widest: Length) -> Option<Block> {
    let radar = chart::radar(&report.domains)?;
    let caption = REPORT.text("Dashed line", &report.overall, false);
    Some(Block::Figure(figure(&radar, widest, Some(caption))))
}

/// A column of the table beside domain and bar: its head, and what it says of a domain's figures.
type Shown = (Column, fn(&FigureWords) -> String);

/// The table of the full report.
pub(super) fn full(report: &Report) -> Block {
    let (overall, mut caption) = (&report.overall, "Score of each domain, 0 to 100.".to_owned());
    let mut shown: Vec<Shown> = vec![(numbers("Score", 8), |figures| figures.score.clone())];
    if !overall.complete {
        caption += " The range goes from all open questions counted as 0 to all counted as 100.";
        shown.push((numbers("Range", 18), |figures| figures.range.clone()));
    }
    shown.extend(overall.target.as_ref().map(|_| target()));
    shown.push((column("Level", 19), |figures| figures.level.clone()));
    let table = rows(report, caption, (38, 12), shown);
    if report.domains.len() > FEW { dense(table) } else { table }
}

/// The table of two pages for a board.
pub(super) fn short(report: &Report) -> Block {
    let head = if report.overall.complete { "Score" } else { "Range" };
    let mut shown: Vec<Shown> = vec![(numbers(head, 17), |figures| figures.range.clone())];
    shown.extend(report.overall.target.as_ref().map(|_| target()));
    rows(report, "Score of each domain, 0 to 100.".to_owned(), (68, 14), shown)
}

fn target() -> Shown {
    (numbers("Target", 9), |figures| figures.target.clone().unwrap_or_else(|| "–".to_owned()))
}

/// A row for each domain; the shares are those of its name and its bar.
fn rows(report: &Report, caption: String, shares: (i64, i64), shown: Vec<Shown>) -> Block {
    let row = |domain: &DomainWords| {
        let name: Cell = vec![p(vec![soft(&domain.id), plain(format!(" {}", domain.title))])];
        let bar = vec![Block::Figure(figure(&chart::bar(&domain.figures), BAR, None))];
        let more = shown.iter().map(|(_, of)| cell(of(&domain.figures)));
        [name, bar].into_iter().chain(more).collect()
    };
    let rows = report.domains.iter().map(row).collect();
    let more = shown.iter().map(|(column, _)| column.clone());
    let columns =
        [column("Domain", shares.0), column("Bar", shares.1)].into_iter().chain(more).collect();
    Block::Together(vec![table(Some(caption), columns, rows)])
}
