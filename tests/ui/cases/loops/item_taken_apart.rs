use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline]
fn p(pairs: Vec<(String, i64)>) {
    for (name, _) in pairs {
        say(name);
    }
}

fn main() {}
