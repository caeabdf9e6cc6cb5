//! `profile/1`: the facts that can be stated of an organisation or a system.
//!
//! ```yaml
#![doc = include_str!("../../tests/diagnostics/library/profile.yaml")]
//! ```

use super::{Flag, List, Text, record};

record! {
    /// The facts that conditions and targets may use.
    RawFacts("a profile") {
        /// Kind and edition: `profile/1`.
        gapwise: "gapwise" required Text,
        /// The facts.
        facts: "facts" filled List<RawFact>,
    }
}

record! {
    /// A fact: something known of the organisation or the system.
    RawFact("a fact") {
        /// The id, as `size`.
        id: "id" required Text,
        /// How the respondent is asked for it.
        ask: "ask" required Text,
        /// One of one, many, yes-no, text.
        kind: "type" required Text,
        /// Whether it must be stated where a questionnaire uses it.
        required: "required" optional Flag,
        /// What can be stated, for one and many.
        options: "options" optional List<RawFactOption>,
    }
}

record! {
    /// A value of a fact.
    RawFactOption("a value of a fact") {
        /// The id that profiles and conditions name.
        id: "id" required Text,
        /// What it says.
        text: "text" required Text,
    }
}
