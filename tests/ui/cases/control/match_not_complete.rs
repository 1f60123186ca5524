use kfp::prelude::*;

#[component]
fn fetch(url: String) -> String {
    url
}

#[pipeline]
fn p(n: i64) {
    let word = match n {
        1 => "one",
        2 => "two",
    };
    fetch(word);
}

fn main() {}
