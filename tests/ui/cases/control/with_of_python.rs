use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline]
fn p() {
    ParallelFor::new(["a", "b"], |text| say(text));
}

fn main() {}
