use kfp::prelude::*;

#[component]
fn fetch(url: String) -> String {
    url
}

#[pipeline]
fn p(n: i64) {
    match n {
        x if x > 3 => {
            fetch("x");
        }
        _ => {}
    }
}

fn main() {}
