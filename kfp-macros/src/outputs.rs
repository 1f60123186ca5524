//! `#[derive(Outputs)]`.

use crate::errors::Errors;
use crate::keywords::{Keyword, Keywords};
use crate::literals;
use crate::options;
use crate::serde_names::Names;
use crate::signature;
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Field, Fields, Ident, Type};

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

/// The types of fields, and what asks of those that may not travel: once, so that it is one error.
fn asked(types: &[&Type]) -> (Vec<TokenStream>, Vec<TokenStream>) {
    let (mut known, mut asked) = (Vec::new(), Vec::new());
    for (index, ty) in types.iter().enumerate() {
        if signature::travels(ty) {
            known.push(quote!(#ty));
            continue;
        }
        let (kind, name) = (format_ident!("__KIND_{index}"), format_ident!("__Type_{index}", span = ty.span()));
        asked.push(quote_spanned! {ty.span()=>
            type #name = <[(); { <<__kfp::Kind<#kind> as __kfp::Fit<#ty>>::ByValue as __kfp::ByValue>::FITS; 0 }]
                as __kfp::Answer<#ty>>::Type;
        });
        known.push(quote!(#name));
    }
    (known, asked)
}

fn derive(input: &DeriveInput, fields: &[&Field], paths: &[Option<String>], json: &[String]) -> TokenStream {
    let (ident, vis) = (&input.ident, &input.vis);
    let names: Vec<&Ident> = fields.iter().filter_map(|field| field.ident.as_ref()).collect();
    let texts: Vec<String> = names.iter().map(|name| name.unraw().to_string()).collect();
    let types: Vec<&Type> = fields.iter().map(|field| &field.ty).collect();
    let declared = types.clone();
    let (types, asked) = asked(&types);
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
            #(const #kinds: u8 = __Is::<#declared>::ARTIFACT;)*
            #(#asked)*
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
