//! Many results side by side.

mod client;

pub use client::{ClientResult, Short};
