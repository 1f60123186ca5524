//! `format!`: text with values in it.

use super::lower::{Lower, scope};
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned;
use syn::{Expr, Ident, LitStr, Token};

/// The arguments of `format!`.
struct Format {
    text: LitStr,
    positional: Vec<Expr>,
    named: Vec<(Ident, Expr)>,
}

impl Parse for Format {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let text = input.parse()?;
        let (mut positional, mut named) = (Vec::new(), Vec::new());
        while !input.is_empty() {
            input.parse::<Token![,]>()?;
            if input.is_empty() {
                break;
            }
            if input.peek(Ident::peek_any) && input.peek2(Token![=]) && !input.peek2(Token![==]) {
                let name = input.call(Ident::parse_any)?;
                input.parse::<Token![=]>()?;
                named.push((name, input.parse()?));
            } else {
                positional.push(input.parse()?);
            }
        }
        Ok(Self { text, positional, named })
    }
}

/// A piece of the format string.
enum Piece {
    Literal(String),
    /// What is named between the braces, and what follows the colon.
    Argument(String, String),
}

/// Lowers `format!`; none if it is not one that we understand, so that rustc says what is wrong.
pub(super) fn lower(lower: &mut Lower<'_>, tokens: &TokenStream) -> Option<TokenStream> {
    let mut format = syn::parse2::<Format>(tokens.clone()).ok()?;
    let pieces = pieces(&format.text.value())?;
    for expr in &mut format.positional {
        lower.expr(expr);
    }
    for (_, expr) in &mut format.named {
        lower.expr(expr);
    }
    let scope = scope();
    let mut next = 0;
    let mut segments = Vec::new();
    for piece in pieces {
        segments.push(match piece {
            Piece::Literal(text) => quote!(::kfp::__private::Segment::literal(#text)),
            Piece::Argument(name, spec) => {
                let argument = argument(&format, &name, &mut next)?;
                if spec.is_empty() {
                    quote_spanned!(argument.span()=> #scope.segment(#argument))
                } else {
                    let spec = LitStr::new(&format!("{{:{spec}}}"), format.text.span());
                    quote!(#scope.segment(::std::format!(#spec, #argument)))
                }
            }
        });
    }
    Some(quote!(#scope.text(::std::vec![#(#segments),*])))
}

fn argument(format: &Format, name: &str, next: &mut usize) -> Option<TokenStream> {
    if name.is_empty() {
        *next += 1;
        return format.positional.get(*next - 1).map(|expr| quote!(#expr));
    }
    if let Ok(index) = name.parse::<usize>() {
        return format.positional.get(index).map(|expr| quote!(#expr));
    }
    if let Some((_, expr)) = format.named.iter().find(|(given, _)| given == name) {
        return Some(quote!(#expr));
    }
    let mut ident = syn::parse_str::<Ident>(name).ok()?;
    ident.set_span(format.text.span());
    Some(quote!(#ident))
}

/// Takes a format string apart; none where it is malformed.
fn pieces(text: &str) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut literal = String::new();
    let mut rest = text.chars().peekable();
    while let Some(char) = rest.next() {
        match char {
            '{' if rest.next_if_eq(&'{').is_some() => literal.push('{'),
            '}' => {
                rest.next_if_eq(&'}')?;
                literal.push('}');
            }
            '{' => {
                let mut inside = String::new();
                loop {
                    match rest.next()? {
                        '}' => break,
                        other => inside.push(other),
                    }
                }
                if !literal.is_empty() {
                    pieces.push(Piece::Literal(std::mem::take(&mut literal)));
                }
                let (name, spec) = inside.split_once(':').unwrap_or((&inside, ""));
                pieces.push(Piece::Argument(name.trim().to_owned(), spec.to_owned()));
            }
            other => literal.push(other),
        }
    }
    if !literal.is_empty() {
        pieces.push(Piece::Literal(literal));
    }
    Some(pieces)
}
