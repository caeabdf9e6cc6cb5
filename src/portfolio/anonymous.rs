//! A portfolio that names nobody, for chambers, ministries and hubs: what is left out, and why nothing of it
//! can be worked back.
//!
//! It is a step of its own between the figures and all that shows them, so no renderer ever holds what may
//! not be told. The rules:
//!
//! 1. **No one's own**: no names, folders, places of files or digests; no line of a single client; no lowest
//!    and no highest score; dates as months.
//! 2. **Quartiles** are told of at least [`FEWEST`] scores, in whole points of 100: at full precision a quartile
//!    by nearest rank is the score of one client.
//! 3. **Counts that divide the clients up** (verdicts, scores from where to where, sizes, sectors) are told
//!    whole or not at all. A cell with fewer than [`FEWEST`], 0 included, goes into one with other such
//!    cells; where these have fewer than [`FEWEST`] together, the next smallest joins them. So each cell that is
//!    told has at least [`FEWEST`], and what is left when others are taken from the total is a sum of such
//!    cells. Neighbouring ranges of scores are joined in the same way, and left out
//!    where some have no score: who these are would follow from verdicts and roles. A table of a single cell is left out.
//! 4. **Counts that overlap** (roles, gaps, failed gates) are told where they and the clients without them are at
//!    least [`FEWEST`]. What holds of all but fewer than that is told in words, of [`MANY`] clients or more.
//! 5. **Between tables**: who failed a gate is among those held, so both are told only where they differ by at
//!    least [`FEWEST`]; and gates, or roles, that overlap in one to four clients, as their sum shows, are told
//!    without the smallest. A requirement that only some are asked for, as the deployers, is not told where it
//!    holds of nearly as many as are told of these groups, alone or together: what is left would be those who
//!    keep it.
//! 6. **Few clients**: a questionnaire with fewer than [`FEWEST`] is left out, and there is never a total over
//!    questionnaires that would tell how many these are.
//! 7. **Over time**: of an earlier batch only quartiles are told, and no count that could be taken from today's.
//!
//! What this does not guard against: what someone knows of the other clients of a group already, and two
//! portfolios of nearly the same clients laid side by side.

use super::FEWEST;
use super::summary::*;
use crate::model::Score;

/// From so many clients on it is told that something holds of nearly all.
pub const MANY: u64 = 20;

/// The same portfolio without anything that could be traced to a client.
pub fn anonymous(summary: &Summary) -> Summary {
    let enough = summary.parts.iter().filter(|part| part.clients >= FEWEST);
    Summary {
        gapwise: summary.gapwise.clone(),
        engine: summary.engine.clone(),
        anonymous: true,
        results: None,
        other_questionnaires: None,
        parts: enough.map(part).collect(),
    }
}

fn part(part: &PartSummary) -> PartSummary {
    let all = part.clients;
    let verdicts = verdicts(&part.verdicts);
    let held = verdicts.iter().find(|tally| tally.id.split(" or ").any(|id| id == "held"));
    let held = held.and_then(|tally| tally.clients).unwrap_or(all);
    // That a domain is listed would tell that it applies to somebody.
    let enough = |at: &usize| part.domains[*at].scores.clients >= Some(FEWEST);
    let kept: Vec<_> = (0..part.domains.len()).filter(enough).collect();
    let groups: Vec<_> =
        part.groups.iter().filter_map(|groups| groups_by(groups, &kept, all)).collect();
    let told = |tallies| beside_groups(overlapping(tallies, all), &groups);
    let (gates, gaps) = (gates(told(&part.failed_gates), held), told(&part.gaps));
    // Who has no score would follow from the total; and these are among the incomplete, and have roles.
    let all_have_scores = part.scores.clients == Some(all);
    let histogram = if all_have_scores { neighbours(&part.histogram) } else { Vec::new() };
    PartSummary {
        questionnaire: part.questionnaire.clone(),
        version: part.version.clone(),
        title: part.title.clone(),
        notice: part.notice.clone(),
        clients: all,
        first_date: month(&part.first_date),
        last_date: month(&part.last_date),
        scores: rounded(&part.scores),
        evidenced: rounded(&part.evidenced),
        coverage: rounded(&part.coverage),
        histogram,
        verdicts,
        failed_gates: gates,
        gaps,
        domains: kept.iter().map(|at| domain(&part.domains[*at])).collect(),
        groups,
        rows: None,
        since: part
            .since
            .as_ref()
            .filter(|since| since.earlier.clients >= Some(FEWEST))
            .map(|since| SinceSummary { earlier: rounded(&since.earlier), moves: None }),
    }
}

/// Rule 1: `2026-11` of `2026-11-02`.
fn month(date: &str) -> String {
    date.chars().take(7).collect()
}

/// Rule 2.
fn rounded(spread: &Spread) -> Spread {
    if spread.clients < Some(FEWEST) {
        return Spread::default();
    }
    let whole = |score: Option<Score>| score.map(whole_points);
    Spread {
        clients: None,
        lowest: None,
        lower_quartile: whole(spread.lower_quartile),
        median: whole(spread.median),
        upper_quartile: whole(spread.upper_quartile),
        highest: None,
    }
}

/// To the nearest whole point, half up.
fn whole_points(score: Score) -> Score {
    Score::saturating((u64::from(score.basis_points()) + 50) / 100 * 100)
}

fn domain(domain: &DomainSpread) -> DomainSpread {
    DomainSpread { scores: rounded(&domain.scores), ..domain.clone() }
}

/// Rule 3: which cells are joined to one; none where each stands by itself. Cells are named by their places.
fn joined(cells: &[u64]) -> Vec<usize> {
    let mut by_size: Vec<_> = (0..cells.len()).collect();
    by_size.sort_by_key(|at| cells[*at]);
    let small = cells.iter().filter(|cell| **cell < FEWEST).count();
    if small == 0 {
        return Vec::new();
    }
    let sum = |upto: usize| by_size[..upto].iter().map(|at| cells[*at]).sum::<u64>();
    let upto = (small..cells.len()).find(|upto| sum(*upto) >= FEWEST).unwrap_or(cells.len());
    let mut joined = by_size[..upto].to_vec();
    joined.sort_unstable();
    joined
}

/// Rule 3, for verdicts, which are few: those that are joined are named together.
fn verdicts(all: &[Tally]) -> Vec<Tally> {
    let cells: Vec<_> = all.iter().map(|tally| tally.clients.unwrap_or(0)).collect();
    let joined = joined(&cells);
    let ids: Vec<_> = joined.iter().map(|at| all[*at].id.as_str()).collect();
    let clients = joined.iter().map(|at| cells[*at]).sum();
    let clients = Some(clients);
    let together =
        Tally { id: ids.join(" or "), text: None, asked_of: Some(Default::default()), clients };
    let alone = (0..all.len()).filter(|at| !joined.contains(at)).map(|at| all[at].clone());
    let mut told: Vec<_> = alone.collect();
    told.extend((!joined.is_empty()).then_some(together));
    if told.len() > 1 { told } else { Vec::new() }
}

/// Rule 3, for ranges of scores: neighbours are joined from the lowest up, and what is left at the end goes to
/// the last range.
fn neighbours(bins: &[Bin]) -> Vec<Bin> {
    let mut told: Vec<Bin> = Vec::new();
    for bin in bins {
        match told.last_mut() {
            Some(last) if last.clients < FEWEST => {
                (last.to, last.clients) = (bin.to, last.clients + bin.clients);
            }
            _ => told.push(bin.clone()),
        }
    }
    if let [.., before, last] = told.as_mut_slice()
        && last.clients < FEWEST
    {
        (before.to, before.clients) = (last.to, before.clients + last.clients);
        told.pop();
    }
    if told.len() > 1 { told } else { Vec::new() }
}

/// Rule 4. What is told is in the order of the whole.
fn overlapping(tallies: &[Tally], all: u64) -> Vec<Tally> {
    let told = |tally: &Tally| {
        let clients = tally.clients?;
        let others = all.checked_sub(clients)?;
        let clients = match (clients, others) {
            (FEWEST.., FEWEST..) => Some(clients),
            (FEWEST.., _) if all >= MANY && tally.is_asked_of_all() => None,
            _ => return None,
        };
        Some(Tally { clients, ..tally.clone() })
    };
    let mut told: Vec<_> = tallies.iter().filter_map(told).collect();
    // In the order of the whole those that hold of nearly all would tell how many these are.
    let same = told.iter().take_while(|tally| tally.clients.is_none()).count();
    told[..same].sort_by(|one, other| one.id.cmp(&other.id));
    told
}

/// Rule 5, for what only some are asked for: which these are hangs on facts, of which size and role are told.
fn beside_groups(mut tallies: Vec<Tally>, groups: &[GroupsBy]) -> Vec<Tally> {
    tallies.retain(|tally| {
        let is_near = |sum: u64| tally.clients.is_some_and(|each| sum.abs_diff(each) < FEWEST);
        let by_fact = groups.iter().filter(|groups| groups.by != "sector");
        !by_fact.flat_map(|groups| sums(&asked(tally, groups))).any(is_near)
    });
    tallies
}

/// The groups of a fact whose clients are asked for a requirement.
fn asked<'a>(tally: &Tally, groups: &'a GroupsBy) -> Vec<&'a GroupSummary> {
    let values = match &tally.asked_of {
        Some(asked_of) => match asked_of.get(&groups.by) {
            Some(values) => values.as_slice(),
            None => return Vec::new(),
        },
        None => &[],
    };
    let is_asked = |group: &&GroupSummary| values.is_empty() || values.contains(&group.value);
    groups.groups.iter().filter(is_asked).collect()
}

/// The sums that some of these groups can have. These are as few as a fact has values.
fn sums(groups: &[&GroupSummary]) -> Vec<u64> {
    groups.iter().fold(vec![], |sums: Vec<u64>, group| {
        let with = sums.iter().map(|sum| sum + group.clients);
        let with: Vec<_> = with.chain([group.clients]).collect();
        let mut all = [sums, with].concat();
        all.sort_unstable();
        all.dedup();
        all
    })
}

/// Rule 5, for gates: the smallest goes until neither the held nor an overlap can be worked out.
fn gates(mut gates: Vec<Tally>, held: u64) -> Vec<Tally> {
    let apart = |clients: Option<u64>| clients.is_some_and(|clients| held >= clients + FEWEST);
    gates.retain(|tally| apart(tally.clients));
    while is_near(gates.iter().filter_map(|tally| tally.clients).sum(), held) {
        gates.pop();
    }
    gates
}

/// Whether two sums differ by one to four.
fn is_near(one: u64, other: u64) -> bool {
    (1..FEWEST).contains(&one.abs_diff(other))
}

/// Rules 3 to 5, for groups, with the domains that are told; `None` where no group is left to be told.
fn groups_by(groups: &GroupsBy, domains: &[usize], all: u64) -> Option<GroupsBy> {
    let told = match groups.by.as_str() {
        "role" => roles(&groups.groups, domains, all),
        _ => apart(&groups.groups, domains),
    };
    (told.len() > 1).then(|| GroupsBy { by: groups.by.clone(), groups: told })
}

/// Groups of which each client is in one.
fn apart(groups: &[GroupSummary], domains: &[usize]) -> Vec<GroupSummary> {
    let cells: Vec<_> = groups.iter().map(|group| group.clients).collect();
    let joined = joined(&cells);
    let is_joined = |at: &usize| joined.contains(at) || groups[*at].kind == GroupKind::Other;
    let (together, alone): (Vec<_>, Vec<_>) = (0..cells.len()).partition(is_joined);
    let mut told: Vec<_> = alone.iter().map(|at| group(&groups[*at], domains)).collect();
    let clients = together.iter().map(|at| cells[*at]).sum();
    told.extend((!together.is_empty()).then(|| GroupSummary {
        kind: GroupKind::Other,
        value: String::new(),
        text: None,
        clients,
        held: None,
        scores: Spread::default(),
        medians: vec![None; domains.len()],
    }));
    told
}

/// Groups that overlap.
fn roles(groups: &[GroupSummary], domains: &[usize], all: u64) -> Vec<GroupSummary> {
    let is_told = |group: &&GroupSummary| {
        group.clients >= FEWEST && all.saturating_sub(group.clients) >= FEWEST
    };
    let told = groups.iter().filter(is_told);
    let mut told: Vec<_> = told.map(|each| group(each, domains)).collect();
    while is_near(told.iter().map(|group| group.clients).sum(), all) {
        let smallest = (0..told.len()).min_by_key(|at| told[*at].clients);
        smallest.map(|at| told.remove(at));
    }
    told
}

fn group(of: &GroupSummary, domains: &[usize]) -> GroupSummary {
    let median = |at: &usize| of.medians[*at].map(whole_points);
    GroupSummary {
        held: None,
        scores: rounded(&of.scores),
        medians: domains.iter().map(median).collect(),
        ..of.clone()
    }
}
