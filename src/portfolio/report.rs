//! A portfolio in words and order: all that its pages show.

mod heat;
mod part;
mod since;

pub use heat::{Heat, HeatCell, HeatRow};
pub use part::{BinWords, Figure, GroupWords, PartWords, SpreadRow, TableWords, TallyWords};
pub use since::{MoveWords, NamedWords, SinceWords};

use super::summary::Summary;
use crate::model::Score;
use serde::Serialize;

/// Nothing applies, or nothing is told.
pub(super) const NOTHING: &str = "–";

/// A portfolio in words.
#[derive(Clone, Debug, Serialize)]
pub struct PortfolioReport {
    /// The language of the pages.
    pub language: &'static str,
    /// Name and version of this program.
    pub engine: String,
    /// What the pages are called.
    pub title: String,
    /// What they are of, in a sentence.
    pub about: String,
    /// The date that they bear: the last of an assessment, without names the first of its month.
    pub date: String,
    /// Whether they name nobody.
    pub anonymous: bool,
    /// A part for each questionnaire.
    pub parts: Vec<PartWords>,
    /// What is said where there is no part.
    pub nothing: String,
    /// How to read it, by heading.
    pub notes: Vec<(String, String)>,
    /// The figures that it is written from.
    #[serde(skip)]
    pub summary: Summary,
}

impl PortfolioReport {
    /// The words for figures, be they of all or without names.
    pub fn new(summary: Summary) -> Self {
        let dates = summary.parts.iter().map(|part| part.last_date.as_str());
        let date = match dates.max() {
            Some(month) if month.len() == 7 => format!("{month}-01"),
            Some(date) => date.to_owned(),
            None => "1970-01-01".to_owned(),
        };
        Self {
            language: "en",
            engine: summary.engine.clone(),
            title: if summary.anonymous { "Portfolio without names" } else { "Portfolio" }
                .to_owned(),
            about: about(&summary),
            date,
            anonymous: summary.anonymous,
            parts: summary.parts.iter().map(|part| part::words(part, summary.anonymous)).collect(),
            nothing: nothing(&summary).to_owned(),
            notes: notes(&summary),
            summary,
        }
    }
}

fn nothing(summary: &Summary) -> &'static str {
    match summary.anonymous {
        true => {
            "No questionnaire has the five clients that it takes to tell anything without names."
        }
        false => "There is no result to show.",
    }
}

fn about(summary: &Summary) -> String {
    let several = "Each questionnaire stands by itself: scores of different ones are never mixed.";
    match (summary.results, summary.parts.as_slice()) {
        (Some(results), [_]) => format!("{}, self-assessed.", counted(results, "result")),
        (Some(results), parts) => {
            let left = summary.other_questionnaires.filter(|others| *others > 0).map(|others| {
                format!(
                    " {} under further questionnaires are not shown.",
                    counted(others, "result")
                )
            });
            let parts = counted(parts.len() as u64, "questionnaire");
            let results = counted(results, "result");
            format!("{results} under {parts}, self-assessed. {several}{}", left.unwrap_or_default())
        }
        (None, _) => format!(
            "Self-assessments of many organisations, told so that none of them can be traced. {several}"
        ),
    }
}

/// How the figures are to be read.
fn notes(summary: &Summary) -> Vec<(String, String)> {
    let mut notes = vec![
        (
            "What it is",
            "Self-assessments side by side: they show what was answered and prove nothing by themselves. It is no ranking of who keeps the law. Levels, weights and targets are set by the makers of the questionnaires.",
        ),
        (
            "Scores",
            "From 0 to 100. Open questions count as 0. The evidenced score counts answers without listed evidence as 0. A domain that does not apply to a client has no score there.",
        ),
        (
            "Quartiles",
            "Of all scores from lowest to highest the ones at a quarter, a half (the median) and three quarters of the way, by nearest rank.",
        ),
        (
            "Gaps and ground rules",
            "A gap is a requirement below its target whatever is still open. A ground rule must hold whatever the score says; who does not keep one, or cannot show it, is held.",
        ),
    ];
    if summary.anonymous {
        notes.extend([
            (
                "Nobody is named",
                "Counts and groups of fewer than five clients are not told, and neither is what would let them be worked out: small groups are joined, scores are rounded to whole points, lowest and highest scores are left out, and so is each questionnaire with fewer than five clients.",
            ),
            (
                "Its limits",
                "Who knows some of the clients of a group already learns more from it than others do. Two such portfolios of nearly the same clients should not be given to the same reader.",
            ),
        ]);
    } else {
        notes.push(("Peers", "Clients with the same questionnaire and size, five at least."));
    }
    notes.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect()
}

/// `1 client`, `12 clients`.
pub(super) fn counted(number: u64, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// A score as it is shown: two decimals, whole points without names.
pub(super) fn shown(score: Option<Score>, anonymous: bool) -> String {
    match score {
        Some(score) if anonymous => (score.basis_points() / 100).to_string(),
        Some(score) => score.short(),
        None => NOTHING.to_owned(),
    }
}

/// A share in whole per cent, rounded half up.
pub(super) fn per_cent(part: u64, of: u64) -> u64 {
    (part * 200 + of).checked_div(of * 2).unwrap_or(0)
}
