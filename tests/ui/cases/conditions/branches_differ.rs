use kfp::prelude::*;

#[component]
fn fetch(url: String) -> String {
    url
}

#[component]
fn draw(low: i64, high: i64) -> i64 {
    low + high
}

#[pipeline]
fn p(n: i64) {
    let x = if n > 3 { fetch("x").output } else { draw(0, n).output };
    fetch(x);
}

fn main() {}
