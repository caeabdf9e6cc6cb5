//! SHA-256 of what a document says, comments and layout apart.

use crate::yaml::{Data, Node};
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
        write(node, &mut canonical);
        Self::of_bytes(&canonical)
    }

    /// Of data that stands in no file, in the same form.
    pub fn of_json(value: &serde_json::Value) -> Self {
        let mut canonical = Vec::new();
        write_json(value, &mut canonical);
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

impl fmt::Display for Digest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

fn write(node: &Node, out: &mut Vec<u8>) {
    match &node.data {
        Data::Null | Data::Refused => out.extend(b"null"),
        Data::Scalar { text, .. } => quote(text, out),
        Data::List(items) => {
            out.push(b'[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(b',');
                }
                write(item, out);
            }
            out.push(b']');
        }
        Data::Map { entries, .. } => {
            let mut sorted: Vec<_> = entries.iter().collect();
            sorted.sort_by(|a, b| a.0.value.cmp(&b.0.value));
            out.push(b'{');
            for (at, (key, value)) in sorted.into_iter().enumerate() {
                if at > 0 {
                    out.push(b',');
                }
                quote(&key.value, out);
                out.push(b':');
                write(value, out);
            }
            out.push(b'}');
        }
    }
}

fn write_json(value: &serde_json::Value, out: &mut Vec<u8>) {
    use serde_json::Value;
    match value {
        Value::Null => out.extend(b"null"),
        Value::String(text) => quote(text, out),
        Value::Bool(_) | Value::Number(_) => quote(&value.to_string(), out),
        Value::Array(items) => {
            out.push(b'[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(b',');
                }
                write_json(item, out);
            }
            out.push(b']');
        }
        Value::Object(fields) => {
            let mut sorted: Vec<_> = fields.iter().collect();
            sorted.sort_by_key(|(key, _)| key.as_str());
            out.push(b'{');
            for (at, (key, value)) in sorted.into_iter().enumerate() {
                if at > 0 {
                    out.push(b',');
                }
                quote(key, out);
                out.push(b':');
                write_json(value, out);
            }
            out.push(b'}');
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
    }
}
