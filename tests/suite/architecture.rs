//! Which module may use which, and what only some may touch. The table is the design.

use crate::{files, name, root, text};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Each module of `src/` with those that it uses, from the bottom up: a module stands below all that
/// use it, so arrows point one way. An arrow that nothing uses any more is struck out.
const TABLE: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("builtin", &[]),
    ("diagnostic", &["source"]),
    ("yaml", &["diagnostic", "source"]),
    ("digest", &["yaml"]),
    ("model", &["digest"]),
    ("cut", &["digest", "model"]),
    ("raw", &["diagnostic", "source", "yaml"]),
    ("validate", &["diagnostic", "digest", "model", "raw", "source"]),
    ("score", &["model"]),
    ("plan", &["model", "score"]),
    ("library", &["builtin", "diagnostic", "digest", "model", "raw", "source", "validate", "yaml"]),
    (
        "assemble",
        &["cut", "diagnostic", "digest", "library", "model", "raw", "score", "source", "validate"],
    ),
    ("length", &["model", "score"]),
    ("answers_file", &["diagnostic", "digest", "model", "source", "yaml"]),
    ("result", &["diagnostic", "model", "plan", "score", "source"]),
    (
        "verify",
        &[
            "assemble",
            "diagnostic",
            "library",
            "model",
            "plan",
            "result",
            "score",
            "source",
            "validate",
            "yaml",
        ],
    ),
    ("portfolio", &["model", "result", "score", "source"]),
    (
        "compare",
        &[
            "assemble",
            "diagnostic",
            "digest",
            "library",
            "model",
            "raw",
            "result",
            "score",
            "source",
            "validate",
            "verify",
        ],
    ),
    ("schema", &["compare", "portfolio", "raw", "result"]),
    ("report", &["cut", "model", "plan", "result", "score", "source"]),
    (
        "render",
        &[
            "builtin",
            "compare",
            "cut",
            "digest",
            "portfolio",
            "report",
            "result",
            "score",
            "source",
        ],
    ),
    ("form", &["model", "render", "result", "source"]),
    (
        "publish",
        &[
            "assemble",
            "cut",
            "diagnostic",
            "library",
            "model",
            "plan",
            "render",
            "report",
            "result",
            "score",
            "source",
            "validate",
            "verify",
        ],
    ),
    (
        "sitting",
        &[
            "answers_file",
            "assemble",
            "cut",
            "diagnostic",
            "length",
            "library",
            "model",
            "raw",
            "report",
            "result",
            "score",
            "source",
            "validate",
        ],
    ),
    (
        "wasm",
        &[
            "answers_file",
            "assemble",
            "cut",
            "diagnostic",
            "library",
            "publish",
            "render",
            "result",
            "sitting",
            "source",
            "validate",
        ],
    ),
    (
        "workbook",
        &[
            "answers_file",
            "diagnostic",
            "length",
            "library",
            "model",
            "raw",
            "render",
            "sitting",
            "source",
            "validate",
        ],
    ),
    ("load", &["diagnostic", "digest", "library", "raw", "source", "validate"]),
    (
        "interview",
        &[
            "answers_file",
            "diagnostic",
            "length",
            "library",
            "load",
            "model",
            "raw",
            "score",
            "sitting",
            "source",
            "validate",
        ],
    ),
    (
        "batch",
        &[
            "answers_file",
            "assemble",
            "cut",
            "diagnostic",
            "digest",
            "library",
            "load",
            "model",
            "portfolio",
            "publish",
            "render",
            "result",
            "score",
            "source",
            "validate",
            "workbook",
            "yaml",
        ],
    ),
    ("cli", EVERYTHING),
];

/// The command line may use all.
const EVERYTHING: &[&str] = &["*"];

/// How long a file may be before its tests. Unit: lines.
const LONGEST: usize = 400;

/// What stands in a file of `src/` before its tests, comments left out.
struct File {
    path: PathBuf,
    /// The top-level module that it belongs to.
    module: String,
    code: String,
    lines: usize,
}

fn sources() -> Vec<File> {
    let folder = root("src");
    let file = |path: PathBuf| {
        let below = path.strip_prefix(&folder).expect("below src").to_path_buf();
        let first = below.iter().next().expect("a name").to_string_lossy();
        let module = first.trim_end_matches(".rs").to_owned();
        let text = text(&path);
        let before: Vec<_> = text.lines().take_while(|line| *line != "#[cfg(test)]").collect();
        let code = before.iter().map(|line| line.split("//").next().unwrap_or_default());
        let code = code.collect::<Vec<_>>().join("\n");
        File { path: below, module, code, lines: before.len() }
    };
    files(&folder).into_iter().map(file).collect()
}

/// The words of a code, and where each ends.
fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

/// The modules that a code names behind `crate::`.
fn uses(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, path) in code.match_indices("crate::") {
        let rest = &code[at + path.len()..];
        match rest.strip_prefix('{') {
            None => found.extend(words(rest).next().map(str::to_owned)),
            Some(group) => found.extend(heads(group)),
        }
    }
    found
}

/// The first word of each entry of a `{…}` group whose opening brace is already read.
fn heads(group: &str) -> Vec<String> {
    let mut depth = 0;
    let mut entries = vec![String::new()];
    for c in group.chars() {
        match c {
            '}' if depth == 0 => break,
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => entries.push(String::new()),
            _ => {}
        }
        entries.last_mut().expect("never empty").push(c);
    }
    entries.iter().filter_map(|entry| words(entry).next().map(str::to_owned)).collect()
}

#[test]
fn paths_are_read_as_the_compiler_reads_them() {
    let code = "use crate::{assemble, model::{self, Claim},\n  load};\nfn f(x: &crate::score::State) {}\n$crate::raw::Read";
    let found: Vec<_> = uses(code).into_iter().collect();
    assert_eq!(found, ["assemble", "load", "model", "raw", "score"]);
}

#[test]
fn arrows_point_one_way() {
    for (at, (module, used)) in TABLE.iter().enumerate() {
        let below: Vec<_> = TABLE[..at].iter().map(|(below, _)| *below).collect();
        for arrow in used.iter().filter(|_| *used != EVERYTHING) {
            assert!(below.contains(arrow), "{module} stands above {arrow}, which it uses");
        }
    }
}

#[test]
fn modules_use_what_the_table_says() {
    let files = sources();
    let mut used: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut wrong = Vec::new();
    for file in files.iter().filter(|file| !["lib", "main"].contains(&file.module.as_str())) {
        let Some((module, allowed)) = TABLE.iter().find(|(module, _)| *module == file.module)
        else {
            wrong.push(format!("{}: no such module in the table", file.path.display()));
            continue;
        };
        let found = uses(&file.code).into_iter().filter(|used| used != module);
        for arrow in found {
            if *allowed != EVERYTHING && !allowed.contains(&arrow.as_str()) {
                let path = file.path.display();
                wrong.push(format!("{path}: `{module}` must not use `{arrow}`"));
            }
            used.entry(module).or_default().insert(arrow);
        }
        // From a file `a.rs`, and from `a/b.rs` by two steps, `super` would lead past the table.
        let up = if file.path.components().count() == 1 { "super::" } else { "super::super::" };
        if file.code.contains(up) {
            wrong.push(format!("{}: write `crate::` where `{up}` stands", file.path.display()));
        }
    }
    for (module, allowed) in TABLE {
        if files.iter().all(|file| file.module != *module) {
            wrong.push(format!("there is no module `{module}`: strike it out"));
        }
        for arrow in allowed.iter().filter(|_| *allowed != EVERYTHING) {
            if !used.get(module).is_some_and(|used| used.contains(*arrow)) {
                wrong.push(format!("`{module}` does not use `{arrow}`: strike it out"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn nothing_uses_the_command_line() {
    let inner =
        sources().into_iter().filter(|file| !["cli", "main"].contains(&file.module.as_str()));
    for file in inner {
        assert!(!uses(&file.code).contains("cli"), "{} uses cli", file.path.display());
    }
    let main = sources().into_iter().find(|file| file.module == "main").expect("src/main.rs");
    assert!(main.lines < 20, "src/main.rs does more than hand over");
}

/// No file of a module but these has any of these in its code.
fn only(modules: &[&str], has: impl Fn(&str) -> Option<&'static str>) {
    for file in sources().iter().filter(|file| !modules.contains(&file.module.as_str())) {
        if let Some(what) = has(&file.code) {
            panic!("{} has `{what}`, which belongs to {modules:?}", file.path.display());
        }
    }
}

fn any_word(code: &str, among: &'static [&'static str]) -> Option<&'static str> {
    among.iter().find(|wanted| words(code).any(|word| word == **wanted)).copied()
}

#[test]
fn files_are_touched_in_load_only() {
    only(&["load"], |code| any_word(code, &["fs", "OpenOptions", "tempfile"]));
    // The replies of an interview are no file.
    only(&["load", "cli"], |code| any_word(code, &["stdin"]));
    only(&["load"], |code| code.contains("File::open").then_some("File::open"));
}

#[test]
fn the_terminal_is_touched_in_cli_only() {
    const PRINTING: &[&str] =
        &["print", "println", "eprint", "eprintln", "dbg", "stdout", "stderr", "is_terminal"];
    only(&["cli"], |code| match any_word(code, PRINTING) {
        // A function or field may be called `print`; the macro may not be.
        Some("print") if !code.contains("print!") => None,
        found => found,
    });
}

#[test]
fn the_yaml_crate_is_named_in_yaml_only() {
    only(&["yaml"], |code| any_word(code, &["serde_yaml", "serde_saphyr", "granit_parser"]));
}

#[test]
fn neither_clock_nor_environment_is_read() {
    only(&[], |code| any_word(code, &["SystemTime", "Instant", "thread_rng"]));
    // The interview proposes today.
    only(&["cli"], |code| any_word(code, &["Zoned"]));
    only(&["cli"], |code| code.contains("env::").then_some("env::"));
}

#[test]
fn files_are_short() {
    let long = sources().into_iter().filter(|file| file.lines > LONGEST);
    let long: Vec<_> =
        long.map(|file| format!("src/{}: {} lines", file.path.display(), file.lines)).collect();
    assert!(long.is_empty(), "more than {LONGEST} lines before the tests:\n{}", long.join("\n"));
}

#[test]
fn modules_stand_beside_their_folders() {
    let stray = |path: &Path| name(path) == "mod.rs";
    assert!(!files(&root("src")).iter().any(|path| stray(path)), "write foo.rs beside foo/");
}
