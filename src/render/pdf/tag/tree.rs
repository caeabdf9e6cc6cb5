//! What the marks mean: the structure tree, and the way back from a mark to its part.

use super::{Places, reference, text};
use crate::render::RenderError;
use crate::render::pdf::page::{ContentId, Kid, LinkArea, Node, NodeId, Pages, Role};
use lopdf::{Dictionary, Object, ObjectId, dictionary};

/// The tree as it is written: the objects of its parts, and who has what.
struct Tree<'a> {
    pages: &'a Pages,
    places: &'a Places,
    /// The object of each node.
    nodes: Vec<ObjectId>,
    /// Where each content is drawn: page and number, in order.
    drawn: Vec<Vec<(usize, usize)>>,
}

/// Writes the structure; gives its root.
///
/// # Errors
/// A part has no place in the tree or two.
pub(super) fn write(
    pdf: &mut lopdf::Document,
    pages: &Pages,
    contents: &[Vec<ContentId>],
    places: &Places,
) -> Result<ObjectId, RenderError> {
    let owners = Owners::of(pages, contents)?;
    let root = pdf.new_object_id();
    let nodes: Vec<_> = pages.nodes.iter().map(|_| pdf.new_object_id()).collect();
    let mut drawn = vec![Vec::new(); pages.contents.len()];
    for (page, contents) in contents.iter().enumerate() {
        contents.iter().enumerate().for_each(|(number, each)| drawn[*each].push((page, number)));
    }
    let mut numbers = Vec::new();
    let mut next = 0_i64;
    let mut enter = |to: Object| {
        numbers.extend([next.into(), to]);
        next += 1;
    };
    for contents in contents {
        let owner = |content: &ContentId| reference(nodes[owners.contents[*content]]);
        enter(pdf.add_object(contents.iter().map(owner).collect::<Vec<_>>()).into());
    }
    owners.links.iter().for_each(|owner| enter(reference(nodes[*owner])));
    let parents = pdf.add_object(dictionary! { "Nums" => numbers });
    let tree = Tree { pages, places, nodes, drawn };
    for (at, node) in pages.nodes.iter().enumerate() {
        let parent = owners.nodes[at].map_or(root, |parent| tree.nodes[parent]);
        pdf.set_object(tree.nodes[at], tree.element(node, parent));
    }
    let kids: Vec<_> = tree.nodes.first().map(|first| reference(*first)).into_iter().collect();
    pdf.set_object(
        root,
        dictionary! {
            "Type" => "StructTreeRoot", "K" => kids, "ParentTree" => parents,
            "ParentTreeNextKey" => next,
        },
    );
    Ok(root)
}

impl Tree<'_> {
    /// A part of the tree.
    fn element(&self, node: &Node, parent: ObjectId) -> Dictionary {
        let mut element = dictionary! {
            "Type" => "StructElem", "S" => structure_type(&node.role), "P" => parent,
        };
        let home = node.kids.iter().find_map(|kid| match kid {
            Kid::Content(content) => self.drawn[*content].first().map(|(page, _)| *page),
            _ => None,
        });
        if let Some(page) = home {
            element.set("Pg", self.places.pages[page]);
        }
        let mut kids = Vec::new();
        for kid in &node.kids {
            match kid {
                Kid::Node(node) => kids.push(reference(self.nodes[*node])),
                Kid::Content(content) => {
                    let sequences = self.drawn[*content].iter();
                    kids.extend(
                        sequences.map(|(page, number)| self.sequence(home, *page, *number)),
                    );
                }
                Kid::Link(link) => kids.push(self.link(*link, &self.pages.links[*link])),
            }
        }
        if !kids.is_empty() {
            element.set("K", kids);
        }
        if let Some(language) = &node.language {
            element.set("Lang", text(language));
        }
        self.describe(&node.role, &mut element);
        element
    }

    /// A marked-content sequence as a kid of a part whose page is given.
    fn sequence(&self, home: Option<usize>, page: usize, number: usize) -> Object {
        if home == Some(page) {
            return (number as i64).into();
        }
        let page = self.places.pages[page];
        dictionary! { "Type" => "MCR", "Pg" => page, "MCID" => number as i64 }.into()
    }

    fn link(&self, at: usize, area: &LinkArea) -> Object {
        let page = self.places.pages[area.spot.page];
        dictionary! { "Type" => "OBJR", "Pg" => page, "Obj" => self.places.links[at] }.into()
    }

    /// What a role says beyond its name.
    fn describe(&self, role: &Role, element: &mut Dictionary) {
        let attributes = match role {
            Role::List(numbered) => {
                let numbering = match numbered {
                    None => "None",
                    Some(false) => "Disc",
                    Some(true) => "Decimal",
                };
                dictionary! { "O" => "List", "ListNumbering" => numbering }
            }
            Role::ColumnHead => dictionary! { "O" => "Table", "Scope" => "Column" },
            Role::RowHead => dictionary! { "O" => "Table", "Scope" => "Row" },
            Role::Figure { alt, spot, size } => {
                element.set("Alt", text(alt));
                let bounds = self.places.rectangle(spot.at, *size);
                dictionary! { "O" => "Layout", "Placement" => "Block", "BBox" => bounds }
            }
            // Source: ISO 32000-1, 14.8.5.6, for forms that are filled in on paper.
            Role::Field { name } => {
                dictionary! { "O" => "PrintField", "Role" => "tv", "Desc" => text(name) }
            }
            _ => return,
        };
        element.set("A", attributes);
    }
}

/// Who has what.
struct Owners {
    /// The parent of each node; the first has none.
    nodes: Vec<Option<NodeId>>,
    /// The node of each content; 0 where it is drawn nowhere.
    contents: Vec<NodeId>,
    /// The node of each link.
    links: Vec<NodeId>,
}

impl Owners {
    /// Errors: something drawn has no owner, or a thing has two, or stands before its owner.
    fn of(pages: &Pages, contents: &[Vec<ContentId>]) -> Result<Self, RenderError> {
        let mut nodes = vec![None; pages.nodes.len()];
        let mut marks = vec![None; pages.contents.len()];
        let mut links = vec![None; pages.links.len()];
        for (owner, node) in pages.nodes.iter().enumerate() {
            for kid in &node.kids {
                let free = match kid {
                    Kid::Node(kid) if *kid > owner => nodes.get_mut(*kid),
                    Kid::Node(_) => None,
                    Kid::Content(kid) => marks.get_mut(*kid),
                    Kid::Link(kid) => links.get_mut(*kid),
                };
                match free {
                    Some(free) if free.is_none() => *free = Some(owner),
                    _ => return Err(broken(&format!("{kid:?} cannot be of node {owner}"))),
                }
            }
        }
        let orphan = nodes.iter().skip(1).position(Option::is_none);
        orphan.map_or(Ok(()), |at| Err(broken(&format!("node {} has no parent", at + 1))))?;
        let drawn = contents.iter().flatten();
        let lost = drawn.copied().find(|each| marks.get(*each).is_none_or(Option::is_none));
        lost.map_or(Ok(()), |each| Err(broken(&format!("content {each} has no node"))))?;
        let unlinked = links.iter().position(Option::is_none);
        unlinked.map_or(Ok(()), |at| Err(broken(&format!("link {at} has no node"))))?;
        let contents = marks.into_iter().map(Option::unwrap_or_default).collect();
        Ok(Self { nodes, contents, links: links.into_iter().flatten().collect() })
    }
}

fn broken(why: &str) -> RenderError {
    RenderError(format!("the structure of the PDF is broken: {why}"))
}

/// What a role is called in a PDF. Source: ISO 32000-1, 14.8.4.
pub(in crate::render::pdf) fn structure_type(role: &Role) -> &'static str {
    match role {
        Role::Document => "Document",
        Role::Division => "Div",
        Role::Heading(level) => match level {
            0 | 1 => "H1",
            2 => "H2",
            3 => "H3",
            4 => "H4",
            5 => "H5",
            _ => "H6",
        },
        Role::Paragraph => "P",
        Role::List(_) => "L",
        Role::Item => "LI",
        Role::Label => "Lbl",
        Role::Body => "LBody",
        Role::Table => "Table",
        Role::TableHead => "THead",
        Role::TableBody => "TBody",
        Role::Row => "TR",
        Role::ColumnHead | Role::RowHead => "TH",
        Role::Cell => "TD",
        Role::Figure { .. } => "Figure",
        Role::Field { .. } => "Form",
        Role::Caption => "Caption",
        Role::Contents => "TOC",
        Role::ContentsItem => "TOCI",
        Role::Reference => "Reference",
        Role::Link => "Link",
        Role::Span => "Span",
    }
}
