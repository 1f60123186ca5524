//! Placeholders: text that Argo or KFP puts in when the run is there.

use super::input::IntoDefault;
use super::value::shape;
use super::{IntoInput, IntoJson, IntoText, Param};
use crate::graph::{self, OpText, Operand, Shape};
use std::fmt;
use std::marker::PhantomData;

/// A `T` that Argo knows of the run or of the pod, as [`RUN_ID_PLACEHOLDER`]. It is taken wherever a `T` or a text is.
///
/// ```
/// use kfp_core::dsl::{ContainerOp, ContainerEdit, EXECUTION_ID_PLACEHOLDER};
///
/// ContainerOp::new("echo", "alpine:3.20").command(["echo"]).arg(format!("s3://runs/{EXECUTION_ID_PLACEHOLDER}"));
/// ```
#[derive(Debug)]
pub struct Placeholder<T = String> {
    placeholder: graph::Placeholder,
    wire: PhantomData<fn() -> T>,
}

impl<T> Placeholder<T> {
    const fn new(placeholder: graph::Placeholder) -> Self {
        Self { placeholder, wire: PhantomData }
    }
}

impl<T> Clone for Placeholder<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Placeholder<T> {}

/// The identifier of the run, of Argo's and KFP's. KFP's constant of this name.
pub const RUN_ID_PLACEHOLDER: Placeholder = Placeholder::new(graph::Placeholder::RunId);
/// The identifier of the run and the name of the pod: another for each attempt of each task. KFP's constant of this name.
pub const EXECUTION_ID_PLACEHOLDER: Placeholder = Placeholder::new(graph::Placeholder::ExecutionId);
/// The name of the workflow. Argo's `workflow.name`.
pub const WORKFLOW_NAME: Placeholder = Placeholder::new(graph::Placeholder::Name);
/// The namespace of the workflow. Argo's `workflow.namespace`.
pub const WORKFLOW_NAMESPACE: Placeholder = Placeholder::new(graph::Placeholder::Namespace);
/// The template that the workflow starts with. Argo's `workflow.mainEntrypoint`.
pub const WORKFLOW_MAIN_ENTRYPOINT: Placeholder = Placeholder::new(graph::Placeholder::MainEntrypoint);
/// The service account of the workflow's pods. Argo's `workflow.serviceAccountName`.
pub const WORKFLOW_SERVICE_ACCOUNT_NAME: Placeholder = Placeholder::new(graph::Placeholder::ServiceAccountName);
/// When the workflow was created: `2026-01-31 08:00:00 +0000 UTC`. Argo's `workflow.creationTimestamp`.
pub const WORKFLOW_CREATION_TIMESTAMP: Placeholder = Placeholder::new(graph::Placeholder::CreationTimestamp);
/// The priority of the workflow; only where the pipeline says one. Argo's `workflow.priority`.
pub const WORKFLOW_PRIORITY: Placeholder<i64> = Placeholder::new(graph::Placeholder::Priority);
/// The time of its schedule that the workflow was started for, in RFC 3339; only for a `CronWorkflow`. Argo's
/// `workflow.scheduledTime`.
pub const WORKFLOW_SCHEDULED_TIME: Placeholder = Placeholder::new(graph::Placeholder::ScheduledTime);
/// The name of the pod. Argo's `pod.name`.
pub const POD_NAME: Placeholder = Placeholder::new(graph::Placeholder::PodName);

/// While a pipeline is built, a marker that only texts of operations and of `format!` hold.
impl<T> fmt::Display for Placeholder<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&OpText::marker(&self.placeholder.tags()))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Param, D> IntoInput<'_, T, D> for Placeholder<T> {
    fn into_operand(self) -> Operand {
        Operand::Placeholder(self.placeholder)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Param, D> IntoInput<'_, Option<T>, D> for Placeholder<T> {
    fn into_operand(self) -> Operand {
        Operand::Json(Box::new(Operand::Placeholder(self.placeholder)), shape::<T>())
    }
}

#[diagnostic::do_not_recommend]
impl<T> IntoText<'_> for Placeholder<T> {
    fn into_text(self) -> Result<OpText, (Operand, Shape)> {
        Ok(OpText::from(self.to_string()))
    }
}

#[diagnostic::do_not_recommend]
impl<T> IntoJson<'_> for Placeholder<T> {
    fn into_json(self) -> Result<serde_json::Value, (Operand, Shape)> {
        Ok(self.to_string().into())
    }
}

/// A `T` that KFP's backend puts into the parameters of a run when it is started, as [`RUN_UUID`]: for defaults of a
/// pipeline's parameters.
///
/// ```
/// use kfp_core::dsl::{RUN_UUID, scheduled_time};
///
/// assert_eq!(RUN_UUID.to_string(), "[[RunUUID]]");
/// assert_eq!(scheduled_time("2006-01-02").to_string(), "[[ScheduledTime.2006-01-02]]");
/// ```
#[derive(Debug)]
pub struct RunMacro<T = String> {
    name: &'static str,
    format: &'static str,
    wire: PhantomData<fn() -> T>,
}

impl<T> RunMacro<T> {
    const fn new(name: &'static str, format: &'static str) -> Self {
        Self { name, format, wire: PhantomData }
    }
}

impl<T> Clone for RunMacro<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for RunMacro<T> {}

/// The identifier of the run. KFP's `[[RunUUID]]`.
pub const RUN_UUID: RunMacro = RunMacro::new("RunUUID", "");
/// When the run was started, in UTC: `20260131080000`. KFP's `[[CurrentTime]]`.
pub const CURRENT_TIME: RunMacro = RunMacro::new("CurrentTime", "");
/// The time of its schedule that a recurring run was started for, in UTC: `20260131080000`. KFP's `[[ScheduledTime]]`.
pub const SCHEDULED_TIME: RunMacro = RunMacro::new("ScheduledTime", "");
/// Which of the runs of a schedule it is. KFP's `[[Index]]`.
pub const INDEX: RunMacro<i64> = RunMacro::new("Index", "");

/// [`CURRENT_TIME`] in another layout, as Go has them: `2006-01-02`.
pub const fn current_time(layout: &'static str) -> RunMacro {
    RunMacro::new("CurrentTime", layout)
}

/// [`SCHEDULED_TIME`] in another layout, as Go has them: `2006-01-02`.
pub const fn scheduled_time(layout: &'static str) -> RunMacro {
    RunMacro::new("ScheduledTime", layout)
}

/// As KFP has it, so that it can be a part of a default: `format!("s3://runs/{RUN_UUID}")`.
impl<T> fmt::Display for RunMacro<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let dot = if self.format.is_empty() { "" } else { "." };
        write!(f, "[[{}{dot}{}]]", self.name, self.format)
    }
}

#[diagnostic::do_not_recommend]
impl IntoDefault<String> for RunMacro {
    fn into_default(self) -> String {
        self.to_string()
    }
}

#[diagnostic::do_not_recommend]
impl IntoDefault<i64> for RunMacro<i64> {
    fn into_default(self) -> String {
        self.to_string()
    }
}
