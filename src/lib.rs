//! Gapwise: AI-governance self-assessment. YAML questionnaires and answers in, traced gap reports out.
//!
//! ```text
//! questionnaire.yaml ┐
//! answers.yaml       ├─► raw ─► validate ─► model ─► score ─► report ─► render: HTML, PDF, Markdown, CSV, XLSX
//! target.yaml        │              └► diagnostics       └──► result ─────────► JSON
//! bank.yaml          │
//! crosswalk.yaml     ┘
//! ```
//!
//! The core takes texts and a date and gives values back: it reads no file, no clock and no
//! environment, and builds for `wasm32-unknown-unknown`. Files are the matter of [`load`], the command
//! line that of [`cli`], and a questionnaire as an Excel file that of [`workbook`]; these exist only
//! outside the browser.
//!
//! A PDF is made in four steps that know little of each other: a report becomes blocks
//! ([`render::pdf::words`]), these stand on pages ([`render::pdf::layout`]), the pages are drawn, and the
//! drawing is given its structure. It holds the data that it shows; [`publish::reprint`] makes it once more
//! from that and compares.
//!
//! Answers are given in a [`sitting`]: the text of the answers file is all its state. [`interview`] is the
//! conversation over it, in a terminal or in plain lines; [`form`] is one HTML file that holds this library as
//! WebAssembly and has the same conversation in a browser.
//!
//! What outsiders may see of answers, and why it cannot be worked back, stands in [`cut`].
//!
//! The steps worth most for a number of days are chosen in [`plan`], and [`compare`] splits what has changed
//! between two assessments into its causes. Many clients at once are the matter of [`batch`]: of each it keeps one
//! line, [`portfolio::ClientResult`], and [`portfolio`] counts these; what it may tell without names, and why nothing of
//! it can be worked back, stands in [`portfolio::anonymous`].
//!
//! The scoring method stands in [`score`], the file formats in [`raw`] and its parts, the kinds of
//! faults in [`diagnostic::Code`].
//!
//! ```
//! use gapwise::{assemble, diagnostic::Diagnostics, library::Library};
//!
//! let answers = "
//! gapwise: answers/1
//! of: {name: \"Corner Bakery\"}
//! profile: {role: [deployer], size: micro}
//! date: 2026-11-02
//! questionnaire: hiroshima-code-of-conduct
//! answers:
//!   GOV-1: 2
//! ";
//! let mut library = Library::default();
//! let mut found = Diagnostics::default();
//! let request = assemble::Request {
//!     answers: library.add("answers.yaml", answers),
//!     against: None,
//!     target: None,
//!     date: None,
//!     files: &Default::default(),
//! };
//! let (_, scorecard) = assemble::assess(&mut library, &request, &mut found).expect("valid answers");
//! assert_eq!(scorecard.verdict.word(), "incomplete");
//! assert_eq!(scorecard.counts.answered, 1);
//! ```

pub mod answers_file;
pub mod assemble;
#[cfg(not(target_arch = "wasm32"))]
pub mod batch;
mod builtin;
#[cfg(not(target_arch = "wasm32"))]
pub mod cli;
pub mod compare;
pub mod cut;
pub mod diagnostic;
pub mod digest;
pub mod form;
#[cfg(not(target_arch = "wasm32"))]
pub mod interview;
pub mod length;
pub mod library;
#[cfg(not(target_arch = "wasm32"))]
pub mod load;
pub mod model;
pub mod plan;
pub mod portfolio;
pub mod publish;
pub mod raw;
pub mod render;
pub mod report;
pub mod result;
pub mod schema;
pub mod score;
pub mod sitting;
pub mod source;
pub mod validate;
pub mod verify;
#[cfg(target_arch = "wasm32")]
pub mod wasm;
#[cfg(not(target_arch = "wasm32"))]
pub mod workbook;
pub mod yaml;
