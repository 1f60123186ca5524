use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn train(#[output(archive = "rar")] model: Output<Model>) {
    drop(model);
}

#[pipeline]
fn p() {
    train();
}

fn main() {}
