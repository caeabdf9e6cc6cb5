//! What the program may rely on: documents whose every name resolves and every number is in range.
//!
//! Only [`crate::validate`] makes these from what files say.

pub mod answers;
pub mod assessment;
pub mod condition;
pub mod crosswalk;
pub mod id;
pub mod profile;
pub mod question;
pub mod questionnaire;
pub mod scale;
pub mod score;
pub mod target;

pub use answers::{Answer, Answers, Claim, Evidence, Place, Respondent, Subject};
pub use assessment::Assessment;
pub use condition::{AnswerTest, Condition};
pub use crosswalk::{Confidence, Crosswalk, MappedClause, Mapping, Relation};
pub use id::{DomainId, QuestionId, RequirementId};
pub use profile::{Fact, FactKind, Facts, Profile};
pub use question::{Bank, Choice, Glossary, Kind, Question, Step, Term, Value};
pub use questionnaire::{
    Aggregate, Asked, Clause, Domain, QuestionIndex, Questionnaire, Requirement, SourceText,
};
pub use scale::{Level, Scale, Weight};
pub use score::Score;
pub use target::{Rule, Target, Wanted};
