//! A portfolio without names is attacked: whatever is told is added, subtracted and searched, and nothing
//! about fewer than five clients may follow.

use crate::portfolio::{of, readable, rendered, report, summary, twelve};
use gapwise::model::Score;
use gapwise::portfolio::anonymous::{MANY, anonymous};
use gapwise::portfolio::summary::{GroupKind, PartSummary};
use gapwise::portfolio::{ClientResult, FEWEST, PortfolioReport, Short};
use gapwise::render::summary::FORMATS;
use proptest::prelude::{ProptestConfig, Strategy, any, prop, prop_assert, proptest};

const SIZES: [&str; 4] = ["micro", "small", "medium", "large"];
const ROLES: [&str; 4] = ["model-developer", "application-developer", "deployer", "plain-user"];
const GATES: [&str; 3] = ["HCOC-P.a", "HCOC-P.b", "HCOC-P.c"];
/// That only some are asked for, by role.
const GAPS: [&str; 3] = ["HCOC-1.a", "HCOC-10.a", "HCOC-1.b"];

/// A client: size, sector, roles, score, gates and gaps as bits, the rest of what makes it one.
type Drawn = (usize, u8, u8, Option<u16>, u8, u8);

fn drawn() -> impl Strategy<Value = Drawn> {
    let score = prop::option::weighted(0.9, 0..=10_000_u16);
    (0..4_usize, 0..14_u8, 1..16_u8, score, few_bits(), any::<u8>())
}

/// The first bit often, the second seldom, the third hardly ever: what is small beside what is large.
fn few_bits() -> impl Strategy<Value = u8> {
    let bit =
        |often: f64, bit: u8| prop::bool::weighted(often).prop_map(move |is| u8::from(is) * bit);
    (bit(0.4, 1), bit(0.1, 2), bit(0.03, 4)).prop_map(|(one, two, four)| one | two | four)
}

/// A result that no text of ours looks like: everything of its own is marked.
fn client(at: usize, (size, sector, roles, low, gates, gaps): Drawn) -> ClientResult {
    let chosen = |all: &[&str], bits: u8| -> Vec<String> {
        let bit = |at: &usize| bits >> at & 1 == 1;
        (0..all.len()).filter(bit).map(|at| all[at].to_owned()).collect()
    };
    let mut result = twelve().remove(8);
    result.client = format!("Qzname{at}x");
    result.folder = Some(format!("qzfolder{at}x"));
    result.from = format!("qzfile{at}x.yaml");
    result.profile.insert("size".to_owned(), vec![SIZES[size].to_owned()]);
    result.profile.insert("sector".to_owned(), vec![format!("qzsector{sector}x")]);
    result.profile.insert("role".to_owned(), chosen(&ROLES, roles));
    result.failed_gates = chosen(&GATES, gates);
    result.below_target = chosen(&GAPS, gaps);
    result.verdict = match (result.failed_gates.is_empty(), gaps & 8) {
        (false, _) => "held",
        (true, 8) => "incomplete",
        _ => "clear",
    }
    .to_owned();
    let low = low.and_then(Score::new);
    result.overall = Short { low, high: low, evidenced: low, coverage: low };
    result.domains.iter_mut().for_each(|(_, figures)| *figures = result.overall);
    result
}

fn clients() -> impl Strategy<Value = Vec<ClientResult>> {
    prop::collection::vec(drawn(), 1..70)
        .prop_map(|all| all.into_iter().enumerate().map(|(at, drawn)| client(at, drawn)).collect())
}

/// Whether a number would be about too few.
fn is_few(number: u64) -> bool {
    (1..FEWEST).contains(&number)
}

/// All sums of cells and what each leaves of the total, with what they are of.
fn sums(table: &str, cells: &[u64], total: u64) -> Vec<(String, u64)> {
    assert!(cells.len() < 24, "{table} has {} cells", cells.len());
    let masks = 1_u32..1 << cells.len();
    let sum = |mask: u32| -> u64 {
        (0..cells.len()).filter(|at| mask >> at & 1 == 1).map(|at| cells[at]).sum()
    };
    masks
        .flat_map(|mask| {
            let sum = sum(mask);
            [(format!("{table} {mask:b}"), sum), (format!("{table} not {mask:b}"), total - sum)]
        })
        .collect()
}

/// Everything about a number of clients that follows from a part.
fn follows(part: &PartSummary) -> Vec<(String, u64)> {
    let all = part.clients;
    let of = |tallies: &[gapwise::portfolio::summary::Tally]| -> Vec<u64> {
        tallies.iter().filter_map(|tally| tally.clients).collect()
    };
    let (verdicts, gates) = (of(&part.verdicts), of(&part.failed_gates));
    let bins: Vec<_> = part.histogram.iter().map(|bin| bin.clients).collect();
    let mut found = [sums("verdict", &verdicts, all), sums("score", &bins, all)].concat();
    for groups in &part.groups {
        let cells: Vec<_> = groups.groups.iter().map(|group| group.clients).collect();
        if groups.by == "role" {
            found.extend(cells.iter().map(|cell| (format!("role {cell}"), *cell)));
            found.extend(cells.iter().map(|cell| (format!("not role {cell}"), all - cell)));
            let sum = cells.iter().sum::<u64>();
            found.push(("further roles".to_owned(), sum.abs_diff(all)));
        } else {
            found.extend(sums(&groups.by, &cells, all));
        }
    }
    for count in gates.iter().chain(&of(&part.gaps)) {
        found.extend([("lack it".to_owned(), *count), ("keep it".to_owned(), all - count)]);
    }
    // Who is asked hangs on role or size: of a group, or of several, some are left.
    for tally in part.gaps.iter().chain(&part.failed_gates) {
        for groups in part.groups.iter().filter(|groups| groups.by != "sector") {
            let values = tally.asked_of.as_ref().and_then(|asked_of| asked_of.get(&groups.by));
            let Some((values, count)) = values.zip(tally.clients) else { continue };
            let asked = groups.groups.iter().filter(|group| values.contains(&group.value));
            let cells: Vec<_> = asked.map(|group| group.clients).collect();
            let left = sums("keep", &cells, cells.iter().sum()).into_iter();
            let left = left.filter(|(what, _)| !what.contains("not"));
            found.extend(
                left.map(|(what, sum)| (format!("{what} {}", tally.id), sum.abs_diff(count))),
            );
        }
    }
    // Who has no score is incomplete.
    let scored = bins.iter().sum::<u64>();
    let incomplete = part.verdicts.iter().find(|tally| tally.id.contains("incomplete"));
    if let Some(incomplete) = incomplete.filter(|_| scored > 0).and_then(|tally| tally.clients) {
        found.push(("scored, incomplete".to_owned(), incomplete.saturating_sub(all - scored)));
    }
    // Whoever fails a gate is held: with others or by itself.
    let with_held = part.verdicts.iter().filter(|tally| tally.id.contains("held"));
    for held in with_held.filter_map(|tally| tally.clients) {
        found.extend(gates.iter().map(|gate| ("held by another".to_owned(), held - gate)));
        found.push(("held twice".to_owned(), gates.iter().sum::<u64>().abs_diff(held)));
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// No count of one to four follows, neither does any score but in whole points, and no cell is 0.
    #[test]
    fn nothing_about_a_few_follows(clients in clients()) {
        let told = anonymous(&summary(&of(&clients)));
        prop_assert!(told.results.is_none() && told.other_questionnaires.is_none());
        prop_assert!(told.parts.is_empty() == ((clients.len() as u64) < FEWEST));
        for part in &told.parts {
            for (what, number) in follows(part) {
                prop_assert!(!is_few(number), "{what}: {number}\n{part:#?}");
            }
            let cells = part.groups.iter().flat_map(|by| &by.groups).map(|group| group.clients);
            let cells = cells.chain(part.histogram.iter().map(|bin| bin.clients));
            let cells = cells.chain(part.verdicts.iter().filter_map(|tally| tally.clients));
            for cell in cells {
                prop_assert!(cell >= FEWEST, "a cell of {cell}");
            }
            let nearly_all = part.gaps.iter().any(|tally| tally.clients.is_none());
            prop_assert!(!nearly_all || part.clients >= MANY);
            prop_assert!(part.rows.is_none() && part.since.is_none());
        }
        let json = serde_json::to_value(&told).expect("data");
        let scores = ["lower-quartile", "median", "upper-quartile", "lowest", "highest"];
        let mut wrong = Vec::new();
        visit(&json, &mut |key, value| {
            let is_extreme = ["lowest", "highest"].contains(&key) && !value.is_null();
            let is_fine = value.as_u64().is_some_and(|score| score % 100 != 0);
            if is_extreme || scores.contains(&key) && is_fine {
                wrong.push(format!("{key}: {value}"));
            }
        });
        prop_assert!(wrong.is_empty(), "{wrong:?}");
    }
}

/// Calls `see` for each value of an object, with its key.
fn visit(value: &serde_json::Value, see: &mut dyn FnMut(&str, &serde_json::Value)) {
    match value {
        serde_json::Value::Object(map) => map.iter().for_each(|(key, value)| {
            see(key, value);
            visit(value, see);
        }),
        serde_json::Value::Array(list) => list.iter().for_each(|value| visit(value, see)),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    /// No name, folder, file or digest stands in any format, and no sector of fewer than five.
    #[test]
    fn no_format_names_anybody(clients in clients()) {
        let report = PortfolioReport::new(anonymous(&summary(&of(&clients))));
        let sectors = clients.iter().map(|client| &client.profile["sector"][0]);
        let rare = sectors.clone().filter(|sector| sectors.clone().filter(|other| other == sector).count() < 5);
        let own = |of: &ClientResult| {
            [of.client.clone(), of.folder.clone().unwrap_or_default(), of.from.clone(), of.answers.clone()]
        };
        let secrets: Vec<_> = clients.iter().flat_map(own).chain(rare.cloned()).collect();
        for format in FORMATS {
            let text = readable(*format, &rendered(*format, &report)).to_lowercase();
            for secret in &secrets {
                prop_assert!(!text.contains(&secret.to_lowercase()), "{}: {secret}", format.word());
            }
        }
    }
}

#[test]
fn the_attack_finds_what_is_told_with_names() {
    // The same search over what is not anonymous finds the small cells, or it would prove nothing.
    let results = twelve();
    let whole = summary(&of(&results));
    assert!(whole.parts.iter().all(|part| follows(part).iter().any(|(_, number)| is_few(*number))));
    let text = readable(
        gapwise::render::Format::Json,
        &rendered(gapwise::render::Format::Json, &report(&results, false)),
    );
    assert!(results.iter().all(|client| text.contains(&client.from.replace('"', "\\\""))));
}

#[test]
fn what_is_left_of_a_group_that_is_told_is_not_told() {
    // Of 22 deployers 21 fall short of what only deployers are asked for.
    let mut results: Vec<_> =
        (0..60).map(|at| client(at, (at % 2, 1, 8, Some(5000), 0, 0))).collect();
    for (at, result) in results.iter_mut().enumerate() {
        result.questionnaire = "msme-first-look".to_owned();
        let roles =
            if at < 22 { vec!["deployer".to_owned()] } else { vec!["plain-user".to_owned()] };
        result.profile.insert("role".to_owned(), roles);
        result.below_target = (at < 21).then(|| "MSME-6.a".to_owned()).into_iter().collect();
        result.below_target.extend((at < 57).then(|| "MSME-3.b".to_owned()));
    }
    let whole = summary(&of(&results));
    let told = &anonymous(&whole).parts[0];
    assert_eq!(whole.parts[0].gaps.len(), 2);
    let gaps: Vec<_> = told.gaps.iter().map(|tally| (tally.id.as_str(), tally.clients)).collect();
    assert_eq!(gaps, [("MSME-3.b", None)]);
    let roles = told.groups.iter().find(|by| by.by == "role").expect("two roles");
    assert_eq!(roles.groups.iter().map(|group| group.clients).collect::<Vec<_>>(), [22, 38]);
}

#[test]
fn rare_sectors_are_told_together_with_the_next() {
    let sector = |at: usize| match at {
        0..=11 => 1,
        12..=18 => 2,
        19..=20 => 3,
        _ => 4,
    };
    let results: Vec<_> =
        (0..22).map(|at| client(at, (0, sector(at), 8, Some(5000), 0, 0))).collect();
    let told = &anonymous(&summary(&of(&results))).parts[0];
    let sectors = told.groups.iter().find(|by| by.by == "sector").expect("told");
    let cells: Vec<_> = sectors.groups.iter().map(|group| (group.kind, group.clients)).collect();
    assert_eq!(cells, [(GroupKind::Named, 12), (GroupKind::Other, 10)]);
    // All are of one size: that there is no other would follow.
    assert!(told.groups.iter().all(|by| by.by != "size"));
}
