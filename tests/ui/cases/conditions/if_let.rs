use kfp::prelude::*;

#[component]
fn fetch(url: String) -> String {
    url
}

#[pipeline]
fn p(n: Option<i64>) {
    if let Some(n) = n {
        fetch("x");
    }
}

fn main() {}
