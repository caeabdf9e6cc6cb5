//! What one organisation answered on one date.

use super::{Profile, QuestionId, Value};
use crate::digest::Digest;
use std::collections::BTreeMap;

/// The answers of one organisation, or for one system of it, on one date.
#[derive(Clone, Debug)]
pub struct Answers {
    /// Who or what is assessed.
    pub of: Subject,
    /// What is known of it, kind and stage included.
    pub profile: Profile,
    /// The language that the respondent writes in.
    pub language: Option<String>,
    /// The date, as `2026-11-02`.
    pub date: String,
    /// Whether that is another date than the answers' own.
    pub date_given: bool,
    /// Who answered.
    pub by: Vec<Respondent>,
    /// The questionnaire that was answered.
    pub questionnaire: String,
    /// What is claimed; questions that are not in it are open.
    pub given: BTreeMap<QuestionId, Answer>,
    /// Whether only answers that their respondents made public are in it; all others then count as
    /// open, whether or not they were answered.
    pub public_only: bool,
    /// Of the document's data.
    pub digest: Digest,
}

/// Who or what is assessed.
#[derive(Clone, Debug)]
pub struct Subject {
    /// The name.
    pub name: String,
    /// `organisation` or `system`.
    pub kind: String,
    /// Of a system: the stage of its journey.
    pub stage: Option<String>,
}

/// A person who answered.
#[derive(Clone, Debug)]
pub struct Respondent {
    /// The name.
    pub name: Option<String>,
    /// What the person does there.
    pub function: String,
}

/// One answer with what stands beside it.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// What is claimed.
    pub claim: Claim,
    /// What supports the claim.
    pub evidence: Vec<Evidence>,
    /// A remark.
    pub note: Option<String>,
    /// The function of the person who answered.
    pub by: Option<String>,
    /// Whether it may be shown to outsiders.
    pub public: bool,
}

/// What is claimed for one question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Claim {
    /// Nothing yet: 0 in low, 10 000 in high.
    #[default]
    Open,
    /// Answered.
    Value(Value),
    /// Said not to be known: scores 0 and is listed as such.
    Unknown,
    /// Left out of the mean; the reason is printed in the report.
    NotApplicable(String),
}

/// What supports a claim.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// What it is.
    pub title: String,
    /// Where it is.
    pub place: Place,
    /// Of the file, where it is at hand.
    pub digest: Option<Digest>,
}

/// Where evidence is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A file in the folder of the answers, relative to it.
    File(String),
    /// An https, http or mailto address.
    Link(String),
    /// Any other reference.
    Reference(String),
    /// Known inside the house, and not shown outside of it.
    Withheld,
}
