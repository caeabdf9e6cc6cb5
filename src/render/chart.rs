//! Charts as SVG, in whole numbers so that every machine draws the same.
//!
//! Colours come from the page's style sheet by class; every chart has a title and a description.

use crate::report::{DomainWords, FigureWords, Pair, Report};
use minijinja::context;
use minijinja::value::Value;
use std::fmt::Write as _;

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

/// The charts of a report as templates name them: `gauge`, `radar` (none below three domains) and
/// `bars`, one a domain.
pub(super) fn of_report(report: &Report) -> Value {
    let svg = Value::from_safe_string;
    let bars = report.domains.iter().map(|domain| svg(bar(&domain.figures)));
    context! {
        gauge => svg(gauge(&report.overall, &report.scale)),
        radar => radar(&report.domains).map(svg),
        bars => bars.collect::<Vec<_>>(),
    }
}

/// The middle of the radar, in the units of its view box.
const CENTRE: (i64, i64) = (340, 250);
/// The length of an axis, in the same units.
const RADIUS: i64 = 190;

/// A point on an axis of the radar, the first axis pointing up.
fn point(axis: usize, of: usize, radius: i64) -> (i64, i64) {
    let angle = 360_000 * axis as i64 / of as i64;
    let (x, y) = (radius * sine(angle), radius * sine(angle + 90_000));
    let round = |value: i64| (2 * value + 1_000_000).div_euclid(2_000_000);
    (CENTRE.0 + round(x), CENTRE.1 - round(y))
}

fn polygon(class: &str, radii: impl Iterator<Item = i64>, of: usize, out: &mut String) {
    let points: Vec<_> = radii
        .enumerate()
        .map(|(axis, radius)| point(axis, of, radius))
        .map(|(x, y)| format!("{x},{y}"))
        .collect();
    let _ = write!(out, r#"<polygon class="{class}" points="{}"/>"#, points.join(" "));
}

/// All domains at a glance: score, best case and target on an axis each. `None` below three domains
/// that apply.
pub fn radar(domains: &[DomainWords]) -> Option<String> {
    let shown: Vec<_> = domains.iter().filter(|domain| domain.figures.low_bp.is_some()).collect();
    let of = shown.len();
    if of < 3 {
        return None;
    }
    let radius = |bp: Option<u16>| i64::from(bp.unwrap_or(0)) * RADIUS / 10_000;
    let mut svg = start("radar", "0 0 680 500", "Score of each domain", &describe(&shown));
    for ring in 1..=4 {
        polygon("ring", (0..of).map(|_| RADIUS * ring / 4), of, &mut svg);
    }
    for (axis, domain) in shown.iter().enumerate() {
        let (x, y) = point(axis, of, RADIUS);
        let (cx, cy) = CENTRE;
        let _ = write!(svg, r#"<line class="ring" x1="{cx}" y1="{cy}" x2="{x}" y2="{y}"/>"#);
        let (x, y) = point(axis, of, RADIUS + 16);
        let anchor = match x - CENTRE.0 {
            -20..=20 => "middle",
            21.. => "start",
            _ => "end",
        };
        let _ = write!(
            svg,
            r#"<text x="{x}" y="{}" text-anchor="{anchor}">{}</text>"#,
            y + 5,
            escape(&domain.id)
        );
    }
    polygon("high", shown.iter().map(|domain| radius(domain.figures.high_bp)), of, &mut svg);
    if shown.iter().all(|domain| domain.figures.target_bp.is_some()) {
        polygon(
            "target",
            shown.iter().map(|domain| radius(domain.figures.target_bp)),
            of,
            &mut svg,
        );
    }
    polygon("low", shown.iter().map(|domain| radius(domain.figures.low_bp)), of, &mut svg);
    svg.push_str("</svg>");
    Some(svg)
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
pub fn bar(figures: &FigureWords) -> String {
    let target =
        figures.target.as_ref().map_or(String::new(), |target| format!(", target {target}"));
    let mut svg = start("bar", "0 0 400 20", &format!("{}{target}", figures.range), "");
    svg.push_str(r#"<rect class="track" x="0" y="3" width="400" height="14" rx="3"/>"#);
    spans(figures, 400, (3, 14), &mut svg);
    svg.push_str("</svg>");
    svg
}

/// The overall figures on the scale with its named bands.
pub fn gauge(figures: &FigureWords, scale: &[Pair]) -> String {
    let evidenced = match figures.evidenced_bp {
        Some(_) => format!(", evidenced {}", figures.evidenced),
        None => String::new(),
    };
    let description = format!("Range {}{evidenced}, level {}", figures.range, figures.level);
    let mut svg =
        start("gauge", "0 0 1000 76", "The overall score on a scale from 0 to 100", &description);
    svg.push_str(r#"<rect class="track" x="0" y="14" width="1000" height="24" rx="4"/>"#);
    spans(figures, 1000, (14, 24), &mut svg);
    if let Some(evidenced) = figures.evidenced_bp {
        let x = i64::from(evidenced) / 10;
        let _ = write!(svg, r#"<path class="evidenced" d="M{x} 12 l-7 -11 h14 z"/>"#);
    }
    for band in scale {
        let from: i64 =
            band.value.split('.').next().and_then(|whole| whole.parse().ok()).unwrap_or(0);
        let x = from * 10;
        let _ = write!(svg, r#"<line class="tick" x1="{x}" y1="40" x2="{x}" y2="48"/>"#);
        let _ = write!(svg, r#"<text x="{}" y="66">{}</text>"#, x + 4, escape(&band.name));
    }
    svg.push_str("</svg>");
    svg
}

/// Best case, score and target over a track of this width, from `y.0` with height `y.1`.
fn spans(figures: &FigureWords, width: i64, y: (i64, i64), svg: &mut String) {
    let scaled = |bp: u16| i64::from(bp) * width / 10_000;
    let (top, height) = y;
    for (class, bp) in [("high", figures.high_bp), ("low", figures.low_bp)] {
        if let Some(bp) = bp {
            let _ = write!(
                svg,
                r#"<rect class="{class}" x="0" y="{top}" width="{}" height="{height}" rx="3"/>"#,
                scaled(bp)
            );
        }
    }
    if let Some(target) = figures.target_bp {
        let x = scaled(target);
        let _ = write!(
            svg,
            r#"<line class="target" x1="{x}" y1="{}" x2="{x}" y2="{}"/>"#,
            top - 3,
            top + height + 3
        );
    }
}

fn start(class: &str, view: &str, title: &str, description: &str) -> String {
    let label =
        if description.is_empty() { title.to_owned() } else { format!("{title}. {description}") };
    format!(
        r#"<svg class="{class}" viewBox="{view}" role="img" aria-label="{}" xmlns="http://www.w3.org/2000/svg">"#,
        escape(&label)
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
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
