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

/// What differs between a document and one of few pages. Distances are from the edge of the page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    /// Where text begins.
    pub(super) top: Length,
    /// Where it ends.
    pub(super) bottom: Length,
    /// The baseline of the running head.
    pub(super) head: Length,
    /// The baseline of the foot.
    pub(super) foot: Length,
    is_dense: bool,
}

impl Look {
    /// That of a document. What comes again on several pages nearer to the edge than an eighth of the page
    /// is taken for a running head by programs that read aloud, so text keeps out of there; few pages have
    /// nothing that comes again.
    pub(super) fn of(is_dense: bool) -> Self {
        let [top, bottom, head, foot] = if is_dense { [62, 64, 40, 38] } else { [92, 91, 56, 46] };
        Self {
            top: top * POINT,
            bottom: bottom * POINT,
            head: head * POINT,
            foot: foot * POINT,
            is_dense,
        }
    }

    /// One of two, the second for few pages.
    fn either<T>(self, usual: T, dense: T) -> T {
        if self.is_dense { dense } else { usual }
    }

    /// The type of a paragraph.
    pub(super) fn paragraph(self, setting: Setting) -> Type {
        match setting {
            Setting::Body => {
                self.either(points(95, 138, false, Tone::Ink), points(92, 128, false, Tone::Ink))
            }
            Setting::Small => {
                self.either(points(83, 117, false, Tone::Soft), points(82, 110, false, Tone::Soft))
            }
            Setting::Lead => LEAD,
            Setting::Kicker => points(100, 140, true, Tone::Accent),
            Setting::Huge => {
                self.either(points(340, 420, true, Tone::Ink), points(300, 360, true, Tone::Ink))
            }
        }
    }

    /// The type of a heading.
    pub(super) fn heading(self, level: u8) -> Type {
        let (size, leading) = match level {
            1 => self.either((240, 290), (220, 260)),
            2 => self.either((155, 200), (130, 160)),
            3 => self.either((117, 155), (102, 134)),
            4 => (99, 138),
            _ => (95, 138),
        };
        points(size, leading, true, Tone::Ink)
    }

    /// Above and below a heading.
    pub(super) fn around_heading(self, level: u8) -> (Length, Length) {
        let (above, below) = match level {
            1 => (0, 4),
            2 => self.either((26, 7), (14, 4)),
            3 => self.either((15, 4), (8, 2)),
            _ => (11, 3),
        };
        (above * POINT, below * POINT)
    }

    /// Above and below what a cell of a table holds.
    pub(super) fn cell(self) -> Length {
        self.either(4000, 2400)
    }

    /// What blocks that stand together are measured by, on a page of this height: holes cost pages.
    pub(super) fn kept(self, height: Length) -> Length {
        self.either(height, height * 2 / 3)
    }

    /// At the top and bottom of a callout.
    pub(super) fn callout(self) -> Length {
        self.either(8000, 5000)
    }

    /// Above what stands by itself: tables, drawings, callouts.
    pub(super) fn far_apart(self) -> Length {
        self.either(9000, 6000)
    }
}

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

/// The type of what is read first.
const LEAD: Type = points(112, 160, false, Tone::Ink);

/// The size of what is small within a line of another type: beside a huge number, that of what is read
/// first.
pub(super) fn small(size: Length) -> Length {
    if size > 2 * LEAD.size { LEAD.size } else { size * 88 / 100 }
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
