//! Fill-in pages: Markdown into blocks, its headings one level down, empty cells high enough to write in.

use super::parts::{bold, heading, p, plain, small};
use crate::render::aid::{Aid, below, parser};
use crate::render::pdf::block::{Block, Cell, Column, Length, Marker, Span, Table, Text, Tone};
use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

/// How high a row is at least that is filled in by hand: 8 millimetres.
const TO_WRITE_IN: Length = 22_677;

/// A fill-in page.
pub(super) fn blocks(aid: &Aid) -> Vec<Block> {
    let anchor = Some(format!("aid-{}", aid.id));
    Reader { events: parser(&aid.written), level: 1, anchor, has_box: false }.blocks()
}

/// Reads the events of a page, each function to the end of the part that it is in.
struct Reader<'a> {
    events: Parser<'a>,
    /// Of the last heading, for levels that do not jump.
    level: u8,
    /// What the first heading is named by.
    anchor: Option<String>,
    /// Whether the entry of a list that is being read has a box to tick.
    has_box: bool,
}

impl Reader<'_> {
    /// The blocks up to the end of this one; text of its own is a paragraph.
    fn blocks(&mut self) -> Vec<Block> {
        let (mut blocks, mut text) = (Vec::new(), Text::new());
        let (mut is_bold, mut links) = (false, Vec::new());
        while let Some(event) = self.events.next() {
            match event {
                Event::Text(said) | Event::Code(said) => {
                    text.push(if is_bold { bold(said) } else { plain(said) });
                }
                Event::Html(said) | Event::InlineHtml(said) => text.push(plain(said)),
                Event::SoftBreak | Event::HardBreak => text.push(plain(" ")),
                Event::TaskListMarker(_) => self.has_box = true,
                Event::Start(Tag::Strong) => is_bold = true,
                Event::End(TagEnd::Strong) => is_bold = false,
                Event::Start(Tag::Link { dest_url, .. }) => links.push(dest_url),
                Event::End(TagEnd::Link) => text.extend(address(links.pop().as_deref(), &text)),
                Event::Start(Tag::Emphasis | Tag::Image { .. })
                | Event::End(TagEnd::Emphasis | TagEnd::Image) => {}
                Event::Start(tag) => {
                    blocks.extend(paragraph(&mut text));
                    blocks.extend(self.block(&tag));
                }
                Event::End(_) => break,
                _ => blocks.extend(paragraph(&mut text)),
            }
        }
        blocks.extend(paragraph(&mut text));
        blocks
    }

    fn block(&mut self, tag: &Tag) -> Vec<Block> {
        match tag {
            Tag::Heading { level, .. } => self.heading(*level).into_iter().collect(),
            Tag::List(start) => vec![self.list(start.is_some())],
            Tag::Table(_) => vec![self.table()],
            Tag::BlockQuote(_) => vec![Block::Callout(Tone::Soft, self.blocks())],
            Tag::CodeBlock(_) => self.code(),
            _ => self.blocks(),
        }
    }

    /// A heading, where it has words.
    fn heading(&mut self, written: HeadingLevel) -> Option<Block> {
        let text = said(self.blocks());
        if text.is_empty() {
            return None;
        }
        self.level = (below(written) as u8).min(self.level + 1);
        Some(heading(self.level, text, self.anchor.take(), self.level == 2))
    }

    fn list(&mut self, is_numbered: bool) -> Block {
        let (mut entries, mut has_boxes) = (Vec::new(), false);
        while let Some(Event::Start(_)) = self.events.next() {
            self.has_box = false;
            entries.push(self.blocks());
            has_boxes |= self.has_box;
        }
        let marker = match (has_boxes, is_numbered) {
            (true, _) => Marker::Tick,
            (false, true) => Marker::Number,
            (false, false) => Marker::Dot,
        };
        Block::List(marker, entries)
    }

    fn table(&mut self) -> Block {
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        while let Some(Event::Start(_)) = self.events.next() {
            let mut row = Vec::new();
            while let Some(Event::Start(_)) = self.events.next() {
                row.push(self.blocks());
            }
            rows.push(row);
        }
        let head = rows.remove(0).into_iter();
        let has_empty = rows.iter().flatten().any(Vec::is_empty);
        Block::Table(Table {
            caption: None,
            columns: head
                .map(|cell| Column { head: said(cell), share: 1, numbers: false })
                .collect(),
            row_heads: rows.iter().all(|row| !row[0].is_empty()),
            least_height: if has_empty { TO_WRITE_IN } else { 0 },
            rows,
        })
    }

    /// Code, line by line.
    fn code(&mut self) -> Vec<Block> {
        let mut code = String::new();
        while let Some(Event::Text(text)) = self.events.next() {
            code.push_str(&text);
        }
        code.lines().map(|line| small(vec![plain(line)])).collect()
    }
}

/// The text gathered so far, where there is any.
fn paragraph(text: &mut Text) -> Option<Block> {
    let text = std::mem::take(text);
    (!text.iter().all(|span| span.text.trim().is_empty())).then(|| p(text))
}

/// The words of what is one paragraph.
fn said(blocks: Vec<Block>) -> Text {
    let text = blocks.into_iter().filter_map(|block| match block {
        Block::Paragraph(text, _) => Some(text),
        _ => None,
    });
    text.flatten().collect()
}

/// Where a link leads, on paper: in words behind it, unless it says so itself.
fn address(leads_to: Option<&str>, said: &Text) -> Option<Span> {
    let leads_to = leads_to?;
    let says_so = said.last().is_some_and(|span| span.text == leads_to);
    (!says_so).then(|| plain(format!(" ({leads_to})")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::pdf::block::Setting;

    fn read(written: &str) -> Vec<Block> {
        let (id, title) = ("x".to_owned(), "X".to_owned());
        let aid = Aid {
            id,
            title,
            html: String::new(),
            markdown: String::new(),
            written: written.to_owned(),
        };
        blocks(&aid)
    }

    #[test]
    fn headings_go_one_level_down_and_do_not_jump() {
        let page = read("#\n\n### A\n\nText\n\n###### B\n\n# C\n");
        let of = |block: &Block| match block {
            Block::Heading(heading) => Some((heading.level, heading.anchor.clone())),
            _ => None,
        };
        let levels: Vec<_> = page.iter().filter_map(of).collect();
        assert_eq!(levels, [(2, Some("aid-x".to_owned())), (3, None), (2, None)]);
    }

    #[test]
    fn empty_cells_are_high_enough_to_write_in() {
        let tables = read("| A | B |\n|---|---|\n| **a** | |\n\n| A |\n|---|\n| a |\n");
        let [Block::Table(open), Block::Table(full)] = &tables[..] else { panic!("{tables:?}") };
        assert_eq!((open.least_height, open.row_heads), (TO_WRITE_IN, true));
        assert_eq!(open.rows, [vec![vec![p(vec![bold("a")])], vec![]]]);
        assert_eq!(full.least_height, 0);
    }

    #[test]
    fn boxes_to_tick_are_boxes() {
        let [Block::List(marker, entries)] = &read("- [ ] One\n  two\n- [ ] Three\n")[..] else {
            panic!("one list")
        };
        let said = |entry: &Vec<Block>| match &entry[..] {
            [Block::Paragraph(text, Setting::Body)] => {
                text.iter().map(|span| span.text.as_str()).collect::<String>()
            }
            _ => panic!("{entry:?}"),
        };
        assert_eq!(
            (*marker, entries.iter().map(said).collect()),
            (Marker::Tick, vec!["One two".to_owned(), "Three".to_owned()])
        );
        assert!(matches!(read("1. One\n2. Two\n")[..], [Block::List(Marker::Number, _)]));
    }

    #[test]
    fn a_link_is_told_in_words() {
        let [Block::Paragraph(text, _)] = &read("See [ours](https://a.example).\n")[..] else {
            panic!("a paragraph")
        };
        let said: String = text.iter().map(|span| span.text.as_str()).collect();
        assert_eq!(said, "See ours (https://a.example).");
    }
}
