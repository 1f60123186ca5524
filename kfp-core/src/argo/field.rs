//! How the structs of the model are declared, written and read.

use super::tree::{Field, Node};
use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;
use std::marker::PhantomData;

/// What is read from a map. By hand: what `serde` derives is several times as much code in each program of a user.
pub(super) trait Fill: Sized {
    /// What it is called in an error.
    const NAME: &'static str;
    /// The names of its fields.
    const FIELDS: &'static [&'static str];

    /// One of which nothing was read yet.
    fn empty() -> Self;

    /// A field that has to be there and is not.
    fn missing(&self) -> Option<&'static str> {
        None
    }

    /// Reads the value of one of its fields.
    fn fill<'de, A: MapAccess<'de>>(&mut self, field: &str, map: &mut A) -> Result<(), A::Error>;

    /// Where fields go that are not modelled.
    fn other(&mut self) -> &mut Map<String, Value>;
}

/// Reads a value from a map.
pub(super) fn read<'de, T: Fill, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(Reader(PhantomData))
}

struct Reader<T>(PhantomData<T>);

impl<'de, T: Fill> Visitor<'de> for Reader<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "struct {}", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut value = T::empty();
        while let Some(key) = map.next_key_seed(Key(T::FIELDS))? {
            match key {
                Ok(field) => value.fill(field, &mut map)?,
                Err(other) => {
                    let it = map.next_value()?;
                    value.other().insert(other, it);
                }
            }
        }
        match value.missing() {
            None => Ok(value),
            Some(field) => Err(de::Error::missing_field(field)),
        }
    }
}

/// Finds a key among the names of fields, or gives it as it is.
#[derive(Clone, Copy)]
struct Key(&'static [&'static str]);

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Result<&'static str, String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Key {
    type Value = Result<&'static str, String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(self.0.iter().find(|name| **name == key).copied().ok_or_else(|| key.to_owned()))
    }
}

/// Reads the value of a field; `null` is the same as no field.
pub(super) fn field<'de, T, A>(field: &mut T, name: &'static str, map: &mut A) -> Result<(), A::Error>
where
    T: Field + Default + Deserialize<'de>,
    A: MapAccess<'de>,
{
    if !field.is_absent() {
        return Err(de::Error::duplicate_field(name));
    }
    *field = map.next_value::<Option<T>>()?.unwrap_or_default();
    Ok(())
}

/// The name of a field in a manifest, in camel case, and how long that is.
pub(super) const fn camel<const N: usize>(name: &str) -> ([u8; N], usize) {
    let name = name.as_bytes();
    let (mut camel, mut length) = ([0; N], 0);
    let (mut at, mut is_first) = (0, false);
    while at < name.len() {
        if name[at] == b'_' {
            is_first = true;
        } else {
            camel[length] = if is_first { name[at].to_ascii_uppercase() } else { name[at] };
            length += 1;
            is_first = false;
        }
        at += 1;
    }
    (camel, length)
}

/// The name that a field has in a manifest: as it says, or its own in camel case.
macro_rules! name {
    ($field:ident $name:literal) => {
        $name
    };
    ($field:ident) => {{
        const NAME: &str = {
            const CAMEL: ([u8; stringify!($field).len()], usize) = $crate::argo::field::camel(stringify!($field));
            match std::str::from_utf8(CAMEL.0.split_at(CAMEL.1).0) {
                Ok(name) => name,
                Err(_) => panic!("a name in ASCII"),
            }
        };
        NAME
    }};
}

/// Makes a struct with `FIELDS` and a map of others readable, and lets it be written as a `Fields`.
macro_rules! model_of {
    ($struct:ident { $( $field:ident $($name:literal)? )* } $($more:item)*) => {
        impl serde::Serialize for $struct {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::argo::tree::Node::Fields(self).serialize(serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $struct {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::argo::field::read(deserializer)
            }
        }

        impl $crate::argo::field::Fill for $struct {
            const NAME: &'static str = stringify!($struct);
            const FIELDS: &'static [&'static str] = &[$( $crate::argo::field::name!($field $($name)?) ),*];

            $($more)*

            fn fill<'de, A: serde::de::MapAccess<'de>>(&mut self, field: &str, map: &mut A) -> Result<(), A::Error> {
                $( if field == $crate::argo::field::name!($field $($name)?) {
                    return $crate::argo::field::field(&mut self.$field, $crate::argo::field::name!($field $($name)?), map);
                } )*
                Ok(())
            }

            fn other(&mut self) -> &mut serde_json::Map<String, serde_json::Value> {
                &mut self.other
            }
        }
    };
}

/// Declares structs of the model: camelCase names, nothing empty written, `null` read as absent, unknown fields kept.
macro_rules! model {
    ($(
        $(#[$meta:meta])*
        pub struct $struct:ident {
            $( $(#[$field_meta:meta])* pub $field:ident $(as $name:literal)?: $type:ty, )*
        }
    )*) => { $(
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $struct {
            $( $(#[$field_meta])* pub $field: $type, )*
            /// The fields that are not modelled, as they were read.
            pub other: serde_json::Map<String, serde_json::Value>,
        }

        impl crate::argo::tree::Fields for $struct {
            fn each<'n>(&'n self, field: &mut dyn FnMut(&'n str, crate::argo::tree::Node<'n>)) {
                $( crate::argo::field::give(crate::argo::field::name!($field $($name)?), &self.$field, field); )*
                self.other.each(field);
            }
        }

        impl crate::argo::tree::Field for $struct {
            fn is_absent(&self) -> bool {
                $( crate::argo::tree::Field::is_absent(&self.$field) && )* self.other.is_empty()
            }

            fn node(&self) -> crate::argo::tree::Node<'_> {
                crate::argo::tree::Node::Fields(self)
            }
        }

        crate::argo::field::model_of! { $struct { $($field $($name)?)* }
            fn empty() -> Self {
                Self::default()
            }
        }
    )* };
}

/// Gives a field unless it is absent.
pub(super) fn give<'n, T: Field>(name: &'n str, value: &'n T, field: &mut dyn FnMut(&'n str, Node<'n>)) {
    if !value.is_absent() {
        field(name, value.node());
    }
}

pub(super) use {model, model_of, name};
