//! A line of the journal: parts that are looked at often stand before the rest.

use super::failure::Failure;
use super::names::Names;
use super::work::Scored;

/// What a line of the journal says.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Entry<'a> {
    /// A client was scored.
    Result {
        /// What tells it apart.
        identity: &'a str,
        /// What its folder is called, if no other is.
        name: &'a str,
        /// What its reports were made from; empty where there are none.
        made_from: &'a str,
        /// Its `client-result/1`.
        json: &'a str,
    },
    /// It was not: its failure as JSON.
    Failure(&'a str),
}

impl<'a> Entry<'a> {
    /// Takes a line apart.
    pub(super) fn of(line: &'a str) -> Self {
        let mut parts = line.splitn(4, '\t');
        let mut next = || parts.next().unwrap_or_default();
        match [next(), next(), next(), next()] {
            ["", _, _, json] => Self::Failure(json),
            [identity, name, made_from, json] => Self::Result { identity, name, made_from, json },
        }
    }
}

/// The line for what came of a client.
pub(super) fn line(scored: &Scored) -> String {
    match scored {
        Scored::Result { json, names, made_from, .. } => {
            result(names, made_from.as_deref().unwrap_or_default(), json)
        }
        Scored::Failure(why) => failure(why),
    }
}

fn result(names: &Names, made_from: &str, json: &str) -> String {
    format!("{}\t{}\t{made_from}\t{json}", names.identity, names.short())
}

fn failure(why: &Failure) -> String {
    // Texts and numbers only: nothing that JSON cannot hold.
    format!("\t\t\t{}", serde_json::to_string(why).unwrap_or_default())
}
