//! The best set of steps for a budget: a grouped knapsack in whole numbers.
//!
//! Groups are independent of each other but for steps that wait for steps of other groups. Groups that
//! hang together so are looked at once for each choice of the steps that others wait for: within such a
//! choice nothing waits any more. So the set is exact, and the work is known beforehand and bounded.

use std::cmp::Reverse;

/// Steps of which each includes those before it. Steps are numbered through all groups, from 0.
#[derive(Clone, Debug)]
pub struct Group(pub Vec<Part>);

/// A step, by what counts in the choice.
#[derive(Clone, Debug)]
pub struct Part {
    /// Unit: half person-days, at least 1.
    pub effort: u32,
    /// Unit: millionths of a basis point.
    pub gain: u64,
    /// Steps of other groups that must come before, by their numbers.
    pub after: Vec<usize>,
}

/// How much work is done at most. Unit: comparisons of two sets.
const MOST_WORK: u64 = 20_000_000;

/// A set of steps. The greater is the better: the greater gain, then fewer half-days, then the one with the
/// earlier step.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Best {
    gain: u64,
    effort: Reverse<u32>,
    /// A bit a step, the first one in the highest place of the first word.
    steps: Vec<u64>,
}

impl Best {
    fn nothing(steps: usize) -> Self {
        Self { gain: 0, effort: Reverse(0), steps: vec![0; steps.div_ceil(64)] }
    }

    fn add(&mut self, at: usize, part: &Part) {
        self.gain += part.gain;
        self.effort.0 += part.effort;
        self.steps[at / 64] |= 1 << (63 - at % 64);
    }

    fn numbers(&self) -> Vec<usize> {
        let holds = |at: &usize| self.steps[at / 64] & (1 << (63 - at % 64)) != 0;
        (0..64 * self.steps.len()).filter(holds).collect()
    }
}

/// For each budget, from 0, the best set; `None` where none will do.
type Table = Vec<Option<Best>>;

/// The numbers of the steps of the best set, in order: the one that gains most, of these one with the fewest
/// half-days, of these the one with the earliest steps.
///
/// - Unit: half person-days.
/// - `None`: so many steps wait for one another that it would take too long.
pub fn best(groups: &[Group], budget: u32) -> Option<Vec<usize>> {
    let numbered = Numbered::of(groups);
    let all: u32 = numbered.parts.iter().map(|(_, part)| part.effort).sum();
    let budget = budget.min(all);
    let clusters = numbered.clusters();
    let mut work = clusters.iter().map(|cluster| cluster.work(&numbered, budget));
    let work = work.try_fold(0u64, |sum, work| sum.checked_add(work?));
    work.filter(|work| *work <= MOST_WORK)?;
    let nothing = Some(Best::nothing(numbered.parts.len()));
    let table = vec![nothing; budget as usize + 1];
    let table = clusters.iter().fold(table, |table, cluster| cluster.extend(table, &numbered));
    table.last().and_then(Option::as_ref).map(Best::numbers)
}

/// Groups with the numbers of their steps.
struct Numbered<'a> {
    groups: &'a [Group],
    /// The number of the first step of each group.
    first: Vec<usize>,
    /// Each step, with its group.
    parts: Vec<(usize, &'a Part)>,
}

/// Groups that hang together.
struct Cluster {
    groups: Vec<usize>,
    /// The steps that others of them wait for.
    awaited: Vec<usize>,
}

impl<'a> Numbered<'a> {
    fn of(groups: &'a [Group]) -> Self {
        let mut first = Vec::with_capacity(groups.len());
        let mut parts = Vec::new();
        for (at, group) in groups.iter().enumerate() {
            first.push(parts.len());
            parts.extend(group.0.iter().map(|part| (at, part)));
        }
        Self { groups, first, parts }
    }

    fn clusters(&self) -> Vec<Cluster> {
        let mut of: Vec<usize> = (0..self.groups.len()).collect();
        for (group, part) in &self.parts {
            for awaited in &part.after {
                let (one, other) = (of[*group], of[self.parts[*awaited].0]);
                of.iter_mut().filter(|each| **each == other).for_each(|each| *each = one);
            }
        }
        let cluster = |name: usize| {
            let groups: Vec<_> = (0..of.len()).filter(|at| of[*at] == name).collect();
            let parts = groups.iter().flat_map(|at| &self.groups[*at].0);
            let mut awaited: Vec<_> = parts.flat_map(|part| part.after.iter().copied()).collect();
            awaited.sort_unstable();
            awaited.dedup();
            Cluster { groups, awaited }
        };
        (0..of.len()).map(cluster).filter(|cluster| !cluster.groups.is_empty()).collect()
    }
}

impl Cluster {
    /// How many sets are compared; `None` where that is beyond counting.
    fn work(&self, numbered: &Numbered<'_>, budget: u32) -> Option<u64> {
        let steps: usize = self.groups.iter().map(|at| numbered.groups[*at].0.len() + 1).sum();
        let choices = 1u64.checked_shl(u32::try_from(self.awaited.len()).ok()?)?;
        choices.checked_mul(steps as u64)?.checked_mul(u64::from(budget) + 1)
    }

    /// The best sets with steps of this cluster, from those without.
    fn extend(&self, table: Table, numbered: &Numbered<'_>) -> Table {
        let choices = 0u64..1 << self.awaited.len();
        let tables = choices.filter_map(|choice| {
            let taken = |at: &usize| {
                let place = self.awaited.iter().position(|awaited| awaited == at);
                place.map(|place| choice >> place & 1 == 1)
            };
            let reaches = self.groups.iter().map(|at| reach(*at, &taken, numbered));
            let reaches: Option<Vec<_>> = reaches.collect();
            let mut table = table.clone();
            for (group, reach) in self.groups.iter().zip(reaches?) {
                add_group(&mut table, *group, reach, numbered);
            }
            Some(table)
        });
        let better = |one: Table, other: Table| {
            one.into_iter().zip(other).map(|(one, other)| one.max(other)).collect()
        };
        tables.reduce(better).unwrap_or(table)
    }
}

/// How many steps of a group must be taken, and how many can be, where it is settled which of the awaited
/// steps are. `None` where that cannot be.
fn reach(
    group: usize,
    taken: &dyn Fn(&usize) -> Option<bool>,
    numbered: &Numbered<'_>,
) -> Option<(usize, usize)> {
    let (mut least, mut most) = (0, numbered.groups[group].0.len());
    for (place, part) in numbered.groups[group].0.iter().enumerate() {
        match taken(&(numbered.first[group] + place)) {
            Some(true) => least = place + 1,
            Some(false) => most = most.min(place),
            None => {}
        }
        if part.after.iter().any(|awaited| taken(awaited) != Some(true)) {
            most = most.min(place);
        }
    }
    (least <= most).then_some((least, most))
}

/// Adds to each set of the table what is best of a group, within its reach.
fn add_group(
    table: &mut Table,
    group: usize,
    (least, most): (usize, usize),
    numbered: &Numbered<'_>,
) {
    let parts = &numbered.groups[group].0;
    // Each set is made of sets for smaller budgets, which are not touched yet.
    for budget in (0..table.len()).rev() {
        let mut best = if least == 0 { table[budget].take() } else { None };
        let (mut effort, mut gain) = (0, 0);
        for (place, part) in parts.iter().enumerate().take(most) {
            effort += part.effort as usize;
            gain += part.gain;
            let Some(rest) = budget.checked_sub(effort).and_then(|left| table[left].as_ref())
            else {
                continue;
            };
            let worth = (rest.gain + gain, Reverse(rest.effort.0 + effort as u32));
            let is_worse = best.as_ref().is_some_and(|best| worth < (best.gain, best.effort));
            if place + 1 < least || is_worse {
                continue;
            }
            let mut set = rest.clone();
            let first = numbered.first[group];
            (0..=place).for_each(|at| set.add(first + at, &parts[at]));
            best = best.max(Some(set));
        }
        table[budget] = best;
    }
}
