//! `target/1`: the scores that are wanted, by rule.
//!
//! ```yaml
#![doc = include_str!("../../tests/diagnostics/library/target.yaml")]
//! ```

use super::{Entries, List, Text, Whole, record};

record! {
    /// A target: what is wanted of whom.
    RawTarget("a target") {
        /// Kind and edition: `target/1`.
        gapwise: "gapwise" required Text,
        /// The id, as `proportionate`.
        id: "id" required Text,
        /// The target as readers see it.
        title: "title" required Text,
        /// Basis points wanted where no rule matches.
        default: "default" required Whole,
        /// The rules; the most specific that matches wins.
        rules: "rules" optional List<RawRule>,
    }
}

record! {
    /// A rule of a target.
    RawRule("a rule") {
        /// The facts that must hold, each with one of its values.
        when: "when" optional Entries<List<Text>>,
        /// Only requirements of this domain.
        domain: "domain" optional Text,
        /// Only this requirement.
        requirement: "requirement" optional Text,
        /// Basis points wanted.
        at_least: "at-least" required Whole,
        /// Why.
        because: "because" required Text,
    }
}
