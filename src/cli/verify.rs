//! `gapwise verify`: recomputes a result and names what differs.

use super::{Failure, Outcome, OwnQuestionnaires, Terminal, evidence_files};
use crate::diagnostic::Diagnostics;
use crate::library::Library;
use crate::load;
use crate::raw::DocumentKind;
use crate::result::{AssessmentResult, ENGINE, KIND, METHOD, ResultCut};
use crate::source::{one_line, visible};
use crate::validate::is_date;
use crate::verify::{Difference, verify};
use crate::yaml;
use clap::Args;
use serde_json::Value;
use std::path::PathBuf;

/// Recompute every number of a result and name what differs
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  gapwise verify out/result.json --answers acme.yaml\n\nIt proves that the numbers follow from the answers, not that the answers are true."
)]
pub(super) struct Verify {
    /// The result, as `gapwise report` writes it; `-` is standard input
    #[arg(value_name = "RESULT")]
    result: PathBuf,
    /// The answers file; without it the answers that the result holds are used
    #[arg(long, value_name = "FILE")]
    answers: Option<PathBuf>,
    #[command(flatten)]
    own: OwnQuestionnaires,
}

impl Verify {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let mut found = Diagnostics::default();
        let mut library = self.own.library(&mut found)?;
        let text = load::text(&self.result, LARGEST_RESULT)?;
        let (said, result) = match text.and_then(|text| read(&text, &mut library, &mut found)) {
            Ok(read) => read,
            Err(message) => {
                terminal.show(&library.sources, &found);
                terminal.complain(&message, Some("name a result.json that `gapwise report` wrote"));
                return Ok(Outcome::Rejected);
            }
        };
        let named = [
            (DocumentKind::Questionnaire, Some(&result.questionnaire.id)),
            (DocumentKind::Target, result.target.as_ref().map(|target| &target.id)),
        ];
        for (kind, id) in named {
            if let Some(id) = id.filter(|id| !library.has(kind, id)) {
                let message = format!("the {} `{}` is not at hand", kind.word(), visible(id));
                terminal.complain(
                    &message,
                    Some("name the folder that holds it with --questionnaires"),
                );
                return Ok(Outcome::Rejected);
            }
        }
        let answers = match &self.answers {
            Some(path) => {
                load::document(&mut library, path, &mut found)?.map(|source| (source, path))
            }
            None => None,
        };
        let files = answers
            .map(|(source, path)| evidence_files(&mut library, source, path))
            .unwrap_or_default();
        let at_hand = answers.map(|(source, _)| (source, &files));
        let verification = verify(&mut library, &said, &result, at_hand, &mut found);
        terminal.show(&library.sources, &found);
        for difference in &verification.differences {
            terminal.print(&format!("{}\n", in_words(difference)))?;
        }
        if verification.rejected || found.has_errors() {
            terminal.complain("the result cannot be recomputed", None);
            return Ok(Outcome::Rejected);
        }
        if !verification.differences.is_empty() {
            let count = verification.differences.len() + verification.more;
            terminal.say(&format!("{count} of {} values differ", verification.compared));
            if result.engine != ENGINE {
                terminal.say(&format!("made by {}; this is {ENGINE}", visible(&result.engine)));
            }
            return Ok(Outcome::Rejected);
        }
        terminal.print(&format!(
            "verified: {} values follow from the answers\n",
            verification.compared
        ))?;
        if result.options.cut == ResultCut::Public {
            terminal.print(&match &self.answers {
                Some(path) => format!(
                    "compared with the answers that {} marks public; this cut holds no others\n",
                    visible(&path.display().to_string())
                ),
                None => "compared with the answers in the cut: those made public, and no others\n"
                    .to_owned(),
            })?;
        } else if self.answers.is_none() {
            terminal.print(
                "not compared: digests of answers and evidence; give the file with --answers\n",
            )?;
        }
        terminal.print("not proven: that the answers are true\n")?;
        Ok(Outcome::Done)
    }
}

/// The largest result that is read; those of the examples have a thirtieth of it. Unit: bytes.
const LARGEST_RESULT: usize = 8 * 1024 * 1024;

/// The result as data and as what it means. A key that stands twice is refused: another program
/// might read the other one.
fn read(
    text: &str,
    library: &mut Library,
    found: &mut Diagnostics,
) -> Result<(Value, AssessmentResult), String> {
    let said: Value =
        serde_json::from_str(text).map_err(|why| format!("this is not JSON: {why}"))?;
    let kind = said.get("gapwise").and_then(Value::as_str).unwrap_or_default();
    if kind != KIND {
        return Err(format!("this is no result: `gapwise` says `{}`, not `{KIND}`", visible(kind)));
    }
    let method = said.get("method").and_then(Value::as_u64).unwrap_or_default();
    if method != u64::from(METHOD) {
        return Err(format!(
            "the result is of edition {method} of the method; this program computes {METHOD}"
        ));
    }
    let source = library.sources.add("<result>", text);
    yaml::parse(source, &library.sources, LARGEST_RESULT, found);
    if found.has_errors() {
        return Err("the result is not plain data".to_owned());
    }
    match AssessmentResult::read(&said) {
        Ok(result) if result.options.date.as_ref().is_some_and(|date| !is_date(date)) => {
            Err("the result was asked for under a date that does not exist".to_owned())
        }
        Ok(result) => Ok((said, result)),
        Err(why) => Err(format!("the result is damaged: {}", one_line(&why))),
    }
}

fn in_words(difference: &Difference) -> String {
    let shown =
        |value: &Option<Value>| value.as_ref().map_or("nothing".to_owned(), Value::to_string);
    let (said, follows) = (shown(&difference.said), shown(&difference.follows));
    one_line(&format!("{}: the result says {said}, {follows} follows", difference.place))
}
