//! A comparison in words and order, for renderers.

mod phrase;
mod shape;

pub use shape::{
    ChangeWords, ComparisonWords, DomainRow, FindingLine, GateWords, MovedWords, PointWords,
    QuestionWords, StepWords, TrendRow,
};

use super::data::{
    ChangeOf, ChangesOf, Comparison, DomainChange, Parts, PointOf, QuestionChange,
    RequirementChange, StepOf,
};
use crate::model::Score;
use crate::source::one_line;
use std::cmp::Reverse;

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
