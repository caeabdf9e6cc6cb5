//! All that a score depends on, and what a report explains it with.

use super::{Answer, Answers, Claim, Facts, Glossary, QuestionIndex, Questionnaire, Target};
use std::sync::Arc;

/// Answers with the questionnaire that they are scored under.
#[derive(Clone, Debug)]
pub struct Assessment {
    /// The questionnaire.
    pub questionnaire: Arc<Questionnaire>,
    /// The facts that can be stated.
    pub facts: Arc<Facts>,
    /// The target; without one there are no gaps.
    pub target: Option<Arc<Target>>,
    /// Who answered what when; of what is given, only what other questionnaires ask.
    pub answers: Answers,
    /// The words that questions explain.
    pub glossary: Arc<Glossary>,
    /// An answer for each question of the questionnaire, an open one where nothing is given.
    given: Vec<Answer>,
}

impl Assessment {
    /// Puts the answers beside the questions.
    pub fn new(
        questionnaire: Arc<Questionnaire>,
        facts: Arc<Facts>,
        target: Option<Arc<Target>>,
        mut answers: Answers,
        glossary: Arc<Glossary>,
    ) -> Self {
        let questions = questionnaire.questions.iter();
        let given = questions
            .map(|question| answers.given.remove(&question.id).unwrap_or_default())
            .collect();
        Self { questionnaire, facts, target, answers, glossary, given }
    }

    /// The answer to a question.
    pub fn answer(&self, question: QuestionIndex) -> &Answer {
        &self.given[question]
    }
    /// The same with other answers to some questions. What supports an answer does not support another
    /// one, so evidence goes.
    pub fn moved(&self, to: impl IntoIterator<Item = (QuestionIndex, Claim)>) -> Self {
        let mut moved = self.clone();
        for (at, claim) in to {
            let public = self.given[at].public;
            moved.given[at] = Answer { claim, public, ..Answer::default() };
        }
        moved
    }
}
