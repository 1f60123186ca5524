use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn greet(name: String) {
    println!("{name}");
}

#[pipeline(layout = "wide")]
fn greetings() {
    greet("you");
}

fn main() {}
