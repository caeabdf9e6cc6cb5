//! Many results side by side: what is told of twelve, and what must hold of any number.
//!
//! After a wanted change: `INSTA_UPDATE=always cargo test --test suite portfolio`, then read the diff.

use crate::root;
use gapwise::diagnostic::Diagnostics;
use gapwise::library::Library;
use gapwise::model::{Facts, Questionnaire};
use gapwise::portfolio::anonymous::anonymous;
use gapwise::portfolio::summary::{GroupKind, Move};
use gapwise::portfolio::{ClientResult, Portfolio, PortfolioReport, Standing, Summary};
use gapwise::render::Format;
use gapwise::render::pdf::{Setup, read};
use gapwise::render::summary::{FORMATS, file_name, render};
use gapwise::render::template::Templates;
use serde_json::json;
use std::sync::{Arc, OnceLock};

/// What is read of the built-in content, once.
static BUILT_IN: OnceLock<(Arc<Facts>, [Arc<Questionnaire>; 2])> = OnceLock::new();

/// A client of twelve: name, size, sector, roles, score, verdict.
type Line = (&'static str, &'static str, &'static str, &'static str, u16, &'static str);

const FIRST_LOOK: [Line; 8] = [
    ("Ashdown Bakery", "micro", "Food", "plain-user", 2100, "clear"),
    ("Brine & Sons", "micro", "food ", "plain-user", 3300, "incomplete"),
    ("Cobbler's Yard", "micro", "crafts", "plain-user", 900, "incomplete"),
    ("Dovetail <Joinery>", "micro", "crafts", "plain-user deployer", 5200, "clear"),
    ("Elder | Elm", "micro", "", "plain-user", 4400, "clear"),
    ("Fallow Freight", "small", "transport", "deployer", 6100, "clear"),
    ("Gorse Garage", "small", "transport", "plain-user", 6100, "clear"),
    ("=Hazel()", "large", "software", "application-developer", 8800, "clear"),
];
const HIROSHIMA: [Line; 4] = [
    ("Ivy Models", "medium", "software", "model-developer", 7200, "held"),
    ("Juniper Care", "small", "health", "deployer", 4100, "held"),
    ("Kestrel Data", "small", "software", "application-developer", 6600, "clear"),
    ("Larch Lending", "large", "finance", "deployer", 5900, "incomplete"),
];

/// A result as a line of `results.ndjson` has it.
fn line(questionnaire: &str, domains: [&str; 3], of: Line) -> ClientResult {
    let (client, size, sector, roles, low, verdict) = of;
    let mut profile = json!({"size": [size], "role": roles.split(' ').collect::<Vec<_>>()});
    if !sector.is_empty() {
        profile["sector"] = json!([sector]);
    }
    let (gates, below) = match questionnaire {
        "msme-first-look" => (vec![], vec!["MSME-3.b", "MSME-1.a", "MSME-6.a"]),
        _ => (vec!["HCOC-P.a", "HCOC-P.c"], vec!["HCOC-1.b"]),
    };
    let gates = if verdict == "held" { gates } else { vec![] };
    let below: Vec<_> = below.into_iter().take(usize::from((10_000 - low) / 2500)).collect();
    let high = if verdict == "incomplete" { low + 1000 } else { low };
    let scores = [low, low / 2, low + 1000].map(|score| json!([score, score, 0, 10_000]));
    let domains: Vec<_> = domains.into_iter().zip(scores).collect();
    let digest = gapwise::digest::Digest::of_bytes(client.as_bytes()).to_string();
    let result = json!({
        "gapwise": "client-result/1", "client": client, "folder": client.to_lowercase(),
        "from": format!("{client}.yaml"), "date": "2026-11-02", "questionnaire": questionnaire,
        "version": "1.0.0", "answers": digest, "input": digest[..16], "profile": profile,
        "verdict": verdict, "overall": [low, high, low / 3, 10_000 - high + low], "domains": domains,
        "failed-gates": gates, "below-target": below,
    });
    serde_json::from_value(result).expect("a line")
}

/// Twelve clients under two questionnaires.
pub(crate) fn twelve() -> Vec<ClientResult> {
    let first = FIRST_LOOK.map(|of| line("msme-first-look", ["MSME-1", "MSME-2", "MSME-6"], of));
    let others =
        HIROSHIMA.map(|of| line("hiroshima-code-of-conduct", ["HCOC-1", "HCOC-2", "HCOC-3"], of));
    first.into_iter().chain(others).collect()
}

/// All figures of a portfolio, with the built-in questionnaires at hand.
pub(crate) fn summary(portfolio: &Portfolio) -> Summary {
    let (facts, questionnaires) = BUILT_IN.get_or_init(|| {
        let (mut library, mut found) = (Library::default(), Diagnostics::default());
        let ids = ["msme-first-look", "hiroshima-code-of-conduct"];
        let questionnaires = ids.map(|id| library.questionnaire(id, &mut found).expect("built in"));
        (library.facts(&mut found), questionnaires)
    });
    portfolio.summary(facts, &mut |id| questionnaires.iter().find(|each| each.id == id).cloned())
}

pub(crate) fn of(results: &[ClientResult]) -> Portfolio {
    let mut portfolio = Portfolio::default();
    results.iter().for_each(|result| portfolio.add(result));
    portfolio
}

/// The words for results, without names where that is asked for.
pub(crate) fn report(results: &[ClientResult], without_names: bool) -> PortfolioReport {
    let summary = summary(&of(results));
    PortfolioReport::new(if without_names { anonymous(&summary) } else { summary })
}

/// A portfolio in a format, as bytes.
pub(crate) fn rendered(format: Format, report: &PortfolioReport) -> Vec<u8> {
    let rendered = render(format, report, &Templates::default(), &Setup::default());
    rendered.unwrap_or_else(|why| panic!("{}: {why}", file_name(format)))
}

/// The first client, that many times under names of their own.
fn copies(number: usize) -> Vec<ClientResult> {
    let one = twelve().remove(0);
    let copy = |at: usize| ClientResult { client: format!("Client {at}"), ..one.clone() };
    (0..number).map(copy).collect()
}

#[test]
fn twelve_clients_keep_their_portfolio() {
    let mut portfolio = Portfolio::default();
    let now = twelve();
    // Then two had other scores, one was held, one was not there and another was.
    for (at, result) in now.iter().enumerate().filter(|(at, _)| *at != 3) {
        let mut then = result.clone();
        let shift = |low: u64| gapwise::model::Score::saturating(low);
        match at {
            0 => then.overall.low = Some(shift(1000)),
            1 => then.overall.low = Some(shift(4000)),
            4 => then.verdict = "held".to_owned(),
            5 => then.client = "Moss & Daughters".to_owned(),
            _ => {}
        }
        portfolio.before(&then);
    }
    now.iter().for_each(|result| portfolio.add(result));
    let report = PortfolioReport::new(summary(&portfolio));
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(root("tests/portfolio"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for format in [Format::Html, Format::Markdown] {
            let text = String::from_utf8(rendered(format, &report)).expect("text");
            insta::assert_snapshot!(file_name(format), text);
        }
    });
}

#[test]
fn the_order_of_lines_makes_no_difference() {
    let mut lines = twelve();
    let first = summary(&of(&lines));
    for _ in 0..lines.len() {
        lines.rotate_left(1);
        assert_eq!(summary(&of(&lines)), first);
        lines.swap(2, 7);
        assert_eq!(summary(&of(&lines)), first);
    }
    assert_eq!(first.parts[0].clients + first.parts[1].clients, 12);
}

#[test]
fn every_format_is_the_same_each_time_and_says_who() {
    for format in FORMATS {
        let one = rendered(*format, &report(&twelve(), false));
        assert!(one == rendered(*format, &report(&twelve(), false)), "{}", file_name(*format));
        let text = readable(*format, &one);
        assert!(text.contains("Gorse Garage"), "{}: {text}", file_name(*format));
        assert!(!text.contains("<Joinery>") || *format == Format::Json || *format == Format::Pdf);
    }
    let none = report(&[], false);
    FORMATS.iter().for_each(|format| assert!(!rendered(*format, &none).is_empty()));
}

/// What a file says.
pub(crate) fn readable(format: Format, bytes: &[u8]) -> String {
    match format {
        Format::Pdf => {
            let attached = read::attachments(bytes).expect("a PDF");
            let attached =
                attached.iter().map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned());
            read::page_texts(bytes).expect("a PDF").into_iter().chain(attached).collect()
        }
        Format::Xlsx => crate::xlsx::readable(bytes),
        _ => String::from_utf8(bytes.to_vec()).expect("text"),
    }
}

#[test]
fn sectors_are_the_same_however_they_are_written() {
    let summary = summary(&of(&twelve()));
    let sectors = &summary.parts[0].groups[1].groups;
    let found: Vec<_> = sectors.iter().map(|each| (each.value.as_str(), each.clients)).collect();
    assert_eq!(found, [("crafts", 2), ("food", 2), ("transport", 2), ("software", 1), ("", 1)]);
    assert_eq!(sectors[4].kind, GroupKind::NotStated);
}

#[test]
fn a_million_sectors_are_some_and_the_rest() {
    let mut results = copies(3000);
    for (at, result) in results.iter_mut().enumerate() {
        let sector = if at % 3 == 0 { "farming".to_owned() } else { format!("sector {at}") };
        result.profile.insert("sector".to_owned(), vec![sector]);
    }
    let forwards = summary(&of(&results));
    results.reverse();
    assert_eq!(summary(&of(&results)), forwards);
    let sectors = &forwards.parts[0].groups[1].groups;
    assert_eq!((sectors[0].value.as_str(), sectors[0].clients), ("farming", 1000));
    assert_eq!(sectors.len(), 21);
    assert_eq!(sectors.iter().map(|each| each.clients).sum::<u64>(), 3000);
}

#[test]
fn five_hundred_clients_have_names_and_one_more_has_not() {
    for (number, of_clients) in [(500, true), (501, false)] {
        let report = report(&copies(number), false);
        let heat = &report.parts[0].heat;
        assert_eq!(heat.of_clients, of_clients);
        assert_eq!(report.summary.parts[0].rows.is_some(), of_clients);
        assert_eq!(heat.rows.iter().any(|row| row.name == "Client 499"), of_clients);
        assert!(!heat.rows.is_empty());
    }
}

#[test]
fn those_held_come_first_and_then_the_lowest() {
    let summary = summary(&of(&twelve()));
    let names = |part: usize| -> Vec<&str> {
        summary.parts[part].rows.iter().flatten().map(|row| row.client.as_str()).collect()
    };
    assert_eq!(names(0)[..3], ["Cobbler's Yard", "Ashdown Bakery", "Brine & Sons"]);
    assert_eq!(names(1), ["Juniper Care", "Ivy Models", "Larch Lending", "Kestrel Data"]);
}

#[test]
fn peers_are_five_of_a_size() {
    let (all, clients) = (of(&twelve()), twelve());
    let peers = all.peers(&clients[0]).expect("five micro firms");
    assert_eq!((peers.clients, peers.size.as_deref()), (5, Some("micro")));
    assert_eq!(peers.quartiles.map(|each| each.basis_points()), [2100, 3300, 4400]);
    assert_eq!(peers.standing, Standing::BelowMedian);
    assert_eq!(all.peers(&clients[5]), None);
    // The same size under another questionnaire is no peer.
    let mut more = twelve();
    more.extend(
        copies(3)
            .into_iter()
            .map(|each| ClientResult { profile: clients[9].profile.clone(), ..each }),
    );
    assert_eq!(of(&more).peers(&clients[9]), None);
    assert_eq!(of(&more).peers(&clients[5]).map(|peers| peers.clients), Some(5));
}

#[test]
fn figures_of_different_questionnaires_never_mix() {
    let mut lines = twelve();
    lines.push(ClientResult { version: "2.0.0".to_owned(), ..lines[0].clone() });
    lines.push(ClientResult { version: "1.3.0".to_owned(), ..lines[0].clone() });
    let summary = summary(&of(&lines));
    let parts: Vec<_> = summary
        .parts
        .iter()
        .map(|part| (part.questionnaire.as_str(), part.version.as_str(), part.clients))
        .collect();
    let id = "msme-first-look";
    assert_eq!(
        parts,
        [(id, "1.3.0", 9), ("hiroshima-code-of-conduct", "1.0.0", 4), (id, "2.0.0", 1)]
    );
    // The titles at hand are those of another major version.
    assert_eq!(summary.parts[2].title, None);
}

#[test]
fn who_moved_is_told_by_name_where_the_name_is_one_clients() {
    let mut portfolio = Portfolio::default();
    let now = twelve();
    let score = |bp| Some(gapwise::model::Score::saturating(bp));
    let then = |at: usize, low: u64| {
        let mut then = now[at].clone();
        then.overall.low = score(low);
        then
    };
    for result in [then(0, 100), then(1, 9000), then(2, 900), then(4, 1), then(4, 2)] {
        portfolio.before(&result);
    }
    let gone = ClientResult { client: "Moss".to_owned(), ..now[0].clone() };
    portfolio.before(&gone);
    now.iter().for_each(|result| portfolio.add(result));
    let since = summary(&portfolio).parts[0].since.clone().expect("earlier results");
    let moves = since.moves.expect("few enough");
    let moved = |each: &Move| (each.client.clone(), each.rise(), each.fall());
    assert_eq!(
        moves.rises.iter().map(moved).collect::<Vec<_>>(),
        [("Ashdown Bakery".to_owned(), 2000, 0)]
    );
    assert_eq!(
        moves.falls.iter().map(moved).collect::<Vec<_>>(),
        [("Brine & Sons".to_owned(), 0, 5700)]
    );
    assert_eq!((moves.compared, moves.ambiguous, moves.new.clients), (3, 1, 4));
    assert_eq!(moves.gone.names, ["Moss"]);
    assert_eq!(summary(&portfolio).parts[1].since, None);
}

#[test]
fn a_portfolio_conforms_to_its_schema() {
    let schema = gapwise::schema::schema("portfolio").expect("a kind");
    let schema = serde_json::from_str(&schema).expect("JSON");
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    for without_names in [false, true] {
        let text = rendered(Format::Json, &report(&twelve(), without_names));
        let portfolio: serde_json::Value = serde_json::from_slice(&text).expect("JSON");
        assert!(schema.is_valid(&portfolio), "{:?}", schema.iter_errors(&portfolio).next());
        let again: Summary = serde_json::from_value(portfolio).expect("read back");
        assert_eq!(again.anonymous, without_names);
    }
}
