//! `ContainerSet`: several containers in one pod.

use super::bind::bind;
use super::container::{FileOutput, FileOutputs, add_op, file_outputs};
use super::{
    Addable, Builder, Fixed, Handle, IntoCount, IntoText, Operation, Outputs, Param, Plain, PodOptions, PodTask,
    Returned, Scope, Struct, Target, Task, UserContainer,
};
use crate::diagnostic::Place;
use crate::graph::{self, Op, OpBody, Options};
use std::marker::PhantomData;

/// Several containers of one pod, at the same time or one after another: they share its volumes and its network. Argo's
/// `containerSet`.
///
/// Directly in a pipeline's body, it is a task that is added at once. Options of containers are those of all of them, where
/// they do not say otherwise. Outputs are files of the one that is called `main`.
#[derive(Clone, Debug)]
pub struct ContainerSet {
    name: String,
}

impl ContainerSet {
    /// No containers yet, with the name of the task.
    pub fn new(name: impl Fixed<String>) -> Self {
        Self { name: name.fixed() }
    }
}

/// The operation of a [`ContainerSet`].
pub struct Containers<O = ()>(PhantomData<fn() -> O>);

impl<O: FileOutputs> Operation for Containers<O> {
    type Outputs<'s> = <O::Returned as Returned>::Fields<'s>;
    type Returned = O::Returned;

    fn target(_: &Builder) -> Target {
        unreachable!("each is an operation of its own")
    }

    fn outputs(node: Handle<'_>) -> Self::Outputs<'_> {
        O::Returned::fields(node, 0)
    }
}

impl<O> PodTask for Containers<O> {}

impl<'s> Addable<'s> for ContainerSet {
    type Task = Task<'s, Containers>;

    fn add(self, scope: &'s Scope<'_>, place: Place) -> Self::Task {
        let op = Op {
            name: self.name,
            description: None,
            place,
            inputs: Vec::new(),
            outputs: Vec::new(),
            body: OpBody::Set(graph::ContainerSet::default()),
            options: Options::default(),
        };
        Task::new(add_op(scope, op, Vec::new(), place))
    }
}

impl<'s> Task<'s, Containers> {
    /// The only output, read from this file of the container `main`.
    pub fn file_output<T: Param>(self, path: &'static str) -> Task<'s, Containers<FileOutput<T>>> {
        self.declare(file_outputs::<Plain<T>>(Some(path)))
    }

    /// Files of the container `main` that are outputs: the fields of a struct that derives [`Outputs`].
    pub fn file_outputs<O: Outputs>(self) -> Task<'s, Containers<O>> {
        self.declare(file_outputs::<Struct<O>>(None))
    }
}

impl<'s, O: FileOutputs> Task<'s, Containers<O>> {
    /// Adds a container that starts at once.
    pub fn container(self, container: UserContainer<'s>) -> Self {
        self.edit_options(|editor| {
            let container = editor.kube(container.0);
            editor.options.set.push(container);
        })
    }

    /// Adds a container that starts when these, which are there already, have succeeded. Argo's `dependencies`.
    pub fn container_after<N: Fixed<String>>(
        self,
        others: impl IntoIterator<Item = N>,
        container: UserContainer<'s>,
    ) -> Self {
        let others: Vec<String> = others.into_iter().map(Fixed::fixed).collect();
        self.container(UserContainer(container.0.texts(&["dependencies"], others)))
    }

    /// How often each container is tried, and how long it waits in between: `5s`. The pod stays the same. Argo's
    /// `containerSet.retryStrategy`.
    pub fn container_attempts(self, attempts: impl IntoCount<'s>, pause: impl IntoText<'s>) -> Self {
        let (attempts, pause) = (super::count::count_text(attempts), pause.into_text());
        self.edit_op(|op, extra| {
            if let OpBody::Set(set) = &mut op.body {
                set.attempts = Some((bind(extra, attempts), bind(extra, pause)));
            }
        })
    }
}
