//! The commands as their users type them, each with what it prints; the README among them.
//!
//! After a wanted change: `TRYCMD=overwrite cargo test --test suite commands`, then read the diff.

use crate::root;

#[test]
fn every_command_prints_what_its_page_shows() {
    trycmd::TestCases::new().case("tests/commands/*.trycmd").case("README.md");
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
