//! How cells look.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// The ground of heads.
const ACCENT: u32 = 0x0B_5A_6B;

/// How cells look.
pub(super) struct Styles {
    /// A text that is read, from the top, in as many lines as it takes.
    pub(super) text: Format,
    /// The same with weight.
    pub(super) strong: Format,
    /// A short remark below a title, in one line.
    pub(super) hint: Format,
    /// An id, which is there for the program.
    pub(super) id: Format,
    /// The head of a table.
    pub(super) head: Format,
    /// What stands above a sheet.
    pub(super) title: Format,
    /// A cell to be filled in: not locked, and a text whatever stands in it.
    pub(super) answer: Format,
    /// Answered.
    pub(super) answered: Format,
    /// Said not to be known.
    pub(super) unknown: Format,
    /// Something is missing.
    pub(super) wrong: Format,
}

impl Default for Styles {
    fn default() -> Self {
        let text = Format::new().set_align(FormatAlign::Top).set_text_wrap();
        let rim = Color::RGB(0xB8_C4_C8);
        let cell = text.clone().set_border(FormatBorder::Thin).set_border_color(rim);
        let ground = |rgb: u32| Format::new().set_background_color(rgb);
        let line = Format::new().set_font_color(ACCENT);
        Self {
            strong: cell.clone().set_bold(),
            hint: Format::new().set_font_color(0x4A_55_5A),
            id: cell.clone().set_font_color(0x6B_76_7C).set_font_size(9),
            head: cell.clone().set_bold().set_font_color(0xFF_FF_FF).set_background_color(ACCENT),
            title: line.set_bold().set_font_size(16),
            answer: cell
                .clone()
                .set_unlocked()
                .set_num_format("@")
                .set_background_color(0xFF_FB_E6),
            answered: ground(0xDD_F1_E0),
            unknown: ground(0xFF_E2_B8),
            wrong: ground(0xF7_C3_C3),
            text: cell,
        }
    }
}
