//! What the definitions of Argo 4 bound, field by field; how large a whole may be is in `limits`.

use super::texts::has_tags;
use crate::codes::CRD_LIMIT;
use crate::document::Document;
use crate::path::Path;
use crate::report::Report;
use crate::scope::words;
use crate::tree::{Content, Tree};

/// Prometheus metrics of a workflow or a template.
const METRICS: usize = 100;
/// Characters in the value of a gauge.
const GAUGE: usize = 256;
/// Where an artifact may lie.
const LOCATIONS: [&str; 10] = ["s3", "gcs", "oss", "azure", "hdfs", "http", "git", "raw", "artifactory", "plugin"];

pub(super) fn check(document: &Document<'_>, report: &mut Report<'_>) {
    if document.spec().is_some() {
        walk(&document.tree, &Path::default(), report);
    }
}

fn walk(tree: &Tree, path: &Path, report: &mut Report<'_>) {
    let names = path.names();
    match &tree.content {
        Content::Scalar { text, .. } => scalar(text, &names, path, report),
        Content::List(items) => {
            list(items.len(), &names, path, report);
            for (index, item) in items.iter().enumerate() {
                walk(item, &path.item(index), report);
            }
        }
        Content::Map(fields) => {
            if let [.., "artifacts", "[]"] | [.., "archiveLocation"] = names[..] {
                let given: Vec<_> =
                    fields.iter().map(|(_, name, _)| name.as_str()).filter(|name| LOCATIONS.contains(name)).collect();
                if let [_, second, ..] = given[..] {
                    let message = format!("a file is kept in one place, and here are {}", words(&given));
                    report.error(CRD_LIMIT, &path.field(second), message, "keep one of them");
                }
            }
            for (_, name, value) in fields {
                walk(value, &path.field(name), report);
            }
        }
    }
}

fn list(length: usize, names: &[&str], path: &Path, report: &mut Report<'_>) {
    match names {
        [.., "metrics", "prometheus"] if length > METRICS => {
            let message = format!("{length} metrics; Argo 4 takes {METRICS} of a workflow or a template");
            report.error(CRD_LIMIT, path, message, "tell them apart by labels of one metric");
        }
        [.., "dag", "tasks"] if length == 0 => {
            report.error(CRD_LIMIT, path, "a DAG has a task at least", "add one, or take the template out");
        }
        [.., "parameters", "[]", "enum"] if length == 0 => {
            report.error(CRD_LIMIT, path, "no value is allowed here", "list some, or leave the field out");
        }
        _ => {}
    }
}

fn scalar(text: &str, names: &[&str], path: &Path, report: &mut Report<'_>) {
    match names {
        ["spec", "parallelism"] | ["spec", "workflowSpec", "parallelism"] | [.., "templates", "[]", "parallelism"]
            if text.parse::<i64>().is_ok_and(|number| number < 0) =>
        {
            let message = format!("`parallelism` is a number of tasks, and not {text}");
            report.error(CRD_LIMIT, path, message, "leave the field out for no limit");
        }
        // What begins with a zero is octal.
        [.., "artifacts", "[]", "mode"]
            if !text.starts_with('0') && text.parse::<i64>().is_ok_and(|mode| !(0..=0o777).contains(&mode)) =>
        {
            let message = format!("{text} is no mode of a file: Argo takes 0 to 511, which is 0777");
            report.error(CRD_LIMIT, path, message, "write it in octal, with a zero before it: `0755`");
        }
        [.., "gauge", "value"] if text.len() > GAUGE && !has_tags(text) => {
            let message = format!("a value of {} characters; Argo 4 takes {GAUGE} in a gauge", text.len());
            report.error(CRD_LIMIT, path, message, "shorten it");
        }
        [.., "gauge" | "counter" | "histogram", "value"] | [.., "prometheus", "[]", "help"] if text.is_empty() => {
            report.error(CRD_LIMIT, path, "this may not be empty", "say what it is");
        }
        _ => {}
    }
}
