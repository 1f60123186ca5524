//! What a template does, and names that are there twice.

use super::when::each_task;
use crate::codes::{KIND, TWICE, UNUSED};
use crate::document::Document;
use crate::path::Path;
use crate::report::Report;
use crate::scope::words;
use kfp_core::argo::Template;
use std::collections::HashSet;

pub(super) fn check(document: &Document<'_>, report: &mut Report<'_>) {
    let mut seen = HashSet::new();
    for (template, path) in document.templates() {
        if !seen.insert(template.name.as_str()) {
            let message = format!("there is another template `{}` before", template.name);
            report.error(TWICE, &path.field("name"), message, "give one of them another name");
        }
        of_template(template, &path, report);
        let mut names = HashSet::new();
        each_task(template, &path, &mut |task, path| {
            // The tasks of an inline template are a world of their own.
            let world = path.to_string().matches(".inline").count();
            if !names.insert((world, task.name.as_str())) && !task.name.is_empty() {
                let message = format!("there is another task `{}` before", task.name);
                report.error(TWICE, &path.field("name"), message, "give one of them another name");
            }
            if let Some(inline) = &task.inline {
                of_template(inline, &path.field("inline"), report);
            }
        });
    }
    unused(document, report);
}

fn of_template(template: &Template, path: &Path, report: &mut Report<'_>) {
    let given = template.kinds();
    match given.len() {
        1 => {}
        0 => report.error(
            KIND,
            path,
            format!("the template `{}` does nothing", template.name),
            "give it a `container`, a `dag`, `steps`, ..",
        ),
        _ => report.error(
            KIND,
            &path.field(given[1]),
            format!("a template is one thing, and `{}` is {}", template.name, words(&given)),
            "make a template of each",
        ),
    }
}

/// Templates that a workflow never gets to.
fn unused(document: &Document<'_>, report: &mut Report<'_>) {
    let Some((spec, _)) = document.spec().filter(|(spec, _)| document.is_run() && spec.entrypoint.is_some()) else {
        return;
    };
    let hooks = spec.hooks.values().filter_map(|hook| hook.template.as_deref());
    let mut open: Vec<&str> = spec.entrypoint.iter().chain(&spec.on_exit).map(String::as_str).chain(hooks).collect();
    let mut used = HashSet::new();
    while let Some(name) = open.pop() {
        // What is called is known only when it runs, or is misspelt, which is another mistake.
        let Some(template) = spec.templates.iter().find(|template| template.name == name) else { return };
        if used.insert(name) {
            open.extend(called_by(template));
        }
    }
    for (template, path) in document.templates().filter(|(template, _)| !used.contains(template.name.as_str())) {
        let message = format!("nothing calls the template `{}`", template.name);
        report.warning(UNUSED, &path.field("name"), message, "call it, or take it out");
    }
}

fn called_by(template: &Template) -> Vec<&str> {
    let mut called = Vec::new();
    each_task(template, &Path::default(), &mut |task, _| {
        called.extend(task.template.as_deref());
        called.extend(task.on_exit.as_deref());
        called.extend(task.hooks.values().filter_map(|hook| hook.template.as_deref()));
    });
    called
}
