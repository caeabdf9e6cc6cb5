//! Scores over time: the whole with its range, a domain in small, and one score before and after.

use super::{Chart, Role, Shape};
use crate::compare::{ChangeWords, PointWords, TrendRow};
use crate::render::pdf::block::Anchor;

/// Where the first assessment stands, and how far it is to the last. Unit: that of the chart.
const FROM: i64 = 70;
const ACROSS: i64 = 860;
/// Where a score of 100 stands, and how far it is to 0.
const TOP: i64 = 30;
const DOWN: i64 = 240;

/// A line with its ground: where the points stand, by low and high.
struct Line<'a> {
    points: &'a [(Option<u16>, Option<u16>)],
    left: i64,
    across: i64,
    top: i64,
    down: i64,
}

impl Line<'_> {
    fn x(&self, at: usize) -> i64 {
        let gaps = self.points.len().saturating_sub(1).max(1) as i64;
        self.left + self.across * at as i64 / gaps
    }

    fn y(&self, bp: u16) -> i64 {
        self.top + self.down - self.down * i64::from(bp) / 10_000
    }

    /// The range between each two assessments that follow one another, then the line of the score, then a mark
    /// for each.
    fn shapes(&self, mark: i64) -> Vec<Shape> {
        let mut shapes = Vec::new();
        let mut lines = Vec::new();
        for (at, pair) in self.points.windows(2).enumerate() {
            let [(Some(low), Some(high)), (Some(next_low), Some(next_high))] = *pair else {
                continue;
            };
            let (x, next) = (self.x(at), self.x(at + 1));
            if (low, next_low) != (high, next_high) {
                let corners = [(x, high), (next, next_high), (next, next_low), (x, low)];
                let corners = corners.map(|(x, bp)| (x, self.y(bp)));
                shapes.push(Shape::Polygon(Role::High, corners.to_vec()));
            }
            let ends = [(x, self.y(low)), (next, self.y(next_low))];
            lines.push(Shape::Line(Role::Low, ends));
        }
        shapes.extend(lines);
        for (at, (low, _)) in self.points.iter().enumerate() {
            if let Some(low) = low {
                let place = [self.x(at) - mark, self.y(*low) - mark, 2 * mark, 2 * mark];
                shapes.push(Shape::Rectangle(Role::Low, place, mark));
            }
        }
        shapes
    }
}

/// The overall score of all assessments, each at the same distance from the next, with its range.
pub fn trend(points: &[PointWords]) -> Chart {
    let bps: Vec<_> = points.iter().map(|point| (point.low_bp, point.high_bp)).collect();
    let line = Line { points: &bps, left: FROM, across: ACROSS, top: TOP, down: DOWN };
    let mut shapes = Vec::new();
    for score in [0, 25, 50, 75, 100] {
        let y = line.y(score * 100);
        shapes.push(Shape::Line(Role::Ring, [(FROM - 20, y), (FROM + ACROSS + 20, y)]));
        shapes.push(Shape::Label((FROM - 28, y + 6), Some(Anchor::End), score.to_string()));
    }
    shapes.extend(line.shapes(7));
    let labelled = labelled(points.len());
    for (at, point) in points.iter().enumerate() {
        let x = line.x(at);
        if let (Some(low), true) = (point.low_bp, labelled(at)) {
            let above =
                Shape::Label((x, line.y(low) - 14), Some(Anchor::Middle), point.headline.clone());
            shapes.push(above);
        }
        if labelled(at) {
            let date = Shape::Label((x, TOP + DOWN + 30), Some(Anchor::Middle), point.date.clone());
            shapes.push(date);
        }
    }
    let each = points.iter().map(|point| format!("{}: {}", point.date, point.range));
    let says = format!(
        "The overall score over time, 0 to 100, with what open answers could add. {}",
        each.collect::<Vec<_>>().join("; ")
    );
    Chart { name: "trend", size: (1000, 316), says, shapes }
}

/// The most dates that stand beside each other without touching.
const MOST_LABELS: usize = 8;

/// Which of so many assessments carry words: all, or the last and those at even distances before it.
fn labelled(count: usize) -> impl Fn(usize) -> bool {
    let every = count.div_ceil(MOST_LABELS).max(1);
    move |at| (count - 1 - at).is_multiple_of(every)
}

/// A domain over the same dates, in small; the table beside it has the numbers.
pub fn row(row: &TrendRow, dates: &[&str]) -> Chart {
    let line = Line { points: &row.points, left: 8, across: 184, top: 6, down: 36 };
    let mut shapes = vec![
        Shape::Line(Role::Ring, [(0, 6), (200, 6)]),
        Shape::Line(Role::Ring, [(0, 42), (200, 42)]),
    ];
    shapes.extend(line.shapes(4));
    let each = dates.iter().zip(&row.scores).map(|(date, score)| format!("{date}: {score}"));
    let says = format!("{} over time. {}", row.id, each.collect::<Vec<_>>().join("; "));
    Chart { name: "spark", size: (200, 48), says, shapes }
}

/// One score on a track: a bar to what it is, a pointer to what it was.
pub fn moved(score: &ChangeWords) -> Chart {
    let scaled = |bp: u16| i64::from(bp) * 400 / 10_000;
    let mut shapes = vec![Shape::Rectangle(Role::Track, [0, 12, 400, 14], 3)];
    let after = score.after_bp.map(scaled);
    shapes.extend(after.map(|width| Shape::Rectangle(Role::Low, [0, 12, width, 14], 3)));
    let before = score.before_bp.map(scaled);
    shapes.extend(before.map(|x| Shape::Pointer(Role::Evidenced, (x, 12))));
    let says = format!("A bar to {}, and a mark at {} before", score.after, score.before);
    Chart { name: "moved", size: (400, 28), says, shapes }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_stand_on_their_height() {
        let points = [(Some(0), Some(5000)), (Some(10_000), Some(10_000))];
        let line = Line { points: &points, left: 0, across: 100, top: 10, down: 200 };
        assert_eq!((line.y(0), line.y(5000), line.y(10_000)), (210, 110, 10));
        let shapes = line.shapes(2);
        let range = Shape::Polygon(Role::High, vec![(0, 110), (100, 10), (100, 10), (0, 210)]);
        assert_eq!(shapes[0], range);
        assert_eq!(shapes[1], Shape::Line(Role::Low, [(0, 210), (100, 10)]));
        assert_eq!(shapes.len(), 4);
    }

    #[test]
    fn the_line_breaks_where_nothing_applies() {
        let points = [(Some(1), Some(1)), (None, None), (Some(1), Some(1))];
        let line = Line { points: &points, left: 0, across: 100, top: 0, down: 100 };
        assert!(line.shapes(1).iter().all(|shape| matches!(shape, Shape::Rectangle(..))));
    }

    #[test]
    fn many_dates_leave_words_out_and_the_last_keeps_them() {
        let shown = labelled(20);
        assert!(shown(19) && !shown(18));
        assert!((0..8).all(labelled(8)));
    }
}
