//! One client: read, scored, reported on.

use super::failure::{Failure, at_line, endless, failure, unreadable};
use super::input::{Job, What, texts};
use super::names::Names;
use super::stream::LONGEST;
use super::table::{Columns, Given};
use crate::assemble::{self, Request};
use crate::cut::Cut;
use crate::diagnostic::{Code, Diagnostics};
use crate::digest::Digest;
use crate::library::{Incoming, Library};
use crate::load::shelf::Shelf;
use crate::load::{self, Trouble};
use crate::model::{Assessment, Claim};
use crate::portfolio::ClientResult;
use crate::publish::{Publication, characters_without_glyph};
use crate::render::pdf::Setup;
use crate::render::template::Templates;
use crate::render::{Format, RenderError};
use crate::result::{Warning, warnings};
use crate::score::Scorecard;
use crate::source::{SourceId, Span, decode};
use crate::validate::EvidenceFiles;
use crate::workbook::{LARGEST_WORKBOOK, merge, read};
use crate::yaml::json::{self, Unread};
use std::path::Path;

/// What is wanted of each client.
#[derive(Debug)]
pub struct Wanted {
    /// Another questionnaire than the one that was answered.
    pub against: Option<String>,
    /// Another target than the questionnaire's own.
    pub target: Option<String>,
    /// Another date than the answers' own.
    pub date: Option<String>,
    /// Which reports: whom each is for, and in which formats. None: figures only.
    pub reports: Vec<(Cut, Vec<Format>)>,
    /// How PDFs are made.
    pub setup: Setup,
    /// What reports are made with.
    pub templates: Templates,
    /// The digest of all this, of the program and of its content: reports of another one are made again.
    pub fingerprint: Digest,
}

impl Wanted {
    fn given(&self) -> Given<'_> {
        Given { questionnaire: self.against.as_deref(), date: self.date.as_deref() }
    }
}

/// What came of a client.
pub(super) enum Scored {
    /// It is scored.
    Result {
        /// Its line of `results.ndjson`.
        json: String,
        /// What its folder may be called.
        names: Names,
        /// What its reports were made from; `None` where there are none.
        made_from: Option<String>,
        /// Whether these were there already.
        kept: bool,
        /// Whether a cut for outsiders was wanted, and nothing is public.
        nothing_public: bool,
        /// Whether a requirement is below its target, or a gate failed.
        below_target: bool,
    },
    /// It is not.
    Failure(Failure),
}

/// Looks at one client after the other.
pub(super) struct Worker<'a> {
    library: Library,
    slot: SourceId,
    wanted: &'a Wanted,
    shelf: &'a Shelf,
    columns: Option<&'a Columns>,
}

/// An assessment with all that is known of where it came from.
struct Looked {
    assessment: Assessment,
    scorecard: Scorecard,
    found: Diagnostics,
    answers: SourceId,
    /// The first 16 digits of the digest of what was read.
    input: String,
}

impl<'a> Worker<'a> {
    pub(super) fn new(
        mut library: Library,
        wanted: &'a Wanted,
        shelf: &'a Shelf,
        columns: Option<&'a Columns>,
    ) -> Self {
        let slot = library.sources.add("", "");
        Self { library, slot, wanted, shelf, columns }
    }

    /// Scores a client and writes its reports.
    ///
    /// # Errors
    /// A report cannot be made or written. That a file of a client cannot be read is a failure of that client.
    pub(super) fn look_at(&mut self, job: &Job) -> Result<Scored, Trouble> {
        match &job.what {
            What::File(path) => self.file(&job.file, path),
            What::Line(line, bytes) => self.line(&job.file, *line, bytes.as_deref()),
            What::Row(line, cells, computed) => self.row(&job.file, *line, cells, computed),
            What::EndlessRow(line) => Ok(Scored::Failure(endless(&job.file, *line))),
            What::Failed(failure) => Ok(Scored::Failure(failure.clone())),
        }
    }

    fn file(&mut self, name: &str, path: &Path) -> Result<Scored, Trouble> {
        let bytes = match load::bytes(path, LARGEST_WORKBOOK) {
            Ok(Ok(bytes)) => bytes,
            Ok(Err(why)) | Err(Trouble { message: why, .. }) => {
                return Ok(Scored::Failure(unreadable(name, why)));
            }
        };
        self.library
            .put(self.slot, Incoming { name, text: String::new(), first_line: 1, data: None });
        if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx")) {
            return self.workbook(name, path, &bytes);
        }
        let text = match load::decoded(&bytes) {
            Ok(text) => text,
            Err(why) => {
                let mut found = Diagnostics::default();
                found.push(why.of(self.slot));
                return Ok(Scored::Failure(failure(&self.library, &found, name, None)));
            }
        };
        self.library.put(self.slot, Incoming { name, text, first_line: 1, data: None });
        let files = self.evidence(path);
        let slot = self.slot;
        let looked = assess(&mut self.library, slot, &files, &bytes, self.wanted);
        self.deliver(name.to_owned(), looked)
    }

    /// What is at hand of the evidence that a file names.
    fn evidence(&mut self, path: &Path) -> EvidenceFiles {
        let read = self.library.read(self.slot, &mut Diagnostics::default());
        let raw = read.as_deref().and_then(crate::library::Read::answers);
        raw.map(|raw| load::evidence(path, raw)).unwrap_or_default()
    }

    /// A filled-in workbook. Its sheets become texts of a library that is dropped with them.
    fn workbook(&mut self, name: &str, path: &Path, bytes: &[u8]) -> Result<Scored, Trouble> {
        let mut library = self.library.clone();
        let mut found = Diagnostics::default();
        let filled = read::read(&mut library, name, bytes, &mut found);
        let sitting = filled.and_then(|filled| {
            let sitting = merge::begin(&mut library, &filled, name, &mut found)?;
            (!found.has_errors()).then_some(sitting)
        });
        let Some(sitting) = sitting else {
            return Ok(Scored::Failure(failure(&library, &found, name, None)));
        };
        let mut files = EvidenceFiles::new();
        if let Some(read) = library.read(sitting.answers, &mut Diagnostics::default())
            && let Some(raw) = read.answers()
        {
            files = load::evidence(path, raw);
        }
        let looked = assess(&mut library, sitting.answers, &files, bytes, self.wanted);
        let mut other = Worker { library, slot: self.slot, ..*self };
        other.deliver(name.to_owned(), looked)
    }

    fn line(&mut self, name: &str, line: usize, bytes: Option<&[u8]>) -> Result<Scored, Trouble> {
        let Some(bytes) = bytes else {
            let message = format!("the line has more than the {LONGEST} bytes allowed");
            return Ok(Scored::Failure(at_line(name, line, Code::Y004, message, "split it")));
        };
        let Ok(text) = decode(bytes) else {
            let message = "the line is not UTF-8".to_owned();
            let help = "save the file as UTF-8";
            return Ok(Scored::Failure(at_line(name, line, Code::Y001, message, help)));
        };
        let span = Span { source: self.slot, start: 0, end: text.len() as u32 };
        let data = match json::read(&text, span) {
            Ok(node) => Some(node),
            Err(Unread::Unusual) => None,
            Err(Unread::NotJson(why, _)) => {
                let message = format!("the line is no JSON: {why}");
                let help = "write one answers document as JSON on each line";
                return Ok(Scored::Failure(at_line(name, line, Code::R206, message, help)));
            }
        };
        let was_quick = data.is_some();
        let incoming = Incoming { name, text, first_line: line, data };
        self.library.put(self.slot, incoming);
        let (slot, files) = (self.slot, EvidenceFiles::new());
        let mut looked = assess(&mut self.library, slot, &files, bytes, self.wanted);
        let has_faults = looked.as_ref().map_or_else(|_| true, |looked| !looked.found.is_empty());
        if was_quick && has_faults {
            // Once more, with the place of each value.
            self.library.forget(slot);
            looked = assess(&mut self.library, slot, &files, bytes, self.wanted);
        }
        self.deliver(format!("{name}:{line}"), looked)
    }

    fn row(
        &mut self,
        name: &str,
        line: usize,
        cells: &[Vec<u8>],
        computed: &[usize],
    ) -> Result<Scored, Trouble> {
        let Some(columns) = self.columns else { return Ok(Scored::Failure(endless(name, line))) };
        let mut found = Diagnostics::default();
        let incoming = |text, data| Incoming { name, text, first_line: line, data };
        self.library.put(self.slot, incoming(String::new(), None));
        let read = texts(cells, self.slot, &mut found).map(|cells| {
            columns.read(&cells, computed, self.slot, self.wanted.given(), &mut found)
        });
        let (text, data) = read.unwrap_or_default();
        let bytes = text.clone().into_bytes();
        self.library.put(self.slot, incoming(text, data));
        let looked = match found.has_errors() {
            true => Err(found),
            false => {
                assess(&mut self.library, self.slot, &EvidenceFiles::new(), &bytes, self.wanted)
                    .map(|mut looked| {
                        looked.found.extend(&found);
                        looked
                    })
            }
        };
        match looked {
            Err(found) => Ok(Scored::Failure(failure(&self.library, &found, name, Some(line)))),
            looked => self.deliver(format!("{name}:{line}"), looked),
        }
    }

    /// Writes the reports of a client, unless they are there.
    fn deliver(
        &mut self,
        from: String,
        looked: Result<Looked, Diagnostics>,
    ) -> Result<Scored, Trouble> {
        let name = self.library.sources.get(self.slot).name.clone();
        let looked = match looked {
            Ok(looked) => looked,
            Err(found) => {
                return Ok(Scored::Failure(failure(&self.library, &found, &name, None)));
            }
        };
        let Looked { assessment, scorecard, found, input, .. } = &looked;
        let warnings = warnings(&self.library.sources, found);
        let line = ClientResult::new(assessment, scorecard, from, input.clone());
        let names = Names::of(&line);
        let below_target = !line.failed_gates.is_empty() || !line.below_target.is_empty();
        let (mut kept, mut nothing_public, mut made_from) = (false, false, None);
        if !self.wanted.reports.is_empty() {
            let made = self.made_from(input, &warnings);
            kept = self.shelf.has(&made, &names.both());
            let reports = match self.reports(&looked, &warnings, &mut nothing_public, !kept) {
                Ok(reports) => reports,
                Err(Stopped::Faults(found)) => {
                    return Ok(Scored::Failure(failure(&self.library, &found, &name, None)));
                }
                Err(Stopped::Render(why)) => {
                    return Err(Trouble { message: why.to_string(), help: None });
                }
            };
            if !kept {
                self.shelf.put(&made, reports)?;
            }
            made_from = Some(made);
        }
        let json = serde_json::to_string(&line).unwrap_or_default();
        Ok(Scored::Result { json, names, made_from, kept, nothing_public, below_target })
    }

    /// What reports are made from: all that they show hangs on it.
    fn made_from(&self, input: &str, warnings: &[Warning]) -> String {
        let warnings = serde_json::to_string(warnings).unwrap_or_default();
        let all = format!("{}{input}{warnings}", self.wanted.fingerprint);
        Digest::of_bytes(all.as_bytes()).to_string()[..16].to_owned()
    }

    /// The files of all reports; none where they are not `made` but only looked into.
    fn reports(
        &self,
        looked: &Looked,
        warnings: &[Warning],
        nothing_public: &mut bool,
        made: bool,
    ) -> Result<Vec<(String, Vec<u8>)>, Stopped> {
        let mut files = Vec::new();
        let mut faults = Diagnostics::default();
        for (cut, formats) in &self.wanted.reports {
            let Looked { assessment, scorecard, found, answers, .. } = looked;
            if !cut.is_external() && !made {
                continue;
            }
            let publication = if cut.is_external() {
                let (assessment, scorecard, found) = assemble::public(assessment, *answers, found);
                if !shows_something(&assessment) {
                    *nothing_public = true;
                    continue;
                }
                let warnings = crate::result::warnings(&self.library.sources, &found);
                Publication::new(&assessment, &scorecard, &warnings, *cut, None)
            } else {
                Publication::new(assessment, scorecard, warnings, *cut, None)
            };
            for format in formats.iter().filter(|_| made) {
                let bytes = self.bytes(&publication, *format, *answers, &mut faults)?;
                files.push((publication.file_name(*format), bytes));
            }
        }
        if faults.has_errors() { Err(Stopped::Faults(faults)) } else { Ok(files) }
    }

    fn bytes(
        &self,
        publication: &Publication,
        format: Format,
        answers: SourceId,
        faults: &mut Diagnostics,
    ) -> Result<Vec<u8>, RenderError> {
        let Wanted { setup, templates, .. } = self.wanted;
        match format {
            Format::Pdf => {
                let printed = publication.pdf(setup, None, templates)?;
                let sources = &self.library.sources;
                characters_without_glyph(&printed.missing, sources, answers, faults);
                Ok(printed.bytes)
            }
            Format::Xlsx => publication.workbook(),
            _ => publication.text(format, templates).map(String::into_bytes),
        }
    }
}

/// Why a client's reports were not made.
enum Stopped {
    Faults(Diagnostics),
    Render(RenderError),
}

impl From<RenderError> for Stopped {
    fn from(why: RenderError) -> Self {
        Self::Render(why)
    }
}

/// Whether an answer is left that outsiders may see.
fn shows_something(public: &Assessment) -> bool {
    let questions = 0..public.questionnaire.questions.len();
    questions.into_iter().any(|at| public.answer(at).claim != Claim::Open)
}

/// Scores answers. What is wrong with them is the error.
fn assess(
    library: &mut Library,
    answers: SourceId,
    files: &EvidenceFiles,
    bytes: &[u8],
    wanted: &Wanted,
) -> Result<Looked, Diagnostics> {
    let mut found = Diagnostics::default();
    let (against, target) = (wanted.against.as_deref(), wanted.target.as_deref());
    let date = wanted.date.as_deref();
    let request = Request { answers, against, target, date, files };
    let assessed = assemble::assess(library, &request, &mut found);
    match assessed.filter(|_| !found.has_errors()) {
        None => Err(found),
        Some((assessment, scorecard)) => {
            let evidence = if files.is_empty() { String::new() } else { format!("{files:?}") };
            let input = Digest::of_bytes(&[bytes, evidence.as_bytes()].concat());
            let input = input.to_string()[..16].to_owned();
            Ok(Looked { assessment, scorecard, found, answers, input })
        }
    }
}
