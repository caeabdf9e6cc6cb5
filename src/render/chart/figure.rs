//! A chart as a figure of a PDF: no transparency, so areas lie hindmost and lines over them; what is
//! wanted is told apart by its form too.

use super::{Chart, Role, Shape};
use crate::render::pdf::block::{self, Anchor, Colour, Figure, Length, Paint, Text, Tone};
use crate::render::pdf::palette;

/// How high letters are where the figure is as wide as it may be.
const LETTERS: Length = 8500;
/// What the letters of a gauge are high in its own unit where it fills a page.
const GAUGE_LETTERS: i64 = 17;
/// The dashes of a line, and what lies between them. Unit: that of the chart.
const DASH: (i64, i64) = (9, 6);
/// What open answers could add, where lines lie over it.
const HIGH_AREA: Colour = palette::on_white(palette::HIGH, 75);
/// The score, where lines lie over it.
const LOW_AREA: Colour = palette::on_white(palette::LOW, 55);

/// A chart as a figure that is at most so wide.
pub fn figure(chart: &Chart, widest: Length, caption: Option<Text>) -> Figure {
    let letters = LETTERS * chart.size.0 / widest;
    // A gauge is as high as its letters want, however narrow it is.
    let (tall, of) = if chart.name == "gauge" { (letters, GAUGE_LETTERS) } else { (1, 1) };
    let high = |y: i64| y * tall / of;
    let at = |(x, y): (i64, i64)| (x, high(y));
    let mut layers = [vec![], vec![], vec![]];
    let [areas, lines, labels] = &mut layers;
    for shape in &chart.shapes {
        match shape {
            Shape::Polygon(role, points) => polygon(*role, points, areas, lines),
            Shape::Rectangle(_, [_, _, 0, _], _) => {}
            Shape::Rectangle(role, place, _) => {
                let [left, top, width, height] = *place;
                let place = [left, high(top), width, high(height)];
                areas.push(block::Shape::Rectangle(place, ground(*role)));
            }
            Shape::Line(role, ends) => lines.push(block::Shape::Line(ends.map(at), line(*role))),
            Shape::Pointer(_, (x, y)) => {
                let (half, top) = (high(7), high(y - 11));
                let points = vec![(*x, high(*y)), (x - half, top), (x + half, top)];
                lines.push(block::Shape::Polygon(points, filled(palette::EVIDENCED)));
            }
            Shape::Label(place, anchor, text) => labels.push(block::Shape::Label {
                at: at(*place),
                anchor: anchor.unwrap_or(Anchor::Start),
                size: letters,
                text: text.clone(),
                tone: Tone::Ink,
            }),
        }
    }
    let mut shapes: Vec<_> = layers.into_iter().flatten().collect();
    let (top, bottom) = match chart.name {
        "radar" => trim(&mut shapes).unwrap_or((0, chart.size.1)),
        _ => (0, high(chart.size.1)),
    };
    let size = (chart.size.0, bottom - top);
    Figure { alt: chart.says.clone(), size, widest, shapes, caption }
}

/// Takes what is free above and below the labels of a chart that stand around it; top and bottom, where it
/// has such.
fn trim(shapes: &mut [block::Shape]) -> Option<(i64, i64)> {
    let labels = shapes.iter().filter_map(|shape| match shape {
        block::Shape::Label { at, size, .. } => Some((at.1 - size, at.1 + size / 3)),
        _ => None,
    });
    let (top, bottom) = labels.reduce(|all, one| (all.0.min(one.0), all.1.max(one.1)))?;
    for shape in shapes {
        match shape {
            block::Shape::Polygon(points, _) => points.iter_mut().for_each(|at| at.1 -= top),
            block::Shape::Rectangle(place, _) => place[1] -= top,
            block::Shape::Line(ends, _) => ends.iter_mut().for_each(|at| at.1 -= top),
            block::Shape::Label { at, .. } => at.1 -= top,
        }
    }
    Some((top, bottom))
}

/// An area with its outline, a ring, or the dashes of what is wanted.
fn polygon(
    role: Role,
    points: &[(i64, i64)],
    areas: &mut Vec<block::Shape>,
    lines: &mut Vec<block::Shape>,
) {
    let closed = |paint| block::Shape::Polygon(points.to_vec(), paint);
    match role {
        Role::High => areas.push(closed(filled(HIGH_AREA))),
        Role::Low => {
            areas.push(closed(filled(LOW_AREA)));
            lines.push(closed(line(role)));
        }
        Role::Target => {
            let next = points.iter().cycle().skip(1);
            let edges = points.iter().zip(next).flat_map(|(from, to)| dashes([*from, *to]));
            lines.extend(edges.map(|ends| block::Shape::Line(ends, line(role))));
        }
        _ => lines.push(closed(line(role))),
    }
}

/// A line in dashes.
fn dashes([from, to]: [(i64, i64); 2]) -> Vec<[(i64, i64); 2]> {
    let (across, down) = (to.0 - from.0, to.1 - from.1);
    let length = (across * across + down * down).isqrt();
    let at = |far: i64| {
        let far = far.min(length);
        (from.0 + across * far / length, from.1 + down * far / length)
    };
    let starts = (0..length).step_by((DASH.0 + DASH.1) as usize);
    starts.map(|start| [at(start), at(start + DASH.0)]).collect()
}

/// How a part of a bar is painted.
fn ground(role: Role) -> Paint {
    match role {
        Role::High => filled(palette::HIGH),
        Role::Low => filled(palette::LOW),
        _ => Paint { fill: Some(palette::TINT), stroke: Some((palette::LINE, 1)) },
    }
}

/// How a line is painted.
fn line(role: Role) -> Paint {
    let stroke = match role {
        Role::Tick => (palette::SOFT, 2),
        Role::Low => (palette::LOW, 3),
        Role::Target | Role::Median => (palette::TARGET, 4),
        Role::Quartile => (palette::TARGET, 2),
        _ => (palette::LINE, 1),
    };
    Paint { fill: None, stroke: Some(stroke) }
}

fn filled(colour: Colour) -> Paint {
    Paint { fill: Some(colour), stroke: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_stay_on_their_line() {
        assert_eq!(dashes([(0, 0), (0, 20)]), [[(0, 0), (0, 9)], [(0, 15), (0, 20)]]);
        assert_eq!(dashes([(3, 3), (3, 3)]), [] as [[(i64, i64); 2]; 0]);
    }

    #[test]
    fn areas_lie_hindmost() {
        let ring = vec![(0, 0), (10, 0), (0, 10)];
        let shapes = [Role::Ring, Role::High, Role::Target, Role::Low]
            .map(|role| Shape::Polygon(role, ring.clone()));
        let chart =
            Chart { name: "radar", size: (10, 10), says: String::new(), shapes: shapes.into() };
        let figure = figure(&chart, block::POINT, None);
        let is_area = |shape: &block::Shape| matches!(shape, block::Shape::Polygon(_, paint) if paint.fill.is_some());
        assert_eq!(figure.shapes.iter().take_while(|shape| is_area(shape)).count(), 2);
        assert_eq!(figure.shapes.iter().filter(|shape| is_area(shape)).count(), 2);
    }
}
