//! The hidden sheet: what the workbook is, what it asks, and the lists of its drop-downs.

use crate::workbook::content::Content;
use crate::workbook::{ASKED, KIND};
use rust_xlsxwriter::{
    ColNum, DataValidation, DataValidationErrorStyle, Formula, RowNum, Worksheet, XlsxError,
    utility,
};

/// The first column with a list.
const FIRST: ColNum = 4;

/// Lists of drop-downs, each once, and the ids of rows. A list is named by its cells: its words written
/// into each drop-down would have to have fewer than 255 letters together.
pub(super) struct Lists {
    lists: Vec<Vec<String>>,
    /// Ids of rows.
    asked: Vec<String>,
    questionnaire: String,
    version: String,
}

impl Lists {
    pub(super) fn new(content: &Content) -> Self {
        let questionnaire = content.questionnaire.id.clone();
        let version = content.questionnaire.version.clone();
        Self { lists: Vec::new(), asked: Vec::new(), questionnaire, version }
    }

    /// Notes that there is a row with this id.
    pub(super) fn ask(&mut self, key: &str) {
        self.asked.push(key.to_owned());
    }

    /// A drop-down of these words at some rows of a column; with `others`, other words may stand there, too.
    pub(super) fn drop_down(
        &mut self,
        sheet: &mut Worksheet,
        (rows, column): ((RowNum, RowNum), ColNum),
        words: &[&str],
        others: bool,
    ) -> Result<(), XlsxError> {
        let list: Vec<_> = words.iter().map(|word| (*word).to_owned()).collect();
        let place = self.lists.iter().position(|each| *each == list).unwrap_or_else(|| {
            self.lists.push(list);
            self.lists.len() - 1
        });
        let letters = utility::column_number_to_name(FIRST + place as ColNum);
        let range = format!("=gapwise!${letters}$1:${letters}${}", words.len());
        let drop_down = DataValidation::new()
            .allow_list_formula(Formula::new(range))
            .show_error_message(!others)
            .set_error_style(DataValidationErrorStyle::Stop)
            .set_error_title("Not in the list")?
            .set_error_message("Choose from the list, or leave the cell empty.")?;
        sheet.add_data_validation(rows.0, column, rows.1, column, &drop_down)?;
        Ok(())
    }

    /// Writes the hidden sheet.
    pub(super) fn write(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_hidden(true).protect();
        let mark = [KIND, &self.questionnaire, &self.version];
        for (column, text) in mark.into_iter().enumerate() {
            sheet.write_string(0, column as ColNum, text)?;
        }
        for (row, key) in (1..).zip(&self.asked) {
            sheet.write_string(row, 0, ASKED)?.write_string(row, 1, key)?;
        }
        for (column, list) in (FIRST..).zip(&self.lists) {
            for (row, word) in (0..).zip(list) {
                sheet.write_string(row, column, word)?;
            }
        }
        Ok(())
    }
}
