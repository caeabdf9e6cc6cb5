//! Weights, and the named bands of scores.

use super::Score;
use serde::Serialize;

/// How much something counts in a mean. Range: 0 ..= 100; 0 is shown and counts in none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Weight(u8);

impl Weight {
    /// Counts once.
    pub const ONE: Self = Self(1);
    /// Is shown and counts in no mean.
    pub const ZERO: Self = Self(0);

    /// `None` above 100.
    pub fn new(weight: u32) -> Option<Self> {
        (weight <= 100).then_some(Self(weight as u8))
    }

    /// The number.
    pub fn get(self) -> u64 {
        u64::from(self.0)
    }
}

/// A named band of scores.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Level {
    /// The lowest score in it.
    pub from: Score,
    /// Its name.
    pub name: String,
}

/// The named bands, from 0 upwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Scale(Vec<Level>);

impl Scale {
    /// `None` unless the bands start at 0 and rise.
    pub fn new(levels: Vec<Level>) -> Option<Self> {
        let starts = levels.first().is_some_and(|level| level.from == Score::ZERO);
        let rises = levels.windows(2).all(|pair| pair[0].from < pair[1].from);
        (starts && rises).then_some(Self(levels))
    }

    /// The band that a score lies in.
    pub fn level(&self, score: Score) -> &Level {
        let at = self.0.partition_point(|level| level.from <= score);
        &self.0[at - 1]
    }

    /// All bands, from 0 upwards.
    pub fn levels(&self) -> &[Level] {
        &self.0
    }
}

impl Default for Scale {
    /// The five bands of method edition 1, section 3.
    fn default() -> Self {
        let bands = [
            (0, "absent"),
            (2000, "ad hoc"),
            (4000, "defined"),
            (6000, "managed"),
            (8000, "improving"),
        ];
        Self(
            bands
                .map(|(from, name)| Level { from: Score::saturating(from), name: name.to_owned() })
                .to_vec(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_includes_its_lower_edge() {
        let scale = Scale::default();
        let name = |bp| scale.level(Score::saturating(bp)).name.clone();
        assert_eq!(
            [name(0), name(1999), name(2000), name(7999), name(10_000)],
            ["absent", "absent", "ad hoc", "managed", "improving"]
        );
    }
}
