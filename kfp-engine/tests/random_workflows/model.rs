//! A workflow as plain data, from numbers to a manifest.

use serde_json::{Value, json};
use std::path::Path;

#[derive(Clone, Debug)]
pub(crate) struct Flow {
    /// The first is the entrypoint. A template calls later ones only; the leaves come last.
    pub(crate) templates: Vec<Template>,
    /// The exit handler, a leaf.
    pub(crate) on_exit: Option<usize>,
    pub(crate) parallelism: Option<u8>,
    pub(crate) is_isolated: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Template {
    pub(crate) body: Body,
    pub(crate) retry: Option<Retry>,
    pub(crate) parallelism: Option<u8>,
}

#[derive(Clone, Debug)]
pub(crate) enum Body {
    Leaf(Ending),
    Dag { fail_fast: bool, tasks: Vec<Task>, output: usize },
    Steps { groups: Vec<Vec<Task>>, output: (usize, usize) },
}

/// What the program of a leaf does after it has written its output.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Ending {
    Well,
    Failing,
    /// It fails where its input has a `b`.
    FailingForB,
    /// It fails until this attempt.
    FailingUntil(u8),
    /// It does not write its output, which has no default.
    WithoutOutput,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Retry {
    pub(crate) limit: u8,
    pub(crate) always: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Task {
    pub(crate) name: String,
    pub(crate) template: usize,
    pub(crate) after: After,
    pub(crate) when: When,
    pub(crate) items: Items,
    pub(crate) argument: Argument,
    pub(crate) continues: bool,
    pub(crate) on_exit: Option<usize>,
}

/// Tasks by name.
#[derive(Clone, Debug)]
pub(crate) enum After {
    Dependencies(Vec<String>),
    Depends { any: bool, terms: Vec<Term> },
}

/// `!task.Fact`.
#[derive(Clone, Debug)]
pub(crate) struct Term {
    pub(crate) is_not: bool,
    pub(crate) task: String,
    pub(crate) fact: Option<&'static str>,
}

#[derive(Clone, Debug)]
pub(crate) enum When {
    Always,
    Never,
    /// The status of a task is this one, or is not.
    Status(String, bool),
    /// The item is not `b`.
    NotForB,
}

#[derive(Clone, Debug)]
pub(crate) enum Items {
    None,
    With(Vec<&'static str>),
    Param(Vec<&'static str>),
    /// The output of a task that is a loop.
    Of(String),
}

#[derive(Clone, Debug)]
pub(crate) enum Argument {
    Word(&'static str),
    Input,
    Item,
    Output(String),
}

/// What an input is that nobody gives.
pub(crate) const DEFAULT: &str = "start";
/// What an output is of a leaf that did not run, and of a group whose task gave none.
pub(crate) const NOTHING: &str = "nothing";

pub(crate) fn name(template: usize) -> String {
    format!("t{template}")
}

impl Flow {
    /// The manifest; every program adds the name of its pod to the trace.
    pub(crate) fn manifest(&self, trace: &Path) -> String {
        let templates = self.templates.iter().enumerate().map(|(index, it)| it.manifest(index, trace));
        json!({
            "apiVersion": "argoproj.io/v1alpha1", "kind": "Workflow", "metadata": {"name": "trial"},
            "spec": {
                "entrypoint": "t0", "onExit": self.on_exit.map(name), "parallelism": self.parallelism,
                "templates": templates.collect::<Vec<_>>(),
            },
        })
        .to_string()
    }
}

impl Template {
    fn manifest(&self, index: usize, trace: &Path) -> Value {
        let mut it = match &self.body {
            Body::Leaf(ending) => leaf(*ending, index, trace),
            Body::Dag { fail_fast, tasks, output } => json!({
                "dag": {"failFast": fail_fast, "tasks": tasks.iter().map(|task| task.manifest("tasks")).collect::<Vec<_>>()},
                "outputs": {"parameters": [given("tasks", &tasks[*output].name)]},
            }),
            Body::Steps { groups, output: (group, step) } => {
                let steps = |group: &Vec<Task>| group.iter().map(|step| step.manifest("steps")).collect::<Vec<_>>();
                json!({
                    "steps": groups.iter().map(steps).collect::<Vec<_>>(),
                    "outputs": {"parameters": [given("steps", &groups[*group][*step].name)]},
                })
            }
        };
        it["name"] = name(index).into();
        it["inputs"] = json!({"parameters": [{"name": "x", "default": DEFAULT}]});
        it["parallelism"] = json!(self.parallelism);
        if let Some(Retry { limit, always }) = self.retry {
            it["retryStrategy"] = json!({"limit": limit, "retryPolicy": if always { "Always" } else { "OnFailure" }});
        }
        it
    }
}

fn given(kind: &str, task: &str) -> Value {
    let parameter = format!("{{{{{kind}.{task}.outputs.parameters.y}}}}");
    json!({"name": "y", "valueFrom": {"parameter": parameter, "default": NOTHING}})
}

fn leaf(ending: Ending, index: usize, trace: &Path) -> Value {
    let end = match ending {
        Ending::Well | Ending::WithoutOutput => String::new(),
        Ending::Failing => "exit 3".to_owned(),
        Ending::FailingForB => "case \"$x\" in *b*) exit 3;; esac".to_owned(),
        Ending::FailingUntil(attempt) => format!("[ {{{{retries}}}} -ge {attempt} ] || exit 3"),
    };
    let has_output = !matches!(ending, Ending::WithoutOutput);
    let write = if has_output { "printf %s \"$y\" > /out/y" } else { ":" };
    let script = format!(
        "x=\"$0\"; echo '{{{{pod.name}}}}' >> {}; mkdir -p /out
if [ ${{#x}} -gt 40 ]; then y=\"${{#x}}-{index}\"; else y=\"$x-{index}\"; fi
{write}\n{end}",
        trace.display()
    );
    let default = if has_output { json!(NOTHING) } else { Value::Null };
    json!({
        "container": {"image": "busybox", "command": ["sh", "-c", script, "{{inputs.parameters.x}}"]},
        "outputs": {"parameters": [{"name": "y", "valueFrom": {"path": "/out/y", "default": default}}]},
    })
}

impl Task {
    fn manifest(&self, kind: &str) -> Value {
        let output = |task: &str| format!("{{{{{kind}.{task}.outputs.parameters.y}}}}");
        let value = match &self.argument {
            Argument::Word(word) => (*word).to_owned(),
            Argument::Input => "{{inputs.parameters.x}}".to_owned(),
            Argument::Item => "{{item}}".to_owned(),
            Argument::Output(task) => output(task),
        };
        let mut it = json!({
            "name": self.name, "template": name(self.template),
            "arguments": {"parameters": [{"name": "x", "value": value}]},
        });
        match &self.when {
            When::Always => {}
            When::Never => it["when"] = "1 == 2".into(),
            When::NotForB => it["when"] = "'{{item}}' != 'b'".into(),
            When::Status(task, is) => {
                let operator = if *is { "==" } else { "!=" };
                it["when"] = format!("'{{{{{kind}.{task}.status}}}}' {operator} 'Succeeded'").into();
            }
        }
        match &self.items {
            Items::None => {}
            Items::With(words) => it["withItems"] = json!(words),
            Items::Param(words) => it["withParam"] = json!(words).to_string().into(),
            Items::Of(task) => it["withParam"] = output(task).into(),
        }
        match &self.after {
            After::Dependencies(names) if names.is_empty() => {}
            After::Dependencies(names) => it["dependencies"] = json!(names),
            After::Depends { any, terms } => {
                let text = |Term { is_not, task, fact }: &Term| {
                    let fact = fact.map_or(String::new(), |fact| format!(".{fact}"));
                    format!("{}{task}{fact}", if *is_not { "!" } else { "" })
                };
                let terms: Vec<_> = terms.iter().map(text).collect();
                it["depends"] = terms.join(if *any { " || " } else { " && " }).into();
            }
        }
        if self.continues {
            it["continueOn"] = json!({"failed": true, "error": true});
        }
        if let Some(handler) = self.on_exit {
            let status = format!("{{{{{kind}.{}.status}}}}", self.name);
            let arguments = json!({"parameters": [{"name": "x", "value": status}]});
            it["hooks"] = json!({"exit": {"template": name(handler), "arguments": arguments}});
        }
        it
    }
}
