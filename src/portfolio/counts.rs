//! Scores counted, and what can be told of them.

use super::few::Absorb;
use crate::model::Score;
use std::collections::BTreeMap;

/// How often each score occurs. At most 10 001 numbers, however many scores there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    by_score: BTreeMap<Score, u64>,
    total: u64,
}

impl Counts {
    /// Counts a score; nothing where nothing applies.
    pub fn add(&mut self, score: Option<Score>) {
        if let Some(score) = score {
            *self.by_score.entry(score).or_default() += 1;
            self.total += 1;
        }
    }

    /// How many scores there are.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// The lowest score.
    pub fn lowest(&self) -> Option<Score> {
        self.by_score.keys().next().copied()
    }

    /// The highest score.
    pub fn highest(&self) -> Option<Score> {
        self.by_score.keys().next_back().copied()
    }

    /// Lower quartile, median and upper quartile, by nearest rank: of n scores from lowest to highest the
    /// ones at the places n/4, n/2 and 3n/4, rounded up. Each is a score that occurs.
    ///
    /// - `None`: there are no scores.
    /// - Source: method 1 of Hyndman and Fan, Sample quantiles in statistical packages, 1996.
    pub fn quartiles(&self) -> Option<[Score; 3]> {
        let place = |quarter: u64| (self.total * quarter).div_ceil(4);
        Some([self.at(place(1))?, self.at(place(2))?, self.at(place(3))?])
    }

    /// The score at a place, counted from 1, from lowest to highest.
    fn at(&self, place: u64) -> Option<Score> {
        let mut left = place;
        self.by_score.iter().find_map(|(score, count)| {
            let is_here = left <= *count;
            left = left.saturating_sub(*count);
            is_here.then_some(*score)
        })
    }

    /// How many scores lie from one to below another. Unit: whole points, 100 is everything; up to 100 takes
    /// in 100 itself.
    pub fn between(&self, from: u16, to: u16) -> u64 {
        let points = |score: &Score| score.basis_points() / 100;
        let is_in = |score: &Score| points(score) >= from && (points(score) < to || to == 100);
        self.by_score.iter().filter(|(score, _)| is_in(score)).map(|(_, count)| count).sum()
    }
}

impl Absorb for Counts {
    fn absorb(&mut self, other: Self) {
        for (score, count) in other.by_score {
            *self.by_score.entry(score).or_default() += count;
        }
        self.total += other.total;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(scores: &[u64]) -> Counts {
        let mut counts = Counts::default();
        scores.iter().for_each(|score| counts.add(Some(Score::saturating(*score))));
        counts
    }

    fn quartiles(scores: &[u64]) -> Option<[u16; 3]> {
        counts(scores).quartiles().map(|all| all.map(Score::basis_points))
    }

    #[test]
    fn quartiles_are_scores_at_their_places() {
        assert_eq!(quartiles(&[]), None);
        assert_eq!(quartiles(&[7]), Some([7, 7, 7]));
        assert_eq!(quartiles(&[9, 1]), Some([1, 1, 9]));
        assert_eq!(quartiles(&[4, 3, 2, 1]), Some([1, 2, 3]));
        assert_eq!(quartiles(&[1, 2, 3, 4, 5]), Some([2, 3, 4]));
        assert_eq!(quartiles(&[1, 1, 1, 1, 5, 5, 5, 5]), Some([1, 1, 5]));
        assert_eq!(quartiles(&[0, 10_000, 10_000]), Some([0, 10_000, 10_000]));
    }

    #[test]
    fn every_score_lies_in_one_bin() {
        let counts = counts(&[0, 999, 1000, 5000, 9999, 10_000]);
        let bins: Vec<_> = (0..10).map(|bin| counts.between(bin * 10, bin * 10 + 10)).collect();
        assert_eq!(bins, [2, 1, 0, 0, 0, 1, 0, 0, 0, 2]);
    }

    #[test]
    fn counting_apart_and_together_is_the_same() {
        let mut one = counts(&[1, 5]);
        one.absorb(counts(&[5, 9]));
        assert_eq!(one, counts(&[9, 5, 5, 1]));
    }
}
