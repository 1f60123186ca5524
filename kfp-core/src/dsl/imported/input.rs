//! What an input of an imported component takes by value.

use crate::artifact::{Accepts, AnyName, Artifact, Untyped};
use crate::dsl::input::literal;
use crate::dsl::value::shape;
use crate::dsl::{Omitted, Operation, Param, Required, Sole, Task, Value};
use crate::graph::{Operand, Shape};
use serde::Serialize;

use std::collections::{BTreeMap, HashMap};
use std::marker::PhantomData;

/// Any JSON.
pub type Json = serde_json::Value;

/// A JSON object.
pub type Object = serde_json::Map<String, Json>;

/// What an input of an imported component takes by value: constants and values of its type, and the text of any artifact.
#[diagnostic::on_unimplemented(
    message = "[KFP140] this input of an imported component takes `{T}`, but `{Self}` was passed",
    label = "expected `{T}`, a parameter or task output of that type, or an artifact that holds one"
)]
pub trait IntoImported<'s, T, D = Required>: Sized {
    /// The operand, none for what is left out.
    #[doc(hidden)]
    fn argument(self) -> Option<Operand>;
}

/// A type whose values fit an input of an imported component.
pub trait AsImported<T> {}

/// What an input that takes text may be declared as.
pub trait Declared {
    /// Which files it takes the texts of, by their types.
    type Takes;
}

impl<T> Declared for Vec<T> {
    type Takes = AnyName;
}
impl Declared for Object {
    type Takes = AnyName;
}

/// A type that KFP knows by its name only: constants are any text.
pub trait TextType: Declared {
    /// Its name, as files know it that hold such a text.
    type Is;
}

/// The type of an input, by its index, that only its component file names.
#[doc(hidden)]
pub trait InputType<const INPUT: usize> {
    /// It.
    type Type;
}

/// The text of a file of this type.
#[derive(Debug)]
pub struct TextOf<A>(PhantomData<A>);

impl<A: Artifact> Declared for TextOf<A> {
    type Takes = A::Takes;
}

impl<A: Artifact> TextType for TextOf<A> {
    type Is = A::Name;
}

#[diagnostic::do_not_recommend]
impl<A: Artifact> AsImported<TextOf<A>> for String {}

#[diagnostic::do_not_recommend]
impl<T: TextType, D> IntoImported<'_, T, D> for &str {
    fn argument(self) -> Option<Operand> {
        Some(Operand::Literal(self.to_owned()))
    }
}

#[diagnostic::do_not_recommend]
impl<T: TextType, D> IntoImported<'_, T, D> for String {
    fn argument(self) -> Option<Operand> {
        Some(Operand::Literal(self))
    }
}

/// A file is given by its text.
#[diagnostic::do_not_recommend]
impl<A: Artifact, T: Declared<Takes: Accepts<A::Name>>> AsImported<T> for A {}

#[diagnostic::do_not_recommend]
impl<T> AsImported<Untyped> for T {}

/// What an element of a list takes.
#[diagnostic::on_unimplemented(
    message = "[KFP141] this list of an imported component holds `{T}`, but `{Self}` is in it",
    label = "not a `{T}`"
)]
pub trait IntoElement<'s, T> {
    /// The operand and its shape.
    #[doc(hidden)]
    fn into_element(self) -> (Operand, Shape);
}

#[diagnostic::do_not_recommend]
impl<T: Serialize> IntoElement<'_, Json> for T {
    fn into_element(self) -> (Operand, Shape) {
        let json = serde_json::to_string(&self).unwrap_or_else(|error| format!("{error}"));
        (Operand::Literal(json), Shape::Json)
    }
}

#[diagnostic::do_not_recommend]
impl IntoElement<'_, String> for &str {
    fn into_element(self) -> (Operand, Shape) {
        (Operand::Literal(self.to_owned()), Shape::Text)
    }
}

#[diagnostic::do_not_recommend]
impl<'s, 'a: 's, T, U: ElementAs<T>> IntoElement<'s, T> for Value<'a, U> {
    fn into_element(self) -> (Operand, Shape) {
        (self.operand(), self.shape())
    }
}

/// A type whose values are elements of a list of that type.
pub trait ElementAs<T> {}

#[diagnostic::do_not_recommend]
impl<T: Param> ElementAs<Json> for T {}

#[diagnostic::do_not_recommend]
impl<T, U: ElementAs<T>> AsImported<Vec<T>> for Vec<U> {}

macro_rules! scalars {
    ($($scalar:ty),*) => {$(
        impl Declared for $scalar {
            type Takes = AnyName;
        }

        #[diagnostic::do_not_recommend]
        impl AsImported<$scalar> for $scalar {}

        #[diagnostic::do_not_recommend]
        impl ElementAs<$scalar> for $scalar {}

        #[diagnostic::do_not_recommend]
        impl<D> IntoImported<'_, $scalar, D> for $scalar {
            fn argument(self) -> Option<Operand> {
                Some(literal(&self))
            }
        }

        #[diagnostic::do_not_recommend]
        impl IntoElement<'_, $scalar> for $scalar {
            fn into_element(self) -> (Operand, Shape) {
                (literal(&self), shape::<$scalar>())
            }
        }
    )*};
}

scalars!(i64, f64, bool, String);

macro_rules! objects {
    ($($object:ty, $value:ident;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$value: Param> AsImported<Object> for $object {}

        #[diagnostic::do_not_recommend]
        impl<$value: Param, D> IntoImported<'_, Object, D> for $object {
            fn argument(self) -> Option<Operand> {
                Some(literal(&self))
            }
        }
    )*};
}

objects! {
    HashMap<String, T>, T;
    BTreeMap<String, T>, T;
}

macro_rules! json {
    ($($object:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl AsImported<Object> for $object {}

        #[diagnostic::do_not_recommend]
        impl<D> IntoImported<'_, Object, D> for $object {
            fn argument(self) -> Option<Operand> {
                Some(literal(&self))
            }
        }
    )*};
}

json!(Object, Json);

#[diagnostic::do_not_recommend]
impl<D> IntoImported<'_, String, D> for &str {
    fn argument(self) -> Option<Operand> {
        Some(Operand::Literal(self.to_owned()))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Serialize, D> IntoImported<'_, Untyped, D> for T {
    fn argument(self) -> Option<Operand> {
        Some(Operand::Literal(match serde_json::to_value(self) {
            Ok(Json::String(text)) => text,
            Ok(json) => json.to_string(),
            Err(error) => format!("{error}"),
        }))
    }
}

impl<'s, T, X: IntoElement<'s, T>, D> IntoImported<'s, Vec<T>, D> for Vec<X> {
    fn argument(self) -> Option<Operand> {
        Some(Operand::List(self.into_iter().map(IntoElement::into_element).collect()))
    }
}

impl<'s, T, X: IntoElement<'s, T>, const N: usize, D> IntoImported<'s, Vec<T>, D> for [X; N] {
    fn argument(self) -> Option<Operand> {
        Some(Operand::List(self.into_iter().map(IntoElement::into_element).collect()))
    }
}

#[diagnostic::do_not_recommend]
impl<'s, 'a: 's, T, U: AsImported<T>, D> IntoImported<'s, T, D> for Value<'a, U> {
    fn argument(self) -> Option<Operand> {
        Some(self.operand())
    }
}

#[diagnostic::do_not_recommend]
impl<'s, 'a: 's, T, C: Operation, D> IntoImported<'s, T, D> for Task<'a, C>
where
    C::Returned: Sole<Output: AsImported<T>>,
{
    fn argument(self) -> Option<Operand> {
        Some(self.sole().operand())
    }
}

#[diagnostic::do_not_recommend]
impl<T, D> IntoImported<'_, T, D> for Omitted {
    fn argument(self) -> Option<Operand> {
        None
    }
}
