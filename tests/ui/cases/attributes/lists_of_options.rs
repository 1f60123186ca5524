//@ mistakes: 4
use kfp::prelude::*;

#[component]
fn fetch(url: String) -> String {
    url
}

#[pipeline(image_pull_secrets = ["a", 3], node_selector = ["pool", "gpu"], labels, priority)]
fn p() {
    fetch("x");
}

fn main() {}
