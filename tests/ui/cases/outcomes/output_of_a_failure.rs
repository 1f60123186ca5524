//@ build
use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn risky(sure: bool) -> String {
    sure.to_string()
}

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline]
fn p() {
    let task = risky(false);
    let outcome = task.outcome();
    if outcome.failed() {
        say("failed");
    }
    say(task.output);
}
