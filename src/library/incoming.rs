//! A text in the place of another: of answers that change, or of one client after the other.

use super::kept::Kept;
use super::{Library, taken_apart};
use crate::diagnostic::Diagnostics;
use crate::source::SourceId;
use crate::yaml::Node;

/// A text in the place of another one.
#[derive(Debug)]
pub struct Incoming<'a> {
    /// What its reader knows it by.
    pub name: &'a str,
    /// It.
    pub text: String,
    /// The line of its file that it begins at.
    pub first_line: usize,
    /// What it says, where that is known without reading it as YAML.
    pub data: Option<Node>,
}

impl Library {
    /// Puts a text of the same kind and name in the place of one that was added.
    pub fn replace(&mut self, source: SourceId, text: impl Into<String>) {
        self.sources.replace(source, text);
        self.read.remove(&source);
    }

    /// Puts answers in the place of others, so that any number of them can be looked at one by one.
    pub fn put(&mut self, source: SourceId, incoming: Incoming<'_>) {
        self.sources.put(source, incoming.name, incoming.text, incoming.first_line);
        self.read.remove(&source);
        if let Some(node) = &incoming.data {
            let mut found = Diagnostics::default();
            let value = taken_apart(node, &mut found);
            self.read.insert(source, Kept { value, found });
        }
    }

    /// Forgets what a text says, so that it is read once more.
    pub fn forget(&mut self, source: SourceId) {
        self.read.remove(&source);
    }
}
