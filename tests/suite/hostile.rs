//! The program against wrong and hostile input, damaged results, and a world that fails: it ends
//! with the exit code that says so, names the fault, and neither panics nor hangs.
//!
//! The questionnaire is that of `tests/diagnostics/library/`, so that no change of the built-in
//! content moves anything here. All that is large is made while the test runs.

use crate::{entries, name, root};
use serde_json::{Value, json};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Far more than anything takes, in a debug build on a busy machine; what hangs is stopped here.
const LONGEST: Duration = Duration::from_secs(90);

const HEADER: &str = "gapwise: answers/1\nof: {name: \"Corner Bakery\"}\nprofile: {fixture-size: micro}\ndate: 2026-11-02\nquestionnaire: fixture\nanswers:\n";

/// What became of one run.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// Ended with this exit code, and in order.
    pub(crate) fn ended(self, code: i32, of: &str) -> Self {
        assert_eq!(self.code, code, "{of}\n{}\n{}", cut(&self.out), cut(&self.err));
        self
    }

    /// Standard error holds this.
    pub(crate) fn says(self, words: &str, of: &str) -> Self {
        assert!(self.err.contains(words), "{of}: no `{words}` in\n{}", cut(&self.err));
        self
    }
}

fn cut(text: &str) -> String {
    text.chars().take(2000).collect()
}

/// A folder to play in, with the fixture's questionnaire.
pub(crate) struct Place(TempDir);

impl Place {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder for the test"))
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("in a folder")).expect("a folder");
        fs::write(&path, bytes).expect("written");
        path
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("readable")
    }

    pub(crate) fn names(&self, folder: &str) -> Vec<String> {
        let name =
            |path: &PathBuf| path.file_name().expect("a name").to_string_lossy().into_owned();
        crate::entries(&self.path(folder)).iter().map(name).collect()
    }

    pub(crate) fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gapwise"));
        command.args(words).current_dir(self.0.path());
        let own = ["list", "init", "check", "score", "report", "explain", "verify"];
        if words.first().is_some_and(|word| own.contains(word))
            && !words.contains(&"--questionnaires")
        {
            command.arg("--questionnaires").arg(root("tests/diagnostics/library"));
        }
        command
    }

    pub(crate) fn run(&self, words: &[&str]) -> Ran {
        self.finish(self.command(words), Stdio::null())
    }

    /// As someone who may not do everything, whoever runs the tests: all that is needed is copied to
    /// where nobody in particular may read it.
    #[cfg(unix)]
    fn as_nobody(&self, words: &[&str]) -> Ran {
        use std::os::unix::fs::PermissionsExt as _;
        use std::os::unix::process::CommandExt as _;
        let open = |path: &Path| fs::set_permissions(path, fs::Permissions::from_mode(0o755));
        open(self.0.path()).expect("opened");
        let program = self.path("gapwise");
        fs::copy(env!("CARGO_BIN_EXE_gapwise"), &program).expect("copied");
        open(&program).expect("opened");
        for file in entries(&root("tests/diagnostics/library")) {
            self.write(&format!("library/{}", name(&file)), fs::read(&file).expect("readable"));
        }
        let mut command = Command::new(program);
        command.args(words).args(["--questionnaires", "library"]).current_dir(self.0.path());
        if fs::metadata("/proc/self")
            .is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0)
        {
            command.uid(65534).gid(65534);
        }
        self.finish(command, Stdio::null())
    }

    pub(crate) fn run_with(&self, words: &[&str], stdin: &[u8]) -> Ran {
        let stdin = File::open(self.write("stdin", stdin)).expect("readable");
        self.finish(self.command(words), stdin.into())
    }

    /// Runs to the end or to [`LONGEST`]; nothing that went wrong inside goes unseen.
    pub(crate) fn finish(&self, mut command: Command, stdin: Stdio) -> Ran {
        let streams = tempfile::tempdir().expect("a folder for streams");
        let stream = |name: &str| File::create(streams.path().join(name)).expect("a file");
        let mut child = command
            .stdin(stdin)
            .stdout(stream("out"))
            .stderr(stream("err"))
            .spawn()
            .expect("the program starts");
        let start = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait().expect("a child") {
                break status;
            }
            if start.elapsed() > LONGEST {
                child.kill().expect("stopped");
                child.wait().expect("stopped");
                panic!("hangs: {command:?}");
            }
            std::thread::sleep(Duration::from_millis(2));
        };
        let text = |name: &str| {
            let bytes = fs::read(streams.path().join(name)).expect("readable");
            String::from_utf8_lossy(&bytes).into_owned()
        };
        let ran = Ran { code: status.code().unwrap_or(-1), out: text("out"), err: text("err") };
        assert!((0..=4).contains(&ran.code), "{command:?} ends with {status}\n{}", cut(&ran.err));
        assert!(!ran.err.contains("panicked"), "{command:?}\n{}", cut(&ran.err));
        ran
    }
}

/// Answers with these lines behind the header.
fn with(lines: &str) -> String {
    HEADER.to_owned() + lines
}

/// Answers with another header line.
fn instead(old: &str, new: &str) -> String {
    assert!(HEADER.contains(old), "{old}");
    HEADER.replace(old, new)
}

#[test]
fn a_text_that_is_no_document_is_refused_with_its_code() {
    let bomb: String = ('a'..'j')
        .map(|c| {
            format!("{c}: &{c} [{}]\n", vec![format!("*{}", (c as u8 - 1) as char); 9].join(","))
        })
        .collect();
    let bomb = bomb.replace("*`", "x");
    let utf16: Vec<u8> = HEADER.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [&[0xFF, 0xFE][..], &utf16].concat();
    let deep: String = (0..40).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    let many = with("  FIX-4: [") + &"updates,".repeat(100_001) + "]\n";
    let cases: [(&str, Vec<u8>, &str); 28] = [
        ("invalid UTF-8", b"gapwise: answers/1\nof: \xFF\n".to_vec(), "Y001"),
        ("Latin-1", b"gapwise: answers/1\nof: caf\xE9\n".to_vec(), "Y001"),
        ("UTF-16 with its mark", marked, "Y002"),
        ("UTF-16 without", utf16, "Y002"),
        ("NUL", (HEADER.to_owned() + "\0").into(), "Y003"),
        ("one byte too many", format!("{HEADER}#{}", "x".repeat(1024 * 1024)).into(), "Y004"),
        ("100 001 list items", many.into(), "Y004"),
        ("empty", Vec::new(), "Y005"),
        ("a mark and nothing else", b"\xEF\xBB\xBF".to_vec(), "Y005"),
        ("comments only", b"# hello\n".to_vec(), "Y005"),
        ("200 kB of [", "[".repeat(200_000).into(), "Y006"),
        ("200 kB of {", "{".repeat(200_000).into(), "Y006"),
        ("an open quote", "\"".to_owned().into(), "Y006"),
        ("1 MB in an open quote", format!("'{}", "x".repeat(1_000_000)).into(), "Y006"),
        ("a tab as indent", with("\tFIX-1: 2\n").into(), "Y006"),
        ("alias before anchor", b"a: *a\n".to_vec(), "Y006"),
        ("deep in block style", deep.into(), "Y007"),
        ("deep in flow style", format!("a: {}{}\n", "[".repeat(40), "]".repeat(40)).into(), "Y007"),
        ("200 kB of dashes", "- ".repeat(100_000).into(), "Y007"),
        ("a key twice", instead("date:", "date: 2026-11-03\ndate:").into(), "Y008"),
        ("an alias bomb", (instead("answers:\n", "") + &bomb).into(), "Y009"),
        ("a merge key", with("  <<: {FIX-1: 2}\n").into(), "Y009"),
        ("a tag", with("  FIX-1: !!int 2\n").into(), "Y010"),
        ("a second document", with("---\nx: 1\n").into(), "Y011"),
        ("no header", b"x: 1\n".to_vec(), "Y012"),
        ("1 MB in one word", "x".repeat(1_000_000).into(), "Y012"),
        ("another edition", instead("answers/1", "answers/2").into(), "Y013"),
        ("an unknown key", instead("date:", "dates: 1\ndate:").into(), "Y014"),
    ];
    let place = Place::new();
    for (of, bytes, code) in cases {
        place.write("a.yaml", &bytes);
        for command in ["check", "score", "explain"] {
            let ran =
                place.run(&[command, "a.yaml"]).ended(1, of).says(&format!("error[{code}]"), of);
            assert_eq!(ran.out, "", "{of}");
        }
        place.run_with(&["score", "-"], &bytes).ended(1, of).says("<stdin>", of);
    }
}

#[test]
fn a_wrong_answer_is_refused_with_its_code() {
    let cases = [
        ("FIX-1: 2\n  FIX-1: 3", "Y008"),
        ("FIX-99: 2", "A101"),
        ("fix-1: 2", "Y020"),
        ("FIX-1: 4", "A102"),
        ("FIX-1: 4294967295", "A102"),
        ("FIX-1: 99999999999999999999", "A102"),
        ("FIX-1: -1", "A103"),
        ("FIX-1: +1", "A103"),
        ("FIX-1: 01", "A102"),
        ("FIX-1: no", "A103"),
        ("FIX-1: on", "A103"),
        ("FIX-1: true", "A103"),
        ("FIX-1: 1_000", "A103"),
        ("FIX-1: \"3\"", "A103"),
        ("FIX-1: 1e3", "A103"),
        ("FIX-1: 0x1", "A103"),
        ("FIX-1: 0o1", "A103"),
        ("FIX-1: 2.0", "A103"),
        ("FIX-1: .nan", "A103"),
        ("FIX-1: \u{663}", "A103"),
        ("FIX-1: Unknown", "A103"),
        ("FIX-1: [2]", "A103"),
        ("FIX-1: {option: draft}", "A103"),
        ("FIX-2: Yes", "A103"),
        ("FIX-2: true", "A103"),
        ("FIX-5: 1e1", "A103"),
        ("FIX-3: nope", "A104"),
        ("FIX-4: [updates, nope]", "A104"),
        ("FIX-1: {not-applicable: }", "A105"),
        ("FIX-1: {not-applicable: \" \"}", "A105"),
        ("FIX-6: {not-applicable: \"We never decide.\"}", "A106"),
        ("FIX-4: []", "A107"),
        ("FIX-4: [updates, none]", "A108"),
        ("FIX-1: {level: 2, unknown: true}", "A121"),
        ("FIX-4: [updates, updates]", "A123"),
        ("FIX-1: {level: 2, scored: 9}", "Y014"),
        ("FIX-1: {level: [2]}", "Y016"),
        ("FIX-1: {level: 2, visibility: world}", "Y019"),
    ];
    let place = Place::new();
    for (line, code) in cases {
        place.write("a.yaml", with(&format!("  {line}\n")));
        let ran =
            place.run(&["score", "a.yaml"]).ended(1, line).says(&format!("error[{code}]"), line);
        assert_eq!(ran.out, "", "{line}");
        let ran = place.run(&["check", "--format", "json", "a.yaml"]).ended(1, line);
        let first: Value = ran
            .out
            .lines()
            .next()
            .map(|line| serde_json::from_str(line).expect("JSON"))
            .expect("a line");
        assert_eq!((&first["code"], &first["severity"]), (&json!(code), &json!("error")), "{line}");
    }
}

#[test]
fn a_wrong_head_is_refused_with_its_code() {
    let cases = [
        ("questionnaire: fixture", "questionnaire: nope", "A109"),
        ("questionnaire: fixture", "questionnaire: ../../etc/passwd", "A109"),
        ("questionnaire: fixture\n", "", "Y015"),
        ("date:", "version: 2.0.0\ndate:", "A110"),
        ("date:", "version: latest\ndate:", "Y023"),
        ("2026-11-02", "2026-02-30", "Y022"),
        ("2026-11-02", "yesterday", "Y022"),
        ("fixture-size: micro", "fixture-size: enormous", "A113"),
        ("fixture-size: micro", "fixture-size: [micro, large]", "A113"),
        ("fixture-size: micro", "fixture-siz: micro", "A112"),
        ("fixture-size: micro", "", "A114"),
        ("{name: \"Corner Bakery\"}", "{name: \" \"}", "Y016"),
        ("{name: \"Corner Bakery\"}", "Corner Bakery", "Y016"),
        ("answers:\n", "answers: []\n", "Y016"),
    ];
    let place = Place::new();
    for (old, new, code) in cases {
        place.write("a.yaml", instead(old, new));
        place.run(&["score", "a.yaml"]).ended(1, new).says(&format!("error[{code}]"), new);
    }
    place.write("a.yaml", instead("date:", "version: 1.1.0\ndate:"));
    place
        .run(&["score", "a.yaml"])
        .ended(0, "another minor version")
        .says("warning[A111]", "minor");
}

#[test]
fn a_document_of_another_kind_is_no_answers() {
    let place = Place::new();
    for name in ["questionnaire", "bank", "profile", "target", "glossary"] {
        let file = root(&format!("tests/diagnostics/library/{name}.yaml"));
        let file = file.to_string_lossy();
        for words in [&["score"][..], &["explain"], &["report", "--format", "csv"]] {
            place.run(&[words, &[&*file]].concat()).ended(1, name).says("error[Y024]", name);
        }
    }
    place.write("ok.yaml", with("  FIX-6: yes\n"));
    let result = place.run(&["score", "--format", "json", "ok.yaml"]).ended(0, "score").out;
    place.write("result.json", result);
    let bank = root("tests/diagnostics/library/bank.yaml");
    let words = ["verify", "result.json", "--answers", &bank.to_string_lossy()];
    place.run(&words).ended(1, "verify").says("error[Y024]", "verify");
}

#[test]
fn a_document_of_any_other_kind_may_have_8_mib_and_no_more() {
    let place = Place::new();
    let bank = fs::read_to_string(root("tests/diagnostics/library/bank.yaml")).expect("readable");
    let bank = bank.replace("theme: fixture", "theme: other").replace("FIX-", "OTH-");
    place.write("a.yaml", format!("{bank}#{}\n", "x".repeat(2 * 1024 * 1024)));
    place.run(&["check", "a.yaml"]).ended(0, "2 MiB");
    place.write("a.yaml", format!("{bank}#{}\n", "x".repeat(8 * 1024 * 1024)));
    place.run(&["check", "a.yaml"]).ended(1, "8 MiB").says("error[Y004]", "8 MiB");
}

/// The figures of a result.
fn overall(result: &str) -> Value {
    serde_json::from_str::<Value>(result).expect("JSON")["overall"].clone()
}

#[test]
fn an_answer_that_is_not_asked_is_kept_and_warned_about_and_never_counted() {
    let place = Place::new();
    place.write("without.yaml", with("  FIX-1: 1\n  FIX-6: yes\n"));
    place.write("with.yaml", with("  FIX-1: 1\n  FIX-6: yes\n  FIX-7: yes\n"));
    let without = place.run(&["score", "--format", "json", "without.yaml"]).ended(0, "without");
    let with = place.run(&["score", "--format", "json", "with.yaml"]).ended(0, "with");
    let with = with.says("warning[A115]", "not asked");
    assert_eq!(overall(&with.out), overall(&without.out));
    let result: Value = serde_json::from_str(&with.out).expect("JSON");
    assert_eq!(result["counts"]["not-asked"], json!(1));
    let question = &result["domains"][0]["requirements"][2]["questions"][0];
    assert_eq!((&question["state"], &question["answer"]), (&json!("not-asked"), &json!("yes")));
}

#[test]
fn a_mark_and_windows_line_ends_change_nothing() {
    let place = Place::new();
    let plain = with("  FIX-1: 1\n  FIX-6: yes\n");
    place.write("plain.yaml", &plain);
    place.write("windows.yaml", format!("\u{FEFF}{}", plain.replace('\n', "\r\n")));
    place.write("no-last-line-end.yaml", plain.trim_end());
    let wanted = place.run(&["score", "--format", "json", "plain.yaml"]).ended(0, "plain");
    for name in ["windows.yaml", "no-last-line-end.yaml"] {
        let ran = place.run(&["score", "--format", "json", name]).ended(0, name);
        assert_eq!((&ran.out, ran.err.as_str()), (&wanted.out, ""), "{name}");
    }
}

#[test]
fn a_large_hostile_file_is_refused_in_time() {
    const MIB: usize = 1024 * 1024;
    let lines = |line: &dyn Fn(usize) -> String, count| (0..count).map(line).collect::<String>();
    let cases = [
        ("one key again and again", "A1:\n".repeat(MIB / 4 - 1)),
        ("an answer again and again", with(&"  FIX-1: 2\n".repeat(80_000))),
        ("a million empty lines", "\n".repeat(MIB)),
        ("carriage returns only", "\r".repeat(MIB)),
        ("tabs only", "\t".repeat(MIB)),
        ("comments only", "#\n".repeat(MIB / 2)),
        ("markers only", "---\n".repeat(MIB / 4)),
        ("quotes only", "'".repeat(MIB)),
        ("anchors only", "&a ".repeat(MIB / 3)),
        ("tags only", "!t ".repeat(MIB / 3)),
        ("question marks only", "? ".repeat(MIB / 2)),
        ("colons only", ": ".repeat(MIB / 2)),
        ("empty flow entries", format!("{{{}}}", ":,".repeat(40_000))),
        ("one key of 1 MB", format!("gapwise: answers/1\n{}: 1\n", "k".repeat(1_000_000))),
        ("20 000 unknown facts", {
            let facts = lines(&|at| format!("f{at}: x, "), 20_000);
            instead("{fixture-size: micro}", &format!("{{{facts}}}"))
        }),
        ("90 000 wrong ticks", with(&format!("  FIX-4: [{}]\n", "a,".repeat(90_000)))),
    ];
    let place = Place::new();
    for (of, text) in cases {
        assert!(text.len() <= MIB, "{of}");
        place.write("a.yaml", text);
        let ran = place.run(&["check", "a.yaml"]).ended(1, of).says("error[", of);
        assert!(ran.err.len() < 2 * MIB, "{of}: {} bytes of diagnostics", ran.err.len());
        place.run(&["check", "--format", "json", "a.yaml"]).ended(1, of);
    }
}

#[test]
fn what_cannot_be_read_is_named_and_ends_with_3() {
    let place = Place::new();
    place.run(&["score", "nowhere.yaml"]).ended(3, "missing").says("`nowhere.yaml`", "missing");
    place.run(&["score", "."]).ended(3, "folder").says("cannot read", "folder");
    place.run(&["check", "nowhere"]).ended(3, "missing");
    place.run(&["verify", "nowhere.json"]).ended(3, "missing");
    place.run(&["verify", "."]).ended(3, "folder");
    place.run(&["list", "--questionnaires", "nowhere"]).ended(3, "missing questionnaires");
    place.write("ok.yaml", HEADER);
    place
        .run(&["report", "ok.yaml", "--format", "md", "--template", "nowhere"])
        .ended(3, "templates");
    let ran = place.run(&["score", "no\u{1b}[31mwhere.yaml"]).ended(3, "escape sequence in a name");
    assert!(!ran.err.contains('\u{1b}'), "{}", ran.err);
}

#[cfg(unix)]
#[test]
fn devices_and_pipes_neither_hang_nor_fill_the_memory() {
    let place = Place::new();
    place.run(&["score", "/dev/zero"]).ended(1, "endless").says("error[Y004]", "endless");
    place.run(&["check", "/dev/null"]).ended(1, "empty").says("error[Y005]", "empty");
    place.run_with(&["score", "-"], HEADER.as_bytes()).ended(0, "standard input");
    place.write("ok.yaml", HEADER);
    if Path::new("/dev/full").exists() {
        for words in [
            &["score", "ok.yaml"][..],
            &["report", "ok.yaml", "--format", "csv"],
            &["schema", "answers"],
            &["list"],
        ] {
            let mut command = place.command(words);
            let full = File::options().write(true).open("/dev/full").expect("a device");
            let output = command.stdin(Stdio::null()).stdout(full).output().expect("runs");
            assert_eq!(output.status.code(), Some(3), "{words:?}");
        }
        place
            .run(&["init", "fixture", "-o", "/dev/full"])
            .ended(3, "full")
            .says("/dev/full", "full");
    }
    // A reader who has seen enough is no fault.
    let mut child = place
        .command(&["report", "ok.yaml", "--format", "html"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("ends");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

/// Answers with one piece of evidence.
fn evidenced(file: &str) -> String {
    with(&format!("  FIX-1: {{level: 2, evidence: [{{title: \"Check\", file: \"{file}\"}}]}}\n"))
}

#[test]
fn evidence_stays_in_its_folder() {
    let place = Place::new();
    place.write("secret.txt", "secret");
    place.write("in/sub/check.txt", "checked");
    let outside = [
        "../secret.txt",
        "sub/../../secret.txt",
        "/etc/hostname",
        "C:/x",
        "C:\\\\x",
        "\\\\\\\\server\\\\x",
    ];
    for file in outside {
        place.write("in/a.yaml", evidenced(file));
        place.run(&["check", "in/a.yaml"]).ended(1, file).says("error[A116]", file);
    }
    place.write("in/a.yaml", evidenced("nowhere.txt"));
    place.run(&["check", "in/a.yaml"]).ended(0, "missing").says("warning[A117]", "missing");
    place.write("in/a.yaml", evidenced("sub"));
    place.run(&["check", "in/a.yaml"]).ended(1, "folder").says("error[A118]", "folder");
    place.write("in/a.yaml", evidenced("sub/check.txt"));
    let ran = place.run(&["score", "--format", "json", "in/a.yaml"]).ended(0, "there");
    assert!(ran.out.contains("\"sha256\""), "no digest of the evidence");
    assert_eq!(ran.err, "");
    for link in ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", " https://x"] {
        place.write(
            "a.yaml",
            with(&format!(
                "  FIX-1: {{level: 2, evidence: [{{title: \"t\", link: \"{link}\"}}]}}\n"
            )),
        );
        place.run(&["check", "a.yaml"]).ended(1, link).says("error[A119]", link);
    }
}

#[cfg(unix)]
#[test]
fn evidence_behind_links_and_pipes_is_refused() {
    use std::os::unix::fs::symlink;
    let place = Place::new();
    place.write("secret/secret.txt", "secret");
    place.write("in/sub/check.txt", "checked");
    symlink("../secret/secret.txt", place.path("in/link")).expect("a link");
    symlink("../secret", place.path("in/folder")).expect("a link");
    symlink("sub", place.path("in/inside")).expect("a link");
    symlink("round", place.path("in/round")).expect("a link");
    symlink("/dev/zero", place.path("in/zero")).expect("a link");
    let pipe = Command::new("mkfifo").arg(place.path("in/pipe")).status().expect("mkfifo");
    assert!(pipe.success());
    File::create(place.path("in/large"))
        .and_then(|file| file.set_len(65 << 20))
        .expect("a sparse file");
    let cases = [
        ("link", "A116"),
        ("folder/secret.txt", "A116"),
        ("zero", "A116"),
        ("round", "A118"),
        ("pipe", "A118"),
        ("large", "A118"),
    ];
    for (file, code) in cases {
        place.write("in/a.yaml", evidenced(file));
        place.run(&["check", "in/a.yaml"]).ended(1, file).says(&format!("error[{code}]"), file);
    }
    place.write("in/a.yaml", evidenced("inside/check.txt"));
    place.run(&["check", "in/a.yaml"]).ended(0, "a link that stays inside");
}

/// One text with all that could be taken for something else.
const EVIL: &str = "=1+1 <script>alert(1)</script> \\\"q\\\" & [x](http://e) ![i](x) **b** `c` | \\e[31mRED\\e]8;;http://evil\\a \\u202e bidi 😀";

#[test]
fn a_text_from_answers_is_only_shown() {
    let place = Place::new();
    let evil = format!(
        "{}  FIX-1: {{level: 2, note: \"{EVIL}\", by: \"{EVIL}\", evidence: [{{title: \"{EVIL}\", reference: \"{EVIL}\"}}, {{title: \"t\", link: \"https://x/\\\"onmouseover=alert(1)\"}}]}}\n  FIX-2: {{not-applicable: \"{EVIL}\"}}\n",
        instead("Corner Bakery", EVIL)
            .replace("date:", &format!("by: [{{name: \"{EVIL}\", function: \"{EVIL}\"}}]\ndate:"))
    );
    place.write("a.yaml", evil);
    place
        .run(&["report", "a.yaml", "-o", "out"])
        .ended(0, "report")
        .says("warning[Y021]", "invisible");
    let hidden =
        |text: &str| text.chars().any(|c| c == '\u{1b}' || c == '\u{202e}' || c == '\u{7}');
    let html = place.read("out/report.html");
    assert!(html.contains("&lt;script&gt;alert(1)") && !html.contains("<script>alert"));
    assert!(!html.contains("\"onmouseover"), "an attribute is left");
    assert!(html.contains("[U+202E]") && !hidden(&html));
    let markdown = place.read("out/report.md");
    for live in ["<script", "[x](", "![i]", "**b**", "`c`"] {
        assert!(!markdown.contains(live), "{live} is left in Markdown");
    }
    assert!(
        markdown.contains("\\*\\*b\\*\\*") && markdown.contains("\\[x\\]") && !hidden(&markdown)
    );
    let table = place.read("out/report.csv");
    assert!(table.contains("'=1+1") && !hidden(&table));
    for row in csv::ReaderBuilder::new().has_headers(false).from_reader(table.as_bytes()).records()
    {
        for cell in &row.expect("a row") {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "a formula: {cell}");
        }
    }
    let score = place.run(&["score", "a.yaml"]).ended(0, "score");
    let faults = place.run(&["check", "a.yaml"]).ended(0, "check");
    for shown in [&score.out, &score.err, &faults.err] {
        assert!(!hidden(shown), "{shown}");
    }
    let read: Value = serde_json::from_str(&place.read("out/result.json")).expect("JSON");
    assert!(
        read["of"]["name"].as_str().is_some_and(|name| name.contains('\u{202e}')),
        "data stays as it is"
    );
    place.run(&["verify", "out/result.json"]).ended(0, "verify");
}

#[test]
fn no_cell_of_a_table_starts_a_formula() {
    let place = Place::new();
    for start in ["=1", "+1", "-1", "@x", "\\t=1", "\\r=1"] {
        place.write("a.yaml", instead("Corner Bakery", start));
        let ran = place.run(&["report", "a.yaml", "--format", "csv"]).ended(0, start);
        let mut reader = csv::ReaderBuilder::new().from_reader(ran.out.as_bytes());
        for row in reader.records() {
            let row = row.expect("a row");
            assert!(row[0].starts_with(['\'', '[']), "{start}: {}", &row[0]);
        }
    }
}

#[test]
fn escape_sequences_do_not_reach_the_terminal_through_messages() {
    let place = Place::new();
    for line in [
        "\"FIX\\e[31m\\r\": 2",
        "FIX-1: \"\\e]0;t\\a\\u202e\\u009b\"",
        "FIX-1: {\"\\e[1m\": 2}",
        "FIX-3: \"\\e[2J\"",
    ] {
        place.write("a.yaml", with(&format!("  {line}\n")));
        let ran = place.run(&["score", "a.yaml"]).ended(1, line);
        let raw = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
        assert!(!ran.err.contains(raw), "{line}\n{}", ran.err);
    }
    let ran = place.run(&["score", "--against", "\u{1b}[31m", "a.yaml"]).ended(2, "command line");
    assert!(!ran.err.contains('\u{1b}'));
}

#[test]
fn nothing_is_overwritten_without_force() {
    let place = Place::new();
    place.write("ok.yaml", HEADER);
    place.write("out/report.csv", "mine");
    place.run(&["report", "ok.yaml", "-o", "out"]).ended(3, "report").says("--force", "report");
    assert_eq!(
        (place.names("out"), place.read("out/report.csv")),
        (vec!["report.csv".to_owned()], "mine".to_owned())
    );
    place.run(&["report", "ok.yaml", "-o", "out", "--force"]).ended(0, "force");
    assert_eq!(
        place.names("out"),
        ["report.csv", "report.html", "report.md", "report.pdf", "report.xlsx", "result.json"]
    );
    assert_ne!(place.read("out/report.csv"), "mine");
    place.run(&["init", "fixture", "-o", "ok.yaml"]).ended(3, "init").says("--force", "init");
    assert_eq!(place.read("ok.yaml"), HEADER);
    place.run(&["init", "fixture", "-o", "ok.yaml", "--force"]).ended(0, "init");
    assert!(place.read("ok.yaml").contains("FIX-1:"));
}

#[test]
fn an_output_that_cannot_be_written_ends_with_3_and_leaves_nothing() {
    let place = Place::new();
    place.write("ok.yaml", HEADER);
    place.write("file", "mine");
    place
        .run(&["report", "ok.yaml", "-o", "file"])
        .ended(3, "a file")
        .says("cannot write", "a file");
    place.run(&["report", "ok.yaml", "-o", "file/out"]).ended(3, "below a file");
    fs::create_dir(place.path("folder")).expect("a folder");
    place.run(&["init", "fixture", "-o", "folder"]).ended(3, "a folder");
    place.run(&["init", "fixture", "-o", "folder", "--force"]).ended(3, "a folder");
    assert_eq!(place.read("file"), "mine");
    assert_eq!(place.names("."), ["file", "folder", "ok.yaml"]);
    assert_eq!(place.names("folder"), Vec::<String>::new());
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_named_and_left_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::new();
    place.write("ok.yaml", HEADER);
    let folder = place.path("out");
    fs::create_dir(&folder).expect("a folder");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).expect("read-only");
    place
        .as_nobody(&["report", "ok.yaml", "-o", "out"])
        .ended(3, "read-only")
        .says("permission denied", "read-only");
    fs::set_permissions(place.path("ok.yaml"), fs::Permissions::from_mode(0o000))
        .expect("unreadable");
    place
        .as_nobody(&["score", "ok.yaml"])
        .ended(3, "unreadable")
        .says("permission denied", "unreadable");
}

#[cfg(unix)]
#[test]
fn a_replaced_file_keeps_its_mode_and_a_link_stays_a_link() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let place = Place::new();
    place.write("real.yaml", "old");
    symlink("real.yaml", place.path("link.yaml")).expect("a link");
    for mode in [0o600, 0o640, 0o444] {
        fs::set_permissions(place.path("real.yaml"), fs::Permissions::from_mode(mode))
            .expect("a mode");
        place.run(&["init", "fixture", "-o", "link.yaml", "--force"]).ended(0, "init");
        let about = fs::metadata(place.path("real.yaml")).expect("there");
        assert_eq!(about.permissions().mode() & 0o777, mode, "{mode:o}");
    }
    assert!(fs::symlink_metadata(place.path("link.yaml")).expect("there").is_symlink());
    assert!(place.read("real.yaml").contains("FIX-1:"));
}

#[test]
fn an_interrupted_write_leaves_the_old_file_or_the_new_one() {
    let place = Place::new();
    let padding = "x".repeat(200_000);
    place.write("old.yaml", with(&format!("  FIX-1: {{level: 1, note: \"{padding}\"}}\n")));
    place.write("new.yaml", with(&format!("  FIX-1: {{level: 3, note: \"{padding}y\"}}\n")));
    let names = ["report.html", "report.md", "result.json", "report.csv"];
    let mut whole: Vec<Vec<String>> = Vec::new();
    for answers in ["old.yaml", "new.yaml"] {
        place.run(&["report", answers, "-o", "out", "--force"]).ended(0, answers);
        whole.push(names.iter().map(|name| place.read(&format!("out/{name}"))).collect());
    }
    for round in 0..40_u64 {
        let answers = if round % 2 == 0 { "old.yaml" } else { "new.yaml" };
        let mut child = place
            .command(&["report", answers, "-o", "out", "--force"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("starts");
        std::thread::sleep(Duration::from_millis(3 * round));
        child.kill().expect("killed");
        child.wait().expect("ended");
        for (at, name) in names.iter().enumerate() {
            let now = place.read(&format!("out/{name}"));
            assert!(
                whole.iter().any(|texts| texts[at] == now),
                "{name} is half after round {round}"
            );
        }
    }
}

#[test]
fn a_broken_template_is_named_and_nothing_is_written() {
    let place = Place::new();
    place.write("ok.yaml", HEADER);
    let cases = [
        ("a misspelt field", "line\n{{ report.naem }}", "line 2"),
        ("an unknown name", "{{ naem }}", "line 1"),
        ("broken syntax", "{% if %}", "syntax"),
        ("a missing file", "{% include \"nowhere\" %}", "nowhere"),
        ("a way out", "{% include \"../../../etc/passwd\" %}", "passwd"),
        ("itself", "{% include \"report/report.md.j2\" %}", "report.md.j2"),
        ("its own parent", "{% extends \"report/report.md.j2\" %}", "cycle"),
        (
            "a macro that calls itself",
            "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
            "recursion",
        ),
        (
            "a loop that calls itself",
            "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
            "recursion",
        ),
        ("a text too long", "{{ \"x\" * 100000000000 }}", "too large"),
    ];
    for (of, text, words) in cases {
        place.write("own/report/report.md.j2", text);
        let ran = place.run(&["report", "ok.yaml", "-o", "out", "--template", "own"]).ended(3, of);
        ran.says("template `report/report.md.j2`", of).says(words, of);
        assert!(!place.path("out").exists(), "{of}");
    }
    place.write(
        "own/report/report.md.j2",
        format!("{}1{}", "{% if 1 %}".repeat(20_000), "{% endif %}".repeat(20_000)),
    );
    place.run(&["report", "ok.yaml", "-o", "out", "--template", "own"]).ended(3, "deep");
    place.write("own/report/report.md.j2", [0xFF]);
    place.run(&["report", "ok.yaml", "-o", "out", "--template", "own"]).ended(3, "no text");
    place.write("own/report/report.md.j2", "{{ report.name }}!");
    let words = ["report", "ok.yaml", "--format", "md", "--template", "own"];
    assert_eq!(place.run(&words).ended(0, "whole").out, "Corner Bakery!");
}

#[test]
fn own_questionnaires_that_are_broken_are_refused_only_where_they_are_needed() {
    let place = Place::new();
    let copy = |name: &str| {
        let text = fs::read(root(&format!("tests/diagnostics/library/{name}"))).expect("readable");
        place.write(&format!("own/{name}"), text);
    };
    let names = ["bank.yaml", "glossary.yaml", "profile.yaml", "questionnaire.yaml", "target.yaml"];
    names.iter().for_each(|name| copy(name));
    place.write("ok.yaml", HEADER);
    let words = ["score", "ok.yaml", "--questionnaires", "own"];
    place.run(&words).ended(0, "whole");
    place.write("own/unneeded.yaml", "gapwise: questions/1\ntheme: unneeded\nquestions: [[[\n");
    place.write("own/notes.txt", "no document");
    place.run(&words).ended(0, "a broken bank that nobody asks");
    place.write("own/bank.yaml", "gapwise: questions/1\ntheme: fixture\nquestions: [[[\n");
    place.run(&words).ended(1, "a broken bank").says("own/bank.yaml", "a broken bank");
    fs::remove_file(place.path("own/bank.yaml")).expect("removed");
    place.run(&words).ended(1, "no bank").says("error[Q111]", "no bank");
    copy("bank.yaml");
    place.write("own/again.yaml", fs::read(place.path("own/bank.yaml")).expect("readable"));
    place.run(&words).ended(1, "a bank twice").says("error[Y026]", "a bank twice");
    fs::create_dir(place.path("empty")).expect("a folder");
    let words = ["score", "ok.yaml", "--questionnaires", "empty"];
    place.run(&words).ended(1, "an empty folder").says("error[A109]", "an empty folder");
}

/// A place with a result that verifies, and the result.
fn verified() -> (Place, Value) {
    let place = Place::new();
    place.write("check.txt", "checked");
    place.write(
        "ok.yaml",
        with(
            "  FIX-1: {level: 1, evidence: [{title: \"Check\", file: check.txt}], note: \"n\"}\n  FIX-2: {not-applicable: \"None.\"}\n  FIX-3: absent\n  FIX-4: [updates, backups]\n  FIX-5: unknown\n  FIX-6: yes\n",
        ),
    );
    let ran = place.run(&["score", "--format", "json", "ok.yaml"]).ended(0, "score");
    place.write("result.json", &ran.out);
    place.run(&["verify", "result.json"]).ended(0, "verify");
    place.run(&["verify", "result.json", "--answers", "ok.yaml"]).ended(0, "verify with answers");
    (place, serde_json::from_str(&ran.out).expect("JSON"))
}

/// The pointers of all numbers and words of a value; of equal places in a list, the first.
fn leaves(value: &Value, at: String, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(key, value)| leaves(value, format!("{at}/{key}"), found));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(n, item)| leaves(item, format!("{at}/{n}"), found));
        }
        _ => found.push(at),
    }
}

#[test]
fn a_change_of_any_value_of_a_result_is_found() {
    let (place, result) = verified();
    let mut all = Vec::new();
    leaves(&result, String::new(), &mut all);
    assert!(all.len() > 200, "{} places", all.len());
    // One place of each kind: numbers of lists do not count.
    let kind = |place: &str| {
        let steps =
            place.split('/').map(|step| if step.parse::<usize>().is_ok() { "*" } else { step });
        steps.collect::<Vec<_>>().join("/")
    };
    let mut seen = std::collections::BTreeSet::new();
    // The date may be given on the command line, so the answers do not decide it; which version computed a
    // result is said and not compared, and so is what the answers file was called.
    let free = |place: &str| ["/date", "/engine"].contains(&place) || place.ends_with("/file");
    all.retain(|place| seen.insert(kind(place)) && !free(place));
    for at in &all {
        let mut changed = result.clone();
        let value = changed.pointer_mut(at).expect("there");
        *value = match &*value {
            Value::Number(number) => json!(number.as_u64().map_or(0, |number| number + 1)),
            Value::String(text) => json!(format!("{text}x")),
            Value::Bool(flag) => json!(!flag),
            _ => json!(5),
        };
        place.write("changed.json", changed.to_string());
        let ran = place.run(&["verify", "changed.json", "--answers", "ok.yaml"]).ended(1, at);
        assert!(!ran.out.contains("verified"), "{at}");
    }
}

#[test]
fn a_result_with_more_or_less_than_it_should_have_is_found() {
    let (place, result) = verified();
    let with_change = |change: &dyn Fn(&mut Value)| {
        let mut changed = result.clone();
        change(&mut changed);
        changed
    };
    let list = |value: &mut Value, at: &str| {
        value.pointer_mut(at).and_then(Value::as_array_mut).map(std::mem::take).expect("a list")
    };
    let cases = [
        ("a key of its own", with_change(&|it| it["certified"] = json!(true))),
        ("a figure of its own", with_change(&|it| it["overall"]["certified"] = json!(true))),
        ("no domains", with_change(&|it| drop(list(it, "/domains")))),
        ("no findings", with_change(&|it| drop(list(it, "/findings")))),
        (
            "another order",
            with_change(&|it| it["domains"].as_array_mut().expect("a list").reverse()),
        ),
        (
            "a domain twice",
            with_change(&|it| {
                let first = it["domains"][0].clone();
                it["domains"].as_array_mut().expect("a list").push(first);
            }),
        ),
        ("no target", with_change(&|it| it["target"] = Value::Null)),
        ("another version", with_change(&|it| it["questionnaire"]["version"] = json!("2.0.0"))),
        ("another questionnaire", with_change(&|it| it["questionnaire"]["id"] = json!("nope"))),
        ("another edition", with_change(&|it| it["gapwise"] = json!("result/2"))),
        ("another method", with_change(&|it| it["method"] = json!(2))),
        ("a fraction", with_change(&|it| it["overall"]["score"] = json!(1.5))),
        ("below nothing", with_change(&|it| it["overall"]["score"] = json!(-1))),
        ("above everything", with_change(&|it| it["overall"]["score"] = json!(10_001))),
        ("a text for a number", with_change(&|it| it["overall"]["score"] = json!("10000"))),
        (
            "an escape sequence",
            with_change(&|it| it["questionnaire"]["id"] = json!("\u{1b}[31m\u{202e}")),
        ),
        (
            "20 000 questions",
            with_change(&|it| {
                let one = it["domains"][0]["requirements"][0]["questions"][0].clone();
                let many = (0..20_000).map(|at| {
                    let mut one = one.clone();
                    one["id"] = json!(format!("ZZZ-{at}"));
                    one
                });
                it["domains"][0]["requirements"][0]["questions"] = many.collect();
            }),
        ),
    ];
    for (of, changed) in cases {
        place.write("changed.json", changed.to_string());
        let ran = place.run(&["verify", "changed.json"]).ended(1, of);
        assert!(!ran.out.contains("verified") && !ran.err.contains('\u{1b}'), "{of}");
    }
}

#[test]
fn the_framework_that_a_report_is_cut_by_is_not_verified() {
    let (place, result) = verified();
    assert!(result["options"].get("by").is_none(), "a report that is not cut by one");
    let plain = place.run(&["verify", "result.json"]).ended(0, "plain").out;
    let options = |key: &str, value: Value| {
        let mut changed = result.clone();
        changed["options"][key] = value;
        place.write("changed.json", changed.to_string());
        place.run(&["verify", "changed.json"])
    };
    for by in [Value::Null, json!("nist-ai-rmf"), json!("not-at-hand")] {
        assert_eq!(options("by", by.clone()).ended(0, "by").out, plain, "{by}");
    }
    for by in ["<script>", "", "NIST", "a\nb"] {
        let ran = options("by", json!(by)).ended(1, by).says("cannot be the id of a framework", by);
        assert_eq!(ran.out, "", "{by}");
    }
    options("by", json!(5)).ended(1, "a number");
    for cut in ["owner", "Full", "<script>"] {
        options("cut", json!(cut)).ended(1, cut).says("knows `full` and `public`", cut);
    }
}

#[test]
fn a_damaged_result_is_refused() {
    let (place, result) = verified();
    let text = result.to_string();
    let deep = format!("{{\"gapwise\": \"result/1\", \"x\": {}", "[".repeat(200_000));
    let cases: [(&str, Vec<u8>); 14] = [
        ("empty", Vec::new()),
        ("null", b"null".to_vec()),
        ("a list", b"[]".to_vec()),
        ("a word", b"\"result/1\"".to_vec()),
        ("a header only", b"{\"gapwise\": \"result/1\", \"method\": 1}".to_vec()),
        ("half", text.as_bytes()[..text.len() / 2].to_vec()),
        ("more behind", format!("{text}x").into()),
        ("twice", format!("{text}{text}").into()),
        ("200 kB of [", "[".repeat(200_000).into()),
        ("deep inside", deep.into()),
        ("an endless number", text.replacen("\"method\":1", "\"method\":1e999", 1).into()),
        ("YAML", HEADER.into()),
        ("8 MiB of zeros", format!("[{}0]", "0,".repeat(4 << 20)).into()),
        ("a web page", b"<!doctype html>".to_vec()),
    ];
    for (of, bytes) in cases {
        place.write("damaged.json", &bytes);
        let ran = place.run(&["verify", "damaged.json"]).ended(1, of);
        assert_eq!(ran.out, "", "{of}");
        place.run_with(&["verify", "-"], &bytes).ended(1, of);
    }
    place.write("other.yaml", with("  FIX-1: 3\n"));
    let ran =
        place.run(&["verify", "result.json", "--answers", "other.yaml"]).ended(1, "other answers");
    assert!(ran.out.contains("answers.sha256"), "{}", ran.out);
    place.run(&["verify", "result.json", "--answers", "nowhere.yaml"]).ended(3, "no answers");
}

#[test]
fn a_wrong_command_line_ends_with_2() {
    let place = Place::new();
    place.write("ok.yaml", HEADER);
    let cases: &[&[&str]] = &[
        &[],
        &["scroe"],
        &["score"],
        &["score", ""],
        &["score", "ok.yaml", "more"],
        &["score", "ok.yaml", "--nope"],
        &["score", "ok.yaml", "--format", "xml"],
        &["score", "ok.yaml", "--against", "nope"],
        &["score", "ok.yaml", "--target", "nope"],
        &["score", "ok.yaml", "--target", "../target"],
        &["score", "ok.yaml", "--date", "tomorrow"],
        &["score", "ok.yaml", "--date", "2026-02-30"],
        &["score", "ok.yaml", "--date", ""],
        &["report", "ok.yaml"],
        &["report", "ok.yaml", "--format", "html,csv"],
        &["report", "ok.yaml", "--format", "nope", "-o", "out"],
        &["explain", "ok.yaml", "NOPE-1"],
        &["explain", "Q999"],
        &["init", "nope"],
        &["init", "fixture", "--date", "tomorrow"],
        &["init", "fixture", "--fact", "fixture-size"],
        &["init", "fixture", "--fact", "nope=1"],
        &["init", "fixture", "--fact", "fixture-size=enormous"],
        &["init", "fixture", "--fact", "fixture-size="],
        &["init", "fixture", "--fact", "fixture-size=micro,large"],
        &["init", "fixture", "--fact", "fixture-size=micro", "--fact", "fixture-size=large"],
        &["init", "fixture", "--fact", "fixture-role=developer,"],
        &["init", "fixture", "--fact", "fixture-sector= "],
        &["init", "fixture", "--fact", "kind=organisation", "--fact", "stage=piloting"],
        &["init", "fixture", "--fact", "stage=piloting", "--fact", "kind=organisation"],
        &["init", "public-sector-system", "--fact", "kind=organisation"],
        &["check"],
        &["verify"],
        &["schema", "nope"],
        &["completions", "nope"],
        &["man", "nope"],
    ];
    for words in cases {
        let ran = place.run(words).ended(2, &format!("{words:?}"));
        assert_eq!(ran.out, "", "{words:?}");
        assert!(!ran.err.is_empty(), "{words:?}");
    }
    assert_eq!(place.names("."), ["ok.yaml"]);
}

#[test]
fn facts_of_the_command_line_are_written_as_they_are_stated() {
    let place = Place::new();
    let facts = ["--fact", "fixture-sector=bread, cake", "--fact", "kind=system"];
    let roles = ["--fact", "fixture-role=plain-user,developer,plain-user"];
    let words = [&["init", "fixture", "--fact", "stage=piloting"][..], &facts, &roles].concat();
    let ran = place.run(&words).ended(0, "init");
    for line in [
        "  fixture-sector: \"bread, cake\"\n",
        "  fixture-role: [developer, plain-user]\n",
        "  kind: system\n",
        "  stage: piloting\n",
    ] {
        assert!(ran.out.contains(line), "no {line:?} in\n{}", ran.out);
    }
}

#[test]
fn a_faulty_target_is_no_start() {
    let place = Place::new();
    for (of, target) in [
        ("broken", "gapwise: target/1\nid: fixture\ntitle: [\n"),
        ("faulty", "gapwise: target/1\nid: fixture\ntitle: Fixture\ndefault: 20000\n"),
    ] {
        for path in entries(&root("tests/diagnostics/library")) {
            let text = fs::read(&path).expect("readable");
            place.write(&format!("own/{}", name(&path)), text);
        }
        place.write("own/target.yaml", target);
        let ran = place.run(&["init", "fixture", "--questionnaires", "own"]).ended(1, of);
        assert_eq!(ran.out, "", "{of}");
        ran.says("target.yaml", of);
    }
}

#[test]
fn gaps_end_with_4_where_that_is_asked_for() {
    let place = Place::new();
    place.write(
        "gaps.yaml",
        with(
            "  FIX-1: 0\n  FIX-2: no\n  FIX-3: absent\n  FIX-4: [none]\n  FIX-5: 0\n  FIX-6: no\n",
        ),
    );
    place.write("best.yaml", with("  FIX-1: 3\n  FIX-2: yes\n  FIX-3: in-force\n  FIX-4: [updates, backups]\n  FIX-5: 100\n  FIX-6: yes\n"));
    place.run(&["score", "gaps.yaml"]).ended(0, "not asked for");
    place.run(&["score", "gaps.yaml", "--require-target"]).ended(4, "gaps");
    place.run(&["score", "best.yaml", "--require-target"]).ended(0, "none");
    place.run(&["report", "gaps.yaml", "-o", "out", "--require-target"]).ended(4, "gaps");
    assert_eq!(place.names("out").len(), 6, "the report is written all the same");
}

#[test]
fn language_zone_terminal_and_place_change_nothing() {
    let place = Place::new();
    place.write("a.yaml", with("  FIX-1: 1\n  FIX-6: yes\n"));
    let plain = |words: &[&str]| place.run(words).ended(0, "plain").out;
    let words: [&[&str]; 5] = [
        &["score", "a.yaml"],
        &["report", "a.yaml", "--format", "html"],
        &["report", "a.yaml", "--format", "csv"],
        &["score", "--format", "json", "a.yaml"],
        &["init", "fixture"],
    ];
    for words in words {
        let wanted = plain(words);
        assert!(!wanted.contains('\u{1b}'), "colour where there is no terminal");
        let surroundings = [
            ("LANG", "C"),
            ("LC_ALL", "tr_TR.UTF-8"),
            ("TZ", "Pacific/Kiritimati"),
            ("TERM", "dumb"),
            ("NO_COLOR", "1"),
            ("CLICOLOR_FORCE", "1"),
            ("COLUMNS", "1"),
            ("SOURCE_DATE_EPOCH", "1"),
        ];
        for (key, value) in surroundings {
            let mut command = place.command(words);
            command.env(key, value);
            let ran = place.finish(command, Stdio::null()).ended(0, key);
            assert_eq!(ran.out, wanted, "{words:?} under {key}={value}");
        }
    }
}

// What follows failed when it was written; whoever mends it takes the `ignore` away.

#[test]
fn a_word_of_four_bytes_that_is_no_code_is_no_panic() {
    let place = Place::new();
    for word in ["é12", "€1", "1é2"] {
        place.run(&["explain", word]).ended(3, word);
    }
}

#[test]
fn a_name_cannot_add_a_line_to_the_result() {
    let place = Place::new();
    for name in ["Acme\\nCLEAR  all is well", "Acme\\rCLEAR  all is well"] {
        place.write("a.yaml", instead("Corner Bakery", name));
        let ran = place.run(&["score", "a.yaml"]).ended(0, name);
        assert!(!ran.out.contains('\r') && !ran.out.contains("\nCLEAR"), "{}", ran.out);
    }
}

#[test]
fn nothing_is_refused_without_a_word() {
    let place = Place::new();
    place.write("ok.yaml", HEADER);
    for name in ["bank.yaml", "profile.yaml", "questionnaire.yaml", "target.yaml"] {
        let file = root(&format!("tests/diagnostics/library/{name}"));
        place.write(&format!("own/{name}"), fs::read(file).expect("readable"));
    }
    let text = "{\"gapwise\": glossary/1, terms: [{id: fixture-harm, means: b, term: \"a\ngapwise: questionnaire/1\nid: zz\n\"}]}";
    place.write("own/a.yaml", text);
    let words = ["score", "ok.yaml", "--against", "zz", "--questionnaires", "own"];
    let ran = place.run(&words);
    assert!(ran.code != 0 && !ran.err.is_empty(), "{} and silence", ran.code);
}

#[test]
fn a_hyphen_is_standard_output() {
    let place = Place::new();
    let ran = place.run(&["init", "fixture", "-o", "-"]).ended(0, "init");
    assert!(ran.out.contains("gapwise: answers/1") && !place.path("-").exists());
}

#[test]
fn a_result_with_a_key_twice_is_refused() {
    let (place, result) = verified();
    let twice =
        result.to_string().replacen("\"verdict\":", "\"verdict\":\"clear!\",\"verdict\":", 1);
    place.write("changed.json", twice);
    place.run(&["verify", "changed.json"]).ended(1, "a key twice");
}

#[test]
fn a_changed_date_of_a_result_is_found() {
    let (place, mut result) = verified();
    for date in ["2019-01-01", "2026-11-02x"] {
        result["date"] = json!(date);
        place.write("changed.json", result.to_string());
        place.run(&["verify", "changed.json", "--answers", "ok.yaml"]).ended(1, date);
    }
}

#[test]
fn a_key_that_looks_like_one_that_is_not_compared_is_found() {
    let (place, mut result) = verified();
    result["diagnostics-of-mine"] = json!("certified");
    place.write("changed.json", result.to_string());
    place.run(&["verify", "changed.json"]).ended(1, "a key of its own");
}

#[test]
fn a_result_with_control_characters_verifies() {
    let place = Place::new();
    place.write("a.yaml", instead("Corner Bakery", "Bakery\\u009b\\u007f\\uFFFE"));
    let ran = place.run(&["score", "--format", "json", "a.yaml"]).ended(0, "score");
    place.write("result.json", ran.out);
    place.run(&["verify", "result.json"]).ended(0, "verify");
}

#[test]
fn a_word_of_900_kb_is_refused_at_once() {
    let place = Place::new();
    place.write("a.yaml", with(&format!("  ? {}\n  : 1\n", "A".repeat(900_000))));
    let start = Instant::now();
    let ran = place.run(&["check", "a.yaml"]).ended(1, "a long id");
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    assert!(ran.err.len() < 10_000, "{} bytes for one fault", ran.err.len());
}

#[cfg(unix)]
#[test]
fn a_pipe_in_a_folder_is_passed_over() {
    let place = Place::new();
    place.write("in/ok.yaml", HEADER);
    place.write("ok.yaml", HEADER);
    for pipe in ["in/pipe.yaml", "own/pipe"] {
        fs::create_dir_all(place.path("own")).expect("a folder");
        assert!(Command::new("mkfifo").arg(place.path(pipe)).status().expect("mkfifo").success());
    }
    place.run(&["check", "in"]).ended(0, "documents");
    place.run(&["report", "ok.yaml", "--format", "csv", "--template", "own"]).ended(0, "templates");
}

#[test]
fn a_question_of_several_lines_stays_a_comment() {
    let place = Place::new();
    for name in ["bank.yaml", "glossary.yaml", "profile.yaml", "questionnaire.yaml", "target.yaml"]
    {
        let file = root(&format!("tests/diagnostics/library/{name}"));
        let text = fs::read_to_string(file).expect("readable");
        let long = "ask: \"One line.\\n  FIX-6: yes\\nlast line\"";
        let asked = "ask: Do you look for possible harm before an AI tool is put to use?";
        place.write(&format!("own/{name}"), text.replace(asked, long));
    }
    let words = [
        "init",
        "fixture",
        "--name",
        "X",
        "--fact",
        "fixture-size=micro",
        "--date",
        "2026-11-02",
        "-o",
        "a.yaml",
        "--questionnaires",
        "own",
    ];
    place.run(&words).ended(0, "init");
    let ran = place.run(&["check", "a.yaml", "--questionnaires", "own"]);
    assert!(!ran.err.contains("Y006") && !ran.err.contains("Y008"), "{}", ran.err);
    assert!(!place.read("a.yaml").lines().any(|line| line == "  FIX-6: yes"));
}

#[cfg(unix)]
#[test]
fn a_replaced_file_keeps_a_mode_wider_than_the_mask() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::new();
    place.write("a.yaml", "old");
    fs::set_permissions(place.path("a.yaml"), fs::Permissions::from_mode(0o666)).expect("a mode");
    place.run(&["init", "fixture", "-o", "a.yaml", "--force"]).ended(0, "init");
    let about = fs::metadata(place.path("a.yaml")).expect("there");
    assert_eq!(about.permissions().mode() & 0o777, 0o666);
}
