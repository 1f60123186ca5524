use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    println!("{text}");
}

#[pipeline]
fn p(a: bool, b: bool) {
    if a & b {
        say("both");
    }
}

fn main() {}
