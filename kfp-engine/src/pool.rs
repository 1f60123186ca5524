//! The threads that run pods, each in a room of its own. There are as many as pods have run at the same time.

use crate::error::Refusal;
use crate::outcome::Outcome;
use crate::pod::Pod;
use crate::room::{House, Room};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread::JoinHandle;
use tokio::sync::oneshot;

struct Job {
    pod: Box<Pod>,
    reply: oneshot::Sender<Result<Outcome, Refusal>>,
    /// The way to this worker. It goes from hand to hand, so that who lets go of the idle ones ends them all.
    worker: mpsc::Sender<Job>,
}

/// The workers that have nothing to do, the one that had last at the end; nothing when the run is over.
type Idle = Arc<Mutex<Option<Vec<mpsc::Sender<Job>>>>>;

fn lock(idle: &Idle) -> MutexGuard<'_, Option<Vec<mpsc::Sender<Job>>>> {
    idle.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Threads that run pods.
pub(crate) struct Pool {
    house: Arc<House>,
    idle: Idle,
    number: AtomicUsize,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl Pool {
    pub(crate) fn new(house: House) -> Self {
        Self {
            house: Arc::new(house),
            idle: Arc::new(Mutex::new(Some(Vec::new()))),
            number: AtomicUsize::new(0),
            threads: Mutex::default(),
        }
    }

    pub(crate) fn house(&self) -> &House {
        &self.house
    }

    /// Runs a pod to its end.
    pub(crate) async fn run(&self, pod: Pod) -> Result<Outcome, Refusal> {
        let (reply, ended) = oneshot::channel();
        let (mut pod, mut reply) = (Box::new(pod), reply);
        loop {
            let idle = lock(&self.idle).as_mut().and_then(Vec::pop);
            let worker = idle.unwrap_or_else(|| self.worker());
            match worker.send(Job { pod, reply, worker: worker.clone() }) {
                Ok(()) => break,
                // Its room could not be used again.
                Err(mpsc::SendError(same)) => (pod, reply) = (same.pod, same.reply),
            }
        }
        ended.await.unwrap_or_else(|_| Ok(Outcome::error("a thread of the engine has died")))
    }

    fn worker(&self) -> mpsc::Sender<Job> {
        let (sender, jobs) = mpsc::channel();
        let (house, idle) = (Arc::clone(&self.house), Arc::clone(&self.idle));
        let number = self.number.fetch_add(1, Ordering::Relaxed);
        let thread = std::thread::spawn(move || work(&house, number, &jobs, &idle));
        self.threads.lock().unwrap_or_else(PoisonError::into_inner).push(thread);
        sender
    }

    /// Waits for the threads, which end when nobody has work for them.
    pub(crate) fn end(&self) {
        lock(&self.idle).take();
        let threads = std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        for thread in threads {
            // One that has died has said so to who waited for it.
            let _ = thread.join();
        }
        let _ = std::fs::remove_dir_all(self.house.rooms());
    }
}

fn work(house: &Arc<House>, number: usize, jobs: &mpsc::Receiver<Job>, idle: &Idle) {
    let mut room = None;
    while let Ok(Job { pod, reply, worker }) = jobs.recv() {
        let here = match room.take().map_or_else(|| Room::new(Arc::clone(house), number), Ok) {
            Ok(here) => here,
            Err(error) => {
                let _ = reply.send(Err(Refusal::file(&house.rooms(), &error)));
                return;
            }
        };
        let (outcome, mounts) = pod.run(&here);
        // Who waited may be gone.
        let _ = reply.send(outcome);
        if here.clear(&mounts).is_err() {
            return;
        }
        room = Some(here);
        if let Some(idle) = lock(idle).as_mut() {
            idle.push(worker);
        }
    }
}
