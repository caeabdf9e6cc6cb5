//! What a workbook says, put into an answers file: a new one, or one that is there.

use super::current::{Current, current, says_something};
use super::read::{Filled, Reply};
use crate::answers_file::Known;
use crate::answers_file::change::{Change, said};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::library::Library;
use crate::model::{Answer, Claim, Evidence, Profile, Question};
use crate::sitting::Sitting;
use crate::source::{Span, Spanned};

/// What came of reading a workbook into an answers file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// Answers and facts that were added.
    pub added: usize,
    /// Those that differ and were left, or taken from the workbook where it is preferred.
    pub differing: usize,
}

/// A change, and the cell that it comes from.
type Step<'a> = (Change<'a>, Span);

/// A new answers file with the name `file`. `None` where it would have a fault, which is then told.
pub fn begin(
    library: &mut Library,
    filled: &Filled,
    file: &str,
    out: &mut Diagnostics,
) -> Option<Sitting> {
    let text = |said: &Option<Spanned<String>>| said.as_ref().map(|said| said.value.clone());
    let facts = filled.facts.iter();
    let profile: Profile =
        facts.map(|(fact, values)| (fact.id.clone(), values.value.clone())).collect();
    let known = Known { name: text(&filled.name), date: text(&filled.date), profile };
    let sitting = Sitting::begin(library, &filled.questionnaire.id, file, &known, out)?;
    Sitting::open(library, sitting.answers, out)?;
    let people: Vec<_> = filled.respondents.iter().map(|each| each.value.clone()).collect();
    let start = Span { source: sitting.answers, start: 0, end: 0 };
    let at = filled.respondents.first().map_or(start, |first| first.span);
    let mut steps: Vec<Step<'_>> = vec![(Change::Respondents(&people), at)];
    let language = filled.language.iter();
    steps.extend(language.map(|said| (Change::Language(&said.value), said.span)));
    steps.extend(filled.replies.iter().map(|reply| {
        let answer = reply.answer.value.clone();
        (Change::Answer(&reply.question, answer), reply.answer.span)
    }));
    say(library, &sitting, &steps, out)?;
    Some(sitting)
}

/// Adds to an answers file what it does not say yet. What differs is told and left, or taken with `prefer`.
/// `None` where the file would have a fault, or is for another questionnaire; that is then told.
pub fn add(
    library: &mut Library,
    sitting: &Sitting,
    filled: &Filled,
    prefer: bool,
    out: &mut Diagnostics,
) -> Option<Merged> {
    let (ours, theirs) = (&sitting.questionnaire.id, &filled.questionnaire.id);
    if ours != theirs {
        let message = format!("the workbook is for `{theirs}`, and these answers are for `{ours}`");
        let fault = Diagnostic::of_file(Code::W005, message, sitting.answers);
        out.push(fault.help("name another answers file with -o"));
        return None;
    }
    let Some(current) = current(library, sitting) else {
        let message = "the answers file cannot be read in full";
        let fault = Diagnostic::of_file(Code::W119, message, sitting.answers);
        out.push(fault.help("say who is assessed, when, and the facts that it needs"));
        return None;
    };
    let mut merge = Merge { prefer, merged: Merged::default(), out };
    let people = merge.people(&current, filled);
    let facts = merge.facts(&current, filled);
    let mut steps: Vec<Step<'_>> = Vec::new();
    if let Some(said) = merge.text("the name", &current.name, &filled.name) {
        steps.push((Change::Name(&said.value), said.span));
    }
    if let Some(said) = merge.text("the date", &current.date, &filled.date) {
        steps.push((Change::Date(&said.value), said.span));
    }
    if let Some(said) = merge.text("the language", &current.language, &filled.language) {
        steps.push((Change::Language(&said.value), said.span));
    }
    if let Some((people, at)) = &people {
        steps.push((Change::Respondents(people), *at));
    }
    for (fact, values) in facts {
        steps.push((Change::Fact(fact, &values.value), values.span));
    }
    for reply in &filled.replies {
        let old = current.given.get(&reply.question.id).cloned().unwrap_or_default();
        if let Some(answer) = merge.answer(&reply.question, &old, reply) {
            steps.push((Change::Answer(&reply.question, answer), reply.answer.span));
        }
    }
    let merged = merge.merged;
    say(library, sitting, &steps, out)?;
    Some(merged)
}

/// W119: writes all changes; where that cannot be, those that can be, and tells of the others.
fn say(
    library: &mut Library,
    sitting: &Sitting,
    steps: &[Step<'_>],
    out: &mut Diagnostics,
) -> Option<()> {
    let all: Vec<_> = steps.iter().map(|(change, _)| change.clone()).collect();
    if sitting.say(library, &all).is_ok() {
        return Some(());
    }
    let mut all_said = true;
    for (change, at) in steps {
        if let Err(refused) = sitting.say(library, std::slice::from_ref(change)) {
            let message = format!("the answers file would have a fault: {}", refused.message);
            out.push(Diagnostic::error(Code::W119, message, *at).maybe_help(refused.help));
            all_said = false;
        }
    }
    all_said.then_some(())
}

/// What differs is counted and told.
struct Merge<'a> {
    prefer: bool,
    merged: Merged,
    out: &'a mut Diagnostics,
}

impl Merge<'_> {
    /// W118: tells that something differs. Whether the workbook's is taken.
    fn differs(&mut self, what: &str, file: &str, workbook: &str, at: Span) -> bool {
        self.merged.differing += 1;
        let (verb, help) = match self.prefer {
            true => ("said", "the workbook's is taken now"),
            false => ("says", "settle which holds; --force takes all that the workbook says"),
        };
        let message =
            format!("{what}: the answers file {verb} {file}, the workbook says {workbook}");
        self.out.push(Diagnostic::warning(Code::W118, message, at).help(help));
        self.prefer
    }

    /// A text that is to be written.
    fn text<'a>(
        &mut self,
        what: &str,
        old: &str,
        new: &'a Option<Spanned<String>>,
    ) -> Option<&'a Spanned<String>> {
        let new = new.as_ref().filter(|new| new.value != old)?;
        let quote = |text: &str| format!("`{text}`");
        let is_written =
            old.is_empty() || self.differs(what, &quote(old), &quote(&new.value), new.span);
        is_written.then_some(new)
    }

    /// All who answer, where the workbook adds one.
    fn people(
        &mut self,
        current: &Current,
        filled: &Filled,
    ) -> Option<(Vec<(String, String)>, Span)> {
        let mut all = current.respondents.clone();
        let mut changed = None;
        for Spanned { value: (name, function), span } in &filled.respondents {
            match all.iter_mut().find(|(_, other)| other == function) {
                None => all.push((name.clone(), function.clone())),
                Some((old, _)) if old == name || name.is_empty() => continue,
                Some((old, _)) => {
                    let what = format!("the name of the {function}");
                    let (file, workbook) = (format!("`{old}`"), format!("`{name}`"));
                    if !old.is_empty() && !self.differs(&what, &file, &workbook, *span) {
                        continue;
                    }
                    old.clone_from(name);
                }
            }
            changed = Some(*span);
        }
        changed.map(|at| (all, at))
    }

    /// The facts that are to be written.
    fn facts<'a>(
        &mut self,
        current: &Current,
        filled: &'a Filled,
    ) -> Vec<&'a (crate::model::Fact, Spanned<Vec<String>>)> {
        let mut all = Vec::new();
        for each in &filled.facts {
            let (fact, new) = each;
            let old = current.facts.iter().find(|(other, _)| other.id == fact.id);
            let mut old = old.map(|(_, values)| values.clone()).unwrap_or_default();
            let mut said = new.value.clone();
            old.sort();
            said.sort();
            if old == said {
                continue;
            }
            let words = |values: &[String]| format!("`{}`", values.join(", "));
            let what = format!("the fact `{}`", fact.id);
            if old.is_empty() {
                self.merged.added += 1;
            } else if !self.differs(&what, &words(&old), &words(&said), new.span) {
                continue;
            }
            all.push(each);
        }
        all
    }

    /// The answer that is to be written; `None` where the file has it already.
    fn answer(&mut self, question: &Question, old: &Answer, reply: &Reply) -> Option<Answer> {
        let (new, at) = (&reply.answer.value, reply.answer.span);
        if !says_something(old) {
            self.merged.added += usize::from(says_something(new));
            return says_something(new).then(|| new.clone());
        }
        let differs_in_claim =
            old.claim != Claim::Open && new.claim != Claim::Open && old.claim != new.claim;
        if differs_in_claim {
            let (file, workbook) = (words(question, old), words(question, new));
            if !self.differs(&format!("`{}`", question.id), &file, &workbook, at) {
                return None;
            }
        }
        let mut answer = old.clone();
        if new.claim != Claim::Open {
            answer.claim = new.claim.clone();
        }
        let id = &question.id;
        answer.note = self.remark(&format!("the note on `{id}`"), &old.note, &new.note, at);
        answer.by = match differs_in_claim {
            true => new.by.clone(),
            false => self.remark(&format!("who answered `{id}`"), &old.by, &new.by, at),
        };
        answer.public = self.visibility(question, old, reply);
        let is_new = |each: &&Evidence| !old.evidence.iter().any(|old| is_same(old, each));
        answer.evidence.extend(new.evidence.iter().filter(is_new).cloned());
        let is_changed = said(question, &answer) != said(question, old);
        self.merged.added += usize::from(is_changed && !differs_in_claim);
        is_changed.then_some(answer)
    }

    /// A remark beside an answer.
    fn remark(
        &mut self,
        what: &str,
        old: &Option<String>,
        new: &Option<String>,
        at: Span,
    ) -> Option<String> {
        match (old, new) {
            (Some(before), Some(now)) if before != now => {
                let quote = |text: &str| format!("`{text}`");
                if self.differs(what, &quote(before), &quote(now), at) { new } else { old }.clone()
            }
            _ => old.clone().or_else(|| new.clone()),
        }
    }

    /// Whether outsiders may see the answer. None gets public beside one that is there without a word.
    fn visibility(&mut self, question: &Question, old: &Answer, reply: &Reply) -> bool {
        let new = reply.answer.value.public;
        let is_same = new == old.public || !new && !reply.internal;
        let words = |public: bool| if public { "yes" } else { "no" };
        let what = format!("whether customers may see `{}`", question.id);
        let is_taken =
            !is_same && self.differs(&what, words(old.public), words(new), reply.answer.span);
        if is_taken { new } else { old.public }
    }
}

fn is_same(one: &Evidence, other: &Evidence) -> bool {
    one.title == other.title && one.place == other.place
}

/// What an answer claims and who says so, for a message.
fn words(question: &Question, answer: &Answer) -> String {
    let claim = Answer { claim: answer.claim.clone(), ..Answer::default() };
    let by = answer.by.as_ref().map_or(String::new(), |by| format!(" (by {by})"));
    format!("`{}`{by}", said(question, &claim))
}
