//! Loops over constants, parameters and outputs.

use kfp::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Outputs, Serialize, Deserialize)]
struct Pair {
    a: i64,
    b: i64,
}

#[derive(Outputs, Serialize, Deserialize)]
struct Numbers {
    #[output(path = "/tmp/out.json")]
    out: Vec<i64>,
}

#[derive(Outputs, Serialize, Deserialize)]
struct Pairs {
    #[output(path = "/tmp/out.json")]
    out: Vec<Pair>,
}

#[derive(Outputs, Serialize, Deserialize)]
struct Person {
    first_name: String,
    message: String,
}

fn shell(name: &str, script: String) -> ContainerOp {
    ContainerOp::new(name, "library/bash:4.4.23").command(["sh", "-c"]).arg(script)
}

#[component]
fn first(a: i64, param: i64) -> ContainerOp {
    shell("my-in-coop1", format!("echo op1 {a} {param}"))
}

#[component]
fn second(b: i64) -> ContainerOp {
    shell("my-in-coop2", format!("echo op2 {b}"))
}

#[component]
fn show(text: String) -> ContainerOp {
    shell("show", format!("echo {text}"))
}

#[pipeline(name = "my-pipeline")]
pub(super) fn withitem_basic(#[default(10)] my_pipe_param: i64) {
    for item in [Pair { a: 1, b: 2 }, Pair { a: 10, b: 20 }] {
        first(item.a, my_pipe_param);
        second(item.b);
    }
    show(format!("{my_pipe_param}"));
}

#[component]
fn numbers() -> ContainerOp<Numbers> {
    let program =
        "python -c \"import json; import sys; json.dump([i for i in range(20, 31)], open('/tmp/out.json', 'w'))\"";
    ContainerOp::new("my-out-cop0", "python:alpine3.6").command(["sh", "-c"]).arg(program).file_outputs::<Numbers>()
}

#[component]
fn pairs() -> ContainerOp<Pairs> {
    let program = "python -c \"import json; import sys; json.dump([{'a': 1, 'b': 2}, {'a': 10, 'b': 20}], open('/tmp/out.json', 'w'))\"";
    ContainerOp::new("my-out-cop0", "python:alpine3.6").command(["sh", "-c"]).arg(program).file_outputs::<Pairs>()
}

#[pipeline(name = "my-pipeline")]
pub(super) fn withparam_global(#[default(vec![3, 5, 7, 9])] loopidy_doop: Vec<i64>) {
    let listed = numbers();
    let rounds = for item in loopidy_doop {
        show(format!("no output global op1, item: {item}"));
    };
    rounds.after(listed);
    show(format!("no output global op2, outp: {}", listed.out));
}

#[pipeline(name = "my-pipeline")]
pub(super) fn withparam_output_dict() {
    let listed = pairs();
    for item in listed.out {
        show(format!("do output op1 item.a: {}", item.a));
    }
    show(format!("do output op2, outp: {}", listed.out));
}

#[component(image = "steps:1")]
fn produce_message(fname1: String) -> String {
    format!("My name is {fname1}")
}

#[component(image = "steps:1")]
fn consume(param1: String) {
    drop(param1);
}

#[pipeline(name = "Parallelfor pipeline param in items resolving")]
pub(super) fn params_in_items(fname1: String, fname2: String) {
    for item in [format!("My name is {fname1}"), format!("My name is {fname2}")] {
        consume(item);
    }
    for item in [
        Person { first_name: fname1, message: format!("My name is {fname1}") },
        Person { first_name: fname2, message: format!("My name is {fname2}") },
    ] {
        consume(item.first_name);
        consume(item.message);
    }
    for item in [
        Person { first_name: fname1, message: produce_message(fname1).output },
        Person { first_name: fname2, message: produce_message(fname2).output },
    ] {
        consume(item.first_name);
        consume(item.message);
    }
}
