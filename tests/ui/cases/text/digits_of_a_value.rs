use kfp::prelude::*;

#[component]
fn say(text: String) {
    println!("{text}");
}

#[pipeline]
fn texts(score: f64) {
    say(format!("scored {score:.2}"));
}

fn main() {}
