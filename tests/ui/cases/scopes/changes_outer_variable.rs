use kfp::prelude::*;

#[component]
fn fetch(url: String) -> String {
    url
}

#[pipeline]
fn p(n: i64) {
    let mut url = "a";
    if n > 3 {
        url = "b";
        fetch("x");
    }
    fetch(url);
}

fn main() {}
