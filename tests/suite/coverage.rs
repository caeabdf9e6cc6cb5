//! The Code of Conduct is covered measure by measure, and its questions keep the rules of writing.

use gapwise::diagnostic::Diagnostics;
use gapwise::length;
use gapwise::library::Library;
use gapwise::model::{
    Bank, Facts, Glossary, Kind, Profile, Question, QuestionId, Questionnaire, Score, Value,
};
use gapwise::raw::DocumentKind;
use std::collections::BTreeSet;
use std::sync::Arc;

/// How many items the preamble (P) and each action of the Code have, by our fact sheet; they carry
/// the letters a, b, c and so on.
const MEASURES: [(&str, u8); 12] = [
    ("P", 15),
    ("1", 24),
    ("2", 11),
    ("3", 14),
    ("4", 10),
    ("5", 13),
    ("6", 13),
    ("7", 6),
    ("8", 11),
    ("9", 6),
    ("10", 8),
    ("11", 8),
];

/// A fact and a permission: nothing that could be done or left undone.
const LISTED: [&str; 2] = ["HCOC-P.a", "HCOC-7.c"];

/// What must never be done.
const GATES: [&str; 5] = ["HCOC-P.k", "HCOC-P.l", "HCOC-P.m", "HCOC-P.n", "HCOC-P.o"];

/// How many questions each role is asked, fewest and most.
const LENGTHS: [(&str, usize, usize); 4] = [
    ("model-developer", 80, 95),
    ("application-developer", 70, 90),
    ("deployer", 40, 55),
    ("plain-user", 0, 0),
];

/// Words that nobody can check by looking.
const VAGUE: [&str; 13] = [
    "adequate",
    "appropriate",
    "regularly",
    "robust",
    "effective",
    "somewhat",
    "sufficient",
    "suitable",
    "timely",
    "comprehensive",
    "properly",
    "adequately",
    "appropriately",
];

/// The most that a sentence may have. Unit: words.
const LONGEST_SENTENCE: usize = 25;

const SIZES: [&str; 4] = ["micro", "small", "medium", "large"];

struct Content {
    code: Arc<Questionnaire>,
    all: Vec<Arc<Questionnaire>>,
    banks: Vec<Arc<Bank>>,
    facts: Arc<Facts>,
    glossary: Arc<Glossary>,
}

fn content() -> Content {
    let mut library = Library::default();
    let mut found = Diagnostics::default();
    let code = library.questionnaire("hiroshima-code-of-conduct", &mut found);
    let names = library.names(DocumentKind::Questionnaire);
    Content {
        code: code.expect("a valid questionnaire"),
        all: names.iter().filter_map(|id| library.questionnaire(id, &mut found)).collect(),
        banks: library.all_banks(&mut found),
        facts: library.facts(&mut found),
        glossary: library.glossary(&mut found),
    }
}

impl Content {
    fn questions(&self) -> impl Iterator<Item = &Question> {
        self.banks.iter().flat_map(|bank| &bank.questions)
    }

    /// The questions that a role is asked at most: every yes-no fact is yes where `all`, and none is
    /// stated otherwise.
    fn asked_of(&self, role: &str, all: bool) -> Vec<&Question> {
        let mut profile = Profile::from([("role".to_owned(), vec![role.to_owned()])]);
        let yes_no = |fact: &&gapwise::model::Fact| fact.kind == gapwise::model::FactKind::YesNo;
        for fact in self.facts.facts.iter().filter(yes_no).filter(|_| all) {
            profile.insert(fact.id.clone(), vec!["yes".to_owned()]);
        }
        let asked = length::asked(&self.code, &self.facts, &profile);
        asked.into_iter().map(|at| &self.code.questions[at]).collect()
    }
}

/// Says all that is wrong at once.
fn none(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn each_measure_is_a_requirement() {
    assert_eq!(MEASURES.iter().map(|(_, count)| usize::from(*count)).sum::<usize>(), 15 + 124);
    let content = content();
    let mut wrong = Vec::new();
    let mut left: BTreeSet<&str> =
        content.code.requirements().map(|(_, requirement)| requirement.id.as_str()).collect();
    for (action, count) in MEASURES {
        for letter in (b'a'..b'a' + count).map(char::from) {
            let id = format!("HCOC-{action}.{letter}");
            left.remove(id.as_str());
            let found = content.code.requirements().find(|(_, each)| each.id.as_str() == id);
            let Some((domain, requirement)) = found else {
                wrong.push(format!("{id} is no requirement"));
                continue;
            };
            if domain.id.as_str() != format!("HCOC-{action}") {
                wrong.push(format!("{id} stands in {}", domain.id));
            }
            let is_listed = LISTED.contains(&id.as_str());
            if is_listed == requirement.listed.is_none()
                || is_listed != requirement.asked_by.is_empty()
            {
                wrong.push(format!("{id} is asked by {} questions", requirement.asked_by.len()));
            }
            if !requirement.clauses.iter().any(|clause| clause.rows.contains(&id)) {
                wrong.push(format!("{id} does not name its row"));
            }
            let gate = GATES.contains(&id.as_str()).then_some(Score::FULL);
            if requirement.gate != gate {
                wrong.push(format!("{id} has the gate {:?}", requirement.gate));
            }
        }
    }
    wrong.extend(left.iter().map(|id| format!("{id} is no measure of the Code")));
    none(wrong);
}

#[test]
fn each_role_is_asked_a_fair_number() {
    let content = content();
    let mut wrong = Vec::new();
    for (role, fewest, most) in LENGTHS {
        for all in [false, true] {
            let count = content.asked_of(role, all).len();
            if !(fewest..=most).contains(&count) {
                wrong.push(format!("{role} is asked {count} questions, not {fewest} to {most}"));
            }
        }
    }
    none(wrong);
}

#[test]
fn each_question_is_asked() {
    let content = content();
    let asked: BTreeSet<&QuestionId> =
        content.all.iter().flat_map(|each| &each.questions).map(|each| &each.id).collect();
    let unasked = content.questions().filter(|question| !asked.contains(&question.id));
    none(unasked.map(|question| format!("{} is asked by no requirement", question.id)).collect());
}

#[test]
fn question_ids_are_of_one_bank_only() {
    let content = content();
    let mut seen = BTreeSet::new();
    let twice = content.questions().filter(|question| !seen.insert(question.id.as_str()));
    none(twice.map(|question| format!("{} stands in two banks", question.id)).collect());
}

/// The texts of a question with the place that each stands at.
fn texts(question: &Question) -> Vec<(String, &str)> {
    let mut texts = vec![("ask".to_owned(), question.ask.as_str())];
    texts.extend(question.why.iter().map(|why| ("why".to_owned(), why.as_str())));
    let choices = question.kind.choices().iter();
    texts.extend(choices.map(|choice| (format!("choice {}", choice.id), choice.text.as_str())));
    let said = |value: &Value| question.kind.said(value).concat();
    let steps = question.steps.iter();
    texts.extend(steps.map(|step| (format!("step to {}", said(&step.to)), step.action.as_str())));
    texts
}

/// How many words the longest sentence of a text has.
fn longest_sentence(text: &str) -> usize {
    let (mut longest, mut words) = (0, 0);
    for word in text.split_whitespace() {
        words += 1;
        longest = longest.max(words);
        if word.trim_end_matches(['"', ')', '”']).ends_with(['.', '?', '!']) {
            words = 0;
        }
    }
    longest
}

#[test]
fn sentences_are_short() {
    assert_eq!(longest_sentence("One two. Three four five? Six."), 3);
    let content = content();
    let mut wrong = Vec::new();
    let mut look = |place: String, text: &str| {
        let words = longest_sentence(text);
        if words > LONGEST_SENTENCE {
            wrong.push(format!("{place}: {words} words: {text}"));
        }
    };
    for question in content.questions() {
        for (place, text) in texts(question) {
            look(format!("{} {place}", question.id), text);
        }
    }
    for questionnaire in &content.all {
        for (domain, requirement) in questionnaire.requirements() {
            look(domain.id.to_string(), &domain.title);
            look(requirement.id.to_string(), &requirement.statement);
        }
    }
    content.glossary.0.iter().for_each(|term| look(format!("term {}", term.id), &term.means));
    none(wrong);
}

#[test]
fn choices_differ_and_can_be_checked() {
    let mut wrong = Vec::new();
    for question in content().questions() {
        let mut seen = BTreeSet::new();
        for choice in question.kind.choices() {
            let text = choice.text.to_lowercase();
            let words = text.split(|c: char| !c.is_alphanumeric());
            for word in words.filter(|word| VAGUE.contains(word)) {
                wrong.push(format!("{} {}: `{word}` is vague", question.id, choice.id));
            }
            if !seen.insert(text.trim_end_matches('.').to_owned()) {
                wrong.push(format!("{} {}: said before", question.id, choice.id));
            }
        }
    }
    none(wrong);
}

#[test]
fn ladders_and_steps_are_complete() {
    let mut wrong = Vec::new();
    for question in content().questions() {
        let to: Vec<_> = question.steps.iter().map(|step| &step.to).collect();
        let wanted: Vec<_> = match &question.kind {
            Kind::Maturity(levels) => {
                if levels.len() != 5 {
                    wrong.push(format!("{} has {} levels", question.id, levels.len()));
                }
                (1..levels.len()).map(Value::Level).collect()
            }
            // A step to the better answer.
            Kind::YesNo { yes, no } => vec![Value::YesNo(yes > no)],
            Kind::Checklist { options, exclusive } => {
                let counted = (0..options.len()).filter(|at| at != exclusive);
                counted.map(|at| Value::Options(vec![at])).collect()
            }
            Kind::Choice(_) | Kind::Number { .. } => continue,
        };
        if to != wanted.iter().collect::<Vec<_>>() {
            let said = |value: &&Value| question.kind.said(value).concat();
            let to: Vec<_> = to.iter().map(said).collect();
            wrong.push(format!("{} has steps to {}", question.id, to.join(", ")));
        }
    }
    none(wrong);
}

#[test]
fn efforts_grow_with_size() {
    let mut wrong = Vec::new();
    for question in content().questions() {
        for step in &question.steps {
            let efforts: Vec<_> = SIZES.iter().filter_map(|size| step.effort.get(*size)).collect();
            if efforts.len() != SIZES.len() || step.effort.len() != SIZES.len() {
                wrong.push(format!("{}: efforts of {:?}", question.id, step.effort.keys()));
            }
            if !efforts.is_sorted() {
                wrong.push(format!("{}: efforts fall: {efforts:?}", question.id));
            }
        }
    }
    none(wrong);
}

#[test]
fn level_2_takes_a_micro_deployer_a_day_at_most() {
    let content = content();
    let mut wrong = Vec::new();
    for question in content.asked_of("deployer", true) {
        for step in question.steps.iter().filter(|step| step.to == Value::Level(2)) {
            let effort = step.effort.get("micro").copied().unwrap_or(u32::MAX);
            if effort > 2 {
                wrong.push(format!("{}: {effort} half-days", question.id));
            }
        }
    }
    none(wrong);
}

#[test]
fn questions_say_why_and_what_supports_them() {
    let content = content();
    let mut wrong = Vec::new();
    for question in content.questions() {
        let id = &question.id;
        if question.why.is_none() {
            wrong.push(format!("{id} has no `why`"));
        }
        if !(2..=3).contains(&question.evidence.len()) {
            wrong.push(format!("{id} has {} kinds of evidence", question.evidence.len()));
        }
        let unknown = question.terms.iter().filter(|term| content.glossary.get(term).is_none());
        wrong.extend(unknown.map(|term| format!("{id}: no term `{term}`")));
    }
    none(wrong);
}
