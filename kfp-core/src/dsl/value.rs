//! Values that exist when the pipeline runs.

use super::{Builder, FieldSource, IntoKept, Outputs, ParamType};
use crate::artifact::Artifact;
use crate::diagnostic::Place;
use crate::graph::{Operand, Shape, Source, ValueId};
use crate::wire;
use serde::{Serialize, de::DeserializeOwned};
use std::marker::PhantomData;
use std::ops::Deref;

/// What travels by value: anything that `serde` writes and reads.
#[diagnostic::on_unimplemented(
    message = "[KFP101] `{Self}` cannot travel between tasks by value",
    label = "not both `Serialize` and `DeserializeOwned`",
    note = "derive `Serialize` and `Deserialize` for it, or pass it as a file with `Input<..>` and `Output<..>`"
)]
pub trait Param: Serialize + DeserializeOwned + 'static {}

#[diagnostic::do_not_recommend]
impl<T: Serialize + DeserializeOwned + 'static> Param for T {}

/// [`Param`], asked of the type of an input or output where that is declared.
#[diagnostic::on_unimplemented(
    message = "[KFP101] `{Self}` cannot travel between tasks by value",
    label = "not both `Serialize` and `DeserializeOwned`",
    note = "derive `Serialize` and `Deserialize` for it, or pass it as a file with `Input<..>` and `Output<..>`"
)]
pub trait ByValue: Sized {
    /// What a component needs to know of it.
    #[doc(hidden)]
    const TYPE: ParamType<Self>;

    /// That it travels.
    #[doc(hidden)]
    const FITS: () = ();
}

/// The same of what a component returns, which may be a struct of outputs as well.
#[diagnostic::on_unimplemented(
    message = "[KFP101] `{Self}` cannot travel between tasks by value",
    label = "not both `Serialize` and `DeserializeOwned`",
    note = "derive `Outputs` for it, and each of its fields is an output; or `Serialize` and `Deserialize`, and all of it is one"
)]
pub trait Returns {
    /// That it travels.
    const FITS: () = ();
}

#[diagnostic::do_not_recommend]
impl<T: Param> Returns for T {}

/// A type, once it is known that it travels: `[(); N]` has a constant in it that asks. Of one with an error in it rustc
/// says no more.
pub trait Answer<T> {
    /// It.
    type Type;
}

impl<T, const N: usize> Answer<T> for [(); N] {
    type Type = T;
}

#[diagnostic::do_not_recommend]
impl<T: Param> ByValue for T {
    const TYPE: ParamType<Self> = ParamType::new();
}

/// A `T` that exists when the pipeline runs: a parameter, an output of a task, an item of a loop.
///
/// It can be passed wherever a `T` is wanted and compared in the condition of an `if`; the fields of a `T` that derives
/// [`Outputs`] are values themselves. It is bound to the block `'s` that it was made in. KFP's `PipelineParam`.
pub struct Value<'s, T> {
    builder: &'s Builder,
    id: ValueId,
    wire: PhantomData<fn() -> T>,
}

impl<T> Clone for Value<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Value<'_, T> {}

impl<'s, T> Value<'s, T> {
    pub(super) fn new(builder: &'s Builder, source: Source, shape: Shape) -> Self {
        Self::of(builder, builder.value(source, shape))
    }

    pub(super) fn of(builder: &'s Builder, id: ValueId) -> Self {
        Self { builder, id, wire: PhantomData }
    }

    pub(super) fn builder(self) -> &'s Builder {
        self.builder
    }

    pub(super) fn id(self) -> ValueId {
        self.id
    }

    pub(super) fn shape(self) -> Shape {
        self.builder.shape(self.id)
    }

    pub(super) fn operand(self) -> Operand {
        Operand::Value(self.id)
    }
}

impl<'s, T> Value<'s, T> {
    /// The same value as a `U`, whatever that is; of a file, its text. KFP's `PipelineParam.ignore_type`.
    ///
    /// It costs the check: nobody looks whether the text that `T` writes is one that `U` reads before the task that gets it
    /// fails in its container. Between texts and other values it is the text itself: `"5"` is an `i64`, `"[1]"` a `Vec<i64>`.
    ///
    /// `sum(read().output.ignore_type::<Vec<i64>>())` takes the text that `read` gives for a list.
    #[must_use]
    pub fn ignore_type<U: Param>(self) -> Value<'s, U> {
        let source = match self.shape() {
            Shape::Artifact(_) => Source::Content(self.id),
            _ => self.builder.edit(|graph| graph[self.id].source.clone()),
        };
        Value::new(self.builder, source, shape::<U>())
    }
}

// The other ways to keep a file stand in `stored`: an error about this argument names the module that it stands in.
impl<'s, A: Artifact> Value<'s, A> {
    /// Where it is kept: an [`S3Artifact`](super::S3Artifact) or a [`GcsArtifact`](super::GcsArtifact), whole or by a
    /// [`key`](super::S3Artifact::key) of the run's own repository. Argo's `s3` and `gcs` of an output.
    #[track_caller]
    pub fn set_location(self, location: impl IntoKept<'s>) -> Self {
        self.keep_in(location.into_kept(), Place::caller())
    }
}

/// The fields of the JSON object that the value is.
impl<'s, T: Outputs> Deref for Value<'s, T> {
    type Target = T::Fields<'s>;

    fn deref(&self) -> &T::Fields<'s> {
        let fields = T::fields(FieldSource::json(self.builder, self.id));
        // `Deref` hands out a reference, and a `Copy` value has no place for what it would point to. A few words a field
        // access, in a program that builds each graph once.
        Box::leak(Box::new(fields))
    }
}

/// The shape of a type on the wire.
pub(super) fn shape<T: Param>() -> Shape {
    wire::shape::<T>()
}
