//! Values as a PDF writes them. Source: ISO 32000-1, 7.2 and 7.3.

use std::ops::Range;
use std::rc::Rc;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// Nothing, true or false: nothing that is read here.
    Other,
    /// A whole number.
    Whole(i64),
    /// A number with a fraction. Unit: thousandths, the rest cut off.
    Fraction(i64),
    /// A name, without its stroke.
    Name(String),
    /// The bytes of a text.
    Text(Vec<u8>),
    /// Values in order.
    List(Vec<Value>),
    /// Values by name.
    Dictionary(Dictionary),
    /// Where another object is: its number.
    Reference(u32),
    /// Packed bytes, and what is told of them.
    Stream(Rc<Stream>),
    /// A word that is no value: an operator.
    Word(String),
}

impl Value {
    /// A number. Unit: thousandths; within what a page can need.
    pub(super) fn thousandths(&self) -> Option<i64> {
        let number = match self {
            Self::Whole(number) => number.saturating_mul(1000),
            Self::Fraction(number) => *number,
            _ => return None,
        };
        Some(number.clamp(-1_000_000_000, 1_000_000_000))
    }
}

/// Values by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Dictionary(Vec<(String, Value)>);

impl Dictionary {
    /// The value of a name, the last where there are several.
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// A whole number.
    pub(super) fn whole(&self, name: &str) -> Option<i64> {
        match self.get(name) {
            Some(Value::Whole(number)) => Some(*number),
            _ => None,
        }
    }
}

/// Packed bytes: where in the file they are, and what is told of them.
#[derive(Debug, PartialEq)]
pub(super) struct Stream {
    /// What is told of them.
    pub(super) head: Dictionary,
    /// Where the bytes begin; how many there are is told.
    pub(super) start: usize,
}

/// A reader of values. What cannot be read ends the reading.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    /// Where it reads next.
    pub(super) at: usize,
}

/// How deep lists and dictionaries may stand in one another.
const DEEPEST: usize = 32;

impl<'a> Reader<'a> {
    /// A reader that begins at a place.
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    /// The next value; `None` at the end and where there is no sense.
    pub(super) fn value(&mut self) -> Option<Value> {
        self.nested(0)
    }

    /// The next value, with references put together where numbers stand for one.
    fn nested(&mut self, depth: usize) -> Option<Value> {
        self.space();
        if depth > DEEPEST {
            return None;
        }
        match self.peek(0)? {
            b'/' => self.name().map(Value::Name),
            b'(' => self.literal().map(Value::Text),
            b'<' if self.peek(1) == Some(b'<') => self.dictionary(depth).map(Value::Dictionary),
            b'<' => self.hexadecimal().map(Value::Text),
            b'[' => self.list(depth).map(Value::List),
            b'+' | b'-' | b'.' | b'0'..=b'9' => Some(self.number()),
            b')' | b'>' | b']' | b'{' | b'}' => None,
            _ => self.word(),
        }
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at.checked_add(ahead)?).copied()
    }

    /// Where the bytes of a stream begin, if one begins here.
    pub(super) fn stream(&mut self) -> Option<usize> {
        self.space();
        if !self.bytes.get(self.at..)?.starts_with(b"stream") {
            return None;
        }
        self.at += 6;
        self.at += usize::from(self.peek(0) == Some(b'\r'));
        self.at += usize::from(self.peek(0) == Some(b'\n'));
        Some(self.at)
    }

    /// Skips white space and comments.
    pub(super) fn space(&mut self) {
        while let Some(byte) = self.peek(0) {
            match byte {
                b'%' => self.at = self.run(|byte| !matches!(byte, b'\r' | b'\n')).end,
                _ if is_space(byte) => self.at += 1,
                _ => break,
            }
        }
    }

    /// The stretch of bytes from here that are of a kind.
    fn run(&self, is: impl Fn(u8) -> bool) -> Range<usize> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        self.at..self.at + rest.iter().take_while(|byte| is(**byte)).count()
    }

    fn take(&mut self, is: impl Fn(u8) -> bool) -> &'a [u8] {
        let run = self.run(is);
        self.at = run.end;
        self.bytes.get(run).unwrap_or_default()
    }

    fn word(&mut self) -> Option<Value> {
        let word = self.take(is_regular);
        (!word.is_empty()).then(|| match word {
            b"null" | b"true" | b"false" => Value::Other,
            _ => Value::Word(String::from_utf8_lossy(word).into_owned()),
        })
    }

    fn number(&mut self) -> Value {
        let digits = self.take(is_regular);
        let number = std::str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok());
        let Some(number) = number else {
            return fraction(digits).map_or(Value::Other, Value::Fraction);
        };
        // `12 0 R` is a reference.
        let before = self.at;
        self.space();
        let generation = self.take(|byte| byte.is_ascii_digit());
        self.space();
        let is_reference = !generation.is_empty()
            && self.peek(0) == Some(b'R')
            && !self.peek(1).is_some_and(is_regular);
        match u32::try_from(number) {
            Ok(number) if is_reference => {
                self.at += 1;
                Value::Reference(number)
            }
            _ => {
                self.at = before;
                Value::Whole(number)
            }
        }
    }

    fn name(&mut self) -> Option<String> {
        self.at += 1;
        let mut raw = self.take(is_regular).iter().copied();
        let mut name = Vec::new();
        while let Some(byte) = raw.next() {
            match byte {
                b'#' => name.push(raw.next().and_then(digit)? * 16 + raw.next().and_then(digit)?),
                _ => name.push(byte),
            }
        }
        Some(String::from_utf8_lossy(&name).into_owned())
    }

    fn hexadecimal(&mut self) -> Option<Vec<u8>> {
        self.at += 1;
        let digits = self.take(|byte| byte != b'>');
        self.at += 1;
        let mut digits: Vec<u8> = digits.iter().filter_map(|byte| digit(*byte)).collect();
        digits.resize(digits.len().next_multiple_of(2), 0);
        Some(digits.chunks_exact(2).map(|pair| pair[0] * 16 + pair[1]).collect())
    }

    fn literal(&mut self) -> Option<Vec<u8>> {
        let mut text = Vec::new();
        let mut depth = 0_usize;
        loop {
            let byte = self.peek(0)?;
            self.at += 1;
            match byte {
                b'(' => depth += 1,
                b')' => depth -= 1,
                b'\\' => {
                    text.extend(self.escape()?);
                    continue;
                }
                _ => {}
            }
            match (byte, depth) {
                (_, 0) => return Some(text),
                (b'(', 1) => {}
                _ => text.push(byte),
            }
        }
    }

    /// What stands behind a backslash.
    fn escape(&mut self) -> Option<Option<u8>> {
        let byte = self.peek(0)?;
        if matches!(byte, b'0'..=b'7') {
            let mut code = 0_u32;
            for _ in 0..3 {
                let Some(digit @ b'0'..=b'7') = self.peek(0) else { break };
                code = code * 8 + u32::from(digit - b'0');
                self.at += 1;
            }
            return Some(u8::try_from(code).ok());
        }
        self.at += 1;
        Some(match byte {
            b'n' => Some(b'\n'),
            b'r' => Some(b'\r'),
            b't' => Some(b'\t'),
            b'b' => Some(8),
            b'f' => Some(12),
            b'\n' => None,
            b'\r' => {
                self.at += usize::from(self.peek(0) == Some(b'\n'));
                None
            }
            _ => Some(byte),
        })
    }

    fn list(&mut self, depth: usize) -> Option<Vec<Value>> {
        self.at += 1;
        let mut values = Vec::new();
        loop {
            self.space();
            if self.peek(0)? == b']' {
                self.at += 1;
                return Some(values);
            }
            values.push(self.nested(depth + 1)?);
        }
    }

    fn dictionary(&mut self, depth: usize) -> Option<Dictionary> {
        self.at += 2;
        let mut entries = Vec::new();
        loop {
            self.space();
            if self.peek(0)? == b'>' {
                self.at += 2;
                return Some(Dictionary(entries));
            }
            let Value::Name(name) = self.nested(depth + 1)? else { return None };
            entries.push((name, self.nested(depth + 1)?));
        }
    }
}

/// `-1.25` as -1250.
fn fraction(digits: &[u8]) -> Option<i64> {
    let digits = std::str::from_utf8(digits).ok()?;
    let (digits, sign) = match digits.strip_prefix('-') {
        Some(digits) => (digits, -1),
        None => (digits.strip_prefix('+').unwrap_or(digits), 1),
    };
    let (whole, part) = digits.split_once('.')?;
    let part: String = part.chars().chain("000".chars()).take(3).collect();
    let (whole, part): (u32, u32) =
        (if whole.is_empty() { 0 } else { whole.parse().ok()? }, part.parse().ok()?);
    Some(sign * (i64::from(whole) * 1000 + i64::from(part)))
}

fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 12 | b'\r' | b' ')
}

fn is_regular(byte: u8) -> bool {
    let delimits =
        matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%');
    !is_space(byte) && !delimits
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// A text for people: UTF-16 behind its mark, else taken byte by byte.
pub(super) fn text(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, units @ ..] => utf16(units),
        [0xEF, 0xBB, 0xBF, units @ ..] => String::from_utf8_lossy(units).into_owned(),
        _ => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

/// UTF-16, the high byte first.
pub(super) fn utf16(bytes: &[u8]) -> String {
    let units = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}
