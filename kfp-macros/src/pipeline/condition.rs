//! The head of an `if`.

use super::lower::Lower;
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{BinOp, Expr, UnOp};

/// A condition over values, as a `Condition`.
pub(super) fn lower(lower: &mut Lower<'_>, expr: &mut Expr) -> TokenStream {
    match expr {
        Expr::Paren(paren) => self::lower(lower, &mut paren.expr),
        Expr::Group(group) => self::lower(lower, &mut group.expr),
        Expr::Unary(unary) if matches!(unary.op, UnOp::Not(_)) => {
            let inner = self::lower(lower, &mut unary.expr);
            quote!(__kfp::not(#inner))
        }
        Expr::Binary(binary) if let BinOp::And(_) | BinOp::Or(_) = binary.op => {
            let join = match binary.op {
                BinOp::And(_) => quote!(and),
                _ => quote!(or),
            };
            let (left, right) = (self::lower(lower, &mut binary.left), self::lower(lower, &mut binary.right));
            quote!(__kfp::#join(#left, #right))
        }
        Expr::Binary(binary) if let Some((comparison, mirrored)) = comparison(&binary.op) => {
            lower.expr(&mut binary.left);
            lower.expr(&mut binary.right);
            let (left, right) = (&binary.left, &binary.right);
            // The left side names the type; a constant there changes places with the value.
            let (left, comparison, right) = match is_constant(left) && !is_constant(right) {
                true => (right, mirrored, left),
                false => (left, comparison, right),
            };
            compare(binary.op.span(), (&quote!(#left), left.span()), &comparison, (&quote!(#right), right.span()))
        }
        Expr::Let(binding) => {
            let wrong = super::lower::wrong();
            lower.expr(&mut binding.expr);
            let expr = &binding.expr;
            let instead = quote!({ let _ = #expr; #wrong });
            lower.errors.at(&binding.pat, 47, "`if let` looks into a value that exists only when the pipeline runs; compare it, or let a component look; for a constant of Rust's, write `#[host] if let`");
            instead
        }
        Expr::Assign(assign) => {
            let message = "`=` assigns; a condition compares with `==`";
            lower.errors.at(assign.eq_token, 27, message);
            let wrong = super::lower::wrong();
            quote!(#wrong)
        }
        other => {
            let span = other.span();
            lower.expr(other);
            quote_spanned!(span=> __kfp::IntoCondition::into_condition(#other))
        }
    }
}

/// Each side is converted at its own place, so that what is wrong with it is said there, once.
pub(super) fn compare(
    span: Span,
    (left, left_span): (&TokenStream, Span),
    comparison: &TokenStream,
    (right, right_span): (&TokenStream, Span),
) -> TokenStream {
    let left = quote_spanned!(left_span=> __kfp::IntoOperand::into_left(#left));
    let right = quote_spanned!(right_span=> __kfp::Comparable::into_right(#right));
    quote_spanned!(span=> __kfp::compare(#left, __kfp::Comparison::#comparison, #right))
}

/// A comparison, and the same with its sides exchanged.
fn comparison(op: &BinOp) -> Option<(TokenStream, TokenStream)> {
    Some(match op {
        BinOp::Eq(_) => (quote!(Eq), quote!(Eq)),
        BinOp::Ne(_) => (quote!(Ne), quote!(Ne)),
        BinOp::Lt(_) => (quote!(Lt), quote!(Gt)),
        BinOp::Le(_) => (quote!(Le), quote!(Ge)),
        BinOp::Gt(_) => (quote!(Gt), quote!(Lt)),
        BinOp::Ge(_) => (quote!(Ge), quote!(Le)),
        _ => return None,
    })
}

/// A literal, a unit variant or a constant.
pub(super) fn is_constant(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(_) => true,
        Expr::Path(path) => {
            path.path.segments.last().is_some_and(|last| last.ident.to_string().starts_with(char::is_uppercase))
        }
        Expr::Unary(unary) => is_constant(&unary.expr),
        Expr::Paren(paren) => is_constant(&paren.expr),
        _ => false,
    }
}
