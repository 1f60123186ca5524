//! Keyword arguments: a struct with a field for each, of which the library makes what takes them
//! (`kfp-core/src/dsl/keyword.rs`).

use proc_macro2::{Literal, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{Ident, Path};

/// One keyword: its name, its type and its value (both without `Keyword<..>`).
pub(crate) struct Keyword<'a> {
    pub(crate) name: &'a Ident,
    /// What is passed for it: `ParamType<i64>`.
    pub(crate) kind: TokenStream,
    /// What is declared of it, a constant.
    pub(crate) value: TokenStream,
    /// Whether it may be left out.
    pub(crate) defaulted: bool,
}

/// The keywords of a component, a pipeline, a struct of outputs.
pub(crate) struct Keywords<'a> {
    /// Whose they are.
    pub(crate) whole: &'a Ident,
    /// What each is: `input`, `output`.
    pub(crate) what: &'static str,
    pub(crate) keywords: Vec<Keyword<'a>>,
}

/// How many missing ones are said at once.
const SAID: usize = 3;

/// What is called by keywords: whose they are, and the empty list of arguments.
pub(crate) struct Called<'a> {
    pub(crate) path: &'a Path,
    pub(crate) begin: TokenStream,
}

impl Called<'_> {
    /// The list of arguments, and that none is missing. The span is that of the name of what is called.
    pub(crate) fn call(&self, span: Span, given: &[(Ident, TokenStream)]) -> TokenStream {
        let (list, path) = (self.list(span, given), self.path);
        let keywords = quote_spanned!(span=> <#path as __kfp::Keywords>);
        let given = given.iter().map(|(name, _)| quote_spanned!(span=> #keywords::NAMES.#name.spec.index));
        let asked = (0..SAID).map(|skipped| {
            let missing = quote_spanned!(span=> { __kfp::missing(#keywords::LIST, GIVEN, #skipped) });
            quote_spanned!(span=> <#path as __kfp::MayLack<#missing, __kfp::NotGiven>>::ask();)
        });
        quote_spanned!(span=> {
            {
                const GIVEN: &[usize] = &[#(#given),*];
                #(#asked)*
            }
            #list
        })
    }

    /// The list of arguments.
    pub(crate) fn list(&self, span: Span, given: &[(Ident, TokenStream)]) -> TokenStream {
        let (path, begin) = (self.path, &self.begin);
        let names = crate::pipeline::hidden("names", span);
        let list = given.iter().fold(begin.clone(), |list, (name, value)| {
            let takes = Ident::new("takes", name.span());
            let mut arguments = proc_macro2::Group::new(proc_macro2::Delimiter::Parenthesis, quote!(#list, #value));
            arguments.set_span(span);
            let dot = quote_spanned!(span=> .);
            quote!(#names #dot #name #dot #takes #arguments)
        });
        quote_spanned!(span=> { let #names = <#path as __kfp::Keywords>::NAMES; #list })
    }
}

impl Keywords<'_> {
    /// What stands beside the type whose they are. In a block in which `__kfp` is the library.
    pub(crate) fn expand(&self) -> TokenStream {
        let (whole, (beside, members)) = (self.whole, self.parts());
        quote! {
            #beside
            #[diagnostic::do_not_recommend]
            impl __kfp::Keywords for #whole { #members }
        }
    }

    /// What stands beside an implementation, the struct among it, and what stands in it.
    pub(crate) fn parts(&self) -> (TokenStream, TokenStream) {
        let whole = self.whole;
        let needed = self.keywords.iter().enumerate().filter(|(_, keyword)| !keyword.defaulted);
        let needed = needed.map(|(index, keyword)| self.needed(index, keyword.name));
        let names = format_ident!("{}s_of_{}", self.what, whole.unraw());
        let fields = self.keywords.iter().map(|Keyword { name, kind, .. }| quote!(pub #name: __kfp::Keyword<#kind>));
        let values = self.keywords.iter().map(|Keyword { name, value, .. }| quote!(#name: #value));
        let list = self.keywords.iter().map(|Keyword { name, .. }| quote!(&Self::NAMES.#name.spec));
        let beside = quote! {
            #(#needed)*
            pub struct #names { #(#fields),* }
        };
        let members = quote! {
            type Names = #names;
            const NAMES: #names = #names { #(#values),* };
            const LIST: __kfp::KeywordList = &[#(#list),*];
        };
        (beside, members)
    }

    /// What says that one is missing.
    fn needed(&self, index: usize, name: &Ident) -> TokenStream {
        let (what, whole, text, index) = (self.what, self.whole, name.unraw(), Literal::usize_unsuffixed(index));
        let needed = format_ident!("{}_needs_{text}", whole.unraw(), span = name.span());
        let message = crate::errors::text(108, &format!("the {what} `{text}` of `{}` is missing", whole.unraw()));
        let label = format!("add `{text} = ..`");
        quote_spanned! {name.span()=>
            #[diagnostic::on_unimplemented(message = #message)]
            #[diagnostic::on_unimplemented(label = #label)]
            pub trait #needed {}
            impl #needed for __kfp::Given {}
            impl<State: #needed> __kfp::MayLack<#index, State> for #whole {}
        }
    }
}
