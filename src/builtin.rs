//! `questionnaires/` and `templates/`, compiled in.

include!(concat!(env!("OUT_DIR"), "/built_in.rs"));

/// The engine that a form carries: its script, and its module packed as `deflate-raw`; or what to do to
/// have it.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn engine() -> Result<(&'static str, &'static [u8]), &'static str> {
    include!(concat!(env!("OUT_DIR"), "/engine.rs"))
}

/// All files of `questionnaires/` and `templates/`: path, and text.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.iter().copied()
}

/// The documents of `questionnaires/`: path below it, and text.
pub(crate) fn documents() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.iter().filter_map(|(path, text)| Some((path.strip_prefix("questionnaires/")?, *text)))
}

/// The template at this path below `templates/`.
pub(crate) fn template(path: &str) -> Option<&'static str> {
    let found = FILES.iter().find(|(name, _)| name.strip_prefix("templates/") == Some(path));
    found.map(|(_, text)| *text)
}

/// The fill-in pages: the ids that steps name them by, sorted. Each stands at `aids/<id>.md` below
/// `templates/`.
pub(crate) fn aids() -> Vec<&'static str> {
    let id = |path: &'static str| path.strip_prefix("templates/aids/")?.strip_suffix(".md");
    FILES.iter().filter_map(|(path, _)| id(path)).collect()
}
