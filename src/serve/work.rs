//! Work that keeps a processor busy, and its order.
//!
//! Takes what is to be done; gives what came of it. What was asked for last is done first: whoever has just
//! come does not wait until a crowd is served. Open pages take turns, a few at a time, so that after
//! a save a page that is asked for does not wait until each of them is rendered.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::available_parallelism;
use tokio::sync::{Semaphore, SemaphorePermit, oneshot};

/// So many open pages are rendered at one time.
const TURNS: usize = 2;

type Job = Box<dyn FnOnce() + Send>;

/// What is to be done, and by how many threads.
pub(super) struct Work {
    /// More than the machine has processors would be in the way of the connections.
    most: usize,
    asked: Mutex<Asked>,
    turns: Semaphore,
}

#[derive(Default)]
struct Asked {
    /// The newest at the end.
    jobs: Vec<Job>,
    /// How many threads do them.
    threads: usize,
}

impl Work {
    /// Work for as many threads as there are processors.
    pub(super) fn new() -> Arc<Work> {
        let most = available_parallelism().map_or(2, |most| most.get().max(2));
        Work::by(most)
    }

    fn by(most: usize) -> Arc<Work> {
        Arc::new(Work {
            most,
            asked: Mutex::default(),
            turns: Semaphore::new(TURNS),
        })
    }

    /// Does it on a thread for such things, before what was asked for earlier, and not at all once nobody
    /// waits for it; `None` where it panicked.
    pub(super) async fn done<T: Send + 'static>(
        self: &Arc<Self>,
        job: impl FnOnce() -> T + Send + 'static,
    ) -> Option<T> {
        let (tell, told) = oneshot::channel();
        let job: Job = Box::new(move || {
            if !tell.is_closed() {
                // Who waited may have gone meanwhile.
                let _ = tell.send(job());
            }
        });
        if self.is_thread_wanted(job) {
            let work = Arc::clone(self);
            tokio::task::spawn_blocking(move || work.go_on());
        }
        told.await.ok()
    }

    fn is_thread_wanted(&self, job: Job) -> bool {
        let mut asked = self.asked();
        asked.jobs.push(job);
        let wanted = asked.threads < self.most;
        asked.threads += usize::from(wanted);
        wanted
    }

    /// Does the newest job until there is none.
    fn go_on(&self) {
        while let Some(job) = self.next() {
            // Whoever waits for it learns it: its end of the channel is dropped.
            let _ = catch_unwind(AssertUnwindSafe(job));
        }
    }

    /// The newest job; a thread that finds none is at its end.
    fn next(&self) -> Option<Job> {
        let mut asked = self.asked();
        let newest = asked.jobs.pop();
        if newest.is_none() {
            asked.threads = asked.threads.saturating_sub(1);
        }
        newest
    }

    /// The turn of an open page. (It is never closed.)
    pub(super) async fn turn(&self) -> Option<SemaphorePermit<'_>> {
        self.turns.acquire().await.ok()
    }

    fn asked(&self) -> MutexGuard<'_, Asked> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    #[test]
    fn what_was_asked_for_last_is_done_first_and_what_nobody_waits_for_is_not() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        let (work, log) = (Work::by(1), Arc::new(Mutex::new(Vec::new())));
        let (go, wait) = mpsc::channel::<()>();
        let asked = |name: &'static str| {
            let (work, log) = (Arc::clone(&work), Arc::clone(&log));
            runtime.spawn(async move {
                let job = move || log.lock().unwrap().push(name);
                work.done(job).await
            })
        };
        runtime.block_on(async {
            let held = Arc::clone(&work);
            let first = runtime.spawn(async move { held.done(move || wait.recv().is_ok()).await });
            tokio::task::yield_now().await;
            std::thread::sleep(std::time::Duration::from_millis(50));
            let (old, gone, new) = (asked("old"), asked("gone"), asked("new"));
            tokio::task::yield_now().await;
            gone.abort();
            tokio::task::yield_now().await;
            go.send(()).unwrap();
            assert_eq!(first.await.unwrap(), Some(true));
            old.await.unwrap();
            new.await.unwrap();
            let fault = || -> () { panic!("a fault of ours") };
            assert_eq!(work.done(fault).await, None);
        });
        assert_eq!(*log.lock().unwrap(), ["new", "old"]);
    }
}
