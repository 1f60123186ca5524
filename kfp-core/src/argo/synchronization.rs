//! Locks, and remembered results.

use super::field::model;
use serde_json::Value;

model! {
    /// Locks that are held while something runs (`Synchronization`).
    pub struct Synchronization {
        /// A lock for one; until Argo 3.6.
        pub mutex: Option<Mutex>,
        /// A lock for several; until Argo 3.6.
        pub semaphore: Option<Value>,
        /// Locks for one; from Argo 3.6.
        pub mutexes: Vec<Mutex>,
        /// Locks for several; from Argo 3.6.
        pub semaphores: Vec<Value>,
    }

    /// A lock for one (`Mutex`).
    pub struct Mutex {
        /// Its name.
        pub name: String,
        /// Its namespace, the workflow's if not given.
        pub namespace: Option<String>,
    }

    /// Outputs that are remembered (`Memoize`).
    pub struct Memoize {
        /// What they are remembered by.
        pub key: String,
        /// How long.
        pub max_age: Option<String>,
        /// The ConfigMap they are in.
        pub cache: Option<Value>,
    }
}
