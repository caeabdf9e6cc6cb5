//! What a document is made of, before it has pages: the only thing that layout reads.

/// A length. Unit: thousandths of a point, 72 000 to the inch.
pub type Length = i64;

/// One point.
pub const POINT: Length = 1000;

/// A document in reading order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Its language, as `en`.
    pub language: String,
    /// What a reader program shows as its title.
    pub title: String,
    /// What it is, in a sentence.
    pub subject: String,
    /// Who it is of.
    pub author: String,
    /// The date that it bears, as `2026-11-02`.
    pub date: String,
    /// Whether it is to take few pages: smaller letters, nearer to the edges.
    pub dense: bool,
    /// What stands with the date at the head of each page but the first.
    pub head: String,
    /// What stands at the foot of each page beside its number.
    pub foot: String,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading. Levels do not jump downwards.
    Heading(Heading),
    /// A paragraph.
    Paragraph(Text, Setting),
    /// A list, each entry with blocks of its own.
    List(Marker, Vec<Vec<Block>>),
    /// Names, each with what belongs to it, below one another.
    Pairs(Vec<(Text, Text)>),
    /// Figures in columns side by side: what it is, and how much.
    KeyFigures(Vec<(Text, Text)>),
    /// A table.
    Table(Table),
    /// A drawing.
    Figure(Figure),
    /// Blocks on a tinted ground with a bar at their left.
    Callout(Tone, Vec<Block>),
    /// Blocks in columns side by side, each with its share of the width; no longer than a page.
    Beside(Vec<(i64, Vec<Block>)>),
    /// Blocks on one page where they fit on one.
    Together(Vec<Block>),
    /// The headings that are listed, with their pages.
    Contents,
    /// What follows begins a page.
    NewPage,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// From 1, the title of the document, to 6.
    pub level: u8,
    /// What it says.
    pub text: Text,
    /// What links name it by.
    pub anchor: Option<String>,
    /// Whether the table of contents has it; the outline has all.
    pub listed: bool,
}

/// A text in parts of one look each.
pub type Text = Vec<Span>;

/// A part of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// What it says.
    pub text: String,
    /// Whether it is set in bold.
    pub bold: bool,
    /// Whether it is smaller than its paragraph.
    pub small: bool,
    /// Its colour.
    pub tone: Tone,
    /// Whether it stands on a tinted ground of its own, on one line.
    pub badge: bool,
    /// Whether no line ends in it or behind it.
    pub glued: bool,
    /// Its language, where that is not the document's.
    pub language: Option<String>,
    /// Where it leads.
    pub link: Option<Target>,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// To the heading of this name.
    Anchor(String),
    /// Out of the document.
    Address(String),
}

/// A colour by what it means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tone {
    /// The colour of text.
    #[default]
    Ink,
    /// Of what matters less.
    Soft,
    /// Of links and numbers that stand out.
    Accent,
    /// Not as it must be.
    Bad,
    /// To be looked at.
    Warn,
    /// As it should be.
    Good,
}

/// How a paragraph is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Setting {
    /// As running text.
    #[default]
    Body,
    /// Smaller.
    Small,
    /// Larger, for what is read first.
    Lead,
    /// Over a title.
    Kicker,
    /// A number that is seen from afar.
    Huge,
}

/// What stands before the entries of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    /// A dot.
    Dot,
    /// Numbers from 1.
    Number,
    /// An empty box to tick.
    Tick,
    /// Nothing.
    None,
}

/// A table. Its head is repeated on each page that it reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What it shows.
    pub caption: Option<Text>,
    /// Its columns, with their heads.
    pub columns: Vec<Column>,
    /// Its rows, with a cell for each column.
    pub rows: Vec<Vec<Cell>>,
    /// Whether the first cell of a row is its head.
    pub row_heads: bool,
    /// How high a row is at least, for tables to be filled in by hand; 0 for all others.
    pub least_height: Length,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// What its head says.
    pub head: Text,
    /// Its share of the width.
    pub share: i64,
    /// Whether it holds numbers, which stand at its right.
    pub numbers: bool,
}

/// A cell of a table.
pub type Cell = Vec<Block>;

/// A drawing. Unit of all places in it: its own, of which `size.0` fill the width that it gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// What it shows, for those who cannot see it.
    pub alt: String,
    /// Width and height.
    pub size: (i64, i64),
    /// The most that it may be wide on paper.
    pub widest: Length,
    /// What it is made of, the hindmost first.
    pub shapes: Vec<Shape>,
    /// What stands below it.
    pub caption: Option<Text>,
}

/// A part of a drawing; `y` goes down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A closed line through points.
    Polygon(Vec<(i64, i64)>, Paint),
    /// A rectangle: left, top, width, height.
    Rectangle([i64; 4], Paint),
    /// A line from one point to another.
    Line([(i64, i64); 2], Paint),
    /// A text whose baseline begins, has its middle or ends at a point.
    Label {
        /// The point.
        at: (i64, i64),
        /// Where in the text the point is.
        anchor: Anchor,
        /// The size of the letters.
        size: i64,
        /// What it says.
        text: String,
        /// Its colour.
        tone: Tone,
    },
}

/// Where in a text its point is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// At its beginning.
    Start,
    /// In its middle.
    Middle,
    /// At its end.
    End,
}

/// How a shape is painted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Paint {
    /// What fills it.
    pub fill: Option<Colour>,
    /// Its outline, and how thick that is in the unit of the drawing.
    pub stroke: Option<(Colour, i64)>,
}

/// Red, green and blue, 0 to 255.
pub type Colour = [u8; 3];

impl Span {
    /// A plain text.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A text in bold.
    pub fn bold(text: impl Into<String>) -> Self {
        Self { bold: true, ..Self::plain(text) }
    }

    /// A text of less weight.
    pub fn soft(text: impl Into<String>) -> Self {
        Self { tone: Tone::Soft, ..Self::plain(text) }
    }

    /// A word that stands out.
    pub fn badge(text: impl Into<String>, tone: Tone) -> Self {
        Self { badge: true, bold: true, small: true, tone, ..Self::plain(text) }
    }

    /// The same, smaller.
    pub fn small(self) -> Self {
        Self { small: true, ..self }
    }

    /// The same, with what follows on one line.
    pub fn glued(self) -> Self {
        Self { glued: true, ..self }
    }

    /// The same in another language, where one is given.
    pub fn in_language(self, language: Option<&str>) -> Self {
        Self { language: language.map(str::to_owned), ..self }
    }

    /// The same as a link.
    pub fn link(self, target: Target) -> Self {
        Self { link: Some(target), ..self }
    }
}
