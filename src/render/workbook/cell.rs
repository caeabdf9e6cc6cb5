//! What a cell holds, and how it looks.

use rust_xlsxwriter::{ColNum, Format, FormatAlign, RowNum, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

/// The ground of heads, as the accent of a page.
pub(super) const ACCENT: u32 = 0x0B_5A_6B;

/// The longest text of a cell. Unit: UTF-16 code units.
const LONGEST: usize = 32_767;
/// Stands at the end of a text that is longer.
const CUT: &str = " […] (longer than a cell can hold; the whole stands in the other formats)";

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    /// Nothing applies.
    Empty,
    /// A text, never a formula.
    Text(String),
    /// A share of everything, shown as per cent: 1 is everything.
    Share(f64),
    /// A whole number.
    Count(u32),
}

impl Cell {
    /// A text; empty where there is none.
    pub(super) fn text(text: impl AsRef<str>) -> Self {
        match text.as_ref() {
            "" => Self::Empty,
            text => Self::Text(fitting(text)),
        }
    }

    /// A text that may be missing.
    pub(super) fn maybe(text: Option<&String>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }

    /// A figure of 100 as the report words it, as `25.69` or `93.75 %`; empty where it is none.
    pub(super) fn figure(words: &str) -> Self {
        Self::number(words.trim_end_matches(" %"), -2)
    }

    /// A figure in basis points.
    pub(super) fn basis_points(bp: Option<u16>) -> Self {
        bp.map_or(Self::Empty, |bp| Self::number(&bp.to_string(), -4))
    }

    /// How many. No input is so large that it has more than a cell could count.
    pub(super) fn count(of: u64) -> Self {
        Self::Count(u32::try_from(of).unwrap_or(u32::MAX))
    }

    /// How many lines it takes in a column of this width, about: the fonts at hand differ.
    pub(super) fn lines(&self, width: u8) -> usize {
        match self {
            Self::Text(text) => lines(text, width),
            _ => 1,
        }
    }

    /// Read as a decimal and not divided, so that it is the nearest number there is.
    fn number(digits: &str, exponent: i8) -> Self {
        format!("{digits}e{exponent}").parse().map_or(Self::Empty, Self::Share)
    }

    /// Writes it to a sheet.
    pub(super) fn write(
        &self,
        sheet: &mut Worksheet,
        (row, column): (RowNum, ColNum),
        styles: &Styles,
    ) -> Result<(), XlsxError> {
        match self {
            Self::Empty => return Ok(()),
            Self::Text(text) => return put(sheet, (row, column), text, &styles.text),
            Self::Share(share) => {
                sheet.write_number_with_format(row, column, *share, &styles.share)?
            }
            Self::Count(count) => {
                sheet.write_number_with_format(row, column, *count, &styles.count)?
            }
        };
        Ok(())
    }
}

/// Writes a text, whatever it looks like.
pub(crate) fn put(
    sheet: &mut Worksheet,
    (row, column): (RowNum, ColNum),
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    if text.starts_with("<r>") {
        // The library takes such a text for parts with a look each, and would write it as it stands.
        let plain = Format::new();
        sheet.write_rich_string_with_format(row, column, &[(&plain, text)], format)?;
    } else {
        sheet.write_string_with_format(row, column, text, format)?;
    }
    Ok(())
}

/// How many lines a text takes in a column of this width, about.
pub(super) fn lines(text: &str, width: u8) -> usize {
    text.split('\n').map(|line| line.width().div_ceil(width.into()).max(1)).sum()
}

/// A text as far as a cell can hold it, with a mark where it is cut.
pub(super) fn fitting(text: &str) -> String {
    let units = |text: &str| text.encode_utf16().count();
    if units(text) <= LONGEST {
        return text.to_owned();
    }
    let mut left = LONGEST - units(CUT);
    let held = text.chars().take_while(|c| {
        let fits = c.len_utf16() <= left;
        left = left.saturating_sub(c.len_utf16());
        fits
    });
    held.chain(CUT.chars()).collect()
}

/// How cells look.
pub(super) struct Styles {
    /// Wrapped, from the top.
    text: Format,
    share: Format,
    count: Format,
    /// The head of a table.
    pub(super) head: Format,
    /// The name on the summary.
    pub(super) title: Format,
    /// A heading on the summary.
    pub(super) heading: Format,
    /// What a value on the summary is.
    pub(super) label: Format,
}

impl Styles {
    /// The same with figures at the left, below one another with texts.
    pub(super) fn at_the_left(self) -> Self {
        let left = |format: Format| format.set_align(FormatAlign::Left).set_indent(0);
        Self { share: left(self.share), count: left(self.count), ..self }
    }
}

impl Default for Styles {
    fn default() -> Self {
        let top = Format::new().set_align(FormatAlign::Top);
        let figure = top.clone().set_align(FormatAlign::Right).set_indent(1);
        let bold = top.clone().set_bold().set_text_wrap();
        Self {
            text: top.set_text_wrap(),
            share: figure.clone().set_num_format("0.00%"),
            count: figure.set_num_format("0"),
            head: bold.clone().set_font_color(0xFF_FF_FF).set_background_color(ACCENT),
            title: Format::new().set_bold().set_font_size(18).set_font_color(ACCENT),
            heading: Format::new().set_bold().set_font_size(13).set_font_color(ACCENT),
            label: bold,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_the_nearest_numbers() {
        assert_eq!(Cell::figure("25.69"), Cell::Share(0.2569));
        assert_eq!(Cell::figure("93.75 %"), Cell::Share(0.9375));
        assert_eq!(Cell::basis_points(Some(10_000)), Cell::Share(1.0));
        assert_eq!(Cell::basis_points(Some(7)), Cell::Share(0.0007));
        for none in ["–", "", "no evidence listed"] {
            assert_eq!(Cell::figure(none), Cell::Empty);
        }
    }

    #[test]
    fn a_text_is_cut_between_characters_and_says_so() {
        assert_eq!(fitting(&"x".repeat(LONGEST)), "x".repeat(LONGEST));
        for long in ["x".repeat(40_000), "🦀".repeat(20_000), "x".to_owned() + &"🦀".repeat(20_000)]
        {
            let held = fitting(&long);
            let units = held.encode_utf16().count();
            assert!((LONGEST - 1..=LONGEST).contains(&units) && held.ends_with(CUT), "{units}");
        }
    }
}
