//! Small questionnaires with answers, made at random and written as YAML, so that a law goes the way
//! of every user: text, checks, scoring, result.

use crate::faults;
use gapwise::assemble::{Request, assess};
use gapwise::diagnostic::{Code, Diagnostics, Severity};
use gapwise::library::Library;
use gapwise::model::Assessment;
use gapwise::result::{AssessmentResult, Warning, result, warnings};
use gapwise::score::Scorecard;
use gapwise::validate::EvidenceFiles;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use std::fmt::{self, Write as _};

/// A questionnaire with its bank, target, profile and answers.
#[derive(Clone)]
pub(super) struct Case {
    /// What is stated of each fact of [`FACTS`]; bits say which of its values, none: not stated.
    pub(super) stated: [u8; FACTS.len()],
    pub(super) questions: Vec<Question>,
    pub(super) domains: Vec<Domain>,
    pub(super) target: Option<Target>,
}

/// A question with its answer.
#[derive(Clone, Debug)]
pub(super) struct Question {
    /// Its id is `Q-` and this; conditions and requirements name it by it, wherever it stands.
    pub(super) number: usize,
    pub(super) kind: Kind,
    pub(super) essential: bool,
    pub(super) when: Option<Condition>,
    pub(super) said: Said,
    pub(super) evidenced: bool,
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// How many levels there are; own scores, where they carry some.
    Maturity(usize, Option<Vec<u64>>),
    /// The scores of yes and no.
    YesNo(u64, u64),
    /// The score of each option.
    Choice(Vec<u64>),
    /// The score of each option but "none of these".
    Checklist(Vec<u64>),
    /// The scores of the bands up to 9, 19, ... and of what lies above.
    Number(Vec<u64>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    Open,
    Unknown,
    NotApplicable,
    Level(usize),
    YesNo(bool),
    Option(usize),
    /// Empty: "none of these".
    Ticked(Vec<usize>),
    Number(u64),
}

#[derive(Clone, Debug)]
pub(super) struct Domain {
    pub(super) number: usize,
    pub(super) weight: u64,
    pub(super) requirements: Vec<Requirement>,
}

#[derive(Clone, Debug)]
pub(super) struct Requirement {
    /// Its id is `R-` and this.
    pub(super) number: usize,
    /// Left out only beside a gate.
    pub(super) weight: Option<u64>,
    pub(super) gate: Option<u64>,
    pub(super) weakest: bool,
    pub(super) when: Option<Condition>,
    pub(super) asks: Vec<Ask>,
}

#[derive(Clone, Debug)]
pub(super) struct Ask {
    pub(super) question: usize,
    /// The one option of a checklist that counts here.
    pub(super) option: Option<usize>,
    pub(super) weight: u64,
}

#[derive(Clone, Debug)]
pub(super) enum Condition {
    /// A fact of [`FACTS`] has one of these values, as bits.
    Fact(usize, u8),
    AtLeastLevel(usize, usize),
    Is(usize, Vec<String>),
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
}

/// A target: its default, and what is wanted of domains by their numbers.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub(super) default: u64,
    pub(super) of_domains: Vec<(usize, u64)>,
}

impl fmt::Debug for Case {
    /// The documents, to be put in a folder and tried by hand.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let target = self.target.as_ref().map(Target::yaml).unwrap_or_default();
        let documents = [self.bank(), self.questionnaire(), target, self.answers()];
        out.write_str(&documents.join("---\n"))
    }
}

/// Facts: type, id, values.
const FACTS: [(&str, &str, &[&str]); 3] = [
    ("yes-no", "fact-a", &["yes", "no"]),
    ("many", "fact-b", &["x", "y", "z"]),
    ("one", "fact-c", &["u", "v"]),
];

impl Kind {
    /// The score of an answer; open, unknown and not applicable score nothing.
    pub(super) fn score(&self, said: &Said) -> u64 {
        match (self, said) {
            (Self::Maturity(levels, None), Said::Level(at)) => {
                let (share, rest) = (at * 10_000 / (levels - 1), at * 10_000 % (levels - 1));
                (share + usize::from(2 * rest >= levels - 1)) as u64
            }
            (Self::Maturity(_, Some(own)), Said::Level(at)) => own[*at],
            (Self::YesNo(yes, no), Said::YesNo(said)) => *if *said { yes } else { no },
            (Self::Choice(options), Said::Option(at)) => options[*at],
            (Self::Checklist(options), Said::Ticked(ticked)) => {
                ticked.iter().map(|at| options[*at]).sum::<u64>().min(10_000)
            }
            (Self::Number(bands), Said::Number(number)) => {
                bands[(*number as usize / 10).min(bands.len() - 1)]
            }
            _ => 0,
        }
    }

    /// Every answer that gives a value.
    pub(super) fn values(&self) -> Vec<Said> {
        match self {
            Self::Maturity(levels, _) => (0..*levels).map(Said::Level).collect(),
            Self::YesNo(..) => vec![Said::YesNo(true), Said::YesNo(false)],
            Self::Choice(options) => (0..options.len()).map(Said::Option).collect(),
            Self::Checklist(options) => {
                let ticked = |bits: usize| {
                    Said::Ticked((0..options.len()).filter(|at| bits >> at & 1 == 1).collect())
                };
                (0..1 << options.len()).map(ticked).collect()
            }
            Self::Number(bands) => {
                let edges = |at: u64| [10 * at, 10 * at + 9].map(Said::Number);
                (0..bands.len() as u64).flat_map(edges).collect()
            }
        }
    }

    /// What a condition may test an answer for.
    fn tokens(&self) -> Vec<String> {
        let ids: Vec<String> = match self {
            Self::Maturity(levels, _) => (0..*levels).map(|at| at.to_string()).collect(),
            Self::YesNo(..) => vec!["yes".to_owned(), "no".to_owned()],
            Self::Choice(options) => (0..options.len()).map(|at| format!("o{at}")).collect(),
            Self::Checklist(options) => (0..options.len()).map(|at| format!("o{at}")).collect(),
            Self::Number(_) => Vec::new(),
        };
        ids.into_iter().chain(["unknown".to_owned()]).collect()
    }
}

impl Condition {
    /// Whether it hangs on the answer to a question.
    pub(super) fn hangs_on(&self, number: usize) -> bool {
        match self {
            Self::Fact(..) => false,
            Self::AtLeastLevel(question, _) | Self::Is(question, _) => *question == number,
            Self::All(parts) | Self::Any(parts) => parts.iter().any(|part| part.hangs_on(number)),
            Self::Not(part) => part.hangs_on(number),
        }
    }

    fn yaml(&self) -> String {
        let list = |parts: &[Self]| parts.iter().map(Self::yaml).collect::<Vec<_>>().join(", ");
        match self {
            Self::Fact(at, bits) => {
                let (_, id, values) = FACTS[*at];
                format!("{{{id}: [{}]}}", chosen(values, *bits).join(", "))
            }
            Self::AtLeastLevel(question, level) => {
                format!("{{answer: Q-{question}, at-least-level: {level}}}")
            }
            Self::Is(question, among) => {
                format!("{{answer: Q-{question}, is: [{}]}}", among.join(", "))
            }
            Self::All(parts) => format!("{{all: [{}]}}", list(parts)),
            Self::Any(parts) => format!("{{any: [{}]}}", list(parts)),
            Self::Not(part) => format!("{{not: {}}}", part.yaml()),
        }
    }
}

fn chosen<'a>(values: &[&'a str], bits: u8) -> Vec<&'a str> {
    (0..values.len()).filter(|at| bits >> at & 1 == 1).map(|at| values[at]).collect()
}

impl Case {
    pub(super) fn requirements_mut(&mut self) -> impl Iterator<Item = &mut Requirement> {
        self.domains.iter_mut().flat_map(|domain| &mut domain.requirements)
    }

    /// The question with this number.
    pub(super) fn question(&self, number: usize) -> &Question {
        let found = self.questions.iter().find(|question| question.number == number);
        found.expect("requirements ask what there is")
    }

    /// Where the questions stand that some condition hangs on.
    pub(super) fn deciding(&self) -> Vec<usize> {
        let own = self.questions.iter().filter_map(|question| question.when.as_ref());
        let all = self.domains.iter().flat_map(|domain| &domain.requirements);
        let all: Vec<_> = own.chain(all.filter_map(|each| each.when.as_ref())).collect();
        let decides =
            |at: &usize| all.iter().any(|condition| condition.hangs_on(self.questions[*at].number));
        (0..self.questions.len()).filter(decides).collect()
    }

    /// Drops every condition that hangs on the answer to a question.
    pub(super) fn let_nothing_hang_on(&mut self, number: usize) {
        let free = |when: &mut Option<Condition>| {
            *when = when.take().filter(|condition| !condition.hangs_on(number));
        };
        self.questions.iter_mut().for_each(|question| free(&mut question.when));
        self.requirements_mut().for_each(|requirement| free(&mut requirement.when));
    }

    /// The result that the program gives. Rejected as below.
    pub(super) fn result(&self) -> Result<AssessmentResult, TestCaseError> {
        let (assessment, scorecard, warnings) = self.assessed()?;
        Ok(result(&assessment, &scorecard, &warnings))
    }

    /// What the program makes of it, with warnings. Rejected where a condition contradicts itself (Q118); any
    /// other fault is a mistake of this generator.
    pub(super) fn assessed(&self) -> Result<(Assessment, Scorecard, Vec<Warning>), TestCaseError> {
        let mut library = Library::default();
        library.add("profile.yaml", profile());
        library.add("bank.yaml", self.bank());
        library.add("questionnaire.yaml", self.questionnaire());
        if let Some(target) = &self.target {
            library.add("target.yaml", target.yaml());
        }
        let answers = library.add("answers.yaml", self.answers());
        let mut found = Diagnostics::default();
        let request = Request {
            answers,
            against: None,
            target: None,
            date: None,
            files: &EvidenceFiles::default(),
        };
        match assess(&mut library, &request, &mut found) {
            Some((assessment, scorecard)) => {
                Ok((assessment, scorecard, warnings(&library.sources, &found)))
            }
            None => {
                let errors = found.sorted();
                let errors = errors.iter().filter(|each| each.severity == Severity::Error);
                let contradictions = errors.clone().all(|each| each.code == Code::Q118);
                prop_assert!(contradictions, "{:#?}", faults(&library, &found));
                Err(TestCaseError::reject("a condition contradicts itself"))
            }
        }
    }

    fn bank(&self) -> String {
        let mut out =
            "gapwise: questions/1\ntheme: case\ntitle: Case\nlanguage: en\nquestions:\n".to_owned();
        for question in &self.questions {
            let _ = writeln!(out, "  - id: Q-{0}\n    ask: Question {0}?", question.number);
            let _ = writeln!(out, "    essential: {}", question.essential);
            if let Some(when) = &question.when {
                let _ = writeln!(out, "    applies-when: {}", when.yaml());
            }
            out.push_str(&question.kind.yaml());
        }
        out
    }

    fn questionnaire(&self) -> String {
        let mut out = "gapwise: questionnaire/1\nid: case\nversion: 1.0.0\ntitle: Case\n\
             summary: Made at random.\nlanguage: en\nbanks: [case]\n\
             sources: {law: {title: \"Laws\", issuer: \"Tests\"}}\n"
            .to_owned();
        if self.target.is_some() {
            out.push_str("target: case\n");
        }
        out.push_str("domains:\n");
        for domain in &self.domains {
            let _ = writeln!(
                out,
                "  - id: D-{0}\n    title: Domain {0}\n    weight: {1}\n    requirements:",
                domain.number, domain.weight
            );
            domain.requirements.iter().for_each(|requirement| out.push_str(&requirement.yaml()));
        }
        out
    }

    fn answers(&self) -> String {
        let mut out = "gapwise: answers/1\nof: {name: \"Case\", kind: organisation}\n\
             date: 2026-11-02\nquestionnaire: case\nprofile:\n"
            .to_owned();
        for ((_, id, values), bits) in FACTS.into_iter().zip(self.stated) {
            let _ = match chosen(values, bits).as_slice() {
                [] => writeln!(out, "  {id}:"),
                [only] => writeln!(out, "  {id}: {only}"),
                several => writeln!(out, "  {id}: [{}]", several.join(", ")),
            };
        }
        out.push_str("answers:\n");
        for question in &self.questions {
            let _ = writeln!(out, "  Q-{}: {}", question.number, question.answer());
        }
        out
    }
}

impl Question {
    fn answer(&self) -> String {
        let value = match &self.said {
            Said::Open => return String::new(),
            Said::Unknown => return "unknown".to_owned(),
            Said::NotApplicable => return "{not-applicable: \"A reason.\"}".to_owned(),
            Said::Level(level) => format!("level: {level}"),
            Said::YesNo(yes) => format!("yes-no: {}", if *yes { "yes" } else { "no" }),
            Said::Option(at) => format!("option: o{at}"),
            Said::Ticked(ticked) if ticked.is_empty() => "options: [none]".to_owned(),
            Said::Ticked(ticked) => {
                let ids: Vec<_> = ticked.iter().map(|at| format!("o{at}")).collect();
                format!("options: [{}]", ids.join(", "))
            }
            Said::Number(number) => format!("number: {number}"),
        };
        let evidence =
            if self.evidenced { ", evidence: [{title: \"Paper\", reference: \"1\"}]" } else { "" };
        format!("{{{value}{evidence}}}")
    }
}

impl Kind {
    fn yaml(&self) -> String {
        let mut out = String::new();
        let option = |(at, score): (usize, &u64)| {
            format!("      - {{id: o{at}, text: \"Option {at}\", score: {score}}}\n")
        };
        let _ = match self {
            Self::Maturity(levels, own) => {
                let level = |at: usize| match own {
                    Some(own) => format!("      - {{text: \"Level {at}.\", score: {}}}\n", own[at]),
                    None => format!("      - Level {at}.\n"),
                };
                let levels: String = (0..*levels).map(level).collect();
                writeln!(out, "    type: maturity\n    levels:\n{levels}")
            }
            Self::YesNo(yes, no) => {
                writeln!(out, "    type: yes-no\n    scores: {{yes: {yes}, no: {no}}}")
            }
            Self::Choice(options) => {
                let options: String = options.iter().enumerate().map(option).collect();
                writeln!(out, "    type: choice\n    options:\n{options}")
            }
            Self::Checklist(options) => {
                let options: String = options.iter().enumerate().map(option).collect();
                let none = "      - {id: none, text: \"None\", score: 0, exclusive: true}";
                writeln!(out, "    type: checklist\n    options:\n{options}{none}")
            }
            Self::Number(bands) => {
                let band = |(at, score): (usize, &u64)| match at + 1 == bands.len() {
                    true => format!("      - {{score: {score}}}\n"),
                    false => format!("      - {{up-to: {}, score: {score}}}\n", 10 * at + 9),
                };
                let bands: String = bands.iter().enumerate().map(band).collect();
                writeln!(out, "    type: number\n    bands:\n{bands}")
            }
        };
        out
    }
}

impl Requirement {
    fn yaml(&self) -> String {
        let mut out = format!(
            "      - id: R-{0}\n        statement: Requirement {0}.\n        \
             source: {{document: law, clause: \"1\"}}\n        aggregate: {1}\n",
            self.number,
            if self.weakest { "weakest" } else { "mean" }
        );
        if let Some(weight) = self.weight {
            let _ = writeln!(out, "        weight: {weight}");
        }
        if let Some(gate) = self.gate {
            let _ = writeln!(out, "        gate: {{at-least: {gate}}}");
        }
        if let Some(when) = &self.when {
            let _ = writeln!(out, "        applies-when: {}", when.yaml());
        }
        out.push_str("        asked-by:\n");
        for ask in &self.asks {
            let option = ask.option.map_or(String::new(), |at| format!(", option: o{at}"));
            let (question, weight) = (ask.question, ask.weight);
            let _ =
                writeln!(out, "          - {{question: Q-{question}{option}, weight: {weight}}}");
        }
        out
    }
}

impl Target {
    fn yaml(&self) -> String {
        let mut out =
            format!("gapwise: target/1\nid: case\ntitle: Case\ndefault: {}\n", self.default);
        let rule = |(domain, wanted): &(usize, u64)| {
            format!("  - {{domain: D-{domain}, at-least: {wanted}, because: \"Why.\"}}\n")
        };
        let rules: String = self.of_domains.iter().map(rule).collect();
        if !rules.is_empty() {
            out = out + "rules:\n" + &rules;
        }
        out
    }
}

fn profile() -> String {
    let mut out = "gapwise: profile/1\nfacts:\n".to_owned();
    for (kind, id, values) in FACTS {
        let _ = writeln!(out, "  - id: {id}\n    ask: Which?\n    type: {kind}");
        if kind != "yes-no" {
            out.push_str("    options:\n");
            for value in values {
                let _ = writeln!(out, "      - {{id: {value}, text: \"Value {value}\"}}");
            }
        }
    }
    out
}

/// A case with a requirement for each way of joining two tests by `all` or `any`, with and without
/// `not`. The tests: of Q-0, open; of Q-1, not known; of a fact that is not stated; of one that is
/// stated and holds, and of one that does not.
pub(super) fn joined_conditions() -> Case {
    let tests = [
        Condition::AtLeastLevel(0, 1),
        Condition::Not(Box::new(Condition::AtLeastLevel(0, 1))),
        Condition::AtLeastLevel(1, 1),
        Condition::Fact(0, 0b01),
        Condition::Fact(1, 0b001),
        Condition::Fact(2, 0b10),
    ];
    let pair = |one: &Condition, other: &Condition| {
        let parts = vec![one.clone(), other.clone()];
        let (all, any) = (Condition::All(parts.clone()), Condition::Any(parts));
        let not = |condition: &Condition| Condition::Not(Box::new(condition.clone()));
        [not(&all), not(&any), all, any]
    };
    let pairs = tests
        .iter()
        .enumerate()
        .flat_map(|(at, one)| tests[at + 1..].iter().flat_map(move |other| pair(one, other)));
    let ladder = |(number, said)| Question {
        number,
        kind: Kind::Maturity(3, None),
        essential: false,
        when: None,
        said,
        evidenced: false,
    };
    let requirement = |(number, when): (usize, Option<Condition>)| Requirement {
        number,
        weight: Some(1),
        gate: None,
        weakest: false,
        when,
        asks: vec![Ask { question: number, option: None, weight: 1 }],
    };
    // are asked of everyone, each other question under a condition of its own. Where
    // `not` makes two tests of one answer contradict each other, the program would say so.
    let contradicts = |condition: &Condition| match condition {
        Condition::All(parts) => parts.iter().all(|part| part.hangs_on(0)),
        Condition::Not(part) => {
            matches!(&**part, Condition::Any(parts) if parts.iter().all(|part| part.hangs_on(0)))
        }
        _ => false,
    };
    let conditions = pairs.filter(|condition| !contradicts(condition)).map(Some);
    let whens: Vec<_> = [None, None].into_iter().chain(conditions).collect();
    let said = [Said::Open, Said::Unknown].into_iter().chain(std::iter::repeat(Said::Level(1)));
    Case {
        // Fact 0 is not stated, fact 1 is `x`, fact 2 is `u`.
        stated: [0, 0b001, 0b01],
        questions: said.take(whens.len()).enumerate().map(ladder).collect(),
        domains: vec![Domain {
            number: 0,
            weight: 1,
            requirements: whens.into_iter().enumerate().map(requirement).collect(),
        }],
        target: None,
    }
}

/// A score in a bank or target; round ones meet edges and ties more often.
fn score() -> impl Strategy<Value = u64> {
    prop_oneof![Just(0), Just(10_000), (0..=20u64).prop_map(|at| at * 500), 0..=10_000u64]
}

fn kind() -> impl Strategy<Value = Kind> {
    let rising = |mut scores: Vec<u64>| {
        scores.sort_unstable();
        scores
    };
    prop_oneof![
        4 => (2..=6usize).prop_map(|levels| Kind::Maturity(levels, None)),
        1 => prop::collection::vec(score(), 2..=5)
            .prop_map(move |own| Kind::Maturity(own.len(), Some(rising(own)))),
        2 => Just(Kind::YesNo(10_000, 0)),
        1 => (score(), score()).prop_map(|(yes, no)| Kind::YesNo(yes, no)),
        2 => prop::collection::vec(score(), 2..=4).prop_map(Kind::Choice),
        2 => prop::collection::vec(score(), 1..=3).prop_map(Kind::Checklist),
        1 => prop::collection::vec(score(), 1..=3).prop_map(Kind::Number),
    ]
}

/// A condition before it is known which questions there are.
#[derive(Clone, Debug)]
enum Sketch {
    Fact(usize, u8),
    Answer(usize, usize),
    All(Vec<Sketch>),
    Any(Vec<Sketch>),
    Not(Box<Sketch>),
}

fn sketch() -> impl Strategy<Value = Sketch> {
    let leaf = prop_oneof![
        1 => (0..FACTS.len(), 1..8u8).prop_map(|(at, bits)| Sketch::Fact(at, bits)),
        4 => (0..64usize, 0..64usize).prop_map(|(at, test)| Sketch::Answer(at, test)),
    ];
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..=3).prop_map(Sketch::All),
            prop::collection::vec(inner.clone(), 1..=3).prop_map(Sketch::Any),
            inner.prop_map(|part| Sketch::Not(Box::new(part))),
        ]
    })
}

impl Sketch {
    /// The condition over the questions before one; over a fact where there are none.
    fn settle(&self, before: &[Question]) -> Condition {
        let each = |parts: &[Self]| parts.iter().map(|part| part.settle(before)).collect();
        match self {
            Self::Fact(at, bits) => {
                // At least one value that the fact has.
                let all = (1u8 << FACTS[*at].2.len()) - 1;
                Condition::Fact(*at, Some(bits & all).filter(|bits| *bits > 0).unwrap_or(1))
            }
            Self::Answer(at, test) if before.is_empty() => {
                Self::Fact(at % FACTS.len(), *test as u8).settle(before)
            }
            Self::Answer(at, test) => {
                let question = &before[at % before.len()];
                match &question.kind {
                    Kind::Maturity(levels, _) if test % 3 > 0 => {
                        Condition::AtLeastLevel(question.number, 1 + test % (levels - 1))
                    }
                    kind => {
                        let tokens = kind.tokens();
                        let first = test % tokens.len();
                        let among = [first, (first + test / 8) % tokens.len()];
                        let mut among: Vec<_> =
                            among.into_iter().map(|at| tokens[at].clone()).collect();
                        among.dedup();
                        Condition::Is(question.number, among)
                    }
                }
            }
            Self::All(parts) => Condition::All(each(parts)),
            Self::Any(parts) => Condition::Any(each(parts)),
            Self::Not(part) => Condition::Not(Box::new(part.settle(before))),
        }
    }
}

/// Which answer is given: open, unknown, not applicable or one of the values.
#[derive(Clone, Debug)]
pub(super) enum Pick {
    Open,
    Unknown,
    NotApplicable,
    Value(usize),
}

impl Pick {
    pub(super) fn of(&self, kind: &Kind) -> Said {
        match self {
            Self::Open => Said::Open,
            Self::Unknown => Said::Unknown,
            Self::NotApplicable => Said::NotApplicable,
            Self::Value(at) => {
                let values = kind.values();
                values[at % values.len()].clone()
            }
        }
    }
}

/// An answer that is not open.
pub(super) fn answered() -> impl Strategy<Value = Pick> {
    prop_oneof![
        1 => Just(Pick::Unknown),
        1 => Just(Pick::NotApplicable),
        4 => (0..64usize).prop_map(Pick::Value),
    ]
}

fn pick() -> impl Strategy<Value = Pick> {
    prop_oneof![3 => Just(Pick::Open), 7 => answered()]
}

type SketchedQuestion = (Kind, bool, Option<Sketch>, Pick, bool);

fn question() -> impl Strategy<Value = SketchedQuestion> {
    let essential = prop::bool::weighted(0.2);
    let when = prop::option::weighted(0.5, sketch());
    (kind(), essential, when, pick(), any::<bool>())
}

#[derive(Clone, Debug)]
struct SketchedRequirement {
    weight: u64,
    /// The gate, and whether its weight is left out.
    gate: Option<(u64, bool)>,
    weakest: bool,
    when: Option<Sketch>,
    /// Question, option, weight.
    asks: Vec<(usize, usize, u64)>,
}

fn requirement() -> impl Strategy<Value = SketchedRequirement> {
    let gate = prop::option::weighted(0.2, (score(), any::<bool>()));
    let asks = prop::collection::vec((0..64usize, 0..8usize, 0..=5u64), 1..=4);
    let when = prop::option::weighted(0.4, sketch());
    (0..=5u64, gate, prop::bool::weighted(0.3), when, asks).prop_map(
        |(weight, gate, weakest, when, asks)| SketchedRequirement {
            weight,
            gate,
            weakest,
            when,
            asks,
        },
    )
}

/// A questionnaire with answers that the program accepts, but for conditions that contradict
/// themselves.
pub(super) fn case() -> impl Strategy<Value = Case> {
    let domain = (0..=5u64, prop::collection::vec(requirement(), 1..=3));
    (
        [0..4u8, 0..8u8, 0..3u8],
        prop::collection::vec(question(), 1..=7),
        prop::collection::vec(domain, 1..=3),
        prop::option::weighted(0.8, (score(), prop::option::of((0..3usize, score())))),
    )
        .prop_map(|([a, b, c], questions, domains, target)| {
            let questions = settled_questions(questions);
            let mut case = Case {
                // A yes-no fact has one value.
                stated: [a.min(2), b, c],
                domains: settled_domains(domains, &questions),
                questions,
                target: target.map(|(default, rule)| Target {
                    default,
                    of_domains: rule.into_iter().collect(),
                }),
            };
            gates_cannot_be_avoided(&mut case);
            case
        })
}

fn settled_questions(sketched: Vec<SketchedQuestion>) -> Vec<Question> {
    let mut questions: Vec<Question> = Vec::new();
    for (kind, essential, when, pick, evidenced) in sketched {
        let when = when.map(|sketch| sketch.settle(&questions));
        let said = pick.of(&kind);
        let number = questions.len();
        questions.push(Question { number, kind, essential, when, said, evidenced });
    }
    questions
}

fn settled_domains(
    sketched: Vec<(u64, Vec<SketchedRequirement>)>,
    questions: &[Question],
) -> Vec<Domain> {
    let mut unasked: Vec<usize> = (0..questions.len()).collect();
    let mut left: usize = sketched.iter().map(|(_, requirements)| requirements.len()).sum();
    let mut domains = Vec::new();
    for (number, (weight, sketched)) in sketched.into_iter().enumerate() {
        let mut requirements = Vec::new();
        for (at, sketched) in sketched.into_iter().enumerate() {
            let mut asks: Vec<Ask> = Vec::new();
            // A requirement with a condition leaves the earlier questions for it to hang on.
            let first = if sketched.when.is_some() { questions.len() / 2 } else { 0 };
            for (question, option, weight) in sketched.asks {
                let question = first + question % (questions.len() - first);
                let option = match &questions[question].kind {
                    Kind::Checklist(options) => Some(option).filter(|at| *at < options.len()),
                    _ => None,
                };
                if asks.iter().all(|ask| ask.question != question) {
                    asks.push(Ask { question, option, weight });
                }
            }
            unasked.retain(|question| asks.iter().all(|ask| ask.question != *question));
            left -= 1;
            if left == 0 {
                // Every question is asked by someone.
                let rest = unasked.drain(..);
                asks.extend(rest.map(|question| Ask { question, option: None, weight: 1 }));
            }
            let first = asks.iter().map(|ask| ask.question).min().unwrap_or(0);
            requirements.push(Requirement {
                number: 10 * number + at,
                weight: match sketched.gate {
                    Some((_, true)) => None,
                    _ => Some(sketched.weight),
                },
                gate: sketched.gate.map(|(at_least, _)| at_least),
                weakest: sketched.weakest,
                when: sketched.when.map(|sketch| sketch.settle(&questions[..first])),
                asks,
            });
        }
        domains.push(Domain { number, weight, requirements });
    }
    domains
}

/// Questions behind gates are essential, one of them weighs something, and no essential question is
/// answered "not applicable": the rules Q109, Q124 and A106.
pub(super) fn gates_cannot_be_avoided(case: &mut Case) {
    let mut essential = Vec::new();
    for requirement in case.requirements_mut().filter(|requirement| requirement.gate.is_some()) {
        essential.extend(requirement.asks.iter().map(|ask| ask.question));
        if requirement.asks.iter().all(|ask| ask.weight == 0) {
            requirement.asks[0].weight = 1;
        }
    }
    for question in &mut case.questions {
        question.essential |= essential.contains(&question.number);
        if question.essential && question.said == Said::NotApplicable {
            question.said = Said::Unknown;
        }
    }
}
