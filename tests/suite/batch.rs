//! Many clients in one command: the program as a consultant runs it.

mod faults;
mod parquet;
mod stopping;

use crate::clients::made::Clients;
use crate::hostile::Place;
use crate::{entries, files, name, root, text};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const QUESTIONNAIRE: &str = "msme-first-look";

/// Made-up clients of whom no two are the same.
fn clients(count: usize) -> Vec<crate::clients::made::Client> {
    let all = Clients::new(QUESTIONNAIRE, 11).expect("built in");
    let mut names = BTreeSet::new();
    all.filter(|client| names.insert(client.name.clone())).take(count).collect()
}

/// The results of a batch, in their order.
fn results(place: &Place, folder: &str) -> Vec<Value> {
    let lines = place.read(&format!("{folder}/results.ndjson"));
    lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// The rows of `failures.csv` below its heads.
fn failures(place: &Place, folder: &str) -> Vec<Vec<String>> {
    let bytes = fs::read(place.path(&format!("{folder}/failures.csv"))).expect("there");
    let mut rows = csv::Reader::from_reader(bytes.as_slice());
    rows.records().map(|row| row.expect("CSV").iter().map(str::to_owned).collect()).collect()
}

/// All files below a folder with their bytes.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let below = |path: &Path| path.strip_prefix(folder).expect("below").display().to_string();
    files(folder).iter().map(|path| (below(path), fs::read(path).expect("readable"))).collect()
}

#[test]
fn a_folder_of_clients_gives_a_folder_of_reports_each() {
    let place = Place::new();
    for client in clients(12) {
        place.write(&format!("in/{}.yaml", client.name.replace(' ', "_")), client.yaml());
    }
    let workbook = place.path("in/bakery.xlsx");
    let bakery = root("examples/corner-bakery/answers.yaml");
    let words = ["workbook", bakery.to_str().expect("plain"), "-o", "in/bakery.xlsx"];
    place.run(&words).ended(0, "a workbook");
    assert!(workbook.exists());
    place.write("in/.hidden.yaml", "nothing");
    place.write("in/~$bakery.xlsx", "a lock of Excel");
    let words = ["batch", "in", "-o", "in/out", "--format", "md,json", "--for", "full,public"];
    let ran = place.run(&words).ended(0, "a batch");
    assert!(ran.err.contains("13 clients scored"), "{}", ran.err);
    let results = results(&place, "in/out");
    assert_eq!(results.len(), 13);
    for line in &results {
        let folder = line["folder"].as_str().expect("a folder");
        let whole = place.read(&format!("in/out/{folder}/result.json"));
        let whole: Value = serde_json::from_str(&whole).expect("JSON");
        assert_eq!(whole["overall"]["low"], line["overall"][0], "{folder}");
        assert_eq!(whole["of"]["name"], line["client"], "{folder}");
        assert!(place.path(&format!("in/out/{folder}/report.md")).exists(), "{folder}");
    }
    assert!(!place.path("in/out/.part").exists());
    // The reports of the same folder are no clients of a second run.
    place.run(&[&words[..], &["--force"]].concat()).ended(0, "once more");
    assert_eq!(self::results(&place, "in/out"), results);
}

#[test]
fn all_forms_of_the_same_answers_give_the_same_figures() {
    let place = Place::new();
    let all = Clients::new(QUESTIONNAIRE, 11).expect("built in");
    let mut table = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
    table.write_record(all.header()).expect("written");
    let clients = clients(30);
    for (at, client) in clients.iter().enumerate() {
        place.write(&format!("yaml/{at:02}.yaml"), client.yaml());
        table.write_record(client.row()).expect("written");
    }
    let lines: Vec<_> = clients.iter().map(|client| client.json_line()).collect();
    place.write("clients.ndjson", lines.join("\n"));
    let table = table.into_inner().expect("written");
    place.write("clients.csv", &table);
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b';').has_headers(false).from_reader(table.as_slice());
    for (row, record) in (0..).zip(reader.records()) {
        for (column, cell) in (0..).zip(record.expect("CSV").iter()) {
            match cell.parse::<u16>() {
                Ok(number) => sheet.write(row, column, number).expect("written"),
                Err(_) => sheet.write(row, column, cell).expect("written"),
            };
        }
    }
    place.write("clients.xlsx", book.save_to_buffer().expect("made"));
    let figures = |input: &str| {
        let out = format!("out-{input}");
        place.run(&["batch", input, "-o", &out, "--no-reports"]).ended(0, input);
        let lines = results(&place, &out);
        let kept =
            ["client", "date", "verdict", "overall", "domains", "failed-gates", "below-target"];
        lines.iter().map(|line| kept.map(|key| line[key].clone())).collect::<Vec<_>>()
    };
    let of_files = figures("yaml");
    assert_eq!(of_files.len(), 30);
    // Tables have no columns for evidence, so that figure alone is lower there.
    let without_evidence = |mut lines: Vec<[Value; 7]>| {
        for line in &mut lines {
            line[3][2] = Value::Null;
            for domain in line[4].as_array_mut().expect("a list") {
                domain[1][2] = Value::Null;
            }
        }
        lines
    };
    assert_eq!(figures("clients.ndjson"), of_files);
    let of_files = without_evidence(of_files);
    assert_eq!(without_evidence(figures("clients.csv")), of_files);
    assert_eq!(without_evidence(figures("clients.xlsx")), of_files);
    let ran = place.run_with(&["batch", "-", "-o", "piped", "--no-reports"], &table);
    ran.ended(0, "from standard input");
    assert_eq!(results(&place, "piped").len(), 30);
}

#[test]
fn the_number_of_cores_changes_no_byte() {
    let place = Place::new();
    let lines: Vec<_> = clients(300).iter().map(|client| client.json_line()).collect();
    place.write("clients.ndjson", lines.join("\n") + "\n{\"not\": \"answers\"}\n");
    let run = |jobs: &str| {
        let words = [
            "batch",
            "clients.ndjson",
            "-o",
            jobs,
            "--format",
            "md",
            "--for",
            "owner",
            "--jobs",
            jobs,
        ];
        place.run(&words).ended(1, jobs);
        tree(&place.path(jobs))
    };
    let one = run("1");
    assert!(one.len() > 600, "{}", one.len());
    assert!(one == run("7"), "another number of cores, other bytes");
}

#[test]
fn the_portfolio_stands_beside_the_tables() {
    let place = Place::new();
    let all = clients(40);
    let later = Clients::new(QUESTIONNAIRE, 11).expect("built in").round(1);
    let names: BTreeSet<_> = all.iter().map(|client| client.name.clone()).collect();
    let mut seen = BTreeSet::new();
    let later = later.filter(|each| names.contains(&each.name) && seen.insert(each.name.clone()));
    let lines = |clients: &mut dyn Iterator<Item = crate::clients::made::Client>| {
        clients.map(|client| client.json_line() + "\n").collect::<String>()
    };
    place.write("2026.ndjson", lines(&mut all.into_iter()));
    place.write("2027.ndjson", lines(&mut later.take(40)));
    place.run(&["batch", "2026.ndjson", "-o", "2026", "--no-reports"]).ended(0, "2026");
    let words = ["batch", "2027.ndjson", "-o", "2027", "--no-reports", "--since", "2026"];
    place.run(&words).ended(0, "2027");
    for file in
        ["portfolio.html", "portfolio.pdf", "portfolio.md", "portfolio.json", "portfolio.xlsx"]
    {
        assert!(place.path(&format!("2027/{file}")).is_file(), "{file}");
    }
    let page = place.read("2027/portfolio.md");
    let client = names.first().expect("some");
    assert!(page.contains(client.as_str()), "{client}");
    assert!(page.contains("### Since last time"), "{page}");
    let table = fs::read(place.path("2027/results.csv")).expect("there");
    let mut rows = csv::Reader::from_reader(table.as_slice());
    let heads = rows.headers().expect("heads").clone();
    let at = |head: &str| heads.iter().position(|each| each == head).expect("a column");
    let beside = rows.records().map(|row| row.expect("CSV")[at("peers: median")].to_owned());
    assert!(beside.filter(|median| !median.is_empty()).count() > 20, "few have peers");
    place
        .run(&["batch", "2027.ndjson", "-o", "x", "--since", "2027.ndjson"])
        .ended(3, "no results");
}

#[test]
fn an_anonymous_batch_leaves_nothing_but_its_portfolio() {
    let place = Place::new();
    let all = clients(60);
    let lines: Vec<_> = all.iter().map(|client| client.json_line()).collect();
    place.write("clients.ndjson", lines.join("\n"));
    place.run(&["batch", "clients.ndjson", "-o", "out", "--anonymous"]).ended(0, "anonymous");
    let files = ["html", "json", "md", "pdf", "xlsx"].map(|format| format!("portfolio.{format}"));
    assert_eq!(place.names("out"), files);
    for (file, bytes) in tree(&place.path("out")) {
        let text = String::from_utf8_lossy(&bytes);
        for client in &all {
            assert!(!text.contains(&client.name), "{file} names {}", client.name);
        }
    }
    place.run(&["batch", "clients.ndjson", "-o", "named", "--no-reports"]).ended(0, "named");
    let words = ["batch", "clients.ndjson", "-o", "named", "--anonymous", "--force"];
    place.run(&words).ended(2, "beside names").says("another folder", "beside names");
}

/// Each of these names a folder directly below that of the batch, and no two the same.
#[test]
fn no_name_leads_out_of_the_folder() {
    let place = Place::new();
    let long = "very long name ".repeat(20);
    let names = [
        "../../etc/passwd",
        "/etc/passwd",
        "C:\\Windows",
        "CON",
        "nul",
        "LPT1",
        "..",
        ".",
        "a/b",
        "A B",
        "a-b",
        "😀",
        "漢字",
        "Müller & Söhne",
        "results.ndjson",
        "portfolio",
        ".part",
        "  spaces  ",
        &long,
        "=1+1",
    ];
    let lines = names.map(|name| {
        let client = &clients(1)[0];
        let mut line: Value = serde_json::from_str(&client.json_line()).expect("JSON");
        line["of"]["name"] = name.into();
        line.to_string()
    });
    place.write("work/clients.ndjson", lines.join("\n"));
    place.write("work/beside", "");
    let words = ["batch", "work/clients.ndjson", "-o", "work/out", "--format", "md"];
    place.run(&words).ended(0, "names");
    let mut folders = BTreeSet::new();
    for (line, name) in results(&place, "work/out").iter().zip(names) {
        let folder = line["folder"].as_str().expect("a folder");
        let letters =
            folder.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        assert!(letters && folder.len() <= 80, "{name}: {folder}");
        assert!(place.path(&format!("work/out/{folder}/report.md")).is_file(), "{name}: {folder}");
        assert!(folders.insert(folder.to_owned()), "{name}: {folder} stands twice");
    }
    assert_eq!(folders.len(), names.len());
    assert!(
        folders.contains("etc-passwd-windows")
            || folders.iter().any(|each| each.starts_with("etc-passwd-"))
    );
    assert_eq!(place.names("work"), ["beside", "clients.ndjson", "out"]);
    for plain in ["a-b", "con", "nul", "lpt1", "etc-passwd"] {
        assert!(!folders.contains(plain), "{plain} is shared, or Windows keeps it");
    }
    let below: Vec<_> =
        entries(&place.path("work/out")).into_iter().filter(|path| path.is_dir()).collect();
    let below: BTreeSet<_> = below.iter().map(|path| name(path).to_owned()).collect();
    assert_eq!(below, folders);
    // A cell of the table begins no formula.
    assert!(text(&place.path("work/out/results.csv")).contains("\"'=1+1\""));
}
