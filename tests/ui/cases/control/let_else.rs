use kfp::prelude::*;

#[component]
fn fetch(url: String) -> String {
    url
}

#[pipeline]
fn p(n: Option<i64>) {
    let Some(n) = n else { return };
    fetch("x");
}

fn main() {}
