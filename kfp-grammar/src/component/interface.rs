//! The component as a whole, its inputs and its outputs.

use super::reader::{Reader, form};
use super::yaml::{Content, Node};
use super::{Component, DEFAULT, FORM, Implementation, Input, Kind, Output, SAME_NAME, TypeName};

/// Names with texts.
type Texts = Vec<(String, String)>;

impl Reader {
    pub(super) fn component(&mut self, node: &Node) -> Option<Component> {
        let known = ["name", "description", "metadata", "inputs", "outputs", "implementation"];
        let fields = self.fields(node, "a component", &known)?;
        let (annotations, labels) = fields.get("metadata").map(|node| self.metadata(node)).unwrap_or_default();
        let inputs = fields.get("inputs").map(|node| self.list(node, "`inputs`")).unwrap_or_default();
        let outputs = fields.get("outputs").map(|node| self.list(node, "`outputs`")).unwrap_or_default();
        let (input_nodes, output_nodes) = (inputs, outputs);
        let mut inputs: Vec<Input> = inputs.iter().filter_map(|node| self.input(node)).collect();
        let mut outputs: Vec<Output> = outputs.iter().filter_map(|node| self.output(node)).collect();
        self.unique("inputs", input_nodes, inputs.iter().map(|input| input.name.as_str()));
        self.unique("outputs", output_nodes, outputs.iter().map(|output| output.name.as_str()));
        let all_read = inputs.len() == input_nodes.len();
        keep_first(&mut inputs, |input| input.name.clone());
        keep_first(&mut outputs, |output| output.name.clone());
        let (name, description) = (fields.text(self, "name"), fields.text(self, "description"));
        let before = self.mistakes.len();
        let implementation = fields.required(self, "implementation").and_then(|node| self.implementation(node))?;
        let component = Component { name, description, annotations, labels, inputs, outputs, implementation };
        // Names that could not be read would be missed by whoever refers to them.
        if self.mistakes.len() == before && all_read {
            self.check(&component, fields.get("implementation")?);
        }
        Some(component)
    }

    /// Annotations and labels.
    fn metadata(&mut self, node: &Node) -> (Texts, Texts) {
        let Some(fields) = self.fields(node, "`metadata`", &["annotations", "labels"]) else {
            return Default::default();
        };
        let mut texts = |key| fields.get(key).map(|node| self.texts(node, &format!("`{key}`"))).unwrap_or_default();
        (texts("annotations"), texts("labels"))
    }

    fn input(&mut self, node: &Node) -> Option<Input> {
        let known = ["name", "type", "description", "default", "optional", "annotations"];
        let fields = self.fields(node, "an input", &known)?;
        let name = fields.required(self, "name").and_then(|node| self.text(node, "`name`"))?;
        let kind = fields.get("type").and_then(|node| self.kind(node));
        let default = fields.get("default").and_then(|node| {
            let default = self.scalar(node, "`default`")?;
            if let Some(kind) = &kind {
                self.default(node, &name, kind, &default);
            }
            Some(default)
        });
        let optional = fields.get("optional").is_some_and(|node| self.flag(node, "`optional`"));
        Some(Input { kind, description: fields.text(self, "description"), default, optional, name })
    }

    fn output(&mut self, node: &Node) -> Option<Output> {
        let fields = self.fields(node, "an output", &["name", "type", "description", "annotations"])?;
        let name = fields.required(self, "name").and_then(|node| self.text(node, "`name`"))?;
        let kind = fields.get("type").and_then(|node| self.kind(node));
        Some(Output { name, kind, description: fields.text(self, "description") })
    }

    /// A type: its name, or its name with properties.
    fn kind(&mut self, node: &Node) -> Option<Kind> {
        match &node.content {
            Content::Text(name) => Some(kind(name)),
            Content::Map(entries) if let [entry] = &entries[..] => Some(match kind(&entry.key) {
                Kind::Typed(_) => Kind::Typed(TypeName::of(&entry.key, &entry.value)),
                Kind::Named(_) => Kind::Named(TypeName::of(&entry.key, &entry.value)),
                known => known,
            }),
            other => {
                let message = format!("a type is {}", form(other));
                self.wrong(FORM, &node.at, message, "write its name, `CSV`, or `{CSV: {property: value}}`");
                None
            }
        }
    }

    fn default(&mut self, node: &Node, name: &str, kind: &Kind, text: &str) {
        let (fits, wanted) = match kind {
            Kind::Integer => (text.parse::<i64>().is_ok(), "a whole number"),
            Kind::Float => (text.parse::<f64>().is_ok(), "a number"),
            Kind::Boolean => (super::truth(text).is_some(), "`true` or `false`"),
            _ => return,
        };
        if !fits {
            let message = format!("the default of `{name}` is `{text}`, which is not {wanted}");
            self.wrong(DEFAULT, &node.at, message, "write one, or another `type`");
        }
    }

    fn unique<'a>(&mut self, what: &str, nodes: &[Node], names: impl Iterator<Item = &'a str>) {
        let mut seen = Vec::new();
        for (name, node) in names.zip(nodes) {
            if seen.contains(&name) {
                self.wrong(SAME_NAME, &node.at, format!("two {what} are called `{name}`"), "rename one of them");
            }
            seen.push(name);
        }
    }

    fn implementation(&mut self, node: &Node) -> Option<Implementation> {
        let fields = self.fields(node, "`implementation`", &["container", "graph"])?;
        match (fields.get("container"), fields.get("graph")) {
            (Some(container), None) => self.container(container).map(Implementation::Container),
            (None, Some(graph)) => self.graph(graph).map(Implementation::Graph),
            _ => {
                let message = "`implementation` is either a `container` or a `graph`";
                self.wrong(FORM, &node.at, message, "write one of them");
                None
            }
        }
    }
}

/// Leaves out what has the name of one before.
fn keep_first<T>(list: &mut Vec<T>, name: impl Fn(&T) -> String) {
    let mut seen = Vec::new();
    list.retain(|one| {
        let name = name(one);
        let is_new = !seen.contains(&name);
        seen.push(name);
        is_new
    });
}

/// What a type's name stands for.
fn kind(name: &str) -> Kind {
    let name = name.trim();
    match name {
        "Integer" | "int" => Kind::Integer,
        "Float" | "float" => Kind::Float,
        "Boolean" | "Bool" | "bool" => Kind::Boolean,
        "String" | "str" => Kind::Text,
        "JsonArray" | "List" | "list" => Kind::List(None),
        "JsonObject" | "Dict" | "dict" => Kind::Map(None),
        _ => container_of(name).unwrap_or_else(|| match TypeName::plain(name) {
            name if name.is_of_text() => Kind::Typed(name),
            name => Kind::Named(name),
        }),
    }
}

/// `typing.List[int]`, `typing.Dict[str, float]`, as Python components are written.
fn container_of(name: &str) -> Option<Kind> {
    let (outer, rest) = name.strip_prefix("typing.").unwrap_or(name).split_once('[')?;
    let inner = rest.strip_suffix(']')?;
    let known = |name: &str| match kind(name) {
        Kind::Named(_) => None,
        Kind::Typed(_) => Some(Box::new(Kind::Text)),
        known => Some(Box::new(known)),
    };
    match outer {
        "List" | "Sequence" | "list" => Some(Kind::List(known(inner))),
        "Dict" | "Mapping" | "dict" => {
            let value = inner.split_once(',').filter(|(key, _)| key.trim() == "str").map(|(_, value)| value);
            Some(Kind::Map(value.and_then(known)))
        }
        _ => None,
    }
}
