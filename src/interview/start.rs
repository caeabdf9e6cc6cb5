//! How an interview begins: with a file that is there, or with a new one.

use super::asker::{Asker, Left, Line, Menu, Page, Said};
use super::profile::written;
use super::{Interview, Part};
use crate::answers_file::Known;
use crate::diagnostic::Diagnostics;
use crate::length::by_kind;
use crate::library::Library;
use crate::load::{
    self,
    kept::{Kept, free, is_there},
};
use crate::model::Questionnaire;
use crate::raw::DocumentKind;
use crate::sitting::Sitting;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The questionnaire that is proposed to somebody who names none.
const PROPOSED: &str = "msme-first-look";

/// What is known before an interview.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// The answers file, there or yet to be made.
    pub file: Option<PathBuf>,
    /// What is to be asked.
    pub questionnaire: Option<String>,
    /// The date that is proposed.
    pub today: String,
}

/// Opens the answers file or makes a new one. `None` where it has faults, which are then told.
///
/// # Errors
/// The respondent quits, or a file or the terminal fails.
pub fn begin(
    library: &mut Library,
    asker: &mut dyn Asker,
    start: &Start,
    out: &mut Diagnostics,
) -> Result<Option<Interview>, Left> {
    match start.file.as_deref().filter(|file| is_there(file)) {
        Some(file) => open(library, file, &start.today, out),
        None => make(library, asker, start, out),
    }
}

fn open(
    library: &mut Library,
    file: &Path,
    today: &str,
    out: &mut Diagnostics,
) -> Result<Option<Interview>, Left> {
    let Some(source) = load::document(library, file, out)? else { return Ok(None) };
    let Some(sitting) = Sitting::open(library, source, out) else { return Ok(None) };
    let text = sitting.text(library).to_owned();
    let kept = Kept::new(file.to_owned(), Some(text));
    let mut interview = interview(sitting, kept, today);
    interview.look_for_evidence(library);
    Ok(Some(interview))
}

fn make(
    library: &mut Library,
    asker: &mut dyn Asker,
    start: &Start,
    out: &mut Diagnostics,
) -> Result<Option<Interview>, Left> {
    let questionnaire = match &start.questionnaire {
        Some(id) => id.clone(),
        None => ask_questionnaire(library, asker, out)?,
    };
    let mut known = Known::default();
    let path = match &start.file {
        Some(file) => file.clone(),
        None => {
            let (name, path) = ask_file(asker)?;
            known.name = Some(name);
            path
        }
    };
    let file = path.display().to_string();
    let sitting = Sitting::begin(library, &questionnaire, &file, &known, out);
    let made = |sitting| {
        let kept = Kept::new(path, None);
        Interview { is_new: true, ..interview(sitting, kept, &start.today) }
    };
    Ok(sitting.map(made))
}

fn interview(sitting: Sitting, kept: Kept, today: &str) -> Interview {
    let (part, today, seen) = (Part::default(), today.to_owned(), BTreeSet::new());
    Interview { sitting, kept, part, today, is_new: false, seen }
}

fn ask_questionnaire(
    library: &mut Library,
    asker: &mut dyn Asker,
    out: &mut Diagnostics,
) -> Result<String, Left> {
    let ids = library.names(DocumentKind::Questionnaire);
    let facts = library.facts(out);
    let all: Vec<_> = ids.iter().filter_map(|id| library.questionnaire(id, out)).collect();
    let texts: Vec<_> = all
        .iter()
        .map(|each| {
            let (_, kinds) = by_kind(each, &facts);
            let minutes = kinds.iter().filter(|kind| kind.questions.1 > 0).map(|kind| kind.minutes);
            let least = minutes.clone().map(|(least, _)| least).min().unwrap_or(0);
            let most = minutes.map(|(_, most)| most).max().unwrap_or(0);
            format!(
                "{}, {}: {} minutes. {}",
                each.title,
                audience(each),
                range(least, most),
                each.summary
            )
        })
        .collect();
    let page = Page {
        head: "A new answers file".to_owned(),
        ask: "Which questionnaire do you want to answer?".to_owned(),
        so_far: Vec::new(),
        help: vec!["How long it takes depends on what you do with AI.".to_owned()],
    };
    let mut menu = Menu::of(page, texts);
    for (entry, each) in menu.entries.iter_mut().zip(&all) {
        entry.word.clone_from(&each.id);
    }
    let proposed = all.iter().position(|each| each.id == PROPOSED).unwrap_or(0);
    menu.at = (proposed + 1).to_string();
    let menu = menu.on_enter(all.get(proposed).map_or("", |each| &each.title));
    match asker.ask(&menu)? {
        Said::Chosen(at) => {
            let chosen = at.first().and_then(|at| all.get(*at));
            Ok(chosen.map_or_else(|| PROPOSED.to_owned(), |each| each.id.clone()))
        }
        Said::Action(..) => Err(Left::Quit),
        _ => Ok(all.get(proposed).map_or_else(|| PROPOSED.to_owned(), |each| each.id.clone())),
    }
}

fn audience(questionnaire: &Questionnaire) -> String {
    let of = |each: &String| match each.as_str() {
        "organisation" => "for a whole organisation".to_owned(),
        "system" => "for one AI system".to_owned(),
        "public-body" => "for a public body".to_owned(),
        other => format!("for {other}"),
    };
    questionnaire.audience.iter().map(of).collect::<Vec<_>>().join(", ")
}

fn range(from: usize, to: usize) -> String {
    if from == to { from.to_string() } else { format!("{from} to {to}") }
}

/// The name of who is assessed, and where the answers are to be kept.
fn ask_file(asker: &mut dyn Asker) -> Result<(String, PathBuf), Left> {
    let page = |ask: &str, help: &str| Page {
        head: "A new answers file".to_owned(),
        ask: ask.to_owned(),
        so_far: Vec::new(),
        help: vec![help.to_owned()],
    };
    let ask =
        page("What is your organisation or AI system called?", "The name stands on every report.");
    let line = Line { page: ask, ..Line::default() };
    let name = written(asker, &line)?.ok_or(Left::Quit)?;
    let proposed = free(Path::new(&format!("{}.yaml", slug(&name))));
    let ask =
        page("In which file do you want to keep your answers?", "It is saved after each answer.");
    let line = Line { page: ask, initial: proposed.display().to_string(), ..Line::default() };
    loop {
        let path = PathBuf::from(written(asker, &line)?.ok_or(Left::Quit)?);
        if !is_there(&path) {
            return Ok((name, path));
        }
        let path = path.display();
        asker.tell(&format!(
            "{path} is there already. To go on with it: gapwise interview {path}"
        ))?;
    }
}

/// A name as the name of a file: letters and digits, joined by hyphens.
fn slug(name: &str) -> String {
    let lower = name.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let slug = words.collect::<Vec<_>>().join("-");
    let short: String = slug.chars().take(40).collect();
    if short.is_empty() { "answers".to_owned() } else { short }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_the_name_of_a_file() {
        assert_eq!(slug("Corner Bakery, Ltd."), "corner-bakery-ltd");
        assert_eq!(slug("../…"), "answers");
    }
}
