//! From what files say to what the program may rely on: runs the rules, gathers every diagnostic.

mod answers;
mod bank;
mod claim;
mod conditions;
mod crosswalk;
mod evidence;
mod options;
mod order;
mod profile;
mod questionnaire;
mod requirement;
mod stated;
mod steps;
mod target;

pub use answers::{LookUp, answers};
pub use bank::{Vocabulary, bank, bank_among_others, glossary, questions_are_asked};
pub use crosswalk::crosswalk;
pub use evidence::{EvidenceFile, EvidenceFiles, evidence_paths, nothing_at_hand, stays_inside};
pub use profile::facts;
pub use questionnaire::{NamedBank, questionnaire};
pub use target::target;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, one_of};
use crate::model::id::is_slug;
use crate::model::{Score, Weight};
use crate::raw::{List, Text, Whole, whole};
use crate::source::{Span, Spanned};
use std::collections::BTreeMap;

/// Y018, Y027: a score is at most 10 000 basis points, and not meant in percent.
fn score(raw: &Whole, out: &mut Diagnostics) -> Option<Score> {
    if (1..=100).contains(&raw.value) {
        let message = format!("a score is in basis points, so {} is next to nothing", raw.value);
        let fault = Diagnostic::warning(Code::Y027, message, raw.span);
        out.push(fault.help(format!("write {} if {} in 100 is meant", raw.value * 100, raw.value)));
    }
    let score = u16::try_from(raw.value).ok().and_then(Score::new);
    if score.is_none() {
        let message = format!("a score is at most 10000 basis points, found {}", raw.value);
        out.push(
            Diagnostic::error(Code::Y018, message, raw.span)
                .help("10000 is everything, 5000 is half"),
        );
    }
    score
}

/// Y018: a weight is at most 100.
fn weight(raw: &Whole, out: &mut Diagnostics) -> Option<Weight> {
    let weight = Weight::new(raw.value);
    if weight.is_none() {
        let message = format!("a weight is at most 100, found {}", raw.value);
        out.push(
            Diagnostic::error(Code::Y018, message, raw.span)
                .help("weights count in relation to each other; 1 to 5 is enough"),
        );
    }
    weight
}

/// Y020: ids of everything but questions, requirements and domains are in small letters.
fn slug(raw: &Text, out: &mut Diagnostics) -> Option<String> {
    if is_slug(&raw.value) {
        return Some(raw.value.clone());
    }
    let message = format!("`{}` is no id of this kind", raw.value);
    let help = "use small letters, digits and single hyphens, as `model-developer`";
    out.push(Diagnostic::error(Code::Y020, message, raw.span).help(help));
    None
}

/// Y020: ids of questions, requirements and domains.
fn id<T>(raw: &Text, parse: impl Fn(&str) -> Option<T>, out: &mut Diagnostics) -> Option<T> {
    let id = parse(&raw.value);
    if id.is_none() {
        let message = format!("`{}` is no id of a question, requirement or domain", raw.value);
        let help = "begin with capital letters and go on with hyphens, as `RSK-1` or `HCOC-1.b`";
        out.push(Diagnostic::error(Code::Y020, message, raw.span).help(help));
    }
    id
}

/// Y022: a day of the calendar, as `2026-11-02`.
fn date(raw: &Text, out: &mut Diagnostics) -> Option<String> {
    if is_date(&raw.value) {
        return Some(raw.value.clone());
    }
    let message = format!("`{}` is no date", raw.value);
    let fault = Diagnostic::error(Code::Y022, message, raw.span);
    out.push(fault.help("write year, month and day, as `2026-11-02`"));
    None
}

/// Whether a text is a day of the calendar, as `2026-11-02`.
pub fn is_date(text: &str) -> bool {
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
}

/// Y023: a version is three numbers.
fn version(raw: &Text, out: &mut Diagnostics) -> Option<[u32; 3]> {
    let parts = version_parts(&raw.value);
    if parts.is_none() {
        let message = format!("`{}` is no version", raw.value);
        let fault = Diagnostic::error(Code::Y023, message, raw.span);
        out.push(fault.help("write three numbers, as `1.0.0`"));
    }
    parts
}

/// Three numbers: major, minor, patch.
fn version_parts(version: &str) -> Option<[u32; 3]> {
    let parts: Vec<_> = version.split('.').map(whole).collect::<Option<_>>()?;
    parts.try_into().ok()
}

/// What may be left out; `None` only where it is there and faulty.
fn optional<R, T>(raw: &Option<R>, read: impl FnOnce(&R) -> Option<T>) -> Option<Option<T>> {
    match raw {
        Some(raw) => read(raw).map(Some),
        None => Some(None),
    }
}

/// A text without its place.
fn text(raw: &Option<Text>) -> Option<String> {
    raw.as_ref().map(|text| text.value.clone())
}

/// The texts of a list without their places.
fn texts(raw: &Option<List<Text>>) -> Vec<String> {
    raw.iter().flat_map(|list| &list.items).map(|text| text.value.clone()).collect()
}

/// Y019: one of a list of words.
fn word<T: Copy>(raw: &Text, words: &[(&str, T)], out: &mut Diagnostics) -> Option<T> {
    let found = words.iter().find(|(word, _)| *word == raw.value).map(|(_, value)| *value);
    if found.is_none() {
        let message = format!("`{}` is none of the words that are known here", raw.value);
        let help = one_of(&raw.value, words.iter().map(|(word, _)| *word));
        out.push(Diagnostic::error(Code::Y019, message, raw.span).maybe_help(help));
    }
    found
}

/// The entry is the first of its name; otherwise the code's fault with both places.
fn is_first<'a>(
    seen: &mut BTreeMap<&'a str, Span>,
    name: &'a Spanned<String>,
    code: Code,
    what: &str,
    out: &mut Diagnostics,
) -> bool {
    if let Some(first) = seen.get(name.value.as_str()) {
        let message = format!("{what} `{}` is used twice", name.value);
        let fault = Diagnostic::error(code, message, name.span).label("used again here");
        out.push(fault.related(*first, "first used here").help("give each its own"));
        return false;
    }
    seen.insert(&name.value, name.span);
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_exist() {
        assert!(is_date("2026-11-02") && is_date("2024-02-29"));
        for bad in ["2026-02-29", "2026-13-01", "20261102", "2026-11-2", "02.11.2026", "-026-11-02"]
        {
            assert!(!is_date(bad), "{bad}");
        }
    }

    #[test]
    fn versions_are_three_numbers() {
        assert_eq!(version_parts("1.20.3"), Some([1, 20, 3]));
        assert_eq!(version_parts("1.0"), None);
        assert_eq!(version_parts("1.0.x"), None);
    }
}
