use kfp::prelude::*;

#[component(imgae = "x:1")]
fn fetch(url: String) -> String {
    url
}

#[pipeline]
fn p() {
    fetch("x");
}

fn main() {}
