//! Sizes, distances and colours of a PDF: those of the HTML page in light, on paper.

use super::block::{Colour, Length, POINT, Setting, Tone};

/// The size of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paper {
    /// 210 by 297 millimetres.
    #[default]
    A4,
    /// 8.5 by 11 inches.
    Letter,
}

impl Paper {
    /// Width and height.
    pub fn size(self) -> (Length, Length) {
        match self {
            Self::A4 => (595_276, 841_890),
            Self::Letter => (612 * POINT, 792 * POINT),
        }
    }

    /// The word for it on the command line and in a report that was made with it.
    pub fn word(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::Letter => "letter",
        }
    }
}

/// What is left free at the left and right of a page.
pub(super) const SIDE: Length = 54 * POINT;
/// At its top.
pub(super) const TOP: Length = 54 * POINT;
/// At its bottom; the foot stands in it.
pub(super) const BOTTOM: Length = 62 * POINT;
/// The baseline of the foot, from the bottom.
pub(super) const FOOT: Length = 34 * POINT;

/// How letters stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Type {
    /// Their size.
    pub(super) size: Length,
    /// From one baseline to the next.
    pub(super) leading: Length,
    /// Whether all of it is bold.
    pub(super) bold: bool,
    /// The colour of what has none of its own.
    pub(super) tone: Tone,
}

/// From the top of a line to its baseline, of its leading.
pub(super) const BASELINE: (i64, i64) = (74, 100);

const fn points(size: i64, leading: i64, bold: bool, tone: Tone) -> Type {
    Type { size: size * POINT / 10, leading: leading * POINT / 10, bold, tone }
}

/// The type of a paragraph.
pub(super) fn paragraph(setting: Setting) -> Type {
    match setting {
        Setting::Body => points(95, 138, false, Tone::Ink),
        Setting::Small => points(83, 117, false, Tone::Soft),
        Setting::Lead => points(112, 160, false, Tone::Ink),
        Setting::Kicker => points(100, 140, true, Tone::Accent),
        Setting::Huge => points(340, 420, true, Tone::Ink),
    }
}

/// The type of a heading.
pub(super) fn heading(level: u8) -> Type {
    match level {
        1 => points(240, 290, true, Tone::Ink),
        2 => points(155, 200, true, Tone::Ink),
        3 => points(117, 155, true, Tone::Ink),
        4 => points(99, 138, true, Tone::Ink),
        _ => points(95, 138, true, Tone::Ink),
    }
}

/// Above and below a heading.
pub(super) fn around_heading(level: u8) -> (Length, Length) {
    match level {
        1 => (0, 4 * POINT),
        2 => (26 * POINT, 7 * POINT),
        3 => (15 * POINT, 4 * POINT),
        _ => (11 * POINT, 3 * POINT),
    }
}

/// The type of what is small within a line of another type.
pub(super) fn small(size: Length) -> Length {
    size * 88 / 100
}

/// The type of a column's head.
pub(super) fn column_head() -> Type {
    points(83, 112, true, Tone::Soft)
}

/// The type of foot lines.
pub(super) fn foot() -> Type {
    points(78, 100, false, Tone::Soft)
}

/// The colour of letters.
pub(super) fn ink(tone: Tone) -> Colour {
    match tone {
        Tone::Ink => [0x16, 0x23, 0x2b],
        Tone::Soft => [0x4d, 0x5d, 0x67],
        Tone::Accent => [0x0b, 0x5a, 0x6b],
        Tone::Bad => [0xa3, 0x16, 0x1b],
        Tone::Warn => [0x7a, 0x4a, 0x00],
        Tone::Good => [0x1c, 0x62, 0x32],
    }
}

/// The ground under letters of this tone.
pub(super) fn ground(tone: Tone) -> Colour {
    match tone {
        Tone::Ink | Tone::Soft => [0xef, 0xf4, 0xf6],
        Tone::Accent => [0xf0, 0xf6, 0xf8],
        Tone::Bad => [0xfd, 0xee, 0xee],
        Tone::Warn => [0xfd, 0xf4, 0xe3],
        Tone::Good => [0xeb, 0xf6, 0xee],
    }
}

/// The colour of thin lines.
pub(super) const LINE: Colour = [0xcc, 0xd6, 0xdb];
