//! Blocks into pages: first all of them below one another, then cut where a page ends. Knows of no file
//! format.

mod figure;
mod form;
mod galley;
mod lines;
mod list;
mod paginate;
mod table;
mod text;

use super::block::{Block, Document, Heading, Length, POINT, Setting, Span, Target, Text, Tone};
use super::fonts::{Fonts, Shaper};
use super::page::{NodeId, OutlineEntry, Pages, Part, Role, Run, Spot};
use super::style::{self, Look, Paper, SIDE};
use galley::{Ground, PageNumber, Strip, Tree, height, letters, rule};
use text::Place;

/// Above a paragraph, and between the blocks of a cell.
const APART: Length = 5 * POINT;
const APART_IN_CELL: Length = 2 * POINT;
/// Blocks that are to stand together do so up to this part of a page, else they would leave holes.
const TOGETHER: (i64, i64) = (45, 100);
/// The table of contents does so up to a larger one.
const CONTENTS: (i64, i64) = (80, 100);
/// How many paragraphs below a heading stand with what they introduce, and how high each may be.
const INTRODUCTION: (usize, Length) = (2, 75 * POINT);
/// How many lines at least stand on the last page.
const LAST_LINES: usize = 4;
/// Between columns side by side.
const GUTTER: Length = 22 * POINT;
/// Within a callout, at its left.
const CALLOUT: Length = 13 * POINT;
/// What is kept free for a page number at the end of a line.
const PAGE_NUMBER: Length = 36 * POINT;

/// A document in the making.
pub(super) struct Layout<'a> {
    shaper: Shaper<'a>,
    tree: Tree,
    language: &'a str,
    look: Look,
    /// Width and height of what a page holds.
    body: (Length, Length),
    outline: Vec<OutlineEntry>,
    /// Names of headings, with their place in the outline.
    anchors: Vec<(String, usize)>,
    /// What the table of contents has.
    listed: Vec<&'a Heading>,
}

/// Puts a document on pages.
pub fn lay_out(document: &Document, fonts: &Fonts, paper: Paper) -> Pages {
    let (width, height) = paper.size();
    let look = Look::of(document.dense);
    let mut listed = Vec::new();
    list_headings(&document.blocks, &mut listed);
    let mut layout = Layout {
        shaper: Shaper::new(fonts),
        tree: Tree::new(),
        language: &document.language,
        look,
        body: (width - 2 * SIDE, height - look.top - look.bottom),
        outline: Vec::new(),
        anchors: Vec::new(),
        listed,
    };
    let place = Place { node: 0, left: SIDE, width: layout.body.0, apart: APART };
    let mut strips = layout.blocks(&document.blocks, place);
    let ends = strips.len().saturating_sub(LAST_LINES)..strips.len().saturating_sub(1);
    strips[ends].iter_mut().for_each(|strip| strip.keep = true);
    paginate::paginate(layout, strips, document, paper)
}

/// The headings that the table of contents has, in order.
fn list_headings<'a>(blocks: &'a [Block], listed: &mut Vec<&'a Heading>) {
    for block in blocks {
        match block {
            Block::Heading(heading) if heading.listed && heading.anchor.is_some() => {
                listed.push(heading);
            }
            Block::Together(blocks) | Block::Callout(_, blocks) => list_headings(blocks, listed),
            Block::Beside(columns) => {
                columns.iter().for_each(|(_, blocks)| list_headings(blocks, listed));
            }
            _ => {}
        }
    }
}

impl Layout<'_> {
    /// Blocks below one another.
    fn blocks(&mut self, blocks: &[Block], place: Place) -> Vec<Strip> {
        let mut strips: Vec<Strip> = Vec::new();
        let mut below = None;
        let mut new_page = false;
        // How many more paragraphs may introduce what follows.
        let mut introduce = 0;
        for (at, block) in blocks.iter().enumerate() {
            if matches!(block, Block::NewPage) {
                new_page = true;
                continue;
            }
            let mut more = self.block(block, place);
            if let Some(first) = more.first_mut() {
                first.above = below.take().unwrap_or(first.above);
                first.new_page |= std::mem::take(&mut new_page);
            }
            if let Block::Heading(heading) = block {
                below = Some(self.look.around_heading(heading.level).1);
                introduce = INTRODUCTION.0;
            } else if matches!(block, Block::Paragraph(..)) && height(&more) <= INTRODUCTION.1 {
                let introduces = introduce > 0 && at + 1 < blocks.len();
                more.last_mut().into_iter().for_each(|last| last.keep |= introduces);
                introduce = introduce.saturating_sub(1);
            } else {
                introduce = 0;
            }
            strips.extend(more);
        }
        strips
    }

    fn block(&mut self, block: &Block, place: Place) -> Vec<Strip> {
        match block {
            Block::Heading(heading) => self.heading(heading, place),
            Block::Paragraph(text, setting) => {
                let node = self.tree.node(place.node, Role::Paragraph);
                let kind = self.look.paragraph(*setting);
                after(self.text(text, kind, Place { node, ..place }, false), place.apart)
            }
            Block::List(marker, entries) => self.list(*marker, entries, place),
            Block::Pairs(pairs) => self.pairs(pairs, place),
            Block::KeyFigures(figures) => self.key_figures(figures, place),
            Block::Table(table) => self.table(table, place),
            Block::Figure(figure) => self.figure(figure, place),
            Block::Callout(tone, blocks) => {
                let node = self.tree.node(place.node, Role::Division);
                self.callout(*tone, blocks, Place { node, ..place })
            }
            Block::Beside(columns) => self.beside(columns, place),
            Block::Together(blocks) => self.together(blocks, place),
            Block::Contents => self.contents(place),
            Block::NewPage => Vec::new(),
        }
    }

    fn heading(&mut self, heading: &Heading, place: Place) -> Vec<Strip> {
        let node = self.tree.node(place.node, Role::Heading(heading.level));
        let kind = self.look.heading(heading.level);
        let mut strips = self.text(&heading.text, kind, Place { node, ..place }, false);
        strips.iter_mut().for_each(|strip| strip.keep = true);
        let text = heading.text.iter().map(|span| span.text.as_str()).collect();
        let spot = Spot { page: 0, at: (0, 0) };
        self.anchors.extend(heading.anchor.clone().map(|name| (name, self.outline.len())));
        if let Some(first) = strips.first_mut() {
            first.headings.push((self.outline.len(), 0));
            if heading.level == 2 {
                let ends = [(place.left, 0), (place.left + place.width, 0)];
                let mut under = std::mem::take(first).down(6 * POINT);
                under.headings.iter_mut().for_each(|(_, top)| *top = 0);
                under.height += 6 * POINT;
                under.marks.insert(0, rule(ends, style::ink(Tone::Ink), 1200));
                *first = under;
            }
        }
        self.outline.push(OutlineEntry { level: heading.level, text, spot });
        after(strips, self.look.around_heading(heading.level).0)
    }

    fn callout(&mut self, tone: Tone, blocks: &[Block], place: Place) -> Vec<Strip> {
        let (side, end) = (CALLOUT, self.look.callout());
        let inner = Place { left: place.left + side, width: place.width - 2 * side, ..place };
        let mut strips = vec![Strip { height: end, keep: true, ..Strip::default() }];
        let mut inside = self.blocks(blocks, inner);
        inside.first_mut().into_iter().for_each(|first| first.above = 0);
        inside.last_mut().into_iter().for_each(|last| last.keep = true);
        strips.extend(inside);
        strips.push(Strip { height: end, ..Strip::default() });
        for (at, strip) in strips.iter_mut().enumerate() {
            let ground = Ground {
                left: place.left,
                width: place.width,
                fill: style::ground(tone),
                bar: style::ink(tone),
                begins: at == 0,
            };
            strip.grounds.insert(0, ground);
        }
        self.keep(&mut strips);
        after(strips, self.look.far_apart())
    }

    fn together(&mut self, blocks: &[Block], place: Place) -> Vec<Strip> {
        let mut strips = self.blocks(blocks, place);
        self.keep(&mut strips);
        strips
    }

    /// Columns side by side.
    fn beside(&mut self, columns: &[(i64, Vec<Block>)], place: Place) -> Vec<Strip> {
        let shares: i64 = columns.iter().map(|(share, _)| (*share).max(1)).sum();
        let room = place.width - GUTTER * (columns.len() as Length - 1).max(0);
        let (mut left, mut above) = (place.left, 0);
        let mut lanes = Vec::new();
        for (share, blocks) in columns {
            let width = room * (*share).max(1) / shares;
            let strips = self.blocks(blocks, Place { left, width, ..place });
            above = strips.first().map_or(0, |first| first.above).max(above);
            lanes.push(strips);
            left += width + GUTTER;
        }
        after(table::side_by_side(lanes, self.body.1), above)
    }

    /// Keeps strips on one page, unless they take too much of it.
    fn keep(&self, strips: &mut [Strip]) {
        self.keep_within(strips, TOGETHER);
    }

    /// Keeps strips on one page, unless they take more than a part of it.
    fn keep_within(&self, strips: &mut [Strip], part: (i64, i64)) {
        if height(strips) * part.1 <= self.look.kept(self.body.1) * part.0 {
            let before_last = strips.len().saturating_sub(1);
            strips[..before_last].iter_mut().for_each(|strip| strip.keep = true);
        }
    }

    /// The table of contents: each listed heading as a link, and a place for its page number.
    fn contents(&mut self, place: Place) -> Vec<Strip> {
        let node = self.tree.node(place.node, Role::Contents);
        let mut strips = Vec::new();
        for heading in self.listed.clone() {
            let Some(anchor) = &heading.anchor else { continue };
            let node = self.tree.node(node, Role::ContentsItem);
            let node = self.tree.node(node, Role::Reference);
            let indent = 14 * POINT * i64::from(heading.level.saturating_sub(2));
            let span = |span: &Span| Span {
                text: span.text.clone(),
                bold: heading.level <= 2,
                link: Some(Target::Anchor(anchor.clone())),
                language: span.language.clone(),
                ..Span::default()
            };
            let text = heading.text.iter().map(span).collect();
            let (left, width) = (place.left + indent, place.width - indent - PAGE_NUMBER);
            let entry = Place { node, left, width, ..place };
            let kind = self.look.paragraph(Setting::Body);
            let mut lines = self.text(&text, kind, entry, false);
            self.page_number_of(anchor, &mut lines, place);
            let above = if heading.level <= 2 { 5 * POINT } else { POINT };
            strips.extend(after(lines, above));
        }
        self.keep_within(&mut strips, CONTENTS);
        strips
    }

    /// The end of an entry of the table of contents: its page number, which is a part of the link.
    fn page_number_of(&mut self, anchor: &str, lines: &mut [Strip], place: Place) {
        let right = place.left + place.width;
        let Some(last) = lines.last_mut() else { return };
        let (Some(baseline), Some(link)) = (last.baseline, last.links.last_mut()) else { return };
        let content = self.tree.content(link.node);
        let end = link.spot.at.0 + link.size.0;
        link.size.0 = right - link.spot.at.0;
        last.numbers.push(PageNumber { of: anchor.to_owned(), at: (right, baseline), content });
        last.marks.push(letters(Part::Content(content), Run::default()));
        let ends = [(end + 6 * POINT, baseline), (right - PAGE_NUMBER / 2 - 4 * POINT, baseline)];
        if ends[0].0 < ends[1].0 {
            last.marks.push(rule(ends, style::LINE, 500));
        }
    }

    /// A part of the structure with text, as strips.
    fn text_of(
        &mut self,
        text: &Text,
        kind: style::Type,
        role: Role,
        place: Place,
        to_the_right: bool,
    ) -> Vec<Strip> {
        let node: NodeId = self.tree.node(place.node, role);
        self.text(text, kind, Place { node, ..place }, to_the_right)
    }
}

/// Strips that stand this far below what is before them.
fn after(mut strips: Vec<Strip>, above: Length) -> Vec<Strip> {
    strips.first_mut().into_iter().for_each(|first| first.above = above);
    strips
}
