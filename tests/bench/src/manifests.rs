//! What is run.

use kfp::prelude::*;
use std::fmt::Write;

#[component(image = "kfp/bench:1")]
fn add(a: i64, b: i64) -> i64 {
    a + b
}

#[pipeline]
fn once() {
    add(1, 1);
}

const HEAD: &str = "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: {name: bench}\nspec:\n  entrypoint: main\n  templates:\n";
const TRUE: &str = "  - name: t\n    container: {image: busybox, command: ['true']}\n";

/// Tasks that know nothing of each other.
pub(crate) fn flat(count: usize) -> String {
    let mut text = format!("{HEAD}{TRUE}  - name: main\n    dag:\n      tasks:\n");
    for index in 0..count {
        writeln!(text, "      - {{name: t{index}, template: t}}").expect("a growing string");
    }
    text
}

/// One task with a loop.
pub(crate) fn each(count: usize) -> String {
    format!(
        "{HEAD}{TRUE}  - name: main\n    dag:\n      tasks:\n      - {{name: t, template: t, withSequence: {{count: '{count}'}}}}\n"
    )
}

/// Tasks of the component `add`, each with what the one before it gave.
pub(crate) fn chain(count: usize) -> String {
    let mut workflow = once::workflow().expect("a pipeline");
    let add =
        workflow.spec.templates.iter().find(|template| template.container.is_some()).cloned().expect("a component");
    let mut text = format!("{HEAD}  - name: main\n    dag:\n      tasks:\n");
    for index in 0..count {
        let (after, value) = match index {
            0 => (String::new(), "1".to_owned()),
            _ => {
                let before = index - 1;
                (format!(", dependencies: [t{before}]"), format!("{{{{tasks.t{before}.outputs.parameters.output}}}}"))
            }
        };
        let arguments = format!("{{parameters: [{{name: a, value: '{value}'}}, {{name: b, value: '1'}}]}}");
        writeln!(text, "      - {{name: t{index}, template: add{after}, arguments: {arguments}}}").expect("a string");
    }
    let mut whole = kfp::argo::Workflow::from_yaml(&text).expect("a workflow");
    let mut leaf = add;
    "add".clone_into(&mut leaf.name);
    if leaf.inputs.parameters.is_empty() {
        // Arguments that are constants are in the command line.
        for name in ["a", "b"] {
            let parameter = kfp::argo::Parameter { name: name.to_owned(), ..Default::default() };
            leaf.inputs.parameters.push(parameter);
        }
        let container = leaf.container.as_mut().expect("a container");
        let names = ["a", "b"];
        let mut values = container.args.iter_mut().filter(|argument| *argument == "1");
        for name in names {
            *values.next().expect("an argument") = format!("{{{{inputs.parameters.{name}}}}}");
        }
    }
    workflow.spec.templates.clear();
    whole.spec.templates.push(leaf);
    whole.to_yaml()
}
