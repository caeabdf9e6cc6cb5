//! The commands as their users type them, each with what it prints.

#[test]
fn every_command_prints_what_its_page_shows() {
    trycmd::TestCases::new().case("tests/commands/*.trycmd");
}
