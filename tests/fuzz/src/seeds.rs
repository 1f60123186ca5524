//! Sources and manifests that are right, or wrong in the way of a person.

use crate::corpus::entries;
use proc_macro2::{TokenStream, TokenTree};
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

impl Macro {
    /// The macro that is written like this in a corpus.
    pub(crate) fn named(name: &str) -> Option<Self> {
        use Macro::{Allow, Artifact, Component, Import, Manifest, Outputs, Pipeline};
        let all = [Component, Pipeline, Outputs, Artifact, Manifest, Allow, Import];
        all.into_iter().find(|it| format!("{it:?}") == name)
    }
}

/// What a macro is given.
pub(crate) struct Seed {
    pub(crate) to: Macro,
    pub(crate) attribute: String,
    pub(crate) item: String,
}

impl Seed {
    /// A seed as a corpus has it: the name of the macro, what stands in its parentheses, and from the third line on the item.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (to, rest) = text.split_once('\n')?;
        let (attribute, item) = rest.split_once('\n')?;
        Some(Self { to: Macro::named(to)?, attribute: attribute.to_owned(), item: item.to_owned() })
    }
}

/// Every use of a macro in the tests and examples of this repository, and what the corpus has.
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
    seeds.extend(entries("macros").iter().filter_map(|text| Seed::read(text)));
    seeds
});

/// Component files, as they stand in the tests of this repository.
pub(crate) static COMPONENTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut texts = entries("components");
    let folders = ["tests/constructs/src", "tests/ui/cases", "kfp-core/src", "kfp-grammar"];
    for file in folders.iter().flat_map(|folder| files(&root().join(folder), "rs")) {
        let tokens = fs::read_to_string(file).unwrap_or_default().parse().unwrap_or_default();
        literals(tokens, &mut texts);
    }
    let folders = ["kfp/doc", "tests/constructs", "tests/ui", "tests/parity", "examples"];
    let files = folders.iter().flat_map(|folder| files(&root().join(folder), "yaml"));
    texts.extend(files.filter_map(|file| fs::read_to_string(file).ok()));
    texts.retain(|text| text.lines().any(|line| line.starts_with("implementation:")));
    texts
});

/// The texts of literals.
fn literals(tokens: TokenStream, texts: &mut Vec<String>) {
    for tree in tokens {
        match tree {
            TokenTree::Group(group) => literals(group.stream(), texts),
            TokenTree::Literal(literal) => {
                if let syn::Lit::Str(text) = syn::Lit::new(literal) {
                    texts.push(text.value());
                }
            }
            _ => {}
        }
    }
}

/// Manifests of this repository.
#[cfg(feature = "readers")]
pub(crate) static MANIFESTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folders = ["tests/constructs/snapshots", "../shared/conformance/argo-examples"];
    let files = folders.iter().flat_map(|folder| files(&root().join(folder), "yaml"));
    let texts = files.filter_map(|file| fs::read_to_string(file).ok());
    // Most of what is in a long one is in a short one as well, and that is read faster.
    texts.filter(|text| text.len() < 8_000).chain(entries("manifests")).collect()
});

pub(crate) fn root() -> PathBuf {
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
        Item::Macro(it) if it.mac.path.segments.last().is_some_and(|name| name.ident == "import_component") => {
            let item = it.mac.tokens.to_string();
            return seeds.push(Seed { to: Macro::Import, attribute: String::new(), item });
        }
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
