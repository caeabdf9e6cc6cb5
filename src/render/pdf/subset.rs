//! Of each face only the glyphs that the pages show, and what each of them says.

use super::fonts::file::{number, table};
use super::fonts::{Face, Fonts};
use super::page::{Drawn, Glyph, Pages, Run};
use crate::digest::Digest;
use crate::render::RenderError;
use std::collections::BTreeMap;
use subsetter::GlyphRemapper;

/// A face cut down to what is shown of it.
pub(super) struct Subset {
    /// The font file.
    pub(super) file: Vec<u8>,
    /// Its name in a PDF: a tag that is its own, and the name of the face.
    pub(super) name: String,
    ids: GlyphRemapper,
    says: BTreeMap<u16, String>,
}

impl Subset {
    /// The number of a glyph of the face in this file.
    pub(super) fn id(&self, glyph: &Glyph) -> u16 {
        self.ids.get(glyph.id).unwrap_or(0)
    }

    /// What a glyph says wherever it stands alone; never empty.
    pub(super) fn says(&self, glyph: &Glyph) -> &str {
        self.says.get(&glyph.id).map_or(UNKNOWN, String::as_str)
    }
}

/// What a glyph says of which nothing is known.
const UNKNOWN: &str = "\u{FFFD}";

/// The faces that the pages use.
///
/// # Errors
/// A file is no font with outlines of TrueType or CFF.
pub(super) fn subsets(pages: &Pages, fonts: &Fonts) -> Result<BTreeMap<Face, Subset>, RenderError> {
    let subset = |(face, says): (Face, BTreeMap<u16, String>)| {
        let broken = |why: &dyn std::fmt::Display| {
            RenderError(format!("{} cannot be put into a PDF: {why}", fonts.name(face)))
        };
        let glyphs: Vec<u16> = says.keys().copied().collect();
        let ids = GlyphRemapper::new_from_glyphs_sorted(&glyphs);
        let file = subsetter::subset(fonts.file(face), 0, &ids).map_err(|why| broken(&why))?;
        let name = format!("{}+{}", tag(&file), postscript_name(&file));
        Ok((face, Subset { file, name, ids, says }))
    };
    said(pages).into_iter().map(subset).collect()
}

/// The clusters of a run: glyphs that together say one text.
pub(super) fn clusters(run: &Run) -> impl Iterator<Item = (&[Glyph], String)> {
    let parts = run.glyphs.chunk_by(|_, next| next.says.is_empty());
    parts.map(|glyphs| {
        let said = glyphs.iter().filter_map(|glyph| run.text.get(glyph.says.clone()));
        // What PDF/UA forbids in a text.
        let told = |c: &char| !matches!(c, '\0' | '\u{FEFF}' | '\u{FFFE}');
        (glyphs, said.flat_map(str::chars).filter(told).collect())
    })
}

/// What each glyph says, by face. The first text of the best kind: one character that it says alone,
/// then several; then its part of what it says with others. A no-break space is of the last kind, as
/// it shares its glyph with the space.
fn said(pages: &Pages) -> BTreeMap<Face, BTreeMap<u16, String>> {
    let mut found: BTreeMap<Face, BTreeMap<u16, (u8, String)>> = BTreeMap::new();
    for mark in pages.pages.iter().flat_map(|page| &page.marks) {
        let Drawn::Run(run) = &mark.drawn else { continue };
        let found = found.entry(run.face).or_default();
        for (glyphs, text) in clusters(run) {
            let kind = match (glyphs, text.chars().count()) {
                ([_], 1) if text != "\u{A0}" => 0,
                ([_], 2..) => 1,
                _ => 2,
            };
            for (at, glyph) in glyphs.iter().enumerate() {
                if found.get(&glyph.id).is_some_and(|(before, _)| *before <= kind) {
                    continue;
                }
                let part = || text.chars().nth(at).or(text.chars().last()).map(String::from);
                let says = if kind < 2 { Some(text.clone()) } else { part() };
                found.insert(glyph.id, (kind, says.unwrap_or_else(|| UNKNOWN.to_owned())));
            }
        }
    }
    found.retain(|_, says| !says.is_empty());
    let plain = |says: BTreeMap<u16, (u8, String)>| {
        says.into_iter().map(|(glyph, (_, text))| (glyph, text)).collect()
    };
    found.into_iter().map(|(face, says)| (face, plain(says))).collect()
}

/// Six letters that differ where files differ.
fn tag(file: &[u8]) -> String {
    let digest = Digest::of_bytes(file).to_string();
    let letters = digest.chars().filter_map(|digit| digit.to_digit(16)).take(6);
    letters.filter_map(|digit| char::from_u32(u32::from(b'A') + digit)).collect()
}

/// The longest name that a font should have. Source: OpenType, `name`, id 6.
const LONGEST_NAME: usize = 63;

/// The PostScript name that a font file gives, as far as it can stand in a PDF.
fn postscript_name(file: &[u8]) -> String {
    let name = name_record(file, 6).unwrap_or_default();
    let name: String = name
        .iter()
        .map(|b| char::from(*b))
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .take(LONGEST_NAME)
        .collect();
    if name.is_empty() { "Font".to_owned() } else { name }
}

/// An entry of the `name` table, as it stands there.
fn name_record(file: &[u8], wanted: u16) -> Option<&[u8]> {
    let names = table(file, b"name")?;
    let records = names.get(6..)?.chunks_exact(12).take(number(names, 2)?);
    let record = records.into_iter().find(|record| number(record, 6) == Some(wanted.into()))?;
    let start = number(names, 4)? + number(record, 10)?;
    names.get(start..start + number(record, 8)?)
}
