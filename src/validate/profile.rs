//! `profile/1`: the rules of facts.

use super::{is_first, slug, text, word};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Fact, FactKind};
use crate::raw::condition::WORDS;
use crate::raw::profile::{RawFact, RawFacts};
use std::collections::BTreeMap;

const KINDS: [(&str, FactKind); 4] = [
    ("one", FactKind::One),
    ("many", FactKind::Many),
    ("yes-no", FactKind::YesNo),
    ("text", FactKind::Text),
];

/// The facts of one document.
pub fn facts(raw: &RawFacts, out: &mut Diagnostics) -> Vec<Fact> {
    let raws = raw.facts.iter().flat_map(|list| &list.items);
    let mut seen = BTreeMap::new();
    for id in raws.clone().filter_map(|fact| fact.id.as_ref()) {
        is_first(&mut seen, id, Code::P101, "fact", out);
    }
    raws.filter_map(|raw| fact(raw, out)).collect()
}

/// P103: a fact is not called as a word of conditions.
fn fact(raw: &RawFact, out: &mut Diagnostics) -> Option<Fact> {
    let id = raw.id.as_ref().and_then(|raw| slug(raw, out));
    if let Some(raw) = raw.id.as_ref().filter(|raw| WORDS.contains(&raw.value.as_str())) {
        let message = format!("a fact cannot be called `{}`", raw.value);
        let fault = Diagnostic::error(Code::P103, message, raw.span);
        out.push(fault.help("choose another name; conditions use this word"));
    }
    let kind = raw.kind.as_ref().and_then(|raw| word(raw, &KINDS, out));
    let options = options(raw, out);
    kind.into_iter().for_each(|kind| options_fit_the_type(raw, kind, out));
    let required = raw.required.as_ref().is_some_and(|flag| flag.value);
    // A fact without its question has its own fault, and can be named all the same.
    let ask = text(&raw.ask).unwrap_or_default();
    Some(Fact { id: id?, ask, kind: kind?, required, options })
}

/// B106: the values of a fact, each id once. One without its text is a value all the same.
fn options(raw: &RawFact, out: &mut Diagnostics) -> Vec<(String, String)> {
    let mut options = Vec::new();
    let mut seen = BTreeMap::new();
    for option in raw.options.iter().flat_map(|list| &list.items) {
        let Some(raw_id) = &option.id else { continue };
        let is_first = is_first(&mut seen, raw_id, Code::B106, "option", out);
        let id = slug(raw_id, out).filter(|_| is_first);
        options.extend(id.map(|id| (id, text(&option.text).unwrap_or_default())));
    }
    options
}

/// P102: one and many have at least two options; yes-no and text have none.
fn options_fit_the_type(raw: &RawFact, kind: FactKind, out: &mut Diagnostics) {
    if raw.options.is_none() && raw.keys.has_value("options") {
        return;
    }
    let Some(id) = &raw.id else { return };
    let lists = matches!(kind, FactKind::One | FactKind::Many);
    let written = raw.options.as_ref().map_or(0, |list| list.written);
    if lists && written < 2 {
        let message = format!("fact `{}` needs at least two options", id.value);
        let fault = Diagnostic::error(Code::P102, message, id.span);
        out.push(fault.help("add options, as `{id: micro, text: \"Up to 9\"}`"));
    } else if !lists && raw.options.is_some() {
        let message = format!("fact `{}` is a yes-no or a text and has no options", id.value);
        let fault = Diagnostic::error(Code::P102, message, id.span);
        out.push(fault.help("delete `options`, or write `type: one`"));
    }
}
