//! A portfolio as a workbook: all its figures as tables.

use super::cell::{Cell, Styles, fitting};
use super::table::Table;
use crate::portfolio::PortfolioReport;
use crate::portfolio::summary::{
    ClientRow, DomainSpread, GroupKind, GroupSummary, PartSummary, Spread, Tally,
};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

/// The bytes of a workbook.
pub(super) fn written(report: &PortfolioReport) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let styles = Styles::default();
    let date = ExcelDateTime::parse_from_str(&report.date).unwrap_or_default();
    let properties = DocProperties::new()
        .set_title(fitting(&report.title))
        .set_subject(fitting(&report.about))
        .set_comment(fitting(&format!("Made with {}", report.engine)))
        .set_creation_datetime(&date);
    workbook.set_properties(&properties);
    summary(report).write(workbook.add_worksheet(), &styles)?;
    if !report.anonymous {
        clients(report).write(workbook.add_worksheet(), &styles)?;
        client_domains(report).write(workbook.add_worksheet(), &styles)?;
    }
    domains(report).write(workbook.add_worksheet(), &styles)?;
    gaps(report).write(workbook.add_worksheet(), &styles)?;
    groups(report).write(workbook.add_worksheet(), &styles)?;
    distribution(report).write(workbook.add_worksheet(), &styles)?;
    workbook.save_to_buffer()
}

/// What is seen first, and how to read the rest.
fn summary(report: &PortfolioReport) -> Table<3> {
    let row = |of: &str, what: &str, value: &str| [of, what, value].map(Cell::text);
    let mut rows = vec![row(&report.title, "About", &report.about)];
    for part in &report.parts {
        rows.push(row(&part.title, "Clients", &part.about));
        rows.extend(part.in_short.iter().map(|said| row(&part.title, "In short", said)));
        rows.extend(part.figures.iter().map(|each| row(&part.title, &each.name, &each.value)));
        let since = part.since.iter().flat_map(|since| &since.said);
        rows.extend(since.map(|said| row(&part.title, "Since last time", said)));
    }
    rows.extend(report.notes.iter().map(|(name, text)| row("How to read it", name, text)));
    Table {
        name: "Summary",
        columns: [("Of", 30), ("What", 30), ("Value", 96)],
        rows,
        nothing: report.nothing.clone(),
    }
}

/// A row for each client.
fn clients(report: &PortfolioReport) -> Table<15> {
    let row = |part: &PartSummary, row: &ClientRow| {
        [
            Cell::text(&part.questionnaire),
            Cell::text(&row.client),
            Cell::maybe(row.size.as_ref()),
            Cell::maybe(row.sector.as_ref()),
            Cell::text(&row.verdict),
            points(row.score),
            points(row.best),
            points(row.evidenced),
            points(row.coverage),
            Cell::text(row.failed_gates.join(", ")),
            Cell::count(row.gaps),
            Cell::maybe(row.standing.as_ref()),
            points(row.peer_median),
            Cell::maybe(row.folder.as_ref()),
            Cell::text(&row.from),
        ]
    };
    let rows = report
        .summary
        .parts
        .iter()
        .flat_map(|part| part.rows.iter().flatten().map(move |client| row(part, client)));
    Table {
        name: "Clients",
        columns: [
            ("Questionnaire", 22),
            ("Client", 40),
            ("Size", 10),
            ("Sector", 18),
            ("Verdict", 13),
            ("Score", 11),
            ("Best case", 12),
            ("Evidenced", 13),
            ("Coverage", 12),
            ("Ground rules not kept", 24),
            ("Gaps", 9),
            ("Among peers", 24),
            ("Median of peers", 12),
            ("Folder", 24),
            ("Answers", 24),
        ],
        rows: rows.collect(),
        nothing: "Clients are listed where a questionnaire has 500 or fewer.".to_owned(),
    }
}

/// A row for each client in each domain.
fn client_domains(report: &PortfolioReport) -> Table<5> {
    let rows = report.summary.parts.iter().flat_map(|part| {
        let clients = part.rows.iter().flatten();
        clients.flat_map(move |client| {
            client.domains.iter().zip(&part.domains).map(move |(score, domain)| {
                [
                    Cell::text(&part.questionnaire),
                    Cell::text(&client.client),
                    Cell::text(&domain.id),
                    Cell::maybe(domain.title.as_ref()),
                    points(*score),
                ]
            })
        })
    });
    Table {
        name: "ClientDomains",
        columns: [
            ("Questionnaire", 26),
            ("Client", 40),
            ("Domain", 14),
            ("Title", 48),
            ("Score", 11),
        ],
        rows: rows.collect(),
        nothing: "Clients are listed where a questionnaire has 500 or fewer.".to_owned(),
    }
}

/// A row for each domain.
fn domains(report: &PortfolioReport) -> Table<6> {
    let row = |part: &PartSummary, domain: &DomainSpread| {
        let [lower, median, upper] = quartiles(&domain.scores);
        [
            Cell::text(&part.questionnaire),
            Cell::text(&domain.id),
            Cell::maybe(domain.title.as_ref()),
            lower,
            median,
            upper,
        ]
    };
    let parts = report.summary.parts.iter();
    Table {
        name: "Domains",
        columns: [
            ("Questionnaire", 26),
            ("Domain", 14),
            ("Title", 48),
            ("Lower quartile", 12),
            ("Median", 12),
            ("Upper quartile", 12),
        ],
        rows: parts.flat_map(|part| part.domains.iter().map(move |each| row(part, each))).collect(),
        nothing: report.nothing.clone(),
    }
}

/// A row for each requirement that clients lack: failed gates, then gaps.
fn gaps(report: &PortfolioReport) -> Table<6> {
    let row = |part: &PartSummary, kind: &str, tally: &Tally| {
        [
            Cell::text(&part.questionnaire),
            Cell::text(kind),
            Cell::text(&tally.id),
            Cell::maybe(tally.text.as_ref()),
            tally.clients.map_or_else(|| Cell::text("nearly all"), Cell::count),
            Cell::count(part.clients),
        ]
    };
    let rows = report.summary.parts.iter().flat_map(|part| {
        let gates = part.failed_gates.iter().map(move |tally| row(part, "ground rule", tally));
        gates.chain(part.gaps.iter().map(move |tally| row(part, "gap", tally)))
    });
    Table {
        name: "Gaps",
        columns: [
            ("Questionnaire", 26),
            ("Kind", 13),
            ("Requirement", 15),
            ("What is asked for", 60),
            ("Clients", 12),
            ("Of", 9),
        ],
        rows: rows.collect(),
        nothing: "There are no gaps to show.".to_owned(),
    }
}

/// A row for each group.
fn groups(report: &PortfolioReport) -> Table<8> {
    let row = |part: &PartSummary, by: &str, group: &GroupSummary| {
        let [lower, median, upper] = quartiles(&group.scores);
        [
            Cell::text(&part.questionnaire),
            Cell::text(by),
            Cell::text(match group.kind {
                GroupKind::Named => &group.value,
                GroupKind::NotStated => "not stated",
                GroupKind::Other => "other",
            }),
            Cell::count(group.clients),
            group.held.map_or(Cell::Empty, Cell::count),
            lower,
            median,
            upper,
        ]
    };
    let rows = report.summary.parts.iter().flat_map(|part| {
        part.groups.iter().flat_map(move |by| {
            let told = by.groups.iter().filter(|group| group.clients > 0);
            told.map(move |group| row(part, &by.by, group))
        })
    });
    Table {
        name: "Groups",
        columns: [
            ("Questionnaire", 26),
            ("By", 12),
            ("Group", 26),
            ("Clients", 11),
            ("Held", 9),
            ("Lower quartile", 12),
            ("Median", 12),
            ("Upper quartile", 12),
        ],
        rows: rows.collect(),
        nothing: report.nothing.clone(),
    }
}

/// A row for each range of scores.
fn distribution(report: &PortfolioReport) -> Table<4> {
    let rows = report.summary.parts.iter().flat_map(|part| {
        part.histogram.iter().map(move |bin| {
            [
                Cell::text(&part.questionnaire),
                Cell::count(bin.from.into()),
                Cell::count(bin.to.into()),
                Cell::count(bin.clients),
            ]
        })
    });
    Table {
        name: "Distribution",
        columns: [("Questionnaire", 26), ("From", 9), ("To below", 11), ("Clients", 11)],
        rows: rows.collect(),
        nothing: report.nothing.clone(),
    }
}

fn quartiles(spread: &Spread) -> [Cell; 3] {
    [spread.lower_quartile, spread.median, spread.upper_quartile].map(points)
}

/// A score, which is basis points.
fn points(score: Option<impl Into<u16>>) -> Cell {
    Cell::basis_points(score.map(Into::into))
}
