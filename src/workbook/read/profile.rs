//! Who is assessed and who answers, as a workbook says it.

use super::answer::wrong_word;
use super::{Reader, plain, yes_no};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Fact, FactKind, Facts};
use crate::source::Spanned;
use crate::validate::is_date;
use crate::workbook::{YES, head, key};

/// The greatest number of a person who answers.
const MOST_PEOPLE: usize = 999;

type Said = Option<Spanned<String>>;

impl Reader<'_> {
    /// Name, date and language.
    pub(super) fn subject(self, out: &mut Diagnostics) -> (Said, Said, Said) {
        let date = self.said(key::DATE);
        if let Some(said) = date.as_ref().filter(|date| !is_date(&date.value)) {
            let place = self.rows.get(key::DATE).map(|row| row.name(head::ANSWER));
            let message = format!("{}: `{}` is no date", place.unwrap_or_default(), said.value);
            let fault = Diagnostic::error(Code::W103, message, said.span);
            out.push(fault.help("write year, month and day, as 2026-11-02"));
        }
        (self.said(key::NAME), date, self.said(key::LANGUAGE))
    }

    /// The answer of a row, without blanks around it.
    fn said(self, key: &str) -> Said {
        let cell = self.rows.get(key)?.cell(head::ANSWER)?;
        Some(Spanned { value: cell.text.trim().to_owned(), span: cell.span })
    }

    /// W120: who answers has a function, and each another.
    pub(super) fn respondents(self, out: &mut Diagnostics) -> Vec<Spanned<(String, String)>> {
        let mut all: Vec<Spanned<(String, String)>> = Vec::new();
        for at in 1..=MOST_PEOPLE {
            let (name, function) = (self.said(&key::person(at)), self.said(&key::function(at)));
            let place = || {
                let row = self.rows.get(&key::function(at)).or(self.rows.get(&key::person(at)));
                row.map(|row| row.name(head::ANSWER)).unwrap_or_default()
            };
            let Some(Spanned { value: function, span }) = function else {
                if let Some(name) = name {
                    let message = format!("{}: `{}` has no function", place(), name.value);
                    let fault = Diagnostic::error(Code::W120, message, name.span);
                    out.push(fault.help("say what the person does, as owner"));
                }
                continue;
            };
            if let Some(first) = all.iter().find(|each| each.value.1 == function) {
                let message = format!("{}: two people have the function `{function}`", place());
                let fault = Diagnostic::error(Code::W120, message, span);
                let fault = fault.related(first.span, "the first one");
                out.push(fault.help("tell them apart: answers name a person by the function"));
                continue;
            }
            let name = name.map_or(String::new(), |name| name.value);
            all.push(Spanned { value: (name, function), span });
        }
        all
    }

    /// The facts that are stated.
    pub(super) fn facts(
        self,
        facts: &Facts,
        out: &mut Diagnostics,
    ) -> Vec<(Fact, Spanned<Vec<String>>)> {
        let stated = |fact: &Fact| {
            let values = match fact.kind {
                FactKind::Many => self.many(fact, out),
                _ => self.one(fact, out),
            };
            values.map(|values| (fact.clone(), values))
        };
        facts.facts.iter().filter_map(stated).collect()
    }

    /// A fact with one value.
    fn one(self, fact: &Fact, out: &mut Diagnostics) -> Option<Spanned<Vec<String>>> {
        let row = self.rows.get(&key::fact(&fact.id))?;
        let cell = row.cell(head::ANSWER)?;
        let value = match fact.kind {
            FactKind::Text => cell.text.clone(),
            FactKind::YesNo => match yes_no(&cell.text) {
                Some(true) => "yes".to_owned(),
                Some(false) => "no".to_owned(),
                None => plain(&cell.text),
            },
            FactKind::One | FactKind::Many => plain(&cell.text),
        };
        if !fact.allows(&value) {
            out.push(wrong_word(row, head::ANSWER, &fact.values()));
            return None;
        }
        Some(Spanned { value: vec![value], span: cell.span })
    }

    /// A fact with any number of values: a row for each.
    fn many(self, fact: &Fact, out: &mut Diagnostics) -> Option<Spanned<Vec<String>>> {
        let mut values = Vec::new();
        let mut first = None;
        for value in fact.values() {
            let row = self.rows.get(&key::option(&key::fact(&fact.id), value));
            let Some((row, cell)) = row.and_then(|row| Some((row, row.cell(head::ANSWER)?))) else {
                continue;
            };
            match yes_no(&cell.text) {
                Some(true) => {
                    values.push(value.to_owned());
                    first = first.or(Some(cell.span));
                }
                Some(false) => {}
                None => out.push(wrong_word(row, head::ANSWER, &[YES])),
            }
        }
        first.map(|span| Spanned { value: values, span })
    }
}
