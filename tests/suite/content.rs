//! What is shipped in `questionnaires/`, and how long it is for whom.

use crate::faults;
use gapwise::assemble::{self, Request};
use gapwise::diagnostic::Diagnostics;
use gapwise::length::{self, by_kind};
use gapwise::library::Library;
use gapwise::model::{Bank, Facts, Glossary, Profile, Question, Questionnaire};
use gapwise::raw::DocumentKind;
use gapwise::score::State;
use gapwise::validate::EvidenceFiles;
use proptest::prelude::*;
use std::sync::{Arc, LazyLock};

/// All questionnaires, banks, facts and terms.
pub(crate) struct Content {
    pub(crate) all: Vec<Arc<Questionnaire>>,
    pub(crate) banks: Vec<Arc<Bank>>,
    pub(crate) facts: Arc<Facts>,
    pub(crate) glossary: Arc<Glossary>,
}

impl Content {
    pub(crate) fn load() -> Self {
        let mut library = Library::default();
        let mut found = Diagnostics::default();
        let names = library.names(DocumentKind::Questionnaire);
        let valid = |id: &String| library.questionnaire(id, &mut found).expect("valid");
        Self {
            all: names.iter().map(valid).collect(),
            banks: library.all_banks(&mut found),
            facts: library.facts(&mut found),
            glossary: library.glossary(&mut found),
        }
    }

    pub(crate) fn questions(&self) -> impl Iterator<Item = &Question> {
        self.banks.iter().flat_map(|bank| &bank.questions)
    }

    pub(crate) fn questionnaire(&self, id: &str) -> &Arc<Questionnaire> {
        self.all.iter().find(|each| each.id == id).unwrap_or_else(|| panic!("no {id}"))
    }

    /// The questions that a questionnaire asks of a profile.
    pub(crate) fn asked<'a>(
        &self,
        questionnaire: &'a Arc<Questionnaire>,
        profile: &Profile,
    ) -> Vec<&'a Question> {
        let asked = length::asked(questionnaire, &self.facts, profile);
        asked.into_iter().map(|at| &questionnaire.questions[at]).collect()
    }
}

/// A profile from facts written as on the command line: `size=micro role=deployer,plain-user`.
pub(crate) fn profile(facts: &str) -> Profile {
    let fact = |word: &str| {
        let (name, values) = word.split_once('=').expect("fact=value");
        (name.to_owned(), values.split(',').map(str::to_owned).collect())
    };
    facts.split_whitespace().map(fact).collect()
}

/// Says all that is wrong at once.
pub(crate) fn none(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

/// Respondents as they come, in the words of their profiles.
pub(crate) const RESPONDENTS: [(&str, &str); 6] = [
    (
        "micro plain user",
        "kind=organisation size=micro ownership=private role=plain-user tech7-role=plain-user",
    ),
    (
        "deployer SME",
        "kind=organisation size=small ownership=private role=deployer,plain-user tech7-role=enterprise-implementer,plain-user personal-data=yes",
    ),
    (
        "scale-up",
        "kind=organisation size=medium ownership=private role=application-developer,plain-user tech7-role=app-builder,sector-solution-provider personal-data=yes",
    ),
    (
        "model developer",
        "kind=organisation size=large ownership=private role=model-developer,application-developer tech7-role=foundation-model-provider personal-data=yes trains-or-tunes=yes self-hosted-weights=yes",
    ),
    (
        "municipality",
        "kind=organisation size=medium ownership=public role=deployer,plain-user tech7-role=enterprise-implementer,plain-user personal-data=yes high-risk-use=yes essential-service=yes digital-identity=yes",
    ),
    (
        "ministry",
        "kind=organisation size=large ownership=public role=deployer,plain-user tech7-role=enterprise-implementer,plain-user personal-data=yes high-risk-use=yes makes-rules=yes digital-identity=yes",
    ),
];

/// The stages of the journey of a system.
pub(crate) const STAGES: [&str; 7] =
    ["framing", "ideation", "prototyping", "piloting", "scaling", "monitoring", "retirement"];

#[test]
fn a_plain_user_is_asked_sixteen_questions_whatever_else_holds() {
    let content = Content::load();
    let (fact, kinds) = by_kind(content.questionnaire("msme-first-look"), &content.facts);
    assert_eq!(fact.map(|fact| fact.id.as_str()), Some("role"));
    for each in kinds {
        let (fewest, most) = each.questions;
        match each.kind.as_deref() {
            Some("plain-user") => assert_eq!((fewest, most), (16, 16)),
            kind => assert!(fewest > 16 && most < 40, "{kind:?} gets {fewest} to {most}"),
        }
    }
}

#[test]
fn a_first_look_takes_a_quarter_of_an_hour() {
    let content = Content::load();
    let profile = profile(RESPONDENTS[0].1);
    let length = length::length(content.questionnaire("msme-first-look"), &content.facts, &profile);
    assert!((10..=15).contains(&length.minutes), "{} minutes", length.minutes);
}

#[test]
fn each_role_is_asked_a_fair_number_of_the_code() {
    let content = Content::load();
    let lengths = [
        ("model-developer", 80, 95),
        ("application-developer", 70, 90),
        ("deployer", 40, 55),
        ("plain-user", 0, 0),
    ];
    let (_, kinds) = by_kind(content.questionnaire("hiroshima-code-of-conduct"), &content.facts);
    for (role, fewest, most) in lengths {
        let found = kinds.iter().find(|each| each.kind.as_deref() == Some(role)).expect("a role");
        let (least, greatest) = found.questions;
        assert!(fewest <= least && greatest <= most, "{role} is asked {least} to {greatest}");
    }
}

#[test]
fn each_stage_has_six_to_ten_checks() {
    let content = Content::load();
    let system = content.questionnaire("public-sector-system");
    let mut wrong = Vec::new();
    for (domain, stage) in
        system.domains.iter().zip(["screening"].into_iter().chain(STAGES)).skip(1)
    {
        let checks = domain.requirements.len();
        if !(6..=10).contains(&checks) {
            wrong.push(format!("{stage}, {}: {checks} checks", domain.id));
        }
        let facts = format!("kind=system stage={stage} trains-or-tunes=yes");
        let asked = content.asked(system, &profile(&facts));
        let own = domain.requirements.iter().flat_map(|each| &each.asked_by);
        let own = own.map(|each| &system.questions[each.question].id);
        for id in own.filter(|id| !asked.iter().any(|question| question.id == **id)) {
            wrong.push(format!("{stage} does not ask {id}"));
        }
    }
    none(wrong);
}

/// How the assessment of a system ends whose screening was answered like this.
fn screened(answers: &str) -> (String, Vec<String>) {
    let text = format!(
        "gapwise: answers/1\nof: {{name: S, kind: system, stage: framing}}\n\
         profile: {{role: [deployer], size: medium}}\ndate: 2026-11-02\n\
         questionnaire: public-sector-system\nanswers: {{{answers}}}\n"
    );
    let mut library = Library::default();
    let answers = library.add("answers", text);
    let files = EvidenceFiles::new();
    let request = Request { answers, against: None, target: None, date: None, files: &files };
    let mut found = Diagnostics::default();
    let scored = assemble::assess(&mut library, &request, &mut found);
    let (assessment, scorecard) =
        scored.unwrap_or_else(|| panic!("{:?}", faults(&library, &found)));
    let questions = assessment.questionnaire.questions.iter().zip(&scorecard.states);
    let asked = questions.filter(|(question, state)| {
        question.id.as_str().starts_with("HIR-") && **state != State::NotAsked
    });
    (scorecard.verdict.word().to_owned(), asked.map(|(each, _)| each.id.to_string()).collect())
}

#[test]
fn unsure_counts_as_a_risk() {
    let quiet = "SCR-1: no, SCR-2: no, SCR-3: no, SCR-4: no, SCR-5: no";
    assert_eq!(screened(&format!("{quiet}, SCR-6: no")).1, [""; 0]);
    assert_eq!(screened(&format!("{quiet}, SCR-6: unknown")).1, ["HIR-6"]);
    assert_eq!(screened(&format!("{quiet}, SCR-6: yes")).1, ["HIR-6"]);
}

/// One that is dealt with on paper only does not make up for one that is not, and no mean does.
#[test]
fn the_worst_high_risk_holds_the_verdict() {
    let risks = "SCR-1: yes, SCR-2: no, SCR-3: no, SCR-4: yes, SCR-5: no, SCR-6: no";
    assert_eq!(screened(&format!("{risks}, HIR-1: 4, HIR-4: 1")).0, "held");
    assert_eq!(screened(&format!("{risks}, HIR-1: 4, HIR-4: unknown")).0, "held");
    assert_eq!(screened(&format!("{risks}, HIR-1: 4, HIR-4: 2")).0, "incomplete");
    assert_eq!(screened(&format!("{risks}, HIR-1: 4")).0, "incomplete");
}

/// Read once for all cases.
static CONTENT: LazyLock<Content> = LazyLock::new(Content::load);

/// Which value of each fact is stated (0: none, else by its place; of several the first ones), and
/// which facts are not yet stated when the file is begun.
fn stated(facts: &Facts, choices: &[(usize, bool)]) -> (Profile, Profile) {
    let (mut all, mut begun) = (Profile::new(), Profile::new());
    for (fact, (choice, is_known)) in facts.facts.iter().zip(choices) {
        let values = fact.values();
        let Some(value) = choice.checked_sub(1).and_then(|at| values.get(at % values.len().max(1)))
        else {
            continue;
        };
        all.insert(fact.id.clone(), vec![(*value).to_owned()]);
        if *is_known {
            begun.insert(fact.id.clone(), vec![(*value).to_owned()]);
        }
    }
    (all, begun)
}

proptest! {
    /// Whatever a respondent goes on to state, no question is asked that the file begun with less
    /// known did not hold, and no fact decides that it did not ask for.
    #[test]
    fn what_may_be_asked_is_foreseen(
        choices in proptest::collection::vec((0usize..8, any::<bool>()), 32),
    ) {
        let content = &*CONTENT;
        let (all, begun) = stated(&content.facts, &choices);
        for questionnaire in &content.all {
            let foreseen = length::possible(questionnaire, &begun);
            let asked = length::asked(questionnaire, &content.facts, &all);
            prop_assert!(asked.iter().all(|at| foreseen.contains(at)), "{}", questionnaire.id);
            let deciding = length::deciding(questionnaire, &content.facts, &begun);
            let mut known = all.clone();
            known.retain(|fact, _| {
                begun.contains_key(fact) || deciding.iter().any(|each| each.id == *fact)
            });
            let with_less = length::asked(questionnaire, &content.facts, &known);
            prop_assert_eq!(&asked, &with_less, "{}", questionnaire.id);
        }
    }
}

/// One fact that is wanted and another that must be denied: no single extreme meets both.
#[test]
fn a_question_that_needs_a_no_is_foreseen() {
    let mut library = Library::default();
    library.add("bank", "gapwise: questions/1\ntheme: mine\ntitle: T\nlanguage: en\nquestions:\n  - {id: M-1, ask: A, type: yes-no}\n");
    library.add(
        "questionnaire",
        "gapwise: questionnaire/1\nid: mine\nversion: 1.0.0\ntitle: T\nsummary: S\nlanguage: en\n\
         sources: {s: {title: S, issuer: I}}\nbanks: [mine]\ndomains:\n  - id: M\n    title: T\n    \
         requirements:\n      - id: M-A\n        statement: S\n        source: {document: s, clause: C}\n        \
         weight: 1\n        asked-by: [M-1]\n        \
         applies-when: {all: [{personal-data: [yes]}, {not: {high-risk-use: [yes]}}]}\n",
    );
    let mut found = Diagnostics::default();
    let mine = library.questionnaire("mine", &mut found).expect("valid");
    let facts = library.facts(&mut found);
    assert_eq!(length::possible(&mine, &Profile::new()), [0]);
    let deciding: Vec<_> =
        length::deciding(&mine, &facts, &Profile::new()).iter().map(|fact| &fact.id).collect();
    assert_eq!(deciding, ["personal-data", "high-risk-use"]);
    let (_, kinds) = by_kind(&mine, &facts);
    assert_eq!(kinds.iter().map(|each| each.questions).collect::<Vec<_>>(), [(0, 1)]);
}
