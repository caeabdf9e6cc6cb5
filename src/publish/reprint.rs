//! A PDF made once more from what it holds, and compared with what it is: so pages that were changed by hand
//! are found though the attachment was not.

use super::Publication;
use crate::assemble::{self, Request};
use crate::cut::Cut;
use crate::diagnostic::Diagnostics;
use crate::library::Library;
use crate::model::Assessment;
use crate::plan::plan;
use crate::render::pdf::fonts::Fonts;
use crate::render::pdf::read::{attachments, page_texts};
use crate::render::pdf::style::Paper;
use crate::render::pdf::{ANSWERS, RESULT, SHEET, Setup, SheetData, print};
use crate::render::template::Templates;
use crate::render::{Format, cut::file_name};
use crate::report::{Pages, Sheet};
use crate::result::{AssessmentResult, ENGINE, Print};
use crate::score::Scorecard;
use crate::source::SourceId;
use crate::validate::EvidenceFiles;
use crate::verify::{Difference, differences};
use serde::Deserialize as _;
use serde_json::{Value, json};

/// The data that a PDF holds.
#[derive(Debug)]
pub enum Held {
    /// A result, as text; and the answers file, where it travels with it.
    Result {
        /// `result/1`.
        result: String,
        /// `answers/1`.
        answers: Option<String>,
    },
    /// An answer sheet.
    Sheet(Box<SheetData>),
}

/// Takes out what a PDF holds.
///
/// # Errors
/// It is no PDF of this program, or damaged; in words.
pub fn held(pdf: &[u8]) -> Result<Held, String> {
    let mut result = None;
    let mut answers = None;
    let mut sheet = None;
    for (name, bytes) in attachments(pdf)? {
        let place = match name.as_str() {
            RESULT => &mut result,
            ANSWERS => &mut answers,
            SHEET => &mut sheet,
            _ => continue,
        };
        let text = String::from_utf8(bytes).map_err(|_| format!("its `{name}` is no text"))?;
        if place.replace(text).is_some() {
            return Err(format!("it holds more than one `{name}`"));
        }
    }
    match (result, sheet) {
        (Some(result), None) => Ok(Held::Result { result, answers }),
        (None, Some(sheet)) => sheet_of(&sheet).map(|sheet| Held::Sheet(Box::new(sheet))),
        (Some(_), Some(_)) => Err(format!("it holds both `{RESULT}` and `{SHEET}`")),
        (None, None) => Err(format!("it holds no `{RESULT}`, so it is no report of this program")),
    }
}

fn sheet_of(text: &str) -> Result<SheetData, String> {
    let said: Value =
        serde_json::from_str(text).map_err(|why| format!("its `{SHEET}` is not JSON: {why}"))?;
    let sheet =
        SheetData::deserialize(&said).map_err(|why| format!("its `{SHEET}` is damaged: {why}"))?;
    match sheet.gapwise.as_str() {
        SheetData::KIND => Ok(sheet),
        other => Err(format!("its `{SHEET}` is a `{other}`, not `{}`", SheetData::KIND)),
    }
}

/// What came of printing a PDF again.
#[derive(Debug, PartialEq, Eq)]
pub enum Reprint {
    /// The same file.
    Same {
        /// How many pages it has.
        pages: usize,
    },
    /// Another version made it, and each page says the same.
    SameText {
        /// How many pages it has.
        pages: usize,
    },
    /// What its pages say, or how many there are, does not follow from its data; in words.
    Changed(Vec<String>),
    /// Its pages say what follows from its data, yet the file is another.
    Altered,
}

/// How PDFs are made here, beside what they record themselves.
#[derive(Debug, Default)]
pub struct Means {
    /// The fonts at hand.
    pub fonts: Fonts,
    /// The templates of fill-in pages.
    pub templates: Templates,
}

impl Means {
    /// How this PDF was made.
    fn setup(&self, print: &Print) -> Result<(Cut, Setup), String> {
        let cut = Cut::of(&print.cut).ok_or_else(|| {
            format!("it is for `{}`, which this program does not know", print.cut)
        })?;
        let paper = Paper::of(&print.paper).ok_or_else(|| {
            format!("its paper is `{}`, which this program does not know", print.paper)
        })?;
        if print.fonts != self.fonts.added() {
            return Err(match print.fonts.len() {
                0 => "it was made without --font".to_owned(),
                1 => "it was made with a font of its own; name that with --font".to_owned(),
                count => format!(
                    "it was made with {count} fonts of its own; name them with --font, in the same order"
                ),
            });
        }
        Ok((cut, Setup { paper, fonts: self.fonts.clone() }))
    }
}

/// Prints the PDF of a result again, from what the result was recomputed as.
///
/// # Errors
/// It cannot be printed here; in words.
pub fn reprint_result(
    pdf: &[u8],
    (mut assessment, scorecard): (Assessment, Scorecard),
    result: &AssessmentResult,
    answers: Option<&str>,
    (library, means): (&mut Library, &Means),
) -> Result<Reprint, String> {
    let options = &result.options;
    let print = options.print.as_ref().ok_or("its result does not say how it was printed")?;
    let (cut, setup) = means.setup(print)?;
    let by = match &options.by {
        Some(id) => {
            let crosswalk = library.crosswalk(id, &mut Diagnostics::default());
            Some(crosswalk.ok_or_else(|| format!("the framework `{id}` is not at hand"))?)
        }
        None => None,
    };
    // Without the answers file its digest is taken as it is said.
    assessment.answers.digest =
        result.answers.sha256.parse().map_err(|()| "its digest of the answers is none")?;
    let warnings = &result.diagnostics;
    let publication = Publication::new(&assessment, &scorecard, warnings, cut, by.as_deref());
    let mut publication = publication.made_by(&result.engine);
    if let Some(plan) = options.budget.and_then(|halves| plan(&assessment, &scorecard, halves)) {
        publication = publication.with_plan(&assessment, &plan);
    }
    let printed = publication.pdf(&setup, answers, &means.templates);
    compare(pdf, &printed.map_err(|why| why.to_string())?.bytes, &result.engine)
}

/// Prints the PDF of an answer sheet again.
///
/// # Errors
/// It cannot be printed here; in words.
pub fn reprint_sheet(pdf: &[u8], data: &SheetData, means: &Means) -> Result<Reprint, String> {
    let (cut, setup) = means.setup(&data.print)?;
    let pages = Pages::Sheet(data.sheet.clone());
    let name = file_name(cut, None, Format::Pdf);
    let printed = print(&pages, None, cut, &name, &setup, None, &means.templates);
    compare(pdf, &printed.map_err(|why| why.to_string())?.bytes, &data.sheet.head.engine)
}

/// What differs between an answer sheet and the one that follows from an answers file. `None` where that
/// cannot be scored; the diagnostics then say why.
pub fn compare_sheet(
    library: &mut Library,
    sheet: &Sheet,
    answers: SourceId,
    files: &EvidenceFiles,
    out: &mut Diagnostics,
) -> Option<Vec<Difference>> {
    let against = Some(sheet.questionnaire.id.as_str());
    let date = Some(sheet.head.date.as_str());
    let request = Request { answers, against, target: None, date, files };
    let (assessment, _) = assemble::assess(library, &request, out)?;
    let (assessment, scorecard, _) = assemble::public(&assessment, answers, out);
    let follows = Publication::new(&assessment, &scorecard, &[], Cut::Buyer, None);
    let follows = follows.made_by(&sheet.head.engine);
    match follows.pages {
        Pages::Sheet(follows) => Some(differences(&json!(sheet), &json!(follows))),
        _ => None,
    }
}

fn compare(said: &[u8], follows: &[u8], engine: &str) -> Result<Reprint, String> {
    let (here, there) = (page_texts(said)?, page_texts(follows)?);
    let pages = here.len();
    if said == follows {
        return Ok(Reprint::Same { pages });
    }
    let mut changed: Vec<_> =
        here.iter().zip(&there).enumerate().filter_map(|(at, pair)| page(at + 1, pair)).collect();
    if here.len() != there.len() {
        changed.push(format!("it has {} pages, {} follow", here.len(), there.len()));
    }
    Ok(match (changed.is_empty(), engine == ENGINE) {
        (false, _) => Reprint::Changed(changed),
        (true, true) => Reprint::Altered,
        (true, false) => Reprint::SameText { pages },
    })
}

/// Where two pages first differ.
fn page(number: usize, (said, follows): (&String, &String)) -> Option<String> {
    if said == follows {
        return None;
    }
    let (mut said, mut follows) = (said.lines(), follows.lines());
    loop {
        match (said.next(), follows.next()) {
            (a, b) if a == b && a.is_some() => {}
            (a, b) => {
                let shown = |line: Option<&str>| {
                    line.map_or("nothing".to_owned(), |line| format!("“{line}”"))
                };
                return Some(format!("page {number} says {}, {} follows", shown(a), shown(b)));
            }
        }
    }
}
