//! The first sheet: how to answer.

use super::style::Styles;
use super::{fit, put, shown};
use crate::model::Term;
use crate::workbook::content::Content;
use crate::workbook::{KIND, NOT_APPLICABLE, UNKNOWN};
use rust_xlsxwriter::{ColNum, Format, RowNum, Worksheet, XlsxError};
use std::collections::BTreeSet;

/// The widths of the columns. Unit: characters.
const WIDTHS: [u32; 3] = [30, 100, 12];

pub(super) fn write(
    sheet: &mut Worksheet,
    content: &Content,
    styles: &Styles,
) -> Result<(), XlsxError> {
    sheet.set_print_fit_to_pages(1, 0);
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    let questionnaire = &content.questionnaire;
    put(sheet, (0, 0), &shown(&questionnaire.title), &styles.title)?;
    let mut page = Page { sheet, styles, row: 2 };
    page.pair("What it is", &questionnaire.summary)?;
    page.pair("Questionnaire", &questionnaire.id)?;
    page.pair("Version", &questionnaire.version)?;
    page.pair("What it is not", "This is a self-assessment. It gives no certificate.")?;
    if let Some(notice) = &questionnaire.notice {
        page.pair("Its limits", notice)?;
    }
    page.row += 1;
    page.heading("How to answer")?;
    for (what, how) in steps() {
        page.pair(what, &how)?;
    }
    let terms = terms(content);
    if !terms.is_empty() {
        page.row += 1;
        page.heading("Words")?;
        terms.iter().try_for_each(|term| page.pair(&term.term, &term.means))?;
    }
    page.row += 1;
    page.heading("For the program: please leave this line")?;
    let mark = [KIND, &questionnaire.id, &questionnaire.version];
    mark.into_iter().enumerate().try_for_each(|(at, text)| page.cell(at as ColNum, text))
}

fn steps() -> [(&'static str, String); 9] {
    let answer = format!(
        "Fill in the yellow cells; all others are locked. Begin with the sheet Profile. A cell with a list \
         takes a word of the list. Choose the highest level of which every word is true today. \
         Leave a cell empty while the question is open; \"{UNKNOWN}\" is an answer, too."
    );
    let reason = format!(
        "Choose \"{NOT_APPLICABLE}\" and say why in the cell beside it. The reason stands in the report. \
         Some questions apply to everyone who is asked; they say so."
    );
    let text = |text: &str| text.to_owned();
    [
        ("Answers", answer),
        ("Lists to tick", text("Say yes beside each line below the question that holds.")),
        ("Not applicable", reason),
        (
            "Evidence",
            text(
                "What it is stands under Evidence 1, and where it is under Where 1: a link that begins with \
                 https://, a file as file: evidence/check.pdf, or any words that help to find it.",
            ),
        ),
        ("Note", text("Anything that a reader of the report should know.")),
        (
            "Customers may see it",
            text("Answers stay inside your house. Say yes where an outsider may see one."),
        ),
        ("Answered by", text("The function of a person named on the sheet Profile, as owner.")),
        (
            "Colours",
            text("Yellow is open, green is answered, orange is not known, red lacks a reason."),
        ),
        (
            "When you are done",
            text(
                "Save the file and give it back to the person who gave it to you. That person reads it with: \
                 gapwise workbook --read FILE.xlsx -o ANSWERS.yaml",
            ),
        ),
    ]
}

/// The words that its questions explain, each once.
fn terms(content: &Content) -> Vec<&Term> {
    let named: BTreeSet<_> = content.entries().flat_map(|entry| &entry.question.terms).collect();
    content.glossary.0.iter().filter(|term| named.contains(&term.id)).collect()
}

/// Lines of two cells.
struct Page<'a> {
    sheet: &'a mut Worksheet,
    styles: &'a Styles,
    row: RowNum,
}

impl Page<'_> {
    fn heading(&mut self, text: &str) -> Result<(), XlsxError> {
        put(self.sheet, (self.row, 0), text, &Format::new().set_bold().set_font_size(12))?;
        self.row += 1;
        Ok(())
    }

    fn pair(&mut self, what: &str, text: &str) -> Result<(), XlsxError> {
        put(self.sheet, (self.row, 0), &shown(what), &self.styles.strong)?;
        put(self.sheet, (self.row, 1), &shown(text), &self.styles.text)?;
        fit(self.sheet, self.row, [what, text].into_iter().zip(WIDTHS))?;
        self.row += 1;
        Ok(())
    }

    fn cell(&mut self, column: ColNum, text: &str) -> Result<(), XlsxError> {
        put(self.sheet, (self.row, column), text, &self.styles.id)
    }
}
