//! The portfolio of made-up clients, and how long each step of it takes. The folder gets it in every format,
//! with names and without, with the moves since the round before.

use super::made::{Client, Clients};
use gapwise::assemble::{Request, assess};
use gapwise::diagnostic::Diagnostics;
use gapwise::library::Library;
use gapwise::portfolio::anonymous::anonymous;
use gapwise::portfolio::{ClientResult, Portfolio, PortfolioReport};
use gapwise::render::pdf::Setup;
use gapwise::render::summary::{FORMATS, file_name, render};
use gapwise::render::template::Templates;
use std::io::Write as _;
use std::path::Path;
use std::time::Instant;

/// Writes the portfolio of these clients, twice as many results counting the round before.
pub(crate) fn write(
    questionnaire: &str,
    seed: u64,
    number: usize,
    folder: &Path,
) -> Result<(), String> {
    let began = Instant::now();
    let [before, now] = [0, 1].map(|round| results(questionnaire, seed, round, number));
    let (before, now) = (before?, now?);
    say(&format!("{} results scored in {:?}", before.len() + now.len(), began.elapsed()));
    let began = Instant::now();
    let mut portfolio = Portfolio::default();
    before.iter().for_each(|result| portfolio.before(result));
    now.iter().for_each(|result| portfolio.add(result));
    say(&format!("added in {:?}", began.elapsed()));
    let (mut library, mut found) = (Library::default(), Diagnostics::default());
    let facts = library.facts(&mut found);
    let summary = portfolio.summary(&facts, &mut |id| library.questionnaire(id, &mut found));
    std::fs::create_dir_all(folder).map_err(|why| why.to_string())?;
    for (name, summary) in [("named", summary.clone()), ("anonymous", anonymous(&summary))] {
        let report = PortfolioReport::new(summary);
        for format in FORMATS {
            let began = Instant::now();
            let bytes = render(*format, &report, &Templates::default(), &Setup::default())
                .map_err(|why| why.to_string())?;
            let file = format!("{name}-{}", file_name(*format));
            say(&format!("{file}: {} bytes in {:?}", bytes.len(), began.elapsed()));
            std::fs::write(folder.join(file), bytes).map_err(|why| why.to_string())?;
        }
    }
    Ok(())
}

fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// The results of made-up clients.
fn results(
    questionnaire: &str,
    seed: u64,
    round: u64,
    number: usize,
) -> Result<Vec<ClientResult>, String> {
    let mut library = Library::default();
    let source = library.add("client", String::new());
    let clients = Clients::new(questionnaire, seed)?.round(round);
    let result = |(client, at): (Client, usize)| {
        library.replace(source, client.yaml());
        let files = Default::default();
        let request =
            Request { answers: source, against: None, target: None, date: None, files: &files };
        let mut found = Diagnostics::default();
        let assessed = assess(&mut library, &request, &mut found);
        let (assessment, scorecard) = assessed.ok_or("a made-up client is not valid")?;
        let from = format!("client-{at:06}.yaml");
        let result = ClientResult::new(&assessment, &scorecard, from, String::new());
        Ok(ClientResult { folder: Some(format!("client-{at:06}")), ..result })
    };
    clients.take(number).zip(1..).map(result).collect()
}
