//! What stands on a line: its letters in runs, the grounds of badges, the areas of links.

use super::{Paragraph, Setting};
use crate::render::pdf::block::{Length, Target};
use crate::render::pdf::fonts::Face;
use crate::render::pdf::layout::Layout;
use crate::render::pdf::layout::galley::{Strip, letters, rectangle};
use crate::render::pdf::page::{Drawn, LinkArea, Mark, NodeId, Part, Run, Spot};
use crate::render::pdf::style::{self, Type};
use std::ops::Range;

impl Layout<'_> {
    /// A text on one line as a single kind of letters, with its width; for what is no part of a paragraph.
    pub(in crate::render::pdf::layout) fn one_line(
        &mut self,
        text: &str,
        kind: Type,
    ) -> (Vec<Run>, Length) {
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
}

/// The run that letters of this kind are set in.
pub(super) fn open_run<'m>(
    marks: &'m mut Vec<Mark>,
    setting: &Setting<'_>,
    face: Face,
    at: (Length, Length),
    colour: [u8; 3],
) -> &'m mut Run {
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

/// The ground of a badge.
pub(super) fn badge(left: Length, baseline: Length, width: Length, setting: &Setting<'_>) -> Mark {
    let top = baseline - setting.size * 95 / 100;
    let frame = [left, top, width, setting.size * 132 / 100];
    let colour = style::ink(setting.tone);
    let ground = if setting.is_filled { colour } else { style::ground(setting.tone) };
    rectangle(frame, Some(ground), Some((colour, 600)))
}

/// Makes the area of a link as wide as it is on this line.
pub(super) fn extend_link(
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
