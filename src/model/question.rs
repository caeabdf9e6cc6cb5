//! What a respondent is asked, and the words that explain it.

use super::{Condition, QuestionId, Score};
use crate::digest::Digest;
use std::collections::{BTreeMap, BTreeSet};

/// Questions that several questionnaires share.
#[derive(Clone, Debug)]
pub struct Bank {
    /// The theme, as `risk`.
    pub theme: String,
    /// The theme as readers see it.
    pub title: String,
    /// The questions.
    pub questions: Vec<Question>,
    /// Of the document.
    pub digest: Digest,
}

/// What the respondent is asked.
#[derive(Clone, Debug)]
pub struct Question {
    /// The id, as `RSK-1`.
    pub id: QuestionId,
    /// The question itself.
    pub ask: String,
    /// What the respondent gains from it.
    pub why: Option<String>,
    /// Its type, with what can be answered and what that scores.
    pub kind: Kind,
    /// Whether "not applicable" is no answer to it.
    pub essential: bool,
    /// What makes it meaningless elsewhere.
    pub applies_when: Option<Condition>,
    /// Things that support an answer.
    pub evidence: Vec<String>,
    /// What to do to get further, in the order of what each leads to.
    pub steps: Vec<Step>,
    /// Ids of glossary terms.
    pub terms: Vec<String>,
}

/// The type of a question.
#[derive(Clone, Debug)]
pub enum Kind {
    /// Levels from 0 up; the id of a choice is the number of the level.
    Maturity(Vec<Choice>),
    /// What yes and no score.
    YesNo {
        /// The score of yes.
        yes: Score,
        /// The score of no.
        no: Score,
    },
    /// One option is chosen.
    Choice(Vec<Choice>),
    /// Options are ticked; their scores add up, to at most 10 000.
    Checklist {
        /// All options.
        options: Vec<Choice>,
        /// Which of them is "none of these".
        exclusive: usize,
    },
    /// A whole number falls in one of the bands.
    Number {
        /// What is counted.
        unit: Option<String>,
        /// The greatest number of each band (`None` for the last) and its score.
        bands: Vec<(Option<u32>, Score)>,
    },
}

/// Of each type: its word in the file format, and the key of a value in the long form of an answer.
const NAMES: [(&str, &str); 5] = [
    ("maturity", "level"),
    ("yes-no", "yes-no"),
    ("choice", "option"),
    ("checklist", "options"),
    ("number", "number"),
];

/// A level or an option.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The id of an option, the number of a level.
    pub id: String,
    /// What it says.
    pub text: String,
    /// What it scores.
    pub score: Score,
}

/// What a question is answered with. Options are places in the question's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A level, from 0.
    Level(usize),
    /// Yes or no.
    YesNo(bool),
    /// The option chosen.
    Option(usize),
    /// The options ticked, in the order of the question.
    Options(Vec<usize>),
    /// A whole number.
    Number(u32),
}

/// One thing to do, and what it leads to.
#[derive(Clone, Debug)]
pub struct Step {
    /// The answer that it leads to; on a checklist the one option that it adds.
    pub to: Value,
    /// What to do.
    pub action: String,
    /// Estimated effort by size of the organisation. Unit: half person-days.
    pub effort: BTreeMap<String, u32>,
    /// Questions whose step must come before.
    pub after: Vec<QuestionId>,
    /// A fill-in page that helps.
    pub aid: Option<String>,
}

impl Kind {
    /// The word for it in the file format.
    pub fn word(&self) -> &'static str {
        self.names().0
    }

    /// The key that a value stands under in the long form of an answer.
    pub fn key(&self) -> &'static str {
        self.names().1
    }

    /// The same for a type of which there is only the word, as in a result.
    pub fn key_of(word: &str) -> Option<&'static str> {
        NAMES.iter().find(|names| names.0 == word).map(|names| names.1)
    }

    fn names(&self) -> (&'static str, &'static str) {
        let [maturity, yes_no, choice, checklist, number] = NAMES;
        match self {
            Self::Maturity(_) => maturity,
            Self::YesNo { .. } => yes_no,
            Self::Choice(_) => choice,
            Self::Checklist { .. } => checklist,
            Self::Number { .. } => number,
        }
    }

    /// The levels or options; none for yes-no and number.
    pub fn choices(&self) -> &[Choice] {
        match self {
            Self::Maturity(choices) | Self::Choice(choices) => choices,
            Self::Checklist { options, .. } => options,
            Self::YesNo { .. } | Self::Number { .. } => &[],
        }
    }

    /// What conditions may test an answer for, but `unknown`: `yes` and `no`, or ids of choices.
    pub fn tokens(&self) -> Vec<&str> {
        match self {
            Self::YesNo { .. } => vec!["yes", "no"],
            _ => self.choices().iter().map(|choice| choice.id.as_str()).collect(),
        }
    }

    /// The value that these ids say; the inverse of [`Kind::said`]. `None` where they say none.
    pub fn value(&self, said: &[&str]) -> Option<Value> {
        let place = |id: &&str| self.choices().iter().position(|choice| choice.id == *id);
        match (self, said) {
            (Self::Maturity(_), [id]) => place(id).map(Value::Level),
            (Self::Choice(_), [id]) => place(id).map(Value::Option),
            (Self::YesNo { .. }, ["yes"]) => Some(Value::YesNo(true)),
            (Self::YesNo { .. }, ["no"]) => Some(Value::YesNo(false)),
            (Self::Number { .. }, [number]) => number.parse().ok().map(Value::Number),
            (Self::Checklist { exclusive, .. }, [_, ..]) => {
                let ticked: Option<BTreeSet<_>> = said.iter().map(place).collect();
                let ticked: Vec<_> = ticked?.into_iter().collect();
                let is_sound = ticked.len() == 1 || !ticked.contains(exclusive);
                is_sound.then_some(Value::Options(ticked))
            }
            _ => None,
        }
    }

    /// The answer once a step to `goal` is taken: on a checklist one option more, else the goal itself.
    pub fn stepped(&self, from: Option<&Value>, goal: &Value) -> Value {
        let (Self::Checklist { exclusive, .. }, Value::Options(added)) = (self, goal) else {
            return goal.clone();
        };
        let ticked = match from {
            Some(Value::Options(ticked)) => ticked.as_slice(),
            _ => &[],
        };
        let all = ticked.iter().filter(|at| *at != exclusive).chain(added);
        Value::Options(all.copied().collect::<BTreeSet<_>>().into_iter().collect())
    }

    /// The ids of what an answer says, as conditions and results name it.
    pub fn said(&self, value: &Value) -> Vec<String> {
        let id = |at: &usize| self.choices()[*at].id.clone();
        match value {
            Value::Level(at) | Value::Option(at) => vec![id(at)],
            Value::Options(ticked) => ticked.iter().map(id).collect(),
            Value::YesNo(yes) => vec![if *yes { "yes" } else { "no" }.to_owned()],
            Value::Number(number) => vec![number.to_string()],
        }
    }
}

/// A word and what it means.
#[derive(Clone, Debug)]
pub struct Term {
    /// The id that questions name.
    pub id: String,
    /// The word as readers see it.
    pub term: String,
    /// What it means.
    pub means: String,
}

/// The words that questions explain.
#[derive(Clone, Debug, Default)]
pub struct Glossary(pub Vec<Term>);

impl Glossary {
    /// The term with this id.
    pub fn get(&self, id: &str) -> Option<&Term> {
        self.0.iter().find(|term| term.id == id)
    }
}
