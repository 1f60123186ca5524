//! What Rust may do with its variables and blocks and a pipeline may not.

use super::lower::Lower;
use quote::ToTokens;
use syn::{BinOp, Expr, Ident};

impl Lower<'_> {
    /// A variable that is there no more.
    pub(super) fn forbid_gone(&mut self, path: &syn::ExprPath) -> bool {
        let Some(name) = path.path.get_ident() else { return false };
        let message = match self.locals.gone(name) {
            None => return false,
            Some(_) if self.in_handler => format!(
                "a handler runs however its block has ended, so `{name}` may never have run: take what the handler is \
                 given, `|run| ..`, or do it at the end of the block"
            ),
            Some(true) => format!(
                "`{name}` is there in the rounds of the `for` alone; end its body in the value, and take them all: \
                 `let all = for .. {{ .. }};`"
            ),
            Some(false) => format!(
                "`{name}` is there in its own block alone, which may not run; end the block in it, and name what the whole \
                 gives: `let {name} = if .. {{ .. }} else {{ .. }};`"
            ),
        };
        self.errors.at(name, 159, message);
        true
    }

    /// What would leave a block that runs once whatever happens.
    pub(super) fn forbid_leaving(&mut self, token: impl ToTokens, what: &str) {
        let message = match self.locals.depth {
            0 if what == "return" => {
                "`return` cannot leave a pipeline early: its body describes all of its tasks; end the body \
                in the value without `return` and `;`, or use `if`"
                    .to_owned()
            }
            0 => format!("`{what}` cannot leave a pipeline early: its body describes all of its tasks; use `if`"),
            _ if what == "return" => {
                "`return` would act while the pipeline is built, on every run alike; put what comes \
                after it into an `else`, or end the branch in the value"
                    .to_owned()
            }
            _ => format!(
                "`{what}` would act while the pipeline is built, on every run alike; end the branch in the value instead"
            ),
        };
        self.errors.at(token, 50, message);
    }

    /// Changes of a variable from outside of the block would be made always, not only when the block runs.
    pub(super) fn forbid_change(&mut self, place: &Expr, token: impl ToTokens) {
        let Some(name) = root(place) else { return };
        if self.locals.is_outer_mutable(name) {
            if self.in_loop {
                let message = format!(
                    "this changes `{name}` while the pipeline is built, once for all rounds; end the body of the `for` in \
                     the value instead, and take them all: `let {name} = for .. {{ .. }};`"
                );
                self.errors.at(token, 51, message);
                return;
            }
            let message = format!(
                "this changes `{name}` while the pipeline is built, whether the block runs or not; end the block in the \
                 value instead: `let {name} = if .. {{ a }} else {{ b }};`"
            );
            self.errors.at(token, 51, message);
        }
    }
}

/// Methods that change what they are called on.
pub(super) const MUTATORS: &[&str] = &[
    "append",
    "clear",
    "dedup",
    "drain",
    "entry",
    "extend",
    "get_or_insert",
    "get_or_insert_with",
    "insert",
    "pop",
    "push",
    "push_str",
    "remove",
    "replace",
    "resize",
    "retain",
    "reverse",
    "sort",
    "sort_by",
    "sort_by_key",
    "swap",
    "take",
    "truncate",
];

pub(super) fn is_compound(op: &BinOp) -> bool {
    matches!(
        op,
        BinOp::AddAssign(_)
            | BinOp::SubAssign(_)
            | BinOp::MulAssign(_)
            | BinOp::DivAssign(_)
            | BinOp::RemAssign(_)
            | BinOp::BitXorAssign(_)
            | BinOp::BitAndAssign(_)
            | BinOp::BitOrAssign(_)
            | BinOp::ShlAssign(_)
            | BinOp::ShrAssign(_)
    )
}

/// The variable at the root of a place expression.
pub(super) fn root(expr: &Expr) -> Option<&Ident> {
    match expr {
        Expr::Path(path) => path.path.get_ident(),
        Expr::Field(field) => root(&field.base),
        Expr::Index(index) => root(&index.expr),
        Expr::Paren(paren) => root(&paren.expr),
        Expr::Unary(unary) => root(&unary.expr),
        _ => None,
    }
}
