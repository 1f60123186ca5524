use kfp::prelude::*;

#[component]
fn fetch(url: String) -> String {
    url
}

#[pipeline(on_exit = fetch)]
fn p() {
    fetch("x");
}

fn main() {}
