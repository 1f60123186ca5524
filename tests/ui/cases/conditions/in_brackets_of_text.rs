use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    drop(text);
}

#[pipeline]
fn p(n: i64) {
    if n > "5" {
        say("a");
    }
}

fn main() {}
