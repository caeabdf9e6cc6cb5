//! `gapwise verify`: recomputes a result, prints a PDF again, and names what differs.

use super::{Failure, Outcome, OwnQuestionnaires, Terminal, evidence_files};
use crate::diagnostic::Diagnostics;
use crate::library::Library;
use crate::load;
use crate::model::Assessment;
use crate::publish::reprint::{
    Held, Means, Reprint, compare_sheet, held, reprint_result, reprint_sheet,
};
use crate::raw::DocumentKind;
use crate::render::pdf::SheetData;
use crate::render::template::Templates;
use crate::result::{AssessmentResult, ENGINE, ResultCut};
use crate::score::Scorecard;
use crate::source::{SourceId, decode, one_line, visible};
use crate::verify::{AtHand, Difference, LARGEST_RESULT, read_result, verify};
use clap::Args;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// Recompute every number of a result and name what differs; print a PDF again and compare its pages
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  gapwise verify out/result.json --answers acme.yaml\n  gapwise verify out/report.pdf\n\nA PDF holds its result: that is taken out and recomputed, then the PDF is printed again from it. It\nproves that numbers and pages follow from the answers, not that the answers are true."
)]
pub(super) struct Verify {
    /// The result or the PDF, as `gapwise report` writes it; `-` is standard input
    #[arg(value_name = "RESULT")]
    result: PathBuf,
    /// The answers file; without it the answers that the result holds are used
    #[arg(long, value_name = "FILE")]
    answers: Option<PathBuf>,
    #[command(flatten)]
    own: OwnQuestionnaires,
    /// The fonts that the PDF was made with, in the same order
    #[arg(long, value_name = "FILE")]
    font: Vec<PathBuf>,
    /// The templates of your own that the PDF was made with
    #[arg(long, value_name = "DIR")]
    template: Option<PathBuf>,
}

/// The largest file that is read; those of the examples have a tenth of it. Unit: bytes.
const LARGEST: usize = 64 * 1024 * 1024;

/// What is read on the way.
struct Desk<'t> {
    library: Library,
    found: Diagnostics,
    terminal: &'t mut Terminal,
}

impl Desk<'_> {
    /// Says why nothing can be verified.
    fn reject(&mut self, message: &str, help: Option<&str>) -> Result<Outcome, Failure> {
        self.terminal.show(&self.library.sources, &self.found);
        self.terminal.complain(message, help);
        Ok(Outcome::Rejected)
    }
}

/// What can be done where a file is not of ours.
const NAME_ANOTHER: &str = "name a result.json or a PDF that `gapwise report` wrote";

impl Verify {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let mut found = Diagnostics::default();
        let library = self.own.library(&mut found)?;
        let mut desk = Desk { library, found, terminal };
        let bytes = match load::bytes(&self.result, LARGEST)? {
            Ok(bytes) => bytes,
            Err(message) => return desk.reject(&message, Some(NAME_ANOTHER)),
        };
        if !bytes.starts_with(b"%PDF-") {
            let name = visible(&self.result.display().to_string()).into_owned();
            return match decode(&bytes) {
                Ok(text) if bytes.len() <= LARGEST_RESULT => {
                    Ok(match self.result(&text, None, &mut desk)? {
                        Some(_) => self.end(&mut desk)?,
                        None => Outcome::Rejected,
                    })
                }
                Ok(_) => desk.reject(
                    &format!("`{name}` has more than the {LARGEST_RESULT} bytes allowed"),
                    Some(NAME_ANOTHER),
                ),
                Err(_) => desk.reject(&format!("`{name}` is not UTF-8 text"), Some(NAME_ANOTHER)),
            };
        }
        match held(&bytes) {
            Ok(Held::Result { result, answers }) => {
                self.pdf(&bytes, &result, answers.as_deref(), &mut desk)
            }
            Ok(Held::Sheet(sheet)) => self.sheet(&bytes, &sheet, &mut desk),
            Err(why) => desk.reject(&format!("the PDF cannot be verified: {why}"), None),
        }
    }

    /// A PDF: the result that it holds, then its pages.
    fn pdf(
        &self,
        bytes: &[u8],
        result: &str,
        answers: Option<&str>,
        desk: &mut Desk<'_>,
    ) -> Result<Outcome, Failure> {
        let means = self.means()?;
        let Some((result, recomputed)) = self.result(result, answers, desk)? else {
            return Ok(Outcome::Rejected);
        };
        let with = (&mut desk.library, &means);
        let printed = reprint_result(bytes, recomputed, &result, answers, with);
        self.compared(printed, "the result", desk)
    }

    /// The PDF of an answer sheet: the answers that it holds, then its pages.
    fn sheet(
        &self,
        bytes: &[u8],
        data: &SheetData,
        desk: &mut Desk<'_>,
    ) -> Result<Outcome, Failure> {
        let means = self.means()?;
        if let Some((answers, path)) = self.answers(desk)? {
            let files = evidence_files(&mut desk.library, answers, path);
            let Desk { library, found, terminal } = desk;
            let compared = compare_sheet(library, &data.sheet, answers, &files, found);
            terminal.show(&library.sources, found);
            let Some(differences) = compared else {
                return desk.reject("the answers cannot be compared", None);
            };
            for difference in &differences {
                terminal.print(&format!("{}\n", in_words(difference, "sheet")))?;
            }
            if !differences.is_empty() {
                terminal.say(&format!("{} values differ", differences.len()));
                return Ok(Outcome::Rejected);
            }
            terminal.print("verified: the sheet shows what the answers file marks public\n")?;
        }
        self.compared(reprint_sheet(bytes, data, &means), "the answers that it holds", desk)
    }

    fn means(&self) -> Result<Means, Failure> {
        let templates = match &self.template {
            Some(folder) => Templates::with(load::templates(folder)?),
            None => Templates::default(),
        };
        Ok(Means { fonts: super::fonts(&self.font)?, templates })
    }

    /// Says what came of printing a PDF again.
    fn compared(
        &self,
        printed: Result<Reprint, String>,
        from: &str,
        desk: &mut Desk<'_>,
    ) -> Result<Outcome, Failure> {
        let printed = match printed {
            Ok(printed) => printed,
            Err(why) => {
                let message = format!("the pages cannot be verified: {}", one_line(&why));
                return desk.reject(&message, None);
            }
        };
        let pages = |count| {
            if count == 1 {
                "the page follows".to_owned()
            } else {
                format!("all {count} pages follow")
            }
        };
        match printed {
            Reprint::Same { pages: count } => {
                desk.terminal
                    .print(&format!("verified: {} from {from}, byte for byte\n", pages(count)))?;
            }
            Reprint::SameText { pages: count } => {
                desk.terminal.print(&format!(
                    "verified: {} from {from}, as text; another version made them\n",
                    pages(count)
                ))?;
            }
            Reprint::Changed(changed) => {
                for page in &changed {
                    desk.terminal.print(&format!("{}\n", one_line(page)))?;
                }
                return desk.reject(&format!("the pages do not follow from {from}"), None);
            }
            Reprint::Altered => {
                let message = format!(
                    "the text of each page follows from {from}, but the file was changed: its drawings, its structure or what is attached"
                );
                return desk.reject(&message, None);
            }
        }
        self.end(desk)
    }

    /// What stays unproven.
    fn end(&self, desk: &mut Desk<'_>) -> Result<Outcome, Failure> {
        desk.terminal.print("not proven: that the answers are true\n")?;
        Ok(Outcome::Done)
    }

    /// The answers file that is named.
    fn answers(&self, desk: &mut Desk<'_>) -> Result<Option<(SourceId, &Path)>, Failure> {
        let Some(path) = &self.answers else { return Ok(None) };
        let source = load::document(&mut desk.library, path, &mut desk.found)?;
        Ok(source.map(|source| (source, path.as_path())))
    }

    /// Recomputes a result and says what came of it. `None` where it is rejected.
    fn result(
        &self,
        text: &str,
        attached: Option<&str>,
        desk: &mut Desk<'_>,
    ) -> Result<Option<Verified>, Failure> {
        let (said, result) = match read_result(text, &mut desk.library, &mut desk.found) {
            Ok(read) => read,
            Err(message) => {
                desk.reject(&message, Some(NAME_ANOTHER))?;
                return Ok(None);
            }
        };
        if let Some(message) = not_at_hand(&result, &desk.library) {
            desk.reject(&message, Some("name the folder that holds it with --questionnaires"))?;
            return Ok(None);
        }
        let named = self.answers(desk)?;
        let files = named
            .map(|(source, path)| evidence_files(&mut desk.library, source, path))
            .unwrap_or_default();
        let at_hand = match (named, attached) {
            (Some((source, _)), _) => AtHand::All(source, &files),
            (None, Some(text)) => AtHand::Answers(desk.library.add("<answers in the PDF>", text)),
            (None, None) => AtHand::Nothing,
        };
        let Desk { library, found, terminal } = desk;
        let verification = verify(library, &said, &result, at_hand, found);
        terminal.show(&library.sources, found);
        for difference in &verification.differences {
            terminal.print(&format!("{}\n", in_words(difference, "result")))?;
        }
        let recomputed = verification.recomputed.filter(|_| !found.has_errors());
        let Some(recomputed) = recomputed else {
            terminal.complain("the result cannot be recomputed", None);
            return Ok(None);
        };
        if result.engine != ENGINE {
            terminal.say(&format!("made by {}; this is {ENGINE}", visible(&result.engine)));
        }
        if !verification.differences.is_empty() {
            let count = verification.differences.len() + verification.more;
            terminal.say(&format!("{count} of {} values differ", verification.compared));
            return Ok(None);
        }
        let compared = verification.compared;
        terminal.print(&format!("verified: {compared} values follow from the answers\n"))?;
        terminal.print(&reach(&result, named.map(|(_, path)| path), attached))?;
        Ok(Some((result, recomputed)))
    }
}

/// A result, and what it was recomputed as.
type Verified = (AssessmentResult, (Assessment, Scorecard));

/// The document that a result names and that is not at hand.
fn not_at_hand(result: &AssessmentResult, library: &Library) -> Option<String> {
    let named = [
        (DocumentKind::Questionnaire, Some(&result.questionnaire.id)),
        (DocumentKind::Target, result.target.as_ref().map(|target| &target.id)),
    ];
    let missing = named
        .into_iter()
        .find_map(|(kind, id)| Some((kind, id.filter(|id| !library.has(kind, id))?)));
    missing.map(|(kind, id)| format!("the {} `{}` is not at hand", kind.word(), visible(id)))
}

/// With what a result was compared, and with what not.
fn reach(result: &AssessmentResult, answers: Option<&Path>, attached: Option<&str>) -> String {
    let is_public = result.options.cut == ResultCut::Public;
    match (is_public, answers, attached) {
        (true, Some(path), _) => format!(
            "compared with the answers that {} marks public; this cut holds no others\n",
            visible(&path.display().to_string())
        ),
        (true, None, _) => {
            "compared with the answers in the cut: those made public, and no others\n".to_owned()
        }
        (false, Some(_), _) => String::new(),
        (false, None, Some(_)) => {
            "compared with the answers file in the PDF; not compared: digests of evidence; give the file with --answers\n".to_owned()
        }
        (false, None, None) => {
            "not compared: digests of answers and evidence; give the file with --answers\n".to_owned()
        }
    }
}

fn in_words(difference: &Difference, of: &str) -> String {
    let shown =
        |value: &Option<Value>| value.as_ref().map_or("nothing".to_owned(), Value::to_string);
    let (said, follows) = (shown(&difference.said), shown(&difference.follows));
    one_line(&format!("{}: the {of} says {said}, {follows} follows", difference.place))
}
