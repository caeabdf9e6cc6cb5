//! How many questions a kind of respondent gets, and how long that takes.

use crate::model::{
    Answers, Assessment, Condition, Fact, FactKind, Facts, Glossary, Profile, QuestionIndex,
    Questionnaire, Subject,
};
use crate::score::{State, score};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How long a questionnaire is for someone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// Questions that are asked, those that hang on an open answer included.
    pub questions: usize,
    /// An estimate: the words shown at 200 a minute, and 10 seconds a question, rounded up.
    pub minutes: usize,
}

/// How long it is for all respondents of a kind: it depends on what else they state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lengths {
    /// The value that makes the kind, as `deployer`; `None`: everybody.
    pub kind: Option<String>,
    /// Fewest and most questions.
    pub questions: (usize, usize),
    /// Fewest and most minutes.
    pub minutes: (usize, usize),
}

/// The fact that tells the kinds of respondents of a questionnaire apart, with the length for each.
/// `None` and one length where no such fact decides what is asked.
///
/// It is the fact with the most options among those that conditions test, size apart; the first
/// among equals.
pub fn by_kind<'a>(
    questionnaire: &Questionnaire,
    facts: &'a Facts,
) -> (Option<&'a Fact>, Vec<Lengths>) {
    let used = questionnaire.facts_used();
    let tells = |fact: &&Fact| {
        let has_options = matches!(fact.kind, FactKind::One | FactKind::Many);
        has_options && fact.id != Facts::SIZE && used.contains(fact.id.as_str())
    };
    let fact = facts.facts.iter().rev().filter(tells).max_by_key(|fact| fact.options.len());
    let kinds = match fact {
        Some(fact) => fact
            .options
            .iter()
            .map(|(value, _)| {
                let stated = Profile::from([(fact.id.clone(), vec![value.clone()])]);
                lengths(questionnaire, facts, Some(value), &stated)
            })
            .collect(),
        None => vec![lengths(questionnaire, facts, None, &Profile::new())],
    };
    (fact, kinds)
}

/// The extremes over all sizes: of what is certainly asked, and of what may be.
fn lengths(
    questionnaire: &Questionnaire,
    facts: &Facts,
    kind: Option<&String>,
    stated: &Profile,
) -> Lengths {
    let sizes = facts.get(Facts::SIZE).map_or(Vec::new(), Fact::values);
    let mut profiles = vec![stated.clone()];
    if questionnaire.facts_used().contains(Facts::SIZE) && !sizes.is_empty() {
        let with = |size: &&str| {
            let mut profile = stated.clone();
            profile.insert(Facts::SIZE.to_owned(), vec![(*size).to_owned()]);
            profile
        };
        profiles = sizes.iter().map(with).collect();
    }
    let of = |least: Holds| {
        let those = profiles.iter().map(move |profile| questions(questionnaire, profile, least));
        those.map(|questions| of_questions(questionnaire, &questions)).collect::<Vec<_>>()
    };
    let (certain, possible) = (of(Holds::Undecided), of(Holds::Perhaps));
    let least = |figure: fn(&Length) -> usize| certain.iter().map(figure).min().unwrap_or(0);
    let most = |figure: fn(&Length) -> usize| possible.iter().map(figure).max().unwrap_or(0);
    Lengths {
        kind: kind.cloned(),
        questions: (least(|each| each.questions), most(|each| each.questions)),
        minutes: (least(|each| each.minutes), most(|each| each.minutes)),
    }
}

/// Whether a condition holds once what is stated is stated, and nothing is answered.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Holds {
    /// Whatever else is stated or answered.
    Never,
    /// It depends on facts that are not stated.
    Perhaps,
    /// It depends on answers alone, so that what hangs on it is open.
    Undecided,
    /// Whatever else is stated or answered.
    Always,
}

fn holds(condition: Option<&Condition>, stated: &Profile) -> Holds {
    let each = |parts: &[Condition]| {
        parts.iter().map(|part| holds(Some(part), stated)).collect::<Vec<_>>()
    };
    match condition {
        None => Holds::Always,
        Some(Condition::All(parts)) => each(parts).into_iter().min().unwrap_or(Holds::Always),
        Some(Condition::Any(parts)) => each(parts).into_iter().max().unwrap_or(Holds::Never),
        Some(Condition::Not(part)) => match holds(Some(part), stated) {
            Holds::Never => Holds::Always,
            Holds::Always => Holds::Never,
            between => between,
        },
        Some(Condition::Fact { fact, among }) => match stated.get(fact) {
            Some(values) if values.iter().any(|value| among.contains(value)) => Holds::Always,
            Some(_) => Holds::Never,
            None => Holds::Perhaps,
        },
        Some(Condition::Answer { .. }) => Holds::Undecided,
    }
}

/// The questions whose own condition, and that of a requirement that asks them, hold at least so.
fn questions(questionnaire: &Questionnaire, stated: &Profile, least: Holds) -> Vec<QuestionIndex> {
    let holds = |condition: &Option<Condition>| holds(condition.as_ref(), stated) >= least;
    let asking = questionnaire.requirements().filter(|(_, each)| holds(&each.applies_when));
    let asked = asking.flat_map(|(_, each)| &each.asked_by).map(|asked| asked.question);
    let asked: BTreeSet<_> =
        asked.filter(|at| holds(&questionnaire.questions[*at].applies_when)).collect();
    asked.into_iter().collect()
}

/// The questions that are asked of someone who states this, or may be once they state the rest.
pub fn possible(questionnaire: &Questionnaire, stated: &Profile) -> Vec<QuestionIndex> {
    questions(questionnaire, stated, Holds::Perhaps)
}

/// The facts that may still decide what is asked of someone who states this.
pub fn deciding<'a>(
    questionnaire: &Questionnaire,
    facts: &'a Facts,
    stated: &Profile,
) -> Vec<&'a Fact> {
    let possible = possible(questionnaire, stated);
    let of_questions = possible.iter().map(|at| &questionnaire.questions[*at].applies_when);
    let of_requirements = questionnaire.requirements().map(|(_, each)| &each.applies_when);
    let open = of_questions.chain(of_requirements).flatten();
    let open = open.filter(|condition| {
        !matches!(holds(Some(condition), stated), Holds::Never | Holds::Always)
    });
    let named: BTreeSet<_> = open.flat_map(Condition::facts).collect();
    let decides = |fact: &&Fact| named.contains(fact.id.as_str()) && !stated.contains_key(&fact.id);
    facts.facts.iter().filter(decides).collect()
}

/// Which questions are asked of someone who has answered nothing yet.
pub fn asked(
    questionnaire: &Arc<Questionnaire>,
    facts: &Arc<Facts>,
    profile: &Profile,
) -> Vec<QuestionIndex> {
    let nobody = Answers {
        of: Subject { name: String::new(), kind: "organisation".to_owned(), stage: None },
        profile: profile.clone(),
        language: None,
        date: String::new(),
        date_given: false,
        by: Vec::new(),
        questionnaire: questionnaire.id.clone(),
        given: BTreeMap::new(),
        public_only: false,
        digest: Default::default(),
    };
    let glossary = Arc::new(Glossary::default());
    let assessment = Assessment::new(questionnaire.clone(), facts.clone(), None, nobody, glossary);
    let states = score(&assessment).states;
    (0..states.len()).filter(|at| states[*at] != State::NotAsked).collect()
}

/// The length for a profile.
pub fn length(questionnaire: &Arc<Questionnaire>, facts: &Arc<Facts>, profile: &Profile) -> Length {
    of_questions(questionnaire, &asked(questionnaire, facts, profile))
}

/// How long the open ones among the questions asked will take. Unit: minutes, rounded up.
pub fn minutes_left(
    questionnaire: &Questionnaire,
    asked: &[QuestionIndex],
    open: &[QuestionIndex],
) -> usize {
    if open.is_empty() {
        return 0;
    }
    let all = questions_seconds(questionnaire, asked).max(1);
    let left = questions_seconds(questionnaire, open);
    let whole = of_questions(questionnaire, asked).minutes;
    (whole * left).div_ceil(all).max(1)
}

fn of_questions(questionnaire: &Questionnaire, questions: &[QuestionIndex]) -> Length {
    let seconds = questions_seconds(questionnaire, questions);
    let minutes = questionnaire.minutes.map_or(seconds.div_ceil(60), |minutes| minutes as usize);
    Length { questions: questions.len(), minutes }
}

fn questions_seconds(questionnaire: &Questionnaire, questions: &[QuestionIndex]) -> usize {
    let count = |text: &str| text.split_whitespace().count();
    let words = |at: &QuestionIndex| {
        let question = &questionnaire.questions[*at];
        let choices: usize = question.kind.choices().iter().map(|choice| count(&choice.text)).sum();
        count(&question.ask) + question.why.as_deref().map_or(0, count) + choices
    };
    let words: usize = questions.iter().map(words).sum();
    words * 60 / 200 + 10 * questions.len()
}
