//! Figures and conditions in words.

use super::Writer;
use crate::model::Score;
use crate::score::Figures;
use serde::Serialize;

/// Figures, ready to print. Headlines have one decimal, all others two.
#[derive(Clone, Debug, Serialize)]
pub struct FigureWords {
    /// The headline, `25.7`; a dash where nothing applies.
    pub headline: String,
    /// The score with two decimals.
    pub score: String,
    /// From worst to best; one figure where these are the same.
    pub range: String,
    /// The evidenced score, or that no evidence is listed.
    pub evidenced: String,
    /// The share that is answered, in per cent.
    pub coverage: String,
    /// `defined`, or `between ad hoc and defined`.
    pub level: String,
    /// What is wanted.
    pub target: Option<String>,
    /// Target minus score.
    pub gap: Option<String>,
    /// Basis points, for charts: low, high, target, evidenced.
    pub low_bp: Option<u16>,
    /// Open questions as 10 000.
    pub high_bp: Option<u16>,
    /// What is wanted.
    pub target_bp: Option<u16>,
    /// With evidence only.
    pub evidenced_bp: Option<u16>,
    /// Whether open answers do not move it: there are none, or they weigh nothing.
    pub complete: bool,
}

/// A statement as a heading, with what stands below it where it is too long for one.
#[derive(Clone, Debug, Serialize)]
pub struct Title {
    /// The whole statement, or its first sentence.
    pub heading: String,
    /// The other sentences.
    pub rest: Option<String>,
}

/// How many words a heading may have before it is a paragraph.
const LONGEST_HEADING: usize = 20;

impl Title {
    pub(super) fn of(statement: &str) -> Self {
        let is_long = statement.split_whitespace().count() > LONGEST_HEADING;
        let end = statement.find(". ").filter(|_| is_long);
        let (heading, rest) = statement.split_at(end.map_or(statement.len(), |end| end + 1));
        let rest = Some(rest.trim_start().to_owned()).filter(|rest| !rest.is_empty());
        Self { heading: heading.to_owned(), rest }
    }
}

const NOTHING: &str = "–";

impl Writer<'_> {
    pub(super) fn figures(&self, figures: &Figures) -> FigureWords {
        let or_dash = |score: Option<Score>| score.map_or(NOTHING.to_owned(), Score::exact);
        let bp = |score: Option<Score>| score.map(Score::basis_points);
        FigureWords {
            headline: figures.low.map_or(NOTHING.to_owned(), Score::short),
            score: or_dash(figures.low),
            range: match (figures.low, figures.high) {
                (Some(low), Some(high)) if low != high => {
                    format!("{} to {}", low.exact(), high.exact())
                }
                (low, _) => or_dash(low),
            },
            evidenced: match figures.evidenced {
                Some(_) if !self.has_evidence => "no evidence listed".to_owned(),
                evidenced => or_dash(evidenced),
            },
            coverage: figures
                .coverage
                .map_or(NOTHING.to_owned(), |share| format!("{} %", share.exact())),
            level: self.level(figures),
            target: figures.target.map(Score::exact),
            gap: figures.gap().map(|gap| Score::saturating(u64::from(gap)).exact()),
            low_bp: bp(figures.low),
            high_bp: bp(figures.high),
            target_bp: bp(figures.target),
            evidenced_bp: bp(figures.evidenced).filter(|_| self.has_evidence),
            complete: figures.is_complete(),
        }
    }

    fn level(&self, figures: &Figures) -> String {
        let scale = &self.assessment.questionnaire.scale;
        match (figures.low, figures.high, figures.level(scale)) {
            (_, _, Some(level)) => level.to_owned(),
            (Some(low), Some(high), None) => {
                format!("between {} and {}", scale.level(low).name, scale.level(high).name)
            }
            _ => NOTHING.to_owned(),
        }
    }
}
