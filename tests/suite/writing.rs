//! The questions keep the rules of writing: short sentences, levels that can be checked, complete
//! ladders, and words that a reader can follow.

use crate::content::{Content, none, profile};
use gapwise::model::{Glossary, Kind, Question, Value};
use std::collections::BTreeSet;

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

/// The most that the median question of `msme-first-look` may have. Unit: tenths of a school grade.
const MSME_GRADE: i64 = 70;

const SIZES: [&str; 4] = ["micro", "small", "medium", "large"];

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
    let content = Content::load();
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
    for question in Content::load().questions() {
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

/// Whether a question counts in some requirement.
fn weighs(content: &Content, question: &Question) -> bool {
    content.all.iter().any(|each| {
        let asked = each.requirements().flat_map(|(_, of)| &of.asked_by);
        let mut of = asked.filter(|asked| each.questions[asked.question].id == question.id);
        of.any(|asked| asked.weight.get() > 0)
    })
}

#[test]
fn ladders_and_steps_are_complete() {
    let content = Content::load();
    let mut wrong = Vec::new();
    for question in content.questions() {
        let to: Vec<_> = question.steps.iter().map(|step| &step.to).collect();
        let wanted: Vec<_> = match &question.kind {
            Kind::Maturity(levels) => {
                if levels.len() != 5 {
                    wrong.push(format!("{} has {} levels", question.id, levels.len()));
                }
                (1..levels.len()).map(Value::Level).collect()
            }
            // What weighs nothing anywhere cannot be bettered.
            Kind::YesNo { .. } if !weighs(&content, question) => Vec::new(),
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
    for question in Content::load().questions() {
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
    let content = Content::load();
    let mut wrong = Vec::new();
    let code = content.questionnaire("hiroshima-code-of-conduct");
    let everything = "role=deployer personal-data=yes high-risk-use=yes self-hosted-weights=yes \
                      trains-or-tunes=yes";
    for question in content.asked(code, &profile(everything)) {
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
    let content = Content::load();
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

/// How many syllables a word has, by its groups of vowels; a silent `e` at the end makes none.
fn syllables(word: &str) -> usize {
    let letters: Vec<_> = word.chars().filter(char::is_ascii_alphabetic).collect();
    let letters: Vec<_> = letters.iter().map(char::to_ascii_lowercase).collect();
    let is_vowel = |letter: &char| "aeiouy".contains(*letter);
    let is_silent = match letters.as_slice() {
        [.., before, 'e'] | [.., before, 'e', 's'] => !"laeiouy".contains(*before),
        [.., before, 'e', 'd'] => !"laeiouytd".contains(*before),
        _ => false,
    };
    let groups = letters.split(|letter| !is_vowel(letter)).filter(|group| !group.is_empty());
    let silent = usize::from(is_silent && letters.len() > 3);
    groups.count().saturating_sub(silent).max(1)
}

/// The words of a text without the terms that are explained beside it.
fn words_without<'a>(text: &'a str, terms: &[Vec<String>]) -> Vec<&'a str> {
    let is_letter = |c: char| c.is_alphabetic() || c == '\'';
    let words: Vec<_> = text.split(|c| !is_letter(c)).filter(|word| !word.is_empty()).collect();
    let is_one = |word: &str, of: &str| {
        let word = word.to_lowercase();
        word == of || word.strip_prefix(of).is_some_and(|rest| rest == "s" || rest == "es")
    };
    let (mut kept, mut at) = (Vec::new(), 0);
    while at < words.len() {
        let rest = &words[at..];
        let fits = |term: &&Vec<String>| {
            term.len() <= rest.len() && term.iter().zip(rest).all(|(of, word)| is_one(word, of))
        };
        match terms.iter().filter(fits).map(Vec::len).max() {
            Some(length) => at += length,
            None => {
                kept.push(words[at]);
                at += 1;
            }
        }
    }
    kept
}

/// How hard a question and its choices are to read, without the terms explained beside it.
///
/// - Unit: tenths of a school grade.
/// - Source: Flesch and Kincaid, 1975: 0.39 words a sentence + 11.8 syllables a word - 15.59.
fn grade(question: &Question, glossary: &Glossary) -> i64 {
    let terms = question.terms.iter().filter_map(|id| glossary.get(id));
    let in_words = |term: &str| term.to_lowercase().split([' ', '-']).map(str::to_owned).collect();
    let terms: Vec<Vec<String>> = terms.map(|term| in_words(&term.term)).collect();
    let choices = question.kind.choices().iter().map(|choice| choice.text.as_str());
    let (mut sentences, mut words, mut syllable_count) = (0, 0, 0);
    for text in std::iter::once(question.ask.as_str()).chain(choices) {
        let ends = |word: &&str| word.ends_with(['.', '?', '!']);
        sentences += text.split_whitespace().filter(ends).count().max(1) as i64;
        let kept = words_without(text, &terms);
        words += kept.len() as i64;
        syllable_count += kept.iter().map(|word| syllables(word)).sum::<usize>() as i64;
    }
    let words = words.max(1);
    (390 * words / sentences + 11_800 * syllable_count / words - 15_590) / 100
}

/// The median over questions. Unit: tenths of a school grade.
pub(crate) fn median_grade(questions: &[Question], glossary: &Glossary) -> i64 {
    let mut grades: Vec<_> = questions.iter().map(|each| grade(each, glossary)).collect();
    grades.sort_unstable();
    grades[grades.len() / 2]
}

#[test]
fn syllables_are_counted() {
    let words =
        ["the", "list", "tools", "owner", "asked", "tested", "table", "agree", "idea", "risk"];
    assert_eq!(words.map(syllables), [1, 1, 1, 2, 1, 2, 2, 2, 2, 1]);
}

#[test]
fn a_term_beside_the_question_does_not_make_it_harder() {
    let terms = vec![vec!["intellectual".to_owned(), "property".to_owned()]];
    let kept = words_without("Do you guard intellectual property, property rights too?", &terms);
    assert_eq!(kept, ["Do", "you", "guard", "property", "rights", "too"]);
}

#[test]
fn the_first_look_reads_like_a_school_book() {
    let content = Content::load();
    let plain_user = profile(crate::content::RESPONDENTS[0].1);
    let pack = content.questionnaire("msme-first-look");
    let asked: Vec<_> = content.asked(pack, &plain_user).into_iter().cloned().collect();
    let median = median_grade(&asked, &content.glossary);
    assert!(median <= MSME_GRADE, "grade {}.{}", median / 10, median % 10);
}
