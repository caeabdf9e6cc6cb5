//! Tables: rows of cells, each row in one piece where it fits on a page.

use super::galley::{Strip, height, joined, rule};
use super::text::Place;
use super::{APART_IN_CELL, Layout, after};
use crate::render::pdf::block::{Block, Cell, Column, Length, POINT, Setting, Table, Tone};
use crate::render::pdf::page::{NodeId, Part, Role};
use crate::render::pdf::style::{self, Type};
use std::rc::Rc;

/// Below the heads of columns.
const BELOW_HEAD: Length = 4 * POINT;
/// A table of so many rows is kept on one page, unless it takes more than this part of it.
const WHOLE: (usize, i64, i64) = (12, 45, 100);
/// Between two columns.
const BETWEEN: Length = 12 * POINT;

/// A column of the page that cells stand in.
#[derive(Clone, Copy)]
pub(super) struct Lane {
    pub(super) left: Length,
    pub(super) width: Length,
    numbers: bool,
}

impl Layout<'_> {
    pub(super) fn table(&mut self, table: &Table, place: Place) -> Vec<Strip> {
        if table.least_height > 0 {
            return self.form(table, place);
        }
        let node = self.tree.node(place.node, Role::Table);
        let mut strips = Vec::new();
        if let Some(caption) = &table.caption {
            let kind = self.look.paragraph(Setting::Small);
            let place = Place { node, ..place };
            strips = self.text_of(caption, kind, Role::Caption, place, false);
            strips.iter_mut().for_each(|strip| strip.keep = true);
        }
        let lanes = lanes(&table.columns, place);
        let has_head = table.columns.iter().any(|column| !column.head.is_empty());
        let head = has_head.then(|| self.head(&table.columns, &lanes, node, place));
        let head = head.map(|head| {
            strips.push(Strip { keep: !table.rows.is_empty(), ..head.clone() });
            Rc::new(repeated(head))
        });
        let body = self.tree.node(node, Role::TableBody);
        let room = self.body.1 - head.as_ref().map_or(0, |head| head.height);
        let before = strips.len();
        for row in &table.rows {
            for mut strip in self.row(row, table, &lanes, body, room, place) {
                strip.head.clone_from(&head);
                strips.push(strip);
            }
        }
        let rows = strips.len() - before;
        // Neither the first row nor the last stands alone on a page.
        if table.rows.len() > 2 && rows == table.rows.len() {
            strips[before].keep = true;
            strips[before + rows - 2].keep = true;
        }
        if table.rows.len() <= WHOLE.0 {
            self.keep_within(&mut strips, (WHOLE.1, WHOLE.2));
        }
        after(strips, self.look.far_apart())
    }

    fn head(&mut self, columns: &[Column], lanes: &[Lane], node: NodeId, place: Place) -> Strip {
        let head = self.tree.node(node, Role::TableHead);
        let row = self.tree.node(head, Role::Row);
        let cells = columns.iter().zip(lanes).map(|(column, lane)| {
            let place = Place { node: row, left: lane.left, width: lane.width, apart: 0 };
            let kind = style::column_head();
            joined(self.text_of(&column.head, kind, Role::ColumnHead, place, lane.numbers))
        });
        let mut strip = column_heads(cells.collect());
        let ends = [(place.left, strip.height), (place.left + place.width, strip.height)];
        strip.marks.push(rule(ends, style::ink(Tone::Soft), 800));
        strip
    }

    fn row(
        &mut self,
        row: &[Cell],
        table: &Table,
        lanes: &[Lane],
        body: NodeId,
        room: Length,
        place: Place,
    ) -> Vec<Strip> {
        let node = self.tree.node(body, Role::Row);
        let mut cells = Vec::new();
        for (at, (cell, lane)) in row.iter().zip(lanes).enumerate() {
            let role = if at == 0 && table.row_heads { Role::RowHead } else { Role::Cell };
            let node = self.tree.node(node, role);
            cells.push(self.cell(cell, *lane, node));
        }
        let mut strips = side_by_side(cells, room - 2 * self.look.cell());
        if strips.is_empty() {
            strips.push(Strip::default());
        }
        let count = strips.len();
        let padded = |(at, strip): (usize, Strip)| {
            let above = if at == 0 { self.look.cell() } else { 0 };
            let mut strip = strip.down(above);
            strip.above = 0;
            strip.height += above + if at + 1 == count { self.look.cell() } else { 0 };
            let ends = [(place.left, strip.height), (place.left + place.width, strip.height)];
            strip.marks.insert(0, rule(ends, style::LINE, 500));
            strip
        };
        strips.into_iter().enumerate().map(padded).collect()
    }

    fn cell(&mut self, cell: &Cell, lane: Lane, node: NodeId) -> Vec<Strip> {
        let place = Place { node, left: lane.left, width: lane.width, apart: APART_IN_CELL };
        match (cell.as_slice(), lane.numbers) {
            ([Block::Paragraph(text, setting)], true) => {
                let kind: Type = self.look.paragraph(*setting);
                self.text_of(text, kind, Role::Paragraph, place, true)
            }
            ([Block::Figure(_)], _) => {
                // Its middle stands where that of a line of text beside it does.
                let line = self.look.paragraph(Setting::Body).leading;
                let figure = self.blocks(cell, place).into_iter();
                figure.map(|strip| centred(strip, line)).collect()
            }
            _ => self.blocks(cell, place),
        }
    }
}

/// A strip in the middle of a line that is higher.
fn centred(strip: Strip, line: Length) -> Strip {
    let free = (line - strip.height).max(0);
    let mut strip = strip.down(free / 2);
    strip.height += free;
    strip
}

/// The columns of a table on the page, by their shares.
pub(super) fn lanes(columns: &[Column], place: Place) -> Vec<Lane> {
    let count = columns.len() as Length;
    let shares: i64 = columns.iter().map(|column| column.share.max(1)).sum();
    let room = (place.width - (count - 1) * BETWEEN).max(count);
    let mut left = place.left;
    let lane = |column: &Column| {
        let width = room * column.share.max(1) / shares.max(1);
        let lane = Lane { left, width, numbers: column.numbers };
        left += width + BETWEEN;
        lane
    };
    columns.iter().map(lane).collect()
}

/// The heads of columns; where some have several lines, all end on one.
pub(super) fn column_heads(cells: Vec<Strip>) -> Strip {
    let tallest = cells.iter().map(|cell| cell.height).max().unwrap_or(0);
    let mut strip = Strip { height: tallest + BELOW_HEAD, ..Strip::default() };
    cells.into_iter().for_each(|cell| {
        let by = tallest - cell.height;
        strip.add(cell.down(by));
    });
    strip
}

/// The head of a table as it stands on a later page, where it means nothing.
fn repeated(head: Strip) -> Strip {
    let mut head = Strip { links: Vec::new(), ..head };
    head.marks.iter_mut().for_each(|mark| mark.part = Part::TableHead);
    head
}

/// Columns side by side: as one strip where they fit on a page, and else in parts that do.
pub(super) fn side_by_side(columns: Vec<Vec<Strip>>, room: Length) -> Vec<Strip> {
    let mut rest: Vec<_> =
        columns.into_iter().map(|column| column.into_iter().peekable()).collect();
    let mut parts = Vec::new();
    loop {
        let mut part = Strip::default();
        let mut is_empty = true;
        for column in &mut rest {
            let mut taken: Vec<Strip> = Vec::new();
            while let Some(next) = column.peek() {
                let above = if taken.is_empty() { 0 } else { next.above };
                if !taken.is_empty() && height(&taken) + above + next.height > room {
                    break;
                }
                taken.extend(column.next());
            }
            is_empty &= taken.is_empty();
            let taken = joined(taken);
            part.height = part.height.max(taken.height);
            part.add(taken);
        }
        if is_empty {
            return parts;
        }
        parts.push(part);
    }
}
