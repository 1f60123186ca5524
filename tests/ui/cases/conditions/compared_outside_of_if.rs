use kfp::prelude::*;

#[component]
fn fetch(url: String) -> String {
    url
}

#[pipeline]
fn p(n: i64) {
    let large = n > 3;
    fetch("x");
}

fn main() {}
