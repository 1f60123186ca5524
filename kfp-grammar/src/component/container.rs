//! The container of a component: its command line with placeholders.

use super::reader::{Reader, form};
use super::yaml::{Content, Node};
use super::{Argument, Condition, Container, FORM, PLACEHOLDER, truth};

/// The placeholders that KFP v1 has.
const PLACEHOLDERS: &str = "`inputValue`, `inputPath`, `outputPath`, `concat`, `if`, `isPresent`";

/// Those of KFP v2, which mean nothing to Argo.
const OF_V2: [&str; 7] = [
    "inputUri",
    "outputUri",
    "inputMetadata",
    "inputOutputPortName",
    "outputMetadata",
    "executorInput",
    "executor_input",
];

impl Reader {
    pub(super) fn container(&mut self, node: &Node) -> Option<Container> {
        let known = ["image", "command", "args", "env", "fileOutputs"];
        let fields = self.fields(node, "`container`", &known)?;
        let command = fields.get("command").map(|node| self.arguments(node, "`command`")).unwrap_or_default();
        let args = fields.get("args").map(|node| self.arguments(node, "`args`")).unwrap_or_default();
        let env = fields.get("env").map(|node| self.texts(node, "`env`")).unwrap_or_default();
        let file_outputs = fields.get("fileOutputs").map(|node| self.texts(node, "`fileOutputs`")).unwrap_or_default();
        let image = fields.required(self, "image").and_then(|node| self.image(node)).unwrap_or_default();
        Some(Container { image, command, args, env, file_outputs })
    }

    fn image(&mut self, node: &Node) -> Option<String> {
        let image = self.text(node, "`image`")?;
        if let Err(mistake) = crate::image::parse(&image) {
            self.mistakes.push(crate::Mistake { at: node.at.clone(), ..mistake });
        }
        Some(image)
    }

    fn arguments(&mut self, node: &Node, what: &str) -> Vec<Argument> {
        self.list(node, what).iter().filter_map(|node| self.argument(node)).collect()
    }

    fn argument(&mut self, node: &Node) -> Option<Argument> {
        match &node.content {
            Content::Map(entries) if let [entry] = &entries[..] => {
                self.placeholder(&entry.key, &entry.at, &entry.value)
            }
            Content::Map(_) | Content::List(_) | Content::Null => {
                let message = format!("an argument is {}", form(&node.content));
                self.wrong(FORM, &node.at, message, format!("write a text, or one placeholder: {PLACEHOLDERS}"));
                None
            }
            _ => self.text(node, "an argument").map(Argument::Text),
        }
    }

    fn placeholder(&mut self, name: &str, at: &std::ops::Range<usize>, value: &Node) -> Option<Argument> {
        let what = format!("`{name}`");
        match name {
            "inputValue" => self.text(value, &what).map(Argument::InputValue),
            "inputPath" => self.text(value, &what).map(Argument::InputPath),
            "outputPath" => self.text(value, &what).map(Argument::OutputPath),
            "isPresent" => self.text(value, &what).map(Argument::IsPresent),
            "concat" => Some(Argument::Concat(self.arguments(value, &what))),
            "if" => self.choice(value),
            _ if OF_V2.contains(&name) => {
                let message = format!("`{name}` is a placeholder of KFP v2, which Argo knows nothing of");
                self.wrong(PLACEHOLDER, at, message, "use `inputPath` and `outputPath`");
                None
            }
            _ => {
                let message = format!("there is no placeholder `{name}`");
                self.wrong(PLACEHOLDER, at, message, format!("the placeholders are {PLACEHOLDERS}"));
                None
            }
        }
    }

    fn choice(&mut self, node: &Node) -> Option<Argument> {
        let fields = self.fields(node, "`if`", &["cond", "then", "else"])?;
        let condition = fields.required(self, "cond").and_then(|node| self.condition(node));
        let then = fields.required(self, "then").map(|node| self.branch(node));
        let otherwise = fields.get("else").map(|node| self.branch(node)).unwrap_or_default();
        Some(Argument::If { condition: condition?, then: then?, otherwise })
    }

    fn branch(&mut self, node: &Node) -> Vec<Argument> {
        match node.content {
            Content::List(_) => self.arguments(node, "a branch"),
            _ => self.argument(node).into_iter().collect(),
        }
    }

    fn condition(&mut self, node: &Node) -> Option<Condition> {
        match &node.content {
            Content::Bool(flag) => return Some(Condition::Constant(*flag)),
            // As in KFP, nothing is false.
            Content::Text(text) if text.is_empty() => return Some(Condition::Constant(false)),
            Content::Text(text) if let Some(flag) = truth(text) => return Some(Condition::Constant(flag)),
            Content::Map(entries) if let [entry] = &entries[..] => match entry.key.as_str() {
                "isPresent" => return self.text(&entry.value, "`isPresent`").map(Condition::IsPresent),
                "inputValue" => return self.text(&entry.value, "`inputValue`").map(Condition::InputValue),
                _ => {}
            },
            _ => {}
        }
        let message = "this is no condition";
        self.wrong(FORM, &node.at, message, "write `{isPresent: INPUT}`, `{inputValue: INPUT}`, `true` or `false`");
        None
    }
}
