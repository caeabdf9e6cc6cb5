//! What a PDF holds: its attachments and the text of its pages, as far as a program of another's making,
//! or ill will, leaves them readable. Nothing here trusts the file: work and memory are bounded.

mod content;
mod file;
mod object;

use content::Interpreter;
use file::Pdf;
use object::{Dictionary, Value};

/// The names and bytes of the files that travel with a PDF, in the order of its list of names.
///
/// # Errors
/// What is wrong, in words: it is no PDF, it is encrypted or broken, or it unpacks to more than 64 MiB.
pub fn attachments(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, String> {
    let mut file = Pdf::open(bytes)?;
    let catalog = file.catalog()?;
    let names = file.dictionary(catalog.get("Names"))?;
    let mut open = vec![(file.get(names.get("EmbeddedFiles"))?, 0)];
    let mut found = Vec::new();
    while let Some((node, depth)) = open.pop() {
        let Value::Dictionary(node) = node else { continue };
        if depth > DEEPEST || open.len() > MOST {
            return Err("its list of attachments is endless".to_owned());
        }
        let kids = file.list(node.get("Kids"))?;
        for kid in kids.iter().rev() {
            open.push((file.get(Some(kid))?, depth + 1));
        }
        for pair in file.list(node.get("Names"))?.chunks_exact(2) {
            let entry = file.dictionary(Some(&pair[1]))?;
            found.extend(attachment(&mut file, &entry)?);
        }
    }
    Ok(found)
}

/// How deep a tree may be.
const DEEPEST: usize = 32;

/// How many pages or attachments may wait to be read.
const MOST: usize = 100_000;

/// The attachment of one name.
///
/// # Errors
/// As [`attachments`], and where none or several are called so.
pub fn attachment_called(bytes: &[u8], name: &str) -> Result<Vec<u8>, String> {
    let mut found = attachments(bytes)?.into_iter().filter(|(called, _)| called == name);
    match (found.next(), found.next()) {
        (Some((_, bytes)), None) => Ok(bytes),
        (None, _) => Err(format!("it holds no `{name}`")),
        _ => Err(format!("it holds more than one `{name}`")),
    }
}

fn attachment(file: &mut Pdf<'_>, entry: &Dictionary) -> Result<Option<(String, Vec<u8>)>, String> {
    let name = file.get(entry.get("UF").or(entry.get("F")))?;
    let Value::Text(name) = name else { return Ok(None) };
    let streams = file.dictionary(entry.get("EF"))?;
    let stream = file.get(streams.get("F").or(streams.get("UF")))?;
    let Value::Stream(stream) = stream else { return Ok(None) };
    Ok(Some((object::text(&name), file.unpack(&stream)?)))
}

/// The text of each page in the order in which it is drawn: words as they stand, and a line end before
/// each part that begins elsewhere.
///
/// # Errors
/// As [`attachments`].
pub fn page_texts(bytes: &[u8]) -> Result<Vec<String>, String> {
    let mut file = Pdf::open(bytes)?;
    let catalog = file.catalog()?;
    let root = catalog.get("Pages").cloned().ok_or("it has no pages")?;
    let mut open = vec![(root, Dictionary::default(), 0)];
    let mut texts = Vec::new();
    while let Some((node, inherited, depth)) = open.pop() {
        let node = file.dictionary(Some(&node))?;
        if depth > DEEPEST || open.len() > MOST || texts.len() > MOST {
            return Err("its list of pages is endless".to_owned());
        }
        let resources = match node.get("Resources") {
            Some(own) => file.dictionary(Some(own))?,
            None => inherited,
        };
        match node.get("Kids") {
            Some(kids) => {
                for kid in file.list(Some(kids))?.into_iter().rev() {
                    open.push((kid, resources.clone(), depth + 1));
                }
            }
            None => texts.push(page_text(&mut file, &node, &resources)?),
        }
    }
    Ok(texts)
}

fn page_text(
    file: &mut Pdf<'_>,
    page: &Dictionary,
    resources: &Dictionary,
) -> Result<String, String> {
    let fonts = file.dictionary(resources.get("Font"))?;
    let contents = match file.get(page.get("Contents"))? {
        Value::List(parts) => parts,
        Value::Stream(stream) => vec![Value::Stream(stream)],
        _ => Vec::new(),
    };
    let mut content = Vec::new();
    for part in &contents {
        if let Value::Stream(stream) = file.get(Some(part))? {
            content.extend(file.unpack(&stream)?);
            content.push(b'\n');
        }
    }
    let mut interpreter = Interpreter::new(file, fonts);
    interpreter.run(&content)?;
    Ok(interpreter.text)
}
