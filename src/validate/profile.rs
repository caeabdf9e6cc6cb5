//! `profile/1`: the rules of facts.

use super::{is_first, slug, word};
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

fn fact(raw: &RawFact, out: &mut Diagnostics) -> Option<Fact> {
    let raw_id = raw.id.as_ref()?;
    let id = slug(raw_id, out)?;
    if WORDS.contains(&id.as_str()) {
        let message = format!("a fact cannot be called `{id}`");
        let fault = Diagnostic::error(Code::P103, message, raw_id.span);
        out.push(fault.help("choose another name; conditions use this word"));
    }
    let kind = word(raw.kind.as_ref()?, &KINDS, out)?;
    let mut options = Vec::new();
    let mut seen = BTreeMap::new();
    for option in raw.options.iter().flat_map(|list| &list.items) {
        let (Some(id), Some(text)) = (&option.id, &option.text) else { continue };
        if is_first(&mut seen, id, Code::B106, "option", out) {
            options.push((slug(id, out)?, text.value.clone()));
        }
    }
    let lists = matches!(kind, FactKind::One | FactKind::Many);
    if lists && options.len() < 2 || !lists && raw.options.is_some() {
        let message = if lists {
            format!("fact `{id}` needs at least two options")
        } else {
            format!("fact `{id}` is a yes-no or a text and has no options")
        };
        out.push(Diagnostic::error(Code::P102, message, raw_id.span));
    }
    let required = raw.required.as_ref().is_some_and(|flag| flag.value);
    Some(Fact { id, ask: raw.ask.as_ref()?.value.clone(), kind, required, options })
}
