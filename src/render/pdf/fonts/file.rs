//! The file of a font: its tables, and whether it may be put into a PDF. Source: OpenType 1.9.

/// Tables that a font must have, beside its outlines.
const NEEDED: [&[u8]; 5] = [b"cmap", b"head", b"hhea", b"hmtx", b"maxp"];

/// Tables of outlines, of which a font must have one.
const OUTLINES: [&[u8]; 2] = [b"glyf", b"CFF "];

/// A font can be read, is complete, and may be put into a PDF in part.
///
/// # Errors
/// What is wrong, in words.
pub(super) fn check(file: &[u8]) -> Result<(), &'static str> {
    if matches!(file.get(..4), Some(b"wOFF" | b"wOF2")) {
        return Err("it is packed for the web (WOFF); unpack it first, to TrueType or OpenType");
    }
    let records = records(file).ok_or("this is no TrueType or OpenType font")?;
    let has = |tag: &[u8]| records.iter().any(|record| record.starts_with(tag));
    if records.iter().any(|record| content(file, record).is_none()) {
        return Err("it is cut off or damaged");
    }
    if !NEEDED.into_iter().all(has) {
        return Err("it lacks a table that each font has");
    }
    if !OUTLINES.into_iter().any(has) {
        return Err("its letters are pictures or of a kind that cannot be put into a PDF");
    }
    // OS/2, fsType. Of several permissions the widest holds.
    match table(file, b"OS/2").and_then(|table| number(table, 8)) {
        Some(rights) if rights & 0xF == 0x2 => Err("its licence forbids to embed it (fsType 2)"),
        Some(rights) if rights & 0x100 != 0 => {
            Err("its licence forbids to embed a part of it (fsType 0x100)")
        }
        Some(rights) if rights & 0x200 != 0 => {
            Err("its licence forbids to embed its outlines (fsType 0x200)")
        }
        _ => Ok(()),
    }
}

/// A table of a font; of the first where a file holds several.
pub(in crate::render::pdf) fn table<'f>(file: &'f [u8], tag: &[u8]) -> Option<&'f [u8]> {
    let record = records(file)?.into_iter().find(|record| record.starts_with(tag))?;
    content(file, record)
}

/// The entries of the list of tables. `None` where it is no font.
fn records(file: &[u8]) -> Option<Vec<&[u8]>> {
    let start = match file.get(..4)? {
        b"ttcf" => long(file, 12)?,
        b"OTTO" | b"true" | [0, 1, 0, 0] => 0,
        _ => return None,
    };
    let count = number(file, start.checked_add(4)?)?;
    let list = file.get(start + 12..)?.get(..16 * count)?;
    Some(list.chunks_exact(16).collect())
}

/// What an entry is of.
fn content<'f>(file: &'f [u8], record: &[u8]) -> Option<&'f [u8]> {
    file.get(long(record, 8)?..)?.get(..long(record, 12)?)
}

/// A number of two bytes.
pub(in crate::render::pdf) fn number(bytes: &[u8], at: usize) -> Option<usize> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?).into())
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FONT: &[u8] = include_bytes!("../../../../templates/fonts/NotoSans-Regular.ttf");

    /// The font with two other bytes in a table.
    fn with(tag: &[u8], at: usize, bytes: [u8; 2]) -> Vec<u8> {
        let start = table(FONT, tag).expect("a table").as_ptr() as usize - FONT.as_ptr() as usize;
        let mut font = FONT.to_vec();
        font[start + at..start + at + 2].copy_from_slice(&bytes);
        font
    }

    #[test]
    fn what_is_no_whole_font_is_refused() {
        assert_eq!(check(FONT), Ok(()));
        for (file, why) in [
            (&b""[..], "no TrueType"),
            (b"\0\x01\0", "no TrueType"),
            (&FONT[..12], "no TrueType"),
            (b"<svg>", "no TrueType"),
            (b"wOF2 and more", "unpack"),
            (b"ttcf\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", "no TrueType"),
            (&FONT[..FONT.len() / 2], "cut off"),
            (&FONT[..FONT.len() - 8], "cut off"),
        ] {
            assert!(check(file).is_err_and(|said| said.contains(why)), "{why}: {:?}", check(file));
        }
    }

    #[test]
    fn what_a_licence_forbids_is_refused() {
        for (rights, why) in
            [(2_u16, Some("forbids to embed it")), (0x100, Some("part")), (0x200, Some("outlines"))]
        {
            let said = check(&with(b"OS/2", 8, rights.to_be_bytes()));
            assert!(said.is_err_and(|said| said.contains(why.unwrap_or_default())), "{rights}");
        }
        // To be looked at and printed; to be edited; the wider of two.
        for rights in [0_u16, 4, 8, 6] {
            assert_eq!(check(&with(b"OS/2", 8, rights.to_be_bytes())), Ok(()), "{rights}");
        }
    }
}
