//! The commands as their users type them, each with what it prints; the README among them.
//!
//! After a wanted change: `TRYCMD=overwrite cargo test --test suite commands`, then read the diff.

use crate::root;

#[test]
fn every_command_prints_what_its_page_shows() {
    let cases = trycmd::TestCases::new();
    cases.case("tests/commands/*.trycmd");
    if !cfg!(debug_assertions) {
        // It shows what is lacking outside a release.
        cases.skip("tests/commands/form.trycmd");
    }
}

/// The README, as someone follows it who has just cloned: in a folder of their own.
#[cfg(unix)]
#[test]
fn the_readme_prints_what_it_shows() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = folder.path().join("README.md");
    std::fs::copy(root("README.md"), &page).expect("copied");
    // trycmd runs the commands of a page in the folder of this name beside it.
    let clone = folder.path().join("README.in");
    std::fs::create_dir(&clone).expect("made");
    for name in ["examples", "questionnaires"] {
        std::os::unix::fs::symlink(root(name), clone.join(name)).expect("linked");
    }
    trycmd::TestCases::new().case(page.to_str().expect("plain")).run();
    if std::env::var("TRYCMD").is_ok_and(|wish| wish == "overwrite") {
        std::fs::copy(&page, root("README.md")).expect("copied back");
    }
}

/// What the README gives to type in a shell, CI types.
#[test]
fn ci_runs_the_set_up_of_the_readme() {
    let text = |path: &str| std::fs::read_to_string(root(path)).expect("readable");
    let (readme, ci) = (text("README.md"), text(".ci/run"));
    let blocks = readme.split("```sh\n").skip(1).filter_map(|block| block.split("```").next());
    let typed: Vec<_> =
        blocks.flat_map(str::lines).filter(|line| line.starts_with("cargo ")).collect();
    assert!(typed.len() >= 2, "the README has lost its two commands: {typed:?}");
    for line in typed {
        assert!(ci.lines().any(|other| other == line), "not in .ci/run: {line}");
    }
}
