//! Figures and changes as phrases.

use super::{Cause, QuestionWords};
use crate::compare::data::{ChangesOf, FactChange, Parts, QuestionChange, Said};
use crate::model::Score;
use crate::source::one_line;

/// What stands where there is no figure.
pub(super) const NOTHING: &str = "–";
/// What stands where no figure applies, beside one that does.
const NOT_APPLICABLE: &str = "not applicable";

/// A score with two decimals.
pub(super) fn score(score: Option<Score>) -> String {
    score.map_or(NOTHING.to_owned(), Score::exact)
}

pub(super) fn or_not_applicable(score: Option<Score>) -> String {
    score.map_or(NOT_APPLICABLE.to_owned(), Score::exact)
}

pub(super) fn percent(share: Option<Score>) -> String {
    share.map_or(NOTHING.to_owned(), |share| format!("{} %", share.exact()))
}

/// From worst to best; one figure where these are the same.
pub(super) fn range(low: Option<Score>, high: Option<Score>) -> String {
    match (low, high) {
        (Some(low), Some(high)) if low != high => format!("{} to {}", low.exact(), high.exact()),
        (low, _) => score(low),
    }
}

/// The evidenced score, or that there is nothing to make it of.
pub(super) fn evidenced(figure: Option<Score>, listed: usize) -> String {
    match figure {
        Some(_) if listed == 0 => "no evidence listed".to_owned(),
        figure => score(figure),
    }
}

/// After minus before. Unit: basis points.
pub(super) fn difference(before: Score, after: Score) -> i32 {
    i32::from(after.basis_points()) - i32::from(before.basis_points())
}

/// `+12.50`, `−3.00`, `0.00`.
pub(super) fn signed(change: i32) -> String {
    let sign = match change {
        0 => "",
        1.. => "+",
        _ => "−",
    };
    let size = change.unsigned_abs();
    format!("{sign}{}.{:02}", size / 100, size % 100)
}

/// The same with an arrow, so that it is told apart by its form; a dash where it is no change in numbers.
pub(super) fn change(change: Option<i32>) -> String {
    let arrow = match direction(change) {
        "up" => "▲ ",
        "down" => "▼ ",
        _ => "",
    };
    change.map_or(NOTHING.to_owned(), |change| format!("{arrow}{}", signed(change)))
}

/// up, down, same or none.
pub(super) fn direction(change: Option<i32>) -> &'static str {
    match change {
        None => "none",
        Some(0) => "same",
        Some(1..) => "up",
        Some(_) => "down",
    }
}

/// `held → clear`, or one of them where they are the same.
pub(super) fn from_to(before: &str, after: &str) -> String {
    if before == after { after.to_owned() } else { format!("{before} → {after}") }
}

/// The parts that are not 0, as `profile −2.00, answers +12.50`.
pub(super) fn parts(parts: Option<&Parts>, causes: &[Cause]) -> String {
    let Some(parts) = parts else { return String::new() };
    let shown = causes.iter().filter(|(_, part)| part(parts) != 0);
    shown
        .map(|(name, part)| format!("{name} {}", signed(part(parts))))
        .collect::<Vec<_>>()
        .join(", ")
}

/// What became of the overall score, and by what.
pub(super) fn sentence(overall: &ChangesOf, causes: &[Cause]) -> String {
    let of = &overall.score;
    let (before, after) = (or_not_applicable(of.before), or_not_applicable(of.after));
    let by = parts(of.parts.as_ref(), causes);
    let by = if by.is_empty() { String::new() } else { format!(": {by}") };
    match of.change {
        None if of.before == of.after => "Nothing applied before or after.".to_owned(),
        None => format!("The score went from {before} to {after}; that is no change in numbers."),
        Some(0) if by.is_empty() => format!("The score stays at {after}."),
        Some(0) => format!("The score stays at {after}{by}."),
        Some(change) => {
            let verb = if change > 0 { "rose" } else { "fell" };
            let size = signed(change.abs()).trim_start_matches('+').to_owned();
            format!("The score {verb} by {size} points, from {before} to {after}{by}.")
        }
    }
}

/// `size: micro → small`
pub(super) fn fact(of: &FactChange) -> String {
    let stated = |values: &[String]| match values {
        [] => "not stated".to_owned(),
        values => one_line(&values.join(", ")),
    };
    format!("{}: {} → {}", one_line(&of.fact), stated(&of.before), stated(&of.after))
}

/// How a gate stands, in the words of a report.
pub(super) fn gate(state: Option<&str>) -> &'static str {
    match state {
        Some("passed") => "kept",
        Some("failed") => "not kept or not shown to be",
        Some("open") => "not yet confirmed",
        Some(_) => "not asked",
        None => "no ground rule",
    }
}

/// How a finding came to be no more.
pub(super) fn closed(how: &str) -> &'static str {
    match how {
        "met" => "target met",
        "open" => "not decided: questions are open",
        _ => "not asked any more",
    }
}

/// What changed about a question.
pub(super) fn what(change: &str) -> &'static str {
    match change {
        "added" => "new in this edition",
        "dropped" => "not in this edition",
        "newly-asked" => "newly asked",
        "no-longer-asked" => "not asked any more",
        "not-applicable" => "now not applicable",
        "applicable" => "now applies",
        "answered" => "now answered",
        "reopened" => "open again",
        "rescored" => "scored otherwise",
        "evidence" => "evidence",
        _ => "other answer",
    }
}

/// The step at which a question changed, where it could have been another.
pub(super) fn cause(of: &QuestionChange) -> Option<String> {
    let is_said =
        matches!(of.change.as_str(), "answer" | "evidence" | "rescored" | "added" | "dropped");
    (!is_said).then(|| of.cause.clone())
}

/// What is said of a question, in short.
pub(super) fn said(said: Option<&Said>) -> String {
    let Some(said) = said else { return NOTHING.to_owned() };
    let answer = match (&said.answer, said.state.as_str()) {
        (Some(answer), _) => answer.clone(),
        (None, "not-asked") => "not asked".to_owned(),
        _ => "open".to_owned(),
    };
    match said.evidence {
        0 => answer,
        _ if said.state != "answered" => answer,
        _ => format!("{answer}, with evidence"),
    }
}

/// `GOV-1: level 1 → level 3 (now answered)`
pub(super) fn because(of: &QuestionWords) -> String {
    let aside = match (of.what, &of.cause) {
        ("other answer" | "evidence" | "now answered", _) => String::new(),
        (what, Some(cause)) => format!(" ({what}: {cause})"),
        (what, None) => format!(" ({what})"),
    };
    format!("{}: {} → {}{aside}", of.id, of.before, of.after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_carry_sign_and_arrow() {
        assert_eq!(
            [signed(1250), signed(-300), signed(-5), signed(0)],
            ["+12.50", "−3.00", "−0.05", "0.00"]
        );
        assert_eq!(
            [change(Some(1)), change(Some(-1)), change(Some(0)), change(None)],
            ["▲ +0.01", "▼ −0.01", "0.00", "–"]
        );
    }
}
