//! Whether bytes are an Excel workbook that can be read within bounds.

use super::LARGEST_WORKBOOK;
use crate::diagnostic::Code;
use std::io::{self, Cursor, Read};
use zip::ZipArchive;

/// How much a workbook may hold once it is unpacked. Unit: bytes.
const LARGEST_INFLATED: u64 = 64 * 1024 * 1024;
/// How many parts it may have.
const MOST_PARTS: usize = 1000;

/// Why a file is not read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unfit {
    pub(super) code: Code,
    pub(super) message: String,
    pub(super) help: &'static str,
}

const SAVE: &str = "save it as an Excel workbook (.xlsx) and try again";
const ASK: &str = "write one with `gapwise workbook ID -o FILE.xlsx`, and fill that in";

/// A workbook, and not a larger one than any of ours. Each part is unpacked and counted, whatever its size is
/// said to be.
pub(super) fn is_fit(bytes: &[u8]) -> Result<(), Unfit> {
    if bytes.len() > LARGEST_WORKBOOK {
        let message = format!("the file has more than the {LARGEST_WORKBOOK} bytes allowed");
        return Err(Unfit { code: Code::W002, message, help: ASK });
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(compound(bytes));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| no_archive(bytes))?;
    let names = archive.file_names().map(|name| name.map(|name| name.into_owned()));
    let names = names.collect::<Result<Vec<String>, _>>().map_err(|_| damaged())?;
    is_excel(&names)?;
    if names.len() > MOST_PARTS {
        let message = format!("the workbook has more than {MOST_PARTS} parts");
        return Err(Unfit { code: Code::W002, message, help: ASK });
    }
    let mut left = LARGEST_INFLATED;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|_| damaged())?;
        let mut bounded = part.take(left + 1);
        let size = io::copy(&mut bounded, &mut io::sink()).map_err(|_| damaged())?;
        left = left.checked_sub(size).ok_or_else(|| Unfit {
            code: Code::W002,
            message: format!("the workbook unpacks to more than {LARGEST_INFLATED} bytes"),
            help: ASK,
        })?;
    }
    Ok(())
}

fn no_workbook(what: &str, help: &'static str) -> Unfit {
    let message = format!("this is no Excel workbook (.xlsx) but {what}");
    Unfit { code: Code::W001, message, help }
}

fn damaged() -> Unfit {
    no_workbook("a damaged file", "ask for the file again, or save it anew")
}

/// What the old office format holds: a workbook of before 2007, or a new one with a password.
fn compound(bytes: &[u8]) -> Unfit {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if bytes.windows(name.len()).any(|window| window == name) {
        return no_workbook("an encrypted file", "save it without a password and try again");
    }
    no_workbook("a file of an older office program", SAVE)
}

fn no_archive(bytes: &[u8]) -> Unfit {
    match std::str::from_utf8(bytes) {
        _ if bytes.starts_with(b"PK") => damaged(),
        Ok("") => no_workbook("an empty file", ASK),
        Ok(_) => no_workbook("a text file", SAVE),
        Err(_) => no_workbook("a file of another kind", SAVE),
    }
}

/// By its parts, an archive is a workbook of Excel.
fn is_excel(names: &[String]) -> Result<(), Unfit> {
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    match () {
        () if has("xl/workbook.xml") => Ok(()),
        () if has("xl/workbook.bin") => Err(no_workbook("a binary workbook (.xlsb)", SAVE)),
        () if has("content.xml") => Err(no_workbook("an OpenDocument file", SAVE)),
        () if has("word/document.xml") => Err(no_workbook("a Word document", ASK)),
        () => Err(no_workbook("an archive of other files", ASK)),
    }
}
