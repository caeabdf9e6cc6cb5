//! A PDF is drawn, tagged and read back as it must be.

mod sample;

use gapwise::render::pdf::fonts::Fonts;
use gapwise::render::pdf::write;

/// The sample as a file.
fn good() -> Vec<u8> {
    let fonts = Fonts::default();
    let pages = sample::pages(&fonts, &[]);
    write(&sample::document(), &pages, &fonts, &sample::attachments()).expect("written")
}

#[test]
fn the_same_pages_give_the_same_bytes() {
    assert!(good() == good());
}
