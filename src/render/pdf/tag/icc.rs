//! The sRGB colour space as an ICC profile, version 2, written here: free for any use (CC0).

/// D65 white, and red, green and blue of sRGB adapted to D50. Unit: 1/65 536.
/// Source: IEC 61966-2-1, adapted by Bradford's matrix as in the ICC's own profiles.
const PLACES: [(&[u8; 4], [u32; 3]); 4] = [
    (b"wtpt", [0xF351, 0x1_0000, 0x1_16CC]),
    (b"rXYZ", [0x6FA2, 0x38F5, 0x0390]),
    (b"gXYZ", [0x6299, 0xB785, 0x18DA]),
    (b"bXYZ", [0x24A0, 0x0F84, 0xB6CF]),
];

/// The curve from a value to light in 65 even steps. Unit: 1/65 535.
/// Source: IEC 61966-2-1, `v / 12.92` up to 0.04045, then `((v + 0.055) / 1.055) ^ 2.4`.
const CURVE: [u16; 65] = [
    0, 79, 159, 240, 338, 456, 595, 756, 940, 1148, 1381, 1639, 1923, 2234, 2572, 2939, 3334, 3759,
    4214, 4699, 5215, 5763, 6344, 6957, 7603, 8283, 8997, 9746, 10530, 11350, 12206, 13098, 14027,
    14994, 15998, 17041, 18122, 19242, 20401, 21600, 22840, 24119, 25440, 26802, 28206, 29651,
    31139, 32670, 34243, 35860, 37521, 39226, 40975, 42768, 44607, 46491, 48420, 50396, 52417,
    54486, 56601, 58763, 60972, 63230, 65535,
];

/// The profile.
pub(super) fn srgb() -> Vec<u8> {
    let mut parts: Vec<(&[u8; 4], Vec<u8>)> = vec![
        (b"desc", description("sRGB")),
        (b"cprt", [b"text\0\0\0\0".as_slice(), b"CC0, no rights reserved\0"].concat()),
    ];
    for (name, place) in PLACES {
        let numbers = place.into_iter().flat_map(u32::to_be_bytes);
        parts.push((name, b"XYZ \0\0\0\0".iter().copied().chain(numbers).collect()));
    }
    let curve = CURVE.into_iter().flat_map(u16::to_be_bytes);
    let head = [b"curv\0\0\0\0".as_slice(), &(CURVE.len() as u32).to_be_bytes()].concat();
    parts.push((b"rTRC", head.into_iter().chain(curve).collect()));
    assemble(&parts)
}

/// A header, the table of parts and the parts; green and blue share the curve of red.
fn assemble(parts: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let first = 128 + 4 + 12 * (parts.len() as u32 + 2);
    let mut table = (parts.len() as u32 + 2).to_be_bytes().to_vec();
    let mut data = Vec::new();
    for (name, part) in parts {
        let numbers = [first + data.len() as u32, part.len() as u32].map(u32::to_be_bytes).concat();
        let shared: &[&[u8; 4]] = if *name == b"rTRC" { &[b"gTRC", b"bTRC"] } else { &[] };
        for name in std::iter::once(name).chain(shared) {
            table.extend_from_slice(*name);
            table.extend_from_slice(&numbers);
        }
        data.extend_from_slice(part);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    let mut profile = header(first + data.len() as u32);
    profile.extend(table);
    profile.extend(data);
    profile
}

/// The 128 bytes at the beginning.
fn header(size: u32) -> Vec<u8> {
    let mut header = size.to_be_bytes().to_vec();
    header.extend_from_slice(b"\0\0\0\0\x02\x10\0\0mntrRGB XYZ ");
    // A date, which the profile must bear: 2026-01-01.
    header.extend([2026, 1, 1, 0, 0, 0].into_iter().flat_map(u16::to_be_bytes));
    header.extend_from_slice(b"acsp");
    header.resize(68, 0);
    // The white of the space that colours are given in: D50.
    header.extend([0xF6D6, 0x1_0000, 0xD32D].into_iter().flat_map(u32::to_be_bytes));
    header.resize(128, 0);
    header
}

/// A text in ASCII, with none in Unicode nor for the Macintosh.
fn description(text: &str) -> Vec<u8> {
    let mut part = b"desc\0\0\0\0".to_vec();
    part.extend((text.len() as u32 + 1).to_be_bytes());
    part.extend_from_slice(text.as_bytes());
    part.resize(part.len() + 1 + 4 + 4 + 2 + 1 + 67, 0);
    part
}
