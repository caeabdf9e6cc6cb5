//! The heat map: clients by domain, or groups by domain where clients are too many or have no names.

use super::part::name;
use super::{NOTHING, shown};
use crate::model::Score;
use crate::portfolio::summary::*;
use serde::Serialize;

/// Scores in rows and columns, each with a step of colour.
#[derive(Clone, Debug, Serialize)]
pub struct Heat {
    /// Whether a row is a client.
    pub of_clients: bool,
    /// What it shows and how it is ordered.
    pub about: String,
    /// Id and title of the domain of each column.
    pub columns: Vec<(String, String)>,
    /// The rows.
    pub rows: Vec<HeatRow>,
}

/// A client, or a group.
#[derive(Clone, Debug, Serialize)]
pub struct HeatRow {
    /// Its name.
    pub name: String,
    /// What kind of group it is, or what is known of the client.
    pub beside: String,
    /// Where the client's report is, as an address relative to the portfolio.
    pub link: Option<String>,
    /// clear, held or incomplete; none of a group.
    pub verdict: Option<String>,
    /// The overall score.
    pub score: HeatCell,
    /// The score of each domain.
    pub cells: Vec<HeatCell>,
    /// How many requirements are below target; none of a group.
    pub gaps: Option<u64>,
    /// How a client stands beside its peers, with their median.
    pub standing: Option<String>,
}

/// A score with its step of colour.
#[derive(Clone, Debug, Serialize)]
pub struct HeatCell {
    /// As it is shown: whole points, two figures being enough side by side.
    pub text: String,
    /// 0 to 4, twenty points each; none where nothing applies.
    pub step: Option<u16>,
    /// Basis points.
    pub points: Option<u16>,
}

fn cell(score: Option<Score>) -> HeatCell {
    let points = score.map(Score::basis_points);
    let whole = points.map(|points| (points + 50) / 100);
    HeatCell {
        text: whole.map_or(NOTHING.to_owned(), |whole| whole.to_string()),
        step: points.map(|points| (points / 2000).min(4)),
        points,
    }
}

/// The heat map of a part.
pub(super) fn heat(part: &PartSummary, anonymous: bool) -> Heat {
    let columns = part.domains.iter();
    let columns = columns.map(|each| (each.id.clone(), each.title.clone().unwrap_or_default()));
    let (about, rows): (&str, Vec<_>) = match &part.rows {
        Some(rows) => (
            "Each client's score and those of its domains, in whole points. Those held by a ground rule stand first, then those with the lowest scores.",
            rows.iter().map(client).collect(),
        ),
        None => (
            "The median of each group in each domain, in whole points, of at least five scores.",
            part.groups.iter().flat_map(|by| groups(by, anonymous)).collect(),
        ),
    };
    Heat {
        of_clients: part.rows.is_some(),
        about: about.to_owned(),
        columns: columns.collect(),
        rows,
    }
}

fn client(row: &ClientRow) -> HeatRow {
    let answered = row.coverage.filter(|coverage| *coverage < Score::FULL);
    let answered = answered.map(|coverage| format!("{} % answered", shown(Some(coverage), false)));
    let beside = [row.size.as_deref(), row.sector.as_deref(), answered.as_deref()];
    let standing = row.standing.as_ref().map(|standing| match row.peer_median {
        Some(_) => format!("{standing} (median {})", shown(row.peer_median, false)),
        None => standing.clone(),
    });
    HeatRow {
        name: row.client.clone(),
        beside: beside.into_iter().flatten().collect::<Vec<_>>().join(", "),
        link: row.folder.as_deref().map(address),
        verdict: Some(row.verdict.clone()),
        score: cell(row.score),
        cells: row.domains.iter().map(|score| cell(*score)).collect(),
        gaps: Some(row.gaps),
        standing,
    }
}

/// The address of the report in a folder; what could mean something else in an address is encoded.
fn address(folder: &str) -> String {
    let one = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'/' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    };
    format!("{}/report.html", folder.bytes().map(one).collect::<String>())
}

fn groups(by: &GroupsBy, anonymous: bool) -> Vec<HeatRow> {
    let row = |group: &GroupSummary| HeatRow {
        name: name(group, anonymous),
        beside: by.by.clone(),
        link: None,
        verdict: None,
        score: cell(group.scores.median.filter(|_| is_large(group))),
        cells: group.medians.iter().map(|median| cell(*median)).collect(),
        gaps: None,
        standing: None,
    };
    by.groups.iter().filter(|group| is_large(group)).map(row).collect()
}

/// Whether there is a median to show.
fn is_large(group: &GroupSummary) -> bool {
    group.clients >= crate::portfolio::FEWEST && group.scores.median.is_some()
}
