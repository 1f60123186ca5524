//@ build
use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[component(image = "acme/steps:1")]
fn report(failures: Vec<kfp::Failure>) {
    drop(failures);
}

#[pipeline(on_exit = |run| report(run.failures))]
fn part() {
    say("a");
}

#[pipeline]
fn p() {
    part();
}
