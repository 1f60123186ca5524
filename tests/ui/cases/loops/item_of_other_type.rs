use kfp::prelude::*;

#[component]
fn draw(low: i64, high: i64) -> i64 {
    low + high
}

#[pipeline]
fn p(names: Vec<String>) {
    for name in names {
        draw(0, name);
    }
}

fn main() {}
