//! The types of texts that KFP has names for, as `kfp.dsl.types` has them: where a file lies, a region, a project.
//!
//! A component that takes a [`GCSPath`] takes constants, parameters and outputs of that type and no other text, as in KFP;
//! [`Value::ignore_type`](crate::dsl::Value::ignore_type) turns the check off. Component files that
//! [`import_component!`](../macro.import_component.html) reads have these types too.

use crate::artifact::{Accepts, Named, name_hash};
use crate::dsl::{AsImported, Declared, IntoImported, IntoInput, TextType};
use crate::graph::Operand;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

/// A text of a type with properties, as `{GCSPath: {data_type: CSV}}`: `N` is called as it reads. What a component file
/// gives of such a type is one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Text<N>(pub String, PhantomData<N>);

impl<N> Serialize for Text<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, N> Deserialize<'de> for Text<N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(String::deserialize(deserializer)?, PhantomData))
    }
}

#[diagnostic::do_not_recommend]
impl<N: TextType, T: TextType<Takes: Accepts<N::Is>>> AsImported<T> for Text<N> {}

macro_rules! types {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
        pub struct $name(pub String);

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.0.serialize(serializer)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Ok(Self(String::deserialize(deserializer)?))
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl Deref for $name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(self)
            }
        }

        impl Declared for $name {
            type Takes = <Self as TextType>::Is;
        }

        impl TextType for $name {
            type Is = Named<{ name_hash(stringify!($name)) }>;
        }

        #[diagnostic::do_not_recommend]
        impl<T: TextType<Takes: Accepts<<Self as TextType>::Is>>> AsImported<T> for $name {}

        #[diagnostic::do_not_recommend]
        impl<D> IntoImported<'_, $name, D> for $name {
            fn argument(self) -> Option<Operand> {
                Some(Operand::Literal(self.0))
            }
        }

        #[diagnostic::do_not_recommend]
        impl<D> IntoInput<'_, $name, D> for &str {
            fn into_operand(self) -> Operand {
                Operand::Literal(self.to_owned())
            }
        }
    )*};
}

types! {
    /// The address of a file in Google Cloud Storage, `gs://bucket/table.csv`. KFP's `GCSPath`.
    GCSPath;
    /// The address of an image in Google's container registry, `gcr.io/project/image`. KFP's `GCRPath`.
    GCRPath;
    /// A region of Google Cloud, `europe-west3`. KFP's `GCPRegion`.
    GCPRegion;
    /// A project of Google Cloud. KFP's `GCPProjectID`.
    GCPProjectID;
    /// A path in the container or in a volume. KFP's `LocalPath`.
    LocalPath;
}
