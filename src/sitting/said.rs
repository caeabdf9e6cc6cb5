//! What a page says back.

use super::view::{AnswerView, ClaimView, EvidenceView, RespondentView};
use super::{Refused, Sitting};
use crate::answers_file::change::Change;
use crate::library::Library;
use crate::model::{Answer, Claim, Evidence, Place, Question};
use serde::Deserialize;

/// One thing that a page says.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Said {
    /// The name of the organisation or system.
    Name(String),
    /// The date.
    Date(String),
    /// Who answers.
    Respondent(RespondentView),
    /// The values of a fact.
    Fact(String, Vec<String>),
    /// The answer to a question.
    Answer(String, AnswerView),
}

impl Sitting {
    /// Writes what a page says into the text: all of it or nothing.
    ///
    /// # Errors
    /// It names no fact or question that there is, or says what is no answer; or it cannot be written.
    pub fn hear<'a>(&'a self, library: &mut Library, said: &'a [Said]) -> Result<(), Refused> {
        let standing = self.standing(library);
        let by = |question: &Question| {
            let (assessment, _) = standing.scored.as_ref()?;
            let at = assessment.questionnaire.question(&question.id)?;
            assessment.answer(at).by.clone()
        };
        let change = |said: &'a Said| {
            Ok(match said {
                Said::Name(name) => Change::Name(name),
                Said::Date(date) => Change::Date(date),
                Said::Respondent(one) => Change::Respondent(&one.name, &one.function),
                Said::Fact(id, values) => {
                    let fact = self.facts.get(id);
                    Change::Fact(
                        fact.ok_or_else(|| refused(format!("there is no fact `{id}`")))?,
                        values,
                    )
                }
                Said::Answer(id, view) => {
                    let question = &mut self.questionnaire.questions.iter();
                    let question = question.find(|question| question.id.as_str() == id);
                    let question =
                        question.ok_or_else(|| refused(format!("there is no question `{id}`")))?;
                    Change::Answer(question, answer(question, view, by(question))?)
                }
            })
        };
        let changes = said.iter().map(change).collect::<Result<Vec<_>, _>>()?;
        self.say(library, &changes)
    }
}

fn refused(message: String) -> Refused {
    Refused { message, help: None }
}

fn answer(question: &Question, view: &AnswerView, by: Option<String>) -> Result<Answer, Refused> {
    let claim =
        match &view.claim {
            ClaimView::Open => Claim::Open,
            ClaimView::Unknown => Claim::Unknown,
            ClaimView::NotApplicable(reason) => Claim::NotApplicable(reason.clone()),
            ClaimView::Value(said) => {
                let words: Vec<_> = said.iter().map(String::as_str).collect();
                let value = question.kind.value(&words);
                let what = said.join(", ");
                Claim::Value(value.ok_or_else(|| {
                    refused(format!("`{what}` does not answer `{}`", question.id))
                })?)
            }
        };
    let note = Some(view.note.clone()).filter(|note| !note.trim().is_empty());
    let evidence = view.evidence.iter().map(evidence).collect();
    Ok(Answer { claim, evidence, note, by, public: view.public })
}

fn evidence(view: &EvidenceView) -> Evidence {
    let place = view.place.clone();
    let place = match view.kind.as_str() {
        "file" => Place::File(place),
        "link" => Place::Link(place),
        _ => Place::Reference(place),
    };
    Evidence { title: view.title.clone(), place, digest: None }
}
