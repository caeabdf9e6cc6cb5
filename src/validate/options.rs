//! What a question can be answered with: levels, options, bands, and their scores.

use super::{is_first, score, slug};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Choice, Kind, Score};
use crate::raw::List;
use crate::raw::bank::{RawBand, RawLevel, RawOption};
use crate::source::Span;
use std::collections::BTreeMap;

/// B103: a maturity question has at least two levels.
pub(super) fn levels(list: &List<RawLevel>, out: &mut Diagnostics) -> Option<Vec<Choice>> {
    if list.written < 2 {
        let message = "a maturity question needs at least two levels";
        let fault = Diagnostic::error(Code::B103, message, list.span);
        out.push(fault.help("say what can be observed at each level, from level 0"));
        return None;
    }
    levels_differ(list, out);
    let top = list.written - 1;
    let scores: Vec<_> = list
        .items
        .iter()
        .enumerate()
        .map(|(at, level)| level.score.as_ref().map_or(Some(even(at, top)), |raw| score(raw, out)))
        .collect();
    if list.items.len() < list.written {
        return None;
    }
    scores_rise(list, &scores, out);
    let choice = |(at, (level, score)): (usize, (&RawLevel, Option<Score>))| {
        Some(Choice { id: at.to_string(), text: super::text(&level.text)?, score: score? })
    };
    list.items.iter().zip(scores).enumerate().map(choice).collect()
}

/// B104: no two levels say the same.
fn levels_differ(list: &List<RawLevel>, out: &mut Diagnostics) {
    let mut seen = BTreeMap::new();
    for text in list.items.iter().filter_map(|level| level.text.as_ref()) {
        let first = *seen.entry(text.value.to_lowercase()).or_insert(text.span);
        if first != text.span {
            let fault = Diagnostic::error(Code::B104, "two levels say the same", text.span);
            let fault = fault.label("again here").related(first, "first here");
            out.push(fault.help("say what can be observed at this level only"));
        }
    }
}

/// B105: the score never falls from level to level.
fn scores_rise(list: &List<RawLevel>, scores: &[Option<Score>], out: &mut Diagnostics) {
    let place = |level: &RawLevel| {
        let score = level.score.as_ref().map(|score| score.span);
        score.or(level.text.as_ref().map(|text| text.span)).unwrap_or(list.span)
    };
    for (levels, scores) in list.items.windows(2).zip(scores.windows(2)) {
        if let [Some(before), Some(score)] = scores
            && before > score
        {
            let message = format!(
                "the score falls from level to level, from {} to {}",
                before.basis_points(),
                score.basis_points()
            );
            let fault = Diagnostic::error(Code::B105, message, place(&levels[1]));
            let fault = fault.related(place(&levels[0]), "the level before");
            out.push(fault.help("let scores rise from level to level"));
        }
    }
}

/// Level k of levels 0..n: `k * 10000 / n`, rounded half up. Source: method edition 1, section 1.
fn even(level: usize, top: usize) -> Score {
    Score::saturating(((2 * level * 10_000 + top) / (2 * top)) as u64)
}

/// B106, Y025: options have ids of their own, and there are at least two.
pub(super) fn options(list: &List<RawOption>, out: &mut Diagnostics) -> Option<Vec<Choice>> {
    let mut seen = BTreeMap::new();
    for id in list.items.iter().filter_map(|option| option.id.as_ref()) {
        is_first(&mut seen, id, Code::B106, "option", out);
    }
    let choices: Vec<_> = list.items.iter().map(|each| option(each, out)).collect();
    if list.written < 2 {
        let fault = Diagnostic::error(Code::Y025, "at least two options are needed", list.span);
        out.push(fault.help("add an option"));
        return None;
    }
    choices.into_iter().collect::<Option<Vec<_>>>().filter(|all| all.len() == list.written)
}

/// B107: an option is not called as the answer "don't know" is.
fn option(raw: &RawOption, out: &mut Diagnostics) -> Option<Choice> {
    if let Some(id) = raw.id.as_ref().filter(|id| id.value == "unknown") {
        let fault = Diagnostic::error(Code::B107, "an option cannot be called `unknown`", id.span);
        out.push(fault.help("choose another id; `unknown` is the answer \"don't know\""));
    }
    let id = raw.id.as_ref().and_then(|raw| slug(raw, out));
    let score = raw.score.as_ref().and_then(|raw| score(raw, out));
    Some(Choice { id: id?, text: super::text(&raw.text)?, score: score? })
}

/// A checklist; `at` is where its options begin.
pub(super) fn checklist(list: &List<RawOption>, at: Span, out: &mut Diagnostics) -> Option<Kind> {
    let exclusive = exclusive(list, at, out);
    let options = options(list, out);
    Some(Kind::Checklist { options: options?, exclusive: exclusive? })
}

/// B108: a checklist has exactly one exclusive option.
fn exclusive(list: &List<RawOption>, at: Span, out: &mut Diagnostics) -> Option<usize> {
    let is_faulty = |each: &RawOption| each.exclusive.is_none() && each.keys.has_value("exclusive");
    if list.items.len() < list.written || list.items.iter().any(is_faulty) {
        return None;
    }
    let flags = list.items.iter().map(|option| option.exclusive.as_ref());
    let mut marked =
        flags.enumerate().filter_map(|(at, flag)| Some((at, flag.filter(|flag| flag.value)?)));
    let Some((place, first)) = marked.next() else {
        let fault = Diagnostic::error(Code::B108, "the checklist has no exclusive option", at);
        out.push(
            fault.help("add `{id: none, text: \"None of these\", score: 0, exclusive: true}`"),
        );
        return None;
    };
    for (_, other) in marked {
        let fault = Diagnostic::error(Code::B108, "a second option is exclusive", other.span);
        out.push(fault.related(first.span, "the first one").help("keep one exclusive option"));
    }
    Some(place)
}

pub(super) fn bands(
    list: &List<RawBand>,
    out: &mut Diagnostics,
) -> Option<Vec<(Option<u32>, Score)>> {
    let scores = list.items.iter().map(|band| band.score.as_ref().and_then(|raw| score(raw, out)));
    let scores: Vec<_> = scores.collect();
    bands_rise(list, out)?;
    let up_to = list.items.iter().map(|band| band.up_to.as_ref().map(|whole| whole.value));
    up_to.zip(scores).map(|(up_to, score)| Some((up_to, score?))).collect()
}

/// B109: bands rise and the last is open.
fn bands_rise(list: &List<RawBand>, out: &mut Diagnostics) -> Option<()> {
    let is_faulty = |each: &RawBand| each.up_to.is_none() && each.keys.has_value("up-to");
    if list.items.len() < list.written || list.items.iter().any(is_faulty) {
        return None;
    }
    let up_to = |band: &RawBand| band.up_to.as_ref().map(|whole| whole.value);
    let mut rise = true;
    for pair in list.items.windows(2) {
        let (before, band) = (&pair[0], &pair[1]);
        if up_to(before).is_none() || up_to(band).is_some_and(|top| Some(top) <= up_to(before)) {
            let message = "the band does not lie above the one before";
            let fault = Diagnostic::error(Code::B109, message, band.span);
            let fault = fault.related(before.span, "the one before");
            out.push(fault.help("let `up-to` rise; only the last band has none"));
            rise = false;
        }
    }
    let last = list.items.last();
    if rise && last.is_none_or(|last| last.up_to.is_some()) {
        let at = last.map_or(list.span, |last| last.span);
        let fault = Diagnostic::error(Code::B109, "the last band is not open", at);
        out.push(fault.help("add a last band without `up-to`"));
        rise = false;
    }
    rise.then_some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_spread_evenly_and_round_half_up() {
        let scores: Vec<_> = (0..=3).map(|level| even(level, 3).basis_points()).collect();
        assert_eq!(scores, [0, 3333, 6667, 10_000]);
        assert_eq!(even(1, 16).basis_points(), 625);
        assert_eq!(even(1, 32).basis_points(), 313);
    }
}
