//! All that a renderer may show, already put into words and order. A renderer adds layout only.

mod finding;
mod words;

pub use finding::{FindingWords, StepWords};
pub use words::FigureWords;

use crate::diagnostic::Diagnostics;
use crate::model::{
    Assessment, Claim, Fact, FactKind, Kind, Place, QuestionIndex, Requirement, Value,
};
use crate::result::{ENGINE, METHOD, clause};
use crate::score::{
    FirstAction, GateState, Item, RequirementScore, Scorecard, State, Verdict, trace,
};
use crate::source::{Sources, visible};
use serde::Serialize;
use std::collections::BTreeSet;

/// A gap report.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// Who or what is assessed.
    pub name: String,
    /// `organisation` or `system`.
    pub kind: String,
    /// The date of the assessment.
    pub date: String,
    /// The language of the questionnaire, as `en`.
    pub language: String,
    /// The language that the respondent writes in, where it is another.
    pub answer_language: Option<String>,
    /// The questionnaire.
    pub questionnaire: QuestionnaireWords,
    /// clear, held or incomplete.
    pub verdict: String,
    /// What the verdict means here.
    pub verdict_sentence: String,
    /// The overall figures.
    pub overall: FigureWords,
    /// What a reader must know before the figures.
    pub alerts: Vec<String>,
    /// How many questions are in each state.
    pub counts: CountWords,
    /// Gates that failed.
    pub failed_gates: Vec<GateWords>,
    /// Gates that open questions decide.
    pub open_gates: Vec<GateWords>,
    /// How many gates passed.
    pub passed_gates: usize,
    /// What to do first.
    pub first_actions: Vec<FirstActionWords>,
    /// The domains with everything asked.
    pub domains: Vec<DomainWords>,
    /// Requirements below target, in the order in which to deal with them.
    pub findings: Vec<FindingWords>,
    /// Requirements that open answers could bring to their target.
    pub still_open: Vec<StillOpenWords>,
    /// Open questions.
    pub open: Vec<QuestionNote>,
    /// Questions answered with "don't know".
    pub unknown: Vec<QuestionNote>,
    /// Questions said not to apply, with the reason.
    pub not_applicable: Vec<QuestionNote>,
    /// Requirements that do not apply to this profile, and why.
    pub not_asked: Vec<QuestionNote>,
    /// Requirements that are listed and not asked, and why.
    pub listed: Vec<QuestionNote>,
    /// Facts that are not stated.
    pub not_stated: Vec<QuestionNote>,
    /// What is stated of the organisation.
    pub profile: Vec<Pair>,
    /// Who answered.
    pub respondents: Vec<String>,
    /// The source texts.
    pub sources: Vec<String>,
    /// What the weights come from.
    pub weights: Vec<Pair>,
    /// The named bands of scores.
    pub scale: Vec<Pair>,
    /// The target; `None` where there is none.
    pub target: Option<TargetWords>,
    /// Digests of all that went in.
    pub digests: Vec<Pair>,
    /// Warnings about the input.
    pub warnings: Vec<String>,
    /// Terms that the questions use.
    pub terms: Vec<Pair>,
    /// Name and version of this program.
    pub engine: String,
    /// Edition of the scoring method.
    pub method: u32,
}

/// A questionnaire in words.
#[derive(Clone, Debug, Serialize)]
pub struct QuestionnaireWords {
    /// The id.
    pub id: String,
    /// The title.
    pub title: String,
    /// The version.
    pub version: String,
    /// What it is for.
    pub summary: String,
    /// Its limits.
    pub notice: Option<String>,
}

/// Counts of questions.
#[derive(Clone, Debug, Serialize)]
pub struct CountWords {
    /// Asked of this respondent.
    pub asked: usize,
    /// Answered.
    pub answered: usize,
    /// "Don't know".
    pub unknown: usize,
    /// Not answered yet.
    pub open: usize,
    /// Said not to apply.
    pub not_applicable: usize,
    /// Ruled out by a condition.
    pub not_asked: usize,
}

/// A name and what belongs to it.
#[derive(Clone, Debug, Serialize)]
pub struct Pair {
    /// The name.
    pub name: String,
    /// What belongs to it.
    pub value: String,
}

/// A gate that is not passed.
#[derive(Clone, Debug, Serialize)]
pub struct GateWords {
    /// The requirement.
    pub id: String,
    /// What must hold.
    pub statement: String,
    /// Where the source asks for it.
    pub clause: String,
    /// What was answered.
    pub answers: Vec<AnswerWords>,
    /// What to do.
    pub steps: Vec<StepWords>,
}

/// One of the things to do first.
#[derive(Clone, Debug, Serialize)]
pub struct FirstActionWords {
    /// What to do.
    pub action: String,
    /// The question that it moves.
    pub question: String,
    /// The requirement that it serves.
    pub requirement: Option<String>,
    /// Estimated effort, in words.
    pub effort: Option<String>,
    /// Questions that come before.
    pub after: Vec<String>,
}

/// A domain with everything asked in it.
#[derive(Clone, Debug, Serialize)]
pub struct DomainWords {
    /// The id.
    pub id: String,
    /// The title.
    pub title: String,
    /// What it weighs.
    pub weight: u64,
    /// Its figures.
    pub figures: FigureWords,
    /// The arithmetic of its score.
    pub arithmetic: String,
    /// The requirements that are asked.
    pub requirements: Vec<RequirementWords>,
}

/// A requirement with everything asked in it.
#[derive(Clone, Debug, Serialize)]
pub struct RequirementWords {
    /// The id.
    pub id: String,
    /// What is asked for.
    pub statement: String,
    /// Where the source asks for it.
    pub clause: String,
    /// The source's own limits, as `as appropriate`.
    pub qualifier: Option<String>,
    /// What it weighs, and why.
    pub weight: String,
    /// Its figures.
    pub figures: FigureWords,
    /// Where it is a gate: how it stands.
    pub gate: Option<String>,
    /// Its questions with their answers.
    pub answers: Vec<AnswerWords>,
    /// The arithmetic of its score.
    pub arithmetic: String,
}

/// A question with its answer.
#[derive(Clone, Debug, Serialize)]
pub struct AnswerWords {
    /// The id.
    pub id: String,
    /// The question.
    pub ask: String,
    /// answered, unknown, open, not-applicable or not-asked.
    pub state: String,
    /// The answer in words.
    pub said: String,
    /// What it scores here, two decimals.
    pub score: Option<String>,
    /// What it weighs here.
    pub weight: u64,
    /// What supports it.
    pub evidence: Vec<EvidenceWords>,
    /// A remark.
    pub note: Option<String>,
    /// The function of the person who answered.
    pub by: Option<String>,
    /// Whether it may be shown to outsiders.
    pub public: bool,
}

/// What supports an answer.
#[derive(Clone, Debug, Serialize)]
pub struct EvidenceWords {
    /// What it is.
    pub title: String,
    /// Where it is, in words.
    pub place: String,
    /// The address, where it is a link.
    pub link: Option<String>,
    /// Of the file, where it was at hand.
    pub sha256: Option<String>,
    /// A file that was not at hand.
    pub missing: bool,
}

/// A requirement that open answers could bring to its target.
#[derive(Clone, Debug, Serialize)]
pub struct StillOpenWords {
    /// The id.
    pub id: String,
    /// What is asked for.
    pub statement: String,
    /// From worst to best.
    pub range: String,
    /// What is wanted.
    pub target: String,
}

/// An id, its text, and a remark.
#[derive(Clone, Debug, Serialize)]
pub struct QuestionNote {
    /// The id.
    pub id: String,
    /// Its text.
    pub text: String,
    /// A reason or a remark; may be empty.
    pub note: String,
}

/// A target in words.
#[derive(Clone, Debug, Serialize)]
pub struct TargetWords {
    /// The id.
    pub id: String,
    /// The title.
    pub title: String,
    /// Why these scores are wanted here.
    pub reasons: Vec<Pair>,
}

/// Puts an assessment and its figures into words.
pub fn report(
    assessment: &Assessment,
    scorecard: &Scorecard,
    sources: &Sources,
    found: &Diagnostics,
) -> Report {
    let (questionnaire, answers) = (&assessment.questionnaire, &assessment.answers);
    let writer = Writer { assessment, scorecard, has_evidence: has_evidence(scorecard) };
    let counts = scorecard.counts;
    Report {
        name: shown(&answers.of.name),
        kind: answers.of.kind.clone(),
        date: answers.date.clone(),
        language: questionnaire.language.clone(),
        answer_language: answers
            .language
            .clone()
            .filter(|language| *language != questionnaire.language),
        questionnaire: QuestionnaireWords {
            id: questionnaire.id.clone(),
            title: questionnaire.title.clone(),
            version: questionnaire.version.clone(),
            summary: questionnaire.summary.clone(),
            notice: questionnaire.notice.clone(),
        },
        verdict: scorecard.verdict.word().to_owned(),
        verdict_sentence: writer.verdict_sentence(),
        overall: writer.figures(&scorecard.overall),
        alerts: writer.alerts(),
        counts: CountWords {
            asked: counts.asked(),
            answered: counts.answered,
            unknown: counts.unknown,
            open: counts.open,
            not_applicable: counts.not_applicable,
            not_asked: counts.not_asked,
        },
        failed_gates: writer.gates(GateState::Failed),
        open_gates: writer.gates(GateState::Open),
        passed_gates: writer.count_gates(GateState::Passed),
        first_actions: writer.first_actions(),
        domains: writer.domains(),
        findings: writer.findings(),
        still_open: writer.still_open(),
        open: writer.questions_in(|state| matches!(state, State::Open { .. })),
        unknown: writer.questions_in(|state| state == State::Unknown),
        not_applicable: writer.questions_in(|state| state == State::NotApplicable),
        not_asked: writer.not_asked(),
        listed: writer.listed(),
        not_stated: writer.not_stated(),
        profile: writer.profile(),
        respondents: writer.respondents(),
        sources: writer.sources(),
        weights: writer.weights(),
        scale: writer.scale(),
        target: writer.target(),
        digests: writer.digests(),
        warnings: warnings(sources, found),
        terms: writer.terms(),
        engine: ENGINE.to_owned(),
        method: METHOD,
    }
}

/// A text of the respondent, with what cannot be seen spelt out.
fn shown(text: &str) -> String {
    visible(text).trim_end().to_owned()
}

fn has_evidence(scorecard: &Scorecard) -> bool {
    scorecard.requirements().any(|(_, each)| each.items.iter().any(|item| item.evidenced))
}

fn warnings(sources: &Sources, found: &Diagnostics) -> Vec<String> {
    let one = |each: &crate::diagnostic::Diagnostic| {
        let message = visible(&each.message);
        match &each.primary {
            Some(label) => format!(
                "{}: {message} (line {})",
                each.code.id(),
                sources.position(label.span).line
            ),
            None => format!("{}: {message}", each.code.id()),
        }
    };
    found.sorted().into_iter().map(one).collect()
}

/// What all parts of the report are written from.
struct Writer<'a> {
    assessment: &'a Assessment,
    scorecard: &'a Scorecard,
    has_evidence: bool,
}

impl Writer<'_> {
    fn requirement(&self, place: (usize, usize)) -> &Requirement {
        &self.assessment.questionnaire.domains[place.0].requirements[place.1]
    }

    fn verdict_sentence(&self) -> String {
        let counts = self.scorecard.counts;
        match self.scorecard.verdict {
            Verdict::Held => {
                let failed = self.count_gates(GateState::Failed);
                let gates = if failed == 1 {
                    "One ground rule is".to_owned()
                } else {
                    format!("{failed} ground rules are")
                };
                format!("{gates} not kept. Whatever the score, put this right first.")
            }
            Verdict::Incomplete if counts.asked() == 0 => {
                "Nothing in this questionnaire applies to the profile given.".to_owned()
            }
            Verdict::Incomplete => format!(
                "{} of {} questions are still open. The score counts them as 0 until they are answered.",
                counts.open,
                counts.asked()
            ),
            Verdict::Clear if self.count_gates(GateState::Passed) == 0 => {
                "Every question is answered.".to_owned()
            }
            Verdict::Clear => {
                "Every question is answered, and no ground rule is broken.".to_owned()
            }
        }
    }

    fn alerts(&self) -> Vec<String> {
        let mut alerts = Vec::new();
        let counts = self.scorecard.counts;
        if counts.many_not_applicable() {
            let all = counts.asked() + counts.not_applicable;
            alerts.push(format!(
                "{} of the {all} questions that could apply were set to \"not applicable\". Read the reasons before you compare this score.",
                counts.not_applicable
            ));
        }
        if let Some(answered) = Some(&self.assessment.answers.questionnaire)
            .filter(|id| **id != self.assessment.questionnaire.id)
        {
            alerts.push(format!("The answers were given to the questionnaire {answered} and are scored here under another one."));
        }
        let left_out: usize = self.scorecard.not_stated.iter().map(|(_, count)| count).sum();
        if left_out > 0 {
            alerts.push("Some facts are not stated, so questions that hang on them were not asked. See \"Not stated\".".to_owned());
        }
        alerts
    }

    fn count_gates(&self, wanted: GateState) -> usize {
        self.scorecard.requirements().filter(|(_, each)| each.gate == Some(wanted)).count()
    }

    fn gates(&self, wanted: GateState) -> Vec<GateWords> {
        let is_wanted =
            |(_, score): &((usize, usize), &RequirementScore)| score.gate == Some(wanted);
        let gate = |(place, score): ((usize, usize), &RequirementScore)| {
            let requirement = self.requirement(place);
            let finding =
                self.scorecard.gaps.findings.iter().find(|finding| finding.place == place);
            GateWords {
                id: requirement.id.to_string(),
                statement: requirement.statement.clone(),
                clause: clause(self.assessment, requirement),
                answers: score.items.iter().map(|item| self.answer(item)).collect(),
                steps: finding.map(|finding| self.steps(finding)).unwrap_or_default(),
            }
        };
        self.scorecard.requirements().filter(is_wanted).map(gate).collect()
    }

    fn first_actions(&self) -> Vec<FirstActionWords> {
        let one = |action: &FirstAction| match action {
            FirstAction::Step(step, place) => {
                let words = self.step(*step);
                FirstActionWords {
                    action: words.action,
                    question: words.question,
                    requirement: Some(self.requirement(*place).id.to_string()),
                    effort: words.effort,
                    after: words.after,
                }
            }
            FirstAction::Answer(at) => {
                let question = &self.assessment.questionnaire.questions[*at];
                FirstActionWords {
                    action: format!("Answer: {}", question.ask),
                    question: question.id.to_string(),
                    requirement: None,
                    effort: None,
                    after: Vec::new(),
                }
            }
        };
        self.scorecard.gaps.first_actions.iter().map(one).collect()
    }

    fn domains(&self) -> Vec<DomainWords> {
        let domains = self.assessment.questionnaire.domains.iter().zip(&self.scorecard.domains);
        let one = |(at, (domain, score)): (
            usize,
            (&crate::model::Domain, &crate::score::DomainScore),
        )| DomainWords {
            id: domain.id.to_string(),
            title: domain.title.clone(),
            weight: domain.weight.get(),
            figures: self.figures(&score.figures),
            arithmetic: trace::domain(self.assessment, self.scorecard, at).arithmetic(),
            requirements: (0..domain.requirements.len())
                .filter(|of| {
                    score.requirements[*of].items.iter().any(|item| item.state != State::NotAsked)
                })
                .map(|of| self.requirement_words((at, of)))
                .collect(),
        };
        domains.enumerate().map(one).collect()
    }

    fn requirement_words(&self, place: (usize, usize)) -> RequirementWords {
        let requirement = self.requirement(place);
        let score = &self.scorecard.domains[place.0].requirements[place.1];
        let weight = requirement.weight.get();
        RequirementWords {
            id: requirement.id.to_string(),
            statement: requirement.statement.clone(),
            clause: clause(self.assessment, requirement),
            qualifier: Some(requirement.qualifiers.join(", ")).filter(|words| !words.is_empty()),
            weight: match (&requirement.strength, score.gate) {
                (Some(strength), _) => format!("{weight} ({strength})"),
                (None, Some(_)) => "gate, in no mean".to_owned(),
                (None, None) => weight.to_string(),
            },
            figures: self.figures(&score.figures),
            gate: score.gate.map(|state| state.word().to_owned()),
            answers: score.items.iter().map(|item| self.answer(item)).collect(),
            arithmetic: trace::requirement(self.assessment, self.scorecard, place).arithmetic(),
        }
    }

    fn answer(&self, item: &Item) -> AnswerWords {
        let question = &self.assessment.questionnaire.questions[item.question];
        let answer = self.assessment.answer(item.question);
        AnswerWords {
            id: question.id.to_string(),
            ask: question.ask.clone(),
            state: item.state.word().to_owned(),
            said: self.said(item),
            score: item.score.map(|score| score.exact()),
            weight: item.weight.get(),
            evidence: answer.evidence.iter().map(evidence).collect(),
            note: answer.note.as_deref().map(shown),
            by: answer.by.as_deref().map(shown),
            public: answer.public,
        }
    }

    /// The answer in words.
    fn said(&self, item: &Item) -> String {
        let question = &self.assessment.questionnaire.questions[item.question];
        let choices = question.kind.choices();
        match (item.state, &self.assessment.answer(item.question).claim) {
            (State::Open { hangs_on: Some(on) }, _) => {
                format!("Open until {} is answered", self.assessment.questionnaire.questions[on].id)
            }
            (State::Open { .. }, _) | (_, Claim::Open) => "Not answered yet".to_owned(),
            (State::NotAsked, _) => "Not asked of this profile".to_owned(),
            (_, Claim::Unknown) => "Don't know".to_owned(),
            (_, Claim::NotApplicable(reason)) => format!("Not applicable: {}", shown(reason)),
            (_, Claim::Value(value)) => match (value, item.option) {
                (Value::Options(ticked), Some(option)) => {
                    let mark = if ticked.contains(&option) { "Ticked" } else { "Not ticked" };
                    format!("{mark}: {}", choices[option].text)
                }
                (Value::Options(ticked), None) => ticked
                    .iter()
                    .map(|at| choices[*at].text.as_str())
                    .collect::<Vec<_>>()
                    .join("; "),
                (Value::Level(level), _) => {
                    format!("Level {level} of {}: {}", choices.len() - 1, choices[*level].text)
                }
                (Value::Option(at), _) => choices[*at].text.clone(),
                (Value::YesNo(yes), _) => if *yes { "Yes" } else { "No" }.to_owned(),
                (Value::Number(number), _) => match &question.kind {
                    Kind::Number { unit: Some(unit), .. } => format!("{number} {unit}"),
                    _ => number.to_string(),
                },
            },
        }
    }

    fn still_open(&self) -> Vec<StillOpenWords> {
        let one = |place: &(usize, usize)| {
            let requirement = self.requirement(*place);
            let figures =
                self.figures(&self.scorecard.domains[place.0].requirements[place.1].figures);
            StillOpenWords {
                id: requirement.id.to_string(),
                statement: requirement.statement.clone(),
                range: figures.range,
                target: figures.target.unwrap_or_default(),
            }
        };
        self.scorecard.gaps.still_open.iter().map(one).collect()
    }

    fn questions_in(&self, wanted: impl Fn(State) -> bool) -> Vec<QuestionNote> {
        let questions = &self.assessment.questionnaire.questions;
        let note = |at: QuestionIndex| match (
            self.scorecard.states[at],
            &self.assessment.answer(at).claim,
        ) {
            (State::Open { hangs_on: Some(on) }, _) => {
                format!("open until {} is answered", questions[on].id)
            }
            (_, Claim::NotApplicable(reason)) => shown(reason),
            _ => String::new(),
        };
        (0..questions.len())
            .filter(|at| wanted(self.scorecard.states[*at]))
            .map(|at| QuestionNote {
                id: questions[at].id.to_string(),
                text: questions[at].ask.clone(),
                note: note(at),
            })
            .collect()
    }

    /// Requirements of which nothing is asked because of the profile.
    fn not_asked(&self) -> Vec<QuestionNote> {
        let is_left_out = |score: &RequirementScore| {
            !score.items.is_empty() && score.items.iter().all(|item| item.state == State::NotAsked)
        };
        let one = |(place, score): ((usize, usize), &RequirementScore)| {
            let requirement = self.requirement(place);
            let note = requirement
                .applies_when
                .as_ref()
                .map(|condition| words::condition(condition, &self.assessment.facts));
            is_left_out(score).then(|| QuestionNote {
                id: requirement.id.to_string(),
                text: requirement.statement.clone(),
                note: note.map(|words| format!("asked where {words}")).unwrap_or_default(),
            })
        };
        self.scorecard.requirements().filter_map(one).collect()
    }

    fn listed(&self) -> Vec<QuestionNote> {
        let one = |requirement: &Requirement| {
            Some(QuestionNote {
                id: requirement.id.to_string(),
                text: requirement.statement.clone(),
                note: requirement.listed.clone()?,
            })
        };
        self.assessment.questionnaire.requirements().filter_map(|(_, each)| one(each)).collect()
    }

    fn not_stated(&self) -> Vec<QuestionNote> {
        let one = |(id, count): &(String, usize)| {
            let ask = self.assessment.facts.get(id).map_or(String::new(), |fact| fact.ask.clone());
            let note = match count {
                0 => "left out no question".to_owned(),
                1 => "left out 1 question".to_owned(),
                _ => format!("left out {count} questions"),
            };
            QuestionNote { id: id.clone(), text: ask, note }
        };
        self.scorecard.not_stated.iter().map(one).collect()
    }

    fn profile(&self) -> Vec<Pair> {
        let words = |fact: &Fact| {
            let stated = self.assessment.answers.profile.get(&fact.id)?;
            let words: Vec<_> = stated
                .iter()
                .map(|value| {
                    if fact.kind == FactKind::Text {
                        shown(value)
                    } else {
                        fact.words(value).to_owned()
                    }
                })
                .collect();
            Some(Pair { name: fact.ask.clone(), value: words.join(" · ") })
        };
        self.assessment.facts.facts.iter().filter_map(words).collect()
    }

    fn respondents(&self) -> Vec<String> {
        let one = |each: &crate::model::Respondent| match &each.name {
            Some(name) => format!("{}, {}", shown(name), shown(&each.function)),
            None => shown(&each.function),
        };
        self.assessment.answers.by.iter().map(one).collect()
    }

    fn sources(&self) -> Vec<String> {
        let one = |source: &crate::model::SourceText| {
            let mut words = format!("{}: {}", source.issuer, source.title);
            for more in [&source.date, &source.nature].into_iter().flatten() {
                words = format!("{words}, {more}");
            }
            words
        };
        self.assessment.questionnaire.sources.iter().map(one).collect()
    }

    fn weights(&self) -> Vec<Pair> {
        let one = |(name, weight): &(String, crate::model::Weight)| Pair {
            name: name.clone(),
            value: weight.get().to_string(),
        };
        self.assessment.questionnaire.strengths.iter().map(one).collect()
    }

    fn scale(&self) -> Vec<Pair> {
        let levels = self.assessment.questionnaire.scale.levels();
        let ends = levels.iter().skip(1).map(|next| next.from.basis_points() - 1).chain([10_000]);
        let bound = |bp: u16| crate::model::Score::saturating(u64::from(bp)).exact();
        let one = |(level, end): (&crate::model::Level, u16)| Pair {
            name: level.name.clone(),
            value: format!("{} to {}", level.from.exact(), bound(end)),
        };
        levels.iter().zip(ends).map(one).collect()
    }

    fn target(&self) -> Option<TargetWords> {
        let target = self.assessment.target.as_ref()?;
        let for_profile = target.for_profile(&self.assessment.answers.profile);
        let mut reasons: Vec<Pair> = Vec::new();
        for (domain, requirement) in self.assessment.questionnaire.requirements() {
            let (wanted, rule) = for_profile.of(&domain.id, &requirement.id);
            let value =
                rule.map_or("No rule matches, so the default holds.", |rule| rule.because.as_str());
            let name = wanted.exact();
            if !reasons.iter().any(|pair| pair.name == name && pair.value == value) {
                reasons.push(Pair { name, value: value.to_owned() });
            }
        }
        Some(TargetWords { id: target.id.clone(), title: target.title.clone(), reasons })
    }

    fn digests(&self) -> Vec<Pair> {
        let questionnaire = &self.assessment.questionnaire;
        let pair =
            |name: String, digest: &dyn std::fmt::Display| Pair { name, value: digest.to_string() };
        let mut all = vec![
            pair("Answers".to_owned(), &self.assessment.answers.digest),
            pair(
                format!("Questionnaire {} {}", questionnaire.id, questionnaire.version),
                &questionnaire.digest,
            ),
        ];
        all.extend(
            self.assessment
                .target
                .iter()
                .map(|target| pair(format!("Target {}", target.id), &target.digest)),
        );
        all.push(pair("Facts".to_owned(), &self.assessment.facts.digest));
        all.extend(
            questionnaire
                .banks
                .iter()
                .map(|(theme, _, digest)| pair(format!("Bank {theme}"), digest)),
        );
        all
    }

    fn terms(&self) -> Vec<Pair> {
        let asked = (0..self.scorecard.states.len())
            .filter(|at| self.scorecard.states[*at] != State::NotAsked);
        let used: BTreeSet<&str> = asked
            .flat_map(|at| &self.assessment.questionnaire.questions[at].terms)
            .map(String::as_str)
            .collect();
        let terms =
            self.assessment.glossary.0.iter().filter(|term| used.contains(term.id.as_str()));
        terms.map(|term| Pair { name: term.term.clone(), value: term.means.clone() }).collect()
    }
}

fn evidence(evidence: &crate::model::Evidence) -> EvidenceWords {
    let (place, link) = match &evidence.place {
        Place::File(path) => (format!("file {}", shown(path)), None),
        Place::Link(link) => (shown(link), Some(link.clone())),
        Place::Reference(reference) => (shown(reference), None),
    };
    let is_file = matches!(evidence.place, Place::File(_));
    EvidenceWords {
        title: shown(&evidence.title),
        place,
        link,
        sha256: evidence.digest.map(|digest| digest.to_string()),
        missing: is_file && evidence.digest.is_none(),
    }
}
