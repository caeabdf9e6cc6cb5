//! The tables of a report that is cut by the clauses of a framework.

use super::cell::Cell;
use super::table::Table;
use super::tables::{answered, beside};
use crate::report::{ClauseWords, FrameworkWords, MappedWords};

/// A row for each clause.
pub(super) fn clauses(framework: &FrameworkWords) -> Table<9> {
    let row = |(group, clause): (&str, &ClauseWords)| {
        [
            Cell::text(group),
            Cell::text(&clause.id),
            Cell::text(&clause.label),
            Cell::text(clause.mark.as_deref().unwrap_or("checked")),
            Cell::figure(&clause.mean),
            Cell::basis_points(clause.best_bp),
            Cell::count(clause.questions.len() as u64),
            Cell::maybe(clause.unsupported.as_ref()),
            Cell::maybe(clause.left_out.as_ref()),
        ]
    };
    Table {
        name: "Clauses",
        columns: [
            ("Group", 26),
            ("Clause", 16),
            ("What it is about", 52),
            ("Clause id", 16),
            ("Mean of the mapped questions (ours)", 20),
            ("Best case", 12),
            ("Questions asked", 12),
            ("No answer supports it because", 44),
            ("Left out", 44),
        ],
        rows: each(framework).map(row).collect(),
        nothing: framework.title.clone(),
    }
}

/// A row for each question of each clause.
pub(super) fn answers(framework: &FrameworkWords) -> Table<13> {
    let row = |(clause, mapped): (&ClauseWords, &MappedWords)| {
        let [id, ask, said, state, score] = answered(&mapped.answer);
        let [evidence, note, by, visibility] = beside(&mapped.answer);
        let clause = Cell::text(&clause.id);
        let [relation, confidence, mapped] =
            [mapped.relation, mapped.confidence, &mapped.by].map(Cell::text);
        [
            clause, id, ask, said, state, score, relation, confidence, mapped, evidence, note, by,
            visibility,
        ]
    };
    let mapped = each(framework)
        .flat_map(|(_, clause)| clause.questions.iter().map(move |mapped| (clause, mapped)));
    Table {
        name: "Answers",
        columns: [
            ("Clause", 16),
            ("Question", 12),
            ("Ask", 48),
            ("Answer", 52),
            ("State", 15),
            ("Score", 11),
            ("Relation", 14),
            ("Confidence", 14),
            ("Mapped by", 14),
            ("Evidence", 34),
            ("Note", 30),
            ("Answered by", 18),
            ("Visibility", 12),
        ],
        rows: mapped.map(row).collect(),
        nothing: framework.unmapped.clone().unwrap_or_default(),
    }
}

/// Each clause, with the heading that it stands under.
fn each(framework: &FrameworkWords) -> impl Iterator<Item = (&str, &ClauseWords)> {
    framework.groups.iter().flat_map(|group| {
        let title = group.title.as_deref().unwrap_or_default();
        group.clauses.iter().map(move |clause| (title, clause))
    })
}
