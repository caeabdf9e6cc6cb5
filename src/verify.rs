//! Recomputes a result from what it holds and from the documents at hand, and names what differs.
//!
//! A public cut is compared with the public part of the answers, whether they stand in the cut itself or
//! in the answers file with all the others.
//!
//! It proves that the figures follow from the answers. It does not prove that the answers are true.

use crate::assemble::{Request, assess, public};
use crate::diagnostic::Diagnostics;
use crate::library::Library;
use crate::model::{Facts, Kind};
use crate::result::{AssessmentResult, EvidenceOf, QuestionOf, ResultCut, result, warnings};
use crate::source::{SourceId, escaped};
use crate::validate::EvidenceFiles;
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

/// What came of recomputing a result.
#[derive(Debug)]
pub struct Verification {
    /// What differs, in the order of the result.
    pub differences: Vec<Difference>,
    /// How many more there are.
    pub more: usize,
    /// Whether nothing could be recomputed; the diagnostics then say why.
    pub rejected: bool,
    /// How many values of the result were compared.
    pub compared: usize,
}

/// Recomputes a result. With the answers file at hand everything is compared; without it the
/// digests of answers and evidence and the warnings about the file are not.
pub fn verify(
    library: &mut Library,
    said: &Value,
    result_read: &AssessmentResult,
    answers: Option<(SourceId, &EvidenceFiles)>,
    out: &mut Diagnostics,
) -> Verification {
    let (text, differences) = answers_of(result_read);
    let nothing = EvidenceFiles::new();
    let (source, files) = match answers {
        Some(at_hand) => at_hand,
        None => (library.add("<answers in the result>", text), &nothing),
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
        return Verification { differences, more: 0, rejected: true, compared: 0 };
    };
    let is_public = result_read.options.cut == ResultCut::Public;
    if is_public {
        (assessment, scorecard, found) = public(&assessment, source, &found);
    }
    let warnings = warnings(&library.sources, &found);
    let follows = json!(result(&assessment, &scorecard, &warnings));
    let whole = answers.is_some();
    let mut comparison = Comparison { differences, more: 0, compared: 0, whole, is_public };
    comparison.values(&At { shown: String::new(), keys: Vec::new() }, said, &follows);
    let Comparison { differences, more, compared, .. } = comparison;
    Verification { differences, more, rejected: false, compared }
}

/// How many differences are named; what follows is only counted.
const MOST_DIFFERENCES: usize = 1000;

struct Comparison {
    differences: Vec<Difference>,
    more: usize,
    compared: usize,
    /// Whether the answers file is at hand.
    whole: bool,
    /// Whether the result is a public cut, which holds all that its digest of answers is made of.
    is_public: bool,
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

    /// Whether it is a wish that no figure hangs on: by which framework a report was cut, how it was printed.
    fn follows_from_nothing(&self) -> bool {
        matches!(self.keys.as_slice(), ["options", "by" | "print", ..])
    }

    /// Whether it tells of the answers file itself, not of what the answers say.
    fn needs_the_file(&self, is_public: bool) -> bool {
        const EVIDENCE: [&str; 9] =
            ["domains", "#", "requirements", "#", "questions", "#", "evidence", "#", "sha256"];
        // A public cut holds nothing that only the file could tell.
        !is_public
            && (self.keys == ["answers", "sha256"]
                || self.keys.first() == Some(&"diagnostics")
                || self.keys == EVIDENCE)
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
            _ if !self.whole && at.needs_the_file(self.is_public) => {}
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
