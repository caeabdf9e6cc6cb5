//! A report as PDF: blocks are laid out on pages, the pages drawn, and the drawing finished so that it
//! can be read aloud and kept: PDF/UA-1 and PDF/A-3a.

pub mod block;
pub mod fonts;
pub mod page;
pub mod palette;
pub mod words;
