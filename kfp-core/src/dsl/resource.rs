//! `ResourceOp`: a change to a Kubernetes resource.

use super::bind::{bind, input};
use super::container::add_op;
use super::kubernetes::{pointer_path, put};
use super::{
    Addable, Arg, Builder, FileOutputs, Fixed, Handle, IntoText, Kube, Operation, Outputs, Param, Returned, Scope,
    Several, Sole, Struct, Target, Task, Value,
};
use crate::diagnostic::{Diagnostic, Place};
use crate::graph::{Input, NodeKind, Op, OpBody, Operand, Options, Output, OutputKind, ResourceAction, Shape};
use kfp_grammar::Code;
use serde::Serialize;
use std::marker::PhantomData;
use std::ops::Deref;

/// A change to a resource that is deleted.
const DELETED: Code = Code(250);

/// A Kubernetes manifest with values of the pipeline in it, each put in by field.
#[derive(Clone, Debug)]
pub struct Manifest<'s>(Kube<'s>);

impl<'s> Manifest<'s> {
    /// A manifest from anything that serialises: a struct, `serde_json::json!`.
    pub fn new(resource: &impl Serialize) -> Self {
        Self(Kube::new(serde_json::to_value(resource).unwrap_or(serde_json::Value::Null)))
    }

    /// A manifest that a macro has read and checked.
    #[doc(hidden)]
    pub fn from_json(json: &str) -> Self {
        Self(Kube::new(serde_json::from_str::<serde_json::Value>(json).unwrap_or_default()))
    }

    /// Sets a field by its JSON pointer: `/spec/replicas`. Missing objects on the way are made; a number stays a number.
    pub fn set(self, pointer: &str, value: impl IntoJson<'s>) -> Self {
        Self(self.0.pointer(pointer, value))
    }

    pub(super) fn into_kube(self) -> Kube<'s> {
        self.0
    }
}

/// What a field of a manifest takes: a constant that serialises, or a value of the pipeline.
#[diagnostic::on_unimplemented(
    message = "[KFP121] a field of a manifest cannot be a `{Self}`",
    label = "needs a constant that derives `Serialize`, or a parameter or task output that travels by value"
)]
pub trait IntoJson<'s> {
    /// The constant, or the operand that it is with its shape.
    #[doc(hidden)]
    fn into_json(self) -> Result<serde_json::Value, (Operand, Shape)>;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize> IntoJson<'_> for T {
    fn into_json(self) -> Result<serde_json::Value, (Operand, Shape)> {
        Ok(serde_json::to_value(self).unwrap_or_default())
    }
}

#[diagnostic::do_not_recommend]
impl<'s, 'a: 's, T: Param> IntoJson<'s> for Value<'a, T> {
    fn into_json(self) -> Result<serde_json::Value, (Operand, Shape)> {
        Err((self.operand(), self.shape()))
    }
}

#[diagnostic::do_not_recommend]
impl<'s, 'a: 's, C: Operation> IntoJson<'s> for Task<'a, C>
where
    C::Returned: Sole<Output: Param>,
{
    fn into_json(self) -> Result<serde_json::Value, (Operand, Shape)> {
        let value = self.sole();
        Err((value.operand(), value.shape()))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Param> IntoJson<'_> for Arg<T> {
    fn into_json(self) -> Result<serde_json::Value, (Operand, Shape)> {
        Ok(self.hole())
    }
}

/// What a [`ResourceOp`] is made from.
#[diagnostic::on_unimplemented(
    message = "[KFP125] `{Self}` is no Kubernetes manifest",
    label = "needs `manifest!(\"file.yaml\")`, `serde_json::json!` or anything that derives `Serialize`",
    note = "a value of the pipeline goes in by field: `manifest!(\"pod.yaml\", \"/spec/replicas\" = n)` or `.set(..)`"
)]
pub trait IntoManifest<'s> {
    /// The manifest.
    #[doc(hidden)]
    fn into_manifest(self) -> Manifest<'s>;
}

#[diagnostic::do_not_recommend]
impl<'s, T: Serialize> IntoManifest<'s> for T {
    fn into_manifest(self) -> Manifest<'s> {
        Manifest::new(&self)
    }
}

#[diagnostic::do_not_recommend]
impl<'s> IntoManifest<'s> for Manifest<'s> {
    fn into_manifest(self) -> Manifest<'s> {
        self
    }
}

/// The resource that a task has made, by its name: what `ResourceOp::delete(task)` deletes, and patches. KFP's
/// `op.delete()`.
#[diagnostic::do_not_recommend]
impl<'s, 'a: 's, O: FileOutputs> IntoManifest<'s> for Task<'a, Resource<O>> {
    fn into_manifest(self) -> Manifest<'s> {
        let handle = self.handle();
        let (made, name, place) = handle.builder.read(|graph| {
            let node = &graph[handle.node];
            let resource = match &node.kind {
                NodeKind::Task(task) => match &graph[task.op].body {
                    OpBody::Resource(resource) => Some(resource.clone()),
                    OpBody::Container(_)
                    | OpBody::Suspend(_)
                    | OpBody::Set(_)
                    | OpBody::Http(_)
                    | OpBody::Template(_) => None,
                },
                _ => None,
            };
            (resource, node.name.clone(), node.place)
        });
        let Some(made) = made else { return Manifest(Kube::default()) };
        if made.action == ResourceAction::Delete {
            let message = format!("`{name}` deletes its resource, and there is nothing left to change");
            let help = "name the task that made it: `ResourceOp::delete(made)`";
            handle.builder.report(Diagnostic::error(DELETED, place, message).help(help));
            return Manifest(Kube::new(made.manifest));
        }
        let manifest = serde_json::json!({"apiVersion": made.manifest["apiVersion"], "kind": made.manifest["kind"]});
        Manifest(Kube::new(manifest).field(&["metadata", "name"], self.name))
    }
}

/// A change to a Kubernetes resource, in a pipeline's body. KFP's `ResourceOp`.
///
/// It is a task that is added at once; its outputs are `name`, `manifest` (as JSON), and those of
/// [`attribute_outputs`](Task::attribute_outputs).
#[derive(Debug)]
pub struct ResourceOp<'s> {
    action: ResourceAction,
    manifest: Manifest<'s>,
}

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident => $action:ident;)*) => {
        impl<'s> ResourceOp<'s> {$(
            $(#[$doc])*
            pub fn $name(manifest: impl IntoManifest<'s>) -> Self {
                Self { action: ResourceAction::$action, manifest: manifest.into_manifest() }
            }
        )*}
    };
}

actions! {
    /// Creates it; fails if it exists. Without a condition it counts as succeeded as soon as it is created.
    create => Create;
    /// Creates or changes it. Without a condition it counts as succeeded as soon as it is applied.
    apply => Apply;
    /// Changes fields of it.
    patch => Patch;
    /// Deletes it; succeeds if there is none.
    delete => Delete;
    /// Reads it.
    get => Get;
    /// Replaces it whole.
    replace => Replace;
}

/// The operation of a [`ResourceOp`]; `O` is a struct of attribute outputs, or `()`.
pub struct Resource<O = ()>(PhantomData<fn() -> O>);

/// The outputs of a resource.
#[derive(Clone, Copy)]
pub struct ResourceFields<'s, F> {
    /// Its name, `{.metadata.name}`.
    pub name: Value<'s, String>,
    /// The whole of it as JSON, `{}`.
    pub manifest: Value<'s, serde_json::Value>,
    attributes: F,
}

impl<F> Deref for ResourceFields<'_, F> {
    type Target = F;

    fn deref(&self) -> &F {
        &self.attributes
    }
}

impl<O: FileOutputs> Operation for Resource<O> {
    type Outputs<'s> = ResourceFields<'s, <O::Returned as Returned>::Fields<'s>>;
    type Returned = Several;

    fn target(_: &Builder) -> Target {
        unreachable!("each is an operation of its own")
    }

    fn outputs(node: Handle<'_>) -> Self::Outputs<'_> {
        ResourceFields {
            name: node.parameter(0),
            manifest: node.output(1, Shape::Json),
            attributes: <O::Returned as Returned>::fields(node, 2),
        }
    }
}

impl<'s, 'a: 's> Addable<'s> for ResourceOp<'a> {
    type Task = Task<'s, Resource>;

    fn add(self, scope: &'s Scope<'_>, place: Place) -> Self::Task {
        add_resource(scope, place, None, self.action, self.manifest.0)
    }
}

/// Adds a change to a resource, called `create-pod` and the like where it has no name.
pub(super) fn add_resource<'s, O: FileOutputs>(
    scope: &'s Scope<'_>,
    place: Place,
    name: Option<String>,
    action: ResourceAction,
    manifest: Kube<'_>,
) -> Task<'s, Resource<O>> {
    let mut extra = Vec::new();
    let manifest = manifest.bind(|value| input(&[], &mut extra, value));
    let kind = || manifest["kind"].as_str().unwrap_or("resource").to_lowercase();
    let name = name.unwrap_or_else(|| format!("{}-{}", action.name(), kind()));
    let output = |name: &str, shape, path: &str| Output {
        name: name.to_owned(),
        kind: OutputKind::JsonPath { shape, path: path.to_owned() },
    };
    let mut outputs = Vec::new();
    if action != ResourceAction::Delete {
        outputs.extend([output("name", Shape::Text, "{.metadata.name}"), output("manifest", Shape::Json, "{}")]);
    }
    outputs.extend(attributes::<O::Returned>());
    // What is deleted has nothing to wait for, as in KFP.
    let flags = if action == ResourceAction::Delete { vec!["--wait=false".into()] } else { Vec::new() };
    let resource = crate::graph::Resource {
        action,
        manifest,
        merge_strategy: None,
        success_condition: None,
        failure_condition: None,
        set_owner_reference: false,
        flags,
    };
    let body = OpBody::Resource(resource);
    let op = Op { name, description: None, place, inputs: Vec::new(), outputs, body, options: Options::default() };
    Task::new(add_op(scope, op, extra, place))
}

/// Fields of the resource that are outputs.
fn attributes<R: Returned>() -> impl Iterator<Item = Output> {
    R::declare().into_iter().map(|field| Output {
        name: field.name.to_owned(),
        kind: OutputKind::JsonPath {
            shape: field.shape,
            path: field.path.map_or_else(|| format!("{{.{}}}", field.name), str::to_owned),
        },
    })
}

impl<'s> Task<'s, Resource> {
    /// Fields of the resource that are outputs: the fields of a struct that derives [`Outputs`], each with
    /// `#[output(json_path = "{.status.phase}")]`. KFP's `attribute_outputs`.
    pub fn attribute_outputs<O: Outputs>(self) -> Task<'s, Resource<O>> {
        self.declare(attributes::<Struct<O>>().collect())
    }
}

impl<'s, O: FileOutputs> Task<'s, Resource<O>> {
    fn edit_resource(self, change: impl FnOnce(&mut crate::graph::Resource, &mut Vec<(Input, Operand)>)) -> Self {
        self.edit_op(|op, extra| {
            if let OpBody::Resource(resource) = &mut op.body {
                change(resource, extra);
            }
        })
    }

    /// Changes the manifest.
    pub(super) fn edit_manifest(self, change: impl FnOnce(&mut serde_json::Value)) -> Self {
        self.edit_resource(|resource, _| change(&mut resource.manifest))
    }

    /// Sets a text in the manifest.
    pub(super) fn set_text(self, path: &[&str], text: impl IntoText<'s>) -> Self {
        self.put(path, Kube::default().text(&["value"], text))
    }

    /// Sets a text under a key that may be a value itself.
    pub(super) fn set_entry(self, path: &[&str], key: impl IntoText<'s>, text: impl IntoText<'s>) -> Self {
        let entry = Kube::default().text(&["value", "key"], key).text(&["value", "text"], text);
        self.edit_resource(|resource, extra| {
            let entry = entry.bind(|value| input(&[], extra, value));
            let key = entry["value"]["key"].as_str().unwrap_or_default();
            put(&mut resource.manifest, &[path, &[key]].concat(), entry["value"]["text"].clone());
        })
    }

    pub(super) fn put(self, path: &[impl AsRef<str>], value: Kube<'s>) -> Self {
        self.edit_resource(|resource, extra| {
            let mut value = value.bind(|value| input(&[], extra, value));
            put(&mut resource.manifest, path, value["value"].take());
        })
    }

    /// The name of the task, in place of `create-pod` and the like. KFP's `name`.
    pub fn set_name(self, name: impl Fixed<String>) -> Self {
        let name = name.fixed();
        self.edit_op(|op, _| op.name.clone_from(&name)).edit(|node| node.name = name)
    }

    /// When it has succeeded: `status.phase == Running`, `status.succeeded > 0`. Argo's `successCondition`.
    pub fn success_condition(self, condition: impl IntoText<'s>) -> Self {
        let text = condition.into_text();
        self.edit_resource(|resource, extra| resource.success_condition = Some(bind(extra, text)))
    }

    /// When it has failed: `status.phase == Failed`. Argo's `failureCondition`.
    pub fn failure_condition(self, condition: impl IntoText<'s>) -> Self {
        let text = condition.into_text();
        self.edit_resource(|resource, extra| resource.failure_condition = Some(bind(extra, text)))
    }

    /// How a patch is merged: `strategic` (the default), `merge` or `json`. Argo's `mergeStrategy`.
    pub fn merge_strategy(self, strategy: impl Fixed<String>) -> Self {
        let strategy = strategy.fixed();
        self.edit_resource(|resource, _| resource.merge_strategy = Some(strategy))
    }

    /// Whether the workflow owns the resource, so that it is deleted with it. Argo's `setOwnerReference`.
    pub fn set_owner_reference(self, owned: impl Fixed<bool>) -> Self {
        let owned = owned.fixed();
        self.edit_resource(|resource, _| resource.set_owner_reference = owned)
    }

    /// Flags of kubectl: `["--wait=false"]`. Argo's `flags`.
    pub fn flags<T: IntoText<'s>>(self, flags: impl IntoIterator<Item = T>) -> Self {
        let texts: Vec<_> = flags.into_iter().map(IntoText::into_text).collect();
        self.edit_resource(|resource, extra| {
            resource.flags = texts.into_iter().map(|text| bind(extra, text)).collect();
        })
    }

    /// Sets a field of the manifest by its JSON pointer: `/spec/replicas`. A number stays a number.
    pub fn set(self, pointer: &str, value: impl IntoJson<'s>) -> Self {
        self.put(&pointer_path(pointer), Kube::default().field(&["value"], value))
    }
}
