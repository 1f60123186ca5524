use kfp::prelude::*;

#[component]
fn fetch(url: String) -> String {
    url
}

#[pipeline(kind = "Cronworkflow")]
fn p() {
    fetch("x");
}

fn main() {}
