//! How scores are spread: a histogram of many, and the middle half of a group on a line.

use super::{Chart, Role, Shape};
use crate::portfolio::report::BinWords;
use crate::render::pdf::block::Anchor;

/// Width of the histogram, and where its bars stand: the line that they rise from, and the most they rise.
const WIDTH: i64 = 1000;
const BASE: i64 = 250;
const RISE: i64 = 190;

/// How many clients have scores from where to where, with lines at the quartiles. A bar is as high as it has
/// clients for each ten points, so that wider ranges look no fuller than they are. `None` where there is
/// nothing to show.
pub fn histogram(bins: &[BinWords], quartiles: Option<[u16; 3]>) -> Option<Chart> {
    let density = |bin: &BinWords| bin.clients * 1000 / u64::from(bin.to - bin.from).max(1);
    let most = bins.iter().map(density).max().filter(|most| *most > 0)?;
    let mut shapes = vec![Shape::Rectangle(Role::Track, [0, BASE, WIDTH, 2], 0)];
    for bin in bins {
        let (left, right) = (i64::from(bin.from) * 10, i64::from(bin.to) * 10);
        let high = (density(bin) as i64 * RISE) / most as i64;
        shapes.push(Shape::Rectangle(
            Role::Low,
            [left + 3, BASE - high, right - left - 6, high],
            3,
        ));
        let middle = (left + right) / 2;
        let count = (bin.clients > 0).then(|| bin.clients.to_string());
        shapes.extend(count.map(|count| label((middle, BASE - high - 8), Anchor::Middle, count)));
    }
    let edges = bins.iter().map(|bin| bin.from).chain([100]);
    shapes.extend(edges.map(|edge| {
        let anchor = match edge {
            0 => Anchor::Start,
            100 => Anchor::End,
            _ => Anchor::Middle,
        };
        label((i64::from(edge) * 10, BASE + 24), anchor, edge.to_string())
    }));
    shapes.extend(quartiles.into_iter().flat_map(marks));
    let says = bins.iter().map(|bin| format!("{} have a score of {}", bin.clients, bin.label));
    let says = format!(
        "The bars show how the scores are spread: {}.",
        says.collect::<Vec<_>>().join(", ")
    );
    Some(Chart { name: "histogram", size: (WIDTH, BASE + 34), says, shapes })
}

fn label(at: (i64, i64), anchor: Anchor, text: String) -> Shape {
    Shape::Label(at, Some(anchor), text)
}

/// The lines at the quartiles; the median is named.
fn marks([lower, median, upper]: [u16; 3]) -> Vec<Shape> {
    let line = |role, score: u16, top: i64| {
        let x = i64::from(score) / 10;
        Shape::Line(role, [(x, top), (x, BASE)])
    };
    let x = i64::from(median) / 10;
    let (at, anchor) = if x > WIDTH / 2 { (x - 8, Anchor::End) } else { (x + 8, Anchor::Start) };
    vec![
        line(Role::Quartile, lower, 26),
        line(Role::Quartile, upper, 26),
        line(Role::Median, median, 4),
        label((at, 18), anchor, "median".to_owned()),
    ]
}

/// The middle half of a group and its median on a line from 0 to 100. The words are those of the quartiles.
pub fn spread(quartiles: Option<[u16; 3]>, words: &[String; 3]) -> Chart {
    let scaled = |score: u16| i64::from(score) * 400 / 10_000;
    let mut shapes = vec![Shape::Rectangle(Role::Track, [0, 3, 400, 14], 3)];
    let says = match quartiles {
        Some([lower, median, upper]) => {
            let (left, right) = (scaled(lower), scaled(upper));
            let width = (right - left).max(2);
            shapes.push(Shape::Rectangle(Role::High, [left, 3, width, 14], 0));
            let x = scaled(median);
            shapes.push(Shape::Line(Role::Median, [(x, 0), (x, 20)]));
            let [lower, median, upper] = words;
            format!("The middle half lies from {lower} to {upper}, the median at {median}")
        }
        None => "No scores to show".to_owned(),
    };
    Chart { name: "spread", size: (400, 20), says, shapes }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bin(from: u16, to: u16, clients: u64) -> BinWords {
        BinWords { label: format!("{from} to {to}"), from, to, clients, share: String::new() }
    }

    fn heights(bins: &[BinWords]) -> Vec<i64> {
        let chart = histogram(bins, None).expect("has clients");
        let bars = chart.shapes.iter().filter_map(|shape| match shape {
            Shape::Rectangle(Role::Low, [.., height], _) => Some(*height),
            _ => None,
        });
        bars.collect()
    }

    #[test]
    fn a_wide_range_is_as_high_as_its_parts() {
        assert_eq!(heights(&[bin(0, 10, 4), bin(10, 20, 2)]), [RISE, RISE / 2]);
        assert_eq!(heights(&[bin(0, 20, 8), bin(20, 30, 2)]), [RISE, RISE / 2]);
        assert_eq!(histogram(&[bin(0, 100, 0)], None), None);
    }
}
