//! What stands below one another, before it is cut into pages; and the structure that it is a part of.

use crate::render::pdf::block::{Colour, Length};
use crate::render::pdf::page::{
    ContentId, Drawn, Kid, LinkArea, Mark, Node, NodeId, Pages, Part, Role, Run, Spot,
};
use std::rc::Rc;

/// Something that no page break goes through. Places in it count from its top and the page's left.
#[derive(Clone, Debug, Default)]
pub(super) struct Strip {
    /// How far below the one before it stands; nothing at the top of a page.
    pub(super) above: Length,
    /// How high it is.
    pub(super) height: Length,
    /// Whether what follows stands on the same page.
    pub(super) keep: bool,
    /// Whether it begins a page.
    pub(super) new_page: bool,
    /// What is drawn.
    pub(super) marks: Vec<Mark>,
    /// The baseline of its first line, where it is of text.
    pub(super) baseline: Option<Length>,
    /// The grounds that it stands on, the hindmost first.
    pub(super) grounds: Vec<Ground>,
    /// Links in it; their spots count as the marks do.
    pub(super) links: Vec<LinkArea>,
    /// Drawings in it: their nodes, and their tops.
    pub(super) figures: Vec<(NodeId, Length)>,
    /// Headings in it, by their places in the outline, and their tops.
    pub(super) headings: Vec<(usize, Length)>,
    /// Page numbers that are still to be set.
    pub(super) numbers: Vec<PageNumber>,
    /// What is repeated over it where a page begins with it.
    pub(super) head: Option<Rc<Strip>>,
}

/// A tinted ground that goes on from strip to strip.
#[derive(Clone, Debug)]
pub(super) struct Ground {
    /// From the left of the page.
    pub(super) left: Length,
    /// How wide it is.
    pub(super) width: Length,
    /// Its colour.
    pub(super) fill: Colour,
    /// The colour of the bar at its left.
    pub(super) bar: Colour,
    /// Whether it begins here, so that it does not reach up to the strip before.
    pub(super) begins: bool,
}

/// How wide the bar at the left of a ground is.
const BAR: Length = 3000;

/// A page number that is known once there are pages.
#[derive(Clone, Debug)]
pub(super) struct PageNumber {
    /// The heading that it is of.
    pub(super) of: String,
    /// Where it ends, and its baseline.
    pub(super) at: (Length, Length),
    /// What it is a part of. A run without letters holds its place among the marks.
    pub(super) content: ContentId,
}

impl Strip {
    /// All of it, this much further down.
    pub(super) fn down(mut self, by: Length) -> Self {
        self.marks.iter_mut().for_each(|mark| shift(mark, by));
        self.links.iter_mut().for_each(|link| link.spot.at.1 += by);
        self.figures.iter_mut().for_each(|(_, top)| *top += by);
        self.headings.iter_mut().for_each(|(_, top)| *top += by);
        self.numbers.iter_mut().for_each(|number| number.at.1 += by);
        self.baseline = self.baseline.map(|baseline| baseline + by);
        self
    }

    /// The grounds as marks, reaching up over what is free above where `goes_on`.
    pub(super) fn ground_marks(&self, goes_on: bool) -> Vec<Mark> {
        let one = |ground: &Ground| {
            let top = if goes_on && !ground.begins { -self.above } else { 0 };
            let box_of = |width, fill| {
                rectangle([ground.left, top, width, self.height - top], Some(fill), None)
            };
            [box_of(ground.width, ground.fill), box_of(BAR, ground.bar)]
        };
        self.grounds.iter().flat_map(one).collect()
    }
}

/// A mark, this much further down.
pub(super) fn shift(mark: &mut Mark, by: Length) {
    match &mut mark.drawn {
        Drawn::Run(run) => run.at.1 += by,
        Drawn::Polygon { points, .. } => points.iter_mut().for_each(|point| point.1 += by),
        Drawn::Line { ends, .. } => ends.iter_mut().for_each(|end| end.1 += by),
    }
}

/// A rectangle that means nothing: left, top, width, height.
pub(super) fn rectangle(
    [left, top, width, height]: [Length; 4],
    fill: Option<Colour>,
    stroke: Option<(Colour, Length)>,
) -> Mark {
    let (right, bottom) = (left + width, top + height);
    let points = vec![(left, top), (right, top), (right, bottom), (left, bottom)];
    Mark { part: Part::Decoration, drawn: Drawn::Polygon { points, fill, stroke } }
}

/// A line that means nothing.
pub(super) fn rule(ends: [(Length, Length); 2], colour: Colour, thick: Length) -> Mark {
    Mark { part: Part::Decoration, drawn: Drawn::Line { ends, stroke: (colour, thick) } }
}

/// Letters as a part of something.
pub(super) fn letters(part: Part, run: Run) -> Mark {
    Mark { part, drawn: Drawn::Run(run) }
}

/// How high strips are that stand below one another.
pub(super) fn height(strips: &[Strip]) -> Length {
    let above = |(at, strip): (usize, &Strip)| if at == 0 { 0 } else { strip.above };
    strips.iter().map(|strip| strip.height).sum::<Length>()
        + strips.iter().enumerate().map(above).sum::<Length>()
}

/// Strips as one, which is as high as they are together.
pub(super) fn joined(strips: Vec<Strip>) -> Strip {
    let mut whole = Strip::default();
    for (at, strip) in strips.into_iter().enumerate() {
        whole.height += if at == 0 { 0 } else { strip.above };
        let mut grounds = strip.ground_marks(at > 0);
        grounds.iter_mut().for_each(|mark| shift(mark, whole.height));
        whole.marks.extend(grounds);
        let top = whole.height;
        whole.height += strip.height;
        whole.add(strip.down(top));
    }
    whole
}

impl Strip {
    /// What stands in another strip stands in this one too.
    pub(super) fn add(&mut self, other: Self) {
        self.marks.extend(other.marks);
        self.links.extend(other.links);
        self.figures.extend(other.figures);
        self.numbers.extend(other.numbers);
        self.headings.extend(other.headings);
        self.baseline = self.baseline.or(other.baseline);
    }
}

/// The structure, as it grows.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
    pub(super) contents: Vec<NodeId>,
}

impl Tree {
    pub(super) fn new() -> Self {
        let document = Node { role: Role::Document, kids: Vec::new(), language: None };
        Self { nodes: vec![document], contents: Vec::new() }
    }

    /// A new part of a node.
    pub(super) fn node(&mut self, parent: NodeId, role: Role) -> NodeId {
        let node = self.nodes.len();
        self.nodes.push(Node { role, kids: Vec::new(), language: None });
        self.nodes[parent].kids.push(Kid::Node(node));
        node
    }

    /// A new content of a node.
    pub(super) fn content(&mut self, node: NodeId) -> ContentId {
        let content = self.contents.len();
        self.contents.push(node);
        self.nodes[node].kids.push(Kid::Content(content));
        content
    }
}

impl Pages {
    /// Puts a drawing where its strip has come to stand.
    pub(super) fn place_figure(&mut self, node: NodeId, page: usize, top: Length) {
        if let Role::Figure { spot, .. } = &mut self.nodes[node].role {
            *spot = Spot { page, at: (spot.at.0, top) };
        }
    }
}
