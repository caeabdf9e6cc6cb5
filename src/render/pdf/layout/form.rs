//! Tables to fill in by hand: ruled on paper, and for those who listen a list of what is asked, each
//! entry with its fields. A table of empty cells would tell them nothing but how many there are.

use super::galley::{Strip, joined, rectangle};
use super::table::{Lane, column_heads, lanes, side_by_side};
use super::text::Place;
use super::{APART_IN_CELL, Layout, after};
use crate::render::pdf::block::{Cell, Column, Length, POINT, Span, Table};
use crate::render::pdf::page::{ContentId, Mark, NodeId, Part, Role};
use crate::render::pdf::style;

/// Left and right within the frame of a cell.
const FRAME: Length = 4 * POINT;

impl Layout<'_> {
    /// A table in which cells are empty.
    pub(super) fn form(&mut self, table: &Table, place: Place) -> Vec<Strip> {
        let whole = Place { node: self.tree.node(place.node, Role::Division), ..place };
        let lanes = lanes(&table.columns, place);
        let mut strips = match table.row_heads {
            true => self.asked(table, &lanes, whole),
            false => self.grid(table, &lanes, whole),
        };
        self.keep(&mut strips);
        after(strips, self.look.far_apart())
    }

    /// What is asked stands in the first column: an entry each, the other cells its fields.
    fn asked(&mut self, table: &Table, lanes: &[Lane], place: Place) -> Vec<Strip> {
        let heads = table.columns.iter().zip(lanes).map(|(column, lane)| {
            let at = Place { left: lane.left, width: lane.width, ..place };
            joined(self.text_of(&column.head, style::column_head(), Role::Paragraph, at, false))
        });
        let heads: Vec<_> = heads.collect();
        let mut strips = vec![Strip { keep: true, ..column_heads(heads) }];
        let list = self.tree.node(place.node, Role::List(None));
        for row in &table.rows {
            let item = self.tree.node(list, Role::Item);
            let label = self.tree.node(item, Role::Label);
            let body = self.tree.node(item, Role::Body);
            let mut cells = vec![self.said(&row[0], label, lanes[0])];
            let mut fields = Vec::new();
            let rest = row.iter().zip(lanes).zip(&table.columns).skip(1);
            for ((cell, lane), column) in rest {
                match cell.is_empty() {
                    true => fields.push((*lane, self.field(column, body))),
                    false => cells.push(self.said(cell, body, *lane)),
                }
            }
            strips.extend(self.ruled(cells, &fields, lanes, table.least_height));
        }
        strips
    }

    /// All is empty: an entry for each column, its cells one field.
    fn grid(&mut self, table: &Table, lanes: &[Lane], place: Place) -> Vec<Strip> {
        let list = self.tree.node(place.node, Role::List(None));
        let (mut heads, mut fields) = (Vec::new(), Vec::new());
        for (column, lane) in table.columns.iter().zip(lanes) {
            let item = self.tree.node(list, Role::Item);
            let at = Place { node: item, left: lane.left, width: lane.width, ..place };
            heads.push(joined(self.text_of(
                &column.head,
                style::column_head(),
                Role::Label,
                at,
                false,
            )));
            let body = self.tree.node(item, Role::Body);
            fields.push((*lane, self.field(column, body)));
        }
        let mut strips = vec![Strip { keep: true, ..column_heads(heads) }];
        for row in &table.rows {
            let cells =
                row.iter().zip(lanes).map(|(cell, lane)| self.said(cell, place.node, *lane));
            let cells = cells.collect();
            strips.extend(self.ruled(cells, &fields, lanes, table.least_height));
        }
        strips
    }

    /// A place to write in, named as its column is.
    fn field(&mut self, column: &Column, parent: NodeId) -> ContentId {
        let name = column.head.iter().map(|span: &Span| span.text.as_str()).collect();
        let node = self.tree.node(parent, Role::Field { name });
        self.tree.content(node)
    }

    fn said(&mut self, cell: &Cell, node: NodeId, lane: Lane) -> Vec<Strip> {
        let place = Place { node, left: lane.left, width: lane.width, apart: APART_IN_CELL };
        self.blocks(cell, place)
    }

    /// A row with a frame around each cell: that of a field is what there is to see of it.
    fn ruled(
        &mut self,
        cells: Vec<Vec<Strip>>,
        fields: &[(Lane, ContentId)],
        lanes: &[Lane],
        least: Length,
    ) -> Vec<Strip> {
        let mut strips = side_by_side(cells, self.body.1 - 2 * self.look.cell());
        if strips.is_empty() {
            strips.push(Strip::default());
        }
        let framed = |strip: Strip| {
            let mut strip = strip.down(self.look.cell());
            strip.above = 0;
            strip.height = (strip.height + 2 * self.look.cell()).max(least);
            let frame = |lane: &Lane, part| {
                let place = [lane.left - FRAME, 0, lane.width + 2 * FRAME, strip.height];
                Mark { part, ..rectangle(place, None, Some((style::LINE, 700))) }
            };
            let frames = lanes.iter().map(|lane| frame(lane, Part::Decoration));
            let of_fields = fields.iter().map(|(lane, field)| frame(lane, Part::Content(*field)));
            let frames: Vec<_> = frames.chain(of_fields).collect();
            strip.marks.splice(0..0, frames);
            strip
        };
        strips.into_iter().map(framed).collect()
    }
}
