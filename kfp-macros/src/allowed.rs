//! `#[kfp::allow(KFP208)]`: a warning that is meant.

use crate::errors::Errors;
use kfp_grammar::Code;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Attribute, FnArg, ItemFn, Token};

/// Takes the attribute off, and gives what it allows in the stretch of source that these tokens are.
pub(crate) fn take(attributes: &mut Vec<Attribute>, within: impl ToTokens, errors: &mut Errors) -> Vec<TokenStream> {
    let mut codes = Vec::new();
    attributes.retain(|attribute| {
        let is_ours = is_allow(attribute);
        if is_ours {
            codes.extend(read(attribute, errors));
        }
        !is_ours
    });
    if codes.is_empty() { Vec::new() } else { stretch(&codes, within) }
}

/// What a function and its parameters allow.
pub(crate) fn take_from_function(function: &mut ItemFn, errors: &mut Errors) -> Vec<TokenStream> {
    let whole = function.to_token_stream();
    let mut allowed = take(&mut function.attrs, whole, errors);
    for input in &mut function.sig.inputs {
        if let FnArg::Typed(typed) = input {
            let param = typed.to_token_stream();
            allowed.extend(take(&mut typed.attrs, param, errors));
        }
    }
    allowed
}

/// These codes in the stretch of source that these tokens are.
pub(crate) fn stretch(codes: &[u16], within: impl ToTokens) -> Vec<TokenStream> {
    let spans: Vec<Span> = within.to_token_stream().into_iter().map(|token| token.span()).collect();
    let (Some(first), Some(last)) = (spans.first(), spans.last()) else { return Vec::new() };
    let (from, to) = (crate::signature::place(*first), last.end());
    let (line, column) = (u32::try_from(to.line).unwrap_or(0), u32::try_from(to.column + 1).unwrap_or(0));
    let allow = |code| quote!(::kfp::__private::allowed(#code, #from, (#line, #column)));
    codes.iter().map(allow).collect()
}

/// Says so to the graph that is being built.
pub(crate) fn note(builder: &TokenStream, allowed: &[TokenStream]) -> TokenStream {
    if allowed.is_empty() { quote!() } else { quote!(#builder.allow(&[#(#allowed),*]);) }
}

/// Moves the attribute below `#[component]` or `#[pipeline]`, which read it.
pub(crate) fn expand(attribute: &TokenStream, item: &TokenStream) -> TokenStream {
    let reads = |attribute: &Attribute| {
        let last = attribute.path().segments.last();
        last.is_some_and(|last| last.ident == "component" || last.ident == "pipeline")
    };
    match syn::parse2::<ItemFn>(item.clone()) {
        Ok(mut function) if function.attrs.iter().any(reads) => {
            function.attrs.push(syn::parse_quote!(#[kfp::allow(#attribute)]));
            quote!(#function)
        }
        _ => {
            let message = "`#[kfp::allow(..)]` stands on a component, a pipeline, or a statement of one";
            let mut errors = Errors::default();
            errors.at_span(Span::call_site(), 26, message);
            let errors = errors.into_tokens();
            quote!(#errors #item)
        }
    }
}

fn is_allow(attribute: &Attribute) -> bool {
    attribute.path().segments.iter().map(|segment| segment.ident.to_string()).eq(["kfp", "allow"])
}

fn read(attribute: &Attribute, errors: &mut Errors) -> Vec<u16> {
    let names = attribute.meta.require_list().and_then(|list| {
        let parser = Punctuated::<Ident, Token![,]>::parse_terminated;
        parser.parse2(list.tokens.clone())
    });
    let names = match names {
        Ok(names) if !names.is_empty() => names,
        _ => {
            errors.at(attribute, 24, "a warning is allowed by its code: `#[kfp::allow(KFP220)]`");
            return Vec::new();
        }
    };
    names.iter().filter_map(|name| code(name, errors)).collect()
}

fn code(name: &Ident, errors: &mut Errors) -> Option<u16> {
    let text = name.to_string();
    match text.parse::<Code>() {
        Ok(code) if code.is_warning() => return Some(code.0),
        Ok(code) if !code.title().is_empty() => {
            let message =
                format!("`{text}`, {}, is an error and cannot be allowed: mend what it stands at", code.title());
            errors.at(name, 25, message);
        }
        _ => {
            errors.at(name, 25, format!("there is no code `{text}`; take the one that the warning shows, as `KFP220`"));
        }
    }
    None
}
