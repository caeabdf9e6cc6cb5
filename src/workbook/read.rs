//! What a filled-in workbook says. Every cell that says something else than it may is told.

mod answer;
mod profile;
mod rows;

use super::cells::{Sheet, sheets};
use super::{ANY_KIND, ASKED, KIND, key};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, one_of};
use crate::library::Library;
use crate::model::{Answer, Fact, Facts, Kind, Question, Questionnaire};
use crate::raw::DocumentKind;
use crate::source::{SourceId, Sources, Spanned};
use rows::Rows;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a workbook says.
#[derive(Debug)]
pub struct Filled {
    /// The questionnaire that it was written for.
    pub questionnaire: Arc<Questionnaire>,
    /// The name of the organisation or system.
    pub name: Option<Spanned<String>>,
    /// The date of the assessment.
    pub date: Option<Spanned<String>>,
    /// The language that the respondent writes in.
    pub language: Option<Spanned<String>>,
    /// Who answers: name (may be empty) and function.
    pub respondents: Vec<Spanned<(String, String)>>,
    /// The facts stated.
    pub facts: Vec<(Fact, Spanned<Vec<String>>)>,
    /// The answers given, in the order of the questionnaire.
    pub replies: Vec<Reply>,
}

/// An answer in a workbook.
#[derive(Debug)]
pub struct Reply {
    /// The question.
    pub question: Question,
    /// What is said, and where.
    pub answer: Spanned<Answer>,
    /// Whether it says that customers may not see it; otherwise it says nothing of that, or that they may.
    pub internal: bool,
}

/// Reads a workbook. `None` where it is none of ours or a cell of it is faulty, which is then told.
pub fn read(
    library: &mut Library,
    file: &str,
    bytes: &[u8],
    out: &mut Diagnostics,
) -> Option<Filled> {
    let mut sheets = sheets(&mut library.sources, file, bytes, out)?;
    let questionnaire = questionnaire(library, &sheets, file, out)?;
    let facts = library.facts(out);
    let asked = asked(&sheets);
    let hidden = sheets.iter().find(|sheet| is_hidden(sheet)).map(|sheet| sheet.source);
    let own: Vec<_> = questionnaire.questions.iter().map(|each| each.id.as_str()).collect();
    let others = asked.iter().filter(|key| !key.contains('/') && !own.contains(&key.as_str()));
    let others: Vec<_> = others.cloned().collect();
    let others = others.iter().filter_map(|id| library.question(id, &mut Diagnostics::default()));
    let others = others.map(Arc::unwrap_or_clone);
    let questions: Vec<_> = questionnaire.questions.iter().cloned().chain(others).collect();
    let known = known(&questions, &facts);
    let rows = rows::find(&mut sheets, &known, &library.sources, out);
    nothing_is_missing(&asked, &rows, hidden, out);
    let reader = Reader { rows: &rows, sources: &library.sources };
    let (name, date, language) = reader.subject(out);
    let respondents = reader.respondents(out);
    let facts = reader.facts(&facts, out);
    let replies = questions.into_iter().filter_map(|each| reader.reply(each, out)).collect();
    let filled = Filled { questionnaire, name, date, language, respondents, facts, replies };
    (!out.has_errors()).then_some(filled)
}

/// Rows, and the texts that show them.
#[derive(Clone, Copy)]
struct Reader<'a> {
    rows: &'a Rows<'a>,
    sources: &'a Sources,
}

/// W003, W004, W006, W007: the workbook was written for a questionnaire that is at hand.
fn questionnaire(
    library: &mut Library,
    sheets: &[Sheet],
    file: &str,
    out: &mut Diagnostics,
) -> Option<Arc<Questionnaire>> {
    let mark = sheets.iter().find_map(|sheet| {
        let row = sheet
            .rows
            .values()
            .find(|row| row.get(&0).is_some_and(|cell| cell.text.trim().starts_with(ANY_KIND)))?;
        Some((row.get(&0)?, row.get(&1)?, row.get(&2)?))
    });
    let Some((kind, id, version)) = mark else {
        let source = library.sources.add(file, "");
        let message = "the workbook was not written by `gapwise workbook`, or its mark is gone";
        let help = "fill in one that `gapwise workbook ID -o FILE.xlsx` wrote";
        out.push(Diagnostic::of_file(Code::W003, message, source).help(help));
        return None;
    };
    if kind.text.trim() != KIND {
        let message = format!("this program reads `{KIND}`, not `{}`", kind.text);
        let fault = Diagnostic::error(Code::W003, message, kind.span);
        out.push(fault.help("take the version of gapwise that wrote it"));
        return None;
    }
    let name = id.text.trim();
    if !library.has(DocumentKind::Questionnaire, name) {
        let names = library.names(DocumentKind::Questionnaire);
        let message = format!("the workbook is for `{name}`, and there is no such questionnaire");
        let help = one_of(name, names.iter().map(String::as_str));
        let help = help.unwrap_or_else(|| "name its folder with --questionnaires".to_owned());
        out.push(Diagnostic::error(Code::W004, message, id.span).help(help));
        return None;
    }
    let questionnaire = library.questionnaire(name, out)?;
    let major = |version: &str| version.split('.').next().unwrap_or_default().to_owned();
    let given = version.text.trim();
    let at_hand = &questionnaire.version;
    let message = format!(
        "the workbook is for version {given} of `{name}`, and version {at_hand} is at hand"
    );
    if major(given) != major(at_hand) {
        let fault = Diagnostic::error(Code::W006, message, version.span);
        out.push(fault.help("write a new workbook of the answers so far, and go through it"));
    } else if given != at_hand {
        out.push(Diagnostic::warning(Code::W007, message, version.span));
    }
    Some(questionnaire)
}

/// The ids of the rows that were written, as the hidden sheet has them.
fn asked(sheets: &[Sheet]) -> Vec<String> {
    let rows = sheets.iter().filter(|sheet| is_hidden(sheet)).flat_map(|sheet| sheet.rows.values());
    let asked = rows.filter(|row| row.get(&0).is_some_and(|cell| cell.text == ASKED));
    asked.filter_map(|row| row.get(&1)).map(|cell| cell.text.trim().to_owned()).collect()
}

/// Whether a sheet is the one that is there for the program.
fn is_hidden(sheet: &Sheet) -> bool {
    sheet.rows.values().any(|row| row.get(&0).is_some_and(|cell| cell.text == ASKED))
}

/// The ids that rows may have.
fn known(questions: &[Question], facts: &Facts) -> Vec<String> {
    let mut known: Vec<String> = [key::NAME, key::DATE, key::LANGUAGE].map(str::to_owned).into();
    for fact in &facts.facts {
        let of = key::fact(&fact.id);
        known.extend(fact.options.iter().map(|(value, _)| key::option(&of, value)));
        known.push(of);
    }
    for question in questions {
        if let Kind::Checklist { options, .. } = &question.kind {
            let key = |option: &str| key::option(question.id.as_str(), option);
            known.extend(options.iter().map(|option| key(&option.id)));
        }
        known.push(question.id.to_string());
    }
    known
}

/// W113: all rows that were written are there. What is not stays as it is.
fn nothing_is_missing(
    asked: &[String],
    rows: &Rows<'_>,
    hidden: Option<SourceId>,
    out: &mut Diagnostics,
) {
    let missing: Vec<_> = asked.iter().filter(|key| !rows.has(key)).collect();
    let Some(hidden) = hidden else { return };
    let named: Vec<_> = missing.iter().take(6).map(|key| format!("`{key}`")).collect();
    let more = missing.len().saturating_sub(named.len());
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    if !missing.is_empty() {
        let message = format!("these rows are not there any more: {}{more}", named.join(", "));
        let fault = Diagnostic::doubt(Code::W113, message, hidden);
        out.push(fault.help("nothing is read for them; what an answers file says there stays"));
    }
}

/// All words that a cell may say, for a help line.
fn allowed(words: &[&str]) -> String {
    let words: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
    match words.split_last() {
        Some((last, [])) => format!("write {last}, or leave the cell empty"),
        Some((last, others)) => {
            format!("write {} or {last}, or leave the cell empty", others.join(", "))
        }
        None => "leave the cell empty".to_owned(),
    }
}

/// What drop-downs and people call the same: blanks around it, capital letters and the form of the apostrophe
/// do not count.
fn plain(text: &str) -> String {
    text.trim().to_lowercase().replace('\u{2019}', "'")
}

/// Yes or no, in each form that a program may have made of it. `None`: neither.
fn yes_no(text: &str) -> Option<bool> {
    match plain(text).as_str() {
        "yes" | "true" => Some(true),
        "no" | "false" => Some(false),
        _ => None,
    }
}

/// Rows by their ids.
type ByKey<T> = BTreeMap<String, T>;
