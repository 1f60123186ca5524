//! What an imported component expands to: the enum that a call finds everything by.

use super::docs::docs;
use super::interface::{Input, Interface, Is, Output};
use super::{Import, Loaded};
use crate::artifact::{artifact, takes};
use crate::keywords::{Keyword, Keywords};
use crate::signature;
use kfp_grammar::component::{Implementation, TypeName};
use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::Ident;
use syn::ext::IdentExt;

pub(super) fn component(import: &Import, loaded: &Loaded, interface: &Interface) -> TokenStream {
    let Import { attributes, vis, name, .. } = import;
    let docs = docs(import, loaded, interface);
    let keywords = keywords(name, interface).expand();
    let (call, handle) = (positional(name, interface), signature::enum_at(name));
    let artifacts = interface.types.iter().map(|(ident, name)| match name.is_of_text() {
        true => text_type(ident, name),
        false => {
            let artifact = artifact(ident, name);
            quote! {
                pub enum #ident {}
                #artifact
            }
        }
    });
    let types = interface.inputs.iter().filter(|_| has_types(interface)).map(|input| {
        let (index, ty) = (input.index, &input.ty);
        quote!(impl ::kfp::__private::InputType<#index> for #name { type Type = #ty; })
    });
    let defaults = crate::component::defaults(name, interface.inputs.iter().map(|input| input.may_be_left_out));
    let mut statics = Statics { import, list: Vec::new() };
    let file = statics.add(loaded);
    let statics = statics.list;
    let (fields, outputs, returned, make) = outputs(import, interface);
    let pod = matches!(loaded.component.implementation, Implementation::Container(_))
        .then(|| quote!(impl ::kfp::__private::PodTask for #name {}));
    quote! {
        #[doc = #docs]
        #(#attributes)*
        #[allow(non_camel_case_types)]
        #vis #handle
        #call
        #[allow(warnings, unused, nonstandard_style, clippy::all, clippy::pedantic)]
        const _: () = {
            use ::kfp::__private::{self as __kfp, Keywords as _};
            pub mod types { #(#artifacts)* }
            #(#statics)*
            #keywords
            #fields
            #(#types)*
            #defaults
            impl ::kfp::__private::Operation for #name {
                type Outputs<'kfp> = #outputs;
                type Returned = #returned;
                fn target(_: &::kfp::__private::Builder) -> ::kfp::__private::Target {
                    ::core::unreachable!("it depends on the arguments")
                }
                fn instance(
                    builder: &::kfp::__private::Builder,
                    args: ::kfp::__private::Args,
                    place: ::kfp::__private::Place,
                ) -> (::kfp::__private::Target, ::kfp::__private::Args) {
                    #file.instance(builder, args, place)
                }
                fn outputs(node: ::kfp::__private::Handle<'_>) -> Self::Outputs<'_> { #make }
            }
            #pod
        };
    }
}

/// A type of texts with properties: it takes the types whose properties it has.
fn text_type(ident: &Ident, name: &TypeName) -> TokenStream {
    let (takes, text) = (takes(name), name.text());
    quote! {
        pub enum #ident {}
        const _: () = {
            #takes
            impl ::kfp::__private::Declared for #ident {
                type Takes = Takes;
            }
            impl ::kfp::__private::TextType for #ident {
                type Is = ::kfp::__private::Named<{ ::kfp::__private::name_hash(#text) }>;
            }
        };
    }
}

/// The files, those that others refer to first.
struct Statics<'a> {
    import: &'a Import,
    list: Vec<TokenStream>,
}

impl Statics<'_> {
    fn add(&mut self, loaded: &Loaded) -> Ident {
        let files: Vec<TokenStream> = loaded
            .files
            .iter()
            .map(|(url, loaded)| {
                let file = self.add(loaded);
                quote!((#url, &#file))
            })
            .collect();
        let ident = format_ident!("__FILE_{}", self.list.len());
        let (name, text) = (self.import.name.unraw().to_string(), &loaded.text);
        let place = signature::place(self.import.name.span());
        self.list.push(quote! {
            static #ident: ::kfp::__private::Imported =
                ::kfp::__private::Imported::new(#name, #place, #text, &[#(#files),*]);
        });
        ident
    }
}

/// Whether it has types besides KFP's own.
fn has_types(interface: &Interface) -> bool {
    !interface.types.is_empty()
}

/// What an input takes.
fn bound(input: &Input, ty: &TokenStream, span: proc_macro2::Span) -> TokenStream {
    let default = if input.may_be_left_out { quote!(Optional) } else { quote!(Required) };
    let bound = if input.is_file { quote!(IntoFile) } else { quote!(IntoImported) };
    quote_spanned!(span=> ::kfp::__private::#bound<'kfp, #ty, ::kfp::__private::#default>)
}

/// The inputs in the order of the arguments, which is not that of the call.
fn by_index(interface: &Interface) -> Vec<&Input> {
    let mut inputs: Vec<&Input> = interface.inputs.iter().collect();
    inputs.sort_by_key(|input| input.index);
    inputs
}

fn positional(name: &Ident, interface: &Interface) -> TokenStream {
    // Beside the enum, so that rustc names it as `train::call`; the types of the file are inside.
    let bounds = interface.inputs.iter().map(|input| {
        let (index, ty) = (input.index, &input.ty);
        let ty = match has_types(interface) {
            true => quote!(<#name as ::kfp::__private::InputType<#index>>::Type),
            false => ty.clone(),
        };
        (&input.name, bound(input, &ty, name.span()))
    });
    let bounds: Vec<_> = bounds.collect();
    let order: Vec<&Ident> = by_index(interface).iter().map(|input| &input.name).collect();
    crate::component::call(name, &bounds, &order)
}

fn keywords<'a>(name: &'a Ident, interface: &'a Interface) -> Keywords<'a> {
    let keywords =
        by_index(interface).into_iter().map(|Input { name, index, ty, is_file, may_be_left_out, .. }| {
            let (text, index) = (name.unraw().to_string(), proc_macro2::Literal::usize_unsuffixed(*index));
            let kind = if *is_file { quote!(FileType) } else { quote!(ImportedType) };
            let left_out = may_be_left_out.then(|| quote!(.or_nothing()));
            Keyword {
                name,
                defaulted: *may_be_left_out,
                kind: quote!(__kfp::#kind<#ty>),
                value: quote!(__kfp::#kind::<#ty>::named(#index, #text) #left_out),
            }
        });
    Keywords { whole: name, what: "input", keywords: keywords.collect() }
}

/// The struct of its outputs, its type, what they are as a whole, and how they are made.
fn outputs(import: &Import, interface: &Interface) -> (TokenStream, TokenStream, TokenStream, TokenStream) {
    let (vis, outputs) = (&import.vis, &interface.outputs);
    let returned = match &outputs[..] {
        [] => quote!(::kfp::__private::Nothing),
        [Output { ty, is, .. }] => {
            let one = match is {
                Is::File => quote!(OneArtifact),
                Is::Content => quote!(OneContent),
            };
            quote!(::kfp::__private::#one<#ty>)
        }
        _ => quote!(::kfp::__private::Several),
    };
    if outputs.is_empty() {
        let fields = quote!(::kfp::__private::NoFields);
        return (quote!(), fields.clone(), returned, fields);
    }
    let name = format_ident!("{}_outputs", import.name.unraw());
    let mut fields: Vec<TokenStream> = Vec::new();
    let mut values: Vec<TokenStream> = Vec::new();
    for (index, Output { name, ty, is, .. }) in outputs.iter().enumerate() {
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        let make = match is {
            Is::File => quote!(artifact),
            Is::Content => quote!(content),
        };
        fields.push(quote!(pub #name: ::kfp::Value<'kfp, #ty>));
        values.push(quote!(#name: node.#make::<#ty>(#index)));
        // As in KFP, the only output has that name too.
        if outputs.len() == 1 && name != "output" {
            fields.push(quote!(pub output: ::kfp::Value<'kfp, #ty>));
            values.push(quote!(output: node.#make::<#ty>(#index)));
        }
    }
    let declared = quote! {
        #[derive(Clone, Copy)]
        #vis struct #name<'kfp> { #(#fields,)* }
    };
    (declared, quote!(#name<'kfp>), returned, quote!(#name { #(#values,)* }).to_token_stream())
}
