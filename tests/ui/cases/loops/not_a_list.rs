use kfp::prelude::*;

#[component]
fn fetch(url: String) -> String {
    url
}

#[pipeline]
fn p(n: i64) {
    for x in n {
        fetch("x");
    }
}

fn main() {}
