//! A value put into a YAML text: its own lines are replaced, nothing else moves, comments stay.

use crate::diagnostic::Diagnostics;
use crate::digest;
use crate::source::{LARGEST_ANSWERS, Sources};
use crate::yaml::{self, Data, Node};
use serde_json::Value;
use std::fmt;

/// A text in which a value cannot be put in its place: it is no mapping there, or it would say something
/// else afterwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotInPlace {
    /// The keys that lead to the value.
    pub path: String,
}

impl fmt::Display for NotInPlace {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "`{}` cannot be written without touching its surroundings", self.path)
    }
}

/// The text with `value`, which is YAML on one line (empty: nothing), behind the keys of `path`. A key that
/// is not there yet goes to the end of its mapping. The text is read again and must say what it said before
/// but for this value.
///
/// # Errors
/// The text is no YAML, a key on the way stands before something else than a mapping, or the text would
/// say something else.
pub fn set(text: &str, path: &[&str], value: &str) -> Result<String, NotInPlace> {
    let refused = || NotInPlace { path: path.join(": ") };
    let root = parsed(text).ok_or_else(refused)?;
    let wanted = match value {
        "" => Value::Null,
        _ => digest::data(&parsed(value).ok_or_else(refused)?),
    };
    let before = digest::data(&root);
    if at(&before, path) == Some(&wanted) {
        return Ok(text.to_owned());
    }
    let after = Edit { text, path, value }.at(&root).ok_or_else(refused)?;
    let reread = parsed(&after).map(|node| digest::data(&node));
    let expected = with(before, path, wanted);
    if reread.as_ref() == Some(&expected) { Ok(after) } else { Err(refused()) }
}

/// The document of a text that has no fault.
fn parsed(text: &str) -> Option<Node> {
    let mut sources = Sources::default();
    let source = sources.add("", text);
    let mut faults = Diagnostics::default();
    let node = yaml::parse(source, &sources, LARGEST_ANSWERS, &mut faults)?;
    (!faults.has_errors()).then_some(node)
}

fn at<'a>(data: &'a Value, path: &[&str]) -> Option<&'a Value> {
    path.iter().try_fold(data, |data, key| data.get(key))
}

/// The data with a value behind the keys of a path.
fn with(data: Value, path: &[&str], value: Value) -> Value {
    let Some((key, rest)) = path.split_first() else { return value };
    let mut map = match data {
        Value::Object(map) => map,
        _ => serde_json::Map::new(),
    };
    let inner = map.remove(*key).unwrap_or(Value::Null);
    map.insert((*key).to_owned(), with(inner, rest, value));
    Value::Object(map)
}

/// A value on its way to its place.
#[derive(Clone, Copy)]
struct Edit<'a> {
    text: &'a str,
    path: &'a [&'a str],
    value: &'a str,
}

impl<'a> Edit<'a> {
    /// The text with the value below this mapping.
    fn at(self, map: &Node) -> Option<String> {
        let (Data::Map { entries, flow }, [key, rest @ ..]) = (&map.data, self.path) else {
            return None;
        };
        let Some((name, node)) = entries.iter().find(|(name, _)| name.value == *key) else {
            return self.added(map);
        };
        let after_colon = self.after_colon(name.span.end as usize)?;
        let is_empty = match &node.data {
            Data::Null => true,
            Data::Map { entries, .. } => entries.is_empty(),
            _ => false,
        };
        match rest {
            [] => self.replaced(after_colon, node),
            _ if is_empty && !flow => {
                let indent = self.indent(name.span.start as usize);
                let text = self.without(after_colon, node);
                let line_end = line_end(&text, after_colon);
                Some(insert(&text, line_end, &self.block(rest, &format!("{indent}  "))))
            }
            _ if is_empty => {
                let value = flow_map(rest, self.value);
                Edit { value: &value, ..self }.replaced(after_colon, node)
            }
            _ => Self { path: rest, ..self }.at(node),
        }
    }

    /// The byte after the colon behind a key.
    fn after_colon(self, key_end: usize) -> Option<usize> {
        let rest = &self.text[key_end..];
        let colon = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        rest[colon..].starts_with(':').then_some(key_end + colon + 1)
    }

    /// The value in place of another. Comments in the lines of the old one go below the new one.
    fn replaced(self, after_colon: usize, old: &Node) -> Option<String> {
        let end = self.end(old).max(after_colon);
        let space = if self.value.is_empty() { "" } else { " " };
        let mut text =
            format!("{}{space}{}{}", &self.text[..after_colon], self.value, &self.text[end..]);
        let comments = self.comments(after_colon, end, old);
        if !comments.is_empty() {
            let indent = self.indent(after_colon);
            let lines: String = comments
                .iter()
                .map(|comment| format!("{}{indent}{comment}", self.line_break()))
                .collect();
            let at = line_end(&text, after_colon + space.len() + self.value.len());
            text.insert_str(at, &lines);
        }
        Some(text)
    }

    /// The text without an empty mapping behind a colon.
    fn without(self, after_colon: usize, old: &Node) -> String {
        let end = self.end(old).max(after_colon);
        format!("{}{}", &self.text[..after_colon], &self.text[end..])
    }

    /// The text with the value at the end of a mapping that lacks its key.
    fn added(self, map: &Node) -> Option<String> {
        let Data::Map { entries, flow } = &map.data else { return None };
        let (start, last) = (map.span.start as usize, entries.last());
        if *flow {
            let entry = flow_entry(self.path, self.value);
            let Some((name, node)) = last else {
                return Some(insert(self.text, start + 1, &entry));
            };
            let end = self.entry_end(name.span.end as usize, node)?;
            return Some(insert(self.text, end, &format!(", {entry}")));
        }
        let (name, node) = last?;
        let indent = self.indent(entries.first()?.0.span.start as usize);
        let end = self.entry_end(name.span.end as usize, node)?;
        let block = self.block(self.path, &indent);
        let whole_lines = self.text[..end].trim_end_matches(' ');
        if whole_lines.ends_with('\n') {
            // A text in block style ends with its last line.
            let line_break = self.line_break();
            let block = format!("{}{line_break}", &block[line_break.len()..]);
            return Some(insert(self.text, whole_lines.len(), &block));
        }
        Some(insert(self.text, line_end(self.text, end), &block))
    }

    /// Where an entry ends.
    fn entry_end(self, key_end: usize, value: &Node) -> Option<usize> {
        match value.data {
            Data::Null if value.span.start == value.span.end => self.after_colon(key_end),
            _ => Some(self.outer_end(value)),
        }
    }

    /// Keys with the value behind the last, each on a line of its own.
    fn block(self, path: &[&str], indent: &str) -> String {
        let mut out = String::new();
        for (depth, key) in path.iter().enumerate() {
            out.push_str(self.line_break());
            out.push_str(indent);
            out.push_str(&"  ".repeat(depth));
            out.push_str(key);
            out.push(':');
        }
        if !self.value.is_empty() {
            out.push(' ');
            out.push_str(self.value);
        }
        out
    }

    /// Where a value ends, the white space behind it left out.
    fn end(self, node: &Node) -> usize {
        self.text[..self.outer_end(node)].trim_end().len()
    }

    /// Where a value ends; a text in block style with its last line break.
    fn outer_end(self, node: &Node) -> usize {
        match &node.data {
            Data::List(items) if !self.text[node.span.start as usize..].starts_with('[') => {
                items.last().map_or(node.span.end as usize, |last| self.outer_end(last))
            }
            Data::Map { entries, flow: false } => {
                entries.last().map_or(node.span.end as usize, |(name, value)| {
                    self.entry_end(name.span.end as usize, value).unwrap_or(node.span.end as usize)
                })
            }
            Data::Scalar { .. } => self.text_end(node.span.start as usize, node.span.end as usize),
            _ => node.span.end as usize,
        }
    }

    /// Where a text ends. The reader counts to a text in block style all up to the next word, comments
    /// included; it ends with its last line that is indented as its first.
    fn text_end(self, start: usize, end: usize) -> usize {
        if !self.text[start..end].ends_with([' ', '\n']) {
            return end;
        }
        let column = start - self.text[..start].rfind('\n').map_or(0, |at| at + 1);
        let mut last = start;
        let mut at = start;
        for line in self.text[start..end].split_inclusive('\n') {
            let indent = line.len() - line.trim_start_matches(' ').len();
            let is_blank = line.trim().is_empty();
            if at > start && !is_blank && indent < column {
                break;
            }
            at += line.len();
            if !is_blank {
                last = at;
            }
        }
        last
    }

    /// The comments of a stretch of the text that lie within no word of it.
    fn comments(self, start: usize, end: usize, node: &Node) -> Vec<&'a str> {
        let mut words = Vec::new();
        self.words(node, &mut words);
        words.push((end, end));
        let mut comments = Vec::new();
        let mut from = start;
        for (word_start, word_end) in words {
            if word_start > from {
                let between = self.text[from..word_start].lines();
                comments.extend(
                    between.filter_map(|line| line.find('#').map(|at| line[at..].trim_end())),
                );
            }
            from = from.max(word_end);
        }
        comments
    }

    /// Where the words of a value stand.
    fn words(self, node: &Node, out: &mut Vec<(usize, usize)>) {
        match &node.data {
            Data::Scalar { .. } => out.push((node.span.start as usize, self.outer_end(node))),
            Data::List(items) => items.iter().for_each(|item| self.words(item, out)),
            Data::Map { entries, .. } => {
                for (name, value) in entries {
                    out.push((name.span.start as usize, name.span.end as usize));
                    self.words(value, out);
                }
            }
            Data::Null | Data::Refused => {}
        }
    }

    /// The white space before the line of a byte.
    fn indent(self, byte: usize) -> String {
        let start = self.text[..byte].rfind('\n').map_or(0, |at| at + 1);
        let line = &self.text[start..];
        line[..line.len() - line.trim_start_matches(' ').len()].to_owned()
    }

    fn line_break(self) -> &'static str {
        if self.text.contains("\r\n") { "\r\n" } else { "\n" }
    }
}

/// The end of the line that a byte lies in.
fn line_end(text: &str, from: usize) -> usize {
    let end = text[from..].find('\n').map_or(text.len(), |at| from + at);
    if text[..end].ends_with('\r') { end - 1 } else { end }
}

fn insert(text: &str, at: usize, what: &str) -> String {
    format!("{}{what}{}", &text[..at], &text[at..])
}

/// A key with its value inside braces.
fn flow_entry(path: &[&str], value: &str) -> String {
    match path {
        [] => value.to_owned(),
        [key] => format!("{key}: {}", if value.is_empty() { "~" } else { value }),
        [key, rest @ ..] => format!("{key}: {}", flow_map(rest, value)),
    }
}

fn flow_map(path: &[&str], value: &str) -> String {
    format!("{{{}}}", flow_entry(path, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(text: &str, path: &[&str], value: &str) -> String {
        set(text, path, value).expect("in place")
    }

    #[test]
    fn a_value_takes_the_place_of_another() {
        let text = "a: 1  # one\nanswers:\n  # ask\n  X: 2 # two\n\n  # ask\n  Y:\nz: 3";
        let after = put(text, &["answers", "X"], "{level: 3}");
        assert_eq!(after, text.replace("X: 2", "X: {level: 3}"));
        assert_eq!(put(text, &["answers", "Y"], "no"), text.replace("Y:", "Y: no"));
        assert_eq!(put(text, &["answers", "X"], ""), text.replace("X: 2 ", "X: "));
        assert_eq!(put(text, &["z"], "4"), text.replace("z: 3", "z: 4"));
        assert_eq!(put(text, &["z"], "3"), text);
    }

    #[test]
    fn a_new_key_goes_to_the_end_of_its_mapping() {
        let text = "answers:\n  X: 2 # two\n  # tail\nz: 3";
        assert_eq!(
            put(text, &["answers", "Y"], "1"),
            "answers:\n  X: 2 # two\n  Y: 1\n  # tail\nz: 3"
        );
        assert_eq!(put("z: 3", &["answers", "Y"], "1"), "z: 3\nanswers:\n  Y: 1");
        assert_eq!(put("answers: # c\nz: 3", &["answers", "Y"], "1"), "answers: # c\n  Y: 1\nz: 3");
        assert_eq!(
            put("answers: {} # c\r\nz: 3", &["answers", "Y"], "1"),
            "answers: # c\r\n  Y: 1\r\nz: 3"
        );
        assert_eq!(put("{answers: {}}", &["answers", "Y"], "1"), "{answers: {Y: 1}}");
        assert_eq!(put("{answers: {X: 1, }}", &["answers", "Y"], "1"), "{answers: {X: 1, Y: 1, }}");
        assert_eq!(
            put("of: {name: , kind: x}", &["of", "name"], "\"N\""),
            "of: {name: \"N\" , kind: x}"
        );
        assert_eq!(
            put("a:\n  X: |\n    text\n\n  # c\nb: 1\n", &["a", "Y"], "1"),
            "a:\n  X: |\n    text\n  Y: 1\n\n  # c\nb: 1\n"
        );
    }

    #[test]
    fn comments_within_a_value_stay_below_it() {
        let text = "a:\n  X:  # why\n    level: 3  # three\n    note: |\n      # no comment\n      text\n    # last\n  # of Y\n  Y: 1\n";
        assert_eq!(
            put(text, &["a", "X"], "2"),
            "a:\n  X: 2\n  # why\n  # three\n    # last\n  # of Y\n  Y: 1\n"
        );
    }

    #[test]
    fn what_cannot_be_put_in_place_is_refused() {
        assert!(set("answers: 3", &["answers", "X"], "1").is_err());
        assert!(set("a: [", &["a"], "1").is_err());
        assert!(set("? a\n: b", &["a"], "1").is_err());
        assert!(set("answers: {X: 1}", &["answers", "Y", "Z"], "1, ").is_err());
    }
}
