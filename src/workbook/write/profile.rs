//! The sheet on who is assessed and who answers.

use super::lists::Lists;
use super::style::Styles;
use super::{fit, put, shown};
use crate::model::{Fact, FactKind, Facts};
use crate::workbook::content::Content;
use crate::workbook::{YES, head, key};
use rust_xlsxwriter::{ColNum, RowNum, Worksheet, XlsxError};

/// How many people there is room for at least.
const PEOPLE: usize = 3;
/// The widths of the columns. Unit: characters.
const WIDTHS: [u32; 4] = [36, 50, 62, 40];
/// Where the answers stand.
const ANSWER: ColNum = 3;

pub(super) fn write(
    sheet: &mut Worksheet,
    content: &Content,
    styles: &Styles,
    lists: &mut Lists,
) -> Result<(), XlsxError> {
    sheet.set_print_fit_to_pages(1, 0);
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    put(sheet, (0, 0), "Who is assessed, and who answers", &styles.title)?;
    for (column, text) in [head::ID, "Question", "What to say", head::ANSWER].iter().enumerate() {
        put(sheet, (2, column as ColNum), text, &styles.head)?;
    }
    sheet.set_freeze_panes(3, 0)?;
    let mut form = Form { sheet, styles, lists, row: 3 };
    let system = content.questionnaire.facts_used().contains(Facts::STAGE);
    let name = if system { "The name of the AI system" } else { "The name of the organisation" };
    form.line(key::NAME, name, "", &content.name)?;
    form.line(key::DATE, "The date of the assessment", "As 2026-11-02", &content.date)?;
    let language = "The language that you write in";
    form.line(key::LANGUAGE, language, "Its short name, as en or fr", &content.language)?;
    for at in 1..=content.respondents.len().max(PEOPLE) {
        let (name, function) = content.respondents.get(at - 1).cloned().unwrap_or_default();
        let who = format!("Person {at} who answers: name");
        form.line(&key::person(at), &who, "May stay empty", &name)?;
        let what = format!("Person {at} who answers: function");
        form.line(&key::function(at), &what, "As owner, or head of IT", &function)?;
    }
    content.facts.iter().try_for_each(|(fact, values)| form.fact(fact, values))
}

/// Lines to fill in.
struct Form<'a> {
    sheet: &'a mut Worksheet,
    styles: &'a Styles,
    lists: &'a mut Lists,
    row: RowNum,
}

impl Form<'_> {
    fn line(&mut self, key: &str, ask: &str, how: &str, value: &str) -> Result<(), XlsxError> {
        let styles = self.styles;
        let cells =
            [(key, &styles.id), (ask, &styles.text), (how, &styles.text), (value, &styles.answer)];
        for (column, (text, style)) in cells.into_iter().enumerate() {
            put(self.sheet, (self.row, column as ColNum), &shown(text), style)?;
        }
        fit(self.sheet, self.row, [key, ask, how, value].into_iter().zip(WIDTHS))?;
        self.lists.ask(key);
        self.row += 1;
        Ok(())
    }

    fn drop_down(&mut self, words: &[&str]) -> Result<(), XlsxError> {
        let row = self.row - 1;
        self.lists.drop_down(self.sheet, ((row, row), ANSWER), words, false)
    }

    fn fact(&mut self, fact: &Fact, stated: &[String]) -> Result<(), XlsxError> {
        let key = key::fact(&fact.id);
        match fact.kind {
            FactKind::Many => {
                for (value, text) in &fact.options {
                    let is_stated = if stated.contains(value) { YES } else { "" };
                    let how = format!("yes where it holds: {text}");
                    self.line(&key::option(&key, value), &fact.ask, &how, is_stated)?;
                    self.drop_down(&[YES])?;
                }
                Ok(())
            }
            FactKind::Text => self.line(&key, &fact.ask, "In your own words", &stated.concat()),
            FactKind::One | FactKind::YesNo => {
                let options = fact.options.iter().map(|(id, text)| format!("{id}: {text}"));
                let how = match fact.kind {
                    FactKind::YesNo => "yes or no".to_owned(),
                    _ => options.collect::<Vec<_>>().join("\n"),
                };
                self.line(&key, &fact.ask, &how, &stated.concat())?;
                self.drop_down(&fact.values())
            }
        }
    }
}
