//! A gap put into words.

use super::{AnswerWords, Title, Writer};
use crate::model::Score;
use crate::result::{clause, step_of};
use crate::score::{Finding, GateState, NextStep};
use serde::Serialize;

/// A requirement that is not where it should be.
#[derive(Clone, Debug, Serialize)]
pub struct FindingWords {
    /// Its place in the order in which to deal with findings, from 1.
    pub rank: usize,
    /// The requirement.
    pub id: String,
    /// What is asked for.
    pub statement: String,
    /// The same as a heading and what stands below it.
    #[serde(flatten)]
    pub title: Title,
    /// Where the source asks for it.
    pub clause: String,
    /// The source's own limits.
    pub qualifier: Option<String>,
    /// critical, high, medium or low.
    pub severity: String,
    /// What was answered.
    pub answers: Vec<AnswerWords>,
    /// The score, two decimals.
    pub score: String,
    /// What is wanted.
    pub target: Option<String>,
    /// Target minus score.
    pub gap: Option<String>,
    /// What the overall score gains with this requirement at its target, in points.
    pub worth: String,
    /// What to do next.
    pub steps: Vec<StepWords>,
}

/// Something to do.
#[derive(Clone, Debug, Serialize)]
pub struct StepWords {
    /// The question that it moves.
    pub question: String,
    /// The level or option that it leads to, in words.
    pub to: String,
    /// What to do.
    pub action: String,
    /// Estimated effort, in words.
    pub effort: Option<String>,
    /// Questions that come before.
    pub after: Vec<String>,
    /// A fill-in page that helps, by its id.
    pub aid: Option<String>,
}

impl Writer<'_> {
    /// Findings other than failed gates, which stand on their own.
    pub(super) fn findings(&self) -> Vec<FindingWords> {
        let score = |finding: &&Finding| {
            &self.scorecard.domains[finding.place.0].requirements[finding.place.1]
        };
        let findings = self.scorecard.gaps.findings.iter();
        let findings = findings.filter(|finding| score(finding).gate != Some(GateState::Failed));
        findings.enumerate().map(|(at, finding)| self.finding(at + 1, finding)).collect()
    }

    fn finding(&self, rank: usize, finding: &Finding) -> FindingWords {
        let requirement = self.requirement(finding.place);
        let score = &self.scorecard.domains[finding.place.0].requirements[finding.place.1];
        let figures = self.figures(&score.figures);
        FindingWords {
            rank,
            id: requirement.id.to_string(),
            statement: requirement.statement.clone(),
            title: Title::of(&requirement.statement),
            clause: clause(self.assessment, requirement),
            qualifier: Some(requirement.qualifiers.join(", ")).filter(|words| !words.is_empty()),
            severity: finding.severity.word().to_owned(),
            answers: score.items.iter().map(|item| self.answer(item)).collect(),
            score: figures.score,
            target: figures.target,
            gap: figures.gap,
            worth: Score::saturating(u64::from(finding.worth)).exact(),
            steps: self.steps(finding),
        }
    }

    pub(super) fn steps(&self, finding: &Finding) -> Vec<StepWords> {
        finding.steps.iter().map(|step| self.step(*step)).collect()
    }

    /// Whether a step of a question is still to be taken.
    fn waits(&self, question: &str) -> bool {
        let steps = self.scorecard.gaps.findings.iter().flat_map(|finding| &finding.steps);
        let questions = &self.assessment.questionnaire.questions;
        steps.into_iter().any(|step| questions[step.question].id.as_str() == question)
    }

    pub(super) fn step(&self, at: NextStep) -> StepWords {
        let question = &self.assessment.questionnaire.questions[at.question];
        let to = &question.steps[at.step].to;
        let said = question.kind.said(to).join(", ");
        let is_level = matches!(to, crate::model::Value::Level(_));
        let action = step_of(self.assessment, at);
        StepWords {
            question: action.question,
            to: if is_level { format!("level {said}") } else { format!("“{said}”") },
            action: action.action.unwrap_or_default(),
            effort: action.effort.map(effort),
            after: action.after.into_iter().filter(|id| self.waits(id)).collect(),
            aid: action.aid,
        }
    }
}

/// Half-days in words, as `1½ days`.
pub(super) fn effort(halves: u32) -> String {
    match (halves / 2, halves % 2) {
        (0, _) => "½\u{a0}day".to_owned(),
        (1, 0) => "1\u{a0}day".to_owned(),
        (days, 0) => format!("{days}\u{a0}days"),
        (days, _) => format!("{days}½\u{a0}days"),
    }
}

#[cfg(test)]
mod tests {
    use super::effort;

    #[test]
    fn half_days_read_as_days() {
        assert_eq!(
            [1, 2, 3, 4].map(effort),
            ["½\u{a0}day", "1\u{a0}day", "1½\u{a0}days", "2\u{a0}days"]
        );
    }
}
