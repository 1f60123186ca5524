//! `if` and `else`, and what branches end in.

use super::cases::{Ended, block_of};
use super::{named, shown};
use crate::pipeline::lower::{Lower, bind_wrong, scope, wrong};
use crate::pipeline::{condition, hidden};
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Block, Expr, ExprIf, LitStr, Pat, Stmt};

/// An arm: its condition (none for `else`) and its lowered statements.
pub(super) struct Arm {
    pub(super) condition: Option<TokenStream>,
    /// Where the condition stands, for what is found out about it later.
    pub(super) at: Span,
    pub(super) body: TokenStream,
    pub(super) span: Span,
    /// Whether it ends in a constant, so that another says of which type the whole is.
    pub(super) constant: bool,
}

impl Arm {
    /// Of a block that is lowered already.
    pub(super) fn new(condition: Option<TokenStream>, at: Span, lowered: &Block, span: Span, constant: bool) -> Self {
        Self { condition, at, body: block(lowered), span, constant }
    }

    /// With statements before its body.
    pub(super) fn beginning(self, stmts: Option<TokenStream>) -> Self {
        let body = &self.body;
        Self { body: quote!(#stmts #body), ..self }
    }
}

pub(super) fn if_else(lower: &mut Lower<'_>, branch: &mut ExprIf, name: Option<&LitStr>, value: bool) -> TokenStream {
    let span = branch.if_token.span;
    let (mut arms, mut subjects) = (Vec::new(), Vec::new());
    if value {
        one_value(lower, ends_of(branch));
    }
    collect_arms(lower, branch, value, &mut arms, &mut subjects);
    let branches = branches(span, arms, name, value);
    if subjects.is_empty() { branches } else { quote!({ #(#subjects)* #branches }) }
}

/// The arms of an `else if` chain. A chain whose later condition adds tasks goes on inside of its `else`, where they
/// belong.
fn collect_arms(
    lower: &mut Lower<'_>,
    branch: &mut ExprIf,
    value: bool,
    arms: &mut Vec<Arm>,
    subjects: &mut Vec<TokenStream>,
) {
    let at = branch.cond.span();
    let (span, constant) = (end_of(&branch.then_branch), ends_in_constant(&branch.then_branch));
    let arm = match &mut *branch.cond {
        Expr::Let(binding) if let Some(ended) = Ended::of(&binding.pat) => {
            lower.expr(&mut binding.expr);
            let (subject, expr) = (hidden(&format!("subject_{}", arms.len()), binding.expr.span()), &binding.expr);
            subjects.push(quote!(let #subject = #expr;));
            ended.arm(lower, &subject, &mut branch.then_branch, value, (at, span, constant))
        }
        condition => {
            let (lowered, bound) = (condition::lower(lower, condition), bound(condition));
            lower.locals.enter();
            if let Some(pattern) = &bound {
                lower.locals.bind_pattern(pattern);
            }
            lower.lowered_block(&mut branch.then_branch, value);
            lower.locals.leave();
            let arm = Arm::new(Some(lowered), at, &branch.then_branch, span, constant);
            arm.beginning(bound.map(|pattern| bind_wrong(&pattern)))
        }
    };
    arms.push(arm);
    let Some((token, otherwise)) = &mut branch.else_branch else { return };
    match &mut **otherwise {
        Expr::If(next) if !adds_tasks(&next.cond) => collect_arms(lower, next, value, arms, subjects),
        Expr::Block(last) if last.attrs.is_empty() => {
            let (span, constant) = (end_of(&last.block), ends_in_constant(&last.block));
            lower.lowered_block(&mut last.block, value);
            arms.push(Arm::new(None, span, &last.block, span, constant));
        }
        other => {
            let mut wrapped = block_of(other.clone(), None);
            lower.lowered_block(&mut wrapped, value);
            arms.push(Arm::new(None, token.span, &wrapped, token.span, false));
        }
    }
}

/// The pattern of an `if let`, which is an error.
fn bound(condition: &Expr) -> Option<Pat> {
    match condition {
        Expr::Let(binding) => Some((*binding.pat).clone()),
        _ => None,
    }
}

fn adds_tasks(condition: &Expr) -> bool {
    struct Calls(bool);
    impl syn::visit::Visit<'_> for Calls {
        fn visit_expr_call(&mut self, _: &syn::ExprCall) {
            self.0 = true;
        }
    }
    let mut calls = Calls(false);
    syn::visit::Visit::visit_expr(&mut calls, condition);
    calls.0
}

/// What the arms of an `if` end in.
fn ends_of(branch: &mut ExprIf) -> Vec<&mut Expr> {
    let mut ends: Vec<&mut Expr> = end_expr(&mut branch.then_branch).into_iter().collect();
    match branch.else_branch.as_mut().map(|(_, otherwise)| &mut **otherwise) {
        Some(Expr::If(next)) => ends.extend(ends_of(next)),
        Some(Expr::Block(last)) => ends.extend(end_expr(&mut last.block)),
        _ => {}
    }
    ends
}

fn end_expr(block: &mut Block) -> Option<&mut Expr> {
    match block.stmts.last_mut() {
        Some(Stmt::Expr(end, None)) => Some(end),
        _ => None,
    }
}

/// Refuses arms that end in several values.
fn one_value(lower: &mut Lower<'_>, ends: Vec<&mut Expr>) {
    let mut said = false;
    for end in ends {
        let Expr::Tuple(tuple) = &*end else { continue };
        if tuple.elems.is_empty() {
            continue;
        }
        if !std::mem::replace(&mut said, true) {
            let message =
                "a branch gives one value, and this is several: write an `if` for each, or have a task give them all";
            lower.errors.at(tuple, 111, message);
        }
        let wrong = wrong();
        *end = syn::parse_quote!({ let _ = #tuple; #wrong });
    }
}

/// Where a block ends: what is wrong with its value is shown there.
pub(super) fn end_of(block: &Block) -> Span {
    block.stmts.last().map_or_else(|| block.brace_token.span.join(), Spanned::span)
}

pub(super) fn ends_in_constant(block: &Block) -> bool {
    matches!(block.stmts.last(), Some(Stmt::Expr(end, None)) if condition::is_constant(end))
}

pub(super) fn block(block: &Block) -> TokenStream {
    let stmts = &block.stmts;
    quote!(#(#stmts)*)
}

/// ```text
/// { let this_if = scope.branch();
///   let arm_0 = this_if.when(..);   let end_0 = { let scope = &arm_0; .. };
///   let arm_1 = this_if.otherwise(); let end_1 = { let scope = &arm_1; .. };
///   branches_agree(BranchEnd::merge(end_0, this_if, 0), 1, end_1).end() }
/// ```
pub(super) fn branches(span: Span, arms: Vec<Arm>, name: Option<&LitStr>, value: bool) -> TokenStream {
    let scope = scope();
    let this = hidden("this_if", span);
    let open = quote_spanned!(span=> #scope.branch());
    let named = named(name, &this);
    let whole = arms.last().is_some_and(|arm| arm.condition.is_none());
    let decisive = arms.iter().position(|arm| !arm.constant).unwrap_or(0);
    let seen: TokenStream = arms.iter().flat_map(|arm| arm.condition.iter().chain([&arm.body]).cloned()).collect();
    let mut opened = Vec::new();
    let mut ends = Vec::new();
    for (index, Arm { condition, at, body, span, .. }) in arms.into_iter().enumerate() {
        let arm = shown("this_branch", index, &seen, span);
        let end = shown("end_of_branch", index, &seen, span);
        let when = match condition {
            Some(condition) => {
                quote_spanned!(at=> #this.when(#condition))
            }
            None => quote!(#this.otherwise()),
        };
        let borrow = quote_spanned!(span=> &#arm);
        opened.push(quote!(let #arm = #when; let #end = { let #scope = #borrow; #body };));
        ends.push(end);
    }
    let finish = match (&ends[..], value, whole) {
        (_, false, _) => {
            quote!(#(let _ = #ends;)* #this.group())
        }
        ([_, ..], true, true) => {
            let first = &ends[decisive];
            let merge = quote_spanned!(first.span()=> __kfp::BranchEnd::merge(#first, #this, #decisive));
            let rest = ends.iter().enumerate().filter(|(index, _)| *index != decisive);
            let all = rest.fold(
                merge,
                |merged, (index, end)| quote_spanned!(end.span()=> __kfp::branches_agree(#merged, #index, #end)),
            );
            quote!(#all.end())
        }
        ([first, rest @ ..], true, false) => {
            let only = quote_spanned!(first.span()=> __kfp::WithoutValue::end_only(#first, #this));
            quote!(#(let _ = #rest;)* #only)
        }
        ([], ..) => quote!(#this.group()),
    };
    quote_spanned!(span=> { let #this = #open; #named #(#opened)* #finish })
}
