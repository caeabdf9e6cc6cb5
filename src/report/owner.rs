//! The page for an owner: what came out and what to do first, in plain words.

use super::{FigureWords, FirstActionWords, Head, Pair, Report, Writer};
use crate::model::Score;
use crate::score::Verdict;
use serde::Serialize;

/// How many broken ground rules the page names: it is to stay one page.
const MOST_BROKEN: usize = 3;

/// One page for the owner.
#[derive(Clone, Debug, Serialize)]
pub struct Owner {
    /// Of whom, when and by what it is made.
    #[serde(flatten)]
    pub head: Head,
    /// The title of the questionnaire.
    pub questionnaire: String,
    /// clear, held or incomplete.
    pub verdict: String,
    /// The verdict as one would say it.
    pub headline: String,
    /// What it means here.
    pub sentence: String,
    /// The overall figures, without the evidenced one: in plain words there is room for one.
    pub overall: FigureWords,
    /// What must be known before the figures.
    pub alert: Option<String>,
    /// What the overall figures say.
    pub figures: Vec<String>,
    /// The named bands of scores.
    pub scale: Vec<Pair>,
    /// Ground rules that are not kept or not shown to be.
    pub broken: Vec<String>,
    /// How many more of them there are.
    pub more_broken: usize,
    /// What to do first.
    pub actions: Vec<OwnerAction>,
    /// The fill-in pages that these name, by id, each once.
    pub aids: Vec<String>,
}

/// One of the things to do first.
#[derive(Clone, Debug, Serialize)]
pub struct OwnerAction {
    /// What to do.
    pub action: String,
    /// What it is good for.
    pub serves: Option<String>,
    /// Estimated effort, in words.
    pub effort: Option<String>,
    /// What must be done before: the questions that ask for it.
    pub after: Vec<String>,
    /// A fill-in page that helps, by its id.
    pub aid: Option<String>,
}

/// How things stand, in one of the ways that the page tells apart.
enum Standing {
    /// A ground rule is not kept, or not shown to be.
    Held,
    /// Something is open, or nothing is asked.
    Incomplete,
    /// All is answered, and nobody has said what is wanted.
    NoAim,
    /// All is answered, much of it as not applicable, and what counts is where it should be.
    LeftOut,
    /// All is answered, and this many requirements fall short of their target.
    Short(usize),
}

impl Standing {
    fn headline(&self) -> &'static str {
        match self {
            Self::Held => "Something must be put right first",
            Self::Incomplete => "Not finished yet",
            Self::NoAim => "All answered; no aim is set",
            Self::LeftOut => "All answered, but much was left out",
            Self::Short(0) => "Everything is where it should be",
            Self::Short(_) => "All answered, and there is something to do",
        }
    }

    /// What it means; where all is answered, without the words of the method.
    fn sentence(&self, verdict_sentence: String, has_rules: bool) -> String {
        let more = match self {
            Self::Held | Self::Incomplete => return verdict_sentence,
            Self::NoAim => {
                ". Nobody has said how many points are wanted, so nothing can fall short of them"
            }
            Self::LeftOut => ", and nothing that counts falls short of its aim",
            Self::Short(0) => ", and nothing falls short of its aim",
            Self::Short(1) => ", and one thing falls short of its aim",
            Self::Short(_) => {
                ", and some things fall short of their aim: what helps most stands below"
            }
        };
        let first = match has_rules {
            true => "Nothing that must always hold is broken",
            false => "Every question is answered",
        };
        format!("{first}{more}.")
    }
}

impl Writer<'_> {
    /// What an owner needs of a report.
    pub(super) fn owner(&self, report: Report) -> Owner {
        let broken = report.failed_gates.iter().map(|gate| gate.statement.clone());
        let actions: Vec<_> =
            report.first_actions.into_iter().map(|action| self.owner_action(action)).collect();
        let mut aids: Vec<String> = Vec::new();
        for aid in actions.iter().filter_map(|action| action.aid.as_ref()) {
            if !aids.contains(aid) {
                aids.push(aid.clone());
            }
        }
        let standing = self.standing();
        Owner {
            headline: standing.headline().to_owned(),
            sentence: standing.sentence(report.verdict_sentence, report.passed_gates > 0),
            alert: self.many_not_applicable(),
            figures: self.figures_in_sentences(),
            broken: broken.take(MOST_BROKEN).collect(),
            more_broken: report.failed_gates.len().saturating_sub(MOST_BROKEN),
            actions,
            aids,
            head: report.head,
            questionnaire: report.questionnaire.title,
            verdict: report.verdict,
            overall: FigureWords { evidenced_bp: None, ..report.overall },
            scale: report.scale,
        }
    }

    fn standing(&self) -> Standing {
        match self.scorecard.verdict {
            Verdict::Held => Standing::Held,
            Verdict::Incomplete => Standing::Incomplete,
            Verdict::Clear if self.assessment.target.is_none() => Standing::NoAim,
            Verdict::Clear => match self.scorecard.gaps.findings.len() {
                0 if self.scorecard.counts.many_not_applicable() => Standing::LeftOut,
                short => Standing::Short(short),
            },
        }
    }

    /// Points, range, band and target, a sentence each.
    fn figures_in_sentences(&self) -> Vec<String> {
        let overall = &self.scorecard.overall;
        let (Some(low), Some(high)) = (overall.low, overall.high) else { return Vec::new() };
        let mut said = Vec::new();
        said.push(if low != high {
            format!(
                "Open questions count as nothing so far. Once they are answered it will be between {} and {} points.",
                low.short(),
                high.short()
            )
        } else if self.scorecard.counts.open == 0 {
            "Every question is answered, so this holds until something changes.".to_owned()
        } else {
            "What is still open does not move this number.".to_owned()
        });
        said.push(self.band(low, high));
        let yours = match self.assessment.answers.of.kind.as_str() {
            "system" => "a system",
            _ => "an organisation",
        };
        said.extend(overall.target.map(|target| {
            format!("A good aim for {yours} like yours is {} points.", target.short())
        }));
        said
    }

    /// The band of the scale, with its place among the others.
    fn band(&self, low: Score, high: Score) -> String {
        let scale = &self.assessment.questionnaire.scale;
        let place = |score: Score| {
            let before = scale.levels().iter().filter(|level| level.from <= score);
            (scale.level(score).name.as_str(), before.count())
        };
        let ((from, step), (to, _), of) = (place(low), place(high), scale.levels().len());
        if from == to {
            format!("On our scale that is called “{from}”, band {step} of {of}.")
        } else {
            format!("On our scale that lies between “{from}” and “{to}”.")
        }
    }

    fn owner_action(&self, action: FirstActionWords) -> OwnerAction {
        let questions = &self.assessment.questionnaire.questions;
        let ask = |id: &String| {
            let found = questions.iter().find(|question| question.id.as_str() == id);
            found.map_or(id.clone(), |question| question.ask.clone())
        };
        OwnerAction {
            after: action.after.iter().map(ask).collect(),
            action: action.action,
            serves: action.statement,
            effort: action.effort,
            aid: action.aid,
        }
    }
}
