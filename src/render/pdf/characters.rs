//! Characters that no font at hand has: spelt out, so that nothing is lost, and named.

use super::block::{Block, Document, Figure, Shape, Span};
use super::fonts::{Fonts, is_right_to_left};

/// What part of a text may be spelt out before it can no longer be read: one in this many.
const READABLE: usize = 20;
/// How much of a text is shown. Unit: characters.
const EXCERPT: usize = 40;

/// A character that no font at hand has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// It.
    pub character: char,
    /// The beginning of the text that it stands in.
    pub text: String,
    /// Whether that is in another script, so that little of it could be read.
    pub unreadable: bool,
    /// Whether it is of a script that is written from right to left.
    pub right_to_left: bool,
}

/// Writes characters without glyph as `[U+1F600]`. Each is named once, and so is each text that is in
/// another script.
pub(super) fn spell_out(document: &mut Document, fonts: &Fonts) -> Vec<Missing> {
    let mut speller = Speller { fonts, missing: Vec::new() };
    for text in [&mut document.title, &mut document.head, &mut document.foot] {
        speller.text(text);
    }
    speller.blocks(&mut document.blocks);
    speller.missing
}

struct Speller<'f> {
    fonts: &'f Fonts,
    missing: Vec<Missing>,
}

impl Speller<'_> {
    fn blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            match block {
                Block::Heading(heading) => self.spans(&mut heading.text),
                Block::Paragraph(text, _) => self.spans(text),
                Block::List(_, entries) => {
                    entries.iter_mut().for_each(|entry| self.blocks(entry));
                }
                Block::Pairs(pairs) | Block::KeyFigures(pairs) => {
                    for (name, value) in pairs {
                        self.spans(name);
                        self.spans(value);
                    }
                }
                Block::Table(table) => {
                    table.caption.iter_mut().for_each(|caption| self.spans(caption));
                    table.columns.iter_mut().for_each(|column| self.spans(&mut column.head));
                    table.rows.iter_mut().flatten().for_each(|cell| self.blocks(cell));
                }
                Block::Figure(figure) => self.figure(figure),
                Block::Callout(_, blocks) | Block::Together(blocks) => self.blocks(blocks),
                Block::Beside(columns) => {
                    columns.iter_mut().for_each(|(_, blocks)| self.blocks(blocks));
                }
                Block::Contents | Block::NewPage => {}
            }
        }
    }

    fn figure(&mut self, figure: &mut Figure) {
        figure.caption.iter_mut().for_each(|caption| self.spans(caption));
        for shape in &mut figure.shapes {
            if let Shape::Label { text, .. } = shape {
                self.text(text);
            }
        }
    }

    fn spans(&mut self, spans: &mut [Span]) {
        spans.iter_mut().for_each(|span| self.text(&mut span.text));
    }

    fn text(&mut self, text: &mut String) {
        let lacks = |c: &char| !c.is_whitespace() && self.fonts.face_of(*c, false).is_none();
        if !text.chars().any(|c| lacks(&c)) {
            return;
        }
        let letters: Vec<_> = text.chars().filter(|c| lacks(c) && c.is_alphabetic()).collect();
        let unreadable = letters.len() > 1 && letters.len() * READABLE > text.chars().count();
        let excerpt: String = text.chars().take(EXCERPT).collect();
        let named =
            if unreadable { vec![letters[0]] } else { text.chars().filter(lacks).collect() };
        let spelt = |c: char| match lacks(&c) {
            true => format!("[U+{:04X}]", u32::from(c)),
            false => c.to_string(),
        };
        let spelt: String = text.chars().map(spelt).collect();
        *text = spelt;
        for character in named {
            let is_known = |known: &Missing| match unreadable {
                true => known.unreadable && known.text == excerpt,
                false => known.character == character && !known.unreadable,
            };
            if !self.missing.iter().any(is_known) {
                let right_to_left = is_right_to_left(character);
                let text = excerpt.clone();
                self.missing.push(Missing { character, text, unreadable, right_to_left });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::pdf::block::Setting;

    fn spelt(text: &str) -> (String, Vec<Missing>) {
        let mut document = Document {
            language: "en".to_owned(),
            title: String::new(),
            subject: String::new(),
            author: String::new(),
            date: "2026-11-02".to_owned(),
            dense: false,
            head: "Nobody".to_owned(),
            foot: String::new(),
            blocks: vec![Block::Paragraph(vec![Span::plain(text)], Setting::Body)],
        };
        let missing = spell_out(&mut document, &Fonts::default());
        match document.blocks.remove(0) {
            Block::Paragraph(text, _) => (text[0].text.clone(), missing),
            _ => unreachable!("it was one"),
        }
    }

    #[test]
    fn a_text_that_the_fonts_have_stays() {
        let text = "Größe, ½ day – “level 2”, жук, Ωμέγα, e\u{301}\u{a0}!";
        assert_eq!(spelt(text), (text.to_owned(), Vec::new()));
    }

    #[test]
    fn single_characters_are_spelt_out() {
        let (text, missing) = spelt("Good \u{1f600} and 東 \u{1f600}");
        assert_eq!(text, "Good [U+1F600] and [U+6771] [U+1F600]");
        let named: Vec<_> = missing.iter().map(|each| (each.character, each.unreadable)).collect();
        assert_eq!(named, [('\u{1f600}', false), ('東', false)]);
        assert!(!spelt("\u{1f600}\u{1f600}\u{1f600}").1[0].unreadable);
    }

    #[test]
    fn a_text_in_another_script_cannot_be_read() {
        let (_, missing) = spelt("東京のパン屋");
        assert_eq!(missing.len(), 1);
        assert!(missing[0].unreadable && !missing[0].right_to_left);
        assert!(spelt("مخبز الزاوية").1[0].right_to_left);
    }
}
