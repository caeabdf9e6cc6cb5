//! `target/1`: the rules of wanted scores.

use super::conditions::is_not_empty;
use super::{id, optional, score, slug, text};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, one_of};
use crate::digest::Digest;
use crate::model::{DomainId, Facts, RequirementId, Rule, Target};
use crate::raw::target::{RawRule, RawTarget};

/// A target. Names of domains and requirements are not checked: one target serves many questionnaires.
pub fn target(
    raw: &RawTarget,
    digest: Digest,
    facts: &Facts,
    out: &mut Diagnostics,
) -> Option<Target> {
    let rules: Vec<_> =
        raw.rules.iter().flat_map(|list| &list.items).map(|each| rule(each, facts, out)).collect();
    let id = raw.id.as_ref().and_then(|raw| slug(raw, out));
    let default = raw.default.as_ref().and_then(|raw| score(raw, out));
    Some(Target {
        id: id?,
        title: text(&raw.title)?,
        default: default?,
        rules: rules.into_iter().collect::<Option<_>>()?,
        digest,
    })
}

fn rule(raw: &RawRule, facts: &Facts, out: &mut Diagnostics) -> Option<Rule> {
    if let (Some(domain), Some(requirement)) = (&raw.domain, &raw.requirement) {
        let message = "the rule names a domain and a requirement";
        let fault = Diagnostic::error(Code::T102, message, requirement.span);
        out.push(fault.related(domain.span, "the domain").help("name the requirement only"));
    }
    facts_can_match(raw, facts, out);
    let when = raw.when.iter().flat_map(|when| &when.entries);
    let domain = optional(&raw.domain, |raw| id(raw, DomainId::new, out));
    let requirement = optional(&raw.requirement, |raw| id(raw, RequirementId::new, out));
    let at_least = raw.at_least.as_ref().and_then(|raw| score(raw, out));
    Some(Rule {
        when: when
            .map(|(fact, values)| {
                (fact.value.clone(), values.items.iter().map(|value| value.value.clone()).collect())
            })
            .collect(),
        domain: domain?,
        requirement: requirement?,
        at_least: at_least?,
        because: text(&raw.because)?,
    })
}

/// T101, Y025: the facts and values of a rule can be stated here.
fn facts_can_match(raw: &RawRule, facts: &Facts, out: &mut Diagnostics) {
    for (name, values) in raw.when.iter().flat_map(|when| &when.entries) {
        is_not_empty(values, out);
        let Some(fact) = facts.get(&name.value) else {
            let message = format!("there is no fact `{}`, so the rule never matches", name.value);
            let fault = Diagnostic::warning(Code::T101, message, name.span);
            out.push(fault.maybe_help(one_of(&name.value, facts.ids())));
            continue;
        };
        for value in values.items.iter().filter(|value| !fact.allows(&value.value)) {
            let message = format!("fact `{}` has no value `{}`", fact.id, value.value);
            let fault = Diagnostic::warning(Code::T101, message, value.span);
            out.push(fault.maybe_help(one_of(&value.value, fact.values())));
        }
    }
}
