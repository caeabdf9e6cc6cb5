//! Made-up clients, any number of them: what benches, tests and trials of a batch are fed with.
//!
//! ```text
//! cargo bench --bench clients -- 200 --questionnaire msme-first-look --seed 7 --format yaml -o clients/
//! cargo bench --bench clients -- 100000 --format ndjson > clients.ndjson
//! cargo bench --bench clients -- 500 --format csv --round 1 > clients.csv
//! cargo bench --bench clients -- 500 --format portfolio -o shown/
//! ```
//!
//! The same number, questionnaire, seed and round give the same bytes. A later round has the same clients,
//! most of them further on. No name in it is meant to be anybody's.

#[path = "clients/made.rs"]
mod made;
#[path = "clients/portfolio.rs"]
mod portfolio;

use made::{Client, Clients};
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

/// What the command line asks for.
struct Asked {
    number: u64,
    questionnaire: String,
    seed: u64,
    round: u64,
    format: String,
    folder: Option<String>,
}

impl Asked {
    /// From the arguments; `cargo bench` adds `--bench`.
    fn of(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut asked = Self {
            number: 200,
            questionnaire: "msme-first-look".to_owned(),
            seed: 7,
            round: 0,
            format: "yaml".to_owned(),
            folder: None,
        };
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value"));
            let number = |text: String| {
                text.parse().map_err(|_| format!("`{text}` is no number; write digits"))
            };
            match argument.as_str() {
                "--bench" => {}
                "--questionnaire" => asked.questionnaire = value()?,
                "--seed" => asked.seed = number(value()?)?,
                "--round" => asked.round = number(value()?)?,
                "--format" => asked.format = value()?,
                "-o" => asked.folder = Some(value()?),
                _ => asked.number = number(argument)?,
            }
        }
        Ok(asked)
    }

    fn run(&self) -> Result<(), String> {
        let clients = Clients::new(&self.questionnaire, self.seed)?.round(self.round);
        let header = clients.header();
        let clients = clients.take(self.number as usize);
        match (self.format.as_str(), &self.folder) {
            ("yaml", Some(folder)) => files(clients, folder.as_ref()),
            ("portfolio", Some(folder)) => {
                let number = self.number as usize;
                portfolio::write(&self.questionnaire, self.seed, number, folder.as_ref())
            }
            ("yaml" | "portfolio", None) => Err("files go to a folder: name it with -o".to_owned()),
            ("ndjson", None) => lines(clients.map(|client| client.json_line() + "\n")),
            ("csv", None) => {
                let rows = clients.map(|client| client.row());
                lines(std::iter::once(header).chain(rows).map(|row| csv(&row)))
            }
            (_, Some(_)) => {
                Err("-o is for yaml and portfolio; all else goes to standard output".to_owned())
            }
            (other, None) => Err(format!("`{other}` is none of yaml, ndjson, csv and portfolio")),
        }
    }
}

/// A file for each client.
fn files(clients: impl Iterator<Item = Client>, folder: &Path) -> Result<(), String> {
    let wrong = |why: std::io::Error| format!("{}: {why}", folder.display());
    std::fs::create_dir_all(folder).map_err(wrong)?;
    for (client, at) in clients.zip(1..) {
        std::fs::write(folder.join(format!("client-{at:06}.yaml")), client.yaml())
            .map_err(wrong)?;
    }
    Ok(())
}

/// A row as CSV.
fn csv(row: &[String]) -> String {
    let cell = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
    row.iter().map(cell).collect::<Vec<_>>().join(",") + "\r\n"
}

/// Standard output. Who reads no more of it is not told that there is more.
fn lines(texts: impl Iterator<Item = String>) -> Result<(), String> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for text in texts {
        match out.write_all(text.as_bytes()) {
            Err(why) if why.kind() == std::io::ErrorKind::BrokenPipe => return Ok(()),
            written => written.map_err(|why| why.to_string())?,
        }
    }
    out.flush().map_err(|why| why.to_string())
}

fn main() -> ExitCode {
    match Asked::of(std::env::args().skip(1)).and_then(|asked| asked.run()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            let _ = writeln!(std::io::stderr(), "clients: {why}");
            ExitCode::FAILURE
        }
    }
}
