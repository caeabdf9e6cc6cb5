//! One line of JSON as a tree of values. JSON is YAML, and read as such where anything about it is unusual, so
//! that what is wrong is said in the same words; the common case takes a fraction of the time.

use super::{DEEPEST, Data, MOST_VALUES, Node};
use crate::source::{Span, Spanned, is_invisible};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::cell::Cell;
use std::fmt;

/// Why a text was not read here.
#[derive(Debug, PartialEq, Eq)]
pub enum Unread {
    /// It is no JSON: what is wrong, and the byte of it.
    NotJson(String, usize),
    /// It is, and holds something that [`super::parse`] has words for.
    Unusual,
}

/// The data of a JSON text. Each value stands where the whole does: places are for faults, and a text with
/// faults is read again as YAML.
///
/// # Errors
/// It is no JSON, or holds something out of the common: a key twice, a fraction, a character that cannot be
/// seen, more or deeper values than are read.
pub fn read(text: &str, span: Span) -> Result<Node, Unread> {
    let values = Cell::new(0);
    let mut reader = serde_json::Deserializer::from_str(text);
    let node = Seed { span, depth: 0, values: &values }.deserialize(&mut reader);
    let node = node.and_then(|node| reader.end().map(|()| node));
    node.map_err(|why| match why.is_data() {
        true => Unread::Unusual,
        // The line is one, so the column counts its bytes.
        false => Unread::NotJson(in_words(&why), why.column().saturating_sub(1).min(text.len())),
    })
}

/// What is wrong, without the place, which is told apart.
fn in_words(why: &serde_json::Error) -> String {
    let words = why.to_string();
    words.split(" at line ").next().unwrap_or_default().to_owned()
}

#[derive(Clone, Copy)]
struct Seed<'a> {
    span: Span,
    depth: usize,
    values: &'a Cell<usize>,
}

impl Seed<'_> {
    fn node(self, data: Data) -> Node {
        Node { span: self.span, data }
    }

    fn plain(self, text: String) -> Node {
        self.node(Data::Scalar { text, plain: true })
    }

    fn inner<E: Error>(self) -> Result<Self, E> {
        let inner = Self { depth: self.depth + 1, ..self };
        if inner.depth > DEEPEST { Err(E::custom("deep")) } else { Ok(inner) }
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Node, D::Error> {
        self.values.set(self.values.get() + 1);
        if self.values.get() > MOST_VALUES {
            return Err(D::Error::custom("many"));
        }
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Node;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("answers")
    }

    fn visit_unit<E: Error>(self) -> Result<Node, E> {
        Ok(self.node(Data::Null))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Node, E> {
        Ok(self.plain(value.to_string()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Node, E> {
        Ok(self.plain(value.to_string()))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Node, E> {
        if value.chars().any(is_invisible) {
            return Err(E::custom("invisible"));
        }
        Ok(self.node(Data::Scalar { text: value.to_owned(), plain: false }))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let inner = self.inner()?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(inner)? {
            list.push(item);
        }
        Ok(self.node(Data::List(list)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Node, A::Error> {
        let inner = self.inner()?;
        let mut entries = Vec::new();
        while let Some(name) = fields.next_key::<String>()? {
            let value = fields.next_value_seed(inner)?;
            entries.push((Spanned { value: name, span: self.span }, value));
        }
        let mut names: Vec<_> = entries.iter().map(|(name, _)| name.value.as_str()).collect();
        names.sort_unstable();
        let unusual = |name: &str| name == "<<" || name.chars().any(is_invisible);
        if names.windows(2).any(|pair| pair[0] == pair[1]) || names.iter().any(|name| unusual(name))
        {
            return Err(A::Error::custom("keys"));
        }
        Ok(self.node(Data::Map { entries, flow: true }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::digest::Digest;
    use crate::source::Sources;

    fn both(text: &str) -> (Result<Node, Unread>, Option<Node>) {
        let mut sources = Sources::default();
        let source = sources.add("x", text);
        let span = Span { source, start: 0, end: text.len() as u32 };
        let yaml = crate::yaml::parse(source, &sources, 1 << 20, &mut Diagnostics::default());
        (read(text, span), yaml)
    }

    #[test]
    fn json_says_what_the_same_text_says_as_yaml() {
        for text in [
            r#"{"a": 1, "b": ["x", null, true], "c": {"d": "é \"q\" \n"}, "e": 4294967296}"#,
            r#"["yes", "no", false, 0, ""]"#,
            r#""one""#,
        ] {
            let (json, yaml) = both(text);
            let (json, yaml) = (json.expect("usual"), yaml.expect("yaml"));
            assert_eq!(Digest::of_data(&json), Digest::of_data(&yaml), "{text}");
        }
    }

    #[test]
    fn what_is_unusual_is_left_to_yaml() {
        let deep = format!("{}1{}", "[".repeat(40), "]".repeat(40));
        for text in
            ["1.5", "-1", "1e3", r#"{"a": 1, "a": 2}"#, "\"a\u{200b}\"", r#"{"<<": 1}"#, &deep]
        {
            assert_eq!(both(text).0.err(), Some(Unread::Unusual), "{text}");
        }
    }

    #[test]
    fn what_is_no_json_is_told_with_its_place() {
        for (text, place) in [("{a: 1}", 1), ("{\"a\": 1", 6), ("{} {}", 3), ("", 0)] {
            let Err(Unread::NotJson(_, at)) = both(text).0 else { panic!("{text}") };
            assert_eq!(at, place, "{text}");
        }
    }
}
