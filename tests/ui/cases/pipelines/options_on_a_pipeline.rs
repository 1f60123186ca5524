//@ mistakes: 2
use kfp::prelude::*;

#[component]
fn draw(low: i64, high: i64) -> i64 {
    low + high
}

#[pipeline]
fn inner() {
    draw(1, 2);
}

#[pipeline]
fn p() {
    inner().set_memory_limit("1Gi");
    inner().add_pod_label("app", "redis");
}

fn main() {}
