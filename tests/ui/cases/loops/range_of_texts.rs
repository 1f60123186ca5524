use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn draw(low: i64) -> i64 {
    low
}

#[pipeline]
fn p(text: String) {
    for k in 0..text {
        draw(k);
    }
}

fn main() {}
