//! What a comparison looks like in words.

use serde::Serialize;

/// A comparison, ready to print. Headlines have one decimal, all others two.
#[derive(Clone, Debug, Serialize)]
pub struct ComparisonWords {
    /// Who or what is assessed, by its latest name.
    pub name: String,
    /// The title of the questionnaire.
    pub title: String,
    /// The version that the latest assessment is scored under.
    pub version: String,
    /// The earliest date.
    pub from: String,
    /// The latest date.
    pub to: String,
    /// The language of the questionnaire, as `en`.
    pub language: String,
    /// Name and version of this program.
    pub engine: String,
    /// What a reader must know before the figures.
    pub notes: Vec<String>,
    /// The assessments, the earliest first.
    pub points: Vec<PointWords>,
    /// The domains over all dates; empty where only two assessments are compared.
    pub trend: Vec<TrendRow>,
    /// What changed from each to the next.
    pub steps: Vec<StepWords>,
    /// Whether findings could be measured.
    pub has_target: bool,
    /// Whether the assessments are of several editions.
    pub has_editions: bool,
    /// Whether open answers could still add to some overall score.
    pub has_range: bool,
}

/// An assessment in a line.
#[derive(Clone, Debug, Serialize)]
pub struct PointWords {
    /// The date.
    pub date: String,
    /// The file.
    pub file: String,
    /// The version that it is scored under.
    pub version: String,
    /// clear, held or incomplete.
    pub verdict: String,
    /// The score, one decimal.
    pub headline: String,
    /// The score, two decimals.
    pub score: String,
    /// From worst to best; one figure where these are the same.
    pub range: String,
    /// The evidenced score, or that none is listed.
    pub evidenced: String,
    /// The share that is answered.
    pub coverage: String,
    /// The band; a dash while the score lies in two.
    pub level: String,
    /// The change from the one before; empty for the first.
    pub change: String,
    /// Basis points, for charts.
    pub low_bp: Option<u16>,
    /// Open questions as 10 000.
    pub high_bp: Option<u16>,
}

/// A domain over all dates.
#[derive(Clone, Debug, Serialize)]
pub struct TrendRow {
    /// The id.
    pub id: String,
    /// The title.
    pub title: String,
    /// The score at each date.
    pub scores: Vec<String>,
    /// From the first date to the last.
    pub change: String,
    /// Basis points, for charts: low and high.
    pub points: Vec<(Option<u16>, Option<u16>)>,
}

/// A figure before and after.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeWords {
    /// What figure it is.
    pub name: String,
    /// Before.
    pub before: String,
    /// After.
    pub after: String,
    /// `▲ +12.50`, `▼ −3.00`, `= 0.00`; a dash where it is no change in numbers.
    pub change: String,
    /// up, down, same or none.
    pub direction: &'static str,
    /// The parts of the change, in the order of the causes that are shown.
    pub parts: Vec<String>,
    /// Basis points, for charts.
    pub before_bp: Option<u16>,
    /// After.
    pub after_bp: Option<u16>,
}

/// What changed from one assessment to the next.
#[derive(Clone, Debug, Serialize)]
pub struct StepWords {
    /// The date before.
    pub from: String,
    /// The date after.
    pub to: String,
    /// The verdict before and after, one where it is the same.
    pub verdict: String,
    /// What became of the score, in a sentence.
    pub sentence: String,
    /// The overall score, one decimal.
    pub headline: [String; 2],
    /// The overall figures.
    pub figures: Vec<ChangeWords>,
    /// The causes that they have parts of.
    pub causes: Vec<&'static str>,
    /// The domains.
    pub domains: Vec<DomainRow>,
    /// The causes that these have parts of.
    pub domain_causes: Vec<&'static str>,
    /// The requirements that moved, those first that moved most.
    pub moved: Vec<MovedWords>,
    /// Facts that are stated otherwise.
    pub profile: Vec<String>,
    /// Gates that stand otherwise.
    pub gates: Vec<GateWords>,
    /// Findings that are no more.
    pub closed: Vec<FindingLine>,
    /// Findings that are new.
    pub opened: Vec<FindingLine>,
    /// How many findings stay.
    pub remaining: usize,
    /// Questions that are answered or asked otherwise.
    pub questions: Vec<QuestionWords>,
}

/// A domain before and after.
#[derive(Clone, Debug, Serialize)]
pub struct DomainRow {
    /// The id.
    pub id: String,
    /// The title.
    pub title: String,
    /// Its score.
    #[serde(flatten)]
    pub score: ChangeWords,
}

/// A requirement that moved, and why.
#[derive(Clone, Debug, Serialize)]
pub struct MovedWords {
    /// The id.
    pub id: String,
    /// What is asked for.
    pub statement: String,
    /// Its score.
    #[serde(flatten)]
    pub score: ChangeWords,
    /// Its causes, as `answers +25.00`.
    pub by: String,
    /// What moved it, a question or fact each.
    pub because: Vec<String>,
}

/// A gate that stands otherwise.
#[derive(Clone, Debug, Serialize)]
pub struct GateWords {
    /// The requirement.
    pub id: String,
    /// What must hold.
    pub statement: String,
    /// How it stood.
    pub before: &'static str,
    /// How it stands.
    pub after: &'static str,
}

/// A finding in a line.
#[derive(Clone, Debug, Serialize)]
pub struct FindingLine {
    /// The requirement.
    pub id: String,
    /// What is asked for.
    pub statement: String,
    /// critical, high, medium or low.
    pub severity: String,
    /// How it came to be no more; empty for a new one.
    pub how: &'static str,
}

/// A question that is answered or asked otherwise.
#[derive(Clone, Debug, Serialize)]
pub struct QuestionWords {
    /// The id.
    pub id: String,
    /// The question.
    pub ask: String,
    /// What changed.
    pub what: &'static str,
    /// The step at which it changed; `None` where that is said already.
    pub cause: Option<String>,
    /// Before, in short.
    pub before: String,
    /// What that says.
    pub before_text: Option<String>,
    /// After, in short.
    pub after: String,
    /// What that says.
    pub after_text: Option<String>,
}
