//! `manifest!("pod.yaml", "/spec/replicas" = n)`.

use crate::errors::Errors;
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use std::path::{Path, PathBuf};
use syn::parse::{Parse, ParseStream};
use syn::{Expr, LitStr, Token};

/// The file, and the fields to set.
struct Manifest {
    file: LitStr,
    fields: Vec<(LitStr, Expr)>,
}

impl Parse for Manifest {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let file = input.parse()?;
        let mut fields = Vec::new();
        while !input.is_empty() {
            input.parse::<Token![,]>()?;
            if input.is_empty() {
                break;
            }
            let pointer = input.parse()?;
            input.parse::<Token![=]>()?;
            fields.push((pointer, input.parse()?));
        }
        Ok(Self { file, fields })
    }
}

pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let manifest = match syn::parse2::<Manifest>(input) {
        Ok(manifest) => manifest,
        Err(error) => {
            let form = "write `manifest!(\"file.yaml\")` or `manifest!(\"file.yaml\", \"/json/pointer\" = value)`";
            return syn::Error::new(error.span(), crate::errors::text(30, form)).into_compile_error();
        }
    };
    let mut errors = Errors::default();
    let read = read(&manifest, &mut errors);
    match read {
        Some((path, json)) if errors.is_empty() => {
            let path = path.to_string_lossy().into_owned();
            let set =
                manifest.fields.iter().map(|(pointer, value)| quote_spanned!(pointer.span()=> .set(#pointer, #value)));
            quote!({
                const _: &[u8] = ::core::include_bytes!(#path);
                ::kfp::Manifest::from_json(#json) #(#set)*
            })
        }
        _ => {
            let errors = errors.into_tokens();
            quote!({ #errors ::kfp::Manifest::from_json("null") })
        }
    }
}

fn read(manifest: &Manifest, errors: &mut Errors) -> Option<(PathBuf, String)> {
    let root = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
    let path = root.join(manifest.file.value());
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) => {
            let file = manifest.file.value();
            let message = format!("cannot read `{file}`: {error}; the path starts at the folder of `Cargo.toml`");
            errors.at(&manifest.file, 31, message);
            return None;
        }
    };
    let json: serde_json::Value = match serde_saphyr::from_str(&text) {
        Ok(json) => json,
        Err(error) => {
            let first = error.to_string();
            let first = first.lines().next().unwrap_or_default();
            errors.at(
                &manifest.file,
                32,
                format!("`{}` is no YAML document: {}", show(&path), first.trim_start_matches("error: ")),
            );
            return None;
        }
    };
    check(manifest, &json, errors);
    Some((path, json.to_string()))
}

fn check(manifest: &Manifest, json: &serde_json::Value, errors: &mut Errors) {
    let file = manifest.file.value();
    let lacks = |field: &&str| !json.get(*field).is_some_and(serde_json::Value::is_string);
    let missing: Vec<String> = ["apiVersion", "kind"].iter().filter(|f| lacks(f)).map(|f| format!("`{f}`")).collect();
    if !missing.is_empty() {
        let missing = missing.join(" and no ");
        errors.at(&manifest.file, 33, format!("`{file}` is no Kubernetes resource: it has no {missing}"));
    }
    for (pointer, _) in &manifest.fields {
        let text = pointer.value();
        let parent = text.rsplit_once('/').map(|(parent, _)| parent);
        match parent {
            None => errors.at(pointer, 34, format!("a field is named by its JSON pointer: `\"/{text}\"`")),
            Some(parent) if json.pointer(parent).is_none_or(|at| !(at.is_object() || at.is_array())) => {
                errors.at(
                    pointer,
                    35,
                    format!("`{file}` has no `{parent}` that could hold a field; set one that is there"),
                );
            }
            Some(_) => {}
        }
    }
}

fn show(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}
