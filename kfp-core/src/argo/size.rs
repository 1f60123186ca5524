//! How large a manifest is, and where the bytes go.

use super::{Artifact, Parameter, Task, Template, Workflow};
use serde::Serialize;
use std::io;

/// The most bytes of a manifest as JSON: what etcd takes in one request by default, 1.5 MiB.
pub const MOST_BYTES: usize = 1_572_864;

/// The bytes of a manifest as JSON, as the cluster keeps it, by what they are for.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Size {
    /// All of them.
    pub total: usize,
    /// Those of each template, the largest first.
    pub templates: Vec<(String, usize)>,
    /// Those of what each is for, the largest first: the names of tasks and what they call, arguments, edges, .. Together
    /// they are the total.
    pub parts: Vec<(&'static str, usize)>,
    /// How many tasks there are in all DAGs.
    pub tasks: usize,
}

impl Size {
    /// Measures a manifest.
    pub fn of(workflow: &Workflow) -> Self {
        let mut templates: Vec<_> =
            workflow.spec.templates.iter().map(|template| (template.name.clone(), json(template))).collect();
        templates.sort_by(|(one, less), (other, more)| more.cmp(less).then_with(|| one.cmp(other)));
        let mut size = Self { total: json(workflow), templates, ..Self::default() };
        let mut parts = Parts::default();
        workflow.spec.templates.iter().for_each(|template| parts.template(template));
        size.tasks = workflow.spec.templates.iter().filter_map(|t| t.dag.as_ref()).map(|dag| dag.tasks.len()).sum();
        let Parts { annotations, labels, inputs, outputs, arguments, edges, conditions, tasks, containers } = parts;
        size.parts = vec![
            ("annotations", annotations + unless_empty(&workflow.metadata.annotations)),
            ("labels", labels),
            ("inputs of templates", inputs),
            ("outputs of templates", outputs),
            ("arguments", arguments),
            ("dependencies", edges),
            ("conditions and items", conditions),
            ("names of tasks and templates", tasks),
            ("containers, scripts and resources", containers),
        ];
        let known: usize = size.parts.iter().map(|(_, bytes)| bytes).sum();
        size.parts.push(("the rest", size.total.saturating_sub(known)));
        size.parts.retain(|(_, bytes)| *bytes > 0);
        size.parts.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
        size
    }
}

/// The bytes of something as JSON, if it is there at all.
pub fn json<T: Serialize>(value: &T) -> usize {
    let mut count = Count(0);
    match serde_json::to_writer(&mut count, value) {
        Ok(()) => count.0,
        Err(_) => 0,
    }
}

fn unless_empty<T: Serialize + Default + PartialEq>(value: &T) -> usize {
    if *value == T::default() { 0 } else { json(value) }
}

/// Counts bytes and keeps none.
struct Count(usize);

impl io::Write for Count {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[derive(Default)]
struct Parts {
    annotations: usize,
    labels: usize,
    inputs: usize,
    outputs: usize,
    arguments: usize,
    edges: usize,
    conditions: usize,
    tasks: usize,
    containers: usize,
}

impl Parts {
    fn template(&mut self, template: &Template) {
        self.annotations += unless_empty(&template.metadata.annotations);
        self.labels += unless_empty(&template.metadata.labels);
        self.inputs += ports(&template.inputs.parameters, &template.inputs.artifacts);
        self.outputs += ports(&template.outputs.parameters, &template.outputs.artifacts);
        self.containers += template.container.as_ref().map_or(0, json);
        self.containers += template.script.as_ref().map_or(0, json);
        self.containers += template.resource.as_ref().map_or(0, json);
        self.tasks += json(&template.name);
        for task in template.dag.iter().flat_map(|dag| &dag.tasks).chain(template.steps.iter().flatten()) {
            self.task(task);
        }
    }

    fn task(&mut self, task: &Task) {
        self.tasks += json(&task.name) + task.template.as_ref().map_or(0, json);
        self.arguments += ports(&task.arguments.parameters, &task.arguments.artifacts);
        self.edges += unless_empty(&task.dependencies) + task.depends.as_ref().map_or(0, json);
        self.conditions += task.when.as_ref().map_or(0, json)
            + unless_empty(&task.with_items)
            + task.with_param.as_ref().map_or(0, json);
    }
}

fn ports(parameters: &[Parameter], artifacts: &[Artifact]) -> usize {
    parameters.iter().map(json).sum::<usize>() + artifacts.iter().map(json).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::Size;
    use crate::argo::{Container, Dag, Metadata, Spec, Task, Template, Workflow};

    #[test]
    fn every_byte_is_counted_once() {
        let leaf = Template {
            name: "say".to_owned(),
            container: Some(Box::new(Container { image: "busybox".to_owned(), ..Container::default() })),
            metadata: Metadata {
                annotations: std::collections::BTreeMap::from([("a".to_owned(), "b".to_owned())]),
                ..Metadata::default()
            },
            ..Template::default()
        };
        let task = Task { name: "x".to_owned(), template: Some("say".to_owned()), ..Task::default() };
        let dag = Template {
            name: "main".to_owned(),
            dag: Some(Dag { tasks: vec![task], ..Dag::default() }),
            ..Template::default()
        };
        let workflow = Workflow { spec: Spec { templates: vec![dag, leaf], ..Spec::default() }, ..Workflow::default() };
        let size = Size::of(&workflow);
        assert_eq!(size.total, workflow.to_json().len());
        assert_eq!(size.parts.iter().map(|(_, bytes)| bytes).sum::<usize>(), size.total);
        assert_eq!(size.templates[0].0, "say");
        assert_eq!(size.parts.iter().find(|(name, _)| *name == "annotations").unwrap().1, r#"{"a":"b"}"#.len());
        assert_eq!(size.tasks, 1);
    }
}
