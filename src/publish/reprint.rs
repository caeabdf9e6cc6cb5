//! A PDF made once more from what it holds.
