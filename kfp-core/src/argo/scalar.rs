//! Scalars that Argo reads more freely than it declares them.

use super::tree::Field;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::ops::Deref;

/// A string that Argo also reads from a number or a boolean (its `AnyString`): `5` is `"5"`, `1.0` is `"1"`, `true` is
/// `"true"`. Always written as a string.
///
/// Numbers go through a 64-bit float as in Argo, so more than 15 digits are not safe. Lists and maps, which Argo reads
/// as the empty string without a word, are errors here.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnyString(pub String);

impl Deref for AnyString {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AnyString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for AnyString {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for AnyString {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<AnyString> for String {
    fn from(text: AnyString) -> Self {
        text.0
    }
}

impl PartialEq<str> for AnyString {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for AnyString {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl Serialize for AnyString {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.node().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for AnyString {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyStringVisitor)
    }
}

struct AnyStringVisitor;

impl de::Visitor<'_> for AnyStringVisitor {
    type Value = AnyString;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string, a number or a boolean")
    }

    fn visit_bool<E>(self, value: bool) -> Result<AnyString, E> {
        Ok(AnyString(value.to_string()))
    }

    #[expect(clippy::cast_precision_loss, reason = "Argo's own reading goes through a float")]
    fn visit_i64<E>(self, value: i64) -> Result<AnyString, E> {
        Ok(AnyString((value as f64).to_string()))
    }

    #[expect(clippy::cast_precision_loss, reason = "Argo's own reading goes through a float")]
    fn visit_u64<E>(self, value: u64) -> Result<AnyString, E> {
        Ok(AnyString((value as f64).to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<AnyString, E> {
        Ok(AnyString(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<AnyString, E> {
        Ok(AnyString(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<AnyString, E> {
        Ok(AnyString(value))
    }
}

/// An integer, or a string that holds one or an expression that gives one (Kubernetes' `IntOrString`).
///
/// Written as it was read. The string is what both of Argo's schemas accept.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum IntOrString {
    /// An integer.
    Int(i64),
    /// A string.
    String(String),
}

impl fmt::Display for IntOrString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(number) => number.fmt(f),
            Self::String(text) => f.write_str(text),
        }
    }
}

impl From<i64> for IntOrString {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<&str> for IntOrString {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for IntOrString {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl Serialize for IntOrString {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.node().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for IntOrString {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(IntOrStringVisitor)
    }
}

struct IntOrStringVisitor;

impl de::Visitor<'_> for IntOrStringVisitor {
    type Value = IntOrString;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an integer or a string")
    }

    fn visit_i64<E>(self, value: i64) -> Result<IntOrString, E> {
        Ok(IntOrString::Int(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<IntOrString, E> {
        i64::try_from(value).map(IntOrString::Int).map_err(|_| E::invalid_value(de::Unexpected::Unsigned(value), &self))
    }

    /// `2.0` is `2` for Argo, whose YAML goes through JSON; KFP writes such factors.
    fn visit_f64<E: de::Error>(self, value: f64) -> Result<IntOrString, E> {
        let whole = value.to_string().parse();
        whole.map(IntOrString::Int).map_err(|_| E::invalid_type(de::Unexpected::Float(value), &self))
    }

    fn visit_str<E>(self, value: &str) -> Result<IntOrString, E> {
        Ok(IntOrString::String(value.to_owned()))
    }
}
