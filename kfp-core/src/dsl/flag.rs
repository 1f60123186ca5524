//! Booleans, and what no value of the pipeline can be.

use super::{Arg, Operation, Sole, Task, Value};
use crate::graph::{Operand, Shape};
use serde_json::Value as Json;

/// What an option takes that is on or off: `true`, `false`, an argument of a component, a value of the pipeline.
#[diagnostic::on_unimplemented(
    message = "[KFP372] `{Self}` is neither `true` nor `false`",
    label = "wants `true`, `false`, or a parameter or task output that is a `bool`"
)]
pub trait IntoFlag<'s> {
    /// The boolean or a hole, or the operand that it is with its shape.
    #[doc(hidden)]
    fn into_flag(self) -> Result<Json, (Operand, Shape)>;
}

#[diagnostic::do_not_recommend]
impl IntoFlag<'_> for bool {
    fn into_flag(self) -> Result<Json, (Operand, Shape)> {
        Ok(self.into())
    }
}

#[diagnostic::do_not_recommend]
impl IntoFlag<'_> for Arg<bool> {
    fn into_flag(self) -> Result<Json, (Operand, Shape)> {
        Ok(self.hole())
    }
}

#[diagnostic::do_not_recommend]
impl IntoFlag<'_> for &Arg<bool> {
    fn into_flag(self) -> Result<Json, (Operand, Shape)> {
        Ok(self.hole())
    }
}

#[diagnostic::do_not_recommend]
impl<'s, 'a: 's> IntoFlag<'s> for Value<'a, bool> {
    fn into_flag(self) -> Result<Json, (Operand, Shape)> {
        Err((self.operand(), self.shape()))
    }
}

#[diagnostic::do_not_recommend]
impl<'s, 'a: 's, C: Operation> IntoFlag<'s> for Task<'a, C>
where
    C::Returned: Sole<Output = bool>,
{
    fn into_flag(self) -> Result<Json, (Operand, Shape)> {
        let value = self.sole();
        Err((value.operand(), value.shape()))
    }
}

/// What is known while the pipeline is built: names by which parts of a manifest find each other, and booleans that Argo reads
/// before it puts values in.
#[diagnostic::on_unimplemented(
    message = "[KFP373] `{Self}` cannot stand here, where the manifest has to say it before a run begins",
    label = "wants a constant `{T}`: Argo puts no value of the pipeline in here"
)]
pub trait Fixed<T> {
    /// The constant.
    #[doc(hidden)]
    fn fixed(self) -> T;
}

macro_rules! constant {
    ($($type:ty => $as:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl Fixed<$as> for $type {
            fn fixed(self) -> $as {
                self.into()
            }
        }
    )*};
}

constant!(bool => bool, u32 => u32, &str => String, String => String);

#[diagnostic::do_not_recommend]
impl Fixed<String> for &String {
    fn fixed(self) -> String {
        self.clone()
    }
}
