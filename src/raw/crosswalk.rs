//! `crosswalk/1`: which questions speak to which clauses of an outside framework.
//!
//! A crosswalk is the only place of such mappings; questions carry none. It gives no score of the
//! framework: a clause that a question is mapped to is touched by it, not fulfilled.
//!
//! ```yaml
#![doc = include_str!("../../tests/diagnostics/library/crosswalk.yaml")]
//! ```
//!
//! `relation` says how the **question** stands to the **clause**, in the words of set theory that
//! NIST IR 8477 uses for concept mappings:
//!
//! | relation | the question |
//! |---|---|
//! | `equal` | asks for what the clause asks for |
//! | `subset-of` | asks for a part of it |
//! | `superset-of` | asks for all of it, and for more |
//! | `intersects-with` | asks for a part of it, and for something else |

use super::{Flag, List, Text, record};

record! {
    /// A crosswalk: the clauses of a framework, and the questions that are mapped to each.
    RawCrosswalk("a crosswalk") {
        /// Kind and edition: `crosswalk/1`.
        gapwise: "gapwise" required Text,
        /// The id, as `nist-ai-rmf`.
        id: "id" required Text,
        /// The framework as readers see it, with its edition.
        title: "title" required Text,
        /// Who issued the framework.
        issuer: "issuer" required Text,
        /// When that edition was issued.
        date: "date" optional Text,
        /// What readers must know of it, as that it is a draft; printed with it.
        notice: "notice" optional Text,
        /// The clauses, in the order of the framework.
        clauses: "clauses" filled List<RawClause>,
    }
}

impl RawCrosswalk {
    /// The clauses that can be read.
    pub fn clauses(&self) -> impl Iterator<Item = &RawClause> {
        self.clauses.iter().flat_map(|list| &list.items)
    }
}

record! {
    /// A clause of a framework.
    RawClause("a clause") {
        /// The id that the framework gives it, as `MAP 1.1`.
        id: "id" required Text,
        /// What it is about, in a few words of our own.
        label: "label" required Text,
        /// The heading that it stands under; clauses of one group stand together.
        group: "group" optional Text,
        /// Whether the id was checked against the framework's text or public listings of it, as the
        /// notice says; `false`, from memory, unless said. A report marks each that was not.
        confirmed: "confirmed" optional Flag,
        /// The questions that are mapped to it.
        questions: "questions" optional List<RawMapping>,
        /// Why no question is mapped to it.
        reason: "reason" optional Text,
    }
}

impl RawClause {
    /// The mappings that can be read.
    pub fn mappings(&self) -> impl Iterator<Item = &RawMapping> {
        self.questions.iter().flat_map(|list| &list.items)
    }
}

record! {
    /// A question that is mapped to a clause.
    RawMapping("a mapping, as `{question: RSK-1, relation: intersects-with, confidence: medium, by: ours}`") {
        /// The id of the question, as `RSK-1`.
        question: "question" required Text,
        /// How the question stands to the clause: `equal`; `subset-of`, it asks for a part of it;
        /// `superset-of`, for all of it and more; `intersects-with`, for a part of it and something
        /// else.
        relation: "relation" required Text,
        /// How sure the mapping is: high, medium or low.
        confidence: "confidence" required Text,
        /// Who made the mapping: `ours`, or the name of its publisher.
        by: "by" required Text,
    }
}
