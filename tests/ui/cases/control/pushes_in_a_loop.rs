use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn add(a: i64, b: i64) -> i64 {
    a + b
}

#[pipeline]
fn p(items: Vec<i64>) {
    let mut all = Vec::new();
    for x in items {
        all.push(add(x, 1).output);
    }
}

fn main() {}
