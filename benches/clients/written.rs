//! A client in the forms that a batch reads: an answers file, a line of JSON, a row of a table.

use super::generate::{Client, Given};
use gapwise::model::Facts;
use gapwise::source::quoted;

impl Client {
    /// An answers file.
    pub(crate) fn yaml(&self) -> String {
        let mut yaml = String::new();
        for (key, value) in self.head() {
            yaml += &format!("{key}: {value}\n");
        }
        yaml += "answers:\n";
        for (id, given) in &self.given {
            match flow(given) {
                Some(value) => yaml += &format!("  {id}: {value}\n"),
                None => yaml += &format!("  {id}:\n"),
            }
        }
        yaml
    }

    /// The same as JSON on one line, without a line break at the end.
    pub(crate) fn json_line(&self) -> String {
        let pair = |(key, value): (&str, String)| format!("{}:{value}", quoted(key));
        let given = self.given.iter().filter_map(|(id, given)| Some((id.as_str(), flow(given)?)));
        let given: Vec<_> = given.map(pair).collect();
        let head = self.head().into_iter().map(pair).collect::<Vec<_>>().join(",");
        format!("{{{head},\"answers\":{{{}}}}}", given.join(","))
    }

    /// A row of a table, under the heads of [`super::Clients::header`].
    pub(crate) fn row(&self) -> Vec<String> {
        let values = |fact: &str| self.profile.get(fact).map_or(String::new(), |all| all.join("|"));
        let mut row = vec![self.name.clone(), self.date.clone(), self.questionnaire.0.clone()];
        if self.kind == "system" {
            row.extend([values(Facts::KIND), values(Facts::STAGE)]);
        }
        row.extend(self.facts.iter().map(|fact| values(fact)));
        row.extend(self.given.iter().map(|(_, given)| match given {
            Given::Open => String::new(),
            Given::Unknown => "unknown".to_owned(),
            Given::NotApplicable(reason) => format!("n/a: {reason}"),
            Given::Said(_, ids, _) => ids.join("|"),
        }));
        row
    }

    /// All but the answers, each value in flow style, which JSON is too.
    fn head(&self) -> Vec<(&'static str, String)> {
        let stage = self
            .profile
            .get(Facts::STAGE)
            .map(|stage| format!(", \"stage\": {}", quoted(&stage[0])));
        let (name, kind) = (quoted(&self.name), quoted(self.kind));
        let of = format!("{{\"name\": {name}, \"kind\": {kind}{}}}", stage.unwrap_or_default());
        let facts = self
            .profile
            .iter()
            .filter(|(id, _)| ![Facts::KIND, Facts::STAGE].contains(&id.as_str()));
        let facts = facts.map(|(id, values)| match values.as_slice() {
            [value] => format!("{}: {}", quoted(id), quoted(value)),
            values => format!("{}: {}", quoted(id), list(values)),
        });
        vec![
            ("gapwise", quoted("answers/1")),
            ("of", of),
            ("language", quoted("en")),
            ("profile", format!("{{{}}}", facts.collect::<Vec<_>>().join(", "))),
            ("date", quoted(&self.date)),
            ("by", "[{\"name\": \"A. Person\", \"function\": \"owner\"}]".to_owned()),
            ("questionnaire", quoted(&self.questionnaire.0)),
            ("version", quoted(&self.questionnaire.1)),
        ]
    }
}

fn list(texts: &[String]) -> String {
    format!("[{}]", texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", "))
}

/// What is said in flow style; `None` while it is open.
fn flow(given: &Given) -> Option<String> {
    Some(match given {
        Given::Open => return None,
        Given::Unknown => "{\"unknown\": true}".to_owned(),
        Given::NotApplicable(reason) => format!("{{\"not-applicable\": {}}}", quoted(reason)),
        Given::Said(key, ids, evidence) => {
            let value = match *key {
                "options" => list(ids),
                "level" | "number" => ids[0].clone(),
                _ => quoted(&ids[0]),
            };
            let evidence = evidence.as_ref().map(|title| {
                format!(
                    ", \"evidence\": [{{\"title\": {}, \"reference\": \"kept by the owner\"}}]",
                    quoted(title)
                )
            });
            format!("{{{}: {value}{}}}", quoted(key), evidence.unwrap_or_default())
        }
    })
}
