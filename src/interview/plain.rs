//! An interview in plain lines: for pipes, dumb terminals and screen readers. It writes no control
//! characters, and takes one line for each reply.

use super::asker::{Action, Asker, Entry, Left, Line, Menu, Page, Pick, Said};
use super::wrap;
use crate::load::Trouble;
use std::io::{self, BufRead, Read as _, Write};

/// The longest line that is read. Unit: bytes.
const LONGEST_LINE: u64 = 64 * 1024;

/// Lines in, lines out.
#[derive(Debug)]
pub struct Plain<R, W> {
    input: R,
    out: W,
    /// The width of the screen, where there is one. Unit: columns.
    width: Option<usize>,
    /// The keys of actions that were explained.
    explained: Vec<char>,
}

impl<R: BufRead, W: Write> Plain<R, W> {
    /// An interview over two streams.
    pub fn new(input: R, out: W, width: Option<usize>) -> Self {
        Self { input, out, width, explained: Vec::new() }
    }

    fn say(&mut self, text: &str, first: &str, others: &str) -> Result<(), Left> {
        for line in wrap::lines(text, self.width, first, others) {
            writeln!(self.out, "{line}").map_err(|why| failed(&why))?;
        }
        Ok(())
    }

    fn page(&mut self, page: &Page) -> Result<(), Left> {
        writeln!(self.out).map_err(|why| failed(&why))?;
        for text in [&page.head, &page.ask].into_iter().chain(&page.help).chain(&page.so_far) {
            if !text.is_empty() {
                self.say(text, "", "")?;
            }
        }
        Ok(())
    }

    /// The next line, without the space around it. Where there is none the respondent has left.
    fn read(&mut self) -> Result<String, Left> {
        write!(self.out, "> ").and_then(|()| self.out.flush()).map_err(|why| failed(&why))?;
        let mut bytes = Vec::new();
        let mut input = (&mut self.input).take(LONGEST_LINE);
        input.read_until(b'\n', &mut bytes).map_err(|why| failed(&why))?;
        if bytes.is_empty() {
            writeln!(self.out).map_err(|why| failed(&why))?;
            return Err(Left::Quit);
        }
        Ok(String::from_utf8_lossy(&bytes).trim().to_owned())
    }

    /// What else can be typed than an answer.
    fn explain(&mut self, actions: &[Action]) -> Result<(), Left> {
        for Action { key, text, takes } in actions {
            let typed = format!("{key} {takes}");
            self.say(&format!("{}: {text}", typed.trim()), "  ", "      ")?;
        }
        Ok(())
    }
}

impl<R: BufRead, W: Write> Asker for Plain<R, W> {
    fn tell(&mut self, text: &str) -> Result<(), Left> {
        self.say(text, "", "")
    }

    fn ask(&mut self, menu: &Menu) -> Result<Said, Left> {
        self.page(&menu.page)?;
        for (at, Entry { key, text, .. }) in menu.entries.iter().enumerate() {
            let is_ticked = matches!(&menu.pick, Pick::Many { ticked, .. } if ticked.contains(&at));
            let sign = if is_ticked { " (ticked)" } else { "" };
            self.say(&format!("{text}{sign}"), &format!("  {key}  "), "     ")?;
        }
        let new = menu.actions.iter().filter(|each| !self.explained.contains(&each.key));
        let new: Vec<_> = new.cloned().collect();
        self.explained.extend(new.iter().map(|each| each.key));
        self.explain(&new)?;
        self.say(&hint(menu), "", "")?;
        loop {
            let typed = self.read()?;
            if matches!(typed.as_str(), "h" | "H" | "help") {
                self.explain(&menu.actions)?;
            } else if let Some(said) = said(menu, &typed) {
                return Ok(said);
            } else {
                let allowed = allowed(menu);
                self.say(
                    &format!("`{typed}` is no reply here. {allowed}, or h for help."),
                    "",
                    "",
                )?;
            }
        }
    }

    fn write(&mut self, line: &Line) -> Result<Option<String>, Left> {
        self.page(&line.page)?;
        let can_be_emptied = line.may_be_empty && !line.initial.is_empty();
        if !line.initial.is_empty() {
            self.say(&format!("Enter alone: {}", line.initial), "", "")?;
        }
        if can_be_emptied {
            self.say("-: nothing", "", "")?;
        }
        if line.may_go_back {
            self.say("b: back", "", "")?;
        }
        let typed = self.read()?;
        Ok(match typed.as_str() {
            "b" if line.may_go_back => None,
            "-" if can_be_emptied => Some(String::new()),
            "" => Some(line.initial.clone()),
            _ => Some(typed),
        })
    }
}

/// How to reply.
fn hint(menu: &Menu) -> String {
    let so_far = match &menu.pick {
        Pick::Number { written, .. } if !written.is_empty() => format!(" So far: {written}."),
        Pick::One if menu.enter.starts_with("keep") => {
            let said = menu.entries.iter().find(|entry| entry.key == menu.at);
            said.map_or(String::new(), |entry| format!(" So far: {}.", entry.key))
        }
        _ => String::new(),
    };
    let enter = match menu.enter.as_str() {
        "" => String::new(),
        enter => format!(" Enter alone: {enter}."),
    };
    format!("{}.{so_far}{enter} h: help.", allowed(menu))
}

/// What answers a menu.
fn allowed(menu: &Menu) -> String {
    let keys = match menu.entries.as_slice() {
        [] => String::new(),
        [only] => only.key.clone(),
        [first, .., last] => format!("{} to {}", first.key, last.key),
    };
    match &menu.pick {
        Pick::One => format!("Type {keys}"),
        Pick::Many { .. } => format!("Type all that hold, {keys}, as 1,3"),
        Pick::Number { unit, .. } if unit.is_empty() => "Type a whole number".to_owned(),
        Pick::Number { unit, .. } => format!("Type a whole number ({unit})"),
    }
}

/// What a line means. `None`: nothing here.
fn said(menu: &Menu, typed: &str) -> Option<Said> {
    if typed.is_empty() {
        return Some(Said::Nothing);
    }
    let place = |word: &str| {
        let is_it = |entry: &Entry| entry.key == word || entry.word.eq_ignore_ascii_case(word);
        menu.entries.iter().position(is_it)
    };
    let words = || typed.split([',', ' ', ';']).filter(|word| !word.is_empty());
    match &menu.pick {
        Pick::One => {
            if let Some(at) = place(typed) {
                return Some(Said::Chosen(vec![at]));
            }
        }
        Pick::Many { exclusive, may_be_none, .. } => {
            if typed == "0" && *may_be_none {
                return Some(Said::Chosen(Vec::new()));
            }
            if let Some(mut places) = words().map(place).collect::<Option<Vec<_>>>() {
                places.sort_unstable();
                places.dedup();
                let is_mixed = places.len() > 1 && exclusive.is_some_and(|at| places.contains(&at));
                return (!is_mixed).then_some(Said::Chosen(places));
            }
        }
        Pick::Number { .. } => {
            if typed.chars().all(|c| c.is_ascii_digit()) {
                return Some(Said::Written(typed.to_owned()));
            }
        }
    }
    let (key, rest) = typed.split_once(char::is_whitespace).unwrap_or((typed, ""));
    let action = menu
        .actions
        .iter()
        .find(|action| key.eq_ignore_ascii_case(action.key.encode_utf8(&mut [0; 4])))?;
    let is_whole = rest.is_empty() || !action.takes.is_empty();
    is_whole.then(|| Said::Action(action.key, rest.to_owned()))
}

fn failed(why: &io::Error) -> Left {
    Left::Trouble(Trouble { message: format!("cannot go on: {why}"), help: None })
}
