//! The parts of a document in few words, so that what is made of them reads like a page.

use crate::render::pdf::block::{
    Block, Cell, Column, Heading, Marker, POINT, Setting, Span, Table, Target, Text, Tone,
};
use crate::report::{EvidenceWords, Pair, QuestionNote, Title};

/// A text on one line: what ends a line or widens a gap in a file does neither on paper.
pub(super) fn on_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        let c = if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c };
        if c != ' ' || !line.ends_with(' ') {
            line.push(c);
        }
    }
    line
}

/// A plain text.
pub(super) fn plain(text: impl AsRef<str>) -> Span {
    Span::plain(on_one_line(text.as_ref()))
}

/// A text in bold.
pub(super) fn bold(text: impl AsRef<str>) -> Span {
    Span::bold(on_one_line(text.as_ref()))
}

/// A text of less weight.
pub(super) fn soft(text: impl AsRef<str>) -> Span {
    Span::soft(on_one_line(text.as_ref()))
}

/// All of a text in another language, where one is given.
pub(super) fn in_language(text: Text, language: Option<&str>) -> Text {
    text.into_iter().map(|span| span.in_language(language)).collect()
}

/// A heading of the document.
pub(super) fn h1(text: Text) -> Block {
    heading(1, text, None, false)
}

/// The heading of a section, which the table of contents has.
pub(super) fn h2(anchor: &str, text: Text) -> Block {
    heading(2, text, Some(anchor.to_owned()), true)
}

/// A heading within a section.
pub(super) fn h3(text: Text) -> Block {
    heading(3, text, None, false)
}

/// A heading below that.
pub(super) fn h4(text: Text) -> Block {
    heading(4, text, None, false)
}

/// A heading of any level.
pub(super) fn heading(level: u8, text: Text, anchor: Option<String>, listed: bool) -> Block {
    Block::Heading(Heading { level, text, anchor, listed })
}

/// What stands in a heading behind its words: how many there are.
pub(super) fn counted(title: &str, count: usize) -> Text {
    vec![plain(title), soft(format!(" ({count})"))]
}

/// A paragraph.
pub(super) fn p(text: Text) -> Block {
    Block::Paragraph(text, Setting::Body)
}

/// A paragraph of plain text.
pub(super) fn say(text: impl AsRef<str>) -> Block {
    p(vec![plain(text)])
}

/// A smaller paragraph.
pub(super) fn small(text: Text) -> Block {
    Block::Paragraph(text, Setting::Small)
}

/// What must be seen.
pub(super) fn alert(text: &str) -> Block {
    Block::Callout(Tone::Warn, vec![say(text)])
}

/// A list of plain texts.
pub(super) fn list(texts: impl IntoIterator<Item = impl AsRef<str>>) -> Block {
    Block::List(Marker::Dot, texts.into_iter().map(|text| vec![say(text)]).collect())
}

/// Names with what belongs to them.
pub(super) fn pairs(pairs: &[Pair]) -> Block {
    let pair = |pair: &Pair| (vec![soft(&pair.name)], vec![plain(&pair.value)]);
    Block::Pairs(pairs.iter().map(pair).collect())
}

/// What of a statement does not stand in its heading.
pub(super) fn rest(title: &Title) -> Option<Block> {
    title.rest.as_deref().map(say)
}

/// Ids with their texts and a remark.
pub(super) fn notes(notes: &[QuestionNote], language: Option<&str>) -> Block {
    let entry = |note: &QuestionNote| {
        let mut text = vec![soft(&note.id), plain(format!(" {}", note.text))];
        if !note.note.is_empty() {
            text.push(plain(" "));
            text.push(soft(format!("({})", note.note)).in_language(language));
        }
        vec![p(text)]
    };
    Block::List(Marker::Dot, notes.iter().map(entry).collect())
}

/// The longest address that a PDF/A may hold, each letter written as `%7E`. Unit: bytes.
const LONGEST_ADDRESS: usize = 10_000;

/// What supports an answer, with a link where it has one.
pub(super) fn evidence(evidence: &EvidenceWords) -> Text {
    let link = evidence.link.as_ref().filter(|link| link.len() <= LONGEST_ADDRESS);
    let linked = |text: &str| match link {
        Some(link) => plain(text).link(Target::Address(link.clone())),
        None => plain(text),
    };
    let mut text = vec![plain("Evidence: "), linked(&evidence.title)];
    if !evidence.place.is_empty() {
        text.extend([plain(", "), linked(&evidence.place)]);
    }
    if evidence.missing {
        text.push(plain(" (listed; the file was not at hand)"));
    }
    text
}

/// Parts of a line, with a mark between them.
pub(super) fn meta(parts: Vec<Text>) -> Block {
    small(parts.join(&soft("  ·  ")))
}

/// Figures that stand on one line, with a mark between them.
pub(super) fn values(values: Vec<Text>) -> Text {
    let mut text = values.join(&soft("  ·  "));
    let before_last = text.len().saturating_sub(1);
    text[..before_last].iter_mut().for_each(|span| span.glued = true);
    text
}

/// What a figure is called, and the figure: `Score 25.00`.
pub(super) fn value(name: &str, value: &str) -> Text {
    vec![soft(format!("{name} ")).glued(), bold(value)]
}

/// A column of words, with its share of the width.
pub(super) fn column(head: &str, share: i64) -> Column {
    Column { head: vec![plain(head)], share, numbers: false }
}

/// A column of numbers.
pub(super) fn numbers(head: &str, share: i64) -> Column {
    Column { numbers: true, ..column(head, share) }
}

/// A cell with a plain text.
pub(super) fn cell(text: impl AsRef<str>) -> Cell {
    vec![say(text)]
}

/// A table whose rows begin with their heads.
pub(super) fn table(caption: Option<String>, columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Block {
    let caption = caption.map(|text| vec![plain(text)]);
    // Where a table is so small that heads would be most of it, its rows need none.
    let (heads, cells) = (columns.len() + rows.len(), rows.len() * (columns.len() - 1));
    Block::Table(Table { caption, columns, rows, row_heads: heads < cells, least_height: 0 })
}

/// The same with smaller texts in lists and tables, where pages are few.
pub(super) fn dense(block: Block) -> Block {
    let all = |blocks: Vec<Block>| blocks.into_iter().map(dense).collect();
    match block {
        Block::Paragraph(text, Setting::Body) => small(text),
        Block::List(marker, entries) => Block::List(marker, entries.into_iter().map(all).collect()),
        Block::Table(mut table) => {
            let row = |row: Vec<Cell>| row.into_iter().map(all).collect();
            table.rows = table.rows.into_iter().map(row).collect();
            Block::Table(table)
        }
        Block::Together(blocks) => Block::Together(all(blocks)),
        other => other,
    }
}

/// How wide a bar in a table is at most.
pub(super) const BAR: i64 = 120 * POINT;
