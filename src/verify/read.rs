//! A result from its text.

use crate::diagnostic::Diagnostics;
use crate::library::Library;
use crate::result::{AssessmentResult, KIND, METHOD};
use crate::source::{one_line, visible};
use crate::validate::is_date;
use crate::yaml;
use serde_json::Value;

/// The largest result that is read; those of the examples have a thirtieth of it. Unit: bytes.
pub const LARGEST_RESULT: usize = 8 * 1024 * 1024;

/// The result as data and as what it means. A key that stands twice is refused: another program
/// might read the other one.
///
/// # Errors
/// It is no result, or one that this program cannot compute; in words.
pub fn read_result(
    text: &str,
    library: &mut Library,
    found: &mut Diagnostics,
) -> Result<(Value, AssessmentResult), String> {
    let said: Value =
        serde_json::from_str(text).map_err(|why| format!("this is not JSON: {why}"))?;
    let kind = said.get("gapwise").and_then(Value::as_str).unwrap_or_default();
    if kind != KIND {
        return Err(format!("this is no result: `gapwise` says `{}`, not `{KIND}`", visible(kind)));
    }
    let method = said.get("method").and_then(Value::as_u64).unwrap_or_default();
    if method != u64::from(METHOD) {
        return Err(format!(
            "the result is of edition {method} of the method; this program computes {METHOD}"
        ));
    }
    let source = library.sources.add("<result>", text);
    yaml::parse(source, &library.sources, LARGEST_RESULT, found);
    if found.has_errors() {
        return Err("the result is not plain data".to_owned());
    }
    match AssessmentResult::read(&said) {
        Ok(result) if result.options.date.as_ref().is_some_and(|date| !is_date(date)) => {
            Err("the result was asked for under a date that does not exist".to_owned())
        }
        Ok(result) => Ok((said, result)),
        Err(why) => Err(format!("the result is damaged: {}", one_line(&why))),
    }
}
