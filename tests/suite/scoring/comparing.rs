//! Laws of a comparison: its parts add up to the change, whatever changed.

use super::cases::{Case, Kind, Pick, answered, case, gates_cannot_be_avoided};
use super::{figures, laws};
use gapwise::compare::{ChangesOf, StepOf, step};
use gapwise::result::FiguresOf;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

/// What becomes of a case: other answers and evidence, another profile, another edition.
#[derive(Clone, Debug)]
struct Later {
    picks: Vec<Option<Pick>>,
    evidence: Vec<bool>,
    stated: [u8; 3],
    weights: Vec<u64>,
}

fn later() -> impl Strategy<Value = Later> {
    let picks = prop::collection::vec(prop::option::weighted(0.6, answered()), 7);
    let evidence = prop::collection::vec(any::<bool>(), 7);
    let weights = prop::collection::vec(1..=5u64, 12);
    (picks, evidence, [0..3u8, 0..8u8, 0..3u8], weights)
        .prop_map(|(picks, evidence, stated, weights)| Later { picks, evidence, stated, weights })
}

impl Later {
    fn answers(&self, case: &mut Case) {
        for (question, pick) in case.questions.iter_mut().zip(&self.picks) {
            if let Some(pick) = pick {
                question.said = pick.of(&question.kind);
            }
        }
        gates_cannot_be_avoided(case);
    }

    fn evidence(&self, case: &mut Case) {
        for (question, evidenced) in case.questions.iter_mut().zip(&self.evidence) {
            question.evidenced = *evidenced;
        }
    }

    fn profile(&self, case: &mut Case) {
        case.stated = self.stated;
    }

    /// Other weights, and one level more.
    fn edition(&self, case: &mut Case) {
        for (requirement, weight) in case.requirements_mut().zip(&self.weights) {
            requirement.weight = Some(*weight);
            requirement.weakest = !requirement.weakest;
        }
        for question in &mut case.questions {
            if let Kind::Maturity(levels, None) = &mut question.kind {
                *levels += 1;
            }
        }
    }
}

/// What changed from one case to another.
fn compared(earlier: &Case, later: &Case) -> Result<StepOf, TestCaseError> {
    let (earlier, later) = (earlier.assessed()?.0, later.assessed()?.0);
    Ok(step(&earlier, &later))
}

/// All changes of a step with the ids of what they are of.
fn all(step: &StepOf) -> Vec<(String, &ChangesOf)> {
    let domains = step.domains.iter().map(|each| (each.id.clone(), &each.changes));
    let requirements = step.domains.iter().flat_map(|each| &each.requirements);
    let requirements = requirements.map(|each| (each.id.clone(), &each.changes));
    let overall = [("overall".to_owned(), &step.overall)];
    overall.into_iter().chain(domains).chain(requirements).collect()
}

/// Every change is what lies between the two results, and the sum of its parts.
fn adds_up(step: &StepOf, earlier: &Case, later: &Case) -> Result<(), TestCaseError> {
    let (before, after) = (figures(&earlier.result()?), figures(&later.result()?));
    for (id, changes) in all(step) {
        let (was, is): (&FiguresOf, &FiguresOf) = (&before[&id], &after[&id]);
        let each = [
            (changes.score, was.low, is.low),
            (changes.high, was.high, is.high),
            (changes.evidenced, was.evidenced, is.evidenced),
            (changes.coverage, was.coverage, is.coverage),
        ];
        for (at, (change, was, is)) in each.into_iter().enumerate() {
            prop_assert_eq!((change.before, change.after), (was, is), "{}", id);
            let points = |score: gapwise::model::Score| i32::from(score.basis_points());
            let whole = was.zip(is).map(|(was, is)| points(is) - points(was));
            prop_assert_eq!(change.change, whole, "{}", id);
            prop_assert_eq!(change.parts.map(|parts| parts.sum()), whole, "{}", id);
            let evidence = change.parts.map_or(0, |parts| parts.evidence);
            prop_assert!(at == 2 || evidence == 0, "{}: evidence moves one figure only", id);
        }
    }
    Ok(())
}

/// What each change has parts of: edition, profile, answers, evidence.
fn touched(step: &StepOf) -> [bool; 4] {
    let mut touched = [false; 4];
    for (_, changes) in all(step) {
        for change in [changes.score, changes.high, changes.evidenced, changes.coverage] {
            let Some(parts) = change.parts else { continue };
            let parts = [parts.edition, parts.profile, parts.answers, parts.evidence];
            (0..4).for_each(|at| touched[at] |= parts[at] != 0);
        }
    }
    touched
}

proptest! {
    #![proptest_config(laws())]

    /// Whatever changed, edition and all, the parts add up to the change.
    #[test]
    fn parts_add_up_to_the_change(earlier in case(), later in later()) {
        let mut after = earlier.clone();
        later.profile(&mut after);
        later.answers(&mut after);
        later.evidence(&mut after);
        adds_up(&compared(&earlier, &after)?, &earlier, &after)?;
        later.edition(&mut after);
        adds_up(&compared(&earlier, &after)?, &earlier, &after)?;
    }

    /// A change of one kind alone has no part of another kind; without a change there is none.
    #[test]
    fn each_cause_has_its_own_part(earlier in case(), later in later()) {
        let changes: [fn(&Later, &mut Case); 4] =
            [Later::edition, Later::profile, Later::answers, Later::evidence];
        for (at, change) in changes.into_iter().enumerate() {
            let mut after = earlier.clone();
            change(&later, &mut after);
            let step = compared(&earlier, &after)?;
            let touched = touched(&step);
            // Evidence stands beside answers only, so an answer that is new brings its own.
            let may = |other: &usize| *other == at || (at, *other) == (2, 3);
            let others = (0..4).filter(|other| !may(other) && touched[*other]);
            prop_assert_eq!(others.count(), 0, "{}: {:?}", at, touched);
        }
        let same = compared(&earlier, &earlier)?;
        prop_assert_eq!(touched(&same), [false; 4]);
        prop_assert!(same.questions.is_empty() && same.gates.is_empty() && same.profile.is_empty());
        prop_assert!(same.closed.is_empty() && same.opened.is_empty());
    }

    /// Backwards, every change is the same with the other sign.
    #[test]
    fn backwards_a_change_has_the_other_sign(earlier in case(), later in later()) {
        let mut after = earlier.clone();
        later.profile(&mut after);
        later.answers(&mut after);
        let (there, back) = (compared(&earlier, &after)?, compared(&after, &earlier)?);
        prop_assert_eq!(there.overall.score.change, back.overall.score.change.map(|change| -change));
        prop_assert_eq!(there.questions.len(), back.questions.len());
        prop_assert_eq!(there.closed.len(), back.opened.len());
    }
}
