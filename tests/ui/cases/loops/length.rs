use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline]
fn p(names: Vec<String>) {
    if names.len() > 3 {
        say("many");
    }
}

fn main() {}
