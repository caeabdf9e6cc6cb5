//! `gapwise explain`: how a number came about; what a diagnostic means.

use super::{Assessed, Failure, Outcome, Terminal, What};
use crate::diagnostic::{Code, one_of};
use crate::model::Claim;
use crate::render::screen;
use crate::report::{self, Report};
use crate::score::trace;
use clap::Args;
use std::fmt::Write as _;

/// Explain how a number came about, or what a diagnostic means
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  gapwise explain acme.yaml                how the overall score came about\n  gapwise explain acme.yaml HCOC-1         a domain; likewise a requirement or a question\n  gapwise explain Q104                     what a diagnostic means"
)]
pub(super) struct Explain {
    #[command(flatten)]
    what: What,
    /// A domain, a requirement or a question; the overall score unless said
    #[arg(value_name = "ID")]
    id: Option<String>,
}

impl Explain {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let word = self.what.answers.to_string_lossy();
        if let (None, false, Some(code)) = (&self.id, self.what.answers.exists(), Code::find(&word))
        {
            terminal.print(&format!(
                "{} {}\n  {}\n",
                code.id(),
                code.name(),
                code.explanation()
            ))?;
            return Ok(Outcome::Done);
        }
        let looks_like_code =
            word.len() == 4 && word.bytes().skip(1).all(|byte| byte.is_ascii_digit());
        if self.id.is_none() && !self.what.answers.exists() && looks_like_code {
            let codes = Code::ALL.iter().map(|code| code.id());
            return Err(Failure::Usage(format!("there is no code `{word}`"), one_of(&word, codes)));
        }
        let Some(assessed) = self.what.assess(terminal)? else { return Ok(Outcome::Rejected) };
        let text = match &self.id {
            None => Some(overall(&assessed)),
            Some(id) => domain(&assessed, id)
                .or_else(|| requirement(&assessed, id))
                .or_else(|| question(&assessed, id)),
        };
        let Some(text) = text else {
            let id = self.id.as_deref().unwrap_or_default();
            let known = ids(&assessed);
            let help = one_of(id, known.iter().map(String::as_str));
            let message =
                format!("`{id}` is no domain, requirement or question of this questionnaire");
            return Err(Failure::Usage(message, help));
        };
        terminal.print(&text)?;
        Ok(Outcome::Done)
    }
}

fn ids(assessed: &Assessed) -> Vec<String> {
    let questionnaire = &assessed.assessment.questionnaire;
    let domains = questionnaire.domains.iter().map(|domain| domain.id.to_string());
    let requirements = questionnaire.requirements().map(|(_, each)| each.id.to_string());
    let questions = questionnaire.questions.iter().map(|question| question.id.to_string());
    domains.chain(requirements).chain(questions).collect()
}

fn words(assessed: &Assessed) -> Report {
    report::report(&assessed.assessment, &assessed.scorecard, &assessed.warnings())
}

fn overall(assessed: &Assessed) -> String {
    let figures = words(assessed).overall;
    let heading = format!(
        "{}: {} (range {}, evidenced {}, coverage {})",
        assessed.assessment.questionnaire.title,
        figures.score,
        figures.range,
        figures.evidenced,
        figures.coverage
    );
    screen::trace(&heading, &trace::overall(&assessed.assessment, &assessed.scorecard))
}

fn domain(assessed: &Assessed, id: &str) -> Option<String> {
    let at = assessed
        .assessment
        .questionnaire
        .domains
        .iter()
        .position(|domain| domain.id.as_str() == id)?;
    let report = words(assessed);
    let domain = &report.domains[at];
    let heading = format!(
        "{} {}: {} (range {})",
        domain.id, domain.title, domain.figures.score, domain.figures.range
    );
    Some(screen::trace(&heading, &trace::domain(&assessed.assessment, &assessed.scorecard, at)))
}

fn requirement(assessed: &Assessed, id: &str) -> Option<String> {
    let domains = &assessed.assessment.questionnaire.domains;
    let place = domains.iter().enumerate().find_map(|(at, domain)| {
        Some((
            at,
            domain.requirements.iter().position(|requirement| requirement.id.as_str() == id)?,
        ))
    })?;
    let requirement = &domains[place.0].requirements[place.1];
    let score = &assessed.scorecard.domains[place.0].requirements[place.1];
    let clause = crate::result::clause(&assessed.assessment, requirement);
    let mut out = screen::trace(
        &format!("{id} {} ({clause})", requirement.statement),
        &trace::requirement(&assessed.assessment, &assessed.scorecard, place),
    );
    let strength =
        requirement.strength.as_ref().map_or(String::new(), |strength| format!(" ({strength})"));
    let _ = writeln!(
        out,
        "  weight in {}: {}{strength}",
        domains[place.0].id,
        requirement.weight.get()
    );
    if let Some((at_least, state)) = requirement.gate.zip(score.gate) {
        let _ = writeln!(out, "  gate at {}: {}", at_least.exact(), state.word());
    }
    if let (Some(target), Some(gap)) = (score.figures.target, score.figures.gap()) {
        let _ = writeln!(out, "  target {}, gap {gap} basis points", target.exact());
    }
    if let Some(finding) =
        assessed.scorecard.gaps.findings.iter().find(|finding| finding.place == place)
    {
        let _ = writeln!(out, "  reaching the target adds {} basis points overall", finding.worth);
    }
    if let Some(listed) = &requirement.listed {
        let _ = writeln!(out, "  listed, not asked: {listed}");
    }
    Some(out)
}

fn question(assessed: &Assessed, id: &str) -> Option<String> {
    let questionnaire = &assessed.assessment.questionnaire;
    let at = questionnaire.questions.iter().position(|question| question.id.as_str() == id)?;
    let question = &questionnaire.questions[at];
    let mut out = format!("{id} {}\n", question.ask);
    let said = match &assessed.assessment.answer(at).claim {
        Claim::Value(value) => question.kind.said(value),
        _ => Vec::new(),
    };
    for choice in question.kind.choices() {
        let mark = if said.contains(&choice.id) { '>' } else { ' ' };
        let _ = writeln!(
            out,
            "{mark} {:<16} {:>5}  {}",
            choice.id,
            choice.score.basis_points(),
            choice.text
        );
    }
    let _ = writeln!(out, "  state: {}", assessed.scorecard.states[at].word());
    for (place, score) in assessed.scorecard.requirements() {
        let requirement = &questionnaire.domains[place.0].requirements[place.1];
        for item in score.items.iter().filter(|item| item.question == at) {
            let counts = item
                .score
                .map_or(item.state.word().to_owned(), |score| score.basis_points().to_string());
            let _ =
                writeln!(out, "  in {:<10} {counts:>5} × {}", requirement.id, item.weight.get());
        }
    }
    Some(out)
}
