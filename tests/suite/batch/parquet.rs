//! Parquet as the input of a batch: the figures of the same answers as CSV, or a fault that says what to do.

#[cfg(feature = "parquet")]
mod written;

#[cfg(not(feature = "parquet"))]
#[test]
fn a_program_without_parquet_says_so() {
    let place = crate::hostile::Place::new();
    place.write("clients.parquet", "PAR1");
    place.write("clients.data", "PAR1 and more");
    for file in ["clients.parquet", "clients.data"] {
        let ran = place.run(&["batch", file, "-o", "out"]).ended(1, file);
        let ran = ran.says("R213", file).says("cargo install --path . --features parquet", file);
        ran.says("CSV", file).says(file, "its name");
    }
    assert!(!place.path("out").exists());
}

#[cfg(feature = "parquet")]
mod read {
    use super::written::{Column, table, typed};
    use crate::batch::{QUESTIONNAIRE, clients, failures, results};
    use crate::clients::made::Clients;
    use crate::hostile::{Place, Ran};
    use serde_json::Value;

    fn zstd() -> parquet::basic::Compression {
        parquet::basic::Compression::ZSTD(parquet::basic::ZstdLevel::default())
    }

    #[test]
    fn parquet_gives_the_figures_of_the_same_answers_as_csv() {
        let place = Place::new();
        let heads = Clients::new(QUESTIONNAIRE, 11).expect("built in").header();
        let rows: Vec<_> = clients(30).iter().map(|client| client.row()).collect();
        let mut csv = csv::Writer::from_writer(Vec::new());
        csv.write_record(&heads).expect("written");
        for row in &rows {
            csv.write_record(row).expect("written");
        }
        place.write("clients.csv", csv.into_inner().expect("written"));
        let columns = typed(&heads, &rows);
        let kinds: std::collections::BTreeSet<_> = columns.iter().map(Column::kind).collect();
        assert!(kinds.len() >= 4, "the clients have few kinds of values: {kinds:?}");
        place.write("clients.parquet", table(&columns, 11, parquet::basic::Compression::SNAPPY));
        place.write("by-its-beginning", table(&columns, 100, zstd()));
        let figures = |input: &str| {
            let out = format!("out-{input}");
            place.run(&["batch", input, "-o", &out, "--no-reports"]).ended(0, input);
            let mut lines = results(&place, &out);
            for (line, number) in lines.iter_mut().zip(1..) {
                let from = line["from"].take();
                let number = if input.ends_with("csv") { number + 1 } else { number };
                assert_eq!(from, format!("{input}:{number}"));
            }
            lines
        };
        let of_csv = figures("clients.csv");
        assert_eq!(of_csv.len(), 30);
        assert_eq!(figures("clients.parquet"), of_csv);
        assert_eq!(figures("by-its-beginning"), of_csv);
    }

    /// A table of the fixture's questionnaire: `client`, `date`, `questionnaire`, a fact, and these columns.
    fn fixture(clients: &[&str], others: Vec<(&str, Column)>) -> Vec<u8> {
        let same = |text: &str| Column::texts(clients.iter().map(|_| Some(text)));
        let mut columns = vec![
            ("client", Column::texts(clients.iter().map(|name| Some(*name)))),
            ("date", Column::Dates(clients.iter().map(|_| Some(20_759)).collect())),
            ("questionnaire", same("fixture")),
            ("fixture-size", same("micro")),
        ];
        columns.extend(others);
        let columns: Vec<_> =
            columns.into_iter().map(|(head, column)| column.named(head)).collect();
        table(&columns, 2, zstd())
    }

    fn run(bytes: &[u8]) -> (Place, Ran) {
        let place = Place::new();
        place.write("t.parquet", bytes);
        let own = crate::root("tests/diagnostics/library");
        let own = own.to_str().expect("plain");
        let words = ["batch", "t.parquet", "-o", "out", "--no-reports", "--questionnaires", own];
        let ran = place.run(&words);
        (place, ran)
    }

    fn names(place: &Place) -> Vec<Value> {
        results(place, "out").iter().map(|line| line["client"].clone()).collect()
    }

    #[test]
    fn values_of_parquet_are_cells_or_a_fault_of_their_row() {
        let bytes = fixture(
            &["Whole", "Broken", "Open", "Empty", "Two"],
            vec![
                ("FIX-1", Column::Doubles(vec![Some(2.0), Some(2.5), None, Some(1.0), Some(0.5)])),
                ("FIX-2", Column::Booleans(vec![Some(true), Some(false), None, None, None])),
                (
                    "FIX-4",
                    Column::Lists(vec![
                        Some(vec!["updates".to_owned(), "backups".to_owned()]),
                        None,
                        None,
                        Some(Vec::new()),
                        Some(Vec::new()),
                    ]),
                ),
                // Of no interest here, so what it holds is none either.
                ("consultant's own", Column::Doubles(vec![Some(0.5); 5])),
            ],
        );
        let (place, ran) = run(&bytes);
        ran.ended(1, "values")
            .says("R204", "a column of one's own")
            .says("t.parquet:2: R212", "2.5");
        let told = failures(&place, "out");
        let codes: Vec<_> =
            told.iter().map(|row| [&row[1], &row[2], &row[5]].map(String::as_str)).collect();
        assert_eq!(codes, [["2", "R212", "0"], ["4", "R212", "0"], ["5", "R212", "1"]]);
        assert_eq!(told[0][3], "the column `FIX-1` holds `2.5`, which is no whole number");
        assert!(told[1][3].contains("`FIX-4` holds a list without items"), "{:?}", told[1]);
        assert_eq!(names(&place), ["Whole", "Open"]);
        // FIX-1 at 2, FIX-2 a yes, and both options of FIX-4; nothing of the one that is open.
        let csv = "client,date,questionnaire,fixture-size,FIX-1,FIX-2,FIX-4\nWhole,2026-11-02,fixture,micro,2,yes,updates|backups\nOpen,2026-11-02,fixture,micro,,,\n";
        place.write("t.csv", csv);
        let own = crate::root("tests/diagnostics/library");
        let own = own.to_str().expect("plain");
        let words = ["batch", "t.csv", "-o", "csv", "--no-reports", "--questionnaires", own];
        place.run(&words).ended(0, "as CSV");
        for (of_parquet, of_csv) in results(&place, "out").iter().zip(results(&place, "csv")) {
            for key in ["client", "date", "overall", "coverage", "domains", "verdict"] {
                assert_eq!(of_parquet[key], of_csv[key], "{key}");
            }
        }
    }

    #[test]
    fn heads_of_parquet_are_looked_at_all_at_once() {
        let column = |head: &str, column: Column| column.named(head);
        let bytes = table(
            &[
                column("cleint", Column::texts([Some("A")].into_iter())),
                column("FIX-1", Column::Groups(vec![1])),
                column("questionnaire", Column::texts([Some("fixture")].into_iter())),
            ],
            2,
            zstd(),
        );
        let (place, ran) = run(&bytes);
        let ran = ran.ended(1, "heads").says("`date` is missing", "R201");
        let ran = ran.says("did you mean `client`?", "R203");
        ran.says("the column `FIX-1` holds what no cell can say", "R212");
        assert!(!place.path("out").exists());
        let none = [column("client", Column::texts(std::iter::empty()))];
        run(&table(&none, 2, zstd())).1.ended(1, "no rows").says("R208", "no rows");
    }

    #[test]
    fn damaged_parquet_is_told_and_never_stops_the_program() {
        let clients = ["A", "B", "C", "D", "E", "F"];
        let levels = Column::Doubles(vec![Some(2.0); 6]);
        let lists = Column::Lists(vec![Some(vec!["updates".to_owned()]); 6]);
        let whole = fixture(&clients, vec![("FIX-1", levels), ("FIX-4", lists)]);
        run(&whole).1.ended(0, "undamaged");
        let piped = Place::new().run_with(&["batch", "-", "-o", "out"], &whole);
        piped.ended(3, "piped").says("Parquet is read from its end", "piped");
        for kept in [0, 4, 11, whole.len() / 2, whole.len() - 1] {
            let (place, ran) = run(&whole[..kept]);
            ran.ended(1, "cut short").says("R213", "cut short").says("t.parquet", "its name");
            assert!(!place.path("out").exists());
        }
        let mut told = 0;
        for at in (4..whole.len()).step_by(whole.len() / 60) {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x55;
            let (place, ran) = run(&bytes);
            assert!([0, 1].contains(&ran.code), "byte {at}: {}\n{}", ran.code, ran.err);
            if ran.err.contains("R213") {
                told += 1;
                let scored = if place.path("out").exists() { names(&place).len() } else { 0 };
                assert!(scored < clients.len(), "byte {at}");
            }
        }
        assert!(told > 20, "only {told} were told");
    }
}
