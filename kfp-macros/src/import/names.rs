//! The names of a component file as identifiers.

use proc_macro2::Span;
use syn::Ident;

/// Identifiers for names in `snake_case`, at the name of the component.
pub(super) fn idents(names: &[&str], fallback: &str, span: Span) -> Vec<Ident> {
    let snakes = kfp_grammar::component::snake_names(names, fallback);
    snakes.iter().enumerate().map(|(index, name)| ident(name, &format!("{fallback}_{}", index + 1), span)).collect()
}

/// The name itself, as `r#name` if Rust keeps it for itself; the fallback if it is none.
fn ident(name: &str, fallback: &str, span: Span) -> Ident {
    if let Ok(mut ident) = syn::parse_str::<Ident>(name) {
        ident.set_span(span);
        return ident;
    }
    match name {
        "self" | "super" | "crate" => Ident::new(&format!("{name}_"), span),
        _ if syn::parse_str::<Ident>(&format!("r#{name}")).is_ok() => Ident::new_raw(name, span),
        _ => Ident::new(fallback, span),
    }
}
