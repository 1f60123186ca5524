use kfp::prelude::*;

#[component]
fn fetch(url: String) -> String {
    url
}

#[pipeline(name = "x", name = "y")]
fn p() {
    fetch("x");
}

fn main() {}
