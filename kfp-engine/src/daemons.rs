//! Daemons: pods that run as long as the DAG or the steps that they belong to.

use crate::engine::Engine;
use nix::sys::signal::Signal;
use std::cell::RefCell;
use std::time::Duration;
use tokio::task::JoinHandle;

/// What a daemon gets to end by itself.
const GRACE: Duration = Duration::from_secs(2);

/// The daemons of a DAG or of steps, by the number of their pod.
#[derive(Default)]
pub(crate) struct Daemons(RefCell<Vec<(u64, JoinHandle<()>)>>);

impl Daemons {
    pub(crate) fn add(&self, id: u64, task: JoinHandle<()>) {
        self.0.borrow_mut().push((id, task));
    }

    /// Ends them all, and waits until they are gone.
    pub(crate) async fn end(&self, engine: &Engine) {
        let all = self.0.take();
        for (id, _) in &all {
            engine.running.signal(*id, Signal::SIGTERM);
        }
        for (id, mut task) in all {
            if tokio::time::timeout(GRACE, &mut task).await.is_err() {
                engine.running.signal(id, Signal::SIGKILL);
                // A daemon that has died is gone as well.
                let _ = task.await;
            }
        }
    }
}
