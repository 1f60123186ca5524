//! Conditions of tasks and steps.

use super::texts::{filled, has_tags};
use crate::codes::{CONSTANT, WHEN};
use crate::document::Document;
use crate::path::Path;
use crate::report::Report;
use kfp_core::argo::{Task, Template};
use kfp_engine::govaluate::{WhenError, holds};

pub(super) fn check(document: &Document<'_>, report: &mut Report<'_>) {
    for (template, path) in document.templates() {
        each_task(template, &path, &mut |task, path| {
            if let Some(text) = &task.when {
                condition(text, &path.field("when"), report);
            }
        });
    }
}

/// Calls a function for every task and step below a template.
pub(super) fn each_task<'d>(template: &'d Template, path: &Path, visit: &mut impl FnMut(&'d Task, &Path)) {
    let tasks = template.dag.iter().flat_map(|dag| &dag.tasks).enumerate();
    let tasks = tasks.map(|(index, task)| (task, path.fields("dag.tasks").item(index)));
    let steps = template.steps.iter().enumerate().flat_map(|(group, steps)| {
        let path = path.field("steps").item(group);
        steps.iter().enumerate().map(move |(index, step)| (step, path.item(index)))
    });
    for (task, path) in tasks.chain(steps) {
        visit(task, &path);
        if let Some(inline) = &task.inline {
            each_task(inline, &path.field("inline"), visit);
        }
    }
}

fn condition(text: &str, path: &Path, report: &mut Report<'_>) {
    if matches!(text.trim(), "true" | "false") {
        return; // Switched on or off by hand.
    }
    if !has_tags(text) {
        return match holds(text) {
            Ok(holds) => {
                let always = if holds { "always" } else { "never" };
                let message = format!("this condition names nothing of the run, so it {always} holds");
                report.warning(CONSTANT, path, message, "put what it depends on into `{{..}}`");
            }
            Err(error) => report.error(WHEN, path, format!("this condition cannot be read: {error}"), HELP),
        };
    }
    // What a tag gives is known only when it runs; a text, a number or a boolean may each be what fits.
    let errors = ["x", "1", "true"].map(|filling| holds(&filled(text, filling)).err());
    if let [Some(WhenError::Parse(why)), Some(WhenError::Parse(_)), Some(WhenError::Parse(_))] = &errors {
        return report.error(WHEN, path, format!("this condition cannot be read: {why}"), HELP);
    }
    if let Some((tag, bare)) = quoted_against_bare(text) {
        let message = format!("`{tag}` is a text here and `{bare}` is none, so they are never equal");
        report.warning(CONSTANT, path, message, format!("quote both, or neither: `{tag} == '{bare}'`"));
    }
}

const HELP: &str = "write it as one expression: \"{{= inputs.parameters.name == 'value' }}\"";

/// `"{{x}}" == true`: the sides are of different types whatever the value is.
fn quoted_against_bare(text: &str) -> Option<(&str, &str)> {
    let (left, right) = text.split_once("==").or_else(|| text.split_once("!="))?;
    let (left, right) = (left.trim(), right.trim());
    let is_quoted = |side: &str| {
        let inner = side.strip_prefix(['\'', '"']).and_then(|side| side.strip_suffix(['\'', '"']));
        inner.is_some_and(|inner| inner.starts_with("{{") && inner.ends_with("}}") && !inner.contains(['\'', '"']))
    };
    let is_bare = |side: &str| matches!(side, "true" | "false") || side.parse::<f64>().is_ok_and(f64::is_finite);
    match (is_quoted(left) && is_bare(right), is_quoted(right) && is_bare(left)) {
        (true, _) => Some((left, right)),
        (_, true) => Some((right, left)),
        _ => None,
    }
}
