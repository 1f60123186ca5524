//! `match`, and the patterns of its arms.

use super::branches::{Arm, block, branches, end_of, ends_in_constant};
use crate::pipeline::lower::{Lower, bind_wrong, scope, wrong};
use crate::pipeline::{condition, hidden};
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Block, Expr, ExprMatch, Ident, Lit, LitStr, Pat, Stmt};

/// `Ok(task)` or `Err(end)`: how a task ended.
pub(super) struct Ended {
    well: bool,
    binding: Pat,
}

impl Ended {
    pub(super) fn of(pattern: &Pat) -> Option<Self> {
        let Pat::TupleStruct(pattern) = pattern else { return None };
        let well = match pattern.path.segments.last()?.ident.to_string().as_str() {
            "Ok" => true,
            "Err" => false,
            _ => return None,
        };
        (pattern.elems.len() == 1).then(|| Self { well, binding: pattern.elems[0].clone() })
    }

    fn condition(&self, subject: &Ident) -> TokenStream {
        let function = if self.well { quote!(is_ok) } else { quote!(is_err) };
        quote_spanned!(subject.span()=> __kfp::Attempt::#function(#subject))
    }

    /// What it binds, as the first statement of its arm.
    fn bind(&self, subject: &Ident) -> TokenStream {
        let (scope, binding) = (scope(), &self.binding);
        let method = if self.well { quote!(in_ok) } else { quote!(in_err) };
        quote_spanned!(subject.span()=> let #binding = __kfp::Attempt::#method(&#subject, #scope);)
    }

    pub(super) fn arm(
        &self,
        lower: &mut Lower<'_>,
        subject: &Ident,
        body: &mut Block,
        value: bool,
        (at, span, constant): (Span, Span, bool),
    ) -> Arm {
        lower.locals.enter();
        lower.locals.bind_pattern(&self.binding);
        lower.lowered_block(body, value);
        lower.locals.leave();
        let (bind, stmts) = (self.bind(subject), block(body));
        Arm { condition: Some(self.condition(subject)), at, body: quote!(#bind #stmts), span, constant }
    }
}

pub(super) fn match_value(
    lower: &mut Lower<'_>,
    decide: &mut ExprMatch,
    name: Option<&LitStr>,
    value: bool,
) -> TokenStream {
    let span = decide.match_token.span;
    lower.expr(&mut decide.expr);
    let subject = hidden("subject", decide.expr.span());
    let mut arms = Vec::new();
    let mut complete = Completeness::default();
    let (count, errors) = (decide.arms.len(), lower.errors.count());
    for (index, arm) in decide.arms.iter_mut().enumerate() {
        if let Some(ended) = Ended::of(&arm.pat) {
            complete.ends[usize::from(ended.well)] = true;
            let mut body = arm_body(&arm.body);
            let end = (arm.pat.span(), end_of(&body), ends_in_constant(&body));
            arms.push(ended.arm(lower, &subject, &mut body, value, end));
            continue;
        }
        let before = lower.errors.count();
        let condition = pattern(lower, &arm.pat, &subject, &mut complete);
        complete.arm(arm);
        let is_wrong = lower.errors.count() > before;
        if condition.is_none() && index + 1 < count {
            lower.errors.at(&arm.pat, 55, "`_` takes every case, so nothing after it can run; make it the last");
        }
        let mut body = arm_body(&arm.body);
        let (span, constant) = (end_of(&body), ends_in_constant(&body));
        lower.locals.enter();
        lower.locals.bind_pattern(&arm.pat);
        lower.lowered_block(&mut body, value);
        lower.locals.leave();
        let bind = is_wrong.then(|| bind_wrong(&arm.pat));
        arms.push(Arm::new(condition, arm.pat.span(), &body, span, constant).beginning(bind));
    }
    let sound = lower.errors.count() == errors;
    let open = arms.last().is_some_and(|arm| arm.condition.is_some());
    let mut probe = quote!();
    if value && open {
        match complete.of(&subject) {
            _ if !sound => {}
            Some(check) => probe = check,
            None => lower.errors.at(
                decide.match_token,
                56,
                "a `match` that gives a value needs a case for everything else: add `_ => ..`",
            ),
        }
        if let Some(last) = arms.last_mut() {
            last.condition = None;
        }
    }
    let expr = &decide.expr;
    let arms = branches(span, arms, name, value);
    quote!({ let #subject = #expr; #probe #arms })
}

fn arm_body(body: &Expr) -> Block {
    match body {
        Expr::Block(body) if body.attrs.is_empty() && body.label.is_none() => body.block.clone(),
        other => block_of(other.clone(), None),
    }
}

/// An expression in a block of its own. (Not by reading its tokens again: what is an expression elsewhere may begin a
/// statement in another way.)
pub(super) fn block_of(expr: Expr, semicolon: Option<syn::Token![;]>) -> Block {
    Block { brace_token: syn::token::Brace::default(), stmts: vec![Stmt::Expr(expr, semicolon)] }
}

/// Which cases a `match` names.
#[derive(Default)]
struct Completeness {
    /// `Err` and `Ok`.
    ends: [bool; 2],
    bools: Vec<bool>,
    paths: bool,
    /// The arms as the user wrote them, so that rustc offers one more where it belongs.
    arms: Vec<TokenStream>,
    others: bool,
}

impl Completeness {
    fn arm(&mut self, arm: &syn::Arm) {
        let (pattern, arrow) = (&arm.pat, &arm.fat_arrow_token);
        let body: Vec<_> = arm.body.to_token_stream().into_iter().collect();
        let span =
            |token: Option<&proc_macro2::TokenTree>| token.map_or_else(Span::call_site, proc_macro2::TokenTree::span);
        let (first, end) = (unit(span(body.first())), span(body.last()));
        let last = unit(end);
        let body = quote_spanned!(end=> #first == #last);
        self.arms.push(quote!(#pattern #arrow #body));
    }

    /// What has rustc check that the named cases are all; none if they cannot be.
    fn of(&self, subject: &Ident) -> Option<TokenStream> {
        if self.ends == [true; 2] {
            return Some(quote!());
        }
        if self.others || self.ends != [false; 2] {
            return None;
        }
        if !self.paths {
            return (self.bools.contains(&true) && self.bools.contains(&false)).then(|| quote!());
        }
        let arms = &self.arms;
        let check = quote_spanned!(subject.span()=>
            let _ = || match __kfp::type_of(&#subject) { #(#arms),* };);
        Some(quote! {
            #[allow(unreachable_code, unused)]
            #check
        })
    }
}

/// `()` that stands there.
fn unit(span: Span) -> proc_macro2::Group {
    let mut unit = proc_macro2::Group::new(proc_macro2::Delimiter::Parenthesis, quote!());
    unit.set_span(span);
    unit
}

/// The condition of a pattern; none for `_`.
fn pattern(lower: &mut Lower<'_>, pat: &Pat, subject: &Ident, complete: &mut Completeness) -> Option<TokenStream> {
    let equals = |constant: TokenStream| {
        let span = pat.span();
        condition::compare(span, (&quote!(#subject), subject.span()), &quote!(Eq), (&constant, span))
    };
    match pat {
        Pat::Wild(_) => None,
        Pat::Paren(paren) => pattern(lower, &paren.pat, subject, complete),
        Pat::Lit(literal) => {
            match &literal.lit {
                Lit::Bool(flag) => complete.bools.push(flag.value),
                _ => complete.others = true,
            }
            Some(equals(quote!(#literal)))
        }
        Pat::Path(path) => {
            complete.paths = true;
            Some(equals(quote!(#path)))
        }
        Pat::Ident(name) if name.subpat.is_none() && name.ident.to_string().starts_with(char::is_uppercase) => {
            complete.paths = true;
            Some(equals(quote!(#name)))
        }
        Pat::Or(cases) => {
            let conditions = cases.cases.iter().map(|case| pattern(lower, case, subject, complete));
            let conditions: Option<Vec<TokenStream>> = conditions.collect();
            conditions?.into_iter().reduce(|all, next| quote!(__kfp::or(#all, #next)))
        }
        Pat::Guard(guard) => {
            lower.errors.at(guard, 54, "a pipeline `match` has no guards; write `if` / `else if`");
            let wrong = wrong();
            Some(quote!(#wrong))
        }
        other => {
            let message = match other {
                Pat::Ident(name) => format!(
                    "a pipeline `match` binds nothing, and `{}` would be bound: write `_`, and use the value by its own name",
                    name.ident
                ),
                Pat::Range(_) => {
                    "a pipeline `match` has no ranges: write `if x >= .. && x <= .. { .. } else { .. }`".to_owned()
                }
                _ => {
                    "a pipeline `match` compares with constants: literals, unit variants, `|` and `_`; it binds nothing"
                        .to_owned()
                }
            };
            lower.errors.at(other, 57, message);
            let wrong = wrong();
            Some(quote!(#wrong))
        }
    }
}
