//! Where one can go: links on the pages, and the outline beside them.

use super::{Places, reference, text};
use crate::render::RenderError;
use crate::render::pdf::block::Target;
use crate::render::pdf::page::{LinkArea, OutlineEntry, Pages, Spot};
use lopdf::{Dictionary, Object, ObjectId, StringFormat, dictionary};

/// Writes the links, each as an annotation of its page.
///
/// # Errors
/// A link leads to a heading, or stands on a page, that there is not.
pub(super) fn annotate(
    pdf: &mut lopdf::Document,
    pages: &Pages,
    places: &Places,
) -> Result<(), RenderError> {
    let mut by_page = vec![Vec::new(); places.pages.len()];
    for (at, area) in pages.links.iter().enumerate() {
        let page = by_page.get_mut(area.spot.page);
        page.ok_or_else(|| RenderError("a link stands on no page".to_owned()))?
            .push(reference(places.links[at]));
        let annotation = annotation(area, at, pages, places)?;
        pdf.set_object(places.links[at], annotation);
    }
    for (page, links) in places.pages.iter().zip(by_page) {
        if !links.is_empty()
            && let Ok(page) = pdf.get_dictionary_mut(*page)
        {
            page.set("Annots", links);
        }
    }
    Ok(())
}

fn annotation(
    area: &LinkArea,
    at: usize,
    pages: &Pages,
    places: &Places,
) -> Result<Dictionary, RenderError> {
    let action = match &area.target {
        Target::Address(address) => {
            let address = Object::String(ascii(address).into_bytes(), StringFormat::Literal);
            dictionary! { "S" => "URI", "URI" => address }
        }
        Target::Anchor(name) => {
            let anchor = pages.anchors.iter().find(|(anchor, _)| anchor == name);
            let spot = anchor.map(|(_, spot)| *spot).and_then(|spot| places.destination(spot));
            let missing = || RenderError(format!("a link leads to `{name}`, which is nowhere"));
            dictionary! { "S" => "GoTo", "D" => spot.ok_or_else(missing)? }
        }
    };
    // Printed, and without a frame.
    Ok(dictionary! {
        "Type" => "Annot", "Subtype" => "Link", "F" => 4, "Border" => vec![0.into(); 3],
        "Rect" => places.rectangle(area.spot.at, area.size), "Contents" => text(&area.says),
        "StructParent" => (places.pages.len() + at) as i64, "P" => places.pages[area.spot.page],
        "A" => action,
    })
}

/// An address in the letters that one may have.
fn ascii(address: &str) -> String {
    let byte = |byte: u8| match byte {
        b'!'..=b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    address.bytes().map(byte).collect()
}

impl Places {
    /// A place that can be gone to.
    fn destination(&self, Spot { page, at }: Spot) -> Option<Vec<Object>> {
        let [left, _, _, top] = self.corners(at, (0, 0));
        Some(vec![reference(*self.pages.get(page)?), "XYZ".into(), left, top, Object::Null])
    }
}

/// Writes the outline, all of it open; `None` where no heading is in it.
pub(super) fn outline(
    pdf: &mut lopdf::Document,
    entries: &[OutlineEntry],
    places: &Places,
) -> Option<ObjectId> {
    let found = |entry: &OutlineEntry| {
        let destination = places.destination(entry.spot)?;
        let item = dictionary! { "Title" => text(&entry.text), "Dest" => destination };
        Some((entry.level, item))
    };
    let (levels, mut items): (Vec<_>, Vec<_>) = entries.iter().filter_map(found).unzip();
    let parents = parents(&levels);
    let ids: Vec<_> = items.iter().map(|_| pdf.new_object_id()).collect();
    // The outline itself stands last.
    let root = pdf.new_object_id();
    let mut below = vec![(Vec::new(), 0); items.len() + 1];
    for (at, parent) in parents.iter().enumerate() {
        below[parent.unwrap_or(items.len())].0.push(at);
    }
    for (at, parent) in parents.iter().enumerate().rev() {
        below[parent.unwrap_or(items.len())].1 += below[at].1 + 1;
    }
    items.push(dictionary! { "Type" => "Outlines" });
    for (above, (kids, count)) in below.iter().enumerate() {
        let (Some(first), Some(last)) = (kids.first(), kids.last()) else { continue };
        items[above].set("First", ids[*first]);
        items[above].set("Last", ids[*last]);
        items[above].set("Count", *count);
        for (at, kid) in kids.iter().enumerate() {
            items[*kid].set("Parent", ids.get(above).copied().unwrap_or(root));
            let before = at.checked_sub(1).and_then(|at| kids.get(at));
            before.iter().for_each(|before| items[*kid].set("Prev", ids[**before]));
            kids.get(at + 1).iter().for_each(|next| items[*kid].set("Next", ids[**next]));
        }
    }
    let is_empty = ids.is_empty();
    for (id, item) in ids.into_iter().chain([root]).zip(items) {
        pdf.set_object(id, item);
    }
    (!is_empty).then_some(root)
}

/// For each level the place of the last lesser one before it.
fn parents(levels: &[u8]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let parent = |(at, level): (usize, &u8)| {
        while open.last().is_some_and(|above| levels[*above] >= *level) {
            open.pop();
        }
        let parent = open.last().copied();
        open.push(at);
        parent
    };
    levels.iter().enumerate().map(parent).collect()
}
