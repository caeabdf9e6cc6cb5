//! What an answers file says, whether or not it can be scored yet.

use crate::answers_file::change::Change;
use crate::diagnostic::Diagnostics;
use crate::library::{Library, Read};
use crate::model::{Answer, Claim, Fact, Facts, QuestionId};
use crate::sitting::{Sitting, Unsaid};
use std::collections::BTreeMap;

/// What an answers file says.
#[derive(Debug, Default)]
pub(super) struct Current {
    /// Who or what is assessed; empty while not said.
    pub(super) name: String,
    /// The date; empty while not said.
    pub(super) date: String,
    /// The language that the respondent writes in.
    pub(super) language: String,
    /// Name (may be empty) and function of each who answers.
    pub(super) respondents: Vec<(String, String)>,
    /// The facts to ask for, the kind first, each with the values stated.
    pub(super) facts: Vec<(Fact, Vec<String>)>,
    /// Answers that say something, those to questions of other questionnaires included.
    pub(super) given: BTreeMap<QuestionId, Answer>,
}

/// What the answers file of a sitting says. `None` where it cannot be read in full.
pub(super) fn current(library: &mut Library, sitting: &Sitting) -> Option<Current> {
    let standing = sitting.standing(library);
    let facts = library.facts(&mut Diagnostics::default());
    let read = library.read(sitting.answers, &mut Diagnostics::default());
    let raw = read.as_deref().and_then(Read::answers)?;
    let kind = raw.of.as_ref().and_then(|of| of.kind.as_ref()).map(|kind| kind.value.clone());
    let kind = facts.get(Facts::KIND).map(|fact| (fact.clone(), kind.into_iter().collect()));
    let given = given(library, sitting, &standing.unsaid, &facts)?;
    Some(Current {
        name: standing.name,
        date: standing.date,
        language: raw.language.as_ref().map_or(String::new(), |text| text.value.clone()),
        respondents: standing.respondents,
        facts: kind.into_iter().chain(standing.facts).collect(),
        given,
    })
}

/// The answers. Answers are looked at only where nothing is unsaid; so, for that alone, something is said.
fn given(
    library: &mut Library,
    sitting: &Sitting,
    unsaid: &[Unsaid],
    facts: &Facts,
) -> Option<BTreeMap<QuestionId, Answer>> {
    let mut text = sitting.text(library).to_owned();
    for each in unsaid {
        text = match each {
            Unsaid::Name => Change::Name("-").apply(&text),
            Unsaid::Date => Change::Date("2000-01-01").apply(&text),
            Unsaid::Fact(id) => {
                let fact = facts.get(id)?;
                let value = fact.values().first().map_or("-", |value| value).to_owned();
                Change::Fact(fact, &[value]).apply(&text)
            }
        }
        .ok()?;
    }
    let completed = library.add("", text);
    let sitting = Sitting::open(library, completed, &mut Diagnostics::default())?;
    let (assessment, _) = sitting.standing(library).scored?;
    let questions = assessment.questionnaire.questions.iter().enumerate();
    let own = questions.map(|(at, question)| (question.id.clone(), assessment.answer(at).clone()));
    let others = assessment.answers.given.clone();
    Some(own.chain(others).filter(|(_, answer)| says_something(answer)).collect())
}

/// Whether anything stands in an answer.
pub(super) fn says_something(answer: &Answer) -> bool {
    let Answer { claim, evidence, note, by, public } = answer;
    *claim != Claim::Open || !evidence.is_empty() || note.is_some() || by.is_some() || *public
}
