//! Answers with what supports them, and the steps that lead on from them.

use super::parts::{bold, evidence, in_language, p, plain, small, soft};
use crate::render::pdf::block::{Block, Marker, Span};
use crate::report::{AnswerWords, StepWords};

/// Answers with all that belongs to them.
pub(super) fn answers(answers: &[AnswerWords], language: Option<&str>) -> Block {
    let entry = |answer| entry(answer, answers.len() > 1, language);
    Block::List(Marker::None, answers.iter().map(entry).collect())
}

/// Answers alone.
pub(super) fn said(answers: &[AnswerWords], language: Option<&str>) -> Block {
    let entry = |answer| vec![asked(answer), p(vec![claim(answer, language)])];
    Block::List(Marker::None, answers.iter().map(entry).collect())
}

fn entry(answer: &AnswerWords, is_one_of_several: bool, language: Option<&str>) -> Vec<Block> {
    let mut blocks = vec![asked(answer), scored(answer, is_one_of_several, language)];
    if !answer.evidence.is_empty() {
        let listed = answer.evidence.iter().map(|each| in_language(evidence(each), language));
        blocks.push(Block::List(Marker::Dot, listed.map(|text| vec![small(text)]).collect()));
    } else if answer.state == "answered" && answer.score.as_deref() != Some("0.00") {
        blocks.push(small(vec![soft("No evidence listed.")]));
    }
    if let Some(note) = &answer.note {
        blocks.push(small(vec![plain(format!("Note: {note}")).in_language(language)]));
    }
    if let Some(by) = &answer.by {
        blocks.push(small(vec![soft(format!("Answered by: {by}"))]));
    }
    blocks
}

fn asked(answer: &AnswerWords) -> Block {
    p(vec![soft(&answer.id), plain(format!(" {}", answer.ask))])
}

/// The language of what is said: a reason is in the respondent's words.
fn own<'a>(answer: &AnswerWords, language: Option<&'a str>) -> Option<&'a str> {
    language.filter(|_| answer.state == "not-applicable")
}

fn claim(answer: &AnswerWords, language: Option<&str>) -> Span {
    bold(&answer.said).in_language(own(answer, language))
}

fn scored(answer: &AnswerWords, is_one_of_several: bool, language: Option<&str>) -> Block {
    let mut text = vec![claim(answer, language)];
    if let Some(score) = &answer.score {
        let weight = match is_one_of_several {
            true => format!(", weight {}", answer.weight),
            false => String::new(),
        };
        let scores = soft(format!(" scores {score}{weight}")).small().glued();
        text.push(scores.in_language(own(answer, language)));
    }
    p(text)
}

/// What to do next; nothing where there is nothing to do.
pub(super) fn steps(steps: &[StepWords]) -> Option<Block> {
    let entry = |step: &StepWords| {
        let of = match steps.len() {
            1 => String::new(),
            _ => format!(" of {}", step.question),
        };
        let mut text = vec![
            bold(format!("Next step to {}{of}:", step.to)),
            plain(format!(" {}", step.action)),
        ];
        text.extend(step.effort.as_ref().map(|effort| soft(estimate(effort)).small().glued()));
        text.extend((!step.after.is_empty()).then(|| soft(comes_after(&step.after)).small()));
        vec![p(text)]
    };
    (!steps.is_empty()).then(|| Block::List(Marker::Dot, steps.iter().map(entry).collect()))
}

/// The effort of a step, behind other words.
pub(super) fn estimate(effort: &str) -> String {
    format!(" Our estimate: {effort}.")
}

/// What is to be done before a step, behind other words.
pub(super) fn comes_after(after: &[String]) -> String {
    format!(" Comes after the step of {}.", after.join(", "))
}
