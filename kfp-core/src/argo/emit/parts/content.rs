//! What a DAG template holds, whatever its inputs and tasks are called: equal bytes for templates that do the same.

use crate::argo::references::scan::{Form, Variable, in_expression, in_text};
use crate::argo::tree::{Field, Fields, Node};
use crate::argo::{Arguments, Inputs, Task, Template};
use crate::hash::HashMap;
use serde_json::Value;

/// What there are names of.
#[derive(Clone, Copy)]
enum Kind {
    Parameter,
    Artifact,
    Task,
}

/// Whose names a text may hold.
#[derive(Clone, Copy)]
enum Names {
    /// None: it is taken as it is.
    None,
    /// Those of inputs and tasks, where a variable names them.
    InVariables,
}

/// Writes contents, one after the other.
#[derive(Default)]
pub(super) struct Content<'t> {
    bytes: Vec<u8>,
    /// The numbers that the names of a template have, by their kinds.
    numbers: [HashMap<&'t str, usize>; 3],
}

impl<'t> Content<'t> {
    /// The content of a template, with its inputs and tasks named by their places. What it calls is named by `called`: by a
    /// number, and the inputs by theirs.
    pub(super) fn of(
        &mut self,
        template: &'t Template,
        mut called: impl FnMut(&str) -> Option<(usize, &'t Template)>,
    ) -> &[u8] {
        self.bytes.clear();
        self.numbers.iter_mut().for_each(HashMap::clear);
        self.number(Kind::Parameter, template.inputs.parameters.iter().map(|input| input.name.as_str()));
        self.number(Kind::Artifact, template.inputs.artifacts.iter().map(|input| input.name.as_str()));
        let tasks = template.dag.as_ref().map_or(&[][..], |dag| &dag.tasks);
        // An expression over tasks has their names.
        let named = template
            .dag
            .as_ref()
            .is_some_and(|dag| dag.target.is_some() || tasks.iter().any(|task| task.depends.is_some()));
        if !named {
            self.number(Kind::Task, tasks.iter().map(|task| task.name.as_str()));
        }
        template.each(&mut |field, node| match field {
            "name" => {}
            "inputs" => self.inputs(&template.inputs),
            "dag" => {
                if let Node::Fields(dag) = node {
                    dag.each(&mut |field, node| {
                        if field != "tasks" {
                            self.field(field, node, Names::None);
                        }
                    });
                }
                self.bytes.push(b'T');
                self.size(tasks.len());
                for task in tasks {
                    self.task(task, &mut called);
                }
            }
            "outputs" => self.field(field, node, Names::InVariables),
            _ => self.field(field, node, Names::None),
        });
        &self.bytes
    }

    fn number(&mut self, kind: Kind, names: impl Iterator<Item = &'t str>) {
        self.numbers[kind as usize].extend(names.zip(0..));
    }

    fn number_of(&self, kind: Kind, name: &str) -> Option<usize> {
        self.numbers[kind as usize].get(name).copied()
    }

    fn inputs(&mut self, inputs: &Inputs) {
        self.bytes.push(b'i');
        self.size(inputs.parameters.len());
        for fields in inputs
            .parameters
            .iter()
            .map(|input| input as &dyn Fields)
            .chain(inputs.artifacts.iter().map(|input| input as &dyn Fields))
        {
            fields.each(&mut |field, node| {
                if field != "name" {
                    self.field(field, node, Names::None);
                }
            });
            self.bytes.push(b';');
        }
    }

    fn task(&mut self, task: &Task, called: &mut impl FnMut(&str) -> Option<(usize, &'t Template)>) {
        let called = task.template.as_deref().and_then(called);
        self.bytes.push(b't');
        task.each(&mut |field, node| match (field, called) {
            ("name", _) => self.name(Kind::Task, &task.name),
            ("dependencies", _) => {
                self.bytes.push(b'w');
                self.size(task.dependencies.len());
                task.dependencies.iter().for_each(|other| self.name(Kind::Task, other));
            }
            ("template", Some((number, _))) => {
                self.bytes.push(b'c');
                self.size(number);
            }
            ("arguments", Some((_, other))) => self.arguments(&task.arguments, &other.inputs),
            ("inline" | "templateRef", _) => self.field(field, node, Names::None),
            _ => self.field(field, node, Names::InVariables),
        });
    }

    /// What an input is given, which is named by its place.
    fn arguments(&mut self, arguments: &Arguments, inputs: &Inputs) {
        let parameters = arguments
            .parameters
            .iter()
            .enumerate()
            .map(|(at, it)| (place(at, &inputs.parameters, |input| input.name == it.name), it as &dyn Fields));
        let artifacts = arguments
            .artifacts
            .iter()
            .enumerate()
            .map(|(at, it)| (place(at, &inputs.artifacts, |input| input.name == it.name), it as &dyn Fields));
        self.bytes.push(b'a');
        self.size(arguments.parameters.len());
        for (place, fields) in parameters.chain(artifacts) {
            fields.each(&mut |field, node| match (field, place) {
                ("name", Some(place)) => self.size(place),
                _ => self.field(field, node, Names::InVariables),
            });
            self.bytes.push(b';');
        }
    }

    fn name(&mut self, kind: Kind, name: &str) {
        match self.number_of(kind, name) {
            Some(number) => {
                self.bytes.push(b'#');
                self.size(number);
            }
            None => self.text(name),
        }
    }

    fn size(&mut self, size: usize) {
        self.bytes.extend(size.to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.bytes.push(b'"');
        self.size(text.len());
        self.bytes.extend(text.as_bytes());
    }

    fn field(&mut self, field: &str, node: Node<'_>, names: Names) {
        self.text(field);
        let form = if matches!(field, "expression" | "fromExpression") { Form::Expression } else { Form::Simple };
        self.node(node, form, names);
    }

    fn node(&mut self, node: Node<'_>, form: Form, names: Names) {
        match node {
            Node::Bool(it) => self.bytes.push(if it { b'y' } else { b'n' }),
            Node::Integer(it) => {
                self.bytes.push(b'd');
                self.bytes.extend(it.to_le_bytes());
            }
            Node::Value(Value::String(text)) => self.node(Node::Text(text), form, names),
            Node::Text(text) => match names {
                Names::None => self.text(text),
                Names::InVariables => self.variables(text, form),
            },
            Node::Value(Value::Array(items)) => self.node(items.node(), form, names),
            Node::Value(Value::Object(fields)) => self.node(Node::Fields(fields), form, names),
            Node::Value(it) => self.text(&it.to_string()),
            Node::Fields(fields) => {
                self.bytes.push(b'{');
                fields.each(&mut |field, node| self.field(field, node, names));
                self.bytes.push(b'}');
            }
            Node::List(items) => {
                self.bytes.push(b'[');
                self.size(items.length());
                items.each(&mut |node| self.node(node, form, names));
            }
        }
    }

    /// A text, with numbers in place of the names in its variables.
    fn variables(&mut self, text: &str, form: Form) {
        let found = if form == Form::Simple { in_text(text) } else { in_expression(text) };
        let mut done = 0;
        for Variable { path, range, form } in found {
            let (number, rest) = match path[..] {
                ["inputs", "parameters", name] => (self.number_of(Kind::Parameter, name), None),
                ["inputs", "artifacts", name] => (self.number_of(Kind::Artifact, name), None),
                ["tasks", task, "status"] => (self.number_of(Kind::Task, task), Some(["status", ""])),
                ["tasks", task, "outputs", kind, output] => (self.number_of(Kind::Task, task), Some([kind, output])),
                _ => (None, None),
            };
            let Some(number) = number else { continue };
            self.text(&text[done..range.start]);
            self.bytes.push(if form == Form::Simple { b'$' } else { b'=' });
            self.text(path[0]);
            self.size(number);
            match rest {
                Some(rest) => rest.into_iter().for_each(|part| self.text(part)),
                None => self.text(path[1]),
            }
            done = range.end;
        }
        self.text(&text[done..]);
    }
}

/// Where an item is in a list: mostly at the same place as what is asked for.
pub(super) fn place<T>(likely: usize, list: &[T], is_it: impl Fn(&T) -> bool) -> Option<usize> {
    if list.get(likely).is_some_and(&is_it) { Some(likely) } else { list.iter().position(is_it) }
}
