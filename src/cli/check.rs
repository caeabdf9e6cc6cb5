//! `gapwise check`: says all that is wrong with documents.

use super::{Failure, Outcome, OwnQuestionnaires, Terminal, evidence_files};
use crate::assemble;
use crate::diagnostic::Diagnostics;
use crate::load;
use crate::model::Assessment;
use crate::raw::DocumentKind;
use crate::score::Scorecard;
use crate::source::one_line;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Say all that is wrong with questionnaires, banks, targets, crosswalks and answers
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  gapwise check acme.yaml my-questionnaires/")]
pub(super) struct Check {
    /// Files, or folders that are walked; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How faults are shown
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    #[command(flatten)]
    own: OwnQuestionnaires,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// Excerpts for people
    Text,
    /// A line of JSON for each fault
    Json,
}

impl Check {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let mut found = Diagnostics::default();
        let mut library = self.own.library(&mut found)?;
        let mut documents = Vec::new();
        for path in &self.files {
            for file in load::yaml_files(path)? {
                let source = load::document(&mut library, &file, &mut found)?;
                documents.extend(source.map(|source| (source, file)));
            }
        }
        if documents.is_empty() && found.is_empty() {
            return Err(Failure::Usage("there is no YAML file to check".to_owned(), None));
        }
        library.names_are_unique(&mut found);
        let mut progress = Vec::new();
        for (source, file) in &documents {
            let files = evidence_files(&mut library, *source, file);
            let scored = assemble::check(&mut library, *source, &files, &mut found);
            progress
                .extend(scored.map(|(assessment, scorecard)| in_words(&assessment, &scorecard)));
        }
        match self.format {
            Format::Json => terminal.print_json(&library.sources, &found)?,
            Format::Text => {
                terminal.show(&library.sources, &found);
                if !found.has_errors() {
                    terminal.print(&progress.concat())?;
                }
                if found.is_empty() {
                    terminal.print(&format!("checked: {}\n", inventory(&library, &documents)))?;
                }
            }
        }
        Ok(if found.has_errors() { Outcome::Rejected } else { Outcome::Done })
    }
}

/// How many documents of each kind were looked at.
fn inventory(
    library: &crate::library::Library,
    documents: &[(crate::source::SourceId, PathBuf)],
) -> String {
    let kinds = DocumentKind::ALL.map(|kind| {
        let is_kind = |(source, _): &&(crate::source::SourceId, PathBuf)| {
            library.kind_of(*source) == Some(kind)
        };
        (documents.iter().filter(is_kind).count(), kind.noun())
    });
    let parts: Vec<_> = kinds
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, noun)| match (count, noun.strip_suffix('y')) {
            (1, _) => format!("1 {noun}"),
            (_, Some(stem)) => format!("{count} {stem}ies"),
            (_, None) => format!("{count} {noun}s"),
        })
        .collect();
    format!("{}; nothing is wrong", parts.join(", "))
}

/// How far the answers are.
fn in_words(assessment: &Assessment, scorecard: &Scorecard) -> String {
    let counts = scorecard.counts;
    let name = one_line(&assessment.answers.of.name);
    let mut words = format!("{name}: {} of {} questions answered", counts.answered, counts.asked());
    for (count, what) in [
        (counts.unknown, "\"don't know\""),
        (counts.open, "open"),
        (counts.not_applicable, "not applicable"),
    ] {
        if count > 0 {
            words.push_str(&format!(", {count} {what}"));
        }
    }
    let left_out = scorecard.not_stated.iter().filter(|(_, questions)| *questions > 0);
    let not_stated: Vec<_> = left_out.map(|(fact, _)| fact.as_str()).collect();
    if !not_stated.is_empty() {
        words.push_str(&format!("; not stated: {}", not_stated.join(", ")));
    }
    words + "\n"
}
