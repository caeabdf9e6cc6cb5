//! A plan by itself: on a screen of 80 columns, as Markdown, and as data.

use super::RenderError;
use super::data::json_of;
use super::screen::{WIDTH, cut, wrap};
use super::template::Templates;
use crate::report::{AssumedWords, Head, PlanWords, PlannedWords, QuestionnaireWords};
use crate::result::PlanDocument;
use minijinja::context;
use minijinja::value::Serde;
use std::fmt::Write as _;

/// What is shown of a plan, or of assumed answers.
#[derive(Debug)]
pub struct Shown<'a> {
    /// Of whom and when.
    pub head: &'a Head,
    /// The questionnaire.
    pub questionnaire: &'a QuestionnaireWords,
    /// What is assumed.
    pub assumed: Option<AssumedWords>,
    /// The plan, where there is a budget.
    pub plan: Option<PlanWords>,
}

/// `plan/1`, with a line break at the end.
pub fn json(plan: &PlanDocument) -> String {
    json_of(plan)
}

/// A plan in Markdown.
///
/// # Errors
/// The template asks for what the plan lacks.
pub fn markdown(shown: &Shown<'_>, templates: &Templates) -> Result<String, RenderError> {
    let values = context! {
        head => Serde(shown.head),
        questionnaire => Serde(shown.questionnaire),
        assumed => Serde(&shown.assumed),
        plan => Serde(&shown.plan),
    };
    templates.render("plan/plan.md.j2", values)
}

/// A plan on a screen.
pub fn text(shown: &Shown<'_>, colour: bool) -> String {
    let bold = |text: &str| if colour { format!("\x1b[1m{text}\x1b[0m") } else { text.to_owned() };
    let mut out = String::new();
    let title = format!("{} · {}", shown.head.name, shown.head.date);
    let _ = writeln!(out, "{}", bold(&cut(&title, WIDTH)));
    let questionnaire = shown.questionnaire;
    let _ = writeln!(out, "{} {}", cut(&questionnaire.title, WIDTH - 12), questionnaire.version);
    if let Some(assumed) = &shown.assumed {
        let _ = writeln!(out, "\n{}", bold("Assumed"));
        assumed.answers.iter().for_each(|answer| say(&mut out, &format!("·  {answer}")));
        say(&mut out, &assumed.effect);
    }
    if let Some(plan) = &shown.plan {
        let _ = writeln!(out, "\n{}", bold(&plain(&plan.title)));
        body(&mut out, plan, &bold);
    }
    out
}

fn body(out: &mut String, plan: &PlanWords, bold: &dyn Fn(&str) -> String) {
    say(out, &plan.summary);
    say(out, &plan.exactness);
    plan.gates.iter().for_each(|gate| say(out, gate));
    let _ = writeln!(out, "\n{:<10}{:>12}{:>9}  verdict", "", "spent", "score");
    for row in &plan.standings {
        let (when, effort) = (&row.when, plain(&row.effort));
        let _ = writeln!(out, "{when:<10}{effort:>12}{:>9}  {}", row.score, row.verdict);
    }
    for phase in plan.phases.iter().filter(|phase| !phase.steps.is_empty()) {
        let work = phase.work.as_ref().map_or(String::new(), |work| format!(", {}", plain(work)));
        let _ = writeln!(out, "\n{}{work}", bold(&phase.title));
        phase.steps.iter().for_each(|each| step(out, &format!("{}. ", each.rank), each));
    }
    if !plan.beyond.is_empty() {
        let _ =
            writeln!(out, "\n{}", bold("Next, beyond this budget, with all that must come before"));
        plan.beyond.iter().for_each(|each| step(out, "·  ", each));
    }
    out.push('\n');
    plan.notes.iter().for_each(|note| say(out, note));
}

/// A step, with what it moves, takes and gains.
fn step(out: &mut String, mark: &str, step: &PlannedWords) {
    let score = step.score.as_ref().map_or(String::new(), |score| format!(", score then {score}"));
    let gate = step.gate.as_ref().map_or(String::new(), |gate| format!(", for ground rule {gate}"));
    let (question, to, effort) = (&step.question, &step.to, &step.effort);
    say(
        out,
        &format!(
            "{mark}{} [{question} to {to}, {effort}, +{}{score}{gate}]",
            step.action, step.gain
        ),
    );
}

/// A paragraph whose later lines are set in.
fn say(out: &mut String, text: &str) {
    let _ = writeln!(out, "{}", plain(&wrap(text, WIDTH).join("\n   ")));
}

/// A line may end nowhere within an effort; on a screen its gaps are plain.
fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}
