//! What the variables in a place mean.

use super::parse::{MARK, parse, unmark};
use super::text::{Origin, Text};
use super::{Expr, Id, Result, cannot};
use std::collections::{BTreeMap, BTreeSet};

/// What a template was given, or what a task gives.
#[derive(Clone, Debug, Default)]
pub(super) struct Given {
    /// Texts by the name of the parameter.
    pub(super) parameters: BTreeMap<String, Text>,
    /// Contents of files by the name of the artifact.
    pub(super) artifacts: BTreeMap<String, Text>,
    /// What it gives without a name: the answer to a request.
    pub(super) result: Option<Text>,
    /// The tasks that are in it.
    pub(super) tasks: BTreeSet<Id>,
}

/// What can be referred to in a place.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    pub(super) inputs: Given,
    /// By name, with hyphens.
    pub(super) tasks: BTreeMap<String, Given>,
    /// The loop whose item `item` is.
    pub(super) item: Option<Id>,
    /// Paths of the artifacts and outputs of a leaf, by `inputs.artifacts.NAME.path` and the like.
    pub(super) paths: BTreeMap<String, String>,
}

impl Scope {
    /// A text with its variables followed back.
    pub(super) fn text(&self, source: &str) -> Result<Text> {
        let (text, marked) = self.mark(source)?;
        Ok(unmark(&text, &marked))
    }

    /// A condition of a task: expressions, or plain variables in govaluate's language.
    pub(super) fn condition(&self, source: &str) -> Result<Expr> {
        match source.trim().strip_prefix("{{=").and_then(|rest| rest.strip_suffix("}}")) {
            Some(expression) if !expression.contains("{{") => self.expression(expression),
            _ => {
                let (text, marked) = self.mark(source)?;
                parse(&text, &marked, &|path| Ok((Text::constant(path.join(".")), path.len())))
            }
        }
    }

    /// An expression without the braces.
    pub(super) fn expression(&self, source: &str) -> Result<Expr> {
        parse(source, &[], &|path| self.variable(path))
    }

    /// A text in which each tag is a mark, and the texts that the marks stand for.
    pub(super) fn mark(&self, source: &str) -> Result<(String, Vec<Text>)> {
        let (mut text, mut marked) = (String::new(), Vec::new());
        let mut rest = source;
        while let Some((before, after)) = rest.split_once("{{") {
            let Some((tag, after)) = after.split_once("}}") else { break };
            text.push_str(before);
            let found = match tag.strip_prefix('=') {
                Some(expression) => Some(self.expression(expression)?.into_text()),
                None => {
                    let path: Vec<String> = tag.trim().split('.').map(str::to_owned).collect();
                    match is_argos(&path[0]) {
                        true => Some(self.tag(&path)?),
                        false => None,
                    }
                }
            };
            match found {
                Some(found) => {
                    text.extend([MARK.0.to_string(), marked.len().to_string(), MARK.1.to_string()]);
                    marked.push(found);
                }
                None => text.extend(["{{", tag, "}}"]),
            }
            rest = after;
        }
        text.push_str(rest);
        Ok((text, marked))
    }

    fn tag(&self, path: &[String]) -> Result<Text> {
        let (text, own) = self.variable(path)?;
        path[own..].iter().try_fold(text, |text, name| {
            text.field(name).map_or_else(|| cannot(format!("`{}`: no such field", path.join("."))), Ok)
        })
    }

    /// The text of a variable, and how many of the names are its own.
    fn variable(&self, path: &[String]) -> Result<(Text, usize)> {
        let names: Vec<&str> = path.iter().map(String::as_str).collect();
        let found = match names[..] {
            [_, _, _, "path"] => self.paths.get(&path.join(".")).map(|path| (Text::constant(path), 4)),
            ["inputs", "parameters", name, ..] => self.inputs.parameters.get(name).map(|text| (text.clone(), 3)),
            ["inputs", "artifacts", name, ..] => self.inputs.artifacts.get(name).map(|text| (text.clone(), 3)),
            ["tasks", task, "outputs", "parameters", name, ..] => {
                self.tasks.get(task).and_then(|task| task.parameters.get(name)).map(|text| (text.clone(), 5))
            }
            ["tasks", task, "outputs", "artifacts", name, ..] => {
                self.tasks.get(task).and_then(|task| task.artifacts.get(name)).map(|text| (text.clone(), 5))
            }
            ["tasks", task, "outputs", "result"] => {
                self.tasks.get(task).and_then(|task| task.result.clone()).map(|text| (text, 4))
            }
            ["tasks", task, state] => {
                self.tasks.get(task).map(|task| (Text::of(Origin::State(task.tasks.clone(), state.to_owned())), 3))
            }
            ["item", ..] => self.item.map(|id| (Text::of(Origin::Item(id)), 1)),
            ["workflow", "parameters", name, ..] => Some((Text::of(Origin::Parameter(name.to_owned())), 3)),
            [first, ..] if is_argos(first) && !matches!(first, "inputs" | "tasks") => {
                Some((Text::of(Origin::Variable(path.join("."))), path.len()))
            }
            _ => None,
        };
        found.map_or_else(|| cannot(format!("`{}` refers to nothing", path.join("."))), Ok)
    }
}

fn is_argos(first: &str) -> bool {
    matches!(
        first,
        "inputs"
            | "outputs"
            | "tasks"
            | "steps"
            | "item"
            | "workflow"
            | "pod"
            | "node"
            | "retries"
            | "lastRetry"
            | "status"
    )
}
