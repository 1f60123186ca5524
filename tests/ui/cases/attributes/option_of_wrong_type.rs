//@ mistakes: 3
use kfp::prelude::*;

#[component]
fn fetch(url: String) -> String {
    url
}

#[pipeline(name = 3, parallelism = 0, timeout = "1h")]
fn p() {
    fetch("x");
}

fn main() {}
