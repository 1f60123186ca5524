use kfp::prelude::*;

#[component]
fn fit(#[default("fast")] rate: f64) -> f64 {
    rate
}

fn main() {}
