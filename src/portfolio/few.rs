//! Things by name, of which no more than some are told apart.

use std::collections::BTreeMap;

/// What can be counted together.
pub(super) trait Absorb: Default {
    /// Adds what another has counted.
    fn absorb(&mut self, other: Self);
}

impl Absorb for u64 {
    fn absorb(&mut self, other: Self) {
        *self += other;
    }
}

/// Those that come first in the alphabet, and all others as one: so the order in which names come makes no
/// difference, and neither does how many there are.
#[derive(Clone, Debug)]
pub(super) struct Few<V> {
    most: usize,
    named: BTreeMap<String, V>,
    rest: Option<V>,
}

impl<V: Absorb> Few<V> {
    /// At most so many by name.
    pub(super) fn of(most: usize) -> Self {
        Self { most, named: BTreeMap::new(), rest: None }
    }

    /// What is counted under a name.
    pub(super) fn at(&mut self, name: &str) -> &mut V {
        if !self.named.contains_key(name) {
            let is_full = self.named.len() >= self.most;
            if is_full && self.named.last_key_value().is_none_or(|(last, _)| name > last.as_str()) {
                return self.rest.get_or_insert_default();
            }
            if is_full && let Some((_, last)) = self.named.pop_last() {
                self.rest.get_or_insert_default().absorb(last);
            }
        }
        self.named.entry(name.to_owned()).or_default()
    }

    /// What is counted under a name that is told apart.
    pub(super) fn get(&self, name: &str) -> Option<&V> {
        self.named.get(name)
    }

    /// All that are told apart, by name.
    pub(super) fn named(&self) -> impl Iterator<Item = (&str, &V)> {
        self.named.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// All others.
    pub(super) fn rest(&self) -> Option<&V> {
        self.rest.as_ref()
    }

    /// Adds what another has counted.
    pub(super) fn absorb(&mut self, other: Self) {
        for (name, value) in other.named {
            self.at(&name).absorb(value);
        }
        if let Some(rest) = other.rest {
            self.rest.get_or_insert_default().absorb(rest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_names_makes_no_difference() {
        let names = ["d", "b", "a", "c", "b", "d", "e", "a", "a"];
        for turn in 0..names.len() {
            let mut few: Few<u64> = Few::of(2);
            let turned = names.iter().cycle().skip(turn).take(names.len());
            turned.for_each(|name| *few.at(name) += 1);
            assert_eq!(few.named().collect::<Vec<_>>(), [("a", &3), ("b", &2)]);
            assert_eq!(few.rest(), Some(&4));
        }
    }
}
