//! `gapwise list`: which questionnaires there are.

use super::{Failure, Outcome, OwnQuestionnaires, Terminal};
use crate::diagnostic::Diagnostics;
use crate::length::by_kind;
use crate::library::Library;
use crate::model::{Facts, Questionnaire};
use crate::raw::DocumentKind;
use crate::source::visible;
use clap::Args;
use std::fmt::Write as _;
use std::sync::Arc;

/// List the questionnaires: for whom, how long, from which sources
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  gapwise list")]
pub(super) struct List {
    #[command(flatten)]
    own: OwnQuestionnaires,
}

impl List {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let mut found = Diagnostics::default();
        let mut library = self.own.library(&mut found)?;
        let facts = library.facts(&mut found);
        let mut out = String::new();
        for id in library.names(DocumentKind::Questionnaire) {
            if let Some(questionnaire) = library.questionnaire(&id, &mut found) {
                describe(&questionnaire, &facts, &mut out);
            }
        }
        out.push_str("Minutes are an estimate: the words shown at 200 a minute, and 10 seconds a question.\nA range means that it depends on what else you state.\n");
        crosswalks(&mut library, &mut found, &mut out);
        terminal.show(&library.sources, &found);
        terminal.print(&visible(&out))?;
        Ok(if found.has_errors() { Outcome::Rejected } else { Outcome::Done })
    }
}

/// The frameworks that `gapwise report --by` knows.
fn crosswalks(library: &mut Library, found: &mut Diagnostics, out: &mut String) {
    out.push_str("\nCrosswalks to other frameworks, for gapwise report --by:\n");
    for id in library.names(DocumentKind::Crosswalk) {
        if let Some(crosswalk) = library.crosswalk(&id, found) {
            let count = crosswalk.clauses.len();
            let _ = writeln!(out, "  {id:<22} {}, {count} clauses", crosswalk.title);
        }
    }
}

fn describe(questionnaire: &Arc<Questionnaire>, facts: &Arc<Facts>, out: &mut String) {
    let _ = writeln!(out, "{} {}", questionnaire.id, questionnaire.version);
    let _ = writeln!(out, "  {}", questionnaire.title);
    let _ = writeln!(out, "  {}", questionnaire.summary);
    let _ = writeln!(out, "  for: {}", questionnaire.audience.join(", "));
    for source in &questionnaire.sources {
        let date = source.date.as_deref().unwrap_or("no date");
        let _ = writeln!(out, "  source: {}, {} ({date})", source.issuer, source.title);
    }
    lengths(questionnaire, facts, out);
    out.push('\n');
}

/// How many questions each kind of respondent gets, and how long that takes.
fn lengths(questionnaire: &Arc<Questionnaire>, facts: &Arc<Facts>, out: &mut String) {
    let (fact, kinds) = by_kind(questionnaire, facts);
    let by = fact.map_or("; asked of".to_owned(), |fact| format!("; asked, by {}", fact.id));
    let requirements = questionnaire.requirements().count();
    let questions = questionnaire.questions.len();
    let _ = writeln!(out, "  {requirements} requirements, {questions} questions{by}");
    for each in kinds {
        let kind = each.kind.as_deref().unwrap_or("everybody");
        let _ = match each.questions {
            (_, 0) => writeln!(out, "    {kind:<26} nothing"),
            _ => writeln!(
                out,
                "    {kind:<26}{:>8} questions, about {} minutes",
                range(each.questions),
                range(each.minutes)
            ),
        };
    }
}

/// Two numbers, or one where they are the same.
fn range((from, to): (usize, usize)) -> String {
    if from == to { from.to_string() } else { format!("{from} to {to}") }
}
