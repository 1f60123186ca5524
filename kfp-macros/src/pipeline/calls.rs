//! Calls: a component or pipeline becomes a task.

use super::computing;
use super::lower::Lower;
use crate::keywords::Called;
use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, ExprCall, Ident, Path};

/// What a call is.
pub(super) enum Callee {
    /// A component or a pipeline.
    Operation,
    /// `ContainerOp::new`, `ResourceOp::create` and the like.
    Op,
    /// An ordinary function.
    Host,
}

/// Constructors whose result is added at once.
const OPS: &[(&str, &[&str])] = &[
    ("ContainerOp", &["new"]),
    ("ResourceOp", &["create", "apply", "patch", "delete", "get", "replace"]),
    ("ContainerSet", &["new"]),
    ("HttpOp", &["get", "post", "put", "patch", "delete", "head"]),
    ("VolumeOp", &["new", "from_resource"]),
    ("VolumeSnapshotOp", &["of_pvc", "of_volume", "from_resource"]),
    ("Suspend", &["new", "approval"]),
];

/// Words that begin paths: nothing else can be called like that.
const PATH_WORDS: [&str; 4] = ["crate", "self", "Self", "super"];

/// Functions of Rust's own that are written without a path.
const STANDARD: &[&str] = &["drop"];

/// Crates whose functions are no components.
const LIBRARIES: &[&str] = &["std", "core", "alloc", "serde_json"];

/// Whether it is a function of Rust's own, or of a crate that has no components.
pub(super) fn is_library(path: &Path) -> bool {
    let root = path.segments.first().map(|root| root.ident.to_string()).unwrap_or_default();
    let known = if path.segments.len() > 1 { LIBRARIES } else { STANDARD };
    known.contains(&root.as_str())
}

pub(super) fn callee(lower: &Lower<'_>, path: &Path) -> Callee {
    let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    if let [.., ty, function] = &segments[..]
        && OPS.iter().any(|(name, functions)| ty == name && functions.contains(&function.as_str()))
    {
        return Callee::Op;
    }
    let lower_case =
        segments.iter().all(|segment| segment.trim_start_matches("r#").starts_with(|c: char| !c.is_uppercase()));
    let first = path.segments.first().map(|segment| &segment.ident);
    let local = segments.len() == 1 && first.is_some_and(|first| lower.locals.get(first).is_some());
    if lower_case && !local { Callee::Operation } else { Callee::Host }
}

/// A call, its arguments not lowered yet.
pub(super) fn lower_call(lower: &mut Lower<'_>, call: &mut ExprCall) -> Option<TokenStream> {
    let Expr::Path(function) = &*call.func else { return None };
    let path = function.path.clone();
    match callee(lower, &path) {
        Callee::Host => None,
        Callee::Op => {
            for argument in &mut call.args {
                lower.expr(argument);
            }
            Some(add(path.segments.last()?.ident.span(), quote!(#call)))
        }
        Callee::Operation => Some(operation(lower, &path, call)),
    }
}

fn operation(lower: &mut Lower<'_>, path: &Path, call: &mut ExprCall) -> TokenStream {
    let name = &path.segments[path.segments.len() - 1];
    let root = path.segments[0].ident.to_string();
    if is_library(path) {
        let of_the_run = call.args.iter().any(|argument| computing::is_of_the_run(lower, argument));
        let message = match of_the_run {
            true => {
                "a call in a pipeline is a task, and this is a function of Rust's, which cannot compute with what exists \
                 only when the pipeline runs: let a component do it"
            }
            false => {
                "a call in a pipeline is a task, and this is a function of Rust's; to call it while the pipeline is \
                 built, write `#[host]` before the statement"
            }
        };
        lower.errors.at(path, 43, message);
        let wrong = super::lower::wrong();
        return quote!(#wrong);
    }
    if path.segments.len() == 1 && lower.neighbours.is_plain(&root) {
        let message = format!(
            "`{root}` is a plain function, and a call in a pipeline is a task: write `#[component]` before `fn {root}`, or \
             `#[host]` before this statement to call it while the pipeline is built"
        );
        lower.errors.at(path, 43, message);
        call.args.iter_mut().for_each(|argument| lower.expr(argument));
        let (wrong, args) = (super::lower::wrong(), &call.args);
        return quote!({ let _ = (#args); #wrong });
    }
    let span = name.ident.span();
    let keywords = call.args.iter().filter(|argument| matches!(argument, Expr::Assign(_))).count();
    let inner = if keywords == 0 && !call.args.is_empty() {
        let target = Ident::new("call", span);
        let arguments = call.args.iter_mut().enumerate();
        let arguments: Vec<_> = arguments.map(|(index, argument)| positional(lower, path, index, argument)).collect();
        // The parentheses keep the user's span, so that a wrong number of arguments is shown at the call.
        let mut tokens = proc_macro2::Group::new(proc_macro2::Delimiter::Parenthesis, quote!(#(#arguments),*));
        tokens.set_span(call.paren_token.span.join());
        quote_spanned!(span=> <#path>::#target #tokens)
    } else {
        keyword_call(lower, path, call)
    };
    add(span, inner)
}

/// Adds a task. A function, not a method on the hidden scope: the call begins and ends at the user's tokens, so what is
/// wrong with the task is shown there and not at the attribute.
fn add(span: proc_macro2::Span, call: TokenStream) -> TokenStream {
    let scope = super::lower::scope();
    quote_spanned!(span=> __kfp::add(#scope, #call))
}

fn positional(lower: &mut Lower<'_>, path: &Path, index: usize, argument: &mut Expr) -> TokenStream {
    if let Expr::Infer(underscore) = argument {
        let (span, mut path, index) = (underscore.span(), path.clone(), Literal::usize_unsuffixed(index));
        for segment in &mut path.segments {
            segment.ident.set_span(span.resolved_at(segment.ident.span()));
        }
        return quote_spanned!(span=> <#path as __kfp::DeclaresDefault<#index>>::omitted());
    }
    lower.expr(argument);
    quote!(#argument)
}

fn keyword_call(lower: &mut Lower<'_>, path: &Path, call: &mut ExprCall) -> TokenStream {
    let span = path.segments[path.segments.len() - 1].ident.span();
    let (mut given, mut is_whole): (Vec<Ident>, bool) = (Vec::new(), true);
    let mut values = Vec::new();
    for argument in &mut call.args {
        let Expr::Assign(assign) = argument else {
            lower.errors.at(
                &*argument,
                44,
                "arguments go by position or by keyword, not both: write `name = ..` here too",
            );
            is_whole = false;
            continue;
        };
        let name = match &*assign.left {
            Expr::Path(path)
                if let Some(name) = path.path.get_ident()
                    && !PATH_WORDS.iter().any(|word| name == word) =>
            {
                name.clone()
            }
            other => {
                lower.errors.at(other, 45, "a keyword argument is written `name = value`");
                is_whole = false;
                continue;
            }
        };
        if given.contains(&name) {
            lower.errors.at(&name, 46, format!("`{name}` is given twice; remove one"));
            continue;
        }
        given.push(name.clone());
        if matches!(&*assign.right, Expr::Infer(_)) {
            continue;
        }
        lower.expr(&mut assign.right);
        let value = &assign.right;
        values.push((name, quote!(#value)));
    }
    let begin = quote_spanned!(span=> __kfp::ArgList::of::<#path>());
    let called = Called { path, begin };
    if is_whole {
        let list = called.call(span, &values);
        return quote_spanned!(span=> #list.call::<#path>());
    }
    let (wrong, list) = (super::lower::wrong(), called.list(span, &values));
    quote!({ let _ = #list; #wrong })
}
