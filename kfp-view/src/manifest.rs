//! A picture of a workflow before it runs.

use crate::picture::{Group, Node, Picture, Task};
use kfp_core::argo::{self, Dag, Spec, Template, Workflow};
use std::collections::HashMap;

/// From so many tasks on, calls are shown without what is in them.
const MOST: usize = 2_000;
/// From so many edges between two groups of steps on, they go through a point.
const BUNDLED: usize = 12;

/// What a workflow will run, as far as its manifest tells: loops once, conditions as such, recursion as a return.
pub fn of_workflow(workflow: &Workflow) -> Picture {
    let title = workflow.metadata.name.clone().or_else(|| workflow.metadata.generate_name.clone());
    let mut root = Group::default();
    let mut reader = Reader { templates: by_name(&workflow.spec), open: Vec::new(), shown: 0 };
    let starts =
        [(workflow.spec.entrypoint.as_deref(), ""), (workflow.spec.on_exit.as_deref(), "when the run has ended")];
    for (name, note) in starts {
        let Some(name) = name else { continue };
        let task = argo::Task { name: name.to_owned(), template: Some(name.to_owned()), ..argo::Task::default() };
        let notes = Some(note.to_owned()).filter(|note| !note.is_empty()).into_iter().collect();
        root.nodes.push(reader.task(&task, name, notes));
    }
    if root.nodes.len() == 2 {
        root.edges.push((0, 1));
    }
    if let [Node::Group(only)] = &mut root.nodes[..] {
        root = std::mem::take(only);
    }
    Picture { title: title.unwrap_or_default().trim_end_matches('-').to_owned(), root }
}

fn by_name(spec: &Spec) -> HashMap<&str, &Template> {
    spec.templates.iter().map(|template| (template.name.as_str(), template)).collect()
}

struct Reader<'w> {
    templates: HashMap<&'w str, &'w Template>,
    /// The templates that the one in hand is called from.
    open: Vec<&'w str>,
    shown: usize,
}

impl<'w> Reader<'w> {
    fn task(&mut self, task: &argo::Task, id: &str, mut notes: Vec<String>) -> Node {
        notes.extend(task.when.as_deref().map(|when| format!("if {}", plain(when))));
        notes.extend(items(task).map(|items| format!("for each of {items}")));
        let called = task.template.as_deref().and_then(|name| self.templates.get(name).copied());
        let mut shown = Task { id: id.to_owned(), label: task.name.clone(), notes, ..Task::default() };
        self.shown += 1;
        let Some(template) = called else {
            shown.kind = if task.inline.is_some() { "inline" } else { "templateRef" };
            return Node::Task(shown);
        };
        shown.kind = kind(template);
        let display = template.metadata.annotations.get("pipelines.kubeflow.org/task_display_name");
        if let Some(name) = display.filter(|name| !name.contains("{{")) {
            shown.label.clone_from(name);
        }
        if template.dag.is_none() && template.steps.is_empty() {
            return Node::Task(shown);
        }
        if self.open.contains(&template.name.as_str()) {
            shown.notes.push(format!("again from `{}`", template.name));
            return Node::Task(shown);
        }
        if self.shown > MOST {
            shown.notes.push("not opened: the picture is full".to_owned());
            return Node::Task(shown);
        }
        self.open.push(&template.name);
        let group = match &template.dag {
            Some(dag) => self.dag(dag, shown),
            None => self.steps(&template.steps, shown),
        };
        self.open.pop();
        Node::Group(group)
    }

    fn dag(&mut self, dag: &'w Dag, task: Task) -> Group {
        let places: HashMap<&str, usize> =
            dag.tasks.iter().enumerate().map(|(index, task)| (task.name.as_str(), index)).collect();
        let mut group = Group { task, ..Group::default() };
        for (index, task) in dag.tasks.iter().enumerate() {
            let before = before(task);
            group.edges.extend(before.iter().filter_map(|name| Some((*places.get(name)?, index))));
            group.nodes.push(self.task(task, &format!("{}.{}", group.task.id, task.name), Vec::new()));
        }
        group
    }

    fn steps(&mut self, steps: &'w [Vec<argo::Task>], task: Task) -> Group {
        let mut group = Group { task, ..Group::default() };
        let mut last: Vec<usize> = Vec::new();
        for steps in steps {
            let first = group.nodes.len();
            for step in steps {
                group.nodes.push(self.task(step, &format!("{}.{}", group.task.id, step.name), Vec::new()));
            }
            let these: Vec<usize> = (first..group.nodes.len()).collect();
            if last.len() * these.len() > BUNDLED {
                let point = group.nodes.len();
                group.nodes.push(Node::Join);
                group.edges.extend(last.iter().map(|from| (*from, point)));
                group.edges.extend(these.iter().map(|to| (point, *to)));
            } else {
                group.edges.extend(last.iter().flat_map(|from| these.iter().map(|to| (*from, *to))));
            }
            last = these;
        }
        group
    }
}

/// The names that a task waits for.
pub(crate) fn before(task: &argo::Task) -> Vec<&str> {
    let depends = task.depends.as_deref().unwrap_or_default();
    let words = depends.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_' || c == '.'));
    let named = words.filter(|word| !word.is_empty()).map(|word| word.split('.').next().unwrap_or(word));
    let mut names: Vec<&str> = task.dependencies.iter().map(String::as_str).chain(named).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn items(task: &argo::Task) -> Option<String> {
    if let Some(text) = &task.with_param {
        return Some(plain(text));
    }
    if let Some(sequence) = &task.with_sequence {
        let (first, last) = (sequence.start.as_ref(), sequence.count.as_ref().or(sequence.end.as_ref()));
        let text = |number: &argo::IntOrString| plain(&number.to_string());
        return Some(match (first, last) {
            (Some(first), Some(last)) => format!("{} to {}", text(first), text(last)),
            (None, Some(last)) => format!("{} numbers", text(last)),
            _ => "a sequence".to_owned(),
        });
    }
    match task.with_items.len() {
        0 => None,
        1 => Some("1 item".to_owned()),
        count => Some(format!("{count} items")),
    }
}

pub(crate) fn kind(template: &Template) -> &'static str {
    template.kinds().first().copied().unwrap_or("steps")
}

/// An expression with the names that a person would say: `inputs.parameters['a-b']` is `a-b`.
pub(crate) fn plain(text: &str) -> String {
    let mut text = text.replace("{{=", "").replace("{{", "").replace("}}", "");
    for (from, to) in [
        ("inputs.parameters.", ""),
        ("workflow.parameters.", ""),
        (".outputs.parameters.", "."),
        (".outputs.parameters[", "["),
        (".outputs.result", ""),
        ("inputs.parameters[", "["),
        ("workflow.parameters[", "["),
        ("tasks.", ""),
        ("steps.", ""),
        ("tasks[", "["),
        ("steps[", "["),
    ] {
        text = text.replace(from, to);
    }
    indexed(&text).trim().to_owned()
}

/// `['a']` as `.a`, or as `a` where nothing stands before it.
fn indexed(text: &str) -> String {
    let (mut plain, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once("['") {
        let Some((name, after)) = after.split_once("']") else { break };
        plain.push_str(before);
        if plain.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '-') {
            plain.push('.');
        }
        plain.push_str(name);
        rest = after;
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn conditions_read_as_a_person_would_say_them() {
        assert_eq!(plain("{{=inputs.parameters['flip-output'] == 'heads'}}"), "flip-output == 'heads'");
        assert_eq!(plain("{{tasks.flip.outputs.result}} == heads"), "flip == heads");
        assert_eq!(plain("{{=int(tasks['one-of-1'].outputs.parameters.output) > 5}}"), "int(one-of-1.output) > 5");
    }
}
