//! What a PDF lacks to be read aloud and kept, for machines without veraPDF.

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::{BTreeMap, BTreeSet};

/// What is wrong with a PDF, a line each; empty for a good one.
pub(crate) fn faults(bytes: &[u8]) -> Vec<String> {
    match Document::load_mem(bytes) {
        Ok(document) => faults_of(&document),
        Err(why) => vec![format!("not readable: {why}")],
    }
}

/// The same of an open document.
pub(super) fn faults_of(document: &Document) -> Vec<String> {
    let mut checker = Checker { document, found: Vec::new(), owners: BTreeMap::new() };
    checker.catalog();
    checker.tree();
    for (at, page) in document.page_iter().enumerate() {
        checker.page(at + 1, page);
    }
    checker.attachments();
    checker.found
}

/// What stands in the structure: the part that names a mark, by page and number.
struct Checker<'a> {
    document: &'a Document,
    found: Vec<String>,
    owners: BTreeMap<(ObjectId, i64), Vec<ObjectId>>,
}

impl<'a> Checker<'a> {
    fn say(&mut self, fault: impl Into<String>) {
        self.found.push(fault.into());
    }

    fn unless(&mut self, good: bool, fault: impl Into<String>) {
        if !good {
            self.say(fault);
        }
    }

    fn get(&self, from: &'a Dictionary, key: &str) -> Option<&'a Object> {
        from.get_deref(key.as_bytes(), self.document).ok()
    }

    fn dictionary(&self, from: &'a Dictionary, key: &str) -> Option<&'a Dictionary> {
        match self.get(from, key)? {
            Object::Stream(stream) => Some(&stream.dict),
            object => object.as_dict().ok(),
        }
    }

    fn name(&self, from: &'a Dictionary, key: &str) -> &'a str {
        let name = self.get(from, key).and_then(|name| name.as_name().ok());
        name.and_then(|name| std::str::from_utf8(name).ok()).unwrap_or_default()
    }

    fn list(&self, from: &'a Dictionary, key: &str) -> &'a [Object] {
        self.get(from, key).and_then(|list| list.as_array().ok()).map_or(&[], Vec::as_slice)
    }

    fn has_text(&self, from: &'a Dictionary, key: &str) -> bool {
        self.get(from, key).and_then(|text| text.as_str().ok()).is_some_and(|text| !text.is_empty())
    }

    fn object(&self, object: &'a Object) -> Option<&'a Dictionary> {
        match self.document.dereference(object).ok()?.1 {
            Object::Stream(stream) => Some(&stream.dict),
            object => object.as_dict().ok(),
        }
    }

    fn root(&self) -> Option<&'a Dictionary> {
        self.document.catalog().ok()
    }

    fn catalog(&mut self) {
        let Some(catalog) = self.root() else { return self.say("no catalog") };
        let is = |part: &str, key: &str| {
            let part = self.dictionary(catalog, part);
            part.and_then(|part| self.get(part, key)?.as_bool().ok()) == Some(true)
        };
        let (marked, shows) =
            (is("MarkInfo", "Marked"), is("ViewerPreferences", "DisplayDocTitle"));
        self.unless(marked, "MarkInfo does not say that it is marked");
        self.unless(shows, "its title is not shown: DisplayDocTitle");
        self.unless(self.has_text(catalog, "Lang"), "no Lang");
        let metadata = self.get(catalog, "Metadata").and_then(|stream| stream.as_stream().ok());
        let metadata = metadata.and_then(|stream| stream.get_plain_content().ok());
        let metadata = String::from_utf8(metadata.unwrap_or_default()).unwrap_or_default();
        for key in ["<pdfaid:part>3<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<", "<dc:title>"] {
            self.unless(metadata.contains(key), format!("Metadata without {key}"));
        }
        let intents = self.list(catalog, "OutputIntents").iter();
        let profile = |intent| self.dictionary(self.object(intent)?, "DestOutputProfile");
        let profiles = intents.filter_map(profile).count();
        self.unless(profiles == 1, "no OutputIntents with a profile");
    }

    /// Goes through the structure, and notes who names which mark.
    fn tree(&mut self) {
        let root = self.root().and_then(|catalog| self.dictionary(catalog, "StructTreeRoot"));
        let Some(root) = root else { return self.say("no StructTreeRoot") };
        let mut open: Vec<(&Object, &str)> = kids(root).iter().rev().map(|kid| (kid, "")).collect();
        let mut seen = BTreeSet::new();
        let mut level = 0;
        while let Some((kid, parent)) = open.pop() {
            let (Ok(id), Some(element)) = (kid.as_reference(), self.object(kid)) else { continue };
            let role = self.name(element, "S");
            if !seen.insert(id) {
                self.say(format!("{role} has two parents"));
                continue;
            }
            if !may_stand(role, parent) {
                self.say(format!("{role} must not stand in {parent}"));
            }
            if let Some(next) = role.strip_prefix('H').and_then(|level| level.parse::<u8>().ok()) {
                self.unless(next <= level + 1, format!("headings jump from {level} to {next}"));
                level = next;
            }
            self.attributes(role, element);
            for kid in kids(element).iter().rev() {
                if self.document.get_object(kid.as_reference().unwrap_or_default()).is_ok() {
                    open.push((kid, role));
                } else {
                    self.note(id, element, kid);
                }
            }
        }
    }

    fn attributes(&mut self, role: &str, element: &'a Dictionary) {
        let attributes = self.dictionary(element, "A");
        let has = |key| attributes.is_some_and(|attributes| self.get(attributes, key).is_some());
        let lacks = match role {
            "TH" if !has("Scope") => "TH without Scope",
            "L" if !has("ListNumbering") => "L without ListNumbering",
            "Figure" if !self.has_text(element, "Alt") => "Figure without Alt",
            "Form" if !has("Role") || !has("Desc") => "Form without Role or Desc",
            "Figure" if !has("BBox") => "Figure without BBox",
            _ => return,
        };
        self.say(lacks);
    }

    /// Notes that a part names a mark.
    fn note(&mut self, id: ObjectId, element: &'a Dictionary, kid: &'a Object) {
        let own = element.get(b"Pg").and_then(Object::as_reference);
        let (page, number) = match kid {
            Object::Integer(number) => (own, *number),
            Object::Dictionary(mark) if self.name(mark, "Type") == "MCR" => {
                let number = mark.get(b"MCID").and_then(Object::as_i64).unwrap_or(-1);
                (mark.get(b"Pg").and_then(Object::as_reference).or(own), number)
            }
            _ => return,
        };
        match page {
            Ok(page) => self.owners.entry((page, number)).or_default().push(id),
            Err(_) => self.say("a mark of the structure has no page"),
        }
    }

    /// What a number leads to in the tree of parents.
    fn parents(&self, key: i64) -> Option<&'a Object> {
        let root = self.dictionary(self.root()?, "StructTreeRoot")?;
        let numbers = self.list(self.dictionary(root, "ParentTree")?, "Nums");
        let entry =
            numbers.chunks_exact(2).find(|pair| pair[0].as_i64().is_ok_and(|is| is == key))?;
        Some(&entry[1])
    }

    fn page(&mut self, at: usize, id: ObjectId) {
        let Ok(page) = self.document.get_dictionary(id) else { return };
        self.unless(self.name(page, "Tabs") == "S", format!("page {at}: Tabs is not S"));
        let key = self.get(page, "StructParents").and_then(|key| key.as_i64().ok());
        self.unless(key.is_some(), format!("page {at}: no StructParents"));
        let owners = key.and_then(|key| self.parents(key));
        let owners =
            owners.and_then(|owners| self.document.dereference(owners).ok()?.1.as_array().ok());
        let owners = owners.map_or(&[][..], Vec::as_slice);
        let numbers = self.marks(at, id);
        self.unless(
            numbers.len() == owners.len(),
            format!("page {at}: {} marks, {} owners", numbers.len(), owners.len()),
        );
        for number in &numbers {
            let owner = usize::try_from(*number).ok().and_then(|number| owners.get(number));
            let owner = owner.and_then(|owner| owner.as_reference().ok());
            let named = self.owners.get(&(id, *number)).cloned().unwrap_or_default();
            let fits = owner.is_some_and(|owner| named == [owner]);
            self.unless(fits, format!("page {at}: mark {number} has no owner that names it"));
        }
        let stray =
            self.owners.keys().filter(|(page, number)| *page == id && !numbers.contains(number));
        let stray = stray.count();
        self.unless(stray == 0, format!("page {at}: {stray} marks of the structure are not drawn"));
        self.links(at, page);
        self.fonts(at, page);
    }

    /// The numbers of the sequences of a page; all that is drawn must stand in one or be an artifact.
    fn marks(&mut self, at: usize, id: ObjectId) -> BTreeSet<i64> {
        let content = self.document.get_page_content(id);
        let content = Content::decode(&content).ok();
        let (mut open, mut numbers) = (Vec::new(), BTreeSet::new());
        for operation in content.map(|content| content.operations).unwrap_or_default() {
            match operation.operator.as_str() {
                "BMC" | "BDC" => {
                    let properties = operation.operands.get(1).and_then(|each| each.as_dict().ok());
                    let number = properties.and_then(|each| each.get(b"MCID").ok()?.as_i64().ok());
                    let artifact = operation.operands.first().and_then(|tag| tag.as_name().ok())
                        == Some(b"Artifact");
                    let counts = number.is_some() || artifact;
                    self.unless(
                        !counts || !open.contains(&true),
                        format!("page {at}: marks nested"),
                    );
                    let new = number.is_none_or(|number| numbers.insert(number));
                    self.unless(new, format!("page {at}: mark {number:?} twice"));
                    open.push(counts);
                }
                "EMC" => {
                    let ends = open.pop().is_some();
                    self.unless(ends, format!("page {at}: a mark ends that did not begin"));
                }
                operator if DRAWING.contains(&operator) && !open.contains(&true) => {
                    self.say(format!("page {at}: {operator} is not marked"));
                }
                _ => {}
            }
        }
        self.unless(open.is_empty(), format!("page {at}: a mark does not end"));
        numbers
    }

    fn links(&mut self, at: usize, page: &'a Dictionary) {
        for link in self.list(page, "Annots") {
            let (Ok(id), Some(annotation)) = (link.as_reference(), self.object(link)) else {
                self.say(format!("page {at}: a link is not an object of its own"));
                continue;
            };
            let flags = self.get(annotation, "F").and_then(|flags| flags.as_i64().ok());
            self.unless(flags == Some(4), format!("page {at}: a link without F 4"));
            let said = self.has_text(annotation, "Contents");
            self.unless(said, format!("page {at}: a link without Contents"));
            let key = self.get(annotation, "StructParent").and_then(|key| key.as_i64().ok());
            let owner = key.and_then(|key| self.object(self.parents(key)?));
            let names = |kid: &Object| {
                let kid = kid.as_dict().ok();
                kid.and_then(|kid| kid.get(b"Obj").ok()?.as_reference().ok()) == Some(id)
            };
            let back = owner.is_some_and(|owner| {
                self.name(owner, "S") == "Link" && kids(owner).iter().any(names)
            });
            self.unless(back, format!("page {at}: a link without a StructParent that names it"));
            let leads = self.dictionary(annotation, "A").is_some();
            self.unless(leads, format!("page {at}: a link leads nowhere"));
        }
    }

    fn fonts(&mut self, at: usize, page: &'a Dictionary) {
        let fonts = self.dictionary(page, "Resources");
        let fonts = fonts.and_then(|resources| self.dictionary(resources, "Font"));
        for (name, font) in fonts.into_iter().flat_map(Dictionary::iter) {
            let name = String::from_utf8_lossy(name);
            let Some(font) = self.object(font) else { continue };
            let read = self.dictionary(font, "ToUnicode").is_some();
            self.unless(read, format!("page {at}: font {name} without ToUnicode"));
            let inner =
                self.list(font, "DescendantFonts").first().and_then(|font| self.object(font));
            let descriptor = inner.and_then(|font| self.dictionary(font, "FontDescriptor"));
            let embedded = descriptor.is_some_and(|descriptor| {
                ["FontFile2", "FontFile3"]
                    .iter()
                    .any(|key| self.dictionary(descriptor, key).is_some())
            });
            self.unless(embedded, format!("page {at}: font {name} is not embedded"));
        }
    }

    fn attachments(&mut self) {
        let Some(catalog) = self.root() else { return };
        let names = self.dictionary(catalog, "Names");
        let names = names.and_then(|names| self.dictionary(names, "EmbeddedFiles"));
        let names = names.map_or(&[][..], |names| self.list(names, "Names"));
        let associated = self.list(catalog, "AF");
        let keys: Vec<_> = names.iter().step_by(2).filter_map(|name| name.as_str().ok()).collect();
        self.unless(keys.is_sorted(), "attachments are not sorted");
        for entry in names.iter().skip(1).step_by(2) {
            let Some(file) = self.object(entry) else { continue };
            let related = ["Data", "Source"].contains(&self.name(file, "AFRelationship"));
            self.unless(related, "an attachment without AFRelationship");
            self.unless(associated.contains(entry), "an attachment that is not in AF");
            for key in ["F", "UF", "Desc"] {
                self.unless(self.has_text(file, key), format!("an attachment without {key}"));
            }
            let stream = self.dictionary(file, "EF").and_then(|files| self.dictionary(files, "F"));
            let typed = stream.is_some_and(|stream| !self.name(stream, "Subtype").is_empty());
            self.unless(typed, "an attachment without a type");
            let dated = stream.and_then(|stream| self.dictionary(stream, "Params"));
            let dated = dated.is_some_and(|told| self.has_text(told, "ModDate"));
            self.unless(dated, "an attachment without ModDate");
        }
    }
}

/// Operators that draw.
const DRAWING: &[&str] = &[
    "Tj", "TJ", "'", "\"", "m", "l", "c", "v", "y", "h", "re", "S", "s", "f", "F", "f*", "B", "B*",
    "b", "b*", "sh", "Do", "BI",
];

/// The kids of a part, as a list.
fn kids(element: &Dictionary) -> &[Object] {
    match element.get(b"K") {
        Ok(Object::Array(kids)) => kids,
        Ok(kid) => std::slice::from_ref(kid),
        Err(_) => &[],
    }
}

/// Whether a part may stand in another. Source: ISO 32000-1, 14.8.4.3.
fn may_stand(role: &str, parent: &str) -> bool {
    let below = match role {
        "Document" => &["", "Document"][..],
        "LI" => &["L"],
        "Lbl" => &["LI", "TOCI", "P", "Caption"],
        "LBody" => &["LI"],
        "THead" | "TBody" => &["Table"],
        "TR" => &["Table", "THead", "TBody"],
        "TH" | "TD" => &["TR"],
        "TOCI" => &["TOC"],
        _ => &[],
    };
    let within = match parent {
        "L" => &["LI", "L", "Caption"][..],
        "LI" => &["Lbl", "LBody"],
        "Table" => &["TR", "THead", "TBody", "Caption"],
        "THead" | "TBody" => &["TR"],
        "TR" => &["TH", "TD"],
        "TOC" => &["TOCI", "TOC", "Caption"],
        _ => &[],
    };
    let known = [
        "Document",
        "Div",
        "Sect",
        "P",
        "L",
        "LI",
        "Lbl",
        "LBody",
        "Table",
        "THead",
        "TBody",
        "TR",
        "TH",
        "TD",
        "Figure",
        "Form",
        "Caption",
        "TOC",
        "TOCI",
        "Reference",
        "Link",
        "Span",
        "H1",
        "H2",
        "H3",
        "H4",
        "H5",
        "H6",
    ];
    known.contains(&role)
        && (below.is_empty() || below.contains(&parent))
        && (within.is_empty() || within.contains(&role))
}
