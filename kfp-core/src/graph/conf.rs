//! What a pipeline says about the whole of its run.

use super::{Cron, ManifestKind, Metric, Mutex, Semaphore};
use crate::diagnostic::Place;
use serde_json::Value;

/// The name of the parameter that [`Conf::pipeline_root`] becomes.
pub const ROOT_PARAMETER_NAME: &str = "pipeline-root";

/// What a pipeline says about the whole of its run: KFP's `PipelineConf`, and what Argo's `WorkflowSpec` has beside it.
///
/// All but `parallelism` and `is_flat` holds for main pipelines only: a called one is a part of another's run.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Conf {
    /// Where each option was said, by its name; the last one counts.
    pub said: Vec<(&'static str, Place)>,
    /// The oldest Argo that the manifest is for.
    pub argo: ArgoVersion,
    /// Where KFP's tools keep what its runs write: the value of the parameter [`ROOT_PARAMETER_NAME`].
    pub pipeline_root: Option<String>,
    /// At most so many pods at once.
    pub parallelism: Option<u32>,
    /// Whether nothing new starts once a task of its body has failed; Argo's default is that nothing does.
    pub fail_fast: Option<bool>,
    /// Whether its blocks stay one DAG each, however many tasks they have.
    pub is_flat: bool,
    /// Locks that one run holds at a time; a [`TextPart::Parameter`](super::TextPart) is one of the pipeline.
    pub mutexes: Vec<Mutex>,
    /// Locks that a number of runs hold at a time, likewise.
    pub semaphores: Vec<Semaphore>,
    /// Seconds after which the whole run fails.
    pub timeout: Option<u64>,
    /// Priority among waiting workflows.
    pub priority: Option<i32>,
    /// When the run is deleted.
    pub ttl: Ttl,
    /// When its pods are deleted.
    pub pod_gc: Option<PodGc>,
    /// When its artifacts are deleted: `OnWorkflowCompletion`, `OnWorkflowDeletion` or `Never`.
    pub artifact_gc: Option<String>,
    /// When its claims are deleted: `OnWorkflowCompletion` or `OnWorkflowSuccess`.
    pub volume_claim_gc: Option<String>,
    /// Volumes that its pods may mount, each a `Volume` of Kubernetes.
    pub volumes: Vec<Value>,
    /// Claims that each run makes for itself, each a `PersistentVolumeClaim` of Kubernetes.
    pub volume_claims: Vec<Value>,
    /// What Prometheus is told of it.
    pub metrics: Vec<Metric>,
    /// Where its artifacts are kept.
    pub artifact_repository: Option<ArtifactRepository>,
    /// Whether the logs of its pods are kept as artifacts.
    pub archive_logs: Option<bool>,
    /// How artifacts travel, if not through the artifact repository.
    pub data_volume: Option<DataVolume>,
    /// Whether KFP may reuse earlier results of its tasks, where a task does not say.
    pub caching: Option<bool>,
    /// How old a cached result may be, likewise.
    pub max_cache_staleness: Option<String>,
    /// Labels of the run.
    pub labels: Vec<(String, String)>,
    /// Annotations of the run.
    pub annotations: Vec<(String, String)>,
    /// Which manifest it becomes; none is a `CronWorkflow` with a schedule, a `Workflow` without.
    pub kind: Option<ManifestKind>,
    /// When it runs by the clock.
    pub cron: Option<Cron>,
    /// What it says about all of its pods.
    pub pods: PodConf,
}

impl Conf {
    /// Which manifest it becomes.
    pub fn kind(&self) -> ManifestKind {
        let by_clock = if self.cron.is_some() { ManifestKind::CronWorkflow } else { ManifestKind::Workflow };
        self.kind.unwrap_or(by_clock)
    }

    /// Where an option was said.
    pub fn place(&self, option: &str) -> Option<Place> {
        self.said.iter().rev().find(|(said, _)| *said == option).map(|(_, place)| *place)
    }
}

/// What a pipeline says about all of its pods.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct PodConf {
    /// The service account.
    pub service_account: Option<String>,
    /// The service account of Argo's own container.
    pub executor_service_account: Option<String>,
    /// Whether the service account's token is mounted.
    pub automount_service_account_token: Option<bool>,
    /// Labels.
    pub labels: Vec<(String, String)>,
    /// Annotations.
    pub annotations: Vec<(String, String)>,
    /// Secrets for pulling images.
    pub image_pull_secrets: Vec<String>,
    /// `Always`, `IfNotPresent` or `Never`, for main containers that do not say.
    pub image_pull_policy: Option<String>,
    /// Node labels that they ask for.
    pub node_selector: Vec<(String, String)>,
    /// Taints that they tolerate, each a `Toleration`.
    pub tolerations: Vec<Value>,
    /// Kubernetes' `Affinity`.
    pub affinity: Option<Value>,
    /// Kubernetes' `PodSecurityContext`.
    pub security_context: Option<Value>,
    /// How many of them stay when a node is drained: a number or a percentage.
    pub min_available: Option<String>,
    /// The scheduler's name.
    pub scheduler_name: Option<String>,
    /// The priority class.
    pub priority_class: Option<String>,
    /// Whether they use the node's network.
    pub host_network: Option<bool>,
    /// Kubernetes' `HostAlias`es.
    pub host_aliases: Vec<Value>,
    /// `Default`, `ClusterFirst`, `ClusterFirstWithHostNet` or `None`.
    pub dns_policy: Option<String>,
    /// Kubernetes' `PodDNSConfig`.
    pub dns_config: Option<Value>,
    /// A strategic merge patch of the pod, as text.
    pub patch: Option<String>,
}

/// When a run is deleted: seconds after it has ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Ttl {
    /// However it ended.
    pub completion: Option<u32>,
    /// After success.
    pub success: Option<u32>,
    /// After failure.
    pub failure: Option<u32>,
}

/// When the pods of a run are deleted.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PodGc {
    /// `OnPodCompletion`, `OnPodSuccess`, `OnWorkflowCompletion` or `OnWorkflowSuccess`.
    pub strategy: String,
    /// How long after: `30s`.
    pub delay: Option<String>,
}

/// Where artifacts are kept: a key of a config map.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ArtifactRepository {
    /// The config map; `artifact-repositories` if none.
    pub config_map: Option<String>,
    /// The key; the one that the config map's annotation names if none.
    pub key: Option<String>,
}

/// A volume through which artifacts travel.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct DataVolume {
    /// Kubernetes' `Volume`, without its name.
    pub volume: Value,
    /// The folder of the volume, with a `/` at its end.
    pub path_prefix: String,
}

/// A version of Argo Workflows. A manifest for one runs on all later ones up to 4.1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum ArgoVersion {
    /// 3.5: has no `schedules`, `mutexes` and `semaphores`.
    V3_5,
    /// 3.6, the default.
    #[default]
    V3_6,
    /// 3.7
    V3_7,
    /// 4.0
    V4_0,
    /// 4.1
    V4_1,
}

impl ArgoVersion {
    /// All of them, the oldest first.
    pub const ALL: [Self; 5] = [Self::V3_5, Self::V3_6, Self::V3_7, Self::V4_0, Self::V4_1];

    /// `3.5` and the like.
    pub fn name(self) -> &'static str {
        match self {
            Self::V3_5 => "3.5",
            Self::V3_6 => "3.6",
            Self::V3_7 => "3.7",
            Self::V4_0 => "4.0",
            Self::V4_1 => "4.1",
        }
    }
}
