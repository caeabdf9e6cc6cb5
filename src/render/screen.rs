//! The result on a screen of 80 columns and 24 lines; a trace on paper.

use crate::report::{FirstActionWords, Report};
use crate::score::trace::Trace;
use crate::source::one_line;
use std::fmt::Write as _;
use unicode_width::UnicodeWidthChar as _;

/// The width of the result. Unit: columns.
pub(super) const WIDTH: usize = 80;
/// The length of a bar. Unit: columns.
const BAR: usize = 20;
/// What stands of a domain's title. Unit: columns.
const TITLE: usize = 36;

/// Verdict, score, domains, and what to do first.
pub fn summary(report: &Report, colour: bool) -> String {
    let paint = |code: &str, text: &str| {
        if colour { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    };
    let mut out = String::new();
    let title = format!("{} · {}", report.head.name, report.head.date);
    let _ = writeln!(out, "{}", paint("1", &cut(&title, WIDTH)));
    let questionnaire = &report.questionnaire;
    let _ = writeln!(out, "{} {}", cut(&questionnaire.title, WIDTH - 12), questionnaire.version);
    let verdict = match report.verdict.as_str() {
        "held" => paint("1;31", "HELD"),
        "clear" => paint("1", "CLEAR"),
        _ => paint("1;33", "INCOMPLETE"),
    };
    let sentence = wrap(&report.verdict_sentence, WIDTH - 12);
    let _ = writeln!(out, "{verdict}  {}", sentence.join("\n   "));
    for gate in &report.failed_gates {
        let kept = if gate.unknown { "not shown" } else { "not kept" };
        let text = cut(&format!("{}: {}", gate.id, gate.statement), WIDTH - 10);
        let _ = writeln!(out, "{} {text}", paint("1;31", kept));
    }
    let figures = &report.overall;
    let _ = writeln!(
        out,
        "Score {}, {} · range {} · evidenced {} · coverage {}",
        paint("1", &figures.headline),
        figures.level,
        figures.range,
        figures.evidenced,
        figures.coverage
    );
    out.push_str(&bars(report));
    for (at, action) in report.first_actions.iter().enumerate() {
        out.push_str(&first_action(at + 1, action));
    }
    out
}

/// A bar for each domain, with score and target.
fn bars(report: &Report) -> String {
    let before = 8 + TITLE + 2 + BAR;
    let target = if report.target.is_some() { "target" } else { "" };
    let mut out = format!("{:before$}{:>6} {target:>6}\n", "", "score").replace(" \n", "\n");
    for domain in &report.domains {
        let id = cut(&domain.id, 8);
        let title = pad(&domain.title, TITLE);
        let bar = bar(domain.figures.low_bp, domain.figures.high_bp);
        let target = domain.figures.target.as_deref().unwrap_or("");
        let line = format!("{id:<8}{title} {bar} {:>6} {target:>6}", domain.figures.score);
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out
}

/// One of the things to do first, on one line or two.
fn first_action(rank: usize, action: &FirstActionWords) -> String {
    let of = action.requirement.as_ref().unwrap_or(&action.question);
    let cost = |effort: &String| format!(" ({effort})");
    let effort = action.effort.as_ref().map_or(String::new(), cost);
    let mut lines = wrap(&format!("{rank}. {of}: {}{effort}", action.action), WIDTH);
    for line in lines.iter_mut().skip(1) {
        line.insert_str(0, "   ");
    }
    lines.join("\n").replace('\u{a0}', " ") + "\n"
}

/// The arithmetic of one score, as it would be written on paper.
pub fn trace(heading: &str, trace: &Trace) -> String {
    let mut out = format!("{heading}\n");
    for term in &trace.terms {
        let score = term.score.map_or("–".to_owned(), |score| score.basis_points().to_string());
        let _ = writeln!(
            out,
            "  {:<16} {score:>5} × {:<3} {}",
            term.id,
            term.weight.get(),
            one_line(&term.because)
        );
    }
    let score =
        trace.score.map_or(String::new(), |score| format!(" basis points: {}", score.exact()));
    let _ = writeln!(out, "  {}{score}", trace.arithmetic());
    out
}

/// Score in full, what open answers could add in light, the rest empty.
fn bar(low: Option<u16>, high: Option<u16>) -> String {
    let cells = |bp: Option<u16>| usize::from(bp.unwrap_or(0)) * BAR / 10_000;
    let (low, high) = (cells(low), cells(high));
    "█".repeat(low) + &"▒".repeat(high - low) + &"·".repeat(BAR - high)
}

/// At most this many columns, the end shown as cut.
pub(super) fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > columns {
            break;
        }
        kept.push(c);
    }
    kept + "…"
}

fn pad(text: &str, columns: usize) -> String {
    let text = cut(text, columns);
    let missing = columns - width(&text);
    text + &" ".repeat(missing)
}

fn width(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// Lines of at most this many columns, broken between words; three columns are left for an indent.
pub(super) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let room = columns - if lines.len() > 1 { 3 } else { 0 };
        let line = lines.last_mut().expect("never empty");
        if !line.is_empty() && width(line) + 1 + width(word) > room {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(cut("日本語の会社", 7), "日本語…");
        assert_eq!(pad("ab", 4), "ab  ");
    }

    #[test]
    fn a_bar_shows_score_and_range() {
        assert_eq!(bar(Some(2569), Some(5069)), "█████▒▒▒▒▒··········");
        assert_eq!(bar(None, None), "·".repeat(BAR));
    }
}
