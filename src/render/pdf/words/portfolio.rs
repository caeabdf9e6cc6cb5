//! A portfolio on pages.

use super::parts::{
    BAR, bold, cell, column, counted, dense, h1, h2, h3, list, numbers, on_one_line, p, plain, say,
    small, soft, table,
};
use crate::portfolio::PortfolioReport;
use crate::portfolio::report::{
    BinWords, GroupWords, HeatCell, HeatRow, MoveWords, PartWords, SinceWords, SpreadRow,
    TableWords, TallyWords,
};
use crate::render::chart::figure::figure;
use crate::render::chart::spread;
use crate::render::pdf::block::{
    Block, Cell, Column, Document, Length, POINT, Setting, Span, Text, Tone,
};

/// How wide the histogram is at most.
const HISTOGRAM: Length = 470 * POINT;

/// What the pages of a portfolio say, as blocks.
pub(in crate::render::pdf) fn document(report: &PortfolioReport) -> Document {
    let mut blocks = vec![
        Block::Paragraph(vec![plain("Many results side by side")], Setting::Kicker),
        h1(vec![plain(&report.title)]),
        Block::Paragraph(vec![plain(&report.about)], Setting::Lead),
    ];
    blocks.extend(report.parts.is_empty().then(|| say(&report.nothing)));
    for (at, one) in report.parts.iter().enumerate() {
        blocks.extend((at > 0).then_some(Block::NewPage));
        blocks.extend(part(one));
    }
    blocks.push(h2("notes", vec![plain("How to read it")]));
    blocks.extend(
        report.notes.iter().map(|(name, text)| p(vec![bold(format!("{name}. ")), plain(text)])),
    );
    blocks.push(small(vec![soft(format!(
        "Made with Gapwise ({}). The figures are attached to this file as portfolio.json.",
        report.engine
    ))]));
    Document {
        language: report.language.to_owned(),
        title: on_one_line(&format!("{}, {}", report.title, report.date)),
        subject: on_one_line(&report.about),
        author: String::new(),
        date: report.date.clone(),
        dense: false,
        head: on_one_line(&report.title),
        foot: "Portfolio · self-assessments, no certificate".to_owned(),
        blocks,
    }
}

fn part(part: &PartWords) -> Vec<Block> {
    let figures = part.figures.iter();
    let figures: Vec<_> =
        figures.map(|each| (vec![plain(&each.name)], vec![bold(&each.value)])).collect();
    let mut blocks =
        vec![h2(&part.anchor, vec![plain(&part.title)]), small(vec![soft(&part.about)])];
    blocks.extend(figures.chunks(3).map(|row| Block::KeyFigures(row.to_vec())));
    if !part.in_short.is_empty() {
        blocks.extend([h3(vec![plain("In short")]), list(&part.in_short)]);
    }
    let sections = [
        distribution(part),
        tallies("Ground rules that are not kept", &part.gates, None),
        tallies("Commonest gaps", &part.gaps, part.more_gaps.as_deref()),
        domains(part),
        part.groups.iter().flat_map(groups).collect(),
        part.since.iter().flat_map(since).collect(),
        heat(part),
    ];
    blocks.extend(sections.into_iter().flatten());
    if let Some(notice) = &part.notice {
        blocks.extend([h3(vec![plain("Limits of the questionnaire")]), say(notice)]);
    }
    blocks
}

fn distribution(part: &PartWords) -> Vec<Block> {
    let mut blocks = vec![h3(vec![plain("Distribution of the scores")]), say(&part.spread)];
    let chart = spread::histogram(&part.histogram, part.quartiles);
    let Some(chart) = chart else { return blocks };
    let caption = vec![soft(
        "Bars: clients with such a score. Thick line: median. Thin lines: lower and upper quartile.",
    )];
    blocks.push(Block::Figure(figure(&chart, HISTOGRAM, Some(caption))));
    let row =
        |bin: &BinWords| vec![cell(&bin.label), cell(bin.clients.to_string()), cell(&bin.share)];
    let columns = vec![column("Score", 40), numbers("Clients", 30), numbers("Share", 30)];
    let caption = Some("The same as a table".to_owned());
    blocks.push(dense(table(caption, columns, part.histogram.iter().map(row).collect())));
    blocks
}

fn tallies(title: &str, tallies: &[TallyWords], more: Option<&str>) -> Vec<Block> {
    if tallies.is_empty() {
        return Vec::new();
    }
    let row = |tally: &TallyWords| {
        let name = p(vec![soft(&tally.id), plain(format!(" {}", tally.text))]);
        vec![vec![name], cell(&tally.clients), cell(&tally.share)]
    };
    let columns = vec![column("Requirement", 76), numbers("Clients", 14), numbers("Share", 10)];
    let mut blocks = vec![
        h3(vec![plain(title)]),
        dense(table(None, columns, tallies.iter().map(row).collect())),
    ];
    blocks.extend(more.map(|more| small(vec![soft(more)])));
    blocks
}

/// The columns that say how scores are spread, and the cells for them.
fn spread_columns() -> [Column; 4] {
    [
        column("Middle half", 22),
        numbers("Lower quartile", 14),
        numbers("Median", 11),
        numbers("Upper quartile", 14),
    ]
}

fn spread_cells(points: Option<[u16; 3]>, words: &[String; 3]) -> [Cell; 4] {
    let [lower, median, upper] = words;
    let bar = Block::Figure(figure(&spread::spread(points, words), BAR, None));
    [vec![bar], cell(lower), vec![p(vec![bold(median)])], cell(upper)]
}

fn domains(part: &PartWords) -> Vec<Block> {
    let row = |row: &SpreadRow| {
        let name = p(vec![soft(&row.id), plain(format!(" {}", row.title))]);
        [vec![name]].into_iter().chain(spread_cells(row.points, &row.quartiles)).collect()
    };
    let columns = [column("Domain", 39)].into_iter().chain(spread_columns()).collect();
    let rows: Vec<_> = part.domains.iter().map(row).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    vec![
        h3(vec![plain("Domains")]),
        say("The weakest first."),
        dense(table(None, columns, rows)),
        small(vec![soft(
            "The bar goes from the lower to the upper quartile, its line is the median.",
        )]),
    ]
}

fn groups(groups: &TableWords) -> Vec<Block> {
    let has_held = groups.has_held;
    let row = |row: &GroupWords| {
        let mut cells = vec![cell(&row.name), cell(row.clients.to_string())];
        cells.extend(has_held.then(|| cell(row.held.to_string())));
        cells.extend(spread_cells(row.points, &row.quartiles));
        cells
    };
    let mut columns = vec![column("Group", 24), numbers("Clients", 9)];
    columns.extend(has_held.then(|| numbers("Held", 7)));
    columns.extend(spread_columns());
    let mut blocks = vec![h3(vec![plain(format!("By {}", groups.by))])];
    blocks.extend(groups.note.as_ref().map(say));
    blocks.push(dense(table(None, columns, groups.rows.iter().map(row).collect())));
    blocks
}

fn since(since: &SinceWords) -> Vec<Block> {
    let mut blocks = vec![h3(vec![plain("Since last time")])];
    blocks.extend(since.said.iter().map(say));
    for (title, moves) in [("Biggest rises", &since.rises), ("Biggest falls", &since.falls)] {
        if !moves.is_empty() {
            blocks.push(dense(table(
                Some(title.to_owned()),
                move_columns(),
                moves.iter().map(moved).collect(),
            )));
        }
    }
    for named in &since.named {
        let more = (named.more > 0).then(|| format!("and {} more", named.more));
        let names: Vec<_> = named.names.iter().cloned().chain(more).collect();
        let title: Text = counted(&named.title, named.clients as usize);
        blocks.push(p([title, vec![plain(format!(": {}", names.join("; ")))]].concat()));
    }
    blocks
}

fn move_columns() -> Vec<Column> {
    vec![column("Client", 58), numbers("Then", 14), numbers("Now", 14), numbers("Change", 14)]
}

fn moved(each: &MoveWords) -> Vec<Cell> {
    [&each.client, &each.before, &each.now, &each.change].map(cell).into()
}

/// The heat map: on paper a badge behind each number, as its colour has fewer steps there.
fn heat(part: &PartWords) -> Vec<Block> {
    let heat = &part.heat;
    if heat.rows.is_empty() || heat.columns.is_empty() {
        return Vec::new();
    }
    let title = if heat.of_clients { "Clients by domain" } else { "Groups by domain" };
    let share = 62 / heat.columns.len() as i64;
    let head = if heat.of_clients { "Client · Among peers" } else { "Group" };
    let mut columns = vec![column(head, 30)];
    columns.push(numbers("All", share.max(4)));
    columns.extend(heat.columns.iter().map(|(id, _)| numbers(id, share.max(4))));
    let legend = heat.columns.iter().map(|(id, title)| format!("{id} {title}"));
    let legend = legend.collect::<Vec<_>>().join("; ");
    vec![
        h3(vec![plain(title)]),
        say(&heat.about),
        steps(),
        small(vec![soft(format!("{legend}."))]),
        dense(table(None, columns, heat.rows.iter().map(heat_row).collect())),
    ]
}

/// What the grounds mean. The upper two steps have one on paper.
fn steps() -> Block {
    let steps = [
        ("below 20", Tone::Bad),
        ("20 to below 40", Tone::Warn),
        ("40 to below 60", Tone::Soft),
        ("60 to below 80", Tone::Good),
        ("80 to 100", Tone::Good),
    ];
    let badges = steps.into_iter().flat_map(|(text, tone)| [Span::badge(text, tone), plain(" ")]);
    small(badges.chain([soft("– does not apply, or too few")]).collect())
}

fn heat_row(row: &HeatRow) -> Vec<Cell> {
    let mut name = vec![plain(&row.name)];
    if row.verdict.as_deref() == Some("held") {
        name.extend([plain(" "), Span::badge("HELD", Tone::Bad)]);
    }
    if !row.beside.is_empty() {
        name.push(soft(format!(" {}", row.beside)));
    }
    if let Some(standing) = &row.standing {
        name.push(soft(format!(" · {standing}")));
    }
    let cells = [&row.score].into_iter().chain(&row.cells).map(heat_cell);
    [vec![p(name)]].into_iter().chain(cells).collect()
}

fn heat_cell(cell: &HeatCell) -> Cell {
    let tone = match cell.step {
        None => return vec![p(vec![soft(&cell.text)])],
        Some(0) => Tone::Bad,
        Some(1) => Tone::Warn,
        Some(2) => Tone::Soft,
        Some(_) => Tone::Good,
    };
    vec![p(vec![Span::badge(&cell.text, tone)])]
}
