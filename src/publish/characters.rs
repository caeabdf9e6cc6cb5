//! Characters that no font at hand has, as diagnostics at their place in the input.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::render::pdf::Missing;
use crate::source::{SourceId, Sources, Span};
use std::collections::BTreeSet;

/// R101, R102: characters that the fonts lack, each where it first stands in a text at hand: in the answers
/// first, which most of what is printed comes from.
pub fn characters_without_glyph(
    missing: &[Missing],
    sources: &Sources,
    answers: SourceId,
    out: &mut Diagnostics,
) {
    let mut known = BTreeSet::new();
    for each in missing {
        let others = sources.iter().map(|(id, _)| id).filter(|id| *id != answers);
        let mut all = [answers].into_iter().chain(others);
        let place = all.find_map(|id| place(each, id, sources));
        // One text stands in several places on paper.
        if each.unreadable && !place.is_none_or(|span| known.insert((span.source, span.start))) {
            continue;
        }
        let code = if each.unreadable { Code::R102 } else { Code::R101 };
        let shown = format!("`{}` (U+{:04X})", each.character, u32::from(each.character));
        let message = match each.unreadable {
            true => format!("no font at hand has {shown}, nor much else of “{}”", each.text),
            false => format!("no font at hand has {shown}, so the PDF spells it out"),
        };
        let fault = match (place, each.unreadable) {
            (Some(span), true) => Diagnostic::error(code, message, span),
            (Some(span), false) => Diagnostic::warning(code, message, span),
            (None, true) => Diagnostic::of_file(code, message, answers),
            (None, false) => Diagnostic::doubt(code, message, answers),
        };
        out.push(fault.help(match (each.unreadable, each.right_to_left) {
            (_, true) => "scripts written from right to left cannot be set yet; write another format, as --format html",
            (true, false) => "name a font that has it with --font, or write another format, as --format html",
            (false, false) => "name a font that has it with --font, or leave it",
        }));
    }
}

/// Where in a file a character stands: in its own text if that is found, else wherever it is first.
fn place(missing: &Missing, id: SourceId, sources: &Sources) -> Option<Span> {
    let text = &sources.get(id).text;
    let word = missing.text.find(missing.character).map(|start| {
        let ends = |c: char| c.is_whitespace() || c.is_ascii_punctuation();
        missing.text[start..].split(ends).next().unwrap_or_default()
    });
    let start = word.and_then(|word| text.find(word)).or_else(|| text.find(missing.character))?;
    let at = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
    let end = start + missing.character.len_utf8();
    Some(Span { source: id, start: at(start), end: at(end) })
}
