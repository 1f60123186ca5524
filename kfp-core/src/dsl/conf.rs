//! `PipelineConf`: what a pipeline says about the whole of its run.

use crate::graph::Conf;

pub use crate::graph::ArgoVersion;

/// What a pipeline says about the whole of its run. KFP's `PipelineConf`.
///
/// Most of it are options of `#[pipeline]` too.
#[derive(Clone, Debug, Default)]
pub struct PipelineConf {
    pub(super) conf: Conf,
}

impl PipelineConf {
    /// Nothing said.
    pub fn new() -> Self {
        Self::default()
    }

    fn with(mut self, change: impl FnOnce(&mut Conf)) -> Self {
        change(&mut self.conf);
        self
    }

    /// The oldest Argo that the manifest is for; 3.6 if not said. What an older one does not have is an error then.
    pub fn set_argo_version(self, version: ArgoVersion) -> Self {
        self.with(|conf| conf.argo = version)
    }

    /// At most so many pods at once. KFP's `set_parallelism`.
    pub fn set_parallelism(self, max_num_pods: u32) -> Self {
        self.with(|conf| conf.parallelism = Some(max_num_pods))
    }

    /// Seconds after which the whole run fails. KFP's `set_timeout`.
    pub fn set_timeout(self, seconds: u64) -> Self {
        self.with(|conf| conf.timeout = Some(seconds))
    }

    /// The service account of its pods. Argo's `serviceAccountName`.
    pub fn set_service_account(self, name: impl Into<String>) -> Self {
        self.with(|conf| conf.service_account = Some(name.into()))
    }
}
