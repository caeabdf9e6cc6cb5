//! The rules of what is stated of the organisation or system.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest, one_of};
use crate::model::{Fact, FactKind, Facts, Profile, Questionnaire};
use crate::raw::Text;
use crate::raw::answers::RawAnswers;
use crate::source::Spanned;
use std::collections::BTreeSet;

/// A112: what is stated are facts. Kind and stage come from `of`.
pub(super) fn profile(raw: &RawAnswers, facts: &Facts, out: &mut Diagnostics) -> Profile {
    let mut profile = Profile::new();
    for (name, stated) in raw.profile.iter().flat_map(|profile| &profile.entries) {
        let stands_under_of = name.value == Facts::KIND || name.value == Facts::STAGE;
        match facts.get(&name.value) {
            _ if stands_under_of => {
                let message = format!("`{}` is not part of the profile", name.value);
                let fault = Diagnostic::error(Code::A112, message, name.span);
                let example = format!("of: {{name: \"…\", {}: …}}", name.value);
                out.push(fault.help(format!("write it under `of`, as `{example}`")));
            }
            Some(fact) => state(&mut profile, fact, &stated.0, out),
            None => {
                let message = format!("there is no fact `{}`", name.value);
                let fault = Diagnostic::error(Code::A112, message, name.span);
                out.push(fault.maybe_help(one_of(&name.value, facts.ids())));
            }
        }
    }
    subject(raw, &mut profile, facts, out);
    profile
}

/// A113: kind and stage, as `of` says them; a system alone has a stage.
fn subject(raw: &RawAnswers, profile: &mut Profile, facts: &Facts, out: &mut Diagnostics) {
    let kind = raw.of.as_ref().and_then(|of| of.kind.clone());
    let stage = raw.of.as_ref().and_then(|of| of.stage.clone());
    let span = raw.of.as_ref().map_or(raw.span, |of| of.span);
    let kind = kind.unwrap_or(Spanned { value: "organisation".to_owned(), span });
    if let Some(stage) = stage.as_ref().filter(|_| kind.value == "organisation") {
        let message = "an organisation has no stage; an AI system of it has one";
        let fault = Diagnostic::error(Code::A113, message, stage.span);
        out.push(fault.help("drop `stage`, or write `kind: system`"));
    }
    for (name, stated) in [(Facts::KIND, Some(kind)), (Facts::STAGE, stage)] {
        if let (Some(fact), Some(value)) = (facts.get(name), stated) {
            state(profile, fact, &[value], out);
        }
    }
}

/// A113: each value is one of the fact, and only a fact of type many has several.
fn state(profile: &mut Profile, fact: &Fact, stated: &[Text], out: &mut Diagnostics) {
    for value in stated.iter().filter(|value| !fact.allows(&value.value)) {
        let message = format!("fact `{}` has no value `{}`", fact.id, value.value);
        let fault = Diagnostic::error(Code::A113, message, value.span);
        out.push(fault.maybe_help(one_of(&value.value, fact.values())));
    }
    if let [_, second, ..] = stated
        && fact.kind != FactKind::Many
    {
        let message = format!("fact `{}` has one value", fact.id);
        out.push(
            Diagnostic::error(Code::A113, message, second.span).help("keep the one that holds"),
        );
    }
    if !stated.is_empty() {
        let values: BTreeSet<_> = stated.iter().map(|text| text.value.clone()).collect();
        profile.insert(fact.id.clone(), values.into_iter().collect());
    }
}

/// A114: facts that must be stated are, where the questionnaire uses them.
pub(super) fn required_facts_are_stated(
    raw: &RawAnswers,
    questionnaire: &Questionnaire,
    facts: &Facts,
    profile: &Profile,
    out: &mut Diagnostics,
) {
    if raw.profile.is_none() && raw.keys.has_value("profile") {
        return;
    }
    let used = questionnaire.facts_used();
    let required = facts.facts.iter().filter(|fact| fact.required);
    let missing = required.filter(|fact| {
        used.contains(fact.id.as_str())
            && !profile.contains_key(&fact.id)
            && !is_stated_wrongly(raw, fact, facts)
    });
    for fact in missing {
        let message =
            format!("the profile does not state `{}`, which decides what is asked", fact.id);
        let stands_under_of = fact.id == Facts::KIND || fact.id == Facts::STAGE;
        let place = if stands_under_of { "of" } else { "profile" };
        let help = match fact.values().as_slice() {
            [] => format!("add `{}:` under `{place}`", fact.id),
            values => format!("add `{}:` under `{place}`, one of: {}", fact.id, values.join(", ")),
        };
        let at = raw.keys.at(place).unwrap_or(raw.span);
        out.push(Diagnostic::error(Code::A114, message, at).help(help));
    }
}

/// Whether the profile has a key that means this fact and has a fault of its own.
fn is_stated_wrongly(raw: &RawAnswers, fact: &Fact, facts: &Facts) -> bool {
    let Some(profile) = &raw.profile else { return false };
    let is_misspelt = |key: &Text| {
        facts.get(&key.value).is_none()
            && nearest(&key.value, facts.ids()) == Some(fact.id.as_str())
    };
    profile.keys().any(is_misspelt) || profile.unread.iter().any(|key| key.value == fact.id)
}
