//@ mistakes: 2
use kfp::prelude::*;

#[component]
fn fetch(url: String) -> String {
    url
}

#[pipeline(conf = "ours")]
fn q() {
    fetch("x");
}

#[pipeline(priority = "high")]
fn r() {
    fetch("x");
}

fn main() {}
