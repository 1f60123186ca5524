//! The options of `#[pipeline]`.

use crate::errors::Errors;
use crate::options;
use proc_macro2::TokenStream;
use syn::{Expr, ExprClosure};

const KNOWN: &[&str] = &["name", "description", "parallelism", "timeout", "service_account", "on_exit"];

/// What the attribute says.
#[derive(Default)]
pub(super) struct Options {
    pub(super) name: Option<String>,
    pub(super) description: Option<String>,
    pub(super) parallelism: Option<u32>,
    /// In seconds.
    pub(super) timeout: Option<u64>,
    pub(super) service_account: Option<String>,
    pub(super) on_exit: Vec<ExprClosure>,
}

pub(super) fn read(attribute: TokenStream, errors: &mut Errors) -> Options {
    let mut read = Options::default();
    for option in options::parse(attribute, KNOWN, &["on_exit"], errors) {
        match option.key.to_string().as_str() {
            "name" => read.name = option.text(errors),
            "description" => read.description = option.text(errors),
            "parallelism" => read.parallelism = option.number(1, errors),
            "timeout" => read.timeout = option.number(1, errors),
            "service_account" => read.service_account = option.text(errors),
            _ => match option.value {
                Some(Expr::Closure(closure)) => read.on_exit.push(closure),
                other => errors.at(
                    other.as_ref().map_or_else(
                        || quote::ToTokens::to_token_stream(&option.key),
                        quote::ToTokens::to_token_stream,
                    ),
                    42,
                    "an exit handler is written `on_exit = |run| notify(run.status)`",
                ),
            },
        }
    }
    if read.name.as_deref() == Some("") {
        errors.at_span(proc_macro2::Span::call_site(), 21, "the name of a pipeline is not empty");
    }
    read
}
