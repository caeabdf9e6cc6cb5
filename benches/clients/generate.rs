//! How clients answer: each has a maturity of its own, each domain and question is harder or easier than
//! others, and some is left open, unknown or not applicable.

use super::profile;
use super::random::Random;
use gapwise::diagnostic::Diagnostics;
use gapwise::library::Library;
use gapwise::model::{AnswerTest, Condition, Facts, Kind, Profile, Question, Questionnaire};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A made-up client.
pub(crate) struct Client {
    /// Its name; several may have the same.
    pub(crate) name: String,
    /// `organisation` or `system`.
    pub(crate) kind: &'static str,
    /// The date of its answers.
    pub(crate) date: String,
    /// The questionnaire that it answers, and its version.
    pub(crate) questionnaire: (String, String),
    /// What is stated of it.
    pub(crate) profile: Profile,
    /// What it says to each question of the questionnaire, in its order.
    pub(crate) given: Vec<(String, Given)>,
    /// The facts that a table has a column for.
    pub(super) facts: Arc<Vec<String>>,
}

/// What is said to a question.
#[derive(Clone)]
pub(crate) enum Given {
    /// Nothing.
    Open,
    /// That it is not known.
    Unknown,
    /// That it does not apply, and why.
    NotApplicable(&'static str),
    /// The key of the value in the long form, the ids of what is said, and what supports it.
    Said(&'static str, Vec<String>, Option<String>),
}

/// Clients without end.
pub(crate) struct Clients {
    questionnaire: Arc<Questionnaire>,
    facts: Arc<Facts>,
    columns: Arc<Vec<String>>,
    /// By question: whether it is behind a gate, its domain, and when it is asked.
    asked: Vec<(bool, usize, Vec<Option<Condition>>)>,
    seed: u64,
    round: u64,
    at: u64,
}

const REASONS: [&str; 3] = [
    "We have no such system.",
    "Nobody outside is concerned.",
    "A partner does this for us; see its report",
];
const EVIDENCE: [&str; 4] =
    ["Minutes of the yearly review", "Folder AI, sheet 3", "Contract annex B", "List on the wall"];

impl Clients {
    /// Those who answer a built-in questionnaire.
    ///
    /// # Errors
    /// There is no such questionnaire.
    pub(crate) fn new(questionnaire: &str, seed: u64) -> Result<Self, String> {
        let (mut library, mut found) = (Library::default(), Diagnostics::default());
        let facts = library.facts(&mut found);
        let Some(questionnaire) = library.questionnaire(questionnaire, &mut found) else {
            return Err(format!("there is no questionnaire `{questionnaire}`; see `gapwise list`"));
        };
        let columns = facts.ids().filter(|id| *id != Facts::STAGE && *id != Facts::KIND);
        let columns = Arc::new(columns.map(str::to_owned).collect());
        let asked = asked(&questionnaire);
        Ok(Self { questionnaire, facts, columns, asked, seed, round: 0, at: 0 })
    }

    /// The same clients at a later time.
    pub(crate) fn round(self, round: u64) -> Self {
        Self { round, ..self }
    }

    /// The head of a table of them.
    pub(crate) fn header(&self) -> Vec<String> {
        let head = ["client", "date", "questionnaire"].map(str::to_owned);
        let kind = self.is_system().then(|| [Facts::KIND, Facts::STAGE].map(str::to_owned));
        let questions = self.questionnaire.questions.iter().map(|each| each.id.to_string());
        let facts = kind.into_iter().flatten().chain(self.columns.iter().cloned());
        head.into_iter().chain(facts).chain(questions).collect()
    }

    fn is_system(&self) -> bool {
        self.questionnaire.facts_used().contains(Facts::STAGE)
    }

    fn client(&self, at: u64) -> Client {
        let mut random = Random::new(&[self.seed, at]);
        let (name, mut profile, ahead) = profile::client(&mut random, &self.facts);
        let maturity = 44 + ahead + random.around(22);
        // Who has many open questions now had as many before.
        let silent = if random.chance(20) { 12 } else { 1 };
        let mut random = Random::new(&[self.seed, at, self.round]);
        let risen = self.round as i64 * (4 + random.around(8));
        let kind = if self.is_system() { "system" } else { "organisation" };
        if self.is_system() {
            let stages = self.facts.get(Facts::STAGE).map(|fact| fact.values()).unwrap_or_default();
            profile.insert(Facts::STAGE.to_owned(), vec![(*random.one(&stages)).to_owned()]);
            profile.insert(Facts::KIND.to_owned(), vec![kind.to_owned()]);
        }
        let day = 1 + random.below(28);
        let date = format!("2026-{:02}-{day:02}", 1 + 3 * self.round.min(3) + random.below(3));
        let given = self.answers(&profile, maturity + risen, silent, &mut random);
        let questionnaire = (self.questionnaire.id.clone(), self.questionnaire.version.clone());
        Client { name, kind, date, questionnaire, profile, given, facts: self.columns.clone() }
    }

    /// An answer to each question that is asked, in the order of the questionnaire.
    fn answers(
        &self,
        profile: &Profile,
        maturity: i64,
        silent: i64,
        random: &mut Random,
    ) -> Vec<(String, Given)> {
        let questions = &self.questionnaire.questions;
        let mut given: BTreeMap<&str, Given> = BTreeMap::new();
        for at in &self.questionnaire.order {
            let (question, (is_gate, domain, when)) = (&questions[*at], &self.asked[*at]);
            let holds = |condition: &Option<Condition>| {
                condition.as_ref().is_none_or(|condition| holds(condition, profile, &given))
            };
            let is_asked = holds(&question.applies_when) && when.iter().any(holds);
            let easier = shift(*domain as u64, 14) + shift(1000 + *at as u64, 9);
            let level = maturity + easier + random.around(10) + if *is_gate { 55 } else { 0 };
            let said = match is_asked {
                true => answer(question, level.clamp(0, 100), silent, random),
                false => Given::Open,
            };
            given.insert(question.id.as_str(), said);
        }
        let said = |question: &Question| {
            let given = given.get(question.id.as_str()).cloned().unwrap_or(Given::Open);
            (question.id.to_string(), given)
        };
        questions.iter().map(said).collect()
    }
}

impl Iterator for Clients {
    type Item = Client;

    fn next(&mut self) -> Option<Client> {
        self.at += 1;
        Some(self.client(self.at))
    }
}

/// By question: whether it is behind a gate, the first domain that asks it, and each condition under which
/// a requirement asks it.
fn asked(questionnaire: &Questionnaire) -> Vec<(bool, usize, Vec<Option<Condition>>)> {
    let mut asked = vec![(false, usize::MAX, Vec::new()); questionnaire.questions.len()];
    for (at, domain) in questionnaire.domains.iter().enumerate() {
        for requirement in &domain.requirements {
            for each in &requirement.asked_by {
                let (is_gate, first, when) = &mut asked[each.question];
                *is_gate |= requirement.gate.is_some();
                *first = at.min(*first);
                when.push(requirement.applies_when.clone());
            }
        }
    }
    asked
}

/// How much easier or harder something is for everybody.
fn shift(what: u64, width: i64) -> i64 {
    Random::new(&[17, what]).around(width)
}

/// Whether a condition holds; what hangs on something open does not.
fn holds(condition: &Condition, profile: &Profile, given: &BTreeMap<&str, Given>) -> bool {
    let holds = |part: &Condition| holds(part, profile, given);
    match condition {
        Condition::All(parts) => parts.iter().all(holds),
        Condition::Any(parts) => parts.iter().any(holds),
        Condition::Not(part) => !holds(part),
        Condition::Fact { fact, among } => {
            profile.get(fact).is_some_and(|values| values.iter().any(|each| among.contains(each)))
        }
        Condition::Answer { question, test } => match (given.get(question.as_str()), test) {
            (Some(Given::Said(_, ids, _)), AnswerTest::Is(among)) => {
                ids.iter().any(|id| among.contains(id))
            }
            (Some(Given::Said(_, ids, _)), AnswerTest::AtLeastLevel(level)) => {
                ids[0].parse().is_ok_and(|said: u32| said >= *level)
            }
            (Some(Given::Unknown), AnswerTest::Is(among)) => among.iter().any(|id| id == "unknown"),
            _ => false,
        },
    }
}

/// An answer that is worth about as much as this. Unit: hundredths of a score.
fn answer(question: &Question, level: i64, silent: i64, random: &mut Random) -> Given {
    match random.below(100) as i64 {
        rest if rest < silent => return Given::Open,
        rest if rest < silent + 5 && !question.essential => return Given::Unknown,
        rest if rest < silent + 8 && !question.essential => {
            return Given::NotApplicable(random.one::<&str>(&REASONS));
        }
        _ => {}
    }
    let wanted = level * 100;
    let nearest = |scores: &mut dyn Iterator<Item = i64>| {
        let all: Vec<_> = scores.collect();
        (0..all.len()).min_by_key(|at| (all[*at] - wanted).abs()).unwrap_or_default()
    };
    let ids = match &question.kind {
        Kind::Maturity(choices) | Kind::Choice(choices) => {
            let scores = &mut choices.iter().map(|each| i64::from(each.score.basis_points()));
            vec![choices[nearest(scores)].id.clone()]
        }
        Kind::YesNo { yes, no } => {
            let is_better = yes > no;
            let says_yes = random.chance(level) == is_better;
            vec![if says_yes { "yes" } else { "no" }.to_owned()]
        }
        Kind::Checklist { options, exclusive } => {
            let others = (0..options.len()).filter(|at| at != exclusive);
            let ticked: Vec<_> = others.filter(|_| random.chance(level)).collect();
            let ticked = if ticked.is_empty() { vec![*exclusive] } else { ticked };
            ticked.into_iter().map(|at| options[at].id.clone()).collect()
        }
        Kind::Number { bands, .. } => {
            let at = nearest(&mut bands.iter().map(|(_, score)| i64::from(score.basis_points())));
            let from = at.checked_sub(1).and_then(|before| bands[before].0).map_or(0, |up| up + 1);
            let to = bands[at].0.unwrap_or(from + 5);
            vec![(from + random.below(u64::from(to - from) + 1) as u32).to_string()]
        }
    };
    let has_evidence = level > 20 && random.chance(level / 2);
    let evidence = has_evidence.then(|| (*random.one(&EVIDENCE)).to_owned());
    Given::Said(question.kind.key(), ids, evidence)
}
