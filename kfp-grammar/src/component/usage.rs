//! How a component uses its inputs.

use super::{Argument, Component, Condition, Implementation, Reference, Task, Value};

/// How an input is used.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Usage {
    /// As a text in the command line.
    pub by_value: bool,
    /// As a file.
    pub by_path: bool,
    /// As the condition of an `if`: what it is has to be known before the pipeline runs.
    pub decides: bool,
}

impl Usage {
    fn and(self, other: Self) -> Self {
        Self {
            by_value: self.by_value || other.by_value,
            by_path: self.by_path || other.by_path,
            decides: self.decides || other.decides,
        }
    }
}

impl Component {
    /// How an input is used; `find` gives the components of a graph that stand in other files.
    pub fn usage<'c>(&'c self, input: &str, find: &dyn Fn(&'c str) -> Option<&'c Component>) -> Usage {
        match &self.implementation {
            Implementation::Container(container) => {
                let arguments = container.command.iter().chain(&container.args);
                arguments.map(|argument| argument.usage(input)).fold(Usage::default(), Usage::and)
            }
            Implementation::Graph(graph) => {
                let tasks = graph.tasks.iter().map(|(_, task)| task.usage(input, find));
                tasks.fold(Usage::default(), Usage::and)
            }
        }
    }
}

impl Task {
    /// What it runs, if it is known.
    pub fn component<'c>(&'c self, find: &dyn Fn(&'c str) -> Option<&'c Component>) -> Option<&'c Component> {
        match &self.component {
            Reference::Inline(component) => Some(component),
            Reference::Url { url, .. } => find(url),
        }
    }

    fn usage<'c>(&'c self, input: &str, find: &dyn Fn(&'c str) -> Option<&'c Component>) -> Usage {
        let Some(component) = self.component(find) else { return Usage::default() };
        let takes = |(name, value): &'c (String, Value)| match value {
            Value::GraphInput(given) if given == input => component.usage(name, find),
            _ => Usage::default(),
        };
        self.arguments.iter().map(takes).fold(Usage::default(), Usage::and)
    }
}

impl Argument {
    fn usage(&self, input: &str) -> Usage {
        match self {
            Self::InputValue(name) => Usage { by_value: name == input, ..Usage::default() },
            Self::InputPath(name) => Usage { by_path: name == input, ..Usage::default() },
            Self::Text(_) | Self::OutputPath(_) | Self::IsPresent(_) => Usage::default(),
            Self::Concat(parts) => parts.iter().map(|part| part.usage(input)).fold(Usage::default(), Usage::and),
            Self::If { condition, then, otherwise } => {
                let decides = matches!(condition, Condition::InputValue(name) if name == input);
                let parts = then.iter().chain(otherwise).map(|part| part.usage(input));
                parts.fold(Usage { decides, ..Usage::default() }, Usage::and)
            }
        }
    }
}
