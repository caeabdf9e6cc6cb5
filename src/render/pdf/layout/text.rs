//! Text into lines: where they end, and what stands on each.

use super::Layout;
use super::galley::{Strip, letters, rectangle, rule};
use crate::render::pdf::block::{Colour, Length, POINT, Span, Target, Text, Tone};
use crate::render::pdf::fonts::{Face, HYPHEN, Shaped};
use crate::render::pdf::page::{ContentId, Glyph, LinkArea, Mark, NodeId, Part, Role, Run, Spot};
use crate::render::pdf::style::{self, BASELINE, Type};
use hypher::Lang;
use std::ops::Range;
use std::rc::Rc;
use unicode_linebreak::{BreakClass, break_property, linebreaks};

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
/// No line holds more in one size. Unit: bytes, or characters.
const LONGEST_WORD: usize = 250;
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

    /// A text on one line as a single kind of letters, with its width; for what is no part of a paragraph.
    pub(super) fn one_line(&mut self, text: &str, kind: Type) -> (Vec<Run>, Length) {
        let shaped = self.shaper.shape(text, kind.bold);
        let mut x = 0;
        let mut runs = Vec::new();
        for piece in &shaped.pieces {
            runs.push(Run {
                at: (x, 0),
                face: piece.face,
                size: kind.size,
                colour: style::ink(kind.tone),
                text: text.to_owned(),
                glyphs: piece.glyphs.clone(),
            });
            x += piece.glyphs.iter().map(|glyph| i64::from(glyph.advance)).sum::<i64>() * kind.size
                / 1000;
        }
        (runs, x)
    }
    /// The same with its end left out where it is wider than this.
    pub(super) fn fitting(&mut self, text: &str, kind: Type, widest: Length) -> (Vec<Run>, Length) {
        let ends: Vec<_> = text.char_indices().map(|(at, _)| at).take(LONGEST_WORD).collect();
        if ends.len() < LONGEST_WORD {
            let whole = self.one_line(text, kind);
            if whole.1 <= widest {
                return whole;
            }
        }
        let cut = |at: &usize| format!("{}…", text[..*at].trim_end());
        let count = ends.partition_point(|at| self.one_line(&cut(at), kind).1 <= widest);
        self.one_line(&cut(&ends[count.saturating_sub(1)]), kind)
    }
}

/// The colour of paper.
const WHITE: Colour = [255; 3];
/// A space at which no line ends.
const NO_BREAK: char = '\u{a0}';

/// The run that letters of this kind are set in.
fn open_run<'m>(
    marks: &'m mut Vec<Mark>,
    setting: &Setting<'_>,
    face: Face,
    at: (Length, Length),
    colour: [u8; 3],
) -> &'m mut Run {
    use crate::render::pdf::page::Drawn;
    let goes_on = matches!(marks.last(), Some(Mark { part, drawn: Drawn::Run(run) })
        if *part == Part::Content(setting.content) && run.face == face && run.size == setting.size
            && run.colour == colour && !setting.span.badge);
    if !goes_on {
        let run =
            Run { at, face, size: setting.size, colour, text: String::new(), glyphs: Vec::new() };
        marks.push(letters(Part::Content(setting.content), run));
    }
    match marks.last_mut() {
        Some(Mark { drawn: Drawn::Run(run), .. }) => run,
        _ => unreachable!("the last mark is a run"),
    }
}

fn badge(left: Length, baseline: Length, width: Length, setting: &Setting<'_>) -> Mark {
    let top = baseline - setting.size * 95 / 100;
    let frame = [left, top, width, setting.size * 132 / 100];
    let colour = style::ink(setting.tone);
    let ground = if setting.is_filled { colour } else { style::ground(setting.tone) };
    rectangle(frame, Some(ground), Some((colour, 600)))
}

/// Makes the area of a link as wide as it is on this line.
fn extend_link(
    strip: &mut Strip,
    node: NodeId,
    target: &Target,
    (x, width): (Length, Length),
    of: &Paragraph<'_>,
) {
    if let Some(area) = strip.links.last_mut().filter(|area| area.node == node) {
        area.size.0 = x + width - area.spot.at.0;
        return;
    }
    let says = |(_, setting): &&(Range<usize>, Setting<'_>)| setting.link == Some(node);
    let says = of.spans.iter().filter(says).map(|(_, setting)| setting.span.text.as_str());
    strip.links.push(LinkArea {
        node,
        spot: Spot { page: 0, at: (x, 0) },
        size: (width, strip.height),
        target: target.clone(),
        says: says.collect(),
    });
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
fn hyphens(language: &str) -> Option<Lang> {
    match language.split(['-', '_']).next()?.to_ascii_lowercase().as_str() {
        "en" => Some(Lang::English),
        "fr" => Some(Lang::French),
        "de" => Some(Lang::German),
        "it" => Some(Lang::Italian),
        _ => None,
    }
}
