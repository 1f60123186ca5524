//! What a pipeline says about the whole of its run.

/// What a pipeline says about the whole of its run: KFP's `PipelineConf`, and what Argo's `WorkflowSpec` has beside it.
///
/// All but `parallelism` holds for main pipelines only: a called one is a part of another's run.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Conf {
    /// The oldest Argo that the manifest is for.
    pub argo: ArgoVersion,
    /// At most so many pods at once.
    pub parallelism: Option<u32>,
    /// Seconds after which the whole run fails.
    pub timeout: Option<u64>,
    /// The service account of its pods.
    pub service_account: Option<String>,
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
