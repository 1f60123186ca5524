use kfp::prelude::*;

#[component]
fn fetch(url: String) -> String {
    url
}

#[pipeline]
fn p(n: i64) {
    let x = if n > 3 {
        fetch("x").output
    };
    fetch("y").after(x);
}

fn main() {}
