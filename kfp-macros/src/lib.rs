//! The macros of `kfp`. They are reached through that crate; what they expand to names it.
//!
//! Each has its stages in files of their own: attributes, model, checks, expansion. On any error the item is emitted all
//! the same, so that one mistake gives one error.

mod artifact;
mod build_script;
mod component;
mod errors;
mod keywords;
mod manifest;
mod options;
mod outputs;
mod pipeline;
mod serde_names;
mod signature;

use proc_macro::TokenStream;

/// Makes a component of a function: what a task of a pipeline runs.
///
/// The function stays as it is and callable. Options: `image`, `program`, `name`, `description`, and the defaults `cpu`,
/// `memory`, `retries`, `cache`. A function whose return type ends in `ContainerOp` describes a pod instead.
#[proc_macro_attribute]
pub fn component(attribute: TokenStream, item: TokenStream) -> TokenStream {
    component::expand(attribute.into(), item.into()).into()
}

/// Makes a pipeline of a function: a call in it is a task, and Rust's control flow is the DAG.
///
/// Options: `name`, `description`, `parallelism`, `timeout` (seconds), `service_account`, `on_exit`.
#[proc_macro_attribute]
pub fn pipeline(attribute: TokenStream, item: TokenStream) -> TokenStream {
    pipeline::expand(attribute.into(), item.into()).into()
}

/// Keeps an item out of build scripts: what only the bodies of components need.
#[proc_macro_attribute]
pub fn runtime(_: TokenStream, item: TokenStream) -> TokenStream {
    if build_script::is_one() { TokenStream::new() } else { item }
}

/// Makes every field of a struct an output of its own.
///
/// `#[output(path = "..")]` names a file of a `ContainerOp`, `#[output(json_path = "{..}")]` a field of a resource.
#[proc_macro_derive(Outputs, attributes(output))]
pub fn outputs(item: TokenStream) -> TokenStream {
    outputs::expand(item.into()).into()
}

/// Makes a type of artifact of a struct or enum; `#[artifact(name = "..")]` is the name that KFP shows.
#[proc_macro_derive(Artifact, attributes(artifact))]
pub fn artifact(item: TokenStream) -> TokenStream {
    artifact::expand(item.into()).into()
}

/// Reads a Kubernetes manifest from a YAML file beside `Cargo.toml`; `"/json/pointer" = value` sets a field of it.
#[proc_macro]
pub fn manifest(input: TokenStream) -> TokenStream {
    manifest::expand(input.into()).into()
}
