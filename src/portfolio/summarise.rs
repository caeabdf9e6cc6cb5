//! From counts to figures in order.

use super::client::ClientResult;
use super::counts::Counts;
use super::few::{Absorb as _, Few};
use super::part::{FACTS, Group, NOT_STATED, Part, values};
use super::summary::*;
use super::{FEWEST, Portfolio, major};
use crate::model::{Condition, Facts, Questionnaire, Requirement, Score};
use crate::result::ENGINE;
use crate::source::one_line;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many sectors stand by themselves; the rest is one group.
const MOST_SECTORS: usize = 20;
/// The width of a bin. Unit: points of 100.
const BIN: u16 = 10;
/// The verdicts there are.
const VERDICTS: [&str; 3] = ["held", "incomplete", "clear"];

/// All figures of a portfolio.
pub(super) fn summary(
    portfolio: &Portfolio,
    facts: &Facts,
    find: &mut dyn FnMut(&str) -> Option<Arc<Questionnaire>>,
) -> Summary {
    let mut parts: Vec<_> = portfolio
        .parts
        .named()
        .map(|(key, part)| {
            let (id, version) = &part.questionnaire;
            let questionnaire = find(id).filter(|found| major(&found.version) == major(version));
            Writer { portfolio, facts, questionnaire: questionnaire.as_deref(), part }.part(key)
        })
        .collect();
    parts.sort_by_key(|part| Reverse(part.clients));
    let others = portfolio.parts.rest().map_or(0, |rest| rest.all.clients);
    Summary {
        gapwise: KIND.to_owned(),
        engine: ENGINE.to_owned(),
        anonymous: false,
        results: Some(others + parts.iter().map(|part| part.clients).sum::<u64>()),
        other_questionnaires: Some(others),
        parts,
    }
}

/// What the figures of a part are written from.
struct Writer<'a> {
    portfolio: &'a Portfolio,
    facts: &'a Facts,
    questionnaire: Option<&'a Questionnaire>,
    part: &'a Part,
}

impl Writer<'_> {
    fn part(&self, key: &str) -> PartSummary {
        let part = self.part;
        let (id, version) = &part.questionnaire;
        let (first, last) = part.dates.clone().unwrap_or_default();
        let ids = self.domains();
        let scores = Spread::of(&part.all.low);
        PartSummary {
            questionnaire: id.clone(),
            version: version.clone(),
            title: self.questionnaire.map(|each| each.title.clone()),
            notice: self.questionnaire.and_then(|each| each.notice.clone()),
            clients: part.all.clients,
            first_date: first,
            last_date: last,
            histogram: histogram(&part.all.low),
            evidenced: Spread::of(&part.evidenced),
            coverage: Spread::of(&part.coverage),
            verdicts: self.verdicts(),
            failed_gates: self.tallies(&part.gates),
            gaps: self.tallies(&part.gaps),
            domains: ids.iter().map(|id| self.domain(id)).collect(),
            groups: FACTS
                .iter()
                .zip(&part.groups)
                .map(|(by, of)| self.groups(by, of, &ids))
                .collect(),
            rows: self.rows(&ids),
            since: self.portfolio.earlier.as_ref().and_then(|earlier| earlier.summary(key)),
            scores,
        }
    }

    /// The domains that have a score somewhere, in the order of the questionnaire.
    fn domains(&self) -> Vec<String> {
        let scored = self.part.all.domains.named().filter(|(_, counts)| counts.total() > 0);
        let mut ids: Vec<_> = scored.map(|(id, _)| id.to_owned()).collect();
        let order = self.questionnaire.map(|each| each.domains.as_slice()).unwrap_or_default();
        ids.sort_by_key(|id| order.iter().position(|domain| domain.id.as_str() == id));
        ids
    }

    fn domain(&self, id: &str) -> DomainSpread {
        let domains = self.questionnaire.map(|each| each.domains.as_slice()).unwrap_or_default();
        let found = domains.iter().find(|domain| domain.id.as_str() == id);
        let scores = self.part.all.domains.get(id).map(Spread::of).unwrap_or_default();
        DomainSpread { id: id.to_owned(), title: found.map(|domain| domain.title.clone()), scores }
    }

    fn verdicts(&self) -> Vec<Tally> {
        let tally = |id: &str| Tally {
            id: id.to_owned(),
            text: None,
            asked_of: Some(BTreeMap::new()),
            clients: Some(self.part.verdicts.get(id).copied().unwrap_or(0)),
        };
        VERDICTS.into_iter().map(tally).collect()
    }

    /// Requirements with their statements, the commonest first, then in the order of the questionnaire.
    fn tallies(&self, of: &Few<u64>) -> Vec<Tally> {
        let all = || self.questionnaire.into_iter().flat_map(Questionnaire::requirements);
        let place = |id: &str| all().position(|(_, each)| each.id.as_str() == id);
        let mut tallies: Vec<_> = of.named().filter(|(_, count)| **count > 0).collect();
        tallies.sort_by_key(|(id, count)| (Reverse(**count), place(id)));
        let tally = |(id, count): (&str, &u64)| {
            let found = all().find(|(_, each)| each.id.as_str() == id).map(|(_, each)| each);
            Tally {
                id: one_line(id),
                text: found.map(|each| each.statement.clone()),
                asked_of: found.map(|each| self.asked_of(each)),
                clients: Some(*count),
            }
        };
        tallies.into_iter().map(tally).collect()
    }

    /// Who is asked for a requirement, by its own condition and those of its questions.
    fn asked_of(&self, requirement: &Requirement) -> BTreeMap<String, Vec<String>> {
        let questions =
            self.questionnaire.map(|each| each.questions.as_slice()).unwrap_or_default();
        let asked = requirement.asked_by.iter().filter_map(|asked| questions.get(asked.question));
        let own = asked.filter_map(|question| question.applies_when.as_ref());
        let mut asked_of = BTreeMap::new();
        own.chain(&requirement.applies_when).for_each(|each| tested(each, &mut asked_of));
        asked_of
    }

    /// The groups of a fact: those of its options in their order, all others with most clients first, then
    /// the rest, then those who state nothing.
    fn groups(&self, by: &str, of: &Few<Group>, domains: &[String]) -> GroupsBy {
        let options = self.facts.get(by).map(|fact| fact.options.as_slice()).unwrap_or_default();
        let (empty, mut rest) = (Group::default(), of.rest().cloned().unwrap_or_default());
        let mut groups: Vec<_> = options
            .iter()
            .map(|(id, text)| {
                let group = of.get(id).unwrap_or(&empty);
                GroupSummary { text: Some(text.clone()), ..named(id, group, domains) }
            })
            .collect();
        let is_option = |value: &str| options.iter().any(|(id, _)| id == value);
        let mut free: Vec<_> =
            of.named().filter(|(value, _)| *value != NOT_STATED && !is_option(value)).collect();
        free.sort_by_key(|(_, group)| Reverse(group.clients));
        for (at, (value, group)) in free.into_iter().enumerate() {
            match at < MOST_SECTORS {
                true => groups.push(named(value, group, domains)),
                false => rest.absorb(group.clone()),
            }
        }
        let other = GroupSummary { kind: GroupKind::Other, ..named("", &rest, domains) };
        let silent = of.get(NOT_STATED).unwrap_or(&empty);
        let silent = GroupSummary { kind: GroupKind::NotStated, ..named("", silent, domains) };
        groups.extend([other, silent].into_iter().filter(|group| group.clients > 0));
        GroupsBy { by: by.to_owned(), groups }
    }

    /// Each client: those held by a gate first, then the lowest score.
    fn rows(&self, domains: &[String]) -> Option<Vec<ClientRow>> {
        let mut clients: Vec<_> = self.part.rows.as_ref()?.iter().collect();
        clients.sort_by_key(|each| {
            (each.verdict != "held", each.overall.low, &each.client, &each.from, &each.answers)
        });
        Some(clients.into_iter().map(|each| self.row(each, domains)).collect())
    }

    fn row(&self, client: &ClientResult, domains: &[String]) -> ClientRow {
        let score = |id: &String| {
            let found = client.domains.iter().find(|(domain, _)| domain == id);
            found.and_then(|(_, figures)| figures.low)
        };
        let peers = self.portfolio.peers(client);
        let stated = |fact| {
            values(client, fact).into_iter().next().filter(|value| value.as_str() != NOT_STATED)
        };
        ClientRow {
            client: one_line(&client.client),
            folder: client.folder.clone(),
            from: one_line(&client.from),
            size: stated(FACTS[0]),
            sector: stated(FACTS[1]),
            verdict: client.verdict.clone(),
            score: client.overall.low,
            best: client.overall.high,
            evidenced: client.overall.evidenced,
            coverage: client.overall.coverage,
            domains: domains.iter().map(score).collect(),
            failed_gates: client.failed_gates.clone(),
            gaps: client.below_target.len() as u64,
            standing: peers.as_ref().map(|peers| peers.standing.words().to_owned()),
            peer_median: peers.map(|peers| peers.quartiles[1]),
        }
    }
}

fn named(value: &str, group: &Group, domains: &[String]) -> GroupSummary {
    let median = |id: &String| -> Option<Score> {
        let counts = group.domains.get(id).filter(|counts| counts.total() >= FEWEST)?;
        counts.quartiles().map(|[_, median, _]| median)
    };
    GroupSummary {
        kind: GroupKind::Named,
        value: value.to_owned(),
        text: None,
        clients: group.clients,
        held: Some(group.held),
        scores: Spread::of(&group.low),
        medians: domains.iter().map(median).collect(),
    }
}

/// The facts that a condition tests, each with the values that it asks for: none where it is turned round, or
/// where it hangs on an answer.
fn tested(condition: &Condition, out: &mut BTreeMap<String, Vec<String>>) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().for_each(|part| tested(part, out));
        }
        Condition::Fact { fact, among } => match out.get_mut(fact) {
            Some(values) if values.is_empty() => {}
            Some(values) => values.extend(among.clone()),
            None => drop(out.insert(fact.clone(), among.clone())),
        },
        Condition::Not(part) => {
            out.extend(part.facts().into_iter().map(|fact| (fact.to_owned(), Vec::new())));
        }
        Condition::Answer { question, .. } => {
            out.insert(question.to_string(), Vec::new());
        }
    }
}

/// How many scores lie in each tenth.
fn histogram(counts: &Counts) -> Vec<Bin> {
    let starts = (0..100).step_by(BIN.into());
    let bin = |from| Bin { from, to: from + BIN, clients: counts.between(from, from + BIN) };
    starts.map(bin).collect()
}
