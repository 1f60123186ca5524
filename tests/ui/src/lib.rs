//! Pipelines with a mistake in them, each with the exact text of its error: see `cases/`.
//!
//! A case is one file. rustc refuses it; or, where its first line is `//@ build`, it compiles, and `cargo build` says what
//! is wrong with the graph. Either text stands beside it.

mod compiler;
mod elsewhere;
mod rendered;

pub use compiler::Compiler;
pub use elsewhere::is_elsewhere;
pub use rendered::{headers, template};

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The texts of errors are those of one version of rustc.
pub const RUSTC: &str = "rustc 1.95.";

/// The folder of this package.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files of a folder below this package and of the folders in it, with this extension, sorted.
///
/// # Panics
/// If the folder cannot be read.
pub fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut folders = vec![root().join(folder)];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of cases") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// Does something with each item, on all cores; what it gives keeps the order.
///
/// # Panics
/// If the work on one of them does.
pub fn in_parallel<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(index) else { break };
                    let result = work(item);
                    done.lock().expect("no other one panicked").push((index, result));
                }
            });
        }
    });
    let mut done = done.into_inner().expect("none panicked");
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}
