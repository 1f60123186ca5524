use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    println!("{text}");
}

#[pipeline]
fn p(n: i64) {
    if 1 < n < 5 {
        say("between");
    }
}

fn main() {}
