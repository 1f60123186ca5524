//! Text to values.

use super::{WireError, json, number};
use serde::de::{self, DeserializeOwned, Deserializer, Visitor};

/// The value of a text, read as it is: what trims the newline at a file's end has done so before.
///
/// # Errors
/// What was expected and what was found, in words that fit behind `input `depth`: `.
pub fn from_text<T: DeserializeOwned>(text: &str) -> Result<T, WireError> {
    T::deserialize(Text(text))
}

#[derive(Clone, Copy)]
struct Text<'de>(&'de str);

macro_rules! whole_numbers {
    ($($method:ident $visit:ident $type:ty;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, WireError> {
            visitor.$visit(number::whole(self.0, <$type>::MIN, <$type>::MAX)?)
        }
    )*};
}

macro_rules! as_json {
    ($($method:ident($($argument:ident: $type:ty),*) $what:literal;)*) => {$(
        fn $method<V: Visitor<'de>>(self, $($argument: $type,)* visitor: V) -> Result<V::Value, WireError> {
            json::read(self.0, $what, |json| json.$method($($argument,)* visitor))
        }
    )*};
}

macro_rules! as_text {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, WireError> {
            visitor.visit_str(self.0)
        }
    )*};
}

impl<'de> Deserializer<'de> for Text<'de> {
    type Error = WireError;

    as_text! { deserialize_str deserialize_string deserialize_identifier }

    whole_numbers! {
        deserialize_i8 visit_i8 i8;
        deserialize_i16 visit_i16 i16;
        deserialize_i32 visit_i32 i32;
        deserialize_i64 visit_i64 i64;
        deserialize_i128 visit_i128 i128;
        deserialize_u8 visit_u8 u8;
        deserialize_u16 visit_u16 u16;
        deserialize_u32 visit_u32 u32;
        deserialize_u64 visit_u64 u64;
        deserialize_u128 visit_u128 u128;
    }

    as_json! {
        deserialize_any() "JSON";
        deserialize_option() "`null` or JSON";
        deserialize_bytes() "a JSON list of bytes";
        deserialize_byte_buf() "a JSON list of bytes";
        deserialize_unit() "`null`";
        deserialize_unit_struct(name: &'static str) "`null`";
        deserialize_seq() "a JSON list";
        deserialize_tuple(length: usize) "a JSON list";
        deserialize_tuple_struct(name: &'static str, length: usize) "a JSON list";
        deserialize_map() "a JSON object";
        deserialize_struct(name: &'static str, fields: &'static [&'static str]) "a JSON object";
        deserialize_ignored_any() "JSON";
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, WireError> {
        let mut characters = self.0.chars();
        match (characters.next(), characters.next()) {
            (Some(character), None) => visitor.visit_char(character),
            _ => Err(WireError::expected("one character", self.0)),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, WireError> {
        visitor.visit_bool(number::truth(self.0)?)
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, WireError> {
        visitor.visit_f32(number::float(self.0)?)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, WireError> {
        visitor.visit_f64(number::float(self.0)?)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, WireError> {
        visitor.visit_newtype_struct(self)
    }

    /// A variant by its bare name, or as JSON where variants hold data.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, WireError> {
        if variants.contains(&self.0) {
            return visitor.visit_enum(de::value::StrDeserializer::<WireError>::new(self.0));
        }
        if self.0.trim_start().starts_with(['"', '{']) {
            return json::read(self.0, "JSON", |json| json.deserialize_enum(name, variants, visitor));
        }
        let names: Vec<String> = variants.iter().map(|variant| format!("`{variant}`")).collect();
        Err(WireError::expected(&format!("one of {}", names.join(", ")), self.0))
    }
}
