//! What a source text asks for, and which questions evidence it.

use super::{Condition, DomainId, Question, QuestionId, RequirementId, Scale, Score, Weight};
use crate::digest::Digest;
use std::collections::BTreeSet;

/// The place of a question in [`Questionnaire::questions`].
pub type QuestionIndex = usize;

/// A questionnaire with the questions that it asks.
#[derive(Clone, Debug)]
pub struct Questionnaire {
    /// The id, as `hiroshima-code-of-conduct`.
    pub id: String,
    /// Three numbers.
    pub version: String,
    /// As readers see it.
    pub title: String,
    /// What it is for.
    pub summary: String,
    /// The language of its texts.
    pub language: String,
    /// For whom it is.
    pub audience: Vec<String>,
    /// The id of the target that gaps are measured against.
    pub target: Option<String>,
    /// What each report says of its limits.
    pub notice: Option<String>,
    /// Where the weights come from.
    pub weighting: Option<String>,
    /// The source texts.
    pub sources: Vec<SourceText>,
    /// Theme, title and digest of each bank that it asks from.
    pub banks: Vec<(String, String, Digest)>,
    /// What each strength weighs.
    pub strengths: Vec<(String, Weight)>,
    /// The named bands of scores.
    pub scale: Scale,
    /// How long it takes, where the author says so. Unit: minutes.
    pub minutes: Option<u32>,
    /// The domains.
    pub domains: Vec<Domain>,
    /// All questions that a requirement asks, in the order in which they are first asked.
    pub questions: Vec<Question>,
    /// The questions in an order in which each comes after those that its condition hangs on.
    pub order: Vec<QuestionIndex>,
    /// Of the document.
    pub digest: Digest,
}

/// A source text.
#[derive(Clone, Debug)]
pub struct SourceText {
    /// The short key that requirements name.
    pub key: String,
    /// Its title.
    pub title: String,
    /// What it is called where it stands beside others.
    pub short: Option<String>,
    /// Who issued it.
    pub issuer: String,
    /// When.
    pub date: Option<String>,
    /// What force it has.
    pub nature: Option<String>,
}

impl SourceText {
    /// What it is called where there is little room.
    pub fn short_title(&self) -> &str {
        self.short.as_deref().unwrap_or(&self.title)
    }
}

/// A theme of the source.
#[derive(Clone, Debug)]
pub struct Domain {
    /// The id, as `HCOC-1`.
    pub id: DomainId,
    /// The theme in words.
    pub title: String,
    /// What it weighs in the overall score.
    pub weight: Weight,
    /// What the source asks for.
    pub requirements: Vec<Requirement>,
}

/// What a source asks for.
#[derive(Clone, Debug)]
pub struct Requirement {
    /// The id, as `HCOC-1.b`.
    pub id: RequirementId,
    /// What is asked for, in our own words.
    pub statement: String,
    /// Where the source asks for it.
    pub clauses: Vec<Clause>,
    /// How strong the source is here, where the weight comes from it.
    pub strength: Option<String>,
    /// The source's own limits, in words.
    pub qualifiers: Vec<String>,
    /// What it weighs in its domain.
    pub weight: Weight,
    /// How its questions make its score.
    pub aggregate: Aggregate,
    /// The score below which it fails whatever the mean says.
    pub gate: Option<Score>,
    /// Who is asked.
    pub applies_when: Option<Condition>,
    /// The questions that evidence it.
    pub asked_by: Vec<Asked>,
    /// Why it is listed and not asked.
    pub listed: Option<String>,
}

/// A place in a source text.
#[derive(Clone, Debug)]
pub struct Clause {
    /// The key of the source.
    pub document: String,
    /// The clause, as `Action 1`.
    pub clause: String,
    /// Ids of rows of our own list of what the source asks for.
    pub rows: Vec<String>,
}

/// A question in a requirement.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// The question.
    pub question: QuestionIndex,
    /// The one option of a checklist that counts here.
    pub option: Option<usize>,
    /// What it weighs in the requirement.
    pub weight: Weight,
}

/// How questions make the score of a requirement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aggregate {
    /// The weighted mean.
    Mean,
    /// The lowest.
    Weakest,
}

impl Aggregate {
    /// The word for it in the file format.
    pub fn word(self) -> &'static str {
        match self {
            Self::Mean => "mean",
            Self::Weakest => "weakest",
        }
    }
}

impl Questionnaire {
    /// The place of the question with this id.
    pub fn question(&self, id: &QuestionId) -> Option<QuestionIndex> {
        self.questions.iter().position(|question| question.id == *id)
    }

    /// The facts that conditions test, of its requirements and of the questions that they ask.
    pub fn facts_used(&self) -> BTreeSet<&str> {
        let conditions = self.requirements().filter_map(|(_, each)| each.applies_when.as_ref());
        let own = self.questions.iter().filter_map(|question| question.applies_when.as_ref());
        conditions.chain(own).flat_map(Condition::facts).collect()
    }

    /// All requirements with their domains.
    pub fn requirements(&self) -> impl Iterator<Item = (&Domain, &Requirement)> {
        self.domains
            .iter()
            .flat_map(|domain| domain.requirements.iter().map(move |each| (domain, each)))
    }
}
