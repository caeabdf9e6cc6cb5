//! What `gapwise report --for` shows, and of what.

use super::{Assessed, Failure, Terminal};
use crate::answers_file::marked_public;
use crate::assemble;
use crate::cut::Cut;
use crate::model::{Assessment, Claim, QuestionIndex};
use crate::render::{Format, cut};
use crate::score::{Scorecard, State};
use clap::ValueEnum;

/// Whom a report is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Audience {
    /// Everything, for those who work with it
    Full,
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
            Audience::Full => Self::Full,
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
    let (assessment, scorecard, found) =
        assemble::public(&assessed.assessment, assessed.answers, &assessed.found);
    if answered(&assessment, &scorecard).is_empty() {
        nothing_to_show(cut, &assessed, terminal);
        return None;
    }
    Some(Assessed { assessment, scorecard, found, ..assessed })
}

/// The questions that are asked and answered, in the order of the questionnaire.
fn answered(assessment: &Assessment, scorecard: &Scorecard) -> Vec<QuestionIndex> {
    let states = scorecard.states.iter().enumerate();
    let asked = states.filter(|(_, state)| **state != State::NotAsked).map(|(at, _)| at);
    asked.filter(|at| assessment.answer(*at).claim != Claim::Open).collect()
}

/// Says how an answer is marked, by the first one that could be shown.
fn nothing_to_show(cut: Cut, assessed: &Assessed, terminal: &mut Terminal) {
    let message = format!(
        "`--for {}` shows only answers marked public, and no answer that is asked here is",
        cut.word()
    );
    let assessment = &assessed.assessment;
    let answered = answered(assessment, &assessed.scorecard);
    let help = match answered.iter().find(|at| !assessment.answer(**at).public) {
        Some(first) => format!(
            "mark what outsiders may see, as `{}`; {} so far",
            marked_public(
                &assessment.questionnaire.questions[*first],
                &assessment.answer(*first).claim
            ),
            match answered.len() {
                1 => "there is 1 answer".to_owned(),
                count => format!("there are {count} answers"),
            }
        ),
        None => "nothing that is asked here is answered yet; answer first, then mark what outsiders may see"
            .to_owned(),
    };
    terminal.complain(&message, Some(&help));
}
