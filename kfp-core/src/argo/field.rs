//! How every field is written and read.

use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What is the same as not being there, and therefore not written.
pub(super) trait Absent {
    /// Whether it is.
    fn is_absent(&self) -> bool;
}

impl<T> Absent for Option<T> {
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T> Absent for Vec<T> {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl<K, V> Absent for BTreeMap<K, V> {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl Absent for Map<String, Value> {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl Absent for String {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl Absent for bool {
    fn is_absent(&self) -> bool {
        !self
    }
}

/// The rule for `skip_serializing_if`.
pub(super) fn is_absent<T: Absent>(value: &T) -> bool {
    value.is_absent()
}

/// Reads a field; `null` is the same as no field.
pub(super) fn read<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}

/// Declares structs of the model: camelCase names, nothing empty written, `null` read as absent, unknown fields kept.
macro_rules! model {
    ($(
        $(#[$meta:meta])*
        pub struct $name:ident {
            $( $(#[$field_meta:meta])* pub $field:ident: $type:ty, )*
        }
    )*) => { $(
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct $name {
            $(
                $(#[$field_meta])*
                #[serde(
                    default,
                    skip_serializing_if = "crate::argo::field::is_absent",
                    deserialize_with = "crate::argo::field::read"
                )]
                pub $field: $type,
            )*
            /// The fields that are not modelled, as they were read.
            #[serde(flatten)]
            pub other: serde_json::Map<String, serde_json::Value>,
        }

        impl crate::argo::field::Absent for $name {
            fn is_absent(&self) -> bool {
                $( crate::argo::field::Absent::is_absent(&self.$field) && )* self.other.is_empty()
            }
        }
    )* };
}

pub(super) use model;
