use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn fetch(table: Output<Dataset>) {
    drop(table);
}

#[component(image = "acme/steps:1")]
fn predict(model: Input<Model>) {
    drop(model);
}

#[pipeline]
fn p() {
    predict(fetch());
}

fn main() {}
