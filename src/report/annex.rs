//! Profile, respondents, sources, target, digests and terms.

use super::{Writer, shown};
use crate::model::{Fact, FactKind};
use crate::score::State;
use serde::Serialize;
use std::collections::BTreeSet;

/// A name and what belongs to it.
#[derive(Clone, Debug, Serialize)]
pub struct Pair {
    /// The name.
    pub name: String,
    /// What belongs to it.
    pub value: String,
}

/// A target in words.
#[derive(Clone, Debug, Serialize)]
pub struct TargetWords {
    /// The id.
    pub id: String,
    /// The title.
    pub title: String,
    /// Why these scores are wanted here.
    pub reasons: Vec<Pair>,
}

impl Writer<'_> {
    pub(super) fn profile(&self) -> Vec<Pair> {
        let words = |fact: &Fact| {
            let stated = self.assessment.answers.profile.get(&fact.id)?;
            let words: Vec<_> = stated
                .iter()
                .map(|value| {
                    if fact.kind == FactKind::Text {
                        shown(value)
                    } else {
                        fact.words(value).to_owned()
                    }
                })
                .collect();
            Some(Pair { name: fact.ask.clone(), value: words.join(" · ") })
        };
        self.assessment.facts.facts.iter().filter_map(words).collect()
    }

    pub(super) fn respondents(&self) -> Vec<String> {
        let one = |each: &crate::model::Respondent| match &each.name {
            Some(name) => format!("{}, {}", shown(name), shown(&each.function)),
            None => shown(&each.function),
        };
        self.assessment.answers.by.iter().map(one).collect()
    }

    pub(super) fn sources(&self) -> Vec<String> {
        let one = |source: &crate::model::SourceText| {
            let mut words = format!("{}: {}", source.issuer, source.title);
            for more in [&source.date, &source.nature].into_iter().flatten() {
                words = format!("{words}, {more}");
            }
            words
        };
        self.assessment.questionnaire.sources.iter().map(one).collect()
    }

    pub(super) fn weights(&self) -> Vec<Pair> {
        let one = |(name, weight): &(String, crate::model::Weight)| Pair {
            name: name.clone(),
            value: weight.get().to_string(),
        };
        self.assessment.questionnaire.strengths.iter().map(one).collect()
    }

    pub(super) fn scale(&self) -> Vec<Pair> {
        let levels = self.assessment.questionnaire.scale.levels();
        let ends = levels.iter().skip(1).map(|next| next.from.basis_points() - 1).chain([10_000]);
        let bound = |bp: u16| crate::model::Score::saturating(u64::from(bp)).exact();
        let one = |(level, end): (&crate::model::Level, u16)| Pair {
            name: level.name.clone(),
            value: format!("{} to {}", level.from.exact(), bound(end)),
        };
        levels.iter().zip(ends).map(one).collect()
    }

    pub(super) fn target(&self) -> Option<TargetWords> {
        let target = self.assessment.target.as_ref()?;
        let for_profile = target.for_profile(&self.assessment.answers.profile);
        let mut reasons: Vec<Pair> = Vec::new();
        for (domain, requirement) in self.assessment.questionnaire.requirements() {
            let (wanted, rule) = for_profile.of(&domain.id, &requirement.id);
            let value =
                rule.map_or("No rule matches, so the default holds.", |rule| rule.because.as_str());
            let name = wanted.exact();
            if !reasons.iter().any(|pair| pair.name == name && pair.value == value) {
                reasons.push(Pair { name, value: value.to_owned() });
            }
        }
        Some(TargetWords { id: target.id.clone(), title: target.title.clone(), reasons })
    }

    pub(super) fn digests(&self) -> Vec<Pair> {
        let questionnaire = &self.assessment.questionnaire;
        let pair =
            |name: String, digest: &dyn std::fmt::Display| Pair { name, value: digest.to_string() };
        let answers = if self.public_only() { "Answers made public" } else { "Answers" };
        let mut all = vec![
            pair(answers.to_owned(), &self.assessment.answers.digest),
            pair(
                format!("Questionnaire {} {}", questionnaire.id, questionnaire.version),
                &questionnaire.digest,
            ),
        ];
        all.extend(
            self.assessment
                .target
                .iter()
                .map(|target| pair(format!("Target {}", target.id), &target.digest)),
        );
        all.push(pair("Facts".to_owned(), &self.assessment.facts.digest));
        all.extend(
            questionnaire
                .banks
                .iter()
                .map(|(theme, _, digest)| pair(format!("Bank {theme}"), digest)),
        );
        all
    }

    pub(super) fn terms(&self) -> Vec<Pair> {
        let asked = (0..self.scorecard.states.len())
            .filter(|at| self.scorecard.states[*at] != State::NotAsked);
        let used: BTreeSet<&str> = asked
            .flat_map(|at| &self.assessment.questionnaire.questions[at].terms)
            .map(String::as_str)
            .collect();
        let terms =
            self.assessment.glossary.0.iter().filter(|term| used.contains(term.id.as_str()));
        terms.map(|term| Pair { name: term.term.clone(), value: term.means.clone() }).collect()
    }
}
