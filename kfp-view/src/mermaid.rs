//! Pictures as Mermaid flow charts, which Markdown pages show.

use crate::picture::{Group, Node, Picture, State, Task};
use std::collections::HashMap;
use std::fmt::Write;

/// The picture as a Mermaid `flowchart`.
pub fn mermaid(picture: &Picture) -> String {
    let mut chart = Chart { out: "flowchart TD\n".to_owned(), names: HashMap::new(), classes: Vec::new() };
    chart.group(&picture.root, 1);
    for (state, style) in [
        (State::Succeeded, "fill:#dafbe1,stroke:#1a7f37"),
        (State::Failed, "fill:#ffebe9,stroke:#cf222e"),
        (State::Error, "fill:#ffebe9,stroke:#cf222e"),
        (State::Running, "fill:#ddf4ff,stroke:#0969da"),
    ] {
        let members: Vec<_> =
            chart.classes.iter().filter(|(it, _)| *it == state).map(|(_, name)| name.clone()).collect();
        if !members.is_empty() {
            let _ = writeln!(chart.out, "  classDef {state} {style}\n  class {} {state}", members.join(","));
        }
    }
    chart.out
}

struct Chart {
    out: String,
    /// The names that nodes have in the chart, by their ids.
    names: HashMap<String, String>,
    classes: Vec<(State, String)>,
}

impl Chart {
    fn group(&mut self, group: &Group, depth: usize) {
        let indent = "  ".repeat(depth);
        let mut names = Vec::new();
        for node in &group.nodes {
            match node {
                Node::Join => {
                    let name = format!("j{}", self.names.len());
                    self.names.insert(name.clone(), name.clone());
                    let _ = writeln!(self.out, "{indent}{name}(( ))");
                    names.push(name);
                }
                Node::Task(task) => {
                    let name = self.name(task);
                    let _ = writeln!(self.out, "{indent}{name}[\"{}\"]", label(task));
                    names.push(name);
                }
                Node::Group(inner) => {
                    let name = self.name(&inner.task);
                    let _ = writeln!(self.out, "{indent}subgraph {name} [\"{}\"]", label(&inner.task));
                    self.group(inner, depth + 1);
                    let _ = writeln!(self.out, "{indent}end");
                    names.push(name);
                }
            }
        }
        for (from, to) in &group.edges {
            let _ = writeln!(self.out, "{indent}{} --> {}", names[*from], names[*to]);
        }
    }

    fn name(&mut self, task: &Task) -> String {
        let name = format!("n{}", self.names.len());
        self.names.insert(task.id.clone(), name.clone());
        self.classes.extend(task.state.map(|state| (state, name.clone())));
        name
    }
}

fn label(task: &Task) -> String {
    let lines = std::iter::once(&task.label).chain(&task.notes);
    let escaped: Vec<_> =
        lines.map(|line| line.replace('#', "#35;").replace('"', "#quot;").replace('<', "#lt;")).collect();
    escaped.join("<br/>")
}
