//! The interview with a respondent who follows a script: what is asked, and what stands in the file then.

use crate::root;
use gapwise::diagnostic::Diagnostics;
use gapwise::interview::asker::{Asker, Left, Line, Menu, Pick, Said};
use gapwise::interview::plain::Plain;
use gapwise::interview::{Part, Start, begin};
use gapwise::library::Library;
use gapwise::load;
use std::collections::VecDeque;
use std::path::PathBuf;

/// What the respondent does next.
enum Does {
    /// Chooses entries.
    Chooses(&'static [usize]),
    /// Takes an action, with what stands behind its key.
    Takes(char, &'static str),
    /// Writes a line, or a number.
    Writes(&'static str),
    /// Presses Enter.
    Nothing,
    /// Does something elsewhere before the next reply.
    Meddles(Box<dyn Fn()>),
}
use Does::{Chooses, Meddles, Nothing, Takes, Writes};

/// Follows a script, then quits or goes on with the first answer that there is.
#[derive(Default)]
struct Respondent {
    script: VecDeque<Does>,
    goes_on: bool,
    /// All that was shown, a line each.
    shown: Vec<String>,
}

impl Respondent {
    fn new(script: Vec<Does>) -> Self {
        Self { script: script.into(), ..Self::default() }
    }

    fn patient(script: Vec<Does>) -> Self {
        Self { goes_on: true, ..Self::new(script) }
    }

    fn next(&mut self) -> Option<Does> {
        match self.script.pop_front() {
            Some(Meddles(how)) => {
                how();
                self.next()
            }
            next => next,
        }
    }

    fn saw(&self, text: &str) -> bool {
        self.shown.iter().any(|line| line.contains(text))
    }

    #[track_caller]
    fn must_have_seen(&self, text: &str) {
        assert!(self.saw(text), "not shown: {text}\n{}", self.shown.join("\n"));
    }
}

impl Asker for Respondent {
    fn tell(&mut self, text: &str) -> Result<(), Left> {
        self.shown.push(text.to_owned());
        Ok(())
    }

    fn ask(&mut self, menu: &Menu) -> Result<Said, Left> {
        let page = &menu.page;
        self.shown.push(format!("{} | {} | at {}", page.head, page.ask, menu.at));
        self.shown.extend(page.so_far.iter().cloned());
        match self.next() {
            Some(Chooses(places)) => Ok(Said::Chosen(places.to_vec())),
            Some(Takes(key, rest)) => {
                let offered = menu.actions.iter().any(|action| action.key == key);
                assert!(offered, "`{key}` is not offered for {}", page.ask);
                Ok(Said::Action(key, rest.to_owned()))
            }
            Some(Writes(text)) => Ok(Said::Written(text.to_owned())),
            Some(Nothing) => Ok(Said::Nothing),
            None if self.goes_on => Ok(match menu.pick {
                Pick::Number { .. } => Said::Written("3".to_owned()),
                _ => Said::Chosen(vec![0]),
            }),
            _ => Err(Left::Quit),
        }
    }

    fn write(&mut self, line: &Line) -> Result<Option<String>, Left> {
        self.shown.push(format!("{} | {}", line.page.head, line.page.ask));
        match self.next() {
            Some(Writes(text)) => Ok(Some(text.to_owned())),
            Some(Nothing) => Ok(Some(line.initial.clone())),
            Some(Takes('b', _)) => Ok(None),
            None if self.goes_on => Ok(Some(line.initial.clone())),
            _ => Err(Left::Quit),
        }
    }
}

/// A folder with an answers file in it, there or not.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    fn with(text: &str) -> Self {
        let place = Self::new();
        std::fs::write(place.file(), text).expect("written");
        place
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("acme.yaml")
    }

    fn text(&self) -> String {
        crate::text(&self.file())
    }

    /// An interview; whether it came to its end.
    fn interview(&self, respondent: &mut dyn Asker, part: Part) -> bool {
        self.interview_with(Library::default(), "msme-first-look", respondent, part)
    }

    fn interview_with(
        &self,
        mut library: Library,
        questionnaire: &str,
        respondent: &mut dyn Asker,
        part: Part,
    ) -> bool {
        let mut found = Diagnostics::default();
        let start = Start {
            file: Some(self.file()),
            questionnaire: Some(questionnaire.to_owned()),
            today: "2026-11-02".to_owned(),
        };
        let begun = begin(&mut library, respondent, &start, &mut found).expect("begun");
        let mut interview = begun.expect("no faults").about(part);
        match interview.hold(&mut library, respondent) {
            Ok(()) => true,
            Err(Left::Quit) => false,
            Err(Left::Trouble(trouble)) => panic!("{trouble}"),
        }
    }
}

/// What a bakery says before the questions.
fn about_a_bakery() -> Vec<Does> {
    vec![
        Writes("Corner Bakery"),
        Nothing,
        Writes("owner"),
        Nothing,
        Chooses(&[3]),
        Chooses(&[0]),
        Writes("baking"),
        Nothing,
    ]
}

/// An answers file that another hand has begun.
const BEGUN: &str = "# ours
gapwise: answers/1
of: {name: \"Acme\", kind: organisation}
profile:
  role: [plain-user]  # for now
  size: micro
date: 2026-11-02
by:
  - {function: \"owner\"}
questionnaire: msme-first-look
version: 1.0.0
answers:
  STR-1: 2  # two
";

#[test]
fn a_new_owner_answers_the_whole_pack() {
    let place = Place::new();
    let mut owner = Respondent::patient(about_a_bakery());
    assert!(place.interview(&mut owner, Part::default()));
    owner.must_have_seen("Question 1 of 16 · about 13 minutes left");
    owner.must_have_seen("Question 16 of 16 · about 1 minute left");
    owner.must_have_seen("Which answers may a customer see");
    let text = place.text();
    for line in
        ["name: \"Corner Bakery\"", "date: 2026-11-02", "  size: micro", "visibility: public"]
    {
        assert!(text.contains(line), "{line}\n{text}");
    }
    let assessed = crate::Assessed::of(Library::default(), &place.file());
    assert_eq!((assessed.scorecard.counts.answered, assessed.scorecard.counts.open), (16, 0));
}

#[test]
fn what_was_said_is_shown_again_on_the_way_back() {
    let place = Place::with(BEGUN);
    let script = vec![
        Chooses(&[1]),
        Chooses(&[4]),
        Takes('b', ""),
        Takes('t', "A note"),
        Takes('e', "Rules | https://example.org/rules"),
        Takes('e', ""),
        Chooses(&[0]),
        Writes("List"),
        Writes("list.pdf"),
        Takes('e', ""),
        Chooses(&[3]),
        Takes('?', ""),
    ];
    let mut owner = Respondent::new(script);
    assert!(!place.interview(&mut owner, Part::default()));
    owner.must_have_seen("about 13 minutes left | Do you use each AI tool for a real need, and check later whether it helped? | at 2");
    owner.must_have_seen("check later whether it helped? | at 4");
    owner.must_have_seen("Your note: A note");
    owner.must_have_seen("Your evidence: Rules; List");
    owner.must_have_seen("list.pdf is not in the folder");
    let wanted = "STR-1: {unknown: true, evidence: [{title: \"List\", file: \"list.pdf\"}], note: \"A note\"}  # two";
    assert!(place.text().contains(wanted), "{}", place.text());
}

#[test]
fn comments_stay_and_nothing_else_moves() {
    let place = Place::with(BEGUN);
    let mut owner = Respondent::new(vec![Chooses(&[1]), Chooses(&[3])]);
    place.interview(&mut owner, Part::default());
    assert_eq!(place.text(), BEGUN.replace("STR-1: 2", "STR-1: 3"));
}

#[test]
fn not_applicable_needs_a_reason() {
    let place = Place::with(BEGUN);
    let script = vec![Nothing, Takes('n', ""), Writes("  "), Writes("We are closed.")];
    let mut owner = Respondent::new(script);
    place.interview(&mut owner, Part::default());
    owner.must_have_seen("Something must be written here.");
    assert!(
        place.text().contains("STR-3: {not-applicable: \"We are closed.\"}"),
        "{}",
        place.text()
    );
}

#[test]
fn only_what_is_open_is_asked() {
    let place = Place::with(BEGUN);
    let mut owner = Respondent::patient(Vec::new());
    let part = Part { open_only: true, domain: None };
    assert!(place.interview(&mut owner, part));
    owner.must_have_seen("Question 1 of 15");
    assert!(!owner.saw("Do you use each AI tool for a real need"));
}

#[test]
fn a_section_is_asked_alone() {
    let place = Place::with(BEGUN);
    let mut owner = Respondent::patient(Vec::new());
    let part = Part { open_only: false, domain: Some(1) };
    assert!(place.interview(&mut owner, part));
    owner.must_have_seen("Know your tools · Question 1 of");
    assert!(!owner.saw("What AI brings you"));
}

#[test]
fn a_changed_profile_says_which_answers_no_longer_count() {
    let place = Place::with(&BEGUN.replace("[plain-user]", "[deployer]"));
    let mut owner = Respondent::patient(Vec::new());
    assert!(place.interview(&mut owner, Part::default()));
    let before = place.text();
    let script =
        vec![Chooses(&[2]), Nothing, Nothing, Nothing, Nothing, Chooses(&[3]), Chooses(&[0])];
    let mut owner = Respondent::new(script);
    assert!(!place.interview(&mut owner, Part::default()));
    owner.must_have_seen("These answers no longer count. They stay in the file.");
    owner.must_have_seen("RIG-1: Before AI is used");
    assert_eq!(place.text(), before.replace("[deployer]", "[plain-user]"));
}

#[test]
fn what_is_unsaid_is_asked_first() {
    let place = Place::with(
        &BEGUN.replace("  role: [plain-user]  # for now\n", "").replace("\"Acme\"", "\"\""),
    );
    let mut owner = Respondent::new(vec![Writes("Acme"), Chooses(&[3])]);
    place.interview(&mut owner, Part::default());
    owner.must_have_seen("What do you do with AI?");
    owner.must_have_seen("15 of 16 questions are still open.");
    assert!(place.text().contains("role: [plain-user]"), "{}", place.text());
}

#[test]
fn what_another_program_writes_is_kept() {
    let place = Place::with(BEGUN);
    let file = place.file();
    let other = BEGUN.replace("# two\n", "# two\n  STR-3: 1  # by hand\n");
    let theirs = other.clone();
    let meddle = Meddles(Box::new(move || std::fs::write(&file, &theirs).expect("written")));
    let mut owner = Respondent::new(vec![Chooses(&[1]), meddle, Chooses(&[4])]);
    place.interview(&mut owner, Part::default());
    owner.must_have_seen("Another program has changed");
    assert_eq!(place.text(), other.replace("STR-1: 2", "STR-1: 4"));
}

#[test]
fn a_file_that_another_program_broke_stays_and_the_answers_go_on_beside_it() {
    let place = Place::with(BEGUN);
    let file = place.file();
    let meddle = Meddles(Box::new(move || std::fs::write(&file, "answers: [").expect("written")));
    let mut owner = Respondent::new(vec![Chooses(&[1]), meddle, Chooses(&[4])]);
    place.interview(&mut owner, Part::default());
    owner.must_have_seen("your answers go on in");
    assert_eq!(place.text(), "answers: [");
    let beside = crate::text(&place.folder.path().join("acme-2.yaml"));
    assert_eq!(beside, BEGUN.replace("STR-1: 2", "STR-1: 4"));
}

#[cfg(unix)]
#[test]
fn what_cannot_be_saved_is_kept_until_it_can() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::with(BEGUN);
    let protect = |mode: u32| {
        let file = place.file();
        let mode = std::fs::Permissions::from_mode(mode);
        Meddles(Box::new(move || {
            std::fs::set_permissions(&file, mode.clone()).expect("changed");
        }))
    };
    let script = vec![Chooses(&[1]), protect(0o444), Chooses(&[4]), protect(0o644), Chooses(&[0])];
    let mut owner = Respondent::new(script);
    place.interview(&mut owner, Part::default());
    owner.must_have_seen("is write-protected");
    assert_eq!(place.text(), BEGUN.replace("STR-1: 2", "STR-1: 4"));
}

#[test]
fn questionnaires_of_ones_own_are_asked_in_every_type() {
    let mut library = Library::default();
    let mut found = Diagnostics::default();
    for path in load::yaml_files(&root("tests/diagnostics/library")).expect("a folder") {
        load::document(&mut library, &path, &mut found).expect("readable");
    }
    let place = Place::new();
    let mut owner = Respondent::patient(vec![Writes("Acme")]);
    assert!(place.interview_with(library, "fixture", &mut owner, Part::default()));
    assert!(place.text().contains("questionnaire: fixture"), "{}", place.text());
}

/// What plain lines show to somebody who types these.
fn plainly(place: &Place, typed: &str) -> String {
    let mut out = Vec::new();
    place.interview(&mut Plain::new(typed.as_bytes(), &mut out, None), Part::default());
    String::from_utf8(out).expect("UTF-8")
}

#[test]
fn plain_lines_take_every_reply() {
    let place = Place::with(BEGUN);
    let typed = "2\n9\nh\nb\n3\nn\n-\n";
    let shown = plainly(&place, typed);
    for text in [
        "15 of 16 questions are still open.",
        "`9` is no reply here. Type 0 to 4, or h for help.",
        "n REASON: Does not apply to us, with a reason",
        "So far: 2. Enter alone: keep the answer. h: help.",
        "Why does this not apply to you?",
    ] {
        assert!(shown.contains(text), "not shown: {text}\n{shown}");
    }
    assert!(place.text().contains("STR-1: 3  # two"), "{}", place.text());
}

#[test]
fn plain_lines_hold_no_control_characters() {
    let hostile = BEGUN.replace("\"Acme\"", "\"A\\e[2JB\\u202E\"").replace(
        "STR-1: 2",
        "STR-1: {level: 2, note: \"x\\e]0;title\\a\\nSaved.\", evidence: [{title: \"\\e[31m\", reference: \"r\"}]}",
    );
    let place = Place::with(&hostile);
    let shown = plainly(&place, "2\nt \u{1b}[2J\ne\n\n\u{1b}[2J\n");
    let strange = shown.chars().find(|c| (c.is_control() && *c != '\n') || *c == '\u{202E}');
    assert_eq!(strange, None, "{shown:?}");
    assert!(!shown.lines().any(|line| line == "Saved."), "{shown}");
}

#[test]
fn a_file_with_faults_is_told_and_left_alone() {
    let text = BEGUN.replace("STR-1: 2", "STR-1: 7");
    let place = Place::with(&text);
    let (mut library, mut found) = (Library::default(), Diagnostics::default());
    let start = Start { file: Some(place.file()), ..Start::default() };
    let begun = begin(&mut library, &mut Respondent::default(), &start, &mut found);
    assert!(begun.is_ok_and(|begun| begun.is_none()) && found.has_errors());
    assert_eq!(place.text(), text);
}
