//! The colours of a PDF: those of the style sheet's light mode, under the same names.

use super::block::Colour;

/// Of text.
pub const INK: Colour = [0x16, 0x23, 0x2b];
/// Of what matters less.
pub const SOFT: Colour = [0x4d, 0x5d, 0x67];
/// Of rules.
pub const LINE: Colour = [0xcc, 0xd6, 0xdb];
/// The ground of what is set apart.
pub const TINT: Colour = [0xef, 0xf4, 0xf6];
/// Of links and numbers that stand out.
pub const ACCENT: Colour = [0x0b, 0x5a, 0x6b];
/// The score.
pub const LOW: Colour = [0x0f, 0x73, 0x86];
/// What open answers could add.
pub const HIGH: Colour = [0xa9, 0xd3, 0xdb];
/// What is wanted.
pub const TARGET: Colour = [0x9a, 0x3b, 0x00];
/// The evidenced score.
pub const EVIDENCED: Colour = [0x16, 0x23, 0x2b];
/// Not as it must be.
pub const BAD: Colour = [0xa3, 0x16, 0x1b];
/// The ground under it.
pub const BAD_TINT: Colour = [0xfd, 0xee, 0xee];
/// To be looked at.
pub const WARN: Colour = [0x7a, 0x4a, 0x00];
/// The ground under it.
pub const WARN_TINT: Colour = [0xfd, 0xf4, 0xe3];
/// As it should be.
pub const GOOD: Colour = [0x1c, 0x62, 0x32];
/// The ground under it.
pub const GOOD_TINT: Colour = [0xeb, 0xf6, 0xee];

/// A colour that lies on white with so much of its strength. Unit of the share: hundredths.
pub const fn on_white(colour: Colour, share: i64) -> Colour {
    let [red, green, blue] = colour;
    [paled(red, share), paled(green, share), paled(blue, share)]
}

const fn paled(part: u8, share: i64) -> u8 {
    (255 - (255 - part as i64) * share / 100) as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtin;

    #[test]
    fn paper_and_screen_have_the_same_colours() {
        let css = builtin::template("report/report.css").expect("built in");
        let light = css.split('}').next().expect("begins with the light mode");
        let named = [
            ("ink", INK),
            ("soft", SOFT),
            ("line", LINE),
            ("tint", TINT),
            ("accent", ACCENT),
            ("low", LOW),
            ("high", HIGH),
            ("target", TARGET),
            ("evidenced", EVIDENCED),
            ("bad", BAD),
            ("bad-tint", BAD_TINT),
            ("warn", WARN),
            ("warn-tint", WARN_TINT),
            ("good", GOOD),
            ("good-tint", GOOD_TINT),
        ];
        for (name, [red, green, blue]) in named {
            let wanted = format!("--{name}: #{red:02x}{green:02x}{blue:02x};");
            assert!(light.contains(&wanted), "{wanted}");
        }
    }

    #[test]
    fn no_strength_is_white() {
        assert_eq!(on_white(LOW, 0), [255; 3]);
        assert_eq!(on_white(LOW, 100), LOW);
    }
}
