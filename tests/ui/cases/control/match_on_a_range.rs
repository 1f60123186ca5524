use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    println!("{text}");
}

#[pipeline]
fn p(n: i64) {
    match n {
        0..=3 => say("few"),
        _ => say("many"),
    };
}

fn main() {}
