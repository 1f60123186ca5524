//! The options of `#[pipeline]`.

use crate::errors::Errors;
use crate::options;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Expr, ExprClosure};

const KNOWN: &[&str] = &["name", "description", "parallelism", "timeout", "service_account", "argo", "on_exit"];

/// What the attribute says.
#[derive(Default)]
pub(super) struct Options {
    pub(super) name: Option<String>,
    pub(super) description: Option<String>,
    /// Methods of `PipelineConf` with their arguments.
    pub(super) conf: Vec<TokenStream>,
    pub(super) on_exit: Vec<ExprClosure>,
}

pub(super) fn read(attribute: TokenStream, errors: &mut Errors) -> Options {
    let mut read = Options::default();
    for option in options::parse(attribute, KNOWN, &["on_exit"], errors) {
        match option.key.to_string().as_str() {
            "name" => read.name = option.text(errors),
            "description" => read.description = option.text(errors),
            "parallelism" => {
                read.conf.extend(option.number(1_u32, errors).map(|number| quote!(.set_parallelism(#number))));
            }
            "timeout" => read.conf.extend(option.number(1_u64, errors).map(|seconds| quote!(.set_timeout(#seconds)))),
            "service_account" => read.conf.extend(option.text(errors).map(|name| quote!(.set_service_account(#name)))),
            "argo" => read.conf.extend(argo(&option, errors)),
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

/// The versions of Argo that a manifest can be for.
const VERSIONS: &[&str] = &["3.5", "3.6", "3.7", "4.0", "4.1"];

fn argo(option: &options::KeyValue, errors: &mut Errors) -> Option<TokenStream> {
    let text = option.text(errors)?;
    if !VERSIONS.contains(&text.as_str()) {
        let message = format!("there is no target Argo `{text}`; known are {}", options::list_of(VERSIONS));
        errors.at(&option.value, 65, message);
        return None;
    }
    let version = format_ident!("V{}", text.replace('.', "_"));
    Some(quote!(.set_argo_version(::kfp::ArgoVersion::#version)))
}
