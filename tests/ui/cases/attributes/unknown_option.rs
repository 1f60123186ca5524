use kfp::prelude::*;

#[component]
fn fetch(url: String) -> String {
    url
}

#[pipeline(nmae = "x")]
fn p() {
    fetch("x");
}

fn main() {}
