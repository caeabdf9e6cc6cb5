//! `target/1`: the rules of wanted scores.

use super::{id, score, slug};
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
    Some(Target {
        id: slug(raw.id.as_ref()?, out)?,
        title: raw.title.as_ref()?.value.clone(),
        default: score(raw.default.as_ref()?, out)?,
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
    let domain = match &raw.domain {
        Some(text) => Some(id(text, DomainId::new, out)?),
        None => None,
    };
    let requirement = match &raw.requirement {
        Some(text) => Some(id(text, RequirementId::new, out)?),
        None => None,
    };
    Some(Rule {
        when: when
            .map(|(fact, values)| {
                (fact.value.clone(), values.items.iter().map(|value| value.value.clone()).collect())
            })
            .collect(),
        domain,
        requirement,
        at_least: score(raw.at_least.as_ref()?, out)?,
        because: raw.because.as_ref()?.value.clone(),
    })
}

/// T101: the facts and values of a rule can be stated here.
fn facts_can_match(raw: &RawRule, facts: &Facts, out: &mut Diagnostics) {
    for (name, values) in raw.when.iter().flat_map(|when| &when.entries) {
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
