//! CSV of a report that is cut by the clauses of a framework.

use super::RenderError;
use super::data::{evidence, rows};
use crate::report::{ClauseWords, FrameworkWords, MappedWords, Report};

const HEADER: [&str; 25] = [
    "organisation",
    "date",
    "questionnaire",
    "version",
    "framework",
    "framework title",
    "group",
    "clause",
    "label",
    "clause id checked",
    "mean of the mapped questions (ours)",
    "range of the mean",
    "no answer supports it because",
    "left out",
    "question",
    "ask",
    "state",
    "answer",
    "score",
    "relation",
    "confidence",
    "mapped by",
    "evidence",
    "note",
    "answered by",
];

/// One row for each clause and question that is asked, and one for a clause without any; scores as
/// 0-100 with two decimals.
///
/// # Errors
/// The text cannot be assembled.
pub fn csv(report: &Report, framework: &FrameworkWords) -> Result<String, RenderError> {
    let clauses = framework.groups.iter().flat_map(|group| {
        let title = group.title.as_deref().unwrap_or_default();
        group.clauses.iter().map(move |clause| (title, clause))
    });
    let table = clauses.flat_map(|(group, clause)| {
        let mut mapped: Vec<_> = clause.questions.iter().map(Some).collect();
        if mapped.is_empty() {
            mapped.push(None);
        }
        mapped.into_iter().map(move |mapped| row(report, framework, group, clause, mapped))
    });
    rows(&HEADER, table)
}

fn row(
    report: &Report,
    framework: &FrameworkWords,
    group: &str,
    clause: &ClauseWords,
    mapped: Option<&MappedWords>,
) -> [String; 25] {
    let of = |field: fn(&MappedWords) -> String| mapped.map(field).unwrap_or_default();
    [
        report.head.name.clone(),
        report.head.date.clone(),
        report.questionnaire.id.clone(),
        report.questionnaire.version.clone(),
        framework.id.clone(),
        framework.title.clone(),
        group.to_owned(),
        clause.id.clone(),
        clause.label.clone(),
        clause.mark.clone().unwrap_or_else(|| "checked".to_owned()),
        clause.mean.clone(),
        clause.range.clone().unwrap_or_default(),
        clause.unsupported.clone().unwrap_or_default(),
        clause.left_out.clone().unwrap_or_default(),
        of(|mapped| mapped.answer.id.clone()),
        of(|mapped| mapped.answer.ask.clone()),
        of(|mapped| mapped.answer.state.clone()),
        of(|mapped| mapped.answer.said.clone()),
        of(|mapped| mapped.answer.score.clone().unwrap_or_default()),
        of(|mapped| mapped.relation.to_owned()),
        of(|mapped| mapped.confidence.to_owned()),
        of(|mapped| mapped.by.clone()),
        of(|mapped| evidence(&mapped.answer.evidence)),
        of(|mapped| mapped.answer.note.clone().unwrap_or_default()),
        of(|mapped| mapped.answer.by.clone().unwrap_or_default()),
    ]
}
