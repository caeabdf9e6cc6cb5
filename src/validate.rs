//! From what files say to what the program may rely on: runs the rules, gathers every diagnostic.

mod answers;
mod bank;
mod conditions;
mod profile;
mod questionnaire;
mod target;

pub use answers::{EvidenceFile, EvidenceFiles, answers, is_date, stays_inside};
pub use bank::{bank, glossary, steps_can_be_ordered};
pub use conditions::answer_tests_fit;
pub use profile::facts;
pub use questionnaire::questionnaire;
pub(crate) use questionnaire::raw_conditions;
pub use target::target;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, one_of};
use crate::model::id::is_slug;
use crate::model::{Score, Weight};
use crate::raw::{Text, Whole};
use crate::source::{Span, Spanned};
use std::collections::BTreeMap;

/// Y018: a score is at most 10 000 basis points.
fn score(raw: &Whole, out: &mut Diagnostics) -> Option<Score> {
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
