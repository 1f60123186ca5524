//! Where a test and the tasks of its run see the same files.

use std::path::Path;

/// A folder that tasks see as well: they have a `/tmp` of their own, which hides what is built there.
pub(crate) fn folder() -> tempfile::TempDir {
    let built = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let seen = if built.starts_with("/tmp") { Path::new("/var/tmp") } else { built };
    tempfile::tempdir_in(seen).expect("a folder")
}
