//! A PDF as a file: where each object is, and how it is packed. Source: ISO 32000-1, 7.5.

use super::object::{Dictionary, Reader, Stream, Value};
use flate2::read::ZlibDecoder;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::rc::Rc;

/// How much may be unpacked and read in all. Unit: bytes.
const MOST: usize = 64 << 20;

/// How many objects a file may list.
const MOST_OBJECTS: usize = 1 << 20;

/// How many lists of objects it may have, one for each time that it was added to.
const MOST_LISTS: usize = 256;

/// Where an object is.
#[derive(Clone, Copy)]
enum Place {
    /// At this byte.
    Byte(usize),
    /// In the stream of this number, the so-many-th.
    Packed(u32, usize),
    /// Nowhere any more.
    Free,
}

/// A file that is open for reading.
pub(super) struct Pdf<'a> {
    bytes: &'a [u8],
    places: BTreeMap<u32, Place>,
    trailer: Dictionary,
    /// How much may still be unpacked and read.
    left: usize,
    /// Objects that were read, and how long each is.
    objects: BTreeMap<u32, (Value, usize)>,
    /// What streams of objects unpack to, and where in it each object begins.
    packs: BTreeMap<u32, Rc<Pack>>,
    /// How many packs are being unpacked for the sake of one another.
    depth: usize,
}

#[derive(Default)]
struct Pack {
    bytes: Vec<u8>,
    starts: Vec<(u32, usize)>,
}

impl<'a> Pdf<'a> {
    /// Finds the objects of a file.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, String> {
        let head = &bytes[..bytes.len().min(1024)];
        let start = head.windows(5).position(|part| part == b"%PDF-").ok_or("it is not a PDF")?;
        let mut file = Self {
            bytes: &bytes[start..],
            places: BTreeMap::new(),
            trailer: Dictionary::default(),
            left: MOST,
            objects: BTreeMap::new(),
            packs: BTreeMap::new(),
            depth: 0,
        };
        file.list_objects().ok_or("it is a broken PDF: its list of objects cannot be read")?;
        match file.trailer.get("Encrypt") {
            Some(_) => Err("it is an encrypted PDF".to_owned()),
            None => Ok(file),
        }
    }

    /// The object that all hangs on.
    pub(super) fn catalog(&mut self) -> Result<Dictionary, String> {
        let root = self.trailer.get("Root").cloned();
        match self.get(root.as_ref())? {
            Value::Dictionary(catalog) => Ok(catalog),
            _ => Err("it is a broken PDF: it has no catalog".to_owned()),
        }
    }

    /// A value; where it is a reference, the object.
    pub(super) fn get(&mut self, value: Option<&Value>) -> Result<Value, String> {
        let mut value = value.cloned().unwrap_or(Value::Other);
        for _ in 0..8 {
            match value {
                Value::Reference(number) => value = self.object(number)?,
                _ => return Ok(value),
            }
        }
        Ok(Value::Other)
    }

    /// The same, where nothing but a dictionary counts.
    pub(super) fn dictionary(&mut self, value: Option<&Value>) -> Result<Dictionary, String> {
        match self.get(value)? {
            Value::Dictionary(dictionary) => Ok(dictionary),
            _ => Ok(Dictionary::default()),
        }
    }

    /// The same, where nothing but a list counts.
    pub(super) fn list(&mut self, value: Option<&Value>) -> Result<Vec<Value>, String> {
        match self.get(value)? {
            Value::List(values) => Ok(values),
            _ => Ok(Vec::new()),
        }
    }

    /// Counts work that is done.
    pub(super) fn spend(&mut self, work: usize) -> Result<(), String> {
        let left = self.left.checked_sub(work);
        self.left = left.ok_or_else(|| format!("it unpacks to more than {} MiB", MOST >> 20))?;
        Ok(())
    }

    fn object(&mut self, number: u32) -> Result<Value, String> {
        if let Some((_, length)) = self.objects.get(&number) {
            self.spend(*length)?;
        } else {
            let before = self.left;
            let object = match self.places.get(&number) {
                Some(Place::Byte(at)) => {
                    let mut reader = Reader::new(self.bytes, *at);
                    let (at, object) = (*at, indirect(&mut reader, Some(number)));
                    self.spend(reader.at.saturating_sub(at))?;
                    object
                }
                Some(Place::Packed(pack, at)) => {
                    let (pack, at) = (*pack, *at);
                    self.packed(pack, number, at)?
                }
                _ => None,
            };
            self.spend(64)?;
            let length = before - self.left;
            self.objects.insert(number, (object.unwrap_or(Value::Other), length));
        }
        Ok(self.objects.get(&number).map_or(Value::Other, |(object, _)| object.clone()))
    }

    /// An object in a stream of objects.
    fn packed(&mut self, pack: u32, number: u32, at: usize) -> Result<Option<Value>, String> {
        let pack = self.pack(pack)?;
        let start = pack.starts.get(at).filter(|start| start.0 == number);
        let Some((_, start)) = start else { return Ok(None) };
        let mut reader = Reader::new(&pack.bytes, *start);
        let object = reader.value();
        self.spend(reader.at.saturating_sub(*start))?;
        Ok(object.filter(|object| !matches!(object, Value::Word(_))))
    }

    fn pack(&mut self, number: u32) -> Result<Rc<Pack>, String> {
        if let Some(pack) = self.packs.get(&number) {
            return Ok(Rc::clone(pack));
        }
        // A stream of objects stands in none itself, and its length hardly.
        let object = match self.places.get(&number) {
            Some(Place::Byte(_)) if self.depth < 4 => self.object(number)?,
            _ => Value::Other,
        };
        let mut pack = Pack::default();
        if let Value::Stream(stream) = object {
            self.depth += 1;
            pack.bytes = self.unpack(&stream)?;
            self.depth -= 1;
            let first = stream.head.whole("First").and_then(|first| usize::try_from(first).ok());
            let mut reader = Reader::new(&pack.bytes, 0);
            while let (Some(first), Some(Value::Whole(id))) = (first, reader.value()) {
                let Some(Value::Whole(start)) = reader.value() else { break };
                let (Ok(id), Ok(start)) = (u32::try_from(id), usize::try_from(start)) else {
                    break;
                };
                pack.starts.push((id, first.saturating_add(start)));
                if reader.at >= first {
                    break;
                }
            }
        }
        let pack = Rc::new(pack);
        self.packs.insert(number, Rc::clone(&pack));
        Ok(pack)
    }

    /// The bytes of a stream, unpacked.
    pub(super) fn unpack(&mut self, stream: &Stream) -> Result<Vec<u8>, String> {
        let length = self.get(stream.head.get("Length"))?;
        let Value::Whole(length) = length else { return Err(broken_stream()) };
        let length = usize::try_from(length).map_err(|_| broken_stream())?;
        let end = stream.start.checked_add(length).ok_or_else(broken_stream)?;
        let packed = self.bytes.get(stream.start..end).ok_or_else(broken_stream)?;
        let filters = match self.get(stream.head.get("Filter"))? {
            Value::List(filters) => filters,
            Value::Other => Vec::new(),
            filter => vec![filter],
        };
        let mut bytes = packed.to_vec();
        self.spend(bytes.len())?;
        for filter in &filters {
            bytes = match self.get(Some(filter))? {
                Value::Name(name) if name == "FlateDecode" => self.inflate(&bytes)?,
                Value::Name(name) => return Err(format!("it is packed by `{name}`, not by Flate")),
                _ => return Err(broken_stream()),
            };
        }
        let parameters = match self.get(stream.head.get("DecodeParms"))? {
            Value::Dictionary(parameters) => parameters,
            _ => return Ok(bytes),
        };
        match parameters.whole("Predictor") {
            None | Some(1) => Ok(bytes),
            Some(12) => Ok(rows_from_above(&bytes, parameters.whole("Columns").unwrap_or(1))),
            Some(_) => Err("it is packed by a predictor that is not known here".to_owned()),
        }
    }

    fn inflate(&mut self, packed: &[u8]) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        let most = self.left as u64 + 1;
        let read = ZlibDecoder::new(packed).take(most).read_to_end(&mut bytes);
        self.spend(bytes.len())?;
        read.map_err(|_| broken_stream())?;
        Ok(bytes)
    }

    /// Reads the lists of objects, from the last to the first.
    fn list_objects(&mut self) -> Option<()> {
        let tail = self.bytes.len().saturating_sub(2048);
        let mark = self.bytes[tail..].windows(9).rposition(|part| part == b"startxref")?;
        let start = Reader::new(self.bytes, tail + mark + 9).value()?;
        let mut seen = BTreeSet::new();
        let mut next = vec![start];
        while let Some(Value::Whole(at)) = next.pop() {
            let at = usize::try_from(at).ok()?;
            if !seen.insert(at) {
                continue;
            }
            let mut reader = Reader::new(self.bytes, at);
            reader.space();
            let is_table = self.bytes.get(reader.at..)?.starts_with(b"xref");
            let trailer = if is_table { self.table(reader) } else { self.stream_of_places(reader) };
            let trailer = trailer?;
            if seen.len() > MOST_LISTS {
                return None;
            }
            next.extend(
                ["Prev", "XRefStm"].into_iter().filter_map(|key| trailer.get(key).cloned()),
            );
            if seen.len() == 1 {
                self.trailer = trailer;
            }
        }
        Some(())
    }

    fn place(&mut self, number: u32, place: Place) -> Option<()> {
        self.places.entry(number).or_insert(place);
        (self.places.len() <= MOST_OBJECTS).then_some(())
    }

    fn table(&mut self, mut reader: Reader<'a>) -> Option<Dictionary> {
        let start = reader.at;
        reader.at += 4;
        loop {
            let first = match reader.value()? {
                Value::Whole(first) => u32::try_from(first).ok()?,
                Value::Word(word) if word == "trailer" => break,
                _ => return None,
            };
            let Value::Whole(count) = reader.value()? else { return None };
            for number in (u64::from(first)..).take(usize::try_from(count).ok()?) {
                let (Value::Whole(at), Value::Whole(_)) = (reader.value()?, reader.value()?) else {
                    return None;
                };
                let Value::Word(kind) = reader.value()? else { return None };
                let at = usize::try_from(at).ok()?;
                let number = u32::try_from(number).ok()?;
                self.place(number, if kind == "n" { Place::Byte(at) } else { Place::Free })?;
            }
        }
        let trailer = reader.value()?;
        self.spend(reader.at.saturating_sub(start)).ok()?;
        match trailer {
            Value::Dictionary(trailer) => Some(trailer),
            _ => None,
        }
    }

    fn stream_of_places(&mut self, mut reader: Reader<'a>) -> Option<Dictionary> {
        let Value::Stream(stream) = indirect(&mut reader, None)? else { return None };
        let bytes = self.unpack(&stream).ok()?;
        let wholes = |key: &str| match stream.head.get(key) {
            Some(Value::List(values)) => {
                let whole = |value: &Value| match value {
                    Value::Whole(number) => usize::try_from(*number).ok(),
                    _ => None,
                };
                values.iter().map(whole).collect::<Option<Vec<_>>>()
            }
            _ => None,
        };
        let widths = wholes("W").filter(|widths| widths.len() == 3)?;
        let widths: [usize; 3] = widths.try_into().ok()?;
        let row = widths.iter().try_fold(0_usize, |sum, width| sum.checked_add(*width))?;
        if row == 0 || widths.iter().any(|width| *width > 8) {
            return None;
        }
        let size = usize::try_from(stream.head.whole("Size")?).ok()?;
        let index = wholes("Index").unwrap_or_else(|| vec![0, size]);
        self.spend(bytes.len()).ok()?;
        let mut rows = bytes.chunks_exact(row);
        for part in index.chunks_exact(2) {
            for (number, row) in (part[0]..).zip(rows.by_ref().take(part[1])) {
                let (kind, rest) = row.split_at(widths[0]);
                let (second, third) = rest.split_at(widths[1]);
                let place = match if kind.is_empty() { 1 } else { big_endian(kind)? } {
                    1 => Place::Byte(big_endian(second)?),
                    2 => {
                        Place::Packed(u32::try_from(big_endian(second)?).ok()?, big_endian(third)?)
                    }
                    _ => Place::Free,
                };
                self.place(u32::try_from(number).ok()?, place)?;
            }
        }
        Some(stream.head.clone())
    }
}

/// An object behind its number, which must be the one that is wanted.
fn indirect(reader: &mut Reader<'_>, wanted: Option<u32>) -> Option<Value> {
    let Value::Whole(number) = reader.value()? else { return None };
    let Value::Whole(_) = reader.value()? else { return None };
    let is_wanted = wanted.is_none_or(|wanted| i64::from(wanted) == number);
    if reader.value()? != Value::Word("obj".to_owned()) || !is_wanted {
        return None;
    }
    let value = reader.value()?;
    match value {
        Value::Dictionary(head) => Some(match reader.stream() {
            Some(start) => Value::Stream(Rc::new(Stream { head, start })),
            None => Value::Dictionary(head),
        }),
        Value::Word(_) => None,
        value => Some(value),
    }
}

fn broken_stream() -> String {
    "it is a broken PDF: a part of it cannot be unpacked".to_owned()
}

fn big_endian(bytes: &[u8]) -> Option<usize> {
    let number =
        bytes.iter().try_fold(0_u64, |sum, byte| Some(sum.checked_mul(256)? | u64::from(*byte)));
    usize::try_from(number?).ok()
}

/// Rows of which each byte was told as the difference to the one above, each behind the number 2.
fn rows_from_above(bytes: &[u8], columns: i64) -> Vec<u8> {
    let columns = usize::try_from(columns).unwrap_or(1).clamp(1, 4096);
    let mut above = vec![0_u8; columns];
    let mut rows = Vec::with_capacity(bytes.len());
    for row in bytes.chunks_exact(columns + 1) {
        for (sum, byte) in above.iter_mut().zip(&row[1..]) {
            *sum = if row[0] == 2 { sum.wrapping_add(*byte) } else { *byte };
        }
        rows.extend_from_slice(&above);
    }
    rows
}
