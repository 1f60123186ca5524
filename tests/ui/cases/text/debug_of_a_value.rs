use kfp::prelude::*;

#[component]
fn say(text: String) {
    println!("{text}");
}

#[pipeline]
fn texts(flag: bool) {
    say(format!("{flag:?}"));
}

fn main() {}
