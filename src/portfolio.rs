//! Many results side by side: how scores are distributed, what many lack, who needs help first.
//!
//! Results are added one by one and only counts are kept of them, so a million clients take no more memory
//! than a thousand. Quartiles are exact all the same: scores are whole basis points, so counting each of
//! them keeps all that a quartile depends on.
//!
//! - **What is kept**: per questionnaire and major version, counts per basis point; the clients themselves up
//!   to [`MOST_ROWS`] of a questionnaire, and none of them above that.
//! - **Order is irrelevant**: the same results give the same portfolio, in whatever order they come.
//! - **Bounds**: of free texts and ids a few hundred at most are told apart, the rest is one group.
//!
//! What may leave the house without a client's name stands in [`anonymous`].

pub mod anonymous;
mod client;
mod counts;
mod few;
mod part;
pub mod report;
mod since;
mod summarise;
pub mod summary;

pub use client::{ClientResult, Short};
pub use counts::Counts;
pub use report::PortfolioReport;
pub use summary::Summary;

use crate::model::{Facts, Questionnaire, Score};
use few::Few;
use part::{Group, Part};
use since::Earlier;
use std::sync::Arc;

/// Up to so many clients of a questionnaire stand in a portfolio by name.
pub const MOST_ROWS: usize = 500;
/// A peer group has at least so many clients, and so has all that is told without names.
pub const FEWEST: u64 = 5;
/// How many questionnaires are told apart.
const MOST_PARTS: usize = 64;

/// Counts of results.
#[derive(Clone, Debug)]
pub struct Portfolio {
    /// By id and major version of the questionnaire, as `msme-first-look 1`.
    parts: Few<Part>,
    earlier: Option<Earlier>,
}

impl Default for Portfolio {
    fn default() -> Self {
        Self { parts: Few::of(MOST_PARTS), earlier: None }
    }
}

/// How a client stands beside clients of its size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peers {
    /// The size that they share; `None` where none is stated.
    pub size: Option<String>,
    /// How many they are, the client among them.
    pub clients: u64,
    /// Their lower quartile, median and upper quartile.
    pub quartiles: [Score; 3],
    /// Where the client stands.
    pub standing: Standing,
}

/// Where a score stands among others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Below the lower quartile.
    Lowest,
    /// From the lower quartile to below the median.
    BelowMedian,
    /// At the median.
    Median,
    /// Above the median, up to the upper quartile.
    AboveMedian,
    /// Above the upper quartile.
    Highest,
}

impl Standing {
    /// Among scores with these quartiles.
    pub fn of(score: Score, [lower, median, upper]: [Score; 3]) -> Self {
        match score {
            score if score < lower => Self::Lowest,
            score if score < median => Self::BelowMedian,
            score if score == median => Self::Median,
            score if score <= upper => Self::AboveMedian,
            _ => Self::Highest,
        }
    }

    /// In words, as `below the middle`.
    pub fn words(self) -> &'static str {
        match self {
            Self::Lowest => "in the lowest quarter",
            Self::BelowMedian => "below the middle",
            Self::Median => "in the middle",
            Self::AboveMedian => "above the middle",
            Self::Highest => "in the highest quarter",
        }
    }
}

impl Portfolio {
    /// Adds an earlier result, to tell who moved since. Comes before all that is added.
    pub fn before(&mut self, result: &ClientResult) {
        self.earlier.get_or_insert_default().before(&key(result), result);
    }

    /// Adds a result.
    pub fn add(&mut self, result: &ClientResult) {
        let key = key(result);
        if let Some(earlier) = &mut self.earlier {
            earlier.now(&key, result);
        }
        self.parts.at(&key).add(result);
    }

    /// Clients with the same questionnaire and size; `None` where these are fewer than five, or the client
    /// has no score. Meaningful once all results are added.
    pub fn peers(&self, of: &ClientResult) -> Option<Peers> {
        let group = self.parts.get(&key(of))?.size(of)?;
        let quartiles = group.quartiles()?;
        let size = of.profile.get(Facts::SIZE).and_then(|values| values.first()).cloned();
        let standing = Standing::of(of.overall.low?, quartiles);
        Some(Peers { size, clients: group.clients, quartiles, standing })
    }

    /// All figures. `questionnaire` gives the one with an id, for its titles and statements; `facts` those
    /// that can be stated, for what sizes and roles there are.
    pub fn summary(
        &self,
        facts: &Facts,
        questionnaire: &mut dyn FnMut(&str) -> Option<Arc<Questionnaire>>,
    ) -> Summary {
        summarise::summary(self, facts, questionnaire)
    }
}

impl Group {
    /// The quartiles of its scores; `None` where it has fewer than five.
    fn quartiles(&self) -> Option<[Score; 3]> {
        self.low.quartiles().filter(|_| self.low.total() >= FEWEST)
    }
}

/// What results that are compared share: questionnaire and major version.
fn key(result: &ClientResult) -> String {
    format!("{} {}", result.questionnaire, major(&result.version))
}

/// The first of a version's numbers.
fn major(version: &str) -> &str {
    version.split('.').next().unwrap_or_default()
}
