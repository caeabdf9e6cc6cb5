//! `gapwise plan`: the steps worth most for a number of days; what an answer would change.

use super::{Assessed, Failure, Outcome, Terminal, What};
use crate::diagnostic::one_of;
use crate::load::{self, Output, Trouble};
use crate::model::{Assessment, Claim, Facts, Kind, Question, QuestionIndex, Value};
use crate::plan::{self, BUDGETS, Plan as Chosen, Standing};
use crate::render::plan::{Shown, json, markdown, text};
use crate::render::template::Templates;
use crate::score::{Scorecard, State, score};
use crate::{report, result};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Choose the steps worth most for a number of days, in 30/60/90-day order
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  gapwise plan acme.yaml --days 20\n  gapwise plan acme.yaml --days 2.5 --format md -o plan.md\n  gapwise plan acme.yaml --assume RSK-1=3              what this answer alone would change\n  gapwise plan acme.yaml --assume RSK-1=3 --days 20    and the plan from there\n\nGround rules come first, then the set of steps that raises the score most for the days given. Days\nare person-days of work, by our estimate for an organisation of this size. The answers file stays\nas it is."
)]
pub(super) struct Plan {
    #[command(flatten)]
    what: What,
    /// The person-days that may be spent: 0.5 to 1000, in halves
    #[arg(long, value_name = "DAYS", value_parser = days)]
    days: Option<u32>,
    /// Assume an answer before planning: a level, yes or no, an option, `a|b` for several, a number or
    /// `unknown`. It may be named more than once
    #[arg(long, value_name = "ID=VALUE")]
    assume: Vec<String>,
    /// For people, for a document, or for machines
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// The file that the plan is written to; standard output unless said
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Overwrite the file if it is there already
    #[arg(long)]
    force: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// 80 columns of text
    Text,
    /// Markdown
    Md,
    /// `plan/1`
    Json,
}

/// A number of days, in half-days.
pub(super) fn days(word: &str) -> Result<u32, String> {
    let (whole, half) = match word.split_once('.') {
        Some((whole, "5")) => (whole, 1),
        Some((whole, "0")) => (whole, 0),
        None => (word, 0),
        _ => ("", 0),
    };
    let digits = !whole.is_empty() && whole.bytes().all(|byte| byte.is_ascii_digit());
    let days = whole.parse::<u32>().ok().filter(|_| digits);
    let halves = days.and_then(|days| days.checked_mul(2)?.checked_add(half));
    halves
        .filter(|halves| BUDGETS.contains(halves))
        .ok_or_else(|| "write whole or half days from 0.5 to 1000, as `20` or `2.5`".to_owned())
}

/// The plan for a budget. `None` where effort cannot be known, which is then said.
pub(super) fn chosen(
    assessment: &Assessment,
    scorecard: &Scorecard,
    halves: u32,
    terminal: &mut Terminal,
) -> Option<Chosen> {
    let plan = plan::plan(assessment, scorecard, halves);
    if plan.is_none() {
        let size = assessment.facts.get(Facts::SIZE);
        let sizes = size.map(|fact| fact.values().join(", ")).unwrap_or_default();
        let help = format!("state `size` under `profile` in the answers: one of {sizes}");
        terminal.complain(
            "the answers do not state the size of the organisation, and effort is estimated by it",
            Some(&help),
        );
    }
    plan
}

impl Plan {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        if self.days.is_none() && self.assume.is_empty() {
            let help = "name a budget, as `--days 20`, or a what-if, as `--assume RSK-1=3`";
            let message = "there is nothing to plan with".to_owned();
            return Err(Failure::Usage(message, Some(help.to_owned())));
        }
        let Some(assessed) = self.what.assess(terminal)? else { return Ok(Outcome::Rejected) };
        let assumed = self.assumed(&assessed, terminal)?;
        let claim = |value: &Option<Value>| value.clone().map_or(Claim::Unknown, Claim::Value);
        let claims = assumed.iter().map(|(at, value)| (*at, claim(value)));
        let with = assessed.assessment.moved(claims);
        let scorecard = score(&with);
        let plan = match self.days.map(|halves| chosen(&with, &scorecard, halves, terminal)) {
            Some(None) => return Ok(Outcome::Rejected),
            plan => plan.flatten(),
        };
        let standings = (Standing::of(&assessed.scorecard), Standing::of(&scorecard));
        let words = self.words(&assessed, &with, &assumed, standings, plan.as_ref(), terminal);
        self.deliver(
            words.map_err(|why| Trouble { message: why.to_string(), help: None })?,
            terminal,
        )?;
        Ok(Outcome::Done)
    }

    /// The plan in the format asked for.
    fn words(
        &self,
        assessed: &Assessed,
        with: &Assessment,
        assumed: &[(QuestionIndex, Option<Value>)],
        standings: (Standing, Standing),
        plan: Option<&Chosen>,
        terminal: &Terminal,
    ) -> Result<String, crate::render::RenderError> {
        let (of, scorecard) = (&assessed.assessment, &assessed.scorecard);
        if let Format::Json = self.format {
            let mut result = result::result(of, scorecard, &[]);
            result.plan = plan.map(|plan| result::plan_of(with, plan));
            return Ok(json(&result.plan_document(of, assumed, standings)));
        }
        let report = report::report(of, scorecard, &[]);
        let shown = Shown {
            head: &report.head,
            questionnaire: &report.questionnaire,
            assumed: (!assumed.is_empty()).then(|| report::assumed(of, assumed, standings)),
            plan: plan.map(|plan| report::plan(with, plan)),
        };
        match self.format {
            Format::Md => markdown(&shown, &Templates::default()),
            _ => Ok(text(&shown, terminal.colour && self.output.is_none())),
        }
    }

    /// What is assumed; `None` is "don't know". All that is wrong is said.
    fn assumed(
        &self,
        assessed: &Assessed,
        terminal: &mut Terminal,
    ) -> Result<Vec<(QuestionIndex, Option<Value>)>, Failure> {
        let mut assumed: Vec<(QuestionIndex, Option<Value>)> = Vec::new();
        let mut wrong = Vec::new();
        for word in &self.assume {
            match assumption(word, assessed) {
                Ok((at, _)) if assumed.iter().any(|(other, _)| *other == at) => {
                    let id = &assessed.assessment.questionnaire.questions[at].id;
                    let help = Some("keep the one that is meant".to_owned());
                    wrong.push((format!("`{id}` is assumed twice"), help));
                }
                Ok(one) => assumed.push(one),
                Err(why) => wrong.push(why),
            }
        }
        let last = wrong.pop();
        wrong.iter().for_each(|(message, help)| terminal.complain(message, help.as_deref()));
        match last {
            Some((message, help)) => Err(Failure::Usage(message, help)),
            None => Ok(assumed),
        }
    }

    fn deliver(&self, text: String, terminal: &mut Terminal) -> Result<(), Trouble> {
        match self.output.as_ref().filter(|path| path.as_os_str() != "-") {
            None => terminal.print(&text),
            Some(path) => {
                let output = Output { path: path.clone(), bytes: text.into_bytes() };
                load::write(&[output], self.force)?;
                terminal.say(&format!("wrote {}", path.display()));
                Ok(())
            }
        }
    }
}

/// What is wrong with an assumption, and what to do.
type Wrong = (String, Option<String>);

/// One assumed answer.
fn assumption(word: &str, assessed: &Assessed) -> Result<(QuestionIndex, Option<Value>), Wrong> {
    let questions = &assessed.assessment.questionnaire.questions;
    let Some((id, said)) = word.split_once('=') else {
        let help = Some("write a question and its answer, as `RSK-1=3`".to_owned());
        return Err((format!("`{word}` assumes no answer"), help));
    };
    let Some(at) = questions.iter().position(|question| question.id.as_str() == id) else {
        let help = one_of(id, questions.iter().map(|question| question.id.as_str()));
        return Err((format!("there is no question `{id}` in this questionnaire"), help));
    };
    if assessed.scorecard.states[at] == State::NotAsked {
        let help = Some("leave it out: whatever the answer, it does not count".to_owned());
        return Err((format!("`{id}` is not asked of this respondent"), help));
    }
    if said == "unknown" {
        return Ok((at, None));
    }
    match value(&questions[at], said) {
        Some(value) => Ok((at, Some(value))),
        None => {
            Err((format!("`{said}` does not answer `{id}`"), Some(expected(&questions[at], said))))
        }
    }
}

/// An answer as a table says it.
fn value(question: &Question, said: &str) -> Option<Value> {
    let plain = |said: &str| said.bytes().all(|byte| byte.is_ascii_digit());
    let words: Vec<_> = said.split('|').collect();
    question.kind.value(&words).filter(|value| !matches!(value, Value::Number(_)) || plain(said))
}

/// What a question is answered with.
fn expected(question: &Question, said: &str) -> String {
    let tokens = question.kind.tokens();
    match &question.kind {
        Kind::Maturity(levels) => {
            format!("say a level from 0 to {}, or `unknown`", levels.len() - 1)
        }
        Kind::Number { .. } => "say a whole number in digits, or `unknown`".to_owned(),
        Kind::Checklist { .. } => {
            let wrong = said.split('|').find(|word| !tokens.contains(word));
            let near =
                wrong.and_then(|word| crate::diagnostic::nearest(word, tokens.iter().copied()));
            let near = near.map_or(String::new(), |near| format!("did you mean `{near}`? "));
            format!("{near}say some of {}, or `unknown`", tokens.join("|"))
        }
        _ => one_of(said, tokens.iter().copied().chain(["unknown"]))
            .unwrap_or_else(|| "say one of its options, or `unknown`".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::days;

    #[test]
    fn days_are_whole_or_half() {
        assert_eq!(
            [days("20"), days("2.5"), days("0.5"), days("1000.0")],
            [Ok(40), Ok(5), Ok(1), Ok(2000)]
        );
        for wrong in
            ["0", "0.0", "1000.5", "2.25", "-1", "+2", "", ".5", "1e2", "two", "4294967296"]
        {
            assert!(days(wrong).is_err(), "{wrong}");
        }
    }
}
