//! Structs in which there are values of the run, and what adds a task.

use super::lower::Lower;
use super::{calls, computing};
use syn::visit::{self, Visit};
use syn::{Expr, ExprCall, Macro};

/// Whether it is a struct with what may be a value in a field: a variable, a text put together, a task.
pub(super) fn is_struct_of_values(lower: &Lower<'_>, expr: &Expr) -> bool {
    struct Values<'a, 'e>(&'a Lower<'e>, bool);
    impl Visit<'_> for Values<'_, '_> {
        fn visit_expr_path(&mut self, path: &syn::ExprPath) {
            self.1 |= path.path.get_ident().is_some_and(|name| self.0.locals.get(name).is_some());
        }

        fn visit_macro(&mut self, call: &Macro) {
            self.1 |= call.path.is_ident("format");
        }
    }
    let mut values = Values(lower, find_call(lower, expr).is_some());
    values.visit_expr(expr);
    values.1 && matches!(expr, Expr::Struct(item) if item.rest.is_none())
}

/// Whether a field of a struct exists only when the pipeline runs: a value, a field of one, a task.
pub(super) fn is_of_values(lower: &Lower<'_>, item: &syn::ExprStruct) -> bool {
    fn is_value(lower: &Lower<'_>, expr: &Expr) -> bool {
        match expr {
            Expr::MethodCall(call) => is_value(lower, &call.receiver),
            Expr::Struct(inner) => is_of_values(lower, inner),
            Expr::Call(_) => find_call(lower, expr).is_some(),
            other => computing::is_of_the_run(lower, other),
        }
    }
    item.fields.iter().any(|field| is_value(lower, &field.expr))
}

/// The first call of what looks like a component.
pub(super) fn find_call(lower: &Lower<'_>, expr: &Expr) -> Option<ExprCall> {
    struct Finder<'a, 'e>(&'a Lower<'e>, Option<ExprCall>);
    impl Visit<'_> for Finder<'_, '_> {
        fn visit_expr_call(&mut self, call: &ExprCall) {
            if let Expr::Path(path) = &*call.func
                && !matches!(calls::callee(self.0, &path.path), calls::Callee::Host)
                && self.1.is_none()
            {
                self.1 = Some(call.clone());
            }
            visit::visit_expr_call(self, call);
        }
    }
    let mut finder = Finder(lower, None);
    finder.visit_expr(expr);
    finder.1
}
