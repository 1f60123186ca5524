//! Templates.

use super::field::model;
use super::{
    AnyString, Container, ContainerSet, Dag, Inputs, IntOrString, Memoize, Metadata, Outputs, ResourceTemplate,
    RetryStrategy, Script, Suspend, Synchronization, Task, Toleration, UserContainer,
};
use serde_json::Value;
use std::collections::BTreeMap;

model! {
    /// A template (`Template`): what a task calls. Exactly one of `container`, `script`, `containerSet`, `resource`,
    /// `suspend`, `http`, `data`, `plugin`, `steps` and `dag` says what it does.
    pub struct Template {
        /// The name: `[a-zA-Z0-9][-a-zA-Z0-9]*`, at most 128 characters; none for one that is written in a task.
        pub name: String,
        /// Labels and annotations of its pods.
        pub metadata: Metadata,
        /// What it takes.
        pub inputs: Inputs,
        /// What it gives.
        pub outputs: Outputs,
        /// How often it is tried.
        pub retry_strategy: Option<RetryStrategy>,
        /// Seconds that its pod may run.
        pub active_deadline_seconds: Option<IntOrString>,
        /// How long it may take, waiting for a pod included: `30s`; never a bare number.
        pub timeout: Option<String>,
        /// Whether no new child starts once one has failed; for loops and `parallelism`.
        pub fail_fast: Option<bool>,
        /// How many of its children run at the same time; for steps and DAGs.
        pub parallelism: Option<i64>,
        /// What it locks.
        pub synchronization: Option<Synchronization>,
        /// What is remembered of it.
        pub memoize: Option<Box<Memoize>>,
        /// Whether the workflow goes on as soon as it is ready.
        pub daemon: bool,
        /// Labels of the node that the pod asks for.
        pub node_selector: BTreeMap<String, String>,
        /// Taints that the pod tolerates.
        pub tolerations: Vec<Toleration>,
        /// Where the pod may run.
        pub affinity: Option<Value>,
        /// The pod's service account.
        pub service_account_name: Option<String>,
        /// Volumes of the pod.
        pub volumes: Vec<Value>,
        /// Containers that run before.
        pub init_containers: Vec<UserContainer>,
        /// Containers that run beside.
        pub sidecars: Vec<UserContainer>,
        /// A strategic merge patch of the pod, as text.
        pub pod_spec_patch: Option<AnyString>,
        /// A container.
        pub container: Option<Box<Container>>,
        /// A script.
        pub script: Option<Box<Script>>,
        /// Several containers of one pod.
        pub container_set: Option<Box<ContainerSet>>,
        /// A change to a Kubernetes resource.
        pub resource: Option<Box<ResourceTemplate>>,
        /// A pause.
        pub suspend: Option<Suspend>,
        /// An HTTP request.
        pub http: Option<Value>,
        /// A transformation of a listing of artifacts.
        pub data: Option<Value>,
        /// What a plugin does.
        pub plugin: Option<Value>,
        /// Groups of steps: one group after the other, the steps of a group at the same time.
        pub steps: Vec<Vec<Task>>,
        /// Tasks with edges between them.
        pub dag: Option<Dag>,
    }
}

impl Template {
    /// What it does, by the names of the fields that say so: one of them, where the template is right.
    pub fn kinds(&self) -> Vec<&'static str> {
        let kinds = [
            ("container", self.container.is_some()),
            ("script", self.script.is_some()),
            ("containerSet", self.container_set.is_some()),
            ("resource", self.resource.is_some()),
            ("suspend", self.suspend.is_some()),
            ("http", self.http.is_some()),
            ("data", self.data.is_some()),
            ("plugin", self.plugin.is_some()),
            ("steps", !self.steps.is_empty()),
            ("dag", self.dag.is_some()),
        ];
        kinds.into_iter().filter(|(_, is_it)| *is_it).map(|(name, _)| name).collect()
    }
}
