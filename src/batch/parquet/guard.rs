//! Damaged files make the reader of Parquet stop; here that becomes a fault of the file.

use crate::source::one_line;
use ::parquet::errors::ParquetError;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::sync::Once;

thread_local! {
    /// Whether this thread is inside the reader.
    static IS_READING: Cell<bool> = const { Cell::new(false) };
}

/// What the reader of Parquet says, on one line.
///
/// # Errors
/// The file is damaged. Where the reader stops at that instead of telling, nothing is shown of it.
pub(super) fn guarded<T>(read: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, String> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |what| {
            if !IS_READING.get() {
                usual(what);
            }
        }));
    });
    IS_READING.set(true);
    let read = catch_unwind(AssertUnwindSafe(read));
    IS_READING.set(false);
    match read {
        Ok(read) => read.map_err(|why| one_line(&why.to_string())),
        Err(_) => Err("its parts contradict each other".to_owned()),
    }
}
