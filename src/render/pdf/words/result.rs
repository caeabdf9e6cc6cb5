//! What is read first: of whom it is, the verdict, the score and the key figures.

use super::parts::{bold, h1, in_language, p, plain, soft};
use crate::render::chart::{self, figure::figure};
use crate::render::pdf::block::{Block, POINT, Setting, Span, Text, Tone};
use crate::report::{FigureWords, Head, Pair, Report};

/// How wide a gauge is at most.
pub(super) const GAUGE: i64 = 500 * POINT;
/// How wide it is at most beside a radar, and how they share the width.
const NARROW: i64 = 254 * POINT;
const SHARES: (i64, i64) = (58, 42);

/// The words over the title, the organisation, and a line about the assessment.
pub(super) fn head(kicker: &str, head: &Head, line: Text) -> Vec<Block> {
    vec![
        Block::Paragraph(vec![plain(kicker)], Setting::Kicker),
        h1(in_language(vec![plain(&head.name)], head.answer_language.as_deref())),
        p(line),
    ]
}

/// The colour of a verdict.
pub(super) fn tone(verdict: &str) -> Tone {
    match verdict {
        "held" => Tone::Bad,
        "incomplete" => Tone::Warn,
        _ => Tone::Soft,
    }
}

/// The verdict in a word, with its sentence.
pub(super) fn verdict(verdict: &str, word: &str, sentence: &str) -> Block {
    let badge = Span { small: false, ..Span::badge(word, tone(verdict)) };
    Block::Paragraph(vec![badge, plain(format!(" {sentence}"))], Setting::Lead)
}

/// The verdict, the score with its level, the gauge and key figures; beside these a radar where one is
/// given.
pub(super) fn result(report: &Report, figures: Block, radar: Option<Block>) -> Block {
    let overall = &report.overall;
    let verdict =
        verdict(&report.verdict, &report.verdict.to_uppercase(), &report.verdict_sentence);
    let score =
        huge(overall, vec![soft(" of 100 · level: ").small(), bold(&overall.level).small()]);
    let gauge = |widest| gauge(overall, &report.scale, &REPORT, widest);
    let blocks = match radar {
        Some(radar) => {
            let beside = vec![(SHARES.0, vec![gauge(NARROW), figures]), (SHARES.1, vec![radar])];
            vec![verdict, score, Block::Beside(beside)]
        }
        None => vec![verdict, score, gauge(GAUGE), figures],
    };
    Block::Callout(tone(&report.verdict), blocks)
}

/// The headline score, with what stands beside it.
pub(super) fn huge(figures: &FigureWords, beside: Text) -> Block {
    let text = [vec![bold(&figures.headline)], beside].concat();
    Block::Paragraph(text, Setting::Huge)
}

/// The gauge with its legend.
pub(super) fn gauge(figures: &FigureWords, scale: &[Pair], legend: &Legend, widest: i64) -> Block {
    let caption = legend.text("Line", figures, true);
    Block::Figure(figure(&chart::gauge(figures, scale), widest, Some(caption)))
}

/// What the parts of a chart are called.
pub(super) struct Legend {
    score: &'static str,
    open: &'static str,
    target: &'static str,
}

/// In a report.
pub(super) const REPORT: Legend =
    Legend { score: "score", open: "what open answers could add", target: "target" };

/// In plain words.
pub(super) const PLAIN: Legend =
    Legend { score: "your points", open: "what open questions could add", target: "a good aim" };

impl Legend {
    /// What each part looks like and is; a line for the target where it is one.
    pub(super) fn text(&self, line: &str, figures: &FigureWords, is_gauge: bool) -> Text {
        let evidenced = is_gauge && figures.evidenced_bp.is_some();
        let parts = [
            Some(("Dark", self.score)),
            (!figures.complete).then_some(("Light", self.open)),
            figures.target.is_some().then_some((line, self.target)),
            evidenced.then_some(("Triangle", "evidenced score")),
        ];
        let part = |(looks, is): (&str, &str)| format!("{looks}: {is}");
        let parts: Vec<_> = parts.into_iter().flatten().map(part).collect();
        vec![soft(parts.join("  ·  "))]
    }
}

/// Figures in columns side by side.
pub(super) fn key_figures(figures: Vec<(&str, String)>) -> Block {
    let one = |(name, value): (&str, String)| (vec![soft(name)], vec![bold(value)]);
    Block::KeyFigures(figures.into_iter().map(one).collect())
}
