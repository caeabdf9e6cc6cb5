//! The last question of all: who may see what.

use super::Interview;
use super::asker::{Asker, Left, Menu, Page, Pick, QUIT, Said};
use crate::answers_file::change::Change;
use crate::library::Library;
use crate::model::{Answer, Claim, Question};
use crate::score::State;
use std::sync::Arc;

impl Interview {
    /// Asks once which answers a customer may see.
    pub(super) fn show_to_customers(
        &mut self,
        library: &mut Library,
        asker: &mut dyn Asker,
    ) -> Result<(), Left> {
        let Some((assessment, scorecard)) = self.scored(library) else { return Ok(()) };
        let questionnaire = Arc::clone(&self.sitting.questionnaire);
        let questions = questionnaire.questions.iter().enumerate();
        let answered: Vec<(&Question, Answer)> = questions
            .filter(|(at, _)| scorecard.states[*at] != State::NotAsked)
            .map(|(at, question)| (question, assessment.answer(at).clone()))
            .filter(|(_, answer)| answer.claim != Claim::Open)
            .collect();
        if answered.is_empty() {
            return Ok(());
        }
        let page = Page {
            head: "Last of all".to_owned(),
            ask: "Which answers may a customer see who asks how you use AI?".to_owned(),
            so_far: vec!["They go on an answer sheet; all else stays inside.".to_owned()],
            help: Vec::new(),
        };
        let mut menu = Menu::of(page, answered.iter().map(|(question, _)| question.ask.as_str()))
            .with('s', "Leave it as it is", "")
            .on_enter("leave it as it is; 0: none");
        let ticked = (0..answered.len()).filter(|at| answered[*at].1.public).collect();
        menu.pick = Pick::Many { ticked, exclusive: None, may_be_none: true };
        let chosen = match asker.ask(&menu)? {
            Said::Chosen(chosen) => chosen,
            Said::Action(QUIT, _) => return Err(Left::Quit),
            _ => return Ok(()),
        };
        let wanted = answered.into_iter().enumerate().map(|(at, (question, answer))| {
            let is_public = chosen.contains(&at);
            (answer.public != is_public, question, Answer { public: is_public, ..answer })
        });
        let changes: Vec<_> = wanted
            .filter(|(differs, ..)| *differs)
            .map(|(_, question, answer)| Change::Answer(question, answer))
            .collect();
        if !changes.is_empty() {
            self.say(library, asker, &changes)?;
        }
        Ok(())
    }
}
