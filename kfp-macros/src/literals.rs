//! Constants in the small languages, read at the literal: options of attributes, and arguments of methods in the bodies
//! that are run while a pipeline is built.

use crate::component_texts;
use crate::errors::Errors;
use crate::options::{self, KeyValue};
use kfp_grammar::literal::arguments;
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Attribute, Block, Expr, ExprCall, ExprMethodCall, Item, LitStr, Local, Path, Token};

/// Reads the arguments of all calls in a body that have literals in one of the languages.
pub(crate) fn check(body: &Block, errors: &mut Errors) {
    Reader { errors }.visit_block(body);
}

/// The options of attributes that are in one of the languages, each with the method that takes the same.
const OPTIONS: &[(&str, &str)] = &[
    ("image", "image"),
    ("cpu", "set_cpu_limit"),
    ("cpu_request", "set_cpu_request"),
    ("memory", "set_memory_limit"),
    ("memory_request", "set_memory_request"),
    ("ephemeral_storage", "set_ephemeral_storage_limit"),
    ("json_path", "json_path"),
    ("display_name", "set_display_name"),
    ("service_account", "set_service_account"),
    ("priority_class", "set_priority_class"),
    ("deadline", "set_deadline"),
    ("schedule", "add_schedule"),
    ("timezone", "set_timezone"),
    ("max_cache_staleness", "set_max_cache_staleness"),
    ("image_pull_policy", "set_image_pull_policy"),
    ("executor_service_account", "set_executor_service_account"),
    ("image_pull_secrets", "set_image_pull_secrets"),
    ("pod_priority_class", "set_pod_priority_class"),
    ("dns_policy", "set_dns_policy"),
    ("pod_gc", "set_pod_gc"),
    ("pod_gc_delay", "set_pod_gc_delay"),
    ("artifact_gc", "set_artifact_gc"),
    ("volume_claim_gc", "set_volume_claim_gc"),
    ("artifact_repository_config_map", "set_artifact_repository_config_map"),
    ("concurrency_policy", "set_concurrency_policy"),
];

/// Attributes of blocks whose argument is an expression.
const OF_BLOCKS: [&str; 6] = ["retry", "mutex", "on_exit", "on_success", "on_failure", "on_error"];

/// Reads an option of an attribute; what is no literal is read when the graph is there.
pub(crate) fn check_option(option: &KeyValue, errors: &mut Errors) {
    let Some(value) = &option.value else { return };
    let mut reader = Reader { errors };
    reader.visit_expr(value);
    // In braces it names inputs, so it is text with values in it.
    let is_plain = |text: &LitStr| {
        component_texts::METHODS.iter().all(|(key, _)| option.key != key) || !text.value().contains('{')
    };
    if options::literal(value).is_some_and(|text| !is_plain(text)) {
        return;
    }
    if let Some((_, method)) = OPTIONS.iter().find(|(key, _)| option.key == key) {
        reader.arguments(method, &Punctuated::from_iter([value.clone()]));
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

    fn visit_attribute(&mut self, attribute: &Attribute) {
        if OF_BLOCKS.iter().any(|name| attribute.path().is_ident(name))
            && let Ok(argument) = attribute.parse_args::<Expr>()
        {
            self.visit_expr(&argument);
        }
    }

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
            self.arguments(&called(&function.path), &call.args);
        }
        visit::visit_expr_call(self, call);
    }
}

/// A function as the table has it: `Type::function`.
pub(crate) fn called(path: &Path) -> String {
    let names: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    names[names.len().saturating_sub(2)..].join("::")
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
