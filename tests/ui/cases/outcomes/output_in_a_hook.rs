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
    task.on_exit(|_| say(format!("{}", task.output)));
}
