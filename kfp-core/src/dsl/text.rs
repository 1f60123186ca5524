//! Text with values in it, and text of an operation.

use super::input::literal;
use super::{Arg, Operation, Param, Sole, Task, Value};
use crate::artifact::{Artifact, Input, Output};
use crate::graph::{OpText, Operand, Shape, TextPart};
use std::fmt::{Debug, Display};
use std::marker::PhantomData;

/// A text as [`IntoText`] gives it: taken apart before the graph is changed, since a value looks into the graph.
pub type BoundText = Result<OpText, (Operand, Shape)>;

#[diagnostic::do_not_recommend]
impl IntoText<'_> for BoundText {
    fn into_text(self) -> BoundText {
        self
    }
}

/// The parts of a text; what only an operation knows stays marked in it.
pub(super) fn operands(text: OpText) -> Vec<Operand> {
    let part = |part| match part {
        TextPart::Literal(text) => Operand::Literal(text),
        TextPart::Placeholder(placeholder) => Operand::Placeholder(placeholder),
        part => Operand::Literal(OpText(vec![part]).marked()),
    };
    text.0.into_iter().map(part).collect()
}

/// A part of `format!`.
#[derive(Debug)]
pub struct Segment<'s>(Vec<Operand>, PhantomData<&'s ()>);

impl Segment<'_> {
    /// Text as it is.
    pub fn literal(text: &str) -> Self {
        Self(vec![Operand::Literal(text.to_owned())], PhantomData)
    }

    /// What `{}` shows; placeholders in it are values of their own.
    fn shown(text: &str) -> Self {
        Self(operands(OpText::from(text)), PhantomData)
    }

    pub(super) fn into_operands(self) -> Vec<Operand> {
        self.0
    }
}

/// What `format!` takes in a pipeline: what `{}` takes in Rust, and values.
#[diagnostic::on_unimplemented(
    message = "[KFP119] `{Self}` cannot be put into text",
    label = "neither a parameter or task output that travels by value, nor `Display`"
)]
pub trait IntoSegment<'s> {
    /// The segment.
    #[doc(hidden)]
    fn to_segment(&self) -> Segment<'s>;
}

#[diagnostic::do_not_recommend]
impl<'s, T: Display + ?Sized> IntoSegment<'s> for T {
    fn to_segment(&self) -> Segment<'s> {
        Segment::shown(&self.to_string())
    }
}

#[diagnostic::do_not_recommend]
impl<'s, 'a: 's, T: Param> IntoSegment<'s> for Value<'a, T> {
    fn to_segment(&self) -> Segment<'s> {
        Segment(vec![self.operand()], PhantomData)
    }
}

#[diagnostic::do_not_recommend]
impl<'s, 'a: 's, C: Operation> IntoSegment<'s> for Task<'a, C>
where
    C::Returned: Sole<Output: Param>,
{
    fn to_segment(&self) -> Segment<'s> {
        Segment(vec![self.sole().operand()], PhantomData)
    }
}

/// What `{:?}` and `{:>8}` take in a pipeline's `format!`: what Rust can show while the pipeline is built.
#[diagnostic::on_unimplemented(
    message = "[KFP157] `{Self}` cannot be formatted in another way than by `{{}}`",
    label = "`{{}}` puts a parameter or task output into text as it is; have a component format it otherwise"
)]
pub trait Shown {
    /// For `{}` with a width and the like.
    #[doc(hidden)]
    fn shown(&self) -> &dyn Display;
}

#[diagnostic::do_not_recommend]
impl<T: Display> Shown for T {
    fn shown(&self) -> &dyn Display {
        self
    }
}

/// The same for `{:?}`.
#[diagnostic::on_unimplemented(
    message = "[KFP157] `{Self}` cannot be formatted in another way than by `{{}}`",
    label = "`{{}}` puts a parameter or task output into text as it is; have a component format it otherwise"
)]
pub trait Debugged {
    /// For `{:?}`.
    #[doc(hidden)]
    fn debugged(&self) -> &dyn Debug;
}

#[diagnostic::do_not_recommend]
impl<T: Debug> Debugged for T {
    fn debugged(&self) -> &dyn Debug {
        self
    }
}

/// A text of an operation or of its options: constants, [`Arg`]s of a component, values of the pipeline.
#[diagnostic::on_unimplemented(
    message = "[KFP120] `{Self}` cannot be a text of this operation",
    label = "expected text, a number, an argument of the component, or a parameter or task output"
)]
pub trait IntoText<'s> {
    /// The text, or the operand that it is with its shape.
    #[doc(hidden)]
    fn into_text(self) -> Result<OpText, (Operand, Shape)>;
}

/// A command, arguments and the like: a list of texts.
#[diagnostic::on_unimplemented(
    message = "[KFP162] `{Self}` is no list of texts",
    label = "write a list, each word of its own: `[\"sh\", \"-c\", \"..\"]`"
)]
pub trait IntoTexts<'s> {
    /// The texts.
    #[doc(hidden)]
    fn into_texts(self) -> Vec<BoundText>;
}

#[diagnostic::do_not_recommend]
impl<'s, L: IntoIterator<Item: IntoText<'s>>> IntoTexts<'s> for L {
    fn into_texts(self) -> Vec<BoundText> {
        self.into_iter().map(IntoText::into_text).collect()
    }
}

macro_rules! constant {
    ($($type:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl IntoText<'_> for $type {
            fn into_text(self) -> Result<OpText, (Operand, Shape)> {
                Ok(OpText::from(self.to_string()))
            }
        }
    )*};
}

constant!(&str, &&str, String, &String, bool, char, i8, i16, i32, i64, u8, u16, u32, u64, usize, f32, f64);

#[diagnostic::do_not_recommend]
impl<T: Param> IntoText<'_> for Arg<T> {
    fn into_text(self) -> Result<OpText, (Operand, Shape)> {
        Ok(OpText::from(self.to_string()))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Param> IntoText<'_> for &Arg<T> {
    fn into_text(self) -> Result<OpText, (Operand, Shape)> {
        Ok(OpText::from(self.to_string()))
    }
}

#[diagnostic::do_not_recommend]
impl IntoText<'_> for &std::path::Path {
    fn into_text(self) -> Result<OpText, (Operand, Shape)> {
        Ok(OpText::from(self.display().to_string()))
    }
}

#[diagnostic::do_not_recommend]
impl<A: Artifact> IntoText<'_> for &Input<A> {
    fn into_text(self) -> Result<OpText, (Operand, Shape)> {
        Ok(OpText::from(self.path().display().to_string()))
    }
}

#[diagnostic::do_not_recommend]
impl<A: Artifact> IntoText<'_> for &Output<A> {
    fn into_text(self) -> Result<OpText, (Operand, Shape)> {
        Ok(OpText::from(self.path().display().to_string()))
    }
}

#[diagnostic::do_not_recommend]
impl<'s, 'a: 's, T: Param> IntoText<'s> for Value<'a, T> {
    fn into_text(self) -> Result<OpText, (Operand, Shape)> {
        Err((self.operand(), self.shape()))
    }
}

#[diagnostic::do_not_recommend]
impl<'s, 'a: 's, C: Operation> IntoText<'s> for Task<'a, C>
where
    C::Returned: Sole<Output: Param>,
{
    fn into_text(self) -> Result<OpText, (Operand, Shape)> {
        let value = self.sole();
        Err((value.operand(), value.shape()))
    }
}

/// The wire text of a constant that stands for an argument.
pub(super) fn constant<T: Param>(value: &T) -> String {
    match literal(value) {
        Operand::Literal(text) => text,
        _ => String::new(),
    }
}
