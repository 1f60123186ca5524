//! Keyword arguments: a list whose type says which inputs have been given.
//!
//! ```text
//! { let inputs = draw::__inputs();
//!   inputs.low.takes(inputs.none(), 3).all() }
//! ```
//!
//! Each keyword is a field, so that rustc says of an unknown one which there are; what takes its value has a type without
//! parameters, so that rustc names it as `low_of_draw::takes`.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
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

/// The keywords of a component, a pipeline, a struct of outputs.
pub(crate) struct Keywords<'a> {
    /// Whose they are.
    pub(crate) whole: &'a Ident,
    /// What each is: `input`, `output`.
    pub(crate) what: &'static str,
    pub(crate) keywords: Vec<Keyword<'a>>,
    /// The type of the arguments and how they are made: `ArgList<'kfp>`, `ArgList::new(3)`.
    pub(crate) list: (TokenStream, TokenStream),
    /// What all of them give.
    pub(crate) result: TokenStream,
    /// The expression that gives it, of `list`.
    pub(crate) finish: TokenStream,
}

/// A call by keywords: each with its name and its lowered value.
pub(crate) fn call(start: &TokenStream, span: Span, given: &[(Ident, TokenStream)]) -> TokenStream {
    let inputs = crate::pipeline::hidden("inputs", span);
    let list = list_of(&inputs, span, given);
    // A plain name, so that what is missing is shown at the call. It is bound when the user's expressions are behind.
    let given = Ident::new("given", span);
    quote_spanned!(span=> { let #inputs = #start; let #given = #list; #inputs.all(#given) })
}

/// The same, of a call that is wrong: whether all are given is not asked.
pub(crate) fn list(start: &TokenStream, span: Span, given: &[(Ident, TokenStream)]) -> TokenStream {
    let inputs = crate::pipeline::hidden("inputs", span);
    let list = list_of(&inputs, span, given);
    quote_spanned!(span=> let #inputs = #start; let _ = #list)
}

fn list_of(inputs: &Ident, span: Span, given: &[(Ident, TokenStream)]) -> TokenStream {
    let none = quote_spanned!(span=> #inputs.none());
    given.iter().fold(none, |list, (name, value)| {
        let takes = Ident::new("takes", name.span());
        let mut arguments = proc_macro2::Group::new(proc_macro2::Delimiter::Parenthesis, quote!(#list, #value));
        arguments.set_span(span);
        let dot = quote_spanned!(span=> .);
        quote!(#inputs #dot #name #dot #takes #arguments)
    })
}

impl Keywords<'_> {
    /// The struct with a field for each keyword.
    pub(crate) fn names(&self) -> Ident {
        format_ident!("{}s_of_{}", self.what, self.whole.unraw())
    }

    /// The value of that struct.
    pub(crate) fn start(&self) -> TokenStream {
        let names = self.names();
        let keys = self.keywords.iter().map(|keyword| {
            let (name, key) = (keyword.name, self.key(keyword));
            quote!(#name: #key)
        });
        quote!(#names { #(#keys),* })
    }

    fn key(&self, keyword: &Keyword<'_>) -> Ident {
        format_ident!("{}_of_{}", keyword.name.unraw(), self.whole.unraw())
    }

    fn needs(&self, keyword: &Keyword<'_>) -> Ident {
        format_ident!("{}_needs_{}", self.whole.unraw(), keyword.name.unraw())
    }

    fn given(&self) -> Ident {
        format_ident!("given_to_{}", self.whole.unraw())
    }

    pub(crate) fn expand(&self) -> TokenStream {
        let Self { keywords, list: (list, new), result, finish, .. } = self;
        let (names, given) = (self.names(), self.given());
        let states: Vec<Ident> = (0..keywords.len()).map(|index| format_ident!("State{index}")).collect();
        let traits = keywords.iter().map(|keyword| self.needed(keyword));
        let fields = keywords.iter().map(|keyword| {
            let (name, key) = (keyword.name, self.key(keyword));
            quote!(pub #name: #key)
        });
        let keys = keywords.iter().enumerate().map(|(index, keyword)| self.takes(index, keyword, &states));
        let start = keywords.iter().map(|keyword| match keyword.defaulted {
            true => quote!(::kfp::__private::Defaulted),
            false => quote!(::kfp::__private::NotGiven),
        });
        let bounds = keywords.iter().zip(&states).map(|(keyword, state)| {
            let mut needed = self.needs(keyword);
            needed.set_span(keyword.name.span());
            quote_spanned!(keyword.name.span()=> #state: #needed)
        });
        let all = Ident::new("all", self.whole.span());
        quote! {
            #(#traits)*
            pub struct #given<'kfp, #(#states),*>(#list, ::core::marker::PhantomData<(#(#states,)*)>);
            pub struct #names { #(#fields),* }
            #(#keys)*
            impl #names {
                pub fn none<'kfp>(&self) -> #given<'kfp, #(#start),*> { #given(#new, ::core::marker::PhantomData) }
                pub fn #all<'kfp, #(#states),*>(&self, given: #given<'kfp, #(#states),*>) -> #result where #(#bounds),* {
                    let list = given.0;
                    #finish
                }
            }
        }
    }

    /// The trait of an input that has to be given.
    fn needed(&self, keyword: &Keyword<'_>) -> TokenStream {
        let (what, whole, needed) = (self.what, self.whole.unraw(), self.needs(keyword));
        let text = keyword.name.unraw();
        let message = crate::errors::text(108, &format!("the {what} `{text}` of `{whole}` is missing"));
        let label = format!("add `{text} = ..`");
        quote! {
            #[diagnostic::on_unimplemented(message = #message, label = #label)]
            pub trait #needed {}
            #[diagnostic::do_not_recommend]
            impl #needed for ::kfp::__private::Given {}
            #[diagnostic::do_not_recommend]
            impl #needed for ::kfp::__private::Defaulted {}
        }
    }

    /// What takes the value of a keyword.
    fn takes(&self, index: usize, keyword: &Keyword<'_>, states: &[Ident]) -> TokenStream {
        let (key, given, with) = (self.key(keyword), self.given(), format_ident!("{}", keyword.with));
        let (name, bound) = (keyword.name, &keyword.bound);
        let after = states.iter().enumerate().map(|(at, state)| match at == index {
            true => quote!(::kfp::__private::Given),
            false => quote!(#state),
        });
        let takes = Ident::new("takes", name.span());
        // An input may be called so.
        let list = crate::pipeline::hidden("given", Span::call_site());
        quote! {
            pub struct #key;
            impl #key {
                pub fn #takes<'kfp, #(#states),*>(
                    &self,
                    #list: #given<'kfp, #(#states),*>,
                    #name: impl #bound,
                ) -> #given<'kfp, #(#after),*> {
                    #given(#list.0.#with(#index, #name), ::core::marker::PhantomData)
                }
            }
        }
    }
}
