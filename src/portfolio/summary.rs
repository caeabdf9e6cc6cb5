//! `portfolio/1`: all figures of a portfolio, for other programs and as what its pages are written from.

use super::counts::Counts;
use crate::model::Score;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Kind and edition of a portfolio.
pub(crate) const KIND: &str = "portfolio/1";

/// Many results side by side. Scores are in basis points, 0 to 10 000, and null where nothing applies or,
/// without names, where they are not told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Summary {
    /// Kind and edition: `portfolio/1`.
    pub gapwise: String,
    /// Name and version of the program that computed it.
    pub engine: String,
    /// Whether it names nobody: then groups and counts under five are not told.
    pub anonymous: bool,
    /// All results; null without names.
    pub results: Option<u64>,
    /// Results under more questionnaires than are told apart; null without names.
    pub other_questionnaires: Option<u64>,
    /// A part for each questionnaire of one major version, the one with most clients first.
    pub parts: Vec<PartSummary>,
}

/// The clients of one questionnaire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct PartSummary {
    /// The id of the questionnaire.
    pub questionnaire: String,
    /// The newest version that a client was scored by; all have the same first number.
    pub version: String,
    /// Its title, where it is at hand.
    pub title: Option<String>,
    /// Its limits, where it is at hand and states some.
    pub notice: Option<String>,
    /// How many clients there are.
    pub clients: u64,
    /// The first date of an assessment; without names the month only.
    pub first_date: String,
    /// The last date of an assessment; without names the month only.
    pub last_date: String,
    /// The overall scores.
    pub scores: Spread,
    /// The overall scores with evidence only.
    pub evidenced: Spread,
    /// The shares that are answered.
    pub coverage: Spread,
    /// How many clients have scores from where to where.
    pub histogram: Vec<Bin>,
    /// How many clients have which verdict.
    pub verdicts: Vec<Tally>,
    /// How many clients failed which gate, the most first.
    pub failed_gates: Vec<Tally>,
    /// How many clients are below the target of which requirement, the most first.
    pub gaps: Vec<Tally>,
    /// The scores of each domain, in the order of the questionnaire.
    pub domains: Vec<DomainSpread>,
    /// Clients by size, sector and role; who has several roles is in several groups.
    pub groups: Vec<GroupsBy>,
    /// Each client, those that need help most first; null where there are more than 500, and without names.
    pub rows: Option<Vec<ClientRow>>,
    /// What changed since an earlier batch.
    pub since: Option<SinceSummary>,
}

/// How scores are spread. Quartiles are by nearest rank: each is a score that occurs; without names they are
/// rounded to whole points of 100.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Spread {
    /// How many have a score; null without names.
    pub clients: Option<u64>,
    /// The lowest; null without names.
    pub lowest: Option<Score>,
    /// A quarter has this or less.
    pub lower_quartile: Option<Score>,
    /// Half have this or less.
    pub median: Option<Score>,
    /// Three quarters have this or less.
    pub upper_quartile: Option<Score>,
    /// The highest; null without names.
    pub highest: Option<Score>,
}

impl Spread {
    pub(super) fn of(counts: &Counts) -> Self {
        let [lower, median, upper] =
            counts.quartiles().map_or([None; 3], |quartiles| quartiles.map(Some));
        Self {
            clients: Some(counts.total()),
            lowest: counts.lowest(),
            lower_quartile: lower,
            median,
            upper_quartile: upper,
            highest: counts.highest(),
        }
    }
}

/// How many scores lie in a range.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Bin {
    /// From here. Unit: points of 100.
    pub from: u16,
    /// To below here; to 100 takes in 100.
    pub to: u16,
    /// How many clients.
    pub clients: u64,
}

/// How many clients something holds of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Tally {
    /// The id; several verdicts that are told together are joined by ` or `.
    pub id: String,
    /// What the questionnaire says there, where it is at hand.
    pub text: Option<String>,
    /// Who is asked for it: facts with the values of which one must be stated, without values where others
    /// count too. Empty where everybody is asked; null where that is not known.
    pub asked_of: Option<BTreeMap<String, Vec<String>>>,
    /// How many clients; null where it is all but fewer than five, without names.
    pub clients: Option<u64>,
}

impl Tally {
    /// Whether nobody is left out.
    pub(super) fn is_asked_of_all(&self) -> bool {
        self.asked_of.as_ref().is_some_and(BTreeMap::is_empty)
    }
}

/// How the scores of a domain are spread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct DomainSpread {
    /// The id of the domain.
    pub id: String,
    /// Its title, where it is at hand.
    pub title: Option<String>,
    /// Its scores.
    pub scores: Spread,
}

/// Clients in groups by one fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct GroupsBy {
    /// The fact: `size`, `sector` or `role`.
    pub by: String,
    /// The groups.
    pub groups: Vec<GroupSummary>,
}

/// What is common to the clients of a group.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum GroupKind {
    /// They state the same.
    Named,
    /// They state nothing.
    NotStated,
    /// Neither: what is too rare to stand by itself.
    Other,
}

/// A group of clients.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct GroupSummary {
    /// What is common to them.
    pub kind: GroupKind,
    /// What they state; a sector in small letters. Empty where they state nothing and for others.
    pub value: String,
    /// The words for it, where the facts have some.
    pub text: Option<String>,
    /// How many clients.
    pub clients: u64,
    /// How many are held by a gate; null without names.
    pub held: Option<u64>,
    /// Their overall scores.
    pub scores: Spread,
    /// The median of each domain, in the order of the questionnaire; null of fewer than five scores.
    pub medians: Vec<Option<Score>>,
}

/// A client in a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ClientRow {
    /// Its name.
    pub client: String,
    /// The folder with its reports, below that of the batch.
    pub folder: Option<String>,
    /// Where its answers stood.
    pub from: String,
    /// Its size and sector, as far as they are stated.
    pub size: Option<String>,
    /// In small letters.
    pub sector: Option<String>,
    /// clear, held or incomplete.
    pub verdict: String,
    /// The score.
    pub score: Option<Score>,
    /// The score if all that is open turned out well.
    pub best: Option<Score>,
    /// The score with evidence only.
    pub evidenced: Option<Score>,
    /// The share that is answered.
    pub coverage: Option<Score>,
    /// The score of each domain, in the order of the questionnaire.
    pub domains: Vec<Option<Score>>,
    /// The gates that it failed.
    pub failed_gates: Vec<String>,
    /// How many requirements are below target.
    pub gaps: u64,
    /// How it stands beside clients of its size, in words; null where these are fewer than five.
    pub standing: Option<String>,
    /// The median of those.
    pub peer_median: Option<Score>,
}

/// What changed since an earlier batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct SinceSummary {
    /// The overall scores then.
    pub earlier: Spread,
    /// Who moved; null where the earlier batch had too many clients, and without names.
    pub moves: Option<Moves>,
}

/// Who moved, of clients that stand once in both batches.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Moves {
    /// How many are compared.
    pub compared: u64,
    /// How many have a higher score.
    pub risen: u64,
    /// How many have a lower score.
    pub fallen: u64,
    /// Held by a gate, and not then.
    pub newly_held: Names,
    /// Held by a gate then, and not now.
    pub no_longer_held: Names,
    /// Not there then.
    pub new: Names,
    /// Not there now.
    pub gone: Names,
    /// Names that stand more than once and so are not compared.
    pub ambiguous: u64,
    /// The biggest rises.
    pub rises: Vec<Move>,
    /// The biggest falls.
    pub falls: Vec<Move>,
}

/// Clients by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Names {
    /// How many they are.
    pub clients: u64,
    /// The first of them in the alphabet.
    pub names: Vec<String>,
}

/// A client's score then and now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Move {
    /// Its name.
    pub client: String,
    /// Then.
    pub before: Score,
    /// Now.
    pub now: Score,
}

impl Move {
    /// How much more it has now. Unit: basis points; 0 where it has not.
    pub fn rise(&self) -> u16 {
        self.now.basis_points().saturating_sub(self.before.basis_points())
    }

    /// How much less it has now. Unit: basis points; 0 where it has not.
    pub fn fall(&self) -> u16 {
        self.before.basis_points().saturating_sub(self.now.basis_points())
    }
}
