//! A sitting as data for a page: what is asked, what is answered, what comes of it.

use super::{Progress, Sitting, Standing, Unsaid, idle, progress, sections};
use crate::cut::Cut;
use crate::diagnostic::Severity;
use crate::library::Library;
use crate::model::{
    Answer, Assessment, Choice, Claim, Evidence, Fact, FactKind, Kind, Place, QuestionIndex,
};
use crate::report::{
    DomainWords, FigureWords, FindingWords, FirstActionWords, GateWords, Owner, Pages, pages,
    report,
};
use crate::result;
use crate::score::Scorecard;
use serde::{Deserialize, Serialize};

/// All that a page shows.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct View {
    /// The id of the questionnaire.
    pub questionnaire: String,
    /// The name of the organisation or system; empty while not said.
    pub name: String,
    /// The date; empty while not said.
    pub date: String,
    /// Who answers.
    pub respondents: Vec<RespondentView>,
    /// The facts that are asked for.
    pub facts: Vec<FactView>,
    /// What must be said before anything can be scored: `name`, `date`, or the id of a fact.
    pub unsaid: Vec<String>,
    /// The questions that are asked now.
    pub sections: Vec<SectionView>,
    /// How far the answers have come.
    pub progress: Progress,
    /// Questions that are answered and not asked.
    pub idle: Vec<String>,
    /// Warnings about the file.
    pub warnings: Vec<String>,
    /// What comes of it; `null` while something is unsaid.
    pub outcome: Option<OutcomeView>,
}

/// A person who answers.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RespondentView {
    /// The name; may be empty.
    pub name: String,
    /// What the person does there.
    pub function: String,
}

/// A level, an option, or a value of a fact.
#[derive(Debug, Serialize)]
pub struct OptionView {
    /// What is said for it.
    pub id: String,
    /// What it means.
    pub text: String,
}

/// A fact.
#[derive(Debug, Serialize)]
pub struct FactView {
    /// The id.
    pub id: String,
    /// How it is asked for.
    pub ask: String,
    /// `one`, `many`, `yes-no` or `text`.
    pub kind: &'static str,
    /// Its values; none for yes-no and text.
    pub options: Vec<OptionView>,
    /// What is stated.
    pub stated: Vec<String>,
}

/// The questions of a domain.
#[derive(Debug, Serialize)]
pub struct SectionView {
    /// The id of the domain.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its questions.
    pub questions: Vec<QuestionView>,
}

/// A question with its answer.
#[derive(Debug, Serialize)]
pub struct QuestionView {
    /// The id.
    pub id: String,
    /// The question.
    pub ask: String,
    /// What the respondent gains from it.
    pub why: Option<String>,
    /// `maturity`, `yes-no`, `choice`, `checklist` or `number`.
    pub kind: &'static str,
    /// Levels or options.
    pub options: Vec<OptionView>,
    /// Of a checklist: the option "none of these".
    pub exclusive: Option<String>,
    /// Of a number: what is counted.
    pub unit: Option<String>,
    /// Whether "not applicable" is no answer to it.
    pub essential: bool,
    /// Things that support an answer.
    pub supports: Vec<String>,
    /// Terms in it with their meaning.
    pub terms: Vec<TermView>,
    /// The answer.
    pub answer: AnswerView,
}

/// A term that is explained.
#[derive(Debug, Serialize)]
pub struct TermView {
    /// The term.
    pub term: String,
    /// What it means.
    pub means: String,
}

/// An answer with what stands beside it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerView {
    /// What is claimed.
    pub claim: ClaimView,
    /// What supports it.
    pub evidence: Vec<EvidenceView>,
    /// A remark; may be empty.
    pub note: String,
    /// Whether outsiders may see it.
    pub public: bool,
}

/// What is claimed.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is", content = "said")]
pub enum ClaimView {
    /// Nothing yet.
    Open,
    /// The ids of a level or of options, `yes` or `no`, or a number.
    Value(Vec<String>),
    /// "Don't know".
    Unknown,
    /// The reason.
    NotApplicable(String),
}

/// A piece of evidence.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceView {
    /// What it is.
    pub title: String,
    /// `file`, `link` or `reference`.
    pub kind: String,
    /// Where it is.
    pub place: String,
}

/// What comes of the answers.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct OutcomeView {
    /// The page for an owner: headline, figures in sentences, first actions.
    pub owner: Owner,
    /// The overall figures.
    pub overall: FigureWords,
    /// The figures of each domain.
    pub domains: Vec<DomainView>,
    /// Gates that failed.
    pub failed_gates: Vec<GateWords>,
    /// How many gates open questions decide.
    pub open_gates: usize,
    /// Requirements below target, in the order in which to deal with them.
    pub findings: Vec<FindingWords>,
    /// What to do first.
    pub first_actions: Vec<FirstActionWords>,
}

/// The figures of a domain.
#[derive(Debug, Serialize)]
pub struct DomainView {
    /// The id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its figures.
    pub figures: FigureWords,
}

impl Sitting {
    /// All that a page shows now.
    pub fn view(&self, library: &mut Library) -> View {
        let standing = self.standing(library);
        let scored = standing.scored.as_ref();
        let warnings = result::warnings(&library.sources, &standing.found);
        let shown = scored.map(|(assessment, scorecard)| {
            let outcome = outcome(assessment, scorecard, &warnings);
            let idle = idle(assessment, scorecard).iter().map(ToString::to_string).collect();
            let sections = section_views(assessment, scorecard);
            (sections, progress(assessment, scorecard), idle, outcome)
        });
        let (sections, progress, idle, outcome) = shown.unwrap_or_default();
        let found = standing.found.sorted();
        let warnings = found.iter().filter(|fault| fault.severity == Severity::Warning);
        View {
            questionnaire: self.questionnaire.id.clone(),
            warnings: warnings.map(|fault| fault.message.clone()).collect(),
            facts: standing.facts.iter().map(fact).collect(),
            unsaid: standing.unsaid.iter().map(unsaid).collect(),
            respondents: respondents(&standing),
            name: standing.name,
            date: standing.date,
            sections,
            progress,
            idle,
            outcome,
        }
    }
}

fn respondents(standing: &Standing) -> Vec<RespondentView> {
    let each = |(name, function): &(String, String)| RespondentView {
        name: name.clone(),
        function: function.clone(),
    };
    standing.respondents.iter().map(each).collect()
}

fn unsaid(what: &Unsaid) -> String {
    match what {
        Unsaid::Name => "name".to_owned(),
        Unsaid::Date => "date".to_owned(),
        Unsaid::Fact(id) => id.clone(),
    }
}

fn fact((fact, stated): &(Fact, Vec<String>)) -> FactView {
    let option = |(id, text): &(String, String)| OptionView { id: id.clone(), text: text.clone() };
    FactView {
        id: fact.id.clone(),
        ask: fact.ask.clone(),
        kind: match fact.kind {
            FactKind::One => "one",
            FactKind::Many => "many",
            FactKind::YesNo => "yes-no",
            FactKind::Text => "text",
        },
        options: fact.options.iter().map(option).collect(),
        stated: stated.clone(),
    }
}

fn section_views(assessment: &Assessment, scorecard: &Scorecard) -> Vec<SectionView> {
    let section = |section: super::Section| {
        let domain = &assessment.questionnaire.domains[section.domain];
        SectionView {
            id: domain.id.to_string(),
            title: domain.title.clone(),
            questions: section.questions.iter().map(|at| question(assessment, *at)).collect(),
        }
    };
    sections(assessment, scorecard).into_iter().map(section).collect()
}

fn question(assessment: &Assessment, at: QuestionIndex) -> QuestionView {
    let question = &assessment.questionnaire.questions[at];
    let option = |choice: &Choice| OptionView { id: choice.id.clone(), text: choice.text.clone() };
    let terms = question.terms.iter().filter_map(|id| assessment.glossary.get(id));
    QuestionView {
        id: question.id.to_string(),
        ask: question.ask.clone(),
        why: question.why.clone(),
        kind: question.kind.word(),
        options: question.kind.choices().iter().map(option).collect(),
        exclusive: match &question.kind {
            Kind::Checklist { options, exclusive } => Some(options[*exclusive].id.clone()),
            _ => None,
        },
        unit: match &question.kind {
            Kind::Number { unit, .. } => unit.clone(),
            _ => None,
        },
        essential: question.essential,
        supports: question.evidence.clone(),
        terms: terms
            .map(|term| TermView { term: term.term.clone(), means: term.means.clone() })
            .collect(),
        answer: answer(&question.kind, assessment.answer(at)),
    }
}

fn answer(kind: &Kind, answer: &Answer) -> AnswerView {
    AnswerView {
        claim: match &answer.claim {
            Claim::Open => ClaimView::Open,
            Claim::Value(value) => ClaimView::Value(kind.said(value)),
            Claim::Unknown => ClaimView::Unknown,
            Claim::NotApplicable(reason) => ClaimView::NotApplicable(reason.clone()),
        },
        evidence: answer.evidence.iter().map(evidence).collect(),
        note: answer.note.clone().unwrap_or_default(),
        public: answer.public,
    }
}

fn evidence(evidence: &Evidence) -> EvidenceView {
    let (kind, place) = match &evidence.place {
        Place::File(place) => ("file", place.as_str()),
        Place::Link(place) => ("link", place.as_str()),
        Place::Reference(place) => ("reference", place.as_str()),
        Place::Withheld => ("reference", ""),
    };
    EvidenceView { title: evidence.title.clone(), kind: kind.to_owned(), place: place.to_owned() }
}

fn outcome(
    assessment: &Assessment,
    scorecard: &Scorecard,
    warnings: &[result::Warning],
) -> Option<OutcomeView> {
    let report = report(assessment, scorecard, warnings);
    let Pages::Owner(owner) = pages(Cut::Owner, report.clone(), assessment, scorecard) else {
        return None;
    };
    let domain = |domain: &DomainWords| DomainView {
        id: domain.id.clone(),
        title: domain.title.clone(),
        figures: domain.figures.clone(),
    };
    Some(OutcomeView {
        owner: *owner,
        overall: report.overall,
        domains: report.domains.iter().map(domain).collect(),
        failed_gates: report.failed_gates,
        open_gates: report.open_gates.len(),
        findings: report.findings,
        first_actions: report.first_actions,
    })
}
