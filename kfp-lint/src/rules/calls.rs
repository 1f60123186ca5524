//! Whether templates that are called are there, and take what they are given.

use super::when::each_task;
use crate::codes::CALL;
use crate::document::Document;
use crate::library::{Called, Library, by_name, own};
use crate::path::Path;
use crate::report::Report;
use kfp_core::argo::{Arguments, Template};
use kfp_grammar::nearest;
use std::collections::HashMap;

pub(super) fn check(document: &Document<'_>, library: &Library<'_>, report: &mut Report<'_>) {
    let Some((spec, path)) = document.spec() else { return };
    let own = own(document);
    if spec.workflow_template_ref.is_none() {
        let starts = spec.entrypoint.iter().map(|name| ("entrypoint", name));
        for (field, name) in starts.chain(spec.on_exit.iter().map(|name| ("onExit", name))) {
            if let Called::Missing = by_name(&own, name) {
                missing(name, &own, &path.field(field), report);
            }
        }
    }
    for (template, path) in document.templates() {
        each_task(template, &path, &mut |task, path| {
            match library.called(&own, task) {
                Called::Known(called) => arguments(&task.arguments, called, path, report),
                Called::Missing => match (&task.template_ref, &task.template) {
                    (Some(reference), _) => {
                        let message = format!("`{}` has no template `{}`", reference.name, reference.template);
                        report.error(CALL, &path.fields("templateRef.template"), message, "");
                    }
                    (None, Some(name)) => missing(name, &own, &path.field("template"), report),
                    (None, None) => {
                        let message = format!("`{}` calls no template", task.name);
                        report.error(CALL, path, message, "give it a `template`");
                    }
                },
                Called::Unknown => {}
            }
            for (name, hook) in &task.hooks {
                if let Some(template) = &hook.template
                    && let Called::Missing = by_name(&own, template)
                {
                    missing(template, &own, &path.field("hooks").field(name).field("template"), report);
                }
            }
        });
    }
}

fn missing(name: &str, own: &HashMap<&str, &Template>, path: &Path, report: &mut Report<'_>) {
    let mut known: Vec<&str> = own.keys().copied().collect();
    known.sort_unstable();
    let help = nearest(name, known).map_or_else(String::new, |near| format!("did you mean `{near}`?"));
    report.error(CALL, path, format!("there is no template `{name}`"), help);
}

fn arguments(given: &Arguments, called: &Template, path: &Path, report: &mut Report<'_>) {
    let arguments = path.field("arguments");
    for input in &called.inputs.parameters {
        let has_source = input.value.is_some() || input.default.is_some() || input.value_from.is_some();
        if !has_source && given.parameters.iter().all(|it| it.name != input.name) {
            lacks("parameter", &input.name, &called.name, path, report);
        }
    }
    for input in &called.inputs.artifacts {
        // A location of its own is a source as well.
        let has_source = input.optional || input.raw.is_some() || input.s3.is_some() || !input.other.is_empty();
        if !has_source && input.from.is_none() && given.artifacts.iter().all(|it| it.name != input.name) {
            lacks("artifact", &input.name, &called.name, path, report);
        }
    }
    let known = |name: &str| called.inputs.parameters.iter().any(|it| it.name == name);
    for (index, argument) in given.parameters.iter().enumerate().filter(|(_, it)| !known(&it.name)) {
        let names = called.inputs.parameters.iter().map(|it| it.name.as_str());
        // Argo passes over what a template does not take; what is almost one of its names was meant as that.
        if let Some(near) = nearest(&argument.name, names) {
            let message = format!("`{}` takes no parameter `{}`", called.name, argument.name);
            let path = arguments.field("parameters").item(index).field("name");
            report.warning(CALL, &path, message, format!("did you mean `{near}`?"));
        }
    }
}

fn lacks(what: &str, name: &str, called: &str, path: &Path, report: &mut Report<'_>) {
    let help = "add it to the `arguments`, or give the input a default";
    report.error(CALL, path, format!("the {what} `{name}` of `{called}` is not given"), help);
}
