//! The verdict, gates and what to do first, in words.

use super::asked::AnswerWords;
use super::finding::StepWords;
use super::{Title, Writer};
use crate::model::Score;
use crate::result::clause;
use crate::score::{FirstAction, GateState, RequirementScore, State, Verdict};
use serde::Serialize;

/// A gate that is not passed.
#[derive(Clone, Debug, Serialize)]
pub struct GateWords {
    /// The requirement.
    pub id: String,
    /// What must hold.
    pub statement: String,
    /// The same as a heading and what stands below it.
    #[serde(flatten)]
    pub title: Title,
    /// Where the source asks for it.
    pub clause: String,
    /// What was answered.
    pub answers: Vec<AnswerWords>,
    /// What to do.
    pub steps: Vec<StepWords>,
    /// Whether it fails only because someone does not know.
    pub unknown: bool,
}

/// One of the things to do first.
#[derive(Clone, Debug, Serialize)]
pub struct FirstActionWords {
    /// What to do.
    pub action: String,
    /// The question that it moves.
    pub question: String,
    /// The requirement that it serves.
    pub requirement: Option<String>,
    /// What that asks for.
    pub statement: Option<String>,
    /// Estimated effort, in words.
    pub effort: Option<String>,
    /// Questions that come before.
    pub after: Vec<String>,
    /// A fill-in page that helps, by its id.
    pub aid: Option<String>,
}

impl Writer<'_> {
    pub(super) fn verdict_sentence(&self) -> String {
        let counts = self.scorecard.counts;
        match self.scorecard.verdict {
            Verdict::Held => self.held_sentence(),
            Verdict::Incomplete if counts.asked() == 0 && counts.not_applicable > 0 => {
                "Every question that could apply was set to \"not applicable\".".to_owned()
            }
            Verdict::Incomplete if counts.asked() == 0 => {
                "Nothing in this questionnaire applies to the profile given.".to_owned()
            }
            Verdict::Incomplete if self.public_only() => format!(
                "{} of {} questions are open in this version: not answered, or not public. The score counts them as 0.",
                counts.open,
                counts.asked()
            ),
            Verdict::Incomplete => format!(
                "{} of {} questions are still open. The score counts them as 0 until they are answered.",
                counts.open,
                counts.asked()
            ),
            Verdict::Clear => {
                let kept = if self.count_gates(GateState::Passed) > 0 {
                    ", and no ground rule is broken"
                } else {
                    ""
                };
                let unknown = match counts.unknown {
                    0 => String::new(),
                    count => format!(", {count} of them with \"don't know\", which counts as 0"),
                };
                let below = match self.scorecard.gaps.findings.len() {
                    0 => String::new(),
                    1 => " One requirement is below its target.".to_owned(),
                    count => format!(" Below their target: {count} requirements."),
                };
                format!("Every question is answered{unknown}{kept}.{below}")
            }
        }
    }

    /// Not known is not broken: whoever says "don't know" has to find out, and is told so.
    fn held_sentence(&self) -> String {
        let rules = |count: usize, one: &str, several: &str| match count {
            0 => None,
            1 => Some(format!("One ground rule {one}.")),
            _ => Some(format!("{count} ground rules {several}.")),
        };
        let gates = self.gates(GateState::Failed);
        let unknown = gates.iter().filter(|gate| gate.unknown).count();
        let kept = rules(gates.len() - unknown, "is not kept", "are not kept");
        let shown = rules(unknown, "is not shown to be kept", "are not shown to be kept");
        let sentences: Vec<_> = [kept, shown].into_iter().flatten().collect();
        let first = if gates.len() == unknown { "find out first" } else { "put this right first" };
        format!("{} Whatever the score, {first}.", sentences.join(" "))
    }

    /// What can be said where no requirement is known to lie below its target.
    pub(super) fn nothing_below(&self) -> String {
        let open = self.scorecard.gaps.still_open.len();
        let known = if self.public_only() { "made public" } else { "answered" };
        match open {
            0 => "No requirement lies below its target.".to_owned(),
            1 => format!(
                "No requirement lies below its target by what is {known}. One is not decided."
            ),
            _ => format!(
                "No requirement lies below its target by what is {known}. {open} are not decided."
            ),
        }
    }

    pub(super) fn alerts(&self) -> Vec<String> {
        let mut alerts = Vec::new();
        if self.public_only() {
            let name = super::shown(&self.assessment.answers.of.name);
            alerts.push(format!("This version shows only the answers that {name} has made public; all others count as open here, whether or not they were answered."));
        }
        alerts.extend(self.many_not_applicable());
        if self.assessment.target.is_none() {
            alerts.push(
                "No target is set, so no gaps are shown. One can be named with --target."
                    .to_owned(),
            );
        }
        if let Some(answered) = Some(&self.assessment.answers.questionnaire)
            .filter(|id| **id != self.assessment.questionnaire.id)
        {
            alerts.push(format!("The answers were given to the questionnaire {answered} and are scored here under another one."));
        }
        let left_out: usize = self.scorecard.not_stated.iter().map(|(_, count)| count).sum();
        if left_out > 0 {
            alerts.push("Some facts are not stated, so questions that hang on them were not asked. See \"Facts not stated\".".to_owned());
        }
        alerts
    }

    /// Said at the top of each page where much was taken out of the mean.
    pub(super) fn many_not_applicable(&self) -> Option<String> {
        let counts = self.scorecard.counts;
        let all = counts.asked() + counts.not_applicable;
        counts.many_not_applicable().then(|| {
            format!(
                "{} of the {all} questions that could apply were set to \"not applicable\". Read the reasons before you compare this score.",
                counts.not_applicable
            )
        })
    }

    pub(super) fn open_gates_note(&self) -> String {
        let note = match self.public_only() {
            true => "The answers made public do not decide these. They may be kept or broken.",
            false => "Open answers decide these. They are no breach.",
        };
        note.to_owned()
    }

    pub(super) fn count_gates(&self, wanted: GateState) -> usize {
        self.scorecard.requirements().filter(|(_, each)| each.gate == Some(wanted)).count()
    }

    pub(super) fn gates(&self, wanted: GateState) -> Vec<GateWords> {
        let is_wanted =
            |(_, score): &((usize, usize), &RequirementScore)| score.gate == Some(wanted);
        let gate = |(place, score): ((usize, usize), &RequirementScore)| {
            let requirement = self.requirement(place);
            let finding =
                self.scorecard.gaps.findings.iter().find(|finding| finding.place == place);
            GateWords {
                id: requirement.id.to_string(),
                statement: requirement.statement.clone(),
                title: Title::of(&requirement.statement),
                clause: clause(self.assessment, requirement),
                answers: score.items.iter().map(|item| self.answer(item)).collect(),
                steps: finding.map(|finding| self.steps(finding)).unwrap_or_default(),
                unknown: score
                    .items
                    .iter()
                    .all(|item| item.state == State::Unknown || item.score == Some(Score::FULL)),
            }
        };
        self.scorecard.requirements().filter(is_wanted).map(gate).collect()
    }

    pub(super) fn first_actions(&self) -> Vec<FirstActionWords> {
        let one = |action: &FirstAction| match action {
            FirstAction::Step(step, place) => {
                let words = self.step(*step);
                FirstActionWords {
                    action: words.action,
                    question: words.question,
                    requirement: Some(self.requirement(*place).id.to_string()),
                    statement: Some(self.requirement(*place).statement.clone()),
                    effort: words.effort,
                    after: words.after,
                    aid: words.aid,
                }
            }
            FirstAction::Answer(at) => {
                let question = &self.assessment.questionnaire.questions[*at];
                FirstActionWords {
                    action: format!("Answer: {}", question.ask),
                    question: question.id.to_string(),
                    requirement: None,
                    statement: None,
                    effort: None,
                    after: Vec::new(),
                    aid: None,
                }
            }
        };
        // Whom it is published for cannot answer, and what is withheld may be answered.
        let is_shown =
            |action: &&FirstAction| !self.public_only() || matches!(action, FirstAction::Step(..));
        self.scorecard.gaps.first_actions.iter().filter(is_shown).map(one).collect()
    }
}
