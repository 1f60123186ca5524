//! Whether the crate that is being compiled is a build script.

/// A build script holds pipelines to write their manifests, and the signatures of components, but never runs a body.
pub(crate) fn is_one() -> bool {
    std::env::var("CARGO_CRATE_NAME").is_ok_and(|name| name.starts_with("build_script_"))
}

/// A variable that cargo sets for the package that is being compiled.
pub(crate) fn package(variable: &str) -> String {
    std::env::var(format!("CARGO_PKG_{variable}")).unwrap_or_default()
}
