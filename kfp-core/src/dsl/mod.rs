//! The typed surface: what the macros call, and what a user's pipeline is made of.
//!
//! A pipeline's body is built by plain calls on a hidden [`Scope`]: adding a task, opening a branch or a loop. Every
//! [`Value`] and [`Task`] carries the lifetime of the scope that it was made in, so that it cannot leave it. All of it
//! writes into one [`Graph`](crate::graph::Graph), in which no type is left.

mod argo_options;
mod bind;
mod branch;
mod builder;
mod component;
mod condition;
mod conf;
mod conf_locks;
mod container;
mod container_options;
mod container_set;
mod count;
mod cron;
mod daemon;
mod delete_op;
mod exit;
mod flag;
mod gpu;
mod helpers;
mod hooks;
mod http_op;
mod imported;
mod input;
mod items;
mod keyword;
pub mod kubernetes;
mod location;
mod metric;
mod options;
mod outcome;
mod outputs;
mod pipeline;
mod pipeline_volume;
mod placeholder;
mod pod_conf;
mod resource;
mod retry;
mod run_volumes;
mod scope;
mod script;
mod stored;
mod suspend;
mod task;
mod text;
mod transform;
mod user_container;
mod value;
mod volume_op;
mod volume_snapshot_op;

pub use crate::graph::Archive;
pub use crate::graph::Measure;
pub use argo_options::{ArgoOptions, Memoize};
pub use bind::Editor;
pub use branch::{ArmOf, BranchEnd, Branches, Merged, TaskEnd, WithoutValue, branches_agree};
pub use builder::{Builder, Target};
pub(crate) use component::op;
pub use component::{Component, ComponentOp, Description, ParamType, Program, Ran};
pub use condition::{Comparable, Condition, IntoCondition, IntoOperand, Left, Right, and, compare, not, or};
pub use conf::{ArgoVersion, IntoConf, PipelineConf, ROOT_PARAMETER_NAME};
pub use container::{Arg, ContainerEdit, ContainerOp, FileOutput, FileOutputs, Pod};
pub use container_options::{ContainerOptions, HasContainer};
pub use container_set::{ContainerSet, Containers};
pub use count::{IntoCount, Whole};
pub use cron::ManifestKind;
pub use daemon::Daemon;
pub use delete_op::{Delete, kubernetes_resource_delete_op};
pub use exit::{ExitHandler, Failure, Guarded, Run, RunEnd};
pub use flag::{Fixed, IntoFlag};
pub use gpu::{Gpu, IntoGpu};
pub use helpers::PodHelpers;
pub use http_op::{HttpOp, Request};
pub use imported::{
    AsImported, Declared, Imported, InputType, IntoElement, IntoImported, Json, Object, OneContent, TextOf, TextType,
};
pub use input::{
    ArgList, AsArtifact, Call, DeclaresDefault, IntoDefault, IntoFile, IntoInput, Omitted, Optional, Required,
};
pub use items::{Collect, CollectTask, Element, Items, Loop, Range, range};
pub use keyword::{
    FieldType, FileType, Given, ImportedType, Keyword, KeywordList, KeywordSpec, Keywords, MayLack, NOTHING, NotGiven,
    missing,
};
pub use kubernetes::{
    Affinity, ContainerPort, EnvFrom, EnvVar, Handler, IntoKind, Kube, Lifecycle, NodeRequirement, PodRequirement,
    SecurityContext, Toleration, Volume, VolumeClaimTemplate, VolumeDevice, VolumeMount,
};
pub use location::{GcsArtifact, GitArtifact, HttpArtifact, IntoKept, S3Artifact};
pub use metric::{IntoMetric, Metric, Part};
pub use options::{HasPod, PodOptions};
pub use outcome::{Attempt, Ended, GivenBack, Outcome, TaskFailure};
pub use outputs::{
    Choose, FieldKind, FieldSource, Fit, Kind, NoFields, Nothing, OneArtifact, Otherwise, OutputField, OutputValue,
    Outputs, Plain, Probe, Returned, Several, Single, Sole, Struct, Unfit, Written, write_field,
};
pub use pipeline::{EndsInNothing, GivenOutputs, IntoField, IntoReturned, PipelineFn, no_outputs};
pub use pipeline_volume::PipelineVolume;
pub use placeholder::{
    CURRENT_TIME, EXECUTION_ID_PLACEHOLDER, INDEX, POD_NAME, Placeholder, RUN_ID_PLACEHOLDER, RUN_UUID, RunMacro,
    SCHEDULED_TIME, WORKFLOW_CREATION_TIMESTAMP, WORKFLOW_MAIN_ENTRYPOINT, WORKFLOW_NAME, WORKFLOW_NAMESPACE,
    WORKFLOW_PRIORITY, WORKFLOW_SCHEDULED_TIME, WORKFLOW_SERVICE_ACCOUNT_NAME, current_time, scheduled_time,
};
pub use resource::{IntoJson, IntoManifest, Manifest, Resource, ResourceFields, ResourceOp};
pub use retry::{IntoRetry, Retry, RetryPolicy};
pub use scope::{Addable, Handle, Scope, add};
pub use script::{Passed, Script};
pub use suspend::{Pause, Suspend};
pub use task::{Args, Dependency, Group, Operation, PodTask, Task};
pub use text::{BoundText, Debugged, IntoSegment, IntoText, IntoTexts, Segment, Shown};
pub use transform::AnyOp;
pub use user_container::{Sidecar, UserContainer};
pub use value::{Answer, ByValue, Param, Returns, Value};
pub use volume_op::{Claim, SizeField, VOLUME_MODE_ROM, VOLUME_MODE_RWM, VOLUME_MODE_RWO, VolumeOp};
pub use volume_snapshot_op::{Snapshot, VolumeSnapshotOp};
