//! The graph of a component that is made of others.

use super::reader::{Reader, form};
use super::yaml::{Content, Node};
use super::{FORM, GRAPH, Graph, Reference, Task, TaskOutput, Value};
use crate::iso8601;

impl Reader {
    pub(super) fn graph(&mut self, node: &Node) -> Option<Graph> {
        let fields = self.fields(node, "`graph`", &["tasks", "outputValues"])?;
        let entries = fields.required(self, "tasks").and_then(|node| self.entries(node, "`tasks`"))?;
        let mut tasks = Vec::new();
        for entry in entries {
            if let Some(task) = self.task(&entry.value) {
                tasks.push((entry.key.clone(), Task { at: entry.at.clone(), ..task }));
            }
        }
        let mut outputs = Vec::new();
        for entry in
            fields.get("outputValues").and_then(|node| self.entries(node, "`outputValues`")).unwrap_or_default()
        {
            match self.value(&entry.value) {
                Some(Value::TaskOutput(output)) => outputs.push((entry.key.clone(), output)),
                Some(_) => {
                    let message = format!("the output `{}` is not what a task gives", entry.key);
                    let help = "write `{taskOutput: {taskId: .., outputName: ..}}`";
                    self.wrong(GRAPH, &entry.value.at, message, help);
                }
                None => {}
            }
        }
        let sound = tasks.len() == entries.len();
        let tasks = if sound { self.in_order(tasks)? } else { tasks };
        Some(Graph { tasks, outputs })
    }

    fn task(&mut self, node: &Node) -> Option<Task> {
        let known = ["componentRef", "arguments", "isEnabled", "executionOptions", "annotations"];
        let fields = self.fields(node, "a task", &known)?;
        if let Some(node) = fields.get("isEnabled") {
            let message = "`isEnabled` is no part of what KFP v1 runs";
            self.wrong(GRAPH, &node.at, message, "leave it out, and call the component under an `if` of the pipeline");
        }
        let mut arguments = Vec::new();
        for entry in fields.get("arguments").and_then(|node| self.entries(node, "`arguments`")).unwrap_or_default() {
            if let Some(value) = self.value(&entry.value) {
                arguments.push((entry.key.clone(), value));
            }
        }
        let (retries, max_cache_staleness) =
            fields.get("executionOptions").map(|node| self.execution(node)).unwrap_or_default();
        let component = fields.required(self, "componentRef").and_then(|node| self.reference(node))?;
        Some(Task { component, arguments, retries, max_cache_staleness, at: node.at.clone() })
    }

    fn reference(&mut self, node: &Node) -> Option<Reference> {
        let fields = self.fields(node, "`componentRef`", &["name", "digest", "tag", "url", "spec"])?;
        if let Some(spec) = fields.get("spec") {
            return self.component(spec).map(|component| Reference::Inline(Box::new(component)));
        }
        let node = fields.get("url");
        let Some(node) = node else {
            let message = "`componentRef` has neither `spec` nor `url`";
            self.wrong(GRAPH, &node_start(fields.get("name"), node), message, "write the component below `spec`");
            return None;
        };
        self.text(node, "`url`").map(|url| Reference::Url { url, at: node.at.clone() })
    }

    fn value(&mut self, node: &Node) -> Option<Value> {
        let Content::Map(entries) = &node.content else {
            return self.scalar(node, "an argument").map(Value::Text);
        };
        match &entries[..] {
            [entry] if entry.key == "graphInput" => self.graph_input(&entry.value).map(Value::GraphInput),
            [entry] if entry.key == "taskOutput" => {
                let fields = self.fields(&entry.value, "`taskOutput`", &["taskId", "outputName", "type"])?;
                let task = fields.required(self, "taskId").and_then(|node| self.text(node, "`taskId`"));
                let output = fields.required(self, "outputName").and_then(|node| self.text(node, "`outputName`"));
                Some(Value::TaskOutput(TaskOutput { task: task?, output: output?, at: entry.value.at.clone() }))
            }
            _ => {
                let message = format!("an argument is {}", form(&node.content));
                let help =
                    "write a text, `{graphInput: {inputName: ..}}` or `{taskOutput: {taskId: .., outputName: ..}}`";
                self.wrong(FORM, &node.at, message, help);
                None
            }
        }
    }

    /// By a mapping, or, as early files have it, by the name alone.
    fn graph_input(&mut self, node: &Node) -> Option<String> {
        if let Content::Text(name) = &node.content {
            return Some(name.clone());
        }
        let fields = self.fields(node, "`graphInput`", &["inputName", "type"])?;
        fields.required(self, "inputName").and_then(|node| self.text(node, "`inputName`"))
    }

    fn execution(&mut self, node: &Node) -> (Option<u32>, Option<String>) {
        let Some(fields) = self.fields(node, "`executionOptions`", &["retryStrategy", "cachingStrategy"]) else {
            return (None, None);
        };
        let retries = fields.get("retryStrategy").and_then(|node| {
            let fields = self.fields(node, "`retryStrategy`", &["maxRetries"])?;
            let node = fields.get("maxRetries")?;
            let text = self.scalar(node, "`maxRetries`")?;
            let number = text.parse().ok();
            if number.is_none() {
                let message = format!("`maxRetries` is `{text}`, which is no number of retries");
                self.wrong(FORM, &node.at, message, "write a whole number");
            }
            number
        });
        let staleness = fields.get("cachingStrategy").and_then(|node| {
            let fields = self.fields(node, "`cachingStrategy`", &["maxCacheStaleness"])?;
            let node = fields.get("maxCacheStaleness")?;
            let text = self.text(node, "`maxCacheStaleness`")?;
            if let Err(mistake) = iso8601::parse(&text) {
                self.mistakes.push(crate::Mistake { at: node.at.clone(), ..mistake });
            }
            Some(text)
        });
        (retries, staleness)
    }

    /// Puts each task after those whose outputs it takes.
    fn in_order(&mut self, mut open: Vec<(String, Task)>) -> Option<Vec<(String, Task)>> {
        let known: Vec<String> = open.iter().map(|(id, _)| id.clone()).collect();
        for (_, task) in &open {
            for output in outputs_of(task).filter(|output| !known.contains(&output.task)) {
                let message = format!("there is no task `{}`", output.task);
                let names: Vec<String> = known.iter().map(|id| format!("`{id}`")).collect();
                self.wrong(GRAPH, &output.at, message, format!("the tasks are {}", names.join(", ")));
            }
        }
        if !self.mistakes.is_empty() {
            return Some(open);
        }
        let mut ordered: Vec<(String, Task)> = Vec::new();
        while !open.is_empty() {
            let is_ready = |(_, task): &(String, Task)| {
                outputs_of(task).all(|output| ordered.iter().any(|(id, _)| *id == output.task))
            };
            let Some(next) = open.iter().position(is_ready) else {
                let (id, task) = &open[0];
                let message = format!("the task `{id}` waits for itself, through the outputs that it takes");
                self.wrong(GRAPH, &task.at, message, "break the circle");
                return None;
            };
            ordered.push(open.remove(next));
        }
        Some(ordered)
    }
}

/// What a task takes from others.
fn outputs_of(task: &Task) -> impl Iterator<Item = &TaskOutput> {
    task.arguments.iter().filter_map(|(_, value)| match value {
        Value::TaskOutput(output) => Some(output),
        _ => None,
    })
}

fn node_start(one: Option<&Node>, other: Option<&Node>) -> std::ops::Range<usize> {
    one.or(other).map_or(0..0, |node| node.at.clone())
}
