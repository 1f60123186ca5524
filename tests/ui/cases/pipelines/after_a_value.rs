use kfp::prelude::*;

#[component]
fn draw(low: i64, high: i64) -> i64 {
    low + high
}

#[pipeline]
fn p() {
    let n = draw(1, 2);
    draw(3, 4).after(n.output);
}

fn main() {}
