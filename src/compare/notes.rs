//! What a reader must know before the figures.

use super::data::Shared;
use super::edition::Edition;
use super::gather::AssessedFile;
use super::head::Head;
use crate::model::Questionnaire;
use crate::result::AssessmentResult;
use crate::source::one_line;

/// How many ids of questions are named.
const MOST_NAMED: usize = 12;

/// That files were put in the order of their dates, or have the same one.
pub(super) fn of_order(assessed: &[AssessedFile<'_, '_>]) -> Option<String> {
    let dates: Vec<_> = assessed.iter().map(|(.., each)| each.answers.date.as_str()).collect();
    if !dates.is_sorted() {
        return Some(
            "The files were put in the order of their dates, the earliest first.".to_owned(),
        );
    }
    let pair = dates.windows(2).find(|pair| pair[0] == pair[1])?;
    Some(format!(
        "Two assessments have the same date, {}; they stand in the order in which their files were named.",
        pair[0]
    ))
}

/// That not all are of the same.
pub(super) fn of_subjects(assessed: &[AssessedFile<'_, '_>]) -> Option<String> {
    let mut names: Vec<_> =
        assessed.iter().map(|(.., each)| one_line(&each.answers.of.name)).collect();
    names.dedup();
    (names.len() > 1).then(|| {
        format!("The names differ: {}. Are these assessments of the same?", names.join("; "))
    })
}

/// That the earlier edition is of none of the files.
pub(super) fn of_earlier(editions: &[Edition]) -> Option<String> {
    let is_used = editions.contains(&Edition::Earlier);
    (!is_used).then(|| {
        "None of the files is of the edition in --earlier-questionnaires, so it was not used."
            .to_owned()
    })
}

/// That only some questions are compared, and why.
pub(super) fn of_shared(
    heads: &[Head<'_>],
    editions: &[Edition],
    at_hand: &Questionnaire,
    shared: &Shared,
) -> Vec<String> {
    let strangers = heads.iter().zip(editions).filter(|(_, each)| **each == Edition::Elsewhere);
    let versions = strangers.clone().map(|(head, _)| {
        let version = head.label.version.as_deref().unwrap_or("unknown");
        format!("{} is of version {}", head.file_name(), one_line(version))
    });
    let versions: Vec<_> = versions.collect();
    let by_answers = strangers.clone().any(|(head, _)| head.result().is_none());
    let of_answers = if by_answers {
        " Answers do not say what else their edition asked, so of these the questions that stand in the file count."
    } else {
        ""
    };
    vec![format!(
        "{}, which is not at hand. Only the questions that all share are compared, under version {}: {} of them.{}{}{of_answers}",
        versions.join(", "),
        at_hand.version,
        shared.compared,
        left_out("Left out of the edition at hand", &shared.left_out),
        left_out("Left out of other editions", &shared.elsewhere),
    )]
}

/// `  Left out: 2 (RSK-1, RSK-2).`
fn left_out(what: &str, ids: &[String]) -> String {
    if ids.is_empty() {
        return String::new();
    }
    let named: Vec<_> = ids.iter().take(MOST_NAMED).map(|id| one_line(id)).collect();
    let more = ids.len().saturating_sub(MOST_NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!(" {what}: {} ({}{more}).", ids.len(), named.join(", "))
}

/// What is doubtful about a result: other data under the same version, or figures that do not follow.
pub(super) fn of_result(
    head: &Head<'_>,
    edition: Edition,
    now: &AssessmentResult,
) -> Option<String> {
    let then =
        head.result().filter(|_| edition == Edition::AtHand || edition == Edition::Earlier)?;
    let name = head.file_name();
    if then.questionnaire.sha256 != now.questionnaire.sha256 || then.banks != now.banks {
        return Some(format!(
            "{name} is of version {} too, but its questionnaire had other content; its answers are scored here under the content at hand.",
            one_line(&then.questionnaire.version)
        ));
    }
    let (was, is) = (&then.overall, &now.overall);
    let same = [was.low, was.high, was.evidenced, was.coverage]
        == [is.low, is.high, is.evidenced, is.coverage];
    (!same).then(|| {
        format!("The figures in {name} do not follow from its answers and were computed anew; `gapwise verify` names what differs.")
    })
}
