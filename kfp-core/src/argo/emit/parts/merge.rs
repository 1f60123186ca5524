//! DAG templates that differ in nothing but names become one.

use super::content::{Content, place};
use crate::argo::emit::templates::List;
use crate::argo::{Dag, Inputs, Task, Template};
use crate::hash::HashMap;

/// Merges what is equal. The first of equal templates stays, and so do those in `keep`.
pub(super) fn merge(mut templates: List, keep: &[&str]) -> List {
    loop {
        let before = templates.len();
        let (equal, is_circular) = equal(&templates);
        templates = without(templates, &equal, keep);
        // Where templates call each other in a circle, those that call them may have become equal.
        if !is_circular || templates.len() == before {
            return templates;
        }
    }
}

/// For each DAG template the first that is equal to it. What is called stands behind what calls it, and is looked at first:
/// templates that call what is equal may be equal themselves. Also says whether a template was met that calls back.
fn equal(templates: &[Box<Template>]) -> (Vec<Option<usize>>, bool) {
    let dags = || templates.iter().enumerate().filter(|(_, template)| template.dag.is_some());
    let places: HashMap<&str, usize> = dags().map(|(at, template)| (template.name.as_str(), at)).collect();
    // By their contents, for each template one that is equal; and the first of all that are equal to that.
    let mut known: HashMap<Box<[u8]>, usize> = HashMap::default();
    let mut content = Content::default();
    let mut one: Vec<Option<usize>> = vec![None; templates.len()];
    let mut first: Vec<usize> = (0..templates.len()).collect();
    let mut is_circular = false;
    for (at, template) in templates.iter().enumerate().rev().filter(|(_, template)| template.dag.is_some()) {
        let content = content.of(template, |called| {
            let called = *places.get(called)?;
            is_circular |= one[called].is_none();
            Some((one[called]?, &*templates[called]))
        });
        let same = match known.get(content) {
            Some(same) => *same,
            None => {
                known.insert(content.into(), at);
                at
            }
        };
        one[at] = Some(same);
        first[same] = at;
    }
    (one.into_iter().map(|one| Some(first[one?])).collect(), is_circular)
}

/// Leaves out what is equal to another, and calls that other.
fn without(mut templates: List, equal: &[Option<usize>], keep: &[&str]) -> List {
    let mut dags: Vec<Option<Dag>> = templates.iter_mut().map(|template| template.dag.take()).collect();
    let other = |at: usize| equal[at].filter(|other| *other != at && !keep.contains(&templates[at].name.as_str()));
    let gone: HashMap<&str, (usize, usize)> =
        (0..templates.len()).filter_map(|at| Some((templates[at].name.as_str(), (at, other(at)?)))).collect();
    let is_kept: Vec<bool> = templates.iter().map(|template| !gone.contains_key(template.name.as_str())).collect();
    let kept = dags.iter_mut().zip(&is_kept).filter_map(|(dag, is_kept)| if *is_kept { dag.as_mut() } else { None });
    for task in kept.flat_map(|dag| &mut dag.tasks) {
        if let Some(&(called, other)) = task.template.as_deref().and_then(|called| gone.get(called)) {
            call(task, &templates[called].inputs, &templates[other]);
        }
    }
    templates.iter_mut().zip(dags).for_each(|(template, dag)| template.dag = dag);
    templates.into_iter().zip(is_kept).filter_map(|(template, is_kept)| is_kept.then_some(template)).collect()
}

/// Lets a task call another template, whose inputs have other names.
fn call(task: &mut Task, inputs: &Inputs, other: &Template) {
    task.template = Some(other.name.clone());
    for (at, given) in task.arguments.parameters.iter_mut().enumerate() {
        if let Some(at) = place(at, &inputs.parameters, |input| input.name == given.name) {
            given.name.clone_from(&other.inputs.parameters[at].name);
        }
    }
    for (at, given) in task.arguments.artifacts.iter_mut().enumerate() {
        if let Some(at) = place(at, &inputs.artifacts, |input| input.name == given.name) {
            given.name.clone_from(&other.inputs.artifacts[at].name);
        }
    }
}
