//! The templates that tasks can call.

use crate::document::Document;
use kfp_core::argo::{Task, Template, TemplateRef};
use std::collections::HashMap;

/// The templates of all files, by what a `templateRef` says.
pub(crate) struct Library<'d> {
    others: HashMap<(&'d str, bool), HashMap<&'d str, &'d Template>>,
}

/// What a task calls.
#[derive(Clone, Copy)]
pub(crate) enum Called<'d> {
    /// A template that is there.
    Known(&'d Template),
    /// One of a manifest that was not given, or whose name is known only when it runs.
    Unknown,
    /// None, though it should be there.
    Missing,
}

impl<'d> Library<'d> {
    pub(crate) fn of(documents: &'d [Document<'d>]) -> Self {
        let named = documents.iter().filter_map(|document| Some((document.library_name()?, own(document))));
        Self { others: named.collect() }
    }

    pub(crate) fn called(&self, own: &HashMap<&'d str, &'d Template>, task: &'d Task) -> Called<'d> {
        if let Some(inline) = &task.inline {
            return Called::Known(inline);
        }
        if let Some(reference) = &task.template_ref {
            return self.referred(reference);
        }
        task.template.as_deref().map_or(Called::Missing, |name| by_name(own, name))
    }

    pub(crate) fn referred(&self, reference: &TemplateRef) -> Called<'d> {
        match self.others.get(&(reference.name.as_str(), reference.cluster_scope)) {
            Some(templates) => by_name(templates, &reference.template),
            None => Called::Unknown,
        }
    }
}

pub(crate) fn by_name<'d>(templates: &HashMap<&'d str, &'d Template>, name: &str) -> Called<'d> {
    match templates.get(name) {
        Some(template) => Called::Known(template),
        None if name.contains("{{") => Called::Unknown,
        None => Called::Missing,
    }
}

/// The templates of one document, by name.
pub(crate) fn own<'d>(document: &'d Document<'d>) -> HashMap<&'d str, &'d Template> {
    document.templates().map(|(template, _)| (template.name.as_str(), template)).collect()
}
