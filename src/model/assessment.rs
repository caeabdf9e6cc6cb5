//! All that a score depends on, and what a report explains it with.

use std::sync::Arc;

use super::{Answer, Answers, Claim, Facts, Glossary, QuestionIndex, Questionnaire, Target};

/// Answers with the questionnaire that they are scored under.
#[derive(Clone, Debug)]
pub struct Assessment {
    /// The questionnaire.
    pub questionnaire: Arc<Questionnaire>,
    /// The facts that can be stated.
    pub facts: Arc<Facts>,
    /// The target; without one there are no gaps.
    pub target: Option<Arc<Target>>,
    /// The answers.
    pub answers: Answers,
    /// The words that questions explain.
    pub glossary: Arc<Glossary>,
}

const OPEN: &Answer =
    &Answer { claim: Claim::Open, evidence: Vec::new(), note: None, by: None, public: false };

impl Assessment {
    /// The answer to a question; an open one where nothing is given.
    pub fn answer(&self, question: QuestionIndex) -> &Answer {
        let id = &self.questionnaire.questions[question].id;
        self.answers.given.get(id).unwrap_or(OPEN)
    }
}
