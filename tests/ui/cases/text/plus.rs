use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn say(text: String) {
    println!("{text}");
}

#[pipeline]
fn p(name: String) {
    say("hello ".to_owned() + &name);
}

fn main() {}
