use kfp::prelude::*;

#[component]
fn fetch(url: String) -> String {
    url
}

#[pipeline(argo = "2.12")]
fn p() {
    fetch("x");
}

fn main() {}
