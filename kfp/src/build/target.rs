//! The target folder, as well as a build script can know it.

use super::Environment;
use std::env;
use std::path::{Path, PathBuf};

/// Cargo does not say where it is: since it can be apart from `OUT_DIR`, nothing may depend on what is found here.
pub(super) fn find(environment: &Environment) -> Option<PathBuf> {
    let named = env::var_os("CARGO_TARGET_DIR").map(PathBuf::from).filter(|path| path.is_absolute());
    named.or_else(|| around_out_dir(&environment.out)).or_else(|| beside_sources(&environment.package))
}

/// The folder around `OUT_DIR` that cargo marks as its own, unless intermediate files were sent elsewhere.
fn around_out_dir(out: &Path) -> Option<PathBuf> {
    if env::var_os("CARGO_BUILD_BUILD_DIR").is_some() {
        return None;
    }
    out.ancestors().find(|folder| folder.join(".rustc_info.json").is_file()).map(Path::to_owned)
}

/// `target` beside a `Cargo.toml` of the package or above it.
fn beside_sources(package: &Path) -> Option<PathBuf> {
    let folders = package.ancestors().map(|folder| folder.join("target"));
    folders.into_iter().find(|target| target.join("CACHEDIR.TAG").is_file())
}
