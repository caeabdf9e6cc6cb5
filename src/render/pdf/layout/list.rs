//! Lists, pairs and key figures.

use super::galley::{Strip, height, letters, rectangle, rule};
use super::table::side_by_side;
use super::text::Place;
use super::{APART, APART_IN_CELL, Layout, after};
use crate::render::pdf::block::{Block, Length, Marker, POINT, Setting, Text, Tone};
use crate::render::pdf::page::{Part, Role};
use crate::render::pdf::style::{self, Type};

/// What a mark takes of the width of an entry.
const INDENT: Length = 15 * POINT;
/// What the names of pairs may take of the width, and take where that is as good. Unit: hundredths.
const NAMES: (std::ops::RangeInclusive<i64>, i64) = (20..=60, 32);
/// What words fill of lines that end between them. Unit: hundredths.
const FULL: i64 = 92;
/// An entry up to this height stands on one page.
const ENTRY: Length = 120 * POINT;
/// Between a name and what belongs to it, and between key figures.
const BETWEEN: Length = 12 * POINT;
/// How wide key figures side by side are at least, and how many these are at most.
const FIGURE: (Length, usize) = (105 * POINT, 3);

impl Layout<'_> {
    pub(super) fn list(
        &mut self,
        marker: Marker,
        entries: &[Vec<Block>],
        place: Place,
    ) -> Vec<Strip> {
        let role = match marker {
            Marker::Dot => Some(false),
            Marker::Number => Some(true),
            Marker::Tick | Marker::None => None,
        };
        let node = self.tree.node(place.node, Role::List(role));
        let mut strips = Vec::new();
        for (at, entry) in entries.iter().enumerate() {
            let place = Place { node: self.tree.node(node, Role::Item), ..place };
            let mut entry = self.entry(marker, at + 1, entry, place);
            if height(&entry) <= ENTRY {
                let before_last = entry.len() - 1;
                entry[..before_last].iter_mut().for_each(|strip| strip.keep = true);
            }
            let above = if at == 0 { place.apart } else { place.apart * 3 / 5 };
            strips.extend(after(entry, above));
        }
        strips
    }

    fn entry(&mut self, marker: Marker, rank: usize, entry: &[Block], place: Place) -> Vec<Strip> {
        let mark = match marker {
            Marker::Dot => Some("• ".to_owned()),
            Marker::Number => Some(format!("{rank}. ")),
            Marker::Tick | Marker::None => None,
        };
        let content = mark.as_ref().map(|_| {
            let label = self.tree.node(place.node, Role::Label);
            self.tree.content(label)
        });
        let node = self.tree.node(place.node, Role::Body);
        let indent = if marker == Marker::None { 0 } else { INDENT };
        let inner = Place {
            node,
            left: place.left + indent,
            width: place.width - indent,
            apart: APART_IN_CELL,
        };
        let mut strips = self.blocks(entry, inner);
        if strips.is_empty() {
            let kind = self.look.paragraph(Setting::Body);
            strips.push(Strip {
                height: kind.leading,
                baseline: Some(kind.size),
                ..Strip::default()
            });
        }
        let first = &mut strips[0];
        let baseline = first.baseline.unwrap_or(first.height);
        if let (Some(mark), Some(content)) = (mark, content) {
            let kind =
                Type { bold: marker == Marker::Number, ..self.look.paragraph(Setting::Body) };
            let (runs, width) = self.one_line(&mark, kind);
            for mut run in runs {
                let left = if marker == Marker::Number { indent - width } else { 4 * POINT };
                run.at = (run.at.0 + place.left + left, baseline);
                first.marks.insert(0, letters(Part::Content(content), run));
            }
        } else if marker == Marker::Tick {
            let side = 7 * POINT;
            let frame = [place.left + 2 * POINT, baseline - side, side, side];
            first.marks.insert(0, rectangle(frame, None, Some((style::ink(Tone::Ink), 700))));
        }
        strips
    }

    /// Each name with what belongs to it at its right.
    pub(super) fn pairs(&mut self, pairs: &[(Text, Text)], place: Place) -> Vec<Strip> {
        let node = self.tree.node(place.node, Role::List(None));
        let names = self.names(pairs, place.width - BETWEEN);
        let kind = self.look.paragraph(Setting::Body);
        let mut strips = Vec::new();
        for (at, (name, value)) in pairs.iter().enumerate() {
            let item = self.tree.node(node, Role::Item);
            let left = Place { node: item, width: names, ..place };
            let right = Place {
                node: item,
                left: place.left + names + BETWEEN,
                width: place.width - names - BETWEEN,
                ..place
            };
            let soft = Type { tone: Tone::Soft, ..kind };
            let name = self.text_of(name, soft, Role::Label, left, false);
            let value = self.text_of(value, kind, Role::Body, right, false);
            let row = side_by_side(vec![name, value], self.body.1);
            strips.extend(after(row, if at == 0 { APART } else { 3 * POINT }));
        }
        strips
    }

    /// How wide the names of pairs are, so that all together are as low as can be.
    fn names(&mut self, pairs: &[(Text, Text)], room: Length) -> Length {
        let kind = self.look.paragraph(Setting::Body);
        let mut wide = |text: &Text| -> Length {
            text.iter().map(|span| self.one_line(&span.text, kind).1).sum()
        };
        let widths: Vec<_> = pairs.iter().map(|(name, value)| (wide(name), wide(value))).collect();
        let of = |wide: Length, room: Length| match wide <= room {
            true => 1,
            false => 1 + wide * 100 / (room * FULL),
        };
        let all = |share: &i64| {
            let names = room * share / 100;
            let lines =
                |(name, value): &(Length, Length)| of(*name, names).max(of(*value, room - names));
            let values: i64 = widths.iter().map(|(_, value)| of(*value, room - names)).sum();
            (widths.iter().map(lines).sum::<i64>(), values, (share - NAMES.1).abs())
        };
        room * NAMES.0.clone().min_by_key(all).unwrap_or(NAMES.1) / 100
    }

    /// How much, in bold, below what it is; a few side by side.
    pub(super) fn key_figures(&mut self, figures: &[(Text, Text)], place: Place) -> Vec<Strip> {
        let node = self.tree.node(place.node, Role::List(None));
        let fit = (place.width + BETWEEN) / (FIGURE.0 + BETWEEN);
        let of = fit.clamp(1, FIGURE.1 as Length);
        let width = (place.width - (of - 1) * BETWEEN) / of;
        let mut strips = Vec::new();
        for row in figures.chunks(of as usize) {
            let mut cells = Vec::new();
            for (at, (name, value)) in row.iter().enumerate() {
                let item = self.tree.node(node, Role::Item);
                let bar = place.left + at as Length * (width + BETWEEN);
                let inner =
                    Place { node: item, left: bar + 8 * POINT, width: width - 8 * POINT, ..place };
                let bold = Type { bold: true, ..self.look.paragraph(Setting::Body) };
                let mut cell = self.text_of(
                    name,
                    self.look.paragraph(Setting::Small),
                    Role::Label,
                    inner,
                    false,
                );
                cell.extend(self.text_of(value, bold, Role::Body, inner, false));
                for strip in &mut cell {
                    let ends = [(bar, 0), (bar, strip.height)];
                    strip.marks.insert(0, rule(ends, style::LINE, 2 * POINT));
                }
                cells.push(cell);
            }
            let above = if strips.is_empty() { self.look.far_apart() } else { 7 * POINT };
            strips.extend(after(side_by_side(cells, self.body.1), above));
        }
        strips
    }
}
