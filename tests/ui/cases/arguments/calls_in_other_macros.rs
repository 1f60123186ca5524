use kfp::prelude::*;

#[component]
fn fetch(url: String) -> String {
    url
}

#[pipeline]
fn p() {
    println!("{}", fetch("x"));
}

fn main() {}
