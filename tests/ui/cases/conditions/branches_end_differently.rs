use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn flip() -> String {
    "heads".to_owned()
}

#[component(image = "acme/steps:1")]
fn draw(low: i64, high: i64) -> i64 {
    low + high
}

#[pipeline]
fn p(flag: bool) -> String {
    if flag { flip() } else { draw(1, 2) }
}

fn main() {}
