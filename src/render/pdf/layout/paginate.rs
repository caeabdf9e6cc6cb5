//! Strips onto pages, with what stands at the head and foot of each.

use super::Layout;
use super::galley::{PageNumber, Strip, height, letters, rectangle, rule, shift};
use crate::render::pdf::block::{Document, Length, POINT, Setting, Tone};
use crate::render::pdf::page::{Kid, Mark, Page, Pages, Part, Run, Spot};
use crate::render::pdf::style::{self, Paper, SIDE};

/// The bar over the first page: how wide and thick it is, and how far above the text.
const BAR: [Length; 3] = [44 * POINT, 5 * POINT, 16 * POINT];

/// Pages as they fill up.
struct Stack {
    pages: Pages,
    /// Page numbers that are still to be set, with the page that each stands on.
    numbers: Vec<(usize, PageNumber)>,
    /// How far the last page is filled.
    y: Length,
    /// Where a page begins.
    top: Length,
    /// Where it is full.
    bottom: Length,
    is_empty: bool,
}

pub(super) fn paginate(
    layout: Layout<'_>,
    strips: Vec<Strip>,
    document: &Document,
    paper: Paper,
) -> Pages {
    let size = paper.size();
    let pages = Pages {
        size,
        pages: vec![Page::default()],
        nodes: layout.tree.nodes,
        contents: layout.tree.contents,
        links: Vec::new(),
        anchors: Vec::new(),
        outline: layout.outline,
    };
    let (top, bottom) = (layout.look.top, size.1 - layout.look.bottom);
    let mut stack = Stack { pages, numbers: Vec::new(), y: top, top, bottom, is_empty: true };
    let mut rest = strips.into_iter().peekable();
    while let Some(strip) = rest.next() {
        let mut together = vec![strip];
        while together.last().is_some_and(|last| last.keep)
            && rest.peek().is_some_and(|next| !next.new_page)
        {
            together.extend(rest.next());
        }
        stack.put(together);
    }
    let Stack { mut pages, numbers, .. } = stack;
    let mut layout = Layout { tree: super::Tree::new(), outline: Vec::new(), ..layout };
    for (name, at) in &layout.anchors {
        pages.anchors.push((name.clone(), pages.outline[*at].spot));
    }
    layout.page_numbers(&mut pages, numbers);
    layout.heads_and_feet(&mut pages, document);
    pages
}

impl Stack {
    /// Puts strips on one page where they fit on one.
    fn put(&mut self, strips: Vec<Strip>) {
        let above = if self.is_empty { 0 } else { strips[0].above };
        let fits = self.y + above + height(&strips) <= self.bottom;
        if !self.is_empty && (strips[0].new_page || !fits) {
            self.next_page();
        }
        for strip in strips {
            let above = if self.is_empty { 0 } else { strip.above };
            if !self.is_empty && self.y + above + strip.height > self.bottom {
                self.next_page();
            }
            self.place(strip);
        }
    }

    fn next_page(&mut self) {
        self.pages.pages.push(Page::default());
        self.y = self.top;
        self.is_empty = true;
    }

    fn place(&mut self, strip: Strip) {
        let page = self.pages.pages.len() - 1;
        let goes_on = !self.is_empty;
        if let Some(head) = strip.head.as_ref().filter(|_| self.is_empty) {
            let head = head.as_ref().clone().down(self.y);
            self.y += head.height;
            self.pages.pages[page].marks.extend(head.marks);
        }
        self.y += if goes_on { strip.above } else { 0 };
        let top = self.y;
        let mut marks = strip.ground_marks(goes_on);
        marks.iter_mut().for_each(|mark| shift(mark, top));
        self.y += strip.height;
        self.is_empty = false;
        let strip = strip.down(top);
        marks.extend(strip.marks);
        self.pages.pages[page].marks.extend(marks);
        for mut link in strip.links {
            link.spot.page = page;
            self.pages.nodes[link.node].kids.push(Kid::Link(self.pages.links.len()));
            self.pages.links.push(link);
        }
        strip.figures.iter().for_each(|(node, top)| self.pages.place_figure(*node, page, *top));
        self.numbers.extend(strip.numbers.into_iter().map(|number| (page, number)));
        for (heading, top) in strip.headings {
            self.pages.outline[heading].spot = Spot { page, at: (SIDE, top) };
        }
    }
}

impl Layout<'_> {
    /// Sets the numbers of the table of contents, now that the pages are known.
    fn page_numbers(&mut self, pages: &mut Pages, numbers: Vec<(usize, PageNumber)>) {
        let kind = self.look.paragraph(Setting::Body);
        for (page, PageNumber { of, at, content }) in numbers {
            let spot = pages.anchors.iter().find(|(name, _)| *name == of).map(|(_, spot)| spot);
            let number = spot.map_or("–".to_owned(), |spot| (spot.page + 1).to_string());
            let (runs, width) = self.one_line(&number, kind);
            let marks = runs.into_iter();
            let marks =
                marks.map(|run| letters(Part::Content(content), moved(run, (at.0 - width, at.1))));
            let page = &mut pages.pages[page].marks;
            let place = page.iter().position(|mark| mark.part == Part::Content(content));
            page.splice(place.map_or(page.len()..page.len(), |at| at..at + 1), marks);
        }
    }

    fn heads_and_feet(&mut self, pages: &mut Pages, document: &Document) {
        let (width, height) = pages.size;
        let right = width - SIDE;
        let count = pages.pages.len();
        for (at, page) in pages.pages.iter_mut().enumerate() {
            let number = format!("Page {} of {count}", at + 1);
            let y = height - self.look.foot;
            let mut foot =
                vec![rule([(SIDE, y - 13 * POINT), (right, y - 13 * POINT)], style::LINE, 500)];
            // A page that stands alone needs no number.
            let number = if count > 1 { number } else { String::new() };
            foot.extend(self.at_edges(&document.foot, &number, y));
            page.marks.extend(foot.into_iter().map(|mark| Mark { part: Part::PageFoot, ..mark }));
            if at == 0 {
                let [wide, thick, up] = BAR;
                let place = [SIDE, self.look.top - up - thick, wide, thick];
                page.marks.insert(0, rectangle(place, Some(style::ink(Tone::Accent)), None));
            } else {
                let head = self.at_edges(&document.head, &document.date, self.look.head);
                page.marks
                    .extend(head.into_iter().map(|mark| Mark { part: Part::PageHead, ..mark }));
            }
        }
    }

    /// A text at the left edge and one at the right, on one baseline.
    fn at_edges(&mut self, left: &str, right: &str, y: Length) -> Vec<Mark> {
        let (kind, width) = (style::foot(), self.body.0);
        let (at_right, taken) = self.one_line(right, kind);
        let (at_left, _) = self.fitting(left, kind, width - taken - 20 * POINT);
        let at_left = at_left.into_iter().map(|run| moved(run, (SIDE, y)));
        let at_right = at_right.into_iter().map(|run| moved(run, (SIDE + width - taken, y)));
        at_left.chain(at_right).map(|run| letters(Part::Decoration, run)).collect()
    }
}

fn moved(run: Run, by: (Length, Length)) -> Run {
    Run { at: (run.at.0 + by.0, run.at.1 + by.1), ..run }
}
