//! The interview as its users see it: the program in a terminal, keys in, a screen out.

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read as _, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// How long a text may take to come: machines that test are busy.
const PATIENCE: Duration = Duration::from_secs(60);

const UP: &str = "\x1b[A";
const DOWN: &str = "\x1b[B";
const CTRL_C: &str = "\x03";

/// A terminal with the program in it.
struct Terminal {
    screen: vt100::Parser,
    output: Receiver<Vec<u8>>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    _pty: Box<dyn MasterPty + Send>,
}

impl Terminal {
    /// Starts the program with these arguments in a folder.
    fn start(folder: &Path, (columns, rows): (u16, u16), arguments: &[&str]) -> Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pty = native_pty_system().openpty(size).expect("a terminal");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_gapwise"));
        command.args(arguments);
        command.cwd(folder);
        command.env("TERM", "xterm-256color");
        let child = pty.slave.spawn_command(command).expect("started");
        drop(pty.slave);
        let mut reader = pty.master.try_clone_reader().expect("readable");
        let keys = pty.master.take_writer().expect("writable");
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if sender.send(bytes[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        let screen = vt100::Parser::new(rows, columns, 0);
        Self { screen, output, keys, child, _pty: pty.master }
    }

    /// Waits until the screen shows a text.
    #[track_caller]
    fn sees(&mut self, text: &str) -> &mut Self {
        while !self.screen.screen().contents().contains(text) {
            let Ok(bytes) = self.output.recv_timeout(PATIENCE) else {
                panic!("not seen: {text}\n{}", self.screen.screen().contents());
            };
            self.screen.process(&bytes);
        }
        self
    }

    fn types(&mut self, keys: &str) -> &mut Self {
        self.keys.write_all(keys.as_bytes()).and_then(|()| self.keys.flush()).expect("typed");
        self
    }

    /// Waits for the end of the program; the exit code.
    fn ends(&mut self) -> u32 {
        // What nobody reads would hold the program up.
        while let Ok(bytes) = self.output.recv_timeout(PATIENCE) {
            self.screen.process(&bytes);
        }
        self.child.wait().expect("ended").exit_code()
    }
}

fn said(file: &Path) -> String {
    let text = std::fs::read_to_string(file).expect("readable");
    text.lines().filter(|line| !line.trim_start().starts_with('#')).collect::<Vec<_>>().join("\n")
}

/// A new file, as far as the first question.
fn begun(folder: &Path, size: (u16, u16)) -> (Terminal, PathBuf) {
    let mut terminal = Terminal::start(folder, size, &["interview"]);
    terminal.sees("Which questionnaire").sees("> 4").types("\r");
    terminal.sees("What is your organisation or").types("Corner Bakery\r");
    terminal.sees("corner-bakery.yaml").types("\r");
    terminal.sees("On which date").types("\r");
    terminal.sees("What do you do there?").types("\r");
    terminal.sees("What is your name?").types("\r");
    terminal.sees("What do you do with AI?").types(UP).sees("> [ ] 4").types(" ").sees("[x] 4");
    terminal.types("\r");
    terminal.sees("How many people").types("2\r");
    terminal.sees("In which sector").types("\r");
    terminal.sees("In which country").types("\r");
    (terminal, folder.join("corner-bakery.yaml"))
}

#[test]
fn a_bakery_begins_stops_and_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut terminal, file) = begun(folder.path(), (80, 24));
    terminal.sees("Question 1 of 16").sees("> 0").types(DOWN).sees("> 1").types("\r");
    terminal.sees("Question 2 of 16");
    assert!(said(&file).contains("STR-1: 1"));
    terminal.types("n\r").sees("Why does this not apply").types("\r");
    terminal.sees("Something must be written").types("Closed in winter.\r");
    terminal.sees("Question 3 of 16");
    assert!(said(&file).contains("STR-3: {not-applicable: \"Closed in winter.\"}"));
    terminal.types("b\r").sees("Question 2 of 16").sees("So far: not applicable").sees("> n");
    terminal.types(CTRL_C).sees("Go on with: gapwise interview corner-bakery.yaml");
    assert_eq!(terminal.ends(), 0);

    let arguments = ["interview", "corner-bakery.yaml"];
    let mut terminal = Terminal::start(folder.path(), (80, 24), &arguments);
    terminal.sees("14 of 16 questions are still open.").sees("> 1").types("\r");
    for number in 3..=16 {
        terminal.sees(&format!("Question {number} of 16")).types("?\r");
    }
    terminal.sees("Which answers may a customer see").types(" ").sees("[x] 1").types("\r");
    terminal.sees("Make the report: gapwise report corner-bakery.yaml -o out/");
    assert_eq!(terminal.ends(), 0);
    let text = said(&file);
    assert!(text.contains("STR-1: {level: 1, visibility: public}"), "{text}");
    assert_eq!(text.matches(": unknown").count(), 14, "{text}");
}

/// The question itself is always on the screen, however narrow that is.
#[test]
fn a_question_keeps_its_beginning_on_a_narrow_screen() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut terminal, _) = begun(folder.path(), (40, 24));
    terminal.sees("Do you use each AI tool").sees("> 0");
    terminal.types("i\r").sees("Why: You keep the tools");
    terminal.types("\r").sees("Question 1 of 16").sees("> 0");
    assert!(terminal.screen.screen().contents().contains("Do you use each AI tool"));
    terminal.types(CTRL_C).sees("Saved.");
    assert_eq!(terminal.ends(), 0);
}

/// Between two pages Ctrl-C is a signal, and no key.
#[cfg(unix)]
#[test]
fn ctrl_c_between_two_pages_ends_an_interview_as_on_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut terminal, file) = begun(folder.path(), (80, 24));
    terminal.sees("Question 1 of 16").sees("> 0");
    let id = terminal.child.process_id().expect("alive").to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().expect("run").success());
    terminal.types("2\r").sees("Saved. Go on with: gapwise interview corner-bakery.yaml");
    assert_eq!(terminal.ends(), 0);
    assert!(said(&file).contains("STR-1: 2"));
}

/// Whoever pulls the plug finds the file whole.
#[cfg(unix)]
#[test]
fn a_killed_interview_leaves_a_whole_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut terminal, file) = begun(folder.path(), (80, 24));
    terminal.sees("Question 1 of 16").types("2\r").sees("Question 2 of 16");
    let id = terminal.child.process_id().expect("alive").to_string();
    let killed = Command::new("kill").args(["-9", &id]).status().expect("run");
    assert!(killed.success());
    terminal.ends();
    assert!(said(&file).contains("STR-1: 2"));
    let names: Vec<_> = crate::entries(folder.path());
    assert_eq!(names, [file], "nothing else is left behind");
}

/// Runs the program without a terminal.
fn piped(folder: &Path, arguments: &[&str], typed: &str) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gapwise"));
    command.args(arguments).current_dir(folder);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("started");
    let mut stdin = child.stdin.take().expect("piped");
    // A program that has ended reads no more.
    let _ = stdin.write_all(typed.as_bytes());
    drop(stdin);
    let output = child.wait_with_output().expect("ended");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

#[test]
fn without_a_terminal_replies_are_lines() {
    let folder = tempfile::tempdir().expect("a folder");
    let new = ["interview", "a.yaml", "--questionnaire", "msme-first-look"];
    let about = "Acme\n2026-11-02\nowner\n\n4\n1\n\n\n";
    let (code, shown, told) = piped(folder.path(), &new, &format!("{about}2\nq\n"));
    assert_eq!(code, 0, "{told}");
    assert!(shown.contains("Question 2 of 16 · about"), "{shown}");
    assert_eq!(told, "Saved. Go on with: gapwise interview a.yaml\n");
    assert!(said(&folder.path().join("a.yaml")).contains("STR-1: 2"));

    let rest = format!("1\n{}\n", "?\n".repeat(15));
    let (code, shown, told) = piped(folder.path(), &["interview", "a.yaml"], &rest);
    assert_eq!(code, 0, "{told}");
    assert!(shown.contains("Which answers may a customer see"), "{shown}");
    assert!(shown.contains("Score "), "{shown}");
    assert!(told.ends_with("Saved. Make the report: gapwise report a.yaml -o out/\n"), "{told}");
}

#[test]
fn what_is_not_there_is_said_before_anything_is_asked() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |arguments: &[&str]| piped(folder.path(), arguments, "");
    let (code, _, told) = run(&["interview", "a.yaml", "--questionnaire", "msme-first-lok"]);
    assert!(code == 2 && told.contains("did you mean `msme-first-look`?"), "{told}");
    let (code, _, told) = run(&["interview", "-"]);
    assert!(code == 2 && told.contains("no answers file"), "{told}");
    std::fs::write(folder.path().join("bad.yaml"), "gapwise: answers/1\nanswers: 3\n").expect("ok");
    let (code, _, told) = run(&["interview", "bad.yaml"]);
    assert!(code == 1 && told.contains("`questionnaire` is missing"), "{told}");
    let begun = ["interview", "a.yaml", "--questionnaire", "msme-first-look"];
    assert_eq!(run(&begun).0, 0);
    let (code, _, told) = run(&["interview", "a.yaml", "--section", "MSME-22"]);
    assert!(code == 2 && told.contains("choose one of `MSME-1`, `MSME-2`"), "{told}");
}
