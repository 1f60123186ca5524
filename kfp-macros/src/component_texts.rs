//! Options of `#[component]` whose text may name inputs in braces: `mutex = "writer-{shard}"`.

use crate::errors::Errors;
use crate::options::{KeyValue, list_of};
use crate::signature::{Param, ParamKind};
use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

/// Each option, and the method that it stands for.
pub(crate) const METHODS: &[(&str, &str)] = &[
    ("mutex", "add_mutex"),
    ("service_account", "set_service_account"),
    ("priority_class", "set_priority_class"),
    ("deadline", "set_deadline"),
];

/// An option.
pub(crate) struct TextOption {
    method: &'static str,
    text: String,
    span: proc_macro2::Span,
}

/// Reads one of them; none if it is another.
pub(crate) fn read(option: &KeyValue, errors: &mut Errors) -> Option<TextOption> {
    let (_, method) = METHODS.iter().find(|(key, _)| option.key == key)?;
    let span = option.value.as_ref().map_or_else(|| option.key.span(), Spanned::span);
    Some(TextOption { method, text: option.text(errors)?, span })
}

impl TextOption {
    /// The call of its method.
    pub(crate) fn call(&self, params: &[Param], errors: &mut Errors) -> TokenStream {
        let inputs: Vec<&Param> = params.iter().filter(|param| matches!(param.kind, ParamKind::Value)).collect();
        let mut given = Vec::new();
        for name in names(&self.text) {
            match inputs.iter().find(|param| param.text() == name) {
                Some(param) => {
                    let (ident, ty) = (format_ident!("{name}"), &param.ty);
                    given.push(quote!(#ident = ::kfp::Arg::<#ty>::input(#name)));
                }
                None => {
                    let known: Vec<String> = inputs.iter().map(|param| param.text()).collect();
                    let known: Vec<&str> = known.iter().map(String::as_str).collect();
                    let known = if known.is_empty() {
                        "there is none".to_owned()
                    } else {
                        format!("there is {}", list_of(&known))
                    };
                    let message = format!("`{{{name}}}` names no input that travels by value; {known}");
                    errors.at_span(self.span, 87, message);
                    return quote!();
                }
            }
        }
        let (method, text) = (format_ident!("{}", self.method), &self.text);
        let span = self.span;
        quote_spanned!(span=> .#method(::std::format!(#text #(, #given)*)))
    }
}

/// The names in braces, each once.
fn names(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        rest = &rest[open + 1..];
        if let Some(escaped) = rest.strip_prefix('{') {
            rest = escaped;
        } else if let Some(close) = rest.find('}') {
            let name = rest[..close].to_owned();
            if !names.contains(&name) {
                names.push(name);
            }
            rest = &rest[close + 1..];
        }
    }
    names
}
