//! `gapwise init`: an answers file to fill in.

use super::{ByName, Failure, Outcome, OwnQuestionnaires, Terminal, is_a_day};
use crate::answers_file::{Form, Known, blank};
use crate::diagnostic::{Diagnostics, one_of};
use crate::length::{deciding, possible};
use crate::load::{self, Output};
use crate::model::{FactKind, Facts, Profile, Questionnaire};
use clap::Args;
use std::path::PathBuf;

/// Write an answers file to fill in, with every question as a comment
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  gapwise init hiroshima-code-of-conduct --name \"Acme\" --fact role=deployer --fact size=small -o acme.yaml"
)]
pub(super) struct Init {
    /// The questionnaire, by its id; `gapwise list` names them
    questionnaire: String,
    /// The file to write; standard output unless said
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The name of the organisation or system
    #[arg(long)]
    name: Option<String>,
    /// A fact, as `role=deployer` or `stage=piloting`. What it rules out is not written
    #[arg(long, value_name = "FACT=VALUE[,VALUE]")]
    fact: Vec<String>,
    /// The date of the assessment, as 2026-11-02
    #[arg(long)]
    date: Option<String>,
    /// Overwrite a file that is there already
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    own: OwnQuestionnaires,
}

impl Init {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let mut found = Diagnostics::default();
        let mut library = self.own.library(&mut found)?;
        ByName::questionnaire(&self.questionnaire).is_known(&library)?;
        is_a_day(self.date.as_deref())?;
        let questionnaire = library.questionnaire(&self.questionnaire, &mut found);
        let (facts, glossary) = (library.facts(&mut found), library.glossary(&mut found));
        let target = questionnaire.as_ref().and_then(|each| each.target.as_deref());
        let target = target.and_then(|id| library.target(id, &mut found));
        let profile = profile(&self.fact, &facts)?;
        if let Some(questionnaire) = &questionnaire {
            stage_fits_the_kind(&profile, questionnaire, &facts)?;
        }
        terminal.show(&library.sources, &found);
        let Some(questionnaire) = questionnaire.filter(|_| !found.has_errors()) else {
            return Ok(Outcome::Rejected);
        };
        let questions = possible(&questionnaire, &profile);
        let known = Known { name: self.name.clone(), date: self.date.clone(), profile };
        let deciding = deciding(&questionnaire, &facts, &known.profile);
        let form = Form {
            deciding: &deciding,
            questionnaire: &questionnaire,
            target: target.as_deref(),
            facts: &facts,
        };
        let text = blank(&form, &glossary, &questions, &known);
        match &self.output {
            None => terminal.print(&text)?,
            Some(path) if path.as_os_str() == "-" => terminal.print(&text)?,
            Some(path) => {
                load::write(
                    &[Output { path: path.clone(), bytes: text.into_bytes() }],
                    self.force,
                )?;
                let (path, count) = (path.display(), questions.len());
                let own = self.own.questionnaires.as_ref();
                let own = own.map_or(String::new(), |folder| {
                    format!(" --questionnaires {}", folder.display())
                });
                terminal.say(&format!("wrote {path} with {count} questions; fill it in, then: gapwise check {path}{own}"));
            }
        }
        Ok(Outcome::Done)
    }
}

/// The facts that the command line states.
fn profile(stated: &[String], facts: &Facts) -> Result<Profile, Failure> {
    let usage = |message: String, help: Option<String>| Err(Failure::Usage(message, help));
    let mut profile = Profile::new();
    for word in stated {
        let Some((name, said)) = word.split_once('=') else {
            let help = Some("write it as `size=small`".to_owned());
            return usage(format!("`{word}` states no fact"), help);
        };
        let Some(fact) = facts.get(name) else {
            return usage(format!("there is no fact `{name}`"), one_of(name, facts.ids()));
        };
        let mut values: Vec<_> = match fact.kind {
            FactKind::Text => vec![said.to_owned()],
            _ => said.split(',').map(str::to_owned).collect(),
        };
        if let Some(value) =
            values.iter().find(|value| value.trim().is_empty() || !fact.allows(value))
        {
            let help = one_of(value, fact.values());
            return usage(format!("fact `{name}` has no value `{value}`"), help);
        }
        values.sort();
        values.dedup();
        if values.len() > 1 && fact.kind != FactKind::Many {
            let help = Some("keep the one that holds".to_owned());
            return usage(format!("fact `{name}` has one value"), help);
        }
        if profile.insert(name.to_owned(), values).is_some() {
            let help = match fact.kind {
                FactKind::Many => format!("state it once, as `{name}=…,…`"),
                _ => "keep the one that holds".to_owned(),
            };
            return usage(format!("fact `{name}` is stated twice"), Some(help));
        }
    }
    Ok(profile)
}

/// A system alone has a stage, so an organisation neither states one nor answers what asks for one.
fn stage_fits_the_kind(
    profile: &Profile,
    questionnaire: &Questionnaire,
    facts: &Facts,
) -> Result<(), Failure> {
    let is_organisation = profile.get(Facts::KIND).is_some_and(|kind| kind == &["organisation"]);
    let needs_stage = facts.get(Facts::STAGE).is_some_and(|fact| fact.required)
        && questionnaire.facts_used().contains(Facts::STAGE);
    let message = match profile.contains_key(Facts::STAGE) {
        _ if !is_organisation => return Ok(()),
        true => "an organisation has no stage; an AI system of it has one".to_owned(),
        false if needs_stage => {
            format!("`{}` is about an AI system, not an organisation", questionnaire.id)
        }
        false => return Ok(()),
    };
    let help = match needs_stage {
        true => "state `kind=system`, or leave `kind` out",
        false => "leave out `stage`, or state `kind=system`",
    };
    Err(Failure::Usage(message, Some(help.to_owned())))
}
