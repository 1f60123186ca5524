//! Going on after a task that has failed.

use super::input::{IntoInput, literal};
use super::value::shape;
use super::{
    Condition, Dependency, Handle, Nothing, Operation, OutputValue, Outputs, Param, Plain, Returned, Scope, Sole,
    Struct, Task, Value,
};
use crate::graph::{self, Choice, Comparison, Operand, Shape, Source};
use serde::de::Error;
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Map;
use std::marker::PhantomData;

/// Why there is no output: what a component gets that takes a `Result<T, TaskFailure>` of a task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskFailure {
    /// `Failed`: it ran and failed. `Error`: it could not be run, or its outputs could not be read. Argo's `status`.
    pub status: String,
    /// What its container ended with; none where no container of its own ran. Argo's `exitCode`.
    pub exit_code: Option<i64>,
}

impl Serialize for TaskFailure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { status, exit_code } = self;
        let mut fields = serializer.serialize_map(Some(2))?;
        fields.serialize_entry("status", status)?;
        fields.serialize_entry("exit_code", exit_code)?;
        fields.end()
    }
}

impl<'de> Deserialize<'de> for TaskFailure {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut fields = Map::deserialize(deserializer)?;
        let said = |name: &str, error| D::Error::custom(format_args!("`{name}`: {error}"));
        let status = fields.remove("status").map(String::deserialize).transpose();
        let exit_code = fields.remove("exit_code").map(Option::deserialize).transpose();
        Ok(Self {
            status: status.map_err(|error| said("status", error))?.unwrap_or_default(),
            exit_code: exit_code.map_err(|error| said("exit_code", error))?.flatten(),
        })
    }
}

/// How a task ended, in a hook or where it is known to have failed.
#[derive(Clone, Copy)]
pub struct Ended<'s> {
    /// `Succeeded`, `Failed` (it ran and failed) or `Error` (it could not be run). Argo's `tasks.NAME.status`.
    pub status: Value<'s, String>,
    /// What its container ended with; none where no container of its own ran. Argo's `tasks.NAME.exitCode`.
    pub exit_code: Value<'s, Option<i64>>,
}

impl<'s> Ended<'s> {
    pub(super) fn of(handle: Handle<'s>) -> Self {
        Self {
            status: Value::new(handle.builder, Source::Status(Some(handle.node)), Shape::Text),
            exit_code: Value::new(handle.builder, Source::ExitCode(handle.node), Shape::Json),
        }
    }
}

/// How a task ended whose failure does not fail the pipeline: what [`Task::outcome`] gives. Argo's `continueOn`.
///
/// Its output is there only if it has succeeded, so there are four ways to it: `if let Ok(task) = outcome { .. }` (or a
/// `match` with `Ok` and `Err`), [`unwrap_or`](Self::unwrap_or), [`ok`](Self::ok), and an input of type
/// `Result<T, TaskFailure>`, which takes the outcome itself.
pub struct Outcome<'s, C: Operation> {
    task: Task<'s, C>,
    /// `Succeeded`, `Failed` (it ran and failed) or `Error` (it could not be run).
    pub status: Value<'s, String>,
}

impl<C: Operation> Clone for Outcome<'_, C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C: Operation> Copy for Outcome<'_, C> {}

impl<'s, C: Operation> Task<'s, C> {
    /// Lets the pipeline go on when the task fails, and gives how it ended.
    ///
    /// Retries come first. What waits for the task waits until it has ended, however. Argo's `continueOn`.
    pub fn outcome(self) -> Outcome<'s, C> {
        let task = self.edit(|node| node.ending.caught = true);
        let Handle { builder, node } = task.handle();
        Outcome { status: Value::new(builder, Source::Status(Some(node)), Shape::Text), task }
    }
}

impl<'s, C: Operation> Outcome<'s, C> {
    /// Whether it has succeeded: a condition for `if`.
    pub fn succeeded(self) -> Condition<'s> {
        self.compared(Comparison::Eq)
    }

    /// Whether it has failed, or could not be run: a condition for `if`.
    pub fn failed(self) -> Condition<'s> {
        self.compared(Comparison::Ne)
    }

    fn compared(self, comparison: Comparison) -> Condition<'s> {
        let condition = graph::Condition::Compare {
            left: self.status.operand(),
            comparison,
            right: Operand::Literal("Succeeded".to_owned()),
            shape: Shape::Text,
        };
        Condition(condition, PhantomData)
    }

    /// Waits for another task or group without taking a value from it. KFP's `.after(op)`.
    pub fn after<'a: 's>(self, other: impl Dependency<'a>) -> Self {
        self.task.handle().wait_for(other);
        self
    }

    fn choice<T>(self, shape: Shape, then: Operand, otherwise: Operand) -> Value<'s, T> {
        let condition = self.succeeded().0;
        Value::new(self.task.handle().builder, Source::Choice(Box::new(Choice { condition, then, otherwise })), shape)
    }

    fn text(self, parts: Vec<Operand>) -> Operand {
        Operand::Value(self.task.handle().builder.value(Source::Text(parts), Shape::Json))
    }
}

impl<'s, C: Operation> Outcome<'s, C> {
    /// Its output, or this if it has failed.
    pub fn unwrap_or(self, otherwise: impl IntoInput<'s, OutputValue<C>>) -> Value<'s, OutputValue<C>>
    where
        C::Returned: Sole<Output: Param>,
    {
        self.choice(C::Returned::shape(), self.task.sole().operand(), otherwise.into_operand())
    }

    /// Its output, or none if it has failed.
    pub fn ok(self) -> Value<'s, Option<OutputValue<C>>>
    where
        C::Returned: Sole<Output: Param>,
    {
        let output = Operand::Json(Box::new(self.task.sole().operand()), C::Returned::shape());
        self.choice(Shape::Json, output, Operand::Literal("null".to_owned()))
    }
}

/// What a `Result` of a task holds: its returned value, or `()` if it has none.
pub trait GivenBack: Returned {
    /// Its type.
    type Value: Param;

    /// Its JSON, in parts, from the operands of its outputs.
    #[doc(hidden)]
    fn json(output: impl Fn(u32, Shape) -> Operand) -> Vec<Operand>;
}

#[diagnostic::do_not_recommend]
impl<T: Param> GivenBack for Plain<T> {
    type Value = T;

    fn json(output: impl Fn(u32, Shape) -> Operand) -> Vec<Operand> {
        vec![Operand::Json(Box::new(output(0, shape::<T>())), shape::<T>())]
    }
}

#[diagnostic::do_not_recommend]
impl<T: Outputs + Param> GivenBack for Struct<T> {
    type Value = T;

    fn json(output: impl Fn(u32, Shape) -> Operand) -> Vec<Operand> {
        let mut parts = Vec::new();
        for (index, field) in (0..).zip(T::declare()) {
            let open = if index == 0 { "{" } else { "," };
            parts.push(Operand::Literal(format!("{open}{}:", serde_json::Value::from(field.json))));
            parts.push(Operand::Json(Box::new(output(index, field.shape.clone())), field.shape));
        }
        parts.push(Operand::Literal(if parts.is_empty() { "{}" } else { "}" }.to_owned()));
        parts
    }
}

#[diagnostic::do_not_recommend]
impl GivenBack for Nothing {
    type Value = ();

    fn json(_: impl Fn(u32, Shape) -> Operand) -> Vec<Operand> {
        vec![literal(&())]
    }
}

impl<'s, C: Operation> Outcome<'s, C> {
    /// Its output or why there is none, as one value.
    pub fn result(self) -> Value<'s, Result<<C::Returned as GivenBack>::Value, TaskFailure>>
    where
        C::Returned: GivenBack,
    {
        let constant = |text: &str| Operand::Literal(text.to_owned());
        let handle = self.task.handle();
        let output = C::Returned::json(|index, shape| handle.output::<()>(index, shape).operand());
        let ended = Ended::of(handle);
        let status = Operand::Json(Box::new(ended.status.operand()), Shape::Text);
        let then = [vec![constant(r#"{"Ok":"#)], output, vec![constant("}")]].concat();
        let err = [r#"{"Err":{"status":"#, r#","exit_code":"#, "}}"].map(constant);
        let [open, code, close] = err;
        let otherwise = self.text(vec![open, status, code, ended.exit_code.operand(), close]);
        self.choice(Shape::Json, self.text(then), otherwise)
    }
}

#[diagnostic::do_not_recommend]
impl<'s, 'a: 's, T: Param, C: Operation, D> IntoInput<'s, Result<T, TaskFailure>, D> for Outcome<'a, C>
where
    C::Returned: GivenBack<Value = T>,
{
    fn into_operand(self) -> Operand {
        self.result().operand()
    }
}

#[diagnostic::do_not_recommend]
impl<'a, C: Operation> Dependency<'a> for Outcome<'a, C> {
    fn handle(&self) -> Handle<'a> {
        self.task.handle()
    }
}

/// What `Ok(..)` and `Err(..)` take apart in an `if let` or `match` of a pipeline.
#[diagnostic::on_unimplemented(
    message = "[KFP145] `Ok` and `Err` ask how a task ended, and `{Self}` does not say",
    label = "expected what `.outcome()` of a task gives"
)]
pub trait Attempt<'s>: Copy {
    /// What `Ok` holds.
    type Task<'h>;

    /// Whether it has succeeded.
    #[doc(hidden)]
    fn is_ok(self) -> Condition<'s>;

    /// Whether it has failed.
    #[doc(hidden)]
    fn is_err(self) -> Condition<'s> {
        super::not(self.is_ok())
    }

    /// What `Ok` holds, in the block that runs then.
    #[doc(hidden)]
    fn in_ok<'h>(&self, scope: &'h Scope<'_>) -> Self::Task<'h>;

    /// What `Err` holds, in the block that runs then.
    #[doc(hidden)]
    fn in_err<'h>(&self, scope: &'h Scope<'_>) -> Ended<'h>;
}

#[diagnostic::do_not_recommend]
impl<'s, C: Operation> Attempt<'s> for Outcome<'s, C> {
    type Task<'h> = Task<'h, C>;

    fn is_ok(self) -> Condition<'s> {
        self.succeeded()
    }

    fn in_ok<'h>(&self, scope: &'h Scope<'_>) -> Task<'h, C> {
        self.task.within(scope)
    }

    fn in_err<'h>(&self, scope: &'h Scope<'_>) -> Ended<'h> {
        self.task.ended(scope)
    }
}
