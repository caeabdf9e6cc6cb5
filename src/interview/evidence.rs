//! What supports an answer: noted, looked at, removed.

use super::Interview;
use super::asker::{Asker, Left, Line, Menu, Page, QUIT, Said};
use super::profile::written;
use super::walk::Step;
use crate::answers_file::change::Change;
use crate::library::Library;
use crate::model::{Answer, Evidence, Place, Question};
use crate::validate::EvidenceFile;

/// The ways to say where evidence is.
const PLACES: [&str; 3] = [
    "A file in the folder of the answers file",
    "A link",
    "Something else, such as a shelf mark or a person",
];

impl Interview {
    /// Notes evidence that is written on one line, `TITLE | PLACE`; or shows what is noted.
    pub(super) fn evidence(
        &mut self,
        library: &mut Library,
        asker: &mut dyn Asker,
        (question, answer): (&Question, Answer),
        page: &Page,
        said: &str,
    ) -> Result<Step, Left> {
        let mut changed = answer.clone();
        match said.split_once('|') {
            Some((title, place)) if !title.trim().is_empty() && !place.trim().is_empty() => {
                let (title, place) = (title.trim().to_owned(), place_of(place.trim()));
                changed.evidence.push(Evidence { title, place, digest: None });
            }
            _ if !said.is_empty() => {
                asker.tell(
                    "Write evidence as: e TITLE | PLACE, for example: e Our AI rules | rules.pdf",
                )?;
                return Ok(Step::Again);
            }
            _ => match ask(asker, question, &answer, page)? {
                Some(evidence) => changed.evidence = evidence,
                None => return Ok(Step::Again),
            },
        }
        if self.say(library, asker, &[Change::Answer(question, changed.clone())])? {
            self.tell_missing(asker, &changed)?;
        }
        Ok(Step::Again)
    }

    /// Says where the file that was noted last is not at hand.
    fn tell_missing(&self, asker: &mut dyn Asker, answer: &Answer) -> Result<(), Left> {
        let Some(Evidence { place: Place::File(file), .. }) = answer.evidence.last() else {
            return Ok(());
        };
        match self.sitting.files.get(file) {
            Some(EvidenceFile::Found(_)) | None => Ok(()),
            Some(_) => asker.tell(&format!(
                "Noted. The file {file} is not in the folder of the answers file yet; put it there before you make the report."
            )),
        }
    }
}

/// The list of evidence as the respondent leaves it; `None`: as it is.
fn ask(
    asker: &mut dyn Asker,
    question: &Question,
    answer: &Answer,
    page: &Page,
) -> Result<Option<Vec<Evidence>>, Left> {
    let head = page.head.clone();
    let help = match question.evidence.as_slice() {
        [] => Vec::new(),
        some => vec![format!("What counts: {}", some.join("; "))],
    };
    let page = Page { head, ask: "Where is your evidence?".to_owned(), help, ..Page::default() };
    let noted = answer.evidence.iter().map(|each| format!("Remove: {}", each.title));
    let entries = PLACES.iter().map(|place| (*place).to_owned()).chain(noted);
    let menu = Menu::of(page.clone(), entries).with('b', "Back to the question", "");
    let menu = menu.on_enter("back to the question");
    let mut evidence = answer.evidence.clone();
    match asker.ask(&menu)? {
        Said::Action(QUIT, _) => return Err(Left::Quit),
        Said::Chosen(at) => match at.as_slice() {
            [at] if *at >= PLACES.len() => {
                evidence.remove(*at - PLACES.len());
            }
            [at] => match one(asker, &page.head, *at)? {
                Some(one) => evidence.push(one),
                None => return Ok(None),
            },
            _ => return Ok(None),
        },
        _ => return Ok(None),
    }
    Ok(Some(evidence))
}

/// One piece of evidence of a kind; `None`: none after all.
fn one(asker: &mut dyn Asker, head: &str, kind: usize) -> Result<Option<Evidence>, Left> {
    let mut line = |ask: &str, help: &str| {
        let (ask, help) = (ask.to_owned(), vec![help.to_owned()]);
        let page = Page { head: head.to_owned(), ask, help, ..Page::default() };
        written(asker, &Line { page, may_go_back: true, ..Line::default() })
    };
    let Some(title) = line("What is it?", "A few words, such as: Our AI rules.")? else {
        return Ok(None);
    };
    let place = match kind {
        0 => line("Which file?", "The path from the answers file, such as: evidence/rules.pdf.")?,
        1 => line("Which address?", "Such as: https://example.org/ai-rules.")?,
        _ => line("Where is it?", "Such as: staff handbook, page 4.")?,
    };
    let wrap = [Place::File, Place::Link, Place::Reference][kind.min(2)];
    Ok(place.map(|place| Evidence { title, place: wrap(place), digest: None }))
}

/// What a place is meant as that is written without its kind: an address, the name of a file, or
/// anything else.
fn place_of(place: &str) -> Place {
    let is_link = ["https://", "http://", "mailto:"].iter().any(|start| place.starts_with(start));
    let ending = place.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_ending = |ending: &str| {
        (1..=5).contains(&ending.len()) && ending.chars().all(|c| c.is_ascii_alphanumeric())
    };
    match place {
        _ if is_link => Place::Link(place.to_owned()),
        _ if is_ending(ending) => Place::File(place.to_owned()),
        _ => Place::Reference(place.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_says_by_itself_what_it_is() {
        assert!(matches!(place_of("https://example.org/a.pdf"), Place::Link(_)));
        assert!(matches!(place_of("evidence/our rules.pdf"), Place::File(_)));
        assert!(matches!(place_of("Staff handbook, p. 4"), Place::Reference(_)));
    }
}
