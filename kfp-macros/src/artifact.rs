//! `#[derive(Artifact)]`.

use crate::errors::Errors;
use crate::options;
use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

pub(crate) fn expand(item: TokenStream) -> TokenStream {
    let input = match syn::parse2::<DeriveInput>(item) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error(),
    };
    let mut errors = Errors::default();
    let mut shown = input.ident.to_string();
    for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("artifact")) {
        let syn::Meta::List(list) = &attribute.meta else {
            errors.at(attribute, 3, "options are written `#[artifact(name = \"..\")]`");
            continue;
        };
        for option in options::parse(list.tokens.clone(), &["name"], &[], &mut errors) {
            shown = option.text(&mut errors).unwrap_or(shown);
        }
    }
    if !input.generics.params.is_empty() {
        errors.at(&input.generics, 15, "a type of artifact has no generics");
    }
    let name = &input.ident;
    let errors = errors.into_tokens();
    if !input.generics.params.is_empty() {
        return errors;
    }
    quote! {
        #errors
        #[automatically_derived]
        impl ::kfp::__private::Artifact for #name {
            const TYPE: &'static str = #shown;
            type Name = ::kfp::__private::Named<{ ::kfp::__private::name_hash(#shown) }>;
        }
    }
}
