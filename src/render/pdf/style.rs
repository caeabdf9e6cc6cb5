//! Sizes, distances and colours of a PDF: those of the HTML page in light, on paper.

use super::block::{Colour, Length, POINT, Setting, Tone};
use super::palette;

/// The colour of thin lines.
pub(super) use palette::LINE;

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

    /// The one with this word.
    pub fn of(word: &str) -> Option<Self> {
        [Self::A4, Self::Letter].into_iter().find(|paper| paper.word() == word)
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
/// At its top. What stands nearer to the edge than an eighth of the page is taken for a running head by
/// programs that read aloud, so text keeps out of there.
pub(super) const TOP: Length = 92 * POINT;
/// At its bottom; the foot stands in it.
pub(super) const BOTTOM: Length = 91 * POINT;
/// The baseline of the foot, from the bottom.
pub(super) const FOOT: Length = 46 * POINT;

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

/// The type of what is small within a line of another type: beside a huge number, that of what is read
/// first.
pub(super) fn small(size: Length) -> Length {
    if size > heading(1).size { paragraph(Setting::Lead).size } else { size * 88 / 100 }
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
        Tone::Ink => palette::INK,
        Tone::Soft => palette::SOFT,
        Tone::Accent => palette::ACCENT,
        Tone::Bad => palette::BAD,
        Tone::Warn => palette::WARN,
        Tone::Good => palette::GOOD,
    }
}

/// The ground under letters of this tone.
pub(super) fn ground(tone: Tone) -> Colour {
    match tone {
        Tone::Ink | Tone::Soft | Tone::Accent => palette::TINT,
        Tone::Bad => palette::BAD_TINT,
        Tone::Warn => palette::WARN_TINT,
        Tone::Good => palette::GOOD_TINT,
    }
}
