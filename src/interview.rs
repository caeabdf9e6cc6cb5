//! `gapwise interview`: the conversation in which a respondent fills in an answers file.
//!
//! It knows no terminal: what it says and asks goes through an [`asker::Asker`], of which there are two,
//! [`screen`] and [`plain`]. All that is said goes into a [`Sitting`] and from there, at once, into the file.
//!
//! ```text
//! start ─► profile ─► question ⟲ evidence ─► closing
//! ```

pub mod asker;
mod closing;
mod evidence;
pub mod plain;
mod profile;
mod question;
pub mod screen;
mod start;
mod walk;
mod wrap;

pub use start::{Start, begin};

use crate::answers_file::change::Change;
use crate::diagnostic::Diagnostics;
use crate::library::{Library, Read};
use crate::load::{
    self, Trouble,
    kept::{Kept, Saved},
};
use crate::model::{Assessment, Question, QuestionId, QuestionIndex, Questionnaire};
use crate::score::{Scorecard, State};
use crate::sitting::{Refused, Sitting, Standing, idle, sections};
use asker::{Asker, Left, Menu, Page, Said};
use std::collections::BTreeSet;
use std::path::Path;
use walk::{Step, after, before};

/// Which questions an interview goes through.
#[derive(Clone, Copy, Debug, Default)]
pub struct Part {
    /// Those of one domain, by its place.
    pub domain: Option<usize>,
    /// Those without an answer.
    pub open_only: bool,
}

/// An interview about one answers file.
#[derive(Debug)]
pub struct Interview {
    sitting: Sitting,
    kept: Kept,
    part: Part,
    today: String,
    is_new: bool,
    seen: BTreeSet<QuestionIndex>,
}

impl Interview {
    /// Where the answers are saved.
    pub fn path(&self) -> &Path {
        &self.kept.path
    }

    /// What is asked.
    pub fn questionnaire(&self) -> &Questionnaire {
        &self.sitting.questionnaire
    }

    /// The same about a part of the questions.
    pub fn about(self, part: Part) -> Self {
        Self { part, ..self }
    }

    /// How the answers stand.
    pub fn standing(&self, library: &mut Library) -> Standing {
        self.sitting.standing(library)
    }

    /// The whole interview.
    ///
    /// # Errors
    /// The respondent quits, or a file or the terminal fails.
    pub fn hold(&mut self, library: &mut Library, asker: &mut dyn Asker) -> Result<(), Left> {
        let is_new = std::mem::replace(&mut self.is_new, false);
        if is_new {
            self.save(library, asker, &[])?;
            self.profile(library, asker)?;
        }
        self.unsaid(library, asker)?;
        let mut from = if is_new { self.first_open(library) } else { self.resume(library, asker)? };
        loop {
            self.questions(library, asker, from)?;
            match self.open_remain(library, asker)? {
                None => break,
                open => from = open,
            }
        }
        self.show_to_customers(library, asker)
    }

    /// What comes first of an interview that goes on. `None`: the end.
    fn resume(
        &mut self,
        library: &mut Library,
        asker: &mut dyn Asker,
    ) -> Result<Option<QuestionIndex>, Left> {
        if self.part.domain.is_some() || self.part.open_only {
            return Ok(self.first_open(library).or_else(|| self.list(library).first().copied()));
        }
        loop {
            let list = self.list(library);
            let open = list.iter().filter(|at| self.is_open(library, **at)).count();
            let standing = self.standing(library);
            let page = Page {
                head: format!("{} · {}", self.sitting.questionnaire.title, standing.name),
                ask: match open {
                    0 => format!("All {} questions have an answer.", list.len()),
                    1 => format!("1 of {} questions is still open.", list.len()),
                    _ => format!("{open} of {} questions are still open.", list.len()),
                },
                ..Page::default()
            };
            let go_on = if open == 0 { "See the result" } else { "Go on with what is open" };
            let menu = Menu::of(
                page,
                [go_on, "Go through all answers from the first", "Change what is said about you"],
            )
            .on_enter(go_on);
            match asker.ask(&menu)? {
                Said::Chosen(at) if at == [1] => return Ok(list.first().copied()),
                Said::Chosen(at) if at == [2] => {
                    self.profile(library, asker)?;
                    self.unsaid(library, asker)?;
                }
                Said::Action(..) => return Err(Left::Quit),
                _ => return Ok(self.first_open(library)),
            }
        }
    }

    /// Where questions are still open at the end: the first of them, if the respondent wants to go there.
    fn open_remain(
        &mut self,
        library: &mut Library,
        asker: &mut dyn Asker,
    ) -> Result<Option<QuestionIndex>, Left> {
        let list = self.list(library);
        let open: Vec<_> = list.into_iter().filter(|at| self.is_open(library, *at)).collect();
        let Some(first) = open.first().copied() else { return Ok(None) };
        let page = Page {
            head: "That was the last question.".to_owned(),
            ask: match open.len() {
                1 => "One is still open. Until it is answered the result is a range.".to_owned(),
                count => {
                    format!(
                        "{count} are still open. Until they are answered the result is a range."
                    )
                }
            },
            ..Page::default()
        };
        let menu = Menu::of(page, ["Go to the end", "Go to the first open question"]);
        match asker.ask(&menu.on_enter("Go to the end"))? {
            Said::Chosen(at) if at == [1] => Ok(Some(first)),
            Said::Action(..) => Err(Left::Quit),
            _ => Ok(None),
        }
    }

    /// One question after the other, worked out anew after each.
    fn questions(
        &mut self,
        library: &mut Library,
        asker: &mut dyn Asker,
        from: Option<QuestionIndex>,
    ) -> Result<(), Left> {
        let mut place = from;
        while let Some(at) = place {
            self.seen.insert(at);
            let old = self.list(library);
            let step = self.question(library, asker, at, &old)?;
            let new = self.list(library);
            place = match step {
                Step::Again => Some(at),
                Step::Back => Some(before(&new, &at)),
                Step::Next => after(&old, &new, &at).or_else(|| {
                    // An answer can bring up questions before it.
                    let unseen = |each: &QuestionIndex| !self.seen.contains(each);
                    let mut unseen = new.into_iter().filter(unseen);
                    unseen.find(|each| self.is_open(library, *each))
                }),
            };
        }
        Ok(())
    }

    fn scored(&self, library: &mut Library) -> Option<(Assessment, Scorecard)> {
        self.standing(library).scored
    }

    /// The questions to go through, as things stand.
    fn list(&self, library: &mut Library) -> Vec<QuestionIndex> {
        let Some((assessment, scorecard)) = self.scored(library) else { return Vec::new() };
        let sections = sections(&assessment, &scorecard).into_iter();
        let here =
            sections.filter(|section| self.part.domain.is_none_or(|at| at == section.domain));
        let is_open = |at: QuestionIndex| matches!(scorecard.states[at], State::Open { .. });
        here.flat_map(|section| section.questions)
            .filter(|at| !self.part.open_only || self.seen.contains(at) || is_open(*at))
            .collect()
    }

    fn is_open(&self, library: &mut Library, at: QuestionIndex) -> bool {
        let scored = self.scored(library);
        scored.is_some_and(|(_, scorecard)| matches!(scorecard.states[at], State::Open { .. }))
    }

    fn first_open(&self, library: &mut Library) -> Option<QuestionIndex> {
        self.list(library).into_iter().find(|at| self.is_open(library, *at))
    }

    /// Writes what is said into the file. `false`: it was refused, and the respondent told why.
    fn say(
        &mut self,
        library: &mut Library,
        asker: &mut dyn Asker,
        changes: &[Change<'_>],
    ) -> Result<bool, Left> {
        let idle_before = self.idle(library);
        if let Err(Refused { message, help }) = self.sitting.say(library, changes) {
            let help = help.map_or(String::new(), |help| format!(" ({help})"));
            asker.tell(&format!("That cannot be written: {message}{help}."))?;
            return Ok(false);
        }
        self.save(library, asker, changes)?;
        self.look_for_evidence(library);
        let idle: Vec<_> =
            self.idle(library).into_iter().filter(|id| !idle_before.contains(id)).collect();
        if !idle.is_empty() {
            self.tell_idle(asker, &idle)?;
        }
        Ok(true)
    }

    fn idle(&self, library: &mut Library) -> Vec<QuestionId> {
        self.scored(library).map_or(Vec::new(), |(assessment, card)| idle(&assessment, &card))
    }

    /// Says which answers do not count any more.
    fn tell_idle(&self, asker: &mut dyn Asker, ids: &[QuestionId]) -> Result<(), Left> {
        let questions = &self.sitting.questionnaire.questions;
        let line = |question: &Question| format!("{}: {}", question.id, question.ask);
        let lines = questions.iter().filter(|question| ids.contains(&question.id)).map(line);
        let page = Page {
            head: "What you said changes what is asked.".to_owned(),
            ask: "These answers no longer count. They stay in the file.".to_owned(),
            so_far: lines.collect(),
            help: Vec::new(),
        };
        match asker.ask(&Menu::of(page, ["Go on"]).on_enter("go on"))? {
            Said::Action(..) => Err(Left::Quit),
            _ => Ok(()),
        }
    }

    /// Saves the text. What another program has written meanwhile stays: the changes go into it.
    fn save(
        &mut self,
        library: &mut Library,
        asker: &mut dyn Asker,
        changes: &[Change<'_>],
    ) -> Result<(), Left> {
        loop {
            match self.kept.save(self.sitting.text(library)) {
                Ok(Saved::Done) => return Ok(()),
                Ok(Saved::Changed(theirs)) => self.take_in(library, asker, theirs, changes)?,
                Err(trouble) => try_again(asker, trouble)?,
            }
        }
    }

    /// Puts the changes into what another program has written; where that cannot be, the answers go on in
    /// a file beside it.
    fn take_in(
        &mut self,
        library: &mut Library,
        asker: &mut dyn Asker,
        theirs: String,
        changes: &[Change<'_>],
    ) -> Result<(), Left> {
        let ours = self.sitting.text(library).to_owned();
        let path = self.kept.path.display().to_string();
        library.replace(self.sitting.answers, theirs.clone());
        let reread = Sitting::open(library, self.sitting.answers, &mut Diagnostics::default());
        let is_same = |other: &Sitting| other.questionnaire.id == self.sitting.questionnaire.id;
        match reread.filter(is_same).filter(|other| other.say(library, changes).is_ok()) {
            Some(other) => {
                self.sitting = other;
                self.kept.accept(theirs);
                asker.tell(&format!(
                    "Another program has changed {path}. It was read again, and your answer added."
                ))
            }
            None => {
                library.replace(self.sitting.answers, ours);
                self.kept.move_beside();
                asker.tell(&format!(
                    "Another program has changed {path}, and it has faults now. It stays as it is; your answers go on in {}.",
                    self.kept.path.display()
                ))
            }
        }
    }

    /// Looks at the evidence files that the answers name.
    fn look_for_evidence(&mut self, library: &mut Library) {
        let read = library.read(self.sitting.answers, &mut Diagnostics::default());
        if let Some(raw) = read.as_deref().and_then(Read::answers) {
            self.sitting.files = load::evidence(&self.kept.path, raw);
        }
    }
}

/// What could not be saved is kept until it can be, or the respondent gives up.
fn try_again(asker: &mut dyn Asker, trouble: Trouble) -> Result<(), Left> {
    let page = Page {
        head: "Not saved yet".to_owned(),
        ask: format!("Your answer could not be saved: {}.", trouble.message),
        so_far: Vec::new(),
        help: trouble.help.iter().cloned().collect(),
    };
    let mut menu = Menu::of(page, ["Try again", "Quit without this answer"]);
    // Quitting does not save here.
    menu.actions.clear();
    menu.enter = "try again".to_owned();
    match asker.ask(&menu) {
        Ok(Said::Chosen(at)) if at == [0] => Ok(()),
        Ok(Said::Nothing) => Ok(()),
        _ => Err(Left::Trouble(trouble)),
    }
}
