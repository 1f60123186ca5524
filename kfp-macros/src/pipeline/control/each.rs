//! `for`, and how many rounds of it run at a time.

use super::branches::{block, end_of};
use super::guard::fail_fast;
use super::{is, named, shown};
use crate::pipeline::hidden;
use crate::pipeline::locals::names;
use crate::pipeline::lower::{Lower, bind_wrong, scope};
use crate::pipeline::values::is_struct_of_values;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Attribute, Expr, ExprForLoop, Ident, Lit, LitStr, Pat};

/// `a..b` in the head of a `for`, whose ends may be values; at the user's tokens.
fn range(lower: &mut Lower<'_>, items: &mut Expr) -> Option<TokenStream> {
    let Expr::Range(range) = items else { return None };
    let (Some(start), Some(end), syn::RangeLimits::HalfOpen(dots)) = (&mut range.start, &mut range.end, range.limits)
    else {
        return None;
    };
    lower.expr(start);
    lower.expr(end);
    Some(quote_spanned!(dots.span()=> __kfp::range(#start, #end)))
}

/// ```text
/// { let this_loop = Items::each(items, scope, None, place);
///   let this_body = this_loop.body();
///   let end = { let scope = &this_body; let item = this_loop.item(scope); .. };
///   Collect::collect(end, this_loop) }
/// ```
pub(super) fn for_each(
    lower: &mut Lower<'_>,
    each: &mut ExprForLoop,
    own: &[Attribute],
    name: Option<&LitStr>,
    value: bool,
) -> TokenStream {
    let span = each.for_token.span;
    let parallelism = parallelism(lower, own);
    let given = elements(&mut each.expr).into_iter().any(|element| is_struct_of_values(lower, element));
    let fails_fast = fail_fast(lower, own) == Some(true);
    for element in elements(&mut each.expr) {
        if given && let Expr::Struct(item) = &*element {
            *element = Expr::Verbatim(crate::pipeline::given(lower, item.clone()));
            continue;
        }
        if let Expr::Lit(literal) = &*element
            && let Lit::Str(text) = &literal.lit
        {
            *element = syn::parse_quote_spanned!(text.span()=> ::std::string::String::from(#text));
        }
    }
    // `&items` is what one writes for a `Vec`; of a value it is the same list.
    while let Expr::Reference(borrowed) = &*each.expr
        && borrowed.mutability.is_none()
    {
        let list = borrowed.expr.clone();
        each.expr = list;
    }
    let sound = lower.errors.count();
    let range = range(lower, &mut each.expr);
    if range.is_none() {
        lower.expr(&mut each.expr);
    }
    let sound = lower.errors.count() == sound;
    let pattern = &each.pat;
    let mut bind = quote!(let #pattern =);
    let mut item_bind = None;
    if !matches!(&**pattern, Pat::Ident(name) if name.subpat.is_none()) && !matches!(&**pattern, Pat::Wild(_)) {
        (bind, item_bind) = (quote!(let _ =), Some(bind_wrong(pattern)));
        let message = "the item of a pipeline `for` has one name; reach its fields by `item.field` (derive `Outputs` for its type)";
        if sound {
            lower.errors.at(pattern, 58, message);
        }
    }
    let end_span = end_of(&each.body);
    lower.locals.enter();
    lower.locals.bind_pattern(pattern);
    for (name, _) in names(pattern) {
        lower.locals.mark(&name);
    }
    lower.loop_body(&mut each.body, value);
    lower.locals.close(true);
    let scope = scope();
    let (items, stmts) = (range.unwrap_or_else(|| each.expr.to_token_stream()), block(&each.body));
    let (this, end) = (hidden("opened", span), Ident::new("end", end_span));
    let body = shown("this_loop", 0, &stmts, span);
    // At the items alone, so that what is wrong with them is said once.
    let place = crate::signature::place(span);
    let list = Ident::new("list", items.span());
    let open = match &*each.expr {
        // One token, so that both rustc's ways to say it are at one place.
        Expr::Field(_) | Expr::Call(_) | Expr::MethodCall(_) => quote_spanned! {items.span()=> {
            let #list = #items;
            __kfp::Items::each(#list, #scope, #parallelism, #place)
        }},
        _ => quote_spanned!(items.span()=> __kfp::Items::each(#items, #scope, #parallelism, #place)),
    };
    let fail_fast = fails_fast.then(|| quote!(#this.fail_fast();));
    let named = named(name, &this);
    let finish = match value {
        true => quote_spanned!(end_span=> __kfp::Collect::collect(#end, #this)),
        false => quote!(let _ = #end; #this.group()),
    };
    let borrow = quote_spanned!(span=> &#body);
    quote_spanned!(span=> {
        let #this = #open;
        #named #fail_fast
        let #body = #this.body();
        let #end = { let #scope = #borrow; #bind #this.item(#scope); #item_bind #stmts };
        #finish
    })
}

/// The elements of a list that is written in the head of a loop.
fn elements(items: &mut Expr) -> Vec<&mut Expr> {
    match items {
        Expr::Array(array) => array.elems.iter_mut().collect(),
        _ => Vec::new(),
    }
}

fn parallelism(lower: &mut Lower<'_>, own: &[Attribute]) -> TokenStream {
    crate::options::optional(parallel_number(lower, own))
}

pub(super) fn parallel_number(lower: &mut Lower<'_>, own: &[Attribute]) -> Option<u32> {
    for attribute in own.iter().filter(|attribute| is(attribute, "parallel")) {
        match attribute.parse_args::<syn::LitInt>().and_then(|int| int.base10_parse::<u32>()) {
            Ok(number) if number > 0 => return Some(number),
            _ => lower.errors.at(attribute, 59, "`#[parallel(n)]` takes how many rounds run at once, at least 1"),
        }
    }
    None
}
