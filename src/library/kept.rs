//! What is known of a document that was read.

use crate::diagnostic::Diagnostics;
use std::sync::Arc;

/// What came of a document, and what was found wrong with it, to be said to each who asks.
#[derive(Debug)]
pub(super) struct Kept<T> {
    pub(super) value: Option<Arc<T>>,
    pub(super) found: Diagnostics,
}

impl<T> Clone for Kept<T> {
    fn clone(&self) -> Self {
        Self { value: self.value.clone(), found: self.found.clone() }
    }
}

impl<T> Kept<T> {
    pub(super) fn tell(&self, out: &mut Diagnostics) -> Option<Arc<T>> {
        out.extend(&self.found);
        self.value.clone()
    }
}
