use kfp::prelude::*;

#[component]
fn fetch(url: String) -> String {
    url
}

#[pipeline]
fn p(n: i64) {
    match n {
        _ => {
            fetch("x");
        }
        1 => {
            fetch("y");
        }
    }
}

fn main() {}
