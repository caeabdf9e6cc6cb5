//! Drawings, as large as their column lets them be.

use super::galley::{Strip, letters};
use super::text::Place;
use super::{Layout, after};
use crate::render::pdf::block::{Anchor, Figure, Length, POINT, Paint, Setting, Shape};
use crate::render::pdf::page::{ContentId, Drawn, Mark, Part, Role, Spot};
use crate::render::pdf::style::Type;

/// How a drawing comes to stand on a page.
#[derive(Clone, Copy)]
struct Scale {
    left: Length,
    width: Length,
    unit: i64,
}

impl Scale {
    fn length(self, length: i64) -> Length {
        length * self.width / self.unit
    }

    fn point(self, (x, y): (i64, i64)) -> (Length, Length) {
        (self.left + self.length(x), self.length(y))
    }
}

impl Layout<'_> {
    pub(super) fn figure(&mut self, figure: &Figure, place: Place) -> Vec<Strip> {
        let width = figure.widest.min(place.width);
        let scale = Scale {
            left: place.left + (place.width - width) / 2,
            width,
            unit: figure.size.0.max(1),
        };
        let height = scale.length(figure.size.1);
        let whole = match figure.caption {
            Some(_) => self.tree.node(place.node, Role::Division),
            None => place.node,
        };
        let spot = Spot { page: 0, at: (scale.left, 0) };
        let role = Role::Figure { alt: figure.alt.clone(), spot, size: (width, height) };
        let node = self.tree.node(whole, role);
        let content = self.tree.content(node);
        let column = (place.left, place.left + place.width);
        let shape = |shape: &Shape| {
            let free = free(shape, &figure.shapes, scale, column);
            self.shape(shape, scale, content, free)
        };
        let marks = figure.shapes.iter().flat_map(shape).collect();
        let mut strips =
            vec![Strip { height, marks, figures: vec![(node, 0)], ..Strip::default() }];
        if let Some(caption) = &figure.caption {
            strips[0].keep = true;
            let kind = self.look.paragraph(Setting::Small);
            let mut place = Place { node: whole, ..place };
            let taken =
                caption.iter().map(|span| self.one_line(&span.text, kind).1).sum::<Length>();
            if width < place.width && taken < place.width {
                place.left += (place.width - taken) / 2;
                place.width = taken + 1;
            }
            strips.extend(after(self.text_of(caption, kind, Role::Caption, place, false), 4000));
        }
        after(strips, self.look.far_apart())
    }

    fn shape(
        &mut self,
        shape: &Shape,
        scale: Scale,
        content: ContentId,
        free: Length,
    ) -> Vec<Mark> {
        let mark = |drawn| vec![Mark { part: Part::Content(content), drawn }];
        match shape {
            Shape::Polygon(points, paint) => mark(polygon(
                points.iter().map(|point| scale.point(*point)).collect(),
                *paint,
                scale,
            )),
            Shape::Rectangle([left, top, width, height], paint) => {
                let (right, bottom) = (left + width, top + height);
                let corners = [(*left, *top), (right, *top), (right, bottom), (*left, bottom)];
                mark(polygon(corners.map(|point| scale.point(point)).to_vec(), *paint, scale))
            }
            Shape::Line(ends, paint) => match paint.stroke {
                Some((colour, thick)) => mark(Drawn::Line {
                    ends: ends.map(|end| scale.point(end)),
                    stroke: (colour, scale.length(thick)),
                }),
                None => Vec::new(),
            },
            Shape::Label { at, anchor, size, text, tone } => {
                let size = scale.length(*size);
                let kind = Type { size, leading: size, bold: false, tone: *tone };
                let (runs, width) = self.fitting(text, kind, free);
                let (x, y) = scale.point(*at);
                let left = match anchor {
                    Anchor::Start => x,
                    Anchor::Middle => x - width / 2,
                    Anchor::End => x - width,
                };
                let moved = runs.into_iter().map(|mut run| {
                    run.at = (run.at.0 + left, y);
                    letters(Part::Content(content), run)
                });
                moved.collect()
            }
        }
    }
}

/// Between two labels.
const BETWEEN: Length = 4 * POINT;

/// How wide a label may be: no wider than the column, nor up to the next one on its line.
fn free(shape: &Shape, all: &[Shape], scale: Scale, (left, right): (Length, Length)) -> Length {
    let Shape::Label { at, anchor, size, .. } = shape else { return 0 };
    let beside = all.iter().filter_map(|other| match other {
        Shape::Label { at: (x, y), .. } if (y - at.1).abs() < *size => Some(scale.point((*x, 0)).0),
        _ => None,
    });
    let x = scale.point(*at).0;
    let (before, after): (Vec<_>, Vec<_>) =
        beside.filter(|other| *other != x).partition(|other| *other < x);
    let left = before.into_iter().max().map_or(left, |other| other + BETWEEN);
    let right = after.into_iter().min().map_or(right, |other| other - BETWEEN);
    match anchor {
        Anchor::Start => right - x,
        Anchor::Middle => 2 * (x - left).min(right - x),
        Anchor::End => x - left,
    }
}

fn polygon(points: Vec<(Length, Length)>, paint: Paint, scale: Scale) -> Drawn {
    let stroke = paint.stroke.map(|(colour, thick)| (colour, scale.length(thick)));
    Drawn::Polygon { points, fill: paint.fill, stroke }
}
