//! Manifests out of `cargo build`.
//!
//! ```ignore
//! // build.rs
//! fn main() {
//!     kfp::build::emit!("src/pipelines.rs");
//! }
//! ```
//!
//! or, for pipelines of another crate, which is among the build dependencies then:
//!
//! ```no_run
//! # use kfp as my_pipelines;
//! // build.rs
//! fn main() {
//!     kfp::build::emit!(my_pipelines);
//! }
//! ```
//!
//! Each pipeline of that module or crate becomes `OUT_DIR/pipelines/NAME.yaml`, and, where the target folder can be found,
//! `TARGET/pipelines/PACKAGE/NAME.yaml` with the same bytes. If any pipeline has an error, `cargo build` fails with all
//! errors and no file changes. Edited, renamed and deleted files are tracked; a second `cargo build` does nothing.
//!
//! Warnings are shown with their source line. One that is meant is allowed where it stands, `#[kfp::allow(KFP225)]`, or for the
//! whole package; for CI they can be errors, by the option or by the environment: `KFP_DENY=warnings cargo build`.
//!
//! ```ignore
//! kfp::build::emit!("src/pipelines.rs", deny = "warnings", allow = "KFP220,KFP225");
//! ```

mod outputs;
mod report;
mod target;

use crate::compiled;
use crate::levels::{Levels, VARIABLE};
use kfp_core::registry::{self, PipelineRecord};
use kfp_grammar::Code;
use std::path::PathBuf;

pub use crate::__emit as emit;

/// A build script without pipelines.
const EMPTY: Code = Code(405);
/// A file that cannot be written.
const FILES: Code = Code(407);

/// Writes the manifests of the pipelines in a module, `emit!("src/pipelines.rs")`, or in crates that `build.rs` can
/// use, `emit!(my_pipelines)`.
#[doc(hidden)]
#[macro_export]
macro_rules! __emit {
    ($file:literal $(, $key:ident = $codes:literal)* $(,)?) => {{
        #[path = $file]
        #[allow(dead_code, unused_imports, unused_macros, clippy::all, clippy::pedantic)]
        mod pipelines;
        $crate::build::emit_packages(&[env!("CARGO_PKG_NAME")], &$crate::build::Warnings {
            $($key: $codes,)*
            ..$crate::build::Warnings::DEFAULT
        })
    }};
    ($($from:ident),+ $(, $key:ident = $codes:literal)* $(,)?) => {{
        $(
            #[allow(unused_imports)]
            use $from as _;
        )+
        $crate::build::emit_packages(&[$(stringify!($from)),+], &$crate::build::Warnings {
            $($key: $codes,)*
            ..$crate::build::Warnings::DEFAULT
        })
    }};
}

/// What `emit!` says about warnings: codes with commas between them, or `warnings` for all.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Warnings {
    /// Are errors.
    pub deny: &'static str,
    /// Are not shown.
    pub allow: &'static str,
}

impl Warnings {
    /// They are shown.
    pub const DEFAULT: Self = Self { deny: "", allow: "" };
}

/// Writes the manifests of the pipelines that some packages declare.
#[doc(hidden)]
pub fn emit_packages(packages: &[&str], warnings: &Warnings) {
    let lines = match Environment::read() {
        Ok(environment) => directives(&environment, packages, warnings),
        Err(missing) => {
            vec![report::line(EMPTY, &format!("`emit!` is for build scripts: cargo sets no `{missing}` here"))]
        }
    };
    report::print(&lines);
}

/// What cargo tells a build script.
struct Environment {
    out: PathBuf,
    package: PathBuf,
    name: PathBuf,
}

impl Environment {
    fn read() -> Result<Self, &'static str> {
        let read = |variable| std::env::var_os(variable).map(PathBuf::from).ok_or(variable);
        Ok(Self { out: read("OUT_DIR")?, package: read("CARGO_MANIFEST_DIR")?, name: read("CARGO_PKG_NAME")? })
    }
}

/// Does the work, and gives the lines that cargo reads.
fn directives(environment: &Environment, packages: &[&str], warnings: &Warnings) -> Vec<String> {
    let levels = match Levels::read(warnings.deny, warnings.allow) {
        Ok(levels) => levels,
        Err(message) => return vec![format!("cargo::error={message}")],
    };
    let mut records = Vec::new();
    for package in packages {
        let declared = of_package(&registry::pipelines(), package);
        if declared.is_empty() {
            return vec![
                report::line(EMPTY, &format!("no pipeline is declared in `{package}`")),
                report::help("`emit!` takes the file or the crate that holds the functions with `#[pipeline]`"),
            ];
        }
        records.extend(declared);
    }
    let (compiled, found) = compiled::compile(&records, &registry::components(), &levels, None);
    let mut lines = vec![format!("cargo::rerun-if-env-changed={VARIABLE}")];
    lines.extend(found.0.iter().flat_map(|one| report::diagnostic(one, &environment.package)));
    if found.has_errors() {
        return lines;
    }
    let copies = target::find(environment).map(|target| target.join("pipelines").join(&environment.name));
    for folder in [Some(environment.out.join("pipelines")), copies].into_iter().flatten() {
        match outputs::write(&folder, &compiled) {
            Ok(paths) => lines.extend(paths.iter().map(|path| format!("cargo::rerun-if-changed={}", path.display()))),
            Err(error) => lines.push(report::line(FILES, &error.to_string())),
        }
    }
    lines
}

/// The pipelines that a package declares. A crate is named with `_` where its package has `-`.
fn of_package(records: &[&'static PipelineRecord], package: &str) -> Vec<&'static PipelineRecord> {
    let name = |package: &str| package.replace('-', "_");
    records.iter().copied().filter(|record| name(record.package) == name(package)).collect()
}
