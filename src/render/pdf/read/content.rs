//! What a page says: its operators, and the texts that its fonts give to glyphs. Source: ISO 32000-1,
//! 9.4, 9.10.3 and 14.6.

use super::file::Pdf;
use super::object::{Dictionary, Reader, Value, text, utf16};
use std::collections::BTreeMap;
use std::rc::Rc;

/// A reader of the text of a page.
pub(super) struct Interpreter<'f, 'a> {
    file: &'f mut Pdf<'a>,
    fonts: Dictionary,
    known: BTreeMap<String, Rc<Font>>,
    font: Rc<Font>,
    /// Unit of all lengths: thousandths of a point.
    size: i64,
    /// Where the next glyph would stand, and where it stands since the last jump.
    pen: (i64, i64),
    line: (i64, i64),
    /// Marked content that is open; whether it is told what it says.
    open: Vec<bool>,
    /// What was read.
    pub(super) text: String,
}

/// A font as far as its texts and widths go.
#[derive(Default)]
struct Font {
    /// Whether a glyph is named by two bytes.
    wide: bool,
    says: BTreeMap<u16, String>,
    /// Unit: millionths of the size.
    widths: BTreeMap<u16, i64>,
}

/// How many sequences may stand in one another.
const DEEPEST: usize = 1000;

impl<'f, 'a> Interpreter<'f, 'a> {
    /// For a page with its fonts.
    pub(super) fn new(file: &'f mut Pdf<'a>, fonts: Dictionary) -> Self {
        Self {
            file,
            fonts,
            known: BTreeMap::new(),
            font: Rc::default(),
            size: 0,
            pen: (0, 0),
            line: (0, 0),
            open: Vec::new(),
            text: String::new(),
        }
    }

    /// Reads the operators of a page, up to where they make no sense.
    pub(super) fn run(&mut self, content: &[u8]) -> Result<(), String> {
        let mut reader = Reader::new(content, 0);
        let mut operands = Vec::new();
        while let Some(value) = reader.value() {
            match value {
                Value::Word(operator) => {
                    self.operate(&operator, &operands)?;
                    operands.clear();
                }
                value => operands.push(value),
            }
        }
        Ok(())
    }

    fn operate(&mut self, operator: &str, operands: &[Value]) -> Result<(), String> {
        let number = |at: usize| operands.get(at).and_then(Value::thousandths).unwrap_or(0);
        match operator {
            "BT" => self.line = (0, 0),
            "Tf" => {
                if let Some(Value::Name(name)) = operands.first() {
                    self.font = self.font(name)?;
                }
                self.size = number(1);
            }
            "Tm" => self.jump((number(4), number(5)))?,
            "Td" | "TD" => self.jump((self.line.0 + number(0), self.line.1 + number(1)))?,
            "T*" => self.jump((self.line.0, self.line.1 - self.size))?,
            "Tj" => self.show(operands)?,
            "'" | "\"" => {
                self.jump((self.line.0, self.line.1 - self.size))?;
                self.show(operands)?;
            }
            "TJ" => {
                if let Some(Value::List(parts)) = operands.first() {
                    self.show(parts)?;
                }
            }
            "BMC" | "BDC" => self.begin(operands.get(1))?,
            "EMC" => drop(self.open.pop()),
            _ => {}
        }
        Ok(())
    }

    /// Adds to the text, unless what stands here is told already.
    fn say(&mut self, text: &str) -> Result<(), String> {
        self.file.spend(text.len())?;
        if !self.open.contains(&true) {
            self.text.push_str(text);
        }
        Ok(())
    }

    fn begin(&mut self, properties: Option<&Value>) -> Result<(), String> {
        let told = match properties {
            Some(Value::Dictionary(properties)) => properties.get("ActualText"),
            _ => None,
        };
        if let Some(Value::Text(bytes)) = told {
            self.say(&text(bytes))?;
        }
        if self.open.len() > DEEPEST {
            return Err("its pages make no sense".to_owned());
        }
        self.open.push(matches!(told, Some(Value::Text(_))));
        Ok(())
    }

    /// Goes elsewhere: further on the line, which is a gap where it is far enough, or to another.
    fn jump(&mut self, to: (i64, i64)) -> Result<(), String> {
        let (right, up) = (to.0.saturating_sub(self.pen.0), to.1.saturating_sub(self.pen.1));
        (self.pen, self.line) = (to, to);
        let near = self.size.abs() / 5;
        let gap = match (right.abs() <= near, up.abs() <= near) {
            (true, true) => return Ok(()),
            (false, true) if right > 0 => ' ',
            _ => '\n',
        };
        match self.text.chars().last() {
            None | Some('\n') => Ok(()),
            Some(' ') if gap == ' ' => Ok(()),
            _ => self.say(gap.encode_utf8(&mut [0; 4])),
        }
    }

    /// Glyphs, and how far the pen goes back between them.
    fn show(&mut self, parts: &[Value]) -> Result<(), String> {
        let font = Rc::clone(&self.font);
        for part in parts {
            if let Some(back) = part.thousandths() {
                self.forward(-back);
            }
            let Value::Text(bytes) = part else { continue };
            for code in bytes.chunks(if font.wide { 2 } else { 1 }) {
                let code = code.iter().fold(0, |code, byte| code << 8 | u16::from(*byte));
                match font.says.get(&code) {
                    Some(says) => self.say(says)?,
                    None if font.wide => self.say("\u{FFFD}")?,
                    None => self.say(char::from(code as u8).encode_utf8(&mut [0; 4]))?,
                }
                self.forward(font.widths.get(&code).copied().unwrap_or(1_000_000));
            }
        }
        Ok(())
    }

    /// Moves the pen. Unit: millionths of the size.
    fn forward(&mut self, by: i64) {
        let by = i128::from(by) * i128::from(self.size) / 1_000_000;
        self.pen.0 = self.pen.0.saturating_add(i64::try_from(by).unwrap_or(0));
    }

    fn font(&mut self, name: &str) -> Result<Rc<Font>, String> {
        if let Some(font) = self.known.get(name) {
            return Ok(Rc::clone(font));
        }
        let told = self.file.dictionary(self.fonts.get(name))?;
        let mut font = Font::default();
        if let Value::Stream(map) = self.file.get(told.get("ToUnicode"))? {
            let map = self.file.unpack(&map)?;
            self.texts(&map, &mut font.says)?;
        }
        if let Some(descendant) = self.file.list(told.get("DescendantFonts"))?.first() {
            font.wide = true;
            let descendant = self.file.dictionary(Some(descendant))?;
            font.widths = widths(&self.file.list(descendant.get("W"))?);
        }
        let font = Rc::new(font);
        self.known.insert(name.to_owned(), Rc::clone(&font));
        Ok(font)
    }

    /// What glyphs say, by a map of a font.
    fn texts(&mut self, map: &[u8], says: &mut BTreeMap<u16, String>) -> Result<(), String> {
        let mut reader = Reader::new(map, 0);
        let mut values = Vec::new();
        while let Some(value) = reader.value() {
            let Value::Word(word) = &value else {
                values.push(value);
                continue;
            };
            match word.as_str() {
                "endbfchar" => {
                    for pair in values.chunks_exact(2) {
                        if let (Some(code), Value::Text(text)) = (code(&pair[0]), &pair[1]) {
                            says.insert(code, utf16(text));
                        }
                    }
                }
                "endbfrange" => {
                    for each in values.chunks_exact(3) {
                        self.range(each, says)?;
                    }
                }
                _ => {}
            }
            values.clear();
        }
        Ok(())
    }

    /// Glyphs in a row, with texts of a list or texts in a row.
    fn range(&mut self, each: &[Value], says: &mut BTreeMap<u16, String>) -> Result<(), String> {
        let [first, last, texts] = each else { return Ok(()) };
        let (Some(first), Some(last)) = (code(first), code(last)) else { return Ok(()) };
        for (code, at) in (first..=last).zip(0_u32..) {
            let text = match texts {
                Value::List(texts) => match texts.get(at as usize) {
                    Some(Value::Text(text)) => utf16(text),
                    _ => continue,
                },
                Value::Text(text) => {
                    let mut text = utf16(text);
                    let next = text.pop().and_then(|c| char::from_u32(u32::from(c) + at));
                    text.extend(next);
                    text
                }
                _ => continue,
            };
            self.file.spend(text.len() + 16)?;
            says.insert(code, text);
        }
        Ok(())
    }
}

fn code(value: &Value) -> Option<u16> {
    match value {
        Value::Text(bytes) => match bytes.as_slice() {
            [code] => Some(u16::from(*code)),
            [high, low] => Some(u16::from_be_bytes([*high, *low])),
            _ => None,
        },
        _ => None,
    }
}

/// How wide glyphs are, where each is told. Unit: millionths of the size.
fn widths(told: &[Value]) -> BTreeMap<u16, i64> {
    let lists = told.windows(2).filter_map(|pair| match pair {
        [Value::Whole(first), Value::List(widths)] => Some((u16::try_from(*first).ok()?, widths)),
        _ => None,
    });
    let each = lists.flat_map(|(first, widths)| (first..=u16::MAX).zip(widths));
    each.filter_map(|(code, width)| Some((code, width.thousandths()?))).collect()
}
