//! Constants in the small languages, read at the literal: options of attributes, and arguments of methods in the bodies
//! that are run while a pipeline is built.

use crate::errors::Errors;
use crate::options::{self, KeyValue};
use kfp_grammar::literal::{Grammar, arguments};
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Attribute, Block, Expr, ExprCall, ExprMethodCall, Item, LitStr, Local, Token};

/// Reads the arguments of all calls in a body that have literals in one of the languages.
pub(crate) fn check(body: &Block, errors: &mut Errors) {
    Reader { errors }.visit_block(body);
}

/// The options of attributes that are in one of the languages.
const OPTIONS: &[(&str, Grammar)] = &[
    ("image", Grammar::Image),
    ("cpu", Grammar::Quantity("cpu")),
    ("cpu_request", Grammar::Quantity("cpu")),
    ("memory", Grammar::Quantity("memory")),
    ("memory_request", Grammar::Quantity("memory")),
    ("ephemeral_storage", Grammar::Quantity("ephemeral-storage")),
    ("json_path", Grammar::JsonPath),
    ("display_name", Grammar::Plain),
    ("schedule", Grammar::Schedule),
    ("timezone", Grammar::TimeZone),
];

/// Reads an option of an attribute; what is no literal is read when the graph is there.
pub(crate) fn check_option(option: &KeyValue, errors: &mut Errors) {
    let grammar = OPTIONS.iter().find(|(key, _)| option.key == key);
    if let Some((_, grammar)) = grammar
        && let Some(value) = &option.value
        && let Some(text) = options::literal(value).map(LitStr::value)
        && let Err(mistake) = grammar.read(&text, None)
    {
        errors.mistake(value, &mistake, "");
    }
}

/// Reads the arguments of one call.
pub(crate) fn check_arguments(call: &str, given: &Punctuated<Expr, Token![,]>, errors: &mut Errors) {
    Reader { errors }.arguments(call, given);
}

struct Reader<'e> {
    errors: &'e mut Errors,
}

impl Reader<'_> {
    fn arguments(&mut self, call: &str, given: &Punctuated<Expr, Token![,]>) {
        for (index, grammar) in arguments(call) {
            let first = given.first().and_then(options::literal).map(LitStr::value);
            for expr in given.get(*index).into_iter().flat_map(each) {
                if let Some(text) = options::literal(expr).map(LitStr::value)
                    && let Err(mistake) = grammar.read(&text, first.as_deref())
                {
                    self.errors.mistake(expr, &mistake, "");
                }
            }
        }
    }
}

impl Visit<'_> for Reader<'_> {
    /// What is Rust's own is none of ours.
    fn visit_local(&mut self, local: &Local) {
        if !is_host(&local.attrs) {
            visit::visit_local(self, local);
        }
    }

    fn visit_item(&mut self, _: &Item) {}

    fn visit_expr_method_call(&mut self, call: &ExprMethodCall) {
        if !is_host(&call.attrs) {
            self.arguments(&call.method.to_string(), &call.args);
            visit::visit_expr_method_call(self, call);
        }
    }

    fn visit_expr_call(&mut self, call: &ExprCall) {
        if is_host(&call.attrs) {
            return;
        }
        if let Expr::Path(function) = &*call.func {
            let names: Vec<String> = function.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            if let [.., ty, function] = &names[..] {
                self.arguments(&format!("{ty}::{function}"), &call.args);
            }
        }
        visit::visit_expr_call(self, call);
    }
}

/// The items of a list, or what is none.
fn each(expr: &Expr) -> Vec<&Expr> {
    match expr {
        Expr::Reference(list) if matches!(&*list.expr, Expr::Array(_)) => each(&list.expr),
        Expr::Array(list) => list.elems.iter().collect(),
        one => vec![one],
    }
}

fn is_host(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident("host"))
}
