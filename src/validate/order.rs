//! What must come after what, and where that goes round in a circle.

use crate::source::{SourceId, Span};
use std::collections::{BTreeMap, BTreeSet};

/// One thing comes after another, and the place that says so.
pub(super) struct After<'a> {
    pub(super) name: &'a str,
    pub(super) other: &'a str,
    pub(super) at: Span,
}

/// Things that wait for each other, from the smallest name on, and the place that makes each wait
/// for the next.
pub(super) struct Circle<'a> {
    pub(super) names: Vec<&'a str>,
    pub(super) places: Vec<Span>,
}

impl Circle<'_> {
    /// A place of the circle in the first of these texts that has one.
    pub(super) fn place_in(&self, sources: &[SourceId]) -> Option<Span> {
        let place = |source: &SourceId| self.places.iter().find(|at| at.source == *source);
        sources.iter().find_map(place).copied()
    }

    /// The names, for a message.
    pub(super) fn listed(&self) -> String {
        let names: Vec<_> = self.names.iter().map(|name| format!("`{name}`")).collect();
        names.join(", ")
    }
}

/// Names in an order in which each comes after those that it waits for (places in the list of
/// names), and the circles that allow none.
pub(super) struct Order<'a> {
    pub(super) order: Vec<usize>,
    pub(super) circles: Vec<Circle<'a>>,
}

/// Puts names in order. Where two places say the same, the first of `afters` is kept.
pub(super) fn in_order<'a>(names: &[&'a str], afters: &[After<'a>]) -> Order<'a> {
    let index: BTreeMap<_, _> = names.iter().enumerate().map(|(at, name)| (*name, at)).collect();
    let mut waits_for = vec![BTreeSet::new(); names.len()];
    let mut places = BTreeMap::new();
    for after in afters {
        if let (Some(at), Some(other)) = (index.get(after.name), index.get(after.other)) {
            waits_for[*at].insert(*other);
            places.entry((*at, *other)).or_insert(after.at);
        }
    }
    let (order, circles) = sort(&waits_for);
    let circle = |mut members: Vec<usize>| {
        let smallest = (0..members.len()).min_by_key(|at| names[members[*at]]).unwrap_or_default();
        members.rotate_left(smallest);
        let next = members.iter().cycle().skip(1);
        let places = members.iter().zip(next).map(|(at, next)| places[&(*at, *next)]).collect();
        Circle { names: members.iter().map(|at| names[*at]).collect(), places }
    };
    Order { order, circles: circles.into_iter().map(circle).collect() }
}

/// All that can be put in order, and circles that have no member in common.
fn sort(waits_for: &[BTreeSet<usize>]) -> (Vec<usize>, Vec<Vec<usize>>) {
    let (mut order, mut circles) = (Vec::new(), Vec::new());
    let mut done = vec![false; waits_for.len()];
    let mut left: Vec<usize> = (0..waits_for.len()).collect();
    while let Some(first) = left.first().copied() {
        let before = left.len();
        left.retain(|at| {
            let ready = waits_for[*at].iter().all(|other| done[*other]);
            if ready {
                done[*at] = true;
                order.push(*at);
            }
            !ready
        });
        if left.len() == before {
            // Each that is left waits for another that is left, so the way ends in a circle, which
            // is taken out so that the others can be looked at.
            let circle = circle(first, waits_for, &done);
            circle.iter().for_each(|at| done[*at] = true);
            left.retain(|at| !done[*at]);
            circles.push(circle);
        }
    }
    (order, circles)
}

fn circle(from: usize, waits_for: &[BTreeSet<usize>], done: &[bool]) -> Vec<usize> {
    let mut way = vec![from];
    loop {
        let last = way.last().copied().unwrap_or(from);
        let next = waits_for[last].iter().copied().find(|other| !done[*other]).unwrap_or(last);
        if let Some(start) = way.iter().position(|at| *at == next) {
            return way.split_off(start);
        }
        way.push(next);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_are_found_beside_what_can_be_ordered() {
        let waits = [vec![1], vec![2], vec![1], vec![], vec![3, 4], vec![0]];
        let waits: Vec<BTreeSet<usize>> =
            waits.into_iter().map(|each| each.into_iter().collect()).collect();
        assert_eq!(sort(&waits), (vec![3, 0, 5], vec![vec![1, 2], vec![4]]));
    }
}
