//@ build
use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[component(image = "acme/steps:1")]
fn flip() -> String {
    "heads".to_owned()
}

#[pipeline(on_exit = |run| say(run.status))]
fn p() {
    if flip() == "heads" {
        p();
    }
}
