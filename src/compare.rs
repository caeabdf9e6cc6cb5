//! What changed between assessments of the same, and why. Source: method edition 1, section 6.
//!
//! # How a change is split
//!
//! Between an earlier and a later assessment stand three that nobody gave, scored by the same engine:
//!
//! | stage | questionnaire | profile | claims | evidence |
//! |---|---|---|---|---|
//! | 0 | earlier edition | earlier | earlier | earlier |
//! | 1 | **later edition** | earlier | earlier | earlier |
//! | 2 | later edition | **later** | earlier | earlier |
//! | 3 | later edition | later | **later** | earlier |
//! | 4 | later edition | later | later | **later** |
//!
//! Each part of a change is what the rounded figure gains from one stage to the next, so the parts add up
//! exactly. *Claims* are all that is said of a question: a value, "don't know", not applicable with its
//! reason, or nothing. *Evidence as earlier* means that beside each later claim stands what was listed
//! beside the earlier claim to the same question, and nothing where that was none; so only the evidenced
//! score has a part for evidence.
//!
//! Where nothing applies at a stage in between, there is no figure to go on from: the last one stands until
//! something applies again, and the next part takes the difference. Where nothing applies before or
//! after, there is no change in numbers and no part.
//!
//! # Editions
//!
//! An earlier claim is carried to a later edition where that has the question, with a value of the same
//! name; otherwise the question is open there. Where an edition is not at hand, all assessments are scored
//! under the one that is, with every question left out that one of them lacks, and the comparison says so.

mod changes;
mod data;
mod edition;
mod gather;
mod head;
mod notes;
mod questions;
mod stages;
mod words;

pub use data::{
    ChangeOf, ChangesOf, ClosedFinding, Comparison, DomainChange, FactChange, FindingRef,
    GateChange, KIND, Parts, PointDomain, PointOf, QuestionChange, RequirementChange, Said, Shared,
    StepOf,
};
pub use gather::{Fault, Found, Given, Input, Request, compare};
pub use words::{
    ChangeWords, ComparisonWords, DomainRow, FindingLine, GateWords, MovedWords, PointWords,
    QuestionWords, StepWords, TrendRow, words,
};

use crate::model::Assessment;
use stages::Stage;

/// What changed from one assessment to a later one.
pub fn step(earlier: &Assessment, later: &Assessment) -> StepOf {
    let stages = stages::stages(earlier, later).map(Stage::of);
    changes::step(&stages)
}
