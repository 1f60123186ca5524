//! `ContainerOp` directly in a pipeline's body.

#[cfg(test)]
use crate::snapshot::check;
use crate::steps::{flip, print};
use kfp::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Outputs, Serialize, Deserialize)]
struct Files {
    #[output(path = "/tmp/accuracy.txt")]
    accuracy: f64,
    words: String,
}

#[pipeline]
fn pods_of_images(image: String, tags: Vec<String>) {
    let made = ContainerOp::new("make", image).command(["make"]).file_output::<String>("/tmp/out");
    for tag in tags {
        ContainerOp::new("use", format!("{image}:{tag}")).command(["use"]).arg(made.output).set_memory_limit("1Gi");
    }
}

#[pipeline]
fn pods(message: String) {
    ContainerOp::new("echo", "busybox:1.36").command(["echo"]).arg("Hello KFP!").add_pod_label("app", "redis");
    let coin = flip();
    ContainerOp::new("say", "busybox:1.36")
        .command(["sh", "-c"])
        .arg(format!("echo {message} {coin}"))
        .set_env_variable("COIN", coin)
        .set_env_variable("ON", "on")
        .working_dir("/work");
    let tool = ContainerOp::new("tool", "tool:2").command(["tool"]).file_outputs::<Files>();
    print(tool.words);
    let one = ContainerOp::new("one", "tool:2").command(["one"]).file_output::<String>("/tmp/out");
    print(one);
    if tool.accuracy > 0.5 {
        ContainerOp::new("nested", "busybox:1.36").command(["true"]).after(one);
    }
}

#[test]
fn with_images_that_are_values() {
    check(
        "container_op_images",
        &["make of IMAGE, then use(made) of IMAGE:TAG for each tag"],
        pods_of_images::workflow(),
    );
}

#[component]
fn square(number: i64) -> ContainerOp<Squared> {
    ContainerOp::new("square", "busybox:1.36")
        .command(["sh", "-eu"])
        .source("mkdir -p /tmp/squared\necho $((N * N)) > /tmp/squared/text\necho \"$N squared\"\n")
        .set_env_variable("N", number)
        .set_memory_limit("64Mi")
        .file_outputs::<Squared>()
}

#[derive(Outputs, Serialize, Deserialize)]
struct Squared {
    #[output(path = "/tmp/squared/text")]
    squared: i64,
}

#[pipeline]
fn interpreted(word: String, n: i64) {
    let four = square(n);
    ContainerOp::new("say", "busybox:1.36").command(["sh"]).source(format!("echo \"{word} {}\"", four.squared));
}

#[test]
fn with_the_text_of_a_script() {
    check("container_op_script", &["square(N), then say(WORD, what it gave)"], interpreted::workflow());
}

#[test]
fn in_the_body() {
    check(
        "container_op",
        &[
            "echo Hello KFP! with the label app=redis; flip; say MESSAGE COIN with COIN and ON in the environment",
            "tool, print its words; one, print its output; nested after one if tool's accuracy is over 0.5",
        ],
        pods::workflow(),
    );
}
