//! Everything asked, with the answers, in words.

use super::{FigureWords, Title, Writer, shown};
use crate::model::{Claim, Kind, Place, QuestionIndex, Value};
use crate::result::clause;
use crate::score::{Item, State, trace};
use serde::Serialize;

/// A domain with everything asked in it.
#[derive(Clone, Debug, Serialize)]
pub struct DomainWords {
    /// The id.
    pub id: String,
    /// The title.
    pub title: String,
    /// What it weighs.
    pub weight: u64,
    /// Its figures.
    pub figures: FigureWords,
    /// The arithmetic of its score.
    pub arithmetic: String,
    /// The requirements that are asked.
    pub requirements: Vec<RequirementWords>,
}

/// A requirement with everything asked in it.
#[derive(Clone, Debug, Serialize)]
pub struct RequirementWords {
    /// The id.
    pub id: String,
    /// What is asked for.
    pub statement: String,
    /// The same as a heading and what stands below it.
    #[serde(flatten)]
    pub title: Title,
    /// Where the source asks for it.
    pub clause: String,
    /// The source's own limits, as `as appropriate`.
    pub qualifier: Option<String>,
    /// What it weighs, and why.
    pub weight: String,
    /// Its figures.
    pub figures: FigureWords,
    /// Where it is a gate: how it stands.
    pub gate: Option<String>,
    /// Its questions with their answers.
    pub answers: Vec<AnswerWords>,
    /// The arithmetic of its score.
    pub arithmetic: String,
}

/// A question with its answer.
#[derive(Clone, Debug, Serialize)]
pub struct AnswerWords {
    /// The id.
    pub id: String,
    /// The question.
    pub ask: String,
    /// answered, unknown, open, not-applicable or not-asked.
    pub state: String,
    /// The answer in words.
    pub said: String,
    /// What it scores here, two decimals.
    pub score: Option<String>,
    /// What it weighs here.
    pub weight: u64,
    /// What supports it.
    pub evidence: Vec<EvidenceWords>,
    /// A remark.
    pub note: Option<String>,
    /// The function of the person who answered.
    pub by: Option<String>,
    /// Whether it may be shown to outsiders.
    pub public: bool,
}

/// What supports an answer.
#[derive(Clone, Debug, Serialize)]
pub struct EvidenceWords {
    /// What it is.
    pub title: String,
    /// Where it is, in words; empty where that is withheld.
    pub place: String,
    /// The address, where it is a link.
    pub link: Option<String>,
    /// Of the file, where it was at hand.
    pub sha256: Option<String>,
    /// A file that was not at hand.
    pub missing: bool,
}

impl Writer<'_> {
    pub(super) fn domains(&self) -> Vec<DomainWords> {
        let domains = self.assessment.questionnaire.domains.iter().zip(&self.scorecard.domains);
        let one = |(at, (domain, score)): (
            usize,
            (&crate::model::Domain, &crate::score::DomainScore),
        )| DomainWords {
            id: domain.id.to_string(),
            title: domain.title.clone(),
            weight: domain.weight.get(),
            figures: self.figures(&score.figures),
            arithmetic: trace::domain(self.assessment, self.scorecard, at).arithmetic(),
            requirements: (0..domain.requirements.len())
                .filter(|of| {
                    score.requirements[*of].items.iter().any(|item| item.state != State::NotAsked)
                })
                .map(|of| self.requirement_words((at, of)))
                .collect(),
        };
        domains.enumerate().map(one).collect()
    }

    pub(super) fn requirement_words(&self, place: (usize, usize)) -> RequirementWords {
        let requirement = self.requirement(place);
        let score = &self.scorecard.domains[place.0].requirements[place.1];
        let weight = requirement.weight.get();
        RequirementWords {
            id: requirement.id.to_string(),
            statement: requirement.statement.clone(),
            title: Title::of(&requirement.statement),
            clause: clause(self.assessment, requirement),
            qualifier: Some(requirement.qualifiers.join(", ")).filter(|words| !words.is_empty()),
            weight: match (&requirement.strength, score.gate) {
                (Some(strength), _) => format!("{weight} ({strength})"),
                (None, Some(_)) if weight == 0 => "0 (a gate, in no mean)".to_owned(),
                (None, _) => weight.to_string(),
            },
            figures: self.figures(&score.figures),
            gate: score.gate.map(|state| state.word().to_owned()),
            answers: score.items.iter().map(|item| self.answer(item)).collect(),
            arithmetic: trace::requirement(self.assessment, self.scorecard, place).arithmetic(),
        }
    }

    pub(super) fn answer(&self, item: &Item) -> AnswerWords {
        let question = &self.assessment.questionnaire.questions[item.question];
        let answer = self.assessment.answer(item.question);
        AnswerWords {
            id: question.id.to_string(),
            ask: question.ask.clone(),
            state: item.state.word().to_owned(),
            said: self.said(item),
            score: item.score.map(|score| score.exact()),
            weight: item.weight.get(),
            evidence: answer.evidence.iter().map(evidence).collect(),
            note: answer.note.as_deref().map(shown),
            by: answer.by.as_deref().map(shown),
            public: answer.public,
        }
    }

    /// The answer in words, or why there is none.
    pub(super) fn said(&self, item: &Item) -> String {
        match (item.state, &self.assessment.answer(item.question).claim) {
            (State::Open { hangs_on: Some(on) }, _) => {
                format!("Open until {}", self.settled_by(on))
            }
            (State::NotAsked, _) => {
                let question = &self.assessment.questionnaire.questions[item.question];
                match &question.applies_when {
                    Some(own) => format!("Not asked: only where {own}"),
                    None => "Not asked of this profile".to_owned(),
                }
            }
            (State::Open { .. }, _) | (_, Claim::Open) if self.public_only() => {
                "Not answered, or not public".to_owned()
            }
            (State::Open { .. }, _) | (_, Claim::Open) => "Not answered yet".to_owned(),
            (_, claim) => self.claimed(item.question, claim, item.option),
        }
    }

    /// What is claimed, in words; of a checklist where `option` alone counts, that one.
    pub(super) fn claimed(
        &self,
        question: QuestionIndex,
        claim: &Claim,
        option: Option<usize>,
    ) -> String {
        let question = &self.assessment.questionnaire.questions[question];
        let choices = question.kind.choices();
        match claim {
            Claim::Open => String::new(),
            Claim::Unknown => "Don't know".to_owned(),
            Claim::NotApplicable(reason) => format!("Not applicable: {}", shown(reason)),
            Claim::Value(value) => match (value, option) {
                (Value::Options(ticked), Some(option)) => {
                    let mark = if ticked.contains(&option) { "Ticked" } else { "Not ticked" };
                    format!("{mark}: {}", choices[option].text)
                }
                (Value::Options(ticked), None) => ticked
                    .iter()
                    .map(|at| choices[*at].text.as_str())
                    .collect::<Vec<_>>()
                    .join("; "),
                (Value::Level(level), _) => {
                    format!("Level {level} of {}: {}", choices.len() - 1, choices[*level].text)
                }
                (Value::Option(at), _) => choices[*at].text.clone(),
                (Value::YesNo(yes), _) => if *yes { "Yes" } else { "No" }.to_owned(),
                (Value::Number(number), _) => match &question.kind {
                    Kind::Number { unit: Some(unit), .. } => format!("{number} {unit}"),
                    _ => number.to_string(),
                },
            },
        }
    }
}

fn evidence(evidence: &crate::model::Evidence) -> EvidenceWords {
    let (place, link) = match &evidence.place {
        Place::File(path) => (format!("file {}", shown(path)), None),
        Place::Link(link) => (shown(link), Some(link.clone())),
        Place::Reference(reference) => (shown(reference), None),
        Place::Withheld => (String::new(), None),
    };
    let is_file = matches!(evidence.place, Place::File(_));
    EvidenceWords {
        title: shown(&evidence.title),
        place,
        link,
        sha256: evidence.digest.map(|digest| digest.to_string()),
        missing: is_file && evidence.digest.is_none(),
    }
}
