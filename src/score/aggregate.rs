//! From questions to requirements, domains and the whole. Source: method edition 1, sections 2 and 3.

use super::question::{Item, State};
use crate::model::{Aggregate, Scale, Score, Weight};

/// The figures of a requirement, a domain or the whole. Each is `None` where nothing applies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// The headline: open questions count as 0.
    pub low: Option<Score>,
    /// Open questions count as 10 000.
    pub high: Option<Score>,
    /// As low, and an answer above 0 without evidence counts as 0.
    pub evidenced: Option<Score>,
    /// The share that is answered, "don't know" included.
    pub coverage: Option<Score>,
    /// What is wanted.
    pub target: Option<Score>,
}

impl Figures {
    /// The name of the band in which both low and high lie; `None` while they lie in two.
    pub fn level<'a>(&self, scale: &'a Scale) -> Option<&'a str> {
        let (low, high) = (scale.level(self.low?), scale.level(self.high?));
        (low.from == high.from).then_some(low.name.as_str())
    }

    /// Target minus score: 0 where the target is met, `None` without target or score.
    pub fn gap(&self) -> Option<u16> {
        Some(self.target?.basis_points().saturating_sub(self.low?.basis_points()))
    }

    /// Whether nothing of it is open.
    pub fn is_complete(&self) -> bool {
        self.low == self.high
    }
}

/// Weighted arithmetic mean of the scores in one group.
///
/// - Unit and range: basis points, 0 ..= 10 000, rounded half up, once.
/// - `None`: nothing applies (no items, or only weights of 0); not the same as a score of 0.
/// - Source: method edition 1, section 2.
pub fn weighted_mean(items: impl IntoIterator<Item = (Weight, Score)>) -> Option<Score> {
    let (sum, total) = items.into_iter().fold((0, 0), |(sum, total), (weight, score)| {
        (sum + weight.get() * u64::from(score.basis_points()), total + weight.get())
    });
    let mean = (2 * sum + total).checked_div(2 * total)?;
    Some(Score::saturating(mean))
}

/// The lowest score in one group; a weight of 0 keeps an item out.
///
/// - Unit and range: basis points, 0 ..= 10 000.
/// - `None`: nothing applies.
/// - Source: method edition 1, section 2, `aggregate: weakest`.
pub fn weakest(items: impl IntoIterator<Item = (Weight, Score)>) -> Option<Score> {
    items.into_iter().filter(|(weight, _)| weight.get() > 0).map(|(_, score)| score).min()
}

/// What an item counts as in low, high, evidenced and coverage; `None` where it leaves the mean.
fn counts(item: &Item) -> Option<[Score; 4]> {
    match (item.state, item.score) {
        (State::NotApplicable | State::NotAsked, _) => None,
        (State::Open { .. }, _) | (_, None) => {
            Some([Score::ZERO, Score::FULL, Score::ZERO, Score::ZERO])
        }
        (_, Some(score)) => {
            let evidenced = if item.evidenced { score } else { Score::ZERO };
            Some([score, score, evidenced, Score::FULL])
        }
    }
}

/// The figures of a requirement from its questions.
pub(super) fn of_questions(aggregate: Aggregate, items: &[Item], target: Option<Score>) -> Figures {
    let column =
        |at: usize| items.iter().filter_map(move |item| Some((item.weight, counts(item)?[at])));
    let together = |at| match aggregate {
        Aggregate::Mean => weighted_mean(column(at)),
        Aggregate::Weakest => weakest(column(at)),
    };
    let low = together(0);
    Figures {
        low,
        high: together(1),
        evidenced: together(2),
        coverage: weighted_mean(column(3)),
        target: low.and(target),
    }
}

/// The figures of a domain from its requirements, or of the whole from its domains.
pub(super) fn of_groups(groups: impl Iterator<Item = (Weight, Figures)> + Clone) -> Figures {
    let mean = |of: fn(&Figures) -> Option<Score>| {
        weighted_mean(groups.clone().filter_map(|(weight, figures)| Some((weight, of(&figures)?))))
    };
    Figures {
        low: mean(|figures| figures.low),
        high: mean(|figures| figures.high),
        evidenced: mean(|figures| figures.evidenced),
        coverage: mean(|figures| figures.coverage),
        target: mean(|figures| figures.target),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(pairs: &[(u32, u64)]) -> Vec<(Weight, Score)> {
        let item = |(weight, score): &(u32, u64)| {
            (Weight::new(*weight).expect("in range"), Score::saturating(*score))
        };
        pairs.iter().map(item).collect()
    }

    #[test]
    fn a_mean_rounds_half_up_once() {
        assert_eq!(weighted_mean(items(&[(1, 0), (1, 1)])), Score::new(1));
        assert_eq!(weighted_mean(items(&[(2, 0), (1, 1)])), Score::new(0));
        assert_eq!(weighted_mean(items(&[(1, 7500), (2, 0)])), Score::new(2500));
    }

    #[test]
    fn nothing_is_not_zero() {
        assert_eq!(weighted_mean(items(&[])), None);
        assert_eq!(weighted_mean(items(&[(0, 5000)])), None);
        assert_eq!(weakest(items(&[(0, 5000)])), None);
        assert_eq!(weakest(items(&[(1, 5000), (0, 0)])), Score::new(5000));
    }
}
