//! Files that travel with a PDF.

use super::meta::Date;
use super::{reference, text};
use crate::render::RenderError;
use crate::render::pdf::Attachment;
use lopdf::{Dictionary, Object, Stream, dictionary};
use std::collections::BTreeMap;

/// Writes the attachments and enters them in the catalog.
///
/// # Errors
/// Two have the same name.
pub(super) fn attach(
    pdf: &mut lopdf::Document,
    catalog: &mut Dictionary,
    attachments: &[Attachment],
    date: &Date,
) -> Result<(), RenderError> {
    if attachments.is_empty() {
        return Ok(());
    }
    let mut files = Vec::new();
    // Sorted by the bytes of the key, as a tree of names must be.
    let mut names: BTreeMap<Vec<u8>, Vec<Object>> = BTreeMap::new();
    for attachment in attachments {
        let stream = dictionary! {
            "Type" => "EmbeddedFile", "Subtype" => attachment.media_type.as_str(),
            "Params" => dictionary! {
                "Size" => attachment.bytes.len() as i64, "ModDate" => date.object(),
            },
        };
        let stream = pdf.add_object(Stream::new(stream, attachment.bytes.clone()));
        let name = text(&attachment.name);
        let file = pdf.add_object(dictionary! {
            "Type" => "Filespec", "F" => name.clone(), "UF" => name.clone(),
            "Desc" => text(&attachment.description),
            "AFRelationship" => attachment.relationship.word(),
            "EF" => dictionary! { "F" => stream, "UF" => stream },
        });
        files.push(reference(file));
        let key = name.as_str().unwrap_or_default().to_vec();
        if names.insert(key, vec![name, reference(file)]).is_some() {
            return Err(RenderError(format!("two attachments are called `{}`", attachment.name)));
        }
    }
    let names: Vec<Object> = names.into_values().flatten().collect();
    catalog.set("AF", files);
    catalog.set("Names", dictionary! { "EmbeddedFiles" => dictionary! { "Names" => names } });
    Ok(())
}
