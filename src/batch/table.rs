//! A table of clients: what its columns are, and a row as an answers document.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::library::Library;
use crate::model::{FactKind, Facts, Kind, QuestionId};
use crate::source::{SourceId, Span, Spanned, one_line};
use crate::validate::LookUp;
use crate::yaml::{Data, Node, everything_can_be_seen};
use std::collections::BTreeMap;

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Column {
    /// A field at the top of an answers document, or of its subject.
    Field(&'static str),
    /// A fact; several values are parted by `|` where it may have several.
    Fact(String, bool),
    /// A question; of a checklist, options are parted by `|`.
    Question(String, bool),
    /// Nothing that is read.
    Other,
}

/// The fields that a column may hold.
const FIELDS: [&str; 7] =
    ["client", "kind", "stage", "date", "questionnaire", "version", "language"];

/// The columns of a table, by its heads.
#[derive(Clone, Debug)]
pub struct Columns(Vec<Column>);

/// What rows are given that no column holds.
#[derive(Clone, Copy, Debug, Default)]
pub struct Given<'a> {
    /// The questionnaire.
    pub questionnaire: Option<&'a str>,
    /// The date.
    pub date: Option<&'a str>,
}

/// The columns of a table. Its heads stand in `source`. What is wrong with them is told, all at once.
pub(super) fn columns(
    heads: &[String],
    source: SourceId,
    given: Given<'_>,
    library: &mut Library,
    out: &mut Diagnostics,
) -> Columns {
    let (text, spans) = shown(heads, source);
    let name = library.sources.get(source).name.clone();
    library.sources.put(source, name, text, library.sources.get(source).first_line);
    let facts = library.facts(out);
    let mut seen = BTreeMap::new();
    let mut columns = Vec::new();
    for (head, span) in heads.iter().map(|head| head.trim()).zip(spans) {
        if let Some(first) = seen.insert(head, span).filter(|_| !head.is_empty()) {
            let message = format!("two columns are called `{head}`");
            let fault = Diagnostic::error(Code::R202, message, span).related(first, "the first");
            out.push(fault.help("keep one of the two"));
        }
        let column = column(head, &facts, library);
        if column == Column::Other {
            out.push(not_read(head, span, &facts, library));
        }
        columns.push(column);
    }
    for (field, is_given) in [
        ("client", false),
        ("date", given.date.is_some()),
        ("questionnaire", given.questionnaire.is_some()),
    ] {
        if !columns.contains(&Column::Field(field)) && !is_given {
            out.push(missing(field, source));
        }
    }
    if !columns.iter().any(|column| matches!(column, Column::Question(..))) {
        let message = "no column is a question";
        let help = "give each question a column with its id as the head, as `GOV-1`";
        out.push(Diagnostic::of_file(Code::R201, message, source).help(help));
    }
    Columns(columns)
}

/// R201: a column that each row needs.
fn missing(field: &str, source: SourceId) -> Diagnostic {
    let help = match field {
        "date" => "add the column, or give one date for all with --date",
        "questionnaire" => "add the column, or name one questionnaire for all with --against",
        _ => "add the column; the first row of the table holds the heads",
    };
    Diagnostic::of_file(Code::R201, format!("the column `{field}` is missing"), source).help(help)
}

fn column(head: &str, facts: &Facts, library: &mut Library) -> Column {
    if let Some(field) = FIELDS.iter().find(|field| **field == head) {
        return Column::Field(field);
    }
    if let Some(fact) = facts.get(head) {
        return Column::Fact(fact.id.clone(), fact.kind == FactKind::Many);
    }
    match library.look_up(head) {
        LookUp::Found(question) => {
            Column::Question(head.to_owned(), matches!(question.kind, Kind::Checklist { .. }))
        }
        // What is wrong with it is told with each row that answers it.
        LookUp::Faulty => Column::Question(head.to_owned(), false),
        LookUp::Absent => Column::Other,
    }
}

/// R203, R204: a column that is not read. What looks like one that is was meant to be.
fn not_read(head: &str, span: Span, facts: &Facts, library: &mut Library) -> Diagnostic {
    let questions = library.all_questions(&mut Diagnostics::default());
    let known = FIELDS.into_iter().chain(facts.ids()).chain(questions.keys().map(String::as_str));
    let near = nearest(head, known);
    let is_id = QuestionId::new(head).is_some() && head.contains(|c: char| c.is_ascii_digit());
    if near.is_none() && !is_id {
        let message = format!("the column `{head}` is not read");
        return Diagnostic::warning(Code::R204, message, span)
            .help("it is neither a question nor a fact; leave it, if it is for your own use");
    }
    let message = format!("there is no question or fact `{head}`");
    let help = match near {
        Some(near) => format!("did you mean `{near}`? otherwise give it another head"),
        None => "`gapwise init` writes a file with the questions there are".to_owned(),
    };
    Diagnostic::error(Code::R203, message, span).help(help)
}

/// The cells of a row as one line, and where each stands in it.
fn shown(cells: &[String], source: SourceId) -> (String, Vec<Span>) {
    let mut text = String::new();
    let mut spans = Vec::with_capacity(cells.len());
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            text.push_str(" | ");
        }
        let start = text.len() as u32;
        text.push_str(&one_line(cell.trim()));
        spans.push(Span { source, start, end: text.len() as u32 });
    }
    (text, spans)
}

impl Columns {
    /// Whether anything is read of the column that stands here.
    #[cfg(feature = "parquet")]
    pub(super) fn is_read(&self, at: usize) -> bool {
        self.0.get(at).is_some_and(|column| *column != Column::Other)
    }

    /// A row as a line of text and as an answers document. `None` where it has not a cell for each column,
    /// which is then told. In the cells that are `computed` stands a formula.
    pub fn read(
        &self,
        cells: &[String],
        computed: &[usize],
        source: SourceId,
        given: Given<'_>,
        out: &mut Diagnostics,
    ) -> (String, Option<Node>) {
        let (text, spans) = shown(cells, source);
        if cells.len() != self.0.len() {
            out.push(self.of_another_length(&spans, source));
            return (text, None);
        }
        for at in computed.iter().filter(|at| self.0[**at] != Column::Other) {
            let message = format!("a formula or an error stands in column {}", at + 1);
            let fault = Diagnostic::error(Code::W104, message, spans[*at]);
            out.push(fault.help("put what it comes to in its place: copy, then paste as values"));
        }
        let whole = Span { source, start: 0, end: text.len() as u32 };
        let mut row = Row { span: whole, out, parts: Default::default() };
        row.put(0, "gapwise", "answers/1", whole);
        for (field, said) in [("questionnaire", given.questionnaire), ("date", given.date)] {
            if let Some(said) = said.filter(|_| !self.0.contains(&Column::Field(field))) {
                row.put(0, field, said, whole);
            }
        }
        for ((column, cell), span) in self.0.iter().zip(cells).zip(spans) {
            row.cell(column, cell.trim(), span);
        }
        (text, Some(row.document()))
    }

    /// R205: a row has a cell for each head.
    fn of_another_length(&self, spans: &[Span], source: SourceId) -> Diagnostic {
        let (has, heads) = (spans.len(), self.0.len());
        let message = format!("the row has {has} cells, and the table has {heads} heads");
        let help = "a cell that holds the separator needs quotation marks; an empty one needs its separator";
        let fault = match spans.get(heads).or(spans.last()) {
            Some(span) => Diagnostic::error(Code::R205, message, *span),
            None => Diagnostic::of_file(Code::R205, message, source),
        };
        fault.help(help)
    }
}

/// The parts of an answers document while they are gathered: the top, the subject, the profile, the answers.
struct Row<'out> {
    span: Span,
    out: &'out mut Diagnostics,
    parts: [Vec<(Spanned<String>, Node)>; 4],
}

impl Row<'_> {
    fn cell(&mut self, column: &Column, cell: &str, span: Span) {
        everything_can_be_seen(cell, span, self.out);
        let (part, name) = match column {
            Column::Field("client") => (1, "name"),
            Column::Field(name @ ("kind" | "stage")) => (1, *name),
            Column::Field(name) => (0, *name),
            Column::Fact(id, _) => (2, id.as_str()),
            Column::Question(id, _) => (3, id.as_str()),
            Column::Other => return,
        };
        if cell.is_empty() {
            return;
        }
        let node = match column {
            Column::Question(_, is_list) => answer(cell, *is_list, span),
            Column::Fact(_, true) => list(cell, span),
            _ => word(cell, span),
        };
        self.parts[part].push((Spanned { value: name.to_owned(), span }, node));
    }

    fn put(&mut self, part: usize, name: &str, said: &str, span: Span) {
        self.parts[part].push((Spanned { value: name.to_owned(), span }, word(said, span)));
    }

    fn document(self) -> Node {
        let span = self.span;
        let map = |entries| Node { span, data: Data::Map { entries, flow: false } };
        let [mut top, of, profile, answers] = self.parts;
        for (name, entries) in [("of", of), ("profile", profile), ("answers", answers)] {
            top.push((Spanned { value: name.to_owned(), span }, map(entries)));
        }
        map(top)
    }
}

fn word(text: &str, span: Span) -> Node {
    Node { span, data: Data::Scalar { text: text.to_owned(), plain: true } }
}

fn list(cell: &str, span: Span) -> Node {
    let items = cell.split('|').map(|item| word(item.trim(), span)).collect();
    Node { span, data: Data::List(items) }
}

/// What a cell answers: `2`, `unknown`, `n/a: reason`, `a|b`.
fn answer(cell: &str, is_list: bool, span: Span) -> Node {
    let begins = cell.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("n/a"));
    if begins {
        let reason = cell[3..].trim_start_matches(':').trim();
        let reason = match reason {
            "" => Node { span, data: Data::Null },
            _ => Node { span, data: Data::Scalar { text: reason.to_owned(), plain: false } },
        };
        let name = Spanned { value: "not-applicable".to_owned(), span };
        return Node { span, data: Data::Map { entries: vec![(name, reason)], flow: true } };
    }
    match cell {
        "unknown" => word(cell, span),
        _ if is_list => list(cell, span),
        _ => word(cell, span),
    }
}
