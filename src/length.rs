//! How many questions a kind of respondent gets, and how long that takes.

use crate::model::{
    Answers, Assessment, Fact, FactKind, Facts, Glossary, Profile, Questionnaire, Subject,
};
use crate::score::{State, score};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How long a questionnaire is for someone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
    /// For the one who is asked least.
    pub fewest: Length,
    /// For the one who is asked most.
    pub most: Length,
}

/// The fact that tells the kinds of respondents of a questionnaire apart, with the length for each.
/// `None` and one length where no such fact decides what is asked.
///
/// It is the fact with the most options among those that conditions test, size apart; the first
/// among equals.
pub fn by_kind<'a>(
    questionnaire: &Arc<Questionnaire>,
    facts: &'a Arc<Facts>,
) -> (Option<&'a Fact>, Vec<Lengths>) {
    let used = questionnaire.facts_used();
    let tells = |fact: &&Fact| {
        let has_options = matches!(fact.kind, FactKind::One | FactKind::Many);
        has_options && fact.id != Facts::SIZE && used.contains(fact.id.as_str())
    };
    let fact = facts.facts.iter().rev().filter(tells).max_by_key(|fact| fact.options.len());
    let of = |kind: Option<&str>| {
        let stated = fact.zip(kind);
        let stated = stated.map(|(fact, value)| (fact.id.clone(), vec![value.to_owned()]));
        let profiles = respondents(questionnaire, facts, &stated.into_iter().collect());
        let lengths = profiles.iter().map(|profile| length(questionnaire, facts, profile));
        let lengths: Vec<_> = lengths.collect();
        let (fewest, most) = (lengths.iter().min(), lengths.iter().max());
        fewest.zip(most).map(|(fewest, most)| Lengths {
            kind: kind.map(str::to_owned),
            fewest: *fewest,
            most: *most,
        })
    };
    let kinds = match fact {
        Some(fact) => fact.options.iter().filter_map(|(value, _)| of(Some(value))).collect(),
        None => of(None).into_iter().collect(),
    };
    (fact, kinds)
}

/// The questions that are asked of someone who states this, or may be once they state the rest.
pub fn possible(
    questionnaire: &Arc<Questionnaire>,
    facts: &Arc<Facts>,
    profile: &Profile,
) -> Vec<usize> {
    let profiles = respondents(questionnaire, facts, profile);
    let mut all: Vec<_> =
        profiles.iter().flat_map(|each| asked(questionnaire, facts, each)).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The facts that still decide what is asked of someone who states this.
pub fn deciding<'a>(
    questionnaire: &Arc<Questionnaire>,
    facts: &'a Arc<Facts>,
    profile: &Profile,
) -> Vec<&'a Fact> {
    let used = questionnaire.facts_used();
    let open = |fact: &&Fact| used.contains(fact.id.as_str()) && !profile.contains_key(&fact.id);
    // Everything at once, to meet the conditions that want several facts together.
    let mut all = profile.clone();
    let values = |fact: &Fact| fact.values().into_iter().map(str::to_owned).collect();
    all.extend(facts.facts.iter().filter(open).map(|fact| (fact.id.clone(), values(fact))));
    let rest = [profile.clone(), all];
    let decides = |fact: &&Fact| {
        rest.iter().any(|one| {
            let mut without = one.clone();
            without.remove(&fact.id);
            let before = asked(questionnaire, facts, &without);
            fact.values().into_iter().any(|value| {
                let mut with = without.clone();
                with.insert(fact.id.clone(), vec![value.to_owned()]);
                asked(questionnaire, facts, &with) != before
            })
        })
    };
    facts.facts.iter().filter(open).filter(decides).collect()
}

/// The extremes of those who state this: what must be stated takes each of its values; all else is
/// left out, or has all values at once.
fn respondents(questionnaire: &Questionnaire, facts: &Facts, stated: &Profile) -> Vec<Profile> {
    let used = questionnaire.facts_used();
    let open = |fact: &&Fact| used.contains(fact.id.as_str()) && !stated.contains_key(&fact.id);
    let values = |fact: &Fact| fact.values().into_iter().map(str::to_owned).collect::<Vec<_>>();
    let mut most = stated.clone();
    let optional = facts.facts.iter().filter(open).filter(|fact| !fact.required);
    most.extend(optional.map(|fact| (fact.id.clone(), values(fact))));
    let mut profiles = vec![stated.clone(), most];
    for fact in facts.facts.iter().filter(open).filter(|fact| fact.required) {
        let with = |profile: &Profile, value: String| {
            let mut profile = profile.clone();
            profile.insert(fact.id.clone(), vec![value]);
            profile
        };
        let each = |profile: &Profile| {
            values(fact).into_iter().map(|value| with(profile, value)).collect::<Vec<_>>()
        };
        profiles = profiles.iter().flat_map(each).collect();
    }
    profiles
}

/// Which questions are asked of someone who has answered nothing yet.
pub fn asked(
    questionnaire: &Arc<Questionnaire>,
    facts: &Arc<Facts>,
    profile: &Profile,
) -> Vec<usize> {
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
    let asked = asked(questionnaire, facts, profile);
    let count = |text: &str| text.split_whitespace().count();
    let words = |at: &usize| {
        let question = &questionnaire.questions[*at];
        let choices: usize = question.kind.choices().iter().map(|choice| count(&choice.text)).sum();
        count(&question.ask) + question.why.as_deref().map_or(0, count) + choices
    };
    let words: usize = asked.iter().map(words).sum();
    let seconds = words * 60 / 200 + 10 * asked.len();
    let minutes = questionnaire.minutes.map_or(seconds.div_ceil(60), |minutes| minutes as usize);
    Length { questions: asked.len(), minutes }
}
