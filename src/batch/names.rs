//! What the folder of a client is called, and what tells two clients apart.

use crate::answers_file::slug;
use crate::digest::Digest;
use crate::model::Facts;
use crate::portfolio::ClientResult;
use serde_json::json;

/// What a client without a letter or digit in its name is called.
const NAMELESS: &str = "client";

/// The names that a client's folder may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Names {
    /// The client's name in `[a-z0-9-]`; `None` where that is nothing, or a name that Windows keeps for itself.
    short: Option<String>,
    /// The same with eight digits that no other client has.
    long: String,
    /// What tells the client apart: 16 hexadecimal digits.
    pub(super) identity: String,
}

impl Names {
    /// Two clients are the same if name, kind, stage, date and questionnaire are.
    pub(super) fn of(client: &ClientResult) -> Self {
        let fact = |id: &str| client.profile.get(id);
        let identity = Digest::of_json(&json!([
            client.client,
            fact(Facts::KIND),
            fact(Facts::STAGE),
            client.date,
            client.questionnaire,
        ]));
        let identity = identity.to_string()[..16].to_owned();
        let short = slug(&client.client);
        let long = format!("{}-{}", short.as_deref().unwrap_or(NAMELESS), &identity[..8]);
        Self { short, long, identity }
    }

    /// The plain name, which a client has that shares it with no other.
    pub(super) fn short(&self) -> &str {
        self.short.as_deref().unwrap_or(&self.long)
    }

    /// Both.
    pub(super) fn both(&self) -> Vec<String> {
        vec![self.short().to_owned(), self.long.clone()]
    }

    /// The one to use, where others may share the plain one.
    pub(super) fn unique(&self, is_shared: bool) -> &str {
        if is_shared { &self.long } else { self.short() }
    }
}
