use kfp::prelude::*;

#[component]
fn fetch(url: String) -> String {
    url
}

#[pipeline]
fn p(n: i64) {
    match n {
        other => {
            fetch("x");
        }
    }
}

fn main() {}
