//! A value of Parquet as the text that a cell of a CSV would hold.

use crate::source::one_line;
use ::parquet::basic::{ConvertedType, LogicalType, Repetition, TimeUnit, Type as Physical};
use ::parquet::record::Field;
use ::parquet::schema::types::Type;
use jiff::civil::{Date, Time};
use jiff::{Span, Timestamp, tz::Offset};

/// How much of a text is shown where it is a fault. Unit: characters.
const SHOWN: usize = 40;

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// What they say they are, or a list of it.
    Plain,
    /// Moments, counted in a unit from 1970 on.
    Moments(TimeUnit),
    /// None that a cell can hold: groups, times of day, spans of time.
    None,
}

impl Kind {
    /// What the values of a column are.
    pub(super) fn of(column: &Type) -> Self {
        if column.is_primitive() {
            return of_value(column);
        }
        let about = column.get_basic_info();
        let is_list = about.converted_type() == ConvertedType::LIST
            || matches!(about.logical_type_ref(), Some(LogicalType::List));
        match column.get_fields() {
            [repeated] if is_list && is_repeated(repeated) => match &**repeated {
                item if item.is_primitive() => of_value(item),
                group => match group.get_fields() {
                    [item] if item.is_primitive() => of_value(item),
                    _ => Self::None,
                },
            },
            _ => Self::None,
        }
    }
}

fn is_repeated(field: &Type) -> bool {
    let about = field.get_basic_info();
    about.has_repetition() && about.repetition() == Repetition::REPEATED
}

/// What a single value is. What is told apart here is what the reader of Parquet knows how to read.
fn of_value(field: &Type) -> Kind {
    use ConvertedType as C;
    let about = field.get_basic_info();
    let (converted, logical) = (about.converted_type(), about.logical_type_ref());
    let is_known = match field.get_physical_type() {
        Physical::BOOLEAN | Physical::FLOAT | Physical::DOUBLE | Physical::INT96 => true,
        Physical::INT32 => matches!(
            converted,
            C::NONE
                | C::INT_8
                | C::INT_16
                | C::INT_32
                | C::UINT_8
                | C::UINT_16
                | C::UINT_32
                | C::DATE
                | C::DECIMAL
        ),
        Physical::INT64 => matches!(
            converted,
            C::NONE
                | C::INT_64
                | C::UINT_64
                | C::TIMESTAMP_MILLIS
                | C::TIMESTAMP_MICROS
                | C::DECIMAL
        ),
        Physical::BYTE_ARRAY => {
            matches!(converted, C::NONE | C::UTF8 | C::ENUM | C::JSON | C::DECIMAL)
        }
        Physical::FIXED_LEN_BYTE_ARRAY => {
            converted == C::DECIMAL || matches!(logical, Some(LogicalType::Float16))
        }
    };
    match logical {
        _ if !is_known => Kind::None,
        Some(LogicalType::Time(_)) => Kind::None,
        Some(LogicalType::Timestamp(moment)) => Kind::Moments(moment.unit),
        _ => Kind::Plain,
    }
}

/// The text of a value; nothing for null. What the value is, where no cell can hold it, is the error.
pub(super) fn text(value: &Field, kind: Kind) -> Result<String, String> {
    match value {
        Field::ListInternal(list) => items(list.elements(), kind),
        _ => single(value, kind),
    }
}

/// The items of a list, parted by `|`; those that are null are left out.
fn items(items: &[Field], kind: Kind) -> Result<String, String> {
    let known = items.iter().filter(|item| **item != Field::Null);
    let texts = known.map(|item| single(item, kind)).collect::<Result<Vec<_>, _>>()?;
    if texts.is_empty() {
        return Err("a list without items; null says that a question is open".to_owned());
    }
    Ok(texts.join("|"))
}

fn single(value: &Field, kind: Kind) -> Result<String, String> {
    match value {
        Field::Null => Ok(String::new()),
        Field::Str(text) => Ok(text.clone()),
        Field::Bytes(bytes) => match bytes.as_utf8() {
            Ok(text) => Ok(text.to_owned()),
            Err(_) => Err("bytes that are no text".to_owned()),
        },
        Field::Bool(said) => Ok(if *said { "yes" } else { "no" }.to_owned()),
        Field::Float16(number) => whole(&number.to_string()),
        Field::Float(number) => whole(&number.to_string()),
        Field::Double(number) => whole(&number.to_string()),
        Field::Decimal(_) => whole(&value.to_string()),
        Field::Date(days) => day(*days),
        Field::TimestampMillis(count) => midnight(Timestamp::from_millisecond(*count)),
        Field::TimestampMicros(count) => midnight(Timestamp::from_microsecond(*count)),
        Field::Long(count) => match kind {
            Kind::Moments(TimeUnit::MILLIS) => midnight(Timestamp::from_millisecond(*count)),
            Kind::Moments(TimeUnit::MICROS) => midnight(Timestamp::from_microsecond(*count)),
            Kind::Moments(TimeUnit::NANOS) => {
                midnight(Timestamp::from_nanosecond(i128::from(*count)))
            }
            _ => Ok(count.to_string()),
        },
        Field::Byte(_) | Field::Short(_) | Field::Int(_) => Ok(value.to_string()),
        Field::UByte(_) | Field::UShort(_) | Field::UInt(_) | Field::ULong(_) => {
            Ok(value.to_string())
        }
        Field::TimeMillis(_)
        | Field::TimeMicros(_)
        | Field::Group(_)
        | Field::ListInternal(_)
        | Field::MapInternal(_) => Err("what no cell can say".to_owned()),
    }
}

/// A number as it is written in digits, where it is whole.
fn whole(number: &str) -> Result<String, String> {
    let (before, after) = number.split_once('.').unwrap_or((number, ""));
    let digits = before.strip_prefix('-').unwrap_or(before);
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number || after.bytes().any(|byte| byte != b'0') {
        let shown: String = one_line(number).chars().take(SHOWN).collect();
        return Err(format!("`{shown}`, which is no whole number"));
    }
    Ok(if digits.bytes().all(|byte| byte == b'0') { "0" } else { before }.to_owned())
}

/// A day, counted from 1 January 1970 on.
fn day(count: i32) -> Result<String, String> {
    let outside = |_| "a day that is in no calendar of ours".to_owned();
    let days = Span::new().try_days(count).map_err(outside)?;
    let date = Date::constant(1970, 1, 1).checked_add(days).map_err(outside)?;
    Ok(date.to_string())
}

/// The day of a moment that is its beginning.
fn midnight(moment: Result<Timestamp, jiff::Error>) -> Result<String, String> {
    let moment = moment.map_err(|_| "a moment that is in no calendar of ours".to_owned())?;
    let at = Offset::UTC.to_datetime(moment);
    if at.time() != Time::midnight() {
        return Err(format!("the moment `{at}`, and not a date"));
    }
    Ok(at.date().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_whole_or_a_fault() {
        for (number, text) in
            [("2", "2"), ("2.0", "2"), ("-3.00", "-3"), ("-0", "0"), ("10", "10"), ("0.00", "0")]
        {
            assert_eq!(whole(number).as_deref(), Ok(text), "{number}");
        }
        for number in ["2.5", "NaN", "inf", "-", "", "1e5", "0.01"] {
            assert!(whole(number).is_err(), "{number}");
        }
    }

    #[test]
    fn days_are_dates_and_moments_are_not() {
        assert_eq!(day(0).as_deref(), Ok("1970-01-01"));
        assert_eq!(day(20_759).as_deref(), Ok("2026-11-02"));
        assert!(day(i32::MAX).is_err());
        let moment = |nanos: i64, kind| single(&Field::Long(nanos), Kind::Moments(kind));
        assert_eq!(moment(1_793_577_600_000, TimeUnit::MILLIS).as_deref(), Ok("2026-11-02"));
        assert_eq!(moment(86_400_000_000_000, TimeUnit::NANOS).as_deref(), Ok("1970-01-02"));
        assert!(moment(86_400_000_001, TimeUnit::MICROS).is_err());
        assert!(moment(i64::MAX, TimeUnit::MILLIS).is_err());
    }
}
