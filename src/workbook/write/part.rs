//! A sheet of questions.

use super::lists::Lists;
use super::style::Styles;
use super::{fit, put, shown};
use crate::model::{Answer, Choice, Claim, Glossary, Kind, Place, Question, Value};
use crate::workbook::content::{Content, Entry, Part};
use crate::workbook::{
    FILE, LINKS, NOT_APPLICABLE, REFERENCE, UNKNOWN, YES, begins_with, head, key,
};
use rust_xlsxwriter::{ColNum, ConditionalFormatFormula, RowNum, Worksheet, XlsxError};

/// Room for evidence, at least. Unit: pieces.
const PIECES: usize = 3;
/// Where answers stand; what stands beside them follows.
const ANSWER: ColNum = 4;
const REASON: ColNum = 5;
const CUSTOMERS: ColNum = 7;
const EVIDENCE: ColNum = 9;
/// The row of the heads.
const HEADS: RowNum = 2;

pub(super) fn write(
    sheet: &mut Worksheet,
    part: &Part,
    content: &Content,
    styles: &Styles,
    lists: &mut Lists,
) -> Result<(), XlsxError> {
    put(sheet, (0, 0), &shown(&part.title), &styles.title)?;
    let how = "Fill in the yellow cells. The sheet Guide says how.";
    put(sheet, (1, 0), how, &styles.hint)?;
    let pieces = part.entries.iter().map(|entry| entry.answer.evidence.len());
    let pieces = pieces.fold(PIECES, usize::max);
    let columns = columns(pieces);
    sheet.set_print_fit_to_pages(2, 0);
    heads(sheet, &columns, styles)?;
    let last = part.entries.iter().map(|entry| 1 + ticks(&entry.question).len() as RowNum);
    let last = HEADS + last.sum::<RowNum>();
    colours(sheet, (HEADS + 1, last), styles)?;
    lists.drop_down(sheet, ((HEADS + 1, last), CUSTOMERS), &["yes", "no"], false)?;
    let glossary = &content.glossary;
    let widths = columns.iter().map(|(_, width)| *width).collect();
    let mut table = Table { sheet, styles, lists, glossary, widths, row: HEADS + 1 };
    part.entries.iter().try_for_each(|entry| table.entry(entry, pieces))
}

/// The head and the width of each column. Unit: characters.
fn columns(pieces: usize) -> Vec<(String, u32)> {
    let mut columns = vec![
        (head::ID.to_owned(), 18),
        ("Question".to_owned(), 44),
        ("Good to know".to_owned(), 44),
        ("What to choose from".to_owned(), 60),
        (head::ANSWER.to_owned(), 18),
        (head::REASON.to_owned(), 26),
        (head::NOTE.to_owned(), 34),
        (head::CUSTOMERS.to_owned(), 12),
        (head::BY.to_owned(), 16),
    ];
    for at in 1..=pieces {
        columns.extend([(head::evidence(at), 26), (head::place(at), 30)]);
    }
    columns
}

/// The heads, the widths of columns, and what stays in sight.
fn heads(
    sheet: &mut Worksheet,
    columns: &[(String, u32)],
    styles: &Styles,
) -> Result<(), XlsxError> {
    for (column, (text, width)) in (0..).zip(columns) {
        sheet.set_column_width(column, *width)?;
        put(sheet, (HEADS, column), text, &styles.head)?;
    }
    fit(sheet, HEADS, columns.iter().map(|(text, width)| (text.as_str(), *width)))?;
    sheet.set_repeat_rows(HEADS, HEADS)?.set_freeze_panes(HEADS + 1, 2)?;
    Ok(())
}

/// Green: answered; orange: not known; red: a reason is missing.
fn colours(
    sheet: &mut Worksheet,
    (first, last): (RowNum, RowNum),
    styles: &Styles,
) -> Result<(), XlsxError> {
    let row = first + 1;
    let lacks_reason = format!("=AND($E{row}=\"{NOT_APPLICABLE}\",LEN(TRIM($F{row}))=0)");
    let rules = [
        (REASON, lacks_reason, &styles.wrong),
        (ANSWER, format!("=$E{row}=\"{UNKNOWN}\""), &styles.unknown),
        (ANSWER, format!("=LEN($E{row})>0"), &styles.answered),
    ];
    for (to, rule, format) in rules {
        let colour = ConditionalFormatFormula::new()
            .set_rule(rule.as_str())
            .set_format(format.clone())
            .set_stop_if_true(true);
        sheet.add_conditional_format(first, ANSWER, last, to, &colour)?;
    }
    Ok(())
}

/// The options of a checklist: a row each.
fn ticks(question: &Question) -> &[Choice] {
    match &question.kind {
        Kind::Checklist { options, .. } => options,
        _ => &[],
    }
}

/// Rows of questions.
struct Table<'a> {
    sheet: &'a mut Worksheet,
    styles: &'a Styles,
    lists: &'a mut Lists,
    glossary: &'a Glossary,
    widths: Vec<u32>,
    row: RowNum,
}

impl Table<'_> {
    fn entry(&mut self, entry: &Entry, pieces: usize) -> Result<(), XlsxError> {
        let question = &entry.question;
        let options = ticks(question);
        let id = question.id.as_str();
        let know = good_to_know(entry, self.glossary);
        let choices = choices(question);
        let read = [id, &question.ask, &know, &choices];
        self.read(read)?;
        let answers = answers(&entry.answer, &question.kind, pieces);
        for (column, text) in (ANSWER..).zip(&answers) {
            put(self.sheet, (self.row, column), text, &self.styles.answer)?;
        }
        let texts = read.into_iter().chain(answers.iter().map(String::as_str));
        fit(self.sheet, self.row, texts.zip(self.widths.iter().copied()))?;
        let words = words(question);
        let others = matches!(question.kind, Kind::Number { .. });
        self.lists.drop_down(self.sheet, ((self.row, self.row), ANSWER), &words, others)?;
        if !options.is_empty() {
            self.ticked_is_answered(options.len() as RowNum)?;
        }
        self.next(id);
        let ticked = match &entry.answer.claim {
            Claim::Value(Value::Options(ticked)) => ticked.as_slice(),
            _ => &[],
        };
        for (at, option) in options.iter().enumerate() {
            let key = key::option(id, &option.id);
            let read = [key.as_str(), "", "", &option.text];
            self.read(read)?;
            fit(self.sheet, self.row, read.into_iter().zip(self.widths.iter().copied()))?;
            let said = if ticked.contains(&at) { YES } else { "" };
            put(self.sheet, (self.row, ANSWER), said, &self.styles.answer)?;
            self.lists.drop_down(self.sheet, ((self.row, self.row), ANSWER), &[YES], false)?;
            self.next(&key);
        }
        Ok(())
    }

    /// The cells that are read.
    fn read(&mut self, texts: [&str; 4]) -> Result<(), XlsxError> {
        let styles = self.styles;
        let looks = [&styles.id, &styles.strong, &styles.text, &styles.text];
        for ((column, text), look) in (0..).zip(texts).zip(looks) {
            put(self.sheet, (self.row, column), &shown(text), look)?;
        }
        Ok(())
    }

    /// A list with a tick below it is answered.
    fn ticked_is_answered(&mut self, options: RowNum) -> Result<(), XlsxError> {
        let (first, last) = (self.row + 2, self.row + 1 + options);
        let rule = format!("=COUNTIF($E${first}:$E${last},\"{YES}\")>0");
        let colour = ConditionalFormatFormula::new()
            .set_rule(rule.as_str())
            .set_format(self.styles.answered.clone());
        self.sheet.add_conditional_format(self.row, ANSWER, self.row, ANSWER, &colour)?;
        Ok(())
    }

    fn next(&mut self, key: &str) {
        self.lists.ask(key);
        self.row += 1;
    }
}

/// What explains a question.
fn good_to_know(entry: &Entry, glossary: &Glossary) -> String {
    let question = &entry.question;
    let why = question.why.clone();
    let asked = entry.asked_where.as_ref();
    let asked = asked.map(|r#where| format!("Asked only where {where}. Otherwise leave it empty."));
    let essential = question.essential.then(|| "Not applicable is no answer here.".to_owned());
    let evidence = (!question.evidence.is_empty())
        .then(|| format!("Evidence, for example: {}", question.evidence.join("; ")));
    let terms = question.terms.iter().filter_map(|id| glossary.get(id));
    let terms = terms.map(|term| format!("{}: {}", term.term, term.means));
    let lines = why.into_iter().chain(asked).chain(essential).chain(evidence).chain(terms);
    lines.collect::<Vec<_>>().join("\n")
}

/// What can be answered, in words.
fn choices(question: &Question) -> String {
    let all = |choices: &[Choice]| {
        let lines = choices.iter().map(|choice| format!("{}: {}", choice.id, choice.text));
        lines.collect::<Vec<_>>().join("\n")
    };
    match &question.kind {
        Kind::Maturity(choices) | Kind::Choice(choices) => all(choices),
        Kind::YesNo { .. } => "yes or no".to_owned(),
        Kind::Checklist { .. } => format!("{YES} beside all that holds, in the lines below"),
        Kind::Number { unit: Some(unit), .. } => format!("A whole number: {unit}"),
        Kind::Number { unit: None, .. } => "A whole number".to_owned(),
    }
}

/// The words of a drop-down.
fn words(question: &Question) -> Vec<&str> {
    let own = match &question.kind {
        Kind::Checklist { .. } => Vec::new(),
        kind => kind.tokens(),
    };
    let not_applicable = (!question.essential).then_some(NOT_APPLICABLE);
    own.into_iter().chain([UNKNOWN]).chain(not_applicable).collect()
}

/// What stands in the cells to be filled in, from the answer on.
fn answers(answer: &Answer, kind: &Kind, pieces: usize) -> Vec<String> {
    let (said, reason) = match &answer.claim {
        Claim::Open | Claim::Value(Value::Options(_)) => (String::new(), String::new()),
        Claim::Value(value) => (kind.said(value).concat(), String::new()),
        Claim::Unknown => (UNKNOWN.to_owned(), String::new()),
        Claim::NotApplicable(reason) => (NOT_APPLICABLE.to_owned(), reason.clone()),
    };
    let note = answer.note.clone().unwrap_or_default();
    let customers = if answer.public { YES.to_owned() } else { String::new() };
    let by = answer.by.clone().unwrap_or_default();
    let evidence = answer.evidence.iter();
    let evidence = evidence.flat_map(|each| [each.title.clone(), place(&each.place)]);
    let all = [said, reason, note, customers, by].into_iter().chain(evidence);
    let width = usize::from(EVIDENCE - ANSWER) + 2 * pieces;
    all.chain(std::iter::repeat(String::new())).take(width).collect()
}

/// Where evidence is, so that reading it says the same.
pub(super) fn place(place: &Place) -> String {
    match place {
        Place::File(file) => format!("{FILE} {file}"),
        Place::Link(link) => link.clone(),
        Place::Reference(reference) => {
            let start = reference.trim_start();
            let is_plain = !begins_with(start, &LINKS) && !begins_with(start, &[FILE, REFERENCE]);
            if is_plain { reference.clone() } else { format!("{REFERENCE} {reference}") }
        }
        Place::Withheld => String::new(),
    }
}
