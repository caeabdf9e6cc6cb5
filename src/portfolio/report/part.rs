//! The clients of one questionnaire in words.

use super::heat::{Heat, heat};
use super::since::{SinceWords, since};
use super::{NOTHING, counted, per_cent, shown};
use crate::model::Score;
use crate::portfolio::summary::*;
use serde::Serialize;

/// How many gaps and gates are shown; the data has all.
const MOST_TALLIES: usize = 15;

/// The clients of one questionnaire.
#[derive(Clone, Debug, Serialize)]
pub struct PartWords {
    /// What links name it by.
    pub anchor: String,
    /// The title of the questionnaire.
    pub title: String,
    /// How many clients when, and the version.
    pub about: String,
    /// What a reader must know before anything else, a sentence each.
    pub in_short: Vec<String>,
    /// Figures to be seen at once: what it is, and how much.
    pub figures: Vec<Figure>,
    /// The distribution in a sentence.
    pub spread: String,
    /// How many clients have scores from where to where.
    pub histogram: Vec<BinWords>,
    /// The lower quartile, the median and the upper quartile. Unit: basis points.
    pub quartiles: Option<[u16; 3]>,
    /// Gates that clients failed, the most first.
    pub gates: Vec<TallyWords>,
    /// Requirements below target, the commonest first.
    pub gaps: Vec<TallyWords>,
    /// How many more gaps there are, in a sentence.
    pub more_gaps: Option<String>,
    /// The domains, the weakest first.
    pub domains: Vec<SpreadRow>,
    /// Groups by size, sector and role.
    pub groups: Vec<TableWords>,
    /// Clients by domain, or groups by domain.
    pub heat: Heat,
    /// What changed since an earlier batch.
    pub since: Option<SinceWords>,
    /// Limits of the questionnaire.
    pub notice: Option<String>,
}

/// What a figure is, and how much.
#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    /// What it is.
    pub name: String,
    /// How much.
    pub value: String,
}

/// A range of scores.
#[derive(Clone, Debug, Serialize)]
pub struct BinWords {
    /// From where to where.
    pub label: String,
    /// Its edges. Unit: points of 100.
    pub from: u16,
    /// The upper one.
    pub to: u16,
    /// How many clients.
    pub clients: u64,
    /// The same of all, in per cent.
    pub share: String,
}

/// How many clients something holds of.
#[derive(Clone, Debug, Serialize)]
pub struct TallyWords {
    /// The id of the requirement.
    pub id: String,
    /// What it asks for.
    pub text: String,
    /// How many clients, in words.
    pub clients: String,
    /// The same of all, in per cent.
    pub share: String,
    /// The same for a bar. Unit: hundredths.
    pub hundredths: u64,
}

/// Scores of a domain.
#[derive(Clone, Debug, Serialize)]
pub struct SpreadRow {
    /// The id of the domain.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How many clients have a score; none without names.
    pub clients: Option<u64>,
    /// Lower quartile, median and upper quartile, as they are shown.
    pub quartiles: [String; 3],
    /// The same. Unit: basis points.
    pub points: Option<[u16; 3]>,
}

/// Groups by one fact.
#[derive(Clone, Debug, Serialize)]
pub struct TableWords {
    /// The fact.
    pub by: String,
    /// What must be known to read it.
    pub note: Option<String>,
    /// Whether it is told how many are held: only where somebody is.
    pub has_held: bool,
    /// The groups.
    pub rows: Vec<GroupWords>,
}

/// A group of clients.
#[derive(Clone, Debug, Serialize)]
pub struct GroupWords {
    /// What is common to them.
    pub name: String,
    /// How many.
    pub clients: u64,
    /// How many of them are held; 0 without names.
    pub held: u64,
    /// Lower quartile, median and upper quartile, as they are shown.
    pub quartiles: [String; 3],
    /// The same. Unit: basis points.
    pub points: Option<[u16; 3]>,
}

/// The words for a part.
pub(super) fn words(part: &PartSummary, anonymous: bool) -> PartWords {
    let title = part.title.clone().unwrap_or_else(|| part.questionnaire.clone());
    let dates = match part.first_date == part.last_date {
        true => part.last_date.clone(),
        false => format!("{} to {}", part.first_date, part.last_date),
    };
    let gaps = tallies(&part.gaps, part.clients, anonymous);
    let more = part.gaps.len().saturating_sub(gaps.len()) as u64;
    PartWords {
        anchor: format!("{}-{}", part.questionnaire, part.version.split('.').next().unwrap_or("0")),
        about: format!(
            "{}, assessed {dates} under {} {}",
            counted(part.clients, "client"),
            part.questionnaire,
            part.version
        ),
        in_short: in_short(part, anonymous),
        figures: figures(part, anonymous),
        spread: spread(part, anonymous),
        histogram: histogram(part),
        quartiles: points(&part.scores),
        gates: tallies(&part.failed_gates, part.clients, anonymous),
        more_gaps: (more > 0)
            .then(|| format!("{more} more stand in the workbook and in the JSON.")),
        gaps,
        domains: domains(part, anonymous),
        groups: part.groups.iter().map(|groups| table(groups, anonymous)).collect(),
        heat: heat(part, anonymous),
        since: part.since.as_ref().map(|each| since(each, &part.scores, anonymous)),
        notice: part.notice.clone(),
        title,
    }
}

/// Who needs help first, what many lack, which domain and which sector lag.
fn in_short(part: &PartSummary, anonymous: bool) -> Vec<String> {
    let mut said = Vec::new();
    said.extend(part.rows.as_ref().and_then(|rows| first_to_help(rows)));
    if let Some(gap) = part.gaps.first() {
        let text = gap.text.as_ref().map_or(gap.id.clone(), |text| format!("{} {text}", gap.id));
        let text = text.trim_end_matches('.');
        // Without names a commoner one may not be told.
        let gap_is = if anonymous {
            "The commonest gap that can be told is"
        } else {
            "The commonest gap is"
        };
        said.push(match gap.clients {
            Some(clients) => format!(
                "{gap_is} {text}: {clients} of {} ({} %) are below its target.",
                counted(part.clients, "client"),
                per_cent(clients, part.clients)
            ),
            None => format!("{gap_is} {text}: nearly all are below its target."),
        });
    }
    let scored = part.domains.iter().filter(|domain| domain.scores.median.is_some());
    if let Some(weakest) = scored.min_by_key(|domain| domain.scores.median) {
        let title = weakest.title.as_deref().unwrap_or_default();
        let median = shown(weakest.scores.median, anonymous);
        said.push(format!(
            "The weakest domain is {} {title}, with a median of {median}.",
            weakest.id
        ));
    }
    said.extend(
        part.groups
            .iter()
            .find(|groups| groups.by == "sector")
            .and_then(|groups| lagging(groups, &part.scores, anonymous)),
    );
    said
}

/// The clients at the head of the list, by name.
fn first_to_help(rows: &[ClientRow]) -> Option<String> {
    const NAMED: usize = 3;
    let names: Vec<_> = rows.iter().take(NAMED).map(|row| row.client.as_str()).collect();
    let held = rows.iter().filter(|row| row.verdict == "held").count();
    let why = match held {
        0 => "nobody breaks a ground rule, and their scores are the lowest".to_owned(),
        held => format!(
            "{} held by a ground rule; these come first, then the lowest scores",
            match held {
                1 => "1 client is".to_owned(),
                held => format!("{held} clients are"),
            }
        ),
    };
    (rows.len() > NAMED).then(|| format!("Start with {}: {why}.", names.join("; ")))
}

/// The sector with the lowest median, of those large enough to tell.
fn lagging(groups: &GroupsBy, all: &Spread, anonymous: bool) -> Option<String> {
    let large = groups.groups.iter().filter(|group| {
        group.kind == GroupKind::Named && group.clients >= crate::portfolio::FEWEST
    });
    let lowest = large.filter(|group| group.scores.median.is_some());
    let lowest = lowest.min_by_key(|group| group.scores.median)?;
    (lowest.scores.median < all.median).then(|| {
        format!(
            "The sector that lags most is {}: its {} have a median of {}, against {} of all.",
            lowest.value,
            counted(lowest.clients, "client"),
            shown(lowest.scores.median, anonymous),
            shown(all.median, anonymous)
        )
    })
}

fn figures(part: &PartSummary, anonymous: bool) -> Vec<Figure> {
    let figure = |name: &str, value: String| Figure { name: name.to_owned(), value };
    let median = |spread: &Spread| shown(spread.median, anonymous);
    let mut figures = vec![
        figure("Clients", part.clients.to_string()),
        figure("Median score", median(&part.scores)),
        figure("Middle half", middle_half(&part.scores, anonymous)),
        figure("Median of the evidenced scores", median(&part.evidenced)),
        figure("Median coverage", with_unit(&median(&part.coverage))),
    ];
    figures.extend(part.verdicts.iter().map(|tally| {
        let clients = tally.clients.unwrap_or(0);
        let name = format!("Verdict {}", tally.id);
        figure(&name, format!("{clients} ({} %)", per_cent(clients, part.clients)))
    }));
    figures
}

fn with_unit(share: &str) -> String {
    if share == NOTHING { share.to_owned() } else { format!("{share} %") }
}

fn middle_half(spread: &Spread, anonymous: bool) -> String {
    match (spread.lower_quartile, spread.upper_quartile) {
        (Some(lower), Some(upper)) => {
            format!("{} to {}", shown(Some(lower), anonymous), shown(Some(upper), anonymous))
        }
        _ => NOTHING.to_owned(),
    }
}

fn spread(part: &PartSummary, anonymous: bool) -> String {
    let spread = &part.scores;
    let Some(median) = spread.median else {
        return "There are no scores to show.".to_owned();
    };
    let halves = format!(
        "Half of the scores are {} or less; the middle half lies from {}",
        shown(Some(median), anonymous),
        middle_half(spread, anonymous)
    );
    match (spread.lowest, spread.highest) {
        (Some(lowest), Some(highest)) => {
            format!("{halves}, all from {} to {}.", lowest.short(), highest.short())
        }
        _ => format!("{halves}."),
    }
}

fn histogram(part: &PartSummary) -> Vec<BinWords> {
    let all = part.histogram.iter().map(|bin| bin.clients).sum::<u64>();
    let words = |bin: &Bin| BinWords {
        label: match bin.to {
            100 => format!("{} to 100", bin.from),
            to => format!("{} to below {to}", bin.from),
        },
        from: bin.from,
        to: bin.to,
        clients: bin.clients,
        share: format!("{} %", per_cent(bin.clients, all)),
    };
    part.histogram.iter().map(words).collect()
}

fn tallies(tallies: &[Tally], all: u64, anonymous: bool) -> Vec<TallyWords> {
    let words = |tally: &Tally| {
        let share = tally.clients.map(|clients| per_cent(clients, all));
        TallyWords {
            id: tally.id.clone(),
            text: tally.text.clone().unwrap_or_default(),
            clients: tally.clients.map_or("nearly all".to_owned(), |clients| clients.to_string()),
            share: share.map_or(NOTHING.to_owned(), |share| format!("{share} %")),
            hundredths: share.unwrap_or(100),
        }
    };
    // Without names there is no other place for the rest.
    let most = if anonymous { tallies.len() } else { MOST_TALLIES };
    tallies.iter().take(most).map(words).collect()
}

fn domains(part: &PartSummary, anonymous: bool) -> Vec<SpreadRow> {
    let mut sorted: Vec<_> = part.domains.iter().collect();
    sorted.sort_by_key(|domain| domain.scores.median);
    let row = |domain: &&DomainSpread| SpreadRow {
        id: domain.id.clone(),
        title: domain.title.clone().unwrap_or_default(),
        clients: domain.scores.clients,
        quartiles: quartiles(&domain.scores, anonymous),
        points: points(&domain.scores),
    };
    sorted.iter().map(row).collect()
}

fn table(groups: &GroupsBy, anonymous: bool) -> TableWords {
    let mut told: Vec<_> = groups.groups.iter().filter(|group| group.clients > 0).collect();
    if groups.by == "sector" {
        let is_small = |group: &GroupSummary| group.clients < crate::portfolio::FEWEST;
        told.sort_by_key(|group| (group.kind, is_small(group), group.scores.median));
    }
    let row = |group: &&GroupSummary| GroupWords {
        name: name(group, anonymous),
        clients: group.clients,
        held: group.held.unwrap_or(0),
        quartiles: quartiles(&group.scores, anonymous),
        points: points(&group.scores),
    };
    let note = match groups.by.as_str() {
        "role" => Some("A client with several roles is in several groups."),
        "sector" => {
            Some("As the clients name it; the lowest median first, groups of fewer than five last.")
        }
        _ => None,
    };
    TableWords {
        by: groups.by.clone(),
        note: note.map(str::to_owned),
        has_held: told.iter().any(|group| group.held > Some(0)),
        rows: told.iter().map(row).collect(),
    }
}

/// What a group is called.
pub(super) fn name(group: &GroupSummary, anonymous: bool) -> String {
    match group.kind {
        GroupKind::Named => group.text.clone().unwrap_or_else(|| group.value.clone()),
        GroupKind::NotStated => "not stated".to_owned(),
        GroupKind::Other if anonymous => "other, or too few to be told".to_owned(),
        GroupKind::Other => "other".to_owned(),
    }
}

fn quartiles(spread: &Spread, anonymous: bool) -> [String; 3] {
    all_three(spread).map(|score| shown(score, anonymous))
}

fn all_three(spread: &Spread) -> [Option<Score>; 3] {
    [spread.lower_quartile, spread.median, spread.upper_quartile]
}

fn points(spread: &Spread) -> Option<[u16; 3]> {
    let [lower, median, upper] = all_three(spread);
    Some([lower?, median?, upper?].map(Score::basis_points))
}
