use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn add(a: i64, b: i64) -> i64 {
    a + b
}

#[pipeline]
fn p(n: i64) {
    let (a, b) = if n > 3 { (add(1, 2), add(2, 3)) } else { (add(3, 4), add(5, 6)) };
    add(a, b);
}

fn main() {}
