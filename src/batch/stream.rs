//! A stream of any length with one kind of line end, within bounds for each line.

use crate::load::clients::Stream;
use std::io::{self, BufRead, BufReader, Read};

/// How long a row or line may be. Unit: bytes.
pub(super) const LONGEST: usize = crate::source::LARGEST_ANSWERS;

/// A stream whose lines all end in `\n`, the last one too, and none of whose rows goes on for ever.
#[derive(Debug)]
pub(super) struct Tidy {
    from: Stream,
    after_return: bool,
    /// Whether the line that was read last has its end.
    is_ended: bool,
    /// How much the present row may still have. Unit: bytes.
    left: usize,
    /// How much was read. Unit: bytes.
    pub(super) read: u64,
}

impl Tidy {
    pub(super) fn new(from: Stream) -> Self {
        Self { from, after_return: false, is_ended: true, left: usize::MAX, read: 0 }
    }

    /// A row begins, and may be as long as any.
    pub(super) fn row_begins(&mut self) {
        self.left = LONGEST;
    }

    /// How long the stream is, where that is known. Unit: bytes.
    pub(super) fn size(&self) -> Option<u64> {
        self.from.size
    }

    pub(super) fn name(&self) -> &str {
        &self.from.name
    }
}

impl Read for Tidy {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.left == 0 {
                return Err(io::Error::new(io::ErrorKind::FileTooLarge, "row without end"));
            }
            let read = self.from.read(into)?;
            self.read += read as u64;
            if read == 0 && (self.is_ended || into.is_empty()) {
                return Ok(0);
            }
            let kept = match read {
                0 => {
                    into[0] = b'\n';
                    1
                }
                _ => one_line_end(&mut into[..read], &mut self.after_return),
            };
            self.left = self.left.saturating_sub(kept);
            if kept > 0 {
                self.is_ended = into[kept - 1] == b'\n';
                return Ok(kept);
            }
        }
    }
}

/// Makes `\n` of each `\r` and `\r\n`; says how many bytes are left.
fn one_line_end(bytes: &mut [u8], after_return: &mut bool) -> usize {
    if !*after_return && !bytes.contains(&b'\r') {
        return bytes.len();
    }
    let mut kept = 0;
    for at in 0..bytes.len() {
        let byte = bytes[at];
        if !(byte == b'\n' && *after_return) {
            bytes[kept] = if byte == b'\r' { b'\n' } else { byte };
            kept += 1;
        }
        *after_return = byte == b'\r';
    }
    kept
}

/// A line of a stream, and its number.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) number: usize,
    /// `None`: it is longer than any answers.
    pub(super) bytes: Option<Vec<u8>>,
}

/// The lines of a stream that hold something.
#[derive(Debug)]
pub(super) struct Lines {
    from: BufReader<Tidy>,
    number: usize,
}

impl Lines {
    pub(super) fn new(from: BufReader<Tidy>) -> Self {
        Self { from, number: 0 }
    }

    pub(super) fn stream(&self) -> &Tidy {
        self.from.get_ref()
    }

    /// The next line; `None` at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Line>> {
        loop {
            let mut bytes = Vec::new();
            let limit = LONGEST as u64 + 2;
            if self.from.by_ref().take(limit).read_until(b'\n', &mut bytes)? == 0 {
                return Ok(None);
            }
            self.number += 1;
            let is_cut = bytes.last() != Some(&b'\n') && bytes.len() as u64 == limit;
            if is_cut {
                self.from.skip_until(b'\n')?;
                return Ok(Some(Line { number: self.number, bytes: None }));
            }
            let bytes = match bytes.strip_prefix(b"\xEF\xBB\xBF") {
                Some(rest) if self.number == 1 => rest.to_vec(),
                _ => bytes,
            };
            let bytes = bytes.trim_ascii();
            if !bytes.is_empty() {
                return Ok(Some(Line { number: self.number, bytes: Some(bytes.to_vec()) }));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::one_line_end;

    #[test]
    fn line_ends_become_one_kind_wherever_a_part_ends() {
        let text = b"a\r\nb\rc\n\r\n\rd";
        for cut in 0..text.len() {
            let (mut first, mut second) = (text[..cut].to_vec(), text[cut..].to_vec());
            let mut after_return = false;
            let kept = one_line_end(&mut first, &mut after_return);
            first.truncate(kept);
            let kept = one_line_end(&mut second, &mut after_return);
            second.truncate(kept);
            assert_eq!([first, second].concat(), b"a\nb\nc\n\n\nd", "cut at {cut}");
        }
    }
}
