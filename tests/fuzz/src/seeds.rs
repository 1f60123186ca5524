//! Sources and manifests that are right, or wrong in the way of a person.

use proc_macro2::TokenStream;
use quote::ToTokens;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use syn::{Attribute, Item, Meta};

/// A macro that is given an attribute and an item, or just tokens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Macro {
    Component,
    Pipeline,
    Outputs,
    Artifact,
    Manifest,
    Allow,
    Import,
}

/// What a macro is given.
pub(crate) struct Seed {
    pub(crate) to: Macro,
    pub(crate) attribute: String,
    pub(crate) item: String,
}

/// Every use of a macro in the tests and examples of this repository.
pub(crate) static SOURCES: LazyLock<Vec<Seed>> = LazyLock::new(|| {
    let mut seeds = Vec::new();
    for folder in ["tests/constructs/src", "tests/ui/cases", "examples"] {
        for file in files(&root().join(folder), "rs") {
            let text = fs::read_to_string(&file).unwrap_or_default();
            if let Ok(file) = syn::parse_file(&text) {
                file.items.into_iter().for_each(|item| of_item(item, &mut seeds));
            }
        }
    }
    for text in ["\"kfp/doc/pod.yaml\"", "\"kfp/doc/pod.yaml\", \"/metadata/name\" = name, \"/spec/x\" = 3"] {
        seeds.push(Seed { to: Macro::Manifest, attribute: String::new(), item: text.to_owned() });
    }
    for text in [
        "pub fn a = \"kfp/doc/none.yaml\";",
        "pub fn add = r#\"name: Add\ninputs:\n- {name: a b, type: Integer, default: '1'}\n- {name: C, optional: true}\noutputs:\n- {name: sum}\n\
         implementation:\n  container:\n    image: alpine:3\n    command: [sh, -c, {concat: [x, {inputValue: a b}]}]\n    args:\n\
         - if: {cond: {isPresent: C}, then: [--c, {inputPath: C}], else: [none]}\n    - {outputPath: sum}\n\"#;",
    ] {
        seeds.push(Seed { to: Macro::Import, attribute: String::new(), item: text.to_owned() });
    }
    seeds
});

/// Manifests of this repository.
pub(crate) static MANIFESTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folders = ["tests/constructs/snapshots", "../shared/conformance/argo-examples"];
    let files = folders.iter().flat_map(|folder| files(&root().join(folder), "yaml"));
    files.filter_map(|file| fs::read_to_string(file).ok()).collect()
});

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() && !path.ends_with("target") {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|it| it == ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn of_item(item: Item, seeds: &mut Vec<Seed>) {
    let attributes = match &item {
        Item::Fn(it) => &it.attrs,
        Item::Struct(it) => &it.attrs,
        Item::Enum(it) => &it.attrs,
        Item::Mod(it) => {
            let inner = it.content.iter().flat_map(|(_, items)| items.clone());
            return inner.for_each(|item| of_item(item, seeds));
        }
        _ => return,
    };
    for attribute in attributes {
        for to in of_attribute(attribute) {
            let arguments = match &attribute.meta {
                Meta::List(list) if to != Macro::Outputs && to != Macro::Artifact => list.tokens.to_string(),
                _ => String::new(),
            };
            seeds.push(Seed { to, attribute: arguments, item: without(&item, attribute).to_string() });
        }
    }
}

fn of_attribute(attribute: &Attribute) -> Vec<Macro> {
    let name = attribute.path().segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
    match name.as_str() {
        "component" => vec![Macro::Component],
        "pipeline" => vec![Macro::Pipeline],
        "allow" if attribute.path().segments.len() > 1 => vec![Macro::Allow],
        "derive" => {
            let derived = attribute.to_token_stream().to_string();
            let outputs = derived.contains("Outputs").then_some(Macro::Outputs);
            outputs.into_iter().chain(derived.contains("Artifact").then_some(Macro::Artifact)).collect()
        }
        _ => Vec::new(),
    }
}

/// An item as the macro of one of its attributes gets it.
fn without(item: &Item, attribute: &Attribute) -> TokenStream {
    let mut item = item.clone();
    let text = attribute.to_token_stream().to_string();
    let is_other = |it: &Attribute| it.to_token_stream().to_string() != text;
    match &mut item {
        Item::Fn(it) => it.attrs.retain(is_other),
        Item::Struct(it) => it.attrs.retain(is_other),
        Item::Enum(it) => it.attrs.retain(is_other),
        _ => {}
    }
    item.to_token_stream()
}
