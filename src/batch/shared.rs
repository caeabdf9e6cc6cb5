//! Clients that stand twice, and clients that share a name: found in the journal, within bounds.

use super::journal::Entry;
use crate::digest::Digest;
use crate::load::Trouble;
use crate::load::shelf::{Closed, Shelf};
use std::collections::{BTreeMap, BTreeSet};

/// How many clients are compared at a time. There are as many passes through the journal as it takes.
const AT_A_TIME: u64 = 1_000_000;

/// Which clients stand twice, and which share the plain name of their folder, by their places in the journal.
#[derive(Debug, Default)]
pub(super) struct Shared {
    /// Clients that stand at an earlier place already, and that place.
    pub(super) doubles: BTreeMap<u64, u64>,
    /// Clients whose name others have too.
    pub(super) alike: BTreeSet<u64>,
}

impl Shared {
    /// Looks through a journal.
    pub(super) fn of(shelf: &Shelf, journal: &Closed) -> Result<Self, Trouble> {
        Self::within(shelf, journal, AT_A_TIME)
    }

    fn within(shelf: &Shelf, journal: &Closed, at_a_time: u64) -> Result<Self, Trouble> {
        let mut shared = Self::default();
        let parts = journal.lines / at_a_time + 1;
        for part in 0..parts {
            let (mut same, mut alike) = (Vec::new(), Vec::new());
            for (at, line) in (0..).zip(shelf.lines(journal)?) {
                let line = line?;
                let Entry::Result { identity, name, .. } = Entry::of(&line) else { continue };
                let (identity, name) = (short(identity), short(name));
                if identity % parts == part {
                    same.push((identity, at));
                }
                if name % parts == part {
                    alike.push((name, identity, at));
                }
            }
            shared.add(same, alike);
        }
        Ok(shared)
    }

    fn add(&mut self, mut same: Vec<(u64, u64)>, mut alike: Vec<(u64, u64, u64)>) {
        same.sort_unstable();
        for group in same.chunk_by(|a, b| a.0 == b.0) {
            self.doubles.extend(group[1..].iter().map(|(_, at)| (*at, group[0].1)));
        }
        alike.sort_unstable();
        for group in alike.chunk_by(|a, b| a.0 == b.0) {
            if group.first().map(|one| one.1) != group.last().map(|one| one.1) {
                self.alike.extend(group.iter().map(|(_, _, at)| *at));
            }
        }
    }
}

/// A number that no two of some words have.
fn short(word: &str) -> u64 {
    let digits = Digest::of_bytes(word.as_bytes()).to_string();
    u64::from_str_radix(&digits[..16], 16).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::shelf::Earlier;

    #[test]
    fn any_number_of_passes_finds_the_same() {
        let folder = tempfile::tempdir().expect("a folder");
        let shelf = Shelf::open(folder.path(), "x", Earlier::None).expect("opened");
        let mut journal = shelf.journal().expect("made");
        for (identity, name) in
            [("1", "a"), ("2", "b"), ("1", "a"), ("3", "b"), ("", ""), ("4", "c"), ("1", "a")]
        {
            journal.add(&format!("{identity}\t{name}\t\t{{}}")).expect("written");
        }
        let journal = journal.close().expect("closed");
        for at_a_time in [1, 2, 3, 1000] {
            let shared = Shared::within(&shelf, &journal, at_a_time).expect("readable");
            assert_eq!(shared.doubles, BTreeMap::from([(2, 0), (6, 0)]));
            assert_eq!(shared.alike, BTreeSet::from([1, 3]), "a double is no other client");
        }
    }
}
