//! What changed since an earlier batch, in words.

use super::{counted, shown};
use crate::model::Score;
use crate::portfolio::summary::{Move, Moves, Names, SinceSummary, Spread};
use serde::Serialize;

/// What changed.
#[derive(Clone, Debug, Serialize)]
pub struct SinceWords {
    /// The medians then and now, and who is compared; a sentence each.
    pub said: Vec<String>,
    /// The biggest rises.
    pub rises: Vec<MoveWords>,
    /// The biggest falls.
    pub falls: Vec<MoveWords>,
    /// Clients that are newly held, no longer held, new or gone; those of which there are some.
    pub named: Vec<NamedWords>,
}

/// A client that moved.
#[derive(Clone, Debug, Serialize)]
pub struct MoveWords {
    /// Its name.
    pub client: String,
    /// Its score then.
    pub before: String,
    /// Its score now.
    pub now: String,
    /// What lies between, with its sign.
    pub change: String,
}

/// Clients by name.
#[derive(Clone, Debug, Serialize)]
pub struct NamedWords {
    /// What they are.
    pub title: String,
    /// How many.
    pub clients: u64,
    /// The first of them.
    pub names: Vec<String>,
    /// How many more.
    pub more: u64,
}

/// The words for what changed.
pub(super) fn since(since: &SinceSummary, now: &Spread, anonymous: bool) -> SinceWords {
    let (then, now) = (shown(since.earlier.median, anonymous), shown(now.median, anonymous));
    let mut said = vec![match since.earlier.clients {
        Some(clients) => {
            format!("The median was {then} of {}, and is {now}.", counted(clients, "score"))
        }
        None => format!("The median was {then}, and is {now}."),
    }];
    let Some(moves) = &since.moves else {
        if !anonymous {
            said.push(
                "The earlier batch has more clients than are compared one by one: only the distributions are."
                    .to_owned(),
            );
        }
        return SinceWords { said, rises: Vec::new(), falls: Vec::new(), named: Vec::new() };
    };
    said.push(compared(moves));
    if moves.ambiguous > 0 {
        said.push(format!(
            "{} not compared: more than one client has it.",
            match moves.ambiguous {
                1 => "1 name is".to_owned(),
                names => format!("{names} names are"),
            }
        ));
    }
    let lists = [
        ("Newly held by a ground rule", &moves.newly_held),
        ("No longer held", &moves.no_longer_held),
        ("New", &moves.new),
        ("Not there any more", &moves.gone),
    ];
    let named = lists.into_iter().filter(|(_, names)| names.clients > 0);
    SinceWords {
        said,
        rises: moves.rises.iter().map(words).collect(),
        falls: moves.falls.iter().map(words).collect(),
        named: named.map(|(title, names)| listed(title, names)).collect(),
    }
}

fn compared(moves: &Moves) -> String {
    let unmoved = moves.compared - moves.risen - moves.fallen;
    format!(
        "Of {} in both batches {} rose, {} fell and {unmoved} did not move.",
        counted(moves.compared, "client"),
        moves.risen,
        moves.fallen
    )
}

fn words(each: &Move) -> MoveWords {
    let width = |bp: u16| Score::saturating(u64::from(bp)).short();
    let change = match each.rise() {
        0 => format!("-{}", width(each.fall())),
        rise => format!("+{}", width(rise)),
    };
    MoveWords {
        client: each.client.clone(),
        before: each.before.short(),
        now: each.now.short(),
        change,
    }
}

fn listed(title: &str, names: &Names) -> NamedWords {
    NamedWords {
        title: title.to_owned(),
        clients: names.clients,
        names: names.names.clone(),
        more: names.clients.saturating_sub(names.names.len() as u64),
    }
}
