//@ mistakes: 2
use kfp::prelude::*;

#[component(retries = -1, cache = 3)]
fn fetch(url: String) -> String {
    url
}

fn main() {}
