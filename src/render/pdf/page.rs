//! Pages with all marks in their places, and the tree that says what the marks mean. Knows of no file
//! format: this is all that drawing and tagging read.

use super::block::{Colour, Length, Target};
use super::fonts::Face;
use std::ops::Range;

/// A document on pages.
#[derive(Clone, Debug)]
pub struct Pages {
    /// Width and height of each page.
    pub size: (Length, Length),
    /// The pages.
    pub pages: Vec<Page>,
    /// The structure; the first node is the document, and each node stands after its parent.
    pub nodes: Vec<Node>,
    /// Which node each content is a part of.
    pub contents: Vec<NodeId>,
    /// Links, in reading order.
    pub links: Vec<LinkArea>,
    /// Where the anchors of headings are.
    pub anchors: Vec<(String, Spot)>,
    /// Headings in order, for the outline.
    pub outline: Vec<OutlineEntry>,
}

/// A place in [`Pages::nodes`].
pub type NodeId = usize;

/// A place in [`Pages::contents`]: marks that belong together, in reading order within their node.
pub type ContentId = usize;

/// One page.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// What is drawn, the hindmost first.
    pub marks: Vec<Mark>,
}

/// Something drawn.
#[derive(Clone, Debug)]
pub struct Mark {
    /// What it is a part of.
    pub part: Part,
    /// What it is.
    pub drawn: Drawn,
}

/// What a mark is a part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What the document says.
    Content(ContentId),
    /// What only decorates or frames it.
    Decoration,
    /// What stands at the head of pages.
    PageHead,
    /// What stands at their foot.
    PageFoot,
    /// The head of a table, on a later page of it.
    TableHead,
}

impl Part {
    /// What the document says there; `None` where it says nothing of its own.
    pub fn content(self) -> Option<ContentId> {
        match self {
            Self::Content(content) => Some(content),
            _ => None,
        }
    }
}

/// What can be drawn. Places count from the top left corner of the page, `y` goes down.
#[derive(Clone, Debug)]
pub enum Drawn {
    /// A part of a line of text.
    Run(Run),
    /// A closed line through points.
    Polygon {
        /// The points.
        points: Vec<(Length, Length)>,
        /// What fills it.
        fill: Option<Colour>,
        /// Its outline, and how thick that is.
        stroke: Option<(Colour, Length)>,
    },
    /// A line from one point to another.
    Line {
        /// The points.
        ends: [(Length, Length); 2],
        /// Its colour, and how thick it is.
        stroke: (Colour, Length),
    },
}

/// Letters of one face, size and colour on one baseline.
#[derive(Clone, Debug, Default)]
pub struct Run {
    /// Where the baseline begins.
    pub at: (Length, Length),
    /// The face.
    pub face: Face,
    /// The size of the letters.
    pub size: Length,
    /// Their colour.
    pub colour: Colour,
    /// What the glyphs say.
    pub text: String,
    /// The glyphs in order, left to right.
    pub glyphs: Vec<Glyph>,
}

/// A glyph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glyph {
    /// Its number in the face.
    pub id: u16,
    /// How far the next one stands from it, kerning included. Unit: thousandths of the size.
    pub advance: i32,
    /// How far it stands from where it would; up counts positive. Unit: thousandths of the size.
    pub offset: (i32, i32),
    /// What it says, in the run's text; empty for the later glyphs of one character.
    pub says: Range<usize>,
}

/// A part of the structure.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it is.
    pub role: Role,
    /// What it has, in reading order.
    pub kids: Vec<Kid>,
    /// Its language, where that is not its parent's.
    pub language: Option<String>,
}

/// What a node has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kid {
    /// A part with a role of its own.
    Node(NodeId),
    /// Marks, on one page or several.
    Content(ContentId),
    /// A link that can be followed, in [`Pages::links`]; only in a node that is one.
    Link(usize),
}

/// What a part of the structure is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// All of it.
    Document,
    /// Blocks that belong together.
    Division,
    /// A heading of a level from 1 to 6.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A list, and whether its entries are numbered; `None` where they have no mark.
    List(Option<bool>),
    /// An entry of a list.
    Item,
    /// The mark before an entry, or the name of a pair.
    Label,
    /// What an entry says.
    Body,
    /// A table.
    Table,
    /// Its head.
    TableHead,
    /// Its other rows.
    TableBody,
    /// A row.
    Row,
    /// A cell that names a column.
    ColumnHead,
    /// A cell that names a row.
    RowHead,
    /// A cell.
    Cell,
    /// A drawing.
    Figure {
        /// What it shows.
        alt: String,
        /// Where it is.
        spot: Spot,
        /// How wide and high it is.
        size: (Length, Length),
    },
    /// A place to write in by hand.
    Field {
        /// What is to be written.
        name: String,
    },
    /// What stands beside a drawing or over a table.
    Caption,
    /// The table of contents.
    Contents,
    /// An entry of it.
    ContentsItem,
    /// What refers to another place.
    Reference,
    /// A link.
    Link,
    /// A part of a text.
    Span,
}

/// A place on a page, counted from its top left corner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Which page, from 0.
    pub page: usize,
    /// From the left and from the top.
    pub at: (Length, Length),
}

/// Where a link can be followed: one line of its text.
#[derive(Clone, Debug)]
pub struct LinkArea {
    /// The link's node.
    pub node: NodeId,
    /// Its top left corner.
    pub spot: Spot,
    /// How wide and high it is.
    pub size: (Length, Length),
    /// Where it leads.
    pub target: Target,
    /// What it says.
    pub says: String,
}

/// A heading in the outline.
#[derive(Clone, Debug)]
pub struct OutlineEntry {
    /// From 1.
    pub level: u8,
    /// What it says.
    pub text: String,
    /// Where it is.
    pub spot: Spot,
}
