//! The rules of a requirement: its clauses, what it weighs, what it asks, and its gate.

use super::questionnaire::Names;
use super::{conditions, id, optional, score, text, weight, word};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, one_of};
use crate::model::{
    Aggregate, Asked, Clause, Condition, Kind, Question, Requirement, RequirementId, Weight,
};
use crate::raw::Text;
use crate::raw::questionnaire::{RawAsked, RawClause, RawRequirement};
use std::collections::BTreeMap;

const AGGREGATES: [(&str, Aggregate); 2] =
    [("mean", Aggregate::Mean), ("weakest", Aggregate::Weakest)];
const QUALIFIERS: [(&str, &str); 2] =
    [("appropriate", "as appropriate"), ("feasible", "where feasible")];

pub(super) fn requirement(
    raw: &RawRequirement,
    names: &Names<'_>,
    out: &mut Diagnostics,
) -> Option<Requirement> {
    let id = raw.id.as_ref().and_then(|raw| id(raw, RequirementId::new, out));
    let clauses = raw.source.iter().flat_map(|source| &source.0);
    let clauses: Vec<_> = clauses.map(|each| clause(each, names, out)).collect();
    let qualifiers = raw.qualifier.iter().flat_map(|qualifier| &qualifier.0);
    let qualifiers: Vec<_> = qualifiers.map(|each| word(each, &QUALIFIERS, out)).collect();
    let aggregate = optional(&raw.aggregate, |raw| word(raw, &AGGREGATES, out));
    let applies_when =
        optional(&raw.applies_when, |raw| conditions::condition(raw, names.known.facts, out));
    let gate = optional(&raw.gate, |gate| score(gate.at_least.as_ref()?, out));
    let weight = requirement_weight(raw, names, out);
    something_is_asked(raw, out);
    listed_is_nothing_else(raw, out);
    each_is_asked_once(raw, out);
    let asked_by = raw.asked_by.iter().flat_map(|list| &list.items);
    let asked_by: Vec<_> = asked_by.filter_map(|each| asked(each, names, out)).collect();
    gate_questions_are_essential(raw, names, out);
    gate_weighs_something(raw, &asked_by, out);
    if let Some(Some(own)) = &applies_when {
        conditions_are_met_together(raw, own, &asked_by, names, out);
    }
    raw.source.as_ref()?;
    raw.asked_by.as_ref()?;
    Some(Requirement {
        id: id?,
        statement: text(&raw.statement)?,
        clauses: clauses.into_iter().collect::<Option<_>>()?,
        strength: text(&raw.strength),
        qualifiers: qualifiers
            .into_iter()
            .map(|words| words.map(str::to_owned))
            .collect::<Option<_>>()?,
        weight: weight?,
        aggregate: aggregate?.unwrap_or(Aggregate::Mean),
        gate: gate?,
        applies_when: applies_when?,
        asked_by,
        listed: text(&raw.listed),
    })
}

/// Q107, Q108: a clause stands in a source of the questionnaire.
fn clause(raw: &RawClause, names: &Names<'_>, out: &mut Diagnostics) -> Option<Clause> {
    let (document, clause) = (raw.document.as_ref()?, raw.clause.as_ref()?);
    if let Some(sources) = &names.sources {
        match sources.get(document.value.as_str()) {
            None => {
                let message = format!("`{}` is not among the sources", document.value);
                let fault = Diagnostic::error(Code::Q107, message, document.span);
                out.push(fault.maybe_help(one_of(&document.value, sources.keys().copied())));
            }
            Some(Some(known)) if !known.contains(&clause.value.as_str()) => {
                let message = format!("`{}` has no clause `{}`", document.value, clause.value);
                let fault = Diagnostic::error(Code::Q108, message, clause.span);
                out.push(fault.maybe_help(one_of(&clause.value, known.iter().copied())));
            }
            Some(_) => {}
        }
    }
    let rows = super::texts(&raw.rows);
    Some(Clause { document: document.value.clone(), clause: clause.value.clone(), rows })
}

/// Q106, Q121: the weight comes from the strength, or is given, or is that of a gate.
fn requirement_weight(
    raw: &RawRequirement,
    names: &Names<'_>,
    out: &mut Diagnostics,
) -> Option<Weight> {
    let given = raw.weight.as_ref().map(|raw| (raw, weight(raw, out)));
    let strength = raw.strength.as_ref().map(|raw| (raw, strength(raw, names, out)));
    match (strength, given) {
        (Some((strength, _)), Some((given, _))) => {
            let message = "the requirement has a strength and a weight";
            let fault = Diagnostic::error(Code::Q106, message, given.span);
            let fault = fault.related(strength.span, "the strength gives a weight");
            out.push(fault.help("keep one of the two"));
            None
        }
        (Some((_, weight)), None) | (None, Some((_, weight))) => weight,
        (None, None) if raw.gate.is_some() || raw.listed.is_some() => Some(Weight::ZERO),
        (None, None) => {
            // A gate, strength or weight that cannot be read has its own fault.
            if !["gate", "listed", "strength", "weight"].iter().any(|key| raw.keys.has_value(key)) {
                let at = raw.id.as_ref().map_or(raw.span, |id| id.span);
                let message = "the requirement has neither strength nor weight";
                let fault = Diagnostic::error(Code::Q121, message, at);
                out.push(fault.help("say the `strength`, or a `weight`"));
            }
            None
        }
    }
}

/// Q105: a strength is one of the questionnaire's header.
fn strength(raw: &Text, names: &Names<'_>, out: &mut Diagnostics) -> Option<Weight> {
    let known = names.strengths.as_ref();
    let found = known.and_then(|known| known.get(raw.value.as_str()).copied());
    if found.is_none() {
        let message = format!("`{}` is no strength of this questionnaire", raw.value);
        let known = known.into_iter().flat_map(|known| known.keys().copied());
        let known: Vec<_> = known.collect();
        let help = one_of(&raw.value, known.iter().copied()).unwrap_or_else(|| {
            format!(
                "say what it weighs in `strengths` at the top, as `strengths: {{{}: 3}}`",
                raw.value
            )
        });
        out.push(Diagnostic::error(Code::Q105, message, raw.span).help(help));
    }
    found
}

/// Q110: a requirement asks something, or is listed.
fn something_is_asked(raw: &RawRequirement, out: &mut Diagnostics) {
    if let Some(list) = &raw.asked_by
        && list.written == 0
        && !raw.keys.has_value("listed")
    {
        let fault = Diagnostic::error(Code::Q110, "the requirement asks nothing", list.span);
        out.push(fault.help("name a question, or say why it is only `listed`"));
    }
}

/// Q123: what is only listed asks nothing and is no gate.
fn listed_is_nothing_else(raw: &RawRequirement, out: &mut Diagnostics) {
    let Some(listed) = raw.keys.at("listed").filter(|_| raw.keys.has_value("listed")) else {
        return;
    };
    if let Some(list) = raw.asked_by.as_ref().filter(|list| list.written > 0) {
        let message = "the requirement is listed and asks something";
        let fault = Diagnostic::error(Code::Q123, message, list.span);
        let fault = fault.related(listed, "listed here");
        out.push(fault.help("empty `asked-by`, or drop `listed`"));
    }
    if let Some(gate) = raw.keys.at("gate").filter(|_| raw.keys.has_value("gate")) {
        let message = "the requirement is listed and is a gate, which nothing could pass";
        let fault = Diagnostic::error(Code::Q123, message, gate);
        out.push(fault.related(listed, "listed here").help("drop `gate`, or drop `listed`"));
    }
}

/// Q103: a requirement asks a question, or an option of it, once.
fn each_is_asked_once(raw: &RawRequirement, out: &mut Diagnostics) {
    let mut seen = BTreeMap::new();
    for asked in raw.asked_by.iter().flat_map(|list| &list.items) {
        let Some(question) = &asked.question else { continue };
        let option = asked.option.as_ref().map(|option| option.value.as_str());
        let first = *seen.entry((question.value.as_str(), option)).or_insert(question.span);
        if first != question.span {
            let message = match option {
                Some(option) => format!("option `{option}` of `{}` is asked twice", question.value),
                None => format!("question `{}` is asked twice", question.value),
            };
            let fault = Diagnostic::error(Code::Q103, message, question.span).label("again here");
            out.push(fault.related(first, "first here").help("keep one of the two"));
        }
    }
}

/// Q102: a question that is asked is one of the banks.
fn asked(raw: &RawAsked, names: &Names<'_>, out: &mut Diagnostics) -> Option<Asked> {
    let weight = optional(&raw.weight, |raw| weight(raw, out));
    let name = raw.question.as_ref()?;
    let Some(question) = names.places.get(name.value.as_str()).copied() else {
        // A faulty question has its own fault, and a missing bank might have this one.
        if names.banks_are_there && !names.declared.contains(name.value.as_str()) {
            let message = format!("none of the banks has a question `{}`", name.value);
            let fault = Diagnostic::error(Code::Q102, message, name.span);
            out.push(fault.maybe_help(one_of(&name.value, names.places.keys().copied())));
        }
        return None;
    };
    let option = optional(&raw.option, |raw| checklist_option(raw, names.questions[question], out));
    Some(Asked { question, option: option?, weight: weight?.unwrap_or(Weight::ONE) })
}

/// A104: the option that counts is one of a checklist.
fn checklist_option(raw: &Text, question: &Question, out: &mut Diagnostics) -> Option<usize> {
    let id = &question.id;
    let Kind::Checklist { options, exclusive } = &question.kind else {
        let message = format!("`{id}` has no option `{}` to tick", raw.value);
        let help = format!("drop `option`; `{id}` is of type {}", question.kind.word());
        out.push(Diagnostic::error(Code::A104, message, raw.span).help(help));
        return None;
    };
    let found = options.iter().position(|option| option.id == raw.value);
    if found == Some(*exclusive) {
        let message =
            format!("`{}` of `{id}` says \"none of these\" and achieves nothing", raw.value);
        out.push(
            Diagnostic::error(Code::A104, message, raw.span)
                .help("name an option that can be achieved"),
        );
        return None;
    }
    if found.is_none() {
        let message = format!("`{id}` has no option `{}` to tick", raw.value);
        let help = one_of(&raw.value, options.iter().map(|option| option.id.as_str()));
        out.push(Diagnostic::error(Code::A104, message, raw.span).maybe_help(help));
    }
    found
}

/// Q109: nothing behind a gate can be avoided.
fn gate_questions_are_essential(raw: &RawRequirement, names: &Names<'_>, out: &mut Diagnostics) {
    let Some(gate) = raw.keys.at("gate").filter(|_| raw.keys.has_value("gate")) else { return };
    let list = raw.asked_by.iter().flat_map(|list| &list.items);
    for name in list.filter_map(|asked| asked.question.as_ref()) {
        let question = names.known.questions.get(name.value.as_str());
        if question.is_some_and(|question| !question.essential) {
            let message = format!("`{}` stands behind a gate and is not essential", name.value);
            let fault = Diagnostic::error(Code::Q109, message, name.span);
            let fault = fault.related(gate, "the gate");
            out.push(fault.help(format!("add `essential: true` to `{}`", name.value)));
        }
    }
}

/// Q124: something behind a gate weighs something.
fn gate_weighs_something(raw: &RawRequirement, asked: &[Asked], out: &mut Diagnostics) {
    let Some(gate) = &raw.gate else { return };
    let all_are_read = raw.asked_by.as_ref().is_some_and(|list| list.written == asked.len());
    if all_are_read && !asked.is_empty() && asked.iter().all(|each| each.weight == Weight::ZERO) {
        let message = "all questions of the gate weigh nothing";
        let fault = Diagnostic::error(Code::Q124, message, gate.span);
        out.push(fault.help("give one of them a weight"));
    }
}

/// Q118: the condition of a requirement and that of a question that it asks can both hold.
fn conditions_are_met_together(
    raw: &RawRequirement,
    own: &Condition,
    asked: &[Asked],
    names: &Names<'_>,
    out: &mut Diagnostics,
) {
    let at = raw.applies_when.as_ref().map_or(raw.span, |raw| raw.span);
    let can_hold = |condition: &Condition| conditions::can_hold(condition, &names.known);
    for question in asked.iter().map(|asked| names.questions[asked.question]) {
        let Some(other) = &question.applies_when else { continue };
        let both = Condition::All(vec![own.clone(), other.clone()]);
        // One that contradicts itself has its own fault.
        if can_hold(own) && can_hold(other) && !can_hold(&both) {
            let id = &question.id;
            let message = format!("the condition can never hold together with that of `{id}`");
            let fault = Diagnostic::error(Code::Q118, message, at);
            out.push(fault.help(format!("change one of the two, or do not ask `{id}` here")));
        }
    }
}
