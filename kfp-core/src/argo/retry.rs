//! Retries.

use super::field::model;
use super::{AnyString, IntOrString};
use serde_json::Value;

model! {
    /// When a node is tried again (`RetryStrategy`).
    pub struct RetryStrategy {
        /// Retries after the first attempt; no end if not given.
        pub limit: Option<IntOrString>,
        /// `Always`, `OnFailure`, `OnError` or `OnTransientError`.
        pub retry_policy: Option<String>,
        /// How long to wait in between.
        pub backoff: Option<Backoff>,
        /// Whether, after each attempt (`lastRetry.exitCode`, ..).
        pub expression: Option<String>,
        /// Where the next attempt may run.
        pub affinity: Option<Value>,
    }

    /// How long to wait between attempts (`Backoff`).
    pub struct Backoff {
        /// The first wait: `10s`, `2m`; a bare number is seconds.
        pub duration: Option<AnyString>,
        /// Each wait is so many times the one before.
        pub factor: Option<IntOrString>,
        /// No more attempts after this long.
        pub max_duration: Option<AnyString>,
        /// No wait is longer than this.
        pub cap: Option<AnyString>,
    }
}
