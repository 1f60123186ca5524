//! `import_component!(pub fn train = "components/train/component.yaml");`

mod docs;
mod expand;
mod interface;
mod names;
mod source;

use crate::errors::Errors;
use interface::Interface;
use proc_macro2::TokenStream;
use quote::quote;
use source::Loaded;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Ident, LitStr, Token, Visibility, braced};

/// One component.
struct Import {
    attributes: Vec<Attribute>,
    vis: Visibility,
    name: Ident,
    source: LitStr,
    /// Components of graphs, by their URLs, and the files that have them.
    files: Vec<(LitStr, LitStr)>,
}

/// All of them.
struct Imports(Vec<Import>);

impl Parse for Import {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let vis = input.parse()?;
        input.parse::<Token![fn]>()?;
        let name = input.parse()?;
        input.parse::<Token![=]>()?;
        let source = input.parse()?;
        let mut files = Vec::new();
        if input.peek(Ident) {
            let with: Ident = input.parse()?;
            if with != "with" {
                return Err(syn::Error::new(with.span(), "expected `with { .. }` or `;`"));
            }
            let content;
            braced!(content in input);
            while !content.is_empty() {
                let url = content.parse()?;
                content.parse::<Token![=]>()?;
                files.push((url, content.parse()?));
                if !content.is_empty() {
                    content.parse::<Token![,]>()?;
                }
            }
        }
        Ok(Self { attributes, vis, name, source, files })
    }
}

impl Parse for Imports {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut imports = vec![input.parse()?];
        while !input.is_empty() {
            input.parse::<Token![;]>()?;
            if !input.is_empty() {
                imports.push(input.parse()?);
            }
        }
        Ok(Self(imports))
    }
}

pub(crate) fn expand(input: TokenStream) -> TokenStream {
    match syn::parse2::<Imports>(input) {
        Ok(Imports(imports)) => imports.iter().map(import).collect(),
        Err(error) => {
            let message = format!("write `import_component!(pub fn NAME = \"component.yaml\");`: {error}");
            syn::Error::new(error.span(), crate::errors::text(36, &message)).into_compile_error()
        }
    }
}

fn import(import: &Import) -> TokenStream {
    let mut errors = Errors::default();
    let loaded = Loaded::main(import, &mut errors);
    let expanded = match &loaded {
        Some(loaded) => {
            let interface = Interface::new(import, loaded);
            expand::component(import, loaded, &interface)
        }
        None => {
            // A type with the error in it: no call of it is an error of its own, whatever it takes and gives.
            let (vis, name) = (&import.vis, &import.name);
            let mut errors = errors.into_exprs().into_iter();
            let (first, rest) = (errors.next(), errors);
            return quote! {
                #[allow(non_camel_case_types)]
                #vis type #name = [(); #first];
                #(#rest)*
            };
        }
    };
    let errors = errors.into_tokens();
    quote!(#errors #expanded)
}
