//! DAGs with more tasks than Argo takes are laid out in parts: DAG templates that hold some of the tasks each, and of which
//! the DAG calls each once. Where the parts are many they are put into parts themselves.
//!
//! It works on finished templates and knows nothing of what the tasks are: a part takes what its tasks refer to and gives
//! what is referred to in them, under the names that they have.

mod content;
mod cut;
mod merge;
mod partition;
mod texts;
mod waits;

use super::templates::{List, Templates};
use crate::argo::{Dag, Template, Workflow};
use crate::hash::{HashMap, HashSet};
pub use waits::Waits;

/// The most tasks of a DAG, and the most templates of a workflow, under the definitions that Argo 4 installs.
pub const LIMIT: usize = 200;

/// How much may be in a manifest.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// So many tasks in a DAG: more are laid out in parts.
    pub tasks: usize,
    /// So many templates: of more those share one that are equal but for names.
    pub templates: usize,
}

impl Limits {
    /// What Argo 4 accepts as it is installed.
    pub const ARGO: Self = Self { tasks: LIMIT, templates: LIMIT };
    /// No limits.
    pub const NONE: Self = Self { tasks: usize::MAX, templates: usize::MAX };
}

/// A DAG that was laid out in parts.
#[derive(Clone, Debug)]
pub struct Split {
    /// The template.
    pub template: String,
    /// How many tasks it has with all its parts.
    pub tasks: usize,
    /// In how many parts.
    pub parts: usize,
    /// How deep they are: 1 if no part is in another.
    pub depth: usize,
    /// What that makes wait; none if there are too many tasks to count.
    pub waits: Option<Waits>,
}

/// Lays out a manifest that is there already.
///
/// ```
/// use kfp_core::argo::{Workflow, emit::parts::{Limits, lay_out}};
///
/// let tasks: String = (0..300).map(|n| format!("\n      - {{name: t-{n}, template: t}}")).collect();
/// let workflow = Workflow::from_yaml(&format!(
///     "apiVersion: argoproj.io/v1alpha1
/// kind: Workflow
/// spec:
///   entrypoint: main
///   templates:
///   - name: main
///     dag:
///       tasks:{tasks}
///   - {{name: t, container: {{image: busybox, command: [\"true\"]}}}}
/// "))?;
/// let (workflow, splits) = lay_out(workflow, Limits::ARGO);
/// assert_eq!((splits[0].tasks, splits[0].parts), (300, 1));
/// assert_eq!(workflow.spec.templates[0].dag.as_ref().unwrap().tasks.len(), 101);
/// # Ok::<(), kfp_core::argo::ReadError>(())
/// ```
pub fn lay_out(mut workflow: Workflow, limits: Limits) -> (Workflow, Vec<Split>) {
    let mut templates = Templates::default();
    for template in std::mem::take(&mut workflow.spec.templates) {
        templates.name(&template.name);
        templates.push(template);
    }
    let splits = split(&mut templates, limits.tasks, |_| false);
    let keep: Vec<&str> = workflow.spec.entrypoint.iter().chain(&workflow.spec.on_exit).map(String::as_str).collect();
    let templates = share(templates.take(), limits.templates, &keep);
    workflow.spec.templates = templates;
    (workflow, splits)
}

/// Lays out every DAG with more than `limit` tasks, but for those that are to be left as they are.
pub(super) fn split(templates: &mut Templates, limit: usize, is_flat: impl Fn(&str) -> bool) -> Vec<Split> {
    let mut splits = Vec::new();
    if templates.iter().all(|template| template.dag.as_ref().is_none_or(|dag| dag.tasks.len() <= limit)) {
        return splits;
    }
    let all = templates.take();
    let daemons: HashSet<String> = all.iter().filter(|it| it.daemon).map(|it| it.name.clone()).collect();
    for mut template in all {
        if is_flat(&template.name) || has_any(&template, &daemons) || !can_be_split(&mut template, limit) {
            templates.push(template);
            continue;
        }
        let (template, parts, split) = divide(*template, limit, |wanted| templates.name(wanted));
        templates.push(template);
        for part in parts {
            templates.push(part);
        }
        splits.push(split);
    }
    splits
}

/// Makes templates that differ in names only one, if there are more than `limit`. The tasks in such a template are called
/// what they are called in the first. Those in `keep` stay.
pub(super) fn share(templates: List, limit: usize, keep: &[&str]) -> Vec<Template> {
    let templates = if templates.len() > limit { merge::merge(templates, keep) } else { templates };
    templates.into_iter().map(|template| *template).collect()
}

/// Whether a DAG has daemons: they end with it, so that all who need them have to be in it.
fn has_any(template: &Template, daemons: &HashSet<String>) -> bool {
    let mut called = template.dag.iter().flat_map(|dag| &dag.tasks).filter_map(|task| task.template.as_ref());
    called.any(|name| daemons.contains(name))
}

/// What waits for a way of ending, asks for one, or ends in a way of its own is left alone: that concerns all tasks together.
fn can_be_split(template: &mut Template, limit: usize) -> bool {
    let Some(dag) = &mut template.dag else { return false };
    if dag.tasks.len() <= limit.max(2) || dag.target.is_some() || dag.tasks.iter().any(|task| task.depends.is_some()) {
        return false;
    }
    let mut only_outputs = true;
    let mut look = |path: &[&str]| {
        only_outputs &= !matches!(*path, ["tasks", _, what, ..] if what != "outputs");
        None
    };
    for task in &mut dag.tasks {
        texts::in_task(task, &mut look);
    }
    texts::in_outputs(&mut template.outputs, &mut look);
    only_outputs
}

fn divide(
    mut template: Template,
    limit: usize,
    mut name: impl FnMut(&str) -> String,
) -> (Template, Vec<Template>, Split) {
    let tasks: Vec<String> = template.dag.iter().flat_map(|dag| &dag.tasks).map(|task| task.name.clone()).collect();
    let before = template.dag.as_ref().map(waits_of).unwrap_or_default();
    let mut parts: Vec<Template> = Vec::new();
    let mut calls = HashSet::default();
    let mut depth = 0;
    let mut waits = before.clone();
    let mut is_free = true;
    while waits.len() > limit {
        let (groups, only_free_cuts) = partition::partition(&waits, limit);
        is_free &= only_free_cuts;
        let groups = moved(groups, limit, template.parallelism.is_none());
        if groups.is_empty() {
            break;
        }
        // What calls stands before what is called.
        let new = cut::cut(&mut template, &groups, &mut calls, &mut name);
        parts.splice(0..0, new);
        waits = template.dag.as_ref().map(waits_of).unwrap_or_default();
        depth += 1;
    }
    let waits = if is_free { Some(Waits::default()) } else { waits::added(&tasks, &before, &template, &parts) };
    let split = Split { template: template.name.clone(), tasks: tasks.len(), parts: parts.len(), depth, waits };
    (template, parts, split)
}

/// Which groups become parts. The small ones stay where they are as long as there is room.
fn moved(mut groups: Vec<Vec<u32>>, limit: usize, has_room: bool) -> Vec<Vec<u32>> {
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|group| groups[*group].len());
    let mut items = groups.len();
    for group in order {
        let with_it = items - 1 + groups[group].len();
        if groups[group].len() > 1 && (with_it > limit || !has_room) {
            break;
        }
        items = with_it;
        groups[group].clear();
    }
    groups.retain(|group| !group.is_empty());
    groups
}

/// What each task waits for directly, by its position.
fn waits_of(dag: &Dag) -> Vec<Vec<u32>> {
    let index: HashMap<&str, u32> = dag.tasks.iter().map(|task| task.name.as_str()).zip(0..).collect();
    let waits = |names: &[String]| {
        let mut waits: Vec<u32> = names.iter().filter_map(|name| index.get(name.as_str()).copied()).collect();
        waits.sort_unstable();
        waits.dedup();
        waits
    };
    dag.tasks.iter().map(|task| waits(&task.dependencies)).collect()
}
