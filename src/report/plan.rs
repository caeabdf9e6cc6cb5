//! A plan in words: what to do until when, what it costs, and how the score then stands.

use super::finding::effort;
use super::shown;
use crate::model::{Assessment, QuestionIndex, Score, Value};
use crate::plan::{GateLeft, Limit, Plan, Standing};
use crate::result::step_of;
use crate::score::{NextStep, Verdict};
use serde::Serialize;

/// The steps worth most for a budget.
#[derive(Clone, Debug, Serialize)]
pub struct PlanWords {
    /// As `Plan for 20 days`.
    pub title: String,
    /// What it comes to.
    pub summary: String,
    /// Whether there is a better set of steps.
    pub exactness: String,
    /// What must be known of failed gates.
    pub gates: Vec<String>,
    /// How things stand now and at the end of each phase.
    pub standings: Vec<StandingWords>,
    /// The steps until each day; a phase without steps is among them.
    pub phases: Vec<PhaseWords>,
    /// What gains most per day of what the budget does not reach.
    pub beyond: Vec<PlannedWords>,
    /// What to bear in mind.
    pub notes: Vec<String>,
}

/// How things stand on a day.
#[derive(Clone, Debug, Serialize)]
pub struct StandingWords {
    /// As `Day 30`.
    pub when: String,
    /// What is spent until then.
    pub effort: String,
    /// The score, two decimals.
    pub score: String,
    /// The same in basis points; `None` where nothing applies.
    pub score_bp: Option<u16>,
    /// clear, held or incomplete.
    pub verdict: String,
}

/// The steps until a day.
#[derive(Clone, Debug, Serialize)]
pub struct PhaseWords {
    /// As `First 30 days`.
    pub title: String,
    /// What its steps take together, as `6 days of work`; `None` where it has none.
    pub work: Option<String>,
    /// How many steps come before.
    pub before: usize,
    /// In the order in which to take them.
    pub steps: Vec<PlannedWords>,
}

/// A step of a plan.
#[derive(Clone, Debug, Serialize)]
pub struct PlannedWords {
    /// Its place in the plan, from 1.
    pub rank: usize,
    /// What to do.
    pub action: String,
    /// The question that it moves.
    pub question: String,
    /// The level or option that it leads to, in words.
    pub to: String,
    /// Estimated effort, in words.
    pub effort: String,
    /// The same. Unit: half person-days.
    pub half_days: u32,
    /// What it adds to the overall score, in points.
    pub gain: String,
    /// The overall score once it is taken; `None` beyond the budget.
    pub score: Option<String>,
    /// The ground rule that it helps to keep.
    pub gate: Option<String>,
}

/// An answer that is assumed, and what it changes.
#[derive(Clone, Debug, Serialize)]
pub struct AssumedWords {
    /// What is assumed, a line each.
    pub answers: Vec<String>,
    /// What that does to the score.
    pub effect: String,
}

/// Puts a plan into words.
pub fn plan(assessment: &Assessment, plan: &Plan) -> PlanWords {
    let writer = PlanWriter { assessment, plan };
    PlanWords {
        title: format!("Plan for {}", effort(plan.budget)),
        summary: writer.summary(),
        exactness: writer.exactness(),
        gates: writer.gates(),
        standings: writer.standings(),
        phases: writer.phases(),
        beyond: writer.beyond(),
        notes: writer.notes(),
    }
}

/// Puts assumed answers into words, with how things stand without and with them.
pub fn assumed(
    assessment: &Assessment,
    answers: &[(QuestionIndex, Option<Value>)],
    (without, with): (Standing, Standing),
) -> AssumedWords {
    let questions = &assessment.questionnaire.questions;
    let one = |(at, value): &(QuestionIndex, Option<Value>)| {
        let question = &questions[*at];
        let said = match value {
            Some(value @ Value::Level(_)) => {
                format!("level {}", question.kind.said(value).concat())
            }
            Some(value) => question.kind.said(value).join(", "),
            None => "don't know".to_owned(),
        };
        format!("{}: {said} ({})", question.id, question.ask)
    };
    let same = if without == with { " It changes nothing here." } else { "" };
    let effect = format!(
        "Score without it {} ({}), with it {} ({}).{same}",
        score(without.score),
        without.verdict.word(),
        score(with.score),
        with.verdict.word(),
    );
    AssumedWords { answers: answers.iter().map(one).collect(), effect }
}

fn score(score: Option<Score>) -> String {
    score.map_or("–".to_owned(), Score::exact)
}

/// A gain in points with two decimals, rounded half up.
///
/// - Unit: millionths of a basis point.
fn points(gain: u64) -> String {
    let gain = Score::saturating((gain + 500_000) / 1_000_000);
    gain.exact()
}

/// What may be spent or is spent; nothing is a dash.
fn spent(halves: u32) -> String {
    if halves == 0 { "–".to_owned() } else { effort(halves) }
}

fn steps(count: usize) -> String {
    if count == 1 { "1 step".to_owned() } else { format!("{count} steps") }
}

struct PlanWriter<'a> {
    assessment: &'a Assessment,
    plan: &'a Plan,
}

impl PlanWriter<'_> {
    fn summary(&self) -> String {
        let plan = self.plan;
        let (budget, now) = (effort(plan.budget), score(plan.before.score));
        match plan.steps().count() {
            0 if self.gates_wait() => {
                format!(
                    "{budget} of work do not reach the first ground rule. The score stays at {now}."
                )
            }
            0 => format!("No step fits into {budget} of work. The score stays at {now}."),
            count => format!(
                "{} in {} of work. Score now {now}, at the end {}.{}",
                steps(count),
                effort(plan.effort()),
                score(plan.after().score),
                self.lifted(),
            ),
        }
    }

    /// Whether the budget ends before all ground rules are seen to.
    fn gates_wait(&self) -> bool {
        self.plan.gates_left.iter().any(|gate| gate.effort.is_some())
    }

    /// What becomes of failed gates.
    fn lifted(&self) -> String {
        let (before, after) = (self.plan.before.failed_gates, self.plan.after().failed_gates);
        match before.saturating_sub(after) {
            0 => String::new(),
            1 => " The first steps put one ground rule right.".to_owned(),
            count => format!(" The first steps put {count} ground rules right."),
        }
    }

    fn exactness(&self) -> String {
        let plan = self.plan;
        if self.gates_wait() {
            return "Ground rules come first; nothing is spent on points while one of them waits."
                .to_owned();
        }
        if plan.is_exact() {
            let gates = if plan.before.failed_gates > 0 {
                " once the ground rules are seen to"
            } else {
                ""
            };
            return format!("Exact: no other steps for this budget gain more{gates}.");
        }
        let mut reasons: Vec<_> = plan.limits.iter().map(|limit| self.limit(*limit)).collect();
        let more = reasons.len().saturating_sub(2);
        reasons.truncate(2);
        if more > 0 {
            reasons.push(format!("{more} more such places"));
        }
        format!(
            "Not exact: a better choice may exist. Steps are chosen one after the other, those first that gain most per day, because gains do not add up: {}.",
            reasons.join("; ")
        )
    }

    fn limit(&self, limit: Limit) -> String {
        let id = |at: QuestionIndex| &self.assessment.questionnaire.questions[at].id;
        match limit {
            Limit::Weakest(place) => format!("the weakest question decides {}", self.gate(place)),
            Limit::Decides(at) => format!("the answer to {} decides what else is asked", id(at)),
            Limit::Full(at) => format!("the options of {} add up to more than 100", id(at)),
            Limit::Entangled => "too many steps wait for one another".to_owned(),
        }
    }

    /// The id of a requirement.
    fn gate(&self, place: (usize, usize)) -> String {
        self.assessment.questionnaire.domains[place.0].requirements[place.1].id.to_string()
    }

    fn gates(&self) -> Vec<String> {
        let plan = self.plan;
        let left = |gate: &GateLeft| {
            let id = self.gate(gate.place);
            match gate.effort {
                Some(halves) => format!(
                    "Ground rule {id}: the budget ends here. Putting it right still takes {}.",
                    effort(halves)
                ),
                None => format!(
                    "Ground rule {id}: no step of ours puts it right. Do this first, whatever the plan says."
                ),
            }
        };
        plan.gates_left.iter().map(left).collect()
    }

    fn standings(&self) -> Vec<StandingWords> {
        let row = |when: String, halves: u32, standing: &Standing| StandingWords {
            when,
            effort: spent(halves),
            score: score(standing.score),
            score_bp: standing.score.map(Score::basis_points),
            verdict: standing.verdict.word().to_owned(),
        };
        let mut rows = vec![row("Now".to_owned(), 0, &self.plan.before)];
        let mut halves = 0;
        for phase in &self.plan.phases {
            halves += phase.steps.iter().map(|step| step.effort).sum::<u32>();
            rows.push(row(format!("Day {}", phase.until), halves, &phase.after));
        }
        rows
    }

    fn phases(&self) -> Vec<PhaseWords> {
        let mut rank = 0;
        let mut from = 0;
        let mut phases = Vec::new();
        for phase in &self.plan.phases {
            let title = match from {
                0 => format!("First {} days", phase.until),
                _ => format!("Days {} to {}", from + 1, phase.until),
            };
            from = phase.until;
            let halves: u32 = phase.steps.iter().map(|step| step.effort).sum();
            let work = (halves > 0).then(|| format!("{} of work", effort(halves)));
            let before = rank;
            let steps = phase.steps.iter().map(|step| {
                rank += 1;
                PlannedWords {
                    score: Some(score(step.score)),
                    gate: step.gate.map(|place| self.gate(place)),
                    ..self.step(rank, step.step, step.effort, step.gain)
                }
            });
            phases.push(PhaseWords { title, work, before, steps: steps.collect() });
        }
        phases
    }

    fn beyond(&self) -> Vec<PlannedWords> {
        let beyond = self.plan.beyond.iter().enumerate();
        beyond.map(|(at, each)| self.step(at + 1, each.step, each.effort, each.gain)).collect()
    }

    fn step(&self, rank: usize, at: NextStep, half_days: u32, gain: u64) -> PlannedWords {
        let action = step_of(self.assessment, at);
        let to = action.to.unwrap_or_default();
        let goal = &self.assessment.questionnaire.questions[at.question].steps[at.step].to;
        let is_level = matches!(goal, Value::Level(_));
        PlannedWords {
            rank,
            action: action.action.unwrap_or_default(),
            question: action.question,
            to: if is_level { format!("level {to}") } else { format!("“{to}”") },
            effort: effort(half_days),
            half_days,
            gain: points(gain),
            score: None,
            gate: None,
        }
    }

    fn notes(&self) -> Vec<String> {
        let plan = self.plan;
        let mut notes = vec![format!(
            "Effort is our estimate for an organisation of size {}, in person-days. Scores assume that each step is done in full.",
            shown(&plan.size)
        )];
        match plan.open {
            0 => {}
            1 => notes.push("One question is open. Its steps are planned as if nothing were done yet; answer it first.".to_owned()),
            count => notes.push(format!("{count} questions are open. Their steps are planned as if nothing were done yet; answer them first.")),
        }
        if !plan.unestimated.is_empty() {
            let questions = &self.assessment.questionnaire.questions;
            let mut ids: Vec<_> =
                plan.unestimated.iter().map(|step| questions[step.question].id.as_str()).collect();
            ids.dedup();
            notes.push(format!(
                "Left out, because nobody has estimated them for this size: {} of {}.",
                steps(plan.unestimated.len()),
                ids.join(", ")
            ));
        }
        if plan.after().verdict == Verdict::Held && plan.gates_left.is_empty() {
            notes.push("A ground rule that was not failed before is failed at the end; look at the questions that the steps open.".to_owned());
        }
        notes
    }
}

#[cfg(test)]
mod tests {
    use super::points;

    #[test]
    fn gains_read_as_points() {
        assert_eq!(
            [0, 400_000, 500_000, 125_000_000].map(points),
            ["0.00", "0.00", "0.01", "1.25"]
        );
    }
}
