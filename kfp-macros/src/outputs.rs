//! `#[derive(Outputs)]`.

use crate::errors::Errors;
use crate::keywords::{Keyword, Keywords};
use crate::literals;
use crate::options;
use crate::serde_names::Names;
use crate::signature::choose;
use proc_macro2::TokenStream;
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
    let kinds: Vec<_> = types.iter().map(|ty| choose(ty)).collect();
    let paths = paths.iter().map(|path| options::optional(path.as_ref()));
    let indices = 0..u32::try_from(names.len()).unwrap_or(0);
    let values = format_ident!("{}_fields", ident);
    let given = given(ident, fields, &names);
    let (given_names, start, given) = (given.names(), given.start(), given.expand());
    quote! {
        #[doc(hidden)]
        #[allow(non_camel_case_types, non_snake_case, private_interfaces, private_bounds, unused, clippy::all, clippy::pedantic)]
        const _: () = {
            #[derive(Clone, Copy)]
            #vis struct #values<'kfp> { #(pub #names: ::kfp::Value<'kfp, #types>,)* }
            impl ::kfp::__private::Outputs for #ident {
                type Fields<'kfp> = #values<'kfp>;
                fn declare() -> ::std::vec::Vec<::kfp::__private::OutputField> {
                    ::std::vec![#(::kfp::__private::OutputField {
                        name: #texts, json: #json, shape: <#kinds as ::kfp::__private::FieldKind<#types>>::shape(),
                        choices: <#kinds as ::kfp::__private::FieldKind<#types>>::choices(), path: #paths,
                    }),*]
                }
                fn fields(from: ::kfp::__private::FieldSource<'_>) -> Self::Fields<'_> {
                    #values { #(#names: from.field(#indices, #json, <#kinds as ::kfp::__private::FieldKind<#types>>::shape()),)* }
                }
                fn write(&self, invocation: &mut ::kfp::__private::Invocation)
                    -> ::core::result::Result<(), ::kfp::__private::InvocationFailure>
                {
                    #(<#kinds as ::kfp::__private::FieldKind<#types>>::write(&self.#names, #texts, invocation)?;)*
                    ::core::result::Result::Ok(())
                }
            }
            #given
            impl ::kfp::__private::Fillable for #ident {
                type Names = #given_names;
                fn names() -> #given_names { #start }
            }
        };
    }
}

/// The struct written with values at the end of a pipeline.
fn given<'a>(ident: &'a Ident, fields: &[&'a Field], names: &[&'a Ident]) -> Keywords<'a> {
    let keywords = fields.iter().zip(names).map(|(field, name)| {
        let ty = &field.ty;
        let bound = quote_spanned!(ty.span()=>
            ::kfp::__private::IntoField<'kfp, #ty, { ::kfp::__private::kind_of!(#ty) }>
        );
        Keyword { name, bound, defaulted: false, with: "with" }
    });
    Keywords {
        whole: ident,
        what: "output",
        keywords: keywords.collect(),
        list: (
            quote!(::kfp::__private::GivenOutputs<'kfp, #ident>),
            quote!(::kfp::__private::GivenOutputs::<'kfp, #ident>::new()),
        ),
        result: quote!(::kfp::__private::GivenOutputs<'kfp, #ident>),
        finish: quote!(list),
    }
}
