//! `questionnaire/1`: the rules of sources, weights, gates, and of what asks what.

use super::{conditions, id, is_first, score, slug, weight, word};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, one_of};
use crate::digest::Digest;
use crate::model::{
    Aggregate, Asked, Bank, Clause, Condition, Domain, DomainId, Facts, Kind, Level, Question,
    Questionnaire, Requirement, RequirementId, Scale, SourceText, Weight,
};
use crate::raw::Text;
use crate::raw::condition::RawCondition;
use crate::raw::questionnaire::{RawAsked, RawClause, RawDomain, RawQuestionnaire, RawRequirement};
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What the names in a questionnaire are looked up in.
struct Names<'a> {
    facts: &'a Facts,
    /// The questions of the banks that it names, in their order.
    questions: Vec<&'a Question>,
    /// Where each stands in `questions`.
    places: BTreeMap<&'a str, usize>,
    strengths: BTreeMap<String, Weight>,
    sources: BTreeMap<&'a str, Option<Vec<&'a str>>>,
}

/// A questionnaire with the questions that it asks.
pub fn questionnaire(
    raw: &RawQuestionnaire,
    digest: Digest,
    facts: &Facts,
    banks: &[Arc<Bank>],
    out: &mut Diagnostics,
) -> Option<Questionnaire> {
    let questions: Vec<_> = banks.iter().flat_map(|bank| &bank.questions).collect();
    let places = questions.iter().enumerate().map(|(at, each)| (each.id.as_str(), at)).collect();
    let names =
        Names { facts, questions, places, strengths: strengths(raw, out), sources: sources(raw) };
    ids_are_unique(raw, out);
    let domains: Vec<_> = raw
        .domains
        .iter()
        .flat_map(|list| &list.items)
        .map(|each| domain(each, &names, out))
        .collect();
    let domains = domains.into_iter().collect::<Option<Vec<_>>>();
    let scale = scale(raw, out);
    let audience = raw.audience.iter().flat_map(|list| &list.items);
    let audience: Vec<_> = audience.map(|each| slug(each, out)).collect();
    let header = header(raw, out);
    banks_are_used(raw, banks, domains.as_deref(), &names, out);
    let (id, version) = header?;
    let mut whole = Questionnaire {
        id,
        version,
        title: raw.title.as_ref()?.value.clone(),
        summary: raw.summary.as_ref()?.value.clone(),
        language: raw.language.as_ref()?.value.clone(),
        audience: audience.into_iter().collect::<Option<_>>()?,
        target: raw.target.as_ref().map(|text| text.value.clone()),
        notice: raw.notice.as_ref().map(|text| text.value.clone()),
        sources: source_texts(raw)?,
        banks: banks
            .iter()
            .map(|bank| (bank.theme.clone(), bank.title.clone(), bank.digest))
            .collect(),
        strengths: names.strengths.into_iter().collect(),
        scale: scale?,
        minutes: raw.minutes.as_ref().map(|whole| whole.value),
        domains: domains?,
        questions: names.questions.into_iter().cloned().collect(),
        order: Vec::new(),
        digest,
    };
    keep_what_is_asked(&mut whole);
    conditions_are_met_together(raw, &whole, facts, out);
    whole.order = order(raw, &whole, out)?;
    Some(whole)
}

/// Y020, Y023: id and version.
fn header(raw: &RawQuestionnaire, out: &mut Diagnostics) -> Option<(String, String)> {
    let id = slug(raw.id.as_ref()?, out);
    let version = raw.version.as_ref()?;
    if super::answers::version_parts(&version.value).is_none() {
        let message = format!("`{}` is no version", version.value);
        let fault = Diagnostic::error(Code::Y023, message, version.span);
        out.push(fault.help("write three numbers, as `1.0.0`"));
        return None;
    }
    Some((id?, version.value.clone()))
}

fn strengths(raw: &RawQuestionnaire, out: &mut Diagnostics) -> BTreeMap<String, Weight> {
    let entries = raw.strengths.iter().flat_map(|strengths| &strengths.entries);
    entries.filter_map(|(name, raw)| Some((slug(name, out)?, weight(raw, out)?))).collect()
}

fn sources(raw: &RawQuestionnaire) -> BTreeMap<&str, Option<Vec<&str>>> {
    let entries = raw.sources.iter().flat_map(|sources| &sources.entries);
    let clauses = entries.map(|(key, source)| {
        let list = source.clauses.as_ref().map(|list| &list.items);
        (
            key.value.as_str(),
            list.map(|items| items.iter().map(|text| text.value.as_str()).collect()),
        )
    });
    clauses.collect()
}

fn source_texts(raw: &RawQuestionnaire) -> Option<Vec<SourceText>> {
    let text = |raw: &Option<Text>| raw.as_ref().map(|text| text.value.clone());
    let entries = &raw.sources.as_ref()?.entries;
    let source = |(key, raw): &(Text, crate::raw::questionnaire::RawSource)| {
        Some(SourceText {
            key: key.value.clone(),
            title: text(&raw.title)?,
            issuer: text(&raw.issuer)?,
            date: text(&raw.date),
            nature: text(&raw.nature),
        })
    };
    entries.iter().map(source).collect()
}

/// Q101, Q104: an id belongs to one domain, or to one requirement.
fn ids_are_unique(raw: &RawQuestionnaire, out: &mut Diagnostics) {
    let domains = || raw.domains.iter().flat_map(|list| &list.items);
    let mut seen = BTreeMap::new();
    for id in domains().filter_map(|domain| domain.id.as_ref()) {
        is_first(&mut seen, id, Code::Q101, "domain id", out);
    }
    let mut seen = BTreeMap::new();
    let requirements =
        domains().flat_map(|domain| &domain.requirements).flat_map(|list| &list.items);
    for id in requirements.filter_map(|requirement| requirement.id.as_ref()) {
        is_first(&mut seen, id, Code::Q104, "requirement id", out);
    }
}

/// Q113: the bands of a scale start at 0 and rise.
fn scale(raw: &RawQuestionnaire, out: &mut Diagnostics) -> Option<Scale> {
    let Some(list) = &raw.scale else { return Some(Scale::default()) };
    let mut levels = Vec::new();
    for level in &list.items {
        levels.push(Level {
            from: score(level.from.as_ref()?, out)?,
            name: level.level.as_ref()?.value.clone(),
        });
    }
    let scale = Scale::new(levels);
    if scale.is_none() {
        let fault = Diagnostic::error(
            Code::Q113,
            "the bands of the scale do not start at 0 and rise",
            list.span,
        );
        out.push(fault.help("begin with `{from: 0, level: …}` and let `from` rise"));
    }
    scale
}

fn domain(raw: &RawDomain, names: &Names<'_>, out: &mut Diagnostics) -> Option<Domain> {
    let raws = raw.requirements.iter().flat_map(|list| &list.items);
    let requirements: Vec<_> = raws.map(|each| requirement(each, names, out)).collect();
    let domain_weight = raw.weight.as_ref().map_or(Some(Weight::ONE), |raw| weight(raw, out));
    Some(Domain {
        id: id(raw.id.as_ref()?, DomainId::new, out)?,
        title: raw.title.as_ref()?.value.clone(),
        weight: domain_weight?,
        requirements: requirements.into_iter().collect::<Option<_>>()?,
    })
}

const AGGREGATES: [(&str, Aggregate); 2] =
    [("mean", Aggregate::Mean), ("weakest", Aggregate::Weakest)];
const QUALIFIERS: [(&str, &str); 2] =
    [("appropriate", "as appropriate"), ("feasible", "where feasible")];

fn requirement(
    raw: &RawRequirement,
    names: &Names<'_>,
    out: &mut Diagnostics,
) -> Option<Requirement> {
    let clauses = raw.source.iter().flat_map(|source| &source.0);
    let clauses: Vec<_> = clauses.map(|each| clause(each, names, out)).collect();
    let qualifiers = raw.qualifier.iter().flat_map(|qualifier| &qualifier.0);
    let qualifiers: Vec<_> = qualifiers.map(|each| word(each, &QUALIFIERS, out)).collect();
    let aggregate =
        raw.aggregate.as_ref().map_or(Some(Aggregate::Mean), |raw| word(raw, &AGGREGATES, out));
    let applies_when = match &raw.applies_when {
        Some(raw) => conditions::condition(raw, names.facts, out).map(Some),
        None => Some(None),
    };
    let gate = match &raw.gate {
        Some(gate) => gate.at_least.as_ref().and_then(|raw| score(raw, out)).map(Some),
        None => Some(None),
    };
    let weight = requirement_weight(raw, names, out);
    let asked_by = asked_by(raw, names, out);
    gate_questions_are_essential(raw, &asked_by, names, out);
    Some(Requirement {
        id: id(raw.id.as_ref()?, RequirementId::new, out)?,
        statement: raw.statement.as_ref()?.value.clone(),
        clauses: clauses.into_iter().collect::<Option<_>>()?,
        strength: raw.strength.as_ref().map(|text| text.value.clone()),
        qualifiers: qualifiers
            .into_iter()
            .map(|words| words.map(str::to_owned))
            .collect::<Option<_>>()?,
        weight: weight?,
        aggregate: aggregate?,
        gate: gate?,
        applies_when: applies_when?,
        asked_by,
        listed: raw.listed.as_ref().map(|text| text.value.clone()),
    })
}

/// Q107, Q108: a clause stands in a source of the questionnaire.
fn clause(raw: &RawClause, names: &Names<'_>, out: &mut Diagnostics) -> Option<Clause> {
    let (document, clause) = (raw.document.as_ref()?, raw.clause.as_ref()?);
    match names.sources.get(document.value.as_str()) {
        None => {
            let message = format!("`{}` is not among the sources", document.value);
            let fault = Diagnostic::error(Code::Q107, message, document.span);
            out.push(fault.maybe_help(one_of(&document.value, names.sources.keys().copied())));
        }
        Some(Some(known)) if !known.contains(&clause.value.as_str()) => {
            let message = format!("`{}` has no clause `{}`", document.value, clause.value);
            let fault = Diagnostic::error(Code::Q108, message, clause.span);
            out.push(fault.maybe_help(one_of(&clause.value, known.iter().copied())));
        }
        Some(_) => {}
    }
    let rows =
        raw.rows.iter().flat_map(|list| &list.items).map(|text| text.value.clone()).collect();
    Some(Clause { document: document.value.clone(), clause: clause.value.clone(), rows })
}

/// Q105, Q106, Q121: the weight comes from the strength, or is given, or is that of a gate.
fn requirement_weight(
    raw: &RawRequirement,
    names: &Names<'_>,
    out: &mut Diagnostics,
) -> Option<Weight> {
    match (&raw.strength, &raw.weight) {
        (Some(strength), Some(given)) => {
            let fault = Diagnostic::error(
                Code::Q106,
                "the requirement has a strength and a weight",
                given.span,
            );
            out.push(
                fault
                    .related(strength.span, "the strength gives a weight")
                    .help("keep one of the two"),
            );
            None
        }
        (Some(strength), None) => {
            let found = names.strengths.get(&strength.value).copied();
            if found.is_none() {
                let message = format!("`{}` is no strength of this questionnaire", strength.value);
                let fault = Diagnostic::error(Code::Q105, message, strength.span);
                out.push(fault.maybe_help(one_of(
                    &strength.value,
                    names.strengths.keys().map(String::as_str),
                )));
            }
            found
        }
        (None, Some(given)) => weight(given, out),
        (None, None) if raw.gate.is_some() || raw.listed.is_some() => Some(Weight::ZERO),
        (None, None) => {
            let span = raw.id.as_ref().map_or(raw.span, |id| id.span);
            let fault = Diagnostic::error(
                Code::Q121,
                "the requirement has neither strength nor weight",
                span,
            );
            out.push(fault.help("say the `strength` of the source's own verb, or a `weight`"));
            None
        }
    }
}

/// Q102, Q103, Q110, Q123: what a requirement asks, each question once.
fn asked_by(raw: &RawRequirement, names: &Names<'_>, out: &mut Diagnostics) -> Vec<Asked> {
    let Some(list) = &raw.asked_by else { return Vec::new() };
    match &raw.listed {
        None if list.items.is_empty() => {
            let fault = Diagnostic::error(Code::Q110, "the requirement asks nothing", list.span);
            out.push(fault.help("name a question, or say why it is only `listed`"));
        }
        Some(listed) if !list.items.is_empty() => {
            let fault = Diagnostic::error(
                Code::Q123,
                "the requirement is listed and asks something",
                list.span,
            );
            out.push(
                fault
                    .related(listed.span, "listed here")
                    .help("empty `asked-by`, or drop `listed`"),
            );
        }
        _ => {}
    }
    let mut seen = BTreeMap::new();
    for question in list.items.iter().filter_map(|asked| asked.question.as_ref()) {
        is_first(&mut seen, question, Code::Q103, "question", out);
    }
    list.items.iter().filter_map(|each| asked(each, names, out)).collect()
}

fn asked(raw: &RawAsked, names: &Names<'_>, out: &mut Diagnostics) -> Option<Asked> {
    let name = raw.question.as_ref()?;
    let Some(question) = names.places.get(name.value.as_str()).copied() else {
        let message = format!("none of the banks has a question `{}`", name.value);
        let fault = Diagnostic::error(Code::Q102, message, name.span);
        out.push(fault.maybe_help(one_of(&name.value, names.places.keys().copied())));
        return None;
    };
    let option = match &raw.option {
        Some(option) => Some(checklist_option(option, names.questions[question], out)?),
        None => None,
    };
    let weight = raw.weight.as_ref().map_or(Some(Weight::ONE), |raw| weight(raw, out))?;
    Some(Asked { question, option, weight })
}

/// A104: the option that counts is one of a checklist.
fn checklist_option(raw: &Text, question: &Question, out: &mut Diagnostics) -> Option<usize> {
    let options = match &question.kind {
        Kind::Checklist { options, .. } => options.as_slice(),
        _ => &[],
    };
    let found = options.iter().position(|option| option.id == raw.value);
    if found.is_none() {
        let message = format!("`{}` has no option `{}` to tick", question.id, raw.value);
        let known = options.iter().map(|option| option.id.as_str());
        out.push(
            Diagnostic::error(Code::A104, message, raw.span).maybe_help(one_of(&raw.value, known)),
        );
    }
    found
}

/// Q109, Q124: nothing behind a gate can be avoided or weighs nothing.
fn gate_questions_are_essential(
    raw: &RawRequirement,
    asked: &[Asked],
    names: &Names<'_>,
    out: &mut Diagnostics,
) {
    let Some(gate) = &raw.gate else { return };
    for asked in asked {
        let question = names.questions[asked.question];
        if !question.essential {
            let message = format!("`{}` stands behind a gate and is not essential", question.id);
            let fault = Diagnostic::error(Code::Q109, message, gate.span);
            out.push(fault.help(format!("add `essential: true` to `{}`", question.id)));
        }
    }
    if !asked.is_empty() && asked.iter().all(|asked| asked.weight == Weight::ZERO) {
        let fault =
            Diagnostic::error(Code::Q124, "all questions of the gate weigh nothing", gate.span);
        out.push(fault.help("give one of them a weight"));
    }
}

/// Q112: each bank that is named is asked from.
fn banks_are_used(
    raw: &RawQuestionnaire,
    banks: &[Arc<Bank>],
    domains: Option<&[Domain]>,
    names: &Names<'_>,
    out: &mut Diagnostics,
) {
    let Some(domains) = domains else { return };
    let requirements = domains.iter().flat_map(|domain| &domain.requirements);
    let asked: BTreeSet<_> =
        requirements.flat_map(|each| &each.asked_by).map(|asked| asked.question).collect();
    for name in raw.banks.iter().flat_map(|list| &list.items) {
        let Some(bank) = banks.iter().find(|bank| bank.theme == name.value) else { continue };
        let mut places =
            bank.questions.iter().filter_map(|question| names.places.get(question.id.as_str()));
        if !places.any(|at| asked.contains(at)) {
            let message = format!("nothing is asked from the bank `{}`", name.value);
            out.push(
                Diagnostic::warning(Code::Q112, message, name.span).help("drop it from `banks`"),
            );
        }
    }
}

/// Drops the questions that no requirement asks.
fn keep_what_is_asked(whole: &mut Questionnaire) {
    let asked: BTreeSet<_> = whole
        .requirements()
        .flat_map(|(_, each)| &each.asked_by)
        .map(|asked| asked.question)
        .collect();
    let new_place: BTreeMap<_, _> =
        asked.iter().enumerate().map(|(new, old)| (*old, new)).collect();
    let requirements = whole.domains.iter_mut().flat_map(|domain| &mut domain.requirements);
    for asked in requirements.flat_map(|each| &mut each.asked_by) {
        asked.question = new_place[&asked.question];
    }
    whole.questions = asked.into_iter().map(|old| whole.questions[old].clone()).collect();
}

/// Q118: a question's own condition and that of a requirement that asks it can both hold.
fn conditions_are_met_together(
    raw: &RawQuestionnaire,
    whole: &Questionnaire,
    facts: &Facts,
    out: &mut Diagnostics,
) {
    for (requirement, raw) in whole.requirements().map(|(_, each)| each).zip(raw_requirements(raw))
    {
        let (Some(own), Some(raw)) = (&requirement.applies_when, &raw.applies_when) else {
            continue;
        };
        for asked in &requirement.asked_by {
            if let Some(condition) = &whole.questions[asked.question].applies_when {
                let both = Condition::All(vec![own.clone(), condition.clone()]);
                conditions::is_possible(&both, raw.span, facts, out);
            }
        }
    }
}

fn raw_requirements(raw: &RawQuestionnaire) -> impl Iterator<Item = &RawRequirement> {
    let domains = raw.domains.iter().flat_map(|list| &list.items);
    domains.flat_map(|domain| &domain.requirements).flat_map(|list| &list.items)
}

/// Q117: the questions in an order in which each comes after those that it hangs on.
fn order(
    raw: &RawQuestionnaire,
    whole: &Questionnaire,
    out: &mut Diagnostics,
) -> Option<Vec<usize>> {
    let mut hangs_on: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); whole.questions.len()];
    let place = |id| whole.question(id);
    for (at, question) in whole.questions.iter().enumerate() {
        let own = question.applies_when.iter().flat_map(Condition::questions);
        hangs_on[at].extend(own.filter_map(place));
    }
    for (_, requirement) in whole.requirements() {
        let tested: Vec<_> = requirement
            .applies_when
            .iter()
            .flat_map(Condition::questions)
            .filter_map(place)
            .collect();
        for asked in &requirement.asked_by {
            hangs_on[asked.question].extend(&tested);
        }
    }
    let mut order = Vec::with_capacity(whole.questions.len());
    let mut left: Vec<usize> = (0..whole.questions.len()).collect();
    while !left.is_empty() {
        let before = left.len();
        left.retain(|at| {
            let ready = hangs_on[*at].iter().all(|other| order.contains(other));
            if ready {
                order.push(*at);
            }
            !ready
        });
        if left.len() == before {
            let ids: Vec<_> =
                left.iter().map(|at| format!("`{}`", whole.questions[*at].id)).collect();
            let message = format!("conditions hang on each other: {}", ids.join(", "));
            let span: Span = raw.domains.as_ref()?.span;
            let fault = Diagnostic::error(Code::Q117, message, span);
            out.push(
                fault.help("drop one of their conditions, so that one question can be asked first"),
            );
            return None;
        }
    }
    Some(order)
}

/// The conditions of a questionnaire as its file says them.
pub(crate) fn raw_conditions(raw: &RawQuestionnaire) -> impl Iterator<Item = &RawCondition> {
    raw_requirements(raw).filter_map(|requirement| requirement.applies_when.as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Score;

    #[test]
    fn a_scale_of_its_own_must_start_at_zero() {
        let level =
            |from, name: &str| Level { from: Score::saturating(from), name: name.to_owned() };
        assert!(Scale::new(vec![level(0, "low"), level(5000, "high")]).is_some());
        assert!(Scale::new(vec![level(1, "low")]).is_none());
        assert!(Scale::new(vec![level(0, "low"), level(0, "high")]).is_none());
    }
}
