//! GPUs.

use super::text::BoundText;
use super::{IntoCount, IntoText, count::count_text};
use std::marker::PhantomData;

/// GPUs of one vendor: a number is NVIDIA's. KFP's `set_gpu_limit(gpu, vendor)`.
#[derive(Clone, Debug)]
pub struct Gpu<'s> {
    pub(super) count: BoundText,
    pub(super) resource: BoundText,
    scope: PhantomData<&'s ()>,
}

impl<'s> Gpu<'s> {
    /// So many of NVIDIA's: `nvidia.com/gpu`.
    pub fn nvidia(count: impl IntoCount<'s>) -> Self {
        Self::of("nvidia.com/gpu", count)
    }

    /// So many of AMD's: `amd.com/gpu`.
    pub fn amd(count: impl IntoCount<'s>) -> Self {
        Self::of("amd.com/gpu", count)
    }

    /// So many of another vendor's: the resource's name.
    pub fn of(resource: impl IntoText<'s>, count: impl IntoCount<'s>) -> Self {
        Self { count: count_text(count), resource: resource.into_text(), scope: PhantomData }
    }
}

/// What `set_gpu_limit` takes: a number, which is NVIDIA's, or a [`Gpu`].
#[diagnostic::on_unimplemented(
    message = "[KFP156] `{Self}` is no number of GPUs",
    label = "write a whole number, `1`, a value that is one, or `Gpu::amd(1)` for another vendor"
)]
pub trait IntoGpu<'s> {
    /// The GPUs.
    #[doc(hidden)]
    fn into_gpu(self) -> Gpu<'s>;
}

#[diagnostic::do_not_recommend]
impl<'s, T: IntoCount<'s>> IntoGpu<'s> for T {
    fn into_gpu(self) -> Gpu<'s> {
        Gpu::nvidia(self)
    }
}

#[diagnostic::do_not_recommend]
impl<'s> IntoGpu<'s> for Gpu<'s> {
    fn into_gpu(self) -> Gpu<'s> {
        self
    }
}
