//! The outputs of imported components: files, whose text is a value where their type says so.

use crate::dsl::value::shape;
use crate::dsl::{Handle, NoFields, OutputField, Param, Returned, Sole, Value};
use crate::graph::Shape;
use std::marker::PhantomData;

/// One output that is a file, and a value: its text.
pub struct OneContent<T>(PhantomData<fn() -> T>);

impl<T: Param> Returned for OneContent<T> {
    type Fields<'s> = NoFields;

    fn declare() -> Vec<OutputField> {
        Vec::new()
    }

    fn fields(_: Handle<'_>, _: u32) -> NoFields {
        NoFields
    }
}

impl<T: Param> Sole for OneContent<T> {
    type Output = T;

    fn shape() -> Shape {
        shape::<T>()
    }

    fn value(node: Handle<'_>) -> Value<'_, T> {
        node.content(0)
    }
}
