//! Who the made-up clients are: names, and facts in plausible shares.

use super::random::Random;
use gapwise::model::{FactKind, Facts, Profile};

/// Sectors with their shares, what such firms call themselves, and how far they are on average beside
/// others. Unit of the last: hundredths of a score.
const SECTORS: [(&str, u64, &str, i64); 12] = [
    ("retail", 17, "Shop", -6),
    ("construction", 14, "Builders", -10),
    ("food", 12, "Kitchen", -8),
    ("manufacturing", 11, "Works", 0),
    ("health", 9, "Practice", 5),
    ("transport", 8, "Haulage", -5),
    ("accounting", 7, "Ledger", 6),
    ("software", 7, "Code", 14),
    ("education", 6, "School", 3),
    ("tourism", 5, "Inn", -4),
    ("energy", 3, "Power", 9),
    ("beekeeping", 1, "Apiary", -12),
];

const SIZES: [(&str, u64); 4] = [("micro", 52), ("small", 30), ("medium", 13), ("large", 5)];
const OWNERSHIP: [(&str, u64); 4] =
    [("private", 84), ("non-profit", 9), ("public", 5), ("research", 2)];
const COUNTRIES: [(&str, u64); 8] =
    [("DE", 18), ("FR", 16), ("IT", 15), ("ES", 12), ("PL", 8), ("NL", 6), ("JP", 4), ("CA", 3)];

const SYLLABLES: [&str; 24] = [
    "bre", "cor", "dal", "esk", "fen", "gri", "hol", "ilm", "jor", "kel", "lom", "mar", "nev",
    "ost", "pra", "quo", "ris", "sel", "tor", "ulf", "ven", "wis", "yar", "zet",
];
/// Names that several bear.
const ALIKE: [&str; 3] = ["Corner Shop", "The Old Mill", "Müller's <Works> & Söhne"];

/// Name, facts, and how far such a client is beside others. Unit: hundredths of a score.
pub(crate) fn client(random: &mut Random, facts: &Facts) -> (String, Profile, i64) {
    let shares = SECTORS.map(|sector| (sector, sector.1));
    let (sector, _, trade, ahead) = *random.by_share(&shares);
    let mut profile = Profile::new();
    for fact in facts.facts.iter().filter(|fact| ![Facts::KIND, Facts::STAGE].contains(&&*fact.id))
    {
        let values = match (fact.id.as_str(), fact.kind) {
            ("size", _) => vec![*random.by_share(&SIZES)],
            ("ownership", _) => vec![*random.by_share(&OWNERSHIP)],
            ("country", _) if random.chance(96) => vec![*random.by_share(&COUNTRIES)],
            ("sector", _) if random.chance(93) => vec![spelt(sector, random)],
            ("works-in-health", _) => vec![if sector == "health" { "yes" } else { "no" }],
            ("role" | "tech7-role", _) => roles(&fact.values(), random),
            ("personal-data", _) => vec![if random.chance(70) { "yes" } else { "no" }],
            (_, FactKind::YesNo) if random.chance(95) => {
                vec![if random.chance(18) { "yes" } else { "no" }]
            }
            (_, FactKind::One) => vec![*random.one(&fact.values())],
            _ => continue,
        };
        profile.insert(fact.id.clone(), values.into_iter().map(str::to_owned).collect());
    }
    let size = match profile.get(Facts::SIZE).map(|values| values[0].as_str()) {
        Some("large") => 18,
        Some("medium") => 9,
        Some("small") => 2,
        _ => -5,
    };
    (name(trade, random), profile, ahead + size)
}

/// A sector as people write it.
fn spelt(sector: &'static str, random: &mut Random) -> &'static str {
    match (sector, random.below(20)) {
        ("retail", 0) => "Retail",
        ("software", 0) => " SOFTWARE ",
        ("health", 0) => "Health",
        _ => sector,
    }
}

/// One to three of the roles; the last of them, which only uses what is there, most often.
fn roles<'a>(all: &[&'a str], random: &mut Random) -> Vec<&'a str> {
    let last = all.len().saturating_sub(1);
    let has = |at: usize, random: &mut Random| random.chance(if at == last { 78 } else { 11 });
    let mut roles: Vec<_> =
        (0..all.len()).filter(|at| has(*at, random)).map(|at| all[at]).collect();
    if roles.is_empty() {
        roles.extend(all.last());
    }
    roles
}

fn name(trade: &str, random: &mut Random) -> String {
    if random.chance(2) {
        return (*random.one(&ALIKE)).to_owned();
    }
    let word = |parts: usize, random: &mut Random| {
        let word: String = (0..parts).map(|_| *random.one(&SYLLABLES)).collect();
        word[..1].to_uppercase() + &word[1..]
    };
    let (first, second) = (word(3, random), word(2, random));
    format!("{first} {trade}, {second}ham")
}
