//! How many questions a kind of respondent gets, and how long that takes.

use crate::model::{Answers, Assessment, Facts, Glossary, Profile, Questionnaire, Subject};
use crate::score::{State, score};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How long a questionnaire is for one kind of respondent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// Questions that are asked, those that hang on an open answer included.
    pub questions: usize,
    /// An estimate: the words shown at 200 a minute, and 10 seconds a question, rounded up.
    pub minutes: usize,
}

/// Which questions are asked of someone who has answered nothing yet.
pub fn asked(
    questionnaire: &Arc<Questionnaire>,
    facts: &Arc<Facts>,
    profile: &Profile,
) -> Vec<usize> {
    let nobody = Answers {
        of: Subject { name: String::new(), kind: "organisation".to_owned(), stage: None },
        profile: profile.clone(),
        language: None,
        date: String::new(),
        date_given: false,
        by: Vec::new(),
        questionnaire: questionnaire.id.clone(),
        given: BTreeMap::new(),
        public_only: false,
        digest: Default::default(),
    };
    let glossary = Arc::new(Glossary::default());
    let assessment = Assessment::new(questionnaire.clone(), facts.clone(), None, nobody, glossary);
    let states = score(&assessment).states;
    (0..states.len()).filter(|at| states[*at] != State::NotAsked).collect()
}

/// The length for a profile.
pub fn length(questionnaire: &Arc<Questionnaire>, facts: &Arc<Facts>, profile: &Profile) -> Length {
    let asked = asked(questionnaire, facts, profile);
    let count = |text: &str| text.split_whitespace().count();
    let words = |at: &usize| {
        let question = &questionnaire.questions[*at];
        let choices: usize = question.kind.choices().iter().map(|choice| count(&choice.text)).sum();
        count(&question.ask) + question.why.as_deref().map_or(0, count) + choices
    };
    let words: usize = asked.iter().map(words).sum();
    let seconds = words * 60 / 200 + 10 * asked.len();
    let minutes = questionnaire.minutes.map_or(seconds.div_ceil(60), |minutes| minutes as usize);
    Length { questions: asked.len(), minutes }
}
