//! A comparison in words and order, for renderers.

mod phrase;

use super::data::{
    ChangeOf, ChangesOf, Comparison, DomainChange, Parts, PointOf, QuestionChange,
    RequirementChange, StepOf,
};
use crate::model::Score;
use crate::source::one_line;
use serde::Serialize;
use std::cmp::Reverse;

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

/// Puts a comparison into words.
pub fn words(comparison: &Comparison) -> ComparisonWords {
    let points = &comparison.points;
    let (first, last) = (points.first(), points.last());
    let date = |point: Option<&PointOf>| point.map(|each| each.date.clone()).unwrap_or_default();
    ComparisonWords {
        name: last.map(|each| one_line(&each.of.name)).unwrap_or_default(),
        title: comparison.questionnaire.title.clone(),
        version: comparison.questionnaire.version.clone(),
        from: date(first),
        to: date(last),
        language: comparison.language.clone(),
        engine: comparison.engine.clone(),
        notes: comparison.notes.clone(),
        points: (0..points.len()).map(|at| point(comparison, at)).collect(),
        trend: if points.len() > 2 { trend(points) } else { Vec::new() },
        steps: points.windows(2).zip(&comparison.steps).map(|(pair, of)| step(pair, of)).collect(),
        has_target: comparison.target.is_some(),
        has_range: points.iter().any(|each| each.overall.low != each.overall.high),
        has_editions: points.iter().any(|each| each.version != comparison.questionnaire.version),
    }
}

fn point(comparison: &Comparison, at: usize) -> PointWords {
    let point = &comparison.points[at];
    let figures = &point.overall;
    let before = at.checked_sub(1).and_then(|before| comparison.steps.get(before));
    PointWords {
        date: point.date.clone(),
        file: point.file.clone(),
        version: point.version.clone(),
        verdict: point.verdict.clone(),
        headline: figures.low.map_or(phrase::NOTHING.to_owned(), Score::short),
        score: phrase::score(figures.low),
        range: phrase::range(figures.low, figures.high),
        evidenced: phrase::evidenced(figures.evidenced, point.evidenced),
        coverage: phrase::percent(figures.coverage),
        level: figures.level.clone().unwrap_or_else(|| phrase::NOTHING.to_owned()),
        change: before.map_or(String::new(), |step| phrase::change(step.overall.score.change)),
        low_bp: figures.low.map(Score::basis_points),
        high_bp: figures.high.map(Score::basis_points),
    }
}

/// The domains of the latest assessment over all dates, then those that it no longer has.
fn trend(points: &[PointOf]) -> Vec<TrendRow> {
    let mut rows: Vec<(&str, &str)> = Vec::new();
    for domain in points.iter().rev().flat_map(|point| &point.domains) {
        if rows.iter().all(|(id, _)| *id != domain.id) {
            rows.push((&domain.id, &domain.title));
        }
    }
    let row = |(id, title): (&str, &str)| {
        let at = |point: &PointOf| {
            let domain = point.domains.iter().find(|domain| domain.id == id);
            domain.map_or((None, None), |domain| (domain.figures.low, domain.figures.high))
        };
        let scores: Vec<_> = points.iter().map(at).collect();
        let bp = |score: Option<Score>| score.map(Score::basis_points);
        let ends =
            scores.first().and_then(|each| each.0).zip(scores.last().and_then(|each| each.0));
        TrendRow {
            id: id.to_owned(),
            title: title.to_owned(),
            scores: scores.iter().map(|(low, _)| phrase::score(*low)).collect(),
            change: phrase::change(ends.map(|(from, to)| phrase::difference(from, to))),
            points: scores.iter().map(|(low, high)| (bp(*low), bp(*high))).collect(),
        }
    };
    rows.into_iter().map(row).collect()
}

/// One of the parts of a change: its name, and how to have it.
type Cause = (&'static str, fn(&Parts) -> i32);

/// All of them, in the order in which they are taken.
const CAUSES: [Cause; 4] = [
    ("edition", |parts| parts.edition),
    ("profile", |parts| parts.profile),
    ("answers", |parts| parts.answers),
    ("evidence", |parts| parts.evidence),
];

/// Those of which some change has a part; answers always.
fn causes<'a>(changes: impl Iterator<Item = &'a ChangeOf> + Clone) -> Vec<Cause> {
    let has_part = |(name, part): &Cause| {
        *name == "answers"
            || changes.clone().filter_map(|change| change.parts).any(|parts| part(&parts) != 0)
    };
    CAUSES.into_iter().filter(has_part).collect()
}

fn step(points: &[PointOf], of: &StepOf) -> StepWords {
    let overall = &of.overall;
    let figures = [&overall.score, &overall.high, &overall.evidenced, &overall.coverage];
    let causes_of = causes(figures.into_iter());
    let domain_causes = causes(of.domains.iter().map(|domain| &domain.changes.score));
    let names = |causes: &[Cause]| causes.iter().map(|(name, _)| *name).collect();
    let headline = |score: Option<Score>| score.map_or(phrase::NOTHING.to_owned(), Score::short);
    StepWords {
        from: points[0].date.clone(),
        to: points[1].date.clone(),
        verdict: phrase::from_to(&of.verdict[0], &of.verdict[1]),
        sentence: phrase::sentence(overall, &CAUSES),
        headline: [headline(overall.score.before), headline(overall.score.after)],
        figures: figure_rows(points, overall, &causes_of),
        causes: names(&causes_of),
        domains: of.domains.iter().map(|each| domain(each, &domain_causes)).collect(),
        domain_causes: names(&domain_causes),
        moved: moved(of),
        profile: of.profile.iter().map(phrase::fact).collect(),
        gates: of.gates.iter().map(gate).collect(),
        closed: of
            .closed
            .iter()
            .map(|each| finding(&each.finding, phrase::closed(&each.how)))
            .collect(),
        opened: of.opened.iter().map(|each| finding(each, "")).collect(),
        remaining: of.remaining,
        questions: of.questions.iter().map(question).collect(),
    }
}

/// The overall figures, a row each.
fn figure_rows(points: &[PointOf], of: &ChangesOf, causes: &[Cause]) -> Vec<ChangeWords> {
    let named = |name: &str, change: &ChangeOf| change_words(name, change, causes);
    let mut evidenced = named("Evidenced score", &of.evidenced);
    for (shown, point) in [(&mut evidenced.before, &points[0]), (&mut evidenced.after, &points[1])]
    {
        *shown = phrase::evidenced(point.overall.evidenced, point.evidenced);
    }
    vec![
        named("Score", &of.score),
        named("Best case", &of.high),
        evidenced,
        named("Coverage", &of.coverage),
    ]
}

fn change_words(name: &str, change: &ChangeOf, causes: &[Cause]) -> ChangeWords {
    let part = |(_, part): &Cause| {
        change.parts.map_or(phrase::NOTHING.to_owned(), |parts| phrase::signed(part(&parts)))
    };
    ChangeWords {
        name: name.to_owned(),
        before: phrase::or_not_applicable(change.before),
        after: phrase::or_not_applicable(change.after),
        change: phrase::change(change.change),
        direction: phrase::direction(change.change),
        parts: causes.iter().map(part).collect(),
        before_bp: change.before.map(Score::basis_points),
        after_bp: change.after.map(Score::basis_points),
    }
}

fn domain(of: &DomainChange, causes: &[Cause]) -> DomainRow {
    let score = change_words("Score", &of.changes.score, causes);
    DomainRow { id: of.id.clone(), title: of.title.clone(), score }
}

/// The requirements whose score moved or came to be; gates have a list of their own.
fn moved(step: &StepOf) -> Vec<MovedWords> {
    let is_gate =
        |each: &RequirementChange| step.gates.iter().any(|gate| gate.requirement == each.id);
    let has_moved = |each: &&RequirementChange| {
        let score = &each.changes.score;
        score.before != score.after && !is_gate(each)
    };
    let all = step.domains.iter().flat_map(|domain| &domain.requirements);
    let mut moved: Vec<_> = all.filter(has_moved).collect();
    // Stable, so that the order of the questionnaire breaks ties; what is no change of number comes last.
    moved.sort_by_key(|each| Reverse(each.changes.score.change.map(i32::abs)));
    moved.into_iter().map(|each| moved_words(step, each)).collect()
}

fn moved_words(step: &StepOf, of: &RequirementChange) -> MovedWords {
    let questions = step.questions.iter().filter(|each| of.moved_by.contains(&each.id));
    MovedWords {
        id: of.id.clone(),
        statement: of.statement.clone(),
        score: change_words("Score", &of.changes.score, &[]),
        by: phrase::parts(of.changes.score.parts.as_ref(), &CAUSES),
        because: questions.map(|each| phrase::because(&question(each))).collect(),
    }
}

fn gate(of: &super::data::GateChange) -> GateWords {
    GateWords {
        id: of.requirement.clone(),
        statement: of.statement.clone(),
        before: phrase::gate(of.before.as_deref()),
        after: phrase::gate(of.after.as_deref()),
    }
}

fn finding(of: &super::data::FindingRef, how: &'static str) -> FindingLine {
    FindingLine {
        id: of.requirement.clone(),
        statement: of.statement.clone(),
        severity: of.severity.clone(),
        how,
    }
}

fn question(of: &QuestionChange) -> QuestionWords {
    let text = |said: &Option<super::data::Said>| said.as_ref().and_then(|each| each.text.clone());
    QuestionWords {
        id: of.id.clone(),
        ask: of.ask.clone(),
        what: phrase::what(&of.change),
        cause: phrase::cause(of),
        before: phrase::said(of.before.as_ref()),
        before_text: text(&of.before),
        after: phrase::said(of.after.as_ref()),
        after_text: text(&of.after),
    }
}
