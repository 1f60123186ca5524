//! `for`.

use super::Emitter;
use super::block::{Child, Given, dag_template, push_output};
use super::frame::{Atom, Frame, Uses};
use super::resolve::as_json;
use super::text::{Binding, Expr, Reference, Text};
use crate::argo::{Dag, Outputs, Task, Template};
use crate::diagnostic::Place;
use crate::graph::{Loop, NodeId, Operand, Shape};
use kfp_grammar::substitution::Use;
use serde_json::Value;

/// The task of a loop in the template around it.
const ROUND: &str = "round";

/// What a loop runs over.
enum Items {
    List(Vec<Value>),
    Text(String),
}

impl Emitter<'_> {
    /// A loop: a task that runs the template of the body for each item. One that collects, or runs so many rounds at once
    /// at most, stands in a template of its own: Argo limits the children of a template.
    pub(super) fn each(&mut self, frame: &mut Frame, id: NodeId, each: &Loop) -> Task {
        let name = self.layout.task(id).to_owned();
        if each.collects.is_none() && each.parallelism.is_none() && !each.fail_fast {
            let body = self.body(&name, each);
            let (task, uses) = self.rounds(frame, name, id, each, &body);
            return Task { dependencies: self.dependencies(id, &uses), ..task };
        }
        let template = self.templates.name(&name);
        let slot = self.templates.open();
        let body = self.body(&format!("{name}-round"), each);
        let mut inner = Frame::new(None);
        let (round, _) = self.rounds(&mut inner, ROUND.to_owned(), id, each, &body);
        let mut outputs = Outputs::default();
        if let Some((shape, _)) = &each.collects {
            push_output(&mut outputs, super::OUTPUT.to_owned(), &Shape::Json, &Text::Expr(collected(shape)));
        }
        let dag = Dag { tasks: vec![round], ..Dag::default() };
        let wrapper = dag_template(template.clone(), &inner, outputs, dag);
        self.templates.close(
            slot,
            Template {
                parallelism: each.parallelism.map(i64::from),
                fail_fast: each.fail_fast.then_some(true),
                ..wrapper
            },
        );
        self.wrapped(frame, id, name, Child { template, inputs: inner.inputs })
    }

    fn body(&mut self, name: &str, each: &Loop) -> Child {
        let template = self.templates.name(name);
        let given: Vec<_> = each
            .collects
            .iter()
            .map(|(shape, operand)| Given { form: element, ..Given::new(shape, operand) })
            .collect();
        self.block(template, each.body, Frame::new(None), &given)
    }

    fn rounds(&mut self, frame: &mut Frame, name: String, id: NodeId, each: &Loop, body: &Child) -> (Task, Uses) {
        let mut uses = Uses::new();
        let place = self.graph[id].place;
        let items = self.items(frame, &mut uses, id, each, place);
        let arguments = self.pass(frame, &mut uses, body, |atom| match atom {
            Atom::Item(node) if *node == id => Some(Text::Reference(Reference::new(["item"]))),
            Atom::ItemField(node, field) if *node == id => Some(Text::Reference(Reference::new(["item", field]))),
            _ => None,
        });
        let task = Task { name, template: Some(body.template.clone()), arguments, ..Task::default() };
        let task = match items {
            Items::List(with_items) => Task { with_items, ..task },
            Items::Text(text) => Task { with_param: Some(text), ..task },
        };
        (task, uses)
    }

    /// Constants as they are; no constants as an empty list in `withParam`, for an empty `withItems` is no loop.
    fn items(&mut self, frame: &mut Frame, uses: &mut Uses, id: NodeId, each: &Loop, place: Place) -> Items {
        let text = match constants(&each.items) {
            Some(items) if items.is_empty() => return Items::Text("[]".to_owned()),
            Some(items) => return self.list(items, place),
            None => self.operand(frame, uses, &each.items),
        };
        if let Text::Literal(list) = &text
            && let Ok(list) = serde_json::from_str::<Vec<Value>>(list)
            && !list.is_empty()
        {
            return self.list(list.into_iter().map(|value| decoded_item(value, &each.item)).collect(), place);
        }
        // Argo hands a string over without its quotes. As JSON it would be something else: encode each item again, unless
        // the items are objects whose fields are read.
        if each.item.is_json() && !matches!(text, Text::Literal(_)) && !self.layout.item_fields.contains(&id) {
            let list = text.expr().text;
            return Items::Text(Expr::atom(format!("toJson(map(fromJSON({list}), toJson(#)))")).tag());
        }
        Items::Text(self.field(&text, Use::Item, place))
    }

    fn list(&mut self, items: Vec<Value>, place: Place) -> Items {
        for item in &items {
            let text = item.as_str().map_or_else(|| item.to_string(), str::to_owned);
            self.require_plain(&text, Use::Item, place);
        }
        Items::List(items)
    }
}

/// The items of a list of constants.
fn constants(items: &Operand) -> Option<Vec<Value>> {
    let Operand::List(elements) = items else { return None };
    let constant = |(element, shape): &(Operand, Shape)| match element {
        Operand::Literal(text) => Some(constant_item(text, shape)),
        _ => None,
    };
    elements.iter().map(constant).collect()
}

/// An item as Argo hands it over unchanged: an object, or a string that holds its text.
fn constant_item(text: &str, shape: &Shape) -> Value {
    match (shape, serde_json::from_str(text)) {
        (shape, Ok(object @ Value::Object(_))) if shape.is_json() => object,
        _ => Value::String(text.to_owned()),
    }
}

/// The same for one that was read from JSON.
fn decoded_item(value: Value, shape: &Shape) -> Value {
    match (value, shape) {
        (object @ Value::Object(_), shape) if shape.is_json() => object,
        (text @ Value::String(_), Shape::Text) => text,
        (value, _) => Value::String(value.to_string()),
    }
}

/// What one round gives: the JSON of its value, and where that may be a list or an object, as a JSON string. Argo would
/// embed such a thing into the list of all rounds, but only if all of them are, and with its numbers as floats.
fn element(text: Text, shape: &Shape) -> Text {
    let json = as_json(text, shape);
    match (json, shape) {
        (Text::Literal(json), shape) if shape.is_json() => Text::Literal(Value::String(json).to_string()),
        (json, shape) if shape.is_json() => Text::Expr(Expr::call("toJson", &json.expr())),
        (json, _) => json,
    }
}

/// The JSON list of what the rounds gave. Without items the task is skipped and gives nothing.
fn collected(shape: &Shape) -> Expr {
    let task = |parts: [&str; 2]| [&["tasks", ROUND], &parts[..]].concat().join(".");
    let rounds = format!("fromJSON({}.{})", task(["outputs", "parameters"]), super::OUTPUT);
    let rounds = match shape {
        shape if shape.is_json() => format!("map({rounds}, fromJSON(#))"),
        _ => rounds,
    };
    let skipped = Expr::new(format!("tasks.{ROUND}.status == 'Skipped'"), Binding::Compare);
    let list = Expr::new(format!("'[' + join({rounds}, ',') + ']'"), Binding::Sum);
    Expr::choice(&skipped, &Expr::atom("'[]'"), &list)
}
