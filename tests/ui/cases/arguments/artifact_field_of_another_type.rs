use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn fetch(table: Output<Dataset>, notes: Output<Text>) {
    drop((table, notes));
}

#[component(image = "acme/steps:1")]
fn predict(model: Input<Model>) {
    drop(model);
}

#[pipeline]
fn p() {
    predict(fetch().table);
}

fn main() {}
