//! Two pages set by hand, with one of everything that a layout may ask for.

use gapwise::render::pdf::block::{Document, Length, POINT, Target};
use gapwise::render::pdf::fonts::{Face, Fonts};
use gapwise::render::pdf::page::{
    ContentId, Drawn, Glyph, Kid, LinkArea, Mark, Node, NodeId, OutlineEntry, Page, Pages, Part,
    Role, Run, Spot,
};
use gapwise::render::pdf::{Attachment, Relationship};
use harfrust::font::Font;
use harfrust::{Buffer, ShapeOptions, ShaperFont, shape};

/// A sheet of A4.
const SIZE: (Length, Length) = (595_276, 841_890);
const REGULAR: Face = 0;
const BOLD: Face = 1;

/// The head of the sample.
pub(super) fn document() -> Document {
    Document {
        language: "en".to_owned(),
        title: "A sample <of> Γάπ & co".to_owned(),
        subject: "Pages set by hand".to_owned(),
        author: "Example GmbH".to_owned(),
        date: "2026-11-02".to_owned(),
        dense: false,
        head: "Nobody".to_owned(),
        foot: String::new(),
        blocks: Vec::new(),
    }
}

/// Two files, not in the order of their names.
pub(super) fn attachments() -> Vec<Attachment> {
    let file = |name: &str, media_type: &str, relationship, bytes: &[u8]| Attachment {
        name: name.to_owned(),
        media_type: media_type.to_owned(),
        description: format!("What {name} holds"),
        relationship,
        bytes: bytes.to_vec(),
    };
    vec![
        file(
            "result.json",
            "application/json",
            Relationship::Data,
            b"{\"format\": \"result/1\"}\n",
        ),
        file("antwörten.yaml", "application/yaml", Relationship::Source, b"answers: {}\n"),
    ]
}

/// The glyphs of a text, left to right.
fn glyphs(file: &[u8], text: &str) -> Vec<Glyph> {
    let font = Font::new(file.to_vec(), 0).expect("a font");
    let scaled = |value: i32| (value * 1000).div_euclid(i32::from(font.units_per_em()));
    let mut buffer = Buffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    shape(&ShaperFont::new(&font), &mut buffer, ShapeOptions::new()).expect("shaped");
    let infos = buffer.glyph_infos();
    let mut starts: Vec<_> = infos.iter().map(|info| info.cluster as usize).collect();
    starts.push(text.len());
    starts.sort_unstable();
    let mut before = None;
    let glyph = |(info, place): (&harfrust::GlyphInfo, &harfrust::GlyphPosition)| {
        let start = info.cluster as usize;
        let end = starts.iter().copied().find(|end| *end > start).unwrap_or(text.len());
        let first = before.replace(start) != Some(start);
        Glyph {
            id: u16::try_from(info.glyph_id).expect("a glyph of the file"),
            advance: scaled(place.x_advance),
            offset: (scaled(place.x_offset), scaled(place.y_offset)),
            says: if first { start..end } else { end..end },
        }
    };
    infos.iter().zip(buffer.glyph_positions()).map(glyph).collect()
}

/// What sets the pages.
pub(super) struct Setter<'a> {
    fonts: &'a Fonts,
    pages: Pages,
    page: usize,
    y: Length,
}

impl Setter<'_> {
    fn node(&mut self, parent: NodeId, role: Role) -> NodeId {
        let node = self.pages.nodes.len();
        self.pages.nodes.push(Node { role, kids: Vec::new(), language: None });
        self.pages.nodes[parent].kids.push(Kid::Node(node));
        node
    }

    fn content(&mut self, node: NodeId) -> ContentId {
        let content = self.pages.contents.len();
        self.pages.contents.push(node);
        self.pages.nodes[node].kids.push(Kid::Content(content));
        content
    }

    fn mark(&mut self, content: Option<ContentId>, drawn: Drawn) {
        let part = content.map_or(Part::Decoration, Part::Content);
        self.pages.pages[self.page].marks.push(Mark { part, drawn });
    }

    /// A run at a place of the present page; how wide it is.
    fn run(
        &mut self,
        content: Option<ContentId>,
        (x, y): (Length, Length),
        (face, size): (Face, Length),
        text: &str,
    ) -> Length {
        let glyphs = glyphs(self.fonts.file(face), text);
        let width = glyphs.iter().map(|glyph| i64::from(glyph.advance)).sum::<i64>() * size / 1000;
        let colour = if face == BOLD { [20, 60, 120] } else { [17, 24, 39] };
        let run = Run { at: (x, y), face, size, colour, text: text.to_owned(), glyphs };
        self.mark(content, Drawn::Run(run));
        width
    }

    /// A line of text in a part of its own.
    fn line(&mut self, parent: NodeId, role: Role, font: (Face, Length), text: &str) -> NodeId {
        let node = self.node(parent, role);
        let content = self.content(node);
        self.y += font.1 * 3 / 2;
        self.run(Some(content), (60 * POINT, self.y), font, text);
        node
    }

    fn heading(&mut self, level: u8, text: &str) {
        let size = (22 - 4 * i64::from(level)) * POINT;
        self.line(0, Role::Heading(level), (BOLD, size), text);
        let spot = Spot { page: self.page, at: (60 * POINT, self.y - size) };
        self.pages.anchors.push((text.to_owned(), spot));
        self.pages.outline.push(OutlineEntry { level, text: text.to_owned(), spot });
    }

    fn link(&mut self, parent: NodeId, text: &str, target: Target) {
        let node = self.node(parent, Role::Link);
        let content = self.content(node);
        self.y += 16 * POINT;
        let font = (REGULAR, 10 * POINT);
        let width = self.run(Some(content), (60 * POINT, self.y), font, text);
        self.pages.nodes[node].kids.push(Kid::Link(self.pages.links.len()));
        let spot = Spot { page: self.page, at: (60 * POINT, self.y - 10 * POINT) };
        let size = (width, 13 * POINT);
        self.pages.links.push(LinkArea { node, spot, size, target, says: text.to_owned() });
    }

    fn list(&mut self) {
        let list = self.node(0, Role::List(Some(true)));
        for (mark, text) in [("1.", "First of all\u{A0}things"), ("2.", "AVATAR To. Ta, kerned")] {
            let item = self.node(list, Role::Item);
            let label = self.line(item, Role::Label, (REGULAR, 10 * POINT), mark);
            self.y -= 15 * POINT;
            let body = self.node(item, Role::Body);
            let body = self.content(body);
            self.y += 15 * POINT;
            self.run(Some(body), (80 * POINT, self.y), (REGULAR, 10 * POINT), text);
            assert!(label < body + 1000);
        }
    }

    fn table(&mut self) {
        let table = self.node(0, Role::Table);
        self.line(table, Role::Caption, (BOLD, 10 * POINT), "What is where");
        let head = self.node(table, Role::TableHead);
        let body = self.node(table, Role::TableBody);
        let rows = [
            (head, Role::ColumnHead, Role::ColumnHead, "Domain", "Score"),
            (body, Role::RowHead, Role::Cell, "Risk", "42 %"),
            (body, Role::RowHead, Role::Cell, "Oversight", "17\u{A0}%"),
        ];
        for (part, first, second, name, score) in rows {
            let row = self.node(part, Role::Row);
            let top = self.y + 4 * POINT;
            let corners = [(60, 0), (260, 0), (260, 15), (60, 15)];
            let points = corners.map(|(x, y)| (x * POINT, top + y * POINT)).to_vec();
            let fill = Some([238, 242, 247]);
            self.mark(None, Drawn::Polygon { points, fill, stroke: None });
            self.line(row, first, (BOLD, 10 * POINT), name);
            self.y -= 15 * POINT;
            let cell = self.node(row, second);
            let cell = self.content(cell);
            self.y += 15 * POINT;
            self.run(Some(cell), (200 * POINT, self.y), (REGULAR, 10 * POINT), score);
            let ends = [(60 * POINT, self.y + 4 * POINT), (260 * POINT, self.y + 4 * POINT)];
            self.mark(None, Drawn::Line { ends, stroke: ([148, 163, 184], 500) });
        }
    }

    fn figure(&mut self) {
        let at = (60 * POINT, self.y + 10 * POINT);
        let size = (100 * POINT, 60 * POINT);
        let spot = Spot { page: self.page, at };
        let alt = "A triangle with its name".to_owned();
        let figure = self.node(0, Role::Figure { alt, spot, size });
        let content = Some(self.content(figure));
        let points = [(0, 60), (50, 0), (100, 60)];
        let points = points.map(|(x, y)| (at.0 + x * POINT, at.1 + y * POINT)).to_vec();
        let (fill, stroke) = (Some([191, 219, 254]), Some(([29, 78, 216], 1500)));
        self.mark(content, Drawn::Polygon { points, fill, stroke });
        self.run(content, (at.0 + 30 * POINT, at.1 + 50 * POINT), (REGULAR, 8 * POINT), "triangle");
        self.y += 75 * POINT;
    }

    fn turn(&mut self) {
        self.run(None, (60 * POINT, 800 * POINT), (REGULAR, 8 * POINT), "Page and name");
        self.pages.pages.push(Page::default());
        self.page = self.pages.pages.len() - 1;
        self.y = 60 * POINT;
    }
}

/// The pages; each of the faces beyond the built-in ones shows a text.
pub(super) fn pages(fonts: &Fonts, more: &[(Face, &str, &str)]) -> Pages {
    let root = Node { role: Role::Document, kids: Vec::new(), language: None };
    let pages = Pages {
        size: SIZE,
        pages: vec![Page::default()],
        nodes: vec![root],
        contents: Vec::new(),
        links: Vec::new(),
        anchors: Vec::new(),
        outline: Vec::new(),
    };
    let mut setter = Setter { fonts, pages, page: 0, y: 60 * POINT };
    setter.heading(1, "Kerned AVATAR");
    setter.heading(2, "Lists");
    setter.list();
    setter.heading(3, "Deeper");
    let paragraph = setter.node(0, Role::Paragraph);
    setter.link(paragraph, "To the figure", Target::Anchor("Figures".to_owned()));
    setter.link(paragraph, "Out of here", Target::Address("https://example.org/ä b".to_owned()));
    for (face, language, text) in more {
        let part = setter.line(0, Role::Paragraph, (*face, 14 * POINT), text);
        setter.pages.nodes[part].language = Some((*language).to_owned());
    }
    let over = setter.node(0, Role::Paragraph);
    let content = setter.content(over);
    let font = (REGULAR, 10 * POINT);
    setter.run(Some(content), (60 * POINT, 780 * POINT), font, "This paragraph goes on and ");
    setter.turn();
    setter.y += 15 * POINT;
    let width = setter.run(Some(content), (60 * POINT, setter.y), font, "ends on another page: ");
    let span = setter.node(over, Role::Span);
    setter.pages.nodes[span].language = Some("de".to_owned());
    let content = setter.content(span);
    let at = (60 * POINT + width, setter.y);
    setter.run(Some(content), at, font, "größer als e\u{301} q\u{301} x\u{323}\u{302}, fi ﬁ ffl");
    setter.heading(2, "Tables");
    setter.table();
    setter.heading(2, "Figures");
    setter.figure();
    setter.turn();
    setter.pages.pages.pop();
    setter.pages
}
