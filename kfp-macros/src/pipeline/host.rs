//! `#[host]`: control flow that is Rust's, with pipeline code inside.

use super::locals::Locals;
use super::lower::{Lower, wrong};
use super::{computing, control};
use quote::quote;
use syn::{Attribute, Block, Expr};

impl Lower<'_> {
    /// `#[host]` on a loop or a condition: its head is Rust's, its body stays pipeline code; `value` says whether somebody
    /// takes what it gives.
    pub(super) fn host(&mut self, expr: &mut Expr, value: bool) {
        match expr {
            Expr::ForLoop(each) => {
                self.host_head(&mut each.expr);
                self.locals.enter();
                self.locals.bind_pattern(&each.pat);
                self.host_body(&mut each.body);
                self.locals.leave();
            }
            Expr::While(repeat) => {
                self.host_head(&mut repeat.cond);
                self.host_body(&mut repeat.body);
            }
            Expr::Loop(repeat) => self.host_body(&mut repeat.body),
            Expr::If(branch) => {
                self.host_head(&mut branch.cond);
                self.locals.enter();
                bind_condition(&mut self.locals, &branch.cond);
                // Without an `else` it gives nothing.
                let value = value && branch.else_branch.is_some();
                self.block(&mut branch.then_branch, value);
                self.locals.leave();
                if let Some((_, otherwise)) = &mut branch.else_branch {
                    match &mut **otherwise {
                        Expr::If(_) => self.host(otherwise, value),
                        other => self.host_arm(other, value),
                    }
                }
            }
            Expr::Match(decide) => {
                self.host_head(&mut decide.expr);
                for arm in &mut decide.arms {
                    self.locals.enter();
                    self.locals.bind_pattern(&arm.pat);
                    self.host_arm(&mut arm.body, value);
                    self.locals.leave();
                }
            }
            _ => {}
        }
    }

    pub(super) fn host_arm(&mut self, arm: &mut Expr, value: bool) {
        match arm {
            Expr::Block(block) if block.attrs.is_empty() && block.label.is_none() => {
                self.block(&mut block.block, value);
            }
            arm if control::is_control(arm) && !value => {
                let lowered = control::lower(self, arm, false);
                *arm = Expr::Verbatim(quote!({ #lowered; }));
            }
            arm => self.expr(arm),
        }
    }

    /// A head that is Rust's cannot decide on what exists only when the pipeline runs.
    pub(super) fn host_head(&mut self, head: &mut Expr) {
        let inner = match &*head {
            Expr::Let(binding) => &*binding.expr,
            other => other,
        };
        let name = match inner {
            Expr::Binary(binary) => {
                computing::of_the_run(self, &binary.left).or_else(|| computing::of_the_run(self, &binary.right))
            }
            Expr::Unary(unary) => computing::of_the_run(self, &unary.expr),
            other => computing::of_the_run(self, other),
        };
        let Some(name) = name else { return computing::refuse_inside(self, head) };
        let message = format!(
            "`{name}` exists only when the pipeline runs, so Rust cannot decide by it here: remove the `#[host]`, and it is \
             decided then"
        );
        self.errors.at(inner, 28, message);
        let wrong = wrong();
        match head {
            Expr::Let(binding) => *binding.expr = Expr::Verbatim(quote!(#wrong)),
            _ => *head = Expr::Verbatim(quote!(#wrong)),
        }
    }

    pub(super) fn host_body(&mut self, block: &mut Block) {
        self.host_loops += 1;
        self.block(block, false);
        self.host_loops -= 1;
    }
}

/// Takes `#[host]` off.
pub(super) fn take_host(attributes: &mut Vec<Attribute>) -> bool {
    let before = attributes.len();
    attributes.retain(|attribute| !attribute.path().is_ident("host"));
    attributes.len() < before
}

/// Binds what `if let` and `while let` bind.
fn bind_condition(locals: &mut Locals, condition: &Expr) {
    match condition {
        Expr::Let(binding) => locals.bind_pattern(&binding.pat),
        Expr::Binary(binary) => {
            bind_condition(locals, &binary.left);
            bind_condition(locals, &binary.right);
        }
        _ => {}
    }
}

/// The attributes of an expression that may carry `#[host]`.
pub(super) fn attributes(expr: &mut Expr) -> Option<&mut Vec<Attribute>> {
    Some(match expr {
        Expr::Array(e) => &mut e.attrs,
        Expr::Assign(e) => &mut e.attrs,
        Expr::Async(e) => &mut e.attrs,
        Expr::Await(e) => &mut e.attrs,
        Expr::Try(e) => &mut e.attrs,
        Expr::Binary(e) => &mut e.attrs,
        Expr::Block(e) => &mut e.attrs,
        Expr::Call(e) => &mut e.attrs,
        Expr::Cast(e) => &mut e.attrs,
        Expr::Closure(e) => &mut e.attrs,
        Expr::Field(e) => &mut e.attrs,
        Expr::ForLoop(e) => &mut e.attrs,
        Expr::If(e) => &mut e.attrs,
        Expr::Index(e) => &mut e.attrs,
        Expr::Lit(e) => &mut e.attrs,
        Expr::Loop(e) => &mut e.attrs,
        Expr::Macro(e) => &mut e.attrs,
        Expr::Match(e) => &mut e.attrs,
        Expr::MethodCall(e) => &mut e.attrs,
        Expr::Paren(e) => &mut e.attrs,
        Expr::Path(e) => &mut e.attrs,
        Expr::Range(e) => &mut e.attrs,
        Expr::Reference(e) => &mut e.attrs,
        Expr::Struct(e) => &mut e.attrs,
        Expr::Tuple(e) => &mut e.attrs,
        Expr::Unary(e) => &mut e.attrs,
        Expr::While(e) => &mut e.attrs,
        _ => return None,
    })
}
