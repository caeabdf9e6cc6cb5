//! Text from anywhere as lines for a screen: nothing in it moves the cursor, and none is too wide.

use crate::source::one_line;
use textwrap::Options;

/// Lines of at most this many columns; the first begins with one text, the others with another.
/// Without a width: one line.
pub(super) fn lines(text: &str, width: Option<usize>, first: &str, others: &str) -> Vec<String> {
    let text = one_line(text);
    let Some(width) = width else { return vec![format!("{first}{text}")] };
    let options = Options::new(width).initial_indent(first).subsequent_indent(others);
    textwrap::wrap(&text, options).into_iter().map(|line| line.into_owned()).collect()
}
