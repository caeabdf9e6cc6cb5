//! Faces, and how a text becomes glyphs of them. The only file that names the shaper.

pub(super) mod file;

use super::page::Glyph;
use crate::digest::Digest;
use harfrust::{Buffer, Feature, Font, Script, ShapeOptions, ShapePlan, ShaperFont, Tag};
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::rc::Rc;

/// A face: 0 and 1 are the built-in regular and bold, then those that were added.
pub type Face = usize;

/// The faces at hand.
#[derive(Clone)]
pub struct Fonts {
    files: Vec<Cow<'static, [u8]>>,
    fonts: Vec<Font>,
}

impl fmt::Debug for Fonts {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Fonts({} faces)", self.fonts.len())
    }
}

/// What a hyphen at the end of a line says: that it is there for the line only.
pub const HYPHEN: char = '\u{ad}';

/// What is longer hardly comes again. Unit: bytes.
const LONGEST_KNOWN: usize = 64;

/// Noto Sans, which has Latin, Greek and Cyrillic letters.
const BUILT_IN: [&[u8]; 2] = [
    include_bytes!("../../../templates/fonts/NotoSans-Regular.ttf"),
    include_bytes!("../../../templates/fonts/NotoSans-Bold.ttf"),
];

impl Default for Fonts {
    fn default() -> Self {
        let fonts = BUILT_IN.iter().filter_map(|file| Font::new(*file, 0)).collect();
        Self { files: BUILT_IN.map(Cow::Borrowed).to_vec(), fonts }
    }
}

impl Fonts {
    /// Adds the file of a font, for characters that none before it has.
    ///
    /// # Errors
    /// It is no font, or damaged, or may not be put into a PDF; in words.
    pub fn add(&mut self, file: Vec<u8>) -> Result<(), &'static str> {
        file::check(&file)?;
        let font = Font::new(file.clone(), 0).filter(|font| font.units_per_em() > 0);
        let font = font.ok_or("it is damaged")?;
        self.files.push(Cow::Owned(file));
        self.fonts.push(font);
        Ok(())
    }

    /// SHA-256 of each font that was added.
    pub fn added(&self) -> Vec<String> {
        let added = self.files.iter().skip(BUILT_IN.len());
        added.map(|file| Digest::of_bytes(file).to_string()).collect()
    }

    /// What a face is called in a message.
    pub(super) fn name(&self, face: Face) -> String {
        match face.checked_sub(BUILT_IN.len()) {
            Some(added) => format!("added font {}", added + 1),
            None => "a built-in font".to_owned(),
        }
    }

    /// The file of a face.
    pub fn file(&self, face: Face) -> &[u8] {
        &self.files[face]
    }

    /// The face that a character is set in; `None` where no face has it, or it is of a script that is
    /// written from right to left, which cannot be set.
    pub fn face_of(&self, c: char, bold: bool) -> Option<Face> {
        let has = |face: &Face| {
            let glyph = self.fonts[*face].charmap().map_unicode(c);
            glyph.is_some_and(|glyph| glyph.to_u32() != 0)
        };
        let first = Some(Face::from(bold)).filter(has);
        first.or_else(|| (0..self.fonts.len()).filter(|_| !is_right_to_left(c)).find(has))
    }
}

/// Whether a character is of a script that is written from right to left.
pub fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// A text as glyphs.
#[derive(Debug, Default)]
pub struct Shaped {
    /// The glyphs of one face after another, left to right.
    pub pieces: Vec<Piece>,
    /// Their advances together. Unit: thousandths of the size.
    pub width: i64,
}

/// Glyphs of one face. What they say counts from the beginning of the text that was shaped.
#[derive(Debug)]
pub struct Piece {
    /// The face.
    pub face: Face,
    /// The glyphs.
    pub glyphs: Vec<Glyph>,
}

/// Turns texts into glyphs and remembers them, for words come again.
pub struct Shaper<'f> {
    fonts: &'f Fonts,
    shapers: Vec<ShaperFont<'f, 'f>>,
    plans: HashMap<(Face, Option<[u8; 4]>), ShapePlan>,
    known: [HashMap<String, Rc<Shaped>>; 2],
    features: [Feature; 2],
    buffer: Option<Buffer>,
}

impl fmt::Debug for Shaper<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Shaper of {:?}", self.fonts)
    }
}

impl<'f> Shaper<'f> {
    /// Turns texts into glyphs of these faces.
    pub fn new(fonts: &'f Fonts) -> Self {
        // One glyph for each letter, so that what is copied is what is seen.
        let off = |tag: &[u8; 4]| Feature::new(Tag::new(tag), 0, ..);
        Self {
            fonts,
            shapers: fonts
                .fonts
                .iter()
                .map(|font| ShaperFont::new(font).with_scale(1000))
                .collect(),
            plans: HashMap::new(),
            known: [HashMap::new(), HashMap::new()],
            features: [off(b"liga"), off(b"clig")],
            buffer: Some(Buffer::new()),
        }
    }

    /// The glyphs of a text that is set on one line.
    pub fn shape(&mut self, text: &str, bold: bool) -> Rc<Shaped> {
        if let Some(known) = self.known[usize::from(bold)].get(text) {
            return known.clone();
        }
        let mut shaped = Shaped::default();
        for (start, end, face) in self.runs(text, bold) {
            let glyphs = self.glyphs(&text[start..end], start, face);
            shaped.width += glyphs.iter().map(|glyph| i64::from(glyph.advance)).sum::<i64>();
            shaped.pieces.push(Piece { face, glyphs });
        }
        let shaped = Rc::new(shaped);
        if text.len() <= LONGEST_KNOWN {
            self.known[usize::from(bold)].insert(text.to_owned(), shaped.clone());
        }
        shaped
    }

    /// The hyphen that parts a word at the end of a line. It is a glyph of its own, so that whoever copies
    /// the text can tell it from one that the text has.
    pub fn hyphen(&mut self, bold: bool) -> (Face, Glyph) {
        let face = Face::from(bold);
        let glyph = self.fonts.fonts[face].charmap().map_unicode(HYPHEN).unwrap_or_default();
        let advance = self.shapers[face].glyph_h_advance(glyph);
        let id = u16::try_from(glyph.to_u32()).unwrap_or(0);
        (face, Glyph { id, advance, offset: (0, 0), says: 0..HYPHEN.len_utf8() })
    }

    /// The longest parts of a text that are of one face each.
    fn runs(&self, text: &str, bold: bool) -> Vec<(usize, usize, Face)> {
        let mut runs: Vec<(usize, usize, Face)> = Vec::new();
        for (at, c) in text.char_indices() {
            let face = self.fonts.face_of(c, bold).unwrap_or(Face::from(bold));
            match runs.last_mut() {
                Some((_, end, last)) if *last == face => *end = at + c.len_utf8(),
                _ => runs.push((at, at + c.len_utf8(), face)),
            }
        }
        runs
    }

    fn glyphs(&mut self, text: &str, start: usize, face: Face) -> Vec<Glyph> {
        let mut buffer = self.buffer.take().unwrap_or_default();
        buffer.reset();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        buffer.set_direction(harfrust::Direction::LeftToRight);
        let script = buffer.script();
        let key = (face, script.map(|script: Script| script.tag().to_be_bytes()));
        let font = &self.fonts.fonts[face];
        let plan = self.plans.entry(key).or_insert_with(|| {
            ShapePlan::new(font, buffer.direction(), script, buffer.language(), &self.features)
        });
        let options = ShapeOptions::new().plan(Some(plan)).features(&self.features);
        // It fails for a plan of another direction or script only; there would be no glyphs then.
        let done = harfrust::shape(&self.shapers[face], &mut buffer, options);
        debug_assert!(done.is_ok(), "{done:?}");
        let glyphs = read(&buffer, text, start);
        self.buffer = Some(buffer);
        glyphs
    }
}

/// The glyphs of a shaped text, with what each says.
fn read(buffer: &Buffer, text: &str, start: usize) -> Vec<Glyph> {
    let infos = buffer.glyph_infos();
    let positions = buffer.glyph_positions();
    let mut glyphs = Vec::with_capacity(infos.len());
    for (at, (info, place)) in infos.iter().zip(positions).enumerate() {
        let cluster = info.cluster as usize;
        let is_later = at > 0 && infos[at - 1].cluster == info.cluster;
        let next =
            infos[at..].iter().map(|info| info.cluster as usize).find(|next| *next > cluster);
        let end = if is_later { cluster } else { next.unwrap_or(text.len()) };
        glyphs.push(Glyph {
            id: u16::try_from(info.glyph_id).unwrap_or(0),
            advance: place.x_advance,
            offset: (place.x_offset, place.y_offset),
            says: start + cluster..start + end,
        });
    }
    glyphs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, bold: bool) -> Vec<(Face, Vec<String>)> {
        let fonts = Fonts::default();
        let shaped = Shaper::new(&fonts).shape(text, bold);
        let words = |piece: &Piece| {
            piece.glyphs.iter().map(|glyph| text[glyph.says.clone()].to_owned()).collect()
        };
        shaped.pieces.iter().map(|piece| (piece.face, words(piece))).collect()
    }

    #[test]
    fn each_letter_is_a_glyph() {
        assert_eq!(said("affi", false), [(0, ["a", "f", "f", "i"].map(str::to_owned).to_vec())]);
        assert_eq!(said("fi", true), [(1, ["f", "i"].map(str::to_owned).to_vec())]);
    }

    #[test]
    fn a_letter_with_its_accent_is_said_once() {
        assert_eq!(said("e\u{301}", false).concat_words(), "e\u{301}");
        assert_eq!(said("q\u{301}\u{323}x", false).concat_words(), "q\u{301}\u{323}x");
    }

    trait ConcatWords {
        fn concat_words(&self) -> String;
    }

    impl ConcatWords for Vec<(Face, Vec<String>)> {
        fn concat_words(&self) -> String {
            self.iter().flat_map(|(_, words)| words.iter().map(String::as_str)).collect()
        }
    }

    #[test]
    fn letters_stand_closer_where_they_may() {
        let fonts = Fonts::default();
        let mut shaper = Shaper::new(&fonts);
        let apart = shaper.shape("A", false).width + shaper.shape("V", false).width;
        assert!(shaper.shape("AV", false).width < apart);
    }

    #[test]
    fn a_character_without_glyph_has_no_face() {
        let fonts = Fonts::default();
        assert_eq!(fonts.face_of('a', true), Some(1));
        assert_eq!(fonts.face_of('日', false), None);
        assert_eq!(fonts.face_of('\u{1f600}', false), None);
        assert!(fonts.face_of('ж', false).is_some() && fonts.face_of('ß', true).is_some());
        assert_eq!(
            fonts.clone().add(b"no font".to_vec()),
            Err("this is no TrueType or OpenType font")
        );
    }
}
