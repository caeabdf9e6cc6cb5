//! The rules of evidence: where it is, and whether it can be looked at.

use super::text;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::digest::Digest;
use crate::model::{Evidence, Place};
use crate::raw::Text;
use crate::raw::answers::{RawAnswers, RawEvidence};
use crate::source::Span;
use std::collections::BTreeMap;

/// What is at hand of the files that evidence names: by path relative to the answers file. A path
/// that is not in it has not been looked for.
pub type EvidenceFiles = BTreeMap<String, EvidenceFile>;

/// What is at hand of one evidence file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EvidenceFile {
    /// It is there.
    Found(Digest),
    /// Nothing is there.
    Missing,
    /// A link leads out of the folder of the answers.
    Outside,
    /// It is no regular file, too large, or cannot be read; in words.
    Unusable(String),
}

/// The evidence files of answers where none of them is there.
pub fn nothing_at_hand(raw: &RawAnswers) -> EvidenceFiles {
    evidence_paths(raw).map(|path| (path.to_owned(), EvidenceFile::Missing)).collect()
}

/// The paths of all evidence files of answers that stay in their folder, in the order of the file.
pub fn evidence_paths(raw: &RawAnswers) -> impl Iterator<Item = &str> {
    let given = raw.answers.iter().flat_map(|answers| &answers.entries);
    let listed = given.flat_map(|(_, answer)| &answer.evidence).flat_map(|list| &list.items);
    let paths = listed.filter_map(|evidence| evidence.file.as_ref());
    paths.map(|text| text.value.as_str()).filter(|path| stays_inside(path))
}

pub(super) fn evidence(
    raw: &RawEvidence,
    files: &EvidenceFiles,
    out: &mut Diagnostics,
) -> Option<Evidence> {
    let file = raw.file.as_ref().map(|path| {
        let digest = evidence_file(&path.value, path.span, files, out);
        digest.map(|digest| (Place::File(path.value.clone()), digest))
    });
    let link = raw.link.as_ref().map(|text| Some((Place::Link(link(text, out)?), None)));
    let reference = text(&raw.reference).map(|text| Some((Place::Reference(text), None)));
    let (place, digest) = is_in_one_place(raw, out).and(file.or(link).or(reference))??;
    Some(Evidence { title: text(&raw.title)?, place, digest })
}

/// A120: evidence says where it is in one way.
fn is_in_one_place(raw: &RawEvidence, out: &mut Diagnostics) -> Option<()> {
    let given = ["file", "link", "reference"].into_iter().filter(|key| raw.keys.has_value(key));
    let mut places: Vec<_> = given.filter_map(|key| raw.keys.at(key)).collect();
    places.sort();
    let fault = match places.as_slice() {
        [_] => return Some(()),
        [first, second, ..] => {
            let message = "the evidence says where it is in more than one way";
            Diagnostic::error(Code::A120, message, *second).related(*first, "the first way")
        }
        [] => {
            let at = raw.title.as_ref().map_or(raw.span, |title| title.span);
            Diagnostic::error(Code::A120, "the evidence does not say where it is", at)
        }
    };
    out.push(fault.help("give one of `file`, `link` and `reference`"));
    None
}

/// A119: a link is one that a report may carry.
fn link(raw: &Text, out: &mut Diagnostics) -> Option<String> {
    let allowed = ["https://", "http://", "mailto:"];
    if allowed.iter().any(|start| raw.value.to_ascii_lowercase().starts_with(start)) {
        return Some(raw.value.clone());
    }
    let message = format!("`{}` is no link that a report may carry", raw.value);
    let fault = Diagnostic::error(Code::A119, message, raw.span);
    out.push(fault.help("begin with https://, http:// or mailto:; else use `reference`"));
    None
}

/// A116, A117, A118: the file stays in the folder of the answers and is a file.
fn evidence_file(
    path: &str,
    span: Span,
    files: &EvidenceFiles,
    out: &mut Diagnostics,
) -> Option<Option<Digest>> {
    let state = if stays_inside(path) { files.get(path) } else { Some(&EvidenceFile::Outside) };
    match state {
        None => Some(None),
        Some(EvidenceFile::Found(digest)) => Some(Some(*digest)),
        Some(EvidenceFile::Missing) => {
            let fault = Diagnostic::warning(Code::A117, format!("`{path}` is not there"), span);
            out.push(
                fault.help("put the file there, or mend its name; until then it counts as listed"),
            );
            Some(None)
        }
        Some(EvidenceFile::Outside) => {
            let message = format!("`{path}` leads out of the folder of the answers");
            let fault = Diagnostic::error(Code::A116, message, span);
            out.push(
                fault.help("copy the file beside the answers and name it from there, without `..`"),
            );
            None
        }
        Some(EvidenceFile::Unusable(why)) => {
            let fault = Diagnostic::error(Code::A118, format!("`{path}` {why}"), span);
            out.push(fault.help("name a regular file of at most 64 MiB beside the answers"));
            None
        }
    }
}

/// Whether a path is relative and never goes up, on any system.
pub fn stays_inside(path: &str) -> bool {
    let absolute = path.starts_with(['/', '\\']) || path.chars().nth(1) == Some(':');
    !absolute && path.split(['/', '\\']).all(|part| part != ".." && !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_lead_out_are_seen_on_any_system() {
        assert!(stays_inside("evidence/check.pdf") && stays_inside("a..b.txt"));
        for out in ["../x", "a/../../x", "/etc/passwd", "C:\\x", "\\\\server\\x", "a\\..\\x", ""] {
            assert!(!stays_inside(out), "{out}");
        }
    }
}
