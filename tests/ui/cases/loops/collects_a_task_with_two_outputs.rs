use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[component(image = "acme/steps:1")]
fn split(name: String, train: Output<Dataset>, test: Output<Dataset>) {
    drop((name, train, test));
}

#[pipeline]
fn p(names: Vec<String>) {
    let parts = for name in names { split(name) };
    say(parts);
}

fn main() {}
