//! One question with all that can be replied to it.

use super::Interview;
use super::asker::{Asker, Entry, Left, Line, Menu, Page, Pick, QUIT, Said};
use super::profile::written;
use super::walk::Step;
use crate::answers_file::change::Change;
use crate::length::minutes_left;
use crate::library::Library;
use crate::model::{Answer, Assessment, Claim, Kind, Question, QuestionIndex, Value};
use crate::score::{Scorecard, State};
use std::sync::Arc;

impl Interview {
    /// Asks a question once, and writes down what is replied.
    pub(super) fn question(
        &mut self,
        library: &mut Library,
        asker: &mut dyn Asker,
        at: QuestionIndex,
        list: &[QuestionIndex],
    ) -> Result<Step, Left> {
        let Some((assessment, scorecard)) = self.scored(library) else { return Ok(Step::Next) };
        let questionnaire = Arc::clone(&self.sitting.questionnaire);
        let question = &questionnaire.questions[at];
        let answer = assessment.answer(at).clone();
        let page = page(&assessment, &scorecard, at, list);
        let said = asker.ask(&menu(page.clone(), question, &answer))?;
        let claim = match said {
            Said::Nothing => return Ok(Step::Next),
            Said::Chosen(places) => value(&question.kind, &places).map(Claim::Value),
            Said::Written(number) => question.kind.value(&[number.trim()]).map(Claim::Value),
            Said::Action('?', _) => Some(Claim::Unknown),
            Said::Action('n', reason) => {
                let reason = match reason.trim() {
                    "" => not_applicable(asker, &page, &answer)?,
                    reason => Some(reason.to_owned()),
                };
                let Some(reason) = reason else { return Ok(Step::Again) };
                Some(Claim::NotApplicable(reason))
            }
            Said::Action('x', _) => Some(Claim::Open),
            Said::Action('s', _) => return Ok(Step::Next),
            Said::Action('b', _) => return Ok(Step::Back),
            Said::Action('t', note) => {
                return self.note(library, asker, (question, answer), &page, note.trim());
            }
            Said::Action('e', rest) => {
                return self.evidence(library, asker, (question, answer), &page, rest.trim());
            }
            Said::Action(QUIT, _) => return Err(Left::Quit),
            Said::Action(..) => return Ok(Step::Again),
        };
        let Some(claim) = claim else {
            asker.tell(refusal(&question.kind))?;
            return Ok(Step::Again);
        };
        let is_open = claim == Claim::Open;
        let changed = Answer { claim, ..answer };
        let is_said = self.say(library, asker, &[Change::Answer(question, changed)])?;
        Ok(if is_said && !is_open { Step::Next } else { Step::Again })
    }

    fn note(
        &mut self,
        library: &mut Library,
        asker: &mut dyn Asker,
        (question, mut answer): (&Question, Answer),
        page: &Page,
        said: &str,
    ) -> Result<Step, Left> {
        let before = answer.note.as_deref().map(crate::source::one_line).unwrap_or_default();
        let mut said = said.to_owned();
        if said.is_empty() {
            let page = Page {
                head: page.head.clone(),
                ask: format!("Your note on: {}", question.ask),
                ..Page::default()
            };
            let line =
                Line { page, initial: before.clone(), may_be_empty: true, may_go_back: true };
            let Some(note) = written(asker, &line)? else { return Ok(Step::Again) };
            said = note;
        }
        if said != before {
            answer.note = Some(said).filter(|note| !note.is_empty());
            self.say(library, asker, &[Change::Answer(question, answer)])?;
        }
        Ok(Step::Again)
    }
}

/// The reason why a question does not apply. `None`: it does, after all.
fn not_applicable(
    asker: &mut dyn Asker,
    page: &Page,
    answer: &Answer,
) -> Result<Option<String>, Left> {
    let initial = match &answer.claim {
        Claim::NotApplicable(reason) => crate::source::one_line(reason),
        _ => String::new(),
    };
    let page = Page {
        head: page.head.clone(),
        ask: "Why does this not apply to you?".to_owned(),
        so_far: vec![page.ask.clone()],
        help: vec!["A reason is needed: the report prints it.".to_owned()],
    };
    written(asker, &Line { page, initial, may_be_empty: false, may_go_back: true })
}

/// What these entries say. `None`: nothing that answers the question.
fn value(kind: &Kind, places: &[usize]) -> Option<Value> {
    let tokens = kind.tokens();
    let said: Option<Vec<_>> = places.iter().map(|at| tokens.get(*at).copied()).collect();
    kind.value(&said?)
}

/// What answers a question of a type, for somebody who wrote something else.
fn refusal(kind: &Kind) -> &'static str {
    match kind {
        Kind::Number { .. } => "Write a whole number, for example 12.",
        Kind::Checklist { .. } => "\"None of these\" stands alone. Tick it, or tick the others.",
        _ => "That is none of the answers.",
    }
}

/// The question, and what helps to answer it.
fn page(
    assessment: &Assessment,
    scorecard: &Scorecard,
    at: QuestionIndex,
    list: &[QuestionIndex],
) -> Page {
    let questionnaire = &assessment.questionnaire;
    let question = &questionnaire.questions[at];
    let asks = |domain: &&crate::model::Domain| {
        let mut asked = domain.requirements.iter().flat_map(|each| &each.asked_by);
        asked.any(|asked| asked.question == at)
    };
    let section = questionnaire.domains.iter().find(asks).map_or("", |domain| &domain.title);
    let is_open = |at: &QuestionIndex| matches!(scorecard.states[*at], State::Open { .. });
    let open: Vec<_> = list.iter().copied().filter(is_open).collect();
    let left = match minutes_left(questionnaire, list, &open) {
        0 => String::new(),
        1 => " · about 1 minute left".to_owned(),
        minutes => format!(" · about {minutes} minutes left"),
    };
    let number = list.iter().position(|each| *each == at).unwrap_or(0) + 1;
    let terms = question.terms.iter().filter_map(|id| assessment.glossary.get(id));
    let terms = terms.map(|term| format!("{}: {}", term.term, term.means));
    let why = question.why.iter().map(|why| format!("Why: {why}"));
    let evidence = match question.evidence.as_slice() {
        [] => None,
        some => Some(format!("Evidence that counts: {}", some.join("; "))),
    };
    Page {
        head: format!("{section} · Question {number} of {}{left}", list.len()),
        ask: question.ask.clone(),
        so_far: so_far(assessment.answer(at)),
        help: why.chain(terms).chain(evidence).collect(),
    }
}

/// What stands in the file for a question, where the choice does not show it.
fn so_far(answer: &Answer) -> Vec<String> {
    let claim = match &answer.claim {
        Claim::NotApplicable(reason) => Some(format!("So far: not applicable. {reason}")),
        Claim::Unknown => Some("So far: don't know.".to_owned()),
        Claim::Open | Claim::Value(_) => None,
    };
    let note = answer.note.as_ref().map(|note| format!("Your note: {note}"));
    let evidence = match answer.evidence.len() {
        0 => None,
        _ => {
            let titles: Vec<_> = answer.evidence.iter().map(|each| each.title.as_str()).collect();
            Some(format!("Your evidence: {}", titles.join("; ")))
        }
    };
    claim.into_iter().chain(note).chain(evidence).collect()
}

/// The answers to choose from, and what else can be done.
fn menu(page: Page, question: &Question, answer: &Answer) -> Menu {
    let mut menu = Menu::of(page, Vec::<String>::new());
    menu.entries = entries(&question.kind);
    let places = match &answer.claim {
        Claim::Value(Value::Level(at) | Value::Option(at)) => vec![*at],
        Claim::Value(Value::YesNo(yes)) => vec![usize::from(!yes)],
        Claim::Value(Value::Options(ticked)) => ticked.clone(),
        _ => Vec::new(),
    };
    menu.at = match (&answer.claim, places.first()) {
        (Claim::Unknown, _) => "?".to_owned(),
        (Claim::NotApplicable(_), _) => "n".to_owned(),
        (_, Some(at)) => menu.entries[*at].key.clone(),
        (_, None) => menu.entries.first().map_or(String::new(), |first| first.key.clone()),
    };
    match &question.kind {
        Kind::Checklist { exclusive, .. } => {
            let exclusive = Some(*exclusive);
            menu.pick = Pick::Many { ticked: places, exclusive, may_be_none: false };
        }
        Kind::Number { unit, .. } => {
            let written = match &answer.claim {
                Claim::Value(Value::Number(number)) => number.to_string(),
                _ => String::new(),
            };
            menu.pick = Pick::Number { unit: unit.clone().unwrap_or_default(), written };
        }
        Kind::Maturity(_) | Kind::Choice(_) | Kind::YesNo { .. } => {}
    }
    with_actions(menu, question, answer)
}

fn with_actions(menu: Menu, question: &Question, answer: &Answer) -> Menu {
    let is_answered = answer.claim != Claim::Open;
    let menu = menu.with('?', "Don't know (counts as 0 until you find out)", "");
    let menu = match question.essential {
        true => menu,
        false => menu.with('n', "Does not apply to us, with a reason", "REASON"),
    };
    let evidence = match answer.evidence.len() {
        0 => "Note evidence".to_owned(),
        count => format!("Evidence ({count} noted)"),
    };
    let note = if answer.note.is_some() { "Change the note" } else { "Write a note" };
    let skip = if is_answered { "Keep the answer, go on" } else { "Skip for now" };
    let menu = menu
        .with('s', skip, "")
        .with('b', "Back to the question before", "")
        .with('e', &evidence, "TITLE | PLACE")
        .with('t', note, "TEXT");
    let menu = menu.on_enter(if is_answered { "keep the answer" } else { "skip for now" });
    if is_answered { menu.with('x', "Take the answer back", "") } else { menu }
}

/// Levels with their own numbers, options counted from 1.
fn entries(kind: &Kind) -> Vec<Entry> {
    let entry = |key: String, word: &str, text: &str| Entry {
        key,
        text: text.to_owned(),
        word: word.to_owned(),
    };
    let choices = kind.choices().iter();
    match kind {
        Kind::YesNo { .. } => {
            vec![entry("1".to_owned(), "yes", "Yes"), entry("2".to_owned(), "no", "No")]
        }
        Kind::Maturity(_) => {
            choices.map(|each| entry(each.id.clone(), &each.id, &each.text)).collect()
        }
        _ => {
            let option = |(at, each): (usize, &crate::model::Choice)| {
                entry((at + 1).to_string(), &each.id, &each.text)
            };
            choices.enumerate().map(option).collect()
        }
    }
}
