//! `questionnaire/1`: the rules of its header, its sources and scale, and the banks that it asks from.

use super::conditions::{self, Known};
use super::order::After;
use super::requirement::requirement;
use super::{date, id, is_first, optional, score, slug, steps, text, version, weight, word};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::digest::Digest;
use crate::model::{
    Bank, Domain, DomainId, Facts, Level, Question, Questionnaire, Scale, SourceText, Weight,
};
use crate::raw::bank::RawBank;
use crate::raw::questionnaire::{RawDomain, RawQuestionnaire, RawRequirement, RawScaleLevel};
use crate::raw::{Text, Whole};
use std::collections::{BTreeMap, BTreeSet};

/// A bank under the name that a questionnaire gives it.
#[derive(Clone, Copy)]
pub struct NamedBank<'a> {
    /// The name.
    pub name: &'a Text,
    /// What its file says; `None` where it is not there or cannot be read.
    pub raw: Option<&'a RawBank>,
    /// What can be relied on of it.
    pub bank: Option<&'a Bank>,
}

/// What the names in a questionnaire are looked up in.
pub(super) struct Names<'a> {
    pub(super) known: Known<'a>,
    /// The questions of the banks, in their order.
    pub(super) questions: Vec<&'a Question>,
    /// Where each stands in `questions`.
    pub(super) places: BTreeMap<&'a str, usize>,
    /// The ids of all questions of the banks, faulty ones included.
    pub(super) declared: BTreeSet<&'a str>,
    /// Whether each bank that is named could be read to its end.
    pub(super) banks_are_there: bool,
    /// What each strength weighs; `None` without a header.
    pub(super) strengths: Option<BTreeMap<&'a str, Weight>>,
    /// The clauses of each source, where it lists them; `None` where no sources could be read.
    pub(super) sources: Option<BTreeMap<&'a str, Option<Vec<&'a str>>>>,
}

/// A questionnaire with the questions that it asks. `exists` says whether any bank has a question.
pub fn questionnaire(
    raw: &RawQuestionnaire,
    digest: Digest,
    facts: &Facts,
    banks: &[NamedBank<'_>],
    exists: &mut dyn FnMut(&str) -> bool,
    out: &mut Diagnostics,
) -> Option<Questionnaire> {
    banks_are_named_once(banks, out);
    question_ids_are_unique(banks, out);
    banks_are_used(raw, banks, out);
    ids_are_unique(raw, out);
    let names = names(raw, facts, banks, out);
    let domains = raw.domains.iter().flat_map(|list| &list.items);
    let domains: Vec<_> = domains.map(|each| domain(each, &names, out)).collect();
    conditions_are_sound(raw, banks, &names, exists, out);
    let raw_banks: Vec<_> = banks.iter().filter_map(|bank| bank.raw).collect();
    steps::can_be_ordered(&raw_banks, &[], exists, out);
    let order = order(raw, &raw_banks, out);
    let sources = source_texts(raw, out);
    let scale = scale(raw, out);
    let audience = audience(raw, out);
    let minutes = optional(&raw.minutes, |raw| minutes(raw, out));
    let id = raw.id.as_ref().and_then(|raw| slug(raw, out));
    let version = raw.version.as_ref().and_then(|raw| version(raw, out).map(|_| raw.value.clone()));
    raw.domains.as_ref()?;
    let mut whole = Questionnaire {
        id: id?,
        version: version?,
        title: text(&raw.title)?,
        summary: text(&raw.summary)?,
        language: text(&raw.language)?,
        audience: audience?,
        target: text(&raw.target),
        notice: text(&raw.notice),
        weighting: text(&raw.weighting),
        sources: sources?,
        banks: banks
            .iter()
            .filter_map(|named| named.bank)
            .map(|bank| (bank.theme.clone(), bank.title.clone(), bank.digest))
            .collect(),
        strengths: names
            .strengths
            .iter()
            .flatten()
            .map(|(name, weight)| ((*name).to_owned(), *weight))
            .collect(),
        scale: scale?,
        minutes: minutes?,
        domains: domains.into_iter().collect::<Option<_>>()?,
        questions: names.questions.into_iter().cloned().collect(),
        order: order?,
        digest,
    };
    keep_what_is_asked(&mut whole);
    Some(whole)
}

fn names<'a>(
    raw: &'a RawQuestionnaire,
    facts: &'a Facts,
    banks: &[NamedBank<'a>],
    out: &mut Diagnostics,
) -> Names<'a> {
    let questions: Vec<_> =
        banks.iter().filter_map(|named| named.bank).flat_map(|bank| &bank.questions).collect();
    let mut places = BTreeMap::new();
    for (at, question) in questions.iter().enumerate() {
        places.entry(question.id.as_str()).or_insert(at);
    }
    let by_id = places.iter().map(|(id, at)| (*id, questions[*at])).collect();
    let ids = banks.iter().filter_map(|named| named.raw).flat_map(RawBank::ids);
    Names {
        known: Known { facts, questions: by_id, asked: asked(raw) },
        questions,
        places,
        declared: ids.map(|id| id.value.as_str()).collect(),
        banks_are_there: raw.banks.is_some() && banks.iter().all(|named| named.bank.is_some()),
        strengths: strengths(raw, out),
        sources: sources(raw),
    }
}

/// The ids of all questions that requirements ask; `None` where a part of them cannot be read.
pub(super) fn asked(raw: &RawQuestionnaire) -> Option<BTreeSet<&str>> {
    let domains = raw.domains.as_ref().filter(|list| list.items.len() == list.written)?;
    let mut asked = BTreeSet::new();
    for domain in &domains.items {
        let list = domain.requirements.as_ref();
        for requirement in &list.filter(|list| list.items.len() == list.written)?.items {
            let list = requirement.asked_by.as_ref();
            for question in &list.filter(|list| list.items.len() == list.written)?.items {
                asked.insert(question.question.as_ref()?.value.as_str());
            }
        }
    }
    Some(asked)
}

/// Y018, Y020: what each strength weighs. One with a fault keeps its name, so that requirements
/// find it.
fn strengths<'a>(
    raw: &'a RawQuestionnaire,
    out: &mut Diagnostics,
) -> Option<BTreeMap<&'a str, Weight>> {
    let strengths = raw.strengths.as_ref()?;
    strengths.keys().for_each(|name| drop(slug(name, out)));
    let weights = strengths.entries.iter().map(|(name, raw)| (name, weight(raw, out)));
    let weights: Vec<_> = weights.collect();
    let unread = strengths.unread.iter().map(|name| (name, None));
    let all = weights.into_iter().chain(unread);
    Some(all.map(|(name, weight)| (name.value.as_str(), weight.unwrap_or(Weight::ONE))).collect())
}

fn sources(raw: &RawQuestionnaire) -> Option<BTreeMap<&str, Option<Vec<&str>>>> {
    let sources = raw.sources.as_ref()?;
    let read = sources.entries.iter().map(|(key, source)| {
        let list = source.clauses.as_ref();
        let clauses = list.map(|list| list.items.iter().map(|text| text.value.as_str()).collect());
        (key.value.as_str(), clauses)
    });
    Some(read.chain(sources.unread.iter().map(|key| (key.value.as_str(), None))).collect())
}

/// Y022: the sources; a date of theirs is one.
fn source_texts(raw: &RawQuestionnaire, out: &mut Diagnostics) -> Option<Vec<SourceText>> {
    let entries = raw.sources.iter().flat_map(|sources| &sources.entries);
    let texts: Vec<_> = entries
        .map(|(key, raw)| {
            let date = optional(&raw.date, |raw| date(raw, out));
            Some(SourceText {
                key: key.value.clone(),
                title: text(&raw.title)?,
                short: text(&raw.short),
                issuer: text(&raw.issuer)?,
                date: date?,
                nature: text(&raw.nature),
            })
        })
        .collect();
    raw.sources.as_ref()?;
    texts.into_iter().collect()
}

const AUDIENCES: [(&str, &str); 3] =
    [("organisation", "organisation"), ("public-body", "public-body"), ("system", "system")];

fn audience(raw: &RawQuestionnaire, out: &mut Diagnostics) -> Option<Vec<String>> {
    let raws = raw.audience.iter().flat_map(|list| &list.items);
    let words: Vec<_> = raws.map(|raw| word(raw, &AUDIENCES, out)).collect();
    words.into_iter().map(|word| word.map(str::to_owned)).collect()
}

/// Y018: a questionnaire takes some time.
fn minutes(raw: &Whole, out: &mut Diagnostics) -> Option<u32> {
    if raw.value == 0 {
        let fault =
            Diagnostic::error(Code::Y018, "a questionnaire takes at least a minute", raw.span);
        out.push(fault.help("say how many minutes, or drop the line to have them computed"));
    }
    Some(raw.value).filter(|minutes| *minutes > 0)
}

/// Q101, Q104: an id belongs to one domain, or to one requirement.
fn ids_are_unique(raw: &RawQuestionnaire, out: &mut Diagnostics) {
    let mut seen = BTreeMap::new();
    let domains = raw.domains.iter().flat_map(|list| &list.items);
    for id in domains.filter_map(|domain| domain.id.as_ref()) {
        is_first(&mut seen, id, Code::Q101, "domain id", out);
    }
    let mut seen = BTreeMap::new();
    for id in requirements(raw).filter_map(|requirement| requirement.id.as_ref()) {
        is_first(&mut seen, id, Code::Q104, "requirement id", out);
    }
}

fn requirements(raw: &RawQuestionnaire) -> impl Iterator<Item = &RawRequirement> {
    let domains = raw.domains.iter().flat_map(|list| &list.items);
    domains.flat_map(|domain| &domain.requirements).flat_map(|list| &list.items)
}

/// Q113: the bands of a scale start at 0 and rise.
fn scale(raw: &RawQuestionnaire, out: &mut Diagnostics) -> Option<Scale> {
    let Some(list) = &raw.scale else { return Some(Scale::default()) };
    let levels: Vec<_> = list.items.iter().map(|level| scale_level(level, out)).collect();
    let levels = levels.into_iter().collect::<Option<Vec<_>>>();
    let scale = Scale::new(levels.filter(|levels| levels.len() == list.written)?);
    if scale.is_none() {
        let message = "the bands of the scale do not start at 0 and rise";
        let fault = Diagnostic::error(Code::Q113, message, list.span);
        out.push(fault.help("begin with `{from: 0, level: …}` and let `from` rise"));
    }
    scale
}

fn scale_level(raw: &RawScaleLevel, out: &mut Diagnostics) -> Option<Level> {
    let from = raw.from.as_ref().and_then(|raw| score(raw, out));
    Some(Level { from: from?, name: text(&raw.level)? })
}

fn domain(raw: &RawDomain, names: &Names<'_>, out: &mut Diagnostics) -> Option<Domain> {
    let raws = raw.requirements.iter().flat_map(|list| &list.items);
    let requirements: Vec<_> = raws.map(|each| requirement(each, names, out)).collect();
    let weight = optional(&raw.weight, |raw| weight(raw, out));
    let id = raw.id.as_ref().and_then(|raw| id(raw, DomainId::new, out));
    raw.requirements.as_ref()?;
    Some(Domain {
        id: id?,
        title: text(&raw.title)?,
        weight: weight?.unwrap_or(Weight::ONE),
        requirements: requirements.into_iter().collect::<Option<_>>()?,
    })
}

/// Q125: a bank is named once.
fn banks_are_named_once(banks: &[NamedBank<'_>], out: &mut Diagnostics) {
    let mut seen = BTreeMap::new();
    for bank in banks {
        let first = *seen.entry(bank.name.value.as_str()).or_insert(bank.name.span);
        if first != bank.name.span {
            let message = format!("the bank `{}` is named twice", bank.name.value);
            let fault = Diagnostic::error(Code::Q125, message, bank.name.span).label("again here");
            out.push(fault.related(first, "first here").help("delete one of the two"));
        }
    }
}

/// B101: no two banks have a question of the same id.
fn question_ids_are_unique(banks: &[NamedBank<'_>], out: &mut Diagnostics) {
    let mut seen: BTreeMap<&str, (&Text, &Text)> = BTreeMap::new();
    for (name, raw) in banks.iter().filter_map(|bank| Some((bank.name, bank.raw?))) {
        for id in raw.ids() {
            let (first, of) = *seen.entry(id.value.as_str()).or_insert((id, name));
            if of.value != name.value {
                let (id_of, of) = (&id.value, &of.value);
                let message =
                    format!("the banks `{of}` and `{}` both have a question `{id_of}`", name.value);
                let fault = Diagnostic::error(Code::B101, message, name.span);
                let fault = fault.related(first.span, "the one").related(id.span, "the other");
                out.push(fault.help("give one of the two another id"));
            }
        }
    }
}

/// Q112: each bank that is named is asked from.
fn banks_are_used(raw: &RawQuestionnaire, banks: &[NamedBank<'_>], out: &mut Diagnostics) {
    let Some(asked) = asked(raw) else { return };
    for (name, bank) in banks.iter().filter_map(|bank| Some((bank.name, bank.raw?))) {
        if bank.questions.is_some() && !bank.ids().any(|id| asked.contains(id.value.as_str())) {
            let message = format!("nothing is asked from the bank `{}`", name.value);
            let fault = Diagnostic::warning(Code::Q112, message, name.span);
            out.push(fault.help("drop it from `banks`"));
        }
    }
}

/// The conditions of requirements, and of the questions that they ask, can be decided and met.
fn conditions_are_sound(
    raw: &RawQuestionnaire,
    banks: &[NamedBank<'_>],
    names: &Names<'_>,
    exists: &mut dyn FnMut(&str) -> bool,
    out: &mut Diagnostics,
) {
    let known = &names.known;
    let is_asked = |id: &str| known.asked.as_ref().is_none_or(|asked| asked.contains(id));
    let questions = banks.iter().filter_map(|bank| bank.raw).flat_map(RawBank::questions);
    let asked = questions.filter(|each| each.id.as_ref().is_some_and(|id| is_asked(&id.value)));
    let of_questions = asked.filter_map(|question| question.applies_when.as_ref());
    let of_requirements = requirements(raw).filter_map(|each| each.applies_when.as_ref());
    for condition in of_requirements.chain(of_questions) {
        conditions::is_sound(condition, known, exists, out);
    }
}

/// Q117: what is asked in an order in which each question comes after those that it hangs on, by
/// its own condition or by that of a requirement that asks it.
fn order(raw: &RawQuestionnaire, banks: &[&RawBank], out: &mut Diagnostics) -> Option<Vec<usize>> {
    let known: BTreeSet<_> =
        banks.iter().flat_map(|bank| bank.ids()).map(|id| id.value.as_str()).collect();
    let mut seen = BTreeSet::new();
    let mut ids = Vec::new();
    let mut hangs_on = Vec::new();
    for requirement in requirements(raw) {
        let list = requirement.asked_by.iter().flat_map(|list| &list.items);
        for name in list.filter_map(|asked| asked.question.as_ref()).map(|text| text.value.as_str())
        {
            if known.contains(name) && seen.insert(name) {
                ids.push(name);
            }
            let Some(condition) = &requirement.applies_when else { continue };
            let at = condition.span;
            let others = condition.questions().into_iter();
            hangs_on.extend(others.map(|other| After { name, other: &other.value, at }));
        }
    }
    hangs_on.extend(banks.iter().flat_map(|bank| conditions::own_conditions(bank)));
    let banks = banks.iter().map(|bank| bank.span.source);
    let sources: Vec<_> = std::iter::once(raw.span.source).chain(banks).collect();
    conditions::can_be_decided(&ids, &hangs_on, &sources, out)
}

/// Drops the questions that no requirement asks, and puts the others in the order in which they are
/// asked.
fn keep_what_is_asked(whole: &mut Questionnaire) {
    let mut new_place = BTreeMap::new();
    let mut kept = Vec::new();
    let requirements = whole.domains.iter_mut().flat_map(|domain| &mut domain.requirements);
    for asked in requirements.flat_map(|each| &mut each.asked_by) {
        asked.question = *new_place.entry(asked.question).or_insert_with(|| {
            kept.push(whole.questions[asked.question].clone());
            kept.len() - 1
        });
    }
    whole.questions = kept;
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
