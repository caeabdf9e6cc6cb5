//! What must be known before questions can be asked: who it is about, when, who answers, the facts.

use super::Interview;
use super::asker::{Asker, Left, Line, Menu, Page, Pick, QUIT, Said};
use super::walk::{Step, after, before};
use crate::answers_file::change::Change;
use crate::library::Library;
use crate::model::{Fact, FactKind, Facts};
use crate::sitting::{Standing, Unsaid};

/// One thing to be known.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Item {
    Name,
    Date,
    Respondent,
    Fact(String),
}

impl Interview {
    /// Asks for all of it, with what is said so far as proposals.
    pub(super) fn profile(
        &mut self,
        library: &mut Library,
        asker: &mut dyn Asker,
    ) -> Result<(), Left> {
        // Of a new file the name may have been asked for already.
        let standing = self.standing(library);
        let is_begun = standing.date.is_empty() && !standing.name.is_empty();
        let mut place = Some(if is_begun { Item::Date } else { Item::Name });
        while let Some(item) = place {
            let old = items(&self.standing(library));
            let step = self.item(library, asker, &item, &old)?;
            let new = items(&self.standing(library));
            place = match step {
                Step::Again => Some(item),
                Step::Back => Some(before(&new, &item)),
                Step::Next => after(&old, &new, &item),
            };
        }
        Ok(())
    }

    /// Asks for what is lacking, until nothing is.
    pub(super) fn unsaid(
        &mut self,
        library: &mut Library,
        asker: &mut dyn Asker,
    ) -> Result<(), Left> {
        while let Some(unsaid) = self.standing(library).unsaid.first() {
            let item = match unsaid {
                Unsaid::Name => Item::Name,
                Unsaid::Date => Item::Date,
                Unsaid::Fact(id) => Item::Fact(id.clone()),
            };
            self.item(library, asker, &item, std::slice::from_ref(&item))?;
        }
        Ok(())
    }

    fn item(
        &mut self,
        library: &mut Library,
        asker: &mut dyn Asker,
        item: &Item,
        items: &[Item],
    ) -> Result<Step, Left> {
        let standing = self.standing(library);
        let number = items.iter().position(|each| each == item).unwrap_or(0) + 1;
        let head = match items.len() {
            1 => "Before the questions".to_owned(),
            count => format!("Before the questions · {number} of {count}"),
        };
        let page = Page { head, ..Page::default() };
        let is_first = number == 1;
        match item {
            Item::Name => self.name(library, asker, page, &standing),
            Item::Date => self.date(library, asker, page, &standing, is_first),
            Item::Respondent => self.respondent(library, asker, page, &standing),
            Item::Fact(id) => match standing.facts.iter().find(|(fact, _)| fact.id == *id) {
                Some((fact, stated)) if fact.kind == FactKind::Text => {
                    self.words(library, asker, page, fact, stated)
                }
                Some((fact, stated)) => self.choice(library, asker, page, fact, stated, is_first),
                None => Ok(Step::Next),
            },
        }
    }

    fn name(
        &mut self,
        library: &mut Library,
        asker: &mut dyn Asker,
        mut page: Page,
        standing: &Standing,
    ) -> Result<Step, Left> {
        let is_system = standing.facts.iter().any(|(fact, _)| fact.id == Facts::STAGE);
        page.ask = match is_system {
            true => "What is the AI system called?".to_owned(),
            false => "What is your organisation called?".to_owned(),
        };
        page.help = vec!["The name stands on every report.".to_owned()];
        let line = Line { page, initial: standing.name.clone(), ..Line::default() };
        self.line(library, asker, &line, |name| Change::Name(name))
    }

    fn date(
        &mut self,
        library: &mut Library,
        asker: &mut dyn Asker,
        mut page: Page,
        standing: &Standing,
        is_first: bool,
    ) -> Result<Step, Left> {
        page.ask = "On which date do you answer?".to_owned();
        page.help = vec!["Year, month and day, as 2026-11-02.".to_owned()];
        let said = Some(standing.date.clone()).filter(|date| !date.is_empty());
        let initial = said.unwrap_or_else(|| self.today.clone());
        let line = Line { page, initial, may_go_back: !is_first, ..Line::default() };
        self.line(library, asker, &line, |date| Change::Date(date))
    }

    fn respondent(
        &mut self,
        library: &mut Library,
        asker: &mut dyn Asker,
        mut page: Page,
        standing: &Standing,
    ) -> Result<Step, Left> {
        let (name, function) = standing.respondents.first().cloned().unwrap_or_default();
        page.ask = "What do you do there?".to_owned();
        page.help =
            vec!["For example owner, or head of IT. The report says who answered.".to_owned()];
        let of_name = Page {
            ask: "What is your name?".to_owned(),
            help: vec!["Leave it empty if it is to stand in no report.".to_owned()],
            ..page.clone()
        };
        let initial = if function.is_empty() { "owner".to_owned() } else { function };
        let line = Line { page, initial, may_go_back: true, ..Line::default() };
        let Some(function) = written(asker, &line)? else { return Ok(Step::Back) };
        let line = Line { page: of_name, initial: name, may_be_empty: true, may_go_back: true };
        let Some(name) = written(asker, &line)? else { return Ok(Step::Again) };
        let is_said = self.say(library, asker, &[Change::Respondent(&name, &function)])?;
        Ok(if is_said { Step::Next } else { Step::Again })
    }

    /// A fact in words of one's own.
    fn words(
        &mut self,
        library: &mut Library,
        asker: &mut dyn Asker,
        mut page: Page,
        fact: &Fact,
        stated: &[String],
    ) -> Result<Step, Left> {
        page.ask.clone_from(&fact.ask);
        if !fact.required {
            page.help = vec!["You may leave it empty.".to_owned()];
        }
        let line = Line {
            page,
            initial: stated.concat(),
            may_be_empty: !fact.required,
            may_go_back: true,
        };
        let Some(said) = written(asker, &line)? else { return Ok(Step::Back) };
        let values = if said.is_empty() { Vec::new() } else { vec![said] };
        self.state(library, asker, fact, stated, &values)
    }

    /// A fact that has values of its own.
    fn choice(
        &mut self,
        library: &mut Library,
        asker: &mut dyn Asker,
        mut page: Page,
        fact: &Fact,
        stated: &[String],
        is_first: bool,
    ) -> Result<Step, Left> {
        page.ask.clone_from(&fact.ask);
        let values = fact.values();
        let texts: Vec<_> = values
            .iter()
            .map(|value| match fact.kind {
                FactKind::YesNo if *value == "yes" => "Yes",
                FactKind::YesNo => "No",
                _ => fact.words(value),
            })
            .collect();
        let mut menu = Menu::of(page, texts);
        for (entry, value) in menu.entries.iter_mut().zip(&values) {
            entry.word = (*value).to_owned();
        }
        let places: Vec<_> =
            (0..values.len()).filter(|at| stated.iter().any(|each| each == values[*at])).collect();
        menu.at = places.first().map_or("1".to_owned(), |at| (at + 1).to_string());
        if fact.kind == FactKind::Many {
            let may_be_none = !fact.required;
            menu.pick = Pick::Many { ticked: places, exclusive: None, may_be_none };
        }
        if !stated.is_empty() {
            let words: Vec<_> = stated.iter().map(|each| fact.words(each)).collect();
            menu.enter = format!("keep {}", words.join(", "));
        } else if !fact.required {
            menu.enter = "skip".to_owned();
        }
        if !fact.required {
            menu = menu.with('s', "Skip", "");
        }
        if !is_first {
            menu = menu.with('b', "Back", "");
        }
        let chosen = match asker.ask(&menu)? {
            Said::Action(QUIT, _) => return Err(Left::Quit),
            Said::Action('b', _) => return Ok(Step::Back),
            Said::Chosen(at) => at,
            _ if fact.required && stated.is_empty() => {
                asker.tell("This decides what you are asked, so it is needed.")?;
                return Ok(Step::Again);
            }
            _ => return Ok(Step::Next),
        };
        let said: Vec<_> = chosen.into_iter().map(|at| values[at].to_owned()).collect();
        self.state(library, asker, fact, stated, &said)
    }

    fn state(
        &mut self,
        library: &mut Library,
        asker: &mut dyn Asker,
        fact: &Fact,
        stated: &[String],
        values: &[String],
    ) -> Result<Step, Left> {
        if stated == values || self.say(library, asker, &[Change::Fact(fact, values)])? {
            Ok(Step::Next)
        } else {
            Ok(Step::Again)
        }
    }

    /// A line that says one thing.
    fn line(
        &mut self,
        library: &mut Library,
        asker: &mut dyn Asker,
        line: &Line,
        change: impl for<'a> Fn(&'a str) -> Change<'a>,
    ) -> Result<Step, Left> {
        let Some(said) = written(asker, line)? else { return Ok(Step::Back) };
        let is_said = self.say(library, asker, &[change(&said)])?;
        Ok(if is_said { Step::Next } else { Step::Again })
    }
}

/// All that can be said. Where several respondents stand in a file, somebody has written them there by
/// hand, and they are left alone.
fn items(standing: &Standing) -> Vec<Item> {
    let respondent = (standing.respondents.len() < 2).then_some(Item::Respondent);
    let facts = standing.facts.iter().map(|(fact, _)| Item::Fact(fact.id.clone()));
    [Item::Name, Item::Date].into_iter().chain(respondent).chain(facts).collect()
}

/// A line without the space around it; empty only where that is a reply.
pub(super) fn written(asker: &mut dyn Asker, line: &Line) -> Result<Option<String>, Left> {
    loop {
        let Some(said) = asker.write(line)? else { return Ok(None) };
        let said = said.trim();
        if line.may_be_empty || !said.is_empty() {
            return Ok(Some(said.to_owned()));
        }
        asker.tell("Something must be written here.")?;
    }
}
