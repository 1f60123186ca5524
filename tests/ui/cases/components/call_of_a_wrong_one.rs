use kfp::prelude::*;

#[component]
fn greet(name: &str) -> String {
    format!("hello {name}")
}

#[pipeline]
fn greeting() {
    greet(greet("you"));
}

fn main() {}
