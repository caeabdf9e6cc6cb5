//! Pages as the drawing operators of a PDF, with its fonts; the only file that names `printpdf`.
//!
//! Each operator stands in one marked-content sequence: that of a content, with a number, or an
//! artifact. What the sequences mean is written by [`super::tag`].
#![allow(
    clippy::float_arithmetic,
    reason = "printpdf takes lengths in floating point: each is a whole number divided once"
)]

use super::block::{Colour, Length};
use super::fonts::{Face, Fonts};
use super::page::{ContentId, Drawn, Glyph, Mark, Page, Pages, Part, Run};
use super::subset::{Subset, clusters, subsets};
use super::tag::tree::structure_type;
use crate::render::RenderError;
use printpdf::{
    Codepoint, Color, DictItem, FontId, Line, LinePoint, Mm, Op, PaintMode, ParsedFont,
    PdfDocument, PdfFont, PdfFontHandle, PdfPage, PdfSaveOptions, Point, Polygon, PolygonRing, Pt,
    Rgb, TextItem, TextMatrix, WindingOrder,
};
use std::collections::BTreeMap;

/// What is drawn, still without what it means.
pub(super) struct Drawing {
    /// The document.
    pub(super) document: lopdf::Document,
    /// For each page the contents of its numbered sequences; the number is the place in the list.
    pub(super) contents: Vec<Vec<ContentId>>,
}

/// Draws pages.
///
/// # Errors
/// A font cannot be put into a PDF.
pub(super) fn draw(pages: &Pages, fonts: &Fonts) -> Result<Drawing, RenderError> {
    let faces = faces(pages, fonts)?;
    let mut pdf = PdfDocument::new("");
    let mut contents = Vec::new();
    for page in &pages.pages {
        let mut pen = Pen::new(pages, &faces);
        contents.push(pen.page(page));
        pdf.pages.push(sheet(pages.size, pen.ops));
    }
    for (face, drawn) in faces {
        pdf.resources.fonts.map.insert(font_id(face), PdfFont::new(drawn.font));
    }
    let document = pdf.to_lopdf_document(&PdfSaveOptions::default(), &mut Vec::new());
    Ok(Drawing { document, contents })
}

/// A face with what printpdf reads of it.
struct Drawable {
    subset: Subset,
    font: ParsedFont,
}

impl Drawable {
    /// How far printpdf says that a glyph goes. Unit: thousandths of the size.
    fn width(&self, id: u16) -> i32 {
        let width = self.font.get_glyph_width(id).unwrap_or(0);
        // As in printpdf, to the same whole number.
        (f32::from(width) * 1000.0 / f32::from(self.font.units_per_em.max(1))) as i32
    }
}

fn faces(pages: &Pages, fonts: &Fonts) -> Result<BTreeMap<Face, Drawable>, RenderError> {
    let drawable = |(face, subset): (Face, Subset)| {
        let font = ParsedFont::from_bytes(&subset.file, 0, &mut Vec::new());
        let mut font = font.ok_or_else(|| {
            let name = fonts.name(face);
            RenderError(format!("{name} cannot be put into a PDF: a table is broken"))
        })?;
        font.font_name = Some(subset.name.clone());
        Ok((face, Drawable { subset, font }))
    };
    subsets(pages, fonts)?.into_iter().map(drawable).collect()
}

fn font_id(face: Face) -> FontId {
    FontId(format!("Face{face}"))
}

fn sheet(size: (Length, Length), ops: Vec<Op>) -> PdfPage {
    let mut page = PdfPage::new(Mm(0.0), Mm(0.0), ops);
    for sides in [&mut page.media_box, &mut page.trim_box, &mut page.crop_box] {
        (sides.width, sides.height) = (points(size.0), points(size.1));
    }
    page
}

/// What an artifact is. Source: ISO 32000-1, 14.8.2.2.2.
fn artifact(part: Part) -> Vec<(&'static str, DictItem)> {
    let name = |name: &str| DictItem::Name(name.as_bytes().to_vec());
    let kind = |kind| vec![("Type", name(kind))];
    let at = |subtype, edge| {
        let of = [("Subtype", name(subtype)), ("Attached", DictItem::Array(vec![name(edge)]))];
        [kind("Pagination"), of.into()].concat()
    };
    match part {
        Part::PageHead => at("Header", "Top"),
        Part::PageFoot => at("Footer", "Bottom"),
        Part::TableHead => kind("Pagination"),
        Part::Decoration | Part::Content(_) => kind("Layout"),
    }
}

/// A length in points.
fn points(length: Length) -> Pt {
    Pt(length as f32 / 1000.0)
}

fn colour([red, green, blue]: Colour) -> Color {
    let share = |of: u8| f32::from(of) / 255.0;
    // Three digits are enough to tell 256 shades apart.
    let short = |of: u8| (share(of) * 1000.0).round() / 1000.0;
    Color::Rgb(Rgb { r: short(red), g: short(green), b: short(blue), icc_profile: None })
}

/// What draws one page.
struct Pen<'a> {
    pages: &'a Pages,
    faces: &'a BTreeMap<Face, Drawable>,
    ops: Vec<Op>,
    in_text: bool,
    fill: Option<Colour>,
    stroke: Option<(Colour, Length)>,
}

impl<'a> Pen<'a> {
    fn new(pages: &'a Pages, faces: &'a BTreeMap<Face, Drawable>) -> Self {
        Self { pages, faces, ops: Vec::new(), in_text: false, fill: None, stroke: None }
    }

    /// Draws a page; its contents, in the order of their numbers.
    fn page(&mut self, page: &Page) -> Vec<ContentId> {
        let mut contents = Vec::new();
        for marks in page.marks.chunk_by(|one, next| one.part == next.part) {
            if let Part::Content(content) = marks[0].part {
                let number = DictItem::Int(contents.len() as i64);
                self.begin(self.tag(content), vec![("MCID", number)]);
                contents.push(content);
            } else {
                self.begin("Artifact", artifact(marks[0].part));
            }
            marks.iter().for_each(|mark| self.mark(mark));
            self.text(false);
            self.ops.push(Op::EndMarkedContent);
        }
        contents
    }

    /// What a sequence is called: as the part that its content belongs to.
    fn tag(&self, content: ContentId) -> &'static str {
        let node = self.pages.contents.get(content).and_then(|node| self.pages.nodes.get(*node));
        node.map_or("Span", |node| structure_type(&node.role))
    }

    /// Begins marked content with its properties.
    fn begin(&mut self, tag: &str, properties: Vec<(&str, DictItem)>) {
        let map = properties.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        let properties = DictItem::Dict { map };
        self.ops.push(Op::BeginMarkedContentWithProperties { tag: tag.to_owned(), properties });
    }

    fn mark(&mut self, mark: &Mark) {
        match &mark.drawn {
            Drawn::Run(run) => self.run(run),
            Drawn::Line { ends, stroke } => {
                self.text(false);
                self.stroke(*stroke);
                let points = ends.iter().map(|end| self.corner(*end)).collect();
                self.ops.push(Op::DrawLine { line: Line { points, is_closed: false } });
            }
            Drawn::Polygon { points, fill, stroke } => {
                let mode = match (fill, stroke) {
                    (Some(_), Some(_)) => PaintMode::FillStroke,
                    (Some(_), None) => PaintMode::Fill,
                    (None, Some(_)) => PaintMode::Stroke,
                    (None, None) => return,
                };
                if points.len() < 2 {
                    return;
                }
                self.text(false);
                fill.iter().for_each(|fill| self.fill(*fill));
                stroke.iter().for_each(|stroke| self.stroke(*stroke));
                let points = points.iter().map(|point| self.corner(*point)).collect();
                let rings = vec![PolygonRing { points }];
                let winding_order = WindingOrder::NonZero;
                self.ops.push(Op::DrawPolygon { polygon: Polygon { rings, mode, winding_order } });
            }
        }
    }

    /// A place counted from the bottom of the page, as in a PDF.
    fn place(&self, (x, y): (Length, Length)) -> (Pt, Pt) {
        (points(x), points(self.pages.size.1.saturating_sub(y)))
    }

    fn corner(&self, at: (Length, Length)) -> LinePoint {
        let (x, y) = self.place(at);
        LinePoint { p: Point { x, y }, bezier: false }
    }

    /// Begins or ends a text object, where that is not done.
    fn text(&mut self, wanted: bool) {
        if self.in_text != wanted {
            self.ops.push(if wanted { Op::StartTextSection } else { Op::EndTextSection });
            self.in_text = wanted;
        }
    }

    fn fill(&mut self, wanted: Colour) {
        if self.fill.replace(wanted) != Some(wanted) {
            self.ops.push(Op::SetFillColor { col: colour(wanted) });
        }
    }

    fn stroke(&mut self, wanted: (Colour, Length)) {
        let before = self.stroke.replace(wanted);
        if before.map(|(colour, _)| colour) != Some(wanted.0) {
            self.ops.push(Op::SetOutlineColor { col: colour(wanted.0) });
        }
        if before.map(|(_, width)| width) != Some(wanted.1) {
            self.ops.push(Op::SetOutlineThickness { pt: points(wanted.1) });
        }
    }

    fn run(&mut self, run: &Run) {
        let Some(face) = self.faces.get(&run.face) else { return };
        if run.size <= 0 || run.glyphs.is_empty() {
            return;
        }
        self.text(true);
        self.fill(run.colour);
        let font = PdfFontHandle::External(font_id(run.face));
        self.ops.push(Op::SetFont { font, size: points(run.size) });
        let (x, y) = self.place(run.at);
        self.ops.push(Op::SetTextMatrix { matrix: TextMatrix::Translate(x, y) });
        let mut line = Baseline { face, size: run.size, owed: 0, rise: 0, items: Vec::new() };
        for (glyphs, text) in clusters(run) {
            let plain = reads_as(face, glyphs, &text);
            if !plain {
                line.show(&mut self.ops);
                let data = std::iter::once(0xFEFF).chain(text.encode_utf16());
                let data = data.flat_map(u16::to_be_bytes).collect();
                let said = DictItem::String { data, literal: false };
                self.begin("Span", vec![("ActualText", said)]);
            }
            glyphs.iter().for_each(|glyph| line.set(glyph, &mut self.ops));
            if !plain {
                line.show(&mut self.ops);
                self.ops.push(Op::EndMarkedContent);
            }
        }
        line.show(&mut self.ops);
        line.raise(0, &mut self.ops);
    }
}

/// Whether glyphs say a text by themselves. The space also stands for the no-break space; what has no
/// meaning of its own outside a font (private use) must be told.
fn reads_as(face: &Drawable, glyphs: &[Glyph], text: &str) -> bool {
    let own = glyphs.iter().flat_map(|glyph| face.subset.says(glyph).chars());
    let space = |c| if c == '\u{A0}' { ' ' } else { c };
    let private = |c| matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..);
    own.map(space).eq(text.chars().map(space)) && !text.contains(private)
}

/// Glyphs that follow one another on a baseline.
struct Baseline<'a> {
    face: &'a Drawable,
    size: Length,
    /// How far the place that is wanted next lies right of where a reader program would go on.
    owed: i32,
    /// How far glyphs are raised. Unit, as above: thousandths of the size.
    rise: i32,
    items: Vec<TextItem>,
}

impl Baseline<'_> {
    fn set(&mut self, glyph: &Glyph, ops: &mut Vec<Op>) {
        self.raise(glyph.offset.1, ops);
        let right = self.owed.saturating_add(glyph.offset.0);
        if right != 0 {
            // Positive numbers go left.
            self.items.push(TextItem::Offset(-(right as f32)));
        }
        let id = self.face.subset.id(glyph);
        let shown = Codepoint::with_cid(id, 0.0, self.face.subset.says(glyph).to_owned());
        match self.items.last_mut() {
            Some(TextItem::GlyphIds(glyphs)) => glyphs.push(shown),
            _ => self.items.push(TextItem::GlyphIds(vec![shown])),
        }
        let gone = self.face.width(id).saturating_add(glyph.offset.0);
        self.owed = glyph.advance.saturating_sub(gone);
    }

    fn raise(&mut self, wanted: i32, ops: &mut Vec<Op>) {
        if self.rise != wanted {
            self.show(ops);
            let rise = points(i64::from(wanted).saturating_mul(self.size) / 1000);
            ops.push(Op::SetLineOffset { multiplier: rise.0 });
            self.rise = wanted;
        }
    }

    /// Draws what is gathered.
    fn show(&mut self, ops: &mut Vec<Op>) {
        if !self.items.is_empty() {
            ops.push(Op::ShowText { items: std::mem::take(&mut self.items) });
        }
    }
}
