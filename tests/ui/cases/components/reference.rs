//@ mistakes: 2
use kfp::prelude::*;

#[component]
fn shout(text: &str, list: &[i64]) {
    let _ = (text, list);
}

fn main() {}
