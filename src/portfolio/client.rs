//! `client-result/1`: of one client what a portfolio needs, as one line of `results.ndjson`.

use crate::model::{Assessment, Profile, Score};
use crate::score::{Figures, GateState, Scorecard};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Kind and edition of a line.
pub(crate) const KIND: &str = "client-result/1";

/// The result of one client in short. Figures are basis points, and null where nothing applies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ClientResult {
    /// Kind and edition: `client-result/1`.
    pub gapwise: String,
    /// Who or what is assessed.
    pub client: String,
    /// The folder with the client's reports, below the folder of the batch; absent where none are written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folder: Option<String>,
    /// Where the answers stood, as `acme.yaml` or `clients.csv:17`.
    pub from: String,
    /// The date of the assessment.
    pub date: String,
    /// The questionnaire that it is scored by.
    pub questionnaire: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of the data of the answers.
    pub answers: String,
    /// The first 16 digits of the SHA-256 of the answers as they were read, and of the evidence at hand:
    /// what a later run tells by that nothing has changed.
    pub input: String,
    /// What is stated of those facts by which clients are compared: kind, stage, role, size, ownership,
    /// sector and country. The others are in `result/1`.
    pub profile: Profile,
    /// clear, held or incomplete.
    pub verdict: String,
    /// The overall figures.
    pub overall: Short,
    /// The figures of each domain, in the order of the questionnaire.
    pub domains: Vec<(String, Short)>,
    /// Requirements whose gate failed.
    pub failed_gates: Vec<String>,
    /// Requirements below their target whatever is still open, failed gates apart, in the order in which to
    /// deal with them.
    pub below_target: Vec<String>,
}

/// Figures in short: low, high, evidenced, coverage.
///
/// - Unit and range: basis points, 0 ..= 10 000.
/// - `None`: nothing applies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(from = "[Option<Score>; 4]", into = "[Option<Score>; 4]")]
#[schemars(with = "[Option<u16>; 4]")]
pub struct Short {
    /// The headline: open questions count as 0.
    pub low: Option<Score>,
    /// Open questions count as 10 000.
    pub high: Option<Score>,
    /// An answer above 0 without evidence counts as 0.
    pub evidenced: Option<Score>,
    /// The share that is answered.
    pub coverage: Option<Score>,
}

impl From<[Option<Score>; 4]> for Short {
    fn from([low, high, evidenced, coverage]: [Option<Score>; 4]) -> Self {
        Self { low, high, evidenced, coverage }
    }
}

impl From<Short> for [Option<Score>; 4] {
    fn from(short: Short) -> Self {
        [short.low, short.high, short.evidenced, short.coverage]
    }
}

impl From<Figures> for Short {
    fn from(Figures { low, high, evidenced, coverage, .. }: Figures) -> Self {
        Self { low, high, evidenced, coverage }
    }
}

impl ClientResult {
    /// The result of an assessment in short. `from` is where its answers stood, `input` the digits of what
    /// was read there.
    pub fn new(
        assessment: &Assessment,
        scorecard: &Scorecard,
        from: String,
        input: String,
    ) -> Self {
        let (questionnaire, answers) = (&assessment.questionnaire, &assessment.answers);
        let id = |place: (usize, usize)| {
            questionnaire.domains[place.0].requirements[place.1].id.to_string()
        };
        let gates = scorecard.requirements();
        let failed = gates.filter(|(_, each)| each.gate == Some(GateState::Failed));
        let failed_gates: Vec<_> = failed.map(|(place, _)| id(place)).collect();
        let findings = scorecard.gaps.findings.iter().map(|finding| id(finding.place));
        let below_target = findings.filter(|id| !failed_gates.contains(id)).collect();
        let domains = questionnaire.domains.iter().zip(&scorecard.domains);
        Self {
            gapwise: KIND.to_owned(),
            client: answers.of.name.clone(),
            folder: None,
            from,
            date: answers.date.clone(),
            questionnaire: questionnaire.id.clone(),
            version: questionnaire.version.clone(),
            answers: answers.digest.to_string(),
            input,
            profile: compared(&answers.profile),
            verdict: scorecard.verdict.word().to_owned(),
            overall: scorecard.overall.into(),
            domains: domains
                .map(|(domain, score)| (domain.id.to_string(), score.figures.into()))
                .collect(),
            failed_gates,
            below_target,
        }
    }
}

/// The facts by which clients are compared.
const COMPARED: [&str; 7] = ["kind", "stage", "role", "size", "ownership", "sector", "country"];

fn compared(profile: &Profile) -> Profile {
    let stated = COMPARED.iter().filter_map(|fact| profile.get_key_value(*fact));
    stated.map(|(fact, values)| (fact.clone(), values.clone())).collect()
}
