//! The scores that are wanted, by rule.

use super::{DomainId, Profile, RequirementId, Score};
use crate::digest::Digest;

/// A target: what is wanted of whom.
#[derive(Clone, Debug)]
pub struct Target {
    /// The id, as `proportionate`.
    pub id: String,
    /// As readers see it.
    pub title: String,
    /// Wanted where no rule matches.
    pub default: Score,
    /// The rules.
    pub rules: Vec<Rule>,
    /// Of the document.
    pub digest: Digest,
}

/// A rule of a target.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Facts that must hold, each with one of the values.
    pub when: Vec<(String, Vec<String>)>,
    /// Only requirements of this domain.
    pub domain: Option<DomainId>,
    /// Only this requirement.
    pub requirement: Option<RequirementId>,
    /// What is wanted.
    pub at_least: Score,
    /// Why.
    pub because: String,
}

impl Target {
    /// The rules that hold for a profile. A rule over a fact that is not stated never holds.
    pub fn for_profile(&self, profile: &Profile) -> Wanted<'_> {
        let holds = |rule: &&Rule| {
            rule.when.iter().all(|(fact, among)| {
                profile
                    .get(fact)
                    .is_some_and(|stated| stated.iter().any(|value| among.contains(value)))
            })
        };
        Wanted { default: self.default, rules: self.rules.iter().filter(holds).collect() }
    }
}

/// What is wanted of one profile.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    default: Score,
    rules: Vec<&'a Rule>,
}

impl<'a> Wanted<'a> {
    /// What is wanted of a requirement, and the rule that says so (`None`: the default).
    ///
    /// - Unit and range: basis points, 0 ..= 10 000.
    /// - Source: method edition 1, section 5. A rule that names a requirement beats one that names
    ///   a domain, which beats one that names neither; among equals the one with more facts wins,
    ///   then the higher target.
    pub fn of(&self, domain: &DomainId, requirement: &RequirementId) -> (Score, Option<&'a Rule>) {
        let place = |rule: &Rule| (rule.requirement.is_some(), rule.domain.is_some());
        self.rules
            .iter()
            .filter(|rule| rule.requirement.as_ref().is_none_or(|wanted| wanted == requirement))
            .filter(|rule| rule.domain.as_ref().is_none_or(|wanted| wanted == domain))
            .max_by_key(|rule| (place(rule), rule.when.len(), rule.at_least))
            .map_or((self.default, None), |rule| (rule.at_least, Some(*rule)))
    }
}
