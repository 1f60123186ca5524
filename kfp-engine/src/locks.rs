//! Mutexes and semaphores.

use crate::sources::Sources;
use kfp_core::argo::Synchronization;
use serde_json::Value;
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The locks of a run, by their name.
#[derive(Default)]
pub(crate) struct Locks(RefCell<HashMap<String, Arc<Semaphore>>>);

/// A lock: its name, and how many may hold it.
type Lock = (String, usize);

/// The locks that something needs, in an order that is the same for all.
pub(crate) fn of(needed: Option<&Synchronization>, sources: &Sources) -> Result<Vec<Lock>, String> {
    let Some(needed) = needed else { return Ok(Vec::new()) };
    let mutexes = needed.mutex.iter().chain(&needed.mutexes);
    let mut locks: Vec<Lock> = mutexes
        .map(|mutex| (format!("mutex {}/{}", mutex.namespace.as_deref().unwrap_or_default(), mutex.name), 1))
        .collect();
    for semaphore in needed.semaphore.iter().chain(&needed.semaphores) {
        locks.push(limited(semaphore, sources)?);
    }
    locks.sort();
    locks.dedup();
    Ok(locks)
}

fn limited(semaphore: &Value, sources: &Sources) -> Result<Lock, String> {
    let Some(reference) = semaphore.get("configMapKeyRef") else {
        return Err("only limits in config maps are known here".to_owned());
    };
    let text = sources.config_map_key(reference)?.unwrap_or_default();
    let limit: usize = text.trim().parse().ok().filter(|limit| (1..=1_000_000).contains(limit)).ok_or_else(|| {
        format!("the limit `{}` of the config map {} is no number of holders", text.trim(), reference["name"])
    })?;
    Ok((format!("semaphore {}/{}", reference["name"], reference["key"]), limit))
}

impl Locks {
    /// Waits for locks and holds them until what is given is dropped.
    pub(crate) async fn hold(&self, prefix: &str, locks: Vec<Lock>) -> Vec<OwnedSemaphorePermit> {
        let mut held = Vec::new();
        for (name, limit) in locks {
            let lock = {
                let mut known = self.0.borrow_mut();
                let new = || Arc::new(Semaphore::new(limit));
                Arc::clone(known.entry(format!("{prefix}{name}")).or_insert_with(new))
            };
            // A semaphore that is never closed always gives its permit in the end.
            held.extend(lock.acquire_owned().await);
        }
        held
    }
}
