//! Coins, and what fails now and then.

use kfp::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Outputs, Serialize, Deserialize)]
struct Flipped {
    #[output(path = "/tmp/output")]
    output: String,
}

#[component]
fn flip() -> ContainerOp<Flipped> {
    ContainerOp::new("flip", "python:alpine3.6")
        .command(["sh", "-c"])
        .arg("python -c \"import random; result = 'heads' if random.randint(0,1) == 0 else 'tails'; print(result)\" | tee /tmp/output")
        .file_outputs::<Flipped>()
}

#[component]
fn print(text: String) -> ContainerOp {
    ContainerOp::new("print", "alpine:3.6").command(["echo".to_owned(), text.to_string()])
}

#[pipeline]
fn flip_again(output: String) {
    if output == "heads" {
        let print_flip = print(output);
        let flipped = flip().after(print_flip);
        flip_again(flipped.output);
    }
}

#[pipeline(name = "pipeline flip coin", description = "shows how to use dsl.Condition.")]
#[allow(non_snake_case, reason = "the name of a parameter there")]
pub(super) fn recursive_while(#[default(12)] maxVal: i64) {
    let _ = maxVal;
    let first = flip();
    let second = flip();
    let rounds = flip_again(first.output).after(second);
    print(format!("cool, it is over. {}", first.output)).after(rounds);
}

#[pipeline(name = "pipeline-flip-coin", description = "shows how to use dsl.Condition.")]
pub(super) fn preemptible() {
    flip()
        .set_gpu_limit(1)
        .add_toleration(Toleration::equal("preemptible", "true").effect("NoSchedule"))
        .add_affinity(
            Affinity::new().prefer_node(50, [NodeRequirement::is_in("cloud.google.com/gke-preemptible", ["true"])]),
        )
        .set_retry(5);
}

#[component]
fn random_failure(exit_codes: String) -> ContainerOp {
    ContainerOp::new("random-failure", "python:alpine3.6").command(["python", "-c"]).arg(format!(
        "import random; import sys; exit_code = random.choice([{exit_codes}]); print(exit_code); sys.exit(exit_code)"
    ))
}

#[pipeline(
    name = "pipeline includes two steps which fail randomly.",
    description = "shows how to use ContainerOp set_retry().",
    timeout = 50
)]
pub(super) fn timeout() {
    random_failure("0,1,2,3").set_timeout(10);
    random_failure("0,1");
}
