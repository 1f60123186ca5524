//! Blocks with exit handlers, retries, locks or limits of their own.

use super::branches::{block, end_of};
use super::cases::block_of;
use super::each::parallel_number;
use super::{is, named, shown};
use crate::pipeline::hidden;
use crate::pipeline::lower::{Lower, bind_wrong, scope};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::parse::Parser;
use syn::spanned::Spanned;
use syn::{Attribute, Block, Expr, ExprClosure, Ident, LitStr, Pat};

/// `#[fail_fast]`, `#[fail_fast(false)]`.
pub(super) fn fail_fast(lower: &mut Lower<'_>, own: &[Attribute]) -> Option<bool> {
    let attribute = own.iter().find(|attribute| is(attribute, "fail_fast"))?;
    if matches!(attribute.meta, syn::Meta::Path(_)) {
        return Some(true);
    }
    match attribute.parse_args::<syn::LitBool>() {
        Ok(flag) => Some(flag.value),
        Err(_) => {
            lower.errors.at(attribute, 86, "`#[fail_fast]` takes `true` or `false`: `#[fail_fast(false)]`");
            None
        }
    }
}

/// `#[retry(3)]` and `#[mutex("shard")]` of a block: options that a task has as methods.
fn whole(lower: &mut Lower<'_>, own: &[Attribute], name: &str, this: &Ident) -> TokenStream {
    // Of a trait, so that what is no such value is said without the block's hidden type.
    let taken = match name {
        "retry" => quote!(IntoRetry::into_retry),
        _ => quote!(IntoText::into_text),
    };
    let mut calls = TokenStream::new();
    for attribute in own.iter().filter(|attribute| is(attribute, name)) {
        match attribute.parse_args::<Expr>() {
            Ok(mut value) => {
                lower.expr(&mut value);
                let method = Ident::new(name, attribute.path().span());
                let value = quote_spanned!(value.span()=> __kfp::#taken(#value));
                calls.extend(quote!(#this.#method(#value);));
            }
            Err(_) => {
                let like = if name == "retry" { "#[retry(3)]" } else { "#[mutex(\"shard\")]" };
                lower.errors.at(attribute, 59, format!("`#[{name}(..)]` takes one value: `{like}`"));
            }
        }
    }
    calls
}

/// After which end of a block a handler runs.
pub(super) fn trigger(attribute: &Attribute) -> Option<Ident> {
    let name = attribute.path().get_ident()?.to_string();
    let trigger = crate::pipeline::hooks::trigger(&name)?;
    Some(Ident::new(trigger, attribute.span()))
}

/// A block with exit handlers, or with limits of its own.
pub(super) fn guard(
    lower: &mut Lower<'_>,
    own: &[Attribute],
    name: Option<&LitStr>,
    body: &mut Block,
    value: bool,
) -> TokenStream {
    let span = body.brace_token.span.join();
    let scope = scope();
    let this = hidden("opened", span);
    let end_span = end_of(body);
    let whole = ["retry", "mutex"].map(|name| whole(lower, own, name, &this));
    lower.lowered_block(body, value);
    // After the body, so that what they take of it is known to be its own.
    let mut handlers = Vec::new();
    for (attribute, trigger) in own.iter().filter_map(|attribute| Some((attribute, trigger(attribute)?))) {
        match attribute.parse_args::<ExprClosure>() {
            Ok(closure) => {
                let handler = hidden("this_handler", attribute.span());
                let body = handler_body(lower, &closure, &quote!(#this.run(#scope)));
                handlers.push(
                    quote!({ let #handler = #this.handler(__kfp::Trigger::#trigger); let #scope = &#handler; #body }),
                );
            }
            Err(_) => {
                let name = attribute.path().get_ident().map(Ident::to_string).unwrap_or_default();
                let message = format!("an exit handler is written `#[{name}(|run| notify(run.status))]`");
                lower.errors.at(attribute, 42, message);
            }
        }
    }
    let named = named(name, &this);
    let parallel = parallel_number(lower, own).map(|number| quote!(#this.parallel(#number);));
    let fail_fast = fail_fast(lower, own).map(|flag| quote!(#this.fail_fast(#flag);));
    let stmts = block(body);
    let end = Ident::new("end", end_span);
    let inner = shown("this_block", 0, &stmts, span);
    let finish = match value {
        true => quote_spanned!(end_span=> __kfp::BranchEnd::end_block(#end, #this)),
        false => quote!(let _ = #end; #this.group()),
    };
    let open = quote_spanned!(span=> #scope.guard());
    let borrow = quote_spanned!(span=> &#inner);
    quote_spanned!(span=> {
        let #this = #open;
        #named #parallel #fail_fast
        #(#whole)*
        #(#handlers)*
        let #inner = #this.body();
        let #end = { let #scope = #borrow; #stmts };
        #finish
    })
}

/// An exit handler of the pipeline.
pub(in crate::pipeline) fn pipeline_handler(
    lower: &mut Lower<'_>,
    trigger: &str,
    closure: &ExprClosure,
) -> TokenStream {
    let scope = scope();
    let handler = hidden("this_handler", closure.span());
    let body = handler_body(lower, closure, &quote!(#scope.run()));
    let trigger = Ident::new(trigger, closure.span());
    quote!({
        let #handler = #scope.exit_handler(__kfp::Trigger::#trigger);
        let #scope = #handler.scope();
        let #scope = &#scope;
        #body
    })
}

/// The body of a handler, its parameter bound to the state of the run.
pub(in crate::pipeline) fn handler_body(
    lower: &mut Lower<'_>,
    closure: &ExprClosure,
    run: &TokenStream,
) -> TokenStream {
    let mut body: Block = match &*closure.body {
        Expr::Block(body) if body.attrs.is_empty() => body.block.clone(),
        other => block_of(other.clone(), Some(<syn::Token![;]>::default())),
    };
    lower.locals.enter();
    for input in &closure.inputs {
        lower.locals.bind_pattern(input);
    }
    if closure.inputs.len() > 1 {
        lower.errors.at(&closure.inputs, 42, "an exit handler takes one argument, how it ended: `|run| ..`");
    }
    let outer = std::mem::replace(&mut lower.in_handler, true);
    lower.lowered_block(&mut body, false);
    lower.in_handler = outer;
    lower.locals.leave();
    let stmts = block(&body);
    let bind = closure.inputs.first().map(|input| bind_run(input, run));
    let more = closure.inputs.iter().skip(1).map(bind_wrong);
    quote!(#bind #(#more)* #stmts)
}

/// Attributes stand before a parameter of a closure, and not between `let` and its pattern.
fn bind_run(input: &Pat, run: &TokenStream) -> TokenStream {
    let split = |input: syn::parse::ParseStream<'_>| Ok((input.call(Attribute::parse_outer)?, input.parse()?));
    match split.parse2(input.to_token_stream()) {
        Ok::<(Vec<Attribute>, TokenStream), _>((attributes, pattern)) => quote!(#(#attributes)* let #pattern = #run;),
        Err(_) => quote!(let #input = #run;),
    }
}
