use kfp::prelude::*;

#[component]
fn fetch(url: String) -> String {
    url
}

#[pipeline]
fn p(pairs: Vec<(String, i64)>) {
    for (name, n) in pairs {
        fetch(name);
    }
}

fn main() {}
