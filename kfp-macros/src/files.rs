//! `#[output(..)]` and `#[input(..)]` on the files of a component.

use crate::errors::Errors;
use crate::options::{self, KeyValue, optional};
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Expr, Lit};

/// What is said of a file.
#[derive(Default)]
pub(crate) struct FileOptions {
    /// The call on the declaration that says it; none if nothing is said.
    pub(crate) call: Option<TokenStream>,
    /// Whether the file may be missing.
    pub(crate) optional: bool,
}

/// Takes the attributes off a parameter that is an output or an input.
pub(crate) fn take(attributes: &mut Vec<Attribute>, is_output: bool, errors: &mut Errors) -> FileOptions {
    let (own, other) = if is_output { ("output", "input") } else { ("input", "output") };
    let mut read = FileOptions::default();
    attributes.retain(|attribute| {
        if attribute.path().is_ident(other) {
            errors.at(attribute, 3, format!("this is an {own}, and its options are written `#[{own}(..)]`"));
            return false;
        }
        if !attribute.path().is_ident(own) {
            return true;
        }
        match &attribute.meta {
            syn::Meta::List(list) if is_output => read = output(list.tokens.clone(), errors),
            syn::Meta::List(list) => read = input(list.tokens.clone(), errors),
            other => errors.at(other, 3, format!("options of an {own} are written `#[{own}(optional)]`")),
        }
        false
    });
    read
}

fn output(tokens: TokenStream, errors: &mut Errors) -> FileOptions {
    let (mut archive, mut may_miss, mut gc) = (None, false, None);
    for option in options::parse(tokens, &["archive", "compression_level", "optional", "artifact_gc"], &[], errors) {
        match option.key.to_string().as_str() {
            "archive" => archive = packed(&option, errors),
            "compression_level" => {
                let level = option.number(0_u8, errors);
                archive = level.map(|level| quote!(::kfp::__private::Archive::Tar { compression_level: #level }));
            }
            "optional" => may_miss = option.flag(errors).unwrap_or_default(),
            _ => gc = option.text(errors),
        }
    }
    let (archive, gc) = (optional(archive), optional(gc));
    FileOptions { call: Some(quote!(.stored(#archive, #may_miss, #gc))), optional: may_miss }
}

fn packed(option: &KeyValue, errors: &mut Errors) -> Option<TokenStream> {
    match option.text(errors)?.as_str() {
        "none" => Some(quote!(::kfp::__private::Archive::None)),
        "zip" => Some(quote!(::kfp::__private::Archive::Zip)),
        other => {
            let message = format!(
                "a file is not packed as `{other}`: write `\"none\"`, `\"zip\"`, or `compression_level = 9` for a tarball"
            );
            errors.at(&option.value, 321, message);
            None
        }
    }
}

fn input(tokens: TokenStream, errors: &mut Errors) -> FileOptions {
    let (mut mode, mut recurse, mut may_miss) = (None, false, false);
    for option in options::parse(tokens, &["mode", "recurse_mode", "optional"], &[], errors) {
        match option.key.to_string().as_str() {
            "mode" => mode = bits(&option, errors),
            "recurse_mode" => recurse = option.flag(errors).unwrap_or_default(),
            _ => may_miss = option.flag(errors).unwrap_or_default(),
        }
    }
    let mode = optional(mode);
    FileOptions { call: Some(quote!(.placed(#mode, #recurse, #may_miss))), optional: may_miss }
}

/// `0o755`, or another way to write it.
fn bits(option: &KeyValue, errors: &mut Errors) -> Option<u16> {
    if let Some(Expr::Lit(lit)) = &option.value
        && let Lit::Int(int) = &lit.lit
        && let Ok(bits) = int.base10_parse::<u16>()
        && bits <= 0o777
    {
        return Some(bits);
    }
    let message = "`mode` takes the permissions of a file, `0` to `0o777`: `mode = 0o755`";
    match &option.value {
        Some(value) => errors.at(value, 322, message),
        None => errors.at(&option.key, 322, message),
    }
    None
}
