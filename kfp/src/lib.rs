//! Machine-learning pipelines for Kubeflow and Argo, in Rust.
//!
//! Inside `#[pipeline]`, a call is a task and Rust's control flow is the DAG; everywhere else a component is the function
//! that you wrote.

pub mod build;
pub mod cli;
mod compiled;
mod files;
mod nearest;
mod snippet;

pub use kfp_core::argo;
pub use kfp_core::artifact::{self, Artifact, Input, Output};
pub use kfp_core::diagnostic::{Diagnostic, Diagnostics};
pub use kfp_core::dsl::{
    Arg, Backoff, ContainerOp, Failure, Gpu, Group, Manifest, Outputs, PodOptions, ResourceOp, Retry, RetryPolicy, Run,
    Task, Toleration, Value,
};
#[cfg(feature = "k8s-openapi")]
pub use kfp_core::k8s;
pub use kfp_macros::{Artifact, Outputs, component, manifest, pipeline, runtime};

/// What a file of pipelines needs.
pub mod prelude {
    pub use crate::artifact::{
        Any, Artifact, ClassificationMetrics, Dataset, Html, Input, Markdown, Metrics, Model, Output, Text,
    };
    pub use crate::{
        Arg, Backoff, ContainerOp, Failure, Gpu, Manifest, ResourceOp, Retry, RetryPolicy, Toleration, component,
        manifest, pipeline,
    };
    pub use kfp_core::dsl::{ContainerEdit, PodOptions};
    pub use kfp_macros::{Artifact, Outputs};
}

/// What the macros expand to. Not for use by hand: it changes without notice.
#[doc(hidden)]
pub mod __private {
    pub use kfp_core::artifact::{Any as AnyArtifact, Artifact};
    pub use kfp_core::diagnostic::Place;
    pub use kfp_core::dsl::*;
    pub use kfp_core::graph::Comparison;
    pub use kfp_core::inventory;
    pub use kfp_core::registry::{ComponentRecord, PipelineRecord};
    pub use kfp_core::runtime::{Failure as InvocationFailure, Invocation};
    pub use kfp_core::{__choose as choose, __kind_of as kind_of};

    /// The input of a component in container form.
    pub fn placed_input<A>(name: &str) -> crate::Input<A> {
        crate::Input::from_path(format!("/tmp/inputs/{name}/data"))
    }

    /// The output of a component in container form.
    pub fn placed_output<A>(name: &str) -> crate::Output<A> {
        crate::Output::placed(format!("/tmp/outputs/{name}/data"))
    }

    /// The type of a value, for what rustc is to check and nobody runs.
    pub fn type_of<'s, T: IntoOperand<'s>>(_: &T) -> T::Type {
        unreachable!("never called")
    }

    /// What stands in for the body of a component in a build script.
    pub fn dropped_body(component: &str) -> ! {
        panic!(
            "[KFP401] the component `{component}` was called as a plain function while its pipeline was built; \
             in a pipeline, call it by its name directly, so that the call becomes a task"
        )
    }

    /// The Argo Workflow of a pipeline.
    pub fn workflow<P: PipelineFn>() -> Result<crate::argo::Workflow, crate::Diagnostics> {
        kfp_core::compile(&Builder::graph::<P>()).map(|(workflow, _)| workflow)
    }
}
