//! Constants in the small languages: quantities, durations, labels, images, conditions, paths, patches.

use super::texts::{filled, filled_apart, has_tags};
use crate::codes::{MEMO_KEY, NOT_TEXT, PATCH, RESOURCE};
use crate::document::Document;
use crate::finding::Level;
use crate::path::Path;
use crate::report::Report;
use crate::tree::{Content, Tree};
use kfp_core::argo::documents;
use kfp_grammar::{Mistake, condition, cron, duration, image, jsonpath, label, quantity, word};
use serde_json::Value;

pub(super) fn check(document: &Document<'_>, report: &mut Report<'_>) {
    if document.spec().is_some() {
        walk(&document.tree, &Path::default(), report);
    }
}

fn walk(tree: &Tree, path: &Path, report: &mut Report<'_>) {
    match &tree.content {
        Content::Scalar { text, is_text } => constant(text, *is_text, path, report),
        Content::List(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(item, &path.item(index), report);
            }
        }
        Content::Map(fields) => {
            for (_, name, value) in fields {
                let path = path.field(name);
                key(name, &path, report);
                walk(value, &path, report);
            }
        }
    }
}

/// Maps whose keys are the user's.
fn key(name: &str, path: &Path, report: &mut Report<'_>) {
    let read = match path.names()[..] {
        [.., "metadata" | "podMetadata" | "workflowMetadata", "labels", _]
        | [.., "templates", "[]", "nodeSelector", _]
        | ["spec", "nodeSelector", _] => label::parse(name).map(drop),
        [.., "metadata" | "podMetadata" | "workflowMetadata", "annotations", _] => label::annotation(name),
        _ => return,
    };
    if let Err(mistake) = read.filter_tags(name) {
        report.key(mistake.code, Level::Error, path, mistake.message, mistake.help.unwrap_or_default());
    }
}

fn constant(text: &str, is_text: bool, path: &Path, report: &mut Report<'_>) {
    let names = path.names();
    if let [.., "parameters", "[]", "value" | "default"] | [.., "parameters", "[]", "enum", "[]"] = names[..]
        && !is_text
    {
        let message = format!("`{text}` is no text as it stands, and Argo 4 takes nothing else here");
        report.error(NOT_TEXT, path, message, format!("put it in quotes: \"{text}\""));
    }
    let read = match names[..] {
        [.., "container" | "script", "image"] | [.., "containers" | "initContainers" | "sidecars", "[]", "image"] => {
            image::parse(text).map(drop)
        }
        [.., "resources", "limits" | "requests", resource] => quantity::parse_for(resource, text).map(drop),
        [.., "metadata" | "podMetadata" | "workflowMetadata", "labels", _] => label::value(text),
        [.., "backoff", "duration" | "maxDuration" | "cap"] | [.., "suspend", "duration"] => {
            duration::parse_or_seconds(text).map(drop)
        }
        // No age is for ever, and Argo 4 wants the field; an empty strategy says nothing.
        [.., "memoize", "maxAge"] | [.., "strategy"] if text.is_empty() => return,
        [.., "memoize", "maxAge"]
        | [.., "podGC", "deleteDelayDuration"]
        | [.., "templates", "[]", "timeout" | "pendingTimeout"] => duration::with_unit(text).map(drop),
        [.., "resource", "successCondition" | "failureCondition"] => condition::parse(text).map(drop),
        [.., "valueFrom", "jsonPath"] => jsonpath::parse(text).map(drop),
        [.., "resource", "manifest"] => return manifest(text, path, report),
        ["spec", "schedule"] | ["spec", "schedules", "[]"] => cron::parse(text),
        ["spec", "timezone"] => cron::time_zone(text),
        [.., "podGC", "strategy"] => word::POD_GC.read(text),
        [.., "artifactGC", "strategy"] => word::ARTIFACT_GC.read(text),
        [.., "volumeClaimGC", "strategy"] => word::CLAIM_GC.read(text),
        [.., "retryStrategy", "retryPolicy"] => word::RETRY_POLICY.read(text),
        [.., "resource", "action"] => word::ACTION.read(text),
        [.., "resource", "mergeStrategy"] => word::MERGE_STRATEGY.read(text),
        [.., "gauge", "operation"] => word::GAUGE_OPERATION.read(text),
        ["spec", "concurrencyPolicy"] => word::CONCURRENCY.read(text),
        [.., "imagePullPolicy"] => word::PULL_POLICY.read(text),
        [.., "podSpecPatch"] => return patch(text, path, report),
        [.., "memoize", "key"] => return memo_key(text, path, report),
        _ => return,
    };
    if let Err(mistake) = read.filter_tags(text) {
        report.within(mistake.code, path, mistake.at.start, mistake.message, mistake.help.unwrap_or_default());
    }
}

/// What has a tag in it is known only when it runs.
trait FilterTags {
    fn filter_tags(self, text: &str) -> Self;
}

impl FilterTags for Result<(), Mistake> {
    fn filter_tags(self, text: &str) -> Self {
        self.or_else(|mistake| if has_tags(text) { Ok(()) } else { Err(mistake) })
    }
}

fn manifest(text: &str, path: &Path, report: &mut Report<'_>) {
    // A text that is a tag as a whole may become anything.
    if text.trim_start().starts_with("{{") {
        return;
    }
    match documents::<Value>(&filled_apart(text, |number| format!("x{number}"))) {
        Err(error) => {
            let message = format!("the manifest of this resource is no YAML: {}", error.message);
            report.error(RESOURCE, path, message, "");
        }
        Ok(resources) => {
            let lacks = |field: &str| resources.iter().any(|it| it.get(field).is_none_or(Value::is_null));
            for field in ["apiVersion", "kind"].into_iter().filter(|field| lacks(field)) {
                // A patch may leave the names to flags.
                let is_flagged = path.names().len() > 1 && has_flags(text);
                if !is_flagged {
                    report.warning(RESOURCE, path, format!("the manifest of this resource has no `{field}`"), "");
                }
            }
        }
    }
}

fn has_flags(text: &str) -> bool {
    text.trim_start().starts_with(['-', '['])
}

fn patch(text: &str, path: &Path, report: &mut Report<'_>) {
    if text.trim_start().starts_with("{{") && text.trim_end().ends_with("}}") {
        return;
    }
    let is_map = |[before, after]: [&str; 2]| {
        let filled = filled_apart(text, |number| format!("{before}{number}{after}"));
        documents::<Value>(&filled).is_ok_and(|found| found.iter().all(Value::is_object))
    };
    if ![["x", ""], ["1", ""], ["\"x", "\""]].into_iter().any(is_map) {
        let message = "`podSpecPatch` is no YAML or JSON map of the fields of a pod";
        report.error(PATCH, path, message, "write for example: {\"terminationGracePeriodSeconds\": 30}");
    }
}

fn memo_key(text: &str, path: &Path, report: &mut Report<'_>) {
    let plain = filled(text, "x");
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if plain.is_empty() || plain.starts_with('-') || !plain.chars().all(is_allowed) {
        let message = format!("Argo takes only letters, digits and `-` in the key of a memo, and not `{text}`");
        report.error(MEMO_KEY, path, message, "hash what is in it: \"{{=sprig.sha256sum(inputs.parameters.name)}}\"");
    }
}
