//! A comparison on a screen of 80 columns.

use crate::compare::{ComparisonWords, MovedWords, StepWords};
use crate::render::screen::{WIDTH, cut, pad, width, wrap};
use std::fmt::Write as _;

/// What stands of a domain's id. Unit: columns.
const ID: usize = 8;
/// The width of a figure. Unit: columns.
const FIGURE: usize = 10;
/// How many requirements that moved are shown, and how many questions of each.
const MOST_MOVED: usize = 5;
const MOST_QUESTIONS: usize = 4;

/// What changed and why.
pub fn screen(words: &ComparisonWords, colour: bool) -> String {
    let bold = |text: &str| bold(text, colour);
    let mut out = String::new();
    let title = format!("{} · {} to {}", words.name, words.from, words.to);
    let _ = writeln!(out, "{}", bold(&cut(&title, WIDTH)));
    let _ = writeln!(out, "{} {}", cut(&words.title, WIDTH - 12), words.version);
    for note in &words.notes {
        out.push_str(&paragraph(&format!("Note: {note}"), "  "));
    }
    if !words.trend.is_empty() {
        out.push_str(&trend(words, colour));
    }
    let is_one = words.steps.len() == 1;
    for of in &words.steps {
        let heading = format!("\n{} to {}", of.from, of.to);
        let _ = writeln!(out, "{}", if is_one { String::new() } else { bold(&heading) });
        out.push_str(&step(of, colour));
    }
    out
}

fn bold(text: &str, colour: bool) -> String {
    if colour { format!("\x1b[1m{text}\x1b[0m") } else { text.to_owned() }
}

/// Each date with its score.
fn trend(words: &ComparisonWords, colour: bool) -> String {
    let mut out = format!("\n{}\n", bold("Over time", colour));
    let mut line = |[date, score, change, range, verdict]: [&str; 5]| {
        let _ = writeln!(out, "{date:<12}{score:>10}{change:>12}  {range:<20}{verdict}");
    };
    line(["", "score", "change", "range", "verdict"]);
    for each in &words.points {
        line([&each.date, &each.score, &each.change, &each.range, &each.verdict]);
    }
    out
}

/// One step: the whole, the domains, what moved most, gates, findings.
fn step(of: &StepWords, colour: bool) -> String {
    let mut out = paragraph(&format!("{}  {}", of.verdict.to_uppercase(), of.sentence), "  ");
    for figure in of.figures.iter().skip(1).filter(|figure| figure.direction != "same") {
        let by: Vec<_> =
            of.causes.iter().zip(&figure.parts).filter(|(_, part)| *part != "0.00").collect();
        let by: Vec<_> = by.iter().map(|(cause, part)| format!("{cause} {part}")).collect();
        let line = format!(
            "{}: {} → {}, {} ({})",
            figure.name,
            figure.before,
            figure.after,
            figure.change,
            by.join(", ")
        );
        out.push_str(&paragraph(&line.replace(", – ()", ""), "  "));
    }
    for fact in &of.profile {
        out.push_str(&paragraph(&format!("Profile: {fact}"), "  "));
    }
    out.push_str(&domains(of, colour));
    out.push_str(&moved(of, colour));
    for gate in &of.gates {
        let line = format!("Ground rule {}: {} → {}", gate.id, gate.before, gate.after);
        out.push_str(&paragraph(&line, "  "));
    }
    out.push_str(&findings(of));
    out
}

/// A line for each domain.
fn domains(of: &StepWords, colour: bool) -> String {
    let parts = of.domain_causes.len() * FIGURE;
    let title = WIDTH - ID - 3 * FIGURE - parts;
    let figures = |cells: &[&str]| {
        cells
            .iter()
            .map(|cell| " ".repeat(FIGURE.saturating_sub(width(cell))) + cell)
            .collect::<String>()
    };
    let mut heads = vec!["before", "after", "change"];
    heads.extend(&of.domain_causes);
    let blank = " ".repeat(ID + title);
    let mut out = format!("\n{}\n", bold(&format!("{blank}{}", figures(&heads)), colour));
    for domain in &of.domains {
        let score = &domain.score;
        let short =
            |figure: &'_ str| if figure == "not applicable" { "n/a" } else { figure }.to_owned();
        let (before, after) = (short(&score.before), short(&score.after));
        let mut cells = vec![before.as_str(), after.as_str(), score.change.as_str()];
        cells.extend(score.parts.iter().map(String::as_str));
        let id = pad(&domain.id, ID - 1);
        let _ = writeln!(out, "{id} {}{}", pad(&domain.title, title), figures(&cells));
    }
    out
}

/// The requirements that moved most, and by what.
fn moved(of: &StepWords, colour: bool) -> String {
    if of.moved.is_empty() {
        return "\nNo requirement changed its score.\n".to_owned();
    }
    let mut out = format!("\n{}\n", bold("What moved most", colour));
    for each in of.moved.iter().take(MOST_MOVED) {
        out.push_str(&one_moved(each));
    }
    let more = of.moved.len().saturating_sub(MOST_MOVED);
    if more > 0 {
        let _ = writeln!(out, "… and {more} more; --format md or html shows all.");
    }
    out
}

fn one_moved(each: &MovedWords) -> String {
    let score = &each.score;
    let by = if each.by.is_empty() { String::new() } else { format!(" ({})", each.by) };
    let change = format!("{} → {}, {}{by}", score.before, score.after, score.change);
    let mut out = paragraph(&format!("{}: {}", each.id, each.statement), "  ");
    out.push_str(&paragraph(&format!("  {}", change.replace(", –", "")), "    "));
    for question in each.because.iter().take(MOST_QUESTIONS) {
        out.push_str(&paragraph(&format!("  {question}"), "    "));
    }
    let more = each.because.len().saturating_sub(MOST_QUESTIONS);
    if more > 0 {
        let _ = writeln!(out, "  … and {more} more questions");
    }
    out
}

/// Findings that are no more and new ones, in a line each.
fn findings(of: &StepWords) -> String {
    let mut out = String::new();
    let ids = |lines: &[crate::compare::FindingLine]| {
        let id = |each: &crate::compare::FindingLine| match each.how {
            "" | "target met" => each.id.clone(),
            how => format!("{} ({how})", each.id),
        };
        lines.iter().map(id).collect::<Vec<_>>().join(", ")
    };
    for (what, lines) in [("Findings closed", &of.closed), ("Findings new", &of.opened)] {
        if !lines.is_empty() {
            out.push_str(&paragraph(&format!("{what}, {}: {}", lines.len(), ids(lines)), "  "));
        }
    }
    let _ = writeln!(out, "Findings that stay: {}", of.remaining);
    format!("\n{out}")
}

/// Words in lines, all but the first with an indent.
fn paragraph(text: &str, indent: &str) -> String {
    let (lead, text) = text.split_at(text.len() - text.trim_start().len());
    let lines = wrap(text, WIDTH - lead.len().max(1));
    let indented = lines.iter().enumerate().map(|(at, line)| match at {
        0 => format!("{lead}{line}\n"),
        _ => format!("{indent}{line}\n"),
    });
    indented.collect()
}
