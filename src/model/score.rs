//! The one unit of achievement.

use serde::{Deserialize, Serialize};

/// How far something is achieved. Unit: basis points; range: 0 ..= 10 000.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(try_from = "u16", into = "u16")]
#[schemars(with = "u16", extend("maximum" = 10_000))]
pub struct Score(u16);

impl Score {
    /// Nothing is achieved.
    pub const ZERO: Self = Self(0);
    /// Everything is achieved.
    pub const FULL: Self = Self(10_000);

    /// `None` above 10 000.
    pub fn new(basis_points: u16) -> Option<Self> {
        (basis_points <= 10_000).then_some(Self(basis_points))
    }

    /// The score nearest to a number of basis points.
    pub fn saturating(basis_points: u64) -> Self {
        Self(basis_points.min(10_000) as u16)
    }

    /// Basis points.
    pub fn basis_points(self) -> u16 {
        self.0
    }

    /// As 0-100 with two decimals: `25.69`.
    pub fn exact(self) -> String {
        format!("{}.{:02}", self.0 / 100, self.0 % 100)
    }

    /// As 0-100 with one decimal, rounded half up: `25.7`.
    pub fn short(self) -> String {
        let tenths = (self.0 + 5) / 10;
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}

impl TryFrom<u16> for Score {
    type Error = &'static str;

    fn try_from(basis_points: u16) -> Result<Self, Self::Error> {
        Self::new(basis_points).ok_or("a score is at most 10000 basis points")
    }
}

impl From<Score> for u16 {
    fn from(score: Score) -> Self {
        score.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_round_half_up_once() {
        let score = |bp| Score::new(bp).expect("in range");
        assert_eq!(score(2569).exact(), "25.69");
        assert_eq!(score(2569).short(), "25.7");
        assert_eq!(score(2565).short(), "25.7");
        assert_eq!(score(2564).short(), "25.6");
        assert_eq!(score(9996).short(), "100.0");
        assert_eq!(score(5).exact(), "0.05");
        assert_eq!(Score::new(10_001), None);
    }
}
