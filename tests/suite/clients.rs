//! Made-up clients are valid: each is scored without an error, in every form that a batch reads.

#[path = "../../benches/clients/made.rs"]
pub(crate) mod made;

use crate::faults;
use gapwise::assemble::{Request, assess};
use gapwise::diagnostic::Diagnostics;
use gapwise::library::Library;
use gapwise::model::Assessment;
use gapwise::portfolio::ClientResult;
use gapwise::score::Scorecard;
use gapwise::validate::EvidenceFiles;
use made::Clients;
use made::generate::Given;
use std::collections::BTreeSet;

/// The questionnaires that clients are tried with: roles, a stage, gates and conditions on answers.
const TRIED: [&str; 4] =
    ["msme-first-look", "hiroshima-code-of-conduct", "public-sector-system", "digital-resilience"];

/// The clients that are tried of each.
const SOME: usize = 12;

/// Scores a text; what is wrong with it is a failure of the test.
fn scored(library: &mut Library, text: String) -> (Assessment, Scorecard) {
    let mut found = Diagnostics::default();
    let answers = library.add("answers.yaml", text.clone());
    let files = EvidenceFiles::new();
    let request = Request { answers, against: None, target: None, date: None, files: &files };
    let assessed = assess(library, &request, &mut found);
    let faults = faults(library, &found);
    assert!(faults.is_empty(), "{}\n{text}", faults.join("\n"));
    assessed.expect("no fault")
}

/// The results of this many clients.
pub(crate) fn results(
    questionnaire: &str,
    seed: u64,
    round: u64,
    number: usize,
) -> Vec<ClientResult> {
    let mut library = Library::default();
    let clients = Clients::new(questionnaire, seed).expect("built in").round(round);
    let result = |(client, at): (made::Client, usize)| {
        let (assessment, scorecard) = scored(&mut library, client.yaml());
        ClientResult::new(&assessment, &scorecard, format!("client-{at}.yaml"), String::new())
    };
    clients.take(number).zip(1..).map(result).collect()
}

#[test]
fn made_up_clients_are_scored_without_a_fault() {
    for questionnaire in TRIED {
        let mut library = Library::default();
        for client in Clients::new(questionnaire, 7).expect("built in").take(SOME) {
            let (_, of_file) = scored(&mut library, client.yaml());
            let (assessment, of_line) = scored(&mut library, client.json_line());
            assert_eq!(of_file.overall, of_line.overall);
            assert!(!client.json_line().contains('\n'));
            assert_eq!(assessment.answers.of.name, client.name);
        }
    }
}

#[test]
fn rows_have_a_cell_for_each_head() {
    for questionnaire in TRIED {
        let clients = Clients::new(questionnaire, 7).expect("built in");
        let header = clients.header();
        let heads: BTreeSet<_> = header.iter().collect();
        assert_eq!(heads.len(), header.len(), "two columns with one head");
        for client in clients.take(SOME) {
            assert_eq!(client.row().len(), header.len());
        }
    }
}

#[test]
fn clients_are_as_varied_as_real_ones() {
    let clients: Vec<_> = Clients::new("msme-first-look", 7).expect("built in").take(300).collect();
    let names: BTreeSet<_> = clients.iter().map(|client| &client.name).collect();
    assert!((250..300).contains(&names.len()), "{} names: most differ, some not", names.len());
    let given = || clients.iter().flat_map(|client| &client.given).map(|(_, given)| given);
    let count = |is: fn(&Given) -> bool| given().filter(|given| is(given)).count();
    assert!(count(|given| matches!(given, Given::Unknown)) > 100);
    assert!(count(|given| matches!(given, Given::NotApplicable(_))) > 50);
    assert!(count(|given| matches!(given, Given::Said(_, _, Some(_)))) > 300);
    let scores: Vec<_> = results("msme-first-look", 7, 0, 60);
    let lows: BTreeSet<_> = scores.iter().filter_map(|each| each.overall.low).collect();
    let (low, high) = (lows.first().expect("scores"), lows.last().expect("scores"));
    assert!(low.basis_points() < 2500 && high.basis_points() > 6000, "{low:?} to {high:?}");
}

#[test]
fn the_same_seed_gives_the_same_clients() {
    let lines = |seed, round| -> Vec<String> {
        let clients = Clients::new("msme-first-look", seed).expect("built in").round(round);
        clients.take(20).map(|client| client.json_line()).collect()
    };
    assert_eq!(lines(7, 0), lines(7, 0));
    assert_ne!(lines(7, 0), lines(8, 0));
    assert_ne!(lines(7, 0), lines(7, 1));
}
