//! The clauses of an outside framework, each with the questions that are mapped to it.

use super::asked::sum;
use super::parts::{
    alert, bold, cell, column, counted, evidence, h2, h3, h4, in_language, meta, numbers, p, pairs,
    plain, say, small, soft, table, value,
};
use crate::render::pdf::block::{Block, Cell, Marker, Span, Text, Tone};
use crate::report::{
    AnswerWords, ClauseGroupWords, ClauseWords, FrameworkWords, MappedWords, Pair, Report,
};

/// All clauses, and those that no answer supports.
pub(super) fn clauses(report: &Report, by: &FrameworkWords) -> Vec<Block> {
    let language = report.head.answer_language.as_deref();
    let mut blocks = intro(report, by);
    blocks.extend(by.groups.iter().flat_map(|each| group(each, by, language)));
    blocks.extend(unsupported(by));
    blocks
}

fn intro(report: &Report, by: &FrameworkWords) -> Vec<Block> {
    let mut blocks = vec![
        h2("framework", vec![plain(format!("By clause: {}", by.title))]),
        p(vec![soft(&by.issued)]),
    ];
    blocks.extend([&by.notice, &by.unchecked].into_iter().flatten().map(|each| alert(each)));
    blocks.extend([
        say(format!("The result above belongs to the questionnaire {}. Here its questions stand under the clauses of {} that they speak to. The figure of a clause is the plain mean of the questions mapped to it: it is ours, no score of the framework, and a clause is not fulfilled because a question that touches it scores well. Not applicable leaves the mean; an open question counts from 0 to 100. Sums are in basis points: 10000 is everything.", report.questionnaire.title, by.title)),
        say("Findings and everything asked, requirement by requirement, stand in the report that is written without --by."),
        h3(vec![plain("Relations")]),
        say("Each tells how the question stands to the clause. Confidence is that of whoever made the mapping; “ours” is the maker of this crosswalk."),
        pairs(&by.relations),
    ]);
    blocks
}

fn group(group: &ClauseGroupWords, by: &FrameworkWords, language: Option<&str>) -> Vec<Block> {
    let mut blocks: Vec<_> = group.title.iter().map(|title| h3(vec![plain(title)])).collect();
    let heading = if group.title.is_some() { h4 } else { h3 };
    blocks.extend(group.clauses.iter().flat_map(|each| clause(each, by, heading, language)));
    blocks
}

fn clause(
    clause: &ClauseWords,
    by: &FrameworkWords,
    heading: fn(Text) -> Block,
    language: Option<&str>,
) -> Vec<Block> {
    let mut title = vec![plain(format!("{} · {}", clause.id, clause.label))];
    if let Some(mark) = &clause.mark {
        title.extend([plain(" "), Span::badge(mark, Tone::Soft)]);
    }
    let mut figures = vec![value(&format!("{}:", by.figure), &clause.mean)];
    figures.extend(clause.range.as_ref().map(|range| value("Range", range)));
    let mut blocks = vec![heading(title), meta(figures)];
    if !clause.questions.is_empty() {
        blocks.push(mapped(&clause.questions, language));
    }
    blocks.extend(clause.arithmetic.as_ref().map(sum));
    match (&clause.unsupported, &clause.left_out) {
        (Some(why), _) => {
            blocks.push(p(vec![bold("No answer supports this clause."), plain(format!(" {why}"))]))
        }
        (None, Some(left_out)) => blocks.push(small(vec![soft(left_out)])),
        (None, None) => {}
    }
    blocks
}

/// The questions of a clause, with how each stands to it.
fn mapped(questions: &[MappedWords], language: Option<&str>) -> Block {
    let row = |mapped: &MappedWords| {
        let answer = &mapped.answer;
        let asked = p(vec![soft(&answer.id), plain(format!(" {}", answer.ask))]);
        vec![
            vec![asked],
            answered(answer, language),
            cell(answer.score.as_deref().unwrap_or("–")),
            cell(mapped.relation),
            cell(mapped.confidence),
            cell(&mapped.by),
        ]
    };
    let columns = vec![
        column("Question", 33),
        column("Answer", 31),
        numbers("Score", 8),
        column("Relation", 14),
        column("Confidence", 13),
        column("Mapped by", 10),
    ];
    table(None, columns, questions.iter().map(row).collect())
}

fn answered(answer: &AnswerWords, language: Option<&str>) -> Cell {
    let own = language.filter(|_| answer.state == "not-applicable");
    let mut more: Vec<Text> = answer.evidence.iter().map(evidence).collect();
    more.extend(answer.note.as_ref().map(|note| vec![plain(format!("Note: {note}"))]));
    let mut blocks = vec![p(vec![plain(&answer.said).in_language(own)])];
    if !more.is_empty() {
        let entries = more.into_iter().map(|text| vec![small(in_language(text, language))]);
        blocks.push(Block::List(Marker::None, entries.collect()));
    }
    blocks
}

fn unsupported(by: &FrameworkWords) -> Vec<Block> {
    let title = "Clauses that no answer supports";
    let mut blocks = vec![h2("unsupported", counted(title, by.unsupported.len()))];
    if by.unsupported.is_empty() {
        blocks.push(say("Each clause of this crosswalk has an answer that scores more than 0."));
    } else {
        let row = |pair: &Pair| vec![cell(&pair.name), cell(&pair.value)];
        let columns = vec![column("Clause", 45), column("Why", 55)];
        blocks.push(table(None, columns, by.unsupported.iter().map(row).collect()));
    }
    if let Some(unmapped) = &by.unmapped {
        blocks.push(h3(vec![plain("Questions mapped to no clause")]));
        blocks.push(small(vec![plain(unmapped)]));
    }
    blocks
}
