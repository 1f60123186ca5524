use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn train(model: Output<Model>) {
    drop(model);
}

#[pipeline]
fn p() {
    train().model.set_location("models/a.tgz");
}

fn main() {}
