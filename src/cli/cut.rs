//! What `gapwise report --for` shows, and of what.

use super::{Assessed, Failure, Terminal};
use crate::answers_file::marked_public;
use crate::cut::{Cut, public_part};
use crate::diagnostic::Diagnostics;
use crate::model::Claim;
use crate::raw::Document;
use crate::render::{Format, cut};
use crate::score::{State, score};
use clap::ValueEnum;

/// Whom a report is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Audience {
    /// One page in plain words, with pages to fill in; stays inside the house
    Owner,
    /// An answer sheet for a customer who asks: only answers marked public
    Buyer,
    /// Two pages for a board; stays inside the house
    Board,
    /// The full report, for publication: only answers marked public
    Public,
}

impl From<Audience> for Cut {
    fn from(audience: Audience) -> Self {
        match audience {
            Audience::Owner => Self::Owner,
            Audience::Buyer => Self::Buyer,
            Audience::Board => Self::Board,
            Audience::Public => Self::Public,
        }
    }
}

/// The formats asked for, or else all that the cut has.
pub(super) fn formats(cut: Cut, asked: &[Format]) -> Result<Vec<Format>, Failure> {
    let known = cut::formats(cut);
    if let Some(other) = asked.iter().find(|format| !known.contains(format)) {
        let words: Vec<_> = known.iter().map(|format| format.word()).collect();
        let message = format!("`--for {}` cannot be had as {}", cut.word(), other.word());
        let help = format!("choose from --format {}", words.join(","));
        return Err(Failure::Usage(message, Some(help)));
    }
    let mut formats = if asked.is_empty() { known.to_vec() } else { asked.to_vec() };
    formats.sort();
    formats.dedup();
    Ok(formats)
}

/// What the cut may show. `None` where that is nothing, which is then said.
pub(super) fn shown(cut: Cut, assessed: Assessed, terminal: &mut Terminal) -> Option<Assessed> {
    if !cut.is_external() {
        return Some(assessed);
    }
    let assessment = public_part(&assessed.assessment);
    let scorecard = score(&assessment);
    let states = scorecard.states.iter().enumerate();
    let is_shown = |(at, state): (usize, &State)| {
        *state != State::NotAsked && assessment.answer(at).claim != Claim::Open
    };
    if !states.into_iter().any(is_shown) {
        nothing_to_show(cut, assessed, terminal);
        return None;
    }
    // What is wrong with the answers file was found in all of it.
    let found = assessed.found.elsewhere(assessed.answers);
    Some(Assessed { assessment, scorecard, found, ..assessed })
}

/// Says how an answer is marked, by the first one there is.
fn nothing_to_show(cut: Cut, mut assessed: Assessed, terminal: &mut Terminal) {
    let read = assessed.library.read(assessed.answers, &mut Diagnostics::default());
    let ids = match read.as_deref().map(|read| &read.document) {
        Some(Document::Answers(raw)) => raw.answers.iter().flat_map(|answers| &answers.entries),
        _ => return,
    };
    let assessment = &assessed.assessment;
    let questions = &assessment.questionnaire.questions;
    let answered: Vec<_> = ids
        .filter_map(|(id, _)| {
            questions.iter().position(|question| question.id.as_str() == id.value)
        })
        .filter(|at| assessment.answer(*at).claim != Claim::Open)
        .collect();
    let message = format!(
        "`--for {}` shows only answers marked public, and no answer that is asked here is",
        cut.word()
    );
    let help = match answered.first() {
        Some(first) => format!(
            "mark what outsiders may see, as `{}`; {} so far",
            marked_public(&questions[*first], &assessment.answer(*first).claim),
            match answered.len() {
                1 => "there is 1 answer".to_owned(),
                count => format!("there are {count} answers"),
            }
        ),
        None => "there is no answer yet; answer first, then mark what outsiders may see".to_owned(),
    };
    terminal.complain(&message, Some(&help));
}
