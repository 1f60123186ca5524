//! What Rust would compute while the pipeline is built, with something that exists only when it runs.

use super::calls::{Callee, callee, is_library};
use super::forbidden::root;
use super::lower::{Lower, wrong};
use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::visit_mut::{self, VisitMut};
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
    "into",
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
    "try_into",
    "values",
    "zip",
];

/// Refuses it, and gives what stands in its place.
pub(super) fn refuse(lower: &mut Lower<'_>, expr: &mut Expr) -> Option<Expr> {
    if is_written_otherwise(lower, expr) {
        return Some(Expr::Verbatim(wrong().to_token_stream()));
    }
    if let Some((at, message)) = unwrapped(lower, expr) {
        lower.errors.at(at, 28, message);
        return Some(Expr::Verbatim(wrong().to_token_stream()));
    }
    let (name, at) = found(lower, expr)?;
    if is_outputs(expr) {
        let message = format!("an output of a task is a field of it, by its name: `{name}.output`, `{name}.model`");
        lower.errors.at(at, 160, message);
    } else {
        let help = instead(expr, &name);
        let message =
            format!("`{name}` exists only when the pipeline runs, so Rust cannot compute with it here: {help}");
        lower.errors.at(at, 28, message);
    }
    let wrong = wrong();
    Some(Expr::Verbatim(quote!(#wrong)))
}

/// Refuses what is written in another way; whether it did.
fn is_written_otherwise(lower: &mut Lower<'_>, expr: &Expr) -> bool {
    match expr {
        Expr::Field(field) if let syn::Member::Unnamed(_) = &field.member => {
            if of_the_run(lower, &field.base).is_none() && !is_task(lower, &field.base) {
                return false;
            }
            let message = "what exists only when the pipeline runs has no parts by number: give a struct that derives \
                           `Outputs`, and take its fields by their names";
            lower.errors.at(&field.member, 160, message);
        }
        Expr::Field(field) => match given_as_one(lower, field) {
            Some(message) => lower.errors.at(&field.member, 109, message),
            None => return false,
        },
        Expr::MethodCall(call) if call.method == "add_env_variable" && call.args.len() == 2 => {
            let message = "`add_env_variable` takes one `EnvVar`: write `set_env_variable(name, value)`";
            lower.errors.at(&call.method, 381, message);
        }
        _ => return false,
    }
    true
}

/// What to say of a field of a task whose component gives a struct that has no names for pipelines.
fn given_as_one(lower: &Lower<'_>, field: &syn::ExprField) -> Option<String> {
    let syn::Member::Named(name) = &field.member else { return None };
    let base = match &*field.base {
        Expr::Field(output) if matches!(&output.member, syn::Member::Named(name) if name == "output") => &*output.base,
        base => base,
    };
    let Expr::Path(base) = base else { return None };
    let component = lower.locals.component(base.path.get_ident()?)?;
    let given = lower.neighbours.without_outputs(component, &name.to_string())?;
    Some(format!(
        "`{component}` gives a `{given}` as one value: derive `Outputs` for `{given}`, and each of its fields is an output"
    ))
}

/// The component that an expression is a task of, whatever options it has.
pub(super) fn component(expr: &Expr) -> Option<String> {
    match expr {
        Expr::MethodCall(call) => component(&call.receiver),
        Expr::Call(call) => match &*call.func {
            Expr::Path(path) => path.path.get_ident().map(ToString::to_string),
            _ => None,
        },
        _ => None,
    }
}

/// `.unwrap()` and the like on a task, and `.await`.
fn unwrapped(lower: &Lower<'_>, expr: &Expr) -> Option<(TokenStream, String)> {
    match expr {
        Expr::MethodCall(call)
            if UNWRAPS.contains(&call.method.to_string().as_str()) && is_task(lower, &call.receiver) =>
        {
            let method = &call.method;
            Some((method.to_token_stream(), format!("{NO_RESULT}; remove `.{method}()`")))
        }
        Expr::Await(wait) if is_of_the_run(lower, &wait.base) => {
            let message = "nobody waits for a task while the pipeline is built: whatever takes its output waits for it; \
                           remove `.await`";
            Some((wait.await_token.to_token_stream(), message.to_owned()))
        }
        _ => None,
    }
}

/// What a `Result` has.
const UNWRAPS: &[&str] = &["unwrap", "expect", "is_ok", "is_err", "unwrap_or_default"];

/// Why a task has none of it.
pub(super) const NO_RESULT: &str = "a task is no `Result`: if it fails, what takes its outputs does not run, and \
                                    `.outcome()` lets the pipeline go on";

/// `task.outputs[..]`, as in KFP.
fn is_outputs(expr: &Expr) -> bool {
    let Expr::Index(index) = expr else { return false };
    matches!(&*index.expr, Expr::Field(field) if matches!(&field.member, syn::Member::Named(name) if name == "outputs"))
}

/// What to write instead.
fn instead(expr: &Expr, name: &Ident) -> String {
    let component = "let a component do it";
    match expr {
        Expr::MethodCall(call) => match call.method.to_string().as_str() {
            "iter" | "into_iter" | "map" => {
                format!("loop over it as it is, `for item in {name} {{ .. }}`; what the body ends in is collected")
            }
            "to_string" | "to_owned" | "as_str" | "into" | "try_into" => {
                format!("pass it as it is, or as text, `format!(\"{{{name}}}\")`")
            }
            "len" | "is_empty" | "contains" | "starts_with" | "ends_with" | "is_some" | "is_none" | "count" => {
                "let a component find out, and ask for its output in the `if`".to_owned()
            }
            _ => component.to_owned(),
        },
        Expr::Binary(binary) => match binary.op {
            BinOp::Add(_) => format!("{component}; text is put together by `format!(\"..{{{name}}}\")`"),
            BinOp::BitAnd(_) | BinOp::BitOr(_) | BinOp::BitXor(_) => {
                "conditions are joined by `&&` and `||` in the head of an `if`".to_owned()
            }
            BinOp::Sub(_) | BinOp::Mul(_) | BinOp::Div(_) | BinOp::Rem(_) => component.to_owned(),
            _ => "compare it in the head of an `if`".to_owned(),
        },
        Expr::Cast(cast) => {
            let ty = crate::signature::text(&cast.ty);
            format!("let a component convert it; `{name}.ignore_type::<{ty}>()` takes its text for one of that type")
        }
        Expr::Index(_) => "let a component pick it, or loop over the whole".to_owned(),
        _ => component.to_owned(),
    }
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
        Expr::Cast(cast) => Some((of_the_run(lower, &cast.expr)?, cast.as_token.to_token_stream())),
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
            | BinOp::BitAnd(_)
            | BinOp::BitOr(_)
            | BinOp::BitXor(_)
    )
}

pub(super) fn of_the_run(lower: &Lower<'_>, expr: &Expr) -> Option<Ident> {
    match expr {
        // An output of a task without a name.
        Expr::Field(field) if is_task(lower, &field.base) => {
            return match &field.member {
                syn::Member::Named(name) => Some(name.clone()),
                syn::Member::Unnamed(_) => None,
            };
        }
        Expr::Path(_) | Expr::Field(_) | Expr::Paren(_) => {}
        Expr::Reference(reference) => return of_the_run(lower, &reference.expr),
        _ => return None,
    }
    let name = root(expr)?;
    lower.locals.get(name).filter(|local| local.of_the_run).map(|_| name.clone())
}

/// Whether it exists only when the pipeline runs, as far as can be seen.
pub(super) fn is_of_the_run(lower: &Lower<'_>, expr: &Expr) -> bool {
    let is_text = |expr: &Expr| matches!(expr, Expr::Macro(call) if call.mac.path.is_ident("format"));
    is_task(lower, expr) || of_the_run(lower, expr).is_some() || is_text(expr) || super::control::is_control(expr)
}

/// Refuses to compute with a value in what is Rust's own.
pub(super) fn refuse_inside(lower: &mut Lower<'_>, expr: &mut Expr) {
    struct Inside<'a, 'e>(&'a mut Lower<'e>);
    impl VisitMut for Inside<'_, '_> {
        fn visit_expr_mut(&mut self, expr: &mut Expr) {
            match refuse(self.0, expr) {
                Some(instead) => *expr = instead,
                None => visit_mut::visit_expr_mut(self, expr),
            }
        }
        fn visit_expr_closure_mut(&mut self, _: &mut syn::ExprClosure) {}
    }
    Inside(lower).visit_expr_mut(expr);
}

/// Macros of Rust's that are done while the pipeline is built, each with what to do instead.
const MACROS: &[(&[&str], &str)] = &[
    (
        &["json"],
        "set it by its field: `.set(\"/spec/replicas\", n)`, or `manifest!(\"pod.yaml\", \"/spec/replicas\" = n)`",
    ),
    (&["print", "println", "eprint", "eprintln", "dbg", "info", "warn", "debug", "trace"], "let a component print it"),
    (
        &["assert", "assert_eq", "assert_ne", "debug_assert", "debug_assert_eq", "debug_assert_ne"],
        "let a component check it, which fails when it is wrong",
    ),
    (&["matches"], "write a `match` or a comparison in the head of an `if`"),
    (&["concat", "write", "writeln", "panic"], "put it into text with `format!`, and pass that to a component"),
];

/// Refuses a value of the run among the arguments of such a macro.
pub(super) fn refuse_in_macro(lower: &mut Lower<'_>, name: &str, tokens: &TokenStream) -> bool {
    let Some((_, help)) = MACROS.iter().find(|(names, _)| names.contains(&name)) else { return false };
    let Some((value, span)) = value_in(lower, tokens.clone()) else { return false };
    let message =
        format!("`{value}` exists only when the pipeline runs, and `{name}!` is done while it is built: {help}");
    lower.errors.at_span(span, 158, message);
    true
}

/// The first value of the run that tokens name.
fn value_in(lower: &Lower<'_>, tokens: TokenStream) -> Option<(String, Span)> {
    let is_value = |name: &Ident| lower.locals.get(name).is_some_and(|local| local.of_the_run);
    let mut after_dot = false;
    for token in tokens {
        let was_field =
            std::mem::replace(&mut after_dot, matches!(&token, TokenTree::Punct(dot) if dot.as_char() == '.'));
        match token {
            TokenTree::Ident(name) if !was_field && is_value(&name) => return Some((name.to_string(), name.span())),
            TokenTree::Group(group) => {
                if let Some(found) = value_in(lower, group.stream()) {
                    return Some(found);
                }
            }
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                let named = text.split('{').skip(1).filter_map(|rest| rest.split(['}', ':']).next());
                let names = named.filter_map(|name| syn::parse_str::<Ident>(name).ok());
                if let Some(name) = names.into_iter().find(is_value) {
                    return Some((name.to_string(), literal.span()));
                }
            }
            _ => {}
        }
    }
    None
}

/// Whether it is a task, or an output or option of one.
pub(super) fn is_task(lower: &Lower<'_>, expr: &Expr) -> bool {
    match expr {
        Expr::Call(call) => match &*call.func {
            Expr::Path(function) => {
                !matches!(callee(lower, &function.path), Callee::Host) && !is_library(&function.path)
            }
            _ => false,
        },
        Expr::Field(field) => is_task(lower, &field.base),
        Expr::MethodCall(call) => is_task(lower, &call.receiver),
        _ => false,
    }
}
