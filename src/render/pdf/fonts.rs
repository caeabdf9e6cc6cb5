//! Faces, and how a text becomes glyphs of them.

/// A face: 0 and 1 are the built-in regular and bold, then those that were added.
pub type Face = usize;

/// The faces at hand.
#[derive(Debug)]
pub struct Fonts {
    files: Vec<std::borrow::Cow<'static, [u8]>>,
}

impl Default for Fonts {
    fn default() -> Self {
        let built_in: [&'static [u8]; 2] = [
            include_bytes!("../../../templates/fonts/NotoSans-Regular.ttf"),
            include_bytes!("../../../templates/fonts/NotoSans-Bold.ttf"),
        ];
        Self { files: built_in.map(std::borrow::Cow::Borrowed).to_vec() }
    }
}

impl Fonts {
    /// The file of a face.
    pub fn file(&self, face: Face) -> &[u8] {
        &self.files[face]
    }
}
