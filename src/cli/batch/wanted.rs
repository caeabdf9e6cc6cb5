//! What the arguments ask for of each client, where they go together.

use super::Batch;
use crate::batch::Wanted;
use crate::builtin;
use crate::cli::{Failure, cut};
use crate::cut::Cut;
use crate::digest::Digest;
use crate::library::Library;
use crate::render::Format;
use crate::render::pdf::Setup;
use crate::render::template::Templates;
use crate::result::ENGINE;

type Reports = Vec<(Cut, Vec<Format>)>;

pub(super) fn wanted(batch: &Batch, library: &Library) -> Result<Wanted, Failure> {
    batch.how.names_are_known(library)?;
    let (own, setup) = (batch.making.templates()?, batch.making.setup()?);
    let reports = reports(batch)?;
    let fingerprint = fingerprint(batch, library, &own, &setup, &reports);
    Ok(Wanted {
        against: batch.how.against.clone(),
        target: batch.how.target.clone(),
        date: batch.how.date.clone(),
        reports,
        setup,
        templates: Templates::with(own),
        fingerprint,
    })
}

/// Which reports each client gets: whom each is for, and its formats.
fn reports(batch: &Batch) -> Result<Reports, Failure> {
    if batch.no_reports || batch.anonymous {
        return Ok(Vec::new());
    }
    let asked: Vec<Format> = match batch.format.as_slice() {
        [] => vec![Format::Html, Format::Pdf],
        formats => formats.iter().map(|wanted| Format::from(*wanted)).collect(),
    };
    let mut cuts: Vec<Cut> = batch.audience.iter().map(|audience| Cut::from(*audience)).collect();
    if cuts.is_empty() {
        cuts.push(Cut::Full);
    }
    let all = Cut::ALL.into_iter().filter(|cut| cuts.contains(cut));
    all.map(|cut| Ok((cut, cut::formats(cut, &asked)?))).collect()
}

/// The digest of all that a report hangs on but the answers: this program with its content, one's own
/// questionnaires, templates and fonts, and what was asked for.
fn fingerprint(
    batch: &Batch,
    library: &Library,
    own: &[(String, String)],
    setup: &Setup,
    reports: &Reports,
) -> Digest {
    let asked = format!("{ENGINE} {:?} {:?} {reports:?}", batch.how, setup.paper);
    let built_in = builtin::files().map(|(path, text)| format!("{path}\n{text}"));
    let read = library.sources.iter().map(|(_, source)| source.text.clone());
    let templates = own.iter().map(|(path, text)| format!("{path}\n{text}"));
    let parts = [asked].into_iter().chain(built_in).chain(read).chain(templates);
    let parts = parts.chain(setup.fonts.added());
    let digests: Vec<_> = parts.map(|part| Digest::of_bytes(part.as_bytes())).collect();
    Digest::of_all(&digests)
}
