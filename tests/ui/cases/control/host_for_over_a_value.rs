use kfp::prelude::*;

#[component(image = "acme/steps:1")]
fn add(a: i64, b: i64) -> i64 {
    a + b
}

#[pipeline]
fn p(items: Vec<i64>) {
    #[host]
    for item in items {
        add(item, 1);
    }
}

fn main() {}
