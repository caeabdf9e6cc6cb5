//! Text into lines, with each letter in its place.

use super::Layout;
use super::galley::{Strip, letters, rectangle, rule};
use super::lines::{Fragment, LONGEST_WORD, Line, Paragraph, Setting, hyphens};
use crate::render::pdf::block::{Colour, Length, POINT, Span, Target, Text, Tone};
use crate::render::pdf::fonts::{Face, HYPHEN};
use crate::render::pdf::page::{ContentId, Glyph, LinkArea, Mark, NodeId, Part, Role, Run, Spot};
use crate::render::pdf::style::{self, BASELINE, Type};
use std::ops::Range;

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
pub(super) const BADGE: Length = 3500;
/// At the right of its frame.
pub(super) const BADGE_APART: Length = 2500;
/// Badges in letters larger than these are filled.
const FILLED: Length = 11 * POINT;

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
