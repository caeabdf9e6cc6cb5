//! The answer sheet for someone outside who asks.

use super::method::made_with;
use super::parts::{bold, h2, heading, p, plain, say, small, soft};
use super::result;
use crate::render::pdf::block::{Block, Marker};
use crate::report::{Sheet, SheetAnswer, SheetDomain};

/// The answers that were made public.
pub(super) fn blocks(sheet: &Sheet) -> Vec<Block> {
    let language = sheet.head.answer_language.as_deref();
    let mut blocks = intro(sheet);
    blocks.extend(sheet.domains.iter().flat_map(|each| domain(each, language)));
    if let Some(notice) = &sheet.questionnaire.notice {
        blocks.push(h2("about", vec![plain("About the questionnaire")]));
        blocks.push(small(vec![soft(notice)]));
    }
    blocks.push(made_with(&sheet.head.engine, ""));
    blocks
}

fn intro(sheet: &Sheet) -> Vec<Block> {
    let (head, questionnaire) = (&sheet.head, &sheet.questionnaire);
    let line = format!("{}. Answered on {}.", capitalised(&head.kind), head.date);
    let mut blocks = result::head("How we work with AI: an answer sheet", head, vec![soft(line)]);
    blocks.extend([
        say(format!("These are answers of our own to questions of “{}”, version {}. It is a self-assessment and no certificate: it shows the answers that {} has made public, and no others. It proves nothing by itself.", questionnaire.title, questionnaire.version, head.name)),
        say("Many questions have levels. Level 0 means that nothing is in place. Each higher level includes those below it. The answer stands in bold; the levels that its words add to stand above it. Questions and levels were written by the makers of the questionnaire, not by its sources."),
        say(format!("The questionnaire is made from {}.", sheet.sources.join("; "))),
    ]);
    blocks
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    first + &letters.as_str().to_lowercase()
}

fn domain(domain: &SheetDomain, language: Option<&str>) -> Vec<Block> {
    let anchor = Some(format!("domain-{}", domain.id));
    let answers = domain.answers.iter().map(|each| answer(each, language)).collect();
    vec![heading(2, vec![plain(&domain.title)], anchor, true), Block::List(Marker::None, answers)]
}

fn answer(answer: &SheetAnswer, language: Option<&str>) -> Vec<Block> {
    let own = language.filter(|_| answer.own_words);
    let mut blocks = vec![p(vec![soft(&answer.id), plain(format!(" {}", answer.ask))])];
    blocks.extend(answer.includes.iter().map(|level| small(vec![plain(level)])));
    blocks.push(p(vec![bold(&answer.said).in_language(own)]));
    if !answer.evidence.is_empty() {
        let named = plain(format!("Evidence named: {}", answer.evidence.join("; ")));
        blocks.push(small(vec![named.in_language(language)]));
    }
    blocks
}
