//! What makes a drawing a document that can be read aloud and kept: PDF/UA-1 and PDF/A-3a.
//!
//! Source: ISO 32000-1, ISO 14289-1, ISO 19005-3. No clock is read: all dates are the document's.

mod attach;
mod icc;
mod link;
mod meta;
pub(super) mod tree;

use super::Attachment;
use super::block::{Document, Length};
use super::draw::Drawing;
use super::page::Pages;
use crate::digest::Digest;
use crate::render::RenderError;
use flate2::{Compression, write::ZlibEncoder};
use lopdf::{Dictionary, Object, ObjectId, SaveOptions, Stream, StringFormat, dictionary};
use std::borrow::Cow;
use std::io::Write as _;

/// The bytes of a finished PDF.
///
/// # Errors
/// The structure is broken, a link leads nowhere, or the date is none.
pub(super) fn finish(
    drawing: Drawing,
    document: &Document,
    pages: &Pages,
    attachments: &[Attachment],
) -> Result<Vec<u8>, RenderError> {
    let Drawing { document: mut pdf, contents } = drawing;
    let date = meta::Date::of(document)?;
    let places = Places {
        size: pages.size,
        pages: pdf.page_iter().collect(),
        links: pages.links.iter().map(|_| pdf.new_object_id()).collect(),
    };
    tidy(&mut pdf, &places);
    link::annotate(&mut pdf, pages, &places)?;
    let mut catalog = dictionary! {
        "Type" => "Catalog",
        "Pages" => page_tree(&pdf)?,
        "Lang" => text(&document.language),
        "MarkInfo" => dictionary! { "Marked" => true },
        "ViewerPreferences" => dictionary! { "DisplayDocTitle" => true },
        "StructTreeRoot" => tree::write(&mut pdf, pages, &contents, &places)?,
        "Metadata" => metadata(&mut pdf, document, &date),
        "OutputIntents" => output_intent(&mut pdf),
    };
    if let Some(outline) = link::outline(&mut pdf, &pages.outline, &places) {
        catalog.set("Outlines", outline);
        catalog.set("PageMode", "UseOutlines");
    }
    attach::attach(&mut pdf, &mut catalog, attachments, &date)?;
    // Printpdf's own is left behind with all that hangs on it.
    let (catalog, info) = (pdf.add_object(catalog), pdf.add_object(meta::info(document, &date)));
    for key in [b"Root".as_slice(), b"Info"] {
        let before = pdf.trailer.get(key).and_then(Object::as_reference);
        before.iter().for_each(|before| drop(pdf.objects.remove(before)));
    }
    pdf.trailer.set("Root", catalog);
    pdf.trailer.set("Info", info);
    save(pdf)
}

/// Where things are in the file.
struct Places {
    /// Width and height of each page.
    size: (Length, Length),
    /// The objects of the pages.
    pages: Vec<ObjectId>,
    /// The objects of the links.
    links: Vec<ObjectId>,
}

impl Places {
    /// Left, bottom, right and top of what has a place and a size, counted from the bottom left.
    fn corners(&self, (x, y): (Length, Length), (width, height): (Length, Length)) -> [Object; 4] {
        let top = self.size.1.saturating_sub(y);
        [x, top.saturating_sub(height), x.saturating_add(width), top].map(length)
    }

    fn rectangle(&self, at: (Length, Length), size: (Length, Length)) -> Vec<Object> {
        self.corners(at, size).to_vec()
    }
}

/// A length in points.
fn length(length: Length) -> Object {
    let (sign, thousandths) = (if length < 0 { "-" } else { "" }, length.unsigned_abs());
    let points = format!("{sign}{}.{:03}", thousandths / 1000, thousandths % 1000);
    match points.parse() {
        Ok(points) if thousandths % 1000 > 0 => Object::Real(points),
        _ => (length / 1000).into(),
    }
}

fn reference(id: ObjectId) -> Object {
    Object::Reference(id)
}

/// The longest text in an entry: with two bytes for each, no more than PDF/A allows. Unit: UTF-16 units.
const LONGEST_TEXT: usize = 16_000;

/// A text up to where it is this long, with an ellipsis where more follows. Unit: UTF-16 units.
fn cut(text: &str, longest: usize) -> Cow<'_, str> {
    let mut units = 0;
    let is_over = |(_, c): &(usize, char)| {
        units += c.len_utf16();
        units > longest
    };
    match text.char_indices().find(is_over) {
        Some((end, _)) => Cow::Owned(format!("{}…", text[..end].trim_end())),
        None => Cow::Borrowed(text),
    }
}

/// A text for people.
fn text(text: &str) -> Object {
    let text = cut(text, LONGEST_TEXT);
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Object::string_literal(&*text);
    }
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    Object::String(units.flat_map(u16::to_be_bytes).collect(), StringFormat::Hexadecimal)
}

fn page_tree(pdf: &lopdf::Document) -> Result<ObjectId, RenderError> {
    let pages = pdf.catalog().and_then(|catalog| catalog.get(b"Pages")?.as_reference());
    pages.map_err(|why| RenderError(format!("the PDF has no pages: {why}")))
}

/// Makes pages part of the structure, and leaves out what says nothing.
fn tidy(pdf: &mut lopdf::Document, places: &Places) {
    for (at, id) in places.pages.iter().enumerate() {
        let Ok(page) = pdf.get_dictionary_mut(*id) else { continue };
        for key in [b"TrimBox".as_slice(), b"CropBox", b"Annots"] {
            page.remove(key);
        }
        page.set("StructParents", at as i64);
        page.set("Tabs", "S");
        let resources = page.get(b"Resources").and_then(Object::as_reference);
        let Some(resources) = resources.ok().and_then(|id| pdf.objects.remove(&id)) else {
            continue;
        };
        let Ok(resources) = resources.as_dict() else { continue };
        let used = resources.get(b"Font").cloned().unwrap_or_else(|_| Dictionary::new().into());
        for key in [b"XObject".as_slice(), b"ExtGState", b"Shading"] {
            let empty = resources.get(key).and_then(Object::as_reference);
            empty.iter().for_each(|empty| drop(pdf.objects.remove(empty)));
        }
        if let Ok(page) = pdf.get_dictionary_mut(*id) {
            page.set("Resources", dictionary! { "Font" => used });
        }
    }
}

fn metadata(pdf: &mut lopdf::Document, document: &Document, date: &meta::Date) -> ObjectId {
    let head = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    // Not compressed, so that programs which know no PDF can find it.
    let xmp = Stream::new(head, meta::xmp(document, date).into_bytes());
    pdf.add_object(xmp.with_compression(false))
}

/// What the numbers of a colour mean.
fn output_intent(pdf: &mut lopdf::Document) -> Vec<Object> {
    let profile = pdf.add_object(Stream::new(dictionary! { "N" => 3 }, icc::srgb()));
    let name = Object::string_literal("sRGB");
    vec![
        dictionary! {
            "Type" => "OutputIntent", "S" => "GTS_PDFA1", "OutputConditionIdentifier" => name.clone(),
            "Info" => name, "DestOutputProfile" => profile,
        }
        .into(),
    ]
}

/// Compresses and writes a document, with an ID that is the digest of the rest.
fn save(mut pdf: lopdf::Document) -> Result<Vec<u8>, RenderError> {
    let failed = |why| RenderError(format!("the PDF could not be written: {why}"));
    for object in pdf.objects.values_mut() {
        if let Object::Stream(stream) = object
            && stream.allows_compression
        {
            compress(stream).map_err(failed)?;
        }
    }
    pdf.version = "1.7".to_owned();
    let unknown = Object::String(vec![0; 16], StringFormat::Hexadecimal);
    pdf.trailer.set("ID", vec![unknown; 2]);
    let options = SaveOptions::builder().use_object_streams(true).use_xref_streams(true);
    let options = options.max_objects_per_stream(400).compression_level(6).build();
    let mut bytes = Vec::new();
    pdf.save_with_options(&mut bytes, options).map_err(failed)?;
    let digest = Digest::of_bytes(&bytes).to_string().to_uppercase();
    let zeros = format!("<{}>", "0".repeat(32));
    let place = format!("/ID[{zeros}{zeros}]").into_bytes();
    let at = bytes.windows(place.len()).rposition(|window| window == place);
    let at = at.ok_or_else(|| RenderError("the PDF has no place for its ID".to_owned()))?;
    let id = format!("<{}>", &digest[..32]);
    let id = format!("/ID[{id}{id}]");
    bytes.splice(at..at + place.len(), id.into_bytes());
    Ok(bytes)
}

/// From where on a stream is long. Unit: bytes.
const LONG: usize = 64 << 10;

fn compress(stream: &mut Stream) -> std::io::Result<()> {
    if stream.dict.has(b"Filter") {
        return Ok(());
    }
    // What is long is packed fast: a result file is the most of the work otherwise.
    let level = if stream.content.len() > LONG { 3 } else { 6 };
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(level));
    encoder.write_all(&stream.content)?;
    stream.set_content(encoder.finish()?);
    stream.dict.set("Filter", "FlateDecode");
    Ok(())
}
