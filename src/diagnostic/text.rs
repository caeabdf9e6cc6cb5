//! A diagnostic as an annotated excerpt, for people.

use super::{Diagnostic, Label, Severity};
use crate::source::{Source, Sources, visible};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::ops::Range;

/// The longest part of a line that is shown. Unit: bytes.
const LONGEST_LINE: usize = 240;

/// The message, the lines that it is about, and what to do.
pub fn excerpt(diagnostic: &Diagnostic, sources: &Sources, colour: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let message = visible(&diagnostic.message);
    let name = visible(&sources.get(diagnostic.source).name);
    let title = level.primary_title(message.as_ref()).id(diagnostic.code.id());
    let labels = diagnostic.primary.iter().chain(&diagnostic.related);
    let excerpts: Vec<_> = labels.map(|label| Excerpt::new(label, sources)).collect();
    let mut group = Group::with_title(title);
    if excerpts.is_empty() {
        group = group.element(Origin::path(name.as_ref()));
    }
    for (at, excerpt) in excerpts.iter().enumerate() {
        let kind = if at == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        group = group.element(excerpt.snippet(kind));
    }
    let mut report = vec![group];
    if let Some(help) = &diagnostic.help {
        report.push(Group::with_title(Level::HELP.secondary_title(visible(help).into_owned())));
    }
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    renderer.decor_style(DecorStyle::Ascii).render(&report)
}

/// The line of one label, made visible.
struct Excerpt {
    name: String,
    line: usize,
    text: String,
    marked: Range<usize>,
    label: String,
}

impl Excerpt {
    fn new(label: &Label, sources: &Sources) -> Self {
        let source = sources.get(label.span.source);
        let start = label.span.start as usize;
        let shown = line_of(source, start);
        let end = floor(&source.text, (label.span.end as usize).clamp(start, shown.end.max(start)));
        let width = |to: usize| visible(&source.text[shown.start..to]).len();
        Self {
            name: visible(&source.name).into_owned(),
            line: source.line_at(start).0,
            text: visible(&source.text[shown.clone()]).replace('\t', " "),
            marked: width(start)..width(end),
            label: visible(&label.text).into_owned(),
        }
    }

    fn snippet(&self, kind: AnnotationKind) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
        let annotation = kind.span(self.marked.clone()).label(self.label.as_str());
        let snippet = Snippet::source(self.text.as_str()).line_start(self.line);
        snippet.path(self.name.as_str()).annotation(annotation)
    }
}

/// The line around a byte, cut where it is longer than anyone reads.
fn line_of(source: &Source, at: usize) -> Range<usize> {
    let text = &source.text;
    let (_, start) = source.line_at(at);
    let end = text[at..].find('\n').map_or(text.len(), |after| at + after);
    let end = if end > at && text[..end].ends_with('\r') { end - 1 } else { end };
    let start = if at - start > LONGEST_LINE { floor(text, at - LONGEST_LINE / 4) } else { start };
    start..floor(text, end.min(at + LONGEST_LINE))
}

/// The last character boundary at or before a byte.
fn floor(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}
