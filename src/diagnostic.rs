//! What is wrong with an input file, where, and what to do about it.

pub mod code;
pub mod json;
#[cfg(not(target_arch = "wasm32"))]
pub mod text;

pub use code::Code;

use crate::source::{SourceId, Span};

/// Whether the input can be scored all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It cannot be scored.
    Error,
    /// It is scored, but something is doubtful.
    Warning,
}

impl Severity {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A place with a few words on what it has to do with the fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// The words; may be empty.
    pub text: String,
}

/// One fault of an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which kind of fault.
    pub code: Code,
    /// Error or warning.
    pub severity: Severity,
    /// What is wrong, in one line that stands alone.
    pub message: String,
    /// The file it is about.
    pub source: SourceId,
    /// Where; `None` where the whole file is meant.
    pub primary: Option<Label>,
    /// Other places that explain it.
    pub related: Vec<Label>,
    /// What to do, in the imperative.
    pub help: Option<String>,
}

impl Diagnostic {
    fn new(code: Code, severity: Severity, message: impl Into<String>, source: SourceId) -> Self {
        // The words of a user may have several lines; a message has one.
        let message = shortened(message.into().replace(['\r', '\n'], " "));
        Self { code, severity, message, source, primary: None, related: Vec::new(), help: None }
    }

    /// An error at a place.
    pub fn error(code: Code, message: impl Into<String>, at: Span) -> Self {
        Self::new(code, Severity::Error, message, at.source).at(at, "")
    }

    /// A warning at a place.
    pub fn warning(code: Code, message: impl Into<String>, at: Span) -> Self {
        Self::new(code, Severity::Warning, message, at.source).at(at, "")
    }

    /// An error about a whole file.
    pub fn of_file(code: Code, message: impl Into<String>, source: SourceId) -> Self {
        Self::new(code, Severity::Error, message, source)
    }

    /// A warning about a whole file.
    pub fn doubt(code: Code, message: impl Into<String>, source: SourceId) -> Self {
        Self::new(code, Severity::Warning, message, source)
    }

    fn at(mut self, span: Span, text: &str) -> Self {
        self.primary = Some(Label { span, text: text.to_owned() });
        self
    }

    /// Words beside the primary place.
    pub fn label(mut self, text: impl Into<String>) -> Self {
        if let Some(primary) = &mut self.primary {
            primary.text = text.into();
        }
        self
    }

    /// Another place that explains the fault.
    pub fn related(mut self, span: Span, text: impl Into<String>) -> Self {
        self.related.push(Label { span, text: text.into() });
        self
    }

    /// What to do.
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// What to do, where there is something to say.
    pub fn maybe_help(mut self, text: Option<String>) -> Self {
        self.help = text;
        self
    }
}

/// How many faults are kept; what follows is only counted, so that a hostile file costs little.
pub const MOST_DIAGNOSTICS: usize = 1000;

/// The faults found so far.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    kept: Vec<Diagnostic>,
    /// How many more there were beyond the [`MOST_DIAGNOSTICS`] kept.
    pub more: usize,
}

impl Diagnostics {
    /// Adds one; the same one only once.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if self.kept.contains(&diagnostic) {
            return;
        }
        if self.kept.len() < MOST_DIAGNOSTICS {
            self.kept.push(diagnostic);
        } else {
            self.more += 1;
        }
    }

    /// Adds all of others.
    pub fn extend(&mut self, others: &Self) {
        others.kept.iter().for_each(|each| self.push(each.clone()));
        self.more += others.more;
    }

    /// Makes an error of each warning of a code.
    pub fn raise(&mut self, code: Code) {
        let raised = self.kept.iter_mut().filter(|each| each.code == code);
        raised.for_each(|each| each.severity = Severity::Error);
    }

    /// Those about other files than this one.
    pub fn elsewhere(&self, source: SourceId) -> Self {
        let other = |each: &&Diagnostic| each.source != source;
        Self { kept: self.kept.iter().filter(other).cloned().collect(), more: self.more }
    }

    /// Whether anything stands in the way of scoring.
    pub fn has_errors(&self) -> bool {
        self.more > 0 || self.kept.iter().any(|each| each.severity == Severity::Error)
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// All of them, by file and place, each once.
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut all: Vec<_> = self.kept.iter().collect();
        let place = |each: &Diagnostic| each.primary.as_ref().map_or(0, |label| label.span.start);
        all.sort_by_key(|each| (each.source, place(each), each.code));
        all
    }
}

/// The longest message. Unit: bytes.
const LONGEST_MESSAGE: usize = 600;

/// A message that nobody would read to its end, cut.
fn shortened(mut message: String) -> String {
    if message.len() > LONGEST_MESSAGE {
        let end = (0..=LONGEST_MESSAGE).rev().find(|at| message.is_char_boundary(*at)).unwrap_or(0);
        message.truncate(end);
        message.push('…');
    }
    message
}

/// The nearest of the candidates to a misspelt word: a difference of at most a third of its letters.
/// Capital and small letters are the same; a word of one or two letters differs in nothing else.
/// A word that differs in digits alone is another one of a series, not a misspelling.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let letters = word.chars().count();
    let most = if letters <= 2 { 0 } else { (letters / 3).min(4) };
    candidates
        .into_iter()
        .filter(|each| each.chars().count().abs_diff(letters) <= most)
        .map(|each| (each, each.to_lowercase()))
        .filter(|(each, other)| *each != word && (*other == lower || !in_series(other, &lower)))
        .map(|(each, other)| (strsim::osa_distance(&lower, &other), each))
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, each)| (*distance, *each))
        .map(|(_, each)| each)
}

/// Whether two words are the same but for their digits, as `Rule 1` and `Rule 12`.
fn in_series(one: &str, other: &str) -> bool {
    let letters = |word: &str| word.replace(|c: char| c.is_ascii_digit(), "");
    letters(one) == letters(other)
}

/// Help for a word that is none of a list: the nearest, or all of a short list.
pub fn one_of<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str> + Clone,
) -> Option<String> {
    if let Some(near) = nearest(word, candidates.clone()) {
        return Some(format!("did you mean `{near}`?"));
    }
    let all: Vec<_> = candidates.into_iter().take(13).map(|each| format!("`{each}`")).collect();
    match all.as_slice() {
        [] => None,
        [only] => Some(format!("the only one is {only}")),
        _ if all.len() <= 12 => Some(format!("choose one of {}", all.join(", "))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_word_gets_its_nearest() {
        assert_eq!(nearest("RKS-1", ["RSK-1", "GOV-1"]), Some("RSK-1"));
        assert_eq!(nearest("rsk-1", ["RSK-1", "RSK-2"]), Some("RSK-1"));
        assert_eq!(nearest("deplyoer", ["deployer", "plain-user"]), Some("deployer"));
        assert_eq!(nearest("size", ["role", "sector"]), None);
        assert_eq!(nearest("size", ["size"]), None);
        assert_eq!(nearest("NO", ["no", "yes"]), Some("no"));
        assert_eq!(nearest("x", ["y", "z"]), None);
        for (word, others) in [("3", "0"), ("RSK-11", "RSK-1"), ("Rule 3", "Rule 1")] {
            assert_eq!(nearest(word, [others]), None);
        }
        assert_eq!(
            one_of("x", ["a-long", "b-long"]).as_deref(),
            Some("choose one of `a-long`, `b-long`")
        );
    }
}
