//! Names of things, parsed once.

use serde::Serialize;
use std::borrow::Borrow;
use std::fmt;

/// Whether a word is an id of a question, requirement or domain: `[A-Z][A-Z0-9]*(-[A-Za-z0-9.]+)*`.
pub fn is_id(word: &str) -> bool {
    let mut parts = word.split('-');
    let head = parts.next().unwrap_or_default();
    head.starts_with(|c: char| c.is_ascii_uppercase())
        && head.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        && parts.all(|part| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.')
        })
}

/// Whether a word is an id of anything else: `[a-z0-9]+(-[a-z0-9]+)*`.
pub fn is_slug(word: &str) -> bool {
    word.split('-').all(|part| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    })
}

macro_rules! id {
    ($(#[doc = $doc:literal])+ $name:ident) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
        pub struct $name(String);

        impl $name {
            /// `None` where the word is no such id.
            pub fn new(word: &str) -> Option<Self> {
                is_id(word).then(|| Self(word.to_owned()))
            }

            /// The id as it is written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.pad(&self.0)
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

id! {
    /// The id of a question, as `RSK-1`.
    QuestionId
}
id! {
    /// The id of a requirement, as `HCOC-1.b`.
    RequirementId
}
id! {
    /// The id of a domain, as `HCOC-1`.
    DomainId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_slugs_are_told_apart() {
        for good in ["RSK-1", "HCOC-1.b", "G7-20.b", "A", "T7-4.3"] {
            assert!(is_id(good), "{good}");
        }
        for bad in ["", "rsk-1", "RSK-", "7-A", "RSK 1", "RSK-é", "Rsk-1"] {
            assert!(!is_id(bad), "{bad}");
        }
        assert!(is_slug("model-developer") && is_slug("2024-a"));
        assert!(!is_slug("Model") && !is_slug("a--b") && !is_slug("") && !is_slug("a_b"));
    }
}
