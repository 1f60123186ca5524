//! YAML, written as it is read from `serde`: no tree in between, and nothing written twice but the beginning of a line that
//! became too long.
//!
//! The fields of a manifest, a template and a task stand on lines of their own. What such a field holds stands on its line,
//! `{..}` or `[..]`, where it fits into [`WIDTH`] bytes.

mod collection;
mod scalar;

use super::style::Style;
use collection::Collection;
use serde::ser::{self, Serialize, Serializer};
use std::fmt;

/// The most bytes of a line with a list or a map on it.
const WIDTH: usize = 140;

/// A list of more items than this has each on a line of its own, if it fits into [`WIDE`] bytes: nobody reads such a list by
/// its fields, and the beginnings of their lines would be a tenth of the manifest.
const MANY: usize = 100;

/// The most bytes of such a line.
const WIDE: usize = 200;

/// The fields that are never on one line, nor are the items of their lists: what a person looks for in a manifest.
const OPEN: [&str; 10] =
    ["metadata", "spec", "templates", "dag", "tasks", "steps", "container", "script", "resource", "workflowSpec"];

/// The fields whose strings are shown to be strings: what flows through parameters and environment variables.
const TEXTS: [&str; 3] = ["value", "default", "enum"];

/// Writes a value as a YAML document.
pub(super) fn document<T: Serialize>(value: &T) -> Result<String, Refused> {
    let mut text = String::new();
    let at = At { place: Place::Document, column: 0, is_text: false, is_open: true };
    value.serialize(Writer { text: &mut text, at })?;
    text.push('\n');
    Ok(text)
}

/// Where a value stands.
#[derive(Clone, Copy)]
struct At {
    place: Place,
    /// The column of the key or the dash that it follows.
    column: usize,
    /// Whether a string is shown to be one.
    is_text: bool,
    /// Whether a collection is spread over lines even if it would fit on one.
    is_open: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// At the beginning.
    Document,
    /// After `key:`.
    Field,
    /// After `-`.
    Item,
    /// Before `:`.
    Key,
    /// On the line of a field or an item; not further than the given length of the text.
    Line { end: usize },
    /// Inside of a collection on a line.
    Flow { end: usize },
}

/// Writes one value.
struct Writer<'t> {
    text: &'t mut String,
    at: At,
}

/// Writes a value that follows a key or a dash: on its line if it is a collection that fits there.
fn value<T: Serialize + ?Sized>(text: &mut String, at: At, width: usize, value: &T) -> Result<(), Refused> {
    if !at.is_open {
        let start = text.len();
        let line = text.rfind('\n').map_or(0, |end| end + 1);
        let place = Place::Line { end: line + width };
        if value.serialize(Writer { text, at: At { place, ..at } }).is_ok() {
            return Ok(());
        }
        text.truncate(start);
    }
    value.serialize(Writer { text, at })
}

impl<'t> Writer<'t> {
    /// Writes a scalar. One that follows a key is no collection, and what is on a line may be too long for it.
    fn scalar(self, write: impl FnOnce(&mut String)) -> Result<(), Refused> {
        match self.at.place {
            Place::Line { .. } | Place::Key => return Err(Refused),
            Place::Field | Place::Item => self.text.push(' '),
            Place::Document | Place::Flow { .. } => {}
        }
        write(self.text);
        self.at.place.fits(self.text)
    }

    fn collection(self, brackets: (char, char)) -> Result<Collection<'t>, Refused> {
        self.list(brackets, 0)
    }

    fn list(self, brackets: (char, char), length: usize) -> Result<Collection<'t>, Refused> {
        match self.at.place {
            Place::Key => Err(Refused),
            _ => Ok(Collection::new(self.text, self.at, brackets, length)),
        }
    }

    /// `variant: ..`, as JSON has it.
    fn variant<T: Serialize + ?Sized>(self, name: &str, held: &T) -> Result<(), Refused> {
        let mut map = self.collection(('{', '}'))?;
        map.field(name, held)?;
        map.finish()
    }
}

impl Place {
    fn fits(self, text: &str) -> Result<(), Refused> {
        match self {
            Self::Line { end } | Self::Flow { end } if text.len() > end => Err(Refused),
            _ => Ok(()),
        }
    }

    fn is_on_a_line(self) -> bool {
        matches!(self, Self::Line { .. } | Self::Flow { .. })
    }
}

/// A value is not written: not on this line, or not at all.
#[derive(Debug)]
pub(super) struct Refused;

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that no manifest holds")
    }
}

impl std::error::Error for Refused {}

impl ser::Error for Refused {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

macro_rules! numbers {
    ($($method:ident $type:ty)*) => {$(
        fn $method(self, number: $type) -> Result<(), Refused> {
            self.scalar(|text| scalar::integer(text, number))
        }
    )*};
}

impl<'t> Serializer for Writer<'t> {
    type Ok = ();
    type Error = Refused;
    type SerializeSeq = Collection<'t>;
    type SerializeTuple = Collection<'t>;
    type SerializeTupleStruct = Collection<'t>;
    type SerializeTupleVariant = ser::Impossible<(), Refused>;
    type SerializeMap = Collection<'t>;
    type SerializeStruct = Collection<'t>;
    type SerializeStructVariant = ser::Impossible<(), Refused>;

    numbers! {
        serialize_i8 i8 serialize_i16 i16 serialize_i32 i32 serialize_i64 i64
        serialize_u8 u8 serialize_u16 u16 serialize_u32 u32 serialize_u64 u64
    }

    fn serialize_bool(self, value: bool) -> Result<(), Refused> {
        self.scalar(|text| text.push_str(if value { "true" } else { "false" }))
    }

    fn serialize_f32(self, number: f32) -> Result<(), Refused> {
        self.serialize_f64(number.into())
    }

    fn serialize_f64(self, number: f64) -> Result<(), Refused> {
        self.scalar(|text| scalar::float(text, number))
    }

    fn serialize_char(self, character: char) -> Result<(), Refused> {
        self.serialize_str(character.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, string: &str) -> Result<(), Refused> {
        let At { place, column, is_text, .. } = self.at;
        if place == Place::Key {
            scalar::key(self.text, string);
            return Ok(());
        }
        match if is_text { Style::of_text(string) } else { Style::of_value(string) } {
            Style::Block if !place.is_on_a_line() => self.scalar(|text| scalar::block(text, string, column + 2)),
            Style::Block => Err(Refused),
            Style::Plain if !(place.is_on_a_line() && string.contains(':')) => {
                self.scalar(|text| text.push_str(string))
            }
            Style::Plain | Style::Quoted => self.scalar(|text| scalar::quoted(text, string)),
        }
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<(), Refused> {
        bytes.serialize(self)
    }

    fn serialize_none(self) -> Result<(), Refused> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Refused> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Refused> {
        self.scalar(|text| text.push_str("null"))
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Refused> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Refused> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Refused> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        self.variant(variant, value)
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Collection<'t>, Refused> {
        self.list(('[', ']'), length.unwrap_or_default())
    }

    fn serialize_tuple(self, length: usize) -> Result<Collection<'t>, Refused> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<Collection<'t>, Refused> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Refused> {
        Err(Refused)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Collection<'t>, Refused> {
        self.collection(('{', '}'))
    }

    fn serialize_struct(self, _: &'static str, length: usize) -> Result<Collection<'t>, Refused> {
        self.serialize_map(Some(length))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Refused> {
        Err(Refused)
    }
}

#[cfg(test)]
mod tests {
    use super::document;
    use serde_json::{Value, json};

    /// What is written reads as it was, and a second time gives the same text.
    fn written(value: &Value) -> String {
        let text = document(value).expect("a text");
        let back: Value = serde_saphyr::from_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        assert_eq!(&back, value, "{text}");
        text
    }

    #[test]
    fn short_collections_are_on_one_line() {
        let value =
            json!({"spec": {"inputs": {"parameters": [{"name": "a", "value": "1"}]}, "args": ["a", "-b", "c:d"]}});
        let expected = r#"spec:
  inputs: {parameters: [{name: a, value: "1"}]}
  args: [a, "-b", "c:d"]
"#;
        assert_eq!(written(&value), expected);
    }

    #[test]
    fn long_ones_are_spread_only_as_far_as_they_have_to() {
        let long = "x".repeat(100);
        let value = json!({"inputs": {"parameters": [{"name": "a", "value": long}, {"name": "b", "value": "c\nd\n"}]}});
        let expected = format!(
            "inputs:\n  parameters:\n  - {{name: a, value: \"{long}\"}}\n  - name: b\n    value: |\n      c\n      d\n"
        );
        assert_eq!(written(&value), expected);
    }

    #[test]
    fn many_items_have_a_line_each() {
        let task = |name: &str| json!({"name": name, "dependencies": [name], "arguments": {"x": "z"}});
        let long = "x".repeat(180);
        let value = |count: usize| json!({"tasks": vec![task("a"); count], "dag": {"tasks": [task(&long)]}});
        assert!(written(&value(100)).contains("- name: a\n  dependencies: [a]\n"));
        let many = written(&value(101));
        assert!(many.contains("\n- {name: a, dependencies: [a], arguments: {x: z}}\n"), "{many}");
        assert!(many.contains(&format!("  - name: {long}\n    dependencies:")), "{many}");
    }

    #[test]
    fn what_is_empty_has_its_brackets() {
        let value = json!({"spec": {}, "tasks": [], "items": [{}, [], [[]], [[1, {"x": null}]]]});
        assert_eq!(written(&value), "spec: {}\ntasks: []\nitems: [{}, [], [[]], [[1, {x: null}]]]\n");
    }

    #[test]
    fn lists_in_lists_are_spread_as_well() {
        let long = "x".repeat(150);
        let value = json!({"steps": [[{"name": "a"}], [{"name": "b"}, [long, [long]]]]});
        let expected = "steps:\n- - name: a\n- - name: b\n  - - LONG\n    - - LONG\n";
        assert_eq!(written(&value), expected.replace("LONG", &long));
    }

    #[test]
    fn numbers_are_those_of_every_yaml() {
        let value = json!([0, -1, u64::MAX, 0.5, 1e21, 1.5e-9, 1e300, true, null]);
        assert_eq!(
            written(&value),
            "- 0\n- -1\n- 18446744073709551615\n- 0.5\n- 1.0e+21\n- 1.5e-9\n- 1.0e+300\n- true\n- null\n"
        );
    }

    #[test]
    fn enums_are_as_json_has_them() {
        #[derive(serde::Serialize)]
        enum Kind {
            Plain,
            Held(u8),
        }
        assert_eq!(document(&[Kind::Plain, Kind::Held(1)]).expect("a text"), "- Plain\n- {Held: 1}\n");
        assert!(document(&std::collections::BTreeMap::from([(vec![1], 1)])).is_err(), "a list is no key");
    }
}
