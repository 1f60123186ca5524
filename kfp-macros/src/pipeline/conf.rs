//! The options of `#[pipeline]` that are methods of `PipelineConf`.

use crate::errors::Errors;
use crate::options::{KeyValue, is_text, list_of};
use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, Lit};

/// What an option takes.
enum Takes {
    /// A whole number of at least so much.
    Number(u32),
    /// A whole number, also one below zero.
    Signed,
    /// `true` or `false`.
    Flag,
    /// A text.
    Text,
    /// A list of texts, all at once.
    Texts,
    /// A list of pairs of texts, one call each.
    Pairs,
    /// Any expression.
    Expr,
}

/// Each option, what it takes, and the method.
const METHODS: &[(&str, Takes, &str)] = &[
    ("parallelism", Takes::Number(1), "set_parallelism"),
    ("pipeline_root", Takes::Text, "set_pipeline_root"),
    ("fail_fast", Takes::Flag, "set_fail_fast"),
    ("mutex", Takes::Text, "add_mutex"),
    ("semaphore", Takes::Pairs, "add_semaphore"),
    ("database_semaphore", Takes::Text, "add_database_semaphore"),
    ("timeout", Takes::Number(1), "set_timeout"),
    ("priority", Takes::Signed, "set_priority"),
    ("ttl_seconds_after_finished", Takes::Number(0), "set_ttl_seconds_after_finished"),
    ("ttl_seconds_after_success", Takes::Number(0), "set_ttl_seconds_after_success"),
    ("ttl_seconds_after_failure", Takes::Number(0), "set_ttl_seconds_after_failure"),
    ("cache", Takes::Flag, "set_caching_options"),
    ("max_cache_staleness", Takes::Text, "set_max_cache_staleness"),
    ("service_account", Takes::Text, "set_service_account"),
    ("executor_service_account", Takes::Text, "set_executor_service_account"),
    ("automount_service_account_token", Takes::Flag, "set_automount_service_account_token"),
    ("image_pull_secrets", Takes::Texts, "set_image_pull_secrets"),
    ("image_pull_policy", Takes::Text, "set_image_pull_policy"),
    ("node_selector", Takes::Pairs, "set_default_pod_node_selector"),
    ("pod_labels", Takes::Pairs, "add_pod_label"),
    ("pod_annotations", Takes::Pairs, "add_pod_annotation"),
    ("labels", Takes::Pairs, "add_label"),
    ("annotations", Takes::Pairs, "add_annotation"),
    ("pod_disruption_budget", Takes::Expr, "set_pod_disruption_budget"),
    ("pod_priority_class", Takes::Text, "set_pod_priority_class"),
    ("pod_spec_patch", Takes::Text, "set_pod_spec_patch"),
    ("scheduler_name", Takes::Text, "set_scheduler_name"),
    ("host_network", Takes::Flag, "set_host_network"),
    ("dns_policy", Takes::Text, "set_dns_policy"),
    ("pod_gc", Takes::Text, "set_pod_gc"),
    ("pod_gc_delay", Takes::Text, "set_pod_gc_delay"),
    ("artifact_gc", Takes::Text, "set_artifact_gc"),
    ("volume_claim_gc", Takes::Text, "set_volume_claim_gc"),
    ("artifact_repository", Takes::Text, "set_artifact_repository"),
    ("artifact_repository_config_map", Takes::Text, "set_artifact_repository_config_map"),
    ("archive_logs", Takes::Flag, "set_archive_logs"),
    ("schedule", Takes::Text, "add_schedule"),
    ("timezone", Takes::Text, "set_timezone"),
    ("concurrency_policy", Takes::Text, "set_concurrency_policy"),
    ("schedule_suspended", Takes::Flag, "set_schedule_suspended"),
    ("starting_deadline_seconds", Takes::Number(0), "set_starting_deadline_seconds"),
    ("successful_jobs_history_limit", Takes::Number(0), "set_successful_jobs_history_limit"),
    ("failed_jobs_history_limit", Takes::Number(0), "set_failed_jobs_history_limit"),
    ("schedule_when", Takes::Text, "set_schedule_when"),
    ("stop_expression", Takes::Text, "set_stop_expression"),
    ("toleration", Takes::Expr, "add_toleration"),
    ("affinity", Takes::Expr, "set_affinity"),
    ("volume", Takes::Expr, "add_volume"),
    ("volume_claim_template", Takes::Expr, "add_volume_claim_template"),
    ("metric", Takes::Expr, "add_metric"),
    ("op_transformer", Takes::Expr, "add_op_transformer"),
];

/// The options that there are.
pub(super) fn known() -> impl Iterator<Item = &'static str> {
    METHODS.iter().map(|(key, ..)| *key)
}

/// The calls of the method that an option stands for, at the user's token, so that what is wrong with it is shown there.
pub(super) fn calls(option: &KeyValue, errors: &mut Errors) -> TokenStream {
    let Some((_, takes, method)) = METHODS.iter().find(|(key, ..)| option.key == key) else { return quote!() };
    let span = option.value.as_ref().map_or_else(|| option.key.span(), Spanned::span);
    // Argo fills in what stands in braces in an annotation of every pod.
    let language = if *method == "add_pod_annotation" { "add_annotation" } else { method };
    let method = format_ident!("{method}", span = span);
    let call = |arguments: TokenStream| quote_spanned!(span=> .#method(#arguments));
    let argument = match takes {
        Takes::Number(least) => option.number(*least, errors).map(|_| {
            let value = &option.value;
            quote!(#value)
        }),
        Takes::Signed => signed(option, errors).map(|value| quote!(#value)),
        Takes::Flag => option.flag(errors).map(|flag| quote!(#flag)),
        Takes::Text => option.text(errors).map(|text| quote!(#text)),
        Takes::Texts => texts(option, errors).map(|texts| quote!([#(#texts),*])),
        Takes::Pairs => {
            let pairs = option.pairs(errors).unwrap_or_default();
            for pair in &pairs {
                crate::literals::check_arguments(language, pair, errors);
            }
            return pairs.iter().map(|pair| call(quote!(#pair))).collect();
        }
        Takes::Expr => expr(option, errors).map(|value| quote!(#value)),
    };
    argument.map(call).unwrap_or_default()
}

/// The versions of Argo that a manifest can be for.
const VERSIONS: &[&str] = &["3.5", "3.6", "3.7", "4.0", "4.1"];

/// `argo = "3.5"`
pub(super) fn argo(option: &KeyValue, errors: &mut Errors) -> Option<TokenStream> {
    let text = option.text(errors)?;
    if !VERSIONS.contains(&text.as_str()) {
        let message = format!("there is no target Argo `{text}`; known are {}", list_of(VERSIONS));
        errors.at(&option.value, 65, message);
        return None;
    }
    let version = format_ident!("V{}", text.replace('.', "_"));
    let span = option.value.span();
    Some(quote_spanned!(span=> .set_argo_version(::kfp::ArgoVersion::#version)))
}

/// The kinds of manifests.
const KINDS: &[&str] = &["Workflow", "WorkflowTemplate", "ClusterWorkflowTemplate", "CronWorkflow"];

/// `kind = "CronWorkflow"`
pub(super) fn kind(option: &KeyValue, errors: &mut Errors) -> Option<TokenStream> {
    let text = option.text(errors)?;
    if !KINDS.contains(&text.as_str()) {
        let message = format!("there is no manifest of the kind `{text}`; known are {}", list_of(KINDS));
        errors.at(&option.value, 67, message);
        return None;
    }
    let (kind, span) = (format_ident!("{text}"), option.value.span());
    Some(quote_spanned!(span=> .set_kind(::kfp::ManifestKind::#kind)))
}

/// The value as it stands.
pub(super) fn expr<'o>(option: &'o KeyValue, errors: &mut Errors) -> Option<&'o Expr> {
    if option.value.is_none() {
        errors.at(&option.key, 3, format!("`{}` takes a value: `{} = ..`", option.key, option.key));
    }
    option.value.as_ref()
}

fn signed<'o>(option: &'o KeyValue, errors: &mut Errors) -> Option<&'o Expr> {
    let value = expr(option, errors)?;
    let digits = match value {
        Expr::Unary(minus) if matches!(minus.op, syn::UnOp::Neg(_)) => &*minus.expr,
        other => other,
    };
    if !matches!(digits, Expr::Lit(lit) if matches!(&lit.lit, Lit::Int(int) if int.base10_parse::<i32>().is_ok())) {
        errors.at(value, 5, format!("`{}` takes a whole number: `{} = 10`", option.key, option.key));
        return None;
    }
    Some(value)
}

/// `["a", "b"]`; one text alone is a list too.
fn texts<'o>(option: &'o KeyValue, errors: &mut Errors) -> Option<Vec<&'o Expr>> {
    let found = match &option.value {
        Some(Expr::Array(array)) => array.elems.iter().collect(),
        Some(one) => vec![one],
        None => Vec::new(),
    };
    let sound = !found.is_empty() && found.iter().all(|expr| is_text(expr));
    option.refuse_unless(sound, "[\"a\", \"b\"]", errors)?;
    Some(found)
}
