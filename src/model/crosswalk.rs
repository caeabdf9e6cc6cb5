//! Which questions speak to which clauses of an outside framework.

use super::QuestionId;
use crate::digest::Digest;

/// The clauses of a framework, and the questions that are mapped to each.
#[derive(Clone, Debug)]
pub struct Crosswalk {
    /// The id, as `nist-ai-rmf`.
    pub id: String,
    /// The framework as readers see it.
    pub title: String,
    /// Who issued it.
    pub issuer: String,
    /// When.
    pub date: Option<String>,
    /// What readers must know of it.
    pub notice: Option<String>,
    /// Its clauses, in the order of the file.
    pub clauses: Vec<MappedClause>,
    /// Of the document.
    pub digest: Digest,
}

/// A clause of a framework.
#[derive(Clone, Debug)]
pub struct MappedClause {
    /// The id that the framework gives it, as `MAP 1.1`.
    pub id: String,
    /// What it is about, in our own words.
    pub label: String,
    /// The heading that it stands under.
    pub group: Option<String>,
    /// Whether the id was checked against the framework's text or public listings of it.
    pub confirmed: bool,
    /// The questions that are mapped to it, each once.
    pub mappings: Vec<Mapping>,
    /// Why there are none; there if and only if there are none.
    pub reason: Option<String>,
}

/// A question that is mapped to a clause.
#[derive(Clone, Debug)]
pub struct Mapping {
    /// The question; some bank has it, but not every questionnaire asks it.
    pub question: QuestionId,
    /// How the question stands to the clause.
    pub relation: Relation,
    /// How sure that is.
    pub confidence: Confidence,
    /// Who says so: `ours`, or the name of the publisher.
    pub by: String,
}

/// How a question stands to a clause, seen from the question.
///
/// **Source:** NIST IR 8477, set theory relationship mapping.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// The question asks for what the clause asks for.
    Equal,
    /// The question asks for a part of what the clause asks for.
    SubsetOf,
    /// The question asks for all that the clause asks for, and for more.
    SupersetOf,
    /// The question asks for a part of what the clause asks for, and for something else.
    IntersectsWith,
}

impl Relation {
    /// All relations.
    pub const ALL: [Self; 4] =
        [Self::Equal, Self::SubsetOf, Self::SupersetOf, Self::IntersectsWith];

    /// The word for it in the file format and in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::SubsetOf => "subset-of",
            Self::SupersetOf => "superset-of",
            Self::IntersectsWith => "intersects-with",
        }
    }
}

/// How sure a mapping is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// A reader of both texts would hardly object.
    High,
    /// Plausible, and open to another reading.
    Medium,
    /// A hint where to look.
    Low,
}

impl Confidence {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::High, Self::Medium, Self::Low];

    /// The word for it in the file format and in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }
}
