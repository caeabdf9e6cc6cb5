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
use std::sync::Arc;

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
        let (fewest, most) = (each.fewest.questions, each.most.questions);
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
        let (least, greatest) = (found.fewest.questions, found.most.questions);
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
        for other in STAGES {
            let asked = content
                .asked(system, &profile(&format!("kind=system stage={other} trains-or-tunes=yes")));
            let own = domain.requirements.iter().flat_map(|each| &each.asked_by);
            let asks_all = own
                .map(|each| &system.questions[each.question].id)
                .all(|id| asked.iter().any(|question| question.id == *id));
            if asks_all != (other == stage) && other == stage {
                wrong.push(format!("{stage} does not ask all of {}", domain.id));
            }
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
