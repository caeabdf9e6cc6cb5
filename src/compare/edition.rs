//! Which edition of the questionnaire answers were given to, and what several editions share.

use super::data::Shared;
use crate::diagnostic::{Code, Diagnostics};
use crate::model::{Condition, Questionnaire};
use crate::raw::Entries;
use crate::raw::answers::RawAnswers;
use std::collections::BTreeSet;

/// Where the edition is that answers were given to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edition {
    /// It is the one at hand.
    AtHand,
    /// It is the earlier one, which is at hand too.
    Earlier,
    /// It is not at hand.
    Elsewhere,
}

/// What a file says of the edition that it is of.
#[derive(Clone, Debug, Default)]
pub(super) struct Label {
    /// Three numbers; answers may leave it out.
    pub(super) version: Option<String>,
    /// Of the questionnaire's data; a result alone has it.
    pub(super) sha256: Option<String>,
}

impl Label {
    /// Whether it is this edition: the same three numbers, or the same data.
    pub(super) fn is(&self, questionnaire: &Questionnaire) -> bool {
        self.version.as_ref() == Some(&questionnaire.version)
            || self.sha256 == Some(questionnaire.digest.to_string())
    }

    /// Whether it has the questions of this edition: a third number that differs is one of wording.
    /// A result says itself which questions it has.
    fn has_questions_of(&self, questionnaire: &Questionnaire) -> bool {
        let without_patch =
            |version: &str| version.rsplit_once('.').map(|(head, _)| head.to_owned());
        let version = self.version.as_deref().and_then(without_patch);
        self.sha256.is_none() && version == without_patch(&questionnaire.version)
    }

    /// Where that edition is. What answers do not say is taken for the one at hand.
    pub(super) fn edition(
        &self,
        at_hand: &Questionnaire,
        earlier: Option<&Questionnaire>,
    ) -> Edition {
        let is_unsaid = self.version.is_none() && self.sha256.is_none();
        if is_unsaid || self.is(at_hand) {
            Edition::AtHand
        } else if earlier.is_some_and(|earlier| self.is(earlier)) {
            Edition::Earlier
        } else if self.has_questions_of(at_hand) {
            Edition::AtHand
        } else {
            Edition::Elsewhere
        }
    }
}

/// The questionnaire without the questions that `known` lacks, and what is left out. A question goes too
/// where its condition, or that of each requirement that asks it, hangs on one that goes.
pub(super) fn shared(
    questionnaire: &Questionnaire,
    known: &BTreeSet<String>,
) -> (Questionnaire, Shared) {
    let ids = questionnaire.questions.iter().map(|each| each.id.to_string());
    let own: BTreeSet<String> = ids.collect();
    let mut kept: BTreeSet<String> = own.intersection(known).cloned().collect();
    let mut restricted = questionnaire.clone();
    loop {
        let before = kept.len();
        keep(&mut restricted, &kept);
        let asked = restricted.requirements().flat_map(|(_, each)| &each.asked_by);
        let asked: BTreeSet<_> =
            asked.map(|asked| restricted.questions[asked.question].id.to_string()).collect();
        kept.retain(|id| asked.contains(id));
        if kept.len() == before {
            break;
        }
    }
    let left_out = questionnaire.questions.iter().map(|each| each.id.to_string());
    let shared = Shared {
        compared: kept.len(),
        left_out: left_out.filter(|id| !kept.contains(id)).collect(),
        elsewhere: known.difference(&own).cloned().collect(),
    };
    (restricted, shared)
}

/// Lets requirements ask only these questions, and only where no condition hangs on others.
fn keep(questionnaire: &mut Questionnaire, kept: &BTreeSet<String>) {
    let stands = |condition: &Option<Condition>| {
        condition.iter().flat_map(Condition::questions).all(|id| kept.contains(id.as_str()))
    };
    let questions = &questionnaire.questions;
    for requirement in questionnaire.domains.iter_mut().flat_map(|each| &mut each.requirements) {
        let applies = stands(&requirement.applies_when);
        requirement.asked_by.retain(|asked| {
            let question = &questions[asked.question];
            applies && kept.contains(question.id.as_str()) && stands(&question.applies_when)
        });
    }
}

/// Faults of a single answer that come of another edition.
const OF_ANOTHER_EDITION: [Code; 5] = [Code::A101, Code::A102, Code::A103, Code::A104, Code::A106];

/// The answers without their version and without those that `found` holds no answers to this edition, and the
/// ids of these.
pub(super) fn fitting(raw: &RawAnswers, found: &Diagnostics) -> (RawAnswers, Vec<String>) {
    let places: Vec<_> = found
        .sorted()
        .into_iter()
        .filter(|each| OF_ANOTHER_EDITION.contains(&each.code))
        .filter_map(|each| each.primary.as_ref().map(|label| label.span))
        .collect();
    let mut raw = RawAnswers { version: None, ..raw.clone() };
    let Some(Entries { entries, .. }) = &mut raw.answers else { return (raw, Vec::new()) };
    let mut gone = Vec::new();
    entries.retain(|(name, answer)| {
        let within = |at: &crate::source::Span| {
            name.span.start <= at.start && at.end <= answer.span.end.max(name.span.end)
        };
        let stays = !places.iter().any(within);
        if !stays {
            gone.push(name.value.clone());
        }
        stays
    });
    (raw, gone)
}
