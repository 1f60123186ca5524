//! What Rust would compute while the pipeline is built, with something that exists only when it runs.

use super::calls::{Callee, callee};
use super::lower::{Lower, root, wrong};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{BinOp, Expr, Ident, UnOp};

/// Methods of Rust's own types, which neither a value nor a task has.
const METHODS: &[&str] = &[
    "abs",
    "as_str",
    "bytes",
    "chars",
    "chunks",
    "contains",
    "count",
    "ends_with",
    "first",
    "get",
    "into_iter",
    "is_empty",
    "is_none",
    "is_some",
    "iter",
    "join",
    "keys",
    "last",
    "len",
    "lines",
    "map",
    "max",
    "min",
    "parse",
    "pow",
    "replace",
    "round",
    "split",
    "sqrt",
    "starts_with",
    "sum",
    "to_lowercase",
    "to_owned",
    "to_string",
    "to_uppercase",
    "trim",
    "values",
    "zip",
];

/// Refuses it, and gives what stands in its place.
pub(super) fn refuse(lower: &mut Lower<'_>, expr: &mut Expr) -> Option<Expr> {
    let (name, at) = found(lower, expr)?;
    let message = format!(
        "`{name}` exists only when the pipeline runs, so Rust cannot compute with it here: let a component do it, or \
         compare it in the head of an `if`"
    );
    lower.errors.at(at, 28, message);
    let wrong = wrong();
    Some(Expr::Verbatim(quote!(#wrong)))
}

/// The variable that is computed with, and where.
fn found(lower: &Lower<'_>, expr: &Expr) -> Option<(Ident, TokenStream)> {
    match expr {
        Expr::Binary(binary) if computes(&binary.op) => {
            let name = of_the_run(lower, &binary.left).or_else(|| of_the_run(lower, &binary.right))?;
            Some((name, binary.op.to_token_stream()))
        }
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => {
            Some((of_the_run(lower, &unary.expr)?, unary.op.to_token_stream()))
        }
        Expr::Index(index) => {
            let name = of_the_run(lower, &index.expr).or_else(|| of_the_run(lower, &index.index))?;
            Some((name, index.index.to_token_stream()))
        }
        Expr::Range(range) => {
            let ends = range.start.iter().chain(&range.end);
            let name = ends.into_iter().find_map(|end| of_the_run(lower, end))?;
            Some((name, range.limits.to_token_stream()))
        }
        Expr::MethodCall(call) if METHODS.contains(&call.method.to_string().as_str()) => {
            Some((of_the_run(lower, &call.receiver)?, call.method.to_token_stream()))
        }
        _ => None,
    }
}

/// Arithmetic, and comparisons: those in the head of an `if` do not come here.
fn computes(op: &BinOp) -> bool {
    matches!(
        op,
        BinOp::Add(_)
            | BinOp::Sub(_)
            | BinOp::Mul(_)
            | BinOp::Div(_)
            | BinOp::Rem(_)
            | BinOp::Eq(_)
            | BinOp::Ne(_)
            | BinOp::Lt(_)
            | BinOp::Le(_)
            | BinOp::Gt(_)
            | BinOp::Ge(_)
    )
}

fn of_the_run(lower: &Lower<'_>, expr: &Expr) -> Option<Ident> {
    match expr {
        Expr::Path(_) | Expr::Field(_) | Expr::Paren(_) => {}
        Expr::Reference(reference) => return of_the_run(lower, &reference.expr),
        _ => return None,
    }
    let name = root(expr)?;
    lower.locals.get(name).filter(|local| local.of_the_run).map(|_| name.clone())
}

/// Whether it is a task, or an output or option of one.
pub(super) fn is_task(lower: &Lower<'_>, expr: &Expr) -> bool {
    match expr {
        Expr::Call(call) => match &*call.func {
            Expr::Path(function) => !matches!(callee(lower, &function.path), Callee::Host),
            _ => false,
        },
        Expr::Field(field) => is_task(lower, &field.base),
        Expr::MethodCall(call) => is_task(lower, &call.receiver),
        _ => false,
    }
}
