//! Keyword arguments: a struct whose type says which inputs have been given.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;
use syn::ext::IdentExt;

/// One keyword.
pub(crate) struct Keyword<'a> {
    /// Its name.
    pub(crate) name: &'a Ident,
    /// The bound of what it takes.
    pub(crate) bound: TokenStream,
    /// Whether it may be left out.
    pub(crate) defaulted: bool,
    /// The method of the list that takes it.
    pub(crate) with: &'static str,
}

/// The struct `name` with a method for each keyword; `finish` turns its arguments into what `result` says.
pub(crate) struct Keywords<'a> {
    pub(crate) name: Ident,
    pub(crate) keywords: Vec<Keyword<'a>>,
    /// What the keywords are, for the error of a missing one: ``the input `{}` of `fit` is missing``.
    pub(crate) missing: (&'static str, String),
    /// The type of the arguments and how they are made: `ArgList<'kfp>`, `ArgList::new(3)`.
    pub(crate) list: (TokenStream, TokenStream),
    /// What `__done` gives.
    pub(crate) result: TokenStream,
    /// The expression that gives it, of `list`.
    pub(crate) finish: TokenStream,
}

impl Keywords<'_> {
    /// The type before any keyword was given.
    pub(crate) fn start_type(&self) -> TokenStream {
        let name = &self.name;
        let states = self.keywords.iter().map(|keyword| match keyword.defaulted {
            true => quote!(::kfp::__private::Defaulted),
            false => quote!(::kfp::__private::Missing),
        });
        quote!(#name<'kfp, #(#states),*>)
    }

    /// The value before any keyword was given.
    pub(crate) fn start(&self) -> TokenStream {
        let (name, (_, new)) = (&self.name, &self.list);
        quote!(#name(#new, ::core::marker::PhantomData))
    }

    pub(crate) fn expand(&self) -> TokenStream {
        let Self { name, keywords, missing: (what, whole), list: (list, _), result, finish } = self;
        let states: Vec<Ident> = (0..keywords.len()).map(|index| format_ident!("__State{index}")).collect();
        let names = keywords.iter().map(|keyword| {
            let keyword = keyword.name;
            let text = keyword.unraw();
            let message = crate::errors::text(108, &format!("the {what} `{text}` of `{whole}` is missing"));
            let label = format!("add `{text} = ..`");
            quote! {
                #[diagnostic::on_unimplemented(message = #message, label = #label)]
                pub trait #keyword {}
                #[diagnostic::do_not_recommend]
                impl #keyword for ::kfp::__private::Given {}
                #[diagnostic::do_not_recommend]
                impl #keyword for ::kfp::__private::Defaulted {}
            }
        });
        let bounds = keywords.iter().zip(&states).map(|(keyword, state)| {
            let keyword = keyword.name;
            quote!(#state: __names::#keyword)
        });
        let methods = keywords.iter().enumerate().map(|(index, Keyword { name: keyword, bound, with, .. })| {
            let with = format_ident!("{with}");
            let given = states.iter().enumerate().map(|(at, state)| match at == index {
                true => quote!(::kfp::__private::Given),
                false => quote!(#state),
            });
            quote! {
                pub fn #keyword(self, #keyword: impl #bound) -> #name<'kfp, #(#given),*> {
                    #name(self.0.#with(#index, #keyword), ::core::marker::PhantomData)
                }
            }
        });
        quote! {
            pub mod __names { #(#names)* }
            pub struct #name<'kfp, #(#states),*>(#list, ::core::marker::PhantomData<(#(#states,)*)>);
            impl<'kfp, #(#states),*> #name<'kfp, #(#states),*> {
                #(#methods)*
                pub fn __done(self) -> #result where #(#bounds),* {
                    let list = self.0;
                    #finish
                }
            }
        }
    }
}
