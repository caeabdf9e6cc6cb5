//! What can be known of an organisation or a system, and what is.

use crate::digest::Digest;
use std::collections::BTreeMap;

/// What kind of values a fact has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactKind {
    /// One of its options.
    One,
    /// Any of its options.
    Many,
    /// `yes` or `no`.
    YesNo,
    /// Any text.
    Text,
}

/// Something that can be stated.
#[derive(Clone, Debug)]
pub struct Fact {
    /// The id, as `size`.
    pub id: String,
    /// How the respondent is asked for it.
    pub ask: String,
    /// What kind of values it has.
    pub kind: FactKind,
    /// Whether it must be stated where a questionnaire uses it.
    pub required: bool,
    /// Id and text of each value; empty for yes-no and text.
    pub options: Vec<(String, String)>,
}

impl Fact {
    /// The ids of its values; empty for a text, which may have any.
    pub fn values(&self) -> Vec<&str> {
        match self.kind {
            FactKind::YesNo => vec!["yes", "no"],
            _ => self.options.iter().map(|(id, _)| id.as_str()).collect(),
        }
    }

    /// Whether a word is one of its values.
    pub fn allows(&self, value: &str) -> bool {
        self.kind == FactKind::Text || self.values().contains(&value)
    }

    /// A value in words.
    pub fn words<'a>(&'a self, value: &'a str) -> &'a str {
        self.options.iter().find(|(id, _)| id == value).map_or(value, |(_, text)| text)
    }
}

/// All facts that can be stated.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// In the order of their documents.
    pub facts: Vec<Fact>,
    /// Of the documents that they come from.
    pub digest: Digest,
}

impl Facts {
    /// The fact that says whether an organisation or a system is assessed; it stands under `of`.
    pub const KIND: &'static str = "kind";
    /// The fact that says how far a system is on its journey; it stands under `of`.
    pub const STAGE: &'static str = "stage";
    /// The fact that effort is estimated by.
    pub const SIZE: &'static str = "size";

    /// The fact with this id.
    pub fn get(&self, id: &str) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.id == id)
    }

    /// The ids of all facts.
    pub fn ids(&self) -> impl Iterator<Item = &str> + Clone {
        self.facts.iter().map(|fact| fact.id.as_str())
    }
}

/// What is stated: the values of each fact, none of them empty.
pub type Profile = BTreeMap<String, Vec<String>>;
