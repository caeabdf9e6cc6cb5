//! Charts in whole numbers, so that every machine draws the same: what is where, and what it means.
//! How it looks is for [`svg`] and [`figure`], which draw the same shapes.

pub mod figure;
pub mod spread;
pub mod svg;
pub mod trend;

use super::pdf::block::Anchor;
use crate::report::{DomainWords, FigureWords, Pair, Report, StandingWords};
use minijinja::context;
use minijinja::value::Value;

/// A chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// Which of the charts it is, for a style sheet.
    pub name: &'static str,
    /// Width and height, in the unit of all places in it.
    pub size: (i64, i64),
    /// What it shows, in words.
    pub says: String,
    /// What it is made of; `y` goes down.
    pub shapes: Vec<Shape>,
}

/// A part of a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A closed line through points.
    Polygon(Role, Vec<(i64, i64)>),
    /// A rectangle: left, top, width, height; and how round its corners are.
    Rectangle(Role, [i64; 4], i64),
    /// A line from one point to another.
    Line(Role, [(i64, i64); 2]),
    /// A triangle whose lower tip is at a point.
    Pointer(Role, (i64, i64)),
    /// A text at a point; its anchor is its beginning where none is given.
    Label((i64, i64), Option<Anchor>, String),
}

/// What a part of a chart stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A line to read scores by.
    Ring,
    /// The ground of a bar.
    Track,
    /// Where a band of the scale begins.
    Tick,
    /// What open answers could add.
    High,
    /// The score.
    Low,
    /// What is wanted.
    Target,
    /// The evidenced score.
    Evidenced,
    /// What half of many have at most.
    Median,
    /// What a quarter, or three quarters, of many have at most.
    Quartile,
}

/// Sines of 0, 3, 6 … 90 degrees. Unit: millionths.
const SINES: [i64; 31] = [
    0, 52_336, 104_528, 156_434, 207_912, 258_819, 309_017, 358_368, 406_737, 453_990, 500_000,
    544_639, 587_785, 629_320, 669_131, 707_107, 743_145, 777_146, 809_017, 838_671, 866_025,
    891_007, 913_545, 933_580, 951_057, 965_926, 978_148, 987_688, 994_522, 998_630, 1_000_000,
];

/// The sine of an angle, between the entries of the table on a straight line.
///
/// - Unit: the angle in thousandths of a degree, the sine in millionths.
fn sine(angle: i64) -> i64 {
    let angle = angle.rem_euclid(360_000);
    let (folded, sign) = match angle {
        0..=90_000 => (angle, 1),
        90_001..=180_000 => (180_000 - angle, 1),
        180_001..=270_000 => (angle - 180_000, -1),
        _ => (360_000 - angle, -1),
    };
    let (at, rest) = ((folded / 3000) as usize, folded % 3000);
    let next = SINES[(at + 1).min(30)];
    sign * (SINES[at] + (next - SINES[at]) * rest / 3000)
}

/// The charts of a report as templates name them: `gauge`, `radar` (none of too few domains or too many),
/// `bars`, one a domain, and `plan`, one a standing.
pub(super) fn of_report(report: &Report) -> Value {
    let svg = |chart: Chart| Value::from_safe_string(svg::svg(&chart));
    let bars = report.domains.iter().map(|domain| svg(bar(&domain.figures)));
    let standings = report.plan.iter().flat_map(|plan| &plan.standings);
    let standings = standings.map(|row| svg(standing(row)));
    context! {
        gauge => svg(gauge(&report.overall, &report.scale)),
        radar => radar(&report.domains).map(svg),
        bars => bars.collect::<Vec<_>>(),
        plan => standings.collect::<Vec<_>>(),
    }
}

/// The middle of the radar.
const CENTRE: (i64, i64) = (340, 250);
/// The length of an axis of it.
const RADIUS: i64 = 190;

/// A point on an axis of the radar, the first axis pointing up.
fn point(axis: usize, of: usize, radius: i64) -> (i64, i64) {
    let angle = 360_000 * axis as i64 / of as i64;
    let (x, y) = (radius * sine(angle), radius * sine(angle + 90_000));
    let round = |value: i64| (2 * value + 1_000_000).div_euclid(2_000_000);
    (CENTRE.0 + round(x), CENTRE.1 - round(y))
}

/// The most axes of it; the names of more would stand on one another.
const MOST_AXES: usize = 24;

/// All domains at a glance: score, best case and target on an axis each. `None` below three domains
/// that apply, and where they are too many.
pub fn radar(domains: &[DomainWords]) -> Option<Chart> {
    let shown: Vec<_> = domains.iter().filter(|domain| domain.figures.low_bp.is_some()).collect();
    let of = shown.len();
    if !(3..=MOST_AXES).contains(&of) {
        return None;
    }
    let polygon = |role, radius: &dyn Fn(usize) -> i64| {
        Shape::Polygon(role, (0..of).map(|axis| point(axis, of, radius(axis))).collect())
    };
    let scores = |role, score: fn(&FigureWords) -> Option<u16>| {
        let score = |axis: usize| score(&shown[axis].figures).unwrap_or(0);
        polygon(role, &|axis| i64::from(score(axis)) * RADIUS / 10_000)
    };
    let mut shapes: Vec<_> =
        (1..=4).map(|ring| polygon(Role::Ring, &|_| RADIUS * ring / 4)).collect();
    for (axis, domain) in shown.iter().enumerate() {
        shapes.push(Shape::Line(Role::Ring, [CENTRE, point(axis, of, RADIUS)]));
        shapes.push(axis_label(point(axis, of, RADIUS + 16), &domain.id));
    }
    shapes.push(scores(Role::High, |figures| figures.high_bp));
    if shown.iter().all(|domain| domain.figures.target_bp.is_some()) {
        shapes.push(scores(Role::Target, |figures| figures.target_bp));
    }
    shapes.push(scores(Role::Low, |figures| figures.low_bp));
    let says = format!("Score of each domain. {}", describe(&shown));
    Some(Chart { name: "radar", size: (680, 500), says, shapes })
}

/// The name of an axis, beyond its end.
fn axis_label((x, y): (i64, i64), id: &str) -> Shape {
    let anchor = match x - CENTRE.0 {
        -20..=20 => Anchor::Middle,
        21.. => Anchor::Start,
        _ => Anchor::End,
    };
    Shape::Label((x, y + 5), Some(anchor), id.to_owned())
}

fn describe(domains: &[&DomainWords]) -> String {
    let one = |domain: &&DomainWords| match &domain.figures.target {
        Some(target) => {
            format!("{} {}: {}, target {target}", domain.id, domain.title, domain.figures.range)
        }
        None => format!("{} {}: {}", domain.id, domain.title, domain.figures.range),
    };
    domains.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// One domain as a bar: score, best case and target.
pub fn bar(figures: &FigureWords) -> Chart {
    let target = figures
        .target
        .as_ref()
        .map_or(String::new(), |target| format!(" and a target of {target}"));
    let mut shapes = vec![Shape::Rectangle(Role::Track, [0, 3, 400, 14], 3)];
    shapes.extend(spans(figures, 400, (3, 14)));
    let says = match figures.low_bp {
        Some(_) => format!("A bar that shows a score of {}{target}", figures.range),
        None => "No score: nothing is asked here".to_owned(),
    };
    Chart { name: "bar", size: (400, 20), says, shapes }
}

/// The score on a day of a plan.
fn standing(row: &StandingWords) -> Chart {
    let length = 400 * i64::from(row.score_bp.unwrap_or(0)) / 10_000;
    let shapes = vec![
        Shape::Rectangle(Role::Track, [0, 3, 400, 14], 3),
        Shape::Rectangle(Role::Low, [0, 3, length, 14], 3),
    ];
    let says = format!("A bar that shows a score of {}", row.score);
    Chart { name: "bar", size: (400, 20), says, shapes }
}

/// The overall figures on the scale with its named bands.
pub fn gauge(figures: &FigureWords, scale: &[Pair]) -> Chart {
    let evidenced = match figures.evidenced_bp {
        Some(_) => format!(", evidenced {}", figures.evidenced),
        None => String::new(),
    };
    let says = format!(
        "The overall score on a scale from 0 to 100. Range {}{evidenced}, level {}",
        figures.range, figures.level
    );
    let mut shapes = vec![Shape::Rectangle(Role::Track, [0, 14, 1000, 24], 4)];
    shapes.extend(spans(figures, 1000, (14, 24)));
    let evidenced = figures.evidenced_bp.map(|evidenced| i64::from(evidenced) / 10);
    shapes.extend(evidenced.map(|x| Shape::Pointer(Role::Evidenced, (x, 12))));
    for band in scale {
        let from: i64 =
            band.value.split('.').next().and_then(|whole| whole.parse().ok()).unwrap_or(0);
        let x = from * 10;
        shapes.push(Shape::Line(Role::Tick, [(x, 40), (x, 48)]));
        shapes.push(Shape::Label((x + 4, 66), None, band.name.clone()));
    }
    Chart { name: "gauge", size: (1000, 76), says, shapes }
}

/// Best case, score and target over a track of this width, from `y.0` with height `y.1`.
fn spans(figures: &FigureWords, width: i64, y: (i64, i64)) -> Vec<Shape> {
    let scaled = |bp: u16| i64::from(bp) * width / 10_000;
    let (top, height) = y;
    let from_zero =
        |role, bp: Option<u16>| Some(Shape::Rectangle(role, [0, top, scaled(bp?), height], 3));
    let target = |bp: u16| {
        let x = scaled(bp);
        Shape::Line(Role::Target, [(x, top - 3), (x, top + height + 3)])
    };
    let spans = [
        from_zero(Role::High, figures.high_bp),
        from_zero(Role::Low, figures.low_bp),
        figures.target_bp.map(target),
    ];
    spans.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sines_meet_their_corners() {
        let corners = [0, 30_000, 90_000, 150_000, 180_000, 270_000, 330_000, -90_000];
        let sines = [0, 500_000, 1_000_000, 500_000, 0, -1_000_000, -500_000, -1_000_000];
        assert_eq!(corners.map(sine), sines);
    }

    #[test]
    fn the_first_axis_points_up() {
        assert_eq!(point(0, 12, RADIUS), (CENTRE.0, CENTRE.1 - RADIUS));
        assert_eq!(point(3, 12, RADIUS), (CENTRE.0 + RADIUS, CENTRE.1));
    }
}
