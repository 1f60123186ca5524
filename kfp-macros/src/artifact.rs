//! `#[derive(Artifact)]`.

use crate::errors::Errors;
use crate::options;
use kfp_grammar::component::TypeName;
use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, Ident};

pub(crate) fn expand(item: TokenStream) -> TokenStream {
    let input = match syn::parse2::<DeriveInput>(item) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error(),
    };
    let mut errors = Errors::default();
    let mut shown = input.ident.to_string();
    let mut properties = Vec::new();
    for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("artifact")) {
        let syn::Meta::List(list) = &attribute.meta else {
            errors.at(attribute, 3, "options are written `#[artifact(name = \"..\")]`");
            continue;
        };
        for option in options::parse(list.tokens.clone(), &["name", "properties"], &[], &mut errors) {
            if option.key == "properties" {
                let pairs = option.pairs(&mut errors).unwrap_or_default();
                let text = |expr| options::literal(expr).map(syn::LitStr::value);
                properties.extend(pairs.into_iter().filter_map(|pair| Some((text(&pair[0])?, text(&pair[1])?))));
            } else {
                shown = option.text(&mut errors).unwrap_or(shown);
            }
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
    let artifact = artifact(name, &TypeName::with_texts(&shown, properties));
    quote! {
        #errors
        #artifact
    }
}

/// Makes an item a type of artifact. One with properties takes the types whose properties it has.
pub(crate) fn artifact(item: &Ident, name: &TypeName) -> TokenStream {
    let (shown, whole) = (&name.name, named(&name.text()));
    let (takes, own) = match name.properties.is_empty() {
        true => (quote!(Self::Name), TokenStream::new()),
        false => (quote!(Takes), takes(name)),
    };
    quote! {
        #[doc(hidden)]
        const _: () = {
            #own
            #[automatically_derived]
            impl ::kfp::__private::Artifact for #item {
                const TYPE: &'static str = #shown;
                type Name = #whole;
                type Takes = #takes;
            }
        };
    }
}

/// `Takes`: what fits where a type with properties is wanted.
pub(crate) fn takes(name: &TypeName) -> TokenStream {
    let fitting = name.fitting();
    let fitting = fitting.iter().map(|text| named(text));
    quote! {
        pub enum Takes {}
        impl ::kfp::__private::Accepts<::kfp::__private::Unnamed> for Takes {}
        #(impl ::kfp::__private::Accepts<#fitting> for Takes {})*
    }
}

fn named(text: &str) -> TokenStream {
    quote!(::kfp::__private::Named<{ ::kfp::__private::name_hash(#text) }>)
}
