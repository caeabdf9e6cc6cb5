//! Made-up clients, for the program beside this folder and for tests.

pub(crate) mod generate;
mod profile;
mod random;
mod written;

pub(crate) use generate::{Client, Clients};
