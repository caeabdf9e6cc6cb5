//! After the last client: folders get their names, tables and portfolio their places.

use super::failure::Failure;
use super::journal::Entry;
use super::names::Names;
use super::shared::Shared;
use crate::diagnostic::Code;
use crate::load::Trouble;
use crate::load::shelf::{Closed, Journal, Lines, Shelf};
use crate::portfolio::ClientResult;
use crate::render::data::csv_line;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// A line for each client that was scored.
pub const RESULTS: &str = "results.ndjson";
/// The same as a table.
pub const TABLE: &str = "results.csv";
/// A row for each client that failed.
pub const FAILURES: &str = "failures.csv";

const HEADS_OF_FAILURES: [&str; 6] = ["file", "line", "code", "fault", "help", "more"];

/// The tables of a batch, not yet in their places.
#[derive(Debug)]
pub struct Tables {
    /// `results.ndjson`.
    pub results: Closed,
    /// `failures.csv`.
    pub failures: Closed,
    /// The first failures.
    pub first_failures: Vec<Failure>,
    /// How many clients failed because they stand twice.
    pub doubles: u64,
    /// The domains that some client has figures for, in the order in which they were met.
    pub domains: Vec<String>,
    /// The facts that some client has stated.
    pub facts: BTreeSet<String>,
}

/// How many failures are told one by one.
const TOLD: usize = 5;

/// Reads the journal to its end: names the folders, and tells `each` client that was scored.
///
/// # Errors
/// A table cannot be written, a folder not be moved.
pub fn tables(
    shelf: &Shelf,
    journal: &Closed,
    each: &mut (dyn FnMut(&ClientResult) + Send),
) -> Result<Tables, Trouble> {
    let shared = Shared::of(shelf, journal)?;
    let firsts: BTreeSet<u64> = shared.doubles.values().copied().collect();
    let mut places = BTreeMap::new();
    let mut writer = Writer::new(shelf)?;
    let mut numbers = 0..;
    in_order(shelf.lines(journal)?, &Read::of, |read| {
        let at = numbers.next().unwrap_or_default();
        let (made_from, json, mut client) = match read {
            Read::Failure(failure) => return writer.fail(failure),
            Read::Result { made_from, json, client } => (made_from, json, client),
        };
        if firsts.contains(&at) {
            places.insert(at, client.from.clone());
        }
        if let Some(first) = shared.doubles.get(&at) {
            let first = places.get(first).map_or("", String::as_str);
            writer.tables.doubles += 1;
            return writer.fail(stands_twice(&client, first));
        }
        if !made_from.is_empty() {
            let names = Names::of(&client);
            let name = names.unique(shared.alike.contains(&at)).to_owned();
            shelf.name(&made_from, &name, &names.both())?;
            client.folder = Some(name);
        }
        each(&client);
        writer.add(&client, json)
    })?;
    writer.close()
}

/// How many lines are taken apart at a time.
const AT_A_TIME: usize = 1024;

/// What comes of lines, in their order: `read` takes each apart, on any core, while `each` gets those before.
fn in_order<T: Send>(
    mut lines: Lines,
    read: &(dyn Fn(String) -> Result<T, Trouble> + Sync),
    mut each: impl FnMut(T) -> Result<(), Trouble> + Send,
) -> Result<(), Trouble> {
    let mut before = Vec::new();
    loop {
        let some: Vec<_> = lines.by_ref().take(AT_A_TIME).collect::<Result<_, _>>()?;
        let is_end = some.is_empty();
        let (done, next) = rayon::join(
            || before.into_iter().try_for_each(&mut each),
            || some.into_par_iter().map(read).collect::<Result<Vec<_>, _>>(),
        );
        done?;
        before = next?;
        if is_end {
            return Ok(());
        }
    }
}

/// A line of the journal, taken apart.
enum Read {
    Result { made_from: String, json: String, client: Box<ClientResult> },
    Failure(Failure),
}

impl Read {
    fn of(line: String) -> Result<Self, Trouble> {
        match Entry::of(&line) {
            Entry::Failure(json) => {
                serde_json::from_str(json).map(Self::Failure).map_err(|why| damaged(&why))
            }
            Entry::Result { made_from, json, .. } => Ok(Self::Result {
                made_from: made_from.to_owned(),
                json: json.to_owned(),
                client: Box::new(client(json)?),
            }),
        }
    }
}

fn client(json: &str) -> Result<ClientResult, Trouble> {
    serde_json::from_str(json).map_err(|why| damaged(&why))
}

/// The journal is ours, so only something else can have changed it.
fn damaged(why: &serde_json::Error) -> Trouble {
    let message = format!("the journal of the batch was changed by something else: {why}");
    Trouble { message, help: Some("start once more with --resume".to_owned()) }
}

/// R207: a client stands in one place.
fn stands_twice(client: &ClientResult, first: &str) -> Failure {
    let ClientResult { client, date, questionnaire, from, .. } = client;
    let (file, line) = match from.rsplit_once(':') {
        Some((file, line)) if line.parse::<usize>().is_ok() => (file, line.parse().ok()),
        _ => (from.as_str(), None),
    };
    Failure {
        file: file.to_owned(),
        line,
        code: Code::R207.id().to_owned(),
        fault: format!("`{client}` of {date} with `{questionnaire}` stands in {first} already"),
        help: Some("keep one of the two, or give them different names".to_owned()),
        more: 0,
    }
}

/// The tables while they are written.
struct Writer {
    results: Journal,
    failures: Journal,
    tables: Gathered,
}

#[derive(Default)]
struct Gathered {
    first_failures: Vec<Failure>,
    doubles: u64,
    domains: Vec<String>,
    facts: BTreeSet<String>,
}

impl Writer {
    fn new(shelf: &Shelf) -> Result<Self, Trouble> {
        let results = shelf.table(RESULTS)?;
        let mut failures = shelf.table(FAILURES)?;
        failures.add_bytes(&csv_line(&HEADS_OF_FAILURES))?;
        Ok(Self { results, failures, tables: Gathered::default() })
    }

    /// Adds a client, whose line is `json` unless it has got a folder.
    fn add(&mut self, client: &ClientResult, json: String) -> Result<(), Trouble> {
        for (domain, _) in &client.domains {
            if !self.tables.domains.contains(domain) {
                self.tables.domains.push(domain.clone());
            }
        }
        for fact in client.profile.keys() {
            if !self.tables.facts.contains(fact) {
                self.tables.facts.insert(fact.clone());
            }
        }
        let with_folder = client.folder.as_ref().and_then(|_| serde_json::to_string(client).ok());
        self.results.add(&with_folder.unwrap_or(json))
    }

    fn fail(&mut self, failure: Failure) -> Result<(), Trouble> {
        let line = failure.line.map(|line| line.to_string()).unwrap_or_default();
        let more = failure.more.to_string();
        let help = failure.help.as_deref().unwrap_or_default();
        let cells = [&failure.file, &line, &failure.code, &failure.fault, help, &more];
        self.failures.add_bytes(&csv_line(&cells))?;
        self.failures.lines += 1;
        if self.tables.first_failures.len() < TOLD {
            self.tables.first_failures.push(failure);
        }
        Ok(())
    }

    fn close(self) -> Result<Tables, Trouble> {
        let Gathered { first_failures, doubles, domains, facts } = self.tables;
        Ok(Tables {
            results: self.results.close()?,
            failures: self.failures.close()?,
            first_failures,
            doubles,
            domains,
            facts,
        })
    }
}

/// Folders of an earlier run whose clients are not in this one.
///
/// # Errors
/// The folder, or a table, cannot be read.
pub fn left_over(shelf: &Shelf, tables: &Tables) -> Result<Vec<String>, Trouble> {
    if shelf.clients()?.count() as u64 <= tables.results.lines {
        return Ok(Vec::new());
    }
    let mut folders: BTreeSet<String> = shelf.clients()?.collect();
    for line in shelf.lines(&tables.results)? {
        client(&line?)?.folder.iter().for_each(|folder| _ = folders.remove(folder));
    }
    Ok(folders.into_iter().collect())
}

/// What a client's row says of its peers: the group, their quartiles, and where it stands among them.
pub type Beside = [String; 5];

const HEADS: [&str; 12] = [
    "client",
    "folder",
    "from",
    "date",
    "questionnaire",
    "version",
    "verdict",
    "score",
    "score when open questions are answered best",
    "evidenced",
    "coverage",
    "failed gates",
];
const HEADS_BESIDE: [&str; 5] =
    ["peers", "peers: lower quartile", "peers: median", "peers: upper quartile", "stands"];

/// `results.csv`: a row for each client of `results.ndjson`, with its peers.
///
/// # Errors
/// It cannot be written.
pub fn results_table(
    shelf: &Shelf,
    tables: &Tables,
    beside: &(dyn Fn(&ClientResult) -> Beside + Sync),
) -> Result<Closed, Trouble> {
    let mut table = shelf.table(TABLE)?;
    let heads = HEADS.iter().copied().chain(["requirements below target"]).chain(HEADS_BESIDE);
    let heads = heads.chain(tables.facts.iter().map(String::as_str));
    let heads: Vec<_> = heads.chain(tables.domains.iter().map(String::as_str)).collect();
    table.add_bytes(&csv_line(&heads))?;
    let read = |line: String| {
        let client = client(&line)?;
        Ok(csv_line(&row(&client, tables, beside(&client))))
    };
    in_order(shelf.lines(&tables.results)?, &read, |row| table.add_bytes(&row))?;
    table.close()
}

fn row(client: &ClientResult, tables: &Tables, beside: Beside) -> Vec<String> {
    let figure = |score: Option<crate::model::Score>| {
        score.map(crate::model::Score::exact).unwrap_or_default()
    };
    let overall = client.overall;
    let mut row = vec![
        client.client.clone(),
        client.folder.clone().unwrap_or_default(),
        client.from.clone(),
        client.date.clone(),
        client.questionnaire.clone(),
        client.version.clone(),
        client.verdict.clone(),
        figure(overall.low),
        figure(overall.high),
        figure(overall.evidenced),
        figure(overall.coverage),
        client.failed_gates.join(" "),
        client.below_target.join(" "),
    ];
    row.extend(beside);
    let stated = |fact: &String| client.profile.get(fact).map(|values| values.join(" "));
    row.extend(tables.facts.iter().map(|fact| stated(fact).unwrap_or_default()));
    let of = |domain: &String| client.domains.iter().find(|(id, _)| id == domain);
    let domains = tables.domains.iter().map(|domain| of(domain).and_then(|(_, each)| each.low));
    row.extend(domains.map(figure));
    row
}
