//! `format!`: text with values in it.

use super::hidden;
use super::lower::{Lower, scope};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
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
///
/// Each argument is evaluated once and borrowed, as Rust does it: `format!("{0} {0}", flip())` is one task.
pub(super) fn lower(lower: &mut Lower<'_>, tokens: &TokenStream) -> Option<TokenStream> {
    let mut format = syn::parse2::<Format>(tokens.clone()).ok()?;
    let Some(used) = pieces(&format.text.value()).and_then(|pieces| uses(&format, &pieces)) else {
        return Some(malformed(&format));
    };
    for expr in format.positional.iter_mut().chain(format.named.iter_mut().map(|(_, expr)| expr)) {
        lower.expr(expr);
    }
    let given: Vec<&Expr> = format.positional.iter().chain(format.named.iter().map(|(_, expr)| expr)).collect();
    // What is used once stands where it is used, so that what is wrong with it is shown there as a whole.
    let once = in_order(&used, given.len());
    let names: Vec<Ident> =
        given.iter().enumerate().map(|(index, expr)| hidden(&format!("arg_{index}"), expr.span())).collect();
    let scope = scope();
    let segments = used.iter().map(|piece| match piece {
        Used::Literal(text) => quote!(__kfp::Segment::literal(#text)),
        Used::Argument(argument, spec) => {
            let argument = match argument {
                Argument::Given(index) if once => given[*index].to_token_stream(),
                Argument::Given(index) => {
                    let name = &names[*index];
                    quote_spanned!(name.span()=> *#name)
                }
                Argument::Captured(name) => quote!(#name),
            };
            if spec.is_empty() {
                quote_spanned!(argument.span()=> __kfp::IntoSegment::to_segment(&#argument))
            } else {
                let argument = shown(spec, &argument);
                let spec = LitStr::new(&format!("{{:{spec}}}"), format.text.span());
                quote!(__kfp::IntoSegment::to_segment(&::std::format!(#spec, #argument)))
            }
        }
    });
    let text = quote!(#scope.text(::std::vec![#(#segments),*]));
    Some(match once {
        true => text,
        // A `match`, so that temporaries live as long as the text is being made.
        false => quote!(match (#(&#given,)*) { (#(#names,)*) => #text }),
    })
}

/// What is formatted in another way than by `{}`: something that Rust can show while the pipeline is built.
fn shown(spec: &str, argument: &TokenStream) -> TokenStream {
    let span = argument.span();
    match spec.trim_end().chars().last() {
        Some('?') => quote_spanned!(span=> __kfp::Debugged::debugged(&#argument)),
        // As numbers of another base, which are rustc's to refuse.
        Some('x' | 'X' | 'o' | 'b' | 'e' | 'E' | 'p') => argument.clone(),
        _ => quote_spanned!(span=> __kfp::Shown::shown(&#argument)),
    }
}

/// Has rustc say what is wrong with the text or the number of arguments, and nothing about what the arguments are.
fn malformed(format: &Format) -> TokenStream {
    let Format { text, positional, named } = format;
    let stand_in = |expr: &Expr| quote_spanned!(expr.span()=> "");
    let positional = positional.iter().map(stand_in);
    let named = named.iter().map(|(name, expr)| {
        let value = stand_in(expr);
        quote!(#name = #value)
    });
    quote!(::std::format!(#text #(, #positional)* #(, #named)*))
}

/// Whether the arguments are used once each, in their order.
fn in_order(used: &[Used], count: usize) -> bool {
    let indices = used.iter().filter_map(|piece| match piece {
        Used::Argument(Argument::Given(index), _) => Some(*index),
        _ => None,
    });
    indices.eq(0..count)
}

/// A piece with what it means.
enum Used {
    Literal(String),
    Argument(Argument, String),
}

/// What stands behind a name between braces.
enum Argument {
    /// One of the arguments, by its index; named ones follow the others.
    Given(usize),
    /// A variable in sight.
    Captured(Ident),
}

/// Finds what each piece names; none if one does not exist or an argument is not used, which rustc is to say.
fn uses(format: &Format, pieces: &[Piece]) -> Option<Vec<Used>> {
    let (mut next, mut seen) = (0, vec![false; format.positional.len() + format.named.len()]);
    let mut used = Vec::new();
    for piece in pieces {
        used.push(match piece {
            Piece::Literal(text) => Used::Literal(text.clone()),
            Piece::Argument(name, spec) => {
                let argument = argument(format, name, &mut next)?;
                if let Argument::Given(index) = argument {
                    *seen.get_mut(index)? = true;
                }
                Used::Argument(argument, spec.clone())
            }
        });
    }
    seen.iter().all(|seen| *seen).then_some(used)
}

fn argument(format: &Format, name: &str, next: &mut usize) -> Option<Argument> {
    if name.is_empty() {
        *next += 1;
        return Some(Argument::Given(*next - 1));
    }
    if let Ok(index) = name.parse::<usize>() {
        return Some(Argument::Given(index));
    }
    if let Some(index) = format.named.iter().position(|(given, _)| given == name) {
        return Some(Argument::Given(format.positional.len() + index));
    }
    let mut ident = syn::parse_str::<Ident>(name).ok()?;
    ident.set_span(format.text.span());
    Some(Argument::Captured(ident))
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
