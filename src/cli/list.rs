//! `gapwise list`: which questionnaires there are.

use super::{Failure, Outcome, OwnQuestionnaires, Terminal};
use crate::diagnostic::Diagnostics;
use crate::length::length;
use crate::library::Library;
use crate::model::{Facts, Profile, Questionnaire};
use crate::raw::DocumentKind;
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
        out.push_str("Minutes are an estimate: the words shown at 200 a minute, and 10 seconds a question.\n");
        crosswalks(&mut library, &mut found, &mut out);
        terminal.show(&library.sources, &found);
        terminal.print(&out)?;
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
    let requirements = questionnaire.requirements().count();
    let _ = writeln!(
        out,
        "  {requirements} requirements, {} questions; asked of",
        questionnaire.questions.len()
    );
    for (role, _) in facts.get("role").iter().flat_map(|fact| &fact.options) {
        let profile = Profile::from([("role".to_owned(), vec![role.clone()])]);
        let length = length(questionnaire, facts, &profile);
        let _ = match length.questions {
            0 => writeln!(out, "    {role:<22} nothing"),
            count => writeln!(
                out,
                "    {role:<22}{count:>4} questions, about {} minutes",
                length.minutes
            ),
        };
    }
    out.push('\n');
}
