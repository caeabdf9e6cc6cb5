//! Gapwise: AI-governance self-assessment.
pub mod assemble;
pub mod result;
pub mod verify;
pub mod schema;
pub mod length;
pub mod answers_file;
pub mod report;
pub mod render;
mod builtin;
#[cfg(not(target_arch = "wasm32"))]
pub mod cli;
pub mod diagnostic;
pub mod digest;
pub mod library;
#[cfg(not(target_arch = "wasm32"))]
pub mod load;
pub mod model;
pub mod raw;
pub mod score;
pub mod source;
pub mod validate;
pub mod yaml;
