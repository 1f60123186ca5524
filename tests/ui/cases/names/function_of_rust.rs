use kfp::prelude::*;

#[component]
fn fetch(url: String) -> String {
    url
}

#[pipeline]
fn p(name: String) {
    drop(name);
}

fn main() {}
