//! Which document a text or a path is, without reading the document.

use crate::raw::DocumentKind;

/// Kind and name that a text declares at the beginning of its lines, the kind first. Profiles, glossaries and
/// answers have no name.
pub(super) fn header(text: &str) -> Option<(DocumentKind, String)> {
    let value = |key: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(key))?;
        let value = line.split(" #").next().unwrap_or_default();
        Some(value.trim().trim_matches(['"', '\'']))
    };
    let is_content =
        |line: &&str| !line.trim().is_empty() && !line.starts_with('#') && *line != "---";
    let first = text.lines().find(is_content)?;
    let (kind, _) =
        DocumentKind::declared(value("gapwise:").filter(|_| first.starts_with("gapwise:"))?)?;
    let name = match kind {
        DocumentKind::Bank => value("theme:")?,
        DocumentKind::Questionnaire | DocumentKind::Target | DocumentKind::Crosswalk => {
            value("id:")?
        }
        DocumentKind::Profile | DocumentKind::Glossary | DocumentKind::Answers => "",
    };
    Some((kind, name.to_owned()))
}

/// Kind and name that the path of a built-in document stands for.
pub(super) fn built_in_name(path: &str) -> Option<(DocumentKind, &str)> {
    let path = path.strip_suffix(".yaml")?;
    Some(match path.split_once('/') {
        Some(("questions", theme)) => (DocumentKind::Bank, theme),
        Some(("targets", id)) => (DocumentKind::Target, id),
        Some(("crosswalks", id)) => (DocumentKind::Crosswalk, id),
        Some(_) => return None,
        None if path == "profile" => (DocumentKind::Profile, ""),
        None if path == "glossary" => (DocumentKind::Glossary, ""),
        None => (DocumentKind::Questionnaire, path),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtin;

    #[test]
    fn headers_are_read_without_reading_the_document() {
        let bank = "gapwise: questions/1  # mine\ntheme: \"risk\"\nquestions: [[[[\n";
        assert_eq!(header(bank), Some((DocumentKind::Bank, "risk".to_owned())));
        assert_eq!(header("gapwise: answers/1\n"), Some((DocumentKind::Answers, String::new())));
        assert_eq!(header("version: 3\n"), None);
    }

    #[test]
    fn every_built_in_document_stands_where_its_header_says() {
        for (path, text) in builtin::documents() {
            let named = built_in_name(path).map(|(kind, name)| (kind, name.to_owned()));
            assert_eq!(header(text), named, "{path}");
        }
    }
}
