use kfp::prelude::*;

#[component]
fn fetch(url: String) -> String {
    url
}

#[pipeline]
fn p() {
    loop {
        fetch("x");
    }
}

fn main() {}
