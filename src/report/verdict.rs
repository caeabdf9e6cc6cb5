//! The verdict, gates and what to do first, in words.

use super::Writer;
use super::asked::AnswerWords;
use super::finding::StepWords;
use crate::result::clause;
use crate::score::{FirstAction, GateState, RequirementScore, Verdict};
use serde::Serialize;

/// A gate that is not passed.
#[derive(Clone, Debug, Serialize)]
pub struct GateWords {
    /// The requirement.
    pub id: String,
    /// What must hold.
    pub statement: String,
    /// Where the source asks for it.
    pub clause: String,
    /// What was answered.
    pub answers: Vec<AnswerWords>,
    /// What to do.
    pub steps: Vec<StepWords>,
}

/// One of the things to do first.
#[derive(Clone, Debug, Serialize)]
pub struct FirstActionWords {
    /// What to do.
    pub action: String,
    /// The question that it moves.
    pub question: String,
    /// The requirement that it serves.
    pub requirement: Option<String>,
    /// What that asks for.
    pub statement: Option<String>,
    /// Estimated effort, in words.
    pub effort: Option<String>,
    /// Questions that come before.
    pub after: Vec<String>,
}

impl Writer<'_> {
    pub(super) fn verdict_sentence(&self) -> String {
        let counts = self.scorecard.counts;
        match self.scorecard.verdict {
            Verdict::Held => {
                let failed = self.count_gates(GateState::Failed);
                let gates = if failed == 1 {
                    "One ground rule is".to_owned()
                } else {
                    format!("{failed} ground rules are")
                };
                format!("{gates} not kept. Whatever the score, put this right first.")
            }
            Verdict::Incomplete if counts.asked() == 0 => {
                "Nothing in this questionnaire applies to the profile given.".to_owned()
            }
            Verdict::Incomplete => format!(
                "{} of {} questions are still open. The score counts them as 0 until they are answered.",
                counts.open,
                counts.asked()
            ),
            Verdict::Clear if self.count_gates(GateState::Passed) == 0 => {
                "Every question is answered.".to_owned()
            }
            Verdict::Clear => {
                "Every question is answered, and no ground rule is broken.".to_owned()
            }
        }
    }

    pub(super) fn alerts(&self) -> Vec<String> {
        let mut alerts = Vec::new();
        let counts = self.scorecard.counts;
        if counts.many_not_applicable() {
            let all = counts.asked() + counts.not_applicable;
            alerts.push(format!(
                "{} of the {all} questions that could apply were set to \"not applicable\". Read the reasons before you compare this score.",
                counts.not_applicable
            ));
        }
        if let Some(answered) = Some(&self.assessment.answers.questionnaire)
            .filter(|id| **id != self.assessment.questionnaire.id)
        {
            alerts.push(format!("The answers were given to the questionnaire {answered} and are scored here under another one."));
        }
        let left_out: usize = self.scorecard.not_stated.iter().map(|(_, count)| count).sum();
        if left_out > 0 {
            alerts.push("Some facts are not stated, so questions that hang on them were not asked. See \"Not stated\".".to_owned());
        }
        alerts
    }

    pub(super) fn count_gates(&self, wanted: GateState) -> usize {
        self.scorecard.requirements().filter(|(_, each)| each.gate == Some(wanted)).count()
    }

    pub(super) fn gates(&self, wanted: GateState) -> Vec<GateWords> {
        let is_wanted =
            |(_, score): &((usize, usize), &RequirementScore)| score.gate == Some(wanted);
        let gate = |(place, score): ((usize, usize), &RequirementScore)| {
            let requirement = self.requirement(place);
            let finding =
                self.scorecard.gaps.findings.iter().find(|finding| finding.place == place);
            GateWords {
                id: requirement.id.to_string(),
                statement: requirement.statement.clone(),
                clause: clause(self.assessment, requirement),
                answers: score.items.iter().map(|item| self.answer(item)).collect(),
                steps: finding.map(|finding| self.steps(finding)).unwrap_or_default(),
            }
        };
        self.scorecard.requirements().filter(is_wanted).map(gate).collect()
    }

    pub(super) fn first_actions(&self) -> Vec<FirstActionWords> {
        let one = |action: &FirstAction| match action {
            FirstAction::Step(step, place) => {
                let words = self.step(*step);
                FirstActionWords {
                    action: words.action,
                    question: words.question,
                    requirement: Some(self.requirement(*place).id.to_string()),
                    statement: Some(self.requirement(*place).statement.clone()),
                    effort: words.effort,
                    after: words.after,
                }
            }
            FirstAction::Answer(at) => {
                let question = &self.assessment.questionnaire.questions[*at];
                FirstActionWords {
                    action: format!("Answer: {}", question.ask),
                    question: question.id.to_string(),
                    requirement: None,
                    statement: None,
                    effort: None,
                    after: Vec::new(),
                }
            }
        };
        self.scorecard.gaps.first_actions.iter().map(one).collect()
    }
}
