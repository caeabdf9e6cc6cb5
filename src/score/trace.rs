//! How a number came about: the figures printed under it, and the sum that they make.

use super::clause::ClauseScore;
use super::{Figures, Item, Scorecard, State};
use crate::model::{Aggregate, Assessment, Score, Weight};

/// The arithmetic behind one score: what went in, and how.
#[derive(Clone, Debug)]
pub struct Trace {
    /// How the terms make the score.
    pub aggregate: Aggregate,
    /// What went in, in order; what is left out of the mean included.
    pub terms: Vec<Term>,
    /// The score; `None` where nothing applies.
    pub score: Option<Score>,
}

/// One term of a mean.
#[derive(Clone, Debug)]
pub struct Term {
    /// The id of the question, requirement or domain.
    pub id: String,
    /// What it weighs.
    pub weight: Weight,
    /// What it counts as; `None` where it is left out.
    pub score: Option<Score>,
    /// Why it counts so, in a few words.
    pub because: String,
}

impl Trace {
    /// The sum as it would be written on paper, in basis points.
    pub fn arithmetic(&self) -> String {
        let counted = || {
            self.terms
                .iter()
                .filter_map(|term| Some((term.weight, term.score?)))
                .filter(|(weight, _)| weight.get() > 0)
        };
        let Some(score) = self.score else {
            let is_asked = self.terms.iter().any(|term| term.score.is_some());
            return match is_asked {
                true => "what is asked weighs 0, so there is no score".to_owned(),
                false => "nothing is asked, so there is no score".to_owned(),
            };
        };
        let bp = score.basis_points();
        if self.aggregate == Aggregate::Weakest {
            let all: Vec<_> =
                counted().map(|(_, score)| score.basis_points().to_string()).collect();
            return format!("lowest of {} = {bp}", all.join(", "));
        }
        let products: Vec<_> = counted()
            .map(|(weight, score)| format!("{} × {}", weight.get(), score.basis_points()))
            .collect();
        let total: u64 = counted().map(|(weight, _)| weight.get()).sum();
        format!("({}) / {total} = {bp}", products.join(" + "))
    }
}

/// How the overall score came about.
pub fn overall(assessment: &Assessment, scorecard: &Scorecard) -> Trace {
    let domains = assessment.questionnaire.domains.iter().zip(&scorecard.domains);
    let terms = domains.map(|(domain, score)| {
        group(domain.id.as_str(), domain.weight, &score.figures, &domain.title)
    });
    Trace { aggregate: Aggregate::Mean, terms: terms.collect(), score: scorecard.overall.low }
}

/// How the score of a domain came about.
pub fn domain(assessment: &Assessment, scorecard: &Scorecard, at: usize) -> Trace {
    let requirements = assessment.questionnaire.domains[at].requirements.iter();
    let terms =
        requirements.zip(&scorecard.domains[at].requirements).map(|(requirement, score)| {
            group(
                requirement.id.as_str(),
                requirement.weight,
                &score.figures,
                &requirement.statement,
            )
        });
    Trace {
        aggregate: Aggregate::Mean,
        terms: terms.collect(),
        score: scorecard.domains[at].figures.low,
    }
}

fn group(id: &str, weight: Weight, figures: &Figures, text: &str) -> Term {
    let because = if figures.low.is_some() {
        text.to_owned()
    } else {
        format!("{text} (not asked or not applicable)")
    };
    Term { id: id.to_owned(), weight, score: figures.low, because }
}

/// How the mean of the questions that are mapped to a clause came about.
pub fn clause(assessment: &Assessment, score: &ClauseScore) -> Trace {
    let terms = score.items.iter().flatten().map(|item| question(assessment, item)).collect();
    Trace { aggregate: Aggregate::Mean, terms, score: score.figures.low }
}

/// How the score of a requirement came about.
pub fn requirement(assessment: &Assessment, scorecard: &Scorecard, place: (usize, usize)) -> Trace {
    let requirement = &assessment.questionnaire.domains[place.0].requirements[place.1];
    let score = &scorecard.domains[place.0].requirements[place.1];
    let terms = score.items.iter().map(|item| question(assessment, item)).collect();
    Trace { aggregate: requirement.aggregate, terms, score: score.figures.low }
}

fn question(assessment: &Assessment, item: &Item) -> Term {
    let question = &assessment.questionnaire.questions[item.question];
    let id = match item.option {
        Some(option) => format!("{} ({})", question.id, question.kind.choices()[option].id),
        None => question.id.to_string(),
    };
    let because = match item.state {
        State::Answered => said(assessment, item),
        State::Unknown => "don't know, counts as 0".to_owned(),
        State::Open { hangs_on: None } => "open, counts as 0 until answered".to_owned(),
        State::Open { hangs_on: Some(on) } => {
            format!("open until {} is answered", assessment.questionnaire.questions[on].id)
        }
        State::NotApplicable => "not applicable, left out".to_owned(),
        State::NotAsked => "not asked, left out".to_owned(),
    };
    let open = matches!(item.state, State::Open { .. });
    let score = item.score.or(open.then_some(Score::ZERO));
    Term { id, weight: item.weight, score, because }
}

/// What was answered, in words.
fn said(assessment: &Assessment, item: &Item) -> String {
    use crate::model::{Claim, Value};
    let question = &assessment.questionnaire.questions[item.question];
    let Claim::Value(value) = &assessment.answer(item.question).claim else { return String::new() };
    let evidence = if item.evidenced { ", with evidence" } else { ", no evidence listed" };
    let said = match (value, item.option) {
        (Value::Options(ticked), Some(option)) if ticked.contains(&option) => "ticked".to_owned(),
        (Value::Options(_), Some(_)) => "not ticked".to_owned(),
        (Value::Level(level), _) => {
            format!("level {level} of {}", question.kind.choices().len() - 1)
        }
        _ => question.kind.said(value).join(", "),
    };
    said + evidence
}
