//! Where lines end: between words, within one that is too long, and never within what stands together.

use super::Layout;
use super::text::{BADGE, BADGE_APART};
use crate::render::pdf::block::{Length, Span, Tone};
use crate::render::pdf::fonts::Shaped;
use crate::render::pdf::page::{ContentId, NodeId};
use crate::render::pdf::style::Type;
use hypher::Lang;
use std::ops::Range;
use std::rc::Rc;
use unicode_linebreak::{BreakClass, break_property, linebreaks};

/// No line holds more in one size. Unit: bytes, or characters.
pub(super) const LONGEST_WORD: usize = 250;
/// The free part of a line for which a word is parted, of its width.
const TOO_FREE: Length = 4;

/// A part of a span that no line ends in.
#[derive(Clone, Debug)]
pub(super) struct Fragment {
    pub(super) span: usize,
    pub(super) range: Range<usize>,
    pub(super) glyphs: Rc<Shaped>,
    pub(super) width: Length,
    /// Whether the word goes on in the next line.
    pub(super) parted: bool,
}

/// A span with what follows from it.
pub(super) struct Setting<'t> {
    pub(super) span: &'t Span,
    pub(super) content: ContentId,
    /// The link that it is a part of: its node.
    pub(super) link: Option<NodeId>,
    pub(super) size: Length,
    pub(super) bold: bool,
    pub(super) tone: Tone,
    /// Whether it is a badge of letters on ground of its colour.
    pub(super) is_filled: bool,
    pub(super) language: Option<Lang>,
}

/// A paragraph on the way to its lines.
pub(super) struct Paragraph<'t> {
    pub(super) whole: String,
    pub(super) spans: Vec<(Range<usize>, Setting<'t>)>,
    pub(super) kind: Type,
    pub(super) width: Length,
}

/// Fragments between two places where a line may end.
pub(super) struct Word {
    pub(super) fragments: Vec<Fragment>,
    pub(super) width: Length,
    /// How much of it is free at its end.
    pub(super) free: Length,
}

/// A line.
#[derive(Default)]
pub(super) struct Line {
    pub(super) fragments: Vec<Fragment>,
    pub(super) width: Length,
    pub(super) free: Length,
}

impl Layout<'_> {
    pub(super) fn lines(&mut self, of: &Paragraph<'_>) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        let mut line = Line::default();
        let mut start = 0;
        for end in of.word_ends() {
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
            let part = |layout: &mut Self, end: usize| layout.with_hyphen(of, word.start..end);
            let count = places.partition_point(|end| part(self, *end).width <= room);
            if let Some(end) = count.checked_sub(1).and_then(|last| places.get(last)) {
                return Some((part(self, *end), *end));
            }
        }
        if !is_first {
            return None;
        }
        let ends = of.character_ends(word);
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
}

impl Line {
    fn push(&mut self, word: Word) {
        self.width += word.width;
        self.free = word.free;
        self.fragments.extend(word.fragments);
    }
}

impl Paragraph<'_> {
    /// Where words end, and a line may. What is longer than any line counts as several.
    fn word_ends(&self) -> Vec<usize> {
        let mut ends = Vec::new();
        let mut start = 0;
        for (end, _) in linebreaks(&self.whole).filter(|(end, _)| !self.is_held(*end)) {
            while end - start > LONGEST_WORD {
                let part = start..self.whole.floor_char_boundary(start + LONGEST_WORD);
                start = self.character_ends(&part).pop().unwrap_or(part.end);
                ends.push(start);
            }
            ends.push(end);
            start = end;
        }
        ends
    }

    /// Where the characters within a word end, each with its accents.
    fn character_ends(&self, word: &Range<usize>) -> Vec<usize> {
        let begins = |c: char| {
            let class = break_property(u32::from(c));
            !matches!(class, BreakClass::CombiningMark | BreakClass::ZeroWidthJoiner)
        };
        let letters = self.whole[word.clone()].char_indices().skip(1);
        letters.filter(|(_, c)| begins(*c)).map(|(at, _)| word.start + at).collect()
    }

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
pub(super) fn hyphens(language: &str) -> Option<Lang> {
    match language.split(['-', '_']).next()?.to_ascii_lowercase().as_str() {
        "en" => Some(Lang::English),
        "fr" => Some(Lang::French),
        "de" => Some(Lang::German),
        "it" => Some(Lang::Italian),
        _ => None,
    }
}
