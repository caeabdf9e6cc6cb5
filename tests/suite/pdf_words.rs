//! A PDF says what the page in HTML says, and is built so that it can be read aloud.

use crate::pages::{self, questionnaire};
use crate::registry::examples;
use crate::{Assessed, text};
use gapwise::cut::Cut;
use gapwise::library::Library;
use gapwise::render::Format;
use gapwise::render::cut::render;
use gapwise::render::pdf::block::{Block, Document, Figure, Shape, Span, Target};
use gapwise::render::pdf::fonts::Fonts;
use gapwise::render::pdf::layout::lay_out;
use gapwise::render::pdf::style::Paper;
use gapwise::render::pdf::words::document;
use gapwise::render::template::Templates;
use gapwise::report::Pages;
use std::collections::BTreeSet;

const TARGET: &str = "target: proportionate\n";

/// A framework that is shipped.
const SHIPPED: &str = "nist-ai-rmf";

/// Elements whose text stands on its own.
const OF_TEXT: [&str; 15] = [
    "title", "h1", "h2", "h3", "h4", "p", "li", "td", "th", "dt", "dd", "caption", "summary",
    "text", "svg",
];

/// What a reader meets as one text, and what of it is in the respondent's language.
#[derive(Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Said {
    text: String,
    foreign: String,
}

impl Said {
    /// White space is as good as one space.
    fn tidy(self) -> Self {
        let tidy = |text: &str| {
            text.split([' ', '\n']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
        };
        Self { text: tidy(&self.text), foreign: tidy(&self.foreign) }
    }
}

/// The texts of a page, each without those of the elements in it.
fn of_html(html: &str) -> Vec<Said> {
    let body = &html[html.find("<title>").expect("a title")..];
    let (before, after) = body.split_once("<style>").expect("a style");
    let body = format!("{before}{}", after.split_once("</style>").expect("its end").1);
    let mut found = Vec::new();
    let mut open = vec![("html", false), ("head", false)];
    let mut current = Said::default();
    for part in body.split('<').skip(1) {
        let (tag, text) = part.split_once('>').expect("a tag ends");
        let name = tag.trim_start_matches('/').split([' ', '\n']).next().expect("a name");
        if OF_TEXT.contains(&name) {
            found.push(std::mem::take(&mut current).tidy());
        }
        if tag.starts_with('/') {
            let (opened, _) = open.pop().unwrap_or_else(|| panic!("</{name}> was not opened"));
            assert_eq!(opened, name);
        } else {
            let is_foreign = open.last().is_some_and(|(_, is_foreign)| *is_foreign);
            let says_so = tag.contains(" lang=") && name != "html";
            let is_void = ["meta", "rect", "line", "polygon", "path", "br"].contains(&name);
            if !is_void {
                open.push((name, is_foreign || says_so));
            }
            if let Some((_, label)) = tag.split_once("role=\"img\" aria-label=\"") {
                let label = label.split('"').next().expect("its end");
                found.push(Said { text: decoded(label), foreign: String::new() });
            }
        }
        current.text += &decoded(text);
        if open.last().is_some_and(|(_, is_foreign)| *is_foreign) {
            current.foreign += &decoded(text);
        }
    }
    found.retain(|said| !said.text.is_empty());
    found
}

fn decoded(text: &str) -> String {
    let marks = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#x2f;", "/")];
    let text = marks.iter().fold(text.to_owned(), |text, (mark, is)| text.replace(mark, is));
    text.replace("&amp;", "&")
}

/// The texts of a document.
fn of_document(document: &Document) -> Vec<Said> {
    let mut found = vec![Said { text: document.title.clone(), foreign: String::new() }];
    walk(&document.blocks, &mut |block| of_block(block, &mut found));
    found.into_iter().map(Said::tidy).collect()
}

fn of_block(block: &Block, found: &mut Vec<Said>) {
    let plain = |text: &str| Said { text: text.to_owned(), foreign: String::new() };
    match block {
        Block::Heading(heading) => found.push(of_text(&heading.text)),
        Block::Paragraph(text, _) => found.push(of_text(text)),
        Block::Pairs(pairs) | Block::KeyFigures(pairs) => {
            found.extend(pairs.iter().flat_map(|(name, value)| [of_text(name), of_text(value)]));
        }
        Block::Table(table) => {
            found.extend(table.caption.iter().map(|caption| of_text(caption)));
            found.extend(table.columns.iter().map(|column| of_text(&column.head)));
        }
        Block::Figure(figure) => {
            found.push(plain(&figure.alt));
            found.extend(figure.caption.iter().map(|caption| of_text(caption)));
            found.extend(figure.shapes.iter().filter_map(|shape| match shape {
                Shape::Label { text, .. } => Some(plain(text)),
                _ => None,
            }));
        }
        _ => {}
    }
}

fn of_text(text: &[Span]) -> Said {
    let join = |spans: &mut dyn Iterator<Item = &Span>| spans.map(|span| &*span.text).collect();
    Said {
        text: join(&mut text.iter()),
        foreign: join(&mut text.iter().filter(|span| span.language.is_some())),
    }
}

/// All blocks in reading order, those that have others before these.
fn walk<'a>(blocks: &'a [Block], see: &mut dyn FnMut(&'a Block)) {
    for block in blocks {
        see(block);
        match block {
            Block::List(_, entries) => entries.iter().for_each(|entry| walk(entry, see)),
            Block::Table(table) => table.rows.iter().flatten().for_each(|cell| walk(cell, see)),
            Block::Callout(_, blocks) | Block::Together(blocks) => walk(blocks, see),
            Block::Beside(columns) => columns.iter().for_each(|(_, blocks)| walk(blocks, see)),
            _ => {}
        }
    }
}

/// What is meaningless on paper, or is said in other words there.
fn is_for_screens(said: &str) -> bool {
    // A heading over an empty profile is not worth paper.
    said == "Profile"
        || said.starts_with("Skip to the ")
        || said.starts_with("SHA-256 of the data that went in.")
}

/// Holds a document against the page in HTML that shows the same.
pub(crate) fn says_the_same(assessed: &mut Assessed, cut: Cut, by: Option<&str>, whose: &str) {
    let (pages, templates) = (assessed.pages(cut, by), Templates::default());
    let html = render(Format::Html, &pages, &assessed.result(), &templates).expect("renders");
    let document = document(&pages, &templates, "x.pdf").expect("has its pages");
    let (wanted, found) = (of_html(&html), of_document(&document));
    let known: BTreeSet<_> = found.iter().map(|said| &said.text).collect();
    for said in wanted.iter().filter(|said| !is_for_screens(&said.text)) {
        let is_part = || found.iter().any(|each| each.text.contains(&said.text));
        assert!(
            known.contains(&said.text) || is_part(),
            "{whose}, {}: the PDF does not say `{}`",
            cut.word(),
            said.text
        );
    }
    let foreign = |all: &[Said]| {
        let mut all: Vec<_> = all.iter().map(|said| said.foreign.clone()).collect();
        all.retain(|text| !text.is_empty());
        all.sort();
        all
    };
    assert_eq!(foreign(&found), foreign(&wanted), "{whose}, {}", cut.word());
    assert!(wanted.len() > 5, "{whose}: the page is read");
    is_built_to_be_read(&document, &format!("{whose}, {}", cut.word()));
}

/// Headings do not jump, anchors are had by one heading each, links to them lead somewhere, a figure
/// and a table are complete.
fn is_built_to_be_read(document: &Document, whose: &str) {
    let (mut level, mut anchors, mut leads_to) = (0, Vec::new(), Vec::new());
    walk(&document.blocks, &mut |block| match block {
        Block::Heading(heading) => {
            assert!(heading.level <= level + 1, "{whose}: {:?} jumps", heading.text);
            level = heading.level;
            anchors.extend(heading.anchor.clone());
        }
        Block::Paragraph(text, _) => {
            let is_blank = text.iter().all(|span| span.text.trim().is_empty());
            assert!(!is_blank, "{whose}: an empty paragraph");
            leads_to.extend(text.iter().filter_map(|span| span.link.clone()));
        }
        Block::Figure(Figure { alt, size, widest, shapes, .. }) => {
            assert!(!alt.is_empty() && size.0 > 0 && *widest > 0 && !shapes.is_empty(), "{whose}");
        }
        Block::Table(table) => {
            let is_full = |row: &Vec<_>| row.len() == table.columns.len();
            assert!(table.rows.iter().all(is_full), "{whose}: {:?}", table.columns);
        }
        Block::List(_, entries) => {
            assert!(entries.iter().all(|entry| !entry.is_empty()), "{whose}: an empty entry");
        }
        Block::Pairs(pairs) => assert!(!pairs.is_empty(), "{whose}: no pairs"),
        _ => {}
    });
    let first = document.blocks.iter().find(|block| matches!(block, Block::Heading(_)));
    assert!(matches!(first, Some(Block::Heading(heading)) if heading.level == 1), "{whose}");
    for link in leads_to {
        match link {
            Target::Anchor(anchor) => assert!(anchors.contains(&anchor), "{whose}: {anchor}"),
            Target::Address(address) => assert!(!address.is_empty(), "{whose}"),
        }
    }
    let count = anchors.len();
    anchors.sort();
    anchors.dedup();
    assert_eq!(anchors.len(), count, "{whose}: two headings of one anchor");
}

/// Each cut with what it can be shown by; external ones last, since nothing comes back that they leave out.
const WAYS: [(Cut, Option<&str>); 7] = [
    (Cut::Full, None),
    (Cut::Full, Some(SHIPPED)),
    (Cut::Owner, None),
    (Cut::Board, None),
    (Cut::Buyer, None),
    (Cut::Public, None),
    (Cut::Public, Some(SHIPPED)),
];

#[test]
fn examples_say_the_same_on_paper() {
    for answers in examples() {
        let mut assessed = Assessed::of(Library::default(), &answers);
        for (cut, by) in WAYS {
            says_the_same(&mut assessed, cut, by, &answers.display().to_string());
        }
    }
}

#[test]
fn what_is_in_another_language_is_marked_alike() {
    for answers in examples() {
        let file = text(&answers).replacen("\nlanguage: en\n", "\nlanguage: de\n", 1);
        let mut assessed = Assessed::from_text(Library::default(), file);
        assert_eq!(assessed.report(None).head.answer_language.as_deref(), Some("de"));
        for (cut, by) in WAYS {
            says_the_same(&mut assessed, cut, by, &answers.display().to_string());
        }
    }
}

#[test]
fn little_to_say_is_said_too() {
    let best = "P-1: {yes-no: yes}, P-2: {yes-no: yes}, P-3: {level: 4}, P-4: {level: 3}";
    let none = "P-1: {yes-no: no}, P-2: {not-applicable: So.}, P-3: {not-applicable: So.}, P-4: {not-applicable: So.}";
    for cut in Cut::ALL {
        for answers in [best, none, "P-1: {unknown: true}", ""] {
            for more in ["", TARGET] {
                let mut assessed = pages::assessed(questionnaire(more), "system", answers);
                says_the_same(&mut assessed, cut, None, answers);
            }
        }
        let elsewhere = "applies-when: {role: [model-developer]}, asked-by";
        let elsewhere = questionnaire(TARGET).replace("asked-by", elsewhere);
        let mut unasked = pages::assessed(elsewhere, "organisation", "");
        assert_eq!(unasked.report(None).counts.asked, 0);
        says_the_same(&mut unasked, cut, None, "nothing asked");
    }
}

#[test]
fn what_is_set_in_a_file_on_several_lines_is_on_one_on_paper() {
    let more = "notice: |\n  One.\n  Two.\n";
    let mut assessed = pages::assessed(questionnaire(more), "organisation", "");
    let shown = assessed.pages(Cut::Full, None);
    let document = document(&shown, &Templates::default(), "x.pdf").expect("needs no page");
    let mut is_said = false;
    walk(&document.blocks, &mut |block| {
        if let Block::Paragraph(text, _) = block {
            assert!(text.iter().all(|span| !span.text.contains('\n')), "{text:?}");
            is_said |= text.iter().any(|span| span.text.starts_with("One. Two."));
        }
    });
    assert!(is_said);
}

/// What is read first, then the contents, then what is looked up.
#[test]
fn a_report_is_in_the_order_in_which_it_is_read() {
    let mut assessed = pages::assessed(questionnaire(TARGET), "organisation", "P-1: {yes-no: no}");
    let shown = assessed.pages(Cut::Full, None);
    let document = document(&shown, &Templates::default(), "report.pdf").expect("needs no page");
    let mut order = Vec::new();
    walk(&document.blocks, &mut |block| match block {
        Block::Heading(heading) if heading.level <= 2 => {
            order.push(heading.anchor.clone().unwrap_or_else(|| "title".to_owned()));
        }
        Block::KeyFigures(_) => order.push("figures".to_owned()),
        Block::NewPage => order.push("new page".to_owned()),
        _ => {}
    });
    let wanted =
        ["title", "figures", "gates", "contents", "domains", "findings", "new page", "asked"];
    let mut rest = order.iter();
    assert!(wanted.iter().all(|part| rest.any(|each| each == part)), "{order:?}");
    let said = of_document(&document);
    let verified = "gapwise verify report.pdf recomputes every figure";
    assert!(said.iter().any(|each| each.text.contains(verified)));
}

/// Several requirements may want the same step: it is planned once, and names them all.
#[test]
fn each_step_is_planned_once() {
    for answers in examples() {
        let mut assessed = Assessed::of(Library::default(), &answers);
        let report = assessed.report(None);
        let of_gates = report.failed_gates.iter().flat_map(|gate| &gate.steps);
        let of_findings = report.findings.iter().flat_map(|finding| &finding.steps);
        let steps: Vec<_> = of_gates.chain(of_findings).map(|step| &step.action).collect();
        let shown = assessed.pages(Cut::Full, None);
        let document = document(&shown, &Templates::default(), "x.pdf").expect("needs no page");
        let mut is_plan = |block: &&Block| match block {
            Block::Table(table) => table.columns[1].head[0].text == "Step",
            _ => false,
        };
        let Some(Block::Table(plan)) = document.blocks.iter().find(&mut is_plan) else {
            panic!("{}: no plan", answers.display())
        };
        let planned = plan.rows.iter().map(|row| match &row[1][..] {
            [Block::Paragraph(text, _)] => &text[0].text,
            other => panic!("{other:?}"),
        });
        let planned: Vec<_> = planned.collect();
        let mut once = planned.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), planned.len(), "{}: a step twice", answers.display());
        assert!(steps.iter().all(|step| planned.contains(step)), "{}", answers.display());
        assert_eq!(planned.first(), steps.first(), "{}: order", answers.display());
    }
}

/// How many pages a cut takes on a paper, and how many fill-in pages it has.
fn pages_of(assessed: &mut Assessed, cut: Cut, paper: Paper) -> (usize, usize) {
    let pages = assessed.pages(cut, None);
    let aids = match &pages {
        Pages::Owner(owner) => owner.aids.len(),
        _ => 0,
    };
    let document = document(&pages, &Templates::default(), "x.pdf").expect("has its pages");
    (lay_out(&document, &Fonts::default(), paper).pages.len(), aids)
}

#[test]
fn a_board_gets_two_pages_and_an_owner_one_beside_those_to_fill_in() {
    for answers in examples() {
        let mut assessed = Assessed::of(Library::default(), &answers);
        let whose = answers.display();
        let (board, _) = pages_of(&mut assessed, Cut::Board, Paper::A4);
        assert!(board <= 2, "{whose}: {board} pages for a board");
        for paper in [Paper::A4, Paper::Letter] {
            let (owner, aids) = pages_of(&mut assessed, Cut::Owner, paper);
            assert_eq!(owner, 1 + aids, "{whose}: pages for an owner, {paper:?}");
        }
        if whose.to_string().contains("corner-bakery") {
            let (full, _) = pages_of(&mut assessed, Cut::Full, Paper::A4);
            assert!(full <= 16, "{full} pages for a bakery");
        }
    }
}

/// Each page to fill in is one sheet, for whichever owner gets it.
#[test]
fn a_page_to_fill_in_is_one_page() {
    let answers = examples().into_iter().next().expect("an example");
    let mut assessed = Assessed::of(Library::default(), &answers);
    let Pages::Owner(mut owner) = assessed.pages(Cut::Owner, None) else { panic!("an owner") };
    for id in ["ai-rules", "incident-note", "launch-check", "tool-list", "what-may-be-pasted"] {
        owner.aids = vec![id.to_owned()];
        let pages = Pages::Owner(owner.clone());
        let document = document(&pages, &Templates::default(), "x.pdf").expect("has its pages");
        for paper in [Paper::A4, Paper::Letter] {
            let count = lay_out(&document, &Fonts::default(), paper).pages.len();
            assert_eq!(count, 2, "{id}, {paper:?}");
        }
    }
}
