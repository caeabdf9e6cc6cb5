//! A workbook to fill in. The same content gives the same bytes.

mod guide;
mod lists;
mod part;
mod profile;
mod style;

use super::content::Content;
use super::{HIDDEN, LONGEST_TEXT, units};
use crate::model::{Answer, Claim};
use crate::render::workbook::put;
use lists::Lists;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, ProtectionOptions, RowNum, Workbook, Worksheet, XlsxError,
};
use style::Styles;
use unicode_width::UnicodeWidthStr as _;

/// What holds a text that is longer than a cell can be: ids of questions, and the profile.
pub fn too_long(content: &Content) -> Vec<&str> {
    let is_long = |text: &String| units(text) > LONGEST_TEXT;
    let long = content.entries().filter(|entry| texts(&entry.answer).iter().any(is_long));
    let people = content.respondents.iter().flat_map(|(name, function)| [name, function]);
    let facts = content.facts.iter().flat_map(|(_, values)| values);
    let mut profile = [&content.name, &content.language].into_iter().chain(people).chain(facts);
    let profile = profile.any(is_long).then_some("the profile");
    long.map(|entry| entry.question.id.as_str()).chain(profile).collect()
}

/// The texts of an answer. A place may get a word before it.
fn texts(answer: &Answer) -> Vec<String> {
    let reason = match &answer.claim {
        Claim::NotApplicable(reason) => Some(reason.clone()),
        _ => None,
    };
    let evidence = answer.evidence.iter();
    let evidence = evidence.flat_map(|each| [each.title.clone(), part::place(&each.place)]);
    reason.into_iter().chain(answer.note.clone()).chain(answer.by.clone()).chain(evidence).collect()
}

/// The bytes of a workbook.
///
/// # Errors
/// It has more rows than Excel knows, or a longer text than a cell can hold.
pub fn write(content: &Content) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let date = ExcelDateTime::from_ymd(2026, 1, 1)?;
    let title = format!("{}: a self-assessment", content.questionnaire.title);
    book.set_properties(&DocProperties::new().set_title(&title).set_creation_datetime(&date));
    let styles = Styles::default();
    let mut names = vec![HIDDEN.to_owned()];
    let mut lists = Lists::new(content);
    guide::write(named(&mut book, "Guide", &mut names)?, content, &styles)?;
    profile::write(named(&mut book, "Profile", &mut names)?, content, &styles, &mut lists)?;
    for part in &content.parts {
        let name = sheet_name(&part.title, &part.domain, &names);
        part::write(named(&mut book, &name, &mut names)?, part, content, &styles, &mut lists)?;
    }
    lists.write(book.add_worksheet().set_name(HIDDEN)?)?;
    book.save_to_buffer()
}

/// A new sheet of this name, locked, wide rather than high on paper.
fn named<'a>(
    book: &'a mut Workbook,
    name: &str,
    names: &mut Vec<String>,
) -> Result<&'a mut Worksheet, XlsxError> {
    names.push(name.to_lowercase());
    let sheet = book.add_worksheet().set_name(name)?;
    sheet.set_landscape().protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        sort: true,
        use_autofilter: true,
        ..ProtectionOptions::default()
    });
    Ok(sheet)
}

/// A name that Excel takes and no other sheet has, from the title of a domain.
fn sheet_name(title: &str, id: &str, names: &[String]) -> String {
    let fits = |c: &char| !c.is_control() && !"[]:*?/\\'".contains(*c);
    let plain: String = title.chars().filter(fits).collect();
    let cut = |most: usize| {
        let mut left = most;
        let kept = plain.trim().chars().take_while(|c| {
            let fits = c.len_utf16() <= left;
            left = left.saturating_sub(c.len_utf16());
            fits
        });
        kept.collect::<String>().trim_end().to_owned()
    };
    let whole = match cut(31) {
        name if name.is_empty() || name.eq_ignore_ascii_case("history") => id.replace('/', "-"),
        name => name,
    };
    let numbered = (2..).map(|at| format!("{} {at}", cut(26)));
    let mut candidates = std::iter::once(whole).chain(numbered);
    let is_free = |name: &String| !name.is_empty() && !names.contains(&name.to_lowercase());
    candidates.find(is_free).unwrap_or_default()
}

/// The height of a line. Unit: points.
const LINE: u32 = 15;
/// How many lines the highest row has that Excel knows.
const MOST_LINES: usize = 27;

/// Makes a row as high as its texts need in columns of these widths, about: the fonts at hand differ, and not
/// every program does it by itself.
fn fit<'a>(
    sheet: &mut Worksheet,
    row: RowNum,
    texts: impl IntoIterator<Item = (&'a str, u32)>,
) -> Result<(), XlsxError> {
    let lines = |(text, width): (&str, u32)| {
        let of_line = |line: &str| line.width().div_ceil(width.max(1) as usize).max(1);
        text.split('\n').map(of_line).sum::<usize>()
    };
    let lines = texts.into_iter().map(lines).max().unwrap_or(1);
    sheet.set_row_height(row, lines.min(MOST_LINES) as u32 * LINE)?;
    Ok(())
}

/// A text of ours or of a questionnaire as far as a cell can hold it.
fn shown(text: &str) -> String {
    let mut left = LONGEST_TEXT - 1;
    let held = text.chars().take_while(|c| {
        let fits = c.len_utf16() <= left;
        left = left.saturating_sub(c.len_utf16());
        fits
    });
    let held: String = held.collect();
    if held.len() < text.len() { held + "…" } else { held }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_have_names_that_excel_takes() {
        let taken = ["risk".to_owned(), "history".to_owned()];
        assert_eq!(sheet_name("What? [AI] brings/you", "D-1", &taken), "What AI bringsyou");
        assert_eq!(sheet_name("Risk", "D-1", &taken), "Risk 2");
        assert_eq!(sheet_name("History", "D-1", &taken), "D-1");
        assert_eq!(sheet_name("???", "D-1", &taken), "D-1");
        assert!(sheet_name(&"🦀".repeat(40), "D-1", &taken).encode_utf16().count() <= 31);
    }

    #[test]
    fn what_is_shown_fits_a_cell() {
        assert_eq!(shown("short"), "short");
        assert!(units(&shown(&"🦀".repeat(20_000))) <= LONGEST_TEXT);
    }
}
