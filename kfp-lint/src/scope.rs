//! What can be referred to in a place.

use crate::library::Called;
use crate::rules::depends::ancestor;
use kfp_core::argo::{Inputs, Outputs, Task};
use kfp_grammar::nearest;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// What can be referred to in a place.
#[derive(Clone)]
pub(crate) struct Scope<'d> {
    /// The inputs of the template, and of those that it is written in.
    pub(crate) inputs: Vec<&'d Inputs>,
    /// The outputs of a leaf, whose paths it may name.
    pub(crate) outputs: Option<&'d Outputs>,
    /// `tasks` or `steps`.
    pub(crate) word: &'static str,
    /// The other tasks or steps, by name; none where that is not known.
    pub(crate) siblings: Option<Rc<HashMap<&'d str, Sibling<'d>>>>,
    /// Which of them have ended by then.
    pub(crate) over: Over<'d>,
    /// Whether it is in a loop.
    pub(crate) has_item: bool,
    /// What the workflow has.
    pub(crate) run: Run<'d>,
}

/// A task or a step beside.
#[derive(Clone, Copy)]
pub(crate) struct Sibling<'d> {
    pub(crate) called: Called<'d>,
    pub(crate) is_loop: bool,
}

/// Which tasks or steps have ended by the time at which something is read.
#[derive(Clone)]
pub(crate) enum Over<'d> {
    /// All of them.
    All,
    /// The steps of earlier groups.
    These(Rc<HashSet<&'d str>>),
    /// What the task waits for, directly or through others.
    Before(&'d Task, Rc<HashMap<&'d str, &'d Task>>),
}

impl Over<'_> {
    fn has(&self, name: &str) -> bool {
        match self {
            Self::All => true,
            Self::These(names) => names.contains(name),
            Self::Before(task, tasks) => ancestor(task, tasks, name),
        }
    }
}

/// What can be said of the workflow; none where the manifest does not tell.
#[derive(Clone, Default)]
pub(crate) struct Run<'d> {
    pub(crate) parameters: Option<HashSet<&'d str>>,
    /// The names of its global outputs.
    pub(crate) exports: Option<HashSet<&'d str>>,
}

/// Why a reference gives nothing.
pub(crate) enum Trouble {
    /// There is nothing of that name.
    Nothing { why: String, help: String },
    /// Nobody waits for the task.
    NotOver(String),
}

/// The first words of Argo's variables.
pub(crate) const ROOTS: [&str; 8] = ["inputs", "outputs", "tasks", "steps", "workflow", "item", "pod", "node"];

/// The first words that expressions know besides, each in some place.
const ELSEWHERE: [&str; 13] = [
    "retries",
    "lastRetry",
    "status",
    "duration",
    "exitCode",
    "resourcesDuration",
    "cronworkflow",
    "request",
    "response",
    "data",
    "sprig",
    "env",
    "nil",
];

const OF_WORKFLOW: [&str; 15] = [
    "name",
    "namespace",
    "uid",
    "creationTimestamp",
    "mainEntrypoint",
    "serviceAccountName",
    "priority",
    "parameters",
    "labels",
    "annotations",
    "outputs",
    "status",
    "duration",
    "failures",
    "scheduledTime",
];

const OF_TASK: [&str; 8] = ["id", "status", "startedAt", "finishedAt", "ip", "hostNodeName", "exitCode", "outputs"];

impl Scope<'_> {
    /// What is wrong with a reference whose first word is known.
    pub(crate) fn trouble(&self, path: &[&str]) -> Option<Trouble> {
        match *path {
            ["inputs", "parameters", name, ..] => {
                let known = self.inputs.iter().flat_map(|inputs| &inputs.parameters);
                among(name, known.map(|it| it.name.as_str()), "the template has no input parameter")
            }
            ["inputs", "artifacts", name, ..] => {
                let known = self.inputs.iter().flat_map(|inputs| &inputs.artifacts);
                among(name, known.map(|it| it.name.as_str()), "the template has no input artifact")
            }
            ["inputs", kind, ..] => among(kind, ["parameters", "artifacts"].into_iter(), "inputs have no"),
            ["outputs", "parameters", name, "path"] => {
                let known = self.outputs?.parameters.iter().map(|it| it.name.as_str());
                among(name, known, "the template has no output parameter")
            }
            ["outputs", "artifacts", name, "path"] => {
                let known = self.outputs?.artifacts.iter().map(|it| it.name.as_str());
                among(name, known, "the template has no output artifact")
            }
            ["item", ..] if !self.has_item => nothing(
                "there is no loop here, so no `item`",
                "give the task `withItems`, `withParam` or `withSequence`, or pass the item on as an argument",
            ),
            ["workflow", ref rest @ ..] => self.of_workflow(rest),
            ["tasks" | "steps", "name"] => None,
            [word @ ("tasks" | "steps"), name, ref rest @ ..] => self.of_sibling(word, name, rest),
            _ => None,
        }
    }

    fn of_workflow(&self, rest: &[&str]) -> Option<Trouble> {
        match *rest {
            ["parameters", name, ..] if name != "json" => {
                let known = self.run.parameters.as_ref()?;
                among(name, known.iter().copied(), "the workflow has no parameter")
            }
            ["outputs", "parameters" | "artifacts", name, ..] => {
                let known = self.run.exports.as_ref()?;
                among(name, known.iter().copied(), "no output of the workflow has the `globalName`")
            }
            [field, ..] => among(field, OF_WORKFLOW.into_iter(), "a workflow has no"),
            [] => None,
        }
    }

    fn of_sibling(&self, word: &str, name: &str, rest: &[&str]) -> Option<Trouble> {
        let siblings = self.siblings.as_ref()?;
        if word != self.word {
            let (here, meant) = (self.word, if self.word.is_empty() { "an input" } else { self.word });
            return nothing(
                &format!("there are no `{word}` here"),
                &if here.is_empty() {
                    format!("only a DAG or steps see their {word}; pass the value as {meant} of this template")
                } else {
                    format!("write `{here}.{name}..`")
                },
            );
        }
        let singular = word.trim_end_matches('s');
        let Some(sibling) = siblings.get(name) else {
            return among(name, siblings.keys().copied(), &format!("there is no {singular}"));
        };
        if let Some(trouble) = sibling.gives(name, rest) {
            return Some(trouble);
        }
        let needs_end =
            rest.first().is_some_and(|field| matches!(*field, "outputs" | "exitCode" | "finishedAt" | "status"));
        (needs_end && !self.over.has(name)).then(|| Trouble::NotOver(name.to_owned()))
    }
}

impl Sibling<'_> {
    fn gives(&self, name: &str, rest: &[&str]) -> Option<Trouble> {
        let &[field, ref rest @ ..] = rest else { return None };
        if field != "outputs" {
            return among(field, OF_TASK.into_iter(), &format!("`{name}` has no"));
        }
        let Called::Known(template) = self.called else { return None };
        let of = format!("`{}` has no output", template.name);
        match *rest {
            ["parameters", output, ..] => {
                let known = template.outputs.parameters.iter().map(|it| it.name.as_str());
                among(output, known, &format!("{of} parameter"))
            }
            ["parameters"] if !self.is_loop => nothing(
                &format!("the outputs of `{name}` are a list only where it is a loop"),
                "name one of them: `outputs.parameters.NAME`",
            ),
            ["artifacts", output, ..] => {
                let known = template.outputs.artifacts.iter().map(|it| it.name.as_str());
                among(output, known, &format!("{of} artifact"))
            }
            ["result"] if template.dag.is_some() || !template.steps.is_empty() => nothing(
                &format!("`{}` runs no container of its own, so it has no `result`", template.name),
                "give it an output parameter with `valueFrom.parameter`, and refer to that",
            ),
            ["result"] if template.suspend.is_some() || template.resource.is_some() => nothing(
                &format!("`{}` prints nothing, so it has no `result`", template.name),
                "give it an output parameter, and refer to that",
            ),
            [kind, ..] => among(kind, ["parameters", "artifacts", "result"].into_iter(), "outputs have no"),
            [] => None,
        }
    }
}

/// Whether the first word of an expression's name means anything to Argo.
pub(crate) fn is_root(word: &str) -> bool {
    ROOTS.contains(&word) || ELSEWHERE.contains(&word)
}

#[expect(clippy::unnecessary_wraps, reason = "every other answer is an option, too")]
fn nothing(why: &str, help: &str) -> Option<Trouble> {
    Some(Trouble::Nothing { why: why.to_owned(), help: help.to_owned() })
}

/// Trouble where a name is not among those that are known.
fn among<'k>(name: &str, known: impl Iterator<Item = &'k str>, what: &str) -> Option<Trouble> {
    let mut known: Vec<&str> = known.collect();
    if known.contains(&name) || name.contains("{{") {
        return None;
    }
    known.sort_unstable();
    known.dedup();
    let help = match (nearest(name, known.iter().copied()), known.len()) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, 0) => "there is none at all".to_owned(),
        (None, 1..=12) => format!("there is {}", words(&known)),
        (None, _) => String::new(),
    };
    Some(Trouble::Nothing { why: format!("{what} `{name}`"), help })
}

/// `a`, `b` and `c`.
pub(crate) fn words(words: &[&str]) -> String {
    let quoted: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}
