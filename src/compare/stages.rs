//! The assessments between an earlier and a later one: see the head of [`super`].

use crate::model::{
    Answer, Assessment, Claim, Kind, Profile, Question, QuestionId, Questionnaire, Value,
};
use crate::result::{AssessmentResult, result};
use crate::score::{Scorecard, State, score};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many stages there are, the first and the last included.
pub(super) const STAGES: usize = 5;

/// An assessment with its figures.
pub(super) struct Stage {
    pub(super) assessment: Assessment,
    pub(super) scorecard: Scorecard,
    pub(super) result: AssessmentResult,
}

impl Stage {
    pub(super) fn of(assessment: Assessment) -> Self {
        let scorecard = score(&assessment);
        let result = result(&assessment, &scorecard, &[]);
        Self { assessment, scorecard, result }
    }

    /// The question with this id, with its state; `None` where the edition lacks it.
    pub(super) fn question(&self, id: &QuestionId) -> Option<(&Question, &Answer, State)> {
        let at = self.assessment.questionnaire.question(id)?;
        let question = &self.assessment.questionnaire.questions[at];
        Some((question, self.assessment.answer(at), self.scorecard.states[at]))
    }
}

/// Answers by question.
type GivenAnswers = BTreeMap<QuestionId, Answer>;

/// The earlier assessment, those between, and the later one.
pub(super) fn stages(earlier: &Assessment, later: &Assessment) -> [Assessment; STAGES] {
    let carried = carried(earlier, &later.questionnaire);
    let under = |profile: &Profile, given: GivenAnswers| {
        let mut answers = later.answers.clone();
        (answers.profile, answers.given) = (profile.clone(), given);
        let (questionnaire, facts) = (later.questionnaire.clone(), later.facts.clone());
        let (target, glossary) = (later.target.clone(), later.glossary.clone());
        Assessment::new(questionnaire, facts, target, answers, glossary)
    };
    let (before, after) = (&earlier.answers.profile, &later.answers.profile);
    let claims = with_evidence_of(given(later), &carried);
    [
        earlier.clone(),
        under(before, carried.clone()),
        under(after, carried),
        under(after, claims),
        later.clone(),
    ]
}

/// All answers of an assessment, those to other questionnaires' questions too.
pub(super) fn given(assessment: &Assessment) -> GivenAnswers {
    let questions = assessment.questionnaire.questions.iter().enumerate();
    let own = questions.map(|(at, each)| (each.id.clone(), assessment.answer(at).clone()));
    assessment.answers.given.clone().into_iter().chain(own).collect()
}

/// The same claims, beside each the evidence that other answers list for it.
fn with_evidence_of(mut claims: GivenAnswers, evidence: &GivenAnswers) -> GivenAnswers {
    for (id, answer) in &mut claims {
        answer.evidence = evidence.get(id).map(|each| each.evidence.clone()).unwrap_or_default();
    }
    claims
}

/// The answers of an assessment as they count under another edition.
fn carried(from: &Assessment, to: &Arc<Questionnaire>) -> GivenAnswers {
    let mut given = given(from);
    if Arc::ptr_eq(&from.questionnaire, to) {
        return given;
    }
    for question in &to.questions {
        let known = from.questionnaire.question(&question.id);
        let kind = known.map(|at| &from.questionnaire.questions[at].kind);
        if let Some(answer) = given.get_mut(&question.id) {
            let claim = std::mem::take(&mut answer.claim);
            answer.claim = carried_claim(claim, kind, question);
        }
    }
    given
}

/// A claim as it counts under another edition; open where that does not know the value, or has the question
/// as essential where it was said not to apply. `kind` is what it was given to, where that is known.
fn carried_claim(claim: Claim, kind: Option<&Kind>, to: &Question) -> Claim {
    match claim {
        Claim::NotApplicable(_) if to.essential => Claim::Open,
        Claim::Value(value) => {
            let moved = match kind {
                Some(kind) if kind.word() == to.kind.word() => {
                    let said = kind.said(&value);
                    to.kind.value(&said.iter().map(String::as_str).collect::<Vec<_>>())
                }
                Some(_) => None,
                None => Some(value).filter(|value| fits(&to.kind, value)),
            };
            moved.map_or(Claim::Open, Claim::Value)
        }
        other => other,
    }
}

/// Whether a value is one that a question can be answered with.
fn fits(kind: &Kind, value: &Value) -> bool {
    let is_there = |at: &usize| *at < kind.choices().len();
    match (kind, value) {
        (Kind::Maturity(_), Value::Level(at)) | (Kind::Choice(_), Value::Option(at)) => {
            is_there(at)
        }
        (Kind::Checklist { .. }, Value::Options(ticked)) => ticked.iter().all(is_there),
        (Kind::YesNo { .. }, Value::YesNo(_)) | (Kind::Number { .. }, Value::Number(_)) => true,
        _ => false,
    }
}
