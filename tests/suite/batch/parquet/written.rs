//! Tables as Parquet, written by columns of a type each.

use parquet::basic::{Compression, ConvertedType, Repetition, Type as Physical};
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type,
};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{GroupTypeBuilder, Type, TypePtr};
use std::sync::Arc;

/// A column, a value for each row; `None` is null.
pub(super) enum Column {
    Texts(Vec<Option<String>>),
    Numbers(Vec<Option<i64>>),
    Doubles(Vec<Option<f64>>),
    Booleans(Vec<Option<bool>>),
    /// Days since 1970.
    Dates(Vec<Option<i32>>),
    Lists(Vec<Option<Vec<String>>>),
    /// Groups of one number.
    Groups(Vec<i64>),
    Named(String, Box<Column>),
}

impl Column {
    pub(super) fn texts<'a>(texts: impl Iterator<Item = Option<&'a str>>) -> Self {
        Self::Texts(texts.map(|text| text.map(str::to_owned)).collect())
    }

    pub(super) fn named(self, head: &str) -> Self {
        Self::Named(head.to_owned(), Box::new(self))
    }

    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Texts(_) => "texts",
            Self::Numbers(_) => "numbers",
            Self::Doubles(_) => "doubles",
            Self::Booleans(_) => "booleans",
            Self::Dates(_) => "dates",
            Self::Lists(_) => "lists",
            Self::Groups(_) => "groups",
            Self::Named(_, column) => column.kind(),
        }
    }

    fn rows(&self) -> usize {
        match self {
            Self::Texts(values) => values.len(),
            Self::Numbers(values) => values.len(),
            Self::Doubles(values) => values.len(),
            Self::Booleans(values) => values.len(),
            Self::Dates(values) => values.len(),
            Self::Lists(values) => values.len(),
            Self::Groups(values) => values.len(),
            Self::Named(_, column) => column.rows(),
        }
    }

    fn schema(&self, head: &str) -> Type {
        let value = |name: &str, physical, converted| {
            let value = Type::primitive_type_builder(name, physical);
            value.with_repetition(Repetition::OPTIONAL).with_converted_type(converted).build()
        };
        let made = match self {
            Self::Named(head, column) => return column.schema(head),
            Self::Texts(_) => value(head, Physical::BYTE_ARRAY, ConvertedType::UTF8),
            Self::Numbers(_) => value(head, Physical::INT64, ConvertedType::NONE),
            Self::Doubles(_) => value(head, Physical::DOUBLE, ConvertedType::NONE),
            Self::Booleans(_) => value(head, Physical::BOOLEAN, ConvertedType::NONE),
            Self::Dates(_) => value(head, Physical::INT32, ConvertedType::DATE),
            Self::Groups(_) => {
                let inner = value("inner", Physical::INT64, ConvertedType::NONE).expect("valid");
                group(head, Repetition::REQUIRED, inner).build()
            }
            Self::Lists(_) => {
                let item = value("element", Physical::BYTE_ARRAY, ConvertedType::UTF8);
                let items = group("list", Repetition::REPEATED, item.expect("valid")).build();
                group(head, Repetition::OPTIONAL, items.expect("valid"))
                    .with_converted_type(ConvertedType::LIST)
                    .build()
            }
        };
        made.expect("a valid column")
    }

    /// Writes the values of these rows.
    fn write(&self, rows: std::ops::Range<usize>, out: &mut SerializedColumnWriter<'_>) {
        match self {
            Self::Named(_, column) => column.write(rows, out),
            Self::Texts(values) => {
                let bytes = |text: &Option<String>| text.as_deref().map(ByteArray::from);
                plain::<ByteArrayType>(values[rows].iter().map(bytes), out);
            }
            Self::Numbers(values) => plain::<Int64Type>(values[rows].iter().copied(), out),
            Self::Doubles(values) => plain::<DoubleType>(values[rows].iter().copied(), out),
            Self::Booleans(values) => plain::<BoolType>(values[rows].iter().copied(), out),
            Self::Dates(values) => plain::<Int32Type>(values[rows].iter().copied(), out),
            Self::Groups(values) => {
                plain::<Int64Type>(values[rows].iter().copied().map(Some), out);
            }
            Self::Lists(values) => lists(&values[rows], out),
        }
    }
}

fn plain<T: DataType>(
    values: impl Iterator<Item = Option<T::T>>,
    out: &mut SerializedColumnWriter<'_>,
) {
    let values: Vec<_> = values.collect();
    let levels: Vec<_> = values.iter().map(|value| i16::from(value.is_some())).collect();
    let known: Vec<_> = values.into_iter().flatten().collect();
    out.typed::<T>().write_batch(&known, Some(&levels), None).expect("written");
}

fn group(name: &str, repetition: Repetition, field: Type) -> GroupTypeBuilder<'_> {
    let group = Type::group_type_builder(name).with_repetition(repetition);
    group.with_fields(vec![Arc::new(field)])
}

/// Levels: 0 null, 1 no items, 3 an item.
fn lists(values: &[Option<Vec<String>>], out: &mut SerializedColumnWriter<'_>) {
    let (mut items, mut defined, mut repeated) = (Vec::new(), Vec::new(), Vec::new());
    for value in values {
        let list = value.as_deref().unwrap_or_default();
        if list.is_empty() {
            defined.push(i16::from(value.is_some()));
            repeated.push(0);
        }
        for (at, item) in list.iter().enumerate() {
            items.push(ByteArray::from(item.as_str()));
            defined.push(3);
            repeated.push(i16::from(at > 0));
        }
    }
    let out = out.typed::<ByteArrayType>();
    out.write_batch(&items, Some(&defined), Some(&repeated)).expect("written");
}

/// The bytes of a table with this many rows in each group.
pub(super) fn table(columns: &[Column], rows_of_group: usize, packed: Compression) -> Vec<u8> {
    let fields: Vec<TypePtr> = columns.iter().map(|column| Arc::new(column.schema(""))).collect();
    let schema = Type::group_type_builder("clients").with_fields(fields).build().expect("valid");
    let properties = WriterProperties::builder().set_compression(packed).build();
    let mut out = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))
        .expect("a writer");
    let all = columns[0].rows();
    for first in (0..all).step_by(rows_of_group) {
        let rows = first..all.min(first + rows_of_group);
        let mut group = out.next_row_group().expect("a group");
        for column in columns {
            let mut writer = group.next_column().expect("fine").expect("a column");
            column.write(rows.clone(), &mut writer);
            writer.close().expect("written");
        }
        group.close().expect("written");
    }
    out.into_inner().expect("written")
}

/// Rows of cells as columns, each of the type that its cells have.
pub(super) fn typed(heads: &[String], rows: &[Vec<String>]) -> Vec<Column> {
    let column = |(at, head): (usize, &String)| {
        let cells: Vec<_> = rows.iter().map(|row| row[at].as_str()).collect();
        of_cells(&cells).named(head)
    };
    heads.iter().enumerate().map(column).collect()
}

fn filled<'a>(cell: &&'a str) -> Option<&'a str> {
    Some(*cell).filter(|cell| !cell.is_empty())
}

fn of_cells(cells: &[&str]) -> Column {
    let all = |is: fn(&str) -> bool| cells.iter().filter_map(filled).all(is);
    let day = |cell: &str| {
        let date: jiff::civil::Date = cell.parse().expect("a date");
        let since = date.since(jiff::civil::date(1970, 1, 1)).expect("after 1970");
        since.get_days()
    };
    let values = cells.iter().map(filled);
    if all(|cell| cell.parse::<i64>().is_ok()) {
        Column::Numbers(values.map(|cell| cell.map(|cell| cell.parse().expect("one"))).collect())
    } else if all(|cell| ["yes", "no"].contains(&cell)) {
        Column::Booleans(values.map(|cell| cell.map(|cell| cell == "yes")).collect())
    } else if all(|cell| cell.parse::<jiff::civil::Date>().is_ok()) {
        Column::Dates(values.map(|cell| cell.map(day)).collect())
    } else if cells.iter().any(|cell| cell.contains('|')) {
        let items = |cell: &str| cell.split('|').map(|item| item.trim().to_owned()).collect();
        Column::Lists(values.map(|cell| cell.map(items)).collect())
    } else {
        Column::texts(values)
    }
}
