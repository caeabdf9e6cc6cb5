//! The clauses of an outside framework, each with the questions that are mapped to it, in words.

use super::{AnswerWords, Pair, Report, Writer, has_evidence};
use crate::model::{Assessment, Crosswalk, MappedClause, Mapping, Relation, Score};
use crate::score::clause::{ClauseScore, Unsupported, clauses};
use crate::score::{Item, Scorecard, State, trace};
use serde::Serialize;
use std::collections::BTreeSet;

/// A framework, with what the answers say to each of its clauses.
#[derive(Clone, Debug, Serialize)]
pub struct FrameworkWords {
    /// The id of its crosswalk.
    pub id: String,
    /// The framework, with its edition.
    pub title: String,
    /// Who issued it, and when.
    pub issued: String,
    /// What readers must know of it.
    pub notice: Option<String>,
    /// How many clause ids were not checked, where some were not.
    pub unchecked: Option<String>,
    /// What the figure of a clause is.
    pub figure: String,
    /// What each relation means.
    pub relations: Vec<Pair>,
    /// Its clauses under their headings.
    pub groups: Vec<ClauseGroupWords>,
    /// Questions that are asked and mapped to no clause, where there are some.
    pub unmapped: Option<String>,
    /// Clauses that no answer supports: id with label, and why.
    pub unsupported: Vec<Pair>,
}

/// Clauses under one heading.
#[derive(Clone, Debug, Serialize)]
pub struct ClauseGroupWords {
    /// The heading; `None` where the framework has none.
    pub title: Option<String>,
    /// The clauses.
    pub clauses: Vec<ClauseWords>,
}

/// A clause with the questions that are mapped to it.
#[derive(Clone, Debug, Serialize)]
pub struct ClauseWords {
    /// The id.
    pub id: String,
    /// What it is about.
    pub label: String,
    /// That the id was not checked.
    pub mark: Option<String>,
    /// The mean of its questions, two decimals; a dash where nothing applies.
    pub mean: String,
    /// From worst to best, while something is open.
    pub range: Option<String>,
    /// The best mean, in basis points.
    pub best_bp: Option<u16>,
    /// The arithmetic of the mean.
    pub arithmetic: Option<String>,
    /// Its questions that are asked.
    pub questions: Vec<MappedWords>,
    /// Its questions that are not asked, and why.
    pub left_out: Option<String>,
    /// Why no answer supports it; `None` where one does.
    pub unsupported: Option<String>,
}

/// A question that is mapped to a clause.
#[derive(Clone, Debug, Serialize)]
pub struct MappedWords {
    /// The question with its answer.
    pub answer: AnswerWords,
    /// How the question stands to the clause.
    pub relation: &'static str,
    /// How sure that is.
    pub confidence: &'static str,
    /// Who made the mapping.
    pub by: String,
}

/// What the figure of a clause is; printed beside each.
const FIGURE: &str = "Mean of the mapped questions, ours, no score of the framework";
/// Beside a clause id that nobody looked up.
const UNCHECKED: &str = "id unconfirmed";

/// The report with the clauses of a framework in place of the domains of its questionnaire.
pub fn by_framework(
    mut report: Report,
    assessment: &Assessment,
    scorecard: &Scorecard,
    crosswalk: &Crosswalk,
) -> Report {
    let writer = Writer { assessment, scorecard, has_evidence: has_evidence(scorecard) };
    let name = format!("Crosswalk {}", crosswalk.id);
    report.digests.push(Pair { name, value: crosswalk.digest.to_string() });
    report.by = Some(writer.framework(crosswalk));
    report
}

impl Writer<'_> {
    fn framework(&self, crosswalk: &Crosswalk) -> FrameworkWords {
        let scores = clauses(self.assessment, self.scorecard, crosswalk);
        let pairs = crosswalk.clauses.iter().zip(&scores);
        let words: Vec<_> = pairs.map(|(clause, score)| self.clause(clause, score)).collect();
        FrameworkWords {
            id: crosswalk.id.clone(),
            title: crosswalk.title.clone(),
            issued: match &crosswalk.date {
                Some(date) => format!("{}, {date}", crosswalk.issuer),
                None => crosswalk.issuer.clone(),
            },
            notice: crosswalk.notice.clone(),
            unchecked: unchecked(crosswalk),
            figure: FIGURE.to_owned(),
            relations: Relation::ALL.map(relation).into(),
            unmapped: self.unmapped(crosswalk),
            unsupported: words.iter().filter_map(unsupported).collect(),
            groups: groups(crosswalk, words),
        }
    }

    fn clause(&self, clause: &MappedClause, score: &ClauseScore) -> ClauseWords {
        let figures = self.figures(&score.figures);
        let asked = clause.mappings.iter().zip(&score.items).filter_map(|(mapping, item)| {
            let item = item.as_ref().filter(|item| item.state != State::NotAsked)?;
            Some(self.mapped(mapping, item))
        });
        let left_out = left_out(clause, score);
        ClauseWords {
            id: clause.id.clone(),
            label: clause.label.clone(),
            mark: (!clause.confirmed).then(|| UNCHECKED.to_owned()),
            mean: figures.score,
            range: (!figures.complete).then_some(figures.range),
            best_bp: figures.high_bp,
            arithmetic: score
                .figures
                .low
                .map(|_| trace::clause(self.assessment, score).arithmetic()),
            questions: asked.collect(),
            unsupported: score.unsupported.map(|why| self.why(why, clause, score, &left_out)),
            left_out,
        }
    }

    fn mapped(&self, mapping: &Mapping, item: &Item) -> MappedWords {
        MappedWords {
            answer: self.answer(item),
            relation: mapping.relation.word(),
            confidence: mapping.confidence.word(),
            by: mapping.by.clone(),
        }
    }

    /// Why no answer supports a clause.
    fn why(
        &self,
        why: Unsupported,
        clause: &MappedClause,
        score: &ClauseScore,
        left_out: &Option<String>,
    ) -> String {
        let questions = &self.assessment.questionnaire.questions;
        let names = |wanted: &dyn Fn(&Item) -> bool| {
            let items = score.items.iter().flatten().filter(|item| wanted(item));
            items.map(|item| questions[item.question].id.as_str()).collect::<Vec<_>>().join(", ")
        };
        let open = names(&|item| matches!(item.state, State::Open { .. }));
        let answered = names(&|item| item.score == Some(Score::ZERO));
        match why {
            Unsupported::NoQuestion => {
                let reason = clause.reason.as_deref().unwrap_or_default();
                format!("No question of ours maps to it. {reason}")
            }
            Unsupported::NotAsked => {
                format!(
                    "None of its questions is asked. {}",
                    left_out.as_deref().unwrap_or_default()
                )
            }
            Unsupported::NotApplicable => format!(
                "Each of its questions that is asked was said not to apply: {}.",
                names(&|item| item.state == State::NotApplicable)
            ),
            Unsupported::Open if self.public_only() => {
                format!(
                    "Each of its questions that applies is open, or its answer is not public: {open}."
                )
            }
            Unsupported::Open => format!("Each of its questions that applies is open: {open}."),
            Unsupported::Zero if open.is_empty() => {
                format!("Every answer to its questions scores 0: {answered}.")
            }
            Unsupported::Zero => {
                format!(
                    "Every answer to its questions scores 0: {answered}. Still open{}: {open}.",
                    if self.public_only() { " or not public" } else { "" }
                )
            }
        }
    }

    /// Questions that are asked and that no clause names.
    fn unmapped(&self, crosswalk: &Crosswalk) -> Option<String> {
        let mappings = crosswalk.clauses.iter().flat_map(|clause| &clause.mappings);
        let mapped: BTreeSet<_> = mappings.map(|mapping| &mapping.question).collect();
        let questions = self.assessment.questionnaire.questions.iter().zip(&self.scorecard.states);
        let asked: Vec<_> = questions
            .filter(|(_, state)| **state != State::NotAsked)
            .map(|(question, _)| &question.id)
            .collect();
        let left: Vec<_> =
            asked.iter().filter(|id| !mapped.contains(**id)).map(|id| id.as_str()).collect();
        (!left.is_empty()).then(|| {
            format!(
                "{} of the {} questions of this assessment are mapped to no clause here: {}.",
                left.len(),
                asked.len(),
                left.join(", ")
            )
        })
    }
}

/// Questions that are mapped to a clause and not asked, and why.
fn left_out(clause: &MappedClause, score: &ClauseScore) -> Option<String> {
    let names = |wanted: &dyn Fn(&Option<Item>) -> bool| {
        let pairs = clause.mappings.iter().zip(&score.items);
        let names = pairs.filter(|(_, item)| wanted(item)).map(|(each, _)| each.question.as_str());
        names.collect::<Vec<_>>().join(", ")
    };
    let not_asked = names(&|item| item.is_some_and(|item| item.state == State::NotAsked));
    let elsewhere = names(&|item| item.is_none());
    let parts = [("Not asked here", not_asked), ("Not in this questionnaire", elsewhere)];
    let parts = parts.iter().filter(|(_, names)| !names.is_empty());
    let words: Vec<_> = parts.map(|(what, names)| format!("{what}: {names}.")).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

fn unchecked(crosswalk: &Crosswalk) -> Option<String> {
    let all = crosswalk.clauses.len();
    let count = crosswalk.clauses.iter().filter(|clause| !clause.confirmed).count();
    (count > 0).then(|| {
        let which = if count == all { "all".to_owned() } else { format!("{count} of the") };
        format!("The ids of {which} {all} clauses are unconfirmed: from memory, or from one source alone. Each is marked.")
    })
}

fn unsupported(clause: &ClauseWords) -> Option<Pair> {
    let mark = clause.mark.as_ref().map(|mark| format!(" ({mark})")).unwrap_or_default();
    let name = format!("{} {}{mark}", clause.id, clause.label);
    Some(Pair { name, value: clause.unsupported.clone()? })
}

fn relation(relation: Relation) -> Pair {
    let value = match relation {
        Relation::Equal => "the question asks for what the clause asks for",
        Relation::SubsetOf => "the question asks for a part of what the clause asks for",
        Relation::SupersetOf => "the question asks for all that the clause asks for, and more",
        Relation::IntersectsWith => {
            "the question asks for a part of what the clause asks for, and for something else"
        }
    };
    Pair { name: relation.word().to_owned(), value: value.to_owned() }
}

/// The clauses of each group together, groups in the order of their first clauses.
fn groups(crosswalk: &Crosswalk, words: Vec<ClauseWords>) -> Vec<ClauseGroupWords> {
    let mut groups: Vec<ClauseGroupWords> = Vec::new();
    for (clause, words) in crosswalk.clauses.iter().zip(words) {
        match groups.iter_mut().find(|group| group.title == clause.group) {
            Some(group) => group.clauses.push(words),
            None => {
                groups.push(ClauseGroupWords { title: clause.group.clone(), clauses: vec![words] });
            }
        }
    }
    let several = groups.len() > 1;
    for group in groups.iter_mut().filter(|group| several && group.title.is_none()) {
        group.title = Some("Other clauses".to_owned());
    }
    groups
}
