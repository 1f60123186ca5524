//! Artifacts: files and folders that pass between tasks by reference.

use std::marker::PhantomData;
use std::path::PathBuf;

/// A type of artifact, as `Dataset` or `Model`; `#[derive(Artifact)]` makes one of the user's own.
pub trait Artifact: 'static {
    /// The name that KFP shows.
    const TYPE: &'static str;
}

/// An artifact that a component reads.
#[derive(Debug)]
pub struct Input<A> {
    path: PathBuf,
    artifact: PhantomData<fn() -> A>,
}

/// An artifact that a component writes.
#[derive(Debug)]
pub struct Output<A> {
    path: PathBuf,
    artifact: PhantomData<fn() -> A>,
}
