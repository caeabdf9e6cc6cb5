//! When something applies.

use super::QuestionId;
use std::fmt;

/// A condition over facts and answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Each of them holds.
    All(Vec<Condition>),
    /// At least one of them holds.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// The fact has one of these values.
    Fact {
        /// The fact.
        fact: String,
        /// The values.
        among: Vec<String>,
    },
    /// The answer to a question passes a test.
    Answer {
        /// The question.
        question: QuestionId,
        /// The test.
        test: AnswerTest,
    },
}

/// What an answer is tested for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnswerTest {
    /// This level or a higher one.
    AtLeastLevel(u32),
    /// One of these: `yes`, `no`, `unknown`, ids of options.
    Is(Vec<String>),
}

impl Condition {
    /// Calls `visit` for each test of a fact or an answer.
    pub fn visit<'a>(&'a self, visit: &mut dyn FnMut(&'a Condition)) {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.visit(visit)),
            Self::Not(part) => part.visit(visit),
            Self::Fact { .. } | Self::Answer { .. } => visit(self),
        }
    }

    /// The facts that it tests.
    pub fn facts(&self) -> Vec<&str> {
        let mut found = Vec::new();
        self.visit(&mut |part| {
            if let Self::Fact { fact, .. } = part {
                found.push(fact.as_str());
            }
        });
        found
    }

    /// Whether it tests a fact.
    pub fn mentions(&self, wanted: &str) -> bool {
        let mut found = false;
        self.visit(&mut |part| found |= matches!(part, Self::Fact { fact, .. } if fact == wanted));
        found
    }

    /// The questions whose answers it tests.
    pub fn questions(&self) -> Vec<&QuestionId> {
        let mut found = Vec::new();
        self.visit(&mut |part| {
            if let Self::Answer { question, .. } = part {
                found.push(question);
            }
        });
        found
    }
}

/// In words, as `role is model-developer or application-developer`.
impl fmt::Display for Condition {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let join = |parts: &[Self], word: &str| {
            parts.iter().map(Self::to_string).collect::<Vec<_>>().join(word)
        };
        match self {
            Self::All(parts) => out.write_str(&join(parts, " and ")),
            Self::Any(parts) => out.write_str(&join(parts, ", or ")),
            Self::Not(part) => write!(out, "not ({part})"),
            Self::Fact { fact, among } => write!(out, "{fact} is {}", among.join(" or ")),
            Self::Answer { question, test: AnswerTest::AtLeastLevel(level) } => {
                write!(out, "{question} is at level {level} or above")
            }
            Self::Answer { question, test: AnswerTest::Is(among) } => {
                write!(out, "{question} is answered {}", among.join(" or "))
            }
        }
    }
}
