//! `kubernetes_resource_delete_op`: deletes a resource by its kind and name.

use super::bind::bind;
use super::container::add_op;
use super::{Addable, BoundText, IntoText, Pod, Scope, Task};
use crate::diagnostic::Place;
use crate::graph::{Container, Op, OpBody, OpText, Options};
use std::marker::PhantomData;

/// Deletes a resource by its name and kind with `kubectl`, without waiting until it is gone; succeeds if there is none.
/// KFP's `kubernetes_resource_delete_op`.
///
/// In a pipeline it is called as a component: `kubernetes_resource_delete_op(name, "Job")`. More flags are more arguments:
/// `.args(["--namespace", "other"])`. [`ResourceOp::delete`](super::ResourceOp::delete) does the same without an image.
#[allow(non_camel_case_types, reason = "called as a component, under the name that KFP has")]
#[derive(Debug)]
pub enum kubernetes_resource_delete_op {}

impl kubernetes_resource_delete_op {
    /// What a call in a pipeline adds.
    #[doc(hidden)]
    pub fn call<'s>(name: impl IntoText<'s>, kind: impl IntoText<'s>) -> Delete<'s> {
        Delete { name: name.into_text(), kind: kind.into_text(), scope: PhantomData }
    }
}

/// A deletion that is not added yet.
#[derive(Debug)]
pub struct Delete<'s> {
    name: BoundText,
    kind: BoundText,
    scope: PhantomData<&'s ()>,
}

impl<'s, 'a: 's> Addable<'s> for Delete<'a> {
    type Task = Task<'s, Pod>;

    fn add(self, scope: &'s Scope<'_>, place: Place) -> Self::Task {
        let mut extra = Vec::new();
        let mut command: Vec<OpText> = ["kubectl", "delete"].map(OpText::from).into();
        command.extend([bind(&mut extra, self.kind), bind(&mut extra, self.name)]);
        command.extend(["--ignore-not-found", "--output", "name", "--wait=false"].map(OpText::from));
        let body = OpBody::Container(Container {
            image: "gcr.io/cloud-builders/kubectl".into(),
            command,
            ..Container::default()
        });
        let name = "kubernetes-resource-delete".to_owned();
        let options = Options::default();
        let op = Op { name, description: None, place, inputs: Vec::new(), outputs: Vec::new(), body, options };
        Task::new(add_op(scope, op, extra, place))
    }
}
