//! What concerns pods, and what is left of them.

use super::field::model;
use serde_json::Value;

model! {
    /// A taint that a pod tolerates (Kubernetes' `Toleration`).
    pub struct Toleration {
        /// The key of the taint; every key if not given.
        pub key: Option<String>,
        /// `Equal` (the default) or `Exists`.
        pub operator: Option<String>,
        /// The value of the taint.
        pub value: Option<String>,
        /// `NoSchedule`, `PreferNoSchedule` or `NoExecute`; every effect if not given.
        pub effect: Option<String>,
        /// Seconds for which a `NoExecute` is tolerated.
        pub toleration_seconds: Option<i64>,
    }

    /// When a workflow is deleted (`TTLStrategy`).
    pub struct TtlStrategy {
        /// Seconds after it has ended.
        pub seconds_after_completion: Option<i64>,
        /// Seconds after it has succeeded.
        pub seconds_after_success: Option<i64>,
        /// Seconds after it has failed.
        pub seconds_after_failure: Option<i64>,
    }

    /// When pods are deleted (`PodGC`).
    pub struct PodGc {
        /// `OnPodCompletion`, `OnPodSuccess`, `OnWorkflowCompletion` or `OnWorkflowSuccess`.
        pub strategy: Option<String>,
        /// Which of them.
        pub label_selector: Option<Value>,
        /// How long after.
        pub delete_delay_duration: Option<String>,
    }
}
