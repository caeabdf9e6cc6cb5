//! Whom a report is for, and what of the answers may be seen there.
//!
//! # What is internal never leaks
//!
//! An answer is internal unless its respondent marked it `visibility: public`. An *external* cut, one
//! that leaves the house, must show no internal answer; nor may one be worked out from a figure, a
//! list, a count, a digest or an absence. Leaving things out of a finished report cannot keep that
//! promise: the overall score moves with every answer, so with one answer withheld it gives that answer
//! away; "3 of 4 answered" tells of the fourth; a question that is missing because of an answer tells
//! that answer; and a digest of a file with one unknown answer is found by trying its five levels.
//!
//! So it is done the other way round: **redact first, then compute**. [`public_part`] makes an
//! assessment in which a withheld answer is exactly as one that was never given, and the ordinary
//! engine scores that. Whatever is printed then depends on nothing but what the redacted assessment
//! holds, and that is:
//!
//! - of answers marked public: the claim, the titles of the evidence, and the function of who answered,
//!   where it is one that the header declares: what else stands there may be a name. Notes are written for colleagues and go, and so does where evidence is: names of files, addresses
//!   and digests of files tell of what is inside the house.
//! - the header: name, date, questionnaire, profile, and the functions (not the names) of those who gave
//!   the answers shown. The profile is no answer; it decides what is asked. An answer sheet prints its name and kind only.
//!
//! A condition that hangs on a withheld answer stays undecided, as with any open answer, so what hangs
//! on it is neither asked nor ruled out. An answer to such a question would give the withheld one away,
//! for it is given only where the condition holds; so it is withheld too, whatever its mark. An open answer that is marked public is like one that is not:
//! the mark says nothing. Answers to questions of other questionnaires are left out.
//!
//! The digest of the answers is made of what the cut holds. Warnings about the answers file are made
//! from the whole of it, so an external cut carries none; the respondent sees them on the terminal.
//! That the exit code of `--require-target` follows from the redacted figures has the same reason.

use crate::digest::Digest;
use crate::model::{
    Answer, Answers, Assessment, Claim, Evidence, Place, Question, QuestionIndex, Respondent, Value,
};
use serde_json::{Map, json};

/// Whom a report is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cut {
    /// Everything, for those who work with it.
    #[default]
    Full,
    /// One page for the owner, and the pages to fill in.
    Owner,
    /// Two pages for a board.
    Board,
    /// An answer sheet for a customer who asks.
    Buyer,
    /// The full report, for publication.
    Public,
}

impl Cut {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Full, Self::Owner, Self::Board, Self::Buyer, Self::Public];

    /// The word for it on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Owner => "owner",
            Self::Board => "board",
            Self::Buyer => "buyer",
            Self::Public => "public",
        }
    }

    /// The one with this word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cut| cut.word() == word)
    }

    /// Whether it leaves the house, so that it shows only answers marked public.
    pub fn is_external(self) -> bool {
        matches!(self, Self::Buyer | Self::Public)
    }
}

/// The assessment as outsiders may see it: see the head of this module. Of the answers marked public
/// those go whose question `goes` names. What was taken out cannot be taken out again, so the public
/// part of a public part is itself.
pub fn public_part(assessment: &Assessment, goes: &dyn Fn(QuestionIndex) -> bool) -> Assessment {
    let answers = &assessment.answers;
    let functions: Vec<_> = answers.by.iter().map(|each| each.function.as_str()).collect();
    let questions = assessment.questionnaire.questions.iter().enumerate();
    let shown: Vec<_> = questions
        .filter(|(at, _)| !goes(*at))
        .filter_map(|(at, question)| {
            Some((question, public_answer(assessment.answer(at), &functions)?))
        })
        .collect();
    let named = |function: &&str| {
        functions.len() == 1 || shown.iter().any(|(_, each)| each.by.as_deref() == Some(*function))
    };
    let functions = functions.iter().copied().filter(|each| named(each)).map(str::to_owned);
    let mut public = Answers {
        of: answers.of.clone(),
        profile: answers.profile.clone(),
        language: answers.language.clone(),
        date: answers.date.clone(),
        date_given: answers.date_given,
        by: functions.map(|function| Respondent { name: None, function }).collect(),
        questionnaire: answers.questionnaire.clone(),
        given: Default::default(),
        public_only: true,
        digest: Digest::default(),
    };
    public.digest = digest(&public, &shown);
    public.given =
        shown.into_iter().map(|(question, answer)| (question.id.clone(), answer)).collect();
    Assessment::new(
        assessment.questionnaire.clone(),
        assessment.facts.clone(),
        assessment.target.clone(),
        public,
        assessment.glossary.clone(),
    )
}

/// What outsiders may see of an answer; `None` where that is nothing.
fn public_answer(answer: &Answer, functions: &[&str]) -> Option<Answer> {
    if !answer.public || answer.claim == Claim::Open {
        return None;
    }
    let titles = answer.evidence.iter().map(|each| each.title.clone());
    Some(Answer {
        claim: answer.claim.clone(),
        evidence: titles
            .map(|title| Evidence { title, place: Place::Withheld, digest: None })
            .collect(),
        note: None,
        by: answer.by.clone().filter(|by| functions.contains(&by.as_str())),
        public: true,
    })
}

/// Of the header and the answers that the cut shows, and of nothing else: whoever has the cut can make
/// the digest again.
fn digest(header: &Answers, shown: &[(&Question, Answer)]) -> Digest {
    let given: Map<_, _> = shown
        .iter()
        .map(|(question, answer)| (question.id.to_string(), as_data(question, answer)))
        .collect();
    let of = &header.of;
    let functions = header.by.iter().map(|each| json!({"function": each.function}));
    Digest::of_json(&json!({
        "gapwise": "answers/1",
        "of": {"name": of.name, "kind": of.kind, "stage": of.stage},
        "profile": header.profile,
        "date": header.date,
        "by": functions.collect::<Vec<_>>(),
        "questionnaire": header.questionnaire,
        "answers": given,
    }))
}

/// An answer as data: the claim as the long form of an answers file has it, the titles of evidence, and
/// who answered.
fn as_data(question: &Question, answer: &Answer) -> serde_json::Value {
    let kind = &question.kind;
    let claim = match &answer.claim {
        Claim::NotApplicable(reason) => ("not-applicable", json!(reason)),
        Claim::Value(value @ Value::Options(_)) => (kind.key(), json!(kind.said(value))),
        Claim::Value(value) => (kind.key(), json!(kind.said(value).concat())),
        Claim::Unknown | Claim::Open => ("unknown", json!("true")),
    };
    let titles: Vec<_> = answer.evidence.iter().map(|each| each.title.as_str()).collect();
    json!({claim.0: claim.1, "evidence": titles, "by": answer.by})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_answer_marked_public_is_as_one_that_is_not() {
        let marked = Answer { public: true, note: Some("soon".to_owned()), ..Answer::default() };
        assert!(public_answer(&marked, &[]).is_none());
    }

    #[test]
    fn of_evidence_the_title_stays() {
        let evidence = Evidence {
            title: "Launch check".to_owned(),
            place: Place::File("evidence/secret-name.pdf".to_owned()),
            digest: Some(Digest::of_bytes(b"x")),
        };
        let answer = Answer {
            claim: Claim::Unknown,
            evidence: vec![evidence],
            note: Some("for colleagues".to_owned()),
            by: Some("owner".to_owned()),
            public: true,
        };
        let shown = public_answer(&answer, &["owner"]).expect("public");
        assert_eq!((shown.note, shown.by.as_deref()), (None, Some("owner")));
        assert_eq!(public_answer(&answer, &["director"]).expect("public").by, None);
        assert_eq!(shown.evidence[0].title, "Launch check");
        assert_eq!((&shown.evidence[0].place, shown.evidence[0].digest), (&Place::Withheld, None));
        assert!(public_answer(&Answer { public: false, ..answer }, &["owner"]).is_none());
    }
}
