//! `answers/1`: the rules of profiles, answers and evidence.

use super::{id, word};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, one_of};
use crate::digest::Digest;
use crate::model::{
    Answer, Answers, Claim, Condition, Evidence, Fact, FactKind, Facts, Kind, Place, Profile,
    Question, QuestionId, Questionnaire, Respondent, Subject, Value,
};
use crate::raw::answers::{RawAnswer, RawAnswers, RawEvidence, RawSubject, RawValue, RawWord};
use crate::raw::{List, Text, whole};
use crate::source::{Span, Spanned};
use std::collections::{BTreeMap, BTreeSet};

/// What is at hand of the files that evidence names: by path relative to the answers file. A path
/// that is not in it has not been looked for.
pub type EvidenceFiles = BTreeMap<String, EvidenceFile>;

/// What is at hand of one evidence file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EvidenceFile {
    /// It is there.
    Found(Digest),
    /// Nothing is there.
    Missing,
    /// A link leads out of the folder of the answers.
    Outside,
    /// It is no regular file, too large, or cannot be read; in words.
    Unusable(String),
}

/// Answers to a questionnaire. `known` finds questions of any bank; `files` is what is at hand of
/// evidence files (empty where no file system is).
pub fn answers(
    raw: &RawAnswers,
    digest: Digest,
    questionnaire: &Questionnaire,
    facts: &Facts,
    known: &mut dyn FnMut(&str) -> Option<Question>,
    files: &EvidenceFiles,
    out: &mut Diagnostics,
) -> Option<Answers> {
    version_fits(raw, questionnaire, out);
    let by = raw.by.iter().flat_map(|list| &list.items).filter_map(|raw| {
        let function = raw.function.as_ref()?.value.clone();
        Some(Respondent { name: raw.name.as_ref().map(|text| text.value.clone()), function })
    });
    let by: Vec<Respondent> = by.collect();
    let of = raw.of.as_ref().and_then(subject);
    let profile = profile(raw, facts, out);
    required_facts_are_stated(raw, questionnaire, facts, &profile, out);
    let own: BTreeMap<_, _> =
        questionnaire.questions.iter().map(|question| (question.id.as_str(), question)).collect();
    let mut given = BTreeMap::new();
    for (name, raw) in raw.answers.iter().flat_map(|answers| &answers.entries) {
        let Some(id) = id(name, QuestionId::new, out) else { continue };
        let elsewhere = if own.contains_key(id.as_str()) { None } else { known(id.as_str()) };
        let Some(question) = own.get(id.as_str()).copied().or(elsewhere.as_ref()) else {
            let message = format!("there is no question `{}`", name.value);
            let fault = Diagnostic::error(Code::A101, message, name.span);
            out.push(fault.maybe_help(one_of(&name.value, own.keys().copied())));
            continue;
        };
        if let Some(answer) = answer(raw, question, &by, files, out) {
            given.insert(id, answer);
        }
    }
    let date = raw.date.as_ref().and_then(|text| date(text, out));
    let of = of?;
    Some(Answers {
        profile,
        of,
        language: raw.language.as_ref().map(|text| text.value.clone()),
        date: date?,
        by,
        questionnaire: raw.questionnaire.as_ref()?.value.clone(),
        given,
        digest,
    })
}

/// Three numbers: major, minor, patch.
pub(super) fn version_parts(version: &str) -> Option<[u32; 3]> {
    let parts: Vec<_> = version.split('.').map(whole).collect::<Option<_>>()?;
    parts.try_into().ok()
}

/// A110, A111: the answers were given to this version of the questionnaire.
fn version_fits(raw: &RawAnswers, questionnaire: &Questionnaire, out: &mut Diagnostics) {
    let Some(version) = &raw.version else { return };
    if raw.questionnaire.as_ref().is_none_or(|name| name.value != questionnaire.id) {
        return;
    }
    let Some([major, minor, _]) = version_parts(&version.value) else {
        let message = format!("`{}` is no version", version.value);
        let fault = Diagnostic::error(Code::Y023, message, version.span);
        out.push(fault.help("write three numbers, as `1.0.0`, or delete the line"));
        return;
    };
    let [at_hand_major, at_hand_minor, _] =
        version_parts(&questionnaire.version).unwrap_or_default();
    if major != at_hand_major {
        let message = format!(
            "the answers are for version {} of `{}`, and version {} is at hand",
            version.value, questionnaire.id, questionnaire.version
        );
        let fault = Diagnostic::error(Code::A110, message, version.span);
        out.push(
            fault.help("go through the questions again, then set `version` to the one at hand"),
        );
    } else if minor != at_hand_minor {
        let message = format!(
            "the answers are for version {}; version {} is at hand",
            version.value, questionnaire.version
        );
        let fault = Diagnostic::warning(Code::A111, message, version.span);
        out.push(
            fault.help("look through the open questions, then set `version` to the one at hand"),
        );
    }
}

/// Y022: a day of the calendar, as `2026-11-02`.
fn date(text: &Text, out: &mut Diagnostics) -> Option<String> {
    if is_date(&text.value) {
        return Some(text.value.clone());
    }
    let message = format!("`{}` is no date", text.value);
    out.push(
        Diagnostic::error(Code::Y022, message, text.span)
            .help("write year, month and day, as `2026-11-02`"),
    );
    None
}

/// Whether a text is a day of the calendar, as `2026-11-02`.
pub fn is_date(text: &str) -> bool {
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
}

fn subject(raw: &RawSubject) -> Option<Subject> {
    let text = |raw: &Option<Text>| raw.as_ref().map(|text| text.value.clone());
    Some(Subject {
        name: text(&raw.name)?,
        kind: text(&raw.kind).unwrap_or_else(|| "organisation".to_owned()),
        stage: text(&raw.stage),
    })
}

/// A112, A113: what is stated are facts and values of theirs. Kind and stage come from `of`.
fn profile(raw: &RawAnswers, facts: &Facts, out: &mut Diagnostics) -> Profile {
    let mut profile = Profile::new();
    for (name, stated) in raw.profile.iter().flat_map(|profile| &profile.entries) {
        if name.value == Facts::KIND || name.value == Facts::STAGE {
            let message = format!("`{}` is not part of the profile", name.value);
            let fault = Diagnostic::error(Code::A112, message, name.span);
            out.push(
                fault.help(format!(
                    "write it under `of`, as `of: {{name: \"…\", {}: …}}`",
                    name.value
                )),
            );
            continue;
        }
        let Some(fact) = facts.get(&name.value) else {
            let message = format!("there is no fact `{}`", name.value);
            let fault = Diagnostic::error(Code::A112, message, name.span);
            out.push(fault.maybe_help(one_of(&name.value, facts.ids())));
            continue;
        };
        state(&mut profile, fact, &stated.0, out);
    }
    let kind = raw.of.as_ref().and_then(|of| of.kind.clone());
    let stage = raw.of.as_ref().and_then(|of| of.stage.clone());
    let span = raw.of.as_ref().map_or(raw.span, |of| of.span);
    let kind = kind.unwrap_or(Spanned { value: "organisation".to_owned(), span });
    for (name, stated) in [(Facts::KIND, Some(kind)), (Facts::STAGE, stage)] {
        if let (Some(fact), Some(value)) = (facts.get(name), stated) {
            state(&mut profile, fact, &[value], out);
        }
    }
    profile
}

/// A113: each value is one of the fact, and only a fact of type many has several.
fn state(profile: &mut Profile, fact: &Fact, stated: &[Text], out: &mut Diagnostics) {
    for value in stated.iter().filter(|value| !fact.allows(&value.value)) {
        let message = format!("fact `{}` has no value `{}`", fact.id, value.value);
        let fault = Diagnostic::error(Code::A113, message, value.span);
        out.push(fault.maybe_help(one_of(&value.value, fact.values())));
    }
    if let [_, second, ..] = stated
        && fact.kind != FactKind::Many
    {
        let message = format!("fact `{}` has one value", fact.id);
        out.push(
            Diagnostic::error(Code::A113, message, second.span).help("keep the one that holds"),
        );
    }
    if !stated.is_empty() {
        let values: BTreeSet<_> = stated.iter().map(|text| text.value.clone()).collect();
        profile.insert(fact.id.clone(), values.into_iter().collect());
    }
}

/// A114: facts that must be stated are, where the questionnaire uses them.
fn required_facts_are_stated(
    raw: &RawAnswers,
    questionnaire: &Questionnaire,
    facts: &Facts,
    profile: &Profile,
    out: &mut Diagnostics,
) {
    let conditions =
        questionnaire.requirements().filter_map(|(_, each)| each.applies_when.as_ref());
    let own = questionnaire.questions.iter().filter_map(|question| question.applies_when.as_ref());
    let used: BTreeSet<_> = conditions.chain(own).flat_map(Condition::facts).collect();
    let at = raw.profile.as_ref().map_or(raw.span, |profile| profile.span);
    for fact in facts.facts.iter().filter(|fact| fact.required && used.contains(fact.id.as_str())) {
        if !profile.contains_key(&fact.id) {
            let message =
                format!("the profile does not state `{}`, which decides what is asked", fact.id);
            let values = fact.values().join(", ");
            let place =
                if fact.id == Facts::KIND || fact.id == Facts::STAGE { "of" } else { "profile" };
            let fault = Diagnostic::error(Code::A114, message, at);
            out.push(fault.help(format!("add `{}:` under `{place}`, one of: {values}", fact.id)));
        }
    }
}

const VISIBILITIES: [(&str, bool); 2] = [("internal", false), ("public", true)];

fn answer(
    raw: &RawAnswer,
    question: &Question,
    by: &[Respondent],
    files: &EvidenceFiles,
    out: &mut Diagnostics,
) -> Option<Answer> {
    let claim = match &raw.value {
        Some(value) => claim(value, question, out),
        None => Some(Claim::Open),
    };
    let public = match &raw.visibility {
        Some(text) => word(text, &VISIBILITIES, out)?,
        None => false,
    };
    if let Some(name) = &raw.by
        && !by.iter().any(|respondent| respondent.function == name.value)
    {
        let message = format!("nobody in `by` has the function `{}`", name.value);
        let functions: Vec<_> = by.iter().map(|respondent| respondent.function.as_str()).collect();
        let fault = Diagnostic::warning(Code::A122, message, name.span);
        out.push(
            fault
                .help("add the person to `by` at the top")
                .maybe_help(one_of(&name.value, functions)),
        );
    }
    let listed = raw.evidence.iter().flat_map(|list| &list.items);
    let evidence: Vec<_> = listed.filter_map(|raw| evidence(raw, files, out)).collect();
    if let (Some(list), Some(Claim::Open | Claim::Unknown | Claim::NotApplicable(_))) =
        (&raw.evidence, &claim)
        && !list.items.is_empty()
    {
        let fault = Diagnostic::warning(
            Code::A124,
            "evidence stands beside an answer that claims nothing",
            list.span,
        );
        out.push(fault.help("answer the question, or move the evidence"));
    }
    Some(Answer {
        claim: claim?,
        evidence,
        note: raw.note.as_ref().map(|text| text.value.clone()),
        by: raw.by.as_ref().map(|text| text.value.clone()),
        public,
    })
}

/// A105, A106: what an answer claims; "not applicable" has a reason and spares no essential question.
fn claim(raw: &RawValue, question: &Question, out: &mut Diagnostics) -> Option<Claim> {
    match raw {
        RawValue::Unknown => Some(Claim::Unknown),
        RawValue::Short(word) if word.text.value == "unknown" => Some(Claim::Unknown),
        RawValue::NotApplicable(reason, span) => {
            if question.essential {
                let message = format!("`{}` applies to everyone who is asked", question.id);
                let fault = Diagnostic::error(Code::A106, message, *span);
                out.push(fault.help("answer it; `unknown` is an answer, too"));
            }
            let Some(reason) = reason else {
                let fault =
                    Diagnostic::error(Code::A105, "\"not applicable\" needs a reason", *span);
                out.push(
                    fault.help("say why, as `{not-applicable: \"No data leaves the shop.\"}`"),
                );
                return None;
            };
            Some(Claim::NotApplicable(reason.value.clone()))
        }
        RawValue::Short(word) => short(word, question, out),
        RawValue::Ticked(list) | RawValue::Options(list) => {
            fits("a list", "checklist", list.span, question, out)?;
            ticked(list, question, out)
        }
        RawValue::Level(word) => form("level", "maturity", word, question, out),
        RawValue::YesNo(word) => form("yes-no", "yes-no", word, question, out),
        RawValue::Option(word) => form("option", "choice", word, question, out),
        RawValue::Number(word) => form("number", "number", word, question, out),
    }
}

/// A word behind the key that says what it is.
fn form(
    key: &str,
    kind: &str,
    word: &RawWord,
    question: &Question,
    out: &mut Diagnostics,
) -> Option<Claim> {
    fits(&format!("`{key}`"), kind, word.text.span, question, out)?;
    short(word, question, out)
}

/// A103: a form of answer belongs to the question's type.
fn fits(
    what: &str,
    kind: &str,
    span: Span,
    question: &Question,
    out: &mut Diagnostics,
) -> Option<()> {
    if question.kind.word() == kind {
        return Some(());
    }
    let message = format!(
        "{what} does not answer `{}`, which is of type {}",
        question.id,
        question.kind.word()
    );
    out.push(Diagnostic::error(Code::A103, message, span).help(expected(question)));
    None
}

/// What a question is answered with, for a help line.
fn expected(question: &Question) -> String {
    match &question.kind {
        Kind::Maturity(levels) => {
            format!("answer with a level from 0 to {}, or `unknown`", levels.len() - 1)
        }
        Kind::YesNo { .. } => "answer with `yes`, `no` or `unknown`, without quotes".to_owned(),
        Kind::Choice(_) => {
            format!("answer with one of {}, or `unknown`", question.kind.tokens().join(", "))
        }
        Kind::Checklist { .. } => {
            format!("tick some of [{}], or answer `unknown`", question.kind.tokens().join(", "))
        }
        Kind::Number { .. } => "answer with a whole number in digits, or `unknown`".to_owned(),
    }
}

/// A102, A103, A104: one word, read as what the question's type expects.
fn short(word: &RawWord, question: &Question, out: &mut Diagnostics) -> Option<Claim> {
    let Spanned { value: text, span } = &word.text;
    let number = if word.plain { whole(text) } else { None };
    let misfit = |out: &mut Diagnostics| {
        let message = format!(
            "`{text}` does not answer `{}`, which is of type {}",
            question.id,
            question.kind.word()
        );
        out.push(Diagnostic::error(Code::A103, message, *span).help(expected(question)));
        None
    };
    let value = match &question.kind {
        Kind::Maturity(levels) => match number {
            Some(level) if (level as usize) < levels.len() => Value::Level(level as usize),
            Some(level) => {
                let message = format!("`{}` has no level {level}", question.id);
                out.push(Diagnostic::error(Code::A102, message, *span).help(expected(question)));
                return None;
            }
            None => return misfit(out),
        },
        Kind::YesNo { .. } if text == "yes" || text == "no" => {
            Value::YesNo(text == "yes")
        }
        Kind::YesNo { .. } => return misfit(out),
        Kind::Choice(_) => Value::Option(option(&word.text, question, out)?),
        Kind::Checklist { .. } => return misfit(out),
        Kind::Number { .. } => match number {
            Some(number) => Value::Number(number),
            None => return misfit(out),
        },
    };
    Some(Claim::Value(value))
}

/// A104: an option of the question.
fn option(text: &Text, question: &Question, out: &mut Diagnostics) -> Option<usize> {
    let found = question.kind.choices().iter().position(|choice| choice.id == text.value);
    if found.is_none() {
        let message = format!("`{}` has no option `{}`", question.id, text.value);
        let fault = Diagnostic::error(Code::A104, message, text.span);
        out.push(fault.maybe_help(one_of(&text.value, question.kind.tokens())));
    }
    found
}

/// A107, A108, A123: something is ticked, each option once, and "none of these" alone.
fn ticked(list: &List<Text>, question: &Question, out: &mut Diagnostics) -> Option<Claim> {
    let Kind::Checklist { options, exclusive } = &question.kind else { return None };
    if list.items.is_empty() {
        let message = format!("nothing is ticked at `{}`", question.id);
        let help = format!("tick what holds, or `{}`", options[*exclusive].id);
        out.push(Diagnostic::error(Code::A107, message, list.span).help(help));
        return None;
    }
    let mut found = BTreeSet::new();
    for text in &list.items {
        if !found.insert(option(text, question, out)?) {
            let message = format!("`{}` is ticked twice", text.value);
            out.push(
                Diagnostic::error(Code::A123, message, text.span).help("delete one of the two"),
            );
        }
    }
    if found.contains(exclusive) && found.len() > 1 {
        let message = format!("`{}` is ticked together with others", options[*exclusive].id);
        let fault = Diagnostic::error(Code::A108, message, list.span);
        out.push(fault.help("it means none of these; untick it, or the others"));
    }
    Some(Claim::Value(Value::Options(found.into_iter().collect())))
}

/// A116 to A120: evidence is in one place that can be looked at.
fn evidence(raw: &RawEvidence, files: &EvidenceFiles, out: &mut Diagnostics) -> Option<Evidence> {
    let title = raw.title.as_ref()?;
    let places = [
        raw.file.as_ref().map(|text| (text, Place::File(text.value.clone()))),
        raw.link.as_ref().map(|text| (text, Place::Link(text.value.clone()))),
        raw.reference.as_ref().map(|text| (text, Place::Reference(text.value.clone()))),
    ];
    let mut places: Vec<_> = places.into_iter().flatten().collect();
    if places.len() != 1 {
        let message = format!("the evidence says where it is in {} ways", places.len());
        let fault = Diagnostic::error(Code::A120, message, title.span);
        out.push(fault.help("give one of `file`, `link` and `reference`"));
        return None;
    }
    let (text, place) = places.remove(0);
    let digest = match &place {
        Place::File(path) => evidence_file(path, text.span, files, out)?,
        Place::Link(link) => {
            let allowed = ["https://", "http://", "mailto:"];
            if !allowed.iter().any(|start| link.to_ascii_lowercase().starts_with(start)) {
                let message = format!("`{link}` is no link that a report may carry");
                let fault = Diagnostic::error(Code::A119, message, text.span);
                out.push(
                    fault.help("begin with https://, http:// or mailto:; else use `reference`"),
                );
                return None;
            }
            None
        }
        Place::Reference(_) => None,
    };
    Some(Evidence { title: title.value.clone(), place, digest })
}

/// A116, A117, A118: the file stays in the folder of the answers and is a file.
fn evidence_file(
    path: &str,
    span: Span,
    files: &EvidenceFiles,
    out: &mut Diagnostics,
) -> Option<Option<Digest>> {
    let state = if stays_inside(path) { files.get(path) } else { Some(&EvidenceFile::Outside) };
    match state {
        None => Some(None),
        Some(EvidenceFile::Found(digest)) => Some(Some(*digest)),
        Some(EvidenceFile::Missing) => {
            let fault = Diagnostic::warning(Code::A117, format!("`{path}` is not there"), span);
            out.push(
                fault.help("put the file there, or mend its name; until then it counts as listed"),
            );
            Some(None)
        }
        Some(EvidenceFile::Outside) => {
            let message = format!("`{path}` leads out of the folder of the answers");
            let fault = Diagnostic::error(Code::A116, message, span);
            out.push(
                fault.help("copy the file beside the answers and name it from there, without `..`"),
            );
            None
        }
        Some(EvidenceFile::Unusable(why)) => {
            let fault = Diagnostic::error(Code::A118, format!("`{path}` {why}"), span);
            out.push(fault.help("name a regular file of at most 64 MiB beside the answers"));
            None
        }
    }
}

/// Whether a path is relative and never goes up, on any system.
pub fn stays_inside(path: &str) -> bool {
    let absolute = path.starts_with(['/', '\\']) || path.chars().nth(1) == Some(':');
    !absolute && path.split(['/', '\\']).all(|part| part != ".." && !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_lead_out_are_seen_on_any_system() {
        assert!(stays_inside("evidence/check.pdf") && stays_inside("a..b.txt"));
        for out in ["../x", "a/../../x", "/etc/passwd", "C:\\x", "\\\\server\\x", "a\\..\\x", ""] {
            assert!(!stays_inside(out), "{out}");
        }
    }

    #[test]
    fn dates_exist() {
        assert!(is_date("2026-11-02") && is_date("2024-02-29"));
        for bad in ["2026-02-29", "2026-13-01", "20261102", "2026-11-2", "02.11.2026", "-026-11-02"]
        {
            assert!(!is_date(bad), "{bad}");
        }
    }

    #[test]
    fn versions_are_three_numbers() {
        assert_eq!(version_parts("1.20.3"), Some([1, 20, 3]));
        assert_eq!(version_parts("1.0"), None);
        assert_eq!(version_parts("1.0.x"), None);
    }
}
