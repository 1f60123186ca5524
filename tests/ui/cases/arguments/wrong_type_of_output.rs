use kfp::prelude::*;

#[component]
fn draw(low: i64, high: i64) -> i64 {
    low + high
}

#[component]
fn fetch(url: String) -> String {
    url
}

#[pipeline]
fn p() {
    let name = fetch("x");
    draw(0, name);
}

fn main() {}
