//@ mistakes: 2
use kfp::prelude::*;

#[component]
fn say(text: String) {
    println!("{text}");
}

#[pipeline]
fn texts(flag: bool) {
    say(format!("{} {}", flag));
    say(format!("{}", flag, flag));
}

fn main() {}
