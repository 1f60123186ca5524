//! `#[derive(Outputs)]`.

use crate::errors::Errors;
use crate::keywords::{Keyword, Keywords};
use crate::literals;
use crate::options;
use crate::serde_names::Names;
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Field, Fields, Ident};

pub(crate) fn expand(item: TokenStream) -> TokenStream {
    let input = match syn::parse2::<DeriveInput>(item) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error(),
    };
    let mut errors = Errors::default();
    if !input.generics.params.is_empty() {
        errors.at(&input.generics, 15, "a struct of outputs has no generics");
    }
    let fields: Vec<&Field> = match &input.data {
        Data::Struct(data) if let Fields::Named(named) = &data.fields => named.named.iter().collect(),
        _ => {
            errors.at(&input.ident, 22, "`Outputs` is for structs with named fields: each field is an output");
            Vec::new()
        }
    };
    // A wrong option leaves the fields known, so that their uses are no errors of their own.
    let mut option_errors = Errors::default();
    let paths: Vec<Option<String>> = fields.iter().map(|field| path(field, &mut option_errors)).collect();
    let names = Names::of(&input.attrs, &mut errors);
    let json: Vec<String> = fields.iter().map(|field| names.field(field, &mut errors)).collect();
    let derived = if errors.is_empty() { derive(&input, &fields, &paths, &json) } else { quote!() };
    let (option_errors, errors) = (option_errors.into_tokens(), errors.into_tokens());
    quote!(#option_errors #errors #derived)
}

/// `#[output(path = "..")]` or `#[output(json_path = "..")]`.
fn path(field: &Field, errors: &mut Errors) -> Option<String> {
    let mut found = None;
    for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("output")) {
        let syn::Meta::List(list) = &attribute.meta else {
            errors.at(attribute, 3, "options are written `#[output(path = \"..\")]`");
            continue;
        };
        for option in options::parse(list.tokens.clone(), &["path", "json_path"], &[], errors) {
            found = option.text(errors);
            literals::check_option(&option, errors);
        }
    }
    found
}

fn derive(input: &DeriveInput, fields: &[&Field], paths: &[Option<String>], json: &[String]) -> TokenStream {
    let (ident, vis) = (&input.ident, &input.vis);
    let names: Vec<&Ident> = fields.iter().filter_map(|field| field.ident.as_ref()).collect();
    let texts: Vec<String> = names.iter().map(|name| name.unraw().to_string()).collect();
    let types: Vec<_> = fields.iter().map(|field| &field.ty).collect();
    let kinds: Vec<_> = (0..types.len()).map(|index| format_ident!("__KIND_{index}")).collect();
    let paths = paths.iter().map(|path| path.as_ref().map(|path| quote!(.at(#path))));
    let indices = (0..names.len()).map(Literal::usize_unsuffixed);
    let values = format_ident!("{}_fields", ident);
    let keywords = names.iter().zip(&texts).zip(types.iter().zip(&kinds)).enumerate().map(
        |(index, ((&name, text), (ty, kind)))| {
            let index = Literal::usize_unsuffixed(index);
            let field = quote_spanned!(ty.span()=> __kfp::FieldType<#ty, #kind>);
            Keyword { name, value: quote!(<#field>::named(#index, #text)), kind: field, defaulted: false }
        },
    );
    let keywords = Keywords { whole: ident, what: "output", keywords: keywords.collect() }.expand();
    quote! {
        #[allow(warnings, unused, nonstandard_style, clippy::all, clippy::pedantic)]
        const _: () = {
            use ::kfp::__private::{self as __kfp, Keywords as _, Otherwise as _, Probe as __Is};
            #(const #kinds: u8 = __Is::<#types>::ARTIFACT;)*
            #vis struct #values<'kfp> { #(pub #names: ::kfp::Value<'kfp, #types>,)* }
            impl ::core::clone::Clone for #values<'_> {
                fn clone(&self) -> Self { *self }
            }
            impl ::core::marker::Copy for #values<'_> {}
            impl __kfp::Outputs for #ident {
                type Fields<'kfp> = #values<'kfp>;
                fn declare() -> ::std::vec::Vec<__kfp::OutputField> {
                    ::std::vec::Vec::from([#(__kfp::OutputField::of::<#types, #kinds>(#texts, #json) #paths),*])
                }
                fn fields(from: __kfp::FieldSource<'_>) -> Self::Fields<'_> {
                    #values { #(#names: from.field::<#types, #kinds>(#indices, #json)),* }
                }
                fn write(&self, invocation: &mut __kfp::Invocation) -> __kfp::Ran {
                    #(__kfp::write_field::<#types, #kinds>(&self.#names, #texts, invocation)?;)*
                    ::core::result::Result::Ok(())
                }
            }
            #keywords
        };
    }
}
