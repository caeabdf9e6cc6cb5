//! What a board wants beside the figures: the gravest findings, and what is not known.

use super::finding::effort;
use super::{QuestionNote, Report, Writer, shown};
use crate::model::Score;
use crate::result::step_of;
use crate::score::Finding;
use serde::Serialize;

/// How many findings are shown: two pages are to be enough.
const MOST_FINDINGS: usize = 10;
/// How many gates of a kind, and entries of what is not known, are named.
const MOST_NAMED: usize = 4;

/// What a board reads beside parts of the report.
#[derive(Clone, Debug, Serialize)]
pub struct Board {
    /// The gravest findings, failed gates included.
    pub findings: Vec<BoardFinding>,
    /// How many more there are.
    pub more: usize,
    /// Gates that failed.
    pub failed: Shortened,
    /// Gates that open questions decide.
    pub open: Shortened,
    /// What is not known: don't know, open, not stated.
    pub not_known: Vec<Shortened>,
    /// The functions of those who answered.
    pub respondents: Vec<String>,
}

/// A finding in a line.
#[derive(Clone, Debug, Serialize)]
pub struct BoardFinding {
    /// The requirement.
    pub id: String,
    /// What is asked for.
    pub statement: String,
    /// critical, high, medium or low.
    pub severity: String,
    /// The score, two decimals.
    pub score: String,
    /// What is wanted.
    pub target: Option<String>,
    /// What the overall score gains with this requirement at its target, in points.
    pub worth: String,
    /// Estimated effort of its next steps together, in words.
    pub effort: Option<String>,
}

/// The first of a list, and how many more there are.
#[derive(Clone, Debug, Serialize)]
pub struct Shortened {
    /// What these are.
    pub title: String,
    /// How many there are.
    pub count: usize,
    /// The first of them.
    pub first: Vec<String>,
    /// How many more.
    pub more: usize,
}

impl Shortened {
    fn of(title: &str, all: Vec<String>) -> Self {
        let (title, count) = (title.to_owned(), all.len());
        let first = all.into_iter().take(MOST_NAMED).collect();
        Self { title, count, first, more: count.saturating_sub(MOST_NAMED) }
    }
}

impl Writer<'_> {
    /// What a board reads beside parts of this report.
    pub(super) fn board(&self, report: &Report) -> Board {
        let mut findings: Vec<_> = self.scorecard.gaps.findings.iter().collect();
        findings.sort_by_key(|finding| finding.severity);
        let gates = |title, gates: &[super::GateWords]| {
            let line = |gate: &super::GateWords| format!("{}: {}", gate.id, gate.statement);
            Shortened::of(title, gates.iter().map(line).collect())
        };
        let notes = |title, notes: &[QuestionNote]| {
            let line = |note: &QuestionNote| format!("{} {}", note.id, note.text);
            Shortened::of(title, notes.iter().map(line).collect())
        };
        let not_known = [
            notes("Answered with “don't know”", &report.unknown),
            notes("Still open", &report.open),
            notes("Facts not stated", &report.not_stated),
        ];
        Board {
            more: findings.len().saturating_sub(MOST_FINDINGS),
            findings: findings
                .into_iter()
                .take(MOST_FINDINGS)
                .map(|finding| self.board_finding(finding))
                .collect(),
            failed: gates("Not kept or not shown to be", &report.failed_gates),
            open: gates("Not yet confirmed", &report.open_gates),
            not_known: not_known.into_iter().filter(|each| each.count > 0).collect(),
            respondents: self
                .assessment
                .answers
                .by
                .iter()
                .map(|each| shown(&each.function))
                .collect(),
        }
    }

    fn board_finding(&self, finding: &Finding) -> BoardFinding {
        let requirement = self.requirement(finding.place);
        let score = &self.scorecard.domains[finding.place.0].requirements[finding.place.1];
        let figures = self.figures(&score.figures);
        let halves = finding.steps.iter().filter_map(|step| step_of(self.assessment, *step).effort);
        let halves: u32 = halves.sum();
        BoardFinding {
            id: requirement.id.to_string(),
            statement: requirement.statement.clone(),
            severity: finding.severity.word().to_owned(),
            score: figures.score,
            target: figures.target,
            worth: Score::saturating(u64::from(finding.worth)).exact(),
            effort: (halves > 0).then(|| effort(halves)),
        }
    }
}
