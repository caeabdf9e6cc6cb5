//! Text into lines: where they end, and what stands on each.

mod marks;

use super::Layout;
use super::galley::{Strip, rule};
use crate::render::pdf::block::{Colour, Length, POINT, Span, Target, Text, Tone};
use crate::render::pdf::fonts::{Face, HYPHEN, Shaped};
use crate::render::pdf::page::{ContentId, Glyph, Mark, NodeId, Role};
use crate::render::pdf::style::{self, BASELINE, Type};
use hypher::Lang;
use marks::{badge, extend_link, open_run};
use std::ops::Range;
use std::rc::Rc;
use unicode_linebreak::linebreaks;

/// Where blocks go: a part of the structure, and a column of the page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// What they are parts of.
    pub(super) node: NodeId,
    /// Where the column begins.
    pub(super) left: Length,
    /// How wide it is.
    pub(super) width: Length,
    /// How far apart its blocks stand.
    pub(super) apart: Length,
}

/// Left and right of the letters of a badge, within its frame.
const BADGE: Length = 3500;
/// At the right of its frame.
const BADGE_APART: Length = 2500;
/// Badges in letters larger than these are filled.
const FILLED: Length = 11 * POINT;
/// The free part of a line for which a word is parted, of its width.
const TOO_FREE: Length = 4;

/// A part of a span that no line ends in.
#[derive(Clone, Debug)]
struct Fragment {
    span: usize,
    range: Range<usize>,
    glyphs: Rc<Shaped>,
    width: Length,
    /// Whether the word goes on in the next line.
    parted: bool,
}

/// A span with what follows from it.
struct Setting<'t> {
    span: &'t Span,
    content: ContentId,
    /// The link that it is a part of: its node.
    link: Option<NodeId>,
    size: Length,
    bold: bool,
    tone: Tone,
    /// Whether it is a badge of letters on ground of its colour.
    is_filled: bool,
    language: Option<Lang>,
}

/// A paragraph on the way to its lines.
struct Paragraph<'t> {
    whole: String,
    spans: Vec<(Range<usize>, Setting<'t>)>,
    kind: Type,
    width: Length,
}

/// Fragments between two places where a line may end.
struct Word {
    fragments: Vec<Fragment>,
    width: Length,
    /// How much of it is free at its end.
    free: Length,
}

/// A line.
#[derive(Default)]
struct Line {
    fragments: Vec<Fragment>,
    width: Length,
    free: Length,
}

impl Layout<'_> {
    /// A text as lines, one strip each; at the right of its column where `to_the_right`.
    pub(super) fn text(
        &mut self,
        text: &Text,
        kind: Type,
        place: Place,
        to_the_right: bool,
    ) -> Vec<Strip> {
        let paragraph = self.paragraph(text, kind, place);
        let lines = self.lines(&paragraph);
        let count = lines.len();
        let strip = |(at, line): (usize, Line)| {
            let indent = if to_the_right { place.width - (line.width - line.free) } else { 0 };
            let mut strip = self.strip(&paragraph, line, place.left + indent.max(0));
            // Neither the first line of a paragraph nor its last stands alone on a page.
            strip.keep = at + 1 < count && (at == 0 || at + 2 == count);
            strip
        };
        lines.into_iter().enumerate().map(strip).collect()
    }

    /// Each span with its part of the structure: a link and a text in another language have their own.
    fn paragraph<'t>(&mut self, text: &'t Text, kind: Type, place: Place) -> Paragraph<'t> {
        let mut whole = String::new();
        let mut spans: Vec<(Range<usize>, Setting<'t>)> = Vec::new();
        for span in text.iter().filter(|span| !span.text.is_empty()) {
            let start = whole.len();
            whole.extend(
                span.text.chars().map(|c| if c.is_whitespace() && c != NO_BREAK { ' ' } else { c }),
            );
            let before = spans.last().map(|(_, before)| before).filter(|before| {
                before.span.language == span.language && before.span.link == span.link
            });
            let (content, link) = match before {
                Some(before) => (before.content, before.link),
                None => self.content_of(span, place.node),
            };
            let language = span.language.as_deref().unwrap_or(self.language);
            let setting = Setting {
                span,
                content,
                link,
                size: if span.small { style::small(kind.size) } else { kind.size },
                bold: span.bold || kind.bold,
                tone: match (span.tone, &span.link) {
                    (Tone::Ink, Some(Target::Address(_))) => Tone::Accent,
                    (Tone::Ink, _) => kind.tone,
                    (tone, _) => tone,
                },
                is_filled: span.badge && kind.size > FILLED,
                language: hyphens(language),
            };
            spans.push((start..whole.len(), setting));
        }
        Paragraph { whole, spans, kind, width: place.width }
    }

    fn content_of(&mut self, span: &Span, node: NodeId) -> (ContentId, Option<NodeId>) {
        let own = match (&span.link, &span.language) {
            (Some(_), _) => self.tree.node(node, Role::Link),
            (None, Some(_)) => self.tree.node(node, Role::Span),
            (None, None) => return (self.tree.content(node), None),
        };
        self.tree.nodes[own].language.clone_from(&span.language);
        (self.tree.content(own), span.link.as_ref().map(|_| own))
    }

    fn lines(&mut self, of: &Paragraph<'_>) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        let mut line = Line::default();
        let mut start = 0;
        for (end, _) in linebreaks(&of.whole).filter(|(end, _)| !of.is_held(*end)) {
            let mut rest = start..end;
            start = end;
            while !rest.is_empty() {
                let word = self.word(of, rest.clone());
                if line.width + word.width - word.free <= of.width {
                    line.push(word);
                    break;
                }
                let is_first = line.fragments.is_empty();
                let parted = self.parted(of, &rest, &line);
                match parted {
                    Some((first, end)) => {
                        rest.start = end;
                        line.push(first);
                    }
                    None if is_first => {
                        line.push(word);
                        rest.start = rest.end;
                    }
                    None => {}
                }
                lines.push(std::mem::take(&mut line));
            }
        }
        if !line.fragments.is_empty() {
            lines.push(line);
        }
        lines
    }

    /// What fits of a word that is too long for the rest of a line, and where the remainder begins: up to a
    /// hyphen where much would be left free, and anywhere where the word is too long for any line.
    fn parted(
        &mut self,
        of: &Paragraph<'_>,
        word: &Range<usize>,
        line: &Line,
    ) -> Option<(Word, usize)> {
        let room = of.width - line.width;
        let is_first = line.fragments.is_empty();
        if is_first || room > of.width / TOO_FREE {
            let places = of.syllables(word);
            for end in places.into_iter().rev() {
                let first = self.with_hyphen(of, word.start..end);
                if first.width <= room {
                    return Some((first, end));
                }
            }
        }
        if !is_first {
            return None;
        }
        let text = &of.whole[word.clone()];
        let ends: Vec<_> = text.char_indices().skip(1).map(|(at, _)| word.start + at).collect();
        let fits = |layout: &mut Self, end: usize| layout.word(of, word.start..end).width <= room;
        let count = ends.partition_point(|end| fits(self, *end));
        let end = *ends.get(count.saturating_sub(1))?;
        Some((self.word(of, word.start..end), end))
    }

    fn with_hyphen(&mut self, of: &Paragraph<'_>, range: Range<usize>) -> Word {
        let mut word = self.word(of, range);
        if let Some(last) = word.fragments.last_mut() {
            let setting = &of.spans[last.span].1;
            let (_, hyphen) = self.shaper.hyphen(setting.bold);
            let width = i64::from(hyphen.advance) * setting.size / 1000;
            last.parted = true;
            last.width += width;
            word.width += width;
        }
        word
    }

    fn word(&mut self, of: &Paragraph<'_>, range: Range<usize>) -> Word {
        let mut word = Word { fragments: Vec::new(), width: 0, free: 0 };
        for (at, (place, setting)) in of.spans.iter().enumerate() {
            let part = place.start.max(range.start)..place.end.min(range.end);
            if part.is_empty() {
                continue;
            }
            let text = &of.whole[part.clone()];
            let glyphs = self.shaper.shape(text, setting.bold);
            let mut width = glyphs.width * setting.size / 1000;
            if setting.span.badge {
                width += 2 * BADGE + BADGE_APART;
            }
            let spaces = text.len() - text.trim_end_matches(' ').len();
            let free = if spaces > 0 {
                self.shaper.shape(&text[text.len() - spaces..], setting.bold).width * setting.size
                    / 1000
            } else {
                0
            };
            word.free = if spaces == text.len() { word.free + width } else { free };
            word.width += width;
            word.fragments.push(Fragment { span: at, range: part, glyphs, width, parted: false });
        }
        word
    }

    /// A line with its letters in place.
    fn strip(&mut self, of: &Paragraph<'_>, line: Line, left: Length) -> Strip {
        let baseline = of.kind.leading * BASELINE.0 / BASELINE.1;
        let mut strip =
            Strip { height: of.kind.leading, baseline: Some(baseline), ..Strip::default() };
        let mut x = left;
        for fragment in &line.fragments {
            let setting = &of.spans[fragment.span].1;
            let mut start = x;
            if setting.span.badge {
                strip.marks.insert(0, badge(x, baseline, fragment.width - BADGE_APART, setting));
                start += BADGE;
            }
            self.letters(of, fragment, (start, baseline), &mut strip.marks);
            if let (Some(node), Some(target)) = (setting.link, &setting.span.link) {
                extend_link(&mut strip, node, target, (x, fragment.width), of);
                if matches!(target, Target::Address(_)) {
                    let y = baseline + setting.size / 8;
                    let ends = [(x, y), (x + fragment.width, y)];
                    strip.marks.push(rule(ends, style::ink(setting.tone), setting.size / 18));
                }
            }
            x += fragment.width;
        }
        strip
    }

    /// The letters of a fragment, set on from the run before where that is of the same kind.
    fn letters(
        &mut self,
        of: &Paragraph<'_>,
        fragment: &Fragment,
        at: (Length, Length),
        marks: &mut Vec<Mark>,
    ) {
        let setting = &of.spans[fragment.span].1;
        let text = &of.whole[fragment.range.clone()];
        let mut x = at.0;
        let mut put = |face: Face, text: &str, glyphs: &[Glyph], marks: &mut Vec<Mark>| {
            let ink = style::ink(setting.tone);
            let colour = if setting.is_filled { WHITE } else { ink };
            let said = |glyph: &Glyph| &text[glyph.says.clone()];
            let run = open_run(marks, setting, face, (x, at.1), colour);
            for glyph in glyphs {
                let start = run.text.len();
                run.text.push_str(said(glyph));
                run.glyphs.push(Glyph { says: start..run.text.len(), ..glyph.clone() });
            }
            x += glyphs.iter().map(|glyph| i64::from(glyph.advance)).sum::<i64>() * setting.size
                / 1000;
        };
        for piece in &fragment.glyphs.pieces {
            put(piece.face, text, &piece.glyphs, marks);
        }
        if fragment.parted {
            let (face, hyphen) = self.shaper.hyphen(setting.bold);
            put(face, HYPHEN.encode_utf8(&mut [0; 2]), &[hyphen], marks);
        }
    }
}

/// The colour of paper.
const WHITE: Colour = [255; 3];
/// A space at which no line ends.
const NO_BREAK: char = '\u{a0}';

impl Line {
    fn push(&mut self, word: Word) {
        self.width += word.width;
        self.free = word.free;
        self.fragments.extend(word.fragments);
    }
}

impl Paragraph<'_> {
    /// Whether no line ends at a place: within a badge, or what is glued.
    fn is_held(&self, at: usize) -> bool {
        let holds = |(place, setting): &(Range<usize>, Setting<'_>)| {
            let is_in = place.start < at && at < place.end;
            setting.span.badge && is_in || setting.span.glued && (is_in || at == place.end)
        };
        at < self.whole.len() && self.spans.iter().any(holds)
    }

    /// Where a word may be parted by a hyphen: only where it is letters, of one span and a language whose
    /// rules are known.
    fn syllables(&self, range: &Range<usize>) -> Vec<usize> {
        let text = self.whole[range.clone()].trim_end_matches(' ');
        let from = text.find(char::is_alphabetic).unwrap_or(text.len());
        let letters = text[from..].trim_end_matches(|c: char| !c.is_alphabetic());
        let start = range.start + from;
        let of = self
            .spans
            .iter()
            .find(|(place, _)| place.start <= start && start + letters.len() <= place.end);
        let Some((_, Setting { language: Some(language), span, .. })) = of else {
            return Vec::new();
        };
        if span.badge || letters.chars().any(|c| !c.is_alphabetic()) || letters.chars().count() < 6
        {
            return Vec::new();
        }
        let syllables = hypher::hyphenate(letters, *language);
        let mut end = start;
        let mut ends: Vec<_> = syllables
            .map(|syllable| {
                end += syllable.len();
                end
            })
            .collect();
        ends.pop();
        ends
    }
}

/// The rules by which words of a language are parted.
fn hyphens(language: &str) -> Option<Lang> {
    match language.split(['-', '_']).next()?.to_ascii_lowercase().as_str() {
        "en" => Some(Lang::English),
        "fr" => Some(Lang::French),
        "de" => Some(Lang::German),
        "it" => Some(Lang::Italian),
        _ => None,
    }
}
