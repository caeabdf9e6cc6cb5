//! What an interview needs of a terminal: to say something, to ask, to take a line of text.

use crate::load::Trouble;

/// Somebody who is asked, by whatever means.
pub trait Asker {
    /// Says something that needs no reply.
    ///
    /// # Errors
    /// The terminal fails.
    fn tell(&mut self, text: &str) -> Result<(), Left>;

    /// Asks for a choice, or for what else a menu offers.
    ///
    /// # Errors
    /// Nobody is there any more, or the terminal fails.
    fn ask(&mut self, menu: &Menu) -> Result<Said, Left>;

    /// Asks for a line of text. `None`: back to where the question came from.
    ///
    /// # Errors
    /// Nobody is there any more, or the terminal fails.
    fn write(&mut self, line: &Line) -> Result<Option<String>, Left>;
}

/// Why an interview ended early.
#[derive(Debug)]
pub enum Left {
    /// The respondent wants to go on another time; all that was said is saved.
    Quit,
    /// A file or the terminal failed.
    Trouble(Trouble),
}

impl From<Trouble> for Left {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

/// What stands above a choice or a line.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// What it is about, and how far the interview has come.
    pub head: String,
    /// The question.
    pub ask: String,
    /// What has been said so far, where a choice cannot show it.
    pub so_far: Vec<String>,
    /// What helps to answer, the most helpful first: there may be no room for all of it.
    pub help: Vec<String>,
}

/// One of the answers to choose from.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What is typed for it: a number.
    pub key: String,
    /// What it means.
    pub text: String,
    /// What may be typed for it instead.
    pub word: String,
}

/// Something else that can be done.
#[derive(Clone, Debug)]
pub struct Action {
    /// What is typed for it.
    pub key: char,
    /// What it does.
    pub text: String,
    /// What can stand behind the key on the same line.
    pub takes: &'static str,
}

/// How many entries are chosen.
#[derive(Clone, Debug)]
pub enum Pick {
    /// One.
    One,
    /// Those that hold; the second is the one that excludes all others.
    Many {
        /// What is ticked.
        ticked: Vec<usize>,
        /// The entry "none of these".
        exclusive: Option<usize>,
        /// Whether nothing ticked is a reply.
        may_be_none: bool,
    },
    /// None: a number is written instead.
    Number {
        /// What is counted.
        unit: String,
        /// The number written so far.
        written: String,
    },
}

/// A question with what can be replied.
#[derive(Clone, Debug)]
pub struct Menu {
    /// The question.
    pub page: Page,
    /// How many entries are chosen.
    pub pick: Pick,
    /// The answers.
    pub entries: Vec<Entry>,
    /// What else can be done; how to quit is among it.
    pub actions: Vec<Action>,
    /// The key of the entry or action that a list begins with.
    pub at: String,
    /// What an empty line does, in words; empty where it is no reply.
    pub enter: String,
}

/// The key of the action that ends every interview.
pub const QUIT: char = 'q';

impl Menu {
    /// A choice of one among these, without any other action than to quit.
    pub fn of<T: Into<String>>(page: Page, texts: impl IntoIterator<Item = T>) -> Self {
        let entry = |(at, text): (usize, T)| {
            let key = (at + 1).to_string();
            Entry { word: key.clone(), key, text: text.into() }
        };
        Self {
            page,
            pick: Pick::One,
            entries: texts.into_iter().enumerate().map(entry).collect(),
            actions: vec![Action { key: QUIT, text: "Save and quit".to_owned(), takes: "" }],
            at: "1".to_owned(),
            enter: String::new(),
        }
    }

    /// The same with one more action, before the way out.
    pub fn with(mut self, key: char, text: &str, takes: &'static str) -> Self {
        let last = self.actions.len().saturating_sub(1);
        self.actions.insert(last, Action { key, text: text.to_owned(), takes });
        self
    }

    /// The same where an empty line does this.
    pub fn on_enter(self, enter: impl Into<String>) -> Self {
        Self { enter: enter.into(), ..self }
    }
}

/// A reply to a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// The entries, by their places.
    Chosen(Vec<usize>),
    /// The number, as written.
    Written(String),
    /// An action, and what stands behind its key.
    Action(char, String),
    /// Nothing: the question is passed over.
    Nothing,
}

/// A line of text that is asked for.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// What it is asked for.
    pub page: Page,
    /// What is proposed.
    pub initial: String,
    /// Whether an empty line is a reply.
    pub may_be_empty: bool,
    /// Whether one can go back to where the question came from.
    pub may_go_back: bool,
}
