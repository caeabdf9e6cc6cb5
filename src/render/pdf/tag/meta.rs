//! What a PDF says of itself: title, author, dates, and the standards that it keeps.

use super::{cut, text};
use crate::render::RenderError;
use crate::render::pdf::block::Document;
use lopdf::{Dictionary, Object, dictionary};
use std::fmt::Write as _;

/// What made the file.
const PRODUCER: &str = concat!("gapwise ", env!("CARGO_PKG_VERSION"));

/// The date that a document bears, at midnight.
pub(super) struct Date(jiff::civil::Date);

impl Date {
    /// Errors: it is no date.
    pub(super) fn of(document: &Document) -> Result<Self, RenderError> {
        let date = document.date.parse().map(Self);
        date.map_err(|_| RenderError(format!("`{}` is not a date", document.date)))
    }

    /// As the objects of a PDF give it.
    pub(super) fn object(&self) -> Object {
        Object::string_literal(self.0.strftime("D:%Y%m%d000000Z").to_string())
    }
}

/// The entries of the document that older programs show.
pub(super) fn info(document: &Document, date: &Date) -> Dictionary {
    let mut info = dictionary! {
        "Producer" => text(PRODUCER), "Creator" => text(PRODUCER),
        "CreationDate" => date.object(), "ModDate" => date.object(),
    };
    let told =
        [("Title", &document.title), ("Author", &document.author), ("Subject", &document.subject)];
    for (key, value) in told {
        if !value.is_empty() {
            info.set(key, text(&short(value)));
        }
    }
    info
}

/// The same as XMP, with the standards. Source: ISO 19005-3, 6.6; ISO 14289-1, clause 5.
pub(super) fn xmp(document: &Document, date: &Date) -> String {
    let mut told = String::new();
    let parts = [
        ("title", "Alt", r#" xml:lang="x-default""#, &document.title),
        ("creator", "Seq", "", &document.author),
        ("description", "Alt", r#" xml:lang="x-default""#, &document.subject),
    ];
    for (name, list, language, value) in parts.into_iter().filter(|part| !part.3.is_empty()) {
        let value = escape(&short(value));
        // Writing to memory does not fail.
        let _ = writeln!(
            told,
            "<dc:{name}><rdf:{list}><rdf:li{language}>{value}</rdf:li></rdf:{list}></dc:{name}>"
        );
    }
    let date = date.0.strftime("%Y-%m-%dT00:00:00Z");
    format!(
        r#"<?xpacket begin="{bom}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:format>application/pdf</dc:format>
{told}</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
<pdf:Producer>{PRODUCER}</pdf:Producer>
</rdf:Description>
{STANDARDS}</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"#,
        bom = '\u{FEFF}',
    )
}

/// PDF/A-3a and PDF/UA-1, and what PDF/A wants to know of the keys of PDF/UA.
const STANDARDS: &str = r#"<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the document conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"#;

/// The longest title that a reader program can be expected to show. Unit: UTF-16 units.
const LONGEST: usize = 200;

/// A text on one line that is not too long, of what XML can hold.
fn short(text: &str) -> String {
    let one =
        |c: char| if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') { ' ' } else { c };
    cut(text, LONGEST - 1).chars().map(one).collect()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
