//! An interview on a screen: one page a question, lists to choose from.

use super::asker::{Asker, Left, Line, Menu, Page, Pick, QUIT, Said};
use super::wrap;
use crate::load::Trouble;
use crossterm::cursor::MoveTo;
use crossterm::terminal::{self, Clear, ClearType};
use inquire::list_option::ListOption;
use inquire::ui::{Attributes, Color, RenderConfig, StyleSheet, Styled};
use inquire::validator::Validation;
use inquire::{InquireError, MultiSelect, Select, Text};
use std::fmt;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The narrowest page. Unit: columns.
const NARROWEST: usize = 40;
/// What a list needs beside its entries: a line to type on, one of help. Unit: lines.
const AROUND: usize = 3;
/// The key that shows all that helps to answer, where there is no room for it.
const EXPLAIN: char = 'i';

/// The screen of a terminal.
///
/// Lists and lines to write on take Ctrl-C as a key. Between two of them it is a signal, which whoever makes
/// the screen listens for, so that the interview ends in the same way at any moment.
#[derive(Debug)]
pub struct Screen<W> {
    out: W,
    colour: bool,
    /// Set by Ctrl-C between two pages.
    stop: Arc<AtomicBool>,
    /// What was told since the last page.
    told: Vec<String>,
}

/// An entry of a list: what is typed for it, and its lines.
#[derive(Clone, Debug)]
struct Row {
    key: String,
    lines: Vec<String>,
}

impl fmt::Display for Row {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.lines.join("\n"))
    }
}

impl<W: Write> Screen<W> {
    /// The terminal that this writes to; `stop` is set when its user wants to leave.
    pub fn new(out: W, colour: bool, stop: Arc<AtomicBool>) -> Self {
        Self { out, colour, stop, told: Vec::new() }
    }

    fn config(&self) -> RenderConfig<'static> {
        if !self.colour {
            return RenderConfig::empty()
                .with_canceled_prompt_indicator(Styled::new(""))
                .with_highlighted_option_prefix(Styled::new(">"))
                .with_scroll_up_prefix(Styled::new("^"))
                .with_scroll_down_prefix(Styled::new("v"));
        }
        let chosen = StyleSheet::new().with_fg(Color::LightCyan).with_attr(Attributes::BOLD);
        RenderConfig::default_colored()
            .with_canceled_prompt_indicator(Styled::new(""))
            .with_selected_option(Some(chosen))
    }

    /// From here on keys are for what is drawn next: they may be typed as soon as it can be read.
    fn take_keys(&self) -> Result<(), Left> {
        terminal::enable_raw_mode().map_err(|why| failed(&why))?;
        if self.stop.load(Ordering::SeqCst) {
            terminal::disable_raw_mode().map_err(|why| failed(&why))?;
            return Err(Left::Quit);
        }
        Ok(())
    }

    /// An empty screen with a page on it. So much of its help is shown as leaves this many lines free;
    /// the last of what comes back says whether that is all.
    fn draw(&mut self, page: &Page, needed: usize) -> Result<(usize, bool), Left> {
        self.take_keys()?;
        let (width, height) = size();
        let mut lines = Vec::new();
        for told in std::mem::take(&mut self.told) {
            lines.extend(self.painted("33", &wrap::lines(&told, Some(width), "! ", "  ")));
        }
        lines.extend(self.painted("2", &wrap::lines(&page.head, Some(width), "", "")));
        lines.extend(self.painted("1", &wrap::lines(&page.ask, Some(width), "", "")));
        for text in &page.so_far {
            lines.extend(wrap::lines(text, Some(width), "  ", "  "));
        }
        let mut is_whole = true;
        for text in &page.help {
            let more = wrap::lines(text, Some(width), "  ", "  ");
            if is_whole && lines.len() + more.len() + needed + 1 > height {
                is_whole = false;
            }
            if is_whole {
                lines.extend(self.painted("2", &more));
            }
        }
        if lines.len() + needed < height {
            lines.push(String::new());
        }
        self.put(&lines)?;
        Ok((height.saturating_sub(lines.len()), is_whole))
    }

    fn painted(&self, code: &str, lines: &[String]) -> Vec<String> {
        let paint = |line: &String| match self.colour {
            true => format!("\x1b[{code}m{line}\x1b[0m"),
            false => line.clone(),
        };
        lines.iter().map(paint).collect()
    }

    fn put(&mut self, lines: &[String]) -> Result<(), Left> {
        let cleared = crossterm::queue!(self.out, Clear(ClearType::All), MoveTo(0, 0));
        cleared.map_err(|why| failed(&why))?;
        for line in lines {
            write!(self.out, "{line}\r\n").map_err(|why| failed(&why))?;
        }
        self.out.flush().map_err(|why| failed(&why))
    }

    /// A list of which one entry is chosen.
    fn choose(&mut self, menu: &Menu) -> Result<Said, Left> {
        let entries = menu.entries.iter().map(|entry| row(&entry.key, &entry.text, 2));
        let actions = menu.actions.iter().map(|each| row(&each.key.to_string(), &each.text, 2));
        let mut rows: Vec<_> = entries.chain(actions).collect();
        // All entries, and the first of what else can be done.
        let wanted = height_of(&rows[..rows.len().min(menu.entries.len() + 2)]);
        let (room, is_whole) = self.draw(&menu.page, wanted + AROUND)?;
        if !is_whole {
            rows.insert(
                menu.entries.len(),
                row(&EXPLAIN.to_string(), "Why we ask, words, evidence that counts", 2),
            );
        }
        let start = rows.iter().position(|row| row.key == menu.at).unwrap_or(0);
        let page_size = fitting(&rows, room.saturating_sub(AROUND));
        let chosen = Select::new("", rows)
            .with_help_message(match size().0 {
                ..60 => "Up, Down, Enter. Ctrl-C quits",
                _ => "Up, Down, Enter, or type the sign in front. Ctrl-C quits",
            })
            .with_scorer(&by_key)
            .with_page_size(page_size)
            .with_starting_cursor(start)
            .with_formatter(&|row: ListOption<&Row>| row.value.key.clone())
            .with_render_config(self.config())
            .prompt()
            .map_err(left)?;
        Ok(match menu.entries.iter().position(|entry| entry.key == chosen.key) {
            Some(at) => Said::Chosen(vec![at]),
            None => Said::Action(chosen.key.chars().next().unwrap_or(QUIT), String::new()),
        })
    }

    /// A list of which any entries are ticked. `None`: something else is to be done.
    fn tick(&mut self, menu: &Menu) -> Result<Option<Said>, Left> {
        let Pick::Many { ticked, exclusive, may_be_none } = &menu.pick else { return Ok(None) };
        let rows: Vec<_> =
            menu.entries.iter().map(|entry| row(&entry.key, &entry.text, 6)).collect();
        let (room, _) = self.draw(&menu.page, height_of(&rows) + AROUND)?;
        let page_size = fitting(&rows, room.saturating_sub(AROUND));
        let (exclusive, may_be_none) = (*exclusive, *may_be_none);
        let sound = move |chosen: &[ListOption<&Row>]| {
            let is_mixed =
                exclusive.is_some_and(|none| chosen.iter().any(|each| each.index == none));
            Ok(match chosen.len() {
                0 if !may_be_none => Validation::Invalid("Tick with Space, or press Esc".into()),
                2.. if is_mixed => Validation::Invalid("\"None of these\" stands alone".into()),
                _ => Validation::Valid,
            })
        };
        let chosen = MultiSelect::new("", rows)
            .with_help_message("Space ticks, Enter saves, Esc: more")
            .with_default(ticked)
            .with_scorer(&by_key)
            .with_keep_filter(false)
            .with_page_size(page_size)
            .with_validator(sound)
            .with_formatter(&|rows: &[ListOption<&Row>]| format!("{} ticked", rows.len()))
            .with_render_config(self.config())
            .raw_prompt_skippable()
            .map_err(left)?;
        Ok(chosen.map(|chosen| Said::Chosen(chosen.iter().map(|each| each.index).collect())))
    }

    /// A number. `None`: something else is to be done.
    fn number(&mut self, menu: &Menu) -> Result<Option<Said>, Left> {
        let Pick::Number { unit, written } = &menu.pick else { return Ok(None) };
        self.draw(&menu.page, AROUND)?;
        let message = if unit.is_empty() {
            "A whole number:".to_owned()
        } else {
            format!("A whole number ({}):", crate::source::one_line(unit))
        };
        let said = Text::new(&message)
            .with_initial_value(written)
            .with_help_message("Enter saves, Esc: more")
            .with_render_config(self.config())
            .prompt_skippable()
            .map_err(left)?;
        Ok(said.map(Said::Written))
    }

    /// What else can be done than to tick or to write.
    fn more(&mut self, menu: &Menu) -> Result<Said, Left> {
        let mut more = Menu::of(menu.page.clone(), ["Back to the answers"]);
        more.actions.clone_from(&menu.actions);
        self.choose(&more)
    }

    /// All that helps to answer, until the respondent has read it.
    fn explain(&mut self, page: &Page) -> Result<(), Left> {
        let page = Page { ask: page.ask.clone(), so_far: page.help.clone(), ..Page::default() };
        self.choose(&Menu::of(page, ["Back to the question"])).map(drop)
    }
}

impl<W> Drop for Screen<W> {
    /// The terminal as it was, whatever ended the interview.
    fn drop(&mut self) {
        // Nothing more can be done for a terminal that fails here.
        let _ = terminal::disable_raw_mode();
    }
}

impl<W: Write> Asker for Screen<W> {
    fn tell(&mut self, text: &str) -> Result<(), Left> {
        // Shown at once, and once more above the next page, which clears the screen.
        let (width, _) = size();
        for line in wrap::lines(text, Some(width), "! ", "  ") {
            write!(self.out, "{line}\r\n").map_err(|why| failed(&why))?;
        }
        self.told.push(text.to_owned());
        self.out.flush().map_err(|why| failed(&why))
    }

    fn ask(&mut self, menu: &Menu) -> Result<Said, Left> {
        loop {
            let direct = match &menu.pick {
                Pick::One => Some(self.choose(menu)?),
                Pick::Many { .. } => self.tick(menu)?,
                Pick::Number { .. } => self.number(menu)?,
            };
            match direct {
                Some(Said::Action(EXPLAIN, _)) => self.explain(&menu.page)?,
                Some(said) => return Ok(said),
                None => match self.more(menu)? {
                    Said::Action(EXPLAIN, _) => self.explain(&menu.page)?,
                    said @ Said::Action(..) => return Ok(said),
                    _ => {}
                },
            }
        }
    }

    fn write(&mut self, line: &Line) -> Result<Option<String>, Left> {
        self.draw(&line.page, AROUND)?;
        let help = match line.may_go_back {
            true => "Enter goes on, Esc goes back",
            false => "Enter goes on. Ctrl-C quits",
        };
        let asked = Text::new("")
            .with_initial_value(&line.initial)
            .with_help_message(help)
            .with_render_config(self.config())
            .prompt();
        match asked {
            Ok(text) => Ok(Some(text)),
            Err(InquireError::OperationCanceled) if line.may_go_back => Ok(None),
            Err(why) => Err(left(why)),
        }
    }
}

/// Columns and lines of the terminal.
fn size() -> (usize, usize) {
    let (columns, rows) = terminal::size().unwrap_or((80, 24));
    (usize::from(columns).max(NARROWEST), usize::from(rows).max(10))
}

/// An entry as lines, its text set in behind its key. A list puts this many more columns before each.
fn row(key: &str, text: &str, before: usize) -> Row {
    let first = format!("{key}  ");
    let others = " ".repeat(before + first.chars().count());
    let (width, _) = size();
    // The first line stands behind what the list puts there, the others do not.
    let mut lines =
        wrap::lines(text, Some(width - 1), &format!("{}{first}", " ".repeat(before)), &others);
    if let Some(line) = lines.first_mut() {
        *line = line.split_off(before);
    }
    Row { key: key.to_owned(), lines }
}

fn height_of(rows: &[Row]) -> usize {
    rows.iter().map(|row| row.lines.len()).sum()
}

/// How many entries a list may show at once, so that those that stand together always fit.
fn fitting(rows: &[Row], room: usize) -> usize {
    let fits = |count: &usize| rows.windows(*count).all(|some| height_of(some) <= room);
    (1..=rows.len()).rev().find(fits).unwrap_or(1)
}

/// What is typed picks entries by their keys.
fn by_key(typed: &str, row: &Row, _: &str, _: usize) -> Option<i64> {
    // Somebody who typed a wrong sign goes on with the right one.
    let last = typed.chars().last().filter(|last| !last.is_ascii_digit());
    let is_last = last.is_some_and(|last| row.key == last.to_string());
    (row.key.starts_with(typed.trim()) || is_last).then_some(0)
}

/// What ended a prompt.
fn left(why: InquireError) -> Left {
    match why {
        InquireError::OperationCanceled | InquireError::OperationInterrupted => Left::Quit,
        InquireError::IO(why) => failed(&why),
        other => Left::Trouble(Trouble { message: format!("cannot go on: {other}"), help: None }),
    }
}

fn failed(why: &io::Error) -> Left {
    Left::Trouble(Trouble { message: format!("cannot write to the terminal: {why}"), help: None })
}
