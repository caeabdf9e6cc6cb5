//! Who moved since an earlier batch: clients matched by name, within a questionnaire.
//!
//! Up to [`MOST_NAMES`] earlier clients are kept by name. Above that only the distributions are compared.
//! A name that stands more than once in either batch is not compared: nobody can tell which is which.

use super::client::ClientResult;
use super::counts::Counts;
use super::few::Few;
use super::summary::{Move, Moves, Names, SinceSummary, Spread};
use crate::model::Score;
use crate::source::one_line;
use std::collections::{BTreeMap, BTreeSet};

/// How many earlier clients are kept by name.
const MOST_NAMES: usize = 100_000;
/// How many clients are named of a kind.
const MOST_SHOWN: usize = 20;
/// How much of a name tells a client from others. Unit: characters.
const LONGEST: usize = 200;

/// Earlier results, and what became of them.
#[derive(Clone, Debug)]
pub(super) struct Earlier {
    /// By questionnaire: the scores.
    scores: Few<Counts>,
    /// By questionnaire and name; `None` above [`MOST_NAMES`].
    clients: Option<BTreeMap<(String, String), Pair>>,
    /// By questionnaire: clients that were not there, how many and the first of them.
    new: BTreeMap<String, Newcomers>,
}

/// Clients that were not there.
type Newcomers = (u64, BTreeSet<String>);

impl Default for Earlier {
    fn default() -> Self {
        Self { scores: Few::of(64), clients: Some(BTreeMap::new()), new: BTreeMap::new() }
    }
}

/// A client then and now.
#[derive(Clone, Debug, Default)]
struct Pair {
    before: State,
    now: State,
}

/// A client in one of the batches.
#[derive(Clone, Debug, Default)]
struct State {
    times: u64,
    low: Option<Score>,
    held: bool,
}

impl State {
    fn add(&mut self, result: &ClientResult) {
        self.times += 1;
        self.low = result.overall.low;
        self.held = result.verdict == "held";
    }
}

fn name(result: &ClientResult) -> String {
    one_line(&result.client).chars().take(LONGEST).collect()
}

impl Earlier {
    pub(super) fn before(&mut self, key: &str, result: &ClientResult) {
        self.scores.at(key).add(result.overall.low);
        if let Some(clients) = &mut self.clients {
            let pair = clients.entry((key.to_owned(), name(result))).or_default();
            pair.before.add(result);
            if clients.len() > MOST_NAMES {
                self.clients = None;
            }
        }
    }

    pub(super) fn now(&mut self, key: &str, result: &ClientResult) {
        let Some(clients) = &mut self.clients else { return };
        if let Some(pair) = clients.get_mut(&(key.to_owned(), name(result))) {
            pair.now.add(result);
        } else if self.scores.get(key).is_some() {
            let (count, names) = self.new.entry(key.to_owned()).or_default();
            *count += 1;
            names.insert(name(result));
            if names.len() > MOST_SHOWN {
                names.pop_last();
            }
        }
    }

    /// What there is to tell of a questionnaire; `None` where no earlier result is of it.
    pub(super) fn summary(&self, key: &str) -> Option<SinceSummary> {
        let scores = self.scores.get(key)?;
        let moves = self.clients.as_ref().map(|clients| {
            let of_it = clients.iter().filter(|((of, _), _)| of == key);
            let pairs = of_it.map(|((_, name), pair)| (name.as_str(), pair));
            moves(pairs.collect(), self.new.get(key))
        });
        Some(SinceSummary { earlier: Spread::of(scores), moves })
    }
}

/// Who moved, of clients in the order of their names.
fn moves(clients: Vec<(&str, &Pair)>, new: Option<&Newcomers>) -> Moves {
    let (once, more): (Vec<_>, Vec<_>) =
        clients.into_iter().partition(|(_, pair)| pair.before.times == 1 && pair.now.times <= 1);
    let (stayed, gone): (Vec<_>, Vec<_>) =
        once.into_iter().partition(|(_, pair)| pair.now.times == 1);
    let both = stayed.iter().filter_map(|(name, pair)| {
        Some(Move { client: (*name).to_owned(), before: pair.before.low?, now: pair.now.low? })
    });
    let both: Vec<_> = both.collect();
    let (rises, falls) = (biggest(&both, Move::rise), biggest(&both, Move::fall));
    let held = |is: fn(&Pair) -> bool| {
        Names::of(stayed.iter().filter(|(_, pair)| is(pair)).map(|(name, _)| *name))
    };
    let new = new.cloned().unwrap_or_default();
    Moves {
        compared: both.len() as u64,
        risen: both.iter().filter(|each| each.rise() > 0).count() as u64,
        fallen: both.iter().filter(|each| each.fall() > 0).count() as u64,
        newly_held: held(|pair| pair.now.held && !pair.before.held),
        no_longer_held: held(|pair| !pair.now.held && pair.before.held),
        new: Names { clients: new.0, names: new.1.into_iter().collect() },
        gone: Names::of(gone.iter().map(|(name, _)| *name)),
        ambiguous: more.len() as u64,
        rises,
        falls,
    }
}

/// The biggest moves in one direction, the biggest first, then by name.
fn biggest(all: &[Move], width: fn(&Move) -> u16) -> Vec<Move> {
    let mut moved: Vec<_> = all.iter().filter(|each| width(each) > 0).cloned().collect();
    moved.sort_by_key(|each| std::cmp::Reverse(width(each)));
    moved.truncate(MOST_SHOWN);
    moved
}

impl Names {
    fn of<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let all: Vec<_> = names.collect();
        let first = all.iter().take(MOST_SHOWN);
        Self { clients: all.len() as u64, names: first.map(|name| (*name).to_owned()).collect() }
    }
}
