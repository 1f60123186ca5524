use kfp::prelude::*;

#[component]
fn fetch(url: String) -> String {
    url
}

#[pipeline]
fn p() {
    if 3 > 2 {
        fetch("x");
    }
}

fn main() {}
