//! `PipelineConf`: what a pipeline says about the whole of its run.

use super::pod_conf::kubernetes;
use super::transform::{AnyOp, Transformer};
use crate::diagnostic::Place;
use crate::graph::{Conf, DataVolume};
use serde::Serialize;
use std::fmt;
use std::rc::Rc;

pub use crate::graph::{ArgoVersion, ROOT_PARAMETER_NAME};

/// What a pipeline says about the whole of its run. KFP's `PipelineConf`, with what Argo has beside it.
///
/// Most of it are options of `#[pipeline]` too; what is not, or what several pipelines share, goes into a function:
/// `#[pipeline(conf = ours)]`. Options of the attribute are laid over it.
#[derive(Clone, Default)]
pub struct PipelineConf {
    pub(super) conf: Conf,
    pub(super) transformers: Vec<Transformer>,
}

impl fmt::Debug for PipelineConf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let transformers = self.transformers.len();
        f.debug_struct("PipelineConf").field("conf", &self.conf).field("transformers", &transformers).finish()
    }
}

impl PipelineConf {
    /// Nothing said.
    pub fn new() -> Self {
        Self::default()
    }

    /// Changes it, and keeps where that was said.
    #[track_caller]
    pub(super) fn with(mut self, option: &'static str, change: impl FnOnce(&mut Conf)) -> Self {
        self.conf.said.push((option, Place::caller()));
        change(&mut self.conf);
        self
    }

    /// The oldest Argo that the manifest is for; 3.6 if not said. What an older one does not have is an error then.
    #[track_caller]
    pub fn set_argo_version(self, version: ArgoVersion) -> Self {
        self.with("argo", |conf| conf.argo = version)
    }

    /// Adds the parameter [`ROOT_PARAMETER_NAME`] with this value to the workflow, for tools that look there for the folder of
    /// a run's artifacts; `""` leaves the folder to them. KFP's `@dsl.pipeline(pipeline_root=..)`. It moves no artifact: where
    /// Argo keeps those, [`set_artifact_repository`](Self::set_artifact_repository) says.
    #[track_caller]
    pub fn set_pipeline_root(self, root: impl Into<String>) -> Self {
        self.with("pipeline_root", |conf| conf.pipeline_root = Some(root.into()))
    }

    /// At most so many pods at once. KFP's `set_parallelism`, Argo's `parallelism`.
    #[track_caller]
    pub fn set_parallelism(self, max_num_pods: u32) -> Self {
        self.with("parallelism", |conf| conf.parallelism = Some(max_num_pods))
    }

    /// Whether nothing new starts once a task of the pipeline's body has failed, as it is if not said; with `false` all that
    /// does not need the failed task runs. Argo's `dag.failFast`.
    #[track_caller]
    pub fn set_fail_fast(self, fail_fast: bool) -> Self {
        self.with("fail_fast", |conf| conf.fail_fast = Some(fail_fast))
    }

    /// Leaves every block one DAG, however many tasks it has. Otherwise more than 200 are laid out in DAGs in the DAG, since
    /// Argo 4 takes no more in one unless it is set up so.
    pub fn set_flat_layout(mut self) -> Self {
        self.conf.is_flat = true;
        self
    }

    /// Seconds after which the whole run fails. KFP's `set_timeout`, Argo's `activeDeadlineSeconds`.
    #[track_caller]
    pub fn set_timeout(self, seconds: u64) -> Self {
        self.with("timeout", |conf| conf.timeout = Some(seconds))
    }

    /// Workflows with a higher one start first where the controller limits how many run. Argo's `priority`; 0 if not said.
    #[track_caller]
    pub fn set_priority(self, priority: i32) -> Self {
        self.with("priority", |conf| conf.priority = Some(priority))
    }

    /// Seconds after which the ended run is deleted from the cluster. KFP's `set_ttl_seconds_after_finished`, Argo's
    /// `ttlStrategy.secondsAfterCompletion`.
    #[track_caller]
    pub fn set_ttl_seconds_after_finished(self, seconds: u32) -> Self {
        self.with("ttl_seconds_after_finished", |conf| conf.ttl.completion = Some(seconds))
    }

    /// Seconds after which the run is deleted if it has succeeded. Argo's `ttlStrategy.secondsAfterSuccess`.
    #[track_caller]
    pub fn set_ttl_seconds_after_success(self, seconds: u32) -> Self {
        self.with("ttl_seconds_after_success", |conf| conf.ttl.success = Some(seconds))
    }

    /// Seconds after which the run is deleted if it has failed. Argo's `ttlStrategy.secondsAfterFailure`.
    #[track_caller]
    pub fn set_ttl_seconds_after_failure(self, seconds: u32) -> Self {
        self.with("ttl_seconds_after_failure", |conf| conf.ttl.failure = Some(seconds))
    }

    /// When its pods are deleted: `OnPodCompletion`, `OnPodSuccess`, `OnWorkflowCompletion` or `OnWorkflowSuccess`. Argo's
    /// `podGC.strategy`.
    #[track_caller]
    pub fn set_pod_gc(self, strategy: impl Into<String>) -> Self {
        self.with("pod_gc", |conf| conf.pod_gc.get_or_insert_default().strategy = strategy.into())
    }

    /// How long after that they stay: `30s`. Argo's `podGC.deleteDelayDuration`.
    #[track_caller]
    pub fn set_pod_gc_delay(self, delay: impl Into<String>) -> Self {
        self.with("pod_gc_delay", |conf| conf.pod_gc.get_or_insert_default().delay = Some(delay.into()))
    }

    /// When its artifacts are deleted: `OnWorkflowCompletion`, `OnWorkflowDeletion` or `Never`. Argo's `artifactGC.strategy`.
    #[track_caller]
    pub fn set_artifact_gc(self, strategy: impl Into<String>) -> Self {
        self.with("artifact_gc", |conf| conf.artifact_gc = Some(strategy.into()))
    }

    /// When its volume claims are deleted: `OnWorkflowCompletion` or `OnWorkflowSuccess` (Argo's default). Argo's
    /// `volumeClaimGC.strategy`.
    #[track_caller]
    pub fn set_volume_claim_gc(self, strategy: impl Into<String>) -> Self {
        self.with("volume_claim_gc", |conf| conf.volume_claim_gc = Some(strategy.into()))
    }

    /// The key of the config map that says where artifacts are kept. Argo's `artifactRepositoryRef.key`.
    #[track_caller]
    pub fn set_artifact_repository(self, key: impl Into<String>) -> Self {
        self.with("artifact_repository", |conf| conf.artifact_repository.get_or_insert_default().key = Some(key.into()))
    }

    /// The config map of artifact repositories, if it is not `artifact-repositories`. Argo's
    /// `artifactRepositoryRef.configMap`.
    #[track_caller]
    pub fn set_artifact_repository_config_map(self, name: impl Into<String>) -> Self {
        self.with("artifact_repository_config_map", |conf| {
            conf.artifact_repository.get_or_insert_default().config_map = Some(name.into());
        })
    }

    /// Whether the logs of its pods are kept as artifacts. Argo's `archiveLogs`.
    #[track_caller]
    pub fn set_archive_logs(self, archive: bool) -> Self {
        self.with("archive_logs", |conf| conf.archive_logs = Some(archive))
    }

    /// Whether KFP may reuse earlier results, for all tasks that do not say themselves.
    #[track_caller]
    pub fn set_caching_options(self, enable: bool) -> Self {
        self.with("cache", |conf| conf.caching = Some(enable))
    }

    /// How old a reused result may be, likewise: an ISO-8601 duration such as `P30D`.
    #[track_caller]
    pub fn set_max_cache_staleness(self, duration: impl Into<String>) -> Self {
        self.with("max_cache_staleness", |conf| conf.max_cache_staleness = Some(duration.into()))
    }

    /// Sets a label of the run. Argo's `metadata.labels`.
    #[track_caller]
    pub fn add_label(self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.with("labels", |conf| conf.labels.push((key.into(), value.into())))
    }

    /// Sets an annotation of the run. Argo's `metadata.annotations`.
    #[track_caller]
    pub fn add_annotation(self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.with("annotations", |conf| conf.annotations.push((key.into(), value.into())))
    }

    /// Artifacts travel through a volume that all pods mount, in place of the artifact repository: Kubernetes' `Volume`
    /// without a name. Where tasks run in parallel it has to be one that many can write. KFP's
    /// `data_passing_method = KubernetesVolume(volume, path_prefix)`; the prefix is a folder of the volume, `artifact_data/` there.
    #[track_caller]
    pub fn set_data_passing_volume(self, volume: impl Serialize, path_prefix: impl Into<String>) -> Self {
        let volume = kubernetes(&volume).unwrap_or_default();
        self.with("data_passing_volume", |conf| {
            conf.data_volume = Some(DataVolume { volume, path_prefix: path_prefix.into() });
        })
    }

    /// Changes every operation of the run, after all that tasks say. KFP's `add_op_transformer`.
    ///
    /// ```
    /// use kfp_core::dsl::{AnyOp, PipelineConf, PodOptions};
    ///
    /// fn ours() -> PipelineConf {
    ///     PipelineConf::new().add_op_transformer(|op: AnyOp| {
    ///         if op.label("team").is_none() { op.add_pod_label("team", "data") } else { op }
    ///     })
    /// }
    /// ```
    #[track_caller]
    pub fn add_op_transformer(self, transformer: impl Fn(AnyOp) -> AnyOp + 'static) -> Self {
        let mut conf = self.with("op_transformer", |_| ());
        conf.transformers.push(Rc::new(transformer));
        conf
    }
}

/// What `conf = ..` takes: a [`PipelineConf`], or a function that gives one.
#[diagnostic::on_unimplemented(
    message = "[KFP135] `conf` takes a `PipelineConf`, not `{Self}`",
    label = "expected a `PipelineConf`, or a function without arguments that gives one"
)]
pub trait IntoConf {
    /// The configuration.
    #[doc(hidden)]
    fn into_conf(self) -> PipelineConf;
}

#[diagnostic::do_not_recommend]
impl IntoConf for PipelineConf {
    fn into_conf(self) -> PipelineConf {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<F: FnOnce() -> PipelineConf> IntoConf for F {
    fn into_conf(self) -> PipelineConf {
        self()
    }
}
