//! SHA-256 of what a document says, comments and layout apart.

use crate::yaml::{Data, Node};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::fmt;

/// A SHA-256.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Digest([u8; 32]);

impl Digest {
    /// Of bytes.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Of all that a reader gives.
    ///
    /// # Errors
    /// The reader fails.
    pub fn of_stream(mut from: impl std::io::Read) -> std::io::Result<Self> {
        let mut hasher = Sha256::new();
        let mut part = [0; 8192];
        loop {
            match from.read(&mut part)? {
                0 => return Ok(Self(hasher.finalize().into())),
                read => hasher.update(&part[..read]),
            }
        }
    }

    /// Of a document's data: as JSON without white space, keys sorted, each scalar as a text.
    pub fn of_data(node: &Node) -> Self {
        let mut canonical = Vec::new();
        write_node(node, &mut canonical);
        Self::of_bytes(&canonical)
    }

    /// Of data that stands in no file, in the same form.
    pub fn of_json(value: &Value) -> Self {
        let mut canonical = Vec::new();
        write(value, &mut canonical);
        Self::of_bytes(&canonical)
    }

    /// Of several documents that make one: their own digest where there is one only.
    pub fn of_all(parts: &[Digest]) -> Self {
        match parts {
            [only] => *only,
            _ => Self::of_bytes(&parts.iter().flat_map(|part| part.0).collect::<Vec<_>>()),
        }
    }
}

impl std::str::FromStr for Digest {
    type Err = ();

    /// From 64 hexadecimal digits, as it is shown.
    fn from_str(shown: &str) -> Result<Self, ()> {
        let mut digest = [0; 32];
        if shown.len() != 64 || !shown.is_ascii() {
            return Err(());
        }
        for (at, byte) in digest.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&shown[2 * at..2 * at + 2], 16).map_err(|_| ())?;
        }
        Ok(Self(digest))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

/// The data of a document, each scalar as a text.
pub(crate) fn data(node: &Node) -> Value {
    match &node.data {
        Data::Null | Data::Refused => Value::Null,
        Data::Scalar { text, .. } => Value::String(text.clone()),
        Data::List(items) => items.iter().map(data).collect(),
        Data::Map { entries, .. } => {
            entries.iter().map(|(key, value)| (key.value.clone(), data(value))).collect()
        }
    }
}

/// The same bytes as of its [`data`], without making that: batches have many documents.
fn write_node(node: &Node, out: &mut Vec<u8>) {
    match &node.data {
        Data::Null | Data::Refused => out.extend(b"null"),
        Data::Scalar { text, .. } => quote(text, out),
        Data::List(items) => {
            write_all(b'[', items, b']', out, write_node);
        }
        Data::Map { entries, .. } => {
            let mut sorted: Vec<_> = entries.iter().collect();
            sorted.sort_unstable_by_key(|(key, _)| key.value.as_str());
            write_all(b'{', sorted, b'}', out, |(key, value), out| {
                quote(&key.value, out);
                out.push(b':');
                write_node(value, out);
            });
        }
    }
}

/// Items with commas in between.
fn write_all<T>(
    open: u8,
    items: impl IntoIterator<Item = T>,
    close: u8,
    out: &mut Vec<u8>,
    write: impl Fn(T, &mut Vec<u8>),
) {
    out.push(open);
    for (at, item) in items.into_iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        write(item, out);
    }
    out.push(close);
}

fn write(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Null => out.extend(b"null"),
        Value::String(text) => quote(text, out),
        Value::Bool(_) | Value::Number(_) => quote(&value.to_string(), out),
        Value::Array(items) => write_all(b'[', items, b']', out, write),
        Value::Object(fields) => {
            let mut sorted: Vec<_> = fields.iter().collect();
            sorted.sort_by_key(|(key, _)| key.as_str());
            write_all(b'{', sorted, b'}', out, |(key, value), out| {
                quote(key, out);
                out.push(b':');
                write(value, out);
            });
        }
    }
}

fn quote(text: &str, out: &mut Vec<u8>) {
    // Writing to memory does not fail.
    let _ = serde_json::to_writer(out, text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::source::Sources;

    fn digest(text: &str) -> String {
        let mut sources = Sources::default();
        let id = sources.add("x", text);
        let node = crate::yaml::parse(id, &sources, 1 << 20, &mut Diagnostics::default());
        Digest::of_data(&node.expect("yaml")).to_string()
    }

    #[test]
    fn layout_and_comments_do_not_count() {
        let plain = digest("a: 1\nb: [x, y]\n");
        assert_eq!(plain, digest("# hello\nb:\n  - x   # why\n  - y\na: 1\n"));
        assert_ne!(plain, digest("a: 1\nb: [y, x]\n"));
        // echo -n '{"a":"1","b":["x","y"]}' | sha256sum
        assert_eq!(plain, Digest::of_bytes(br#"{"a":"1","b":["x","y"]}"#).to_string());
        let value = serde_json::json!({"b": ["x", "y"], "a": 1});
        assert_eq!(plain, Digest::of_json(&value).to_string());
        let nested = "é: [~, \"1\", {b: yes, a: 'x \"y\"'}]\nZ: {}\n";
        let canonical = r#"{"Z":{},"é":[null,"1",{"a":"x \"y\"","b":"yes"}]}"#;
        assert_eq!(digest(nested), Digest::of_bytes(canonical.as_bytes()).to_string());
        let repeated = serde_json::json!({"a": [["1"], [], {}], "b": {"é": null, "Z": "y"}});
        let written = "b: {é: null, Z: y}\na: [[1], [], {}]\n";
        assert_eq!(digest(written), Digest::of_json(&repeated).to_string());
    }
}
