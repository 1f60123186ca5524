//! Whole numbers: seconds, retries, ports, GPUs.

use super::text::BoundText;
use super::{Arg, Operation, Param, Sole, Task, Value};
use crate::graph::kubernetes::{as_hole, hole};
use crate::graph::{OpText, Operand, Shape, TextPart, of_run};
use serde_json::Value as Json;

/// A type that is a whole number.
pub trait Whole: Param {}

/// What an option takes that counts something: a whole number, an argument of a component, a value of the pipeline.
#[diagnostic::on_unimplemented(
    message = "[KFP127] `{Self}` is no whole number",
    label = "wants a whole number, or a parameter or task output that is one"
)]
pub trait IntoCount<'s> {
    /// The number or a hole, or the operand that it is with its shape.
    #[doc(hidden)]
    fn into_count(self) -> Result<Json, (Operand, Shape)>;
}

macro_rules! whole {
    ($($type:ty),*) => {$(
        impl Whole for $type {}

        #[diagnostic::do_not_recommend]
        impl IntoCount<'_> for $type {
            fn into_count(self) -> Result<Json, (Operand, Shape)> {
                Ok(self.into())
            }
        }
    )*};
}

whole!(i8, i16, i32, i64, u8, u16, u32, u64, usize);

#[diagnostic::do_not_recommend]
impl<T: Whole> IntoCount<'_> for Arg<T> {
    fn into_count(self) -> Result<Json, (Operand, Shape)> {
        Ok(self.hole())
    }
}

#[diagnostic::do_not_recommend]
impl<T: Whole> IntoCount<'_> for &Arg<T> {
    fn into_count(self) -> Result<Json, (Operand, Shape)> {
        Ok(self.hole())
    }
}

#[diagnostic::do_not_recommend]
impl<'s, 'a: 's, T: Whole> IntoCount<'s> for Value<'a, T> {
    fn into_count(self) -> Result<Json, (Operand, Shape)> {
        Err((self.operand(), self.shape()))
    }
}

#[diagnostic::do_not_recommend]
impl<'s, 'a: 's, C: Operation> IntoCount<'s> for Task<'a, C>
where
    C::Returned: Sole<Output: Whole>,
{
    fn into_count(self) -> Result<Json, (Operand, Shape)> {
        let value = self.sole();
        Err((value.operand(), value.shape()))
    }
}

impl<T: Param> Arg<T> {
    /// The argument with its type: a number stays a number.
    pub(super) fn hole(&self) -> Json {
        match &OpText::from(self.to_string()).0[..] {
            [TextPart::Parameter(name)] => hole(name).into(),
            [TextPart::OfRun(name)] => hole(&of_run(name)).into(),
            _ => serde_json::from_str(&self.to_string()).unwrap_or_else(|_| self.to_string().into()),
        }
    }
}

/// A whole number as a text, where the API takes both.
pub(super) fn count_text<'s>(count: impl IntoCount<'s>) -> BoundText {
    Ok(match count.into_count()? {
        Json::String(text) => OpText::from(as_hole(&text).map_or_else(|| text.clone(), OpText::marker)),
        number => OpText::from(number.to_string()),
    })
}
