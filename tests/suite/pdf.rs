//! A PDF is drawn, tagged and read back as it must be.

mod sample;
pub(crate) mod structure;

use gapwise::render::pdf::fonts::Fonts;
use gapwise::render::pdf::page::{Kid, Pages, Role};
use gapwise::render::pdf::read::{attachment_called, attachments, page_texts};
use gapwise::render::pdf::write;
use lopdf::{Dictionary, Document, Object, ObjectId};

fn written(pages: &Pages) -> Result<Vec<u8>, String> {
    let written = write(&sample::document(), pages, &Fonts::default(), &sample::attachments());
    written.map_err(|why| why.to_string())
}

fn pages() -> Pages {
    sample::pages(&Fonts::default(), &[])
}

/// The sample as a file.
fn good() -> Vec<u8> {
    written(&pages()).expect("written")
}

#[test]
fn the_same_pages_give_the_same_bytes() {
    assert!(good() == good());
}

#[test]
fn the_sample_has_no_faults() {
    assert_eq!(structure::faults(&good()), Vec::<String>::new());
}

#[test]
fn attachments_come_back_as_they_were() {
    let found = attachments(&good()).expect("readable");
    let mut given: Vec<_> =
        sample::attachments().into_iter().map(|file| (file.name, file.bytes)).collect();
    // What is written in ASCII stands before what is not.
    given.sort_by_key(|(name, _)| !name.is_ascii());
    assert_eq!(found, given);
    assert_eq!(attachment_called(&good(), "x.json"), Err("it holds no `x.json`".to_owned()));
}

#[test]
fn texts_come_back_as_they_were_set() {
    let texts = page_texts(&good()).expect("readable");
    let [first, second] = texts.as_slice() else { panic!("{} pages", texts.len()) };
    let listed =
        "Kerned AVATAR\nLists\n1. First of all\u{a0}things\n2. AVATAR To. Ta, kerned\nDeeper\n";
    assert!(first.starts_with(listed), "{first:?}");
    assert!(first.contains("This paragraph goes on and \nPage and name"), "{first:?}");
    let over =
        "ends on another page: größer als e\u{301} q\u{301} x\u{323}\u{302}, fi ﬁ ffl\nTables";
    assert!(second.starts_with(over), "{second:?}");
    assert!(second.contains("Domain Score\nRisk 42 %\nOversight 17\u{a0}%"), "{second:?}");
}

/// A change of the first object that a test of its entries finds.
fn change(
    document: &mut Document,
    is: impl Fn(&Dictionary) -> bool,
    edit: impl Fn(&mut Dictionary),
) {
    let mut all = document.objects.values_mut().filter_map(|object| match object {
        Object::Dictionary(entries) => Some(entries),
        Object::Stream(stream) => Some(&mut stream.dict),
        _ => None,
    });
    edit(all.find(|entries| is(entries)).expect("such an object"));
}

/// Whether an entry is this name.
fn named(key: &'static str, name: &'static str) -> impl Fn(&Dictionary) -> bool {
    move |entries| {
        entries
            .get(key.as_bytes())
            .is_ok_and(|is| is.as_name().is_ok_and(|is| is == name.as_bytes()))
    }
}

/// Whether an object is a part of the structure of this role.
fn role(role: &'static str) -> impl Fn(&Dictionary) -> bool {
    move |entries| named("S", role)(entries) && entries.has(b"P")
}

fn without(key: &'static str) -> impl Fn(&mut Dictionary) {
    move |entries| drop(entries.remove(key.as_bytes()).expect("an entry to remove"))
}

fn inner<'a>(entries: &'a mut Dictionary, key: &str) -> &'a mut Dictionary {
    entries.get_mut(key.as_bytes()).and_then(Object::as_dict_mut).expect("entries within")
}

/// A change of the content of the first page.
fn redraw(document: &mut Document, edit: impl Fn(String) -> String) {
    let page = document.page_iter().next().expect("a page");
    let content = document.get_page_content(page);
    let content = edit(String::from_utf8(content).expect("ASCII"));
    document.change_page_content(page, content.into_bytes()).expect("changed");
}

/// A way to damage a document.
type Damage = Box<dyn Fn(&mut Document)>;

/// Ways to damage a good document, each with what must be found then.
fn damages() -> Vec<(&'static str, Damage)> {
    fn at(
        is: impl Fn(&Dictionary) -> bool + 'static,
        edit: impl Fn(&mut Dictionary) + 'static,
    ) -> Damage {
        Box::new(move |document| change(document, &is, &edit))
    }
    let catalog = || named("Type", "Catalog");
    let page = || named("Type", "Page");
    let link = || named("Subtype", "Link");
    let file = || named("Type", "Filespec");
    let first = |entries: &mut Dictionary| {
        let kids = entries.get_mut(b"K").and_then(Object::as_array_mut).expect("kids");
        drop(kids.remove(0));
    };
    vec![
        ("no Lang", at(catalog(), without("Lang"))),
        ("MarkInfo", at(catalog(), without("MarkInfo"))),
        ("DisplayDocTitle", at(catalog(), without("ViewerPreferences"))),
        ("Metadata without", at(catalog(), without("Metadata"))),
        ("OutputIntents", at(catalog(), without("OutputIntents"))),
        ("no StructTreeRoot", at(catalog(), without("StructTreeRoot"))),
        ("no StructParents", at(page(), without("StructParents"))),
        ("Tabs is not S", at(page(), without("Tabs"))),
        ("has no owner that names it", at(role("P"), first)),
        (
            "are not drawn",
            Box::new(|document| redraw(document, |text| text.replacen("/MCID 3", "/MCID 99", 1))),
        ),
        (
            "marks, ",
            at(
                |entries| entries.has(b"Nums"),
                |entries| {
                    let numbers =
                        entries.get_mut(b"Nums").and_then(Object::as_array_mut).expect("numbers");
                    numbers[1] = Object::Array(Vec::new());
                },
            ),
        ),
        ("is not marked", Box::new(|document| redraw(document, |text| text + "\n0 0 m 9 9 l S"))),
        ("did not begin", Box::new(|document| redraw(document, |text| text + "\nEMC"))),
        ("does not end", Box::new(|document| redraw(document, |text| text + "\n/Artifact BMC"))),
        (
            "marks nested",
            Box::new(|document| {
                redraw(document, |text| text.replacen("BT", "/Artifact BMC EMC BT", 1));
            }),
        ),
        (
            "twice",
            Box::new(|document| redraw(document, |text| text.replacen("/MCID 1>", "/MCID 0>", 1))),
        ),
        ("Figure without Alt", at(role("Figure"), without("Alt"))),
        ("Figure without BBox", at(role("Figure"), |each| drop(inner(each, "A").remove(b"BBox")))),
        ("headings jump from 1 to 4", at(role("H2"), |each| each.set("S", "H4"))),
        ("TH without Scope", at(role("TH"), |each| drop(inner(each, "A").remove(b"Scope")))),
        ("L without ListNumbering", at(role("L"), without("A"))),
        ("P must not stand in L", at(role("LI"), |each| each.set("S", "P"))),
        ("LBody must not stand in P", at(role("LI"), |each| each.set("S", "P"))),
        ("TH must not stand in P", at(role("TR"), |each| each.set("S", "P"))),
        ("Wrong must not stand in", at(role("Span"), |each| each.set("S", "Wrong"))),
        ("a link without F 4", at(link(), without("F"))),
        ("a link without Contents", at(link(), without("Contents"))),
        ("StructParent that names it", at(link(), without("StructParent"))),
        (
            "StructParent that names it",
            at(role("Link"), |each| {
                let kids = each.get_mut(b"K").and_then(Object::as_array_mut).expect("kids");
                drop(kids.pop());
            }),
        ),
        ("leads nowhere", at(link(), without("A"))),
        ("without AFRelationship", at(file(), without("AFRelationship"))),
        ("not in AF", at(catalog(), without("AF"))),
        ("without Desc", at(file(), without("Desc"))),
        ("without a type", at(named("Type", "EmbeddedFile"), without("Subtype"))),
        ("without ModDate", at(named("Type", "EmbeddedFile"), without("Params"))),
        ("without ToUnicode", at(named("Subtype", "Type0"), without("ToUnicode"))),
        ("is not embedded", at(named("Type", "FontDescriptor"), without("FontFile2"))),
    ]
}

#[test]
fn each_damage_is_found() {
    let good = Document::load_mem(&good()).expect("readable");
    for (wanted, damage) in damages() {
        let mut document = good.clone();
        damage(&mut document);
        let found = structure::faults_of(&document);
        assert!(found.iter().any(|fault| fault.contains(wanted)), "{wanted}: {found:?}");
    }
}

#[test]
fn broken_structures_are_refused() {
    let refused = |edit: &dyn Fn(&mut Pages), why: &str| {
        let mut pages = pages();
        edit(&mut pages);
        let found = written(&pages).expect_err(why);
        assert!(found.contains(why), "{found}");
    };
    refused(&|pages| pages.nodes[0].kids.truncate(3), "has no parent");
    refused(&|pages| pages.nodes[3].kids.push(Kid::Node(1)), "cannot be of node");
    refused(&|pages| pages.nodes[1].kids.clear(), "has no node");
    refused(&|pages| pages.nodes[1].kids.push(Kid::Content(9999)), "cannot be of node");
    refused(&|pages| pages.anchors.clear(), "which is nowhere");
    refused(&|pages| pages.links[0].spot.page = 7, "stands on no page");
    let mut late = sample::document();
    late.date = "2026-02-30".to_owned();
    let why = write(&late, &pages(), &Fonts::default(), &[]).expect_err("no such day");
    assert_eq!(why.to_string(), "`2026-02-30` is not a date");
    let twice = [sample::attachments(), sample::attachments()].concat();
    let why = write(&sample::document(), &pages(), &Fonts::default(), &twice).expect_err("twice");
    assert!(why.to_string().contains("two attachments"), "{why}");
}

#[test]
fn odd_pages_are_written_all_the_same() {
    let mut odd = pages();
    odd.pages.push(Default::default());
    odd.nodes[1].role = Role::Heading(200);
    odd.outline.clear();
    let bytes = written(&odd).expect("written");
    assert_eq!(page_texts(&bytes).expect("readable").len(), 3);
    let none = Pages {
        pages: Vec::new(),
        nodes: Vec::new(),
        contents: Vec::new(),
        links: Vec::new(),
        ..odd
    };
    assert_eq!(page_texts(&written(&none).expect("written")), Ok(Vec::new()));
}

#[test]
fn what_is_no_pdf_is_said_to_be_none() {
    assert_eq!(attachments(b"<html>"), Err("it is not a PDF".to_owned()));
    assert_eq!(page_texts(b""), Err("it is not a PDF".to_owned()));
    let cut = page_texts(b"%PDF-1.7\n");
    assert_eq!(cut, Err("it is a broken PDF: its list of objects cannot be read".to_owned()));
}

/// Reads what it can; only that it ends matters.
fn survive(bytes: &[u8]) {
    let _ = attachments(bytes);
    let _ = page_texts(bytes);
}

#[test]
fn damaged_files_are_survived() {
    let good = good();
    for end in (0..good.len()).step_by(97) {
        survive(&good[..end]);
    }
    let mut random = 1_u64;
    let mut next = |below: usize| {
        random =
            random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) as usize % below
    };
    for _ in 0..300 {
        let mut bad = good.clone();
        for _ in 0..=next(8) {
            let at = next(bad.len());
            bad[at] = next(256) as u8;
        }
        survive(&bad);
    }
}

/// The sample written out with plain objects and without packing, then changed as a text.
fn plain(edit: impl Fn(&mut Document)) -> Vec<u8> {
    let mut document = Document::load_mem(&good()).expect("readable");
    document.decompress();
    edit(&mut document);
    let mut bytes = Vec::new();
    document.reference_table.cross_reference_type = lopdf::xref::XrefType::CrossReferenceTable;
    document.save_to(&mut bytes).expect("written");
    bytes
}

#[test]
fn plain_tables_of_objects_are_read_too() {
    let plain = plain(|_| ());
    assert_eq!(page_texts(&plain), page_texts(&good()));
    assert_eq!(attachments(&plain), attachments(&good()));
}

#[test]
fn pages_in_a_circle_come_to_an_end() {
    let circle = plain(|document| {
        let pages = named("Type", "Pages");
        let is =
            |(id, object): (&ObjectId, &Object)| object.as_dict().is_ok_and(&pages).then_some(*id);
        let id = document.objects.iter().find_map(is).expect("pages");
        let tree = document.get_dictionary_mut(id).expect("pages");
        tree.set("Kids", vec![Object::Reference(id); 50]);
    });
    assert!(page_texts(&circle).expect_err("endless").contains("endless"));
}

#[test]
fn a_bomb_is_not_unpacked() {
    let mut file = sample::attachments().remove(0);
    file.bytes = vec![b' '; 70 << 20];
    let bytes = write(&sample::document(), &pages(), &Fonts::default(), &[file]).expect("written");
    assert_eq!(attachments(&bytes), Err("it unpacks to more than 64 MiB".to_owned()));
    assert!(page_texts(&bytes).is_ok());
}
