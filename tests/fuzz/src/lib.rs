//! Feeds the macros, the readers of manifests and the small languages what nobody would write.
//!
//! Bytes say how a source or a manifest that is right is changed: what is fed is nearly right, which is where readers have
//! their holes. [`run`] takes the bytes of any fuzzer; the program of this crate makes its own, and so does the short run in
//! the tests. `libfuzzer/` is the same for `cargo fuzz`.

mod bytes;
mod lines;
mod seeds;
mod tokens;

// A crate of macros exports nothing but macros, so its files are compiled here once more; a test sees that none is left out.
#[path = "../../../kfp-macros/src/allowed.rs"]
mod allowed;
#[path = "../../../kfp-macros/src/artifact.rs"]
mod artifact;
#[path = "../../../kfp-macros/src/build_script.rs"]
mod build_script;
#[path = "../../../kfp-macros/src/component.rs"]
mod component;
#[path = "../../../kfp-macros/src/component_texts.rs"]
mod component_texts;
#[path = "../../../kfp-macros/src/errors.rs"]
mod errors;
#[path = "../../../kfp-macros/src/files.rs"]
mod files;
#[path = "../../../kfp-macros/src/import/mod.rs"]
mod import;
#[path = "../../../kfp-macros/src/keywords.rs"]
mod keywords;
#[path = "../../../kfp-macros/src/literals.rs"]
mod literals;
#[path = "../../../kfp-macros/src/manifest.rs"]
mod manifest;
#[path = "../../../kfp-macros/src/options.rs"]
mod options;
#[path = "../../../kfp-macros/src/outputs.rs"]
mod outputs;
#[path = "../../../kfp-macros/src/pipeline/mod.rs"]
mod pipeline;
#[path = "../../../kfp-macros/src/script.rs"]
mod script;
#[path = "../../../kfp-macros/src/serde_names.rs"]
mod serde_names;
#[path = "../../../kfp-macros/src/signature.rs"]
mod signature;

pub use bytes::random;

/// What can be fed.
pub const TARGETS: [&str; 3] = ["macros", "manifests", "texts"];

/// Feeds one input; a panic is what is looked for.
pub fn run(target: &str, data: &[u8]) {
    match target {
        "macros" => tokens::run(data),
        "manifests" => lines::manifest(data),
        "texts" => lines::text(data),
        _ => {}
    }
}

/// What one input is, for a person.
pub fn show(target: &str, data: &[u8]) -> String {
    match target {
        "macros" => tokens::show(data),
        "manifests" => lines::changed_manifest(data),
        _ => String::from_utf8_lossy(data).into_owned(),
    }
}
