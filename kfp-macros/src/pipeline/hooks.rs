//! `.on_success(|task| ..)` and the like: what runs when a task has ended.

use super::control::handler_body;
use super::hidden;
use super::lower::{Lower, scope};
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, ExprMethodCall, Ident};

/// The methods, and after which end each runs.
const HOOKS: &[(&str, &str)] =
    &[("on_success", "Success"), ("on_failure", "Failure"), ("on_error", "Error"), ("on_exit", "Exit")];

/// After which end a hook of this name runs.
pub(super) fn trigger(name: &str) -> Option<&'static str> {
    HOOKS.iter().find(|(known, _)| *known == name).map(|(_, trigger)| *trigger)
}

/// Whether a method is one of them.
pub(super) fn is_hook(call: &ExprMethodCall) -> bool {
    HOOKS.iter().any(|(name, _)| call.method == name)
}

/// ```text
/// ({ let this_task = receiver;
///    { let this_hook = this_task.hook(Trigger::Success);
///      let scope = &this_hook; let task = this_task.within(scope); .. };
///    this_task })
/// ```
pub(super) fn lower(lower: &mut Lower<'_>, call: &mut ExprMethodCall) -> TokenStream {
    lower.expr(&mut call.receiver);
    let (receiver, span) = (&call.receiver, call.method.span());
    let Some((name, trigger)) = HOOKS.iter().find(|(name, _)| call.method == name) else { return quote!(#call) };
    let closure = match call.args.first() {
        Some(Expr::Closure(closure)) if call.args.len() == 1 => closure,
        _ => {
            let argument = if *name == "on_success" { "task" } else { "end" };
            let message = format!("a hook is written `.{name}(|{argument}| notify(..))`");
            lower.errors.at(&call.method, 85, message);
            return quote!(#receiver);
        }
    };
    let trigger = Ident::new(trigger, span);
    let (scope, task, hook) = (scope(), hidden("this_task", span), hidden("this_hook", closure.span()));
    let given = match *name {
        "on_success" => quote!(#task.within(#scope)),
        _ => quote!(#task.ended(#scope)),
    };
    let body = handler_body(lower, closure, &given);
    let open = quote_spanned!(span=> #task.hook(__kfp::Trigger::#trigger));
    quote!(({
        let #task = #receiver;
        { let #hook = #open; let #scope = &#hook; #body };
        #task
    }))
}
