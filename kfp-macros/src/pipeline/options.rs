//! The options of `#[pipeline]`.

use super::{conf, hooks};
use crate::errors::Errors;
use crate::options;
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, ExprClosure};

/// Those that are no methods of `PipelineConf`.
const KNOWN: &[&str] =
    &["name", "description", "on_exit", "on_success", "on_failure", "on_error", "conf", "argo", "kind", "layout"];
/// Those that may be given more than once.
const REPEATABLE: &[&str] = &[
    "on_exit",
    "on_success",
    "on_failure",
    "on_error",
    "op_transformer",
    "schedule",
    "toleration",
    "volume",
    "volume_claim_template",
    "metric",
    "mutex",
    "semaphore",
    "database_semaphore",
];

/// What the attribute says.
#[derive(Default)]
pub(super) struct Options {
    pub(super) name: Option<String>,
    pub(super) description: Option<String>,
    /// The configuration that the rest is laid over.
    pub(super) base: Option<TokenStream>,
    /// Methods of `PipelineConf` with their arguments.
    pub(super) conf: Vec<TokenStream>,
    /// Exit handlers, each with the end of the run that it is for.
    pub(super) handlers: Vec<(&'static str, ExprClosure)>,
}

/// All that there are.
pub(crate) fn known() -> Vec<&'static str> {
    KNOWN.iter().copied().chain(conf::known()).collect()
}

pub(super) fn read(attribute: TokenStream, errors: &mut Errors) -> Options {
    let mut read = Options::default();
    for option in options::parse(attribute, &known(), REPEATABLE, errors) {
        crate::literals::check_option(&option, errors);
        match option.key.to_string().as_str() {
            "name" => read.name = option.text(errors),
            "description" => read.description = option.text(errors),
            "argo" => read.conf.extend(conf::argo(&option, errors)),
            "kind" => read.conf.extend(conf::kind(&option, errors)),
            "conf" => {
                let base = conf::expr(&option, errors);
                read.base = base.map(|base| quote_spanned!(base.span()=> ::kfp::__private::IntoConf::into_conf(#base)));
            }
            "layout" => read.conf.extend(layout(&option, errors)),
            key if let Some(trigger) = hooks::trigger(key) => match option.value {
                Some(Expr::Closure(closure)) => read.handlers.push((trigger, closure)),
                other => errors.at(
                    other.as_ref().map_or_else(
                        || quote::ToTokens::to_token_stream(&option.key),
                        quote::ToTokens::to_token_stream,
                    ),
                    42,
                    format!("an exit handler is written `{key} = |run| notify(run.status)`"),
                ),
            },
            _ => read.conf.push(conf::calls(&option, errors)),
        }
    }
    if read.name.as_deref() == Some("") {
        errors.at_span(proc_macro2::Span::call_site(), 21, "the name of a pipeline is not empty");
    }
    read
}

fn layout(option: &options::KeyValue, errors: &mut Errors) -> Option<TokenStream> {
    let text = option.text(errors)?;
    if text != "flat" {
        errors.at(&option.value, 1, format!("there is no layout `{text}`; known is `flat`"));
        return None;
    }
    Some(quote!(.set_flat_layout()))
}
