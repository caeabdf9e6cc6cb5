//! Recomputes a result from what it holds and from the documents at hand, and names what differs.
//!
//! A public cut is compared with the public part of the answers, whether they stand in the cut itself or
//! in the answers file with all the others.
//!
//! It proves that the figures follow from the answers. It does not prove that the answers are true.

mod read;

pub use read::{LARGEST_RESULT, read_result};

use crate::assemble::{Request, assess, public};
use crate::diagnostic::Diagnostics;
use crate::library::Library;
use crate::model::{Assessment, Facts, Kind};
use crate::plan::plan;
use crate::result::{
    AssessmentResult, EvidenceOf, QuestionOf, ResultCut, plan_of, result, warnings,
};
use crate::score::Scorecard;
use crate::source::{SourceId, escaped};
use crate::validate::{EvidenceFile, EvidenceFiles};
use serde_json::{Map, Value, json};

/// What a result says at one place, and what follows from its inputs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The place, as `domains[HCOC-1].score`.
    pub place: String,
    /// What the result says; `None` where it lacks the place.
    pub said: Option<Value>,
    /// What follows; `None` where there should be no such place.
    pub follows: Option<Value>,
}

/// The answers that a result holds, as an answers document. Two places of a result that give one
/// question different answers are a difference of their own.
pub fn answers_of(result: &AssessmentResult) -> (String, Vec<Difference>) {
    let mut answers = Map::new();
    let mut torn = Vec::new();
    let requirements = result.domains.iter().flat_map(|domain| &domain.requirements);
    for question in requirements.flat_map(|requirement| &requirement.questions) {
        let answer = answer(question);
        let before = answers.insert(question.id.clone(), answer.clone());
        if let Some(before) = before.filter(|before| *before != answer) {
            let place = format!("answer to {} in two requirements", question.id);
            torn.push(Difference { place, said: Some(answer), follows: Some(before) });
        }
    }
    let kind_and_stage = [Facts::KIND, Facts::STAGE];
    let profile: Map<_, _> = result
        .profile
        .iter()
        .filter(|(fact, _)| !kind_and_stage.contains(&fact.as_str()))
        .map(|(fact, values)| (fact.clone(), json!(values)))
        .collect();
    // JSON is YAML: what the result says goes through the same rules as any answers file.
    let document = json!({
        "gapwise": "answers/1",
        "of": without_nulls(json!(result.of)),
        "profile": profile,
        "date": result.date,
        "language": result.language,
        "by": result.by.iter().map(|each| without_nulls(json!(each))).collect::<Vec<_>>(),
        "questionnaire": result.options.answered.as_ref().unwrap_or(&result.questionnaire.id),
        "answers": answers,
    });
    let mut fields = without_nulls(document).as_object().cloned().unwrap_or_default();
    let header = fields.remove("gapwise").unwrap_or_default();
    let rest = Value::Object(fields).to_string();
    (escaped(&format!("{{\"gapwise\":{header},{}", &rest[1..])), torn)
}

/// One answer in its long form.
fn answer(question: &QuestionOf) -> Value {
    let mut fields = Map::new();
    let key = Kind::key_of(&question.kind).unwrap_or(&question.kind);
    match (&question.reason, &question.answer) {
        (Some(reason), _) => _ = fields.insert("not-applicable".to_owned(), json!(reason)),
        (None, Value::Null) => {}
        (None, Value::String(word)) if word == "unknown" => {
            _ = fields.insert("unknown".to_owned(), json!(true))
        }
        (None, said) => _ = fields.insert(key.to_owned(), said.clone()),
    }
    let listed = question.evidence.iter().map(|each| EvidenceOf { sha256: None, ..placed(each) });
    let evidence: Vec<_> = listed.map(|each| json!(each)).collect();
    if !evidence.is_empty() {
        fields.insert("evidence".to_owned(), json!(evidence));
    }
    for (key, text) in [("note", &question.note), ("by", &question.by)] {
        if let Some(text) = text {
            fields.insert(key.to_owned(), json!(text));
        }
    }
    fields.insert("visibility".to_owned(), json!(question.visibility));
    Value::Object(fields)
}

/// Evidence of a public cut does not say where it is; an answers file must, and anything will do, for the
/// public part leaves it out again.
fn placed(evidence: &EvidenceOf) -> EvidenceOf {
    let nowhere = evidence.file.is_none() && evidence.link.is_none();
    let reference = evidence.reference.clone();
    EvidenceOf {
        reference: reference.or_else(|| nowhere.then(|| "not shown".to_owned())),
        ..evidence.clone()
    }
}

/// What is at hand beside a result.
#[derive(Clone, Copy, Debug)]
pub enum AtHand<'a> {
    /// Nothing: the answers that it holds are used.
    Nothing,
    /// The text of the answers file, without the files that it names.
    Answers(SourceId),
    /// The answers file with the files that it names.
    All(SourceId, &'a EvidenceFiles),
}

/// What came of recomputing a result.
#[derive(Debug)]
pub struct Verification {
    /// What it was recomputed as; `None` where it cannot be, and the diagnostics say why.
    pub recomputed: Option<(Assessment, Scorecard)>,
    /// What differs, in the order of the result.
    pub differences: Vec<Difference>,
    /// How many more there are.
    pub more: usize,
    /// How many values of the result were compared.
    pub compared: usize,
}

/// Recomputes a result. With the answers file and its evidence at hand everything is compared; without
/// evidence its digests and the warnings about the file are not, and without both the digest of the answers
/// is not either.
pub fn verify(
    library: &mut Library,
    said: &Value,
    result_read: &AssessmentResult,
    at_hand: AtHand<'_>,
    out: &mut Diagnostics,
) -> Verification {
    let (text, differences) = answers_of(result_read);
    let listed = evidence_of(result_read);
    let (source, files, reach) = match at_hand {
        AtHand::Nothing => (library.add("<answers in the result>", text), &listed, Reach::Result),
        AtHand::Answers(source) => (source, &listed, Reach::Answers),
        AtHand::All(source, files) => (source, files, Reach::All),
    };
    let request = Request {
        answers: source,
        against: Some(&result_read.questionnaire.id),
        target: result_read.target.as_ref().map(|target| target.id.as_str()),
        date: result_read.options.date.as_deref(),
        files,
    };
    let mut found = Diagnostics::default();
    let Some((mut assessment, mut scorecard)) = assess(library, &request, &mut found) else {
        out.extend(&found);
        return Verification { recomputed: None, differences, more: 0, compared: 0 };
    };
    let is_public = result_read.options.cut == ResultCut::Public;
    if is_public {
        (assessment, scorecard, found) = public(&assessment, source, &found);
    }
    let warnings = warnings(&library.sources, &found);
    let mut follows = result(&assessment, &scorecard, &warnings);
    let budget = result_read.options.budget.filter(|_| !is_public);
    if let Some(plan) = budget.and_then(|halves| plan(&assessment, &scorecard, halves)) {
        follows = follows.with_plan(plan_of(&assessment, &plan));
    }
    let follows = json!(follows);
    let mut comparison = Comparison { differences, more: 0, compared: 0, reach, is_public };
    comparison.values(&At { shown: String::new(), keys: Vec::new() }, said, &follows);
    let Comparison { differences, more, compared, .. } = comparison;
    let recomputed = Some((assessment, scorecard));
    Verification { recomputed, differences, more, compared }
}

/// What differs between two data of one shape.
pub fn differences(said: &Value, follows: &Value) -> Vec<Difference> {
    let (differences, reach, is_public) = (Vec::new(), Reach::All, false);
    let mut comparison = Comparison { differences, more: 0, compared: 0, reach, is_public };
    comparison.values(&At { shown: String::new(), keys: Vec::new() }, said, follows);
    comparison.differences
}

/// The evidence files that a result lists, as they were.
fn evidence_of(result: &AssessmentResult) -> EvidenceFiles {
    let requirements = result.domains.iter().flat_map(|domain| &domain.requirements);
    let questions = requirements.flat_map(|requirement| &requirement.questions);
    let file = |each: &EvidenceOf| {
        let digest = each.sha256.as_ref().and_then(|shown| shown.parse().ok());
        Some((each.file.clone()?, digest.map_or(EvidenceFile::Missing, EvidenceFile::Found)))
    };
    questions.flat_map(|question| &question.evidence).filter_map(file).collect()
}

/// How many differences are named; what follows is only counted.
const MOST_DIFFERENCES: usize = 1000;

struct Comparison {
    differences: Vec<Difference>,
    more: usize,
    compared: usize,
    reach: Reach,
    /// Whether the result is a public cut, which holds all that its digest of answers is made of.
    is_public: bool,
}

/// How far a comparison reaches: to what follows from the result itself, from the answers file, or from
/// that and its evidence.
#[derive(Clone, Copy)]
enum Reach {
    Result,
    Answers,
    All,
}

/// A place of a result: as readers see it, and with each list entry as `#`.
struct At<'a> {
    shown: String,
    keys: Vec<&'a str>,
}

impl<'a> At<'a> {
    fn field(&self, key: &'a str) -> Self {
        let shown =
            if self.keys.is_empty() { key.to_owned() } else { format!("{}.{key}", self.shown) };
        Self { shown, keys: self.keys.iter().copied().chain([key]).collect() }
    }

    fn entry(&self, name: &str) -> Self {
        Self {
            shown: format!("{}[{name}]", self.shown),
            keys: self.keys.iter().copied().chain(["#"]).collect(),
        }
    }

    /// Whether no figure hangs on it: which version made the result, by which framework a report was cut, how it was printed,
    /// what the answers file was called.
    fn follows_from_nothing(&self) -> bool {
        matches!(
            self.keys.as_slice(),
            ["engine"] | ["options", "by" | "print", ..] | ["diagnostics", "#", "file"]
        )
    }

    /// Whether it tells of files that are not at hand, not of what the answers say.
    fn is_out_of_reach(&self, reach: Reach, is_public: bool) -> bool {
        const EVIDENCE: [&str; 9] =
            ["domains", "#", "requirements", "#", "questions", "#", "evidence", "#", "sha256"];
        let of_file = self.keys == ["answers", "sha256"];
        let of_files = self.keys.first() == Some(&"diagnostics") || self.keys == EVIDENCE;
        // A public cut holds nothing that only files could tell.
        !is_public
            && match reach {
                Reach::Result => of_file || of_files,
                Reach::Answers => of_files,
                Reach::All => false,
            }
    }
}

impl Comparison {
    fn values(&mut self, at: &At<'_>, said: &Value, follows: &Value) {
        match (said, follows) {
            (Value::Object(a), Value::Object(b)) => {
                for key in a.keys().chain(b.keys().filter(|key| !a.contains_key(*key))) {
                    self.either(&at.field(key), a.get(key), b.get(key));
                }
            }
            (Value::Array(a), Value::Array(b)) => {
                for place in 0..a.len().max(b.len()) {
                    let name = a.get(place).or(b.get(place)).and_then(name);
                    let at = at.entry(&name.unwrap_or_else(|| place.to_string()));
                    self.either(&at, a.get(place), b.get(place));
                }
            }
            _ => {
                self.compared += 1;
                if said != follows {
                    self.differs(at, Some(said), Some(follows));
                }
            }
        }
    }

    fn either(&mut self, at: &At<'_>, said: Option<&Value>, follows: Option<&Value>) {
        match (said, follows) {
            _ if at.follows_from_nothing() => {}
            _ if at.is_out_of_reach(self.reach, self.is_public) => {}
            (Some(said), Some(follows)) => self.values(at, said, follows),
            _ => self.differs(at, said, follows),
        }
    }

    fn differs(&mut self, at: &At<'_>, said: Option<&Value>, follows: Option<&Value>) {
        if self.differences.len() == MOST_DIFFERENCES {
            self.more += 1;
            return;
        }
        let place = at.shown.clone();
        self.differences.push(Difference { place, said: said.cloned(), follows: follows.cloned() });
    }
}

/// What an entry of a list is called.
fn name(value: &Value) -> Option<String> {
    let key = ["id", "requirement", "theme", "title", "fact", "function"]
        .into_iter()
        .find_map(|key| value.get(key));
    key.and_then(Value::as_str).map(str::to_owned)
}

fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            Value::Object(fields.into_iter().filter(|(_, value)| !value.is_null()).collect())
        }
        other => other,
    }
}
