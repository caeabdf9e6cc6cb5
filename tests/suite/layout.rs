//! Laws of layout: nothing is lost, nothing stands beyond the page, nothing stands on something else.

use gapwise::render::pdf::block::{
    Block, Column, Document, Heading, Marker, Setting, Span, Table, Tone,
};
use gapwise::render::pdf::fonts::{Fonts, HYPHEN};
use gapwise::render::pdf::layout::lay_out;
use gapwise::render::pdf::page::{Drawn, Kid, NodeId, Pages, Run};
use gapwise::render::pdf::style::Paper;
use proptest::prelude::*;

fn document(blocks: Vec<Block>) -> Document {
    Document {
        language: "en".to_owned(),
        title: "A title".to_owned(),
        subject: "A test".to_owned(),
        author: "Nobody".to_owned(),
        date: "2026-11-02".to_owned(),
        dense: false,
        head: "Nobody".to_owned(),
        foot: "At the foot".to_owned(),
        blocks,
    }
}

fn laid(blocks: Vec<Block>) -> Pages {
    lay_out(&document(blocks), &Fonts::default(), Paper::A4)
}

fn runs(pages: &Pages) -> impl Iterator<Item = (usize, Option<usize>, &Run)> {
    pages.pages.iter().enumerate().flat_map(|(at, page)| {
        page.marks.iter().filter_map(move |mark| match &mark.drawn {
            Drawn::Run(run) => Some((at, mark.part.content(), run)),
            _ => None,
        })
    })
}

fn width(run: &Run) -> i64 {
    run.glyphs.iter().map(|glyph| i64::from(glyph.advance)).sum::<i64>() * run.size / 1000
}

/// What a node says in reading order, hyphens at line ends left out.
fn said(pages: &Pages, by_content: &[String], node: NodeId, out: &mut Vec<String>) {
    for kid in &pages.nodes[node].kids {
        match kid {
            Kid::Content(content) => out.push(by_content[*content].clone()),
            Kid::Node(node) => said(pages, by_content, *node, out),
            Kid::Link(_) => {}
        }
    }
}

fn text(pages: &Pages) -> String {
    let mut by_content = vec![String::new(); pages.contents.len()];
    for (_, content, run) in runs(pages) {
        if let Some(content) = content {
            let glyphs = run.glyphs.iter().map(|glyph| &run.text[glyph.says.clone()]);
            by_content[content].extend(glyphs);
        }
    }
    let mut parts = Vec::new();
    said(pages, &by_content, 0, &mut parts);
    parts.concat().replace(HYPHEN, "")
}

fn texts(blocks: &[Block], out: &mut String) {
    let add =
        |spans: &[Span], out: &mut String| spans.iter().for_each(|span| out.push_str(&span.text));
    for block in blocks {
        match block {
            Block::Heading(heading) => add(&heading.text, out),
            Block::Paragraph(text, _) => add(text, out),
            Block::List(marker, entries) => {
                for (at, entry) in entries.iter().enumerate() {
                    match marker {
                        Marker::Dot => out.push_str("• "),
                        Marker::Number => out.push_str(&format!("{}. ", at + 1)),
                        _ => {}
                    }
                    texts(entry, out);
                }
            }
            Block::Pairs(pairs) | Block::KeyFigures(pairs) => {
                pairs.iter().for_each(|(name, value)| {
                    add(name, out);
                    add(value, out);
                });
            }
            Block::Table(table) => {
                table.caption.iter().for_each(|caption| add(caption, out));
                table.columns.iter().for_each(|column| add(&column.head, out));
                table.rows.iter().flatten().for_each(|cell| texts(cell, out));
            }
            Block::Callout(_, blocks) | Block::Together(blocks) => texts(blocks, out),
            Block::Beside(columns) => columns.iter().for_each(|(_, blocks)| texts(blocks, out)),
            Block::Figure(_) | Block::Contents | Block::NewPage => {}
        }
    }
}

pub(crate) fn nothing_stands_beyond_the_page(pages: &Pages) {
    for (page, _, run) in runs(pages) {
        let (left, right) = (run.at.0, run.at.0 + width(run));
        assert!(left >= 20_000, "{:?} begins at {left} on page {page}", run.text);
        let visible = run.text.trim_end().len() == run.text.len();
        let limit = if visible { pages.size.0 - 20_000 } else { pages.size.0 };
        assert!(right <= limit, "{:?} ends at {right} on page {page}", run.text);
        let y = run.at.1;
        assert!(y > 20_000 && y < pages.size.1 - 20_000, "{:?} at {y} on page {page}", run.text);
    }
}

pub(crate) fn nothing_stands_on_something_else(pages: &Pages) {
    let frame = |run: &Run| {
        let letters = run.text.trim_end().len();
        let seen = run.glyphs.iter().filter(|glyph| glyph.says.start < letters);
        let wide = seen.map(|glyph| i64::from(glyph.advance)).sum::<i64>() * run.size / 1000;
        (run.at.0, run.at.0 + wide, run.at.1 - run.size * 7 / 10, run.at.1 + run.size / 5)
    };
    let frames: Vec<_> = runs(pages).map(|(page, _, run)| (page, frame(run), run)).collect();
    for (at, (page, a, one)) in frames.iter().enumerate() {
        for (_, b, two) in frames[at + 1..].iter().take_while(|(other, ..)| page == other) {
            let apart = a.1 <= b.0 + 50 || b.1 <= a.0 + 50 || a.3 <= b.2 || b.3 <= a.2;
            assert!(apart, "on page {page}: {:?} on {:?}", one.text, two.text);
        }
    }
}

fn word() -> impl Strategy<Value = String> + Clone {
    prop_oneof![
        8 => "[a-z]{1,14}",
        2 => Just("responsibility".to_owned()),
        1 => "[A-Z]{2,6}-[0-9]{1,3}",
        1 => "[a-z]{60,200}",
        1 => Just("https://example.org/a/very/long/address/that/goes/on-and-on?and=on&on".to_owned()),
        1 => Just("q\u{301}\u{323}é–½\u{a0}days".to_owned()),
    ]
}

fn span() -> impl Strategy<Value = Span> + Clone {
    let language = prop_oneof![4 => Just(None), 1 => Just(Some("it".to_owned()))];
    (prop::collection::vec(word(), 0..18), any::<bool>(), any::<bool>(), language).prop_map(
        |(words, bold, small, language)| Span {
            text: words.join(" "),
            bold,
            small,
            language,
            ..Span::default()
        },
    )
}

fn spans() -> impl Strategy<Value = Vec<Span>> + Clone {
    prop::collection::vec(span(), 1..4)
}

fn narrow() -> impl Strategy<Value = Block> + Clone {
    let setting = prop_oneof![Just(Setting::Body), Just(Setting::Small), Just(Setting::Lead)];
    (spans(), setting).prop_map(|(text, setting)| Block::Paragraph(text, setting))
}

fn leaf() -> impl Strategy<Value = Block> + Clone {
    prop_oneof![
        4 => narrow(),
        1 => spans().prop_map(|text| Block::Heading(Heading { level: 3, text, anchor: None, listed: false })),
        1 => prop::collection::vec((spans(), spans()), 1..4).prop_map(Block::Pairs),
        1 => prop::collection::vec((spans(), spans()), 1..7).prop_map(Block::KeyFigures),
        1 => word().prop_map(|word| Block::Paragraph(
            vec![Span::badge(word, Tone::Bad), Span::plain(" after")], Setting::Body)),
    ]
}

/// What reports are made of: tables stand in no other tables, and wide things in no cells.
fn block() -> impl Strategy<Value = Block> {
    let marker = || prop_oneof![Just(Marker::Dot), Just(Marker::Number), Just(Marker::None)];
    let list = move |inner: BoxedStrategy<Block>| {
        let entries = prop::collection::vec(prop::collection::vec(inner, 0..3), 1..4);
        (marker(), entries).prop_map(|(marker, entries)| Block::List(marker, entries)).boxed()
    };
    let in_cell = prop_oneof![3 => narrow(), 1 => list(narrow().boxed())].boxed();
    let cells = prop::collection::vec(in_cell.clone(), 0..3);
    let table = prop::collection::vec(prop::collection::vec(cells, 3), 1..6).prop_map(table);
    let in_callout = prop_oneof![3 => leaf(), 1 => list(list(leaf().boxed()))];
    let several = || prop::collection::vec(in_callout.clone(), 0..5);
    prop_oneof![
        4 => leaf(),
        1 => list(list(leaf().boxed())),
        1 => table,
        1 => several().prop_map(|blocks| Block::Callout(Tone::Warn, blocks)),
        1 => several().prop_map(Block::Together),
        1 => (several(), several()).prop_map(|(one, two)| Block::Beside(vec![(2, one), (3, two)])),
    ]
}

fn table(rows: Vec<Vec<Vec<Block>>>) -> Block {
    let column = |share, numbers| Column { head: vec![Span::plain("Head of it")], share, numbers };
    Block::Table(Table {
        caption: Some(vec![Span::plain("What it shows")]),
        columns: vec![column(3, false), column(1, true), column(2, false)],
        rows,
        row_heads: true,
        least_height: 0,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn whatever_stands_in_a_document_stands_on_its_pages(blocks in prop::collection::vec(block(), 1..12)) {
        let pages = laid(blocks.clone());
        let mut wanted = String::new();
        texts(&blocks, &mut wanted);
        prop_assert_eq!(text(&pages), wanted);
        nothing_stands_beyond_the_page(&pages);
        nothing_stands_on_something_else(&pages);
    }
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(vec![Span::plain(text)], Setting::Body)
}

#[test]
fn a_heading_does_not_end_a_page() {
    let heading =
        Heading { level: 2, text: vec![Span::plain("Next")], anchor: None, listed: false };
    for lines in 40..60 {
        let mut blocks = vec![paragraph("A line."); lines];
        blocks.push(Block::Heading(heading.clone()));
        blocks.push(paragraph("What it heads."));
        let pages = laid(blocks);
        let page =
            |wanted: &str| runs(&pages).find(|(_, _, run)| run.text == wanted).expect("is there").0;
        assert_eq!(page("Next"), page("What it heads."), "after {lines} lines");
    }
}

#[test]
fn no_line_of_a_paragraph_stands_alone() {
    let long = "Words that fill a few lines of a paragraph. ".repeat(12);
    for lines in 30..60 {
        let mut blocks = vec![paragraph("A line."); lines];
        blocks.push(paragraph(&long));
        let pages = laid(blocks);
        for page in 0..pages.pages.len() {
            let of_it = runs(&pages).filter(|(at, content, run)| {
                *at == page && content.is_some() && run.text != "A line."
            });
            assert_ne!(of_it.count(), 1, "after {lines} lines on page {page}");
        }
    }
}

#[test]
fn a_head_is_repeated_on_each_page_of_its_table() {
    let row = vec![vec![paragraph("first")], vec![paragraph("1")], vec![paragraph("last")]];
    let pages = laid(vec![table(vec![row; 120])]);
    assert!(pages.pages.len() > 2);
    for page in 0..pages.pages.len() {
        let heads: Vec<_> = runs(&pages)
            .filter(|(at, _, run)| *at == page && run.text.starts_with("Head"))
            .map(|(_, content, _)| content.is_some())
            .collect();
        assert_eq!(heads, [page == 0; 3], "page {page}");
    }
}

#[test]
fn a_row_taller_than_a_page_goes_on() {
    let long = "many words ".repeat(3000);
    let row = vec![vec![paragraph(&long)], vec![paragraph("1")], vec![paragraph("short")]];
    let pages = laid(vec![table(vec![row])]);
    assert!(pages.pages.len() > 3);
    nothing_stands_beyond_the_page(&pages);
    nothing_stands_on_something_else(&pages);
}

/// How often a word is parted in a narrow column, in a language.
fn parted(language: &str, words: &str) -> usize {
    // Short words before long ones leave every part of a line free once.
    let text: String = (0..12).map(|at| format!("{}{words}", "ab ".repeat(at))).collect();
    let span = Span { language: Some(language.to_owned()), ..Span::plain(text) };
    let cell = vec![Block::Paragraph(vec![span], Setting::Body)];
    let pages = laid(vec![table(vec![vec![cell.clone(), cell.clone(), cell]])]);
    runs(&pages).filter(|(_, _, run)| run.text.ends_with(HYPHEN)).count()
}

#[test]
fn words_are_parted_in_the_languages_whose_rules_are_known() {
    let known = [
        ("en", "responsibility documentation "),
        ("fr", "responsabilité documentation "),
        ("de-AT", "Verantwortlichkeit Dokumentation "),
        ("it", "responsabilità documentazione "),
    ];
    for (language, words) in known {
        assert!(parted(language, words) > 0, "{language}");
    }
    assert_eq!(parted("pl", "odpowiedzialność dokumentacja "), 0);
}
