//! The clients of one questionnaire, counted.

use super::MOST_ROWS;
use super::client::ClientResult;
use super::counts::Counts;
use super::few::{Absorb, Few};
use crate::model::Facts;
use crate::source::one_line;

/// How many values of a fact are told apart.
const MOST_GROUPS: usize = 400;
/// How many ids of domains, gates and requirements are told apart.
const MOST_IDS: usize = 500;
/// How much is read of what names a group. Unit: characters.
const LONGEST: usize = 80;

/// The facts that groups are made by: size, sector, role.
pub(super) const FACTS: [&str; 3] = [Facts::SIZE, "sector", "role"];
/// The group of those who state nothing; no value of a fact is empty.
pub(super) const NOT_STATED: &str = "";

/// The clients of a questionnaire of one major version.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// Its id, and the newest version.
    pub(super) questionnaire: (String, String),
    /// All figures of all of its clients.
    pub(super) all: Group,
    /// The evidenced scores.
    pub(super) evidenced: Counts,
    /// The shares that are answered.
    pub(super) coverage: Counts,
    /// The first and the last date.
    pub(super) dates: Option<(String, String)>,
    /// By verdict.
    pub(super) verdicts: Few<u64>,
    /// By gate: who failed it.
    pub(super) gates: Few<u64>,
    /// By requirement: who is below its target.
    pub(super) gaps: Few<u64>,
    /// By the values of each of [`FACTS`].
    pub(super) groups: [Few<Group>; 3],
    /// Each client, while they are few.
    pub(super) rows: Option<Vec<ClientResult>>,
}

/// Clients that have something in common.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// How many they are.
    pub(super) clients: u64,
    /// Their scores.
    pub(super) low: Counts,
    /// How many are held by a gate.
    pub(super) held: u64,
    /// Their scores in each domain.
    pub(super) domains: Few<Counts>,
}

impl Default for Part {
    fn default() -> Self {
        Self {
            questionnaire: Default::default(),
            all: Group::default(),
            evidenced: Counts::default(),
            coverage: Counts::default(),
            dates: None,
            verdicts: Few::of(MOST_IDS),
            gates: Few::of(MOST_IDS),
            gaps: Few::of(MOST_IDS),
            groups: [Few::of(MOST_GROUPS), Few::of(MOST_GROUPS), Few::of(MOST_GROUPS)],
            rows: Some(Vec::new()),
        }
    }
}

impl Default for Group {
    fn default() -> Self {
        Self { clients: 0, low: Counts::default(), held: 0, domains: Few::of(MOST_IDS) }
    }
}

impl Part {
    pub(super) fn add(&mut self, result: &ClientResult) {
        self.all.add(result);
        self.evidenced.add(result.overall.evidenced);
        self.coverage.add(result.overall.coverage);
        let (id, newest) = &mut self.questionnaire;
        id.clone_from(&result.questionnaire);
        if numbers(&result.version) > numbers(newest) || newest.is_empty() {
            newest.clone_from(&result.version);
        }
        let date = &result.date;
        let (first, last) = self.dates.get_or_insert_with(|| (date.clone(), date.clone()));
        *first = first.clone().min(date.clone());
        *last = last.clone().max(date.clone());
        *self.verdicts.at(&result.verdict) += 1;
        result.failed_gates.iter().for_each(|id| *self.gates.at(id) += 1);
        result.below_target.iter().for_each(|id| *self.gaps.at(id) += 1);
        for (fact, groups) in FACTS.iter().zip(&mut self.groups) {
            values(result, fact).iter().for_each(|value| groups.at(value).add(result));
        }
        self.keep(result);
    }

    /// Keeps the client by name, unless there are too many.
    fn keep(&mut self, result: &ClientResult) {
        if let Some(rows) = &mut self.rows {
            rows.push(result.clone());
            if rows.len() > MOST_ROWS {
                self.rows = None;
            }
        }
    }

    /// The clients of the same size.
    pub(super) fn size(&self, of: &ClientResult) -> Option<&Group> {
        let [sizes, ..] = &self.groups;
        sizes.get(values(of, FACTS[0]).first()?)
    }
}

impl Group {
    fn add(&mut self, result: &ClientResult) {
        self.clients += 1;
        self.low.add(result.overall.low);
        self.held += u64::from(result.verdict == "held");
        result.domains.iter().for_each(|(id, figures)| self.domains.at(id).add(figures.low));
    }
}

impl Absorb for Group {
    fn absorb(&mut self, other: Self) {
        self.clients += other.clients;
        self.low.absorb(other.low);
        self.held += other.held;
        self.domains.absorb(other.domains);
    }
}

impl Absorb for Part {
    /// Only how many there are: figures of different questionnaires say nothing together.
    fn absorb(&mut self, other: Self) {
        self.all.clients += other.all.clients;
    }
}

/// The groups of a fact that a client is in, each once: large and small letters are the same.
pub(super) fn values(result: &ClientResult, fact: &str) -> Vec<String> {
    let stated = result.profile.get(fact).map(Vec::as_slice).unwrap_or_default();
    let one = |value: &String| one_line(value).to_lowercase().chars().take(LONGEST).collect();
    let mut values: Vec<String> = stated.iter().map(one).collect();
    values.retain(|value| value != NOT_STATED);
    values.sort();
    values.dedup();
    if values.is_empty() { vec![NOT_STATED.to_owned()] } else { values }
}

/// The numbers of a version, in order.
fn numbers(version: &str) -> Vec<u64> {
    version.split('.').map(|part| part.parse().unwrap_or(0)).collect()
}
