//! The worked case of the method, and laws that hold of every assessment.
//!
//! The laws are tried on questionnaires made at random (`scoring/cases.rs`) and read what the program
//! publishes, the result. The cases are the same in each run; others are tried with
//! `PROPTEST_RNG_SEED=… PROPTEST_CASES=… cargo test --test suite scoring`.

mod cases;
mod comparing;

use crate::{Assessed, root};
use cases::{Case, Pick, Said, answered, case, gates_cannot_be_avoided, joined_conditions};
use gapwise::library::Library;
use gapwise::load;
use gapwise::model::Scale;
use gapwise::report::report;
use gapwise::result::{AssessmentResult, FiguresOf, QuestionOf};
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestCaseError};
use std::collections::BTreeMap;

/// Low, high, evidenced, coverage in basis points; `None` where nothing applies.
type Four = Option<[u64; 4]>;

#[test]
fn the_worked_case_comes_out_as_the_method_says() {
    let mut library = Library::default();
    for file in ["bank.yaml", "questionnaire.yaml"] {
        let path = root("tests/worked-case").join(file);
        load::document(&mut library, &path, &mut Default::default()).expect("readable");
    }
    let assessed = Assessed::of(library, &root("tests/worked-case/answers.yaml"));
    assert!(assessed.found.is_empty());
    let result = assessed.result();
    let by_id = figures(&result);
    let four = |id: &str| columns(&by_id[id]);

    // GOV-1 is level 3 of 4: 7500, with evidence. RSK-1, open, counts twice.
    // low (7500 + 2·0) / 3; high (7500 + 2·10000) / 3 = 9166.67; coverage 10000 / 3
    assert_eq!(four("D1-a"), Some([2500, 9167, 2500, 3333]));
    // The weaker of 10000 and an open question; coverage is a mean all the same.
    assert_eq!(four("D1-b"), Some([0, 10_000, 0, 5000]));
    // RSK-2 hangs on RSK-1, so it is open although it is answered: (0 or 10000, 7500) / 2
    assert_eq!(four("D1-c"), Some([3750, 8750, 3750, 5000]));
    // Weights 3, 2, 1: (7500 + 0 + 3750) / 6; (27501 + 20000 + 8750) / 6 = 9375.17;
    // (9999 + 10000 + 5000) / 6 = 4166.5
    assert_eq!(four("D1"), Some([1875, 9375, 1875, 4167]));
    // DAT-1 is not applicable, DAT-2 not known: (0 + 2·5000) / 3
    assert_eq!(four("D2-a"), Some([3333, 3333, 3333, 10_000]));
    // Nothing is left to ask.
    assert_eq!(four("D2-b"), None);
    assert_eq!(four("D2"), Some([3333, 3333, 3333, 10_000]));
    // GOV-2 is level 1 of 4, without evidence.
    assert_eq!(four("P-b"), Some([2500, 2500, 0, 10_000]));
    // RED-1 is yes, without evidence; RED-2 is open. Gates weigh nothing in their domain.
    assert_eq!(four("P-m"), Some([10_000, 10_000, 0, 10_000]));
    assert_eq!(four("P-n"), Some([0, 10_000, 0, 0]));
    assert_eq!(four("P"), Some([2500, 2500, 0, 10_000]));
    // (1875 + 3333 + 2500) / 3 = 2569.33; (9375 + 3333 + 2500) / 3 = 5069.33;
    // (1875 + 3333 + 0) / 3; (4167 + 10000 + 10000) / 3 = 8055.67
    assert_eq!(four("overall"), Some([2569, 5069, 1736, 8056]));

    let gates = requirements(&result).filter_map(|requirement| requirement.gate.as_ref());
    let gates: Vec<_> = gates.map(|gate| gate.state.as_str()).collect();
    assert_eq!(gates, ["passed", "open"]);
    assert_eq!(result.verdict, "incomplete");
    assert_eq!((&result.overall.level, result.overall.target), (&None, None));
    let counts = &result.counts;
    let counts = [counts.answered, counts.unknown, counts.open, counts.not_applicable];
    // Open: RSK-1, RSK-2, RSK-4 and RED-2.
    assert_eq!((counts, result.counts.not_asked), ([5, 1, 4, 1], 0));

    let words = report(&assessed.assessment, &assessed.scorecard, &assessed.warnings()).overall;
    assert_eq!((words.score.as_str(), words.headline.as_str()), ("25.69", "25.7"));
    assert_eq!(words.range, "25.69 to 50.69");
    assert_eq!(words.level, "between ad hoc and defined");
}

fn laws() -> ProptestConfig {
    let told = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { told.cases } else { 64 };
    let rng_seed = match told.rng_seed {
        RngSeed::Random => RngSeed::Fixed(1),
        fixed => fixed,
    };
    let max_global_rejects = 100 * cases.max(100);
    ProptestConfig { cases, rng_seed, max_global_rejects, failure_persistence: None, ..told }
}

proptest! {
    #![proptest_config(laws())]

    /// No figure leaves the scale, the headline lies within its range, evidence only supports what
    /// is claimed, and where one figure is null all are.
    #[test]
    fn figures_stay_in_their_bounds(case in case()) {
        for (id, each) in figures(&case.result()?) {
            prop_assert_eq!(each.score, each.low, "{}", id);
            match columns(&each) {
                None => prop_assert_eq!((each.level, each.target, each.gap), (None, None, None)),
                Some([low, high, evidenced, coverage]) => {
                    prop_assert!(evidenced <= low && low <= high && high <= 10_000, "{}", id);
                    prop_assert!(coverage <= 10_000, "{}", id);
                }
            }
        }
    }

    /// Every figure can be recomputed from the figures printed under it, down to the answers.
    #[test]
    fn figures_follow_from_those_under_them(case in case()) {
        let result = case.result()?;
        let mut domains = Vec::new();
        for domain in &result.domains {
            let mut under = Vec::new();
            for requirement in &domain.requirements {
                for question in &requirement.questions {
                    prop_assert_eq!(score_of(question), expected_score(&case, question));
                }
                let expected = of_questions(&requirement.aggregate, &requirement.questions);
                prop_assert_eq!(columns(&requirement.figures), expected, "{}", requirement.id);
                under.push((requirement.weight, expected));
            }
            prop_assert_eq!(columns(&domain.figures), of_groups(&under), "{}", domain.id);
            domains.push((domain.weight, of_groups(&under)));
        }
        prop_assert_eq!(columns(&result.overall), of_groups(&domains));
        for (id, each) in figures(&result) {
            let band = |score| Scale::default().level(score).name.clone();
            let bands = each.low.map(band).zip(each.high.map(band));
            let level = bands.filter(|(low, high)| low == high).map(|(low, _)| low);
            prop_assert_eq!(each.level, level, "{}", id);
        }
    }

    /// A better answer that decides no condition never costs points, wherever it counts.
    #[test]
    fn a_better_answer_costs_nothing((worse, better) in one_answer_improved()) {
        let (worse, better) = (figures(&worse.result()?), figures(&better.result()?));
        for (id, before) in &worse {
            let after = &better[id];
            prop_assert!(before.low <= after.low, "{}: {:?} to {:?}", id, before, after);
            prop_assert!(before.evidenced <= after.evidenced, "{}: {:?} to {:?}", id, before, after);
            prop_assert!(before.coverage <= after.coverage, "{}: {:?} to {:?}", id, before, after);
        }
    }

    /// Where domains, requirements, questions and answers stand in their files changes no figure.
    #[test]
    fn order_is_irrelevant(case in case(), keys in prop::collection::vec(any::<u16>(), 8)) {
        let mut shuffled = case.clone();
        shuffle(&mut shuffled.questions, &keys);
        shuffle(&mut shuffled.domains, &keys);
        shuffled.domains.iter_mut().for_each(|domain| shuffle(&mut domain.requirements, &keys));
        shuffled.requirements_mut().for_each(|requirement| shuffle(&mut requirement.asks, &keys));
        let (one, other) = (case.result()?, shuffled.result()?);
        prop_assert_eq!(figures(&one), figures(&other));
        prop_assert_eq!(&one.verdict, &other.verdict);
        prop_assert_eq!(&one.counts, &other.counts);
        let findings = |result: &AssessmentResult| -> BTreeMap<String, (String, u16, Option<u16>)> {
            let each = result.findings.iter();
            each.map(|each| (each.requirement.clone(), (each.severity.clone(), each.worth, each.gap))).collect()
        };
        prop_assert_eq!(findings(&one), findings(&other));
    }

    /// Answering an open question moves every range inwards only, whatever the answer is and
    /// whatever hangs on it; and what does not apply never comes to apply.
    #[test]
    fn answers_only_narrow((open, settled) in one_question_answered()) {
        narrows(&open.result()?, &settled.result()?)?;
    }

    /// Where everything is said not to apply, there is no score: null, not 0.
    #[test]
    fn nothing_applicable_is_no_score(mut case in case()) {
        for question in &mut case.questions {
            (question.essential, question.said) = (false, Said::NotApplicable);
        }
        case.requirements_mut().for_each(|requirement| {
            (requirement.gate, requirement.weight) = (None, Some(1));
        });
        let result = case.result()?;
        for (id, each) in figures(&result) {
            prop_assert_eq!(columns(&each), None, "{}", id);
        }
        prop_assert_eq!(result.verdict, "incomplete");
        prop_assert!(result.findings.is_empty() && result.still_open.is_empty());
    }

    /// What weighs nothing counts as if it were not there.
    #[test]
    fn weight_0_is_absence((weightless, absent) in one_weight_0()) {
        let (weightless, absent) = (weightless.result()?, absent.result()?);
        let with = figures(&weightless);
        for (id, without) in figures(&absent) {
            prop_assert_eq!(&with[&id], &without, "{}", id);
        }
    }

    /// Coverage is full exactly when nothing is open, where everything weighs something.
    #[test]
    fn full_coverage_means_nothing_is_open(mut case in case()) {
        for domain in &mut case.domains {
            domain.weight = domain.weight.max(1);
        }
        for requirement in case.requirements_mut() {
            requirement.weight = Some(requirement.weight.unwrap_or(0).max(1));
            requirement.asks.iter_mut().for_each(|ask| ask.weight = ask.weight.max(1));
        }
        let result = case.result()?;
        let coverage = columns(&result.overall).map(|figures| figures[3]);
        let asked = result.counts.answered + result.counts.unknown + result.counts.open;
        prop_assert_eq!(coverage.is_some(), asked > 0);
        prop_assert_eq!(coverage == Some(10_000), asked > 0 && result.counts.open == 0);
    }

    /// Findings are the failed gates and what lies below its target at best; each is worth what the
    /// overall score gains once its requirement is at its target. Only open answers could close the
    /// others that lie below.
    #[test]
    fn findings_are_worth_what_they_say(case in case()) {
        let result = case.result()?;
        let now = columns(&result.overall).map_or(0, |figures| figures[0]);
        let mut below = Vec::new();
        for requirement in requirements(&result) {
            let target = requirement.figures.target.map(|target| u64::from(target.basis_points()));
            let figures = columns(&requirement.figures);
            let failed = match (&requirement.gate, figures) {
                (Some(gate), Some([_, high, ..])) => high < u64::from(gate.at_least.basis_points()),
                _ => false,
            };
            let lies_below = |at: usize| figures.zip(target).is_some_and(|(figures, target)| figures[at] < target);
            let found = result.findings.iter().find(|each| each.requirement == requirement.id);
            prop_assert_eq!(found.is_some(), failed || lies_below(1), "{}", &requirement.id);
            if found.is_none() && lies_below(0) {
                below.push(requirement.id.clone());
            }
            let Some(finding) = found else { continue };
            let worth = target.map_or(0, |target| overall_with(&result, &requirement.id, target).saturating_sub(now));
            prop_assert_eq!(u64::from(finding.worth), worth, "{}", &requirement.id);
            let gap = target.zip(figures).map(|(target, figures)| target.saturating_sub(figures[0]));
            prop_assert_eq!(finding.gap.map(u64::from), gap, "{}", &requirement.id);
            let severity = match gap.unwrap_or(0) {
                _ if failed => "critical",
                5000.. => "high",
                2500.. => "medium",
                _ => "low",
            };
            prop_assert_eq!(finding.severity.as_str(), severity, "{}", &requirement.id);
        }
        let mut still_open = result.still_open.clone();
        still_open.sort();
        below.sort();
        prop_assert_eq!(still_open, below);
        let order: Vec<_> = result.findings.iter().map(|each| match each.severity.as_str() {
            "critical" => (0, 0, 0),
            _ => (1, u16::MAX - each.worth, u16::MAX - each.gap.unwrap_or(0)),
        }).collect();
        prop_assert!(order.is_sorted(), "findings stand in another order: {:?}", order);
        prop_assert!(result.first_actions.len() <= 3);
    }

    /// The verdict follows from the gates and from what is open, and from nothing else.
    #[test]
    fn gates_decide_the_verdict(case in case()) {
        let result = case.result()?;
        let mut failed = false;
        for requirement in requirements(&result) {
            let Some(gate) = &requirement.gate else { continue };
            let at_least = u64::from(gate.at_least.basis_points());
            let state = match columns(&requirement.figures) {
                None => "not-applicable",
                Some([_, high, ..]) if high < at_least => "failed",
                Some([low, ..]) if low < at_least => "open",
                Some(_) => "passed",
            };
            prop_assert_eq!(gate.state.as_str(), state, "{}", &requirement.id);
            failed |= state == "failed";
        }
        let asked = result.counts.answered + result.counts.unknown;
        let verdict = match (failed, result.counts.open, asked) {
            (true, ..) => "held",
            (false, 0, 1..) => "clear",
            _ => "incomplete",
        };
        prop_assert_eq!(result.verdict.as_str(), verdict);
    }
}

/// The same for each way of joining two tests in a condition.
#[test]
fn answers_only_narrow_under_joined_conditions() -> Result<(), TestCaseError> {
    let open = joined_conditions();
    let before = open.result()?;
    for said in [Said::Level(0), Said::Level(2), Said::Unknown, Said::NotApplicable] {
        let mut settled = open.clone();
        settled.questions[0].said = said;
        narrows(&before, &settled.result()?)?;
    }
    Ok(())
}

/// Every range of the one lies within that of the other, or has left the mean.
fn narrows(open: &AssessmentResult, settled: &AssessmentResult) -> Result<(), TestCaseError> {
    let (open, settled) = (figures(open), figures(settled));
    for (id, before) in &open {
        match (columns(before), columns(&settled[id])) {
            (Some([low, high, ..]), Some([new_low, new_high, ..])) => {
                prop_assert!(low <= new_low, "{}: low {} falls to {}", id, low, new_low);
                prop_assert!(new_high <= high, "{}: high {} rises to {}", id, high, new_high);
            }
            (None, after) => prop_assert_eq!(after, None, "{}: came to apply", id),
            (Some(_), None) => {}
        }
    }
    Ok(())
}

/// The figures of each domain and requirement by its id, and `overall`.
fn figures(result: &AssessmentResult) -> BTreeMap<String, FiguresOf> {
    let overall = [("overall".to_owned(), result.overall.clone())];
    let domains = result.domains.iter().map(|each| (each.id.clone(), each.figures.clone()));
    let requirements = requirements(result).map(|each| (each.id.clone(), each.figures.clone()));
    overall.into_iter().chain(domains).chain(requirements).collect()
}

fn requirements(
    result: &AssessmentResult,
) -> impl Iterator<Item = &gapwise::result::RequirementOf> {
    result.domains.iter().flat_map(|domain| &domain.requirements)
}

fn columns(figures: &FiguresOf) -> Four {
    let all = [figures.low, figures.high, figures.evidenced, figures.coverage];
    let some = all.iter().flatten().count();
    assert!(some == 0 || some == 4, "some figures are null and some are not: {figures:?}");
    let [Some(low), Some(high), Some(evidenced), Some(coverage)] = all else { return None };
    Some([low, high, evidenced, coverage].map(|score| u64::from(score.basis_points())))
}

fn score_of(question: &QuestionOf) -> Option<u64> {
    question.score.map(|score| u64::from(score.basis_points()))
}

/// What a question scores in a requirement, by the answer that the case gives.
fn expected_score(case: &Case, question: &QuestionOf) -> Option<u64> {
    let number = question.id.trim_start_matches("Q-").parse().expect("an id of ours");
    let asked = case.question(number);
    match (question.state.as_str(), &asked.said, &question.option) {
        ("unknown", ..) => Some(0),
        ("answered", Said::Ticked(ticked), Some(option)) => {
            let is_ticked = ticked.iter().any(|at| *option == format!("o{at}"));
            Some(if is_ticked { 10_000 } else { 0 })
        }
        ("answered", said, _) => Some(asked.kind.score(said)),
        _ => None,
    }
}

/// Section 2 of the method, by hand: a requirement from its questions.
fn of_questions(aggregate: &str, questions: &[QuestionOf]) -> Four {
    let counted = questions.iter().filter_map(|question| {
        let columns = match (question.state.as_str(), score_of(question)) {
            ("not-applicable" | "not-asked", _) => return None,
            ("open", _) => [0, 10_000, 0, 0],
            (_, Some(score)) if question.evidence.is_empty() => [score, score, 0, 10_000],
            (_, score) => [score?, score?, score?, 10_000],
        };
        (question.weight > 0).then_some((question.weight, columns))
    });
    let counted: Vec<_> = counted.collect();
    let mut together = mean(&counted)?;
    if aggregate == "weakest" {
        for (at, figure) in together.iter_mut().enumerate().take(3) {
            *figure = counted.iter().map(|(_, columns)| columns[at]).min()?;
        }
    }
    Some(together)
}

/// A domain from its requirements, or the whole from its domains.
fn of_groups(under: &[(u64, Four)]) -> Four {
    let counted: Vec<_> =
        under.iter().filter_map(|(weight, columns)| Some((*weight, (*columns)?))).collect();
    mean(&counted)
}

/// Weighted means, rounded half up.
fn mean(counted: &[(u64, [u64; 4])]) -> Four {
    let total: u64 = counted.iter().map(|(weight, _)| weight).sum();
    (total > 0).then(|| {
        [0, 1, 2, 3].map(|at| {
            let sum: u64 = counted.iter().map(|(weight, columns)| weight * columns[at]).sum();
            sum / total + u64::from(2 * (sum % total) >= total)
        })
    })
}

/// The overall score with one requirement at its target.
fn overall_with(result: &AssessmentResult, moved: &str, target: u64) -> u64 {
    let domains = result.domains.iter().map(|domain| {
        let requirements = domain.requirements.iter().map(|requirement| {
            let now = columns(&requirement.figures);
            let then = if requirement.id == moved { now.map(|_| [target; 4]) } else { now };
            (requirement.weight, then)
        });
        (domain.weight, of_groups(&requirements.collect::<Vec<_>>()))
    });
    of_groups(&domains.collect::<Vec<_>>()).map_or(0, |figures| figures[0])
}

/// A case before and after one answer got better, with nothing that hangs on it.
fn one_answer_improved() -> impl Strategy<Value = (Case, Case)> {
    let before = prop_oneof![
        1 => Just(Pick::Open),
        1 => Just(Pick::Unknown),
        3 => (0..64usize).prop_map(Pick::Value),
    ];
    (case(), any::<prop::sample::Index>(), before, any::<prop::sample::Index>()).prop_map(
        |(mut case, which, before, better)| {
            let at = which.index(case.questions.len());
            case.let_nothing_hang_on(case.questions[at].number);
            let question = &mut case.questions[at];
            question.said = before.of(&question.kind);
            let mut values = question.kind.values();
            values.retain(|value| match (&question.said, value) {
                // Not only the sum: each option may count by itself.
                (Said::Ticked(before), Said::Ticked(after)) => {
                    before.iter().all(|at| after.contains(at))
                }
                (before, after) => question.kind.score(before) <= question.kind.score(after),
            });
            let said = values[better.index(values.len())].clone();
            let mut improved = case.clone();
            improved.questions[at].said = said;
            (case, improved)
        },
    )
}

/// A case with an open question, on which others hang where there are such, and the same with an
/// answer to it.
fn one_question_answered() -> impl Strategy<Value = (Case, Case)> {
    (case(), any::<prop::sample::Index>(), answered()).prop_map(|(mut case, which, pick)| {
        let deciding = case.deciding();
        let at = match deciding.is_empty() {
            true => which.index(case.questions.len()),
            false => *which.get(&deciding),
        };
        case.questions[at].said = Said::Open;
        let mut settled = case.clone();
        settled.questions[at].said = pick.of(&settled.questions[at].kind);
        gates_cannot_be_avoided(&mut settled);
        (case, settled)
    })
}

/// A case in which a domain, a requirement or a question in a requirement weighs nothing, and the
/// same without it.
fn one_weight_0() -> impl Strategy<Value = (Case, Case)> {
    let place =
        [any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<prop::sample::Index>()];
    (case(), place, 0..3u8).prop_map(|(mut case, [domain, requirement, ask], level)| {
        let domain = domain.index(case.domains.len());
        let requirement = requirement.index(case.domains[domain].requirements.len());
        let asks = &case.domains[domain].requirements[requirement].asks;
        let ask = ask.index(asks.len());
        let level = match level {
            // Something must be left behind.
            0 if asks.len() < 2 => 2,
            1 if case.domains[domain].requirements.len() < 2 => 2,
            level => level,
        };
        // Whatever is taken away, all its questions are still asked, where they weigh nothing.
        let mut everything = case.domains[0].requirements[0].clone();
        (everything.number, everything.weight, everything.gate, everything.when) =
            (99, Some(0), None, None);
        everything.asks = case
            .questions
            .iter()
            .map(|question| cases::Ask { question: question.number, option: None, weight: 1 })
            .collect();
        case.domains.push(cases::Domain { number: 99, weight: 0, requirements: vec![everything] });

        let mut absent = case.clone();
        let within = &mut case.domains[domain];
        match level {
            0 => {
                let within = &mut within.requirements[requirement];
                (within.gate, within.weight) = (None, Some(within.weight.unwrap_or(1)));
                within.asks[ask].weight = 0;
                absent.domains[domain].requirements[requirement] = within.clone();
                absent.domains[domain].requirements[requirement].asks.remove(ask);
            }
            1 => {
                let within = &mut within.requirements[requirement];
                (within.gate, within.weight) = (None, Some(0));
                absent.domains[domain].requirements.remove(requirement);
            }
            _ => {
                within.weight = 0;
                absent.domains.remove(domain);
            }
        }
        (case, absent)
    })
}

/// Brings a list in another order, by keys.
fn shuffle<T>(list: &mut Vec<T>, keys: &[u16]) {
    let mut keyed: Vec<_> = list.drain(..).enumerate().collect();
    keyed.sort_by_key(|(at, _)| keys[at % keys.len()]);
    list.extend(keyed.into_iter().map(|(_, item)| item));
}
