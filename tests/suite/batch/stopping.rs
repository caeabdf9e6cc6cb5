//! A batch that is stopped, killed, or loses its folder goes on as if nothing had been.

use super::{clients, results, tree};
use crate::hostile::Place;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How many clients are tried; enough that a run can be caught in the middle.
const MANY: usize = 120;

/// A run in a folder of its own, and what an undisturbed run makes.
fn begun() -> (Place, Child) {
    let place = Place::new();
    for (at, client) in clients(MANY).iter().enumerate() {
        place.write(&format!("in/{at:03}.yaml"), client.yaml());
    }
    let words = ["batch", "in", "-o", "whole", "--format", "html"];
    place.run(&words).ended(0, "undisturbed");
    let mut command =
        place.command(&["batch", "in", "-o", "out", "--format", "html", "--jobs", "2"]);
    let child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("started");
    wait_for(&place, MANY / 4);
    (place, child)
}

/// Until so many clients have their reports, still without a name.
fn wait_for(place: &Place, count: usize) {
    let begin = Instant::now();
    let marked = || {
        let folders = std::fs::read_dir(place.path("out/.part")).into_iter().flatten().flatten();
        folders.filter(|entry| entry.path().join(".gapwise").exists()).count()
    };
    while marked() < count {
        assert!(begin.elapsed() < Duration::from_secs(90), "it does not begin");
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn signal(child: &Child, name: &str) {
    let done = Command::new("kill").args([name, &child.id().to_string()]).status().expect("run");
    assert!(done.success(), "the run had ended before it could be disturbed");
}

/// Goes on, and makes what an undisturbed run makes.
fn goes_on(place: &Place) {
    let ran = place.run(&["batch", "in", "-o", "out", "--format", "html", "--resume"]);
    let ran = ran.ended(0, "goes on");
    assert!(ran.err.contains("of them with reports that were there already"), "{}", ran.err);
    assert!(tree(&place.path("out")) == tree(&place.path("whole")), "another result");
    assert_eq!(results(place, "out").len(), MANY);
}

#[test]
#[cfg(unix)]
fn a_batch_that_was_killed_goes_on() {
    let (place, mut child) = begun();
    signal(&child, "-9");
    child.wait().expect("ended");
    assert!(!place.path("out/results.ndjson").exists(), "no table before the end");
    let words = ["batch", "in", "-o", "out", "--format", "html"];
    place.run(&words).ended(3, "begun").says("--resume", "begun");
    // A report that was cut off, and one that is gone.
    let made = |at: usize| {
        let folders = crate::entries(&place.path("out/.part"));
        let mut folders = folders.into_iter().filter(|path| path.join(".gapwise").exists());
        folders.nth(at).expect("some are made").join("report.html")
    };
    std::fs::write(made(0), "<!doctype html>").expect("cut off");
    std::fs::remove_file(made(1)).expect("removed");
    goes_on(&place);
}

#[test]
#[cfg(unix)]
fn a_batch_that_is_stopped_finishes_what_it_has_in_hand() {
    let (place, child) = begun();
    signal(&child, "-INT");
    let ended = child.wait_with_output().expect("ended");
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!(ended.status.code(), Some(130), "{said}");
    assert!(said.contains("stopped after ") && said.contains("go on with: "), "{said}");
    assert!(said.contains("batch in -o out --format html --jobs 2 --resume"), "{said}");
    goes_on(&place);
}

#[test]
fn what_has_changed_is_made_again_and_what_has_not_is_kept() {
    let place = Place::new();
    let all = clients(8);
    for (at, client) in all.iter().take(7).enumerate() {
        place.write(&format!("in/{at}.yaml"), client.yaml());
    }
    let words = |more: &'static str| ["batch", "in", "-o", "out", "--format", "md", more];
    let run = |more: &'static str| {
        let words = words(more);
        let words: Vec<_> = words.into_iter().filter(|word| !word.is_empty()).collect();
        place.run(&words).ended(0, more).err
    };
    run("");
    assert!(run("--resume").contains("7 of them with reports that were there already"));
    let before = place.read("in/3.yaml");
    let changed = before.replace("date: \"20", "date: \"21");
    assert_ne!(changed, before);
    place.write("in/3.yaml", &changed);
    // Another client of the same name: both get a longer name, and neither is lost.
    let name = serde_json::to_string(&all[0].name).expect("JSON");
    let alike = serde_json::to_string(&format!("{}!", all[0].name)).expect("JSON");
    let plain = all[0].yaml();
    assert!(plain.contains(&name), "{plain}");
    place.write("in/7.yaml", plain.replace(&name, &alike));
    std::fs::remove_file(place.path("in/6.yaml")).expect("removed");
    let said = run("--resume");
    // Made again: the one that changed, and the new one.
    assert!(said.contains("5 of them with reports that were there already"), "{said}");
    let resumed = results(&place, "out");
    let anew = ["batch", "in", "-o", "anew", "--format", "md"];
    place.run(&anew).ended(0, "anew");
    assert_eq!(resumed, results(&place, "anew"));
    for line in &resumed {
        let folder = line["folder"].as_str().expect("a folder");
        let report = |root: &str| place.read(&format!("{root}/{folder}/report.md"));
        assert_eq!(report("out"), report("anew"), "{folder}");
    }
    assert!(
        said.contains("not in this run: "),
        "a folder is left of the client that is gone: {said}"
    );
}

#[test]
fn two_batches_do_not_write_to_one_folder() {
    let place = Place::new();
    place.write("in/a.yaml", clients(1)[0].yaml());
    place.run(&["batch", "in", "-o", "out", "--no-reports"]).ended(0, "first");
    let ran = place.run(&["batch", "in", "-o", "out", "--no-reports"]).ended(3, "second");
    assert!(ran.err.contains("--force"), "{}", ran.err);
    place.write("file", "");
    place.run(&["batch", "in", "-o", "file"]).ended(3, "a file").says("file", "a file");
    std::fs::create_dir_all(place.path("out/.part")).expect("made");
    let lock = std::fs::File::create(place.path("out/.part/lock")).expect("made");
    lock.lock().expect("locked");
    let ran = place.run(&["batch", "in", "-o", "out", "--no-reports", "--force"]);
    ran.ended(3, "locked").says("another batch", "locked");
}

#[test]
#[cfg(unix)]
fn a_folder_that_vanishes_stops_the_batch_and_nothing_else() {
    let (place, child) = begun();
    let out = place.path("out");
    let gone = place.path("gone");
    std::fs::rename(&out, &gone).expect("moved away");
    std::fs::write(&out, "something else").expect("written");
    let ended = child.wait_with_output().expect("ended");
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!(ended.status.code(), Some(3), "{said}");
    assert!(said.contains("cannot write") && said.contains("--resume"), "{said}");
    std::fs::remove_file(&out).expect("removed");
    std::fs::rename(&gone, &out).expect("back");
    goes_on(&place);
}

/// R211: a file that cannot be read is a failure of that client.
#[test]
#[cfg(unix)]
fn a_file_that_cannot_be_read_is_one_failure() {
    let place = Place::new();
    place.write("in/a.yaml", clients(1)[0].yaml());
    place.write("in/large.yaml", vec![b'#'; 17 << 20]);
    place.run(&["batch", "in", "-o", "out", "--no-reports"]).ended(1, "too large");
    let rows = super::failures(&place, "out");
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0][0].as_str(), rows[0][2].as_str()), ("large.yaml", "R211"));
}
