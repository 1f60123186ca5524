//! What a file says in one place and relies on in another.

use super::reader::Reader;
use super::yaml::{Content, Node};
use super::{
    Argument, Component, Condition, Container, GRAPH, Graph, Implementation, Reference, TWO_PATHS, UNDECLARED,
    UNWRITTEN, Value,
};
use crate::Mistake;
use std::ops::Range;

impl Reader {
    /// Finds names that are not declared, and outputs that nobody writes.
    pub(super) fn check(&mut self, component: &Component, node: &Node) {
        match &component.implementation {
            Implementation::Container(container) => self.check_container(component, container, node),
            Implementation::Graph(graph) => self.check_graph(component, graph, node),
        }
    }

    fn check_container(&mut self, component: &Component, container: &Container, node: &Node) {
        let mut written = Vec::new();
        for argument in container.command.iter().chain(&container.args) {
            self.check_argument(component, argument, node, &mut written);
        }
        for (name, _) in &container.file_outputs {
            let at = key_of(node, name).unwrap_or_else(|| node.at.clone());
            if !component.outputs.iter().any(|output| output.name == *name) {
                self.undeclared("output", name, component.outputs.iter().map(|output| output.name.as_str()), &at);
            }
            if written.contains(name) {
                let message = format!("the output `{name}` has a path in `fileOutputs` and another by `outputPath`");
                self.wrong(TWO_PATHS, &at, message, "leave one of them out");
            }
            written.push(name.clone());
        }
        for output in component.outputs.iter().filter(|output| !written.contains(&output.name)) {
            let message = format!("nothing writes the output `{}`", output.name);
            let help = format!("pass the program `{{outputPath: {}}}`, or leave the output out", output.name);
            self.wrong(UNWRITTEN, &node.at, message, help);
        }
    }

    fn check_argument(&mut self, component: &Component, argument: &Argument, node: &Node, written: &mut Vec<String>) {
        let mut input = |name: &String| {
            if !component.inputs.iter().any(|input| input.name == *name) {
                let declared = component.inputs.iter().map(|input| input.name.as_str());
                self.undeclared("input", name, declared, &place_of(node, name));
            }
        };
        match argument {
            Argument::Text(_) => {}
            Argument::InputValue(name) | Argument::InputPath(name) | Argument::IsPresent(name) => input(name),
            Argument::OutputPath(name) => {
                if !component.outputs.iter().any(|output| output.name == *name) {
                    let declared = component.outputs.iter().map(|output| output.name.as_str());
                    self.undeclared("output", name, declared, &place_of(node, name));
                }
                written.push(name.clone());
            }
            Argument::Concat(parts) => {
                for part in parts {
                    self.check_argument(component, part, node, written);
                }
            }
            Argument::If { condition, then, otherwise } => {
                if let Condition::IsPresent(name) | Condition::InputValue(name) = condition {
                    input(name);
                }
                for part in then.iter().chain(otherwise) {
                    self.check_argument(component, part, node, written);
                }
            }
        }
    }

    fn check_graph(&mut self, component: &Component, graph: &Graph, node: &Node) {
        for (_, task) in &graph.tasks {
            for (_, value) in &task.arguments {
                if let Value::GraphInput(name) = value
                    && !component.inputs.iter().any(|input| input.name == *name)
                {
                    let declared = component.inputs.iter().map(|input| input.name.as_str());
                    self.undeclared("input", name, declared, &place_of(node, name));
                }
            }
        }
        for (name, output) in &graph.outputs {
            if !component.outputs.iter().any(|output| output.name == *name) {
                let declared = component.outputs.iter().map(|output| output.name.as_str());
                self.undeclared("output", name, declared, &output.at);
            }
        }
        for output in &component.outputs {
            if !graph.outputs.iter().any(|(name, _)| *name == output.name) {
                let message = format!("`outputValues` has no `{}`", output.name);
                self.wrong(UNWRITTEN, &node.at, message, "say which task gives it, or leave the output out");
            }
        }
        self.mistakes.extend(graph.check(&|_| None));
    }

    fn undeclared<'a>(&mut self, what: &str, name: &str, declared: impl Iterator<Item = &'a str>, at: &Range<usize>) {
        let declared: Vec<String> = declared.map(|name| format!("`{name}`")).collect();
        let help = match declared.is_empty() {
            true => format!("declare it below `{what}s`"),
            false => format!("declare it below `{what}s`, or write one of {}", declared.join(", ")),
        };
        self.wrong(UNDECLARED, at, format!("there is no {what} `{name}`"), help);
    }
}

impl Graph {
    /// What its tasks pass and take that the components behind them do not have; `find` gives those in other files, and
    /// of those that it does not give nothing is said.
    pub fn check<'c>(&'c self, find: &dyn Fn(&'c str) -> Option<&'c Component>) -> Vec<Mistake> {
        let mut mistakes = Vec::new();
        for (id, task) in &self.tasks {
            let Some(component) = task.component(find) else { continue };
            for (name, _) in &task.arguments {
                if !component.inputs.iter().any(|input| input.name == *name) {
                    let message = format!("the component of the task `{id}` has no input `{name}`");
                    mistakes.push(Mistake::new(GRAPH, task.at.clone(), message).help("leave the argument out"));
                }
            }
            for input in &component.inputs {
                let given = task.arguments.iter().any(|(name, _)| *name == input.name);
                if !given && input.default.is_none() && !input.optional {
                    let message = format!("the task `{id}` passes nothing for the input `{}`", input.name);
                    mistakes.push(Mistake::new(GRAPH, task.at.clone(), message).help("add it to `arguments`"));
                }
            }
        }
        let arguments = self.tasks.iter().flat_map(|(_, task)| &task.arguments);
        let taken = arguments.filter_map(|(_, value)| match value {
            Value::TaskOutput(output) => Some(output),
            _ => None,
        });
        for output in taken.chain(self.outputs.iter().map(|(_, output)| output)) {
            let task = self.tasks.iter().find(|(id, _)| *id == output.task);
            let Some((id, task)) = task else {
                let message = format!("there is no task `{}`", output.task);
                mistakes.push(Mistake::new(GRAPH, output.at.clone(), message).help("name one of `tasks`"));
                continue;
            };
            let Some(component) = task.component(find) else { continue };
            if !component.outputs.iter().any(|known| known.name == output.output) {
                let message = format!("the component of the task `{id}` has no output `{}`", output.output);
                mistakes.push(Mistake::new(GRAPH, output.at.clone(), message).help("name one that it has"));
            }
        }
        mistakes
    }

    /// The components that stand in other files, and where the file refers to them.
    pub fn urls(&self) -> Vec<(&str, Range<usize>)> {
        let mut urls = Vec::new();
        for (_, task) in &self.tasks {
            match &task.component {
                Reference::Url { url, at } => urls.push((url.as_str(), at.clone())),
                Reference::Inline(component) => {
                    if let Implementation::Graph(graph) = &component.implementation {
                        urls.extend(graph.urls());
                    }
                }
            }
        }
        urls
    }
}

/// Where a name stands as a text below a node; the node itself if it does not.
fn place_of(node: &Node, name: &str) -> Range<usize> {
    fn find(node: &Node, name: &str) -> Option<Range<usize>> {
        match &node.content {
            Content::Text(text) if text == name => Some(node.at.clone()),
            Content::List(nodes) => nodes.iter().find_map(|node| find(node, name)),
            Content::Map(entries) => entries.iter().find_map(|entry| find(&entry.value, name)),
            _ => None,
        }
    }
    find(node, name).unwrap_or_else(|| node.at.clone())
}

/// Where a name stands as a key below a node.
fn key_of(node: &Node, name: &str) -> Option<Range<usize>> {
    match &node.content {
        Content::List(nodes) => nodes.iter().find_map(|node| key_of(node, name)),
        Content::Map(entries) => entries.iter().find_map(|entry| match entry.key == name {
            true => Some(entry.at.clone()),
            false => key_of(&entry.value, name),
        }),
        _ => None,
    }
}
