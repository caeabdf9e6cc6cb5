//! A chart as SVG. Colours come from the page's style sheet by class; every chart says what it shows.

use super::{Chart, Role, Shape};
use crate::render::pdf::block::Anchor;
use std::fmt::Write as _;

/// A chart as an element of a page.
pub fn svg(chart: &Chart) -> String {
    let (width, height) = chart.size;
    let mut out = format!(
        r#"<svg class="{}" viewBox="0 0 {width} {height}" role="img" aria-label="{}" xmlns="http://www.w3.org/2000/svg">"#,
        chart.name,
        escape(&chart.says)
    );
    for shape in &chart.shapes {
        write(shape, &mut out);
    }
    out.push_str("</svg>");
    out
}

fn write(shape: &Shape, out: &mut String) {
    let _ = match shape {
        Shape::Polygon(role, points) => {
            let points: Vec<_> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
            write!(out, r#"<polygon class="{}" points="{}"/>"#, class(*role), points.join(" "))
        }
        Shape::Rectangle(role, [x, y, width, height], round) => write!(
            out,
            r#"<rect class="{}" x="{x}" y="{y}" width="{width}" height="{height}" rx="{round}"/>"#,
            class(*role)
        ),
        Shape::Line(role, [(x1, y1), (x2, y2)]) => {
            let class = class(*role);
            write!(out, r#"<line class="{class}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>"#)
        }
        Shape::Pointer(role, (x, y)) => {
            write!(out, r#"<path class="{}" d="M{x} {y} l-7 -11 h14 z"/>"#, class(*role))
        }
        Shape::Label((x, y), anchor, text) => {
            let anchor = anchor.map_or(String::new(), |anchor| {
                let word = match anchor {
                    Anchor::Start => "start",
                    Anchor::Middle => "middle",
                    Anchor::End => "end",
                };
                format!(r#" text-anchor="{word}""#)
            });
            write!(out, r#"<text x="{x}" y="{y}"{anchor}>{}</text>"#, escape(text))
        }
    };
}

fn class(role: Role) -> &'static str {
    match role {
        Role::Ring => "ring",
        Role::Track => "track",
        Role::Tick => "tick",
        Role::High => "high",
        Role::Low => "low",
        Role::Target => "target",
        Role::Evidenced => "evidenced",
        Role::Median => "median",
        Role::Quartile => "quartile",
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
